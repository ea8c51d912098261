"""From a matched expression to days: what each kind of date expression stands for.

Relative expressions are resolved against the date of publication, and stand for nothing where that is not known as
exactly as they need: days need a day, months a month, years a year.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from search.dates import MONTHS, NUMBER_WORDS, Interval, month_interval, year_interval

__all__ = [
    "Handler",
    "ago",
    "bare_month",
    "century",
    "day_or_days",
    "decade",
    "iso_date",
    "month_of_relative_year",
    "month_of_year",
    "months_of_year",
    "named_day",
    "quarter",
    "slashed_date",
    "stretch",
    "unit",
    "weekday",
    "year",
    "years",
]

Handler = Callable[[re.Match[str], "Interval | None"], "Interval | None"]

_MONTH_NUMBER = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_DAY_NUMBER = {name[:3].lower(): number for number, name in enumerate(_DAYS)}

# Steps ------------------------------------------------------------------------------------------------------


def _day(year: int, month: int, day: int) -> Interval:
    date = dt.date(year, month, day)
    return Interval(date, date)


def _shift_months(date: dt.date, months: int) -> tuple[int, int]:
    """Year and month, `months` after that of `date`."""
    at = date.year * 12 + date.month - 1 + months
    return at // 12, at % 12 + 1


def _week(date: dt.date, weeks: int = 0) -> Interval:
    monday = date - dt.timedelta(days=date.weekday()) + dt.timedelta(weeks=weeks)
    return Interval(monday, monday + dt.timedelta(days=6))


def _month(name: str) -> int:
    return _MONTH_NUMBER[name[:3].lower()]


def _known_day(published: Interval | None) -> dt.date | None:
    return published.first if published is not None and published.precision == "day" else None


def _known_month(published: Interval | None) -> dt.date | None:
    return published.first if published is not None and published.precision in ("day", "month") else None


def _known_year(published: Interval | None) -> int | None:
    return published.first.year if published is not None and published.first.year == published.last.year else None


def _count(word: str) -> int:
    return int(word) if word.isdigit() else NUMBER_WORDS.get(word.lower(), 0)


# Dates with a number of the day ------------------------------------------------------------------------------


def iso_date(match: re.Match[str], published: Interval | None) -> Interval | None:
    return _day(int(match["year"]), int(match["m"]), int(match["d"]))


def slashed_date(match: re.Match[str], published: Interval | None) -> Interval | None:
    one, two, year = int(match["a"]), int(match["b"]), int(match["year"])
    if match["sep"] == ".":
        return _day(year, two, one)
    if one > 12 or one == two:
        return _day(year, two, one)
    return _day(year, one, two) if two > 12 else None  # 4/5/2021 is two dates


def day_or_days(match: re.Match[str], published: Interval | None) -> Interval | None:
    month, day = _month(match["month"]), int(match["day"])
    last = match.groupdict().get("until")
    if match["year"]:
        year = int(match["year"])
    else:
        near = _nearest_year(published, month, day)
        if near is None:
            return None
        year = near
    first = dt.date(year, month, day)
    if last:
        end = dt.date(year, month, int(last))
        return Interval(first, end) if end > first else None
    return Interval(first, first)


def _nearest_year(published: Interval | None, month: int, day: int) -> int | None:
    """The year that puts a day nearest to the publication: dates without one are rarely half a year off."""
    if published is None or published.precision == "span":
        return None
    if published.precision == "year":
        return published.first.year
    middle = published.first
    distances = []
    for year in (middle.year - 1, middle.year, middle.year + 1):
        try:
            distances.append((abs((dt.date(year, month, day) - middle).days), year))
        except ValueError:  # February 29
            continue
    return min(distances)[1] if distances else None


# Months and years -------------------------------------------------------------------------------------------


def month_of_year(match: re.Match[str], published: Interval | None) -> Interval | None:
    return month_interval(int(match["year"]), _month(match["month"]))


def months_of_year(match: re.Match[str], published: Interval | None) -> Interval | None:
    year = int(match["year"])
    first, last = month_interval(year, _month(match["from"])), month_interval(year, _month(match["month"]))
    return Interval(first.first, last.last)


def month_of_relative_year(match: re.Match[str], published: Interval | None) -> Interval | None:
    year = _known_year(published)
    if year is None:
        return None
    step = {"last": -1, "previous": -1, "this": 0, "next": 1}[match["which"].lower()]
    month = _month(match["month"])
    if match.groupdict().get("day"):
        return _day(year + step, month, int(match["day"]))
    return month_interval(year + step, month)


def bare_month(match: re.Match[str], published: Interval | None) -> Interval | None:
    now = _known_month(published)
    if now is None:
        return None
    month = _month(match["month"])
    before = match["before"].lower()
    if before == "next":
        year = now.year if month > now.month else now.year + 1
    elif before == "last":
        year = now.year if month < now.month else now.year - 1
    elif before in ("by", "until", "till", "this"):
        year = now.year if month >= now.month or now.month - month < 6 or before == "this" else now.year + 1
    else:
        year = now.year if month <= now.month else now.year - 1
    return month_interval(year, month)


def year(match: re.Match[str], published: Interval | None) -> Interval | None:
    return year_interval(int(match["year"]))


def years(match: re.Match[str], published: Interval | None) -> Interval | None:
    first = int(match["year"])
    last = int(match["last"]) if len(match["last"]) == 4 else first // 100 * 100 + int(match["last"])
    if not first < last <= 2100 or last - first > 200:
        return None
    return Interval(dt.date(first, 1, 1), dt.date(last, 12, 31))


def decade(match: re.Match[str], published: Interval | None) -> Interval | None:
    first = int(match["decade"])
    return Interval(dt.date(first, 1, 1), dt.date(first + 9, 12, 31))


def century(match: re.Match[str], published: Interval | None) -> Interval | None:
    number = int(match["century"])
    if not 15 <= number <= 21:
        return None
    return Interval(dt.date(number * 100 - 99, 1, 1), dt.date(number * 100, 12, 31))


def quarter(match: re.Match[str], published: Interval | None) -> Interval | None:
    ordinals = {"first": 1, "second": 2, "third": 3, "fourth": 4}
    number = ordinals[match["ordinal"].lower()] if match["ordinal"] else int(match["q"])
    year = int(match["year"])
    return Interval(dt.date(year, 3 * number - 2, 1), month_interval(year, 3 * number).last)


# Relative to the publication ----------------------------------------------------------------------------------


def weekday(match: re.Match[str], published: Interval | None) -> Interval | None:
    today = _known_day(published)
    if today is None:
        return None
    wanted = _DAY_NUMBER[match["weekday"][:3].lower()]
    before = (match["which"] or "").lower()
    back = (today.weekday() - wanted) % 7
    if before in ("next", "coming"):
        date = today + dt.timedelta(days=7 - back)
    elif before in ("last", "previous", "past"):
        date = today - dt.timedelta(days=back or 7)
    elif before == "this":
        date = _week(today).first + dt.timedelta(days=wanted)
    else:
        date = today - dt.timedelta(days=back)
    return Interval(date, date)


def named_day(match: re.Match[str], published: Interval | None) -> Interval | None:
    today = _known_day(published)
    if today is None:
        return None
    word = match["named"].lower()
    date = today + dt.timedelta(
        days=-1 if "yesterday" in word or word == "last night" else 1 if "tomorrow" in word else 0
    )
    if word.startswith("the day"):
        date += dt.timedelta(days=-1 if "yesterday" in word else 1)
    return Interval(date, date)


def unit(match: re.Match[str], published: Interval | None) -> Interval | None:
    step = {"last": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}[match["which"].lower()]
    match match["unit"].lower():
        case "week":
            today = _known_day(published)
            return _week(today, step) if today else None
        case "weekend":
            today = _known_day(published)
            if today is None:
                return None
            monday = _week(today, step).first
            return Interval(monday + dt.timedelta(days=5), monday + dt.timedelta(days=6))
        case "month":
            now = _known_month(published)
            return month_interval(*_shift_months(now, step)) if now else None
        case _:
            year = _known_year(published)
            return year_interval(year + step) if year is not None else None


def ago(match: re.Match[str], published: Interval | None) -> Interval | None:
    count, unit = _count(match["count"]), match["unit"].lower().rstrip("s")
    if not count:
        return None
    if unit == "day":
        today = _known_day(published)
        return None if today is None else Interval(*[today - dt.timedelta(days=count)] * 2)
    if unit == "week":
        today = _known_day(published)
        return _week(today, -count) if today else None
    if unit == "month":
        now = _known_month(published)
        return month_interval(*_shift_months(now, -count)) if now else None
    year = _known_year(published)
    return year_interval(year - count * (10 if unit == "decade" else 1)) if year is not None else None


def stretch(match: re.Match[str], published: Interval | None) -> Interval | None:
    count, unit = _count(match["count"]), match["unit"].lower().rstrip("s")
    ahead = match["which"].lower() in ("next", "coming")
    today = _known_day(published)
    if not count or today is None:
        return None
    sign = 1 if ahead else -1
    if unit in ("day", "week"):
        other = today + dt.timedelta(days=sign * count * (7 if unit == "week" else 1))
    else:
        months = count * {"month": 1, "year": 12, "decade": 120}[unit]
        year, month = _shift_months(today, sign * months)
        other = dt.date(year, month, min(today.day, month_interval(year, month).last.day))
    return Interval(min(today, other), max(today, other))
