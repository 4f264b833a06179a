"""Set a filled text as the agreement people see, and make its PDF."""

import atexit
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from fellesgrep.contract_templates.letterhead import branding
from fellesgrep.contract_templates.manifest import Manifest
from fellesgrep.contract_templates.settings import CONTRACTS
from fellesgrep.core.languages import Language, say
from fellesgrep.core.tx import Tx
from fellesgrep.documents.frames import AgreementFrame, Enclosed, Fact, Party, SignaturePage
from fellesgrep.documents.models import Attachment, DocumentSettings, HtmlDocument
from fellesgrep.documents.rendering_pool import RenderPool

if TYPE_CHECKING:
    from fellesgrep.documents.enclosing import Enclosure

_PREVIEWS_KEPT = 64
_PREVIEW_BYTES_KEPT = 64_000_000
_LONG = 18
"""From so many clauses on, a text has a table of contents if its template says nothing else."""


def frame(
    manifest: Manifest,
    body: str,
    data: Mapping[str, Any],
    language: Language,
    signature_page: SignaturePage | None = None,
    enclosed: tuple[Enclosed, ...] = (),
) -> AgreementFrame:
    """Return a filled text with title, facts and parties, ready for `documents.frames.agreement`.

    `data` is what the text was filled with; only what stands around the text is read from it.
    """
    case, municipality = data["case"], data["municipality"]
    parties = (
        Party(
            role=say(language, "contract_templates.party.municipality"),
            name=municipality["name"],
            organisation_number=municipality["organisation_number"],
            represented_by=case["responsible"]["name"],
        ),
        *(_party(each, language) for each in data["parties"]),
    )
    return AgreementFrame(
        language=language,
        kind=manifest.title[language],
        title=case["title"],
        reference=case["number"],
        parties=parties,
        body=body,
        facts=(Fact(say(language, "contract_templates.fact.area"), case["area"]),),
        signature_page=signature_page,
        with_contents=_wants_contents(manifest, body),
        enclosed=enclosed,
    )


def _wants_contents(manifest: Manifest, body: str) -> bool:
    if manifest.contents == "auto":
        return body.count("<section") >= _LONG
    return manifest.contents == "always"


def _party(party: Mapping[str, Any], language: Language) -> Party:
    return Party(
        role=say(language, f"contract_templates.party.{party['kind']}"),
        name=party["name"],
        organisation_number=party["organisation_number"] or "",
        address=party["address"] or "",
        represented_by=party["contact_name"] or "",
    )


def render(
    tx: Tx,
    document: HtmlDocument,
    *,
    at: datetime,
    identifier: str,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Return a document as PDF/A-3a: the same bytes for the same document, time and identifier."""
    settings = tx.house.settings(CONTRACTS)
    return _pool(settings.rendering).render(
        document,
        branding=branding(tx),
        source_date=at,
        identifier=identifier,
        attachments=attachments,
        demonstration=settings.demonstration,
    )


def take_in(tx: Tx, content: bytes) -> "Enclosure":
    """Return a file as documents enclose it; raises `DocumentRefused` for what they do not."""
    return _pool(tx.house.settings(CONTRACTS).rendering).take_in(content)


def preview(
    tx: Tx, document: HtmlDocument, *, identifier: str, attachments: Sequence[Attachment] = ()
) -> bytes:
    """Return a document as PDF for looking at; one that is unchanged today is not made again.

    Pictures and attachments are known by their names and fingerprints in the document's content.
    """
    settings = tx.house.settings(CONTRACTS)
    look, day = branding(tx), tx.today()
    known_by = (replace(document, pictures=()), look, day, identifier, settings)
    return _PREVIEWS.get(
        known_by,
        lambda: _pool(settings.rendering).render(
            document,
            branding=look,
            source_date=datetime.combine(day, time(), UTC),
            identifier=identifier,
            attachments=attachments,
            demonstration=settings.demonstration,
        ),
    )


class _Previews:
    """The previews that were looked at last, up to a number and a size."""

    def __init__(self) -> None:
        self.made = 0
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        pdf = make()
        with self._lock:
            self.made += 1
            self._kept[key] = pdf
            while len(self._kept) > _PREVIEWS_KEPT or self._size() > _PREVIEW_BYTES_KEPT:
                self._kept.popitem(last=False)
        return pdf

    def _size(self) -> int:
        return sum(map(len, self._kept.values()))


_PREVIEWS = _Previews()


def previews_made() -> int:
    """Return how many previews this process has made; those it remembered do not count."""
    return _PREVIEWS.made


@cache
def _pool(settings: DocumentSettings) -> RenderPool:
    """Return this process's renderers; they start with the first document and end with it."""
    pool = RenderPool(settings)
    atexit.register(pool.close)
    return pool
