"""What people of the municipality do on their screens, in the words of the screens (bokmål)."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import check_accessible, check_fits


@dataclass(frozen=True)
class Desk:
    """Somebody's window, logged in."""

    page: Page

    @classmethod
    def log_in(cls, page: Page, name: str) -> "Desk":
        """Log in as one of the demo people."""
        page.goto("/")
        expect(page.get_by_text("Utviklingsinnlogging")).to_be_visible()
        check_accessible(page)
        page.get_by_role("button", name=name).click()
        expect(
            page.get_by_role("heading", name=f"Hei, {name.split(maxsplit=1)[0]}")
        ).to_be_visible()
        return cls(page)

    def look(self, heading: str | re.Pattern[str]) -> None:
        """Wait for a page by its heading; it must be accessible and fit."""
        expect(self.page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        self.settle()
        check_accessible(self.page)
        check_fits(self.page)

    def settle(self) -> None:
        """Wait until nothing is being fetched."""
        self.page.wait_for_load_state("networkidle", timeout=60_000)

    def go(self, entry: str) -> None:
        """Choose an entry of the main menu."""
        self.page.get_by_role("navigation").get_by_role("link", name=entry, exact=True).click()

    def fill(self, label: str, value: str, within: Locator | None = None) -> None:
        """Type into a field."""
        (within or self.page).get_by_label(label).first.fill(value)

    def choose(
        self, label: str, option: str | re.Pattern[str], within: Locator | None = None
    ) -> None:
        """Choose from a list."""
        (within or self.page).get_by_role("combobox", name=label).first.click()
        self.page.get_by_role("option", name=option).first.click()

    def find(self, label: str, text: str, within: Locator | None = None) -> None:
        """Choose by typing."""
        field = (within or self.page).get_by_role("combobox", name=label).first
        field.click()
        field.fill(text)
        self.page.get_by_role("option", name=re.compile(re.escape(text))).first.click()

    def press(self, button: str, within: Locator | None = None) -> None:
        """Press a button by its words."""
        (within or self.page).get_by_role("button", name=button, exact=True).click()

    def task(self, heading: str) -> Locator:
        """Return the present task of the case page, once it is this one."""
        shown = self.page.get_by_role("heading", name=heading)
        expect(shown.first).to_be_visible()
        return self.page.get_by_role("main")

    def choose_task(self, name: str | re.Pattern[str]) -> None:
        """Turn to one of several open tasks; where it is the only one, it is there already."""
        heading = self.page.get_by_role("heading", name=name)
        expect(heading.or_(self.page.get_by_role("tab", name=name)).first).to_be_visible()
        if not heading.is_visible():
            self.page.get_by_role("tab", name=name).click()
        expect(heading).to_be_visible()

    def finish(self, button: str) -> None:
        """Complete the present task, and wait until another one is there."""
        present = self.page.get_by_role("region", name="Oppgaven nå")
        name = present.get_by_role("heading", level=2).inner_text()
        self.press(button, present)
        expect(present.get_by_role("heading", name=name, level=2)).to_be_hidden()

    def cell(self, sheet: str, column: str, row: int) -> Locator:
        """Return a cell of a sheet."""
        return self.page.get_by_role("table", name=sheet).get_by_label(f"{column}, rad {row}")

    def open_case(self, title: str) -> None:
        """Open a case by the search box."""
        self.page.get_by_role("button", name=re.compile("Søk i Fellesgrep")).click()
        box = self.page.get_by_role("dialog")
        box.get_by_role("combobox").fill(title)
        box.get_by_role("option", name=re.compile(re.escape(title))).first.click()
