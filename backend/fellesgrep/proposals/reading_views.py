"""The readings of a case's proposal as the municipality's screens show them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from fellesgrep.cases.models import Case, CaseParty
from fellesgrep.cases.service import parties
from fellesgrep.cases.talking import could_be_chosen, threads
from fellesgrep.cases.talking_schemas import SaidView, ThreadView, choices
from fellesgrep.core.languages import Language, say
from fellesgrep.core.tx import Tx
from fellesgrep.funding.service import party_names
from fellesgrep.proposals import reading
from fellesgrep.proposals.reading_models import (
    ProposalAnswer,
    ProposalReader,
    ProposalReading,
    Verdict,
)
from fellesgrep.proposals.reading_schemas import (
    PartyStandingView,
    ReadingsView,
    SentView,
    Standing,
)
from fellesgrep.proposals.rules import fingerprint
from fellesgrep.proposals.service import present_content


def whole(tx: Tx, case: Case, language: Language, *, may_answer: bool) -> ReadingsView:
    """Return what was sent to whom, what each party says, and whom it could be sent to."""
    now = fingerprint(present_content(tx, case.id))
    may_send = may_answer and reading.is_open(case)
    sent = _readings(tx, case.id)
    readers = _readers(tx, sent)
    return ReadingsView(
        sent=[_sent(each, readers, now) for each in sent],
        parties=_standings(tx, case.id, sent, readers, now),
        threads=_threads(tx, case.id, language),
        contacts=choices(could_be_chosen(tx, case.id)) if may_send else [],
        may_send=may_send,
        may_answer=may_answer,
    )


def _readings(tx: Tx, case_id: UUID) -> Sequence[ProposalReading]:
    return tx.session.scalars(
        select(ProposalReading)
        .where(ProposalReading.case_id == case_id)
        .order_by(ProposalReading.number.desc())
    ).all()


def _readers(tx: Tx, sent: Sequence[ProposalReading]) -> Sequence[ProposalReader]:
    return tx.session.scalars(
        select(ProposalReader)
        .where(ProposalReader.reading_id.in_([each.id for each in sent]))
        .order_by(ProposalReader.id)
    ).all()


def _sent(one: ProposalReading, readers: Sequence[ProposalReader], now: str) -> SentView:
    return SentView(
        number=one.number,
        sent_at=one.sent_at,
        respond_by=one.respond_by,
        note=one.note,
        current=one.content_sha256 == now,
        people=[f"{each.name}, {each.party_name}" for each in readers if each.reading_id == one.id],
    )


def _standings(
    tx: Tx,
    case_id: UUID,
    sent: Sequence[ProposalReading],
    readers: Sequence[ProposalReader],
    now: str,
) -> list[PartyStandingView]:
    names, given = party_names(tx, case_id), reading.answers(tx, case_id)
    number_of = {each.id: each.number for each in sent}
    read_by = {each.id: number_of[each.reading_id] for each in readers}
    asked = {each.party_id for each in readers}
    return [
        _standing(party, names[party.id], given.get(party.id), read_by, party.id in asked, now)
        for party in parties(tx, case_id)
    ]


def _standing(
    party: CaseParty,
    name: str,
    answer: ProposalAnswer | None,
    read_by: Mapping[UUID, int],
    asked: bool,
    now: str,
) -> PartyStandingView:
    return PartyStandingView(
        party_id=party.id,
        name=name,
        standing=_where(answer, asked, now),
        number=read_by[answer.reader_id] if answer else None,
        by=answer.name if answer else "",
        role_title=answer.role_title if answer else "",
        reason=answer.reason if answer else "",
        answered_at=answer.answered_at if answer else None,
    )


def _where(answer: ProposalAnswer | None, asked: bool, now: str) -> Standing:
    if answer is None:
        return Standing.WAITING if asked else Standing.NOT_ASKED
    if answer.verdict == Verdict.REFUSED:
        return Standing.REFUSED
    return Standing.CONFIRMED if answer.content_sha256 == now else Standing.CHANGED


def _threads(tx: Tx, case_id: UUID, language: Language) -> list[ThreadView]:
    return [
        ThreadView(
            heading=say(language, f"proposals.section.{place}"),
            first=SaidView.model_validate(said),
        )
        for place, said in threads(tx, reading.subject_of(case_id), case_id)
    ]
