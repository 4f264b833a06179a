"""What machines read in a sealed file has a published shape, and that shape never changes."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from fellesgrep.agreements import record
from fellesgrep.agreements.recording import Written
from fellesgrep.agreements.recording import record as write_record
from fellesgrep.contract_templates.fill import fill
from fellesgrep.contract_templates.shipped import ShippedTemplate
from fellesgrep.core.languages import Language
from fellesgrep.core.published_schemas import PUBLISHED_SCHEMAS, as_json, published, shape_of
from fellesgrep.core.registry import Registry
from fellesgrep.documents.frames import Signature
from tests.conftest import ClientFor
from tests.contract_templates.expected import texts
from tests.contract_templates.schemas import MODELS

ADDRESS = "https://avtaler.solvik.example"
AT = datetime(2026, 3, 2, 11, tzinfo=UTC)
SEALED_FILES_HOLD = {
    "agreement-data-1.json": "bcd3faddefd8ca62985a4be971b66cba210d9c69d7868c9637f79a07c70039e3",
    "evidence-1.json": "58d44f75bcbda28caf8db3c67640e44b0c206444cebd5ede5da17d2b84856f26",
}
"""The published files by their SHA-256. A new file is added here; these lines never change."""
TEXTS = list(texts())
every_text = pytest.mark.parametrize(
    ("template", "language"), TEXTS, ids=[f"{each.manifest.key}.{spoken}" for each, spoken in TEXTS]
)


def written(template: ShippedTemplate, language: Language, **changes: Any) -> Written:
    facts: dict[str, Any] = {
        "schema_address": f"{ADDRESS}/schemas/{record.NAME}",
        "id": UUID("0199a5e0-0000-7000-8000-00000000000a"),
        "number": 1,
        "title": template.sample["case"]["title"],
        "language": language,
        "manifest": template.manifest,
        "version": 1,
        "content_sha256": template.content_hash,
        "body": fill(template.bodies[language], template.sample, language),
        "data": template.sample,
        "approved_at": AT,
        "frozen_at": AT,
    }
    return Written(**(facts | changes))


def _check(document: object) -> None:
    schema = published(record.FILE, ADDRESS)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(document)


def test_a_published_shape_never_changes() -> None:
    kept = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in MODELS}
    assert kept == SEALED_FILES_HOLD
    for file, model in MODELS.items():
        assert json.loads(file.read_text("utf-8")) == json.loads(shape_of(model)), (
            f"{file.name} is published: write a new model with the next number beside it"
        )


def test_every_field_of_a_shape_is_described() -> None:
    for file in MODELS:
        shape = json.loads(file.read_text("utf-8"))
        for part in (shape, *shape["$defs"].values()):
            assert part["description"]
            for name, field in part["properties"].items():
                assert "$ref" in field or field.get("description"), (file.name, name)


@every_text
def test_the_record_of_every_shipped_type_is_valid(
    template: ShippedTemplate, language: Language
) -> None:
    made = as_json(write_record(written(template, language)))
    assert made == as_json(write_record(written(template, language)))
    document = json.loads(made)
    _check(document)
    assert document["$schema"] == f"{ADDRESS}/schemas/agreement-data-1.json"
    assert document["type"]["key"] == template.manifest.key
    assert document["type"]["content_sha256"] == template.content_hash
    assert [each["name"] for each in document["parties"]] == [
        "Solvik kommune",
        *(each["name"] for each in template.sample["parties"]),
    ]
    headed = [each for each in document["clauses"] if each["heading"]]
    assert headed
    assert len({each["id"] for each in document["clauses"]}) == len(document["clauses"])


def test_the_record_says_who_owes_what_until_when_and_what_it_costs() -> None:
    [template] = [each for each, spoken in TEXTS if each.manifest.key == "avslutningsavtale"][:1]
    document = json.loads(as_json(write_record(written(template, "nb"))))
    [paid] = [each for each in document["obligations"] if each["kind"] == "payment"]
    assert paid["who"] in {each["name"] for each in document["parties"]}
    assert paid["due_on"] == template.sample["fields"]["pay_by"]
    assert paid["amount_ore"] > 0
    assert str(paid["amount_ore"]) in {
        str(value) for value in template.sample["fields"].values() if isinstance(value, int)
    }
    [partnership] = [
        each
        for each, spoken in TEXTS
        if (each.manifest.key, spoken) == ("partnerskapsavtale", "nb")
    ]
    money = json.loads(as_json(write_record(written(partnership, "nb"))))["money"]
    assert (money["currency"], money["unit"], money["total_ore"]) == ("NOK", "ore", 145000000)
    assert sum(each["amount_ore"] for each in money["budget"]) == money["total_ore"]
    assert sum(each["amount_ore"] for each in money["contributions"]) == money["total_ore"]


def test_the_record_tells_what_departs_and_in_which_capacity_who_signs() -> None:
    template, language = TEXTS[0]
    ids = [each.id for each in write_record(written(template, language)).clauses]
    told = write_record(
        written(
            template,
            language,
            departed=frozenset({ids[1]}),
            signatories=(Signature("Kari Berg", template.sample["parties"][0]["name"], "leder"),),
        )
    )
    assert [each.id for each in told.clauses if each.departs] == [ids[1]]
    assert [each.role for each in told.parties[1].signatories] == ["leder"]
    assert not told.parties[0].signatories


@pytest.mark.parametrize(
    "change",
    [{"format": "fellesgrep-agreement/2"}, {"more": 1}, {"agreement": None}, {"clauses": [{}]}],
)
def test_what_is_otherwise_is_not_valid(change: dict[str, Any]) -> None:
    template, language = TEXTS[0]
    document = json.loads(as_json(write_record(written(template, language))))
    with pytest.raises(ValidationError):
        _check(document | change)


def test_schemas_are_open_to_everybody_under_their_own_address(
    client_for: ClientFor, registry: Registry
) -> None:
    client: TestClient = client_for(None)
    assert set(registry.all(PUBLISHED_SCHEMAS)) == set(SEALED_FILES_HOLD)
    for name in SEALED_FILES_HOLD:
        answer = client.get(f"/schemas/{name}")
        assert answer.headers["content-type"] == "application/schema+json"
        schema = answer.json()
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema["$id"].startswith("http")
        assert schema["$id"].endswith(f"/schemas/{name}")
    assert client.get("/schemas/agreement-data-99.json").status_code == 404
