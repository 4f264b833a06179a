"""Start page, board and search box."""

from typing import Annotated

from fastapi import APIRouter, Query

from fellesgrep.cases.lists import Wanted
from fellesgrep.core.web import ReaderLanguage
from fellesgrep.identity.access import Access, allow
from fellesgrep.overview import board, search, start, tasks
from fellesgrep.overview.schemas import Board, Found, StartPage

router = APIRouter(prefix="/api/v1/overview", tags=["overview"])


@router.get("/start")
def show_start_page(
    access: Annotated[Access, allow("task:read")], language: ReaderLanguage
) -> StartPage:
    """Return my tasks by deadline, what others did since my last visit, my areas' pulse."""
    areas = start.my_areas(access)
    return StartPage(
        tasks=tasks.my_tasks(access, language),
        since_last_visit=start.since_last_visit(access, areas, language),
        pulse=start.pulse(access.tx, areas),
    )


@router.get("/board")
def show_board(
    access: Annotated[Access, allow("case:read")],
    language: ReaderLanguage,
    wanted: Wanted,
) -> Board:
    """Return the open cases by stage, with the same filters as the list."""
    return board.board(access.tx, wanted, language)


@router.get("/search")
def find_anything(
    access: Annotated[Access, allow("case:read")],
    language: ReaderLanguage,
    q: Annotated[str, Query(min_length=2, max_length=100)],
) -> list[Found]:
    """Find cases, partners and contact persons by beginnings of words or numbers."""
    return search.search(access.tx, q.strip(), language)
