"""What a shipped template's sample reads like as PDF; run as a program it writes that down anew.

`python -m tests.contract_templates.expected` after a text was changed on purpose; read the
difference before you commit it.
"""

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from fellesgrep.contract_templates.fill import fill
from fellesgrep.contract_templates.rendering import frame
from fellesgrep.contract_templates.shipped import FOLDER, ShippedTemplate, shipped
from fellesgrep.core.languages import Language
from fellesgrep.documents import frames
from fellesgrep.documents.models import Branding
from fellesgrep.documents.render import render_pdf

_PLAIN_SPACES = {0x2002: " ", 0xA0: " "}
_BRANDING = Branding(municipality="Solvik kommune", organisation_number="399999995")


def texts() -> Iterator[tuple[ShippedTemplate, Language]]:
    """Return every shipped text."""
    for template in shipped():
        for language in template.bodies:
            yield template, language


def render_sample(template: ShippedTemplate, language: Language) -> bytes:
    """Return a text filled with its sample, as PDF."""
    body = fill(template.bodies[language], template.sample, language)
    return render_pdf(
        frames.agreement(frame(template.manifest, body, template.sample, language)),
        branding=_BRANDING,
        source_date=datetime(2026, 3, 2, tzinfo=UTC),
        identifier=template.manifest.key,
    )


def text_of(pdf: bytes) -> str:
    """Return a PDF's text, line by line."""
    out = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    lines = out.stdout.decode().translate(_PLAIN_SPACES).replace("\f", "\n").splitlines()
    return "\n".join(" ".join(line.split()) for line in lines if line.strip()) + "\n"


def expected_file(template: ShippedTemplate, language: Language) -> Path:
    """Return where the expected text of a shipped text stands."""
    return FOLDER / template.manifest.key / f"expected.{language}.txt"


if __name__ == "__main__":
    for each, spoken in texts():
        expected_file(each, spoken).write_text(text_of(render_sample(each, spoken)), "utf-8")
