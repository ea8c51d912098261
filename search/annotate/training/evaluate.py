"""Precision, recall and F1 of a model on labelled texts, and its speed.

    python -m search.annotate.training.evaluate --corpora FILE [FILE …] --model DIR [--held-out] [--json]

An entity counts where its edges and its label are both right.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language

from search.annotate.training.corpora import LabelledText, read_corpus, split
from search.annotate.training.pipeline import use_fast_matrices

# The places of a text are one facet in the product, so a city taken for a region is no error there.
PLACE_LABELS = {"GPE": "PLACE", "LOC": "PLACE"}

# Texts read before the clock starts: the first ones of a process pay for its caches.
WARM_UP = 16

Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of right, superfluous and missed entities, and the ratios made of them (0 to 1)."""

    right: int = 0
    superfluous: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of found entities that are right; 0 where none was found."""
        return self.right / max(1, self.right + self.superfluous)

    @property
    def recall(self) -> float:
        """The share of true entities that were found; 0 where there are none."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.superfluous + self.missed)


@dataclass(frozen=True, slots=True)
class Report:
    """Scores by label.

    `PLACE` is GPE and LOC as one, `ALL` everything with places as one, `STRICT` everything with them apart.
    """

    scores: dict[str, Score]
    texts: int
    words: int
    words_per_second: float


def score(gold: Iterable[set[Span]], found: Iterable[set[Span]]) -> dict[str, Score]:
    """Scores by label over pairs of sets of (start, end, label), one pair a text."""
    right: dict[str, int] = {}
    superfluous: dict[str, int] = {}
    missed: dict[str, int] = {}
    for wanted, got in zip(gold, found, strict=True):
        for counts, spans in ((right, wanted & got), (superfluous, got - wanted), (missed, wanted - got)):
            for *_, label in spans:
                counts[label] = counts.get(label, 0) + 1
    labels = sorted({*right, *superfluous, *missed})
    return {label: Score(right.get(label, 0), superfluous.get(label, 0), missed.get(label, 0)) for label in labels}


def _all_scores(gold: list[set[Span]], found: list[set[Span]]) -> dict[str, Score]:
    def merged(spans: set[Span]) -> set[Span]:
        return {(start, end, PLACE_LABELS.get(label, label)) for start, end, label in spans}

    apart = score(gold, found)
    as_one = score(map(merged, gold), map(merged, found))
    scores = {**apart, **{label: as_one[label] for label in ("PLACE",) if label in as_one}}
    return scores | {"ALL": _total(as_one.values()), "STRICT": _total(apart.values())}


def _total(scores: Iterable[Score]) -> Score:
    rows = list(scores)
    return Score(sum(s.right for s in rows), sum(s.superfluous for s in rows), sum(s.missed for s in rows))


def evaluate(nlp: Language, texts: Sequence[LabelledText]) -> Report:
    """The model's report on labelled texts.

    Speed is words over processor seconds spent on tokenizing and recognising, once the model is warm.
    """
    for _ in nlp.pipe(source.text for source in texts[:WARM_UP]):
        pass
    began = time.process_time()
    docs = list(nlp.pipe(source.text for source in texts))
    seconds = time.process_time() - began
    found = [{(e.start_char, e.end_char, e.label_) for e in doc.ents} for doc in docs]
    gold = [{(e.start, e.end, e.label) for e in source.entities} for source in texts]
    words = sum(len(source.text.split()) for source in texts)
    return Report(_all_scores(gold, found), len(texts), words, words / max(seconds, 1e-9))


def as_json(report: Report) -> dict[str, object]:
    """The report as plain data; ratios in percent, to one decimal."""
    return {
        "texts": report.texts,
        "words": report.words,
        "words_per_second": round(report.words_per_second),
        "scores": {
            label: {
                "precision": round(100 * s.precision, 1),
                "recall": round(100 * s.recall, 1),
                "f1": round(100 * s.f1, 1),
                "entities": s.right + s.missed,
            }
            for label, s in report.scores.items()
        },
    }


def as_table(report: Report) -> str:
    """The report for reading."""
    rows = [f"{'':8}{'P':>7}{'R':>7}{'F1':>7}{'entities':>10}"]
    rows += [
        f"{label:8}{100 * s.precision:7.1f}{100 * s.recall:7.1f}{100 * s.f1:7.1f}{s.right + s.missed:10}"
        for label, s in report.scores.items()
    ]
    speed = f"{report.texts} texts, {report.words:,} words, {report.words_per_second:,.0f} words/s"
    return "\n".join([*rows, speed])


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure an entity recogniser.")
    parser.add_argument("--corpora", type=Path, nargs="+", required=True, help="labelled .jsonl.gz files")
    parser.add_argument("--model", type=Path, required=True, help="a folder written by training")
    parser.add_argument("--held-out", action="store_true", help="only the part that training leaves out")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    texts: list[LabelledText] = []
    for path in options.corpora:
        corpus = read_corpus(path)
        texts += split(path.name.removesuffix(".jsonl.gz"), corpus)[1] if options.held_out else corpus
    use_fast_matrices()
    report = evaluate(spacy.load(options.model), texts)
    print(json.dumps(as_json(report), indent=2) if options.json else as_table(report))


if __name__ == "__main__":
    main()
