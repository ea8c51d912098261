"""A slow, plain archive and search to compare the fast ones with: Python sets and loops, and the formulas as written.

`FakeSnapshot` gives the arrays that searching reads, from a list of annotated articles, without an index. `found` and
`scored` evaluate a parsed query on the articles themselves and know nothing of those arrays.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from search.analysis import stem, words
from search.countries import COUNTRIES, country_label
from search.dates import Interval, parse_interval
from search.model import Annotation, Article, Published, Tag
from search.query import syntax

SINGLE = ("source", "language", "section")
ENTITIES = {"country": "countries", "person": "persons", "organization": "organizations", "place": "places"}
FACET_NAMES = (*ENTITIES, *SINGLE, "mentioned")


def annotated(
    id: str,
    text: str = "",
    title: str = "",
    *,
    published: str | None = None,
    persons: Iterable[str] = (),
    countries: Iterable[str] = (),
    organizations: Iterable[str] = (),
    places: Iterable[str] = (),
    dates: Iterable[str] = (),
    **fields: Any,
) -> Annotation:
    """An annotated article in one line: people and the like by label, countries by code, dates in our notation."""
    return Annotation(
        article=Article(
            id=id,
            title=title,
            text=text,
            published=Published(parse_interval(published)) if published else None,
            **fields,
        ),
        persons=tags(persons),
        countries=tuple(Tag(code, country_label(code)) for code in countries),
        organizations=tags(organizations),
        places=tags(places),
        dates=tuple(parse_interval(date) for date in dates),
        model="given",
    )


def tags(labels: Iterable[str]) -> tuple[Tag, ...]:
    return tuple(Tag("-".join(word.text for word in words(label)), label) for label in labels)


def facet_values(annotation: Annotation, facet: str) -> dict[str, str]:
    """The values of one article in a facet, and their labels."""
    if facet in ENTITIES:
        return {tag.value: tag.label for tag in getattr(annotation, ENTITIES[facet])}
    if facet == "mentioned":
        return {str(date): str(date) for date in annotation.dates}
    value = getattr(annotation.article, facet)
    return {value: value} if value else {}


@dataclass(frozen=True)
class Postings:
    docs: np.ndarray
    tf: np.ndarray


@dataclass(frozen=True)
class Positions:
    docs: np.ndarray
    offsets: np.ndarray
    positions: np.ndarray


@dataclass(frozen=True)
class FacetColumn:
    values: tuple[str, ...]
    labels: tuple[str, ...]
    offsets: np.ndarray
    ordinals: np.ndarray


class FakeSnapshot:
    """The arrays of an archive made of `slots`; None is the slot of a deleted article."""

    generation = 7
    reader = None

    def __init__(self, slots: Sequence[Annotation | None]) -> None:
        self.slots = list(slots)
        self.size = len(slots)
        self.live = np.array([slot is not None for slot in slots], np.bool_)
        self.doc_count = int(self.live.sum())
        self._places: dict[str, dict[str, dict[int, list[int]]]] = defaultdict(lambda: defaultdict(dict))
        self._lengths = {field: np.zeros(self.size, np.int32) for field in ("title", "text")}
        for docnum, slot in enumerate(slots):
            for field in ("title", "text"):
                tokens = [word.text for word in words(getattr(slot.article, field))] if slot else []
                self._lengths[field][docnum] = len(tokens)
                for place, token in enumerate(tokens):
                    self._places[field][stem(token)].setdefault(docnum, []).append(place)
                    self._places[f"{field}_exact"][token].setdefault(docnum, []).append(place)
            for facet in FACET_NAMES if slot else ():
                for value in facet_values(slot, facet):
                    self._places[facet][value][docnum] = [0]

    def postings(self, field: str, term: str) -> Postings:
        places = self._places[field].get(term, {})
        docs = np.array(sorted(places), np.int32)
        return Postings(docs, np.array([len(places[doc]) for doc in docs.tolist()], np.float32))

    def positions(self, field: str, term: str) -> Positions:
        places = self._places[field].get(term, {})
        docs = sorted(places)
        offsets = np.cumsum([0, *(len(places[doc]) for doc in docs)]).astype(np.int64)
        return Positions(np.array(docs, np.int32), offsets, np.array([p for d in docs for p in places[d]], np.int32))

    def doc_frequency(self, field: str, term: str) -> int:
        return len(self._places[field].get(term, {}))

    def terms(self, field: str, prefix: str = "", limit: int | None = None) -> list[str]:
        return sorted(term for term in self._places[field] if term.startswith(prefix))[:limit]

    def lengths(self, field: str) -> np.ndarray:
        return self._lengths[field]

    def average_length(self, field: str) -> float:
        return float(self._lengths[field].sum() / max(self.doc_count, 1))

    def facet(self, name: str) -> FacetColumn:
        labels: dict[str, str] = {}
        for slot in self.slots:
            labels |= facet_values(slot, name) if slot else {}
        values = tuple(sorted(labels))
        rows = [[values.index(v) for v in sorted(facet_values(slot, name))] if slot else [] for slot in self.slots]
        offsets = np.cumsum([0, *map(len, rows)]).astype(np.int64)
        return FacetColumn(
            values, tuple(labels[v] for v in values), offsets, np.array([o for row in rows for o in row], np.int32)
        )

    def published(self) -> tuple[np.ndarray, np.ndarray]:
        dates = [slot.article.published if slot else None for slot in self.slots]
        first = np.array([date.interval.first.toordinal() if date else 0 for date in dates], np.int32)
        last = np.array([date.interval.last.toordinal() if date else 0 for date in dates], np.int32)
        return first, last

    def rank(self) -> np.ndarray:
        rank = np.zeros(self.size, np.int32)
        live = [docnum for docnum in range(self.size) if self.live[docnum]]
        for place, docnum in enumerate(sorted(live, key=lambda docnum: newest_first(self.slots[docnum]))):
            rank[docnum] = place
        return rank

    def head(self, docnum: int) -> Annotation:
        slot = self.slots[docnum]
        assert slot is not None
        return slot


def newest_first(annotation: Annotation) -> tuple[int, int, int, str]:
    published = annotation.article.published
    if published is None:
        return (1, 0, 0, annotation.article.id)
    interval = published.interval
    return (0, -interval.first.toordinal(), -interval.last.toordinal(), annotation.article.id)


# Evaluation by the definition ------------------------------------------------------------------------------------


def tokens_of(annotation: Annotation, field: str) -> list[str]:
    return [word.text for word in words(getattr(annotation.article, field))]


def frequency(annotation: Annotation, leaf: Any, field: str) -> int:
    """How often an article's field has what a word, phrase, prefix or fuzzy word stands for."""
    tokens = tokens_of(annotation, field)
    match leaf:
        case syntax.Word(word):
            return sum(stem(token) == stem(word) for token in tokens)
        case syntax.Phrase(phrase):
            return sum(tuple(tokens[at : at + len(phrase)]) == phrase for at in range(len(tokens)))
        case syntax.Prefix(prefix):
            return sum(token.startswith(prefix) for token in tokens)
        case syntax.Fuzzy(word, edits):
            return sum(token[0] == word[0] and edit_distance(token, word) <= edits for token in tokens)
    raise TypeError(leaf)


