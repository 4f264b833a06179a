"""The board: open cases in columns by stage, in a fixed number of statements."""

from datetime import date

from sqlalchemy import select, union_all

from fellesgrep.cases.lists import CaseFilter, conditions, summaries
from fellesgrep.cases.models import Case, Stage
from fellesgrep.cases.schemas import CaseSummary
from fellesgrep.core.languages import Language, say
from fellesgrep.core.tx import Tx
from fellesgrep.overview.schemas import Board, BoardColumn
from fellesgrep.overview.stages import OPEN_STAGES, sums_by_stage

CARDS = 50


def board(tx: Tx, wanted: CaseFilter, language: Language) -> Board:
    """Return the columns with counts and sums of all, and the cards that stood longest."""
    conds = conditions(tx, wanted)
    longest = [
        select(Case.id)
        .where(Case.stage == stage, *conds)
        .order_by(Case.stage_since)
        .limit(CARDS)
        .subquery()
        for stage in OPEN_STAGES
    ]
    shown = union_all(*[select(each.c.id) for each in longest])
    cases = tx.session.scalars(
        select(Case).where(Case.id.in_(shown)).order_by(Case.stage_since, Case.id)
    ).all()
    cards: dict[Stage, list[CaseSummary]] = {stage: [] for stage in OPEN_STAGES}
    for card in sorted(summaries(tx, cases, language), key=_urgency):
        cards[card.stage].append(card)
    return Board(
        columns=[
            BoardColumn(
                **each.model_dump(),
                label=say(language, f"cases.stage.{each.stage}"),
                cards=cards[each.stage],
            )
            for each in sums_by_stage(tx.session, conds)
        ]
    )


def _urgency(card: CaseSummary) -> date:
    return card.next_due_on if card.overdue and card.next_due_on else date.max
