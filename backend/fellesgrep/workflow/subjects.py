"""Processes and tables as subjects of the audit log, which knows things by their id."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from fellesgrep.core.audit import Label, Subject
from fellesgrep.core.languages import LANGUAGES
from fellesgrep.workflow.models import DecisionTable, ProcessBundle, VersionStatus
from fellesgrep.workflow.store import read_bundle

_OF_NAMES = UUID("6d0a2f0e-3c0f-4f0c-9a53-5d2c1a7a4e11")


def process_subject(name: str) -> Subject:
    """Return a process or table, known by its name, as a subject."""
    return Subject("process", uuid5(_OF_NAMES, name))


def process_names(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, Label]:
    """Return what processes and tables are called."""
    rows = session.execute(
        select(ProcessBundle.process, ProcessBundle.hash).where(
            ProcessBundle.status == VersionStatus.IN_FORCE
        )
    )
    called: dict[str, Label] = {
        row.process: {
            language: read_bundle(session, row.hash).process_name(row.process, language)
            for language in LANGUAGES
        }
        for row in rows
    }
    called |= {name: name for name in session.scalars(select(DecisionTable.name).distinct())}
    found = {process_subject(name).id: text for name, text in called.items()}
    return {id_: found[id_] for id_ in ids if id_ in found}
