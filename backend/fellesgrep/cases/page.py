"""The case page: everything about one case, in a fixed number of statements."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from fellesgrep.areas.models import Area, Measure
from fellesgrep.cases import rules
from fellesgrep.cases.deadlines import next_due_of
from fellesgrep.cases.models import (
    Case,
    CaseParty,
    Expectation,
    Hold,
    Reopening,
    Stage,
    StageEntry,
    Way,
)
from fellesgrep.cases.pausing import current_hold
from fellesgrep.cases.schemas import (
    CaseFacts,
    CaseView,
    ExpectationView,
    HoldView,
    InvolvementItemOfCase,
    MeasureOfCase,
    PartnerOfCase,
    PartyView,
    ReopenedView,
    StageStepView,
)
from fellesgrep.cases.service import subject_of
from fellesgrep.core.audit import LABELS, spoken
from fellesgrep.core.languages import Language, say
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import Named
from fellesgrep.identity.access import PLACES, Access
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import EVERYWHERE, Role
from fellesgrep.partners.models import Contact, Partner, PartnerKind, Status
from fellesgrep.partners.schemas import ContactView
from fellesgrep.workflow.schemas import TaskView
from fellesgrep.workflow.service import open_tasks
from fellesgrep.workflow.tasks import views as task_views


def case_page(access: Access, case: Case, language: Language) -> CaseView:
    """Return the case page as this person sees it."""
    tx = access.tx
    session = tx.session
    waiting = sorted(open_tasks(tx, subject_of(case)), key=lambda each: each.due_on or date.max)
    tasks = task_views(access, waiting, language)
    hold = current_hold(session, case.id)
    due_on = (
        None if hold else session.scalar(select(next_due_of(tx.house.registry, literal(case.id))))
    )
    area = session.get_one(Area, case.area_id)
    responsible = session.get_one(Person, case.responsible_id)
    return CaseView(
        **CaseFacts.model_validate(case).model_dump(),
        summary=case.summary,
        area=Named(id=area.id, name=area.name),
        responsible=Named(id=responsible.id, name=responsible.name),
        outcome_reason=case.outcome_reason,
        measure=_measure(session, case.measure_id),
        involvement_item=_involvement_item(tx, case.involvement_item_id),
        stages=_stages(session, case, language),
        tasks=tasks,
        turn=_turn(case, hold, tasks, access.person.id, language),
        next_due_on=due_on,
        overdue=rules.is_overdue(due_on, tx.today()),
        hold=_hold(session, hold),
        reopened=_reopened(session, case.id),
        parties=party_views(session, case.id),
        expectation=_expectation(session, case.id),
        can=_can(access, case, on_hold=hold is not None),
    )


def _reopened(session: Session, case_id: UUID) -> ReopenedView | None:
    row = session.execute(
        select(Reopening, Person)
        .outerjoin(Person, Person.id == Reopening.by_id)
        .where(Reopening.case_id == case_id)
        .order_by(Reopening.at.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    by = Named.model_validate(row.Person) if row.Person else None
    return ReopenedView(reason=row.Reopening.reason, at=row.Reopening.at, by=by)


def _measure(session: Session, measure_id: UUID | None) -> MeasureOfCase | None:
    measure = session.get(Measure, measure_id) if measure_id else None
    return MeasureOfCase.model_validate(measure) if measure else None


def _involvement_item(tx: Tx, item_id: UUID | None) -> InvolvementItemOfCase | None:
    if item_id is None:
        return None
    label = tx.house.registry.get(LABELS, "involvement_item")(tx.session, [item_id])[item_id]
    title = spoken(label, "nb")
    return InvolvementItemOfCase(id=item_id, title=title)


def _stages(session: Session, case: Case, language: Language) -> list[StageStepView]:
    rows = session.execute(
        select(StageEntry.stage, StageEntry.entered_at)
        .where(StageEntry.case_id == case.id)
        .order_by(StageEntry.entered_at, StageEntry.id)
    )
    return [
        StageStepView(
            stage=step.stage,
            label=say(language, f"cases.stage.{step.stage}"),
            state=step.state,
            entered_at=step.entered_at,
            left_at=step.left_at,
        )
        for step in rules.stage_bar([(Stage(row.stage), row.entered_at) for row in rows])
    ]


def _turn(
    case: Case, hold: Hold | None, tasks: Sequence[TaskView], reader: UUID, language: Language
) -> str:
    if hold is None:
        return whose_turn(case, tasks, reader, language)
    if hold.until_on is None:
        return say(language, "cases.turn.on_hold")
    return say(language, "cases.turn.on_hold_until", until_on=hold.until_on)


def _hold(session: Session, hold: Hold | None) -> HoldView | None:
    if hold is None:
        return None
    by = session.get(Person, hold.held_by_id) if hold.held_by_id else None
    return HoldView(
        reason=hold.reason,
        until_on=hold.until_on,
        held_at=hold.held_at,
        held_by=Named(id=by.id, name=by.name) if by else None,
    )


def whose_turn(case: Case, tasks: Sequence[TaskView], reader: UUID, language: Language) -> str:
    """Say in words who has the ball and what they are asked to do."""
    if case.stage == Stage.CLOSED:
        return say(language, "cases.turn.closed")
    if not tasks:
        return say(language, "cases.turn.system")
    task = tasks[0]
    label = say(language, f"identity.role.{task.role}")
    role = label[:1].lower() + label[1:]
    if task.assignee and task.assignee.id == reader:
        return say(language, "cases.turn.you", task=task.name)
    if task.assignee:
        return say(
            language, "cases.turn.person", person=task.assignee.name, role=role, task=task.name
        )
    if task.role == Role.PARTNER:
        return say(language, "cases.turn.partner", task=task.name)
    return say(language, "cases.turn.role", role=role, task=task.name)


def party_views(session: Session, case_id: UUID) -> list[PartyView]:
    """Return who takes part now, the leading party first, each with its contact persons."""
    rows = session.execute(
        select(CaseParty, Partner)
        .join(Partner, Partner.id == CaseParty.partner_id)
        .where(CaseParty.case_id == case_id, CaseParty.removed_at.is_(None))
        .order_by(CaseParty.lead.desc(), CaseParty.added_at, CaseParty.id)
    ).all()
    contacts: dict[UUID, list[ContactView]] = {}
    for contact in session.scalars(
        select(Contact)
        .where(
            Contact.partner_id.in_([partner.id for _, partner in rows]),
            Contact.status == Status.ACTIVE,
        )
        .order_by(Contact.name)
    ):
        view = ContactView.model_validate(contact)
        contacts.setdefault(contact.partner_id, []).append(view)
    return [_party(party, partner, contacts.get(partner.id, [])) for party, partner in rows]


def _party(party: CaseParty, partner: Partner, contacts: list[ContactView]) -> PartyView:
    return PartyView(
        id=party.id,
        partner=PartnerOfCase(id=partner.id, name=partner.name, kind=PartnerKind(partner.kind)),
        organisation_number=partner.organisation_number,
        contact=next((each for each in contacts if each.id == party.contact_id), None),
        contacts=contacts,
        lead=party.lead,
        added_at=party.added_at,
    )


def _expectation(session: Session, case_id: UUID) -> ExpectationView | None:
    row = session.execute(
        select(Expectation, Person.name)
        .outerjoin(Person, Person.id == Expectation.recorded_by_id)
        .where(Expectation.case_id == case_id)
        .order_by(Expectation.recorded_at.desc(), Expectation.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    said, name = row
    return ExpectationView(
        goals=said.goals,
        municipality_expects=said.municipality_expects,
        partner_expects=said.partner_expects,
        working_method=said.working_method,
        way=Way(said.way),
        recorded_at=said.recorded_at,
        recorded_by=Named(id=said.recorded_by_id, name=name) if name else None,
    )


def _can(access: Access, case: Case, *, on_hold: bool) -> list[str]:
    registry = access.tx.house.registry
    place = registry.get(PLACES, "case")(access.tx.session, case.id) or EVERYWHERE
    return rules.permitted_acts(
        Stage(case.stage),
        case.outcome,
        on_hold=on_hold,
        edit=access.may("case:edit", place),
        hand_over=access.may("case:hand_over", place),
        log_engagement=access.may("engagement:log", place),
    )
