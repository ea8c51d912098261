"""What of a bound query is to be marked in a field of an article, and how telling each part is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh import query

from search.query.execute import Execution
from search.query.matches import Sought
from search.query.nodes import Expansion, PhraseIn, WordIn
from search.query.score import idf

__all__ = ["sought_in"]


def sought_in(bound: Any, field: str, execution: Execution | None = None) -> Sought:
    """The words that the query asks for in a field. With an execution, each weighs its inverse document frequency."""
    stems: dict[str, int] = {}
    words: dict[str, int] = {}
    phrases: dict[tuple[str, ...], int] = {}
    weights: list[float] = []
    for node in _asked_for(bound):
        if field not in node.fields_:
            continue
        key = len(weights)
        if isinstance(node, WordIn):
            if node.stem in stems:
                continue
            stems[node.stem] = key
        elif isinstance(node, Expansion) or len(node.words) == 1:
            for word in node.words:
                words.setdefault(word, key)
        else:
            phrases.setdefault(node.words, key)
        weights.append(1.0 if execution is None else idf(execution.snapshot.doc_count, len(execution.match(node))))
    return Sought(stems, words, phrases, tuple(weights))


def _asked_for(node: Any) -> Iterator[WordIn | PhraseIn | Expansion]:
    if isinstance(node, WordIn | PhraseIn | Expansion):
        yield node
    elif type(node) in (query.And, query.Or):
        for child in node.subqueries:
            yield from _asked_for(child)
