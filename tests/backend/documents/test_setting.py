"""How a text is set out: annexes behind it, references as links within the document."""

from fellesgrep.documents.setting import Entry, set_out

BODY = (
    '<section><h2>Først</h2><p>Se <span data-ref="plan">vedlegg 1</span>.</p></section>'
    '<section data-annex="plan" data-clause="plan"><h2>Plan</h2></section>'
    '<section id="s9"><h2>Sist</h2><p><span data-ref="gone">?</span></p></section>'
)


def test_annexes_stand_behind_the_clauses_with_numbers_of_their_own() -> None:
    text = set_out(BODY)
    assert "Plan" not in text.clauses
    assert "<h2>Plan</h2>" in text.annexes
    assert text.contents == (
        Entry("del-1", 1, "Først", annex=False),
        Entry("s9", 2, "Sist", annex=False),
        Entry("del-2", 1, "Plan", annex=True),
    )


def test_a_reference_leads_to_its_section_and_a_broken_one_nowhere() -> None:
    text = set_out(BODY)
    assert '<a data-ref="plan" href="#del-2">vedlegg 1</a>' in text.clauses
    assert '<span data-ref="gone">?</span>' in text.clauses


def test_no_text_can_bring_a_link_of_its_own() -> None:
    text = set_out('<section><h2>X</h2><p><a href="http://evil.example">x</a></p></section>')
    assert "href" not in text.clauses
