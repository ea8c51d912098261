"""The fields of the index, as a Whoosh schema: what is searched, what is counted, what is kept.

| fields | terms | with |
|---|---|---|
| `title`, `text` | stems | how often; exact lengths in columns of their own |
| `title_exact`, `text_exact` | folded words | positions, for phrases |
| `id` | the id | unique |
| the FACETS, `mentioned` | whole values | nothing: they are counted, not scored |
| `person_label`, `organization_label`, `place_label` | value TAB label | nothing: they tell the most frequent label |
| `model` | the annotator's name | nothing |
| `published_first`, `published_last` | proleptic ordinals of days; none where unknown | |
| `first_day`, `last_day` | none | the same days as columns, 0 where unknown |
| `document`, `state` | none | columns of bytes: see `search.store.record` |
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import Any

from whoosh import analysis, columns, fields, formats

from search.analysis import stem, words
from search.model import FACETS

__all__ = [
    "COLUMNS",
    "FIELD_LENGTHS",
    "FORMAT_VERSION",
    "LABELED_FACETS",
    "LABEL_SEPARATOR",
    "SCHEMA",
    "TERM_FIELDS",
    "TEXT_FIELDS",
    "label_field",
]

FORMAT_VERSION = 1
"""Kept in the manifest: raise it with every change after which older indexes cannot be read."""

TEXT_FIELDS = ("title", "text")
FIELD_LENGTHS = {
    "title": "title_length",
    "text": "text_length",
    "title_exact": "title_length",
    "text_exact": "text_length",
}
"""Field of words → the column with its length in tokens, which is the same for a field and its exact twin."""

LABELED_FACETS = ("person", "organization", "place")
"""Facets whose labels are kept with the articles; a country's label follows from its code, others are their values."""

LABEL_SEPARATOR = "\t"


def label_field(facet: str) -> str:
    return f"{facet}_label"


TERM_FIELDS = (*FACETS, "mentioned", "model", *(label_field(facet) for facet in LABELED_FACETS))
"""Fields of whole values: no analysis, no frequencies."""


class WordAnalyzer(analysis.Analyzer):  # type: ignore[misc]
    """`search.analysis` as Whoosh wants it: a callable that yields Token objects."""

    def __init__(self, stemmed: bool) -> None:
        self.stemmed = stemmed

    def __call__(self, value: str, **wanted: Any) -> Iterator[Any]:
        token = analysis.Token(**{**wanted, "positions": True, "chars": True})
        for position, word in enumerate(words(value)):
            token.text = token.original = stem(word.text) if self.stemmed else word.text
            token.boost, token.stopped = 1.0, False
            token.pos, token.startchar, token.endchar = position, word.start, word.end
            yield token


class Occurrences(formats.Format):  # type: ignore[misc]
    """A posting that says how often, and nothing else: the frequency is its weight, so there is no value to store."""

    posting_size = 0

    def word_values(self, value: Any, analyzer: Any, **wanted: Any) -> Iterator[tuple[str, int, float, bytes]]:
        counts: dict[str, int] = {}
        for token in formats.tokens(value, analyzer, wanted):
            counts[token.text] = counts.get(token.text, 0) + 1
        for text, count in counts.items():
            yield text, count, float(count), b""


class TokenPositions(formats.Positions):  # type: ignore[misc]
    """A posting that says where: token ranks as little-endian 32-bit integers. Whoosh's own format pickles them."""

    def encode(self, poslist: Sequence[int]) -> bytes:
        return struct.pack(f"<{len(poslist)}I", *poslist)

    def decode_positions(self, valuestring: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(valuestring) // 4}I", valuestring))

    def decode_frequency(self, valuestring: bytes) -> int:
        return len(valuestring) // 4


def _values(**options: Any) -> Any:
    return fields.FieldType(formats.Existence(), analysis.IDAnalyzer(), **options)


def _day() -> Any:
    # Signed: ranges over Whoosh's unsigned numbers return every document.
    return fields.NUMERIC(int, bits=32, signed=True, shift_step=8)


SCHEMA = fields.Schema(
    **{name: fields.FieldType(Occurrences(), WordAnalyzer(stemmed=True), scorable=True) for name in TEXT_FIELDS},
    **{
        f"{name}_exact": fields.FieldType(TokenPositions(), WordAnalyzer(stemmed=False), scorable=True)
        for name in TEXT_FIELDS
    },
    **{name: _values() for name in TERM_FIELDS},
    id=_values(unique=True, sortable=columns.VarBytesColumn()),
    published_first=_day(),
    published_last=_day(),
    first_day=fields.COLUMN(columns.NumericColumn("i")),
    last_day=fields.COLUMN(columns.NumericColumn("i")),
    title_length=fields.COLUMN(columns.NumericColumn("i")),
    text_length=fields.COLUMN(columns.NumericColumn("i")),
    document=fields.COLUMN(columns.VarBytesColumn()),
    state=fields.COLUMN(columns.VarBytesColumn()),
)

COLUMNS = tuple(sorted(name for name, field in SCHEMA.items() if field.column_type is not None))
"""Fields with a value for every document, by docnum."""
