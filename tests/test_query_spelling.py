"""Did you mean: offered for a word the archive lacks or hardly has, and only if it finds more."""

from __future__ import annotations

import pytest

from search.model import Request
from search.query import run
from tests.query_reference import FakeSnapshot, annotated

COMMON = [annotated(f"w{n}", "The water rises", "Much water, and the ceasefire held") for n in range(15)]
ARCHIVE = FakeSnapshot(
    [
        *COMMON,
        annotated("1", "Wagner halts", "The march of Wagner ended", persons=["Sergei Shoigu"]),
        annotated("2", "A misprint", "A misprint of ceasefire as ceasafire"),
    ]
)


def suggested(q: str) -> str | None:
    suggestion = run(ARCHIVE, Request(q=q)).suggestion
    return suggestion.q if suggestion else None


@pytest.mark.parametrize(
    ("q", "better"),
    [
        ("watre", "water"),
        ("ceasafire", "ceasefire"),  # the archive has it, but a commoner word is one letter away
        ('"the watar"', '"the water"'),
        ("person:shoygu", "person:shoigu"),
        ("watre -wagner", "water -wagner"),
    ],
)
def test_spelling_a_slip_is_mended_and_the_rest_of_the_query_kept(q: str, better: str) -> None:
    assert suggested(q) == better


@pytest.mark.parametrize("q", ["wagner", "water", "zzzzzzzz", "wag", "", "march"])
def test_spelling_a_word_the_archive_knows_is_taken_at_its_word(q: str) -> None:
    assert suggested(q) is None
