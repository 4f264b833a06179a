"""What sealing costs beside pyHanko alone."""

import io
from datetime import UTC, datetime
from pathlib import Path

from markupsafe import Markup
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter

from fellesgrep.documents.models import Branding, HtmlDocument
from fellesgrep.documents.render import render_pdf
from fellesgrep.signing.seal import seal_pdf
from fellesgrep.signing.seal_key import SealSettings, load_or_create_seal_key
from tests.bench.figures import figure
from tests.bench.room import ratio_of_times

NOW = datetime(2026, 3, 2, tzinfo=UTC)
SETTINGS = SealSettings(common_name="Solvik kommune", organisation_number="399000017")


@figure(
    "seal_vs_bare_pyhanko",
    "Sealing an agreement, the key read from its file, in pyHanko alone with its key in memory",
    unit="×",
    bound=1.5,
)
def sealing(data_dir: Path) -> float:
    document = HtmlDocument("Avtale", "nb", Markup("<h1>Avtale</h1>" + "<p>Innhold.</p>" * 200))
    pdf = render_pdf(
        document, branding=Branding(municipality="Solvik"), source_date=NOW, identifier="bench"
    )
    load_or_create_seal_key(data_dir, SETTINGS, now=NOW)
    signer = SimpleSigner.load(
        str(data_dir / "seal-key.pem"), str(data_dir / "seal-key.pem"), key_passphrase=None
    )
    assert signer is not None

    def bare() -> object:
        terms = PdfSignatureMetadata(
            field_name="Segl",
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        field = SigFieldSpec("Segl")
        return PdfSigner(terms, signer, new_field_spec=field).sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(pdf))
        )

    def ours() -> object:
        key = load_or_create_seal_key(data_dir, SETTINGS, now=NOW)
        return seal_pdf(pdf, key, reason="Avtale", location="Norge", signing_time=NOW)

    return ratio_of_times(ours, bare)
