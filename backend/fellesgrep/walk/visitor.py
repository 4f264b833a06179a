"""A partner on the portal: follows links and sends forms, as a browser without scripts does."""

from typing import Any, cast

import httpx2
from lxml import html

from fellesgrep.core.refusals import Refusal
from fellesgrep.walk.colleague import checked, client_for


class Visitor:
    """A browser at one page."""

    def __init__(self, url: str, link: str) -> None:
        self._client = client_for(url)
        self._client.follow_redirects = True
        self._show(self._client.get(httpx2.URL(link).raw_path.decode()))

    def _show(self, response: httpx2.Response) -> None:
        text = checked(response).text
        self._page: Any = cast(Any, html.fromstring(text, base_url=str(response.url)))
        self._page.make_links_absolute()

    @property
    def heading(self) -> str:
        """What the page says first."""
        return str(self._page.xpath("normalize-space(//h1)"))

    def download(self, ending: str) -> bytes:
        """Follow the link to a file, by the end of its address."""
        for href in self._page.xpath("//a/@href"):
            if httpx2.URL(href).path.endswith(ending):
                return checked(self._client.get(href)).content
        raise Refusal(f"The page «{self.heading}» has no link to {ending}")

    def submit(self, ending: str, **typed: str) -> None:
        """Fill in the form whose address ends so, and send it; boxes to tick are ticked."""
        for form in self._page.forms:
            if httpx2.URL(form.action).path.endswith(ending):
                for box in form.xpath(".//input[@type='checkbox']"):
                    box.checked = True
                form.fields.update(typed)
                self._show(self._client.post(form.action, data=dict(form.form_values())))
                return
        raise Refusal(f"The page «{self.heading}» has no form for {ending}")

    def close(self) -> None:
        """Put the connection away."""
        self._client.close()
