"""What documents cost: beside WeasyPrint, beside Chromium, and to those who wait meanwhile."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import weasyprint

from fellesgrep.contract_templates.fill import fill
from fellesgrep.contract_templates.rendering import frame
from fellesgrep.contract_templates.shipped import ShippedTemplate, shipped
from fellesgrep.documents import frames
from fellesgrep.documents.fetching import BASE_ADDRESS, ClosedFetcher
from fellesgrep.documents.frames import fill_page
from fellesgrep.documents.models import Branding, DocumentSettings, HtmlDocument
from fellesgrep.documents.render import STYLE_FILE, fonts_and_style
from fellesgrep.documents.rendering_pool import RenderPool
from tests.bench.errand import RETURNED, WRITTEN
from tests.bench.figures import figure
from tests.bench.room import Room, open_room, ratio_of_times
from tests.e2e.browser import chromium

AT_ONCE = 8
AT = datetime(2026, 3, 2, tzinfo=UTC)
BRANDING = Branding(municipality="Solvik kommune", organisation_number="399000017")


def _template() -> ShippedTemplate:
    return next(each for each in shipped() if each.manifest.key == "samarbeidsavtale")


def _document(template: ShippedTemplate) -> HtmlDocument:
    body = fill(template.bodies["nb"], template.sample, "nb")
    return frames.agreement(frame(template.manifest, body, template.sample, "nb"))


def _page(document: HtmlDocument) -> str:
    made_at = AT.strftime("%Y-%m-%dT%H:%M:%SZ")
    return fill_page(
        document.language, document=document, branding=BRANDING, mark_url="", made_at=made_at,
        demonstration=False,
    )  # fmt: skip


def _bare(page: str) -> bytes:
    """WeasyPrint alone, warm: its fonts and style sheet stand ready, as ours do."""
    fonts, style = fonts_and_style()
    html = weasyprint.HTML(string=page, base_url=BASE_ADDRESS, url_fetcher=ClosedFetcher())
    pdf: bytes = html.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/a-3a")
    return pdf


@figure(
    "render_ratio",
    "An agreement from template and data to PDF/A-3a in a worker, in WeasyPrint alone on its HTML",
    unit="×",
    bound=1.2,
)
def rendering(_: Path) -> float:
    template = _template()
    page = _page(_document(template))
    with RenderPool(DocumentSettings(workers=1)) as pool:

        def through_the_product() -> bytes:
            return pool.render(
                _document(template), branding=BRANDING, source_date=AT, identifier="bench"
            )

        return ratio_of_times(through_the_product, lambda: _bare(page))


@figure(
    "render_vs_chromium",
    "The same agreement as tagged PDF/A-3a, in a warm Chromium's (tagged) print of the same HTML",
    unit="×",
    bound=6,
)
def beside_chromium(_: Path) -> float:
    template = _template()
    style = STYLE_FILE.read_text("utf-8")
    printed = _page(_document(template)).replace("</head>", f"<style>{style}</style></head>")
    with RenderPool(DocumentSettings(workers=1)) as pool, chromium() as browser:
        window = browser.new_page()

        def in_chromium() -> None:
            window.set_content(printed)
            window.pdf(prefer_css_page_size=True, tagged=True)

        return ratio_of_times(
            lambda: pool.render(
                _document(template), branding=BRANDING, source_date=AT, identifier="bench"
            ),
            in_chromium,
        )


def _wait_for_a_completion(room: Room) -> float:
    """Return the median time of a completion of a task, of many."""
    waited = []
    for task in room.begin(30):
        began = time.perf_counter()
        written = room.complete(task, WRITTEN)
        waited.append(time.perf_counter() - began)
        assert written is not None
        room.complete(written, RETURNED)
    return statistics.median(waited)


@figure(
    "completion_under_render_ratio",
    "How long a completion takes while eight previews are made, in one that is alone",
    unit="×",
    bound=2,
)
def completing_meanwhile(data_dir: Path) -> float:
    document = _document(_template())
    number = count()
    stop = False
    with open_room(data_dir) as room, RenderPool(DocumentSettings()) as pool:

        def keep_previewing() -> None:
            while not stop:
                name = f"preview {next(number)}"
                pool.render(document, branding=BRANDING, source_date=AT, identifier=name)

        pool.render(document, branding=BRANDING, source_date=AT, identifier="warm")
        _wait_for_a_completion(room)
        alone = statistics.median(_wait_for_a_completion(room) for _ in range(5))
        with ThreadPoolExecutor(AT_ONCE) as readers:
            for _ in range(AT_ONCE):
                readers.submit(keep_previewing)
            meanwhile = statistics.median(_wait_for_a_completion(room) for _ in range(5))
            stop = True
        return meanwhile / alone
