"""Names that the words around them give away, in the ways of many regions; and words that only look like names."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.annotate import dates
from search.annotate.dates import find_dates
from search.annotate.names import is_syllable
from search.annotate.tokens import tokenize
from search.dates import parse_interval
from tests.annotate_marked import annotate_marked, codes, labels

GIVEN_AWAY = {
    # what stands beside them
    "Later Quenby Ostrander, 42, a clerk, left.": ["Quenby Ostrander"],
    "We met Quenby Ostrander, who was late.": ["Quenby Ostrander"],
    "“It is late,” said Quenby Ostrander on the quay.": ["Quenby Ostrander"],
    "Norway's Quenby Ostrander beat the champion.": ["Quenby Ostrander"],
    "a student named Wulanti left.": ["Wulanti"],
    "Pilot Quenby Ostrander landed.": ["Quenby Ostrander"],
    "Her neighbour Quenby Ostrander agreed.": ["Quenby Ostrander"],
    "The Norwegian Ingrid Sandvoll won.": ["Ingrid Sandvoll"],
    "[PERSON Sandvoll] won. Then they cheered for Quenby Sandvoll again.": ["Quenby Sandvoll"],
    # initials, particles, apostrophes, suffixes
    "It was M.S. [PERSON Velayuthan], he said.": ["M.S. Velayuthan"],
    "allies such as N. Chandrababu Velay and others": ["N. Chandrababu Velay"],
    "[PERSON Gerrit] 't [PERSON Zand] resigned.": ["Gerrit 't Zand"],
    '[PERSON Quenby] "Bong" [PERSON Ostrander] Jr. won.': ["Quenby Ostrander Jr."],
    # names whose words are words of English, of months, of titles
    "Lieutenant General To Van Minh said so.": ["To Van Minh"],
    "the scientist He Jianyu was jailed.": ["He Jianyu"],
    "They left. January Mwakalobo, a former minister, stayed.": ["January Mwakalobo"],
    "[PERSON Marine Le Gall] lost.": ["Marine Le Gall"],
    "[PERSON Le Van Duc] and [PERSON Tran Van Duc] met.": ["Le Van Duc", "Tran Van Duc"],
    "[PERSON Yun Sun] wrote it.": ["Yun Sun"],
    "[PERSON Datuk Seri Faridah Zulkarnain] spoke.": ["Faridah Zulkarnain"],
    "[PERSON Tan Sri Faridah Zulkarnain] spoke.": ["Faridah Zulkarnain"],
    "[PERSON Sri Rahayu Wibowo] spoke.": ["Sri Rahayu Wibowo"],
    # given names in two syllables
    "[PERSON Hsu Wen]-chieh spoke.": ["Hsu Wen-chieh"],
    "[PERSON Lee Jun]-seok spoke.": ["Lee Jun-seok"],
    # one person by several names
    "Sheikh [PERSON Jaber bin Saqr Al Nuri] came. [PERSON Sheikh Jaber] left.": ["Jaber bin Saqr Al Nuri"],
    "[PERSON Quenby Ostrander Jr.] won. [PERSON Ostrander Jr.] thanked all.": ["Quenby Ostrander Jr."],
    "[PERSON Lee Jae-won], known in the West as [PERSON Jay Y. Lee], and [PERSON Lee Min-ho] met. Lee left.": [
        "Lee Jae-won",
        "Lee Min-ho",
    ],
}


@pytest.mark.parametrize(("text", "people"), GIVEN_AWAY.items())
def test_people_are_given_away_by_what_stands_beside_them(text: str, people: list[str]) -> None:
    assert sorted(labels(annotate_marked(text))) == sorted(people)


NOBODY = {
    "In Gao, the spokesman of a group urged calm.",
    "At a cafe in Puerto Cruz, student leaders met.",
    "in [PERSON Santa Rosa de Lima], where she grew up",
    "copper from [PERSON Kamula-Dana] by July",
    "[PERSON Magma] is gathering under the town.",
    "They died on [PERSON Shishaldin]. Rescue on [PERSON Shishaldin] goes on.",
    "He plays for [PERSON Freiberg], and wins.",
    "Costa Rica, who lost, went home.",
    "The Spanish Grand Prix, 24, and the rest",
    "[ORG Quenby Ostrander Bank], who lent it, failed.",
}


@pytest.mark.parametrize("text", sorted(NOBODY))
def test_places_and_things_in_the_same_positions_are_nobody(text: str) -> None:
    assert labels(annotate_marked(text)) == []


def test_a_person_that_is_called_something_is_not_the_one_who_calls() -> None:
    people = labels(annotate_marked("[PERSON Ilka Orosz] called [PERSON Vilmos Putnoki] a friend."))
    assert sorted(people) == ["Ilka Orosz", "Vilmos Putnoki"]


def test_a_full_name_is_found_where_two_bear_the_surname() -> None:
    text = "[PERSON Kobe Sandvoll] and [PERSON Gerd Sandvoll] flew. Kobe Sandvoll died."
    annotation = annotate_marked(text)
    assert sorted(labels(annotation)) == ["Gerd Sandvoll", "Kobe Sandvoll"]
    assert "JP" not in codes(annotation)


SYLLABLES = {"in", "wen", "chieh", "seok", "feng", "shiow", "hyun", "tung", "yeol", "je"}
ENGLISH = {"led", "era", "backed", "up", "man", "on", "like", "style", "fan", "aged", "free", "off"}


def test_syllables_end_korean_and_chinese_names_and_english_words_do_not() -> None:
    assert {word for word in SYLLABLES | ENGLISH if is_syllable(word)} == SYLLABLES


PLACED = {
    "a professor at the [ORG University of Edinburgh]": {"GB"},
    "the [ORG Bank of Tokyo] said": set(),
    "He gave up his Washington post in May.": {"US"},
    "He told the Washington Post so.": set(),
    "fishing off Shetland": {"GB"},
    "troops in North Kivu": {"CD"},
    "rebels in Mindanao": {"PH"},
    "a mango, a Mango": set(),
}


@pytest.mark.parametrize(("text", "countries"), PLACED.items())
def test_countries_by_region_university_and_newspaper(text: str, countries: set[str]) -> None:
    assert set(codes(annotate_marked(text))) == countries


# The fast paths beside plain ones ---------------------------------------------------------------------------------

PHRASES = """
on Sunday|last month|October 17-20, 2021|in 2015|the 1990s|2001-09-11|between|two years ago|yesterday|tonight|of
the 19th century|in the next three weeks|by May|Q3 of 2019|10/31/2020|2,000 people|a long sentence without any date
mid-October|last year|July|of 2016 to 2019|the day before yesterday|TWO YEARS AGO|.|,|Wednesday, 20 October, 2021
"""
DATED = st.lists(st.sampled_from([*re.split(r"[|\n]", PHRASES.strip()), "\n\n"]), max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(DATED)
def test_dates_looked_for_around_anchors_are_those_of_the_whole_text(text: str) -> None:
    published = parse_interval("2021-10-18")
    fast = find_dates(text, published)
    everywhere = {anchor: (re.compile(""),) for anchor in dates._ANCHORS}
    plain = tuple((pattern, handler, everywhere[anchor], why) for pattern, handler, anchor, why in dates._PATTERNS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dates, "_PATTERNS", plain)
        patch.setattr(dates, "_ANCHORS", tuple({anchor for _, _, anchor, _ in plain}))
        assert find_dates(text, published) == fast


PLAIN_WORD = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’ʼ‘][^\W_]+)*")


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="aBé1²_.'’ -ß中"))
def test_words_are_those_of_the_plain_expression(text: str) -> None:
    starts = [match.start() for match in PLAIN_WORD.finditer(text)]
    tokens = tokenize(text)
    assert [token.start for token in tokens] == starts
    assert all(text[token.start : token.end] == token.raw for token in tokens)
    assert all(one.end <= other.start for one, other in itertools.pairwise(tokens))
