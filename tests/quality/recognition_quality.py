"""How exactly names are found, over a corpus of annotated texts.

    python -m tests.quality recognition --corpus corpus.jsonl.gz

The corpus has one JSON object a line: `{"text": …, "entities": [[start, end, label], …]}`, offsets in characters,
labels PERSON, ORG, GPE, LOC and NORP; other labels are left out. A mention is right if an entity of its kind has the
same first and last character. What is measured are the mentions of the finished annotation, rules and all: persons,
organizations, places (a country by name or abbreviation, a city or region, any other place: against GPE and LOC), and
nationalities (demonyms against NORP, which has religions and parties too, so that its recall cannot be whole).
Prints figures over all texts, and nothing of any one of them.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from search.annotate import Annotator
from search.model import Annotation, Article, Mention

KINDS = {"PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "NORP": "nationality"}
Spans = set[tuple[str, int, int]]


def texts_of(corpus: Path) -> Iterator[tuple[str, Spans]]:
    """Each text of a corpus and its entities: kind, first character, character behind the last."""
    raw = corpus.read_bytes()
    for line in (gzip.decompress(raw) if corpus.suffix == ".gz" else raw).decode("utf-8").split("\n"):
        if not line:
            continue
        entry = json.loads(line)
        entities = {(KINDS[label], start, end) for start, end, label in entry["entities"] if label in KINDS}
        yield entry["text"], entities


def kind_of(mention: Mention) -> str | None:
    """The kind that a mention counts as; None for dates and for metonyms, which are of no kind of the corpus."""
    if mention.type == "country":
        if mention.why == "demonym":
            return "nationality"
        return None if mention.why == "metonym" else "place"
    return mention.type if mention.type in ("person", "organization", "place") else None


def spans_of(annotation: Annotation) -> Spans:
    """The mentions of an annotation, as `texts_of` gives entities."""
    kinds = ((kind_of(mention), mention) for mention in annotation.mentions)
    return {(kind, mention.start, mention.end) for kind, mention in kinds if kind is not None}


def report(pairs: Iterable[tuple[Spans, Spans]]) -> None:
    """Print precision, recall and F1 of each kind, from what was found and what is there."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for ours, theirs in pairs:
        found.update(kind for kind, _, _ in ours)
        wanted.update(kind for kind, _, _ in theirs)
        right.update(kind for kind, _, _ in ours & theirs)
    for kind in (*dict.fromkeys(KINDS.values()), "all"):
        counts = (right, found, wanted)
        hits, given, there = (count.total() if kind == "all" else count[kind] for count in counts)
        precision, recall, f1 = hits / max(1, given), hits / max(1, there), 2 * hits / max(1, given + there)
        print(f"{kind:13} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  ({there} in the corpus)")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.quality recognition",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--model", default="fast")
    options = parser.parse_args(arguments)
    texts = list(texts_of(options.corpus))
    articles = (Article(id=str(number), text=text) for number, (text, _) in enumerate(texts))
    annotations = Annotator(options.model).stream(articles)
    report((spans_of(annotation), entities) for annotation, (_, entities) in zip(annotations, texts, strict=True))
