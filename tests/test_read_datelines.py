"""Datelines and date lines as outlets write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.read.date_line import parse_date_line
from search.read.date_notation import parse_written_date
from search.read.dateline import parse_dateline


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
        ("Tehran, Oct 17, IRNA – The", "Tehran", "IRNA", (10, 17)),
        ("Damascus, SANA-The", "Damascus", "SANA", None),
        ("Ramallah - WAFA - The", "Ramallah", "WAFA", None),
        ("Santos, Brazil: The", "Santos", None, None),
        ("WARSAW—The", "Warsaw", None, None),
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
        ("Published On 18 Oct 2021", "2021-10-18", None),
        ("PTI / Updated: Oct 18, 2021, 18:52 IST", "2021-10-18", dt.time(18, 52)),
        ("Source: Xinhua| 2021-10-18 23:40:11|Editor: ada", "2021-10-18", dt.time(23, 40, 11)),
        ("KYODO NEWS - Oct 18, 2021 - 10:12 | All, Japan", "2021-10-18", dt.time(10, 12)),
        ("All News 11:04 October 18, 2021", "2021-10-18", None),
        ("UPDATED ON: OCTOBER 18, 2021 / 9:17 PM EDT / CBS NEWS", "2021-10-18", dt.time(21, 17)),
        ("Updated 0931 GMT (1731 HKT) October 18, 2021", "2021-10-18", None),
        ("Issued on: 18/10/2021 - 18:32Modified: 19/10/2021 - 18:30", "2021-10-18", dt.time(18, 32)),
        ("October 18, 2021 09:31 am | Updated 11:02 am IST - TOKYO", "2021-10-18", dt.time(9, 31)),
        ("OCTOBER 18, 2021 / 4:20 PM / UPDATED 9 DAYS AGO", "2021-10-18", dt.time(16, 20)),
        ("October 18, 2021 Monday", "2021-10-18", None),
        ("Oct.18.2021 12:15PM", "2021-10-18", dt.time(12, 15)),
        ("18/October/2021 11:20 AM", "2021-10-18", dt.time(11, 20)),
        ("18 October، 2021", "2021-10-18", None),
        ("18-Oct-21", "2021-10-18", None),
        ("18/10/21", "2021-10-18", None),
        ("10/11/21", "2021", None),
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


def test_read_date_line_names_who_stands_beside_the_date() -> None:
    found = parse_date_line("Shore Bulletin - 16 October 2021 | By Ada Novak")
    assert found is not None
    assert (found.source, found.author, found.rest) == ("Shore Bulletin", "Ada Novak", ())
    found = parse_date_line("Published in Dawn, October 7th, 2021")
    assert found is not None
    assert (found.source, str(found.interval)) == ("Dawn", "2021-10-07")


def test_read_date_line_gives_back_what_may_be_a_headline() -> None:
    found = parse_date_line("Tehran Talks - 18 October 2021")
    assert found is not None
    assert found.rest == ("Tehran Talks",)
    assert parse_date_line("September 11, 2001 Attacks") is None


def test_read_date_line_with_a_short_year_that_could_be_of_two_centuries_is_none() -> None:
    assert parse_date_line("18-Oct-55") is None


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
        "On 18 October 2021 the army withdrew",
        "A view of the port, October 18, 2021. REUTERS/Ada Novak",
        "Lake Kessa, 1 May 1994. That is what it says.",
        "Monday, October 18",
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
