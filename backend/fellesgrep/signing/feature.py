"""What signing contributes to the application."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.slots import DISCUSSED_THROUGH, SIGNATORIES
from fellesgrep.core import audit
from fellesgrep.core.events import on
from fellesgrep.core.jobs import JOBS, Job
from fellesgrep.core.published_schemas import PUBLISHED_SCHEMAS
from fellesgrep.core.registry import Registry
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import PROBLEM_PAGES, ROUTERS
from fellesgrep.notifications.slots import (
    MESSAGE_TEXTS,
    PLANNED,
    MessageText,
    NoticeRulesChanged,
)
from fellesgrep.partners.events import ContactAddressChanged, ContactPhoneChanged
from fellesgrep.portal.routes import problem_page
from fellesgrep.portal.slots import PORTAL_PAGES
from fellesgrep.signing import (
    authority_feature,
    code_methods,
    correction_pages,
    correction_routes,
    discussion_pages,
    eid_pages,
    evidence_record,
    hand_over_pages,
    hand_over_routes,
    pages,
    paper,
    paper_pages,
    paper_routes,
    reminders,
    rounds,
    seal_routes,
    seal_state,
    sealed_files,
    sending,
    verification_pages,
)
from fellesgrep.signing.birth_dates import by_authority
from fellesgrep.signing.code_methods import BY_EMAIL, BY_SMS
from fellesgrep.signing.eid import BIRTH_DATES
from fellesgrep.signing.eid_pages import BY_EID
from fellesgrep.signing.methods import METHODS
from fellesgrep.signing.models import SigningRequest, SigningRound
from fellesgrep.signing.operations import OPERATIONS_OF_SIGNING, countersigner
from fellesgrep.signing.routes import router
from fellesgrep.workflow.events import InstanceEnded, StageEntered
from fellesgrep.workflow.operations import ASSIGNERS, OPERATIONS

_TOLD = (
    "planned", "sent", "signed", "declined", "taken_back", "extended", "expired", "recalled",
    "countersigned", "sealed", "hand_over_wanted", "handed_over", "hand_over_refused",
    "method_lowered", "signed_on_paper", "paper_kept", "paper_refused",
    "identified", "not_identified",
    "seal_again", "seal_raised", "correction_wanted", "correction_refused",
)  # fmt: skip
_TO_PARTNERS = (
    "request",
    "extended",
    "receipt",
    "sealed",
    "answered",
    "hand_over_refused",
    "paper_refused",
    "correction_refused",
    "recalled",
    "withdrawn",
)
_UNHURRIED = frozenset({"recalled", "withdrawn"})
"""Tells that there is nothing to do any more: it can wait till the morning."""

_CASE_PAGE = "/cases/{id}/show"


def _party_names(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    rows = session.execute(
        select(SigningRequest.id, SigningRequest.party_name).where(SigningRequest.id.in_(ids))
    )
    return {row.id: row.party_name for row in rows}


def _titles(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    rows = session.execute(
        select(SigningRound.id, Agreement.title)
        .join(Agreement, Agreement.id == SigningRound.agreement_id)
        .where(SigningRound.id.in_(ids))
    )
    return {row.id: row.title for row in rows}


def _plan_at_hand(tx: Tx, entered: StageEntered) -> None:
    """Have a plan at hand when the case comes to its signing."""
    if entered.subject.kind == "case" and entered.stage == "signing":
        rounds.begin(tx, entered.subject.id)


def register(registry: Registry) -> None:
    """Add routes, portal pages, steps, mails, and audit kinds."""
    registry.put(ROUTERS, "signing", router)
    registry.put(ROUTERS, "signing.pages", pages.router)
    registry.put(ROUTERS, "signing.codes", code_methods.router)
    registry.put(ROUTERS, "signing.corrections", correction_routes.router)
    registry.put(ROUTERS, "signing.correction_pages", correction_pages.router)
    registry.put(ROUTERS, "signing.hand_over", hand_over_routes.router)
    registry.put(ROUTERS, "signing.eid_pages", eid_pages.router)
    registry.put(ROUTERS, "signing.hand_over_pages", hand_over_pages.router)
    registry.put(ROUTERS, "signing.paper", paper_routes.router)
    registry.put(ROUTERS, "signing.paper_pages", paper_pages.router)
    registry.put(ROUTERS, "signing.verification", verification_pages.router)
    registry.put(ROUTERS, "signing.seal", seal_routes.router)
    registry.put(PUBLISHED_SCHEMAS, evidence_record.FILE.name, evidence_record.FILE)
    registry.put(JOBS, "signing.go_on_sealing", Job(seal_state.go_on_sealing, cron="17 * * * *"))
    registry.put(JOBS, sealed_files.RAISE, Job(sealed_files.raise_seals, cron="47 * * * *"))
    registry.put(PROBLEM_PAGES, verification_pages.PATH, problem_page)
    registry.put(PORTAL_PAGES, sending.PURPOSE, pages.PAGE)
    registry.put(DISCUSSED_THROUGH, sending.PURPOSE, discussion_pages.CHANNEL)
    for name, operation in OPERATIONS_OF_SIGNING.items():
        registry.put(OPERATIONS, name, operation)
    for method in (BY_EMAIL, BY_SMS, paper.ON_PAPER, BY_EID):
        registry.put(METHODS, method.key, method)
    registry.put(BIRTH_DATES, "authority", by_authority)
    registry.put(ASSIGNERS, "signing.countersigner", countersigner)
    registry.put(SIGNATORIES, "signing", rounds.signatories_shown)
    registry.put(audit.LABELS, "signing_request", _party_names)
    registry.put(audit.LABELS, "signing_round", _titles)
    on(registry, StageEntered, _plan_at_hand)
    on(registry, InstanceEnded, sending.end_with_case)
    on(registry, ContactAddressChanged, sending.take_back)
    on(registry, ContactPhoneChanged, sending.phone_changed)
    for kind in _TOLD:
        audit.register(registry, f"signing:{kind}", f"signing.audit.{kind}")
    _register_reminders(registry)
    _register_mails(registry)
    authority_feature.register(registry)


def _register_reminders(registry: Registry) -> None:
    registry.put(JOBS, "signing.remind", Job(reminders.remind_due, cron="*/5 * * * *"))
    registry.put(JOBS, reminders.PLAN, Job(reminders.plan_anew))
    registry.put(JOBS, "signing.plan_all", Job(reminders.plan_all, cron="50 2 * * *"))
    registry.put(PLANNED, "signing", reminders.planned)
    on(registry, NoticeRulesChanged, reminders.rules_changed)


def _register_mails(registry: Registry) -> None:
    for name in _TO_PARTNERS:
        unhurried = name in _UNHURRIED
        text = MessageText(
            f"signing.mail.{name}", "portal", target=sending.PURPOSE, unhurried=unhurried
        )
        registry.put(MESSAGE_TEXTS, f"signing.{name}", text)
    reminder = MessageText(
        "signing.mail.reminder", maker="portal", target=sending.PURPOSE, reminder=True
    )
    registry.put(MESSAGE_TEXTS, reminders.KIND, reminder)
    by_sms = MessageText("signing.mail.reminder_sms", channel="sms", reminder=True)
    registry.put(MESSAGE_TEXTS, reminders.BY_SMS, by_sms)
    declined = MessageText("signing.mail.declined", unhurried=True)
    registry.put(MESSAGE_TEXTS, "signing.declined", declined)
    for name in (
        "your_turn",
        "declined_here",
        "sealed_here",
        "taken_back",
        "hand_over_wanted",
        "paper_kept",
        "correction_wanted",
        "recalled_here",
    ):
        text = MessageText(f"signing.mail.{name}", maker="own_page", target=_CASE_PAGE)
        registry.put(MESSAGE_TEXTS, f"signing.{name}", text)
