"""An approved agreement on its way to the sealed file: what signing calls."""

from collections.abc import Sequence
from datetime import datetime

from fellesgrep.agreements import attachments
from fellesgrep.agreements.attachments import Numbered
from fellesgrep.agreements.departures import departures_of
from fellesgrep.agreements.drafting import find_current, get_current, language_of
from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.moves import move, tell
from fellesgrep.agreements.record import NAME, AgreementData
from fellesgrep.agreements.recording import Written, record
from fellesgrep.agreements.rules import Status
from fellesgrep.agreements.slots import SIGNATORIES
from fellesgrep.agreements.versions import Occasion, keep_version
from fellesgrep.contract_templates.rendering import frame, render
from fellesgrep.core import files, published_schemas
from fellesgrep.core.problems import Conflict
from fellesgrep.core.tx import Tx
from fellesgrep.documents import frames
from fellesgrep.documents.frames import Signature, SignaturePage
from fellesgrep.documents.models import Attachment, HtmlDocument
from fellesgrep.notifications.settings import NOTIFICATIONS

PDF = "application/pdf"
__all__ = [
    "enclosed_files",
    "enclosures",
    "end",
    "find_current",
    "freeze",
    "get_current",
    "keep_sealed",
    "keep_stamped",
    "mark_declined",
    "mark_out_for_signature",
    "mark_sealing",
    "mark_signed",
    "record_of",
    "render_final",
    "return_for_correction",
    "shown_document",
    "shown_file_name",
    "shown_html",
    "void",
]  # fmt: skip


def freeze(tx: Tx, agreement: Agreement) -> str:
    """Make the document that everybody is shown, once; returns its SHA-256.

    Called again, as a repeated job does, it returns the same.
    """
    if agreement.shown_sha256 is not None:
        return agreement.shown_sha256
    if agreement.status != Status.APPROVED or agreement.approved_at is None:
        raise Conflict("agreements.problem.not_approved")
    pdf = render(
        tx,
        shown_document(tx, agreement),
        at=agreement.approved_at,
        identifier=f"agreement:{agreement.id}:shown",
        attachments=enclosures(tx, agreement),
    )
    attachments.freeze(tx, agreement, tx.now())
    agreement.shown_sha256 = files.keep(tx.session, pdf, PDF, at=tx.now())
    agreement.frozen_at = agreement.updated_at = tx.now()
    tx.session.flush()
    tell(tx, agreement, "frozen", {"sha256": agreement.shown_sha256})
    return agreement.shown_sha256


def shown_html(tx: Tx, agreement: Agreement) -> HtmlDocument:
    """Return the submitted agreement as pages show it: its text, and who is to sign it.

    Its attachments are listed; readers open the files themselves.
    """
    return _set(tx, agreement, _to_be_signed(tx, agreement), drawn=False)


def shown_document(tx: Tx, agreement: Agreement) -> HtmlDocument:
    """Return the submitted agreement as the document has it, with the pages of attachments."""
    return _set(tx, agreement, _to_be_signed(tx, agreement))


def enclosures(tx: Tx, agreement: Agreement) -> list[Attachment]:
    """Return the files of a submitted agreement, as they go into the PDF unchanged."""
    return [each.embedded(tx) for each in enclosed_files(tx, agreement)]


def enclosed_files(tx: Tx, agreement: Agreement) -> tuple[Numbered, ...]:
    """Return the files of a submitted agreement with their numbers."""
    number = agreement.data["case"]["number"]
    return attachments.numbered_now(tx, agreement, agreement.body, number)


def _to_be_signed(tx: Tx, agreement: Agreement) -> SignaturePage | None:
    signatories = _signatories(tx, agreement)
    return SignaturePage(signatories) if signatories else None


def _signatories(tx: Tx, agreement: Agreement) -> tuple[Signature, ...]:
    told = tx.house.registry.all(SIGNATORIES).values()
    return tuple(each for signing in told for each in signing(tx, agreement.id))


def _set(
    tx: Tx, agreement: Agreement, page: SignaturePage | None, *, drawn: bool = True
) -> HtmlDocument:
    version = agreement.template_version
    if version is None or not agreement.body:
        raise Conflict("agreements.problem.not_approved")
    set_in = frame(
        version.read_manifest(),
        agreement.body,
        agreement.data,
        language_of(agreement),
        page,
        tuple(each.enclosed(tx, drawn=drawn) for each in enclosed_files(tx, agreement)),
    )
    return frames.agreement(set_in)


