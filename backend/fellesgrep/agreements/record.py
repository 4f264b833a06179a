"""The machine-readable agreement inside the sealed file: shape `agreement-data-1.json`.

Published for good. What must look otherwise is a new model beside this one, with the next number.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

NAME = "agreement-data-1.json"
FILE = Path(__file__).parent / "published" / NAME
FORMAT: Literal["fellesgrep-agreement/1"] = "fellesgrep-agreement/1"
Ore = Annotated[
    int, Field(description="An amount in whole øre: 100 øre are 1 krone.", examples=[15000000])
]
OrganisationNumber = Annotated[
    str,
    Field(
        description="Nine digits, as in the Norwegian register of legal entities.",
        examples=["923609016"],
    ),
]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="A SHA-256 as 64 hex digits.")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AgreementFacts(_Part):
    """The agreement itself."""

    id: UUID = Field(description="Permanent id of the agreement in the municipality's system.")
    number: int = Field(ge=1, description="Which agreement of its case it is, from 1.")
    title: str = Field(description="Its title.", examples=["Nytt gårdsrom på Solbakken"])
    language: Literal["nb", "nn", "en"] = Field(
        description="The language its text is written in: bokmål, nynorsk or English."
    )


class TypeFacts(_Part):
    """The approved text that the agreement was written from."""

    key: str = Field(description="Permanent name of the agreement type.", examples=["lokaleavtale"])
    title: str = Field(description="What the type is called, in the agreement's language.")
    version: int = Field(ge=1, description="Version of the approved text, from 1.")
    content_sha256: Sha256 = Field(
        description="Fingerprint of the approved text, its questions and its sample."
    )


class MunicipalityFacts(_Part):
    """The municipality."""

    name: str = Field(description="Its name.", examples=["Solvik kommune"])
    organisation_number: OrganisationNumber | None = Field(description="None if not told.")


class SignatoryFacts(_Part):
    """One who is to sign. Names, times and proofs stand in the evidence (`evidence-1.json`)."""

    role: str = Field(description="In which capacity; empty if none was told.", examples=["leder"])


class PartyFacts(_Part):
    """One whom the agreement binds."""

    name: str = Field(description="Its name as the agreement has it.")
    organisation_number: OrganisationNumber | None = Field(
        description="None for those who have no organisation number."
    )
    kind: str = Field(
        description="What sort of party it is.",
        examples=["municipality", "business", "housing_cooperative", "informal_group"],
    )
    role: Literal["municipality", "lead", "party"] = Field(
        description="The municipality, the leading partner, or another partner."
    )
    signatories: list[SignatoryFacts] = Field(description="Those who sign for it, in their order.")


class CaseFacts(_Part):
    """The municipality's case that the agreement belongs to."""

    number: str = Field(description="Case number.", examples=["2026-00031"])
    title: str = Field(description="Title of the case.")
    area: str = Field(description="The neighbourhood it is about.")


class DateFacts(_Part):
    """The days of the agreement. Days are Norwegian calendar days, instants carry their zone."""

    starts_on: date | None = Field(description="In force from this day, where the text names one.")
    ends_on: date | None = Field(description="In force until and with this day, where named.")
    approved_at: datetime = Field(description="When its text was approved.")
    frozen_at: datetime = Field(description="When the document shown to all parties was made.")


class DecisionFacts(_Part):
    """The municipality's decision that the agreement rests on."""

    number: str = Field(description="Its number.")
    decided_on: date = Field(description="Day of the decision.")
    level: str = Field(description="Level of delegation it was made at.", examples=["director"])
    amount_ore: Ore
    legal_reference: str = Field(description="What it was decided by authority of.")


class BudgetFacts(_Part):
    """A line of the budget."""

    description: str = Field(description="What it is for.")
    category: str = Field(description="Sort of cost.", examples=["works", "equipment"])
    amount_ore: Ore


