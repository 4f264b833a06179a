"""The partners read a draft, ask, comment and suggest changes; the municipality answers.

It lies beside the task of drafting and holds nothing up: the liaison decides when the draft goes
to legal. All rounds of a case are one discussion, which everybody who was sent a draft can read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from fellesgrep.agreements import drafting
from fellesgrep.agreements.attachments import attachments_of
from fellesgrep.agreements.departures import depart
from fellesgrep.agreements.discussion_models import (
    DraftReader,
    DraftReading,
    DraftSuggestion,
    SuggestionStatus,
)
from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.moves import tell
from fellesgrep.agreements.passages import Passage, passage_of, with_plain
from fellesgrep.agreements.rules import Status
from fellesgrep.agreements.slots import DISCUSSED_THROUGH
from fellesgrep.agreements.versions import Occasion, keep_version
from fellesgrep.cases.models import Case
from fellesgrep.cases.talking import chosen, comment_about
from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.comments import LONGEST, Comment, comment
from fellesgrep.core.problems import Conflict, Invalid, NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.notifications.service import queue_message
from fellesgrep.partners.models import Contact
from fellesgrep.portal.links import revoke_links

PURPOSE = "agreement.discuss"


@dataclass(frozen=True)
class Talk:
    """The discussion as one contact person takes part in it: what they read, and for whom."""

    agreement: Agreement
    body: str
    contact_id: UUID
    party_name: str
    reader: DraftReader | None = None

    @property
    def history(self) -> Subject:
        """Return whose history it belongs to."""
        return Subject("case", self.agreement.case_id)


def subject_of(case_id: UUID) -> Subject:
    """Return what the comments of a case's discussion are about."""
    return Subject("draft_discussion", case_id)


def send_for_reading(
    tx: Tx, agreement: Agreement, *, contact_ids: Sequence[UUID], respond_by: date, note: str = ""
) -> DraftReading:
    """Send the draft as it reads now; earlier links of those it goes to are closed.

    Raises `Conflict` when it is no draft any more, `Invalid` naming what is wrong.
    """
    tx.session.refresh(agreement, with_for_update=True)
    if agreement.status != Status.DRAFTING:
        raise Conflict("agreements.problem.not_drafting")
    draft = drafting.read_draft(tx, agreement)
    if draft is None or agreement.template_version_id is None:
        raise Invalid.at("/template_id", "agreements.problem.no_template")
    readers = chosen(tx, agreement.case_id, contact_ids, respond_by)
    reading = DraftReading(
        case_id=agreement.case_id,
        agreement_id=agreement.id,
        template_version_id=agreement.template_version_id,
        number=_last_number(tx, agreement.case_id) + 1,
        language=agreement.language,
        body=draft.filled.body,
        data=draft.data,
        attachments=[each.kept() for each in attachments_of(tx, agreement)],
        note=note.strip(),
        respond_by=respond_by,
        sent_at=tx.now(),
        sent_by_id=tx.actor.id,
    )
    tx.session.add(reading)
    tx.session.flush()
    keep_version(tx, agreement, draft.filled.body, Occasion.READING)
    people = {"people": len(readers)}
    tell(tx, agreement, "sent_for_reading", people | {"respond_on": respond_by.isoformat()})
    for each in readers:
        _invite(tx, reading, each.contact, each.party_name)
    return reading


def _last_number(tx: Tx, case_id: UUID) -> int:
    last = select(func.max(DraftReading.number)).where(DraftReading.case_id == case_id)
    return tx.session.scalar(last) or 0


def _invite(tx: Tx, reading: DraftReading, contact: Contact, party_name: str) -> None:
    history = Subject("case", reading.case_id)
    for earlier in readers_of(tx, reading.case_id, contact.id):
        revoke_links(tx, Subject("draft_reader", earlier.id), history=history)
    reader = DraftReader(
        reading_id=reading.id, contact_id=contact.id, name=contact.name, party_name=party_name
    )
    tx.session.add(reader)
    tx.session.flush()
    write(tx, reader, "agreements.reading")