def render_final(
    tx: Tx,
    agreement: Agreement,
    page: SignaturePage,
    *,
    at: datetime,
    also: Sequence[Attachment] = (),
) -> bytes:
    """Return agreement and signature page as one PDF/A-3a, ready to be sealed.

    It carries the document that was shown, unchanged (`Source`), the agreement's record as JSON
    (`Data`), its attachments (`Supplement`), and what else the caller gives. The same input gives
    the same bytes; `at` is the only time in it.
    """
    return render(
        tx,
        _set(tx, agreement, page),
        at=at,
        identifier=f"agreement:{agreement.id}:sealed",
        attachments=(*_own_attachments(tx, agreement), *also),
    )


def shown_file_name(agreement: Agreement) -> str:
    """Return the name of the document that was shown, as an attachment bears it."""
    return f"{agreement.data['case']['number']}-vist.pdf"


def _own_attachments(tx: Tx, agreement: Agreement) -> tuple[Attachment, ...]:
    if agreement.shown_sha256 is None or agreement.frozen_at is None:
        raise Conflict("agreements.problem.not_frozen")
    return (
        Attachment(
            shown_file_name(agreement),
            files.read(tx.session, agreement.shown_sha256),
            PDF,
            "Source",
            agreement.frozen_at,
        ),
        Attachment(
            f"{agreement.data['case']['number']}-data.json",
            published_schemas.as_json(record_of(tx, agreement)),
            "application/json",
            "Data",
            agreement.frozen_at,
        ),
        *enclosures(tx, agreement),
    )


def record_of(tx: Tx, agreement: Agreement) -> AgreementData:
    """Return what machines read of an agreement whose document has been shown."""
    version = agreement.template_version
    if version is None or agreement.approved_at is None or agreement.frozen_at is None:
        raise Conflict("agreements.problem.not_frozen")
    address = tx.house.settings(NOTIFICATIONS).public_url
    return record(
        Written(
            schema_address=published_schemas.address(address, NAME),
            id=agreement.id,
            number=agreement.number,
            title=agreement.title,
            language=language_of(agreement),
            manifest=version.read_manifest(),
            version=version.number,
            content_sha256=version.content_hash,
            body=agreement.body,
            data=agreement.data,
            approved_at=agreement.approved_at,
            frozen_at=agreement.frozen_at,
            departed=frozenset(each.section_id for each in departures_of(tx, agreement)),
            signatories=_signatories(tx, agreement),
            attachments=[each.facts() for each in enclosed_files(tx, agreement)],
        )
    )


def mark_out_for_signature(tx: Tx, agreement: Agreement) -> None:
    """The requests are on their way; refused before the document is frozen."""
    if agreement.shown_sha256 is None:
        raise Conflict("agreements.problem.not_frozen")
    keep_version(tx, agreement, agreement.body, Occasion.SIGNATURE)
    move(tx, agreement, Status.OUT_FOR_SIGNATURE, "sent_out")


def mark_signed(tx: Tx, agreement: Agreement) -> None:
    """Everybody has signed, the municipality too."""
    move(tx, agreement, Status.SIGNED, "signed")


def mark_declined(tx: Tx, agreement: Agreement) -> None:
    """A partner does not want to sign."""
    move(tx, agreement, Status.DECLINED, "declined")


def void(tx: Tx, agreement: Agreement) -> None:
    """The agreement is given up before it was sealed."""
    move(tx, agreement, Status.VOIDED, "voided")


def return_for_correction(tx: Tx, agreement: Agreement) -> None:
    """Something in it must be corrected; the next version is another agreement."""
    move(tx, agreement, Status.RETURNED, "returned_for_correction")


def end(tx: Tx, agreement: Agreement) -> None:
    """What was agreed is done, or another agreement has taken its place."""
    move(tx, agreement, Status.ENDED, "ended")


def mark_sealing(tx: Tx, agreement: Agreement) -> None:
    """The seal is being set."""
    move(tx, agreement, Status.SEALING, "sealing")


def keep_sealed(tx: Tx, agreement: Agreement, sealed_pdf: bytes) -> str:
    """Keep the sealed file for good; returns its SHA-256."""
    agreement.sealed_sha256 = files.keep(tx.session, sealed_pdf, PDF, at=tx.now())
    agreement.sealed_at = tx.now()
    move(tx, agreement, Status.SEALED, "sealed", {"sha256": agreement.sealed_sha256})
    return agreement.sealed_sha256


def keep_stamped(tx: Tx, agreement: Agreement, stamped_pdf: bytes) -> str:
    """Keep the sealed file with time stamps appended beside the first; returns its SHA-256."""
    agreement.stamped_sha256 = files.keep(tx.session, stamped_pdf, PDF, at=tx.now())
    agreement.updated_at = tx.now()
    tx.session.flush()
    return agreement.stamped_sha256
