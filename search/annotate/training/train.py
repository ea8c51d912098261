"""Train the shipped recogniser on a folder of labelled corpora.

    python -m search.annotate.training.train --corpora DIR --output DIR [--start DIR] [--epochs N] …

Every `*.jsonl.gz` of the folder is read but those named `eval_*`, which are for measuring only. A tenth of
each gold corpus is left out (see `corpora.split`) and reported on at the end.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from random import Random

import spacy
from spacy.language import Language
from spacy.training import Example
from thinc.api import Adam, Optimizer, fix_random_seed, warmup_linear

from search.annotate.training.augment import Rates, augment, group
from search.annotate.training.corpora import LABELS, LabelledText, corpus_files, read_corpus, split
from search.annotate.training.evaluate import Report, as_json, as_table, evaluate
from search.annotate.training.pipeline import NAME, build, examples, use_fast_matrices

MODEL_VERSION = "1.0.0"
LICENCE = "CC BY-SA 4.0"
DESCRIPTION = (
    "Persons, organisations, places (GPE, LOC) and nationalities or groups (NORP) in English news; "
    "tok2vec CNN with a transition-based parser, made for one CPU core."
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a training run does; `repeats` is how often an epoch takes a corpus (once, if not named)."""

    epochs: int = 4
    seed: int = 20211018
    dropout: float = 0.1
    learn_rate: float = 2e-3
    warmup_steps: int = 250
    batch_words: tuple[int, int] = (200, 1500)
    batch_growth: float = 1.002
    repeats: dict[str, int] = field(default_factory=lambda: {"re3d_open": 3, "gum": 2, "wikigold": 2, "europarl": 2})
    rates: Rates = field(default_factory=Rates)


@dataclass(frozen=True, slots=True)
class Corpora:
    """Texts to train on, by the name of their corpus, and the texts held out."""

    training: dict[str, list[LabelledText]]
    held_out: list[LabelledText]


def load(folder: Path) -> Corpora:
    """All corpora of a folder, split; machine-labelled ones (`*_silver`) measure nothing, so all trains."""
    training: dict[str, list[LabelledText]] = {}
    held_out: list[LabelledText] = []
    for name, path in corpus_files(folder):
        texts = read_corpus(path)
        if name.endswith("_silver"):
            training[name] = texts
        else:
            training[name], kept_back = split(name, texts)
            held_out += kept_back
    if not training:
        raise FileNotFoundError(f"{folder}: no *.jsonl.gz corpora to train on")
    return Corpora(training, held_out)


def epoch_texts(corpora: Corpora, recipe: Recipe, random: Random) -> list[LabelledText]:
    """One epoch's texts: every corpus as often as the recipe says, each time grouped and varied anew."""
    texts = [
        augment(source, recipe.rates, random)
        for name, corpus in corpora.training.items()
        for _ in range(recipe.repeats.get(name, 1))
        for source in group(corpus, random)
    ]
    random.shuffle(texts)
    return texts


def batches(items: Sequence[Example], sizes: Iterator[int]) -> Iterator[list[Example]]:
    """Items in batches of about so many tokens each."""
    batch: list[Example] = []
    tokens, limit = 0, next(sizes)
    for item in items:
        batch.append(item)
        tokens += len(item.reference)
        if tokens >= limit:
            yield batch
            batch, tokens, limit = [], 0, next(sizes)
    if batch:
        yield batch


def batch_sizes(recipe: Recipe) -> Iterator[int]:
    """Tokens of the first batch, the second and so on: growing, as small batches learn fastest at first."""
    size, limit = (float(n) for n in recipe.batch_words)
    while True:
        yield int(size)
        size = min(limit, size * recipe.batch_growth)


def planned_steps(tokens: int, recipe: Recipe) -> int:
    """About how many batches `tokens` tokens of training make."""
    sizes = batch_sizes(recipe)
    steps = 0
    while tokens > 0:
        tokens -= next(sizes)
        steps += 1
    return max(1, steps)


