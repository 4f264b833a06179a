"""Notices: the policy that an administrator decides, what each says, how I want mine."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from fellesgrep.core.audit import Subject, spoken
from fellesgrep.core.ids import new_id
from fellesgrep.core.languages import Language, say
from fellesgrep.core.problems import NotFound, TooLarge
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import IfMatch, ReaderLanguage, house_of
from fellesgrep.identity.access import Access, allow, public_without_database
from fellesgrep.notifications import bounces, policy_service, preferences
from fellesgrep.notifications.notice_schemas import (
    Decided,
    KindView,
    NoticesView,
    PreferencesEdit,
    PreferenceView,
    PreviewView,
    RuleView,
    TemplateRuleView,
    Trial,
)
from fellesgrep.notifications.policy import PolicyPart
from fellesgrep.notifications.policy_service import MUNICIPALITY, NOTICES, policy_at, rule_at
from fellesgrep.notifications.previews import sample
from fellesgrep.notifications.settings import NOTIFICATIONS
from fellesgrep.notifications.slots import (
    AGREEMENT_TYPES,
    MESSAGE_TEXTS,
    Level,
    MailAddress,
    MessageText,
)

router = APIRouter(prefix="/api/v1", tags=["notices"])
Reading = Annotated[Access, allow("notices:read")]
Changing = Annotated[Access, allow("notices:edit")]
Own = Annotated[Access, allow("me:read")]
OwnChange = Annotated[Access, allow("me:edit")]


def rule_view(tx: Tx, levels: list[Level]) -> RuleView:
    """Return what the last of some levels decides, and what holds there."""
    row, whole = rule_at(tx, levels[-1]), policy_at(tx, levels)
    return RuleView(
        version=row.version if row else 0,
        decided=PolicyPart.model_validate(row.decided if row else {}),
        policy=whole.policy,
        sources=dict(whole.sources),
    )


@router.get("/notices")
def show_notices(access: Reading, language: ReaderLanguage) -> NoticesView:
    """Return the policy on each level, and every kind of message."""
    tx = access.tx
    settings = tx.house.settings(NOTIFICATIONS)
    return NoticesView(
        municipality=rule_view(tx, [MUNICIPALITY]),
        templates=[
            _template(tx, key, name) for key, name in _agreement_types(tx, language).items()
        ],
        kinds=[
            _kind(kind, text, language)
            for kind, text in sorted(tx.house.registry.all(MESSAGE_TEXTS).items())
        ],
        takes_bounces=bool(settings.bounce_address),
        can=["edit"] if access.may("notices:edit") else [],
    )


def _agreement_types(tx: Tx, language: Language) -> dict[str, str]:
    found = tx.house.registry.all(AGREEMENT_TYPES)
    return {
        key: spoken(name, language) for types in found.values() for key, name in types(tx).items()
    }


def _template(tx: Tx, key: str, name: str) -> TemplateRuleView:
    view = rule_view(tx, [MUNICIPALITY, Level("template", key)])
    return TemplateRuleView(key=key, name=name, **dict(view))


def _kind(kind: str, text: MessageText, language: Language) -> KindView:
    return KindView(
        kind=kind,
        name=say(language, f"{text.key}.name"),
        channel=text.channel,
        for_staff=text.maker == "own_page",
        reminder=text.reminder,
        waits=text.waits,
    )


@router.put("/notices/municipality")
def decide_for_municipality(
    body: Decided, version: IfMatch, access: Changing, language: ReaderLanguage
) -> NoticesView:
    """Decide what holds in the whole municipality."""
    _decide(access.tx, MUNICIPALITY, body, version)
    return show_notices(access, language)


@router.put("/notices/templates/{key}")
def decide_for_template(
    key: str, body: Decided, version: IfMatch, access: Changing, language: ReaderLanguage
) -> NoticesView:
    """Decide what holds for agreements of one type."""
    if key not in _agreement_types(access.tx, language):
        raise NotFound("core.problem.not_found")
    _decide(access.tx, Level("template", key), body, version)
    return show_notices(access, language)


def _decide(tx: Tx, level: Level, body: Decided, version: int) -> None:
    part = PolicyPart(**body.model_dump())
    policy_service.decide(tx, level, part, version=version, history=NOTICES)


@router.get("/notices/kinds/{kind}/sample")
def show_sample(kind: str, access: Reading, language: Language) -> PreviewView:
    """Return a kind of message with made-up words, in a language."""
    if kind not in access.tx.house.registry.all(MESSAGE_TEXTS):
        raise NotFound("core.problem.not_found")
    to = MailAddress(access.person.name, access.person.email, language)
    return PreviewView.model_validate(sample(access.tx, kind, to))


@router.post("/notices/kinds/{kind}/test", status_code=202)
def send_test(kind: str, body: Trial, access: Changing) -> None:
    """Send a sample of a kind of message to myself, the way all mail goes."""
    tx = access.tx
    if kind not in tx.house.registry.all(MESSAGE_TEXTS):
        raise NotFound("core.problem.not_found")
    tx.audit("notices:tested", NOTICES, also=[Subject("person", access.person.id)])
    tx.defer(
        "notifications.sample",
        person_id=access.person.id,
        kind=kind,
        language=body.language,
        number=new_id(),
    )


@router.get("/me/notices")
def my_notices(access: Own, language: ReaderLanguage) -> list[PreferenceView]:
    """Return how I want each kind of notice."""
    kinds = preferences.kinds_for_people(access.tx.house.registry)
    return [
        PreferenceView(kind=kind, name=say(language, f"{kinds[kind].key}.name"), way=way)
        for kind, way in preferences.ways_of(access.tx, access.person.id).items()
    ]


@router.put("/me/notices")
def choose_my_notices(
    body: PreferencesEdit, access: OwnChange, language: ReaderLanguage
) -> list[PreferenceView]:
    """Choose how I want each kind of notice."""
    preferences.choose(access.tx, access.person.id, body.ways)
    return my_notices(access, language)


@router.post(
    "/mail/bounces", status_code=204, dependencies=[public_without_database("mail:return")]
)
async def take_returned_mail(request: Request) -> Response:
    """Take in a report (RFC 3464) that a mail gateway posts as it is, signed with the secret."""
    raw = b""
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > bounces.LARGEST:
            raise TooLarge("notifications.problem.too_large")
    house = house_of(request)
    bounces.require_signed(house, request.headers.get("x-fellesgrep-signature", ""), raw)
    recipient = request.headers.get("x-envelope-to", "")
    await run_in_threadpool(bounces.take_in, house, raw, recipient)
    return Response(status_code=204)
