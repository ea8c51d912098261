"""What the index holds of one article: its terms, field by field, and its columns. Analysis happens here, once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search.analysis import stem, words
from search.model import ENTITY_FACETS, Annotation
from search.store.record import encode_annotation, state_of
from search.store.schema import LABEL_SEPARATOR, LABELED_FACETS, label_field

__all__ = ["IndexedDocument", "Terms", "index_document"]

Terms = Mapping[str, int] | Mapping[str, list[int]]
"""The terms of one article in one field: each with how often it is there or, in a field with positions, where."""

_TAGS = {"person": "persons", "country": "countries", "organization": "organizations", "place": "places"}


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """One article as it goes into a segment: `terms` by field, `lengths` of scored fields, `columns` by field.

    `days` are numbers to index by field; Whoosh makes several terms of each.
    """

    id: str
    terms: Mapping[str, Terms]
    days: Mapping[str, int]
    lengths: Mapping[str, int]
    columns: Mapping[str, bytes | int]


def index_document(annotation: Annotation) -> IndexedDocument:
    """Analyze an article. Pure; what it raises is for articles that `validate` would have rejected."""
    article = annotation.article
    terms: dict[str, Terms] = {"id": {article.id: 1}, "model": {annotation.model: 1}}
    days: dict[str, int] = {}
    lengths: dict[str, int] = {}
    columns: dict[str, bytes | int] = {
        "id": article.id.encode("utf-8"),
        "document": encode_annotation(annotation),
        "state": state_of(annotation).encode(),
    }
    for field, text in (("title", article.title), ("text", article.text)):
        stems, exact, length = _terms_of_text(text)
        terms[field], terms[f"{field}_exact"] = stems, exact
        lengths[field] = lengths[f"{field}_exact"] = columns[f"{field}_length"] = length
    for facet in ENTITY_FACETS:
        tags = getattr(annotation, _TAGS[facet])
        terms[facet] = _values(tag.value for tag in tags)
        if facet in LABELED_FACETS:
            terms[label_field(facet)] = _values(f"{tag.value}{LABEL_SEPARATOR}{tag.label}" for tag in tags)
    for facet in ("source", "language", "section"):
        value = getattr(article, facet)
        terms[facet] = _values([value] if value else [])
    terms["mentioned"] = _values(str(date) for date in annotation.dates)
    if article.published is not None:
        interval = article.published.interval
        for name, date in (("first", interval.first), ("last", interval.last)):
            columns[f"{name}_day"] = date.toordinal()
            days[f"published_{name}"] = date.toordinal()
    return IndexedDocument(article.id, terms, days, lengths, columns)


def _values(values: Iterable[str]) -> Terms:
    return dict.fromkeys(values, 1)


def _terms_of_text(text: str) -> tuple[dict[str, int], dict[str, list[int]], int]:
    """Of a text: its stems with frequencies, its folded words with positions, and its length in tokens."""
    exact: defaultdict[str, list[int]] = defaultdict(list)
    length = 0
    for word in words(text):
        exact[word.text].append(length)
        length += 1
    stems: defaultdict[str, int] = defaultdict(int)
    for folded, positions in exact.items():
        stems[stem(folded)] += len(positions)
    return stems, exact, length
