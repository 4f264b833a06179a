"""The municipality before its first case: people, areas, strategies and partners."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from fellesgrep.areas.models import Area
from fellesgrep.areas.service import add_measure, edit_area, start_area
from fellesgrep.core.audit import Actor
from fellesgrep.core.tx import Tx
from fellesgrep.decisions.service import grant_delegation
from fellesgrep.demo import content
from fellesgrep.demo.content import AreaScript, PartnerScript, PersonScript
from fellesgrep.demo.numbers import synthetic_numbers
from fellesgrep.identity.service import register_person
from fellesgrep.partners.models import Partner
from fellesgrep.partners.rules import NO_NUMBER
from fellesgrep.partners.service import add_contact, register_partner
from fellesgrep.strategy.service import add_item, adopt_strategy

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "é": "e", " ": "."})


@dataclass(frozen=True)
class PartnerOfTown:
    """A partner with its contact persons, the first one speaks for it."""

    id: UUID
    contacts: list[UUID]


@dataclass(frozen=True)
class AreaOfTown:
    """An area with what its cases point to, by number."""

    id: UUID
    measures: Mapping[int, UUID]
    items: Mapping[int, UUID]


@dataclass(frozen=True)
class Town:
    """Everybody and everything by the keys of the content files."""

    people: Mapping[str, UUID]
    areas: Mapping[str, AreaOfTown]
    partners: Mapping[str, PartnerOfTown]


def make_town(tx: Tx, reference: date) -> Town:
    """Register everybody as of the clock's day; days in the files count from `reference`."""
    scripts = content.areas()
    areas = {script.key: _start_area(tx, script, reference) for script in scripts}
    people = {script.key: _register(tx, script, areas) for script in content.people()}
    admin = tx.acting_as(Actor("person", people["tom"]))
    finished = {
        script.key: _plan_area(admin, script, areas[script.key], people, reference)
        for script in scripts
    }
    liaison = tx.acting_as(Actor("person", people["marte"]))
    numbers = synthetic_numbers()
    partners = {
        script.key: _add_partner(
            liaison, script, areas, "" if script.kind in NO_NUMBER else next(numbers)
        )
        for script in content.partners()
    }
    return Town(people, finished, partners)


def _start_area(tx: Tx, script: AreaScript, reference: date) -> Area:
    return start_area(
        tx,
        name=script.name,
        phase=script.phase,
        summary=script.summary,
        started_on=reference + timedelta(days=365 * script.started_years),
        contact_point=script.contact_point,
        population_groups=script.population_groups,
    )


def _register(tx: Tx, script: PersonScript, areas: Mapping[str, Area]) -> UUID:
    places: list[UUID | None] = [areas[key].id for key in script.areas]
    person = register_person(
        tx,
        name=script.name,
        email=f"{script.name.lower().translate(_LETTERS)}@solvik.example",
        title=script.title,
        unit=script.unit,
        grants=[(role, place) for role in script.roles for place in places or [None]],
        language=script.language,
    )
    if script.decides is not None:
        grant_delegation(tx, person.id, script.decides.level, script.decides.limit, tx.today())
    return person.id


def _plan_area(
    tx: Tx, script: AreaScript, area: Area, people: Mapping[str, UUID], reference: date
) -> AreaOfTown:
    edit_area(tx, area, {"programme_leader_id": people[script.leader]})
    measures = [
        add_measure(
            tx,
            area,
            title=each.title,
            goal=each.goal,
            indicator=each.indicator,
            budget_ore=each.budget,
            status=each.status,
        )
        for each in script.measure
    ]
    plan = script.strategy
    adopted_on = reference + timedelta(days=plan.adopted_days)
    strategy = adopt_strategy(
        tx, area, title=plan.title, adopted_on=adopted_on, summary=plan.summary
    )
    items = [
        add_item(
            tx,
            strategy,
            **item.model_dump(exclude={"responsible", "due_days"}),
            responsible_id=people[item.responsible],
            due_on=reference + timedelta(days=item.due_days),
        )
        for item in plan.item
    ]
    return AreaOfTown(
        area.id,
        {measure.number: measure.id for measure in measures},
        {item.number: item.id for item in items},
    )


def _add_partner(
    tx: Tx, script: PartnerScript, areas: Mapping[str, Area], number: str
) -> PartnerOfTown:
    domain = f"{script.key}.example"
    partner = register_partner(
        tx,
        kind=script.kind,
        name=script.name,
        organisation_number=number or None,
        dwellings=script.dwellings,
        address=script.address,
        postal_code="1472" if script.area == "furulia" else "1475",
        city=script.city,
        email=f"post@{domain}",
        area_id=areas[script.area].id if script.area else None,
        about=script.about,
    )
    return PartnerOfTown(partner.id, _add_contacts(tx, partner, script, domain))


def _add_contacts(tx: Tx, partner: Partner, script: PartnerScript, domain: str) -> list[UUID]:
    return [
        add_contact(
            tx,
            partner,
            name=contact.name,
            role_title=contact.role_title,
            email=f"{contact.name.lower().translate(_LETTERS)}@{domain}",
            language=contact.language,
        ).id
        for contact in script.contacts
    ]
