"""While typing: values and titles that begin like what was typed, and the values of one facet by a prefix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from search.analysis import words
from search.errors import RequestError
from search.model import FACETS, Facet, Request
from search.query import docsets
from search.query.answer import count_facet
from search.query.bind import bind
from search.query.execute import Execution
from search.query.facets import count_values, leading
from search.query.filters import narrow, read_filters
from search.query.grammar import parse
from search.query.limits import LIMITS, check_request, nearest
from search.query.names import names_of, values_of
from search.query.nodes import exact
from search.query.rank import by_rank
from search.query.view import Docs, Snapshot

__all__ = ["Completion", "facet_values", "suggest"]

_SUGGESTED = ("person", "country", "organization")
_TITLE_WORDS = 128  # that the last, unfinished word may become


@dataclass(frozen=True, slots=True)
class Completion:
    """A facet value (`kind` is the facet, `count` its articles), or an article (`kind` is "title", `value` its id)."""

    kind: str
    value: str
    label: str
    count: int = 1


def suggest(snapshot: Snapshot, text: str, limit: int = 8) -> tuple[Completion, ...]:
    """People, countries and organizations with words that begin like those typed, most articles first; then titles."""
    text = text[: LIMITS.query_length]
    if limit < 1 or not any(words(text)):
        return ()
    everything = np.flatnonzero(snapshot.live).astype(np.int32)
    found: list[Completion] = []
    for facet in _SUGGESTED:
        names, column = names_of(snapshot, facet), snapshot.facet(facet)
        counts = count_values(column, everything)
        inside = np.zeros(len(counts), np.bool_)
        inside[names.beginning(text)] = True
        found += [
            Completion(facet, column.values[ordinal], column.labels[ordinal], int(counts[ordinal]))
            for ordinal in leading(np.where(inside, counts, 0), values_of(snapshot, facet).label_rank, limit).tolist()
        ]
    found.sort(key=lambda completion: (-completion.count, completion.label, completion.kind))
    titles = [snapshot.head(docnum).article for docnum in _titles(snapshot, text, limit).tolist()]
    found = found[: max(limit - min(len(titles), limit // 3), 0)]
    found += [Completion("title", article.id, article.title) for article in titles]
    return tuple(found[:limit])


def _titles(snapshot: Snapshot, text: str, limit: int) -> Docs:
    """The newest articles whose title has all words, the last of them perhaps unfinished."""
    *whole, last = [word.text for word in words(text)]
    field = exact("title")
    begun = [snapshot.postings(field, term).docs for term in snapshot.terms(field, last, _TITLE_WORDS)]
    sets = [docsets.union(begun, snapshot.size), *(snapshot.postings(field, word).docs for word in whole)]
    return by_rank(docsets.intersection(sets), snapshot.rank(), limit)


def facet_values(
    snapshot: Snapshot, name: str, *, prefix: str = "", request: Request | None = None, limit: int = 20
) -> Facet:
    """The values of a facet with a word that begins with `prefix`, counted for a request (the whole archive if None).

    Raises RequestError for a facet that does not exist.
    """
    if name not in FACETS:
        raise RequestError("facet", f"there are {', '.join(FACETS)}.", value=name, nearest=nearest(name, FACETS))
    request = replace(request or Request(), page=1)
    check_request(request)
    if not 0 <= limit <= LIMITS.facet_size:
        reason = f"must lie between 0 and {LIMITS.facet_size:,}."
        raise RequestError("limit", reason, value=str(limit), nearest=str(min(max(limit, 0), LIMITS.facet_size)))
    filters = read_filters(request)
    execution = Execution(snapshot)
    docs = execution.match(bind(snapshot, parse(request.q).node).query)
    narrowed = narrow(execution, docs, filters)
    names = names_of(snapshot, name)
    among = names.beginning(prefix[: LIMITS.query_length])
    if prefix:  # values chosen before are listed only if they begin so too
        called = {names.values[at] for at in among.tolist()}
        shown = (_only(filters.selected, name, called), _only(filters.excluded, name, called))
        filters = replace(filters, selected=shown[0], excluded=shown[1])
    return count_facet(snapshot, filters, narrowed, name, limit, among)


def _only(chosen: Mapping[str, tuple[str, ...]], name: str, called: set[str]) -> dict[str, tuple[str, ...]]:
    return {facet: values for facet, values in chosen.items() if facet != name} | {
        name: tuple(value for value in chosen.get(name, ()) if value in called)
    }
