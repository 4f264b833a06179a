"""What may stand in the text of an agreement."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from fellesgrep.documents.frames import AgreementFrame, agreement
from fellesgrep.documents.sanitizing import TAGS, sanitize


@pytest.mark.parametrize(
    "text",
    [
        '<section id="a"><h2>A</h2><p lang="nn">A <strong>b</strong> <em>c</em></p></section>',
        '<table><thead><tr><th scope="col" colspan="2">A</th></tr></thead></table>',
        '<table><tbody><tr><td class="amount">1</td><td>2</td></tr></tbody></table>',
        '<ol class="numbered"><li data-each="party in parties">x</li></ol>',
        '<p data-if="amount &lt; 100">A<br/>b <span data-var="amount"></span></p>',
        "<dl><dt>A</dt><dd>b</dd></dl>",
    ],
)
def test_the_subset_passes_unchanged(text: str) -> None:
    assert sanitize(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ("<style>p{}</style><p>a</p>", "<p>a</p>"),
        ('<p onclick="x" style="color:red">a</p>', "<p>a</p>"),
        ('<p>a <a href="javascript:x">b</a></p>', "<p>a b</p>"),
        ('<p>a<img src="http://x/y.png"/></p>', "<p>a</p>"),
        ('<p class="amount evil">a</p>', '<p class="amount">a</p>'),
        ("<p>a<!-- b --></p>", "<p>a</p>"),
        ("<p>a&nbsp;b</p>", "<p>a\u00a0b</p>"),
        ('<p><span data-var="x"/> kr</p>', '<p><span data-var="x"></span> kr</p>'),
        ("<p>a\x00\x0bb</p>", "<p>ab</p>"),
    ],
)
def test_what_is_outside_the_subset_goes(text: str, left: str) -> None:
    assert sanitize(text) == left


_TAGS = [f"<{slash}{tag}>" for tag in sorted(TAGS) for slash in ("", "/")]
_TRAPS = ["<script>", "</script>", "<br/>", '<p data-if="', '" id="a', "<![CDATA[", "&", "<", ">"]
_PIECES = st.sampled_from([*_TAGS, *_TRAPS, "\u00a0", "æ"])


@given(st.lists(_PIECES | st.text(max_size=4), max_size=12).map("".join))
def test_whatever_comes_in_well_formed_and_settled_text_comes_out(text: str) -> None:
    once = sanitize(text)
    root = etree.fromstring(f"<div>{once}</div>")
    assert {each.tag for each in root.iterdescendants()} <= TAGS
    assert sanitize(once) == once


def test_a_frame_escapes_names_and_sanitizes_its_body(agreement_frame: AgreementFrame) -> None:
    frame = replace(agreement_frame, title="<b>A & B</b>", body="<script>x</script><p>ok</p>")
    content = agreement(frame).content
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in content
    assert "<script>" not in content
    assert "<p>ok</p>" in content
