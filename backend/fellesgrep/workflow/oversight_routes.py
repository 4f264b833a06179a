"""The operations page: instances by definition, element and age; failed jobs; stuck cases."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from fellesgrep.core.languages import Language, say
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import ReaderLanguage, View
from fellesgrep.identity.access import Access, allow
from fellesgrep.workflow import oversight, store
from fellesgrep.workflow.models import Instance
from fellesgrep.workflow.oversight import Standing
from fellesgrep.workflow.tasks import element_name

router = APIRouter(prefix="/api/v1/operations", tags=["operations"])
MayRead = Annotated[Access, allow("operations:read")]


class StandingView(View):
    """An element that instances wait at; `oldest` is since when the first of them does."""

    process: str
    process_name: str
    element: str
    name: str
    role_label: str
    waiting: int
    oldest: datetime
    late: int


class DefinitionView(View):
    process: str
    name: str
    version: str
    running: int
    oldest: datetime
    elements: list[StandingView]


class SubjectView(View):
    """What an instance is about."""

    instance_id: UUID
    process: str
    kind: str
    id: UUID
    title: str


class StuckView(SubjectView):
    since: datetime


class FailedJobView(View):
    id: int
    name: str
    attempts: int
    failed_at: datetime
    subject: SubjectView | None


class Operations(View):
    """How the engine room is doing."""

    definitions: list[DefinitionView]
    stuck: list[StuckView]
    failed_jobs: list[FailedJobView]
    can_retry: bool


@router.get("")
def show_operations(access: MayRead, language: ReaderLanguage) -> Operations:
    """Return where instances stand, what failed and what is stuck."""
    tx = access.tx
    return Operations(
        definitions=_definitions(tx, language),
        stuck=[
            StuckView(
                **_subject(tx, instance, language),
                since=instance.updated_at or instance.started_at,
            )
            for instance in oversight.stuck(tx)
        ],
        failed_jobs=_failed_jobs(tx, language),
        can_retry=access.may("operations:act"),
    )


@router.post("/failed-jobs/{job_id}/retry")
def retry_job(
    job_id: int, access: Annotated[Access, allow("operations:act")], language: ReaderLanguage
) -> list[FailedJobView]:
    """Queue a job anew that was given up; returns those that are left."""
    oversight.retry(access.tx, job_id)
    return _failed_jobs(access.tx, language)


def _definitions(tx: Tx, language: Language) -> list[DefinitionView]:
    standing = oversight.standings(tx)
    return [
        DefinitionView(
            process=each.process,
            name=store.load_bundle(tx, each.bundle_hash).process_name(each.process, language),
            version=each.bundle_hash[:12],
            running=each.running,
            oldest=each.oldest,
            elements=_elements(
                tx, [one for one in standing if one.bundle_hash == each.bundle_hash], language
            ),
        )
        for each in oversight.definitions(tx)
    ]


def _elements(tx: Tx, standing: Sequence[Standing], language: Language) -> list[StandingView]:
    return [
        StandingView(
            process=each.process,
            process_name=store.load_bundle(tx, each.bundle_hash).process_name(
                each.process, language
            ),
            element=each.element,
            name=element_name(
                store.load_bundle(tx, each.bundle_hash), each.process, each.element, language
            ),
            role_label=say(language, f"identity.role.{each.role}"),
            waiting=each.waiting,
            oldest=each.oldest,
            late=each.late,
        )
        for each in standing
    ]


def _subject(tx: Tx, instance: Instance, language: Language) -> dict[str, object]:
    bundle = store.load_bundle(tx, instance.bundle_hash)
    return {
        "instance_id": instance.id,
        "process": bundle.process_name(instance.process, language),
        "kind": instance.subject_kind,
        "id": instance.subject_id,
        "title": instance.subject_title,
    }


def _failed_jobs(tx: Tx, language: Language) -> list[FailedJobView]:
    return [
        FailedJobView(
            id=job.id,
            name=job.name,
            attempts=job.attempts,
            failed_at=job.failed_at,
            subject=(
                SubjectView.model_validate(_subject(tx, instance, language)) if instance else None
            ),
        )
        for job, instance in oversight.failed(tx)
    ]
