"""One run of adding: items are read, annotated where they have to be, and stored batch by batch, with a report."""

from __future__ import annotations

import os
import re
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Protocol, cast

from search.errors import RejectedArticle
from search.model import Annotation, Article, Refusal, Report
from search.store import (
    BATCH_ARTICLES,
    BATCH_CHARACTERS,
    IndexWriter,
    check_article,
    fingerprint,
    input_hash,
)

__all__ = ["Adding", "AnnotatorLike", "Item", "Progress"]

Item = Article | Refusal | Annotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an `Archive.add` is: counts of articles. `done` is all that were dealt with, the refused among them."""

    done: int
    added: int
    updated: int
    unchanged: int
    refused: int


class AnnotatorLike(Protocol):
    """What adding needs of an annotator: a name that changes with its answers, and annotations in order."""

    @property
    def name(self) -> str: ...
    def stream(self, articles: Iterable[Article], workers: int = 1) -> Iterator[Annotation]: ...


@dataclass(slots=True)
class _Batch:
    """Some of the input, each id once. None stands for an annotation that the annotator has yet to give."""

    annotations: list[Annotation | None] = field(default_factory=list)
    ids: frozenset[str] = frozenset()
    awaited: deque[int] = field(default_factory=deque)


# Made by the reader from a URL or from the path within the folder that was read.
_MADE_ID = re.compile(r"[0-9a-f]{16}")
_SAME_PATH = (
    "the article of {} has the same path within its folder, and would be lost; index the folder that holds both"
)


def _at_home(item: Article | Annotation) -> Article | Annotation:
    """The item with the whole path of the file it is from, which holds from any working directory."""
    if isinstance(item, Annotation) or not item.origin or not _file_of(item.origin):
        return item
    return replace(item, origin=os.path.abspath(item.origin))  # noqa: PTH100 -- a path may be followed by `:line`


def _origin_of(item: Article | Annotation) -> str:
    article = item.article if isinstance(item, Annotation) else item
    return article.origin or article.id


def _file_of(origin: str) -> Path | None:
    """The file that an origin (`path`, `path:line` or `path#part`) names, if it is there."""
    names = (origin, origin.rpartition(":")[0], origin.partition("#")[0])
    return next((Path(name) for name in names if name and Path(name).is_file()), None)


class Adding:
    """One run of `Archive.add`: input is cut into batches; each is stored, in order, once all of it is annotated.

    The annotator reads ahead, so that several batches may be under way.
    """

    def __init__(
        self,
        writer: IndexWriter,
        load: Callable[[], AnnotatorLike],
        workers: int,
        progress: Callable[[Progress], None] | None,
        *,
        commit_each: bool,
    ) -> None:
        self.writer = writer
        self.load = load
        self.workers = workers
        self.progress = progress
        self.commit_each = commit_each
        self.annotator: AnnotatorLike | None = None
        self.underway: deque[_Batch] = deque()
        self.done = self.added = self.updated = self.unchanged = 0
        self.refused: list[Refusal] = []
        self.seconds = {"read": 0.0, "annotate": 0.0, "store": 0.0}

    def run(self, items: Iterable[Item]) -> Report:
        started = time.perf_counter()
        to_annotate = self._to_annotate(iter(items))
        first = next(to_annotate, None)
        if first is not None:
            for annotation in self._annotator().stream(chain([first], to_annotate), workers=self.workers):
                batch = next(batch for batch in self.underway if batch.awaited)
                batch.annotations[batch.awaited.popleft()] = annotation
                self._advance(1)
                self._store_finished()
        with self._timed("store"):
            self.writer.commit()
        seconds = time.perf_counter() - started
        if self.annotator is not None:
            self.seconds["annotate"] = seconds - self.seconds["read"] - self.seconds["store"]
        return Report(
            added=self.added,
            updated=self.updated,
            unchanged=self.unchanged,
            refused=tuple(self.refused),
            seconds=seconds,
            seconds_by_room=self.seconds,
        )

    def _annotator(self) -> AnnotatorLike:
        if self.annotator is None:
            self.annotator = self.load()
        return self.annotator

    def _to_annotate(self, items: Iterator[Item]) -> Iterator[Article]:
        """The articles that have to be annotated; all else goes into the batches under way."""
        while chosen := self._read(items):
            batch = _Batch(ids=frozenset(chosen))
            stored_soon: set[str] = set().union(*(other.ids for other in self.underway))
            self.underway.append(batch)
            waiting = []
            for article_id, item in chosen.items():
                # What the index says of an article that is under way is out of date.
                known = None if article_id in stored_soon else self._known(item)
                if known is None and (other := self._other_file(item)):
                    self._refuse(Refusal(_origin_of(item), _SAME_PATH.format(other)))
                    continue
                if known is item:
                    self.unchanged += 1
                elif known is not None or isinstance(item, Annotation):
                    batch.annotations.append(cast(Annotation, known or item))
                else:
                    batch.awaited.append(len(batch.annotations))
                    batch.annotations.append(None)
                    waiting.append(item)
                    continue
                self._advance(1)
            self._store_finished()
            yield from waiting

    def _read(self, items: Iterator[Item]) -> dict[str, Article | Annotation]:
        """The next batch of the input by id; of several with one id the last. What is refused is noted."""
        chosen: dict[str, Article | Annotation] = {}
        weight = 0
        with self._timed("read"):
            for item in items:
                if isinstance(item, Refusal):
                    self._refuse(item)
                    continue
                article = item.article if isinstance(item, Annotation) else item
                try:
                    # Before annotating: a language model is no place for half a character or a gigabyte.
                    check_article(article)
                except RejectedArticle as error:
                    self._refuse(Refusal(str(getattr(article, "origin", None) or error.article_id), str(error)))
                    continue
                chosen.pop(article.id, None)
                chosen[article.id] = _at_home(item)
                weight += len(article.text)
                if len(chosen) >= BATCH_ARTICLES or weight >= BATCH_CHARACTERS:
                    break
        return chosen

    def _known(self, item: Article | Annotation) -> Article | Annotation | None:
        """The item itself if it is stored as it is; the old annotation of an article if that still holds; else None."""
        article = item.article if isinstance(item, Annotation) else item
        state = self.writer.state(article.id)
        if state is None:
            return None
        if isinstance(item, Annotation):
            if (state.fingerprint, state.model) != (fingerprint(article), item.model):
                return None
            old = self.writer.annotation(article.id)
            # Where an article was read from makes no difference.
            return item if old is not None and replace(old, article=article) == item else None
        if state.model != ("given" if article.has_annotations else self._annotator().name):
            return None
        if state.fingerprint == fingerprint(article):
            return article
        if state.input_hash != input_hash(article):
            return None
        old = self.writer.annotation(article.id)
        return replace(old, article=article) if old else None

    def _other_file(self, item: Article | Annotation) -> str | None:
        """The file of the stored article that this one would replace, if it is another file that is still there."""
        article = item.article if isinstance(item, Annotation) else item
        if article.url or not article.origin or not _MADE_ID.fullmatch(article.id):
            return None
        old = self.writer.annotation(article.id)
        file, stored = _file_of(article.origin), _file_of(old.article.origin) if old and old.article.origin else None
        return str(stored) if file and stored and not stored.samefile(file) else None

    def _store_finished(self) -> None:
        while self.underway and not self.underway[0].awaited:
            batch = self.underway.popleft()
            with self._timed("store"):
                outcome = self.writer.add(cast(list[Annotation], batch.annotations))
                if self.commit_each:
                    self.writer.commit()
            self.added += outcome.added
            self.updated += outcome.updated
            self.refused += outcome.refused

    def _refuse(self, refusal: Refusal) -> None:
        self.refused.append(refusal)
        self._advance(1)

    def _advance(self, count: int) -> None:
        self.done += count
        if self.progress:
            self.progress(
                Progress(
                    done=self.done,
                    added=self.added,
                    updated=self.updated,
                    unchanged=self.unchanged,
                    refused=len(self.refused),
                )
            )

    @contextmanager
    def _timed(self, room: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[room] += time.perf_counter() - started
