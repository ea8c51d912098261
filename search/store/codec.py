"""The Whoosh codec of the index: Whoosh's own, but for lists of postings, which are flat arrays (`postings.py`).

Whoosh's lists are pickles of tuples: slow to read, and unpickling a file that one did not write runs its code. What
is still pickled (a directory of names, small dictionaries) is read through `pickles`.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from hashlib import md5
from io import SEEK_END
from typing import Any

import numpy as np
from whoosh.codec import whoosh3
from whoosh.filedb import filetables
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.matching import ListMatcher, NullMatcher

from search.store import pickles
from search.store.postings import PostingList, PostingLists, decode_postings, encode_lists, encode_postings

__all__ = ["ArticleCodec", "ArticleSegment", "MappedSegment"]

_LENGTHS = struct.Struct("!ii")
_SLOT = struct.Struct("!Iq")
_EMPTY_SLOT = bytes(_SLOT.size)
_TERM_INFO = struct.Struct("!BfIBBfIIqi")


class ArticleCodec(whoosh3.W3Codec):  # type: ignore[misc]
    """Writes and reads the files of one segment."""

    def per_document_reader(self, storage: Any, segment: Any) -> Any:
        return DocumentReader(storage, segment)

    def field_writer(self, storage: Any, segment: Any) -> Any:
        return FieldWriter(self, storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> Any:
        name = segment.make_filename(self.TERMS_EXT)
        postings = segment.open_file(storage, self.POSTS_EXT)
        return TermsReader(self, storage.open_file(name), storage.file_length(name), postings)

    def new_segment(self, storage: Any, indexname: str) -> Any:
        return ArticleSegment(self, indexname)


class ArticleSegment(whoosh3.W3Segment):  # type: ignore[misc]
    """One immutable segment: its name, its number of documents and which of them are deleted."""

    def open_compound_file(self, storage: Any) -> MappedSegment:
        return MappedSegment(storage.open_file(self.make_filename(self.COMPOUND_EXT)))

    def with_deleted(self, docnums: set[int]) -> ArticleSegment:
        """The same segment with these documents deleted too; this one stays as it is."""
        deleted = (self._deleted or set()) | docnums
        other = ArticleSegment(self._codec, self.indexname, self._doccount, self.segid, deleted)
        other.compound = self.compound
        other._fieldlengths = self._fieldlengths
        return other

    def as_files(self) -> ArticleSegment:
        """The same segment for reading from a storage that is its opened file."""
        other = self.with_deleted(set())
        other.compound = False
        return other


class TermTableWriter(filetables.OrderedHashWriter):  # type: ignore[misc]
    """Whoosh's table of terms, byte for byte, written in fewer and larger steps."""

    lastkey: bytes

    def __init__(self, file: Any) -> None:
        super().__init__(file)
        self._at = file.tell()

    def add(self, key: bytes, value: bytes) -> None:
        if key <= self.lastkey:
            raise ValueError(f"terms out of order: {self.lastkey!r}, {key!r}")
        # The last four bytes of the digest are what Whoosh's md5_hash keeps of it.
        hashed = int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")
        self.dbfile.write(_LENGTHS.pack(len(key), len(value)) + key + value)
        self.index.append(self._at)
        self.buckets[hashed & 255].append((hashed, self._at))
        self._at += _LENGTHS.size + len(key) + len(value)
        self.lastkey = key

    def _write_hashes(self) -> None:
        at = self.dbfile.tell()
        for entries in self.buckets:
            slots = 2 * len(entries)
            self.directory.append((at, slots))
            table = [_EMPTY_SLOT] * slots
            for hashed, position in entries:
                slot = (hashed >> 8) % slots
                while table[slot] is not _EMPTY_SLOT:
                    slot = (slot + 1) % slots
                table[slot] = _SLOT.pack(hashed, position)
            self.dbfile.write(b"".join(table))
            at += slots * _SLOT.size


class FieldWriter(whoosh3.W3FieldWriter):  # type: ignore[misc]
    """Takes each term with all its postings, terms in order."""

    _tindex: Any

    def __init__(self, codec: Any, storage: Any, segment: Any) -> None:
        super().__init__(codec, storage, segment)
        # Whoosh's constructor has written the head of its own table: begin again in the same file.
        table = self._tindex.dbfile
        table.seek(0)
        self._tindex = TermTableWriter(table)
        self._tindex.extras["fieldmap"] = self._fieldmap
        self._offset = 0

    def add_term(self, term: bytes, postings: PostingList | PostingLists) -> None:
        docs, tf, _ = postings
        if isinstance(postings, PostingLists):
            stored, weight, heaviest = encode_lists(postings), sum(tf), max(tf)
        else:
            stored, weight, heaviest = encode_postings(postings), float(tf.sum()), float(tf.max())  # type: ignore[union-attr]
        # As Whoosh's TermInfo lays it out. Lengths would only help it to skip blocks by quality, which loses hits; 0
        # keeps its bound an upper one.
        info = _TERM_INFO.pack(0, weight, len(docs), 0, 0, heaviest, docs[0], docs[-1], self._offset, len(stored))
        self._postfile.write(stored)
        self._offset += len(stored)
        self._tindex.add(whoosh3.pack_ushort(self._fieldid) + term, info)


