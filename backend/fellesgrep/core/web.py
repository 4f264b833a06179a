"""What every route shares: problem bodies, paging, `If-Match`, the language of the reader."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import APIRouter, Depends, FastAPI, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.exc import DataError
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException

from fellesgrep.core.db import Editable
from fellesgrep.core.languages import Language, choose_language, say
from fellesgrep.core.problems import (
    Conflict,
    FieldProblem,
    Invalid,
    NotFound,
    PreconditionRequired,
    Problem,
    TooLarge,
)
from fellesgrep.core.registry import Slot
from fellesgrep.core.tx import House

ROUTERS: Slot[APIRouter] = Slot("routers")
"""Package name → its router, mounted as it is (paths begin with `/api/v1/`, `/p/` …)."""

PROBLEM_PAGES: "Slot[Callable[[Request, Problem], Response]]" = Slot("problem pages")
"""Beginning of a path (`/p/`) → what its readers, who are no programs, get instead of a body."""

EXACT_COUNT_LIMIT = 10_000
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
T = TypeVar("T")


class Body(BaseModel):
    """Base of what clients send: unknown fields are refused, text is stripped."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class View(BaseModel):
    """Base of what the API answers; reads attributes of rows."""

    model_config = ConfigDict(from_attributes=True)


def house_of(request: Request) -> House:
    """Return the assembled application behind a request."""
    house: House = request.app.state.house
    return house


def language_of(request: Request) -> Language:
    """Return the reader's language: the cookie set by a language switch, then the browser's."""
    chosen = request.cookies.get("fellesgrep_language")
    return choose_language(chosen or request.headers.get("accept-language"))


async def the_house(request: Request) -> House:
    """Return `house_of` to a route. What does not wait is `async`: a thread would cost more."""
    return house_of(request)


async def _reader_language(request: Request) -> Language:
    return language_of(request)


TheHouse = Annotated[House, Depends(the_house)]
ReaderLanguage = Annotated[Language, Depends(_reader_language)]


async def expected_version(if_match: Annotated[str | None, Header()] = None) -> int:
    """Return the version in `If-Match`; 428 when the header is missing or is no version."""
    try:
        return int((if_match or "").strip().removeprefix("W/").strip('"'))
    except ValueError:
        raise PreconditionRequired("core.problem.version_missing") from None


IfMatch = Annotated[int, Depends(expected_version)]


def expect_version(row: Editable, version: int) -> None:
    """Raise `Conflict` (409) when somebody changed `row` since the client read it."""
    if row.version != version:
        raise Conflict(
            "core.problem.stale",
            extra={
                "version": row.version,
                "changed_at": row.updated_at.isoformat() if row.updated_at else None,
            },
        )


def own_origins(request: Request) -> set[str]:
    """Return the origins whose pages are ours: the public address, and this machine by itself.

    The `Host` of a request says nothing: whoever has their own name lead to our address (DNS
    rebinding) makes a browser send theirs.
    """
    own = {str(getattr(request.app.state, "public_url", ""))}
    if request.base_url.hostname in LOOPBACK:
        own.add(str(request.base_url).rstrip("/"))
    return own


class Page(BaseModel, Generic[T]):
    """One page of a list. `total` is exact up to 10 000; `more` says that there are more."""

    items: list[T]
    total: int
    more: bool = False


@dataclass(frozen=True)
class Paging:
    """Which page, sorted how: `sort=-field`."""

    page: int
    per_page: int
    sort: str | None


async def paging(
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    per_page: Annotated[int, Query(ge=1, le=200)] = 25,
    sort: Annotated[str | None, Query(max_length=60)] = None,
) -> Paging:
    """Read the paging parameters that every list takes."""
    return Paging(page, per_page, sort)


Paged = Annotated[Paging, Depends(paging)]
Sortable = InstrumentedAttribute[Any] | ColumnElement[Any]


