"""The public page on which anybody can check a sealed file. Nothing that is sent there is kept."""

import re
from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile
from markupsafe import Markup

from fellesgrep.core.languages import say
from fellesgrep.core.problems import Invalid, TooLarge
from fellesgrep.notifications.settings import NOTIFICATIONS
from fellesgrep.portal import frame
from fellesgrep.portal.access import AnyoneAccess, allow_anyone
from fellesgrep.portal.limits import VERIFICATIONS_PER_ADDRESS, require_within
from fellesgrep.signing.verification import GOOD, Verification, look_up, verify_here

PATH = "/verify"
LARGEST = 25_000_000
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")

router = APIRouter(prefix=PATH, tags=["verification"], include_in_schema=False)
Anyone = Annotated[AnyoneAccess, allow_anyone("verify:use")]


@router.get("")
def ask(access: Anyone) -> Response:
    """Show the one field that a file is dropped on."""
    return _page(access)


@router.post("")
def answer(
    access: Anyone,
    file: Annotated[UploadFile | None, File()] = None,
    sha256: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Judge a file, or tell by its fingerprint alone whether the record knows it.

    A browser with scripts sends the fingerprint first, and the file only where that is unknown.
    """
    require_within(access.tx.house, VERIFICATIONS_PER_ADDRESS, access.address)
    if sha256 and not _FINGERPRINT.fullmatch(sha256):
        raise Invalid.at("/sha256", "signing.problem.no_fingerprint")
    if sha256:
        found = look_up(access.tx, sha256)
        return _page(access, found) if found else Response(status_code=204)
    content = file.file.read(LARGEST + 1) if file else b""
    if len(content) > LARGEST:
        raise TooLarge("signing.problem.file_too_large")
    if not content:
        return _page(access, error=say(access.language, "signing.problem.no_file"))
    return _page(access, verify_here(access.tx, content))


def _page(access: AnyoneAccess, found: Verification | None = None, error: str = "") -> Response:
    return frame.page(
        "signing/pages/verify.html",
        access.language,
        municipality=access.tx.house.settings(NOTIFICATIONS).municipality,
        path=PATH,
        status=422 if error else 200,
        found=found,
        good=found is not None and found.answer in GOOD,
        error=error,
        wrap=_in_two_lines,
    )


def _in_two_lines(fingerprint: str) -> Markup:
    return Markup("{}<wbr>{}").format(fingerprint[:32], fingerprint[32:])
