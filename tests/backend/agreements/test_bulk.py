"""Many agreements begun at once: each by itself, none twice, and every failure with its cause."""

import csv
import io
import zipfile
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import func, select

from fellesgrep.agreements import bulk_work, drafting
from fellesgrep.agreements.bulk_models import BulkItem, BulkItemStatus, BulkRun
from fellesgrep.agreements.models import Agreement
from fellesgrep.cases.models import Case, Stage
from fellesgrep.contract_templates.models import Template
from fellesgrep.contract_templates.service import import_shipped
from fellesgrep.core.audit import Subject
from fellesgrep.core.jobs import InlineQueue
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from fellesgrep.workflow.events import StageEntered
from tests.backend.agreements.stories import ANSWERS
from tests.backend.cases.stories import open_case
from tests.conftest import ClientFor, World
from tests.contract_templates.expected import text_of

ADDRESS = "/api/v1/bulk-agreements"
COUNT = 6


def at_agreement(world: World, count: int, **facts: Any) -> list[Case]:
    """Return so many cases of Solbakken that have come to their agreement."""
    import_shipped(world.tx)
    cases = [open_case(world, title=f"Gårdsrom {n}", **facts) for n in range(1, count + 1)]
    for case in cases:
        world.tx.publish(StageEntered(Subject("case", case.id), Stage.AGREEMENT))
    world.tx.session.commit()
    return cases


