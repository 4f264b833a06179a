"""Money is an integer number of øre; people see kroner."""

import re
from decimal import Decimal, InvalidOperation

from babel.numbers import format_decimal

_SEPARATORS = re.compile(r"[\s\u00a0\u202f]")


def format_ore(ore: int, language: str = "nb") -> str:
    """Write øre as people read it: `150 000 kr`, with øre only where there are any."""
    kroner = Decimal(ore) / 100
    pattern = "#,##0" if ore % 100 == 0 else "#,##0.00"
    number = format_decimal(kroner, format=pattern, locale="en" if language == "en" else "nb")
    number = re.sub(r"[\s\u202f]", "\u00a0", number)
    return f"NOK\u00a0{number}" if language == "en" else f"{number}\u00a0kr"


def parse_kroner(text: str) -> int:
    """Read what people type (`150 000`, `1 250,50 kr`) as øre; raises `ValueError`."""
    cleaned = _SEPARATORS.sub("", text.lower().replace("kr", "").replace(",-", ""))
    try:
        ore = Decimal(cleaned.replace(",", ".")) * 100
    except InvalidOperation:
        raise ValueError(f"not an amount: {text!r}") from None
    if ore != ore.to_integral_value():
        raise ValueError(f"more than two decimals: {text!r}")
    return int(ore)


def share(total_ore: int, weights: list[int]) -> list[int]:
    """Divide øre by weight so that the parts sum to the total exactly.

    Rounds down, then gives the øre left over one by one to the largest remainders
    (the largest-remainder method), earlier parts first on a tie.
    """
    whole = sum(weights)
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must be non-negative with a positive sum")
    parts = [total_ore * weight // whole for weight in weights]
    remainders = sorted(range(len(weights)), key=lambda i: (-(total_ore * weights[i] % whole), i))
    for i in remainders[: total_ore - sum(parts)]:
        parts[i] += 1
    return parts
