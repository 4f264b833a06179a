"""Telephone numbers that a text message can reach, in the form that networks take."""

import re

_INTERNATIONAL = re.compile(r"\+[1-9][0-9]{7,14}")
_NORWEGIAN_MOBILE = re.compile(r"[49][0-9]{7}")
_GAP = "\N{NO-BREAK SPACE}"
_SPACING = re.compile(r"[\s().\-\u00a0]")


def mobile(typed: str) -> str:
    """Return a number as `+4790000000`; "" for one that no text message reaches.

    Without a country it is Norwegian, and must begin as mobile numbers do there.
    """
    number = _SPACING.sub("", typed)
    if number.startswith("00"):
        number = f"+{number[2:]}"
    if _NORWEGIAN_MOBILE.fullmatch(number):
        return f"+47{number}"
    if not _INTERNATIONAL.fullmatch(number):
        return ""
    national = number.removeprefix("+47")
    if national != number and not _NORWEGIAN_MOBILE.fullmatch(national):
        return ""
    return number


def masked(number: str) -> str:
    """Return a number that its owner knows again and others learn little from."""
    return f"{number[:3]}{_GAP}…{_GAP}{number[-2:]}" if number else ""
