"""Who is away, who stands in, and what the one who stands in may do."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesgrep.core.audit import Subject, sentences, timeline
from fellesgrep.core.problems import Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.identity import absences
from fellesgrep.identity.absences import Absence, who_stands_in
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import Role
from fellesgrep.identity.service import register_person
from tests.conftest import ClientFor, World

TODAY = date(2026, 3, 2)


def colleague(tx: Tx, name: str, *grants: tuple[Role, UUID | None]) -> Person:
    return register_person(
        tx,
        name=name,
        email=f"{name.split(maxsplit=1)[0].lower()}@solvik.example",
        title="områdekontakt",
        unit="Byutvikling",
        grants=grants,
    )


def goes(tx: Tx, person: Person, substitute: Person, first: date, last: date) -> Absence:
    return absences.register(
        tx, person, substitute_id=substitute.id, from_on=first, until_on=last, reason="Ferie"
    )


def pointer_of(refused: "pytest.ExceptionInfo[Invalid]") -> tuple[str, str]:
    (problem,) = refused.value.fields
    return problem.pointer, problem.key


people = st.integers(0, 5)


@given(st.dictionaries(people, people), people)
def test_whoever_stands_in_is_there_or_nobody_does(out: dict[Any, Any], person: Any) -> None:
    found = who_stands_in(person, out)
    if person not in out:
        assert found == person
    elif found is not None:
        assert found not in out
    else:  # everybody named is away: following the names comes back to somebody seen
        seen = []
        while person not in seen:
            seen.append(person)
            person = out[person]


def test_a_substitute_must_be_another_active_employee_with_the_same_roles(world: World) -> None:
    tx, liaison = world.tx, world.people[Role.LIAISON]
    elsewhere = colleague(tx, "Else Borte", (Role.LIAISON, world.other_area.id))
    everywhere = colleague(tx, "Alle Steder", (Role.LIAISON, None))
    for unfit, why in (
        (liaison, "no_substitute"),
        (elsewhere, "substitute_lacks_role"),
        (world.people[Role.LEGAL], "substitute_lacks_role"),
    ):
        with pytest.raises(Invalid) as refused:
            goes(tx, liaison, unfit, TODAY, TODAY)
        assert pointer_of(refused) == ("/substitute_id", f"identity.problem.{why}")
    assert goes(tx, liaison, everywhere, TODAY, TODAY).substitute_id == everywhere.id


def test_days_must_be_ahead_in_order_and_free(world: World) -> None:
    tx, liaison = world.tx, world.people[Role.LIAISON]
    other = colleague(tx, "Alle Steder", (Role.LIAISON, None))
    week = timedelta(days=7)
    goes(tx, liaison, other, TODAY + week, TODAY + 2 * week)
    for first, last, where in (
        (TODAY, TODAY - week, "/until_on"),
        (TODAY - 2 * week, TODAY - week, "/until_on"),
        (TODAY, TODAY + week, "/from_on"),
    ):
        with pytest.raises(Invalid) as refused:
            goes(tx, liaison, other, first, last)
        assert pointer_of(refused)[0] == where


def test_chains_are_followed_and_circles_refused(world: World) -> None:
    tx = world.tx
    anna, berit, cecilie = (
        colleague(tx, name, (Role.LIAISON, None))
        for name in ("Anna Aas", "Berit Bø", "Cecilie Dal")
    )
    goes(tx, anna, berit, TODAY, TODAY)
    goes(tx, berit, cecilie, TODAY, TODAY)
    assert absences.substitutes(tx.session, [anna.id], TODAY) == {anna.id: cecilie.id}
    assert absences.stood_in_for(tx.session, cecilie.id, TODAY) == {anna.id, berit.id}
    assert absences.stood_in_for(tx.session, berit.id, TODAY) == frozenset()
    with pytest.raises(Invalid) as refused:
        goes(tx, cecilie, anna, TODAY, TODAY)
    assert pointer_of(refused) == ("/substitute_id", "identity.problem.substitute_in_circle")


def test_people_register_their_own_absence_and_see_nobody_elses_reason(
    client_for: ClientFor, world: World
) -> None:
    me, other = world.people[Role.LIAISON], colleague(world.tx, "Alle Steder", (Role.LIAISON, None))
    world.tx.session.commit()
    mine, admin, auditor = (client_for(r) for r in (Role.LIAISON, Role.ADMIN, Role.AUDITOR))
    body = {
        "substitute_id": str(other.id),
        "from_on": "2026-03-02",
        "until_on": "2026-03-06",
        "reason": "Sykdom",
    }
    assert mine.post(f"/api/v1/people/{other.id}/absences", json=body).status_code == 403
    made = mine.post(f"/api/v1/people/{me.id}/absences", json=body)
    assert made.status_code == 201, made.text
    assert (made.json()["now"], made.json()["reason"]) == (True, "Sykdom")
    (seen,) = auditor.get("/api/v1/absences").json()["items"]
    assert (seen["substitute"]["name"], seen["reason"], seen["can"]) == ("Alle Steder", "", [])
    address = f"/api/v1/people/{me.id}/absences/{seen['id']}/end"
    assert auditor.post(address).status_code == 403
    assert admin.post(f"/api/v1/people/{other.id}/absences/{seen['id']}/end").status_code == 404
    assert admin.post(address).status_code == 204
    assert auditor.get("/api/v1/absences").json()["items"] == []
    newest = timeline(world.tx.session, Subject("person", me.id))[0]
    (said,) = sentences(world.tx.session, world.tx.house.registry, [newest], "nb")
    assert said == "Admin Nordmann avsluttet fraværet til Liaison Nordmann."
