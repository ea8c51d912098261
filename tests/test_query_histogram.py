"""Histograms: the unit that suits the archive, bars without gaps, and dates that lie absurdly far out."""

from __future__ import annotations

import datetime as dt

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from search.dates import Interval, parse_interval
from search.model import Histogram
from search.query.histogram import histogram
from search.query.limits import LIMITS


def bars_of(dates: list[str], interval: str = "auto", within: str = "") -> Histogram:
    intervals = [parse_interval(date) for date in dates]
    first = np.array([i.first.toordinal() for i in intervals], np.int64)
    last = np.array([i.last.toordinal() for i in intervals], np.int64)
    ends = (parse_interval(within).first, parse_interval(within).last) if within else (None, None)
    return histogram("date", "Published", np.arange(len(dates)), first, last, interval=interval, within=ends)  # type: ignore[arg-type]


def shown(of: Histogram) -> list[tuple[str, int]]:
    return [(str(bar.interval), bar.count) for bar in of]


def test_histogram_empty_bars_between_the_first_and_the_last_are_there() -> None:
    assert shown(bars_of(["2021-10-18", "2021-10-20", "2021-10-20"])) == [
        ("2021-10-18", 1),
        ("2021-10-19", 0),
        ("2021-10-20", 2),
    ]


def test_histogram_the_unit_grows_with_the_span() -> None:
    assert bars_of(["2021-10-01", "2021-11-20"]).interval == "day"
    assert bars_of(["2021-01-01", "2021-11-20"]).interval == "month"
    assert bars_of(["1990-01-01", "2021-11-20"]).interval == "year"


def test_histogram_dates_less_precise_than_a_bar_are_coarse() -> None:
    of = bars_of(["2021-01-05", "2021-06-07", "2021-10", "2021"])
    assert of.interval == "month"
    assert sum(bar.count for bar in of) == 3
    assert of.coarse == 1


def test_histogram_the_unit_is_not_too_fine_for_most_dates() -> None:
    assert bars_of(["2021-10", "2021-10", "2021-11", "2021-10-18"]).interval == "month"
    assert bars_of(["2021", "2021", "2021-10-18"]).interval == "year"


def test_histogram_bars_of_a_selected_range_cover_it_and_do_not_reach_out_of_it() -> None:
    assert [bar for bar, _ in shown(bars_of(["2021-10-18"], within="2021"))] == [f"2021-{m:02}" for m in range(1, 13)]
    of = bars_of(["2021-03-10", "2021-05-01"], within="2021-03-05/2021-06-10")
    assert (of.interval, of[0].interval.first, of[-1].interval.last) == (
        "month",
        dt.date(2021, 3, 5),
        dt.date(2021, 6, 10),
    )


def test_histogram_a_few_absurd_dates_are_one_wide_bar_each() -> None:
    of = bars_of(["0001-01-01", *["2021-09-01"] * 50, *["2021-10-18"] * 50, "9999-12-31"])
    assert of.interval == "day"
    assert len(of) == 48 + 2
    assert (of[0].count, of[-1].count) == (1, 1)
    assert (of[0].interval.first, of[-1].interval.last) == (dt.date(1, 1, 1), dt.date(9999, 12, 31))


def test_histogram_an_absurd_date_among_few_articles_makes_no_thousand_bars() -> None:
    of = bars_of(["0001-01-01", "2021-09-01", "2021-10-18"])
    assert len(of) < 60
    assert sum(bar.count for bar in of) == 3


def test_histogram_too_many_days_give_way_to_months() -> None:
    assert bars_of(["2010-01-01", "2021-10-18"], "day").interval == "month"
    assert bars_of(["2021-01-01", "2021-10-18"], "day").interval == "day"
    assert bars_of(["2021-01-01", "2021-10-18"], "year").interval == "year"


def test_histogram_an_article_with_several_dates_counts_once_in_each_bar() -> None:
    days = np.array([dt.date(2021, 10, day).toordinal() for day in (1, 2, 2, 3)])
    of = histogram("mentioned", "", np.array([0, 0, 0, 1]), days, days, interval="month")
    assert shown(of) == [("2021-10", 2)]


def test_histogram_of_nothing_has_no_bars() -> None:
    assert len(bars_of([])) == 0


DAYS = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)) | st.dates(dt.date(2019, 1, 1), dt.date(2021, 12, 31))
INTERVALS = st.one_of(DAYS.map(str), DAYS.map(lambda day: str(day)[:7]), DAYS.map(lambda day: str(day)[:4]))


@given(st.lists(INTERVALS, max_size=30), st.sampled_from(["auto", "year", "month", "day"]))
@settings(max_examples=200, deadline=None)
def test_histogram_every_article_is_in_one_bar_or_coarse_and_bars_join(dates: list[str], interval: str) -> None:
    of = bars_of(dates, interval)
    assert sum(bar.count for bar in of) + of.coarse == len(dates)
    assert len(of) <= LIMITS.buckets + 2
    for bar, following in zip(of.buckets, of.buckets[1:], strict=False):
        assert bar.interval.last + dt.timedelta(days=1) == following.interval.first
    intervals = [parse_interval(date) for date in dates]
    for bar in of:
        assert bar.count == sum(within(bar.interval, date) for date in intervals)


def within(bar: Interval, date: Interval) -> bool:
    return bar.first <= date.first and date.last <= bar.last
