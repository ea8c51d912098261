"""Lists of postings as flat arrays in bytes: which documents have a term, how often, and where.

A list is a header, then three little-endian arrays of unsigned integers, each as narrow as its largest value allows:

    width of docs (1 byte) | of frequencies (0: each is one) | of positions (0: none) | unused | documents (4 bytes)
    docs, ascending | frequencies, one for each | positions, ascending within each document, as many as frequencies say
"""

from __future__ import annotations

import struct
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = [
    "PostingList",
    "PostingLists",
    "as_arrays",
    "decode_lists",
    "decode_postings",
    "encode_lists",
    "encode_postings",
    "select",
]

_HEADER = struct.Struct("<BBBxI")
_WIDTHS: dict[int, np.dtype[Any]] = {1: np.dtype("u1"), 2: np.dtype("<u2"), 4: np.dtype("<u4")}
_CODES = {1: "B", 2: "H", 4: "I"}


class PostingList(NamedTuple):
    """`docs` int32, `tf` float32 of the same length, `positions` int32 (as many as `tf` sums to) or None."""

    docs: npt.NDArray[np.int32]
    tf: npt.NDArray[np.float32]
    positions: npt.NDArray[np.int32] | None = None


class PostingLists(NamedTuple):
    """The same in Python's lists, which are quicker to make and to write for the many terms with few postings."""

    docs: list[int]
    tf: list[int]
    positions: list[int] | None = None


def encode_postings(postings: PostingList) -> bytes:
    docs, tf, positions = postings
    doc_width = _width(docs)
    tf_width = 0 if len(tf) == 0 or (tf == 1).all() else _width(tf)
    position_width = 0 if positions is None else _width(positions)
    parts = [_HEADER.pack(doc_width, tf_width, position_width, len(docs)), docs.astype(_WIDTHS[doc_width]).tobytes()]
    if tf_width:
        parts.append(tf.astype(_WIDTHS[tf_width]).tobytes())
    if positions is not None:
        parts.append(positions.astype(_WIDTHS[position_width]).tobytes())
    return b"".join(parts)


def encode_lists(postings: PostingLists) -> bytes:
    """The same bytes that `encode_postings` gives for the same list in arrays."""
    docs, tf, positions = postings
    doc_width = _width_of(max(docs, default=0))
    most = max(tf, default=1)
    tf_width = 0 if most == 1 else _width_of(most)
    places = positions or []
    position_width = 0 if positions is None else _width_of(max(places, default=0))
    parts = [_HEADER.pack(doc_width, tf_width, position_width, len(docs)), _packed(doc_width, docs)]
    if tf_width:
        parts.append(_packed(tf_width, tf))
    if positions is not None:
        parts.append(_packed(position_width, places))
    return b"".join(parts)


def _packed(width: int, values: list[int]) -> bytes:
    return struct.pack(f"<{len(values)}{_CODES[width]}", *values)


def decode_postings(stored: bytes | memoryview, *, positions: bool = True) -> PostingList:
    """The list that was encoded. Raises ValueError, KeyError or struct.error where the bytes are no such list."""
    doc_width, tf_width, position_width, count = _HEADER.unpack_from(stored)
    at = _HEADER.size
    docs = np.frombuffer(stored, _WIDTHS[doc_width], count, at).astype(np.int32)
    at += count * doc_width
    if tf_width:
        tf = np.frombuffer(stored, _WIDTHS[tf_width], count, at).astype(np.float32)
        at += count * tf_width
    else:
        tf = np.ones(count, np.float32)
    if not (positions and position_width):
        return PostingList(docs, tf)
    places = np.frombuffer(stored, _WIDTHS[position_width], int(tf.sum(dtype=np.int64)), at)
    return PostingList(docs, tf, places.astype(np.int32))


def decode_lists(stored: bytes) -> PostingLists:
    """The same in lists, which is quicker for few postings. Raises like `decode_postings`."""
    doc_width, tf_width, position_width, count = _HEADER.unpack_from(stored)
    at = _HEADER.size
    docs = _unpacked(doc_width, count, stored, at)
    at += count * doc_width
    tf = _unpacked(tf_width, count, stored, at) if tf_width else [1] * count
    at += count * tf_width
    return PostingLists(docs, tf, _unpacked(position_width, sum(tf), stored, at) if position_width else None)


def _unpacked(width: int, count: int, stored: bytes, at: int) -> list[int]:
    return list(struct.unpack_from(f"<{count}{_CODES[width]}", stored, at))


def as_arrays(postings: PostingLists) -> PostingList:
    positions = None if postings.positions is None else np.array(postings.positions, np.int32)
    return PostingList(np.array(postings.docs, np.int32), np.array(postings.tf, np.float32), positions)


def select(postings: PostingList, keep: npt.NDArray[np.bool_]) -> PostingList:
    """The postings of the documents that `keep` (one flag for each posting) marks."""
    docs, tf, positions = postings
    if positions is not None:
        positions = positions[np.repeat(keep, tf.astype(np.int64))]
    return PostingList(docs[keep], tf[keep], positions)


def _width(values: npt.NDArray[np.int32] | npt.NDArray[np.float32]) -> int:
    return _width_of(int(values.max(initial=0)))


def _width_of(largest: int) -> int:
    return 1 if largest < 1 << 8 else 2 if largest < 1 << 16 else 4
