"""What searching needs of an archive: arrays of one immutable generation. The store's Snapshot is one of these.

Document numbers (docnums) count from 0 to `size`; those of deleted articles stay unused (`live` is False).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar, cast
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from search.model import Annotation

__all__ = ["Bools", "Docs", "FacetColumn", "Floats", "Ints", "Positions", "Postings", "Snapshot", "derived"]

Docs = npt.NDArray[np.int32]
Ints = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class Postings(Protocol):
    """The live articles with a term: `docs` ascending, and how often (`tf`) each has it."""

    @property
    def docs(self) -> Docs: ...
    @property
    def tf(self) -> npt.NDArray[np.float32]: ...


class Positions(Protocol):
    """Where a term stands: of article `docs[i]` at token ranks `positions[offsets[i]:offsets[i + 1]]`, ascending."""

    @property
    def docs(self) -> Docs: ...
    @property
    def offsets(self) -> npt.NDArray[np.int64]: ...
    @property
    def positions(self) -> npt.NDArray[np.int32]: ...


class FacetColumn(Protocol):
    """The values of every article: those of docnum d are `values[o] for o in ordinals[offsets[d]:offsets[d + 1]]`."""

    @property
    def values(self) -> Sequence[str]: ...
    @property
    def labels(self) -> Sequence[str]: ...
    @property
    def offsets(self) -> npt.NDArray[np.int64]: ...
    @property
    def ordinals(self) -> npt.NDArray[np.int32]: ...


class Snapshot(Protocol):
    """One generation of an archive, safe to read from several threads at once."""

    @property
    def generation(self) -> int: ...
    @property
    def size(self) -> int: ...
    @property
    def doc_count(self) -> int: ...
    @property
    def live(self) -> Bools: ...
    @property
    def reader(self) -> Any: ...
    def postings(self, field: str, term: str) -> Postings: ...
    def positions(self, field: str, term: str) -> Positions: ...
    def doc_frequency(self, field: str, term: str) -> int: ...
    def terms(self, field: str, prefix: str = "", limit: int | None = None) -> list[str]: ...
    def lengths(self, field: str) -> npt.NDArray[np.int32]: ...
    def average_length(self, field: str) -> float: ...
    def facet(self, name: str) -> FacetColumn: ...
    def published(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]: ...
    def rank(self) -> npt.NDArray[np.int32]: ...
    def head(self, docnum: int) -> Annotation: ...


Made = TypeVar("Made")

_derived: WeakKeyDictionary[object, dict[object, object]] = WeakKeyDictionary()
_derived_lock = threading.Lock()


def derived(snapshot: Snapshot, key: object, make: Callable[[], Made]) -> Made:
    """What `make` gives, made once for each snapshot and kept as long as it lives. The key must be one of a fixed few.

    Two threads may both make it the first time; they make the same.
    """
    with _derived_lock:
        kept = _derived.setdefault(snapshot, {})
    if key not in kept:
        kept[key] = make()
    return cast(Made, kept[key])
