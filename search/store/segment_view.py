"""One opened segment: its arrays, read from the mapped file when they are first asked for.

It knows nothing of deletions. A segment never changes, so views are shared by the generations that have it. Whoosh's
readers keep a position and are not made for threads: each view has a lock.
"""

from __future__ import annotations

import pickle
import struct
import threading
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from search.errors import IndexDamaged
from search.store.codec import ArticleSegment, MappedSegment
from search.store.postings import PostingList, PostingLists, decode_lists, decode_postings
from search.store.schema import SCHEMA

__all__ = ["REBUILD", "Incidence", "SegmentView", "naming_damage"]

REBUILD = "make it again from the articles: dateline index --rebuild PATH…"

FEW = 32
"""Up to so many postings, Python's lists are quicker than arrays."""

_EMPTY = PostingList(np.empty(0, np.int32), np.empty(0, np.float32), np.empty(0, np.int32))


class Incidence(NamedTuple):
    """Which documents have which terms of a field: `terms` sorted; term `ordinals[i]` is in document `docs[i]`."""

    terms: list[str]
    docs: npt.NDArray[np.int32]
    ordinals: npt.NDArray[np.int32]


@contextmanager
def naming_damage(path: Path) -> Iterator[None]:
    """Turn what reading an altered file can raise into one error that names it and the way out."""
    try:
        yield
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        EOFError,
        LookupError,
        MemoryError,
        NameError,
        OSError,
        RecursionError,
        TypeError,
        ValueError,
        pickle.UnpicklingError,
        struct.error,
        zlib.error,
    ) as error:
        raise IndexDamaged(path, f"it is cut short or was altered ({error}); {REBUILD}") from error
    except Exception as error:
        # Whoosh raises bare exceptions for what it does not recognize.
        if type(error).__module__.partition(".")[0] not in {"builtins", "whoosh"} or isinstance(error, IndexDamaged):
            raise
        raise IndexDamaged(path, f"it was altered ({error}); {REBUILD}") from error


class SegmentView:
    """The arrays of one segment, numbered from 0. Raises IndexDamaged where its file is not what was written."""

    def __init__(self, files: Any, segment: ArticleSegment) -> None:
        self.name = str(segment.segment_id())
        self.path = files.path / segment.make_filename(segment.COMPOUND_EXT)
        self.size = int(segment.doc_count_all())
        self.lock = threading.RLock()
        self._lexicons: dict[str, list[str]] = {}
        self._incidences: dict[str, Incidence] = {}
        self._columns: dict[str, Any] = {}
        with naming_damage(self.path):
            self.storage: MappedSegment = segment.open_compound_file(files)
            try:
                plain = segment.as_files()
                self._terms = segment.codec().terms_reader(self.storage, plain)
                self._documents = segment.codec().per_document_reader(self.storage, plain)
            except BaseException:
                self._terms = self._documents = None
                self.storage.close()
                raise

    def close(self) -> None:
        with self.lock:
            self._columns.clear()
            self._documents.close()
            self._terms.close()
            self.storage.close()

    # Terms ------------------------------------------------------------------------------------------------------

    def postings(self, field: str, term: bytes, *, positions: bool = False) -> PostingList:
        """The postings of a term, deleted documents included; none where the segment does not have it."""
        with self.lock, naming_damage(self.path):
            if (field, term) not in self._terms:
                return _EMPTY
            found: PostingList = self._terms.postings(self._terms.term_info(field, term), positions=positions)
            self._check(found)
            return found

    def _check(self, postings: PostingList) -> None:
        # A docnum beyond the end would point into the next segment, or outside of every array.
        if len(postings.docs) and not 0 <= postings.docs.min() <= postings.docs.max() < self.size:
            raise ValueError("postings of documents that do not exist")

    def all_postings(self, field: str) -> Iterator[tuple[bytes, PostingList | PostingLists]]:
        """Every term of a field in order, with its postings and positions; in lists where they are few."""
        for term, count, stored in self._terms.stored_postings(field):
            if count <= FEW:
                few = decode_lists(stored)
                if few.docs and max(few.docs) >= self.size:
                    raise ValueError("postings of documents that do not exist")
                yield term, few
            else:
                many = decode_postings(stored)
                self._check(many)
                yield term, many

    def terms(self, field: str, prefix: str = "") -> list[str]:
        """The sorted terms of a field that begin with the prefix."""
        with self.lock:
            lexicon = self._lexicons.get(field)
            if lexicon is None:
                with naming_damage(self.path):
                    lexicon = [term.decode("utf-8") for term in self._terms_of(field)]
                self._lexicons[field] = lexicon
        if not prefix:
            return lexicon
        first = bisect_left(lexicon, prefix)
        return lexicon[first : bisect_left(lexicon, prefix + "\U0010ffff", first)]

    def _terms_of(self, field: str) -> Iterator[bytes]:
        return (term for term, _, _ in self._terms.stored_postings(field))

    def incidence(self, field: str) -> Incidence:
        """All terms of a field of values with their documents."""
        with self.lock:
            kept = self._incidences.get(field)
            if kept is None:
                terms: list[str] = []
                counts: list[int] = []
                docs: list[npt.NDArray[np.int32]] = [np.empty(0, np.int32)]
                with naming_damage(self.path):
                    for term, found in self.all_postings(field):
                        terms.append(term.decode("utf-8"))
                        counts.append(len(found.docs))
                        docs.append(np.asarray(found.docs, np.int32))
                ordinals = np.repeat(np.arange(len(terms), dtype=np.int32), counts)
                kept = self._incidences[field] = Incidence(terms, np.concatenate(docs), ordinals)
            return kept

    # Columns ----------------------------------------------------------------------------------------------------

    def numbers(self, column: str) -> npt.NDArray[np.int32]:
        """A column of numbers, int32 of `size`."""
        with self.lock, naming_damage(self.path):
            if not self._documents.has_column(column):
                return np.zeros(self.size, np.int32)
            name = self._documents._segment.make_filename(f".{column}.col")
            length = self.storage.file_length(name)
            with self.storage.open_file(name) as file:
                stored = np.frombuffer(file.get(0, length), ">i4").astype(np.int32)
            if len(stored) > self.size:
                raise ValueError(f"the column {column} is too long")
            # Whoosh leaves out the defaults at the end.
            return np.pad(stored, (0, self.size - len(stored)))

    def bytes_of(self, column: str, docnum: int) -> bytes:
        """A document's value in a column of bytes."""
        with self.lock, naming_damage(self.path):
            stored: bytes = self._column(column)[docnum]
            return stored

    def all_bytes(self, column: str) -> list[bytes]:
        with self.lock, naming_damage(self.path):
            return list(self._column(column))

    def _column(self, column: str) -> Any:
        reader = self._columns.get(column)
        if reader is None:
            reader = self._documents.column_reader(column, SCHEMA[column].column_type)
            self._columns[column] = reader
        return reader
