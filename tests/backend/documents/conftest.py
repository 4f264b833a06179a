from datetime import UTC, date, datetime

import pytest

from fellesgrep.documents.frames import (
    AgreementFrame,
    Fact,
    LetterFrame,
    Party,
    Signature,
    SignaturePage,
)
from fellesgrep.documents.models import Attachment, Branding

MADE = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
_MARK = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 48">
<path d="M2 2h36v22c0 12-8 19-18 22C10 43 2 36 2 24z" fill="#0d2b45"/></svg>"""
_ROWS = "".join(
    f'<tr><th scope="row">Post {number}</th><td class="amount">{number} kr</td></tr>'
    for number in range(1, 60)
)
_BODY = f"""
<section><h2>Formål</h2>
<p>Partene ruster opp gården – «et sted for alle», jf. § 1-1. Rammen er 1\u00a0250\u00a0000 kr.</p>
<p>ÆØÅ æøå</p></section>
<section><h2>Budsjett</h2>
<table><thead><tr><th scope="col">Budsjettpost</th><th scope="col">Beløp</th></tr></thead>
<tbody>{_ROWS}</tbody></table></section>
<section><h2>Varighet</h2><h3>Oppsigelse</h3>
<ol class="numbered"><li>Tre måneder.</li><li>Skriftlig.</li></ol></section>
"""


@pytest.fixture
def branding() -> Branding:
    return Branding(
        municipality="Nordvik kommune",
        unit="Områdesatsing Solbakken",
        organisation_number="998877665",
        contact_lines=("Rådhusgata 1, 4801 Nordvik",),
        mark=_MARK,
    )


@pytest.fixture
def shown_pdf() -> Attachment:
    return Attachment(
        name="avtale-vist.pdf",
        content=bytes(range(256)) * 20,
        media_type="application/pdf",
        relationship="Source",
        modified=datetime(2026, 11, 19, tzinfo=UTC),
        description="Avtalen slik den ble vist",
    )


@pytest.fixture
def agreement_frame() -> AgreementFrame:
    return AgreementFrame(
        language="nb",
        kind="Samarbeidsavtale",
        title="Opprusting av fellesgården",
        reference="2026-00123",
        parties=(
            Party("Kommunen", "Nordvik kommune", "998877665", "Rådhusgata 1", "Ingrid Hansen"),
            Party("Borettslaget", "Solbakken borettslag", "923609016"),
        ),
        facts=(Fact("Varighet", "2027-2029"),),
        body=_BODY,
        signature_page=SignaturePage(
            signatures=(
                Signature(
                    name="Per Ås",
                    on_behalf_of="Solbakken borettslag",
                    capacity="styreleder",
                    signed_at=datetime(2026, 11, 20, 12, 5, tzinfo=UTC),
                    method="Engangskode til e-post",
                ),
            ),
            sealed_by="Nordvik kommune",
            shown_file_name="avtale-vist.pdf",
            shown_sha256="ab" * 32,
        ),
    )


@pytest.fixture
def letter_frame() -> LetterFrame:
    return LetterFrame(
        language="nn",
        subject="Vedtak om støtte",
        sent_on=date(2026, 11, 25),
        reference="2026-00123-4",
        recipient_lines=("Solbakken burettslag", "Solbakkvegen 3"),
        body="<p>Vi viser til søknaden.</p>",
        sender_name="Ingrid Hansen",
        attachments=("Finansieringsplan",),
    )
