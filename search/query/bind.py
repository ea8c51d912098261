"""Binding a query to an archive: its tree becomes a Whoosh query tree over the archive's fields, terms and values.

A word looks for its stem; a phrase, a prefix and a fuzzy word for unstemmed words. `a -b` becomes And(a, Not(b)) and
never Whoosh's AndNot, which is wrong over several segments.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA
from whoosh import query

from search.analysis import stem
from search.dates import Interval, parse_interval
from search.errors import RequestError
from search.model import FACETS, Problem
from search.query.limits import LIMITS
from search.query.names import country_called, names_of
from search.query.nodes import Expansion, FacetValues, PhraseIn, PublishedWithin, WordIn, exact
from search.query.syntax import And, Days, Everything, Fuzzy, Leaf, Node, Not, Or, Phrase, Prefix, Value, Word
from search.query.view import Ints, Snapshot, derived

__all__ = ["Bound", "bind", "expand", "mentioned_days", "mentioned_within"]


@dataclass(frozen=True, slots=True)
class Bound:
    """A query tree that an archive can run, and what of the query the archive knows nothing of."""

    query: Any
    problems: tuple[Problem, ...] = ()


def bind(snapshot: Snapshot, node: Node) -> Bound:
    """The Whoosh query for a tree. Raises RequestError("q") where a part stands for more words than LIMITS allow."""
    problems: list[Problem] = []
    bound = _bind(snapshot, node, problems)
    return Bound(bound, tuple(problems))


def _bind(snapshot: Snapshot, node: Node, problems: list[Problem]) -> Any:
    match node:
        case Everything():
            return query.Every()
        case Not(child):
            return query.Not(_bind(snapshot, child, problems))
        case And(children):
            return query.And([_bind(snapshot, child, problems) for child in children])
        case Or(children):
            return query.Or([_bind(snapshot, child, problems) for child in children])
        case Value():
            return _value(snapshot, node, problems)
        case _:
            return bind_leaf(snapshot, node)


def bind_leaf(snapshot: Snapshot, leaf: Leaf) -> Any:
    """The Whoosh node of one leaf that is no facet value."""
    match leaf:
        case Word(word, fields):
            return WordIn(stem(word), fields)
        case Phrase(words, fields):
            return PhraseIn(words, fields)
        case Prefix(_, fields) | Fuzzy(_, _, fields):
            return Expansion(expand(snapshot, leaf), fields)
        case Days("date", first, last):
            return PublishedWithin(first, last)
        case Days(_, first, last):
            return FacetValues("mentioned", mentioned_within(snapshot, first, last))
        case Value():
            raise TypeError("a facet value is bound by its names")


def expand(snapshot: Snapshot, leaf: Prefix | Fuzzy) -> tuple[str, ...]:
    """The folded words of the archive that a prefix or a fuzzy word stands for, sorted."""
    found: set[str] = set()
    for field in leaf.fields:
        match leaf:
            case Prefix(prefix):
                found.update(snapshot.terms(exact(field), prefix, LIMITS.expansions + 1))
            case Fuzzy(word, edits):
                lexicon = snapshot.terms(exact(field), word[0])
                alike = process.extract(word, lexicon, scorer=OSA.distance, score_cutoff=edits, limit=None)
                found.update(term for term, _, _ in alike)
    if len(found) > LIMITS.expansions:
        written = f"{leaf.prefix}*" if isinstance(leaf, Prefix) else f"{leaf.word}~{leaf.edits}"
        raise RequestError(
            "q", f"{written} stands for more than {LIMITS.expansions:,} words; write more of it.", value=written
        )
    return tuple(sorted(found))


def _value(snapshot: Snapshot, leaf: Value, problems: list[Problem]) -> Any:
    if leaf.facet == "country":
        values = country_called(leaf.name)
    else:
        names = names_of(snapshot, leaf.facet)
        values = tuple(names.values[ordinal] for ordinal in names.called(leaf.name, alone=leaf.quoted))
    if len(values) > LIMITS.expansions:
        reason = f"{leaf.facet}:{leaf.name} stands for more than {LIMITS.expansions:,} values; write more of the name."
        raise RequestError("q", reason, value=leaf.name)
    if not values:
        problems.append(Problem(f"no {FACETS[leaf.facet].lower()} here is called {leaf.name!r}", *leaf.span))
        return query.NullQuery
    return FacetValues(leaf.facet, values)


def mentioned_days(snapshot: Snapshot) -> tuple[Ints, Ints]:
    """First and last day (proleptic ordinals) of each value of `mentioned`; 0 and 0 for a value that is no date."""
    return derived(snapshot, "mentioned days", lambda: _days_of(snapshot))


def mentioned_within(snapshot: Snapshot, first: dt.date | None, last: dt.date | None) -> tuple[str, ...]:
    """The values of `mentioned` that lie within the days given."""
    begins, ends = mentioned_days(snapshot)
    inside = begins > 0
    if first:
        inside &= begins >= first.toordinal()
    if last:
        inside &= ends <= last.toordinal()
    values = snapshot.facet("mentioned").values
    return tuple(values[ordinal] for ordinal in np.flatnonzero(inside).tolist())


def _days_of(snapshot: Snapshot) -> tuple[Ints, Ints]:
    intervals = [_interval_or_none(value) for value in snapshot.facet("mentioned").values]
    first = np.array([interval.first.toordinal() if interval else 0 for interval in intervals], np.int64)
    last = np.array([interval.last.toordinal() if interval else 0 for interval in intervals], np.int64)
    return first, last


def _interval_or_none(value: str) -> Interval | None:
    try:
        return parse_interval(value)
    except ValueError:
        return None
