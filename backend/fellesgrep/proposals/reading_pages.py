"""What a partner sees of a proposal: read it, ask, confirm it for their party, or say why not."""

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select

from fellesgrep.cases.models import Case, CaseParty
from fellesgrep.cases.talking import threads
from fellesgrep.core.audit import Subject
from fellesgrep.core.clock import end_of_day
from fellesgrep.core.languages import say
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.identity.models import Person
from fellesgrep.partners.models import Contact
from fellesgrep.portal import frame
from fellesgrep.portal.access import LinkAccess, Seal, allow_link
from fellesgrep.portal.forms import claim, release, seal_form
from fellesgrep.portal.limits import WRITES_PER_LINK, require_within
from fellesgrep.portal.slots import PortalPage
from fellesgrep.proposals import reading, reading_setting
from fellesgrep.proposals.reading_models import ProposalReader, ProposalReading, Verdict
from fellesgrep.proposals.rules import fingerprint
from fellesgrep.proposals.service import present_content

router = APIRouter(prefix="/p", tags=["portal"], include_in_schema=False)
_OPEN_AFTER = timedelta(days=60)
"""How long after its day a reading can be looked at: the answers come after it."""
_STEPS = {"confirm": "proposals/pages/confirm.html", "refuse": "proposals/pages/refuse.html"}

Writing = Annotated[LinkAccess, allow_link("portal:comment", purpose=reading.PURPOSE)]
Confirming = Annotated[LinkAccess, allow_link("portal:confirm", purpose=reading.PURPOSE)]
Short = Annotated[str, Form(max_length=200)]
Long = Annotated[str, Form(max_length=30_000)]


def _reader(access: LinkAccess) -> ProposalReader:
    return access.tx.session.get_one(ProposalReader, access.link.subject_id)


def show(access: LinkAccess) -> Response:
    """Show the proposal and what has been said about it, or a form. Changes nothing."""
    reader = _reader(access)
    found = access.tx.session.get_one(ProposalReading, reader.reading_id)
    case = access.tx.session.get_one(Case, found.case_id)
    if access.step in _STEPS and reading.is_open(case):
        return _form(access, reader, access.step)
    return _page(access, reader)


def _values(access: LinkAccess, reader: ProposalReader) -> dict[str, Any]:
    """Return what every page of a reading shows."""
    tx = access.tx
    found = tx.session.get_one(ProposalReading, reader.reading_id)
    case = tx.session.get_one(Case, found.case_id)
    return {
        "reader": reader,
        "reading": found,
        "case": case,
        "title": found.content["title"],
        "responsible": tx.session.get_one(Person, case.responsible_id),
        "shares": reading_setting.who_pays(found.content, reader.party_id),
        "unpaid_ore": reading_setting.unpaid(found.content),
    }


def _page(
    access: LinkAccess, reader: ProposalReader, wrong: dict[str, str] | None = None
) -> Response:
    tx, values = access.tx, _values(access, reader)
    found: ProposalReading = values["reading"]
    case: Case = values["case"]
    earlier = last_known(tx, reader, found)
    said = threads(tx, reading.subject_of(case.id), case.id)
    answer = reading.answers(tx, case.id).get(reader.party_id)
    return access.page(
        "proposals/pages/reading.html",
        status=422 if wrong else 200,
        earlier=earlier,
        sections=reading_setting.sections(
            found.content, earlier.content if earlier else None, access.language
        ),
        plan=reading_setting.time_plan(found.content, access.language),
        said_so_far=said,
        answer=answer,
        confirmed=Verdict.CONFIRMED,
        counts=answer is not None and answer.content_sha256 == found.content_sha256,
        being_changed=reading.is_open(case)
        and fingerprint(present_content(tx, case.id)) != found.content_sha256,
        open_to_words=reading.is_open(case),
        wrong=wrong,
        new_seal=lambda: seal_form(access.link),
        **values,
    )


def last_known(tx: Tx, reader: ProposalReader, found: ProposalReading) -> ProposalReading | None:
    """Return the version that the reader knows: the last they answered, else the last sent."""
    return tx.session.scalars(
        select(ProposalReading)
        .join(ProposalReader, ProposalReader.reading_id == ProposalReading.id)
        .where(
            ProposalReading.case_id == found.case_id,
            ProposalReading.number < found.number,
            ProposalReader.contact_id == reader.contact_id,
        )
        .order_by(ProposalReader.seen_at.is_(None), ProposalReading.number.desc())
        .limit(1)
    ).first()


