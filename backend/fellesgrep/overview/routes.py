"""Start page, board and search box."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from fellesgrep.cases.lists import Wanted
from fellesgrep.core.web import Page, Paged, ReaderLanguage
from fellesgrep.identity.access import Access, allow
from fellesgrep.overview import audit_log, board, search, start, tasks
from fellesgrep.overview.schemas import Board, Found, LoggedAct, StartPage

router = APIRouter(prefix="/api/v1", tags=["overview"])


@router.get("/overview/start")
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


@router.get("/overview/board")
def show_board(
    access: Annotated[Access, allow("case:read")],
    language: ReaderLanguage,
    wanted: Wanted,
) -> Board:
    """Return the open cases by stage, with the same filters as the list."""
    return board.board(access.tx, wanted, language)


@router.get("/overview/search")
def find_anything(
    access: Annotated[Access, allow("case:read")],
    language: ReaderLanguage,
    q: Annotated[str, Query(min_length=2, max_length=100)],
) -> list[Found]:
    """Find cases, partners and contact persons by beginnings of words or numbers."""
    return search.search(access.tx, q.strip(), language)


@router.get("/audit")
def read_audit_log(
    access: Annotated[Access, allow("audit:read")],
    paged: Paged,
    language: ReaderLanguage,
    kind: Annotated[str, Query(max_length=40, pattern="^[a-z_]*$")] = "",
    person_id: Annotated[UUID | None, Query()] = None,
    since: Annotated[date | None, Query()] = None,
    until: Annotated[date | None, Query()] = None,
) -> Page[LoggedAct]:
    """Read the whole audit log; `kind` is what stands before the colon (`case`)."""
    wanted = audit_log.statement(kind=kind, person_id=person_id, since=since, until=until)
    return audit_log.page(access.tx, wanted, paged, language)
