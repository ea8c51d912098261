"""The pure parts of the web: marking text, drawing bars, words for dates, page numbers."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.dates import parse_interval
from search.model import Mention
from web.histogram import HEIGHT, WIDTH, bars, tick_places
from web.links import safe_external
from web.marking import marked_html, match_ranges, paragraphs
from web.pages import page_numbers
from web.wording import count_words, date_words, interval_words, range_words

spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted).map(tuple), max_size=6)


@given(st.text(max_size=40), spans)
@settings(max_examples=150, deadline=None)
def test_web_marking_html_is_the_escaped_text_with_mark_and_nothing_else(
    text: str, ranges: list[tuple[int, int]]
) -> None:
    marked = marked_html(text, ranges)
    assert html.unescape(re.sub("</?mark>", "", marked)) == html.unescape(html.escape(text))
    assert set(re.findall("<[^>]*>", marked)) <= {"<mark>", "</mark>"}
    assert re.fullmatch("(?:[^<]|<mark>[^<]+</mark>)*", marked)


def test_web_marking_marks_after_escaping() -> None:
    assert marked_html("a <b> & c", [(2, 5)]) == "a <mark>&lt;b&gt;</mark> &amp; c"


def named(start: int, end: int) -> Mention:
    return Mention(start, end, "x", "person", "x", "X", "name")


@given(st.text(alphabet="ab \n", max_size=40), spans, spans)
@settings(max_examples=150, deadline=None)
def test_web_paragraphs_lose_no_text_and_mark_what_is_marked(
    text: str, mentioned: list[tuple[int, int]], matching: list[tuple[int, int]]
) -> None:
    matching = [r for r in matching if r[0] < r[1]]
    written = [piece for pieces in paragraphs(text, [named(*span) for span in mentioned], matching) for piece in pieces]
    assert "".join("".join(piece.text for piece in written).split()) == "".join(text.split())
    # Every character that is in a match and not between paragraphs is in a piece that matches.
    wanted = [c for at, c in enumerate(text) if not c.isspace() and any(a <= at < b for a, b in matching)]
    assert [c for piece in written if piece.matches for c in piece.text if not c.isspace()] == wanted


def test_web_paragraphs_of_overlapping_mentions_the_first_and_longest_is_marked() -> None:
    (pieces,) = paragraphs("Sergei Shoigu said", [named(7, 13), named(0, 6), named(0, 13)], [(7, 13)])
    assert [(p.text, bool(p.mention), p.matches) for p in pieces] == [
        ("Sergei ", True, False),
        ("Shoigu", True, True),
        (" said", False, False),
    ]


def test_web_matches_are_by_stem_by_beginning_and_by_phrase() -> None:
    text = "Talks on air defense; military talk of an air show."
    found = [text[a:b] for a, b in match_ranges(text, ("talk", "milit*", "air defense"))]
    assert found == ["Talks", "air defense", "military", "talk"]
    assert match_ranges(text, ()) == ()
    assert match_ranges(text, ("...",)) == ()


@given(st.lists(st.integers(0, 10_000), max_size=100))
@settings(max_examples=100, deadline=None)
def test_web_histogram_bars_stay_inside_in_order_and_in_proportion(counts: list[int]) -> None:
    drawn = bars(counts)
    assert len(drawn) == len(counts)
    for bar, count in zip(drawn, counts, strict=True):
        assert bar.slot_x - 0.02 <= bar.x
        assert bar.x + bar.width <= bar.slot_x + bar.slot_width + 0.02 <= WIDTH + 0.05
        assert bar.y + bar.height == pytest.approx(HEIGHT, abs=0.02)
        assert (bar.height > 0) is (count > 0)
        assert bar.height <= HEIGHT
    assert [b.height for b in sorted(drawn, key=lambda b: b.height)] == sorted(b.height for b in drawn)
    by_count = [bar.height for _, bar in sorted(zip(counts, drawn, strict=True), key=lambda pair: pair[0])]
    assert by_count == sorted(by_count)


def test_web_histogram_ticks_are_the_ends_and_some_between() -> None:
    assert tick_places(0) == ()
    assert tick_places(3) == (0, 1, 2)
    assert tick_places(60) == (0, 20, 39, 59)


@pytest.mark.parametrize(
    ("notation", "words"),
    [
        ("2021-10-18", "18 October 2021"),
        ("2021-10", "October 2021"),
        ("2021", "2021"),
        ("2021-10-11/2021-10-17", "11–17 October 2021"),
        ("2021-10-28/2021-11-03", "28 October – 3 November 2021"),
        ("2021-12-30/2022-01-02", "30 December 2021 – 2 January 2022"),
        ("2019/2021", "2019–2021"),
        ("no date", "no date"),
    ],
)
def test_web_wording_dates_are_as_exact_as_they_are_known(notation: str, words: str) -> None:
    assert date_words(notation) == words


def test_web_wording_ranges_and_counts() -> None:
    month = parse_interval("2021-10")
    assert range_words(month.first, month.last) == interval_words(month) == "October 2021"
    assert range_words(dt.date(2021, 10, 1), None) == "since 1 October 2021"
    assert range_words(None, dt.date(2021, 10, 1)) == "until 1 October 2021"
    assert (count_words(1, "article"), count_words(2310, "article")) == ("1 article", "2,310 articles")


def test_web_page_numbers_show_the_ends_and_the_neighbors() -> None:
    assert page_numbers(1, 1) == [1]
    assert page_numbers(1, 4) == [1, 2, 3, 4]
    assert page_numbers(6, 11) == [1, None, 4, 5, 6, 7, 8, None, 11]
    assert page_numbers(4, 20) == [1, 2, 3, 4, 5, 6, None, 20]


@pytest.mark.parametrize("bad", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "//x", "", None])
def test_web_links_only_http_leads_out(bad: str | None) -> None:
    assert safe_external(bad) is None
    assert safe_external("https://example.org/a") == "https://example.org/a"
