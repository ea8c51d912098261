"""Writing to an index: batches become segments, and a commit makes them the next generation.

Nothing is changed in place. A batch writes a new segment; a deletion is a new list of deleted documents; a commit
writes files, brings them and their directory to the disk, and only then moves the manifest, atomically. So a reader,
a kill or a loss of power at any moment finds the old generation or the new one.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from search._version import VERSION
from search.errors import IndexDamaged, IndexMismatch, IndexMissing, IndexUnusable, RejectedArticle
from search.model import Annotation, Refusal
from search.store.codec import ArticleSegment
from search.store.document import IndexedDocument, index_document
from search.store.files import LOCK_NAME, IndexFiles, digest_of, is_ours, sync_directory
from search.store.generations import read_segments, write_segments
from search.store.manifest import (
    MANIFEST_NAME,
    FileFacts,
    Manifest,
    read_manifest,
    verify_sizes,
    write_manifest,
)
from search.store.merging import MergePolicy, SegmentSize
from search.store.record import State, decode_annotation
from search.store.segment_view import SegmentView, naming_damage
from search.store.segments import merge_segments, write_segment
from search.store.validate import check_storable

__all__ = ["BATCH_ARTICLES", "BATCH_CHARACTERS", "BatchOutcome", "IndexWriter", "refuse_foreign"]

BATCH_ARTICLES = 1_000
BATCH_CHARACTERS = 16 << 20
"""A batch is written when it has so many articles, or so many characters: this bounds memory."""

SPARE_BYTES = 32 << 20
"""Free space that must be left on the disk beside what is written."""

_HARMLESS = re.compile(r"README\.md|\.git(ignore|keep)|\.DS_Store|set-aside-.*")


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """What became of a batch: counts of articles, each id once, and what was refused."""

    added: int = 0
    updated: int = 0
    refused: tuple[Refusal, ...] = ()


def refuse_foreign(directory: Path) -> None:
    """Raise IndexUnusable where a new index would be made among files that are not ours."""
    if directory.exists() and not directory.is_dir():
        raise IndexUnusable(directory, "it is a file; an index needs a directory of its own")
    names = sorted(path.name for path in directory.iterdir()) if directory.exists() else []
    foreign = [name for name in names if name != LOCK_NAME and not is_ours(name) and not _HARMLESS.fullmatch(name)]
    if foreign:
        listed = ", ".join(foreign[:3]) + (", …" if len(foreign) > 3 else "")
        raise IndexUnusable(directory, f"it holds other files ({listed}); an index needs a directory of its own")


class IndexWriter:
    """The one writer of an index; `Store.writing` makes it and holds the lock. Close it, or its files stay open.

    With `rebuild` it starts from nothing, and the old index serves until the commit.
    """

    def __init__(self, directory: Path, policy: MergePolicy, *, rebuild: bool = False) -> None:
        self.directory = directory
        self.policy = policy
        self.files: Any = IndexFiles(directory)
        self.set_aside = False
        self.manifest = self._start(rebuild)
        self.models = set(self.manifest.models)
        self.segments: list[ArticleSegment] = []
        self.views: list[SegmentView] = []
        self.changed = rebuild or self.manifest.generation == 0
        self._clean()
        if not rebuild and self.manifest.files:
            try:
                for segment in read_segments(self.files, self.manifest):
                    self._take(segment)
            except BaseException:
                self.close()
                raise

    def _start(self, rebuild: bool) -> Manifest:
        try:
            manifest = read_manifest(self.directory)
            verify_sizes(self.directory, manifest)
        except IndexMissing:
            refuse_foreign(self.directory)
            return Manifest(generation=0, articles=0)
        except (IndexDamaged, IndexMismatch):
            if not rebuild:
                raise
            self.set_aside = True
            return Manifest(generation=self._highest_generation(), articles=0)
        return replace(manifest, models=()) if rebuild else manifest

    def _highest_generation(self) -> int:
        found = (re.fullmatch(r"_MAIN_([0-9]{1,15})\.toc", path.name) for path in self.directory.iterdir())
        return max((int(match.group(1)) for match in found if match), default=0)

    def _clean(self) -> None:
        """Delete what writers that died have left. Not when this index could not be opened: it is not ours to judge."""
        if self.set_aside:
            return
        named = {*self.manifest.files, *self.manifest.previous}
        self.files.discard(name for name in self.files.list() if is_ours(name) and name not in named)

    def _take(self, segment: ArticleSegment) -> None:
        self.views.append(SegmentView(self.files, segment))
        self.segments.append(segment)

    def close(self) -> None:
        """Let go of the files; what was not committed is deleted."""
        for view in self.views:
            view.close()
        self.views.clear()
        self.segments.clear()
        self.files.close_handles()
        self.files.discard(list(self.files.written))

    # Reading what is there, the batches before this one included --------------------------------------------------

    def state(self, article_id: str) -> State | None:
        """What is known of the article, or None if there is none."""
        place = self._find(article_id)
        if place is None:
            return None
        view = self.views[place[0]]
        with naming_damage(view.path):
            return State.decode(view.bytes_of("state", place[1]))

    def annotation(self, article_id: str) -> Annotation | None:
        place = self._find(article_id)
        if place is None:
            return None
        view = self.views[place[0]]
        with naming_damage(view.path):
            return decode_annotation(view.bytes_of("document", place[1]))

    def _find(self, article_id: str) -> tuple[int, int] | None:
        try:
            encoded = article_id.encode("utf-8")
        except UnicodeEncodeError:
            return None
        for number in range(len(self.views) - 1, -1, -1):
            for docnum in self.views[number].postings("id", encoded).docs.tolist():
                if not self.segments[number].is_deleted(docnum):
                    return number, docnum
        return None

    # Changing it ------------------------------------------------------------------------------------------------

    def add(self, annotations: Iterable[Annotation]) -> BatchOutcome:
        """Write a batch, which must fit into memory: new articles, and those that replace one of the same id.

        An article that cannot be stored is refused and the rest goes on. Of several with one id the last wins. Raises
        IndexUnusable where the disk is full or fails; then nothing of the batch is kept.
        """
        refused: list[Refusal] = []
        documents: dict[str, IndexedDocument] = {}
        models: set[str] = set()
        for annotation in annotations:
            try:
                check_storable(annotation)
                document = index_document(annotation)
            except RejectedArticle as error:
                article = getattr(annotation, "article", None)
                refused.append(Refusal(str(getattr(article, "origin", None) or error.article_id), str(error)))
                continue
            documents.pop(document.id, None)
            documents[document.id] = document
            models.add(annotation.model)
        if not documents:
            return BatchOutcome(refused=tuple(refused))
        size = sum(
            len(value)
            for document in documents.values()
            for value in document.columns.values()
            if isinstance(value, bytes)
        )
        with self._writing(6 * size):
            segment = write_segment(self.files, list(documents.values()))
        updated = self._delete(documents)
        self._take(segment)
        self.models |= models
        self.changed = True
        return BatchOutcome(len(documents) - updated, updated, tuple(refused))

    def delete(self, article_ids: Iterable[str]) -> int:
        """Delete the articles with these ids; how many there were."""
        deleted = self._delete(article_ids)
        self.changed = self.changed or deleted > 0
        return deleted

    def _delete(self, article_ids: Iterable[str]) -> int:
        doomed: dict[int, set[int]] = {}
        for article_id in article_ids:
            place = self._find(article_id)
            if place is not None:
                doomed.setdefault(place[0], set()).add(place[1])
        for number, docnums in doomed.items():
            self.segments[number] = self.segments[number].with_deleted(docnums)
        return sum(map(len, doomed.values()))

    def _live(self, number: int) -> npt.NDArray[np.bool_]:
        live = np.ones(self.views[number].size, np.bool_)
        live[list(self.segments[number].deleted_docs())] = False
        return live

    def _merge(self) -> None:
        while True:
            sizes = [
                SegmentSize(segment.doc_count(), segment.doc_count_all(), view.path.stat().st_size)
                for segment, view in zip(self.segments, self.views, strict=True)
            ]
            groups = self.policy(sizes)
            if not groups:
                return
            for group in groups:
                self._merge_group(group, sizes)
            gone = {number for group in groups for number in group}
            for number in gone:
                self._drop(number)
            self.segments = [segment for number, segment in enumerate(self.segments) if number not in gone]
            self.views = [view for number, view in enumerate(self.views) if number not in gone]

    def _merge_group(self, group: Sequence[int], sizes: Sequence[SegmentSize]) -> None:
        if not any(sizes[number].live for number in group):
            return
        with self._writing(2 * sum(sizes[number].bytes for number in group)):
            views = [self.views[number] for number in group]
            merged = merge_segments(self.files, views, [self._live(number) for number in group])
        self._take(merged)

    def _drop(self, number: int) -> None:
        """Let go of a segment that was merged; if it was never committed, its file too."""
        view = self.views[number]
        view.close()
        if view.path.name in self.files.written:
            self.files.discard([view.path.name])

    # Committing -------------------------------------------------------------------------------------------------

    def commit(self) -> Manifest:
        """Make what was written the current generation, if anything was. Raises IndexUnusable where the disk fails."""
        if not self.changed:
            return self.manifest
        self._merge()
        old, now = self.manifest, dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        generation = old.generation + 1
        with self._writing(0):
            write_segments(self.files, generation, self.segments)
            new = set(self.files.sync())
            names = [view.path.name for view in self.views]
            manifest = Manifest(
                generation=generation,
                articles=sum(segment.doc_count() for segment in self.segments),
                models=tuple(sorted(self.models)),
                files={
                    name: self._facts(name) if name in new or name not in old.files else old.files[name]
                    for name in (*names, f"_MAIN_{generation}.toc")
                },
                previous=tuple(sorted(old.files)),
                created=old.created or now,
                created_by=old.created_by,
                updated=now,
                updated_by=VERSION,
            )
            if self.set_aside:
                self._put_aside(set(manifest.files))
            write_manifest(self.directory, manifest)
        self.manifest, self.changed, self.set_aside = manifest, False, False
        self._clean()
        return manifest

    def _facts(self, name: str) -> FileFacts:
        path = self.directory / name
        return FileFacts(path.stat().st_size, digest_of(path))

    def _put_aside(self, new: set[str]) -> None:
        """Keep an index that could not be opened, in a folder of its own, before its manifest is replaced."""
        stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%f")
        folder = self.directory / f"set-aside-{stamp}"
        folder.mkdir(mode=0o700)
        for path in self.directory.iterdir():
            if path.is_file() and path.name not in new and (is_ours(path.name) or path.name == MANIFEST_NAME):
                try:
                    os.link(path, folder / path.name)
                except OSError:  # a file system without links
                    shutil.copy2(path, folder / path.name)
        sync_directory(folder)

    @contextmanager
    def _writing(self, expected: int) -> Iterator[None]:
        """Check the free space, and turn what a disk can fail with into one error."""
        free = shutil.disk_usage(self.directory).free
        if free < expected + SPARE_BYTES:
            raise IndexUnusable(
                self.directory,
                f"{free >> 20} MB are free on its disk and about {(expected + SPARE_BYTES) >> 20} MB are needed; "
                "nothing was changed: make room and try again",
            )
        try:
            yield
        except IndexUnusable:
            raise
        except OSError as error:
            reason = "its disk is full" if error.errno == errno.ENOSPC else f"writing failed ({error})"
            raise IndexUnusable(self.directory, f"{reason}; the index is as it was: mend that and try again") from error
