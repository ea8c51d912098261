"""What the index holds of one article: its terms, field by field, and its columns. Analysis happens here, once."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search.analysis import stem, words
from search.model import ENTITY_FACETS, Annotation
from search.store.record import encode_annotation, state_of
from search.store.schema import LABEL_SEPARATOR, LABELED_FACETS, SCHEMA, label_field

__all__ = ["IndexedDocument", "Posting", "index_document"]

Posting = tuple[bytes, float, bytes]
"""A term of one article in one field: the term, how often, and what the field's format keeps of it."""

_TAGS = {"person": "persons", "country": "countries", "organization": "organizations", "place": "places"}


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """One article as it goes into a segment: `postings` by field, `lengths` of scored fields, `columns` by field."""

    id: str
    postings: Mapping[str, list[Posting]]
    lengths: Mapping[str, int]
    columns: Mapping[str, bytes | int]


def index_document(annotation: Annotation) -> IndexedDocument:
    """Analyze an article. Pure; what it raises is for articles that `validate` would have rejected."""
    article = annotation.article
    postings: dict[str, list[Posting]] = {"id": _values([article.id]), "model": _values([annotation.model])}
    lengths: dict[str, int] = {}
    columns: dict[str, bytes | int] = {
        "id": article.id.encode("utf-8"),
        "document": encode_annotation(annotation),
        "state": state_of(annotation).encode(),
    }
    for field, text in (("title", article.title), ("text", article.text)):
        stems, exact, length = _postings_of_text(text)
        postings[field], postings[f"{field}_exact"] = stems, exact
        lengths[field] = lengths[f"{field}_exact"] = columns[f"{field}_length"] = length
    for facet in ENTITY_FACETS:
        tags = getattr(annotation, _TAGS[facet])
        postings[facet] = _values(tag.value for tag in tags)
        if facet in LABELED_FACETS:
            postings[label_field(facet)] = _values(f"{tag.value}{LABEL_SEPARATOR}{tag.label}" for tag in tags)
    for facet in ("source", "language", "section"):
        value = getattr(article, facet)
        postings[facet] = _values([value] if value else [])
    postings["mentioned"] = _values(str(date) for date in annotation.dates)
    if article.published is not None:
        days = article.published.interval
        for name, date in (("first", days.first), ("last", days.last)):
            columns[f"{name}_day"] = date.toordinal()
            number = SCHEMA[f"published_{name}"]
            postings[f"published_{name}"] = [(term, 1.0, b"") for term, *_ in number.index(date.toordinal())]
    return IndexedDocument(article.id, postings, lengths, columns)


def _values(values: Iterable[str]) -> list[Posting]:
    return [(value.encode("utf-8"), 1.0, b"") for value in dict.fromkeys(values)]


def _postings_of_text(text: str) -> tuple[list[Posting], list[Posting], int]:
    """Of a text: its stems with frequencies, its folded words with positions, and its length in tokens."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    length = 0
    for word in words(text):
        places[word.text].append(length)
        length += 1
    counts: defaultdict[str, int] = defaultdict(int)
    exact: list[Posting] = []
    for word_text, positions in places.items():
        counts[stem(word_text)] += len(positions)
        packed = struct.pack(f"<{len(positions)}I", *positions)
        exact.append((word_text.encode("utf-8"), float(len(positions)), packed))
    return [(term.encode("utf-8"), float(count), b"") for term, count in counts.items()], exact, length
