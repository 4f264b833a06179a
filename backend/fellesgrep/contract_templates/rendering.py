"""Set a filled text as the agreement people see, and make its PDF."""

import atexit
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from typing import Any

from fellesgrep.contract_templates.letterhead import branding
from fellesgrep.contract_templates.manifest import Manifest
from fellesgrep.contract_templates.settings import CONTRACTS, ContractSettings
from fellesgrep.core.languages import Language, say
from fellesgrep.core.tx import Tx
from fellesgrep.documents.frames import AgreementFrame, Fact, Party, SignaturePage
from fellesgrep.documents.models import Attachment, Branding, DocumentSettings, HtmlDocument
from fellesgrep.documents.rendering_pool import RenderPool

_PREVIEWS_KEPT = 64
_LONG = 18
"""From so many clauses on, a text has a table of contents if its template says nothing else."""


def frame(
    manifest: Manifest,
    body: str,
    data: Mapping[str, Any],
    language: Language,
    signature_page: SignaturePage | None = None,
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


def preview(tx: Tx, document: HtmlDocument, *, identifier: str) -> bytes:
    """Return a document as PDF for looking at; one that is unchanged today is not made again."""
    settings = tx.house.settings(CONTRACTS)
    return _previewed(document, branding(tx), tx.today(), identifier, settings)


@lru_cache(maxsize=_PREVIEWS_KEPT)
def _previewed(
    document: HtmlDocument, look: Branding, day: date, identifier: str, settings: ContractSettings
) -> bytes:
    return _pool(settings.rendering).render(
        document,
        branding=look,
        source_date=datetime.combine(day, time(), UTC),
        identifier=identifier,
        demonstration=settings.demonstration,
    )


def previews_made() -> int:
    """Return how many previews this process has made; those it remembered do not count."""
    return _previewed.cache_info().misses


@cache
def _pool(settings: DocumentSettings) -> RenderPool:
    """Return this process's renderers; they start with the first document and end with it."""
    pool = RenderPool(settings)
    atexit.register(pool.close)
    return pool
