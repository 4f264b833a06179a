"""Notices of one case: what was sent, what comes next, and the policy for its agreement."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from fellesgrep.core.audit import Subject
from fellesgrep.core.languages import Language, say
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import IfMatch, ReaderLanguage
from fellesgrep.identity.access import PLACES, Access, allow
from fellesgrep.notifications import policy_service, send_log
from fellesgrep.notifications.models import Message, MessageStatus
from fellesgrep.notifications.notice_routes import rule_view
from fellesgrep.notifications.notice_schemas import (
    CaseNotices,
    Decided,
    MessageView,
    PlannedView,
    PreviewView,
    UndeliveredView,
)
from fellesgrep.notifications.policy import PolicyPart
from fellesgrep.notifications.policy_service import levels_of
from fellesgrep.notifications.slots import MESSAGE_TEXTS, Level

router = APIRouter(prefix="/api/v1/cases/{case_id}/notices", tags=["notices"])
Reading = Annotated[Access, allow("case:read", on="case")]
Arranging = Annotated[Access, allow("notices:arrange", on="case")]


@router.get("")
def show_case_notices(case_id: UUID, access: Reading, language: ReaderLanguage) -> CaseNotices:
    """Return what was and will be sent in a case."""
    tx = access.tx
    messages = send_log.messages_of(tx, case_id)
    place = tx.house.registry.get(PLACES, "case")(tx.session, case_id)
    may = place is not None and access.may("notices:arrange", place)
    return CaseNotices(
        messages=_messages(tx, messages, language),
        planned=[
            PlannedView(
                name=say(language, _name(tx, each.notice.kind)),
                recipient=each.name,
                at=each.notice.at,
                withheld=_reason(each.withheld, language),
                says=PreviewView.model_validate(each.says),
            )
            for each in send_log.planned(tx, case_id, language)
        ],
        undelivered=[
            UndeliveredView(
                recipient_kind=each.recipient.kind,
                recipient_id=each.recipient.id,
                name=each.name,
                code=each.code,
                bounced_at=each.bounced_at,
            )
            for each in send_log.undelivered(tx, messages, language)
        ],
        without_reminders=send_log.without_reminders(tx, messages, language),
        rule=rule_view(tx, _levels(tx, case_id)),
        can=["arrange"] if may else [],
    )


@router.put("/rule")
def decide_for_agreement(
    case_id: UUID, body: Decided, version: IfMatch, access: Arranging, language: ReaderLanguage
) -> CaseNotices:
    """Decide what holds for this agreement alone."""
    tx = access.tx
    policy_service.decide(
        tx,
        Level("agreement", str(case_id)),
        PolicyPart(**body.model_dump()),
        version=version,
        history=Subject("case", case_id),
    )
    return show_case_notices(case_id, access, language)


@router.get("/{message_id}")
def show_message(case_id: UUID, message_id: UUID, access: Reading) -> PreviewView:
    """Return the text of a message, its links and codes left out."""
    message = send_log.message_of(access.tx, case_id, message_id)
    return PreviewView.model_validate(send_log.read(access.tx, message))


def _levels(tx: Tx, case_id: UUID) -> list[Level]:
    own = Level("agreement", str(case_id))
    return [*(each for each in levels_of(tx, Subject("case", case_id)) if each != own), own]


def _messages(tx: Tx, messages: Sequence[Message], language: Language) -> list[MessageView]:
    people = [Subject(each.recipient_kind, each.recipient_id) for each in messages]
    names = send_log.names_of(tx, people, language)
    return [
        MessageView(
            id=each.id,
            kind=each.kind,
            name=say(language, _name(tx, each.kind)),
            recipient=names[Subject(each.recipient_kind, each.recipient_id)],
            channel=tx.house.registry.get(MESSAGE_TEXTS, each.kind).channel,
            status=MessageStatus(each.status),
            status_label=say(language, f"notifications.status.{each.status}"),
            reason=_reason(each.reason, language),
            queued_at=each.queued_at,
            send_at=each.send_at,
            ended_at=each.ended_at,
        )
        for each in messages
    ]


def _name(tx: Tx, kind: str) -> str:
    return f"{tx.house.registry.get(MESSAGE_TEXTS, kind).key}.name"


def _reason(reason: str, language: Language) -> str:
    """Return a reason in words; what a mail server answered stays a code."""
    return say(language, f"notifications.reason.{reason}") if reason.isidentifier() else reason
