import pytest

from fellesgrep.documents.redline import redline

BEFORE = (
    '<section id="up"><h2>Drift</h2><p>Borettslaget holder gården ved like i ti år.</p>'
    "<ol><li>Snø måkes.</li><li>Benker males.</li></ol></section>"
)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("ti år", "fem år", "i<del> ti</del><ins> fem</ins> år."),
        ("<li>Benker males.</li>", "", "<li><del>Benker males.</del></li>"),
        ("</ol>", "<li>Åpent for alle.</li></ol>", "<li><ins>Åpent for alle.</ins></li>"),
        (
            "Benker males.",
            "Benker males hvert år.",
            "<del> males.</del><ins> males hvert år.</ins>",
        ),
        ("</h2>", "</h2><p>Nytt.</p>", "<h2>Drift</h2><p><ins>Nytt.</ins></p><p>Borettslaget"),
    ],
)
def test_a_change_is_marked_in_its_place(old: str, new: str, shown: str) -> None:
    assert shown in redline(BEFORE, BEFORE.replace(old, new))


def test_what_is_the_same_is_not_marked() -> None:
    assert redline(BEFORE, BEFORE) == BEFORE


def test_a_table_is_compared_cell_by_cell() -> None:
    table = "<table><tbody><tr><td>Kommunen</td><td>{} kr</td></tr></tbody></table>"
    shown = redline(table.format("100"), table.format("200"))
    assert "<td>Kommunen</td>" in shown
    assert "<td><del>100</del><ins>200</ins> kr</td>" in shown


def test_an_amount_is_one_word() -> None:
    amount = "<table><tbody><tr><td>{}\u00a0000\u00a0kr til lek</td></tr></tbody></table>"
    shown = redline(amount.format("300"), amount.format("310"))
    assert "<del>300&nbsp;000&nbsp;kr</del><ins>310&nbsp;000&nbsp;kr</ins> til lek" in shown


def test_what_is_gone_keeps_no_id_that_something_else_could_have() -> None:
    assert redline('<p id="a">Ute.</p>', "<h3>Inne.</h3>").count("id=") == 0


def test_nothing_in_a_text_can_run() -> None:
    shown = redline("<p>Før.</p>", '<p onclick="x()">Etter.<script>x()</script></p>')
    assert "onclick" not in shown
    assert "script" not in shown
