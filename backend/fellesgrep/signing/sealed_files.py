"""Every sealed file that was ever given out of an agreement, and the time stamps it gets later."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from fellesgrep.agreements import service as agreements
from fellesgrep.agreements.models import Agreement
from fellesgrep.core import files
from fellesgrep.core.audit import Subject
from fellesgrep.core.tx import House, Tx
from fellesgrep.signing.models import SealedFile
from fellesgrep.signing.municipal_seal import Sealed, raised, wanted_level
from fellesgrep.signing.seal_levels import Level

RAISE = "signing.raise_seals"
_AT_ONCE = 50


def newest(tx: Tx, agreement_id: UUID) -> SealedFile | None:
    """Return the sealed file that is given out now."""
    return tx.session.scalars(
        select(SealedFile)
        .where(SealedFile.agreement_id == agreement_id)
        .order_by(SealedFile.position.desc())
        .limit(1)
    ).first()


def all_of(tx: Tx, agreement_id: UUID) -> Sequence[SealedFile]:
    """Return every sealed file of an agreement, oldest first."""
    return tx.session.scalars(
        select(SealedFile)
        .where(SealedFile.agreement_id == agreement_id)
        .order_by(SealedFile.position)
    ).all()


def by_fingerprint(tx: Tx, sha256: str) -> SealedFile | None:
    """Return what is on record of a sealed file, an earlier one too."""
    return tx.session.scalars(select(SealedFile).where(SealedFile.sha256 == sha256)).first()


def record(tx: Tx, agreement: Agreement, sealed: Sealed, sha256: str) -> SealedFile:
    """Write down a sealed file that is kept."""
    last = newest(tx, agreement.id)
    row = SealedFile(
        agreement_id=agreement.id,
        position=last.position + 1 if last else 0,
        sha256=sha256,
        level=sealed.level,
        certificate_fingerprint=sealed.certificate_fingerprint,
        made_at=tx.now(),
    )
    tx.session.add(row)
    tx.session.flush()
    return row


def raise_seals(house: House) -> None:
    """Append what a seal lacks, where an authority was down when it was set; hour by hour.

    Nothing is locked while authorities are asked: a file that another worker was quicker with is
    left as it is.
    """
    wanted = wanted_level(house)
    with house.transaction() as tx:
        lower = [each for each in Level if each.rank < wanted.rank]
        latest = (
            select(SealedFile.agreement_id, func.max(SealedFile.position).label("position"))
            .group_by(SealedFile.agreement_id)
            .subquery()
        )
        rows = tx.session.scalars(
            select(SealedFile)
            .join(
                latest,
                (latest.c.agreement_id == SealedFile.agreement_id)
                & (latest.c.position == SealedFile.position),
            )
            .where(SealedFile.level.in_(lower))
            .order_by(SealedFile.made_at)
            .limit(_AT_ONCE)
        ).all()
        found = [(row.id, row.agreement_id, _read(tx, row)) for row in rows]
    for row_id, agreement_id, sealed in found:
        better = raised(house, sealed)
        if better is not None:
            with house.transaction() as tx:
                _replace(tx, agreement_id, row_id, better)


def _read(tx: Tx, row: SealedFile) -> Sealed:
    content = files.read(tx.session, row.sha256)
    return Sealed(content, Level(row.level), row.certificate_fingerprint)


def _replace(tx: Tx, agreement_id: UUID, before: UUID, better: Sealed) -> None:
    agreement = tx.session.get_one(Agreement, agreement_id, with_for_update=True)
    last = newest(tx, agreement_id)
    if last is None or last.id != before:
        return
    sha256 = agreements.keep_stamped(tx, agreement, better.content)
    record(tx, agreement, better, sha256)
    tx.audit(
        "signing:seal_raised",
        Subject("case", agreement.case_id),
        {"level": better.level.value, "sha256": sha256},
        also=[Subject("agreement", agreement.id)],
    )
