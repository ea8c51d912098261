"""Calendar intervals: the one notation for dates of known precision.

A date is known to the day, the month or the year; each is an interval of whole days. The notation is the ISO 8601
one: `2021-10-18`, `2021-10`, `2021`, and `2021-10-11/2021-10-17` for any other span of days (both ends inside).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = [
    "MONTHS",
    "NUMBER_WORDS",
    "Interval",
    "Precision",
    "month_interval",
    "parse_interval",
    "year_interval",
]

Precision = Literal["day", "month", "year", "span"]

MONTHS = tuple(
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
"""English names of the months, January first."""

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBER_WORDS: Mapping[str, int] = {
    **{word: number for number, word in enumerate(_UNITS.split())},
    **{word: 10 * number for number, word in enumerate(_TENS.split(), 2)},
    "a": 1,
    "an": 1,
}
"""The numbers that news writes in words, as of days or years ("three years ago")."""

_NOTATION = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """All days from `first` to `last`, both inside. Raises ValueError where `last` comes before `first`."""

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} comes before {self.first}")

    @property
    def precision(self) -> Precision:
        """The calendar unit that the interval is exactly, or "span"."""
        if self.first == self.last:
            return "day"
        if self == month_interval(self.first.year, self.first.month):
            return "month"
        if self == year_interval(self.first.year):
            return "year"
        return "span"

    def __str__(self) -> str:
        match self.precision:
            case "day":
                return self.first.isoformat()
            case "month":
                return self.first.isoformat()[:7]
            case "year":
                return self.first.isoformat()[:4]
            case _:
                return f"{self.first.isoformat()}/{self.last.isoformat()}"


def month_interval(year: int, month: int) -> Interval:
    """All days of a month. Raises ValueError for a month that is not in the calendar."""
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    return Interval(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))


def year_interval(year: int) -> Interval:
    """All days of a year (1 to 9999)."""
    return Interval(dt.date(year, 1, 1), dt.date(year, 12, 31))


def parse_interval(text: str) -> Interval:
    """Read `2021`, `2021-10`, `2021-10-18` or `FIRST/LAST`. Raises ValueError that says what was expected."""
    first, slash, last = text.strip().partition("/")
    if slash:
        return Interval(parse_interval(first).first, parse_interval(last).last)
    match = _NOTATION.fullmatch(first)
    if not match:
        raise ValueError(f"{text!r} is not a date; write 2021, 2021-10 or 2021-10-18")
    year, month, day = match.groups()
    try:
        if day:
            date = dt.date(int(year), int(month), int(day))
            return Interval(date, date)
        if month:
            return month_interval(int(year), int(month))
        return year_interval(int(year))
    except ValueError:
        raise ValueError(f"{text!r} is not a day of the calendar; write 2021, 2021-10 or 2021-10-18") from None
