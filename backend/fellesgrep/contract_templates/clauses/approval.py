"""Four eyes on a clause: one lawyer puts a wording forward, another one approves it."""

from datetime import date
from uuid import UUID

from fellesgrep.contract_templates.clauses.drafting import authors_of, require_sound
from fellesgrep.contract_templates.clauses.models import ClauseVersion
from fellesgrep.contract_templates.clauses.rules import Act, moved, require_other
from fellesgrep.contract_templates.clauses.service import put_in_force, tell
from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.clock import start_of_day
from fellesgrep.core.comments import comment
from fellesgrep.core.problems import Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.identity.policy import Role
from fellesgrep.identity.service import holders
from fellesgrep.notifications.service import queue_message


def send(tx: Tx, version: ClauseVersion) -> None:
    """Close a draft and ask the other lawyers to read it; refused while it holds mistakes."""
    tx.session.refresh(version, with_for_update=True)
    status = moved(version.status, Act.SEND)
    require_sound(tx, version)
    version.status, version.sent_by_id = status, tx.actor.id
    _changed(tx, version, "sent")
    for person in holders(tx, Role.LEGAL):
        if person.id not in not_the_other(version):
            queue_message(
                tx,
                "contract_templates.clause_sent",
                to=Subject("person", person.id),
                subject=Subject("clause", version.clause_id),
                params={"clause": ref("clause", version.clause_id)},
            )


def send_back(tx: Tx, version: ClauseVersion, why: str) -> None:
    """Open a draft again, with what is to be mended; its author may take it back so too."""
    tx.session.refresh(version, with_for_update=True)
    version.status = moved(version.status, Act.SEND_BACK)
    subject = Subject("clause_version", version.id)
    comment(tx, subject, why, history=Subject("clause", version.clause_id))
    _changed(tx, version, "sent_back")


def approve(tx: Tx, version: ClauseVersion, in_force_from: date | None) -> None:
    """Approve a wording from a day, at once where nothing is said.

    Raises `Conflict` for whoever wrote in it or sent it, `Invalid` for a day that has passed.
    """
    tx.session.refresh(version, with_for_update=True)
    status = moved(version.status, Act.APPROVE)
    require_other(tx.actor.id, not_the_other(version))
    day = in_force_from or tx.today()
    if day < tx.today():
        raise Invalid.at("/in_force_from", "contract_templates.problem.day_passed")
    version.status, version.approved_by_id = status, tx.actor.id
    version.in_force_from = start_of_day(day) if day > tx.today() else tx.now()
    _changed(tx, version, "approved")
    if version.in_force_from <= tx.now():
        put_in_force(tx, version)


def not_the_other(version: ClauseVersion) -> set[UUID]:
    """Return who cannot approve a version: its authors, and who put it forward."""
    return {*authors_of(version), *([version.sent_by_id] if version.sent_by_id else [])}


def _changed(tx: Tx, version: ClauseVersion, what: str) -> None:
    version.updated_at = tx.now()
    tx.session.flush()
    tell(tx, what, version)
