"""`same-person`: whose log-in does a signature rest on?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from fellesgrep.commands.console import out
from fellesgrep.commands.environment import load_settings
from fellesgrep.core.refusals import Refusal


def same_person(
    file: Annotated[Path, typer.Argument(help="The sealed PDF; `verify` tells if it is genuine.")],
) -> None:
    """Ask for a national identity number, and tell which log-ins of an agreement are that person's.

    The number is typed, shown nowhere and kept nowhere. Exit status 0 if some signature is theirs.
    """
    from fellesgrep.signing import eid_rules
    from fellesgrep.signing.eid import KEY_FILE
    from fellesgrep.signing.verify_seal import attachments

    key_file = load_settings().for_signing().data_dir / KEY_FILE
    try:
        content, key = file.read_bytes(), key_file.read_bytes()
    except OSError as error:
        raise Refusal(f"{error.filename}: {error.strerror}") from None
    records = [text for name, text in attachments(content) if name.endswith("-signaturer.json")]
    signatures = [each for text in records for each in json.loads(text)["signatures"]]
    facts = {
        each["name"]: each["particulars"]["method_result"]
        for each in signatures
        if "person_hmac_sha256" in each["particulars"].get("method_result", {})
    }
    if not facts:
        raise Refusal("No signature in this file rests on a log-in with an electronic ID.")
    number = typer.prompt("National identity number", hide_input=True).replace(" ", "")
    same = False
    for name, told in facts.items():
        if told["person_key"] != eid_rules.key_mark(key):
            out.print(f"{name}: made with another installation's key", markup=False)
        elif eid_rules.is_person(told, key, number):
            same = True
            out.print(f"{name}: the same person", markup=False)
        else:
            out.print(f"{name}: somebody else", markup=False)
    if not same:
        raise typer.Exit(1)
