"""A preview that is unchanged is not made again; whatever changes it makes a new one."""

from markupsafe import Markup

from fellesgrep.contract_templates import letterhead, rendering
from fellesgrep.core.clock import MovableClock
from fellesgrep.core.tx import Tx
from fellesgrep.documents.models import HtmlDocument


def made_anew(tx: Tx, document: HtmlDocument) -> bool:
    before = rendering.previews_made()
    assert rendering.preview(tx, document, identifier="prøve").startswith(b"%PDF")
    return rendering.previews_made() > before


def test_only_a_change_of_text_letterhead_or_day_makes_a_preview_anew(
    tx: Tx, clock: MovableClock
) -> None:
    document = HtmlDocument("Prøve", "nb", Markup("<h1>Bare denne prøven</h1>"))
    assert made_anew(tx, document)
    assert not made_anew(tx, document)
    assert made_anew(tx, HtmlDocument("Prøve", "nb", Markup("<h1>En annen prøve</h1>")))
    row = letterhead.letterhead(tx)
    letterhead.change(tx, row, unit="Byutvikling", contact_lines=[], colour="#0d2b45")
    assert made_anew(tx, document)
    clock.move(days=1)
    assert made_anew(tx, document)
