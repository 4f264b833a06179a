"""The only door to resources while a document is laid out, and it is nearly shut."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

FONT_FOLDER = Path(__file__).parent / "fonts"
# Addresses without a scheme become addresses of this host, which exists nowhere, and are refused.
BASE_ADDRESS = "https://document.invalid/"
_IMAGE_DATA = re.compile(r"data:image/(png|jpeg|svg\+xml)[;,]", re.IGNORECASE)


class AddressRefused(FatalURLFetchingError):  # type: ignore[misc]
    """Stops the layout: a document that silently lacks a picture must not be signed."""


@dataclass(frozen=True)
class Carried:
    """Bytes handed in by the caller, reachable under an `attachment:` address."""

    content: bytes
    media_type: str


class ClosedFetcher(URLFetcher):  # type: ignore[misc]
    """Serves bundled fonts, `data:` images and the caller's attachments; refuses the rest."""

    def __init__(self, carried: Mapping[str, Carried] | None = None) -> None:
        super().__init__(allowed_protocols={"data"})
        self._carried = dict(carried or {})
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return the resource or stop the rendering.

        What was refused is kept too: WeasyPrint drops a picture inside a picture without a word.
        """
        scheme, _, name = url.partition(":")
        if scheme == "font" and (FONT_FOLDER / name).parent == FONT_FOLDER:
            return URLFetcherResponse(url, (FONT_FOLDER / name).read_bytes())
        if scheme == "attachment" and name in self._carried:
            carried = self._carried[name]
            return URLFetcherResponse(url, carried.content, {"Content-Type": carried.media_type})
        if _IMAGE_DATA.match(url):
            return super().fetch(url, headers)
        self.refused.append(url)
        raise AddressRefused
