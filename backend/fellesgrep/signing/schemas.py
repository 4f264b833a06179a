"""What the signing routes take and answer. No answer holds a link or a code."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from fellesgrep.core.web import Body, Named, View
from fellesgrep.signing.models import RequestStatus


class SignatoryGiven(Body):
    """Who is to sign for which party of the case."""

    party_id: UUID
    contact_id: UUID
    method: str | None = Field(default=None, max_length=40)
    order: int = Field(default=1, ge=1, le=50)


class SignatoriesEdit(Body):
    """The whole plan: who signs, who countersigns, until when."""

    signatories: list[SignatoryGiven] = Field(max_length=50)
    countersigner_id: UUID | None = None
    deadline_on: date | None = None


class Resend(Body):
    """The day until which the new link can be used to sign; as before when left out."""

    deadline_on: date | None = None


class Recall(Body):
    """Why an agreement is taken back: those who were asked to sign it read this."""

    reason: str = Field(min_length=3, max_length=1000)


class LowerMethod(Body):
    """Which weaker method will do, and why; both are kept."""

    method: str = Field(max_length=40)
    reason: str = Field(min_length=3, max_length=1000)


class RequestView(View):
    """A request as its sender sees it. `late`: its day has passed without an answer.

    `policy_method` is what the signature policy says, `required_method` what is asked for.
    """

    id: UUID
    party_id: UUID
    party_name: str
    contact_id: UUID
    name: str
    role_title: str
    reachable: bool
    status: RequestStatus
    late: bool
    deadline_on: date | None
    sent_at: datetime | None
    answered_at: datetime | None
    decline_reason: str | None
    order: int
    policy_method: str
    required_method: str
    lowered_to: str | None
    lowered_reason: str


class MethodChoice(View):
    """A method of signing, from the weakest to the strongest; `missing` names a setting."""

    key: str
    label: str
    about: str
    missing: str


class ContactChoice(View):
    """A contact person who could sign for a party."""

    id: UUID
    name: str
    role_title: str
    reachable: bool


class PartyChoice(View):
    """A party of the case and who could sign for it."""

    id: UUID
    name: str
    contacts: list[ContactChoice]


class SignatoriesView(View):
    """The plan of a signing and how it goes."""

    version: int
    signatories: list[RequestView]
    countersigner: Named | None
    deadline_on: date | None
    sent_at: datetime | None
    countersigned_at: datetime | None
    parties: list[PartyChoice]
    may_arrange: bool
    may_resend: bool
    may_recall: bool
    may_lower: bool
    may_take_paper: bool
    methods: list[MethodChoice]


class SealedFileView(View):
    """A sealed file that was given out, and the level that its seal has reached."""

    level: str
    sha256: str
    made_at: datetime


class SealView(View):
    """How it stands with the seal of an agreement. `problem` says in words why sealing failed.

    `files` are the sealed files that were given out, oldest first: each later one is the one
    before with time stamps appended. `wanted_level` is higher than `level` while these are due.
    """

    state: Literal["sealing", "failed", "sealed"]
    signed_at: datetime
    sealed_at: datetime | None
    sha256: str | None
    level: str
    wanted_level: str
    files: list[SealedFileView]
    verify_at: str
    failures: int
    failed_at: datetime | None
    problem: str
    may_seal: bool


class WaitingSeal(View):
    """An agreement that everybody has signed and that is not sealed yet."""

    case_id: UUID
    title: str
    number: str
    signed_at: datetime | None
    failures: int
    failed_at: datetime | None
    problem: str
    may_seal: bool


class SignatureView(View):
    """A signature that was given."""

    name: str
    typed_name: str
    role_title: str
    on_behalf_of: str
    method: str
    method_label: str
    signed_at: datetime
    shown_sha256: str
