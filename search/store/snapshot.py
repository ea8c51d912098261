"""One generation of the archive as arrays: immutable, and safe to read from several threads at once."""

from __future__ import annotations

import threading
import weakref
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar, cast

import numpy as np
import numpy.typing as npt
from whoosh.reading import EmptyReader, MultiReader, SegmentReader

from search.countries import country_label
from search.errors import IndexUnusable
from search.model import Annotation
from search.store.codec import ArticleSegment
from search.store.postings import PostingList, select
from search.store.record import State, decode_annotation
from search.store.schema import FIELD_LENGTHS, LABEL_SEPARATOR, LABELED_FACETS, SCHEMA, TERM_FIELDS, label_field
from search.store.segment_view import SegmentView, naming_damage

__all__ = ["FacetColumn", "Positions", "Postings", "Snapshot"]

CACHE_BYTES = 256 << 20
"""Of postings and articles that were asked for, the most recently used are kept up to this size."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The live articles that have a term: `docs` int32, ascending, and `tf` float32, how often."""

    docs: npt.NDArray[np.int32]
    tf: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Positions:
    """Where a term stands: of `docs[i]` (int32) at `positions[offsets[i]:offsets[i + 1]]` (token ranks, int32)."""

    docs: npt.NDArray[np.int32]
    offsets: npt.NDArray[np.int64]
    positions: npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """The values of every document: of docnum d, `values[o]` for o in `ordinals[offsets[d]:offsets[d + 1]]`.

    `values` are sorted and each has at least one live document; `labels` go with them. Deleted documents have none.
    `offsets` is int64 of size + 1, `ordinals` int32, ascending within a document.
    """

    values: tuple[str, ...]
    labels: tuple[str, ...]
    offsets: npt.NDArray[np.int64]
    ordinals: npt.NDArray[np.int32]


Made = TypeVar("Made")


def close_all(views: Sequence[SegmentView]) -> None:
    for view in views:
        view.close()


