"""Annotation in several processes, each with its own model, fed in batches and read back in order."""

from __future__ import annotations

import itertools
import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TYPE_CHECKING

from search.model import Annotation, Article

if TYPE_CHECKING:
    from search.annotate.annotator import Annotator

__all__ = ["stream_in_processes"]

TASK = 32  # articles handed over at once: the batch of the network; with larger ones, processes are idle at the end
AHEAD = 4  # tasks waiting for each process: enough to keep it busy, few enough to hold in memory

_annotator: Annotator | None = None  # of a worker process


def _start(model: str) -> None:
    global _annotator
    from search.annotate.annotator import Annotator

    _annotator = Annotator(model)


def _annotate(batch: list[Article]) -> list[Annotation]:
    assert _annotator is not None, "the pool calls _start first"
    return _annotator.annotate_batch(batch)


def stream_in_processes(model: str, articles: Iterable[Article], workers: int, batch_size: int) -> Iterator[Annotation]:
    """The annotations in the order of the articles. Processes are spawned: a fork would copy locks held by threads."""
    remaining = iter(articles)
    size = min(batch_size, TASK)
    waiting: deque[Future[list[Annotation]]] = deque()
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(model,))
    try:
        while True:
            while len(waiting) < AHEAD * workers and (batch := list(itertools.islice(remaining, size))):
                waiting.append(pool.submit(_annotate, batch))
            if not waiting:
                return
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
