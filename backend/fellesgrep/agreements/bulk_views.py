"""Runs as people see them, and their result as one file."""

import csv
import io
import zipfile
from collections.abc import Sequence
from tempfile import SpooledTemporaryFile
from typing import IO
from uuid import UUID

from fellesgrep.agreements import bulk
from fellesgrep.agreements.bulk_models import BulkItem, BulkItemStatus, BulkRun, BulkStatus
from fellesgrep.agreements.bulk_schemas import BulkTemplateView, ItemView, RunView
from fellesgrep.agreements.drafting import language_of
from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.views import field_views
from fellesgrep.cases.models import Case
from fellesgrep.contract_templates.models import Template
from fellesgrep.contract_templates.service import current_version, in_force
from fellesgrep.core import files
from fellesgrep.core.clock import OSLO
from fellesgrep.core.languages import Language, say
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import Named
from fellesgrep.identity.models import Person

_IN_MEMORY = 8_000_000


def templates(tx: Tx, language: Language) -> list[BulkTemplateView]:
    """Return every template in force, in the reader's language."""
    found = [(version, version.read_manifest()) for version in in_force(tx.session)]
    return [
        BulkTemplateView(
            id=version.template_id,
            title=manifest.title[language],
            languages=list(manifest.languages),
            fields=field_views(manifest, {}, language),
        )
        for version, manifest in sorted(found, key=lambda pair: pair[1].rank)
    ]


def whole(tx: Tx, runs: Sequence[BulkRun], language: Language) -> list[RunView]:
    """Return runs with how far each is."""
    counted = bulk.counts(tx, [run.id for run in runs])
    return [_run(tx, run, counted[run.id], language) for run in runs]


def _run(tx: Tx, run: BulkRun, counted: dict[str, int], language: Language) -> RunView:
    version = current_version(tx.session.get_one(Template, run.template_id))
    by = tx.session.get_one(Person, run.started_by_id)
    return RunView(
        id=run.id,
        template=version.read_manifest().title[language],
        language=language_of(Agreement(language=run.language)),
        status=BulkStatus(run.status),
        started_at=run.started_at,
        started_by=Named(id=by.id, name=by.name),
        ended_at=run.ended_at,
        total=sum(counted.values()),
        **counted,
    )


def item(row: BulkItem, case: Case, partner: str, language: Language) -> ItemView:
    """Return what became of a case."""
    return ItemView(
        id=row.id,
        case_id=case.id,
        number=case.number,
        title=case.title,
        partner=partner,
        status=BulkItemStatus(row.status),
        gaps=row.gaps,
        causes=[say(language, each["key"], **each["params"]) for each in row.causes],
    )


def file_name(case: Case, row_id: UUID) -> str:
    """Return what a case's draft is called inside the archive."""
    return f"{case.number}-{row_id.hex[-6:]}.pdf"


def archive(tx: Tx, run: BulkRun, language: Language) -> IO[bytes]:
    """Return every draft of a run and the list of its cases, as one ZIP file to read from."""
    out = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by who sends it
    at = run.started_at.astimezone(OSLO).timetuple()[:6]
    rows = tx.session.execute(bulk.items(run).order_by(BulkItem.position)).all()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for row, case, _partner in rows:
            if row.pdf_sha256 is not None:
                entry = zipfile.ZipInfo(file_name(case, row.id), at)
                packed.writestr(entry, files.read(tx.session, row.pdf_sha256))
        told = [item(row, case, partner, language) for row, case, partner in rows]
        names = [file_name(case, row.id) if row.pdf_sha256 else "" for row, case, _ in rows]
        listed = zipfile.ZipInfo(say(language, "agreements.bulk.list_name"), at)
        packed.writestr(listed, _list(told, names, language))
    out.seek(0)
    return out


def _list(told: Sequence[ItemView], names: Sequence[str], language: Language) -> bytes:
    """Return the list as Norwegian spreadsheets open it: semicolons, and a byte order mark."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";")
    columns = ("number", "title", "partner", "status", "gaps", "cause", "file")
    rows.writerow(say(language, f"agreements.bulk.{name}") for name in columns)
    for each, name in zip(told, names, strict=True):
        status = say(language, f"agreements.bulk.{each.status}")
        cells = (each.number, each.title, each.partner, status, str(each.gaps))
        rows.writerow(map(_harmless, (*cells, " ".join(each.causes), name)))
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking words for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
