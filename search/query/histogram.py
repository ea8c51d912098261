"""Articles by date: which calendar unit the bars have, where they begin and end, and how many articles each holds.

An article counts in a bar if its whole interval lies within it; one that is dated less precisely is `coarse`, so that
every article is in one bar, or coarse, or of unknown date. Days are proleptic ordinals (datetime.date.toordinal).
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from search.dates import Interval
from search.model import Bucket, DateInterval, Histogram
from search.query.docsets import distinct
from search.query.limits import LIMITS
from search.query.view import Ints

__all__ = ["histogram"]

Unit = Literal["year", "month", "day"]
Ends = tuple[dt.date | None, dt.date | None]

_UNITS: tuple[Unit, ...] = ("day", "month", "year")  # finest first
_NUMPY_UNIT = {"day": "D", "month": "M", "year": "Y"}
_AUTO_BUCKETS = 60  # what a reader can tell apart
_ROBUST = 0.01  # of the articles at either end do not decide on the unit: dates that were misread lie far out
_EPOCH = dt.date(1970, 1, 1).toordinal()


def histogram(
    name: str,
    label: str,
    rows: Ints,
    first: Ints,
    last: Ints,
    *,
    unknown: int = 0,
    interval: DateInterval = "auto",
    within: Ends = (None, None),
) -> Histogram:
    """Count articles by date.

    `rows` (ascending), `first` and `last` are parallel: article `rows[i]` has a date from day `first[i]` to `last[i]`;
    an article may have several and counts once in each bar. All lie within the range selected, `within`; bars are cut
    off at its ends. With "auto" the unit is the finest that needs at most some sixty bars over the bulk of the
    articles and is not too fine for most of their dates. A unit that would need more than LIMITS.buckets bars gives
    way to a coarser one; where few articles lie far out, one wide bar at that end holds them all.
    """
    if not len(rows):
        return Histogram(name, label, "year" if interval == "auto" else interval, unknown)
    bulk = _selected(within, "year") or _bulk(first, last, "year")
    unit = _unit(interval, first, last, bulk)
    fits = _units(first, unit) == _units(last, unit)
    starts = _starts(first[fits], last[fits], unit, within)
    bars = len(starts) - 1
    at = np.searchsorted(starts, first, side="right") - 1
    inside = (at >= 0) & (at < bars)
    inside[inside] = last[inside] < starts[at[inside] + 1]
    rows_inside, at = rows[inside], at[inside]
    coarse = len(distinct(rows)) - len(distinct(rows_inside))
    # An article with several dates in a bar is one article there.
    pairs = distinct(np.sort(rows_inside.astype(np.int64) * bars + at)) if len(distinct(rows)) < len(rows) else at
    counts = np.bincount(pairs % bars, minlength=bars) if bars else np.zeros(0, np.int64)
    buckets = tuple(
        Bucket(Interval(dt.date.fromordinal(int(begin)), dt.date.fromordinal(int(end) - 1)), int(count))
        for begin, end, count in zip(starts[:-1], starts[1:], counts, strict=True)
    )
    return Histogram(name, label, unit, unknown, coarse, buckets)


def _units(days: Ints, unit: Unit) -> npt.NDArray[np.int64]:
    """The number of the calendar unit that each day is in."""
    dates = (days.astype(np.int64) - _EPOCH).astype("datetime64[D]")
    return dates.astype(f"datetime64[{_NUMPY_UNIT[unit]}]").astype(np.int64)


def _first_days(units: npt.NDArray[np.int64], unit: Unit) -> npt.NDArray[np.int64]:
    """The first day of each calendar unit."""
    dates = units.astype(f"datetime64[{_NUMPY_UNIT[unit]}]").astype("datetime64[D]")
    days: npt.NDArray[np.int64] = dates.astype(np.int64) + _EPOCH
    return days


def _length(span: tuple[int, int], unit: Unit) -> int:
    """How many bars of that unit cover the days from span[0] to span[1]."""
    begin, end = _units(np.array(span), unit)
    return int(end - begin) + 1


def _selected(within: Ends, unit: Unit) -> tuple[int, int] | None:
    """The range selected if it has both ends and is no longer than bars can show."""
    if within[0] and within[1]:
        days = (within[0].toordinal(), within[1].toordinal())
        return days if _length(days, unit) <= LIMITS.buckets else None
    return None


def _bulk(first: Ints, last: Ints, unit: Unit) -> tuple[int, int]:
    """The days of nearly all articles, no longer than bars of that unit can show."""
    low, high = int(len(first) * _ROBUST), len(last) - 1 - int(len(last) * _ROBUST)
    span = (int(np.partition(first, low)[low]), int(np.partition(last, high)[high]))
    if _length(span, unit) <= LIMITS.buckets:
        return span
    begins = np.sort(first)
    # A few dates, some of them absurd: the stretch that holds the most.
    units = _units(begins, unit)
    reach = np.searchsorted(units, units + LIMITS.buckets // 2)
    best = int(np.argmax(reach - np.arange(len(units))))
    return int(begins[best]), int(begins[reach[best] - 1])


def _unit(interval: DateInterval, first: Ints, last: Ints, bulk: tuple[int, int]) -> Unit:
    most = _AUTO_BUCKETS if interval == "auto" else LIMITS.buckets
    for unit in _UNITS if interval == "auto" else _UNITS[_UNITS.index(interval) :]:
        if _length(bulk, unit) > most:
            continue
        if interval != "auto" or np.count_nonzero(_units(first, unit) == _units(last, unit)) * 2 >= len(first):
            return unit
    return "year"


def _starts(first: Ints, last: Ints, unit: Unit, within: Ends) -> npt.NDArray[Any]:
    """The first day of each bar, and the day after the last bar."""
    span = _selected(within, unit)
    if span is None:
        if not len(first):
            return np.zeros(1, np.int64)
        span = (int(first.min()), int(last.max()))
    inner = span if _length(span, unit) <= LIMITS.buckets else _bulk(first, last, unit)
    begin, end = _units(np.array(inner), unit)
    starts = _first_days(np.arange(begin, end + 2), unit)
    if span[0] < starts[0]:
        starts = np.concatenate(([_first_days(_units(np.array([span[0]]), unit), unit)[0]], starts))
    if span[1] >= starts[-1]:
        starts = np.concatenate((starts, [_first_days(_units(np.array([span[1]]), unit) + 1, unit)[0]]))
    # No bar reaches out of the range selected, nor past the calendar of datetime.date.
    low = within[0].toordinal() if within[0] else 1
    high = within[1].toordinal() if within[1] else dt.date.max.toordinal()
    starts[0] = max(starts[0], low)
    starts[-1] = min(starts[-1], high + 1)
    return starts
