"""What the partner routes take and answer."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from fellesgrep.core.languages import Language
from fellesgrep.core.web import Body, Named, View
from fellesgrep.partners.models import Channel, MeetingResult, PartnerKind, Status


class ContactView(View):
    id: UUID
    partner_id: UUID
    name: str
    role_title: str
    email: str
    phone: str
    language: Language
    status: Status
    version: int


class EngagementView(View):
    """One line of the contact log, with the names of who met."""

    id: UUID
    partner_id: UUID
    contact: Named | None
    case_id: UUID | None
    area_id: UUID | None
    channel: Channel
    held_on: date
    summary: str
    meeting_result: MeetingResult | None
    logged_by: Named | None
    logged_at: datetime


class PartnerSummary(View):
    id: UUID
    kind: PartnerKind
    name: str
    organisation_number: str | None
    city: str
    status: Status
    area: Named | None
    version: int


class PartnerView(PartnerSummary):
    organisation_form: str
    dwellings: int | None
    address: str
    postal_code: str
    email: str
    phone: str
    website: str
    area_id: UUID | None
    about: str
    contacts: list[ContactView]
    engagements: list[EngagementView]
    can: list[str]


class PartnerNew(Body):
    """A partner to register."""

    kind: PartnerKind
    name: str = Field(min_length=1, max_length=200)
    organisation_number: str | None = Field(None, max_length=20)
    organisation_form: str = Field("", max_length=50)
    dwellings: int | None = Field(None, ge=1, le=100_000)
    address: str = Field("", max_length=200)
    postal_code: str = Field("", max_length=10)
    city: str = Field("", max_length=100)
    email: str = Field("", max_length=254)
    phone: str = Field("", max_length=30)
    website: str = Field("", max_length=200, pattern=r"^(https?://\S+)?$")
    area_id: UUID | None = None
    about: str = Field("", max_length=4000)


class PartnerEdit(PartnerNew):
    """What people change on a partner: everything."""

    status: Status


class ContactNew(Body):
    """A contact person to add; an e-mail address or a telephone number is needed."""

    name: str = Field(min_length=1, max_length=200)
    role_title: str = Field("", max_length=100)
    email: str = Field("", max_length=254)
    phone: str = Field("", max_length=30)
    language: Language = "nb"


class ContactEdit(ContactNew):
    """What people change on a contact person: everything."""

    status: Status


class EngagementNew(Body):
    """A meeting, call, visit or e-mail to log."""

    channel: Channel
    held_on: date
    summary: str = Field(min_length=1, max_length=4000)
    contact_id: UUID | None = None
    case_id: UUID | None = None
    area_id: UUID | None = None
    meeting_result: MeetingResult | None = None
