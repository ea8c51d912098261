"""The facade: open an archive, add articles to it, search it, take them out again."""

from __future__ import annotations

import datetime as dt
import difflib
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, cast

import numpy as np

from search.dates import Interval, parse_interval
from search.errors import ArticleNotFound, RejectedArticle, RequestError
from search.model import (
    FACETS,
    Annotation,
    Article,
    DateInterval,
    Facet,
    Filter,
    Refusal,
    Report,
    Request,
    Results,
    Sort,
)
from search.query import Completion, run
from search.query import facet_values as values_of_facet
from search.query import suggest as completions
from search.store import (
    BATCH_ARTICLES,
    BATCH_CHARACTERS,
    IndexWriter,
    Snapshot,
    Store,
    check_article,
    fingerprint,
    input_hash,
)

__all__ = ["Archive", "ArchiveStats", "Progress", "open_archive"]

Item = Article | Refusal | Annotation
Values = str | Iterable[str]
Day = str | dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an `Archive.add` is: counts of articles. `done` is all that were dealt with, the refused among them."""

    done: int
    added: int
    updated: int
    unchanged: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveStats:
    """An archive in figures. `values` is the number of values by facet; `bytes` is the size of the index on disk."""

    articles: int
    sources: int
    first: dt.date | None
    last: dt.date | None
    undated: int
    values: Mapping[str, int]
    models: tuple[str, ...]
    generation: int
    segments: int
    bytes: int


class AnnotatorLike(Protocol):
    """What adding needs of an annotator: a name that changes with its answers, and annotations in order."""

    @property
    def name(self) -> str: ...
    def stream(self, articles: Iterable[Article], workers: int = 1) -> Iterator[Annotation]: ...


def load_annotator(model: str) -> AnnotatorLike:
    """The annotator with this model. Here and nowhere else is the language model loaded. Raises ModelError."""
    from search.annotate import Annotator

    return Annotator(model)


def open_archive(
    path: str | Path = "index_data",
    *,
    must_exist: bool = False,
    annotator: Callable[[str], AnnotatorLike] = load_annotator,
) -> Archive:
    """The archive in the directory `path`; an empty one where there is none yet, made when something is added.

    `annotator` makes an annotator from the name of a model. Raises IndexUnusable for a directory that holds something
    else, IndexDamaged, IndexMismatch, and with `must_exist` IndexMissing.
    """
    return Archive(Store(path, must_exist=must_exist), annotator, must_exist=must_exist)


class Archive:
    """A news archive. Any number of threads may search one; adding and deleting are for one at a time.

    Searches see the generation that was committed last, by whatever process.
    """

    def __init__(self, store: Store, annotator: Callable[[str], AnnotatorLike], *, must_exist: bool = False) -> None:
        self._store = store
        self._annotator = annotator
        self._must_exist = must_exist
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._stamp: object = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files; searches that are under way finish first. The archive can be used again after it."""
        with self._lock:
            self._snapshot = None

    @property
    def path(self) -> Path:
        return self._store.path

    def snapshot(self) -> Snapshot:
        """The current generation as arrays; it stays what it is while you hold it. Raises IndexUnusable."""
        with self._lock:
            stamp = self._store.stamp()
            if self._snapshot is None or stamp != self._stamp:
                if stamp is None and self._must_exist:
                    self._store.manifest()  # raises, and says what is missing
                # The stamp is taken first: a commit in between costs one more look, and is never overlooked.
                self._snapshot, self._stamp = self._store.snapshot(), stamp
            return self._snapshot

    # Changing ---------------------------------------------------------------------------------------------------

    def add(
        self,
        items: Iterable[Item],
        *,
        model: str = "fast",
        workers: int = 1,
        progress: Callable[[Progress], None] | None = None,
        rebuild: bool = False,
        wait: float = 0.0,
    ) -> Report:
        """Annotate and store articles as they come; memory stays flat over any number of them.

        An article that is stored already, annotated with the same model, is left alone; one of which nothing changed
        that annotating reads keeps its annotation. An Annotation is stored as it is, unless it is already. What cannot
        be stored is in the report, and the rest goes on. Every batch is committed, so that an interruption loses
        little; with `rebuild` the archive starts from nothing and there is one commit at the end: until then the old
        one serves.

        `workers` processes annotate; `wait` is for how many seconds to wait for another writer. Raises ModelError,
        IndexLocked and IndexUnusable.
        """
        with self._store.writing(rebuild=rebuild, wait=wait) as writer:
            adding = _Adding(writer, lambda: self._annotator(model), workers, progress, commit_each=not rebuild)
            return adding.run(items)

    def delete(self, ids: Iterable[str], *, wait: float = 0.0) -> int:
        """Take articles out; how many of the ids there were. Raises IndexMissing, IndexLocked, IndexUnusable."""
        return self._store.delete([ids] if isinstance(ids, str) else ids, wait=wait)

    # Asking -----------------------------------------------------------------------------------------------------

    def get(self, article_id: str) -> Annotation:
        """The article with the id, with its annotation. Raises ArticleNotFound."""
        snapshot = self.snapshot()
        docnum = snapshot.docnum(article_id)
        if docnum is None:
            raise ArticleNotFound(article_id)
        return snapshot.annotation(docnum)

    def articles(self) -> Iterator[Annotation]:
        """Every article with its annotation, newest first, from the generation that is current at the first of them."""
        snapshot = self.snapshot()
        for docnum in np.argsort(snapshot.rank(), kind="stable").tolist():
            if snapshot.live[docnum]:
                yield snapshot.read_annotation(docnum)

    def search(
        self,
        request_or_q: Request | str = "",
        *,
        since: Day = None,
        until: Day = None,
        mentioned_since: Day = None,
        mentioned_until: Day = None,
        sort: Sort = "relevance",
        page: int = 1,
        size: int = 10,
        facets: Values | None = None,
        facet_size: int = 10,
        date_interval: DateInterval = "auto",
        highlight: bool = True,
        exclude: Mapping[str, Values] | None = None,
        **filters: Values,
    ) -> Results:
        """Search, by a Request or by a query and keywords.

        Days are dates or `2021`, `2021-10`, `2021-10-18`, both ends inside. Filters are named as FACETS are:
        `country=["RU", "IR"]`, `person="sergei-shoigu"`; `exclude={"country": "US"}` drops what has the value.
        Raises RequestError, which names the parameter and, where there is one, the nearest that would do.
        """
        if isinstance(request_or_q, Request):
            request = request_or_q
        else:
            request = Request(
                q=request_or_q,
                filters=(*_filters(filters, exclude=False), *_filters(exclude or {}, exclude=True)),
                published=(_day("since", since, first=True), _day("until", until, first=False)),
                mentioned=(
                    _day("mentioned_since", mentioned_since, first=True),
                    _day("mentioned_until", mentioned_until, first=False),
                ),
                sort=sort,
                page=page,
                size=size,
                facets=Request().facets if facets is None else _strings("facets", facets),
                facet_size=facet_size,
                date_interval=date_interval,
                highlight=highlight,
            )
        return run(self.snapshot(), request)

    def facet_values(self, name: str, prefix: str = "", *, request: Request | None = None, limit: int = 20) -> Facet:
        """The values of a facet with a word that begins with the prefix, counted over the articles of a request."""
        return values_of_facet(self.snapshot(), name, prefix=prefix, request=request, limit=limit)

    def suggest(self, text: str, limit: int = 8) -> tuple[Completion, ...]:
        """What someone who typed this may want: people, countries, organizations, titles."""
        return completions(self.snapshot(), text, limit=limit)

    # About it ---------------------------------------------------------------------------------------------------

    def stats(self) -> ArchiveStats:
        """The archive in figures."""
        snapshot = self.snapshot()
        first, last = (days[snapshot.live & (days > 0)] for days in snapshot.published())
        values = {name: len(snapshot.facet(name).values) for name in FACETS}
        return ArchiveStats(
            articles=snapshot.doc_count,
            sources=values["source"],
            first=dt.date.fromordinal(int(first.min())) if len(first) else None,
            last=dt.date.fromordinal(int(last.max())) if len(last) else None,
            undated=snapshot.doc_count - len(first),
            values=values,
            models=snapshot.facet("model").values,
            generation=snapshot.generation,
            segments=len(snapshot.views),
            bytes=snapshot.bytes,
        )

    def check(self) -> list[str]:
        """One line for each thing that is wrong with the index on disk; reads every byte of it."""
        return self._store.check()


