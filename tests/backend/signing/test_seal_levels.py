"""Time stamps from real servers over HTTP: which is used, what is reached, what is refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from markupsafe import Markup

from fellesgrep.documents.models import Branding, HtmlDocument
from fellesgrep.documents.render import render_pdf
from fellesgrep.signing.seal import risen, seal_pdf
from fellesgrep.signing.seal_key import SealKey, make_certificate
from fellesgrep.signing.time_stamps import Stamping
from fellesgrep.signing.verification import Answer, verify_alone
from fellesgrep.signing.verify_seal import verify
from tests.backend.signing.tampering import flips
from tests.backend.signing.time_stamp_server import Server, time_stamp_server

NOW = datetime.now(UTC)


@pytest.fixture
def first() -> Iterator[Server]:
    with time_stamp_server("Første utsteder") as server:
        yield server


@pytest.fixture
def second() -> Iterator[Server]:
    with time_stamp_server("Andre utsteder") as server:
        yield server


@pytest.fixture(scope="module")
def own() -> SealKey:
    return make_certificate("Nordvik kommune", "998877665", now=NOW)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    document = HtmlDocument("Avtale", "nb", Markup("<h1>Avtale</h1><p>Innhold – æøå</p>"))
    return render_pdf(
        document, branding=Branding(municipality="Nordvik"), source_date=NOW, identifier="a"
    )


def stamping(*servers: Server, seal_roots: tuple[x509.Certificate, ...] = ()) -> Stamping:
    return Stamping(
        tuple(each.address() for each in servers),
        tuple(each.ca.certificate for each in servers),
        seal_roots,
        timeout=5,
    )


def sealed(pdf: bytes, key: SealKey, told: Stamping | None) -> bytes:
    return seal_pdf(
        pdf, key, reason="", location="", signing_time=datetime.now(UTC), stamping=told
    ).content


def test_a_time_stamp_makes_the_seal_b_t_and_names_who_stamped(
    pdf: bytes, own: SealKey, first: Server
) -> None:
    made = sealed(pdf, own, stamping(first))
    report = verify(made, known=[own.trusted], known_stampers=[first.ca.certificate])
    assert (report.verdict, report.level) == ("unchanged", "B-T")
    assert (report.stamped_by, report.stamp_trusted) == ("Prøvestempel", True)
    assert report.stamped_at is not None
    assert abs(report.stamped_at - datetime.now(UTC)) < timedelta(minutes=2)
    unknown = verify(made, known=[own.trusted])
    assert (unknown.level, unknown.stamp_trusted) == ("B-T", False)


def test_authorities_are_tried_in_order_and_the_second_is_used_when_the_first_is_down(
    pdf: bytes, own: SealKey, first: Server, second: Server
) -> None:
    first.up = False
    made = sealed(pdf, own, stamping(first, second))
    assert first.asked > 0
    report = verify(made, known_stampers=[second.ca.certificate])
    assert (report.level, report.stamp_trusted) == ("B-T", True)


def test_a_name_and_password_are_sent_only_to_the_authority_they_belong_to(
    pdf: bytes, own: SealKey, first: Server
) -> None:
    first.auth = "solvik:hemme lig"
    assert verify(sealed(pdf, own, stamping(first))).level == "B-B"
    told = Stamping((first.address("solvik:hemme%20lig@"),), (first.ca.certificate,))
    assert verify(sealed(pdf, own, told)).level == "B-T"
    assert "hemme" not in repr(told)


def test_without_any_authority_the_seal_is_b_b_and_is_raised_later_by_appending(
    pdf: bytes, own: SealKey, first: Server
) -> None:
    told = stamping(first)
    first.up = False
    before = sealed(pdf, own, told)
    assert verify(before).level == "B-B"
    assert list(risen(before, told)) == []
    first.up = True
    [after] = risen(before, told)
    assert after.startswith(before)
    report = verify(after, known=[own.trusted], known_stampers=[first.ca.certificate])
    assert (report.verdict, report.trusted, report.level) == ("unchanged", True, "B-T")
    assert report.stamp_trusted
    assert list(risen(after, told)) == []


def test_a_stamp_of_an_unknown_or_expired_certificate_is_refused(
    pdf: bytes, own: SealKey, first: Server, second: Server
) -> None:
    wrong = Stamping((first.address(),), (second.ca.certificate,))
    assert verify(sealed(pdf, own, wrong)).level == "B-B"
    past = datetime.now(UTC) - timedelta(days=3)
    first.stamp_with(first.ca.issue("Utløpt", until=past, stamps=True))
    assert verify(sealed(pdf, own, stamping(first))).level == "B-B"
    first.stamp_with(first.ca.issue("Ikke for stempling"))
    assert verify(sealed(pdf, own, stamping(first))).level == "B-B"


def test_a_trusted_certificate_reaches_b_lta(pdf: bytes, first: Server) -> None:
    bought = first.ca.issue("Nordvik kommune")
    told = stamping(first, seal_roots=(first.ca.certificate,))
    long_term = sealed(pdf, bought, told)
    assert verify(long_term, known=[bought.trusted]).level == "B-LT"
    [archived] = risen(long_term, told)
    report = verify(archived, known=[bought.trusted], known_stampers=[first.ca.certificate])
    assert (report.verdict, report.trusted, report.level) == ("unchanged", True, "B-LTA")


def test_a_b_b_seal_of_a_trusted_certificate_rises_to_b_lta_in_two_steps(
    pdf: bytes, first: Server
) -> None:
    bought = first.ca.issue("Nordvik kommune")
    told = stamping(first, seal_roots=(first.ca.certificate,))
    first.up = False
    before = sealed(pdf, bought, told)
    first.up = True
    steps = list(risen(before, told))
    assert [verify(each).level for each in steps] == ["B-T", "B-LTA"]
    assert steps[1].startswith(steps[0])
    assert steps[0].startswith(before)


def test_what_cannot_be_proven_is_no_long_term_seal(pdf: bytes, first: Server) -> None:
    """No revocation list is to be had: the time stamp stays, nothing more is claimed."""
    bought = first.ca.issue("Nordvik kommune")
    real, first.ca.revocation_list = first.ca.revocation_list, lambda: b""  # type: ignore[method-assign]
    told = stamping(first, seal_roots=(first.ca.certificate,))
    assert verify(sealed(pdf, bought, told)).level == "B-T"
    first.ca.revocation_list = real  # type: ignore[method-assign]


@pytest.mark.parametrize("level", ["B-T", "B-T appended", "B-LTA"])
def test_every_flipped_bit_of_a_stamped_file_is_found(
    pdf: bytes, first: Server, level: str
) -> None:
    bought = first.ca.issue("Nordvik kommune")
    roots = (first.ca.certificate,) if level == "B-LTA" else ()
    told = stamping(first, seal_roots=roots)
    made = sealed(pdf, bought, None if "appended" in level else told)
    *_, made = [made, *risen(made, told)]
    assert verify(made).level == level.split(maxsplit=1)[0]
    known = [bought.trusted]
    assert verify_alone(made, known).answer is Answer.BY_SEAL
    containers = [at for at in range(len(made)) if made.startswith(b"/Contents <", at)]
    missed = [at for at, changed in flips(made, 36, seed=7) if _passes(changed, known)]
    for begins in containers:
        length = made.index(b">", begins) - begins
        filled = len(made[begins : begins + length].rstrip(b"0"))
        for at in range(begins + 11, begins + filled, max(1, filled // 40)):
            changed = bytearray(made)
            changed[at] ^= 1
            if _passes(bytes(changed), known):
                missed.append(at)
    assert missed == []


def _passes(changed: bytes, known: list[x509.Certificate]) -> bool:
    return verify_alone(changed, known).answer is Answer.BY_SEAL


def test_a_stranger_cannot_append_anything_but_a_time_stamp(
    pdf: bytes, own: SealKey, first: Server
) -> None:
    made = sealed(pdf, own, stamping(first))
    assert verify(made + b"\n% more").verdict == "changed"
    assert verify(made + made[len(pdf) :]).verdict == "changed"


def test_an_issuer_without_its_root_is_enough_where_it_is_known(
    pdf: bytes, own: SealKey, first: Server
) -> None:
    issuer = first.ca.issue("Mellomledd").certificate
    made = sealed(pdf, replace(own, issuers=(issuer,)), None)
    assert verify(made, known=[own.certificate, issuer]).verdict == "unchanged"
    assert verify(made, known=[own.certificate]).verdict == "changed"
