"""A year is inferred where the text justifies it, and stays unknown where it does not."""

from __future__ import annotations

import datetime as dt

import pytest

from search.read.inference import infer_day, infer_year


@pytest.mark.parametrize(
    ("month", "day", "text", "year"),
    [
        # A lapse of time and the weekday meet.
        (3, 18, "The treaty was signed on Tuesday.\nThe land was handed over in 1954, 60 years ago.", 2014),
        (1, 3, "He was killed on Friday.\nTies got worse after May 2018, some 20 months ago.", 2020),
        (
            5,
            8,
            "The minister said on Tuesday that they would leave.\nThe deal of July 2015, less than three years ago,",
            2018,
        ),
        (5, 20, "They were found on Monday.\nHis term was to end next year, in 2025.", 2024),
        # A lapse, and something dated shortly before.
        (
            7,
            16,
            "He was appointed in July 2016. Much was done since. Now, after 4 years, a new phase begins.\n"
            "Drills were held in May 2018 and on December 27, 2019.",
            2020,
        ),
        # A day ahead.
        (
            10,
            30,
            "She won on Sunday.\nHer term will begin on Jan. 1, 2023. She lost in 2018 and came back in 2021.",
            2022,
        ),
    ],
)
def test_read_inference_finds_the_year(month: int, day: int, text: str, year: int) -> None:
    assert infer_year(month, day, text) == year


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The leaders met on Tuesday.",
        "The leaders met on Tuesday.\nHe has ruled since December 2011.",  # June 12, 2012 was a Tuesday, by chance
        "The leaders met.\nThe war ended 65 years ago.",
        "The leaders met in 2010, 2012 and 2015.",
    ],
)
def test_read_inference_does_not_guess(text: str) -> None:
    assert infer_year(6, 12, text) is None


def test_read_inference_never_puts_a_story_before_what_it_tells() -> None:
    text = (
        "The treaty was signed on Tuesday.\nThe land was handed over in 1954, 60 years ago.\nA vote was held in 2019."
    )
    assert infer_year(3, 18, text) is None


def test_read_inference_takes_the_day_of_the_news() -> None:
    assert infer_day("The pact was signed on Friday, 30 November 2018, in the city.") == dt.date(2018, 11, 30)


def test_read_inference_takes_the_day_after_where_the_story_tells_of_it() -> None:
    text = "In the vote held on Thursday, 18 September 2014, they said no. The leader announced on Friday that he would go."  # noqa: E501 - one sample
    assert infer_day(text) == dt.date(2014, 9, 19)


def test_read_inference_does_not_take_the_day_after_where_it_is_ahead() -> None:
    text = "The pact was signed on Friday, 30 November 2018. On Saturday the new leader is to be sworn in."
    assert infer_day(text) == dt.date(2018, 11, 30)


def test_read_inference_refuses_a_weekday_that_is_not_that_day() -> None:
    assert infer_day("The pact was signed on Monday, 30 November 2018, in the city.") is None


def test_read_inference_takes_a_full_date_shortly_before_with_the_weekday_of_the_news() -> None:
    text = "The ministers met on Tuesday. Sanctions were imposed last month after the coup of July 26, 2023."
    assert infer_year(9, 12, text) == 2023  # 12 September 2023 was a Tuesday
    assert infer_year(9, 12, text.replace("Tuesday", "Wednesday")) is None
    assert infer_year(9, 12, text.replace("on Tuesday", "again")) is None


def test_read_inference_does_not_take_an_anniversary_for_the_day_itself() -> None:
    text = "Crowds gathered on Sunday to remember the day when the city fell, Aug. 15, 2021."
    assert infer_year(8, 15, text) is None  # a Sunday in 2021, but told a year or more later just the same
