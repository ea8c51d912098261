"""Dates as people and programs write them: text in, calendar interval, time of day and weekday out. Pure.

A day that is written with its month first in one country and last in another (`03/04/2021`) is known to the year
alone, unless one of the two numbers can only be a day. Dots (`03.04.2021`) are day first everywhere they are used.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from search.dates import Interval, month_interval, year_interval

__all__ = [
    "DAY_FIRST",
    "MONTH",
    "MONTH_FIRST",
    "WEEKDAY",
    "ZONE",
    "WrittenDate",
    "month_number",
    "parse_written_date",
    "weekday_number",
]

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b\.?"

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20|21)\d\d)(?!\d)"
_CLOCK = (
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d{1,9})?)?(?!\d)"
    r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?)?|(?P<hour12>\d{1,2})\s*(?P<half12>[ap])\.?\s?m\b\.?"
)
ZONE = r"(?:Z|UTC|GMT|MSK|WIB|[A-Z]{1,4}T)\b"
_ZONE = rf"(?:\s*(?:{ZONE})?\s*(?:\(?[+-]\d\d:?\d\d\)?)?(?:\s*\([A-Z]{{2,5}}\))?)"
_TIME = rf"(?:[\s,|;/T·•–—-]*(?:at\s+)?(?:{_CLOCK}){_ZONE}(?:\s*(?:hrs|hours|h)\b\.?)?)?"

DAY_FIRST = rf"{_DAY}(?:\s+of)?[\s/-]*(?P<month>{MONTH})"
MONTH_FIRST = rf"(?P<month>{MONTH})\s*{_DAY}"

_FORMS = tuple(
    re.compile(rf"(?:(?P<weekday>{WEEKDAY})[,\s]+)?{form}", re.IGNORECASE)
    for form in (
        rf"(?P<year>\d{{4}})-(?P<monthno>\d\d)-(?P<day>\d\d){_TIME}",
        rf"(?P<year>\d{{4}})[/.](?P<monthno>\d\d?)[/.](?P<day>\d\d?)(?!\d){_TIME}",
        rf"(?P<year>(?:19|20)\d\d)(?P<monthno>\d\d)(?P<day>\d\d)(?:T(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?{_ZONE})?(?!\d)",
        rf"{DAY_FIRST}[,،/\s-]*{_YEAR}{_TIME}",
        rf"{MONTH_FIRST}(?:\s*[,.،]\s*|\s+){_YEAR}{_TIME}",
        rf"{MONTH_FIRST}\s+(?:{_CLOCK}){_ZONE}\s+{_YEAR}",
        rf"(?P<first>\d\d?)(?P<mark>[./-])(?P<second_number>\d\d?)(?P=mark){_YEAR}{_TIME}",
        rf"(?P<month>{MONTH})[,\s]*{_YEAR}",
        r"(?P<year>\d{4})-(?P<monthno>\d\d)(?![\d-])",
        _YEAR,
    )
)
# A time before its date: "21:17, 18 October 2021".
_CLOCK_FIRST = re.compile(rf"(?:{_CLOCK}){_ZONE}[\s,|·•–—-]+(?:on\s+)?(?=\S)", re.IGNORECASE)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as it was written. `weekday` (Monday is 0) is None where none was written; `end` is where it ended."""

    interval: Interval
    time: dt.time | None = None
    weekday: int | None = None
    end: int = 0


def month_number(name: str) -> int:
    """1 to 12 for an English month name or its abbreviation. Raises ValueError for anything else."""
    return _MONTHS.index(name[:3].lower()) + 1


def weekday_number(name: str) -> int:
    """0 (Monday) to 6 for an English weekday name or its abbreviation. Raises ValueError for anything else."""
    return _WEEKDAYS.index(name[:3].lower())


def parse_written_date(text: str, *, whole: bool = True) -> WrittenDate | None:
    """The date that `text` starts with, or that it is as a whole (`whole`); None where it is none.

    The day is the one that was written, whatever the time zone: an outlet dates by its own calendar.
    """
    start = 0
    clock = None
    if lead := _CLOCK_FIRST.match(text):
        clock, start = _time_of(lead), lead.end()
    for form in _FORMS:
        match = form.fullmatch(text, start) if whole else form.match(text, start)
        if match is None:
            continue
        interval = _interval_of(match)
        if interval is None:
            continue
        weekday = match["weekday"]
        return WrittenDate(
            interval, _time_of(match) or clock, weekday_number(weekday) if weekday else None, match.end()
        )
    return None


def _interval_of(match: re.Match[str]) -> Interval | None:
    """The interval that one of the forms matched; None for a day that is in no calendar (31 February)."""
    found = match.groupdict()
    year = int(found["year"])
    try:
        if found.get("first"):
            return _numeric_interval(int(found["first"]), int(found["second_number"]), year, found["mark"])
        if found.get("month"):
            month = month_number(found["month"])
        elif found.get("monthno"):
            month = int(found["monthno"])
        else:
            return year_interval(year) if 1500 <= year < 2200 else None
        if found.get("day"):
            date = dt.date(year, month, int(found["day"]))
            return Interval(date, date)
        return month_interval(year, month)
    except ValueError:
        return None


def _numeric_interval(first: int, second: int, year: int, mark: str) -> Interval:
    """`18/10/2021` and `10/18/2021` are one day; `03/04/2021` could be two, so it is the year."""
    if mark == "." or first > 12 or first == second:
        date = dt.date(year, second, first)
    elif second > 12:
        date = dt.date(year, first, second)
    else:
        dt.date(year, first, second)  # a ValueError here means that it was no date at all
        return year_interval(year)
    return Interval(date, date)


def _time_of(match: re.Match[str]) -> dt.time | None:
    found = match.groupdict()
    hour_text = found.get("hour") or found.get("hour12")
    if not hour_text:
        return None
    hour = int(hour_text)
    half = (found.get("half") or found.get("half12") or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return dt.time(hour, int(found.get("minute") or 0), min(int(found.get("second") or 0), 59))
    except ValueError:
        return None