def edit_distance(a: str, b: str) -> int:
    """Insertions, deletions, substitutions and swaps of neighbors, each letter edited once."""
    table = [[max(i, j) if 0 in (i, j) else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[len(a)][len(b)]


def has(annotation: Annotation, node: Any) -> bool:
    """Does an article match?"""
    match node:
        case syntax.Everything():
            return True
        case syntax.Not(child):
            return not has(annotation, child)
        case syntax.And(children):
            return all(has(annotation, child) for child in children)
        case syntax.Or(children):
            return any(has(annotation, child) for child in children)
        case syntax.Value("country", name):
            values = set(facet_values(annotation, "country"))
            return name.upper() in values or any(COUNTRIES[value].lower() == name.lower() for value in values)
        case syntax.Value(facet, name):
            wanted = {word.text for word in words(name)}
            labels = facet_values(annotation, facet).values()
            return any(wanted <= {word.text for word in words(label)} for label in labels)
        case syntax.Days("date", first, last):
            published = annotation.article.published
            return published is not None and lies_within(published.interval, first, last)
        case syntax.Days(_, first, last):
            return any(lies_within(date, first, last) for date in annotation.dates)
    return any(frequency(annotation, node, field) for field in node.fields)


def lies_within(interval: Interval, first: dt.date | None, last: dt.date | None) -> bool:
    return (first is None or interval.first >= first) and (last is None or interval.last <= last)


def found(archive: Sequence[Annotation], node: Any) -> set[str]:
    return {annotation.article.id for annotation in archive if has(annotation, node)}


def scored(archive: Sequence[Annotation], node: Any) -> dict[str, float]:
    """BM25F of every article by the formula, with boost and b as documented: title 2.0 and 0.5, text 1.0 and 0.75."""
    lengths = {field: {a.article.id: len(tokens_of(a, field)) for a in archive} for field in ("title", "text")}
    average = {field: sum(of.values()) / max(len(archive), 1) for field, of in lengths.items()}
    parameters = {"title": (2.0, 0.5), "text": (1.0, 0.75)}
    k1 = 1.2

    def leaf_score(annotation: Annotation, leaf: Any) -> float:
        n = sum(has(other, leaf) for other in archive)
        rarity = math.log(1 + (len(archive) - n + 0.5) / (n + 0.5))
        pseudo = 0.0
        for field in leaf.fields:
            boost, b = parameters[field]
            relative = lengths[field][annotation.article.id] / average[field] if average[field] else 0.0
            pseudo += boost * frequency(annotation, leaf, field) / (1 - b + b * relative)
        return rarity * (k1 + 1) * pseudo / (k1 + pseudo)

    def score(annotation: Annotation, node: Any) -> float:
        match node:
            case syntax.And(children):
                return sum(score(annotation, child) for child in children) if has(annotation, node) else 0.0
            case syntax.Or(children):
                return sum(score(annotation, child) for child in children if has(annotation, child))
            case syntax.Word() | syntax.Phrase() | syntax.Prefix() | syntax.Fuzzy():
                return leaf_score(annotation, node)
        return 0.0

    return {annotation.article.id: score(annotation, node) for annotation in archive}


def counted(archive: Iterable[Annotation], facet: str) -> Counter[str]:
    """How many articles have each value."""
    return Counter(value for annotation in archive for value in facet_values(annotation, facet))
