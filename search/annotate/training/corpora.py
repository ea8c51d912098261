"""Labelled texts: the corpora's file format, the held-out split, and edits that keep offsets true."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

LABELS = ("GPE", "LOC", "NORP", "ORG", "PERSON")

# The files hold no document boundaries, but neighbouring lines come from one document. Holding out whole
# runs of lines keeps a document from being on both sides of the split (but for the edges of a run).
HELD_OUT_RUN = 40
HELD_OUT_SHARE = 10

# Some corpora cut "U.S.-led" as one word and so label all of it; the name in it is "U.S.".
_PARTICIPLE = re.compile(r"[-–](?:led|born|run|held|[a-z]+ed)$")


class Entity(NamedTuple):
    """A labelled stretch of a text; offsets in characters, end exclusive."""

    start: int
    end: int
    label: str


class Edit(NamedTuple):
    """Replace text[start:end] by `replacement`."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text and its entities: in order, not overlapping."""

    text: str
    entities: tuple[Entity, ...] = ()

    def surface(self, entity: Entity) -> str:
        """The characters that `entity` covers."""
        return self.text[entity.start : entity.end]


def read_corpus(path: Path) -> list[LabelledText]:
    """The texts of one `.jsonl.gz` corpus; labels other than the five are dropped.

    Raises ValueError with the file and line where a line is not in the documented format.
    """
    texts: list[LabelledText] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                record = json.loads(line)
                texts.append(labelled(record["text"], record["entities"]))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path}:{number}: not a labelled text ({error})") from error
    return texts


def labelled(text: str, entities: Iterable[Sequence[int | str]]) -> LabelledText:
    """A LabelledText of raw triples: in order, without white space at their edges or a "-led" behind them.

    Of two that overlap, the one that starts first is kept; of two that start together, the longer.
    """
    kept: list[Entity] = []
    triples = sorted((Entity(int(s), int(e), str(t)) for s, e, t in entities), key=lambda e: (e.start, -e.end))
    for entity in triples:
        trimmed = _trimmed(text, entity)
        overlaps = bool(kept) and trimmed.start < kept[-1].end
        if trimmed.label in LABELS and trimmed.start < trimmed.end and not overlaps:
            kept.append(trimmed)
    return LabelledText(text, tuple(kept))


def _trimmed(text: str, entity: Entity) -> Entity:
    surface = text[entity.start : entity.end]
    start = entity.start + len(surface) - len(surface.lstrip())
    name = _PARTICIPLE.sub("", surface.strip())
    return Entity(start, start + len(name), entity.label)


def split(name: str, texts: Sequence[LabelledText]) -> tuple[list[LabelledText], list[LabelledText]]:
    """(training part, held-out part) of a corpus: a tenth of its runs of lines, chosen by a fixed hash."""
    training: list[LabelledText] = []
    held_out: list[LabelledText] = []
    for begin in range(0, len(texts), HELD_OUT_RUN):
        key = hashlib.sha256(f"{name}:{begin // HELD_OUT_RUN}".encode()).digest()
        side = held_out if key[0] % HELD_OUT_SHARE == 0 else training
        side.extend(texts[begin : begin + HELD_OUT_RUN])
    return training, held_out


def rewrite(source: LabelledText, edits: Iterable[Edit]) -> LabelledText:
    """`source` with every edit made and every entity moved along.

    Edits may not overlap. One may cover an entity exactly, or lie inside or outside of it; one that
    straddles an edge of an entity, or would leave it empty, raises ValueError.
    """
    edges = iter(sorted({edge for entity in source.entities for edge in (entity.start, entity.end)}))
    edge = next(edges, None)
    moved: dict[int, int] = {}
    pieces: list[str] = []
    read = written = 0
    for edit in [*sorted(edits), Edit(len(source.text), len(source.text), "")]:
        if edit.start < read:
            raise ValueError(f"edits overlap at {edit.start}")
        while edge is not None and edge <= edit.start:
            moved[edge] = written + edge - read
            edge = next(edges, None)
        if edge is not None and edge < edit.end:
            raise ValueError(f"edit {edit} straddles the edge of an entity at {edge}")
        pieces += (source.text[read : edit.start], edit.replacement)
        written += edit.start - read + len(edit.replacement)
        read = edit.end
    entities = tuple(Entity(moved[e.start], moved[e.end], e.label) for e in source.entities)
    if any(e.start >= e.end for e in entities):
        raise ValueError("an edit left an entity empty")
    return LabelledText("".join(pieces), entities)


def join(texts: Sequence[LabelledText], separators: Sequence[str]) -> LabelledText:
    """One text of many; `separators[i]` stands after `texts[i]` (the last text has none)."""
    pieces: list[str] = []
    entities: list[Entity] = []
    offset = 0
    for index, part in enumerate(texts):
        separator = separators[index] if index < len(texts) - 1 else ""
        pieces += (part.text, separator)
        entities += (Entity(e.start + offset, e.end + offset, e.label) for e in part.entities)
        offset += len(part.text) + len(separator)
    return LabelledText("".join(pieces), tuple(entities))


def corpus_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """(name, path) of every corpus in `folder` that may be trained on: all but those named `eval_*`."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        name = path.name.removesuffix(".jsonl.gz")
        if not name.startswith("eval_"):
            yield name, path
