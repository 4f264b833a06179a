"""What a partner sees of a draft: read it, ask, suggest changes, see what became of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from fellesgrep.agreements import discussion, talking
from fellesgrep.agreements.attachment_pages import of_talk
from fellesgrep.agreements.attachments import numbered
from fellesgrep.agreements.discussion import Talk
from fellesgrep.agreements.discussion_models import DraftReader, DraftReading
from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.rules import OVER, Status
from fellesgrep.agreements.service import PDF
from fellesgrep.agreements.slots import DISCUSSED_THROUGH, Channel
from fellesgrep.cases.models import Case
from fellesgrep.contract_templates.models import TemplateVersion
from fellesgrep.contract_templates.rendering import frame as frame_of
from fellesgrep.contract_templates.rendering import preview
from fellesgrep.core.audit import Subject
from fellesgrep.core.clock import end_of_day
from fellesgrep.core.languages import LANGUAGES, choose_language, say
from fellesgrep.core.problems import Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.documents import frames
from fellesgrep.identity.models import Person
from fellesgrep.portal import frame
from fellesgrep.portal.access import LinkAccess, LinkDoesNotOpen, Seal, allow_link
from fellesgrep.portal.forms import claim, release, seal_form
from fellesgrep.portal.limits import WRITES_PER_LINK, require_within
from fellesgrep.portal.slots import PortalPage

router = APIRouter(prefix="/p", tags=["portal"], include_in_schema=False)
_OPEN_AFTER = timedelta(days=60)
"""How long after its day a reading can be looked at: the answers come after it."""

Partaking = Annotated[LinkAccess, allow_link("portal:comment")]
Reading = Annotated[LinkAccess, allow_link("portal:read")]
Short = Annotated[str, Form(max_length=100)]
Long = Annotated[str, Form(max_length=30_000)]


@dataclass(frozen=True)
class Wrong:
    """What was typed and is wrong, to be shown again at its field."""

    section: str
    form: str
    error: str
    text: str
    reason: str = ""


def _talk(access: LinkAccess) -> Talk:
    channels = access.tx.house.registry.all(DISCUSSED_THROUGH)
    if access.link.purpose not in channels:
        raise LinkDoesNotOpen("portal.problem.link")
    return channels[access.link.purpose].open(access.tx, access.link.subject_id)


def show(access: LinkAccess) -> Response:
    """Show the draft and what has been said about it. Changes nothing."""
    return _page(access, _talk(access))


def _page(access: LinkAccess, talk: Talk, wrong: Wrong | None = None) -> Response:
    tx = access.tx
    reading = tx.session.get(DraftReading, talk.reader.reading_id) if talk.reader else None
    case = tx.session.get_one(Case, talk.agreement.case_id)
    earlier = talking.last_known(tx, talk)
    return access.page(
        "agreements/pages/discussion.html",
        status=422 if wrong else 200,
        talk=talk,
        reading=reading,
        case=case,
        title=talk.agreement.title or case.title,
        responsible=tx.session.get_one(Person, case.responsible_id),
        enclosed=of_talk(tx, talk),
        earlier=earlier,
        pieces=talking.pieces(tx, talk, earlier.body if earlier else None),
        gone=talking.gone(talk, earlier.body if earlier else None),
        loose=talking.loose_threads(tx, talk),
        open_to_words=_may_write(talk.agreement),
        wrong=wrong,
        new_seal=lambda: seal_form(access.link),
        markup=Markup,
    )


def _may_write(agreement: Agreement) -> bool:
    return Status(agreement.status) in talking.OPEN_TO_WORDS


def _to(access: LinkAccess, section: str = "") -> Response:
    below = "" if access.link.purpose == discussion.PURPOSE else "/discussion"
    anchor = f"#{section}" if section.replace("-", "").replace("_", "").isalnum() else ""
    return RedirectResponse(access.href(below) + anchor, 303, headers=frame.HEADERS)


@router.get("/{token}/discussion")
def show_discussion(access: Reading) -> Response:
    """Show the discussion of what another page of the link is about."""
    return show(access)


@router.post("/{token}/comment")
def write_comment(seal: Seal, access: Partaking, section: Short, text: Long = "") -> Response:
    """Ask or comment about a section. Sent twice, it is said once."""
    talk = _talk(access)
    if not claim(access.tx, access.link, seal) or not _may_write(talk.agreement):
        return _to(access, section)
    require_within(access.tx.house, WRITES_PER_LINK, str(access.link.id))
    try:
        discussion.say_about(access.tx, talk, section, text)
    except Invalid as problem:
        release(access.tx, access.link, seal)
        return _page(access, talk, Wrong(section, "comment", _first(access, problem), text))
    return _to(access, section)


@router.post("/{token}/suggest")
def write_suggestion(
    seal: Seal, access: Partaking, section: Short, text: Long = "", reason: Long = ""
) -> Response:
    """Suggest another text for a section. Sent twice, it is suggested once."""
    talk = _talk(access)
    if not claim(access.tx, access.link, seal) or not _may_write(talk.agreement):
        return _to(access, section)
    require_within(access.tx.house, WRITES_PER_LINK, str(access.link.id))
    try:
        discussion.suggest(access.tx, talk, section, text, reason)
    except Invalid as problem:
        release(access.tx, access.link, seal)
        error = _first(access, problem)
        return _page(access, talk, Wrong(section, "suggest", error, text, reason))
    return _to(access, section)


@router.post("/{token}/no-remarks")
def no_remarks(seal: Seal, access: Partaking) -> Response:
    """Say that the draft is fine as it is."""
    talk = _talk(access)
    if claim(access.tx, access.link, seal) and _may_write(talk.agreement):
        discussion.has_no_remarks(access.tx, talk)
    return _to(access)


def _first(access: LinkAccess, problem: Invalid) -> str:
    [*fields] = problem.fields
    return say(access.language, fields[0].key, **fields[0].params) if fields else problem.key


@router.get("/{token}/draft.pdf")
def draft_pdf(
    access: Annotated[LinkAccess, allow_link("portal:read", purpose=discussion.PURPOSE)],
) -> Response:
    """Return exactly this version of the draft as PDF."""
    tx = access.tx
    reader = tx.session.get_one(DraftReader, access.link.subject_id)
    reading = tx.session.get_one(DraftReading, reader.reading_id)
    headers = {**frame.HEADERS, "content-disposition": 'inline; filename="utkast.pdf"'}
    return Response(_pdf(tx, reading), media_type=PDF, headers=headers)


def _pdf(tx: Tx, reading: DraftReading) -> bytes:
    version = tx.session.get_one(TemplateVersion, reading.template_version_id)
    language = choose_language(reading.language if reading.language in LANGUAGES else "nb")
    files = numbered(reading.body, reading.data["case"]["number"], reading.attachments)
    set_in = frame_of(
        version.read_manifest(),
        reading.body,
        reading.data,
        language,
        enclosed=tuple(each.enclosed(tx, drawn=True) for each in files),
    )
    return preview(
        tx,
        frames.agreement(set_in),
        identifier=f"draft-reading:{reading.id}",
        attachments=[each.embedded(tx) for each in files],
    )


def _open_draft(tx: Tx, reader_id: UUID) -> Talk:
    reader = tx.session.get_one(DraftReader, reader_id)
    reading = tx.session.get_one(DraftReading, reader.reading_id)
    agreement = tx.session.get_one(Agreement, reading.agreement_id)
    return Talk(agreement, reading.body, reader.contact_id, reader.party_name, reader)


def _open_until(tx: Tx, reader_id: UUID) -> datetime | None:
    reader = tx.session.get(DraftReader, reader_id)
    if reader is None:
        return None
    reading = tx.session.get_one(DraftReading, reader.reading_id)
    if Status(tx.session.get_one(Agreement, reading.agreement_id).status) in OVER:
        return None
    return max(end_of_day(reading.respond_by), tx.now()) + _OPEN_AFTER


def _renew(tx: Tx, reader_id: UUID) -> None:
    """Send a new link to what the reader was sent last."""
    reader = tx.session.get_one(DraftReader, reader_id)
    reading = tx.session.get_one(DraftReading, reader.reading_id)
    newest = discussion.readers_of(tx, reading.case_id, reader.contact_id)[0]
    discussion.write(tx, newest, "agreements.reading")


def _history(tx: Tx, reader_id: UUID) -> Subject:
    reader = tx.session.get_one(DraftReader, reader_id)
    return Subject("case", tx.session.get_one(DraftReading, reader.reading_id).case_id)


PAGE: PortalPage = PortalPage(show=show, open_until=_open_until, renew=_renew, history=_history)
CHANNEL = Channel(open=_open_draft, tell_answered=discussion.tell_reader)
