"""Remind those who have not answered yet, as often and when the policy says."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from fellesgrep.agreements.models import Agreement
from fellesgrep.contract_templates.models import Template, TemplateVersion
from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.tx import House, Tx
from fellesgrep.notifications.phones import mobile
from fellesgrep.notifications.policy import NoticePolicy
from fellesgrep.notifications.policy_service import policy_for
from fellesgrep.notifications.settings import NOTIFICATIONS
from fellesgrep.notifications.slots import ADDRESSES, NoticeRulesChanged, PlannedNotice
from fellesgrep.signing import rounds, sending
from fellesgrep.signing.models import RequestStatus, SigningRequest, SigningRound
from fellesgrep.signing.reminder_times import next_time, plan
from fellesgrep.signing.rules import is_late

KIND = "signing.reminder"
BY_SMS = "signing.reminder_sms"
PLAN = "signing.plan_reminders"


def remind(tx: Tx, signing: SigningRound) -> None:
    """Write to those whose reminder is due."""
    rounds.lock(tx, signing)
    plan(tx, signing)
    policy = policy_for(tx, rounds.history_of(tx, signing)).policy
    for request in signing.requests:
        due = request.remind_at is not None and request.remind_at <= tx.now()
        if not due or request.status != RequestStatus.SENT:
            continue
        if not is_late(request.deadline_on, tx.now()):
            request.reminders += 1
            request.reminded_at = tx.now()
            _write(tx, request, policy)
        request.remind_at = next_time(signing, request, policy)
    tx.session.flush()


def _write(tx: Tx, request: SigningRequest, policy: NoticePolicy) -> None:
    params = {"deadline_on": str(request.deadline_on)}
    sending.write(tx, request, KIND, params)
    if policy.reach == "email_and_sms" and tx.house.settings(NOTIFICATIONS).sends_sms:
        to = tx.house.registry.get(ADDRESSES, "contact")(tx.session, request.contact_id)
        if to is not None and mobile(to.phone):
            sending.write(tx, request, BY_SMS, params)


def remind_due(house: House) -> None:
    """Send what is due in all signings, each in a transaction of its own."""
    with house.transaction() as tx:
        due = tx.session.scalars(
            select(SigningRequest.round_id)
            .where(
                SigningRequest.status == RequestStatus.SENT,
                SigningRequest.remind_at <= tx.now(),
            )
            .distinct()
        ).all()
    for round_id in due:
        with house.transaction() as tx:
            remind(tx, tx.session.get_one(SigningRound, round_id))


def rules_changed(tx: Tx, changed: NoticeRulesChanged) -> None:
    """Have what is planned planned anew, where a level decides otherwise."""
    tx.defer(PLAN, level=changed.level, of=changed.key)


def plan_anew(house: House, level: str, of: str) -> None:
    """Plan the reminders of all open signings that a level decides about; what is due is sent."""
    with house.transaction() as tx:
        wanted = (
            select(SigningRound.id)
            .join(SigningRequest, SigningRequest.round_id == SigningRound.id)
            .join(Agreement, Agreement.id == SigningRound.agreement_id)
            .where(SigningRequest.status == RequestStatus.SENT)
            .distinct()
        )
        if level == "agreement":
            wanted = wanted.where(Agreement.case_id == UUID(of))
        if level == "template":
            wanted = (
                wanted.join(TemplateVersion, TemplateVersion.id == Agreement.template_version_id)
                .join(Template, Template.id == TemplateVersion.template_id)
                .where(Template.key == of)
            )
        found = tx.session.scalars(wanted).all()
    for round_id in found:
        with house.transaction() as tx:
            remind(tx, tx.session.get_one(SigningRound, round_id))


def plan_all(house: House) -> None:
    """Plan every night anew: an upgrade, or a table of holidays, may have changed what follows."""
    plan_anew(house, "municipality", "")


def planned(tx: Tx, case_id: UUID) -> Sequence[PlannedNotice]:
    """Return the reminders that a case's signing will send next."""
    signing = rounds.find_current_round(tx, case_id)
    if signing is None:
        return ()
    return [
        PlannedNotice(
            KIND,
            to=Subject("contact", request.contact_id),
            about=sending.subject_of(request),
            at=request.remind_at,
            params={
                "agreement": ref("signing_round", signing.id),
                "deadline_on": str(request.deadline_on),
            },
        )
        for request in signing.requests
        if request.status == RequestStatus.SENT and request.remind_at is not None
    ]
