"""Sets of articles as ascending arrays of docnums: intersection, union, difference and look-up, as pure functions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.query.view import Bools, Docs, Floats, Ints

__all__ = [
    "NONE",
    "difference",
    "distinct",
    "gather",
    "intersection",
    "member",
    "run_starts",
    "summed",
    "union",
    "values_at",
]

NONE: Docs = np.empty(0, np.int32)

_DENSE = 16
"""Above one in so many of the archive, a scratch array over all docnums is quicker than searching in sorted ones."""


def member(docs: Docs, among: Docs) -> Bools:
    """For each of `docs`: is it in `among`?"""
    if not len(among):
        return np.zeros(len(docs), np.bool_)
    at = np.searchsorted(among, docs)
    at[at == len(among)] = 0
    found: Bools = among[at] == docs
    return found


def intersection(sets: Sequence[Docs]) -> Docs:
    """The docnums in all sets, starting from the smallest."""
    ordered = sorted(sets, key=len)
    result = ordered[0]
    for other in ordered[1:]:
        if not len(result):
            break
        result = result[member(result, other)]
    return result


def union(sets: Sequence[Docs], size: int) -> Docs:
    """The docnums in any set."""
    full = [docs for docs in sets if len(docs)]
    if len(full) < 2:
        return full[0] if full else NONE
    if sum(map(len, full)) * _DENSE < size:
        return np.unique(np.concatenate(full))
    flags = np.zeros(size, np.bool_)
    for docs in full:
        flags[docs] = True
    return np.flatnonzero(flags).astype(np.int32)


def difference(docs: Docs, without: Docs) -> Docs:
    """The docnums of the first set that are not in the second."""
    return docs[~member(docs, without)]


def values_at(docs: Docs, holders: Docs, values: Floats, size: int) -> Floats:
    """For each of `docs` the value of that docnum among `holders`, 0 where it is not one."""
    if len(docs) * _DENSE < size:
        found: Floats = np.zeros(len(docs))
        if len(holders):
            at = np.searchsorted(holders, docs)
            at[at == len(holders)] = 0
            hit = holders[at] == docs
            found[hit] = values[at[hit]]
        return found
    spread = np.zeros(size)
    spread[holders] = values
    gathered: Floats = spread[docs]
    return gathered


def summed(parts: Sequence[tuple[Docs, Floats]], size: int) -> tuple[Docs, Floats]:
    """The union of several sets with the sum of each docnum's values."""
    full = [(docs, values) for docs, values in parts if len(docs)]
    if len(full) < 2:
        return full[0] if full else (NONE, np.empty(0))
    docs = np.concatenate([docs for docs, _ in full])
    values = np.concatenate([values for _, values in full])
    if len(docs) * _DENSE < size:
        distinct, inverse = np.unique(docs, return_inverse=True)
        return distinct, np.bincount(inverse, weights=values, minlength=len(distinct)).astype(np.float64)
    totals = np.bincount(docs, weights=values, minlength=size).astype(np.float64)
    present = union([docs for docs, _ in full], size)
    return present, totals[present]


def distinct(ascending: Ints) -> Ints:
    """Each number of an ascending array once."""
    return ascending[run_starts(ascending)]


def run_starts(ascending: Ints) -> Ints:
    """Where in an ascending array each distinct number stands first."""
    if not len(ascending):
        return np.empty(0, np.int64)
    changes = np.flatnonzero(ascending[1:] != ascending[:-1]) + 1
    return np.concatenate((np.zeros(1, np.int64), changes))


def gather(offsets: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Of a ragged array: where the items of `rows` are, row after row, and how many each row has."""
    starts = offsets[rows]
    counts = offsets[rows + 1] - starts
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    places = np.arange(total, dtype=np.int64) + np.repeat(starts - (ends - counts), counts)
    return places, counts
