"""What sealing costs beside pyHanko alone."""

import io
import statistics
import time
from collections.abc import Callable
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

ROUNDS = 9
NOW = datetime(2026, 3, 2, tzinfo=UTC)
SETTINGS = SealSettings(common_name="Solvik kommune", organisation_number="399000017")


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


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

    ours(), bare()
    rounds = [(_seconds(ours), _seconds(bare)) for _ in range(ROUNDS)]
    return statistics.median(a for a, _ in rounds) / statistics.median(b for _, b in rounds)
