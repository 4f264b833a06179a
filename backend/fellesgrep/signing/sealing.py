"""Seal a fully signed agreement and tell everybody."""

from fellesgrep.agreements import service as agreements
from fellesgrep.agreements.drafting import language_of
from fellesgrep.agreements.rules import Status
from fellesgrep.core.audit import Subject
from fellesgrep.core.languages import say
from fellesgrep.core.problems import Conflict
from fellesgrep.core.tx import House, Tx
from fellesgrep.notifications.settings import NOTIFICATIONS
from fellesgrep.signing import municipal_seal, paper, rounds, sealed_files
from fellesgrep.signing.evidence import evidence_file, signature_page
from fellesgrep.signing.models import RequestStatus, SigningRound
from fellesgrep.signing.sending import write, write_to_person


def verification_address(house: House) -> str:
    """Return where anybody can check a sealed file, as it is printed on the signature page."""
    return f"{house.settings(NOTIFICATIONS).public_url}/verify"


def seal_agreement(tx: Tx, signing: SigningRound) -> None:
    """Make the final document and seal it; a second time, as jobs are repeated, does nothing.

    One rendering of agreement and signature page; the document that was shown is carried inside,
    byte for byte; one seal at the end.
    """
    rounds.lock(tx, signing)
    agreement = rounds.agreement_of(tx, signing)
    own = signing.countersignature
    if agreement.status == Status.SEALED:
        return
    if agreement.status != Status.SEALING or own is None:
        raise Conflict("signing.problem.not_all_signed")
    language = language_of(agreement)
    final = agreements.render_final(
        tx,
        agreement,
        signature_page(
            tx, agreement, signing, own, language, verify_url=verification_address(tx.house)
        ),
        at=own.signed_at,
        also=[evidence_file(tx, agreement, signing, own), *paper.attachments(tx, signing)],
    )
    reason = say(language, "signing.seal.reason", number=agreement.data["case"]["number"])
    sealed = municipal_seal.seal(tx.house, final, reason=reason)
    sha256 = agreements.keep_sealed(tx, agreement, sealed.content)
    sealed_files.record(tx, agreement, sealed, sha256)
    signing.seal_failures, signing.seal_problem, signing.seal_failed_at = 0, "", None
    tx.audit(
        "signing:sealed",
        Subject("case", agreement.case_id),
        {"level": sealed.level.value, "certificate": sealed.certificate_fingerprint},
        also=[Subject("agreement", agreement.id)],
    )
    told = {
        "level": sealed.level.value,
        "sha256": sha256,
        "address": verification_address(tx.house),
    }
    for request in signing.requests:
        if request.status == RequestStatus.SIGNED:
            write(tx, request, "signing.sealed", told)
    for person_id in rounds.people_of(tx, signing):
        write_to_person(tx, signing, person_id, "signing.sealed_here")
