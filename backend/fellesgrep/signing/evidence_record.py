"""The machine-readable evidence inside the sealed file: shape `evidence-1.json`.

Published for good. What must look otherwise is a new model beside this one, with the next number.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

NAME = "evidence-1.json"
FILE = Path(__file__).parent / "published" / NAME
FORMAT: Literal["fellesgrep-evidence/1"] = "fellesgrep-evidence/1"
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="A SHA-256 as 64 hex digits.")]
Method = Annotated[
    str,
    Field(
        description="How somebody signed: a code by e-mail or text message, paper, or an eID.",
        examples=["email_confirmation", "sms_code", "wet_ink", "authenticated_eid"],
    ),
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SignedAgreement(_Part):
    """What was signed."""

    id: UUID = Field(description="The agreement's id, as in `agreement-data-1.json`.")
    case_number: str = Field(description="Case number.", examples=["2026-00031"])
    title: str = Field(description="Title of the agreement.")
    municipality: str = Field(description="Name of the municipality.")
    shown_file: str = Field(
        description="Name of the embedded file that everybody was shown, unchanged since."
    )
    shown_sha256: Sha256
    frozen_at: datetime = Field(description="When that file was made.")


class Event(_Part):
    """Something that happened to a request to sign, as the audit log has it."""

    at: datetime = Field(description="When.")
    kind: str = Field(description="What happened.", examples=["signing:sent", "signing:signed"])
    digest: Sha256 = Field(description="Digest of the entry in the hash-chained audit log.")


class GivenSignature(_Part):
    """A partner's signature."""

    request: UUID = Field(description="Id of the request to sign.")
    name: str = Field(description="Name of the person who was asked.")
    typed_name: str = Field(description="The name that the person wrote when signing.")
    role_title: str = Field(description="In which capacity; empty if none was told.")
    on_behalf_of: str = Field(description="Name of the party.")
    method: Method
    method_required: Method = Field(description="The method that this signature was asked by.")
    method_of_policy: Method = Field(description="The method that the signature policy asked for.")
    signed_at: datetime = Field(description="When the person signed.")
    shown_sha256: Sha256 = Field(description="Fingerprint of the file that the person was shown.")
    consent_version: str = Field(description="Version of the text that was agreed to.")
    consent_text: str = Field(description="That text word by word.")
    consent_sha256: Sha256 = Field(description="Fingerprint of that text.")
    particulars: dict[str, Any] = Field(
        description="What the method kept: who was reached where, what a log-in told, and so on. "
        "What stands here differs by method."
    )
    events: list[Event] = Field(description="What happened to the request, oldest first.")


class AuthorityRecord(_Part):
    """What was found or decided of who may sign for a party."""

    source: str = Field(
        description="Where it comes from.", examples=["register", "board", "minutes", "legal"]
    )
    recorded_at: datetime = Field(description="When it was recorded.")
    recorded_by: UUID | None = Field(description="Id of the person who did; None for the system.")
    rule: dict[str, Any] | None = Field(description="Who may sign, alone or together.")
    unclear: str | None = Field(description="Why it left open who may sign; None if it did not.")
    words: str = Field(description="How the source words it.")
    reason: str = Field(description="Why a person decided so; empty where none did.")
    file_sha256: Sha256 | None = Field(description="Fingerprint of the minutes or answers kept.")
    registers: Any = Field(description="The registers' answers as they came; None if not asked.")
    counts: bool = Field(description="Whether this record is the one that counted.")


class PartyAuthorityRecords(_Part):
    """All records of one party."""

    on_behalf_of: str = Field(description="Name of the party.")
    records: list[AuthorityRecord] = Field(description="What was recorded of it.")


class NotNeeded(_Part):
    """A request that was ended because enough had signed for the party."""

    request: UUID = Field(description="Id of the request to sign.")
    name: str = Field(description="Name of the person who was asked.")
    on_behalf_of: str = Field(description="Name of the party.")


class DelegationFacts(_Part):
    """The delegation on which the municipality was signed for."""

    delegation: UUID = Field(description="Its id.")
    level: str = Field(description="Level of delegation.", examples=["director"])
    limit_ore: int | None = Field(description="Up to which amount in øre; None without limit.")
    valid_from: date = Field(description="In force from this day.")
    valid_to: date | None = Field(description="In force until this day; None without end.")


class GivenCountersignature(_Part):
    """The municipality's own signature."""

    person: UUID = Field(description="Id of the person, who was logged in.")
    name: str = Field(description="Name of the person.")
    title: str = Field(description="Title of the person.")
    method: Method
    signed_at: datetime = Field(description="When.")
    shown_sha256: Sha256 = Field(description="Fingerprint of the file that the person was shown.")
    on_delegation: DelegationFacts | None = Field(
        description="None where the municipality keeps no delegation of this person."
    )


class Evidence(_Part):
    """The evidence of an agreement's signatures.

    It stands inside the sealed PDF/A-3 as an associated file (`AFRelationship` `Data`); the
    seal on the PDF protects it. No national identity number ever stands here.
    """

    schema_address: str = Field(
        alias="$schema",
        description="Where this schema is published.",
        examples=["https://avtaler.solvik.kommune.no/schemas/evidence-1.json"],
    )
    format: Literal["fellesgrep-evidence/1"] = Field(
        description="Name of this shape, the same in every municipality."
    )
    agreement: SignedAgreement
    signatures: list[GivenSignature] = Field(description="The partners' signatures, in order.")
    authority: list[PartyAuthorityRecords] = Field(description="Who may sign, by party.")
    not_needed: list[NotNeeded] = Field(description="Requests ended because enough had signed.")
    countersignature: GivenCountersignature
