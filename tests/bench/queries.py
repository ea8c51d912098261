"""Forty queries over a generated archive: what a reader of a news archive types, from the rare word to the common."""

from __future__ import annotations

import numpy as np

from search.model import Filter, Request
from tests.bench.generator import Lexicon


def forty_queries(lexicon: Lexicon, seed: int = 7) -> list[tuple[str, Request]]:
    """(kind, request) pairs; every request counts country, person, organisation, source and the date histogram."""
    rng = np.random.default_rng(seed)

    def word(low: int, high: int) -> str:
        """A word whose rank in the vocabulary lies in [low, high)."""
        return lexicon.words[int(rng.integers(low, high))]

    kinds: list[tuple[str, list[Request]]] = [
        ("browse", [Request(), Request(sort="oldest")]),
        ("one rare word", [Request(q=word(20_000, 40_000)) for _ in range(4)]),
        ("one word", [Request(q=word(300, 3_000)) for _ in range(4)]),
        ("one common word", [Request(q=word(0, 20)) for _ in range(4)]),
        ("two words", [Request(q=f"{word(50, 500)} {word(50, 500)}") for _ in range(5)]),
        ("three to five words", [Request(q=" ".join(word(0, 120) for _ in range(n))) for n in (3, 4, 5)]),
        ("OR", [Request(q=" OR ".join(word(100, 2_000) for _ in range(n))) for n in (2, 3, 5)]),
        ("phrase", [Request(q=f'"{word(0, 20)} {word(0, 20)}"') for _ in range(4)]),
        ("exclusion", [Request(q=f"{word(20, 200)} -{word(0, 50)}") for _ in range(3)]),
        ("prefix", [Request(q=f"{word(1_000, 5_000)[:4]}*") for _ in range(3)]),
        (
            "with filters",
            [
                Request(q=word(5, 100), filters=(Filter("country", lexicon.countries[i].value),), facets=FACETS)
                for i in range(3)
            ],
        ),
        (
            "two facets selected",
            [
                Request(
                    q=word(5, 100),
                    filters=(
                        Filter("country", lexicon.countries[i].value),
                        Filter("country", lexicon.countries[i + 3].value),
                        Filter("source", lexicon.sources[i]),
                    ),
                )
                for i in range(2)
            ],
        ),
    ]
    queries = [(kind, request) for kind, requests in kinds for request in requests]
    assert len(queries) == 40, len(queries)
    return queries


FACETS = Request().facets
