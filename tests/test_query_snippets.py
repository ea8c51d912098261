"""Snippets and marks: the passage that shows why an article matches, and ranges that are true to the words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import stem, words
from search.query.highlight import SNIPPET_LENGTH, lead, snippet, title_ranges
from search.query.matches import Sought, find_all, find_some

IRAN_ARMS = Sought(stems={stem("iran"): 0, stem("arms"): 1}, weights=(1.0, 1.0))
FILLER = "Nothing to see in this sentence. "


def marked(text: str, ranges: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in ranges]


def test_snippet_marks_every_form_of_a_word_as_it_stands_in_the_text() -> None:
    of = snippet("Iran's arm met the U.S. army. IRAN armed.", IRAN_ARMS)
    assert marked(of.text, of.ranges) == ["Iran's", "arm", "IRAN", "armed"]


def test_snippet_a_phrase_is_one_range_and_needs_the_words_as_they_are() -> None:
    air_defense = Sought(phrases={("air", "defense"): 0}, weights=(1.0,))
    of = snippet("The air defense, the Air-Defense, the air defenses and air. Defense.", air_defense)
    assert marked(of.text, of.ranges) == ["air defense", "Air-Defense", "air. Defense"]


def test_snippet_what_a_prefix_stands_for_is_marked() -> None:
    of = snippet("Military militia", Sought(exact={"military": 0, "militia": 0}, weights=(1.0,)))
    assert marked(of.text, of.ranges) == ["Military", "militia"]


def test_snippet_begins_with_a_sentence_and_says_where_something_was_left_out() -> None:
    of = snippet(FILLER * 20 + "The arms of Iran were sold. " + FILLER * 20, IRAN_ARMS)
    assert of.text.startswith("…")
    assert of.text.endswith("…")
    assert of.text[1:].startswith(("The arms", "Nothing to see"))
    assert marked(of.text, of.ranges) == ["arms", "Iran"]


def test_snippet_a_short_text_is_shown_whole() -> None:
    assert snippet("  One sentence.\n\nIran. ", IRAN_ARMS).text == "One sentence. Iran."


def test_snippet_prefers_the_passage_where_all_words_are_close() -> None:
    text = "Iran was named. " + FILLER * 20 + "Arms were named. " + FILLER * 20 + "Arms for Iran. " + FILLER * 20
    assert "Arms for Iran." in snippet(text, IRAN_ARMS).text


def test_snippet_of_words_far_apart_joins_two_passages_in_the_order_of_the_text() -> None:
    of = snippet("Arms were named. " + FILLER * 40 + "Iran was named. " + FILLER * 10, IRAN_ARMS)
    assert marked(of.text, of.ranges) == ["Arms", "Iran"]
    assert " … " in of.text
    assert len(of.text) <= SNIPPET_LENGTH + 40


def test_snippet_prefers_the_rare_word() -> None:
    said_and_rare = Sought(stems={"said": 0, "zaghari": 1}, weights=(0.1, 5.0))
    assert "Zaghari" in snippet("He said it. " * 60 + FILLER * 20 + "Zaghari left. " + FILLER * 20, said_and_rare).text


def test_snippet_finds_what_stands_at_the_very_end_of_five_megabytes() -> None:
    text = "He said that much was said of arms. " * 140_000 + "At last Iran."
    of = snippet(text, Sought(stems={"said": 0, "iran": 1}, weights=(0.1, 5.0)))
    assert "Iran" in marked(of.text, of.ranges)


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "Iran" * 250_000, "北" * 300_000, "iran " * 200_000, "é" * 300_000, "." * 500_000]
)
def test_snippet_of_noise_is_short(text: str) -> None:
    assert len(snippet(text, IRAN_ARMS).text) <= 2 * SNIPPET_LENGTH + 10


def test_lead_is_the_first_sentences_without_marks() -> None:
    of = lead("\n  MOSCOW (Wire) - Arms were sold. " + FILLER * 20)
    assert of.text.startswith("MOSCOW (Wire) - Arms were sold.")
    assert of.text.endswith("sentence. …")
    assert len(of.text) <= SNIPPET_LENGTH + 2
    assert of.ranges == ()


def test_lead_of_nothing_is_nothing() -> None:
    assert lead("").text == lead(" \n ").text == ""


def test_title_ranges_mark_the_title() -> None:
    assert title_ranges("Iran sells arms", IRAN_ARMS) == ((0, 4), (11, 15))


PIECES = [
    "Iran",
    "Iran’s",
    "ıran",
    "I.R.A.N.",
    "arms",
    "ARMED",
    "army",
    "air",
    "defense",
    "air-defense",
    ". ",
    " ",
    "\n\n",
    "’",
    "é",
    "北",
    "1,000",
    "x" * 70,
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join) | st.lists(
    st.sampled_from(PIECES), max_size=60
).map("".join)
SOUGHT = Sought(
    stems={stem("iran"): 0, stem("arms"): 1, "die": 4},
    exact={"army": 2, "北": 5, "1000": 6},
    phrases={("air", "defense"): 3, ("air", "air", "air"): 7},
    weights=(1.0,) * 8,
)


@given(TEXTS | st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_snippet_ranges_are_disjoint_in_order_and_true_to_the_words(text: str) -> None:
    of = snippet(text, SOUGHT)
    end = 0
    for start, stop in of.ranges:
        assert end <= start < stop <= len(of.text)
        end = stop
        found = tuple(word.text for word in words(of.text[start:stop]))
        assert found in SOUGHT.phrases or (
            len(found) == 1 and (found[0] in SOUGHT.exact or stem(found[0]) in SOUGHT.stems)
        )
    assert len(of.text) <= 2 * SNIPPET_LENGTH + 10


@given(st.lists(st.sampled_from([piece for piece in PIECES if len(piece) < 20]), max_size=60).map(" ".join))
@settings(max_examples=200, deadline=None)
def test_snippet_looking_at_candidates_alone_finds_what_analyzing_all_words_finds(text: str) -> None:
    for sought in (Sought(stems=SOUGHT.stems), Sought(exact=SOUGHT.exact), Sought(phrases={("air", "defense"): 0})):
        everything = {match for key in range(8) for match in find_all(text, only(sought, key))}
        assert set(find_some(text, sought, limit=10_000)) == everything


def only(sought: Sought, key: int) -> Sought:
    return Sought(
        *({word: of for word, of in part.items() if of == key} for part in (sought.stems, sought.exact, sought.phrases))
    )  # type: ignore[arg-type]


def test_snippet_short_stems_of_longer_words_are_found() -> None:
    for word in ("dying", "lying", "tying", "skies", "news", "cries", "gently", "says"):
        assert find_some(f"She was {word} there", Sought(stems={stem(word): 0})), word
