"""Whoosh's table of contents of one generation: the list of its segments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from whoosh.index import TOC
from whoosh.system import _FLOAT_SIZE, _INT_SIZE, _LONG_SIZE

from search.store import pickles
from search.store.codec import ArticleSegment
from search.store.files import INDEX_NAME
from search.store.manifest import Manifest
from search.store.schema import SCHEMA
from search.store.segment_view import naming_damage

__all__ = ["read_segments", "write_segments"]


def write_segments(files: Any, generation: int, segments: Sequence[ArticleSegment]) -> None:
    """Write the table of contents of a generation, so that Whoosh's own tools find it too."""
    TOC(SCHEMA, list(segments), generation).write(files, INDEX_NAME)


def read_segments(files: Any, manifest: Manifest) -> list[ArticleSegment]:
    """The segments of the generation that the manifest names. Raises IndexDamaged.

    Whoosh would unpickle what the file holds. The schema is skipped here (it is the one of this version, or the
    manifest would not have been accepted) and the segments are read with nothing but their own classes allowed.
    """
    with naming_damage(files.path / manifest.toc), files.open_file(manifest.toc) as file:
        sizes = [file.read_varint() for _ in range(3)]
        if sizes != [_INT_SIZE, _LONG_SIZE, _FLOAT_SIZE] or file.read_int() != -12345:
            raise ValueError("it was written on another kind of machine")
        file.read_int()  # Whoosh's version of the format
        for _ in range(3):  # and its release
            file.read_varint()
        file.skip_string()
        if file.read_int() != manifest.generation:
            raise ValueError("it is of another generation")
        file.read_int()
        segments = pickles.load(file.raw_file())
        if not isinstance(segments, list) or not all(isinstance(segment, ArticleSegment) for segment in segments):
            raise ValueError("it does not list segments")
        return segments