# A search in keywords -------------------------------------------------------------------------------------------


def _filters(named: Mapping[str, Values], *, exclude: bool) -> Iterator[Filter]:
    for name, values in named.items():
        if name not in FACETS:
            known = [*FACETS, *_KEYWORDS]
            nearest = difflib.get_close_matches(str(name), known, n=1)
            raise RequestError(str(name), "there is no such parameter.", nearest=nearest[0] if nearest else None)
        for value in _strings(name, values):
            yield Filter(name, value, exclude)


_KEYWORDS = tuple(name for name in (Archive.search.__kwdefaults__ or {}))


def _strings(parameter: str, values: Values) -> tuple[str, ...]:
    strings = (values,) if isinstance(values, str) else tuple(values)
    for value in strings:
        if not isinstance(value, str):
            raise RequestError(parameter, f"{value!r} is not a string.")
    return strings


def _day(parameter: str, day: Day, *, first: bool) -> dt.date | None:
    """The first or the last day of what was written."""
    if day is None:
        return None
    if isinstance(day, dt.datetime):
        return day.date()
    if isinstance(day, dt.date):
        return day
    try:
        interval: Interval = parse_interval(day)
    except (ValueError, AttributeError) as error:
        raise RequestError(parameter, f"{error}.", value=str(day)) from None
    return interval.first if first else interval.last


# Adding ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Batch:
    """Some of the input, each id once. None stands for an annotation that the annotator has yet to give."""

    annotations: list[Annotation | None] = field(default_factory=list)
    ids: frozenset[str] = frozenset()
    awaited: deque[int] = field(default_factory=deque)


class _Adding:
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
                chosen[article.id] = item
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