class ContributionFacts(_Part):
    """What one party contributes."""

    party: str = Field(description="Name of the party, as under `parties`.")
    kind: Literal["cash", "in_kind"] = Field(description="Money, or work and things at a value.")
    description: str = Field(description="What it is.")
    amount_ore: Ore


class MoneyFacts(_Part):
    """The budget and who pays for it. Every amount is in øre."""

    currency: Literal["NOK"] = Field(description="Norwegian kroner.")
    unit: Literal["ore"] = Field(description="All amounts are whole øre, 1/100 of a krone.")
    total_ore: Ore
    budget: list[BudgetFacts] = Field(description="The lines of the budget; they add up to total.")
    contributions: list[ContributionFacts] = Field(description="Who gives what.")


class ClauseFacts(_Part):
    """A section of the text, in its order."""

    id: str = Field(description="Name of the section within the document.")
    key: str | None = Field(description="Permanent name of the section in its template.")
    clause: str | None = Field(
        description="Key of the approved clause that it is, where it comes from the library.",
        examples=["audit_and_repayment"],
    )
    clause_version: int | None = Field(description="Version of that clause.")
    number: int | None = Field(
        description="Its number in the document; clauses and annexes are counted each on their own."
    )
    heading: str = Field(description="Its heading.")
    annex: bool = Field(description="Whether it is an annex.")
    departs: bool = Field(
        description="Whether its text was rewritten for this agreement, by consent of legal staff."
    )


class ObligationFacts(_Part):
    """A promise of the text."""

    kind: Literal["report", "payment", "delivery", "maintenance", "other"] = Field(
        description="What sort of obligation it is."
    )
    who: str = Field(description="Name of the party that promises, as under `parties`.")
    what: str = Field(description="What is promised, in the words of the text.")
    due_on: date | None = Field(description="Until when, where the text names a day.")
    due_days_after_signing: int | None = Field(
        description="Else so many days after the day on which the agreement was sealed."
    )
    amount_ore: Ore = Field(description="What it is worth in øre; 0 where it is not about money.")


class AttachmentFacts(_Part):
    """A file that is part of the agreement: its pages are shown, itself it is embedded."""

    number: int = Field(ge=1, description="Its number among annexes and attachments.")
    title: str = Field(description="What it is called.", examples=["Situasjonsplan"])
    file_name: str = Field(description="Name of the file inside the sealed PDF.")
    media_type: str = Field(description="Its media type.", examples=["application/pdf"])
    sha256: Sha256
    size_bytes: int = Field(ge=1, description="Its size in bytes.")
    pages: int = Field(ge=1, description="How many pages it has.")


Answer = str | int | bool | None


class AgreementData(_Part):
    """An agreement between a Norwegian municipality and its partners, for machines.

    It stands inside the sealed PDF/A-3 as an associated file (`AFRelationship` `Data`). The PDF's
    text is what the parties signed; this says the same in a form that programs can read.
    """

    schema_address: str = Field(
        alias="$schema",
        description="Where this schema is published.",
        examples=["https://avtaler.solvik.kommune.no/schemas/agreement-data-1.json"],
    )
    format: Literal["fellesgrep-agreement/1"] = Field(
        description="Name of this shape, the same in every municipality."
    )
    agreement: AgreementFacts
    type: TypeFacts
    municipality: MunicipalityFacts
    parties: list[PartyFacts] = Field(
        description="All parties: the municipality first, then the leading partner."
    )
    case: CaseFacts
    dates: DateFacts
    decision: DecisionFacts | None = Field(description="None where nothing had to be decided.")
    money: MoneyFacts | None = Field(description="None where the case has no budget.")
    clauses: list[ClauseFacts] = Field(description="The sections of the text, in their order.")
    own_terms: list[str] = Field(
        description="Names under `answers` whose words are no approved text, read by legal staff."
    )
    obligations: list[ObligationFacts] = Field(description="What the text promises, in its order.")
    answers: dict[str, Answer] = Field(
        description="What the agreement type asked, by name; money is in øre, days are ISO 8601."
    )
    attachments: list[AttachmentFacts] = Field(description="Files that belong to the agreement.")
