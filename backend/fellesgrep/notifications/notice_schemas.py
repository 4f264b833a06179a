"""What the routes of notices take and answer. No answer holds an address, a link or a code."""

from datetime import datetime
from uuid import UUID

from fellesgrep.core.languages import Language
from fellesgrep.core.web import Body, View
from fellesgrep.notifications.models import MessageStatus
from fellesgrep.notifications.policy import LevelName, NoticePolicy, PolicyPart
from fellesgrep.notifications.preferences import Way
from fellesgrep.notifications.slots import Channel


class Decided(Body, PolicyPart):
    """What a level decides; what is left out is left to the level before it."""


class RuleView(View):
    """What one level decides, and what follows with the levels before it."""

    version: int
    decided: PolicyPart
    policy: NoticePolicy
    sources: dict[str, LevelName]


class TemplateRuleView(RuleView):
    key: str
    name: str


class KindView(View):
    """A kind of message. `waits`: quiet hours hold it back; `reminder`: it can be turned off."""

    kind: str
    name: str
    channel: Channel
    for_staff: bool
    reminder: bool
    waits: bool


class NoticesView(View):
    """All that an administrator decides about notices."""

    municipality: RuleView
    templates: list[TemplateRuleView]
    kinds: list[KindView]
    takes_bounces: bool
    can: list[str]


class PreviewView(View):
    language: Language
    channel: Channel
    subject: str
    text: str
    html: str


class Trial(Body):
    """In which language a sample is sent."""

    language: Language


class MessageView(View):
    """A message of a case. `reason` says why it was withheld, or what a mail server answered."""

    id: UUID
    kind: str
    name: str
    recipient: str
    channel: Channel
    status: MessageStatus
    status_label: str
    reason: str
    queued_at: datetime
    send_at: datetime | None
    ended_at: datetime | None


class PlannedView(View):
    """A message that will be sent, unless something comes between."""

    name: str
    recipient: str
    at: datetime
    withheld: str
    says: PreviewView


class UndeliveredView(View):
    """Somebody whose address mail comes back from."""

    recipient_kind: str
    recipient_id: UUID
    name: str
    code: str
    bounced_at: datetime


class CaseNotices(View):
    """What was and will be sent in a case, and the policy that holds for it."""

    messages: list[MessageView]
    planned: list[PlannedView]
    undelivered: list[UndeliveredView]
    without_reminders: list[str]
    rule: RuleView
    can: list[str]


class PreferenceView(View):
    kind: str
    name: str
    way: Way


class PreferencesEdit(Body):
    """How I want each kind of notice."""

    ways: dict[str, Way]
