"""The liaison rewrites a section of the draft; the text as it stands is kept when asked for."""

from fellesgrep.agreements.departures import depart, departures_of, withdraw_departure
from fellesgrep.agreements.drafting import Draft, language_of, read_draft
from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.passages import Passage, passage_of
from fellesgrep.agreements.rewriting import reads_same, rewritten
from fellesgrep.agreements.rules import Status
from fellesgrep.agreements.versions import AgreementTextVersion, Occasion, keep_version
from fellesgrep.contract_templates.fill import fill_draft
from fellesgrep.core.comments import LONGEST
from fellesgrep.core.problems import Conflict, Invalid, NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.documents.redline import redline


def rewrite(
    tx: Tx, agreement: Agreement, section_id: str, *, body: str, seen: str, reason: str
) -> None:
    """Let a section read as `body`; what reads as the template has it again is no departure.

    `seen` is the section as whoever writes has seen it. Raises `Conflict` when it reads otherwise
    by now or is no draft any more, `Invalid` naming what is wrong.
    """
    present, approved = _section(tx, agreement, section_id)
    if present.xhtml != seen:
        raise Conflict("agreements.problem.section_changed_meanwhile")
    made = rewritten(approved, body)
    if reads_same(made, approved.xhtml):
        _take_back(tx, agreement, section_id)
        return
    departure = next((d for d in departures_of(tx, agreement) if d.section_id == section_id), None)
    same = departure is not None and departure.reason == reason.strip()
    if departure is not None and departure.is_outdated(approved.xhtml):
        same = False
    reason = reason.strip()
    if not reason:
        raise Invalid.at("/reason", "agreements.problem.departure_reason_missing")
    if len(reason) > LONGEST:
        raise Invalid.at("/reason", "core.problem.comment_too_long")
    if same and reads_same(made, present.xhtml):
        raise Invalid.at("/body", "agreements.problem.suggestion_same")
    depart(tx, agreement, approved, made, reason)


def compare(tx: Tx, agreement: Agreement, section_id: str, body: str) -> str:
    """Return how a section departs from its template while somebody writes; nothing is kept.

    Raises `Invalid` for what could not be kept.
    """
    _present, approved = _section(tx, agreement, section_id)
    return redline(approved.xhtml, rewritten(approved, body))


def _section(tx: Tx, agreement: Agreement, section_id: str) -> tuple[Passage, Passage]:
    """Return a section of a draft as it reads now, and as its template has it."""
    draft = _draft_of(tx, agreement)
    present = passage_of(draft.filled.body, section_id)
    approved = passage_of(draft.approved, section_id)
    if present is None or approved is None:
        raise NotFound("agreements.problem.no_such_section")
    return present, approved


def _take_back(tx: Tx, agreement: Agreement, section_id: str) -> None:
    if not any(each.section_id == section_id for each in departures_of(tx, agreement)):
        raise Invalid.at("/body", "agreements.problem.suggestion_same")
    withdraw_departure(tx, agreement, section_id)


def _draft_of(tx: Tx, agreement: Agreement) -> Draft:
    if agreement.status != Status.DRAFTING:
        raise Conflict("agreements.problem.not_drafting")
    draft = read_draft(tx, agreement)
    if draft is None:
        raise Invalid.at("/template_id", "agreements.problem.no_template")
    return draft


def texts_of(tx: Tx, agreement: Agreement) -> tuple[str, str]:
    """Return an agreement's text as it reads, and as its template has it, filled alike."""
    version = agreement.template_version
    if version is None:
        return "", ""
    if agreement.status == Status.DRAFTING:
        draft = _draft_of(tx, agreement)
        return draft.filled.body, draft.approved
    language = language_of(agreement)
    return agreement.body, fill_draft(version.bodies[language], agreement.data, language).body


def keep_now(tx: Tx, agreement: Agreement) -> AgreementTextVersion:
    """Keep the text as it reads now."""
    tx.session.refresh(agreement, with_for_update=True)
    text, _approved = texts_of(tx, agreement)
    if not text:
        raise Invalid.at("/template_id", "agreements.problem.no_template")
    return keep_version(tx, agreement, text, Occasion.ASKED)
