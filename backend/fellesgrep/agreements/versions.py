"""Versions of an agreement's text: as it stood when it was sent somewhere, or when asked for.

They are numbered through the case, so that they go on when a new agreement takes the place of one
that came to nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from markupsafe import Markup
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.moves import tell
from fellesgrep.core.db import Base, Row, one_of
from fellesgrep.core.languages import Language, say
from fellesgrep.core.problems import NotFound
from fellesgrep.core.schema import EXTRA_SQL, append_only
from fellesgrep.core.tx import Tx
from fellesgrep.documents.models import HtmlDocument
from fellesgrep.documents.redline import redline


class Occasion(StrEnum):
    """Why a version is kept."""

    READING = "reading"
    REVIEW = "review"
    SIGNATURE = "signature"
    ASKED = "asked"


class AgreementTextVersion(Base, Row):
    """The text of an agreement as it stood once; it never changes."""

    __tablename__ = "agreement_text_version"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint(one_of("occasion", Occasion), name="occasion"),
        CheckConstraint(one_of("language", ("nb", "nn", "en")), name="language"),
        {"info": {EXTRA_SQL: [append_only("agreement_text_version")]}},
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    number: Mapped[int]
    language: Mapped[str]
    body: Mapped[str]
    occasion: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)


def keep_version(
    tx: Tx, agreement: Agreement, body: str, occasion: Occasion
) -> AgreementTextVersion:
    """Keep the text of an agreement as it stands."""
    last = select(func.max(AgreementTextVersion.number)).where(
        AgreementTextVersion.case_id == agreement.case_id
    )
    made = AgreementTextVersion(
        case_id=agreement.case_id,
        agreement_id=agreement.id,
        number=(tx.session.scalar(last) or 0) + 1,
        language=agreement.language,
        body=body,
        occasion=occasion,
        made_at=tx.now(),
        made_by_id=tx.actor.id if tx.actor.kind == "person" else None,
    )
    tx.session.add(made)
    tx.session.flush()
    if occasion is Occasion.ASKED:
        tell(tx, agreement, "version_kept", {"number": made.number})
    return made


def versions_of(tx: Tx, case_id: UUID) -> Sequence[AgreementTextVersion]:
    """Return the kept versions of a case's agreements, the newest first."""
    return tx.session.scalars(
        select(AgreementTextVersion)
        .where(AgreementTextVersion.case_id == case_id)
        .order_by(AgreementTextVersion.number.desc())
    ).all()


def version_numbered(tx: Tx, case_id: UUID, number: int) -> AgreementTextVersion:
    """Return one kept version; raises `NotFound`."""
    found = next((each for each in versions_of(tx, case_id) if each.number == number), None)
    if found is None:
        raise NotFound("core.problem.not_found")
    return found


def compare(before: AgreementTextVersion, after: AgreementTextVersion) -> str:
    """Return the later text with what is new in `ins` and what is gone in `del`."""
    return redline(before.body, after.body)


def compared_document(
    before: AgreementTextVersion, after: AgreementTextVersion, title: str, language: Language
) -> HtmlDocument:
    """Return a comparison as a document."""
    heading = say(
        language,
        "agreements.comparison.title",
        agreement=title,
        before=before.number,
        after=after.number,
    )
    explained = say(
        language,
        "agreements.comparison.explained",
        before=before.number,
        before_on=before.made_at,
        after=after.number,
        after_on=after.made_at,
    )
    content = Markup('<h1>{}</h1><p>{}</p><div class="clauses redline">{}</div>').format(
        heading,
        explained,
        Markup(compare(before, after)),  # noqa: S704 - redline has sanitized it
    )
    return HtmlDocument(heading, language, content)