def fetch_page(
    session: Session,
    statement: Select[*tuple[Any, ...]],
    paged: Paging,
    sorts: dict[str, Sortable],
    *,
    default: str,
) -> tuple[Sequence[Any], int, bool]:
    """Run a list in SQL; returns rows (tuples where several columns are selected), total, more.

    Raises `Invalid` for a `sort` that is not in `sorts`.
    """
    wanted = paged.sort or default
    column = sorts.get(wanted.removeprefix("-"))
    if column is None:
        raise Invalid.at("/sort", "core.problem.unknown_sort", known=", ".join(sorts))
    limited = statement.order_by(None).limit(EXACT_COUNT_LIMIT + 1).subquery()
    total = session.scalar(select(func.count()).select_from(limited)) or 0
    first = statement.column_descriptions[0]["entity"]
    ties = [first.id] if hasattr(first, "id") else []  # so that no row is on two pages, or on none
    ordered = statement.order_by(column.desc() if wanted.startswith("-") else column.asc(), *ties)
    rows = session.execute(
        ordered.limit(paged.per_page).offset((paged.page - 1) * paged.per_page)
    ).all()
    single = len(statement.selected_columns) == 1 or len(statement.column_descriptions) == 1
    found = [row[0] for row in rows] if single else rows
    return found, min(total, EXACT_COUNT_LIMIT), total > EXACT_COUNT_LIMIT


def problem_body(problem: Problem, language: Language) -> dict[str, Any]:
    """Return a problem as RFC 9457 has it, with `errors` per field, in the reader's language."""
    body: dict[str, Any] = {
        "type": f"urn:fellesgrep:problem:{problem.key}",
        "title": say(language, f"core.status.s{problem.status}"),
        "status": problem.status,
        "detail": say(language, problem.key, **problem.params),
    }
    if problem.fields:
        body["errors"] = [
            {
                "pointer": each.pointer,
                "code": each.key,
                "detail": say(language, each.key, **each.params),
            }
            for each in problem.fields
        ]
    return body | problem.extra


def problem_response(request: Request, problem: Problem) -> Response:
    """Return the response for a problem: a body, or a page where people read."""
    for beginning, page in house_of(request).registry.all(PROBLEM_PAGES).items():
        if request.url.path.startswith(beginning):
            return page(request, problem)
    return JSONResponse(
        problem_body(problem, language_of(request)),
        problem.status,
        media_type="application/problem+json",
    )


_VALIDATION_KEYS = {
    "missing": "missing",
    "string_too_short": "too_short",
    "string_too_long": "too_long",
    "extra_forbidden": "unknown_field",
    "greater_than_equal": "too_small",
    "greater_than": "too_small",
    "less_than_equal": "too_large",
    "enum": "not_a_choice",
    "literal_error": "not_a_choice",
    "uuid_parsing": "not_an_id",
    "json_invalid": "not_json",
    "int_parsing": "not_a_number",
    "int_type": "not_a_number",
    "date_parsing": "not_a_date",
    "date_from_datetime_parsing": "not_a_date",
    "datetime_parsing": "not_a_date",
}


def invalid_input(errors: Sequence[Any], under: str = "", *, skip: int = 0) -> Invalid:
    """Return pydantic's errors as a problem that names the fields, below the pointer `under`.

    `skip` leaves out the first parts of each place (FastAPI's `body`).
    """
    fields = []
    for each in errors:
        path = "".join(f"/{part}" for part in each["loc"][skip:])
        name = _VALIDATION_KEYS.get(each["type"], "not_valid")
        params = {key: str(value) for key, value in (each.get("ctx") or {}).items()}
        if isinstance((each.get("ctx") or {}).get("error"), ValueError):
            name = "not_valid"
        fields.append(FieldProblem(under + (path or "/"), f"core.field.{name}", params))
    return Invalid("core.problem.invalid", fields=fields)


def _from_validation(error: RequestValidationError) -> Problem:
    return invalid_input(error.errors(), skip=1)


def add_problem_handlers(app: FastAPI) -> None:
    """Have every refusal leave as a problem body."""

    @app.exception_handler(Problem)
    def refused(request: Request, problem: Problem) -> Response:
        return problem_response(request, problem)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        return problem_response(request, _from_validation(error))

    @app.exception_handler(StaleDataError)
    def stale(request: Request, _: StaleDataError) -> Response:
        return problem_response(request, Conflict("core.problem.stale"))

    @app.exception_handler(DataError)
    def not_storable(request: Request, _: DataError) -> Response:
        # No text holds U+0000, and no number is without end: that is said, not an accident here.
        return problem_response(request, Invalid("core.problem.not_storable"))

    @app.exception_handler(HTTPException)
    def framework(request: Request, error: HTTPException) -> Response:
        if error.status_code == 404:
            return problem_response(request, NotFound("core.problem.not_found"))
        if error.status_code == 413:
            return problem_response(request, TooLarge("core.problem.too_large"))
        problem = Problem("core.problem.refused")
        problem.status = error.status_code
        return problem_response(request, problem)


class Named(View):
    """A thing by its id and the name people know it by."""

    id: UUID
    name: str
