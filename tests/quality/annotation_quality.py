"""How well people and countries are found.

    python -m tests.quality.annotation_quality --gold tests/gold --seeds seeds

Strict: one value for each person of the gold, right if its slug is that of the gold's name or of one of its spellings;
a second value for the same person is an invention. Countries are right by code. Prints what each article missed and
invented, then precision, recall and F1 over all.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.annotate import Annotator
from search.annotate.slugs import slug
from search.model import Annotation, Article


@dataclass(frozen=True)
class Score:
    """What one article's annotation got right, missed and invented."""

    right: int = 0
    missed: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()


def people_score(annotation: Annotation, gold: Mapping[str, Sequence[str]]) -> Score:
    """Values against the gold's people, each matched at most once."""
    allowed = {name: {slug(form) for form in (name, *spellings)} for name, spellings in gold.items()}
    left = dict(allowed)
    invented = []
    for tag in annotation.persons:
        owner = next((name for name, slugs in left.items() if tag.value in slugs), None)
        if owner is None:
            invented.append(tag.label)
        else:
            del left[owner]
    return Score(len(allowed) - len(left), tuple(left), tuple(invented))


def country_score(annotation: Annotation, gold: Iterable[str]) -> Score:
    """Codes against the gold's codes."""
    found, wanted = {tag.value for tag in annotation.countries}, set(gold)
    return Score(len(found & wanted), tuple(sorted(wanted - found)), tuple(sorted(found - wanted)))


def figures(scores: Iterable[Score]) -> tuple[float, float, float]:
    """Precision, recall and F1 over all articles."""
    scores = list(scores)
    right = sum(score.right for score in scores)
    found = right + sum(len(score.invented) for score in scores)
    wanted = right + sum(len(score.missed) for score in scores)
    precision, recall = right / found if found else 1.0, right / wanted if wanted else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def gold_of(folder: Path) -> dict[str, dict[str, Any]]:
    """Every entry of the JSON files of a folder (or of one file), by the name of its article."""
    files = sorted(folder.glob("*.json")) if folder.is_dir() else [folder]
    return {
        name: entry
        for file in files
        for name, entry in json.loads(file.read_text("utf-8")).items()
        if not name.startswith("_")
    }


def pairs(root: Path, gold: Mapping[str, dict[str, Any]], articles: Iterable[Article]) -> Iterator[tuple[str, Article]]:
    """The articles that the gold speaks of: `file`, or `file#id` where a file has several."""
    for article in articles:
        origin = (article.origin or "").removeprefix(str(root)).lstrip("/")
        path, _, line = origin.rpartition(":") if origin.rpartition(":")[2].isdigit() else (origin, "", "")
        for name in (path, f"{path}#{article.id}", f"{path}#{article.url}", f"{path}:{line}"):
            if name in gold:
                yield name, article
                break


def report(named: Iterable[tuple[str, Annotation]], gold: Mapping[str, dict[str, Any]]) -> None:
    """Print each article's misses and inventions, and the figures."""
    people, countries = [], []
    for name, annotation in named:
        entry = gold[name]
        people.append(people_score(annotation, entry["people"]))
        countries.append(country_score(annotation, entry["countries"]))
        for kind, score in (("people", people[-1]), ("countries", countries[-1])):
            if score.missed or score.invented:
                print(f"{name}: {kind}: missed {list(score.missed)}, invented {list(score.invented)}")
    print(f"{len(people)} articles of {len(gold)} in the gold")
    for kind, scores in (("people", people), ("countries", countries)):
        precision, recall, f1 = figures(scores)
        print(f"{kind:10} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")


def main(arguments: Sequence[str] | None = None) -> None:
    import search

    parser = argparse.ArgumentParser(
        prog="python -m tests.quality annotation",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--gold", type=Path, default=Path("tests/gold"))
    parser.add_argument("--seeds", type=Path, default=Path("seeds"))
    parser.add_argument("--samples", type=Path, help="a folder of articles with its own gold.json")
    parser.add_argument("--model", default="fast")
    options = parser.parse_args(arguments)
    root = options.samples or options.seeds
    gold = gold_of(root / "gold.json" if options.samples else options.gold)
    articles = (item for item in search.read(root) if isinstance(item, Article))
    named = list(pairs(root, gold, articles))
    annotations = Annotator(options.model).stream(article for _, article in named)
    report(((name, annotation) for (name, _), annotation in zip(named, annotations, strict=True)), gold)


if __name__ == "__main__":
    main()
