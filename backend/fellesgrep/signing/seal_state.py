"""Where the sealing of an agreement stands: signed by all, being sealed, failed, sealed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import select

from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.rules import Status
from fellesgrep.core import jobs
from fellesgrep.core.audit import Subject
from fellesgrep.core.languages import Language, say
from fellesgrep.core.problems import Conflict
from fellesgrep.core.tx import House, Tx
from fellesgrep.signing import rounds, sealed_files
from fellesgrep.signing.models import SigningRound
from fellesgrep.signing.municipal_seal import SealBroken, wanted_level
from fellesgrep.signing.schemas import SealedFileView, SealView, WaitingSeal
from fellesgrep.signing.seal_device import DeviceFailed
from fellesgrep.signing.sealing import verification_address
from fellesgrep.workflow import service as workflow
from fellesgrep.workflow.stepping import RUN_OPERATION

SEALS = "signing.seal"
"""The operation of the step that seals."""

State = Literal["sealing", "failed", "sealed"]


def note_failure(tx: Tx, subject: Subject, reason: Exception) -> None:
    """Keep that sealing came to nothing, and what kind of fault it was, for those who look."""
    signing = rounds.current_round(tx, subject.id)
    rounds.lock(tx, signing)
    signing.seal_failures += 1
    signing.seal_failed_at = signing.updated_at = tx.now()
    signing.seal_problem = _fault_code(reason)
    tx.session.flush()


def _fault_code(reason: Exception) -> str:
    """Return what kind of fault it is; the words of an exception may tell paths and secrets."""
    if isinstance(reason, SealBroken):
        return reason.code
    if isinstance(reason, DeviceFailed):
        return "device_failed"
    if isinstance(reason, FileNotFoundError):
        return "key_missing"
    if isinstance(reason, PermissionError):
        return "key_unreadable"
    return "key_damaged" if isinstance(reason, ValueError) else "unknown"


def view(tx: Tx, case_id: UUID, language: Language, *, may_seal: bool) -> SealView | None:
    """Return how it stands with the seal of a case's agreement; None before all have signed."""
    signing = rounds.current_round(tx, case_id)
    agreement = rounds.agreement_of(tx, signing)
    state = _state(agreement, signing)
    own = signing.countersignature
    if state is None or own is None:
        return None
    given_out = sealed_files.all_of(tx, agreement.id)
    return SealView(
        state=state,
        signed_at=own.signed_at,
        sealed_at=agreement.sealed_at,
        sha256=agreement.final_sha256,
        level=given_out[-1].level if given_out else "",
        wanted_level=wanted_level(tx.house),
        files=[SealedFileView.model_validate(each) for each in given_out],
        verify_at=verification_address(tx.house),
        failures=signing.seal_failures,
        failed_at=signing.seal_failed_at if state == "failed" else None,
        problem=_in_words(signing, language) if state == "failed" else "",
        may_seal=may_seal and state != "sealed",
    )


def _state(agreement: Agreement, signing: SigningRound) -> State | None:
    if agreement.sealed_at is not None:
        return "sealed"
    if agreement.status not in {Status.SIGNED, Status.SEALING}:
        return None
    return "failed" if signing.seal_failures else "sealing"


def _in_words(signing: SigningRound, language: Language) -> str:
    return say(language, f"signing.seal_fault.{signing.seal_problem}")


def waiting(tx: Tx, language: Language, *, may_seal: bool) -> list[WaitingSeal]:
    """Return the agreements that all have signed and that are not sealed yet, oldest first."""
    rows = _unsealed(tx)
    return [
        WaitingSeal(
            case_id=agreement.case_id,
            title=agreement.title,
            number=agreement.data["case"]["number"],
            signed_at=_signed_at(signing),
            failures=signing.seal_failures,
            failed_at=signing.seal_failed_at,
            problem=_in_words(signing, language) if signing.seal_failures else "",
            may_seal=may_seal,
        )
        for signing, agreement in rows
    ]


def _unsealed(tx: Tx) -> Sequence[tuple[SigningRound, Agreement]]:
    found = tx.session.execute(
        select(SigningRound, Agreement)
        .join(Agreement, Agreement.id == SigningRound.agreement_id)
        .where(Agreement.status.in_((Status.SIGNED, Status.SEALING)))
        .order_by(Agreement.updated_at)
    )
    return [(row[0], row[1]) for row in found]


def _signed_at(signing: SigningRound) -> datetime | None:
    return signing.countersignature.signed_at if signing.countersignature else None


def seal_again(tx: Tx, case_id: UUID) -> None:
    """Let the worker seal now what it failed to seal; raises `Conflict` where nothing waits."""
    if not workflow.take_again(tx, Subject("case", case_id), SEALS):
        raise Conflict("signing.problem.nothing_to_seal")
    tx.audit("signing:seal_again", Subject("case", case_id))


def go_on_sealing(house: House) -> None:
    """Hour by hour, for as long as it takes: try again whatever waits for its seal."""
    with house.transaction() as tx:
        at_work = jobs.under_way(tx.session, RUN_OPERATION, "instance_id")
        for _, agreement in _unsealed(tx):
            subject = Subject("case", agreement.case_id)
            if not at_work & workflow.running_ids(tx, subject):
                workflow.take_again(tx, subject, SEALS)
