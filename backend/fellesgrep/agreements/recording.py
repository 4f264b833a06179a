"""Write an agreement's machine-readable record from its text and what that was filled with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from lxml import etree

from fellesgrep.agreements.record import (
    FORMAT,
    AgreementData,
    AgreementFacts,
    AttachmentFacts,
    BudgetFacts,
    CaseFacts,
    ClauseFacts,
    ContributionFacts,
    DateFacts,
    DecisionFacts,
    MoneyFacts,
    MunicipalityFacts,
    ObligationFacts,
    PartyFacts,
    SignatoryFacts,
    TypeFacts,
)
from fellesgrep.contract_templates.manifest import Manifest
from fellesgrep.contract_templates.promises import MUNICIPALITY, Promise, promises
from fellesgrep.contract_templates.references import places
from fellesgrep.core.languages import Language
from fellesgrep.documents.frames import Signature


@dataclass(frozen=True)
class Written:
    """All that a record is made of. `departed` are the ids of sections that were rewritten."""

    schema_address: str
    id: UUID
    number: int
    title: str
    language: Language
    manifest: Manifest
    version: int
    content_sha256: str
    body: str
    data: Mapping[str, Any]
    approved_at: datetime
    frozen_at: datetime
    departed: frozenset[str] = frozenset()
    signatories: Sequence[Signature] = ()
    attachments: Sequence[AttachmentFacts] = ()


def record(written: Written) -> AgreementData:
    """Return the record; the same for the same input."""
    data = written.data
    answers = dict(data.get("fields") or {})
    return AgreementData.model_validate(
        {
            "$schema": written.schema_address,
            "format": FORMAT,
            "agreement": AgreementFacts(
                id=written.id,
                number=written.number,
                title=written.title,
                language=written.language,
            ),
            "type": TypeFacts(
                key=written.manifest.key,
                title=written.manifest.title[written.language],
                version=written.version,
                content_sha256=written.content_sha256,
            ),
            "municipality": MunicipalityFacts(
                name=data["municipality"]["name"],
                organisation_number=data["municipality"]["organisation_number"] or None,
            ),
            "parties": _parties(written),
            "case": CaseFacts(**{name: data["case"][name] for name in ("number", "title", "area")}),
            "dates": DateFacts(
                starts_on=answers.get("starts_on") or None,
                ends_on=answers.get("ends_on") or None,
                approved_at=written.approved_at,
                frozen_at=written.frozen_at,
            ),
            "decision": _decision(data.get("decision")),
            "money": _money(data.get("funding")),
            "clauses": list(_clauses(written)),
            "own_terms": written.manifest.departures(answers),
            "obligations": [_obligation(each, data) for each in promises(written.body)],
            "answers": answers,
            "attachments": list(written.attachments),
        }
    )


def _parties(written: Written) -> list[PartyFacts]:
    own = written.data["municipality"]
    named = [{**own, "kind": "municipality", "role": "municipality"}, *written.data["parties"]]
    return [
        PartyFacts(
            name=each["name"],
            organisation_number=each["organisation_number"] or None,
            kind=each["kind"],
            role=each["role"],
            signatories=[
                SignatoryFacts(role=signing.capacity)
                for signing in written.signatories
                if signing.on_behalf_of == each["name"]
            ],
        )
        for each in named
    ]


def _decision(decision: Mapping[str, Any] | None) -> DecisionFacts | None:
    if not decision:
        return None
    return DecisionFacts(**{name: decision[name] for name in DecisionFacts.model_fields})


def _money(funding: Mapping[str, Any] | None) -> MoneyFacts | None:
    if not funding:
        return None
    budget = BudgetFacts.model_fields
    given = ContributionFacts.model_fields
    return MoneyFacts(
        currency="NOK",
        unit="ore",
        total_ore=funding["total_ore"],
        budget=[BudgetFacts(**{k: each[k] for k in budget}) for each in funding["lines"]],
        contributions=[
            ContributionFacts(**{k: each[k] for k in given}) for each in funding["contributions"]
        ],
    )


def _clauses(written: Written) -> Iterator[ClauseFacts]:
    root = etree.fromstring(f"<div>{written.body}</div>")
    numbers = {section: place.number for section, place in places(root)}
    for position, section in enumerate(root.findall("section"), 1):
        heading = section.find("h2")
        words = "" if heading is None else "".join(map(str, heading.itertext()))
        id_, version = section.get("id") or f"s{position}", section.get("data-clause-version")
        yield ClauseFacts(
            id=id_,
            key=section.get("data-key"),
            clause=section.get("data-clause"),
            clause_version=int(version) if version else None,
            number=numbers.get(section),
            heading=" ".join(words.split()),
            annex=section.get("data-annex") is not None,
            departs=id_ in written.departed,
        )


def _obligation(promise: Promise, data: Mapping[str, Any]) -> ObligationFacts:
    own = promise.who == MUNICIPALITY
    due_on = promise.due_on and promise.due_on + timedelta(days=promise.days)
    return ObligationFacts(
        kind=promise.kind.value,
        who=data["municipality"]["name"] if own else promise.who,
        what=promise.what,
        due_on=due_on,
        due_days_after_signing=None if due_on else promise.days,
        amount_ore=promise.amount_ore,
    )
