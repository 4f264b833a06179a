"""Departures and versions as the municipality's screens show them."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from fellesgrep.agreements import sections
from fellesgrep.agreements.departure_schemas import (
    DeparturesView,
    DepartureView,
    PromiseView,
    SectionView,
    TextVersionView,
    VerdictView,
)
from fellesgrep.agreements.departures import AgreementDeparture, departures_of
from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.passages import Passage, passages
from fellesgrep.agreements.rules import Status
from fellesgrep.agreements.verdicts import (
    DepartureAnswer,
    DepartureVerdict,
    is_own,
    verdicts_on,
)
from fellesgrep.agreements.versions import Occasion, versions_of
from fellesgrep.contract_templates.promises import promises
from fellesgrep.contract_templates.references import places
from fellesgrep.contract_templates.stored_form import parsed
from fellesgrep.core.tx import Tx
from fellesgrep.documents.redline import redline
from fellesgrep.identity.models import Person
from fellesgrep.partners.models import Contact


def whole(tx: Tx, agreement: Agreement, *, may_draft: bool, may_review: bool) -> DeparturesView:
    """Return the sections as they read now and each departure, in the order of the text."""
    text, approved = sections.texts_of(tx, agreement)
    now = [each for each in passages(text) if each.id]
    standard = {each.id: each for each in passages(approved) if each.id}
    departures = departures_of(tx, agreement)
    verdicts = _all_verdicts(tx, agreement)
    order = {each.id: at for at, each in enumerate(now)}
    shown = sorted(departures, key=lambda each: order.get(each.section_id, len(order)))
    departed = {each.section_id for each in departures}
    numbers = _numbers(text)
    return DeparturesView(
        sections=[
            SectionView(
                id=each.id,
                number=numbers.get(each.id),
                heading=each.heading,
                text=each.xhtml,
                departs=each.id in departed,
            )
            for each in now
        ],
        departures=[
            _departure(tx, each, standard.get(each.section_id), verdicts) for each in shown
        ],
        may_write=may_draft and agreement.status == Status.DRAFTING,
        may_judge=may_review and agreement.status == Status.IN_REVIEW,
    )


def _numbers(text: str) -> dict[str, int]:
    """Return by section the number under which readers know it."""
    return {
        section.get("id", ""): place.number
        for section, place in places(parsed(text))
        if not place.annex
    }


_Judged = dict[str, list[tuple[AgreementDeparture, DepartureVerdict]]]


def _all_verdicts(tx: Tx, agreement: Agreement) -> _Judged:
    """Return by section what was judged there, withdrawn departures too, oldest first."""
    rows = tx.session.scalars(
        select(AgreementDeparture)
        .where(AgreementDeparture.agreement_id == agreement.id)
        .order_by(AgreementDeparture.id)
    ).all()
    given = verdicts_on(tx, (each.id for each in rows))
    found: _Judged = {}
    for each in rows:
        if each.id in given:
            found.setdefault(each.section_id, []).append((each, given[each.id]))
    return found


def _departure(
    tx: Tx, row: AgreementDeparture, approved: Passage | None, judged: _Judged
) -> DepartureView:
    here = judged.get(row.section_id, [])
    own = next((given for departure, given in here if departure.id == row.id), None)
    before = [given for departure, given in here if departure.id != row.id]
    standard = approved.xhtml if approved else row.approved
    return DepartureView(
        id=row.id,
        section_id=row.section_id,
        heading=passages(row.body)[0].heading,
        change_html=redline(standard, row.body),
        approved_html=redline(standard, standard),
        reason=row.reason,
        author=_name(tx, row.author_kind, row.author_id),
        made_at=row.made_at,
        own=is_own(tx, row),
        stands=approved is not None,
        outdated=approved is not None and row.is_outdated(approved.xhtml),
        promises=_touched(standard, row.body),
        verdict=_verdict(tx, own) if own else None,
        earlier=_verdict(tx, before[-1]) if before else None,
    )


def _touched(approved: str, body: str) -> list[PromiseView]:
    """Return the promises of the approved text that read otherwise in `body`, or are not there."""
    now = promises(body)
    facts = {replace(each, what="") for each in now}
    return [
        PromiseView(
            kind=each.kind,
            who=each.who,
            due_on=each.due(each.due_on) if each.due_on else None,
            kept=replace(each, what="") in facts,
        )
        for each in promises(approved)
        if each not in now
    ]


def _verdict(tx: Tx, given: DepartureVerdict) -> VerdictView:
    return VerdictView(
        verdict=DepartureAnswer(given.verdict),
        reason=given.reason,
        by=_name(tx, "person", given.given_by_id),
        at=given.given_at,
    )


def _name(tx: Tx, kind: str, id_: UUID | None) -> str:
    if id_ is None:
        return ""
    if kind == "contact":
        contact = tx.session.get(Contact, id_)
        return contact.name if contact else ""
    person = tx.session.get(Person, id_)
    return person.name if person else ""


def text_versions(tx: Tx, case_id: UUID) -> list[TextVersionView]:
    """Return the kept versions of a case, the newest first."""
    return [
        TextVersionView(
            number=each.number,
            occasion=Occasion(each.occasion),
            made_at=each.made_at,
            made_by=_name(tx, "person", each.made_by_id),
        )
        for each in versions_of(tx, case_id)
    ]