def _form(
    access: LinkAccess,
    reader: ProposalReader,
    step: str,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    contact = access.tx.session.get_one(Contact, reader.contact_id)
    known = {"name": contact.name, "role_title": contact.role_title, "reason": ""}
    return access.page(
        _STEPS[step],
        status=422 if errors else 200,
        typed=known | (typed or {}),
        errors=dict.fromkeys(known, "") | (errors or {}),
        faulty=bool(errors),
        **_values(access, reader),
    )


def _to(access: LinkAccess, place: str = "") -> Response:
    anchor = f"#{place}" if place in reading_setting.PLACES else ""
    return RedirectResponse(access.href() + anchor, 303, headers=frame.HEADERS)


@router.post("/{token}/proposal/comment")
def write_comment(seal: Seal, access: Writing, section: Short, text: Long = "") -> Response:
    """Ask or comment about a section. Sent twice, it is said once."""
    reader = _reader(access)
    if not claim(access.tx, access.link, seal):
        return _to(access, section)
    require_within(access.tx.house, WRITES_PER_LINK, str(access.link.id))
    try:
        reading.say_about(access.tx, reader, section, text, language=access.language)
    except Conflict:
        return _to(access)
    except Invalid as problem:
        release(access.tx, access.link, seal)
        [error] = _errors(access, problem).values()
        return _page(access, reader, {"section": section, "error": error, "text": text})
    return _to(access, section)


@router.post("/{token}/proposal/confirm")
def confirm(seal: Seal, access: Confirming, name: Short = "", role_title: Short = "") -> Response:
    """Confirm the proposal for the party. Sent twice, it is confirmed once."""
    reader = _reader(access)
    typed = {"name": name, "role_title": role_title}
    if claim(access.tx, access.link, seal):
        require_within(access.tx.house, WRITES_PER_LINK, str(access.link.id))
        try:
            reading.confirm(access.tx, reader, name=name, role_title=role_title)
        except Conflict:
            return _to(access)
        except Invalid as problem:
            release(access.tx, access.link, seal)
            return _form(access, reader, "confirm", typed, _errors(access, problem))
    return _to(access)


@router.post("/{token}/proposal/refuse")
def refuse(seal: Seal, access: Writing, reason: Long = "") -> Response:
    """Say that the party cannot confirm the proposal, and why."""
    reader = _reader(access)
    if claim(access.tx, access.link, seal):
        require_within(access.tx.house, WRITES_PER_LINK, str(access.link.id))
        try:
            reading.refuse(access.tx, reader, reason=reason)
        except Conflict:
            return _to(access)
        except Invalid as problem:
            release(access.tx, access.link, seal)
            return _form(access, reader, "refuse", {"reason": reason}, _errors(access, problem))
    return _to(access)


def _errors(access: LinkAccess, problem: Invalid) -> dict[str, str]:
    return {
        each.pointer.removeprefix("/"): say(access.language, each.key, **each.params)
        for each in problem.fields
    }


def _open_until(tx: Tx, reader_id: UUID) -> datetime | None:
    reader = tx.session.get(ProposalReader, reader_id)
    if reader is None:
        return None
    found = tx.session.get_one(ProposalReading, reader.reading_id)
    return max(end_of_day(found.respond_by), tx.now()) + _OPEN_AFTER


def _renew(tx: Tx, reader_id: UUID) -> None:
    """Send a new link to what the reader was sent last, while their party takes part."""
    reader = tx.session.get_one(ProposalReader, reader_id)
    if tx.session.get_one(CaseParty, reader.party_id).removed_at is not None:
        return
    found = tx.session.get_one(ProposalReading, reader.reading_id)
    newest = reading.readers_of(tx, found.case_id, reader.contact_id)[0]
    reading.write(tx, newest, "proposals.to_read")


def _history(tx: Tx, reader_id: UUID) -> Subject:
    reader = tx.session.get_one(ProposalReader, reader_id)
    return Subject("case", tx.session.get_one(ProposalReading, reader.reading_id).case_id)


PAGE = PortalPage(show=show, open_until=_open_until, renew=_renew, history=_history)
