"""The annotator: articles in, annotations out, in order, in this process or in several."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from search.annotate.given import annotation_as_given
from search.annotate.pipeline import RULES_VERSION, annotate_with, text_to_recognize
from search.annotate.recognizer import Recognizer, load_recognizer
from search.annotate.workers import stream_in_processes
from search.model import Annotation, Article

__all__ = ["Annotator"]

BATCH_SIZE = 128


class Annotator:
    """Finds who, where and when articles speak of, with one language model and the rules.

    `model` is one that is shipped ("fast"), an installed spaCy pipeline or a path to one. Raises ModelError where it
    cannot be used. `name` tells the model and the rules: equal names, equal annotations.
    """

    def __init__(self, model: str = "fast") -> None:
        self.model = model
        self._recognizer: Recognizer = load_recognizer(model)
        self.name = f"{self._recognizer.name}+rules-{RULES_VERSION}"

    def annotate(self, article: Article) -> Annotation:
        """The annotation of one article. One that came with its own keeps it."""
        (annotation,) = self.stream([article])
        return annotation

    def stream(
        self, articles: Iterable[Article], workers: int = 1, batch_size: int = BATCH_SIZE
    ) -> Iterator[Annotation]:
        """The annotations of articles, in their order. Memory stays flat over any number of them.

        `workers` processes share the work where there is more than one; `batch_size` articles are read ahead for each.
        """
        if workers > 1:
            yield from stream_in_processes(self.model, articles, workers, batch_size)
            return
        remaining = iter(articles)
        while batch := list(itertools.islice(remaining, batch_size)):
            yield from self.annotate_batch(batch)

    def annotate_batch(self, articles: list[Article]) -> list[Annotation]:
        """The annotations of a few articles."""
        spans = self._recognizer.stream(text_to_recognize(a) for a in articles if not a.has_annotations)
        return [
            annotation_as_given(article) if article.has_annotations else annotate_with(article, next(spans), self.name)
            for article in articles
        ]
