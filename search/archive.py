"""The facade: open an archive, add articles to it, search it, take them out again."""

from __future__ import annotations

import datetime as dt
import difflib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from search.adding import Adding, AnnotatorLike, Item, Progress
from search.dates import Interval, parse_interval
from search.errors import ArticleNotFound, RequestError
from search.model import (
    FACETS,
    Annotation,
    DateInterval,
    Facet,
    Filter,
    Report,
    Request,
    Results,
    Sort,
)
from search.query import Completion, run
from search.query import facet_values as values_of_facet
from search.query import suggest as completions
from search.store import (
    Snapshot,
    Store,
)

__all__ = ["Archive", "ArchiveStats", "Progress", "open_archive"]

Values = str | Iterable[str]
Day = str | dt.date | None


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
            adding = Adding(writer, lambda: self._annotator(model), workers, progress, commit_each=not rebuild)
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