class Desk:
    """Somebody who begins many agreements."""

    def __init__(self, house: House, world: World, client: TestClient) -> None:
        self.house, self.world, self.client = house, world, client

    def template(self, key: str = "samarbeidsavtale") -> str:
        found = self.world.tx.session.scalar(select(Template.id).where(Template.key == key))
        return str(found)

    def start(self, **changes: Any) -> Response:
        body = {"template_id": self.template(), "language": "nb", "fields": ANSWERS} | changes
        return self.client.post(ADDRESS, json=body)

    def run(self) -> int:
        assert isinstance(self.house.jobs, InlineQueue)
        return self.house.jobs.run_due(self.house)

    def shown(self, run: dict[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = self.client.get(f"{ADDRESS}/{run['id']}").json()
        return told

    def items(self, run: dict[str, Any], **query: str) -> list[dict[str, Any]]:
        answer = self.client.get(f"{ADDRESS}/{run['id']}/items", params={"per_page": "100"} | query)
        found: list[dict[str, Any]] = answer.json()["items"]
        return found


@pytest.fixture
def cases(world: World) -> list[Case]:
    return at_agreement(world, COUNT)


@pytest.fixture
def desk(house: House, world: World, cases: list[Case], client_for: ClientFor) -> Desk:
    return Desk(house, world, client_for(Role.LEGAL))


def made(world: World) -> dict[UUID, str | None]:
    rows = world.tx.session.execute(select(BulkItem.case_id, BulkItem.pdf_sha256))
    return {row[0]: row[1] for row in rows}


def test_every_case_that_fits_gets_its_draft_and_the_result_is_one_file(
    desk: Desk, cases: list[Case]
) -> None:
    answer = desk.start()
    assert answer.status_code == 201, answer.text
    run = answer.json()
    assert (run["total"], run["waiting"], run["status"]) == (COUNT, COUNT, "running")
    assert run["template"] == "Samarbeidsavtale"
    desk.run()
    shown = desk.shown(run)
    assert (shown["made"], shown["failed"], shown["status"]) == (COUNT, 0, "done")
    assert shown["ended_at"]
    packed = desk.client.get(f"{ADDRESS}/{run['id']}/drafts.zip")
    assert packed.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        names = archive.namelist()
        listed = archive.read("liste.csv").decode("utf-8-sig")
        said = text_of(archive.read(names[0]))
    assert len(names) == COUNT + 1
    assert "Gårdsrom 1" in said
    assert "Solbakken borettslag" in said
    assert "1. april 2026" in said
    rows = list(csv.DictReader(io.StringIO(listed), delimiter=";"))
    assert [row["Saksnummer"] for row in rows] == [case.number for case in cases]
    assert {row["Status"] for row in rows} == {"Laget"}
    assert {row["Fil"] for row in rows} == set(names) - {"liste.csv"}
    again = desk.client.get(f"{ADDRESS}/{run['id']}/drafts.zip")
    assert again.content == packed.content


def test_each_is_an_ordinary_draft_that_its_liaison_goes_on_with(
    desk: Desk, world: World, cases: list[Case]
) -> None:
    desk.start(case_ids=[str(cases[3].id)])
    desk.run()
    agreement = drafting.get_current(world.tx, cases[3].id)
    assert agreement.fields == ANSWERS
    [item] = world.tx.session.scalars(select(BulkItem)).all()
    assert item.agreement_id == agreement.id
    assert item.gaps > 0
    assert drafting.get_current(world.tx, cases[4].id).fields == {}


def test_a_worker_that_was_killed_is_gone_on_from_and_nothing_is_made_twice(
    desk: Desk, house: House, world: World
) -> None:
    run = desk.start().json()
    assert isinstance(house.jobs, InlineQueue)
    house.jobs.waiting.clear()
    bulk_work.work(house, run["id"], 0)
    house.jobs.waiting.clear()
    before = {case: pdf for case, pdf in made(world).items() if pdf}
    assert 0 < len(before) < COUNT
    bulk_work.work(house, run["id"], 1)
    desk.run()
    after = made(world)
    assert all(after.values())
    assert before.items() <= after.items()
    bulk_work.work(house, run["id"], 0)
    assert made(world) == after
    count = world.tx.session.scalar(select(func.count()).select_from(Agreement))
    assert count == COUNT
    told = world.tx.session.scalars(
        select(BulkRun.status).where(BulkRun.id == UUID(run["id"]))
    ).one()
    assert told == "done"


def test_a_case_that_cannot_be_done_says_why_and_leaves_the_others_alone(
    desk: Desk, world: World, cases: list[Case]
) -> None:
    run = desk.start().json()
    liaison = world.acting(Role.LIAISON)
    written = drafting.get_current(world.tx, cases[0].id)
    assert written.template_version is not None
    drafting.choose(
        liaison,
        written,
        template_id=written.template_version.template_id,
        language="nn",
        fields={"starts_on": "2026-06-01"},
    )
    world.tx.publish(StageEntered(Subject("case", cases[1].id), Stage.SIGNING))
    world.tx.session.commit()
    desk.run()
    shown = desk.shown(run)
    assert (shown["made"], shown["failed"], shown["status"]) == (COUNT - 2, 2, "done")
    first, second = desk.items(run, status="failed")
    assert "egne svar" in first["causes"][0]
    assert "trinnet" in second["causes"][0]
    world.tx.session.refresh(written)
    assert (written.language, written.fields) == ("nn", {"starts_on": "2026-06-01"})
    world.tx.publish(StageEntered(Subject("case", cases[1].id), Stage.AGREEMENT))
    world.tx.session.commit()
    again = desk.client.post(f"{ADDRESS}/{run['id']}/try-again").json()
    assert (again["status"], again["waiting"]) == ("running", 2)
    desk.run()
    assert desk.shown(run)["failed"] == 1


def test_answers_that_somebody_gave_are_kept(desk: Desk, world: World, cases: list[Case]) -> None:
    written = drafting.get_current(world.tx, cases[0].id)
    assert written.template_version is not None
    drafting.choose(
        world.acting(Role.LIAISON),
        written,
        template_id=written.template_version.template_id,
        language="nb",
        fields={"starts_on": "2026-06-01"},
    )
    world.tx.session.commit()
    desk.start(case_ids=[str(cases[0].id)])
    desk.run()
    world.tx.session.refresh(written)
    assert written.fields == ANSWERS | {"starts_on": "2026-06-01"}


def test_a_run_is_stopped_and_taken_up_again(desk: Desk, house: House, world: World) -> None:
    run = desk.start().json()
    bulk_work.work(house, run["id"], 0)
    stopped = desk.client.post(f"{ADDRESS}/{run['id']}/cancel").json()
    assert (stopped["status"], stopped["waiting"] > 0) == ("cancelled", True)
    desk.run()
    assert desk.shown(run)["waiting"] == stopped["waiting"]
    assert desk.client.post(f"{ADDRESS}/{run['id']}/cancel").status_code == 409
    desk.client.post(f"{ADDRESS}/{run['id']}/try-again")
    desk.run()
    assert (desk.shown(run)["made"], desk.shown(run)["status"]) == (COUNT, "done")


def test_what_is_chosen_wrongly_is_refused_before_anything_begins(
    desk: Desk, world: World, cases: list[Case]
) -> None:
    world.tx.publish(StageEntered(Subject("case", cases[0].id), Stage.SIGNING))
    world.tx.session.commit()
    wrong = [
        desk.start(case_ids=[str(cases[0].id)]),
        desk.start(case_ids=[]),
        desk.start(template_id=desk.template("oppdragsbrev")),
        desk.start(fields={"starts_on": "one day"}),
        desk.start(language="en", template_id=desk.template("frivillighetsavtale")),
    ]
    assert [answer.status_code for answer in wrong] == [422] * 5
    pointers = [answer.json()["errors"][0]["pointer"] for answer in wrong]
    assert pointers == [
        "/case_ids", "/case_ids", "/case_ids", "/fields/starts_on", "/language",
    ]  # fmt: skip
    assert world.tx.session.scalar(select(func.count()).select_from(BulkItem)) == 0


def test_cases_are_found_and_templates_tell_what_they_ask(desk: Desk, cases: list[Case]) -> None:
    found = desk.client.get(
        f"{ADDRESS}/candidates", params={"template_id": desk.template(), "q": "Gårdsrom 1"}
    ).json()
    assert [each["title"] for each in found["items"]] == [
        "Gårdsrom 1",
    ]
    templates = desk.client.get(f"{ADDRESS}/templates").json()
    [one] = [each for each in templates if each["title"] == "Samarbeidsavtale"]
    assert {field["name"] for field in one["fields"]} >= {"starts_on", "ends_on"}
    assert desk.client.get(ADDRESS).json()["items"] == []


def test_a_programme_leader_does_it_in_their_own_areas_alone(
    desk: Desk, house: House, world: World, client_for: ClientFor
) -> None:
    assert client_for(Role.LIAISON).get(ADDRESS).status_code == 403
    elsewhere = at_agreement(world, 2)
    for case in elsewhere:
        case.area_id = world.other_area.id
    world.tx.session.commit()
    leader = Desk(house, world, client_for(Role.PROGRAMME_LEADER))
    found = leader.client.get(
        f"{ADDRESS}/candidates", params={"template_id": desk.template()}
    ).json()
    assert found["total"] == COUNT
    assert leader.start(case_ids=[str(elsewhere[0].id)]).status_code == 422
    assert leader.start().json()["total"] == COUNT
    assert desk.start().json()["total"] == COUNT + 2


def test_words_of_a_title_never_become_a_formula(
    desk: Desk, world: World, cases: list[Case]
) -> None:
    cases[0].title = "=cmd()"
    world.tx.session.commit()
    run = desk.start(case_ids=[str(cases[0].id)]).json()
    desk.run()
    packed = desk.client.get(f"{ADDRESS}/{run['id']}/drafts.zip").content
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert "'=cmd()" in archive.read("liste.csv").decode("utf-8-sig")
    assert BulkItemStatus(desk.items(run)[0]["status"]) is BulkItemStatus.MADE
