"""What the values of a facet are called: from a name as typed to values, without regard to case and accents."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from search.analysis import words
from search.countries import COUNTRIES, country_label
from search.query.view import Docs, Ints, Snapshot, derived

__all__ = ["Names", "Values", "country_called", "folded_name", "label_of", "names_of", "values_of"]

_COUNTRY_NAMES = {
    "america": "US",
    "britain": "GB",
    "burma": "MM",
    "czech republic": "CZ",
    "dprk": "KP",
    "drc": "CD",
    "england": "GB",
    "gdr": "DD",
    "great britain": "GB",
    "holland": "NL",
    "ivory coast": "CI",
    "macau": "MO",
    "swaziland": "SZ",
    "turkey": "TR",
    "uae": "AE",
    "uk": "GB",
    "united states of america": "US",
    "usa": "US",
    "ussr": "SU",
    "vatican": "VA",
}
"""Names that readers type and CLDR does not have."""


@dataclass(frozen=True, slots=True)
class Values:
    """The values of one facet: each one's ordinal in the facet's column, and of each ordinal the rank of its label."""

    ordinal: Mapping[str, int]
    label_rank: Ints


@dataclass(frozen=True, slots=True)
class Names:
    """The values of one facet by what they are called. Ordinals are those of the facet's column."""

    values: tuple[str, ...]
    by_folded_value: Mapping[str, tuple[int, ...]]
    by_label: Mapping[str, tuple[int, ...]]
    by_word: Mapping[str, tuple[int, ...]]
    sorted_words: tuple[str, ...]

    def called(self, name: str, *, alone: bool = False) -> tuple[int, ...]:
        """The ordinals of the values so called: by slug, by whole label, or with all words of the name in the label.

        `alone` is for a name that was quoted: if it is just one value's slug, or else just one value's label, it means
        that value and no other with these words.
        """
        folded = [word.text for word in words(name)]
        if not folded:
            return ()
        slugs, labels = self.by_folded_value.get(name.casefold(), ()), self.by_label.get(" ".join(folded), ())
        if alone and 1 in (len(slugs), len(labels)):
            return slugs if len(slugs) == 1 else labels
        whole = {*slugs, *labels}
        if whole and len(folded) > 1:
            return tuple(sorted(whole))
        having = set(self.by_word.get(folded[0], ()))
        for word in folded[1:]:
            having &= set(self.by_word.get(word, ()))
        return tuple(sorted(whole | having))

    def beginning(self, prefix: str) -> Docs:
        """The values with, for each word of `prefix`, a word that begins with it; all values for an empty prefix."""
        found: set[int] | None = None
        for word in words(prefix):
            having: set[int] = set()
            for place in range(bisect_left(self.sorted_words, word.text), len(self.sorted_words)):
                if not self.sorted_words[place].startswith(word.text):
                    break
                having.update(self.by_word[self.sorted_words[place]])
            found = having if found is None else found & having
        if found is None:
            return np.arange(len(self.values), dtype=np.int32)
        return np.array(sorted(found), np.int32)


def values_of(snapshot: Snapshot, facet: str) -> Values:
    """The values of a facet and the order of their labels, made once for each snapshot."""
    return derived(snapshot, ("values", facet), lambda: _read_values(snapshot, facet))


def names_of(snapshot: Snapshot, facet: str) -> Names:
    """The names of a facet's values, made once for each snapshot."""
    return derived(snapshot, ("names", facet), lambda: _read_names(snapshot, facet))


def folded_name(name: str) -> str:
    """A name as words, folded: what two spellings of it share."""
    return " ".join(word.text for word in words(name))


def label_of(snapshot: Snapshot, facet: str, value: str) -> str:
    """The label of a value; a value that the archive does not have is its own label, but for countries."""
    ordinal = values_of(snapshot, facet).ordinal.get(value)
    if ordinal is not None:
        return snapshot.facet(facet).labels[ordinal]
    return country_label(value) if facet == "country" else value


def country_called(name: str) -> tuple[str, ...]:
    """The codes of the countries so called, whether or not the archive has them: code, name, or a word of the name."""
    if name.upper() in COUNTRIES:
        return (name.upper(),)
    joined = folded_name(name)
    if joined in _COUNTRY_NAMES:
        return (_COUNTRY_NAMES[joined],)
    named = {code: folded_name(label) for code, label in COUNTRIES.items()}
    whole = tuple(code for code, folded in named.items() if folded == joined)
    wanted = set(joined.split())
    return whole or tuple(code for code, folded in named.items() if wanted and wanted <= set(folded.split()))


def _read_values(snapshot: Snapshot, facet: str) -> Values:
    column = snapshot.facet(facet)
    keys = [(_alphabetic(label), label, value) for value, label in zip(column.values, column.labels, strict=True)]
    rank = np.empty(len(keys), np.int64)
    rank[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return Values({value: ordinal for ordinal, value in enumerate(column.values)}, rank)


def _alphabetic(label: str) -> str:
    """What a label is sorted by: its letters without case and accents."""
    if label.isascii():
        return label.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", label.casefold()) if not unicodedata.combining(c))


def _read_names(snapshot: Snapshot, facet: str) -> Names:
    column = snapshot.facet(facet)
    by_folded_value: dict[str, list[int]] = defaultdict(list)
    by_label: dict[str, list[int]] = defaultdict(list)
    by_word: dict[str, list[int]] = defaultdict(list)
    for ordinal, (value, label) in enumerate(zip(column.values, column.labels, strict=True)):
        of_label = [word.text for word in words(label)]
        by_folded_value[value.casefold()].append(ordinal)
        by_label[" ".join(of_label)].append(ordinal)
        for word in {*of_label, *(word.text for word in words(value))}:
            by_word[word].append(ordinal)
    return Names(
        values=tuple(column.values),
        by_folded_value={key: tuple(found) for key, found in by_folded_value.items()},
        by_label={key: tuple(found) for key, found in by_label.items()},
        by_word={key: tuple(found) for key, found in by_word.items()},
        sorted_words=tuple(sorted(by_word)),
    )
