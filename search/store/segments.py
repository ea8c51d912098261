"""Writing segments: one from a batch of articles, one from several segments (a merge).

This is Whoosh's codec under a writer of our own. Whoosh's SegmentWriter half-writes an article that fails, stays locked
when the disk is full, and sends every posting of a merge through one Python tuple. Here all analysis is done before a
file is opened, so that a segment is written whole or not at all; and a merge joins arrays, term by term.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from whoosh import columns

from search.store.codec import ArticleCodec, ArticleSegment
from search.store.document import IndexedDocument
from search.store.files import INDEX_NAME
from search.store.postings import PostingList, PostingLists, as_arrays, select
from search.store.schema import COLUMNS, FIELD_LENGTHS, SCHEMA
from search.store.segment_view import FEW, SegmentView, naming_damage

__all__ = ["merge_segments", "write_segment"]

_INDEXED = tuple(sorted(name for name, field in SCHEMA.items() if field.indexed))
_POSITIONED = frozenset({"title_exact", "text_exact"})
_DAYS = frozenset({"published_first", "published_last"})


def write_segment(files: Any, documents: Sequence[IndexedDocument]) -> ArticleSegment:
    """Write the documents, numbered in their order, as a new segment. Raises OSError, having removed its files."""
    rows = ((document.lengths, document.columns) for document in documents)
    return _write(files, rows, _inverted(documents))


def merge_segments(files: Any, views: Sequence[SegmentView], kept: Sequence[npt.NDArray[np.bool_]]) -> ArticleSegment:
    """Write the documents that `kept` marks, of several segments in order, as one. Raises OSError, IndexDamaged."""
    return _write(files, _rows(views, kept), _merged(views, kept))


Row = tuple[Mapping[str, int], Mapping[str, Any]]
Fields = Iterable[tuple[str, Iterable[tuple[bytes, PostingList | PostingLists]]]]


def _write(files: Any, rows: Iterable[Row], fields: Fields) -> ArticleSegment:
    codec = ArticleCodec()
    segment: ArticleSegment = codec.new_segment(files, INDEX_NAME)
    try:
        documents = codec.per_document_writer(files, segment)
        count = _write_documents(documents, rows)
        documents.close()
        terms = codec.field_writer(files, segment)
        for name, postings in fields:
            terms.start_field(name, SCHEMA[name])
            for term, found in postings:
                terms.add_term(term, found)
            terms.finish_field()
        terms.close()
        segment.set_doc_count(count)
        segment.create_compound_file(files)
    except BaseException:
        files.close_handles()
        files.discard(segment.list_files(files))
        raise
    finally:
        files.discard([f"{INDEX_NAME}.tmp"])
    return segment


def _write_documents(writer: Any, rows: Iterable[Row]) -> int:
    count = 0
    for count, (lengths, values) in enumerate(rows, 1):
        writer.start_doc(count - 1)
        for name, length in lengths.items():
            writer.add_field(name, SCHEMA[name], None, length)
        for name, value in values.items():
            writer.add_column_value(name, SCHEMA[name].column_type, value)
        writer.finish_doc()
    return count


# From articles --------------------------------------------------------------------------------------------------


def _inverted(documents: Sequence[IndexedDocument]) -> Fields:
    for field in _INDEXED:
        if field in _DAYS:
            lists = _inverted_days(field, documents)
        elif field in _POSITIONED:
            lists = _inverted_positions(field, documents)
        else:
            lists = _inverted_frequencies(field, documents)
        yield field, sorted(lists.items(), key=itemgetter(0))


def _inverted_frequencies(field: str, documents: Sequence[IndexedDocument]) -> dict[bytes, PostingLists]:
    lists: dict[str, PostingLists] = {}
    for docnum, document in enumerate(documents):
        for term, frequency in cast(Mapping[str, int], document.terms.get(field, {})).items():
            found = lists.get(term)
            if found is None:
                lists[term] = PostingLists([docnum], [frequency])
            else:
                found.docs.append(docnum)
                found.tf.append(frequency)
    return {term.encode("utf-8"): found for term, found in lists.items()}


def _inverted_positions(field: str, documents: Sequence[IndexedDocument]) -> dict[bytes, PostingLists]:
    lists: dict[str, tuple[list[int], list[int], list[int]]] = {}
    for docnum, document in enumerate(documents):
        for term, positions in cast(Mapping[str, list[int]], document.terms.get(field, {})).items():
            found = lists.get(term)
            if found is None:
                lists[term] = [docnum], [len(positions)], positions.copy()
            else:
                found[0].append(docnum)
                found[1].append(len(positions))
                found[2].extend(positions)
    return {term.encode("utf-8"): PostingLists(*found) for term, found in lists.items()}


def _inverted_days(field: str, documents: Sequence[IndexedDocument]) -> dict[bytes, PostingLists]:
    lists: dict[bytes, PostingLists] = {}
    for docnum, document in enumerate(documents):
        if field in document.days:
            for term, *_ in SCHEMA[field].index(document.days[field]):
                found = lists.setdefault(term, PostingLists([], []))
                found.docs.append(docnum)
                found.tf.append(1)
    return lists


# From segments --------------------------------------------------------------------------------------------------


def _rows(views: Sequence[SegmentView], kept: Sequence[npt.NDArray[np.bool_]]) -> Iterator[Row]:
    numeric = [name for name in COLUMNS if isinstance(SCHEMA[name].column_type, columns.NumericColumn)]
    binary = [name for name in COLUMNS if name not in numeric]
    for view, keep in zip(views, kept, strict=True):
        numbers = {name: view.numbers(name).tolist() for name in numeric}
        for docnum in np.flatnonzero(keep).tolist():
            row: dict[str, Any] = {name: values[docnum] for name, values in numbers.items()}
            lengths = {field: row[column] for field, column in FIELD_LENGTHS.items()}
            yield lengths, row | {name: view.bytes_of(name, docnum) for name in binary}


@dataclass(frozen=True, slots=True)
class _Source:
    """A segment that is merged: which documents stay, and what their new numbers are."""

    view: SegmentView
    keep: npt.NDArray[np.bool_]
    numbers: npt.NDArray[np.int32]
    whole: bool
    base: int


def _merged(views: Sequence[SegmentView], kept: Sequence[npt.NDArray[np.bool_]]) -> Fields:
    sources = []
    base = 0
    for view, keep in zip(views, kept, strict=True):
        numbers = (np.cumsum(keep) - 1 + base).astype(np.int32)
        sources.append(_Source(view, keep, numbers, bool(keep.all()), base))
        base += int(keep.sum())
    for field in _INDEXED:
        yield field, _merged_field(field, sources)


def _merged_field(field: str, sources: Sequence[_Source]) -> Iterator[tuple[bytes, PostingList | PostingLists]]:
    streams = [_renumbered(number, source, field) for number, source in enumerate(sources)]
    for term, holders in groupby(heapq.merge(*streams, key=itemgetter(0, 1)), key=itemgetter(0)):
        parts = [found for _, _, found in holders]
        yield term, parts[0] if len(parts) == 1 else _joined(parts)


def _renumbered(number: int, source: _Source, field: str) -> Iterator[tuple[bytes, int, PostingList | PostingLists]]:
    """The terms of a segment that its remaining documents have, with their new numbers."""
    with naming_damage(source.view.path):
        for term, found in source.view.all_postings(field):
            if isinstance(found, PostingLists):
                if source.whole:
                    yield term, number, found._replace(docs=[doc + source.base for doc in found.docs])
                    continue
                found = as_arrays(found)
            if not source.whole:
                found = select(found, source.keep[found.docs])
            if len(found.docs):
                yield term, number, found._replace(docs=source.numbers[found.docs])


def _joined(parts: list[PostingList | PostingLists]) -> PostingList | PostingLists:
    if sum(len(part.docs) for part in parts) <= FEW and all(isinstance(part, PostingLists) for part in parts):
        places = [part.positions for part in parts if part.positions is not None]
        return PostingLists(
            [doc for part in parts for doc in part.docs],
            [frequency for part in parts for frequency in part.tf],
            [place for part in places for place in part] if places else None,
        )
    arrays = [as_arrays(part) if isinstance(part, PostingLists) else part for part in parts]
    positions = [part.positions for part in arrays if part.positions is not None]
    return PostingList(
        np.concatenate([part.docs for part in arrays]),
        np.concatenate([part.tf for part in arrays]),
        np.concatenate(positions) if positions else None,
    )
