"""Is this file the one that was sealed? Asked of the record here, or of the file alone.

The record knows the SHA-256 of every file that was sealed: whatever byte was changed, the file is
another one. Without the record the seal answers, read strictly (`verify_seal`, `canonical`), and
what the file carries inside tells who signed.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from cryptography import x509
from sqlalchemy import or_, select

from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.rules import Status
from fellesgrep.core.audit import Subject, timeline
from fellesgrep.core.tx import Tx
from fellesgrep.signing import sealed_files
from fellesgrep.signing.evidence_record import FORMAT
from fellesgrep.signing.methods import called
from fellesgrep.signing.models import SealedFile
from fellesgrep.signing.municipal_seal import known_certificates, known_stampers
from fellesgrep.signing.rounds import round_of
from fellesgrep.signing.verify_seal import SealReport, attachments, verify


class Answer(StrEnum):
    """What can be said of a file."""

    GENUINE = "genuine"
    """Exactly this file was sealed here."""

    BY_SEAL = "by_seal"
    """Unchanged since it was sealed with a certificate that is known here; no record was asked."""

    SHOWN = "shown"
    """What the signatories were shown, not the sealed agreement."""

    CHANGED = "changed"
    FOREIGN = "foreign"
    """Unchanged, but sealed by somebody unknown here."""

    UNSEALED = "unsealed"
    UNREADABLE = "unreadable"


GOOD = frozenset({Answer.GENUINE, Answer.BY_SEAL})


@dataclass(frozen=True)
class Signer:
    """One signature, as the record or the file's own evidence tells it."""

    name: str
    on_behalf_of: str
    method: str
    signed_at: datetime


@dataclass(frozen=True)
class Agreed:
    """The agreement that a file is. `in_force` is None where no record was asked.

    `standing` names the text that tells how it stands now, or how it ended.
    `newer_level` is the level of a newer sealed file, with time stamps that this one lacks.
    """

    title: str
    number: str
    signers: tuple[Signer, ...]
    sealed_at: datetime | None = None
    level: str = ""
    newer_level: str = ""
    in_force: bool | None = None
    standing: str = ""


@dataclass(frozen=True)
class Verification:
    """The answer, and what it rests on."""

    answer: Answer
    sha256: str
    seal: SealReport | None = None
    agreed: Agreed | None = None


_BY_VERDICT = {"changed": Answer.CHANGED, "no_seal": Answer.UNSEALED}


def verify_alone(
    pdf: bytes,
    known: Sequence[x509.Certificate],
    known_stampers: Sequence[x509.Certificate] = (),
) -> Verification:
    """Judge a file by itself; `known` are the certificates that count as ours."""
    seal = verify(pdf, known=known, known_stampers=known_stampers)
    if seal.verdict == "unchanged":
        answer = Answer.BY_SEAL if seal.trusted else Answer.FOREIGN
    else:
        answer = _BY_VERDICT.get(seal.verdict, Answer.UNREADABLE)
    found = Verification(answer, hashlib.sha256(pdf).hexdigest(), seal)
    return replace(found, agreed=_told_inside(pdf)) if answer is Answer.BY_SEAL else found


def verify_here(tx: Tx, pdf: bytes) -> Verification:
    """Judge a file by the record, and where that does not know it by its seal."""
    alone = verify_alone(pdf, known_certificates(tx.house), known_stampers(tx.house))
    return look_up(tx, alone.sha256, alone.seal) or alone


def look_up(tx: Tx, sha256: str, seal: SealReport | None = None) -> Verification | None:
    """Return what the record knows of a file by its fingerprint; None where it knows nothing."""
    file = sealed_files.by_fingerprint(tx, sha256)
    agreement = tx.session.scalars(
        select(Agreement)
        .where(
            Agreement.id == file.agreement_id
            if file
            else or_(Agreement.sealed_sha256 == sha256, Agreement.shown_sha256 == sha256)
        )
        .limit(1)
    ).first()
    if agreement is None:
        return None
    genuine = file is not None or agreement.sealed_sha256 == sha256
    answer = Answer.GENUINE if genuine else Answer.SHOWN
    return Verification(answer, sha256, seal, _recorded(tx, agreement, file))


def _recorded(tx: Tx, agreement: Agreement, file: SealedFile | None) -> Agreed:
    newest = sealed_files.newest(tx, agreement.id)
    signing = round_of(tx, agreement.id)
    given = [
        Signer(
            each.name,
            each.party_name,
            called(each.method, each.evidence),
            each.answered_at,
        )
        for each in (signing.requests if signing else ())
        if each.answered_at is not None and each.method is not None
    ]
    own = signing.countersignature if signing else None
    if own is not None:
        municipality = agreement.data["municipality"]["name"]
        given.append(Signer(own.name, municipality, own.method, own.signed_at))
    return Agreed(
        title=agreement.title,
        number=agreement.data["case"]["number"],
        signers=tuple(given),
        sealed_at=agreement.sealed_at,
        level=file.level if file else _level(tx, agreement),
        newer_level=newest.level if newest and file and newest.id != file.id else "",
        in_force=agreement.status == Status.SEALED,
        standing=_standing(tx, agreement),
    )


_STANDINGS = {
    Status.SEALED: "in_force",
    Status.DECLINED: "was_declined",
    Status.VOIDED: "was_voided",
    Status.RETURNED: "was_returned",
}


def _standing(tx: Tx, agreement: Agreement) -> str:
    """Return the text that tells how it stands: in force, ended, replaced, or never signed."""
    status = Status(agreement.status)
    if status != Status.ENDED:
        return _STANDINGS.get(status, "not_signed_yet")
    later = select(Agreement.id).where(
        Agreement.case_id == agreement.case_id,
        Agreement.number > agreement.number,
        Agreement.sealed_at.is_not(None),
    )
    return "replaced" if tx.session.scalars(later.limit(1)).first() else "ended"


def _level(tx: Tx, agreement: Agreement) -> str:
    for entry in timeline(tx.session, Subject("agreement", agreement.id)):
        if entry.kind == "signing:sealed":
            return str(entry.data["level"])
    return ""


def _told_inside(pdf: bytes) -> Agreed | None:
    """Return what the evidence inside a file says; None where it carries none that we can read."""
    for name, content in attachments(pdf):
        if name.endswith("-signaturer.json"):
            record = json.loads(content)
            if record.get("format") == FORMAT:
                return _of_record(record)
    return None


def _of_record(record: dict[str, Any]) -> Agreed:
    told, own = record["agreement"], record["countersignature"]
    given = [*record["signatures"], {**own, "on_behalf_of": told.get("municipality", "")}]
    return Agreed(
        title=told.get("title", ""),
        number=told["case_number"],
        signers=tuple(
            Signer(
                each["name"],
                each["on_behalf_of"],
                called(each["method"], each.get("particulars", {})),
                datetime.fromisoformat(each["signed_at"]),
            )
            for each in given
            if isinstance(each, dict)
        ),
    )