class TermInfo(whoosh3.W3TermInfo):  # type: ignore[misc]
    """Where a term's postings are, and how many. Never with pickled postings inside."""

    @classmethod
    def from_bytes(cls, stored: bytes) -> Any:
        if stored[0]:
            raise ValueError("a term with pickled postings")
        info = super().from_bytes(stored)
        (info._length,) = info._length  # Whoosh leaves it as struct gave it
        return info


class FieldCursor(whoosh3.W3FieldCursor):  # type: ignore[misc]
    def term_info(self) -> Any:
        if self._pos is None:
            return None
        return TermInfo.from_bytes(self._tindex.dbfile.get(self._datapos, self._datalen))


class TermsReader(whoosh3.W3TermsReader):  # type: ignore[misc]
    """The sorted terms of a segment and their postings."""

    def term_info(self, fieldname: str, tbytes: bytes) -> Any:
        try:
            return TermInfo.from_bytes(self._tindex[self._keycoder(fieldname, tbytes)])
        except KeyError:
            raise whoosh3.TermNotFound(f"no term {fieldname}:{tbytes!r}") from None

    def items(self) -> Iterator[Any]:
        return ((self._keydecoder(key), TermInfo.from_bytes(value)) for key, value in self._tindex.items())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[Any]:
        found = self._tindex.items_from(self._keycoder(fieldname, prefix))
        return ((self._keydecoder(key), TermInfo.from_bytes(value)) for key, value in found)

    def cursor(self, fieldname: str, fieldobj: Any) -> Any:
        return FieldCursor(self._tindex, fieldname, self._keycoder, self._keydecoder, fieldobj)

    def stored_postings(self, field: str) -> Iterator[tuple[bytes, int, bytes]]:
        """Every term of a field in order, with how many documents have it and its list of postings as stored."""
        begin = self._keycoder(field, b"")
        for key, value in self._tindex.items_from(begin):
            if not key.startswith(begin):
                return
            pickled, _, count, *_, offset, length = _TERM_INFO.unpack(value)
            if pickled:
                raise ValueError("a term with pickled postings")
            yield key[len(begin) :], count, self._postfile.get(offset, length)

    def postings(self, info: Any, *, positions: bool = True) -> PostingList:
        """The postings of a term, by its TermInfo."""
        offset, length = info.extent()
        return decode_postings(self._postfile.get(offset, length), positions=positions)

    def matcher(self, fieldname: str, tbytes: bytes, format_: Any, scorer: Any = None) -> Any:
        info = self.term_info(fieldname, tbytes)
        postings = self.postings(info)
        if not len(postings.docs):
            return NullMatcher()
        values: list[bytes] = [b""] * len(postings.docs)
        if postings.positions is not None:
            ends = np.cumsum(postings.tf.astype(np.int64))[:-1]
            values = [part.astype("<u4").tobytes() for part in np.split(postings.positions, ends)]
        return ListMatcher(
            postings.docs.tolist(),
            postings.tf.tolist(),
            values,
            format_,
            scorer=scorer,
            term=(fieldname, tbytes),
            terminfo=info,
        )


class DocumentReader(whoosh3.W3PerDocReader):  # type: ignore[misc]
    """Columns and lengths. There are no stored fields: Whoosh pickles those."""

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return {}


class MappedFile(BufferFile):  # type: ignore[misc]
    """A part of a mapped file, read in place (Whoosh's own copies all of it into memory when it is opened)."""

    def __init__(self, buffer: memoryview, name: str) -> None:
        self._buf = buffer
        self._name = name
        self._at = 0
        self.onclose = None
        self.is_real = False
        self.is_closed = False

    def read(self, size: int = -1) -> bytes:
        end = len(self._buf) if size < 0 else min(self._at + size, len(self._buf))
        got = bytes(self._buf[self._at : end])
        self._at = max(self._at, end)
        return got

    def readline(self) -> bytes:
        rest = bytes(self._buf[self._at :])
        line = rest[: rest.find(b"\n") + 1] or rest
        self._at += len(line)
        return line

    def seek(self, where: int, whence: int = 0) -> None:
        self._at = max(0, (0, self._at, len(self._buf))[whence] + where)

    def tell(self) -> int:
        return self._at

    def get(self, position: int, length: int) -> bytes:
        if position < 0 or length < 0 or position + length > len(self._buf):
            raise ValueError(f"{self._name} is {len(self._buf)} bytes, not {position + length}")
        return bytes(self._buf[position : position + length])

    def read_pickle(self) -> Any:
        return pickles.load(self)

    def close(self) -> None:
        self._buf.release()
        self.is_closed = True


class MappedSegment(CompoundStorage):  # type: ignore[misc]
    """The opened file of a segment as a storage of the files in it."""

    is_closed: bool

    def __init__(self, file: Any) -> None:
        try:
            super().__init__(file, use_mmap=False)
            file.seek(0, SEEK_END)
            self.size = file.tell()
            self._source = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        finally:
            file.close()
        self._file = None

    def open_file(self, name: str, *args: Any, **kwargs: Any) -> MappedFile:
        offset, length = self.range(name)
        if offset < 0 or length < 0 or offset + length > self.size:
            raise ValueError(f"{name} is not within the file")
        return MappedFile(memoryview(self._source)[offset : offset + length], name)

    def close(self) -> None:
        if self.is_closed:
            return
        self.is_closed = True
        try:
            self._source.close()
        except BufferError:
            # A Whoosh reader of some thread still looks into the file: it is unmapped when that reader goes.
            del self._source
