"""The border to spaCy: a pipeline found by name, and texts in, labelled spans out."""

from __future__ import annotations

import difflib
import logging
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import use_ops
from threadpoolctl import threadpool_limits

from search.annotate.spans import LABELS, Span
from search.errors import ModelError

__all__ = ["SHIPPED", "Recognizer", "load_recognizer"]

logger = logging.getLogger(__name__)

SHIPPED = ("fast",)
"""Models that come with the package."""

FINDS_ENTITIES = ("ner", "entity_ruler", "span_ruler", "transformer_ner", "beam_ner")
NOT_NEEDED = (
    "parser",
    "lemmatizer",
    "trainable_lemmatizer",
    "textcat",
    "textcat_multilabel",
    "senter",
    "entity_linker",
)

LONGEST_CHUNK = 10_000  # characters of one Doc: with BATCH it bounds what the network holds at once
BATCH = 32  # chunks that the network sees at once: more no longer fit the processor's caches
ZONE = 128  # texts after which the vocabulary lets go of their words


class Recognizer:
    """A spaCy pipeline. `name` says which, with its version: two recognisers of one name find the same."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.nlp = nlp
        self.name = name

    def stream(self, texts: Iterable[str]) -> Iterator[list[Span]]:
        """The spans of each text, in order. A text that the pipeline fails on has none, and a warning is logged."""
        for batch in _batches(texts):
            # A zone lets go of the words of its texts: else the vocabulary grows with every new one.
            with self.nlp.memory_zone():
                found = self._batch(batch)
            yield from found

    def _batch(self, texts: list[str]) -> list[list[Span]]:
        chunks = ((text[start:end], (at, start)) for at, text in enumerate(texts) for start, end in chunked(text))
        found: list[list[Span]] = [[] for _ in texts]
        try:
            for doc, (at, start) in self.nlp.pipe(chunks, as_tuples=True, batch_size=BATCH):
                found[at].extend(_spans(doc, start))
        except Exception as failure:  # what a model may raise is open: each text is then tried by itself
            logger.warning("the model %s failed on a batch (%s); its texts are tried one by one", self.name, failure)
            return [self._alone(text) for text in texts]
        return found

    def _alone(self, text: str) -> list[Span]:
        spans: list[Span] = []
        for start, end in chunked(text):
            try:
                spans.extend(_spans(self.nlp(text[start:end]), start))
            except Exception as failure:  # this text costs only itself: the rules still find countries and dates in it
                logger.warning("the model %s failed on a text of %d characters: %s", self.name, len(text), failure)
        return spans


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if len(batch) == ZONE or size > ZONE * LONGEST_CHUNK:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def chunked(text: str, longest: int = LONGEST_CHUNK) -> Iterator[tuple[int, int]]:
    """Pieces of at most `longest` characters: cut at a paragraph, else at a line, a sentence, a space."""
    start = 0
    while len(text) - start > longest:
        for border in ("\n\n", "\n", ". ", " "):
            cut = text.rfind(border, start + longest // 2, start + longest)
            if cut > 0:
                cut += len(border)
                break
        else:
            cut = start + longest
        yield start, cut
        start = cut
    if start < len(text):
        yield start, len(text)


def _spans(doc: Doc, offset: int) -> Iterator[Span]:
    entities = list(doc.ents) or [span for group in doc.spans.values() for span in group]
    for entity in entities:
        label = LABELS.get(entity.label_.upper())
        if label is not None:
            yield Span(entity.start_char + offset, entity.end_char + offset, label)


def load_recognizer(model: str) -> Recognizer:
    """The pipeline called `model`: one that is shipped, an installed spaCy package, or a path to a saved pipeline.

    Raises ModelError where there is none of that name, or where it finds no entities.
    """
    if model in SHIPPED:
        with resources.as_file(resources.files("search.annotate").joinpath("models", model)) as path:
            if not path.joinpath("meta.json").is_file():
                raise ModelError(f"the shipped model {model!r} is missing at {path}; install Dateline again")
            nlp = _load(path, model)
    elif Path(model).is_dir():
        nlp = _load(Path(model), model)
    elif spacy.util.is_package(model):
        nlp = _load(model, model)
    else:
        raise ModelError(_unknown(model))
    if not any(nlp.has_pipe(name) for name in FINDS_ENTITIES):
        pipes = ", ".join(nlp.pipe_names) or "none"
        raise ModelError(
            f"the model {model!r} finds no entities: it has no ner or entity_ruler pipe (its pipes: {pipes}); "
            f"use {SHIPPED[0]!r} or a pipeline with one, such as en_core_web_sm"
        )
    meta = nlp.meta
    return Recognizer(nlp, f"{Path(model).name}-{meta.get('version', '0')}")


def _load(source: str | Path, model: str) -> Language:
    try:
        # NumPy's matrix product is about half as fast again on a model this small as BLIS, which spaCy would choose,
        # if it keeps to one thread: processes share the work, and threads of several would fight for the cores.
        with use_ops("numpy", use_blis=False):
            nlp = spacy.load(source, exclude=list(NOT_NEEDED))
        threadpool_limits(1, user_api="blas")
    except (OSError, ValueError, KeyError, ImportError) as failure:
        raise ModelError(f"the model {model!r} cannot be loaded: {failure}") from failure
    # Chunking bounds what is given at once; spaCy's own limit would refuse what fits.
    nlp.max_length = max(nlp.max_length, 2 * LONGEST_CHUNK)
    return nlp


def _unknown(model: str) -> str:
    known = [*SHIPPED, *spacy.util.get_installed_models()]
    nearest = difflib.get_close_matches(model, known, n=1)
    hint = f"did you mean {nearest[0]!r}?" if nearest else f"there are: {', '.join(known)}."
    return (
        f"there is no model {model!r}: {hint} A spaCy pipeline is installed with "
        f"`python -m spacy download {model}`; a path to a saved one works too"
    )
