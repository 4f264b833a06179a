"""Working days in Norway."""

from datetime import date
from functools import cache

import holidays


def is_working_day(day: date) -> bool:
    """Tell whether a day is neither in a weekend nor a public holiday in Norway."""
    return day.weekday() < 5 and day not in _public_holidays(day.year)


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NO", years=year))
