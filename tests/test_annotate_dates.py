"""The dates a text speaks of, with their precision, resolved against the date of publication."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.annotate.dates import find_dates
from search.dates import parse_interval

MONDAY = "2021-10-18"  # when the texts below were published


def found(text: str, published: str | None = MONDAY) -> list[str]:
    return [str(m.interval) for m in find_dates(text, parse_interval(published) if published else None)]


WRITTEN = {
    "on December 27, 2019, with": "2019-12-27",
    "on Dec. 27, 2019": "2019-12-27",
    "on 27 December 2019": "2019-12-27",
    "on 27th December, 2019": "2019-12-27",
    "the 27th of December 2019": "2019-12-27",
    "Wednesday, 20 October, 2021 - 10:00": "2021-10-20",
    "October 18, 2021 - 21:17": "2021-10-18",
    "Sunday, October 17, 2021": "2021-10-17",
    "Sept. 11, 2001": "2001-09-11",
    "on OCTOBER 1, 2017": "2017-10-01",
    "on 2021-10-18": "2021-10-18",
    "at 2021-10-18T10:00": "2021-10-18",
    "on 18/10/2021": "2021-10-18",
    "on 10/18/2021": "2021-10-18",
    "on 18.10.2021": "2021-10-18",
    "October 17-20, 2021": "2021-10-17/2021-10-20",
    "17-20 October 2021": "2021-10-17/2021-10-20",
    "October 17 to 20, 2021": "2021-10-17/2021-10-20",
    "in July 2016 as": "2016-07",
    "in July of 2016": "2016-07",
    "in Sept. 2016": "2016-09",
    "mid-October 2020": "2020-10",
    "early March 2020": "2020-03",
    "one in October 2017 and one": "2017-10",
    "January-March 2020": "2020-01-01/2020-03-31",
    "the third quarter of 2020": "2020-07-01/2020-09-30",
    "Q1 2020": "2020-01-01/2020-03-31",
    "in 2011, deploying": "2011",
    "In 2015 it": "2015",
    "since 1979.": "1979",
    "by 2030": "2030",
    "until 1989": "1989",
    "the summer of 1914": "1914",
    "the 2015 nuclear deal": "2015",
    "its 2019 budget": "2019",
    "Iran's 2009 election": "2009",
    "as early as 2011": "2011",
    "(2015)": "2015",
    "(1914-1918)": "1914-01-01/1918-12-31",
    "from 2011 to 2014": "2011-01-01/2014-12-31",
    "in 2015-2019": "2015-01-01/2019-12-31",
    "in 2015–19": "2015-01-01/2019-12-31",
    "the 1990s": "1990-01-01/1999-12-31",
    "1990s music": "1990-01-01/1999-12-31",
    "the mid-1980s": "1980-01-01/1989-12-31",
    "the 19th century": "1801-01-01/1900-12-31",
    "a 21st-century war": "2001-01-01/2100-12-31",
    "between 1980 and 1988": "1980 1988",
}
RELATIVE = {
    "on Sunday he": "2021-10-17",
    "on Monday he": "2021-10-18",
    "on Tuesday he": "2021-10-12",
    "on Sunday evening": "2021-10-17",
    "last Monday": "2021-10-11",
    "last Tuesday": "2021-10-12",
    "next Monday": "2021-10-25",
    "next Friday": "2021-10-22",
    "this Friday": "2021-10-22",
    "yesterday": "2021-10-17",
    "today he said": "2021-10-18",
    "tomorrow": "2021-10-19",
    "last night": "2021-10-17",
    "the day before yesterday": "2021-10-16",
    "the day after tomorrow": "2021-10-20",
    "last week": "2021-10-11/2021-10-17",
    "this week": "2021-10-18/2021-10-24",
    "next week": "2021-10-25/2021-10-31",
    "earlier this week": "2021-10-18/2021-10-24",
    "last weekend": "2021-10-16/2021-10-17",
    "last month": "2021-09",
    "earlier this month": "2021-10",
    "next month": "2021-11",
    "last year": "2020",
    "even earlier this year": "2021",
    "next year": "2022",
    "three days ago": "2021-10-15",
    "a week ago": "2021-10-11/2021-10-17",
    "two weeks ago": "2021-10-04/2021-10-10",
    "three months ago": "2021-07",
    "a year ago": "2020",
    "two years ago": "2019",
    "a decade ago": "2011",
    "two decades ago": "2001",
    "in the next three months": "2021-10-18/2022-01-18",
    "over the past two weeks": "2021-10-04/2021-10-18",
    "in the last five years": "2016-10-18/2021-10-18",
    "in October last year": "2020-10",
    "October of last year": "2020-10",
    "on May 4 last year": "2020-05-04",
    "Oct. 18 was a Monday": "2021-10-18",
    "on December 27 he": "2021-12-27",
    "on 2 February": "2022-02-02",
    "on 2 June": "2021-06-02",
    "in June by Tehran": "2021-06",
    "in December": "2020-12",
    "since March": "2021-03",
    "last November": "2020-11",
    "next November": "2021-11",
    "a mid-October announcement": "2021-10",
    "by November": "2021-11",
}
NO_DATES = [
    "more than 17,000 officials",
    "2,000 and 2000 people",
    "the 2000 soldiers",
    "of 1900 people",
    "to 2015 votes",
    "page 2001",
    "$2021 and €2020",
    "2021%",
    "No 2021",
    "a 1500-strong force",
    "flight 1702",
    "he may resign; they march on",
    "may 2",
    "February 30",
    "on 30 February",
    "2021-13-45",
    "45.10.2021",
    "4/5/2021",
    "the Sunday Times",
    "Bloody Sunday and Black Friday",
    "in recent years",
    "the last week of the war",
    "1234567890",
    "at 20:21",
    "route 66",
    "12345-2011",
    "",
]


@pytest.mark.parametrize(("text", "expected"), [*WRITTEN.items(), *RELATIVE.items()])
def test_dates_are_found_with_their_precision(text: str, expected: str) -> None:
    assert found(text) == expected.split(" ")


@pytest.mark.parametrize("text", WRITTEN)
def test_dates_written_in_full_need_no_date_of_publication(text: str) -> None:
    assert found(text, None) == WRITTEN[text].split(" ")


@pytest.mark.parametrize("text", RELATIVE)
def test_dates_relative_ones_need_the_date_of_publication(text: str) -> None:
    assert found(text, None) == []


@pytest.mark.parametrize("text", NO_DATES)
def test_dates_other_numbers_and_words_are_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("published", "text", "expected"),
    [
        ("2021-10", "last month", ["2021-09"]),
        ("2021-10", "last week", []),
        ("2021-10", "yesterday", []),
        ("2021", "last year", ["2020"]),
        ("2021", "last month", []),
        ("2021", "on December 27", ["2021-12-27"]),
        ("2021-10-11/2021-10-17", "on Sunday", []),
        ("2021-01-05", "on December 27", ["2020-12-27"]),
        ("2021-01-05", "last month", ["2020-12"]),
        ("2021-01-05", "last week", ["2020-12-28/2021-01-03"]),
        ("2024-03-01", "on February 29", ["2024-02-29"]),
        ("2024-05-31", "in the next month", []),
        ("2024-05-31", "in the next one months", ["2024-05-31/2024-06-30"]),
    ],
)
def test_dates_relative_ones_need_it_as_exactly_as_they_say(published: str, text: str, expected: list[str]) -> None:
    assert found(text, published) == expected


def test_dates_mention_leaves_out_the_word_before() -> None:
    text = "It began in October 2017, last week, and since 1979."
    assert [text[m.start : m.end] for m in find_dates(text, parse_interval(MONDAY))] == [
        "October 2017",
        "last week",
        "1979",
    ]


def test_dates_mention_says_what_it_was_resolved_against() -> None:
    whys = [m.why for m in find_dates("in October 2017 and last week", parse_interval(MONDAY))]
    assert whys == ["date", "relative to publication"]


PIECES = st.sampled_from(
    [
        "October",
        "Sunday",
        "18",
        "2021",
        ",",
        "-",
        "/",
        "last",
        "next",
        "week",
        "year",
        "31",
        "February",
        "0000",
        "9999",
        "ago",
        "three",
        "decades",
        "Q4",
        "of",
        "the",
        "mid-",
        "1400",
        "2100",
        "th",
        "(",
        ")",
        "٢٠٢١",
        "",
    ]
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(PIECES, max_size=20).map(" ".join) | st.text(max_size=60),
    st.sampled_from(["2021-10-18", "0001-01-01", "9999-12-31", "2021", None]),
)
def test_dates_never_fail_and_lie_in_the_text_in_order(text: str, published: str | None) -> None:
    mentions = find_dates(text, parse_interval(published) if published else None)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(one.end <= other.start for one, other in itertools.pairwise(mentions))
