import pytest

from fellesgrep.agreements.passages import as_plain, passage_of, passages, with_plain

SECTION = (
    '<section id="upkeep"><h2>Drift</h2><p>Borettslaget holder <strong>gården</strong> ved '
    'like.</p><ol class="numbered"><li id="p1">Snø måkes.</li><li>Benker males.</li></ol></section>'
)
TABLE = (
    '<section id="money"><h2>Penger</h2><table><tbody><tr><td>1</td></tr></tbody></table></section>'
)


def test_a_text_is_its_sections_by_id_and_what_stands_between() -> None:
    found = passages(f"<p>Først.</p>{SECTION}{TABLE}<section><h2>Sist</h2></section>")
    assert [(each.id, each.heading) for each in found] == [
        ("", ""),
        ("upkeep", "Drift"),
        ("money", "Penger"),
        ("s4", "Sist"),
    ]
    assert passage_of(SECTION, "elsewhere") is None


def test_a_section_is_plain_text_in_paragraphs_and_points() -> None:
    assert as_plain(SECTION) == (
        "Borettslaget holder gården ved like.\n\n- Snø måkes.\n- Benker males."
    )


def test_a_section_with_a_table_has_no_plain_text() -> None:
    assert as_plain(TABLE) is None


def test_what_is_not_touched_keeps_its_markup_and_what_is_new_stands_in_the_same_list() -> None:
    text = (
        "Borettslaget holder gården ved like.\r\n\r\n"
        "- Snø måkes.\r\n- Benker males hvert år.\r\n- Søppel plukkes."
    )
    made = with_plain(SECTION, text)
    assert "<strong>gården</strong>" in made
    assert '<li id="p1">Snø måkes.</li>' in made
    assert made.count("<ol") == 1
    assert "<li>Benker males hvert år.</li><li>Søppel plukkes.</li>" in made
    assert '<section id="upkeep"><h2>Drift</h2>' in made


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", '<img src=x onerror="x()">', "&lt;"]
)
def test_what_a_partner_types_never_becomes_markup(typed: str) -> None:
    made = with_plain(SECTION, typed)
    assert "<script" not in made
    assert "<img" not in made
    assert as_plain(made) == typed


def test_plain_text_there_and_back_changes_nothing() -> None:
    assert with_plain(SECTION, as_plain(SECTION) or "") == SECTION
