"""The analyzer: what counts as a word, and as the same word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import LONGEST_TOKEN, fold, stem, words


def texts(text: str) -> list[str]:
    return [word.text for word in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran's Air-Defense", ["iran", "air", "defense"]),
        ("the U.S. and the U.S.'s U.N.-led", ["the", "us", "and", "the", "us", "un", "led"]),
        ("N'Djamena, Shi’ite, O'Brien’s", ["ndjamena", "shiite", "obrien"]),
        ("17,000 men, 3.5 million", ["17000", "men", "3", "5", "million"]),
        ("1,2,3", ["1", "2", "3"]),
        ("Recep Tayyip Erdoğan in İstanbul", ["recep", "tayyip", "erdogan", "in", "istanbul"]),
        ("Łódź, Straße, Malmö, Þórr", ["lodz", "strasse", "malmo", "thorr"]),
        ("cafe\u0301 ﬁne", ["cafe", "fine"]),
        ("हिन्दी", ["हिन्दी"]),
        ("مُحَمَّد محمد", ["محمد", "محمد"]),
        ("Шойгу", ["шоигу"]),
        ("東京都", ["東", "京", "都"]),
        ("snake_case\x00—“quoted”", ["snake", "case", "quoted"]),
        ("", []),
        ("'' -- ’s", ["s"]),
    ],
)
def test_analysis_words_are_what_a_reader_would_type(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_analysis_stems_join_the_forms_of_a_word_but_not_names_with_digits() -> None:
    assert stem("militaries") == stem("military")
    assert stem("agreements") == stem("agreement") == stem("agree" + "ment")
    assert stem("covid19") == "covid19"
    assert stem("шоигу") == "шоигу"


@given(st.text(max_size=200))
def test_analysis_offsets_lie_in_the_text_and_never_overlap(text: str) -> None:
    end = 0
    for word in words(text):
        assert end <= word.start < word.end <= len(text)
        assert fold(text[word.start : word.end][:LONGEST_TOKEN]) == word.text
        end = word.end


@given(st.text(max_size=60))
def test_analysis_folding_is_settled_after_one_pass(text: str) -> None:
    for word in words(text):
        assert texts(word.text) == [word.text] or not word.text.isascii()


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'- é", max_size=60))
def test_analysis_case_makes_no_difference(text: str) -> None:
    assert texts(text) == texts(text.upper())


def test_analysis_a_word_of_a_megabyte_is_cut() -> None:
    (word,) = words("a" * 1_000_000)
    assert word == ("a" * LONGEST_TOKEN, 0, 1_000_000)
