"""An index in a directory: opening its current generation, writing to it, checking it."""

from __future__ import annotations

import os
import stat
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from search.errors import IndexDamaged, IndexMissing
from search.model import Annotation, Refusal
from search.store.codec import ArticleSegment
from search.store.files import DIRECTORY_MODE, IndexFiles, write_lock
from search.store.generations import read_segments
from search.store.manifest import MANIFEST_NAME, Manifest, altered_files, has_manifest, read_manifest, verify_sizes
from search.store.merging import MergePolicy, merge_smallest
from search.store.segment_view import SegmentView
from search.store.snapshot import Snapshot
from search.store.writer import BATCH_ARTICLES, BATCH_CHARACTERS, BatchOutcome, IndexWriter, refuse_foreign

__all__ = ["Stamp", "Store", "batches"]

Stamp = tuple[int, int, int] | None
"""What changes when another generation is committed; None without an index."""

ATTEMPTS = 10


class Store:
    """The index in the directory `path`. Nothing is opened until it is asked for, nothing made until it is written to.

    Raises IndexUnusable for a directory that holds something else; with `must_exist`, IndexMissing, IndexDamaged or
    IndexMismatch unless there is an index that this version can read.
    """

    def __init__(self, path: str | Path, *, must_exist: bool = False) -> None:
        self.path = Path(path)
        self._views = _SharedViews()
        if must_exist:
            verify_sizes(self.path, read_manifest(self.path))
        elif not has_manifest(self.path):
            refuse_foreign(self.path)

    # Reading ----------------------------------------------------------------------------------------------------

    def stamp(self) -> Stamp:
        """Cheap (one stat): compare with the stamp of before to know whether there is another generation."""
        try:
            found = (self.path / MANIFEST_NAME).stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def manifest(self) -> Manifest:
        """Raises IndexMissing, IndexDamaged or IndexMismatch."""
        return read_manifest(self.path)

    def snapshot(self) -> Snapshot:
        """The generation that the manifest names; an empty one where there is no index yet.

        Segments that an open snapshot has already are shared with it. There is no falling back to the generation
        before: an answer that silently lacks the newest articles is worse than an error that says what to do.
        """
        for attempt in range(ATTEMPTS):
            try:
                manifest = read_manifest(self.path)
            except IndexMissing:
                return Snapshot(0, (), ())
            try:
                return self._open(manifest)
            except IndexDamaged:
                # Two commits may have passed since the manifest was read, and its files are gone.
                if attempt == ATTEMPTS - 1 or self._generation() == manifest.generation:
                    raise
        raise AssertionError

    def _generation(self) -> int | None:
        try:
            return read_manifest(self.path).generation
        except IndexMissing:
            return None

    def _open(self, manifest: Manifest) -> Snapshot:
        verify_sizes(self.path, manifest)
        files: Any = IndexFiles(self.path)
        segments = read_segments(files, manifest)
        views = self._views.acquire(files, segments)
        return Snapshot(manifest.generation, views, segments, release=self._views.release)

    # Writing ----------------------------------------------------------------------------------------------------

    @contextmanager
    def writing(
        self, *, rebuild: bool = False, wait: float = 0.0, policy: MergePolicy = merge_smallest
    ) -> Iterator[IndexWriter]:
        """The writer, alone for as long as the block lasts; call its `commit`, or nothing was changed.

        `wait` is for how many seconds to wait for another writer before raising IndexLocked. `rebuild` starts from
        nothing, and puts an index that cannot be opened aside.
        """
        self._make_directory()
        with write_lock(self.path, wait):
            writer = IndexWriter(self.path, policy, rebuild=rebuild)
            try:
                yield writer
            finally:
                writer.close()

    def write(self, annotations: Iterable[Annotation], *, wait: float = 0.0) -> BatchOutcome:
        """Store the articles in batches, each committed; memory stays flat over any number of them."""
        added = updated = 0
        refused: list[Refusal] = []
        with self.writing(wait=wait) as writer:
            for batch in batches(annotations):
                outcome = writer.add(batch)
                writer.commit()
                added += outcome.added
                updated += outcome.updated
                refused += outcome.refused
        return BatchOutcome(added, updated, tuple(refused))

    def delete(self, article_ids: Iterable[str], *, wait: float = 0.0) -> int:
        """Delete the articles with these ids and commit; how many there were. Raises IndexMissing."""
        self.manifest()
        with self.writing(wait=wait) as writer:
            deleted = writer.delete(article_ids)
            writer.commit()
        return deleted

    def _make_directory(self) -> None:
        if not has_manifest(self.path):
            refuse_foreign(self.path)
        if not self.path.exists():
            self.path.mkdir(mode=DIRECTORY_MODE, parents=True)
        mode = stat.S_IMODE(self.path.stat().st_mode)
        if mode & 0o022 and os.name != "nt":
            self.path.chmod(mode & ~0o022)

    # Checking ---------------------------------------------------------------------------------------------------

    def check(self) -> list[str]:
        """One line for each thing that is wrong with the index, found by reading all of it; empty if it is sound.

        Raises IndexMissing or IndexMismatch, and IndexDamaged for a manifest that cannot be read.
        """
        manifest = read_manifest(self.path)
        problems = altered_files(self.path, manifest)
        if problems:
            return problems
        with self._open(manifest) as snapshot:
            if snapshot.doc_count != manifest.articles:
                problems.append(
                    f"{self.path}: {snapshot.doc_count} articles, and the manifest says {manifest.articles}"
                )
        return problems

    def __enter__(self) -> Self:
        """For `with Store(path) as store`: a store itself holds nothing open, its snapshots and writers do."""
        return self

    def __exit__(self, *_: object) -> None:
        return None


class _SharedViews:
    """Opened segments with the number of snapshots that use each."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users: dict[str, tuple[SegmentView, int]] = {}
        self._left: deque[Sequence[SegmentView]] = deque()

    def acquire(self, files: Any, segments: Sequence[ArticleSegment]) -> list[SegmentView]:
        views: list[SegmentView] = []
        try:
            with self._lock:
                for segment in segments:
                    name = str(segment.segment_id())
                    view, users = self._users.get(name) or (SegmentView(files, segment), 0)
                    self._users[name] = view, users + 1
                    views.append(view)
        except BaseException:
            self._left.append(views)
            raise
        finally:
            self._let_go()
        return views

    def release(self, views: Sequence[SegmentView]) -> None:
        """Called when a snapshot goes, and so, by the garbage collector, at any moment: even within `acquire`."""
        self._left.append(views)
        self._let_go()

    def _let_go(self) -> None:
        # Whoever holds the lock looks into `_left` after letting go of it, so nothing stays there.
        while self._left and self._lock.acquire(blocking=False):
            try:
                for view in self._left.popleft() if self._left else ():
                    _, users = self._users[view.name]
                    if users > 1:
                        self._users[view.name] = view, users - 1
                    else:
                        del self._users[view.name]
                        view.close()
            finally:
                self._lock.release()


def batches(
    annotations: Iterable[Annotation], articles: int = BATCH_ARTICLES, characters: int = BATCH_CHARACTERS
) -> Iterator[list[Annotation]]:
    """Cut a stream into lists of at most so many articles, fewer where they are long."""
    batch: list[Annotation] = []
    weight = 0
    for annotation in annotations:
        batch.append(annotation)
        weight += weight_of(annotation)
        if len(batch) >= articles or weight >= characters:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def weight_of(annotation: Annotation) -> int:
    """Characters of an article, near enough."""
    text = getattr(getattr(annotation, "article", None), "text", None)
    return len(text) if isinstance(text, str) else 0
