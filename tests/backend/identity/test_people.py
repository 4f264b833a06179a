from typing import Any

import pytest

from fellesgrep.core.audit import Subject, sentences, timeline
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from tests.conftest import ClientFor, World

NEW: dict[str, Any] = {
    "name": "Siri Nyberg",
    "email": "siri.nyberg@solvik.example",
    "title": "Rådgiver",
    "unit": "Byutvikling",
    "grants": [{"role": "liaison", "area_id": None}],
}


def test_an_administrator_registers_somebody_and_gives_roles(
    client_for: ClientFor, world: World, house: House
) -> None:
    client = client_for(Role.ADMIN)
    made = client.post("/api/v1/people", json=NEW)
    assert made.status_code == 201, made.text
    person = made.json()
    area = str(world.area.id)
    grants = [{"role": "liaison", "area_id": area}, {"role": "legal", "area_id": None}]
    changed = client.put(
        f"/api/v1/people/{person['id']}",
        json=NEW | {"grants": grants},
        headers={"if-match": str(person["version"])},
    )
    assert changed.status_code == 200, changed.text
    assert {(grant["role"], grant["area_id"]) for grant in changed.json()["grants"]} == {
        ("liaison", area),
        ("legal", None),
    }
    with house.transaction() as tx:
        entries = timeline(tx.session, Subject("person", person["id"]))
        said = sentences(tx.session, house.registry, entries, "nb")
    assert said == [
        "Admin Nordmann endret opplysninger eller roller for Siri Nyberg.",
        "Admin Nordmann registrerte Siri Nyberg som ansatt.",
    ]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"email": "no address"}, "/email"),
        ({"email": "LEGAL@solvik.example"}, "/email"),
        ({"grants": [{"role": "partner"}]}, "/grants/0/role"),
        ({"name": ""}, "/name"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(
    client_for: ClientFor, change: dict[str, Any], pointer: str
) -> None:
    answer = client_for(Role.ADMIN).post("/api/v1/people", json=NEW | change)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_who_is_no_longer_active_is_logged_out_at_once(client_for: ClientFor, world: World) -> None:
    legal, admin = client_for(Role.LEGAL), client_for(Role.ADMIN)
    me = legal.get("/api/v1/me").json()
    body = {key: me[key] for key in ("name", "email", "title", "unit", "grants")}
    gone = admin.put(
        f"/api/v1/people/{me['id']}",
        json=body | {"active": False},
        headers={"if-match": str(me["version"])},
    )
    assert gone.status_code == 200, gone.text
    assert legal.get("/api/v1/me").status_code == 401
    listed = admin.get("/api/v1/people", params={"active": False}).json()["items"]
    assert [person["id"] for person in listed] == [me["id"]]


def test_somebody_is_always_administrator(client_for: ClientFor) -> None:
    admin = client_for(Role.ADMIN)
    me = admin.get("/api/v1/me").json()
    body = {key: me[key] for key in ("name", "email", "title", "unit")}
    answer = admin.put(
        f"/api/v1/people/{me['id']}",
        json=body | {"grants": []},
        headers={"if-match": str(me["version"])},
    )
    assert answer.status_code == 409
    assert answer.json()["detail"] == "Noen må være administrator. Gi rollen til en annen først."
