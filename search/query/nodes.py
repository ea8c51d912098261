"""The leaves of a bound query: Whoosh query nodes that say in Dateline's terms what they match.

Each is built from Whoosh's own nodes, so that Whoosh's searcher can run it too; the fast path reads the attributes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from whoosh import query

__all__ = ["AnyTerm", "Expansion", "FacetValues", "PhraseIn", "PublishedWithin", "WordIn", "exact"]


def exact(field: str) -> str:
    """The twin of a text field that holds its words unstemmed, with positions."""
    return f"{field}_exact"


class AnyTerm(query.MultiTerm):  # type: ignore[misc]
    """Articles with any of the terms in the field; it does not score."""

    constantscore = True

    def __init__(self, field: str, terms: tuple[str, ...]) -> None:
        self.fieldname = field
        self.terms_ = terms
        self.boost = 1.0

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        for term in self.terms_:
            encoded = term.encode("utf-8", "surrogatepass")
            if (self.fieldname, encoded) in ixreader:
                yield encoded

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AnyTerm) and (self.fieldname, self.terms_) == (other.fieldname, other.terms_)

    def __hash__(self) -> int:
        return hash((self.fieldname, self.terms_))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.fieldname!r}, {self.terms_!r})"


class WordIn(query.Or):  # type: ignore[misc]
    """The stem in any of the fields: one word of BM25F."""

    def __init__(self, stem: str, fields: tuple[str, ...]) -> None:
        super().__init__([query.Term(field, stem) for field in fields])
        self.stem = stem
        self.fields_ = fields


class PhraseIn(query.Or):  # type: ignore[misc]
    """The folded words in a row, unstemmed, in any of the fields."""

    def __init__(self, words: tuple[str, ...], fields: tuple[str, ...]) -> None:
        if len(words) == 1:
            super().__init__([query.Term(exact(field), words[0]) for field in fields])
        else:
            super().__init__([query.Phrase(exact(field), list(words)) for field in fields])
        self.words = words
        self.fields_ = fields


class Expansion(query.Or):  # type: ignore[misc]
    """Any of the folded words, unstemmed, in any of the fields: what a prefix or a fuzzy word stands for."""

    def __init__(self, words: tuple[str, ...], fields: tuple[str, ...]) -> None:
        super().__init__([AnyTerm(exact(field), words) for field in fields])
        self.words = words
        self.fields_ = fields


class FacetValues(AnyTerm):
    """Articles with any of the values in the facet."""

    @property
    def facet(self) -> str:
        return str(self.fieldname)

    @property
    def values(self) -> tuple[str, ...]:
        return self.terms_


class PublishedWithin(query.And):  # type: ignore[misc]
    """Articles whose whole published interval lies within [first, last]; None is an open end.

    As in the index, `first` and `last` are proleptic ordinals; a day that is not known is 0 there.
    """

    def __init__(self, first: dt.date | None, last: dt.date | None) -> None:
        self.first = (first or dt.date.min).toordinal()
        self.last = (last or dt.date.max).toordinal()
        super().__init__(
            [
                query.NumericRange("published_first", self.first, dt.date.max.toordinal()),
                query.NumericRange("published_last", 1, self.last),
            ]
        )
