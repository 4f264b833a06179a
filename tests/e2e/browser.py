"""Chromium, and what is asked of every page: no accessibility violation, no script error."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 15_000
SERIOUS = {"serious", "critical"}
FIND_VIOLATIONS = """
async () => (await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}))
  .violations.map(({impact, id, nodes}) => ({impact, id, where: nodes.map(n => n.html)}))
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium that looks up nothing on its own."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@contextmanager
def window(
    browser: Browser, url: str, *, phone: bool = False, scripts: bool = True
) -> Iterator[Page]:
    """A window of somebody's own, in Norwegian; fails for an error that a script did not catch."""
    context: BrowserContext = browser.new_context(
        base_url=url,
        locale="nb-NO",
        timezone_id="Europe/Oslo",
        reduced_motion="reduce",
        viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]
        has_touch=phone,
        java_script_enabled=scripts,
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def check_accessible(page: Page) -> None:
    """Fail for every serious violation of WCAG 2.2 AA that axe finds, seen from the top."""
    page.evaluate("window.scrollTo(0, 0)")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(FIND_VIOLATIONS)
    serious = [each for each in found if each["impact"] in SERIOUS]
    assert serious == [], f"{page.url}: {serious}"


def check_fits(page: Page) -> None:
    """Fail where the page must be scrolled sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"
