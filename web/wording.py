"""Dates, counts and kinds of evidence in words for people."""

from __future__ import annotations

import datetime as dt

from search.dates import MONTHS, Interval, parse_interval

__all__ = ["KNOWN_BY", "MENTION_KINDS", "count_words", "date_words", "interval_words", "range_words"]

KNOWN_BY = {
    "metadata": "as the article states",
    "dateline": "from its dateline",
    "text": "from its text",
    "inferred": "inferred from its text",
    "file": "from the time of its file",
}
MENTION_KINDS = {
    "person": "People",
    "country": "Countries",
    "organization": "Organisations",
    "place": "Places",
    "date": "Dates",
}


def date_words(notation: str) -> str:
    """`2021-10-18` → 18 October 2021, `2021-10` → October 2021; what is no date stays as it is."""
    try:
        return interval_words(parse_interval(notation))
    except ValueError:
        return notation


def interval_words(interval: Interval) -> str:
    """An interval as people write it: `18 October 2021`, `October 2021`, `2021`, `11–17 October 2021`."""
    first, last = interval.first, interval.last
    match interval.precision:
        case "day":
            return _day(first)
        case "month":
            return f"{MONTHS[first.month - 1]} {first.year}"
        case "year":
            return str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}–{last.year}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {_day(last)}"
    return f"{_day(first)} – {_day(last)}"


def range_words(since: dt.date | None, until: dt.date | None) -> str:
    """A range with an open end: `since 18 October 2021`, `until October 2021`."""
    if since and until:
        return interval_words(Interval(since, until))
    if since:
        return f"since {_day(since)}"
    return f"until {_day(until)}" if until else ""


def count_words(count: int, one: str, many: str | None = None) -> str:
    """`1 article`, `2,310 articles`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _day(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
