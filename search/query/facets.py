"""Exact facet counts over articles, and which values are listed. Pure functions over arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from search.query.docsets import gather
from search.query.view import Docs, FacetColumn, Ints

__all__ = ["count_values", "leading"]

Counts = npt.NDArray[np.int64]


def count_values(column: FacetColumn, docs: Docs) -> Counts:
    """For each value of the column, how many of `docs` (ascending, distinct) have it.

    Few articles are gathered; for many it is quicker to weigh the whole column by who is among them.
    """
    size = len(column.offsets) - 1
    if len(docs) == size:
        return np.bincount(column.ordinals, minlength=len(column.values))
    if len(docs) * 2 < size:
        places, _ = gather(column.offsets, docs)
        return np.bincount(column.ordinals[places], minlength=len(column.values))
    among = np.zeros(size, np.bool_)
    among[docs] = True
    inside = np.repeat(among, np.diff(column.offsets))
    return np.bincount(column.ordinals[inside], minlength=len(column.values))


def leading(counts: Counts, label_rank: Ints, size: int, without: Sequence[int] = ()) -> npt.NDArray[np.intp]:
    """The ordinals of the `size` values with the most articles, none of them 0; equals in the order of their labels."""
    considered = counts.copy()
    considered[list(without)] = 0
    candidates: npt.NDArray[Any] = np.flatnonzero(considered)
    if len(candidates) > size > 0:
        least = np.partition(considered[candidates], len(candidates) - size)[len(candidates) - size]
        candidates = candidates[considered[candidates] >= least]
    order = np.lexsort((label_rank[candidates], -considered[candidates]))
    best: npt.NDArray[np.intp] = candidates[order][:size]
    return best
