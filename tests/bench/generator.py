"""Synthetic archives of any size from a seed: the shape of news, without anybody's news.

Words follow Zipf's law over a vocabulary of pronounceable words; countries, people, organisations and sources are as
skewed as in real archives (a few are everywhere, most are rare); dates spread over thirty years.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from search.countries import COUNTRIES, FORMER_STATES
from search.dates import Interval
from search.model import Annotation, Article, Published, Tag

VOCABULARY = 60_000
PERSONS = 50_000
ORGANIZATIONS = 5_000
SOURCES = 40
FIRST_DAY = dt.date(1994, 1, 1)
DAYS = 30 * 365

_ONSETS = [
    "",
    "b",
    "br",
    "c",
    "ch",
    "d",
    "f",
    "g",
    "gr",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
]
_NUCLEI = ["a", "e", "i", "o", "u", "ea", "ou", "io"]
_CODAS = ["", "n", "r", "s", "l", "t", "nd", "st", "rm"]


@dataclass(frozen=True)
class Lexicon:
    """What the articles of one archive are made of."""

    words: tuple[str, ...]
    persons: tuple[Tag, ...]
    organizations: tuple[Tag, ...]
    countries: tuple[Tag, ...]
    sources: tuple[str, ...]


def syllables(rng: np.random.Generator, count: int) -> str:
    return "".join(
        _ONSETS[rng.integers(len(_ONSETS))] + _NUCLEI[rng.integers(len(_NUCLEI))] + _CODAS[rng.integers(len(_CODAS))]
        for _ in range(count)
    )


def distinct(rng: np.random.Generator, count: int, low: int, high: int) -> list[str]:
    """`count` different words of `low` to `high` syllables, the commonest (first) the shortest."""
    found: dict[str, None] = {}
    while len(found) < count:
        rank = len(found) / count
        found[syllables(rng, min(high, low + int(rank * (high - low) + rng.random() * 1.5)))] = None
    return list(found)


def lexicon(seed: int) -> Lexicon:
    rng = np.random.default_rng(seed)
    words = distinct(rng, VOCABULARY, 1, 4)
    given = [word.title() for word in distinct(rng, 900, 2, 3)]
    family = [word.title() for word in distinct(rng, 6_000, 2, 4)]
    names = {f"{given[rng.integers(len(given))]} {family[rng.integers(len(family))]}": None for _ in range(PERSONS)}
    organizations = [
        f"{word.title()} {kind}"
        for word in distinct(rng, ORGANIZATIONS // 5, 2, 3)
        for kind in ("Group", "Party", "Ministry", "Institute", "Bank")
    ]
    codes = [code for code in COUNTRIES if code not in FORMER_STATES]
    rng.shuffle(codes)
    return Lexicon(
        words=tuple(words),
        persons=tuple(Tag(name.lower().replace(" ", "-"), name) for name in names),
        organizations=tuple(Tag(name.lower().replace(" ", "-"), name) for name in organizations),
        countries=tuple(Tag(code, COUNTRIES[code]) for code in codes),
        sources=tuple(f"{word.title()} Post" for word in distinct(rng, SOURCES, 2, 3)),
    )


def skewed(rng: np.random.Generator, size: int, count: int, exponent: float) -> np.ndarray:
    """`count` ranks below `size` with probability falling as rank ** -exponent (inverse transform, continuous)."""
    uniform = rng.random(count)
    power = 1 - exponent
    ranks = ((size + 1) ** power - 1) * uniform + 1
    return np.minimum((ranks ** (1 / power)).astype(np.int64) - 1, size - 1)


def annotations(count: int, seed: int = 1) -> Iterator[Annotation]:
    """`count` annotated articles of 130 to 400 words; the same seed gives the same archive."""
    lex = lexicon(seed)
    rng = np.random.default_rng(seed + 1)
    for number in range(count):
        length = int(rng.integers(130, 401))
        ranks = skewed(rng, VOCABULARY, length + 8, 1.07)
        tokens = [lex.words[rank] for rank in ranks]
        yield Annotation(
            article=Article(
                id=f"{seed:x}-{number:07d}",
                title=" ".join(tokens[length:]).capitalize(),
                text=paragraphs(tokens[:length], rng),
                published=published(rng),
                source=lex.sources[int(skewed(rng, SOURCES, 1, 0.8)[0])],
            ),
            countries=chosen(lex.countries, rng, 1, 5, 0.9),
            persons=chosen(lex.persons, rng, 0, 5, 0.8),
            organizations=chosen(lex.organizations, rng, 0, 3, 0.8),
            model="generated",
        )


def published(rng: np.random.Generator) -> Published | None:
    if rng.random() < 0.03:
        return None
    day = FIRST_DAY + dt.timedelta(days=int(rng.integers(DAYS)))
    return Published(Interval(day, day))


def chosen(values: tuple[Tag, ...], rng: np.random.Generator, low: int, high: int, exponent: float) -> tuple[Tag, ...]:
    ranks = skewed(rng, len(values), int(rng.integers(low, high + 1)), exponent)
    return tuple(dict.fromkeys(values[rank] for rank in ranks))


def paragraphs(tokens: list[str], rng: np.random.Generator) -> str:
    sentences = []
    position = iter(tokens)
    while sentence := list(itertools.islice(position, int(rng.integers(8, 26)))):
        sentences.append(" ".join(sentence).capitalize() + ".")
    return "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))