def readers_of(tx: Tx, case_id: UUID, contact_id: UUID) -> Sequence[DraftReader]:
    """Return a contact person as reader of a case's drafts, the newest reading first."""
    return tx.session.scalars(
        select(DraftReader)
        .join(DraftReading, DraftReading.id == DraftReader.reading_id)
        .where(DraftReading.case_id == case_id, DraftReader.contact_id == contact_id)
        .order_by(DraftReading.number.desc())
    ).all()


def write(tx: Tx, reader: DraftReader, kind: str) -> None:
    """Queue a message to a reader, with a link to the reading."""
    reading = tx.session.get_one(DraftReading, reader.reading_id)
    queue_message(
        tx,
        kind,
        to=Subject("contact", reader.contact_id),
        subject=Subject("case", reading.case_id),
        about=Subject("draft_reader", reader.id),
        params={
            "agreement": ref("agreement", reading.agreement_id),
            "respond_on": reading.respond_by.isoformat(),
        },
    )


def _tell_responsible(tx: Tx, talk: Talk) -> None:
    case = tx.session.get_one(Case, talk.agreement.case_id)
    queue_message(
        tx,
        "agreements.partner_wrote",
        to=Subject("person", case.responsible_id),
        subject=talk.history,
        params={
            "agreement": ref("agreement", talk.agreement.id),
            "contact": ref("contact", talk.contact_id),
        },
    )


def _seen(tx: Tx, talk: Talk) -> None:
    if talk.reader is not None and talk.reader.seen_at is None:
        talk.reader.seen_at = tx.now()
    tx.session.flush()


def _section(talk: Talk, section_id: str) -> Passage:
    found = passage_of(talk.body, section_id)
    if found is None:
        raise NotFound("agreements.problem.no_such_section")
    return found


def say_about(tx: Tx, talk: Talk, section_id: str, text: str) -> Comment:
    """Ask or comment as the contact person acting; raises `Invalid` for nothing or too much."""
    section = _section(talk, section_id)
    made = comment(
        tx,
        subject_of(talk.agreement.case_id),
        text,
        history=talk.history,
        anchor=section_id,
        quote=section.heading,
    )
    _seen(tx, talk)
    _tell_responsible(tx, talk)
    return made


def suggest(tx: Tx, talk: Talk, section_id: str, text: str, reason: str) -> DraftSuggestion:
    """Suggest another text for a section, as the contact person acting."""
    section = _section(talk, section_id)
    if len(text) > LONGEST * 5:
        raise Invalid.at("/text", "core.problem.comment_too_long")
    if not text.strip():
        raise Invalid.at("/text", "agreements.problem.suggestion_empty")
    after = with_plain(section.xhtml, text)
    if after == with_plain(section.xhtml, _plain(section)):
        raise Invalid.at("/text", "agreements.problem.suggestion_same")
    if len(reason.strip()) > LONGEST:
        raise Invalid.at("/reason", "core.problem.comment_too_long")
    made = DraftSuggestion(
        case_id=talk.agreement.case_id,
        agreement_id=talk.agreement.id,
        section_id=section_id,
        heading=section.heading,
        before=section.xhtml,
        after=after,
        reason=reason.strip(),
        contact_id=talk.contact_id,
        made_at=tx.now(),
    )
    tx.session.add(made)
    _seen(tx, talk)
    tell(tx, talk.agreement, "suggested", {"contact": ref("contact", talk.contact_id)})
    _tell_responsible(tx, talk)
    return made


def _plain(section: Passage) -> str:
    text = section.plain
    if text is None:
        raise Conflict("agreements.problem.section_is_no_plain_text")
    return text


