"""How a text is filled: values, conditions, repetitions, and what is missing."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from fellesgrep.contract_templates.fill import (
    BrokenTemplate,
    Gap,
    Undefined,
    fill,
    fill_draft,
)
from fellesgrep.contract_templates.promises import promises
from fellesgrep.core.languages import Language
from fellesgrep.documents.sanitizing import sanitize

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "format_name", "language", "written"),
    [
        (15000000, "money", "nb", f"150{NBSP}000{NBSP}kr"),
        (15050, "money", "nn", f"150,50{NBSP}kr"),
        (15000000, "money", "en", f"NOK{NBSP}150,000"),
        ("2026-03-02", "date", "nb", f"2.{NBSP}mars{NBSP}2026"),
        ("2026-03-02", "date", "en", f"2{NBSP}March{NBSP}2026"),
        ("399999995", "orgnr", "nb", f"399{NBSP}999{NBSP}995"),
        (1250, "number", "nb", f"1{NBSP}250"),
        ("in_kind", "word", "nn", "Eigeninnsats"),
        ("housing_cooperative", "party", "nb", "Borettslaget"),
        ("Æ & Ø", "text", "nb", "Æ &amp; Ø"),
    ],
)
def test_each_format_writes_as_people_read(
    value: Any, format_name: str, language: Language, written: str
) -> None:
    text = f'<p>a <span data-var="x" data-format="{format_name}">…</span> b</p>'
    assert fill(text, {"x": value}, language) == f"<p>a <span>{written}</span> b</p>"


def test_a_row_is_repeated_for_each_of_a_list_and_a_condition_is_asked_for_each() -> None:
    text = (
        '<table><tbody><tr data-each="line in plan.lines" data-if="line.ore &gt; 0">'
        '<th data-var="line.name"></th><td data-var="line.ore" data-format="money"></td></tr>'
        "</tbody></table>"
    )
    lines = [{"name": "A", "ore": 100}, {"name": "B", "ore": 0}, {"name": "C", "ore": 200}]
    assert fill(text, {"plan": {"lines": lines}}, "nb") == (
        f"<table><tbody><tr><th>A</th><td>1{NBSP}kr</td></tr>"
        f"<tr><th>C</th><td>2{NBSP}kr</td></tr></tbody></table>"
    )


def test_a_repetition_inside_a_repetition_sees_both_names() -> None:
    text = (
        '<section data-each="party in parties"><h2 data-var="party.name"></h2>'
        '<p data-each="promise in party.promises"><span data-var="party.name"></span>: '
        '<span data-var="promise"></span></p></section>'
    )
    data = {"parties": [{"name": "A", "promises": ["x", "y"]}, {"name": "B", "promises": []}]}
    assert fill(text, data, "nb") == (
        '<section id="s1"><h2>A</h2><p><span>A</span>: <span>x</span></p>'
        '<p><span>A</span>: <span>y</span></p></section><section id="s1-2"><h2>B</h2></section>'
    )


def test_what_a_condition_leaves_out_takes_its_content_along_but_not_the_text_after_it() -> None:
    text = '<p>a<em data-if="not wanted"> b <span data-var="missing.here"></span></em> c</p>'
    assert fill(text, {"wanted": True}, "nb") == "<p>a c</p>"


def test_paragraphs_and_lines_of_a_longer_text_are_kept() -> None:
    text = '<p data-var="x" data-format="paragraphs"></p>'
    assert fill(text, {"x": "a\nb\n\nc\r\n"}, "nb") == "<p>a<br/>b</p><p>c</p>"


@pytest.mark.parametrize("value", [{}, {"case": {}}, {"case": None}, {"case": {"number": ""}}])
def test_an_undefined_variable_is_named_with_its_clause(value: dict[str, Any]) -> None:
    text = (
        "<h2>Formål</h2><p>Noe.</p><section><h2>Kostnader og <em>bidrag</em></h2>"
        '<p data-var="case.number"></p></section>'
    )
    with pytest.raises(Undefined) as refused:
        fill(text, value, "nb")
    assert refused.value.gaps == (Gap("case.number", "Kostnader og bidrag", "saksnummer"),)
    assert refused.value.params == {"variable": "saksnummer", "clause": "Kostnader og bidrag"}
    assert refused.value.fields[0].pointer == "/case/number"


def test_a_condition_on_something_undefined_is_a_gap_in_the_clause_it_leads() -> None:
    text = '<h2>A</h2><p>x</p><section data-if="fields.years &gt; 0"><h2>B</h2></section>'
    filled = fill_draft(text, {"fields": {"years": None}}, "nb", {"fields.years": "Antall år"})
    assert filled.gaps == (Gap("fields.years", "B", "Antall år"),)


def test_a_value_of_another_type_is_a_gap_and_a_draft_shows_where() -> None:
    text = '<h2>A</h2><p>Pris: <span data-var="funding.total_ore" data-format="money"></span></p>'
    filled = fill_draft(text, {"funding": {"total_ore": "mye"}}, "nb")
    assert filled.gaps == (Gap("funding.total_ore", "A", "samlet budsjett"),)
    assert filled.body.endswith("<p>Pris: <span>[mangler: samlet budsjett]</span></p>")


@pytest.mark.parametrize(
    "text",
    [
        "<p>a",
        '<p data-each="parties"></p>',
        '<p data-each="x in 5"></p>',
        '<p data-if="__import__(&quot;os&quot;)()"></p>',
        '<p data-var="[x for x in y]"></p>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>&e;</p>',
        "<section>" * 80 + "</section>" * 80,
    ],
)
def test_a_text_that_cannot_be_filled_is_refused_whatever_the_data(text: str) -> None:
    with pytest.raises(BrokenTemplate):
        fill(text, {}, "nb")


def test_markup_outside_the_subset_never_reaches_the_result() -> None:
    text = '<p onclick="x()">a<script>alert(1)</script><img src="http://x/y.png"/></p>'
    assert fill(text, {}, "nb") == "<p>a</p>"


TEXT = (
    '<h2 data-var="a"></h2><p>x <strong data-var="a"></strong> y</p>'
    '<p data-var="a" data-format="paragraphs"></p>'
    '<ul><li data-each="b in bs" data-if="b"><span data-var="b"></span></li></ul>'
)
MEAN = st.text() | st.sampled_from(
    ["<script>alert(1)</script>", "</p><p data-var='a'>", "&lt;b&gt;", "]]>", "<!-- -->", "{{ a }}"]
)


@given(a=MEAN.filter(str.strip), bs=st.lists(MEAN, max_size=4))
def test_text_from_data_can_never_become_markup(a: str, bs: list[str]) -> None:
    body = fill_draft(TEXT, {"a": a, "bs": bs}, "nb").body
    root = etree.fromstring(f"<div>{body}</div>")
    assert {element.tag for element in root.iter()} <= {
        "div", "h2", "p", "strong", "ul", "li", "span", "br",
    }  # fmt: skip
    assert not any(element.attrib for element in root.iter())
    assert sanitize(body) == body


PRINTABLE = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="\u0340\u0341"), min_size=1
)


@given(a=PRINTABLE)
def test_text_from_data_is_shown_letter_for_letter(a: str) -> None:
    body = fill('<p data-var="a"></p>', {"a": a}, "nb")
    assert etree.fromstring(body).text == a


CLAUSE = st.fixed_dictionaries(
    {"own_id": st.booleans(), "asked": st.booleans(), "each": st.booleans(), "loose": st.booleans()}
)


@given(
    clauses=st.lists(CLAUSE, max_size=8),
    first=st.lists(st.booleans(), min_size=8, max_size=8),
    second=st.lists(st.booleans(), min_size=8, max_size=8),
    items=st.lists(st.booleans(), max_size=3),
)
def test_a_clause_keeps_its_id_whatever_conditions_leave_out_around_it(
    clauses: list[dict[str, bool]], first: list[bool], second: list[bool], items: list[bool]
) -> None:
    text = ""
    for at, clause in enumerate(clauses):
        text += "<p>Mellom.</p>" if clause["loose"] else ""
        own = f' id="own{at}"' if clause["own_id"] else ""
        each = ' data-each="item in items" data-if="item"' if clause["each"] else ""
        asked = f' data-if="c{at}"' if clause["asked"] and not each else ""
        text += f"<section{own}{each}{asked}><h2>{at}</h2></section>"

    def ids(kept: list[bool]) -> list[tuple[str, str]]:
        data = {f"c{at}": yes for at, yes in enumerate(kept)} | {"items": items}
        root = etree.fromstring(f"<div>{fill(text, data, 'nb')}</div>")
        return [(str(each.get("id")), str(each[0].text)) for each in root.iter("section")]

    one, other = ids(first), ids(second)
    for found in (one, other):
        assert len({name for name, _ in found}) == len(found)
    headings, others = dict(one), dict(other)
    assert all(headings[name] == others[name] for name in headings.keys() & others.keys())
    for at, clause in enumerate(clauses):
        if not clause["asked"] and not clause["each"]:
            named = [name for name, heading in one if heading == str(at)]
            assert named == [name for name, heading in other if heading == str(at)]
            assert len(named) == 1


def sections(*parts: str) -> str:
    return "".join(f"<section{part}</section>" for part in parts)


def test_a_reference_says_the_number_of_its_section() -> None:
    text = sections(
        '><h2>En</h2><p>Se <span data-ref="money"></span> og <span data-ref="plan"></span>.</p>',
        ' data-if="more"><h2>To</h2>',
        ' data-key="money"><h2>Penger</h2>',
        ' data-clause="plan" data-annex="plan"><h2>Plan</h2>',
    )
    assert 'punkt 3</span> og <span data-ref="plan">vedlegg 1<' in fill(text, {"more": 1}, "nb")
    assert "clause 2</span>" in fill(text, {"more": 0}, "en")


def test_a_reference_to_a_section_that_was_left_out_is_named_with_its_clause() -> None:
    text = sections(
        '><h2>En</h2><p><span data-ref="money"></span></p>',
        ' data-key="money" data-if="more"><h2>Penger</h2>',
    )
    with pytest.raises(Undefined) as refused:
        fill(text, {"more": False}, "nb")
    (gap,) = refused.value.gaps
    assert (gap.variable, gap.clause) == ("money", "En")


def test_promises_come_out_of_a_filled_text_with_who_what_when_and_how_much() -> None:
    text = (
        '<section><h2>Løfter</h2><ol><li data-obligation="report" data-who="lead" '
        'data-due="fields.on">Rapport til <span data-var="town"></span></li>'
        '<li data-each="one in shares" data-obligation="payment" data-who="one.party" '
        'data-due-days="10 * 3" data-amount="one.ore">Betaling</li>'
        '<li data-if="no" data-obligation="other" data-due="fields.on">Aldri</li>'
        '<li data-obligation="delivery" data-who="\'municipality\'" data-due="fields.on" '
        'data-due-days="365">Vakt</li></ol></section>'
    )
    data = {
        "lead": {"name": "Solbakken"},
        "town": "Solvik",
        "fields": {"on": "2026-03-02"},
        "shares": [{"party": "Bygg AS", "ore": 500}],
        "no": False,
    }
    found = promises(fill(text, data, "nb"))
    assert [(each.kind, each.who, each.what, each.amount_ore) for each in found] == [
        ("report", "Solbakken", "Rapport til Solvik", 0),
        ("payment", "Bygg AS", "Betaling", 500),
        ("delivery", "municipality", "Vakt", 0),
    ]
    signed = date(2026, 6, 1)
    assert [each.due(signed).isoformat() for each in found] == [
        "2026-03-02",
        "2026-07-01",
        "2027-03-02",
    ]


def test_a_promise_whose_day_is_not_known_is_named_with_its_clause() -> None:
    text = (
        '<section><h2>Løfter</h2><p data-obligation="report" data-due="fields.on">X</p></section>'
    )
    with pytest.raises(Undefined) as refused:
        fill(text, {"fields": {"on": None}}, "nb")
    assert refused.value.gaps[0].clause == "Løfter"
