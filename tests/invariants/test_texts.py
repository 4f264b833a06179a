"""Every text exists in every language, with the same parameters; every key used exists."""

import re
import string
from pathlib import Path

import pytest

from fellesgrep.core import audit
from fellesgrep.core.languages import LANGUAGES, Language, texts
from fellesgrep.core.registry import Registry

PACKAGE = Path(__file__).parents[2] / "backend" / "fellesgrep"
KEY_IN_CODE = re.compile(r'"((?:%s)\.(?:problem|field|status)\.\w+)"')


def _parameters(text: str) -> set[str]:
    return {
        name
        for form in text.split("|||")
        for _, name, _, _ in string.Formatter().parse(form)
        if name is not None
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text(language: Language) -> None:
    assert texts(language).keys() ^ texts("nb").keys() == set()
    assert [key for key, text in texts(language).items() if not text.strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_takes_the_same_parameters_in_every_language(language: Language) -> None:
    different = [
        key
        for key, text in texts(language).items()
        if _parameters(text) - {"smart_count"} != _parameters(texts("nb")[key]) - {"smart_count"}
    ]
    assert different == []


def test_every_audit_kind_has_a_sentence_that_begins_with_who_did_it(registry: Registry) -> None:
    sentences = registry.all(audit.SENTENCES)
    assert len(sentences) > 20
    missing = [kind for kind, key in sentences.items() if key not in texts("nb")]
    assert missing == []


def test_every_key_of_a_problem_in_the_code_has_a_text() -> None:
    packages = "|".join(sorted({key.split(".")[0] for key in texts("nb")}))
    pattern = re.compile(KEY_IN_CODE.pattern % packages)
    missing = {
        f"{file.relative_to(PACKAGE)}: {key}"
        for file in PACKAGE.rglob("*.py")
        for key in pattern.findall(file.read_text("utf-8"))
        if key not in texts("nb")
    }
    assert missing == set()
