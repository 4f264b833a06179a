"""Every shipped agreement type is whole: manifest, texts, sample, and the PDF they make."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pdfua
import pytest
from lxml import etree

from fellesgrep.contract_templates.fill import fill, fill_draft
from fellesgrep.contract_templates.shipped import FOLDER, ShippedTemplate
from fellesgrep.core.languages import Language
from fellesgrep.core.languages import texts as texts_of
from fellesgrep.documents.sanitizing import sanitize
from fellesgrep.partners.models import PartnerKind
from tests.contract_templates.expected import expected_file, render_sample, text_of, texts

TEXTS = list(texts())
every_text = pytest.mark.parametrize(
    ("template", "language"), TEXTS, ids=[f"{each.manifest.key}.{spoken}" for each, spoken in TEXTS]
)


def test_every_folder_of_a_template_is_read() -> None:
    folders = {file.name for file in FOLDER.iterdir() if file.is_dir()} - {"_base"}
    assert {template.manifest.key for template, _ in TEXTS} == folders
    assert "samarbeidsavtale" in folders


@every_text
def test_the_sample_reads_as_expected(template: ShippedTemplate, language: Language) -> None:
    expected = expected_file(template, language).read_text("utf-8")
    assert text_of(render_sample(template, language)).split() == expected.split()


@every_text
def test_the_file_is_sound_and_open_to_a_screen_reader(
    template: ShippedTemplate, language: Language, tmp_path: Path
) -> None:
    """`pdfua` looks at those rules of PDF/UA-1 that a program can check."""
    file = tmp_path / "sample.pdf"
    file.write_bytes(render_sample(template, language))
    checked = subprocess.run(["qpdf", "--check", file], capture_output=True, check=False)
    assert checked.returncode == 0, checked.stdout
    assert [(each.rule_id, each.message) for each in pdfua.validate(str(file)).findings] == []


@every_text
def test_one_block_stands_on_each_line(template: ShippedTemplate, language: Language) -> None:
    for line in template.bodies[language].splitlines():
        assert re.match(r"</?(section|h2|h3|p|ol|ul|li|table|thead|tbody|tr)\b", line), line


@every_text
def test_the_text_is_within_the_subset(template: ShippedTemplate, language: Language) -> None:
    body = template.bodies[language]
    kept = etree.fromstring(f"<div>{sanitize(body)}</div>")
    written = etree.fromstring(f"<div>{body}</div>")
    assert etree.tostring(kept, method="c14n2") == etree.tostring(written, method="c14n2")


@every_text
def test_the_text_asks_only_for_fields_of_its_manifest(
    template: ShippedTemplate, language: Language
) -> None:
    asked = set(re.findall(r"\bfields\.([a-z_]+)", template.bodies[language]))
    assert asked == {field.name for field in template.manifest.fields}


@every_text
def test_everything_a_text_asks_can_be_said_in_words(
    template: ShippedTemplate, language: Language
) -> None:
    body, known = template.bodies[language], texts_of(language)
    asked = set(re.findall(r'data-var="([^"]+)"', body))
    asked |= {gap.variable for gap in fill_draft(body, {}, language).gaps}
    said = {name for name in asked if f"contract_templates.variable.{name}" in known}
    assert {name for name in asked - said if not name.startswith("fields.")} == set()


@every_text
def test_optional_answers_may_be_left_out(template: ShippedTemplate, language: Language) -> None:
    fields: dict[str, Any] = {
        field.name: template.sample["fields"][field.name] if field.required else None
        for field in template.manifest.fields
    }
    assert fill(template.bodies[language], template.sample | {"fields": fields}, language)


@every_text
def test_every_choice_leaves_a_whole_text(template: ShippedTemplate, language: Language) -> None:
    for field in template.manifest.fields:
        values: list[Any] = [choice.value for choice in field.choices]
        values += [True, False] if field.type == "yes_no" else []
        for value in values:
            fields = template.sample["fields"] | {field.name: value}
            filled = fill_draft(
                template.bodies[language], template.sample | {"fields": fields}, language
            )
            assert filled.gaps == ()


@every_text
def test_a_text_without_a_decision_or_with_few_facts_still_reads(
    template: ShippedTemplate, language: Language
) -> None:
    proposal = template.sample["proposal"] | {"maintenance": ""}
    sample = template.sample | {"decision": None, "proposal": proposal}
    assert fill(template.bodies[language], sample, language)


@pytest.mark.parametrize("template", {id(each): each for each, _ in TEXTS}.values())
def test_the_manifest_fits_kinds_that_exist_and_its_sample_answers_it(
    template: ShippedTemplate,
) -> None:
    manifest, answers = template.manifest, template.sample["fields"]
    assert manifest.fits
    assert manifest.fits <= {kind.value for kind in PartnerKind}
    assert manifest.problems(answers, "nb") == []
    assert manifest.missing(answers, "nb") == []


def test_texts_of_a_template_say_the_same_in_every_language() -> None:
    shapes: dict[str, set[tuple[str, ...]]] = {}
    for template, language in TEXTS:
        marks = re.findall(r'<(\w+)|(data-\w+="[^"]*")', template.bodies[language])
        shape = tuple(tag or mark for tag, mark in marks)
        shapes.setdefault(template.manifest.key, set()).add(shape)
    assert {key: len(found) for key, found in shapes.items()} == dict.fromkeys(shapes, 1)
