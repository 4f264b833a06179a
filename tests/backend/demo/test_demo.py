"""The made-up municipality: alive, right in itself, and nobody's real data."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from stdnum.no import orgnr

from fellesgrep.agreements.models import Agreement
from fellesgrep.areas.models import Area, Measure
from fellesgrep.cases.models import Case, CaseParty, Outcome, Stage
from fellesgrep.core import audit, files
from fellesgrep.core.clock import OSLO, local_date
from fellesgrep.decisions.models import Delegation
from fellesgrep.decisions.rules import Level
from fellesgrep.demo import content
from fellesgrep.demo.content import CaseScript
from fellesgrep.follow_up import service as follow_up
from fellesgrep.follow_up.models import Obligation
from fellesgrep.funding.rules import totals
from fellesgrep.funding.service import find_plan
from fellesgrep.identity.models import Person, RoleGrant
from fellesgrep.identity.policy import Role
from fellesgrep.notifications.models import Message, MessageStatus
from fellesgrep.partners.models import Contact, Partner, PartnerKind
from fellesgrep.proposals.models import ProposalVersion
from fellesgrep.signing.verify_seal import verify
from fellesgrep.strategy.models import InvolvementItem
from fellesgrep.workflow.models import Instance, Task, TaskStatus
from tests.backend.demo.making import REFERENCE, Made, made

pytestmark = pytest.mark.xdist_group("demo")
TODAY = local_date(REFERENCE)
SCRIPTS = [script for area in ("furulia", "havnebyen") for script in content.cases(area)]


@pytest.fixture
def session(demo: Made) -> Iterator[Session]:
    with demo.database.sessions() as opened:
        yield opened


def _by_title(session: Session) -> dict[str, Case]:
    return {case.title: case for case in session.scalars(select(Case))}


def _open_elements(session: Session, case: Case) -> set[str]:
    found = session.scalars(
        select(Task.element).where(Task.subject_id == case.id, Task.status == TaskStatus.OPEN)
    )
    return set(found)


def test_about_sixty_cases_stand_at_every_stage_and_have_ended_in_every_way(
    session: Session,
) -> None:
    cases = session.scalars(select(Case)).all()
    assert 55 <= len(cases) <= 65
    stages = Counter(case.stage for case in cases)
    assert all(stages[stage] >= 5 for stage in Stage)
    endings = {case.outcome for case in cases if case.outcome}
    assert endings == set(Outcome) - {Outcome.LETTER_OF_COOPERATION, Outcome.NOT_SIGNED}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.title)
def test_each_case_stands_where_its_story_stops(script: CaseScript, session: Session) -> None:
    case = _by_title(session)[script.title]
    waiting = _open_elements(session, case)
    assert (case.outcome, waiting) in ((None, {script.reaches}), (script.reaches, set()))


def test_both_areas_have_a_strategy_and_an_action_plan(session: Session) -> None:
    areas = session.scalars(select(Area)).all()
    assert {area.phase for area in areas} == {"mobilisation", "implementation"}
    for area in areas:
        assert area.contact_point_address
        assert area.programme_leader_id is not None
        assert 8 <= len(area.measures) <= 10
        assert len(area.population_groups) >= 5
    assert len(session.scalars(select(InvolvementItem)).all()) == 20
    budgets = session.scalars(select(Measure.budget_ore)).all()
    assert min(budgets) >= 500_000_00


def test_there_is_somebody_in_every_role_and_at_every_level_of_decision(session: Session) -> None:
    held = set(session.scalars(select(RoleGrant.role)))
    assert held == {role.value for role in Role} - {Role.PARTNER}
    assert set(session.scalars(select(Delegation.level))) == {level.value for level in Level}
    assert 12 <= len(session.scalars(select(Person)).all()) <= 16


def test_partners_of_every_kind_have_somebody_to_talk_to(session: Session) -> None:
    partners = session.scalars(select(Partner)).all()
    assert 38 <= len(partners) <= 48
    assert {partner.kind for partner in partners} == set(PartnerKind)
    reached = set(session.scalars(select(Contact.partner_id).where(Contact.email != "")))
    assert {partner.id for partner in partners} <= reached
    outside = [each for each in partners if each.kind == PartnerKind.EXTERNAL_INVESTOR]
    assert all(investor.area_id is None for investor in outside)


def test_organisation_numbers_are_valid_and_in_the_block_that_nobody_has(session: Session) -> None:
    numbers = [number for number in session.scalars(select(Partner.organisation_number)) if number]
    assert len(numbers) > 25
    assert len(set(numbers)) == len(numbers)
    assert all(orgnr.is_valid(number) and number.startswith("399") for number in numbers)


def test_no_address_could_reach_anybody(session: Session) -> None:
    addresses = [
        *session.scalars(select(Contact.email)),
        *session.scalars(select(Partner.email)),
        *session.scalars(select(Person.email)),
    ]
    assert all(address.endswith(".example") for address in addresses)


def test_only_those_are_late_that_are_meant_to_be(session: Session) -> None:
    overdue_tasks = select(Task.subject_id).where(
        Task.status == TaskStatus.OPEN, Task.due_on < TODAY
    )
    overdue_promises = select(Obligation.case_id).where(follow_up.overdue(TODAY))
    late = {*session.scalars(overdue_tasks), *session.scalars(overdue_promises)}
    titles = {case.title for case in session.scalars(select(Case)) if case.id in late}
    assert titles == {script.title for script in SCRIPTS if script.late}
    assert len(titles) >= 8


def test_no_timer_has_been_missed(session: Session) -> None:
    missed = session.scalars(select(Instance).where(Instance.next_due <= REFERENCE)).all()
    assert missed == []
    overdue = text("select count(*) from procrastinate_jobs where scheduled_at <= :at")
    assert session.scalar(overdue, {"at": REFERENCE}) == 0


def test_nothing_happened_after_the_reference_time_and_people_keep_office_hours(
    session: Session,
) -> None:
    entries = session.execute(select(audit.AuditEntry.at, audit.AuditEntry.actor_kind)).all()
    assert max(entry.at for entry in entries) <= REFERENCE
    times = [entry.at.astimezone(OSLO) for entry in entries if entry.actor_kind != "system"]
    assert all(at.weekday() < 5 and 8 <= at.hour < 18 for at in times)


def test_every_submitted_proposal_balances(session: Session) -> None:
    submitted = session.scalars(select(ProposalVersion)).all()
    assert len(submitted) > 30
    for version in submitted:
        plan = find_plan(session, version.case_id)
        assert plan is not None
        sums = totals(plan.lines, plan.contributions)
        assert sums.balanced
        assert sums.municipality_cash_ore == version.amount_ore


def test_some_cases_have_several_parties(session: Session) -> None:
    sizes = Counter(Counter(session.scalars(select(CaseParty.case_id))).values())
    assert sizes[1] > 20
    assert sizes[2] > 10
    assert sizes[3] >= 2


def test_the_audit_log_is_whole(session: Session) -> None:
    assert list(audit.verify(session)) == []


def test_nothing_left_the_house(session: Session, demo: Made) -> None:
    statuses = Counter(session.scalars(select(Message.status)))
    assert statuses[MessageStatus.SENT] > 50
    assert statuses.keys() <= {MessageStatus.SENT, MessageStatus.DROPPED}
    assert not (demo.settings.data_dir / "outbox").exists()


def test_seals_are_sound_and_carry_the_real_time(session: Session, demo: Made) -> None:
    sealed = [sha for sha in session.scalars(select(Agreement.sealed_sha256)) if sha]
    assert 8 <= len(sealed) <= 10
    for sha256 in sealed:
        report = verify(files.read(session, sha256))
        assert report.verdict == "unchanged"
        assert report.signed_at is not None
        assert demo.began.replace(microsecond=0) <= report.signed_at <= demo.ended


def test_progress_is_told_to_the_end(demo: Made) -> None:
    done = [each[0] for each in demo.told]
    total = demo.told[0][1]
    assert done == list(range(1, total + 1))
    days = [each[2] for each in demo.told]
    assert days == sorted(days)


def test_the_same_seed_and_time_make_the_same_municipality(
    demo: Made, template_url: str, tmp_path: Path
) -> None:
    with made(template_url, tmp_path) as again:
        assert _content(again) == _content(demo)


_CONTENT = (
    'select number, title, stage, outcome, opened_at, closed_at, outcome_reason from "case"',
    "select subject_title, element, status, due_on, created_at, completed_at from task",
    "select stream_kind, kind, at, actor_kind from audit_entry",
    "select name, kind, organisation_number, email from partner",
    "select year, sequence, amount_ore, reasons, decided_at from decision",
    "select name, status, answered_at, deadline_on from signing_request",
    "select description, amount_ore, due_on, status, fulfilled_on from obligation",
)


def _content(found: Made) -> Sequence[Sequence[str]]:
    with found.database.sessions() as session:
        return [
            sorted(str(tuple[Any, ...](row)) for row in session.execute(text(statement)))
            for statement in _CONTENT
        ]
