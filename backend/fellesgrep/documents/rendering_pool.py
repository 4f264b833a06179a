"""Renders documents in processes of their own, so that no template can take the service down."""

import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import TimeoutError as OutOfTime
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from pebble import ProcessPool

from fellesgrep.core.problems import Problem
from fellesgrep.documents.models import Attachment, Branding, DocumentSettings, HtmlDocument
from fellesgrep.documents.problems import RenderingFailed

if TYPE_CHECKING:
    from fellesgrep.documents.enclosing import Enclosure

if sys.platform != "win32":
    import resource

T = TypeVar("T")
_FONTCONFIG_FILE = Path(__file__).parent / "fonts" / "fontconfig.xml"
_OUT_OF_MEMORY = 70
_BEHIND_OTHERS = 10
"""Whoever completes a task waits for an answer; a document may take a moment more."""


class RenderPool:
    """A few worker processes with limits on time and memory; a dead one is replaced.

    Workers start with the first document. Safe to use from several threads.
    """

    def __init__(self, settings: DocumentSettings) -> None:
        self._settings = settings
        self._starting = threading.Lock()
        self._processes = self._new_processes()

    def render(
        self,
        document: HtmlDocument,
        *,
        branding: Branding,
        source_date: datetime,
        identifier: str,
        attachments: Sequence[Attachment] = (),
        demonstration: bool = False,
    ) -> bytes:
        """Return the document as PDF/A-3a; see `render_pdf`. Raises `RenderingFailed` besides."""
        return self._done(
            _render, document, branding, source_date, identifier, tuple(attachments), demonstration
        )

    def take_in(self, content: bytes) -> "Enclosure":
        """Return a file as documents enclose it; raises `DocumentRefused`, `RenderingFailed`."""
        return self._done(_take_in, content)

    def _done(self, work: Callable[..., T], *args: object) -> T:
        limit = self._settings.time_limit_seconds
        job = self._alive().schedule(work, args=args, timeout=limit)
        try:
            result: T = job.result()
            return result
        except Problem:
            raise
        except OutOfTime:
            raise RenderingFailed.too_slow(limit) from None
        except Exception as reason:
            raise RenderingFailed.broken() from reason

    def close(self) -> None:
        """Stop the workers at once; documents under way fail."""
        self._processes.stop()
        self._processes.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _alive(self) -> ProcessPool:
        with self._starting:
            if not self._processes.active:
                self._processes = self._new_processes()
            return self._processes

    def _new_processes(self) -> ProcessPool:
        # Never a fork of the service: its threads hold locks and its connections belong to it.
        return ProcessPool(
            max_workers=self._settings.workers,
            max_tasks=self._settings.documents_per_worker,
            initializer=_prepare_worker,
            initargs=(self._settings.memory_limit_mb * 1024 * 1024,),
            context=multiprocessing.get_context("spawn"),
        )


def _prepare_worker(memory_limit: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_service, daemon=True).start()
    os.environ["FONTCONFIG_FILE"] = str(_FONTCONFIG_FILE)
    warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
    if sys.platform != "win32":
        os.nice(_BEHIND_OTHERS)
        resource.setrlimit(resource.RLIMIT_AS, (memory_limit, memory_limit))


def _end_with_the_service() -> None:
    """A service that is killed cannot stop its workers; they notice by themselves."""
    if (service := multiprocessing.parent_process()) is not None:
        service.join()
        os._exit(0)


def _render(
    document: HtmlDocument,
    branding: Branding,
    source_date: datetime,
    identifier: str,
    attachments: tuple[Attachment, ...],
    demonstration: bool,
) -> bytes:
    # Imported in the worker: the service must not carry the layout engine and its C libraries.
    from fellesgrep.documents.render import render_pdf  # noqa: PLC0415

    try:
        return render_pdf(
            document,
            branding=branding,
            source_date=source_date,
            identifier=identifier,
            attachments=attachments,
            demonstration=demonstration,
        )
    except MemoryError:
        # What is left of the process cannot be trusted with the next document.
        os._exit(_OUT_OF_MEMORY)


def _take_in(content: bytes) -> "Enclosure":
    from fellesgrep.documents.enclosing import take_in  # noqa: PLC0415 - as above

    try:
        return take_in(content)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
