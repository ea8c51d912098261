"""Relaxing: when no article has all words of a query, the articles that have at least half of them.

Only words side by side (or joined by AND) are relaxed, two of them or more. Quoted phrases, fields, prefixes,
alternatives and what is excluded were asked for on purpose and stay required.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from search.query import docsets
from search.query.execute import Execution
from search.query.syntax import BOTH, And, Node, Phrase, Word
from search.query.view import Docs

__all__ = ["Relaxation", "relax"]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The articles with at least half of the words, and each word with its bound node."""

    docs: Docs
    words: tuple[tuple[str, Any], ...]

    def missing(self, execution: Execution, docnum: int) -> tuple[str, ...]:
        """The words that an article lacks."""
        one = np.array([docnum], np.int32)
        return tuple(word for word, node in self.words if not docsets.member(one, execution.match(node))[0])


def relax(execution: Execution, node: Node, bound: Any) -> Relaxation | None:
    """The relaxed query, or None for one that cannot be relaxed. `bound` is what `node` was bound to."""
    if not isinstance(node, And):
        return None
    loose: dict[str, Any] = {}
    required: list[Docs] = []
    for child, bound_child in zip(node.children, bound.subqueries, strict=True):
        match child:
            case Word(word, fields) if fields == BOTH:
                loose.setdefault(word, bound_child)
            case Phrase(words, fields, quoted=False) if fields == BOTH:
                loose.setdefault(" ".join(words), bound_child)
            case _:
                required.append(execution.match(bound_child))
    if len(loose) < 2:
        return None
    matches = [execution.match(child) for child in loose.values()]
    having = np.bincount(np.concatenate(matches), minlength=execution.snapshot.size)
    docs = np.flatnonzero(having >= (len(loose) + 1) // 2).astype(np.int32)
    return Relaxation(docsets.intersection([docs, *required]), tuple(loose.items()))
