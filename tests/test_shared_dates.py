"""The notation for dates of known precision."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dates import Interval, month_interval, parse_interval, year_interval

days = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2021", "2021-01-01", "2021-12-31", "year"),
        ("2021-10", "2021-10-01", "2021-10-31", "month"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2021-10-18", "2021-10-18", "2021-10-18", "day"),
        ("2021-10-11/2021-10-17", "2021-10-11", "2021-10-17", "span"),
        ("1990/1999", "1990-01-01", "1999-12-31", "span"),
        (" 2021-1-5 ", "2021-01-05", "2021-01-05", "day"),
    ],
)
def test_dates_notation_names_an_interval(text: str, first: str, last: str, precision: str) -> None:
    interval = parse_interval(text)
    assert (interval.first.isoformat(), interval.last.isoformat(), interval.precision) == (first, last, precision)


@pytest.mark.parametrize(
    "text",
    ["", "21", "2021-13", "2021-02-30", "2021-10-18T21:17", "yesterday", "２０２１", "0000", "2022/2021", "2021/"],
)
def test_dates_what_is_no_date_is_a_clear_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a d|comes before"):
        parse_interval(text)


@given(days, days)
def test_dates_an_interval_is_written_as_it_is_read(one: dt.date, other: dt.date) -> None:
    interval = Interval(min(one, other), max(one, other))
    assert parse_interval(str(interval)) == interval


@given(days)
def test_dates_a_day_lies_in_its_month_and_the_month_in_its_year(day: dt.date) -> None:
    month, year = month_interval(day.year, day.month), year_interval(day.year)
    assert year.first <= month.first <= day <= month.last <= year.last
