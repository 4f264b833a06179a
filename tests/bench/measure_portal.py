"""What a partner's phone must fetch, and how soon it can be used on a slow one."""

import gzip
import re
from pathlib import Path

import httpx2
from playwright.sync_api import Page

from tests.bench.figures import figure
from tests.e2e.browser import chromium, window
from tests.e2e.desk import Desk
from tests.e2e.portal import mails, newest_link
from tests.e2e.test_portal_paths import LIAISON, find_draft
from tests.product import Product

SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
"""A slow mobile network: 1.6 Mbit/s with 150 ms to the first byte (bytes per second)."""
SLOW_CPU = 4
_ASSET = re.compile(r'(?:src|href)="(/static/portal/[^"]+)"')


def _opened(product: Product, page: Page) -> str:
    """Send a draft of the demo for reading and return the partner's link."""
    Desk.log_in(page, LIAISON)
    case_id, known = find_draft(page), mails(page)
    path = f"/api/v1/cases/{case_id}/agreement/discussion"
    contacts = page.request.get(path).json()["contacts"]
    chosen = [each["id"] for each in contacts if each["reachable"]][:1]
    body = {"contact_ids": chosen, "respond_by": "2099-01-01"}
    assert page.request.post(f"{path}/send", data=body).ok
    return newest_link(page, known)


def _zipped(address: str) -> int:
    return len(gzip.compress(httpx2.get(address).raise_for_status().content, 9))


def _fetched(data_dir: Path, *, scripts_only: bool) -> float:
    product = Product(data_dir)
    product.start(seconds=600)
    try:
        with chromium() as browser, window(browser, product.url) as page:
            link = _opened(product, page)
        html = httpx2.get(link).text
        assets = list(dict.fromkeys(_ASSET.findall(html)))
        scripts = [each for each in assets if each.endswith(".js")]
        wanted = scripts if scripts_only else assets
        own = 0 if scripts_only else len(gzip.compress(html.encode(), 9))
        return own + sum(_zipped(product.url + each) for each in wanted)
    finally:
        product.stop()


@figure(
    "portal_script_bytes_gz",
    "Scripts that a page of the partner portal loads, compressed",
    unit="bytes",
    bound=40_000,
)
def script_bytes(data_dir: Path) -> float:
    return _fetched(data_dir, scripts_only=True)


@figure(
    "portal_first_view_bytes",
    "A draft agreement on the partner portal with style and scripts, compressed, without fonts",
    unit="bytes",
    bound=100_000,
)
def first_view_bytes(data_dir: Path) -> float:
    return _fetched(data_dir, scripts_only=False)


@figure(
    "portal_usable_s",
    "A draft agreement can be read and answered on a slow phone (1.6 Mbit/s, processor 4x slower)",
    unit="s",
    bound=2,
)
def usable_seconds(data_dir: Path) -> float:
    product = Product(data_dir)
    product.start(seconds=600)
    try:
        with chromium() as browser, window(browser, product.url) as page:
            link = _opened(product, page)
            with window(browser, product.url, phone=True) as phone:
                return _seconds_until_usable(phone, link)
    finally:
        product.stop()


def _seconds_until_usable(phone: Page, link: str) -> float:
    """Measure until the primary action is drawn with its style, from an empty cache."""
    session = phone.context.new_cdp_session(phone)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
    phone.goto(link, wait_until="domcontentloaded")
    phone.get_by_role("button", name="Jeg har ingen merknader").wait_for()
    drawn = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
    phone.wait_for_function(drawn)
    ready = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    return max(float(phone.evaluate(drawn)), float(phone.evaluate(ready))) / 1000
