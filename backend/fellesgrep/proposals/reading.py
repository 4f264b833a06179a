"""The parties read a proposal before it is decided on: they comment, confirm it, or say why not.

It lies beside the step of writing and holds nothing up. An answer is bound to the content that
was shown; when the proposal reads otherwise, a confirmation no longer counts, and both sides are
told so. All readings of a case are one discussion, which everybody who was sent one can read.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from fellesgrep.cases.events import PartyRemoved
from fellesgrep.cases.models import Case, Stage
from fellesgrep.cases.talking import Recipient, chosen, comment_about, could_be_chosen
from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.comments import LONGEST, Comment, comment, resolve
from fellesgrep.core.languages import Language, say
from fellesgrep.core.problems import Conflict, FieldProblem, Invalid, NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.funding.service import party_names
from fellesgrep.notifications.service import queue_message
from fellesgrep.partners.models import Contact
from fellesgrep.portal.links import revoke_links
from fellesgrep.proposals.events import ProposalSubmitted
from fellesgrep.proposals.models import ProposalVersion
from fellesgrep.proposals.reading_models import (
    ProposalAnswer,
    ProposalReader,
    ProposalReading,
    Verdict,
)
from fellesgrep.proposals.reading_setting import PLACES
from fellesgrep.proposals.rules import fingerprint
from fellesgrep.proposals.service import present_content

PURPOSE = "proposal.read"
_OPEN = frozenset({Stage.FIRST_CONTACT, Stage.CLARIFICATION, Stage.PROPOSAL, Stage.CO_FUNDING})
_DAYS_AFTER_SUBMISSION = timedelta(days=7)


def subject_of(case_id: UUID) -> Subject:
    """Return what the comments on a case's proposal are about."""
    return Subject("proposal_discussion", case_id)


def is_open(case: Case) -> bool:
    """Tell whether what a partner says can still change something: it is not decided yet."""
    return case.stage in _OPEN


def send(
    tx: Tx, case: Case, *, contact_ids: Sequence[UUID], respond_by: date, note: str = ""
) -> ProposalReading:
    """Send the proposal as it reads now; earlier links of those it goes to are closed.

    Raises `Conflict` when it is decided or says nothing yet, `Invalid` naming what is wrong.
    """
    tx.session.refresh(case, with_for_update=True)
    _require_open(case)
    content = present_content(tx, case.id)
    if not (content["title"].strip() and content["goals"].strip()):
        raise Conflict("proposals.problem.nothing_to_read")
    recipients = chosen(tx, case.id, contact_ids, respond_by)
    reading = _keep(tx, case.id, content, respond_by, note)
    tx.audit(
        "proposal:sent_to_partners",
        Subject("case", case.id),
        {
            "number": reading.number,
            "people": len(recipients),
            "respond_on": respond_by.isoformat(),
        },
    )
    for each in recipients:
        _invite(tx, reading, each, "proposals.to_read")
    return reading


def _require_open(case: Case) -> None:
    if not is_open(case):
        raise Conflict("proposals.problem.decided")


def _keep(
    tx: Tx, case_id: UUID, content: dict[str, Any], respond_by: date, note: str
) -> ProposalReading:
    last = select(func.max(ProposalReading.number)).where(ProposalReading.case_id == case_id)
    reading = ProposalReading(
        case_id=case_id,
        number=(tx.session.scalar(last) or 0) + 1,
        content=content,
        content_sha256=fingerprint(content),
        note=note.strip(),
        respond_by=respond_by,
        sent_at=tx.now(),
        sent_by_id=tx.actor.id if tx.actor.kind == "person" else None,
    )
    tx.session.add(reading)
    tx.session.flush()
    return reading


def _invite(tx: Tx, reading: ProposalReading, whom: Recipient, kind: str) -> None:
    history = Subject("case", reading.case_id)
    for earlier in readers_of(tx, reading.case_id, whom.contact.id):
        revoke_links(tx, Subject("proposal_reader", earlier.id), history=history)
    reader = ProposalReader(
        reading_id=reading.id,
        contact_id=whom.contact.id,
        party_id=whom.party.id,
        name=whom.contact.name,
        party_name=whom.party_name,
    )
    tx.session.add(reader)
    tx.session.flush()
    write(tx, reader, kind)


