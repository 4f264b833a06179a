"""The frame around every page of the portal, and the headers that protect it."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from fellesgrep.core.clock import OSLO
from fellesgrep.core.languages import LANGUAGES, Language, say, say_date

_PACKAGES = Path(__file__).parent.parent
_LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}

HEADERS = {
    # Nothing but our own style and script, and nobody may frame a page with a link's rights.
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; "
    "img-src 'self' data:; font-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-robots-tag": "noindex, nofollow",
    "x-content-type-options": "nosniff",
}


def page(
    name: str,
    language: Language,
    /,
    *,
    municipality: str,
    path: str,
    status: int = 200,
    **values: Any,
) -> HTMLResponse:
    """Return a page. `name` is a template below the packages (`signing/pages/read.html`)."""
    filled = (
        _environment()
        .get_template(name)
        .render(
            language=language,
            languages=[
                {"code": each, "name": _LANGUAGE_NAMES[each], "here": each == language}
                for each in LANGUAGES
            ],
            municipality=municipality,
            path=path,
            **_speaking(language),
            **values,
        )
    )
    return HTMLResponse(filled, status, headers=HEADERS)


def _speaking(language: Language) -> dict[str, Callable[..., str]]:
    def text(key: str, /, **params: Any) -> str:
        return say(language, key, **params)

    def day(value: date | datetime) -> str:
        return say_date(language, value)

    def moment(value: datetime) -> str:
        return say(
            language,
            "portal.frame.moment",
            date=day(value),
            time=value.astimezone(OSLO).strftime("%H.%M" if language != "en" else "%H:%M"),
        )

    return {"text": text, "day": day, "moment": moment}


@cache
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(
        loader=FileSystemLoader(_PACKAGES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
