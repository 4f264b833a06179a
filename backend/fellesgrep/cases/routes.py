"""Cases: the list, the case page, its parties, its history and its way through the process."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from fellesgrep.cases import lists, pausing, service
from fellesgrep.cases.deadlines import next_due
from fellesgrep.cases.lists import CaseFilter, Wanted
from fellesgrep.cases.models import Case, CaseParty
from fellesgrep.cases.page import case_page, party_views
from fellesgrep.cases.schemas import (
    CaseEdit,
    CaseNew,
    CaseSummary,
    CaseView,
    DiagramView,
    HandOverTo,
    PartyNew,
    PartyView,
    Pause,
    Reason,
    RuleView,
    TimelineEntry,
)
from fellesgrep.core.audit import Subject, sentences, timeline
from fellesgrep.core.languages import Language
from fellesgrep.core.problems import NotFound
from fellesgrep.core.web import (
    IfMatch,
    Page,
    Paged,
    Paging,
    ReaderLanguage,
    Sortable,
    expect_version,
    fetch_page,
)
from fellesgrep.identity.access import Access, allow
from fellesgrep.identity.policy import Place
from fellesgrep.workflow import service as workflow

router = APIRouter(prefix="/api/v1", tags=["cases"])
Reading = Annotated[Access, allow("case:read", on="case")]
Editing = Annotated[Access, allow("case:edit", on="case")]


def _page(
    access: Access, wanted: CaseFilter, paged: Paging, language: Language
) -> Page[CaseSummary]:
    tx = access.tx
    statement = lists.case_list(tx, wanted)
    due = next_due(tx.house.registry)
    if (paged.sort or "").removeprefix("-") == "next_due":
        statement = statement.outerjoin(due, due.c.case_id == Case.id)
    sorts: dict[str, Sortable] = {
        "number": Case.number,
        "title": Case.title,
        "stage_since": Case.stage_since,
        "next_due": due.c.due_on,
    }
    rows, total, more = fetch_page(tx.session, statement, paged, sorts, default="-number")
    return Page(items=lists.summaries(tx, rows, language), total=total, more=more)


@router.get("/cases")
def list_cases(
    access: Annotated[Access, allow("case:read")],
    wanted: Wanted,
    paged: Paged,
    language: ReaderLanguage,
) -> Page[CaseSummary]:
    """List cases; `q` finds numbers, words of title and summary, and names of parties."""
    return _page(access, wanted, paged, language)


@router.get("/partners/{partner_id}/cases")
def list_cases_of_partner(
    partner_id: UUID,
    access: Annotated[Access, allow("case:read", on="partner")],
    paged: Paged,
    language: ReaderLanguage,
) -> Page[CaseSummary]:
    """List the cases that a partner takes part in."""
    return _page(access, CaseFilter(partner_id=partner_id), paged, language)


@router.post("/cases", status_code=201)
def open_case(
    body: CaseNew, access: Annotated[Access, allow("case:open")], language: ReaderLanguage
) -> CaseView:
    """Open a case; the person who opens it is responsible."""
    access.require("case:open", Place(area_id=body.area_id))
    case = service.open_case(access.tx, **body.model_dump(), responsible_id=access.person.id)
    return case_page(access, case, language)


@router.get("/cases/{case_id}")
def show_case(case_id: UUID, access: Reading, language: ReaderLanguage) -> CaseView:
    """Return the case page."""
    return case_page(access, access.tx.session.get_one(Case, case_id), language)


@router.put("/cases/{case_id}")
def edit_case(
    case_id: UUID, body: CaseEdit, version: IfMatch, access: Editing, language: ReaderLanguage
) -> CaseView:
    """Change what a case is about."""
    case = access.tx.session.get_one(Case, case_id)
    expect_version(case, version)
    service.edit_case(access.tx, case, **body.model_dump())
    return case_page(access, case, language)


@router.post("/cases/{case_id}/parties", status_code=201)
def add_party(case_id: UUID, body: PartyNew, access: Editing) -> list[PartyView]:
    """Let one more partner take part; answers with all who do."""
    case = access.tx.session.get_one(Case, case_id)
    service.add_party(access.tx, case, **body.model_dump())
    return party_views(access.tx.session, case_id)


@router.post("/cases/{case_id}/parties/{party_id}/remove")
def remove_party(case_id: UUID, party_id: UUID, access: Editing) -> list[PartyView]:
    """Take a partner out of the case; answers with those who stay."""
    session = access.tx.session
    party = session.scalar(
        select(CaseParty).where(CaseParty.id == party_id, CaseParty.case_id == case_id)
    )
    if party is None:
        raise NotFound("core.problem.not_found")
    service.remove_party(access.tx, session.get_one(Case, case_id), party)
    return party_views(session, case_id)


@router.post("/cases/{case_id}/hand-over")
def hand_over(
    case_id: UUID,
    body: HandOverTo,
    access: Annotated[Access, allow("case:hand_over", on="case")],
    language: ReaderLanguage,
) -> CaseView:
    """Make somebody else responsible."""
    case = access.tx.session.get_one(Case, case_id)
    service.hand_over(access.tx, case, **body.model_dump())
    return case_page(access, case, language)


@router.post("/cases/{case_id}/withdraw")
def withdraw(case_id: UUID, body: Reason, access: Editing, language: ReaderLanguage) -> CaseView:
    """End the case before there is an agreement."""
    case = access.tx.session.get_one(Case, case_id)
    service.withdraw(access.tx, case, reason=body.reason)
    return case_page(access, case, language)


@router.post("/cases/{case_id}/hold")
def put_on_hold(case_id: UUID, body: Pause, access: Editing, language: ReaderLanguage) -> CaseView:
    """Let the case rest."""
    case = access.tx.session.get_one(Case, case_id)
    pausing.put_on_hold(access.tx, case, reason=body.reason, until_on=body.until_on)
    return case_page(access, case, language)


@router.post("/cases/{case_id}/resume")
def resume(case_id: UUID, access: Editing, language: ReaderLanguage) -> CaseView:
    """Take the case up again that rests."""
    case = access.tx.session.get_one(Case, case_id)
    pausing.resume(access.tx, case)
    return case_page(access, case, language)


@router.post("/cases/{case_id}/reopen")
def reopen(case_id: UUID, body: Reason, access: Editing, language: ReaderLanguage) -> CaseView:
    """Open a closed case again."""
    case = access.tx.session.get_one(Case, case_id)
    pausing.reopen(access.tx, case, reason=body.reason)
    return case_page(access, case, language)


@router.get("/cases/{case_id}/timeline")
def show_timeline(
    case_id: UUID,
    access: Reading,
    language: ReaderLanguage,
    kind: Annotated[str, Query(max_length=40, pattern="^[a-z_]*$")] = "",
) -> list[TimelineEntry]:
    """Return what happened, newest first, as sentences; `kind` is what stands before the colon."""
    tx = access.tx
    entries = timeline(tx.session, Subject("case", case_id), about=kind)
    said = sentences(tx.session, tx.house.registry, entries, language)
    return [
        TimelineEntry(at=entry.at, kind=entry.kind, sentence=sentence)
        for entry, sentence in zip(entries, said, strict=True)
    ]


@router.get("/cases/{case_id}/diagram")
def show_diagram(case_id: UUID, access: Reading, language: ReaderLanguage) -> DiagramView:
    """Return the drawings of the case's processes, the path walked and the present step."""
    return DiagramView(processes=workflow.diagram(access.tx, Subject("case", case_id), language))


@router.get("/cases/{case_id}/rules")
def show_rules(case_id: UUID, access: Reading) -> list[RuleView]:
    """Return every use of a decision table in this case, newest first, in words."""
    return [
        RuleView(
            at=trace.at,
            element=trace.element,
            table=trace.table_name,
            valid_from=trace.table.valid_from,
            rule_number=trace.rule_number,
            sentence=trace.annotation,
            inputs=trace.inputs,
            outputs=trace.outputs,
        )
        for trace in workflow.traces(access.tx, Subject("case", case_id))
    ]