def readers_of(tx: Tx, case_id: UUID, contact_id: UUID) -> Sequence[ProposalReader]:
    """Return a contact person as reader of a case's proposals, the newest reading first."""
    return tx.session.scalars(
        select(ProposalReader)
        .join(ProposalReading, ProposalReading.id == ProposalReader.reading_id)
        .where(ProposalReading.case_id == case_id, ProposalReader.contact_id == contact_id)
        .order_by(ProposalReading.number.desc())
    ).all()


def write(tx: Tx, reader: ProposalReader, kind: str) -> None:
    """Queue a message to a reader, with a link to the reading."""
    reading = tx.session.get_one(ProposalReading, reader.reading_id)
    queue_message(
        tx,
        kind,
        to=Subject("contact", reader.contact_id),
        subject=Subject("case", reading.case_id),
        about=Subject("proposal_reader", reader.id),
        params={
            "proposal": ref("proposal_reading", reading.id),
            "respond_on": reading.respond_by.isoformat(),
        },
    )


def _tell_responsible(tx: Tx, reader: ProposalReader, reading: ProposalReading) -> None:
    case = tx.session.get_one(Case, reading.case_id)
    queue_message(
        tx,
        "proposals.partner_answered",
        to=Subject("person", case.responsible_id),
        subject=Subject("case", case.id),
        params={
            "proposal": ref("proposal_reading", reading.id),
            "contact": ref("contact", reader.contact_id),
        },
    )


def _held(tx: Tx, reader: ProposalReader) -> ProposalReading:
    """Hold the case against changes of its proposal; raises `Conflict` where it is decided."""
    reading = tx.session.get_one(ProposalReading, reader.reading_id)
    _require_open(tx.session.get_one(Case, reading.case_id, with_for_update=True))
    return reading


def _said_something(tx: Tx, reader: ProposalReader, reading: ProposalReading) -> None:
    if reader.seen_at is None:
        reader.seen_at = tx.now()
    tx.session.flush()
    _tell_responsible(tx, reader, reading)


def say_about(
    tx: Tx, reader: ProposalReader, place: str, text: str, *, language: Language = "nb"
) -> Comment:
    """Ask or comment as the contact person acting; raises `Invalid` for nothing or too much."""
    if place not in PLACES:
        raise NotFound("core.problem.not_found")
    reading = _held(tx, reader)
    made = comment(
        tx,
        subject_of(reading.case_id),
        text,
        history=Subject("case", reading.case_id),
        anchor=place,
        quote=say(language, f"proposals.section.{place}"),
    )
    _said_something(tx, reader, reading)
    return made


def confirm(tx: Tx, reader: ProposalReader, *, name: str, role_title: str) -> ProposalAnswer:
    """Confirm what was shown, for the party; raises `Invalid` where name or role are missing."""
    wrong = [
        FieldProblem(f"/{field}", f"proposals.problem.{key}")
        for field, key, typed in (
            ("name", "who_confirms", name),
            ("role_title", "which_role", role_title),
        )
        if sum(letter.isalpha() for letter in typed) < 2
    ]
    if wrong:
        raise Invalid("core.problem.invalid", fields=wrong)
    return _answer(tx, reader, Verdict.CONFIRMED, name, role_title)


def refuse(tx: Tx, reader: ProposalReader, *, reason: str) -> ProposalAnswer:
    """Say that the party cannot confirm, and why; raises `Invalid` at `/reason`."""
    reason = reason.strip()
    if not reason:
        raise Invalid.at("/reason", "proposals.problem.why_not")
    if len(reason) > LONGEST:
        raise Invalid.at("/reason", "core.problem.comment_too_long")
    contact = tx.session.get_one(Contact, reader.contact_id)
    return _answer(tx, reader, Verdict.REFUSED, contact.name, contact.role_title, reason)


