"""What the template routes answer."""

from datetime import datetime
from uuid import UUID

from fellesgrep.contract_templates.models import Origin, TemplateVersion, VersionStatus
from fellesgrep.core.languages import Language
from fellesgrep.core.web import View


class VersionView(View):
    id: UUID
    number: int
    origin: Origin
    status: VersionStatus
    in_force_from: datetime | None
    approved_by_id: UUID | None


class TemplateSummary(View):
    """A template as lists show it; `in_force` is None as long as no version is approved."""

    id: UUID
    key: str
    title: str
    languages: list[Language]
    fits: list[str]
    in_force: VersionView | None
    newest: VersionView


class TemplateView(TemplateSummary):
    """A template with all its versions and the newest text that is in force, in one language."""

    versions: list[VersionView]
    body: str
    can: list[str]
    """What the reader may do with it: `edit`."""


def version_view(version: TemplateVersion) -> VersionView:
    """Return a version as the API shows it."""
    return VersionView.model_validate(version)
