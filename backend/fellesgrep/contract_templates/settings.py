"""What texts of agreements are told by the environment."""

from pydantic import BaseModel, ConfigDict

from fellesgrep.core.registry import Slot
from fellesgrep.documents.models import Branding, DocumentSettings


class ContractSettings(BaseModel):
    """Whose agreements these are. `demonstration` marks every document as not meant."""

    model_config = ConfigDict(frozen=True)

    branding: Branding = Branding(municipality="Solvik kommune", organisation_number="399999995")
    demonstration: bool = True
    rendering: DocumentSettings = DocumentSettings()


CONTRACTS: Slot[ContractSettings] = Slot("contract settings")