class Snapshot:
    """What searching reads. Arrays are shared and must not be written to; docnums count from 0 to `size`.

    `size` counts document slots, `doc_count` the live ones, which `live` (bool of `size`) marks. Methods raise
    IndexDamaged where a file turns out altered, IndexUnusable once the snapshot is closed.
    """

    def __init__(
        self,
        generation: int,
        views: Sequence[SegmentView],
        segments: Sequence[ArticleSegment],
        release: Callable[[Sequence[SegmentView]], None] = close_all,
    ) -> None:
        self.generation = generation
        self.schema = SCHEMA
        self.views = tuple(views)
        self.segments = tuple(segments)
        self.bases = tuple(np.cumsum([0, *(view.size for view in views)]).tolist())
        self.size = int(self.bases[-1])
        self.live: npt.NDArray[np.bool_] = np.ones(self.size, np.bool_)
        for base, segment in zip(self.bases, segments, strict=False):
            self.live[[base + docnum for docnum in segment.deleted_docs()]] = False
        _frozen(self.live)
        self.doc_count = int(self.live.sum())
        self._whole = self.doc_count == self.size
        self._lock = threading.RLock()
        self._kept: dict[Hashable, Any] = {}
        self._recent = _RecentlyUsed(CACHE_BYTES)
        self._readers = threading.local()
        self._closed = False
        # The files are let go when nobody holds the snapshot any longer: a search that is under way keeps its own.
        self._release = weakref.finalize(self, release, self.views)
        self._release.atexit = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files. Doing it twice is harmless."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._kept.clear()
            self._recent.clear()
        self._readers = threading.local()
        self._release()

    def _check_open(self) -> None:
        if self._closed:
            raise IndexUnusable(f"generation {self.generation}", "this snapshot was closed")

    # Terms ------------------------------------------------------------------------------------------------------

    def postings(self, field: str, term: str) -> Postings:
        """The live articles with the term in the field; none where nothing has it."""

        def read() -> tuple[Postings, int]:
            found = self._postings(field, term, positions=False)
            return Postings(_frozen(found.docs), _frozen(found.tf)), found.docs.nbytes + found.tf.nbytes

        return self._recent.get(("postings", field, term), read, self._check_open)

    def positions(self, field: str, term: str) -> Positions:
        """Where the term stands in the live articles; fields with positions are `title_exact` and `text_exact`."""

        def read() -> tuple[Positions, int]:
            found = self._postings(field, term, positions=True)
            offsets = np.zeros(len(found.docs) + 1, np.int64)
            np.cumsum(found.tf, out=offsets[1:])
            places = found.positions if found.positions is not None else np.empty(0, np.int32)
            return Positions(found.docs, offsets, places), found.docs.nbytes + offsets.nbytes + places.nbytes

        return self._recent.get(("positions", field, term), read, self._check_open)

    def _postings(self, field: str, term: str, *, positions: bool) -> PostingList:
        try:
            encoded = term.encode("utf-8")
        except UnicodeEncodeError:  # a lone surrogate: no article has that
            encoded = b"\xff"
        parts = []
        for view, base in zip(self.views, self.bases, strict=False):
            found = view.postings(field, encoded, positions=positions)
            if len(found.docs):
                parts.append(found._replace(docs=found.docs + np.int32(base)))
        if len(parts) == 1:
            joined = parts[0]
        else:
            empty = np.empty(0, np.int32)
            joined = PostingList(
                np.concatenate([empty, *(part.docs for part in parts)]),
                np.concatenate([empty.astype(np.float32), *(part.tf for part in parts)]),
                np.concatenate([empty, *(part.positions for part in parts if part.positions is not None)])
                if positions
                else None,
            )
        return joined if self._whole else select(joined, self.live[joined.docs])

    def doc_frequency(self, field: str, term: str) -> int:
        """How many live articles have the term."""
        return len(self.postings(field, term).docs)

    def terms(self, field: str, prefix: str = "", limit: int | None = None) -> list[str]:
        """The sorted terms of a field that begin with the prefix, at most `limit`. Some may be of deleted articles."""
        lexicon = self._keep(("terms", field), lambda: self._lexicon(field))
        first = bisect_left(lexicon, prefix)
        last = bisect_left(lexicon, prefix + "\U0010ffff", first) if prefix else len(lexicon)
        return lexicon[first : last if limit is None else min(last, first + limit)]

    def _lexicon(self, field: str) -> list[str]:
        lexicons = [view.terms(field) for view in self.views]
        return lexicons[0] if len(lexicons) == 1 else sorted(set().union(*lexicons))

    # Columns ----------------------------------------------------------------------------------------------------

    def lengths(self, field: str) -> npt.NDArray[np.int32]:
        """Length of the field in tokens, int32 of `size`; deleted documents keep theirs."""
        return self._numbers(FIELD_LENGTHS[field])

    def average_length(self, field: str) -> float:
        """Mean length of the field over live articles; 0.0 without any."""
        total = self._keep(("total", field), lambda: int(self.lengths(field)[self.live].sum(dtype=np.int64)))
        return total / self.doc_count if self.doc_count else 0.0

    def published(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """First and last day of publication, proleptic ordinals of datetime.date, int32 of `size`; 0 is unknown."""
        return self._numbers("first_day"), self._numbers("last_day")

    def _numbers(self, column: str) -> npt.NDArray[np.int32]:
        def read() -> npt.NDArray[np.int32]:
            parts = [view.numbers(column) for view in self.views]
            return _frozen(np.concatenate([np.empty(0, np.int32), *parts]))

        return self._keep(("numbers", column), read)

    def rank(self) -> npt.NDArray[np.int32]:
        """A total order of documents, int32 of `size`, smaller first: newest published (unknown last), then id."""

        def read() -> npt.NDArray[np.int32]:
            first, last = self.published()
            ids = [article_id for view in self.views for article_id in view.all_bytes("id")]
            by_id = np.empty(self.size, np.int32)
            by_id[sorted(range(self.size), key=ids.__getitem__)] = np.arange(self.size, dtype=np.int32)
            rank = np.empty(self.size, np.int32)
            # Unknown dates are 0, so descending order puts them last.
            rank[np.lexsort((by_id, -last, -first))] = np.arange(self.size, dtype=np.int32)
            return _frozen(rank)

        return self._keep("rank", read)

    # Facets -----------------------------------------------------------------------------------------------------

    def facet(self, name: str) -> FacetColumn:
        """The column of a facet (of FACETS, or `mentioned`). Raises KeyError for other names."""
        if name not in TERM_FIELDS:
            raise KeyError(name)
        return self._keep(("facet", name), lambda: self._facet(name))

    def _facet(self, name: str) -> FacetColumn:
        terms, docs, ordinals = self._incidence(name)
        order = np.lexsort((ordinals, docs))
        offsets = np.zeros(self.size + 1, np.int64)
        np.cumsum(np.bincount(docs, minlength=self.size), out=offsets[1:])
        return FacetColumn(tuple(terms), self._labels(name, terms), _frozen(offsets), _frozen(ordinals[order]))

    def _incidence(self, field: str) -> tuple[list[str], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """The sorted terms that live documents have; then documents and ordinals of terms, pair by pair."""
        parts = [view.incidence(field) for view in self.views]
        every = sorted(set().union(*(part.terms for part in parts)))
        place = {term: number for number, term in enumerate(every)}
        docs, ordinals = [np.empty(0, np.int32)], [np.empty(0, np.int32)]
        for part, base in zip(parts, self.bases, strict=False):
            keep = self.live[part.docs + base]
            docs.append(part.docs[keep] + np.int32(base))
            ordinals.append(np.array([place[term] for term in part.terms], np.int32)[part.ordinals[keep]])
        flat_docs, flat_ordinals = np.concatenate(docs), np.concatenate(ordinals)
        used = np.bincount(flat_ordinals, minlength=len(every)) > 0
        renumbered = (np.cumsum(used) - 1).astype(np.int32)
        return [term for term, has in zip(every, used, strict=True) if has], flat_docs, renumbered[flat_ordinals]

    def _labels(self, name: str, values: list[str]) -> tuple[str, ...]:
        if name == "country":
            return tuple(country_label(value) for value in values)
        if name not in LABELED_FACETS:
            return tuple(values)
        terms, _, ordinals = self._incidence(label_field(name))
        counts = np.bincount(ordinals, minlength=len(terms)).tolist()
        best: dict[str, tuple[int, int, str]] = {}
        for term, count in zip(terms, counts, strict=True):
            value, _, label = term.partition(LABEL_SEPARATOR)
            # The most frequent; of equals the longest, for it says most; then by the alphabet.
            key = (-count, -len(label), label)
            if value not in best or key < best[value]:
                best[value] = key
        return tuple(best[value][2] if value in best else value for value in values)

    # Articles ---------------------------------------------------------------------------------------------------

    def docnum(self, article_id: str) -> int | None:
        """The number of the live article with the id, or None."""
        docs = self._postings("id", article_id, positions=False).docs
        return int(docs[-1]) if len(docs) else None

    def annotation(self, docnum: int) -> Annotation:
        """The whole article with its annotation. Raises IndexError for a number that is not of a live document."""
        return self._annotation(docnum, mentions=True)

    def head(self, docnum: int) -> Annotation:
        """The same without its mentions, which is quicker and enough to show it in a list."""
        return self._annotation(docnum, mentions=False)

    def _annotation(self, docnum: int, *, mentions: bool) -> Annotation:
        def read() -> tuple[Annotation, int]:
            annotation = self.read_annotation(docnum, mentions=mentions)
            return annotation, 2 * len(annotation.article.text) + 400 * len(annotation.mentions) + 2000

        return self._recent.get(("annotation", docnum, mentions), read, self._check_open)

    def read_annotation(self, docnum: int, *, mentions: bool = True) -> Annotation:
        """The same as `annotation`, not kept: for reading all of an archive."""
        view, number = self._place(docnum)
        stored = view.bytes_of("document", number)
        with naming_damage(view.path):
            return decode_annotation(stored, mentions=mentions)

    def state(self, docnum: int) -> State:
        """What tells whether the article has changed."""
        view, number = self._place(docnum)
        with naming_damage(view.path):
            return State.decode(view.bytes_of("state", number))

    def _place(self, docnum: int) -> tuple[SegmentView, int]:
        self._check_open()
        if not 0 <= docnum < self.size or not self.live[docnum]:
            raise IndexError(f"no live document has the number {docnum}")
        number = int(np.searchsorted(self.bases, docnum, side="right")) - 1
        return self.views[number], docnum - self.bases[number]

    # For Whoosh's searcher --------------------------------------------------------------------------------------

    @property
    def reader(self) -> Any:
        """A Whoosh IndexReader of this generation, for this thread alone (Whoosh's readers are not for sharing)."""
        self._check_open()
        reader = getattr(self._readers, "reader", None)
        if reader is None:
            readers = [
                SegmentReader(view.storage, SCHEMA, segment.as_files(), generation=self.generation)
                for view, segment in zip(self.views, self.segments, strict=True)
            ]
            whole = MultiReader(readers, generation=self.generation) if len(readers) > 1 else None
            reader = whole or (readers[0] if readers else EmptyReader(SCHEMA))
            self._readers.reader = reader
        return reader

    @property
    def bytes(self) -> int:
        """Size of its segments on disk."""
        return sum(view.storage.size for view in self.views)

    def _keep(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives, made once: for what every search needs and is bounded by the size of the archive."""
        kept = self._kept.get(key)
        if kept is None:
            with self._lock:
                self._check_open()
                kept = self._kept.get(key)
                if kept is None:
                    kept = self._kept[key] = make()
        return cast(Made, kept)


Array = TypeVar("Array", bound=npt.NDArray[Any])


def _frozen(array: Array) -> Array:
    """The array, shared from now on, and therefore not to be written to."""
    array.flags.writeable = False
    return array


class _RecentlyUsed:
    """A cache for several threads that holds at most so many bytes; what is larger than an eighth is not kept."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.bytes = 0
        self._lock = threading.Lock()
        self._entries: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], tuple[Made, int]], check: Callable[[], None]) -> Made:
        """The kept value, else what `make` gives (with its size in bytes), after `check`."""
        check()
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
                return cast(Made, entry[0])
        value, size = make()
        size += 200  # the entry itself
        if size <= self.capacity // 8:
            with self._lock:
                if key not in self._entries:
                    self._entries[key] = value, size
                    self.bytes += size
                while self.bytes > self.capacity:
                    _, (_, freed) = self._entries.popitem(last=False)
                    self.bytes -= freed
        return value

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self.bytes = 0
