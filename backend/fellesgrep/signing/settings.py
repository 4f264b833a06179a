"""What signing is told by the environment."""

from dataclasses import dataclass, field
from pathlib import Path

from fellesgrep.core.clock import Clock, SystemClock
from fellesgrep.core.registry import Slot
from fellesgrep.signing.seal_key import SealSettings
from fellesgrep.signing.time_stamps import Stamping


@dataclass(frozen=True)
class SigningSettings:
    """The municipality's seal, where its key lies, and the registers that tell who may sign.

    With `authority_required` nothing is sent out for signature while it is neither settled who may
    sign for a party nor confirmed with a reason.
    `clock` tells the time of seals: the real one, also where the house's clock has been moved.
    """

    data_dir: Path
    seal: SealSettings
    fullmakt_url: str = "https://data.brreg.no/fullmakt"
    enhetsregisteret_url: str = "https://data.brreg.no/enhetsregisteret/api"
    authority_required: bool = False
    stamping: Stamping | None = None
    clock: Clock = field(default_factory=SystemClock)


SIGNING: Slot[SigningSettings] = Slot("signing settings")
