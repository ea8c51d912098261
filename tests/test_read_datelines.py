"""Datelines and date lines as outlets write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.read.date_notation import parse_written_date
from search.read.dateline import parse_date_line, parse_dateline


@pytest.mark.parametrize(
    ("opening", "place", "agency", "date"),
    [
        ("TEHRAN, Jul. 16 (MNA) – The phase", "Tehran", "MNA", (7, 16)),
        ("KYIV, March 3 (Reuters) — Forces", "Kyiv", "Reuters", (3, 3)),
        ("Moscow (IP): The general", "Moscow", "IP", None),
        ("TEHRAN – In the latest", "Tehran", None, None),
        ("Harare – Robert resigned", "Harare", None, None),
        ("TROY, N.C. (AP) -- A man", "Troy", "AP", None),
        ("NEW DELHI/ISLAMABAD, Feb 27 - Jets", "New Delhi", None, (2, 27)),
        ("PORT-AU-PRINCE, Haiti, July 7 (Reuters) - The", "Port-au-Prince", "Reuters", (7, 7)),
        ("MOSCOW, October 18. /TASS/. Russia", "Moscow", "TASS", (10, 18)),
        ("ANKARA, March 3 /AA/ Turkey", "Ankara", "AA", (3, 3)),
        ("LONDON, 3 March 2022 - The", "London", None, "2022-03-03"),
        ("afrol News, 27 January - The", None, "afrol News", (1, 27)),
        ("GENEVA (21 October 2021) – Experts", "Geneva", None, "2021-10-21"),
        ("N'DJAMENA, April 20 — The", "N'Djamena", None, (4, 20)),
        ("(Reuters) - The", None, "Reuters", None),
    ],
)
def test_read_dateline_gives_place_agency_and_date(
    opening: str, place: str | None, agency: str | None, date: object
) -> None:
    found = parse_dateline(f"{opening} story goes on from here.")
    assert found is not None
    assert (found.place, found.agency) == (place, agency)
    if isinstance(date, tuple):
        assert (found.month, found.day) == date
    else:
        assert (str(found.interval) if found.interval else None) == date


@pytest.mark.parametrize(
    "opening",
    [
        "Tokayev: Kazakhstan has survived attempted coup",
        "UPDATE 1: Iran says talks go on",
        "NATO – the alliance – met on Monday",
        "Wednesday, 20 October, 2021 - 10:00 By Hadi Rezaei",
        "The minister (left): he said that talks go on",
        "SEOUL, Feb. 30 (Yonhap) -- There is no such day",
    ],
)
def test_read_dateline_is_not_seen_where_there_is_none(opening: str) -> None:
    assert parse_dateline(opening) is None


@pytest.mark.parametrize(
    ("line", "date", "time"),
    [
        ("October 18, 2021 - 21:17", "2021-10-18", dt.time(21, 17)),
        ("Wednesday, 20 October, 2021 - 10:00", "2021-10-20", dt.time(10)),
        ("Published: 2021-10-18T21:17:00+03:30", "2021-10-18", dt.time(21, 17)),
        ("18.10.2021", "2021-10-18", None),
        ("2021/10/18", "2021-10-18", None),
        ("10/18/2021", "2021-10-18", None),
        ("03.04.2021", "2021-04-03", None),
        ("Oct 18 2021 9:17 PM EDT", "2021-10-18", dt.time(21, 17)),
        ("Published at 10:00 AM on Oct 18, 2021", "2021-10-18", dt.time(10)),
        ("Mon, 21 Oct 2024 01:30:00 +0000", "2024-10-21", dt.time(1, 30)),
        ("May 2021", "2021-05", None),
    ],
)
def test_read_date_line_is_dated_as_written(line: str, date: str, time: dt.time | None) -> None:
    found = parse_date_line(line)
    assert found is not None
    assert (str(found.interval), found.time) == (date, time)


def test_read_date_line_that_could_be_two_days_is_known_to_the_year() -> None:
    found = parse_date_line("03/04/2021")
    assert found is not None
    assert str(found.interval) == "2021"


def test_read_date_line_in_relative_time_has_no_date() -> None:
    found = parse_date_line("Updated 3 hours ago")
    assert found is not None
    assert found.updated
    assert found.interval is None


def test_read_date_line_keeps_its_place() -> None:
    found = parse_date_line("March 3, 2022, KYIV")
    assert found is not None
    assert found.place == "Kyiv"


@pytest.mark.parametrize(
    "line",
    [
        "2021",
        "1 January 2020 Tehran talks fail",
        "September 11, 2001 attacks",
        "News Code 2021",
        "2021-02-30",
        "Monday",
    ],
)
def test_read_date_line_says_nothing_else(line: str) -> None:
    assert parse_date_line(line) is None


@settings(max_examples=200)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%b %d, %Y"]))
def test_read_written_date_comes_back(day: dt.date, form: str) -> None:
    found = parse_written_date(day.strftime(form))
    assert found is not None
    assert (found.interval.first, found.interval.last) == (day, day)


@settings(max_examples=200)
@given(st.text(alphabet="AaBc ,./()–-:0123456789JanMarby", max_size=200))
def test_read_dateline_takes_any_text(text: str) -> None:
    found = parse_dateline(text)
    assert found is None or 0 < found.end <= len(text)
    parse_date_line(text)