def _optimizer(recipe: Recipe, steps: int) -> Optimizer:
    warmup = min(recipe.warmup_steps, max(1, steps // 10))
    rate = warmup_linear(recipe.learn_rate, warmup, steps + 1)
    optimizer: Optimizer = Adam(rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)  # type: ignore[arg-type]  # a schedule is right, its stub is older
    return optimizer


def train(corpora: Corpora, recipe: Recipe, output: Path, start: Path | None = None) -> Language:
    """Train by the recipe and return the averaged model; it is also written to `output` after every epoch.

    With `start`, training goes on from that folder's weights. The learning rate warms up and then falls to
    almost nothing at the last step; what is shipped is the running average of the weights.
    """
    fix_random_seed(recipe.seed)
    random = Random(recipe.seed)
    nlp = build()
    first = examples(nlp, epoch_texts(corpora, recipe, random))
    ner = nlp.get_pipe("ner")
    for label in LABELS:
        ner.add_label(label)  # type: ignore[attr-defined]  # pipes are typed as any callable
    nlp.initialize(lambda: first[:200])
    if start is not None:
        ner.from_disk(start / "ner", exclude=["vocab"])  # type: ignore[attr-defined]  # the same
    steps = planned_steps(sum(len(e.reference) for e in first) * recipe.epochs, recipe)
    optimizer = _optimizer(recipe, steps)
    sizes = batch_sizes(recipe)
    progress = _Progress(steps)
    for epoch in range(recipe.epochs):
        pending = first if epoch == 0 else examples(nlp, epoch_texts(corpora, recipe, random))
        for batch in batches(pending, sizes):
            losses = nlp.update(batch, sgd=optimizer, drop=recipe.dropout)
            optimizer.step_schedules()  # type: ignore[no-untyped-call]  # its stub has no annotations
            progress.step(losses["ner"], sum(len(e.reference) for e in batch))
        with nlp.use_params(optimizer.averages):
            # Two copies: measuring leaves the strings of the texts behind, and those are not ours to ship.
            shipped, measured = _stripped(nlp), _stripped(nlp)
        save(shipped, output, evaluate(measured, corpora.held_out) if corpora.held_out else None)
    return shipped


class _Progress:
    """A line on stderr now and then: step, loss per token, speed."""

    def __init__(self, steps: int, every: int = 200) -> None:
        self._steps, self._every = steps, every
        self._done = self._tokens = self._all_tokens = 0
        self._loss = 0.0
        self._began = time.monotonic()

    def step(self, loss: float, tokens: int) -> None:
        self._done += 1
        self._tokens += tokens
        self._all_tokens += tokens
        self._loss += loss
        if self._done % self._every == 0:
            seconds = time.monotonic() - self._began
            print(
                f"step {self._done}/{self._steps}  loss {self._loss / self._tokens:.4f}  "
                f"{self._all_tokens / seconds:,.0f} tokens/s  {seconds / 60:.1f} min",
                file=sys.stderr,
                flush=True,
            )
            self._loss, self._tokens = 0.0, 0


def _stripped(nlp: Language) -> Language:
    """A copy with the weights as they stand now, without the strings that training left in the vocabulary."""
    fresh = build()
    weights = nlp.get_pipe("ner").to_bytes(exclude=["vocab"])  # type: ignore[attr-defined]  # pipes are typed as any callable
    fresh.get_pipe("ner").from_bytes(weights, exclude=["vocab"])  # type: ignore[attr-defined]  # the same
    return fresh


def save(nlp: Language, output: Path, held_out: Report | None) -> None:
    """Write the pipeline with its meta data; `held_out` are the figures to put there."""
    nlp.meta["name"] = NAME
    nlp.meta["version"] = MODEL_VERSION
    nlp.meta["license"] = LICENCE
    nlp.meta["description"] = DESCRIPTION
    # A patch release of spaCy reads the same weights; without a range, loading warns of every difference.
    major, minor, *_ = version("spacy").split(".")
    nlp.meta["spacy_version"] = f">={major}.{minor}.0,<{major}.{int(minor) + 1}.0"
    nlp.meta["performance"] = {"held_out": _figures(held_out)} if held_out is not None else {}
    nlp.to_disk(output)


def _figures(report: Report) -> dict[str, object]:
    # Speed is the machine's of the day as much as the model's.
    return {key: value for key, value in as_json(report).items() if key != "words_per_second"}


def record(output: Path, corpus: Path) -> None:
    """Measure the pipeline in `output` on a corpus it was not trained on; its meta data notes the figures."""
    report = evaluate(spacy.load(output), read_corpus(corpus))
    meta = output / "meta.json"
    content = json.loads(meta.read_text(encoding="utf-8"))
    content["performance"][corpus.name.removesuffix(".jsonl.gz")] = _figures(report)
    meta.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(corpus.name, as_table(report), sep="\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    recipe = Recipe()
    parser = argparse.ArgumentParser(description="Train the entity recogniser.")
    parser.add_argument("--corpora", type=Path, required=True, help="a folder of labelled .jsonl.gz files")
    parser.add_argument("--output", type=Path, required=True, help="where the pipeline is written")
    parser.add_argument("--start", type=Path, help="go on from this pipeline's weights")
    parser.add_argument("--epochs", type=int, default=recipe.epochs)
    parser.add_argument("--learn-rate", type=float, default=recipe.learn_rate)
    parser.add_argument("--dropout", type=float, default=recipe.dropout)
    parser.add_argument("--made-up", type=float, default=0.0, help="share of swapped names made of syllables")
    parser.add_argument("--seed", type=int, default=recipe.seed)
    parser.add_argument("--measure", type=Path, nargs="*", default=[], help="corpora to note the figures on")
    options = parser.parse_args(arguments)
    recipe = Recipe(
        epochs=options.epochs,
        seed=options.seed,
        dropout=options.dropout,
        learn_rate=options.learn_rate,
        rates=Rates(made_up=options.made_up),
    )
    use_fast_matrices()
    corpora = load(options.corpora)
    train(corpora, recipe, options.output, options.start)
    if corpora.held_out:
        print("held out", as_table(evaluate(spacy.load(options.output), corpora.held_out)), sep="\n")
    for corpus in options.measure:
        record(options.output, corpus)


if __name__ == "__main__":
    main()