def has_no_remarks(tx: Tx, talk: Talk) -> None:
    """Say, as the contact person acting, that the draft is fine; a second time it does nothing."""
    if talk.reader is None or talk.reader.no_remarks_at is not None:
        return
    talk.reader.no_remarks_at = tx.now()
    _seen(tx, talk)
    tell(tx, talk.agreement, "no_remarks", {"contact": ref("contact", talk.contact_id)})
    _tell_responsible(tx, talk)


def suggestions_of(tx: Tx, case_id: UUID) -> Sequence[DraftSuggestion]:
    """Return every change that was suggested in a case, oldest first."""
    return tx.session.scalars(
        select(DraftSuggestion)
        .where(DraftSuggestion.case_id == case_id)
        .order_by(DraftSuggestion.made_at, DraftSuggestion.id)
    ).all()


def answer(tx: Tx, case_id: UUID, comment_id: UUID, text: str) -> Comment:
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
        _write_back(tx, case_id, asked.author_id)
    return made


def _write_back(tx: Tx, case_id: UUID, contact_id: UUID) -> None:
    """Tell a contact person that there is an answer, through the link that leads to it now."""
    for channel in tx.house.registry.all(DISCUSSED_THROUGH).values():
        if channel.tell_answered(tx, case_id, contact_id):
            return


def tell_reader(tx: Tx, case_id: UUID, contact_id: UUID) -> bool:
    """Write to a reader that there is an answer; False when they were never sent a draft."""
    found = readers_of(tx, case_id, contact_id)
    if found:
        write(tx, found[0], "agreements.answered")
    return bool(found)


def accept(tx: Tx, case_id: UUID, suggestion_id: UUID, remark: str = "") -> DraftSuggestion:
    """Take a suggested change into the draft: from there it is a departure that legal reads.

    Raises `Conflict` where the agreement is no draft any more or the section has changed since.
    """
    suggestion = _open_suggestion(tx, case_id, suggestion_id)
    agreement = drafting.get_current(tx, case_id)
    draft = drafting.read_draft(tx, agreement)
    if agreement.status != Status.DRAFTING or draft is None:
        raise Conflict("agreements.problem.accept_in_draft")
    present = passage_of(draft.filled.body, suggestion.section_id)
    if present is None or present.xhtml != suggestion.before:
        raise Conflict("agreements.problem.section_changed")
    approved = passage_of(draft.approved, suggestion.section_id) or present
    depart(tx, agreement, approved, suggestion.after, suggestion.reason)
    _close(tx, suggestion, SuggestionStatus.ACCEPTED, remark)
    return suggestion


def reject(tx: Tx, case_id: UUID, suggestion_id: UUID, reason: str) -> DraftSuggestion:
    """Say no to a suggested change, with the reason that the partner reads."""
    suggestion = _open_suggestion(tx, case_id, suggestion_id)
    if not reason.strip():
        raise Invalid.at("/reason", "agreements.problem.reason_missing")
    _close(tx, suggestion, SuggestionStatus.REJECTED, reason)
    return suggestion


def _open_suggestion(tx: Tx, case_id: UUID, suggestion_id: UUID) -> DraftSuggestion:
    found = tx.session.get(DraftSuggestion, suggestion_id, with_for_update=True)
    if found is None or found.case_id != case_id:
        raise NotFound("core.problem.not_found")
    if found.status != SuggestionStatus.OPEN:
        raise Conflict("agreements.problem.already_answered")
    return found


def _close(tx: Tx, suggestion: DraftSuggestion, status: SuggestionStatus, answer: str) -> None:
    suggestion.status, suggestion.answer = status, answer.strip()
    suggestion.answered_at, suggestion.answered_by_id = tx.now(), tx.actor.id
    tx.session.flush()
    agreement = tx.session.get_one(Agreement, suggestion.agreement_id)
    contact = {"contact": ref("contact", suggestion.contact_id)}
    tell(tx, agreement, f"suggestion_{status}", contact)
    _write_back(tx, suggestion.case_id, suggestion.contact_id)
