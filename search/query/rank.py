"""The order of hits: which articles stand on a page. Ties go to the newer article, then by id (the snapshot's rank)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from search.query.view import Docs, Floats, Ints

__all__ = ["by_age", "by_rank", "by_score"]

_UNKNOWN = np.iinfo(np.int64).max


def by_score(docs: Docs, scores: Floats, rank: Ints, wanted: int) -> Docs:
    """The first `wanted` of `docs` by falling score."""
    return _leading(docs, -scores, rank, wanted)


def by_rank(docs: Docs, rank: Ints, wanted: int) -> Docs:
    """The first `wanted` of `docs`, newest first, those of unknown date last."""
    return _leading(docs, rank[docs], rank, wanted)


def by_age(docs: Docs, published: Ints, rank: Ints, wanted: int) -> Docs:
    """The first `wanted` of `docs`, oldest first, undated ones last. `published` is by docnum, 0 for unknown."""
    days = published[docs].astype(np.int64)
    days[days == 0] = _UNKNOWN
    return _leading(docs, days, rank, wanted)


def _leading(docs: Docs, keys: npt.NDArray[Any], rank: Ints, wanted: int) -> Docs:
    """The docs with the smallest keys, equal ones by rank, without sorting those that cannot be among them."""
    if len(docs) > 2 * wanted > 0:
        bound = np.partition(keys, wanted - 1)[wanted - 1]
        near = keys <= bound
        docs, keys = docs[near], keys[near]
    return docs[np.lexsort((rank[docs], keys))][:wanted]
