"""What every walk on the portal needs: the link in the newest mail."""

from playwright.sync_api import Page


def mails(page: Page) -> set[str]:
    """Return the names of the mails that are there."""
    found = page.request.get("/api/v1/outbox?per_page=200").json()["items"]
    return {mail["name"] for mail in found}


def newest_link(page: Page, known: set[str]) -> str:
    """Return the portal link of the newest mail that was not there before."""
    while True:
        for mail in page.request.get("/api/v1/outbox?per_page=50").json()["items"]:
            if mail["name"] not in known:
                known.add(mail["name"])
                read = page.request.get(f"/api/v1/outbox/{mail['name']}").json()
                if links := [link for link in read["links"] if "/p/" in link]:
                    return str(links[0])
        page.wait_for_timeout(200)
