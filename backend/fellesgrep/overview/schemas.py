"""What the overview routes answer. Money is in øre."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from fellesgrep.cases.models import Stage
from fellesgrep.cases.schemas import CaseSummary
from fellesgrep.core.web import Named, View
from fellesgrep.strategy.schemas import CoverageView
from fellesgrep.workflow.schemas import TaskView


class TaskGroups(View):
    """My open tasks; `total` counts all of them, the groups hold the 100 that are due first."""

    late: list[TaskView]
    today: list[TaskView]
    week: list[TaskView]
    later: list[TaskView]
    total: int


class CaseOfNews(View):
    id: UUID
    number: str
    title: str


class News(View):
    """What somebody else did in a case."""

    at: datetime
    kind: str
    sentence: str
    case: CaseOfNews


class SinceLastVisit(View):
    since: datetime
    items: list[News]


class StageSum(View):
    stage: Stage
    count: int
    sum_ore: int


class Pulse(View):
    """How it goes in my areas. `available_ore` is what the measures' budgets have left."""

    areas: list[Named]
    by_stage: list[StageSum]
    late_count: int
    on_hold_count: int
    decided_ore: int
    available_ore: int
    coverage: CoverageView


class StartPage(View):
    tasks: TaskGroups
    since_last_visit: SinceLastVisit
    pulse: Pulse


class BoardColumn(StageSum):
    """A stage; its 50 cards that have stood there longest, the late ones first."""

    label: str
    cards: list[CaseSummary]


class Board(View):
    columns: list[BoardColumn]


class Found(View):
    """Something the search box found; a contact leads to its partner."""

    kind: Literal["case", "partner", "contact"]
    id: UUID
    partner_id: UUID | None = None
    title: str
    subtitle: str


class LoggedAct(View):
    """One entry of the audit log, and which chain it stands in."""

    id: UUID
    at: datetime
    kind: str
    sentence: str
    stream_kind: str
    stream_id: UUID
    stream_name: str | None
    seq: int
    digest: str
