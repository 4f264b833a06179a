"""What is kept of a text that somebody wrote or pasted."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesgrep.contract_templates.shipped import shipped
from fellesgrep.contract_templates.stored_form import DEEPEST, LARGEST, store
from fellesgrep.core.problems import Invalid

CLEAN = "<section>\n<h2>Punkt</h2>\n<p>Tekst</p>\n</section>\n"


@pytest.mark.parametrize("key", [each.manifest.key for each in shipped()])
def test_shipped_texts_are_kept_letter_by_letter(key: str) -> None:
    (template,) = [each for each in shipped() if each.manifest.key == key]
    for body in template.bodies.values():
        assert store(body, "/bodies/nb") == body


@pytest.mark.parametrize("nasty", [
    "<script>alert(1)</script>",
    '<p onclick="alert(1)">Tekst</p>',
    '<p><img src="http://evil.example/x.png" />Tekst</p>',
    '<iframe src="http://evil.example"></iframe>',
    "<style>@import url(http://evil.example/x.css);</style>",
    '<p style="background:url(http://evil.example)">Tekst</p>',
    '<p><a href="javascript:alert(1)">Tekst</a></p>',
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    '<p class="MsoNormal" style="mso-fareast-language:EN-US">Tekst</p>',
])  # fmt: skip
def test_what_may_not_be_in_a_text_is_cleaned_away(nasty: str) -> None:
    kept = store(CLEAN + nasty, "/bodies/nb")
    assert kept.startswith(CLEAN)
    for word in ("script", "alert", "evil", "style", "onclick", "Mso", "iframe", "href"):
        assert word not in kept


def test_a_paste_of_five_megabytes_is_refused_at_once() -> None:
    began = time.perf_counter()
    with pytest.raises(Invalid) as refused:
        store('<p class="MsoNormal">Tekst</p>' * 170_000, "/bodies/nb")
    assert refused.value.fields[0].pointer == "/bodies/nb"
    assert refused.value.fields[0].key == "contract_templates.problem.text_too_large"
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(("text", "key"), [
    ("<section>" * (DEEPEST + 2) + "</section>" * (DEEPEST + 2), "nested_too_deep"),
    ("<p>" * 5000 + "</p>" * 5000, ""),
    ("<section>\n<p>Ikke lukket\n</section>", "not_well_formed"),
    ("Løs tekst" + CLEAN, "loose_text"),
    (CLEAN + "mer", "loose_text"),
    ("x" * (LARGEST + 1), "text_too_large"),
])  # fmt: skip
def test_what_cannot_be_kept_is_refused_with_its_place(text: str, key: str) -> None:
    with pytest.raises(Invalid) as refused:
        store(text, "/bodies/nb")
    (problem,) = refused.value.fields
    assert problem.pointer == "/bodies/nb"
    assert problem.key.startswith(f"contract_templates.problem.{key}")
    if key == "not_well_formed":
        assert problem.params["line"] == 3


@given(st.text(max_size=200))
def test_keeping_twice_changes_nothing(text: str) -> None:
    try:
        kept = store(CLEAN + text, "/bodies/nb")
    except Invalid:
        return
    assert store(kept, "/bodies/nb") == kept
