"""Running a bound query: each node on whole arrays, first which articles match, then what those score.

A node of a type that is not known here is run by Whoosh's own matcher over all articles: correct but slow, and it
scores nothing. Whoosh's block quality is never asked: its top-k pruning loses hits.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
from whoosh import query
from whoosh.searching import Searcher

from search.query import docsets
from search.query.nodes import Expansion, FacetValues, PhraseIn, PublishedWithin, WordIn, exact
from search.query.score import BM25F, Weighting, idf, normalized, saturated
from search.query.view import Bools, Docs, FacetColumn, Floats, Snapshot

__all__ = ["Execution", "rows_with"]

_FEW = 64
"""Up to so many values of a facet are looked up one by one; more are found in one pass over the column."""

_whoosh_lock = threading.Lock()  # Whoosh's readers keep a position and are not made for threads

Scored = WordIn | PhraseIn | Expansion


class Execution:
    """One query on one snapshot; what a leaf has been found to match is kept for scoring. For use by one thread."""

    def __init__(self, snapshot: Snapshot, weighting: Weighting = BM25F) -> None:
        self.snapshot = snapshot
        self.weighting = weighting
        self._matches: dict[int, tuple[Any, Docs]] = {}
        self._frequencies: dict[int, list[tuple[str, Docs, Floats]]] = {}

    def match(self, node: Any) -> Docs:
        """The live articles that match, ascending."""
        kept = self._matches.get(id(node))
        if kept is None:
            kept = (node, self._match(node))  # the node is kept too, so that its id stays its own
            self._matches[id(node)] = kept
        return kept[1]

    def score(self, node: Any, docs: Docs) -> Floats:
        """The BM25F score of each of `docs` (ascending, each a match of the query). Filters and negations score 0."""
        if isinstance(node, WordIn | PhraseIn | Expansion):
            return self._score_leaf(node, docs)
        total = np.zeros(len(docs))
        if type(node) in (query.And, query.Or):
            for child in node.subqueries:
                part = self.score(child, docs)
                if type(node) is query.Or and type(child) is query.And:
                    part *= docsets.member(docs, self.match(child))  # half an alternative is no match
                total += part
        return total

    def _match(self, node: Any) -> Docs:
        if isinstance(node, WordIn | PhraseIn | Expansion):
            parts = self._leaf_frequencies(node)
            return docsets.union([docs for _, docs, _ in parts], self.snapshot.size)
        if isinstance(node, FacetValues):
            return self._facet_values(node)
        if isinstance(node, PublishedWithin):
            return self._published(node)
        evaluate: dict[type, Callable[[Any], Docs]] = {
            query.And: self._and,
            query.Or: self._or,
            query.Not: lambda node: docsets.difference(self._every(), self.match(node.query)),
            query.Every: lambda node: self._every() if node.fieldname is None else self._by_whoosh(node),
            type(query.NullQuery): lambda node: docsets.NONE,
        }
        return evaluate.get(type(node), self._by_whoosh)(node)

    def _and(self, node: Any) -> Docs:
        wanted = [self.match(child) for child in node.subqueries if type(child) is not query.Not]
        result = docsets.intersection(wanted) if wanted else self._every()
        for child in node.subqueries:
            if type(child) is query.Not:
                result = docsets.difference(result, self.match(child.query))
        return result

    def _or(self, node: Any) -> Docs:
        return docsets.union([self.match(child) for child in node.subqueries], self.snapshot.size)

    def _every(self) -> Docs:
        return np.flatnonzero(self.snapshot.live).astype(np.int32)

    def _facet_values(self, node: FacetValues) -> Docs:
        if len(node.values) <= _FEW:
            found = [self.snapshot.postings(node.facet, value).docs for value in node.values]
            return docsets.union(found, self.snapshot.size)
        column = self.snapshot.facet(node.facet)
        chosen = set(node.values)
        flags = np.fromiter((value in chosen for value in column.values), np.bool_, len(column.values))
        return np.flatnonzero(rows_with(column, flags) & self.snapshot.live).astype(np.int32)

    def _published(self, node: PublishedWithin) -> Docs:
        first, last = self.snapshot.published()
        inside = self.snapshot.live & (first >= node.first) & (last > 0) & (last <= node.last)
        return np.flatnonzero(inside).astype(np.int32)

    def _by_whoosh(self, node: Any) -> Docs:
        with _whoosh_lock:
            found = np.unique(np.fromiter(node.docs(Searcher(self.snapshot.reader)), np.int32))
        return found[self.snapshot.live[found]]

    def _score_leaf(self, node: Scored, docs: Docs) -> Floats:
        size = self.snapshot.size
        pseudo = np.zeros(len(docs))
        for field, holders, tf in self._leaf_frequencies(node):
            weight = self.weighting.fields[field]
            length = self.snapshot.lengths(field)[docs]
            frequencies = docsets.values_at(docs, holders, tf, size)
            pseudo += normalized(frequencies, length, self.snapshot.average_length(field), weight)
        rarity = idf(self.snapshot.doc_count, len(self.match(node)))
        return saturated(pseudo, rarity, self.weighting.k1)

    def _leaf_frequencies(self, node: Scored) -> list[tuple[str, Docs, Floats]]:
        """Of each field: its name, the articles with the leaf there, and how often each has it."""
        kept = self._frequencies.get(id(node))
        if kept is None:
            kept = [(field, *self._frequency(node, field)) for field in node.fields_]
            self._frequencies[id(node)] = kept
        return kept

    def _frequency(self, node: Scored, field: str) -> tuple[Docs, Floats]:
        if isinstance(node, WordIn):
            return self._posting(field, node.stem)
        if isinstance(node, PhraseIn) and len(node.words) > 1:
            return self._phrase(exact(field), node.words)
        parts = [self._posting(exact(field), word) for word in node.words]
        return docsets.summed(parts, self.snapshot.size)

    def _posting(self, field: str, term: str) -> tuple[Docs, Floats]:
        postings = self.snapshot.postings(field, term)
        return postings.docs, postings.tf.astype(np.float64)

    def _phrase(self, field: str, words: tuple[str, ...]) -> tuple[Docs, Floats]:
        """Where the words stand in a row: positions less each word's place, intersected, the rarest word first."""
        documents = [self.snapshot.postings(field, word).docs for word in dict.fromkeys(words)]
        candidates = docsets.intersection(documents)
        if not len(candidates):
            return docsets.NONE, np.empty(0)
        starts: Any = None
        for place in sorted(range(len(words)), key=lambda place: self.snapshot.doc_frequency(field, words[place])):
            positions = self.snapshot.positions(field, words[place])
            rows = np.flatnonzero(docsets.member(positions.docs, candidates))
            places, counts = docsets.gather(positions.offsets, rows)
            at = positions.positions[places].astype(np.int64) - place
            keys = (np.repeat(positions.docs[rows].astype(np.int64), counts) << 32) + at
            keys = keys[at >= 0]
            starts = keys if starts is None else starts[docsets.member(starts, keys)]
        of = starts >> 32
        firsts = docsets.run_starts(of)
        return of[firsts].astype(np.int32), np.diff(firsts, append=len(of)).astype(np.float64)


def rows_with(column: FacetColumn, flags: Bools) -> Bools:
    """Of every docnum: has it a value whose flag is set? `flags` is by ordinal."""
    set_before = np.concatenate(([0], np.cumsum(flags[column.ordinals])))
    has: Bools = set_before[column.offsets[1:]] > set_before[column.offsets[:-1]]
    return has