def _answer(
    tx: Tx, reader: ProposalReader, verdict: Verdict, name: str, role: str, reason: str = ""
) -> ProposalAnswer:
    reading = _held(tx, reader)
    answer = ProposalAnswer(
        case_id=reading.case_id,
        party_id=reader.party_id,
        reader_id=reader.id,
        content_sha256=reading.content_sha256,
        verdict=verdict,
        name=" ".join(name.split()),
        role_title=" ".join(role.split()),
        reason=reason,
        answered_at=tx.now(),
    )
    tx.session.add(answer)
    tx.session.flush()
    contact = tx.session.get_one(Contact, reader.contact_id)
    tx.audit(
        f"proposal:{'confirmed' if verdict is Verdict.CONFIRMED else 'not_confirmed'}",
        Subject("case", reading.case_id),
        {
            "contact": ref("contact", contact.id),
            "partner": ref("partner", contact.partner_id),
            "number": reading.number,
            "sha256": reading.content_sha256,
        },
    )
    _said_something(tx, reader, reading)
    return answer


def answers(tx: Tx, case_id: UUID, until: datetime | None = None) -> Mapping[UUID, ProposalAnswer]:
    """Return the answer that counts, or counted at an instant, of each party that gave one."""
    given = tx.session.scalars(
        select(ProposalAnswer)
        .where(
            ProposalAnswer.case_id == case_id,
            ProposalAnswer.answered_at <= (until or tx.now()),
        )
        .order_by(ProposalAnswer.answered_at, ProposalAnswer.id)
    )
    return {each.party_id: each for each in given}


def confirmed_by(tx: Tx, version: ProposalVersion, at: datetime) -> list[str]:
    """Return the names of the parties that had confirmed what was submitted, at an instant."""
    sent, names = fingerprint(version.content), party_names(tx, version.case_id)
    return [
        names[party_id]
        for party_id, answer in answers(tx, version.case_id, at).items()
        if answer.verdict == Verdict.CONFIRMED and answer.content_sha256 == sent
    ]


def reply(tx: Tx, case_id: UUID, comment_id: UUID, text: str) -> Comment:
    """Answer a comment for the municipality; whoever wrote it gets mail."""
    asked = comment_about(tx, subject_of(case_id), comment_id)
    made = comment(
        tx,
        subject_of(case_id),
        text,
        history=Subject("case", case_id),
        anchor=asked.anchor,
        answers=asked,
    )
    if asked.author_kind == "contact" and asked.author_id is not None:
        newest, *_ = readers_of(tx, case_id, asked.author_id)
        write(tx, newest, "proposals.answered")
    return made


def settle(tx: Tx, case_id: UUID, comment_id: UUID) -> None:
    """Close a thread; a second time it does nothing."""
    about = comment_about(tx, subject_of(case_id), comment_id)
    resolve(tx, about, history=Subject("case", case_id))


def tell_of_other_text(tx: Tx, submitted: ProposalSubmitted) -> None:
    """Send what goes to decision to those who confirmed something else."""
    version = submitted.version
    sent = fingerprint(version.content)
    outdated = [
        tx.session.get_one(ProposalReader, each.reader_id)
        for each in answers(tx, version.case_id).values()
        if each.verdict == Verdict.CONFIRMED and each.content_sha256 != sent
    ]
    recipients = [each for reader in outdated for each in _still_there(tx, version.case_id, reader)]
    if recipients:
        by = tx.today() + _DAYS_AFTER_SUBMISSION
        reading = _keep(tx, version.case_id, version.content, by, "")
        for each in recipients:
            _invite(tx, reading, each, "proposals.sent_otherwise")


def close_links(tx: Tx, removed: PartyRemoved) -> None:
    """Close what the people of a party were sent, as it takes part no longer."""
    history = Subject("case", removed.case.id)
    readers = select(ProposalReader.id).where(ProposalReader.party_id == removed.party.id)
    for reader_id in tx.session.scalars(readers).all():
        revoke_links(tx, Subject("proposal_reader", reader_id), history=history)


def _still_there(tx: Tx, case_id: UUID, reader: ProposalReader) -> list[Recipient]:
    """Return whoever confirmed, as long as they are reached and their party takes part."""
    return [
        each
        for each in could_be_chosen(tx, case_id)
        if each.contact.id == reader.contact_id and each.contact.email
    ]
