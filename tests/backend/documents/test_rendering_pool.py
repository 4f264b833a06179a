"""A document can use up its time or memory, and the next one never notices."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import psutil
import pytest
from markupsafe import Markup

from fellesgrep.documents.frames import AgreementFrame, agreement
from fellesgrep.documents.models import Attachment, Branding, DocumentSettings, HtmlDocument
from fellesgrep.documents.problems import DocumentRefused, RenderingFailed
from fellesgrep.documents.render import render_pdf
from fellesgrep.documents.rendering_pool import RenderPool

MADE = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    with RenderPool(DocumentSettings(workers=1, memory_limit_mb=600)) as running:
        yield running


def render(pool: RenderPool, content: str, branding: Branding) -> bytes:
    document = HtmlDocument("Prøve", "nb", Markup(content))
    return pool.render(document, branding=branding, source_date=MADE, identifier="x")


def test_a_worker_makes_the_same_bytes_as_a_rendering_here(
    pool: RenderPool, agreement_frame: AgreementFrame, branding: Branding, shown_pdf: Attachment
) -> None:
    document = agreement(agreement_frame)
    there = pool.render(
        document, branding=branding, source_date=MADE, identifier="x", attachments=[shown_pdf]
    )
    here = render_pdf(
        document, branding=branding, source_date=MADE, identifier="x", attachments=[shown_pdf]
    )
    assert there == here


def test_an_endless_document_is_stopped_and_the_next_one_is_made(branding: Branding) -> None:
    with RenderPool(DocumentSettings(workers=1, time_limit_seconds=8)) as pool:
        with pytest.raises(RenderingFailed) as failed:
            render(pool, "<p>x</p>" * 300_000, branding)
        assert failed.value.key == "documents.problem.too_slow"
        assert render(pool, "<p>Etterpå</p>", branding).startswith(b"%PDF-1.7")


def test_a_document_that_eats_memory_dies_alone(pool: RenderPool, branding: Branding) -> None:
    with pytest.raises(RenderingFailed) as failed:
        render(pool, f"<p>{'x ' * 40_000_000}</p>", branding)
    assert failed.value.key == "documents.problem.broken"
    assert render(pool, "<p>Etterpå</p>", branding).startswith(b"%PDF-1.7")


def test_a_refusal_reaches_the_caller_with_its_reason(pool: RenderPool, branding: Branding) -> None:
    with pytest.raises(DocumentRefused) as refused:
        render(pool, '<img src="file:///etc/hostname" alt="a">', branding)
    assert refused.value.params == {"address": "file:///etc/hostname"}


def test_a_closed_pool_starts_again_when_asked(branding: Branding) -> None:
    pool = RenderPool(DocumentSettings(workers=1))
    pool.close()
    try:
        assert render(pool, "<p>Igjen</p>", branding).startswith(b"%PDF-1.7")
    finally:
        pool.close()


def test_no_worker_outlives_a_service_that_is_killed() -> None:
    service = subprocess.Popen([sys.executable, "-c", SERVICE], stdout=subprocess.PIPE)
    assert service.stdout is not None
    assert service.stdout.readline() == b"rendered\n"
    workers = psutil.Process(service.pid).children(recursive=True)
    service.kill()
    service.communicate()
    assert workers
    _, alive = psutil.wait_procs(workers, timeout=20)
    assert not [worker for worker in alive if worker.status() != psutil.STATUS_ZOMBIE]


SERVICE = """
import time
from datetime import UTC, datetime
from markupsafe import Markup
from fellesgrep.documents.models import Branding, DocumentSettings, HtmlDocument
from fellesgrep.documents.rendering_pool import RenderPool

RenderPool(DocumentSettings(workers=1)).render(
    HtmlDocument("Test", "nb", Markup("<p>Test</p>")),
    branding=Branding(municipality="Solvik kommune"),
    source_date=datetime(2026, 1, 1, tzinfo=UTC),
    identifier="x",
)
print("rendered", flush=True)
time.sleep(60)
"""
