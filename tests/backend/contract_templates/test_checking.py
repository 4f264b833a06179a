"""The check list of a template."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from fellesgrep.contract_templates import readability
from fellesgrep.contract_templates.checking import Checked, Severity, check
from fellesgrep.contract_templates.manifest import Manifest
from fellesgrep.contract_templates.shipped import shipped
from fellesgrep.core.legal_references import Law, not_in_force, unknown_laws

TODAY = date(2026, 3, 2)
WORDS = {"nb": "Betaling", "nn": "Betaling", "en": "Payment"}
FIELD = {
    "name": "payment",
    "type": "choice",
    "label": WORDS,
    "choices": [{"value": "at_once", "label": WORDS}],
}


def found(
    body: str,
    *,
    languages: tuple[str, ...] = ("nb",),
    bodies: Mapping[str, str] | None = None,
    fields: tuple[dict[str, Any], ...] = (),
    mandatory: Mapping[str, str] | None = None,
) -> dict[str, Severity]:
    manifest = Manifest.model_validate(
        {
            "key": "prove",
            "version": 1,
            "title": {"nb": "Prøve", "nn": "Prøve", "en": "Trial"},
            "languages": languages,
            "fits": [],
            "fields": fields,
        }
    )
    texts = bodies or {"nb": body}
    sample = {
        "case": {"area": "Fjellsiden"},
        "fields": {"payment": "at_once"},
        "parties": [],
        "funding": {},
    }
    checked = Checked(manifest, texts, sample, mandatory or {}, TODAY)
    return {each.kind: each.severity for each in check(checked)}


def clause(content: str) -> str:
    return f"<section><h2>Betaling</h2><p>{content}</p></section>"


def test_shipped_texts_have_nothing_that_stands_in_the_way() -> None:
    for template in shipped():
        bodies = {str(language): body for language, body in template.bodies.items()}
        checked = Checked(template.manifest, bodies, template.sample, {}, TODAY)
        assert [each for each in check(checked) if each.severity is not Severity.ADVICE] == [], (
            template.manifest.key
        )


@pytest.mark.parametrize(("content", "kind", "severity"), [
    ('<span data-var="case.colour"></span>', "variable_unbound", "error"),
    ('<span data-var="fields.gone"></span>', "variable_unbound", "error"),
    ('<span data-var="funding.total_ore"></span>', "format_missing", "error"),
    ('<span data-if="1 == 1">x</span>', "condition_constant", "error"),
    ('<span data-if="case.area ==">x</span>', "expression_unreadable", "error"),
    ('<span data-each="case in cases">x</span>', "no_list", "error"),
    ('<span data-ref="elsewhere"></span>', "reference_broken", "error"),
    ('<span data-obligation="report">Rapport</span>', "obligation_without_due", "error"),
    ("Etter arkivlova av 1992 § 5.", "law_outdated", "error"),
    ("Etter bryggeloven § 5.", "law_unknown", "warning"),
    (" ".join(["ord"] * 40) + ".", "sentence_long", "advice"),
    (" ".join(["samarbeidsforpliktelse"] * 30 + ["og"] * 15) + ".", "text_heavy", "advice"),
])  # fmt: skip
def test_each_mistake_is_found(content: str, kind: str, severity: str) -> None:
    assert found(clause(content)).get(kind) == severity


@pytest.mark.parametrize("content", [
    '<span data-var="case.area"></span>',
    '<span data-var="funding.total_ore" data-format="money"></span>',
    '<span data-each="one in parties"><span data-var="one.name"></span></span>',
    "Etter kommuneloven § 5-1 og offentleglova § 3.",
])  # fmt: skip
def test_what_is_right_is_not_complained_about(content: str) -> None:
    wrong = {kind for kind, severity in found(clause(content)).items() if severity == "error"}
    assert wrong == set()


def test_a_condition_on_an_answer_that_cannot_be_given_is_dead() -> None:
    body = clause("<span data-if=\"fields.payment == 'later'\">x</span>")
    assert found(body, fields=(FIELD,))["condition_dead"] == Severity.ERROR
    alive = clause("<span data-if=\"fields.payment == 'at_once'\">x</span>")
    assert found(alive, fields=(FIELD,)) == {}


def test_a_question_that_no_text_uses_is_told() -> None:
    assert found(clause("Tekst."), fields=(FIELD,))["field_unused"] == Severity.WARNING


def test_languages_are_held_together() -> None:
    nb = clause('<span data-var="case.area"></span>')
    assert found(nb, languages=("nb", "en"))["language_missing"] == Severity.ERROR
    both = found("", languages=("nb", "en"), bodies={"nb": nb, "en": nb + clause("More.")})
    assert both["sections_differ"] == Severity.WARNING
    other = found("", languages=("nb", "en"), bodies={"nb": nb, "en": clause("Text.")})
    assert other["asked_in_one_language"] == Severity.WARNING


def test_a_clause_that_the_type_must_carry_is_missed() -> None:
    body = clause("Tekst.")
    mandatory = {"budget_reservation": "Bevilgningsforbehold"}
    assert found(body, mandatory=mandatory)["clause_missing"] == Severity.ERROR
    carried = body.replace("<section>", '<section data-clause="budget_reservation">')
    assert found(carried, mandatory=mandatory) == {}


def test_laws_hold_between_their_days() -> None:
    law = Law(
        key="x", cited_as=("bryggeloven",), valid_from=date(2020, 1, 1), valid_to=date(2025, 1, 1)
    )
    said = "Etter  Bryggeloven § 3."
    assert list(not_in_force(said, date(2025, 1, 1), [law])) == []
    assert list(not_in_force(said, date(2025, 1, 2), [law])) == ["bryggeloven"]
    assert list(not_in_force("Bryggeloverne § 3", date(2026, 1, 1), [law])) == []
    assert list(unknown_laws("Se havneloven § 1 og bryggeloven § 2.", [law])) == ["havneloven"]


def test_lix_is_words_in_a_sentence_and_the_share_of_long_ones() -> None:
    blocks = ["Dette er en kort setning med fem små ord til. " * 4]
    assert readability.sentences(blocks)[0] == "Dette er en kort setning med fem små ord til."
    assert readability.lix(["Kort."]) is None
    assert readability.lix(blocks * 2) == 20
