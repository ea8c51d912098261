"""Did you mean: another spelling of a query that finds more, checked by running it.

Candidates are the archive's own words and the words of its names, at most two edits away (Damerau's: a swap of
neighbors is one). Nearer words are preferred, then those in more articles. The rest of the query stays as typed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis import stem, words
from search.model import Suggestion
from search.query.grammar import Parsed
from search.query.names import names_of
from search.query.nodes import exact
from search.query.syntax import BOTH, Phrase, Value, Word, leaves
from search.query.view import Snapshot

__all__ = ["FEW", "suggest_spelling"]

FEW = 3
"""A query that finds at least so many articles is taken at its word."""

_RARE = 2  # in at most so many articles a word may be a slip
_FARTHER = 1.5  # what an edit costs, in powers of ten of articles
_TRIES = 4
_LEXICON = 400_000  # words that are looked through; where one letter has more, a typing error is not worth the wait


@dataclass(frozen=True, slots=True)
class _Slip:
    """A word of the query that may be misspelled: characters `start` to `end`, and better ones, best first."""

    start: int
    end: int
    better: tuple[str, ...]


def suggest_spelling(snapshot: Snapshot, parsed: Parsed, total: int, count: Callable[[str], int]) -> Suggestion | None:
    """A spelling that finds more than `total` articles, if there is one. `count` tells how many a query finds."""
    slips = [slip for slip in _slips(snapshot, parsed) if slip.better]
    if not slips:
        return None
    tries = [_mended(parsed.text, slips, [0] * len(slips))]
    for number, slip in enumerate(slips):
        tries += [_mended(parsed.text, [slip], [0])] if len(slips) > 1 else []
        for choice in range(1, len(slip.better)):
            tries.append(_mended(parsed.text, slips, [choice if at == number else 0 for at in range(len(slips))]))
    for mended in list(dict.fromkeys(tries))[:_TRIES]:
        if count(mended) > total:
            return Suggestion(mended)
    return None


def _mended(text: str, slips: list[_Slip], choices: list[int]) -> str:
    for slip, choice in sorted(zip(slips, choices, strict=True), key=lambda pair: -pair[0].start):
        text = text[: slip.start] + slip.better[choice] + text[slip.end :]
    return text


def _slips(snapshot: Snapshot, parsed: Parsed) -> Iterable[_Slip]:
    for leaf, negated in leaves(parsed.node):
        if negated or not isinstance(leaf, Word | Phrase | Value):
            continue
        start, end = leaf.span
        for word, begin, stop in words(parsed.text[start:end]):
            if isinstance(leaf, Value):
                names = names_of(snapshot, leaf.facet)
                better = () if word in names.by_word else _better(word, names.sorted_words, lambda _: 1, 0)
            else:
                better = _better_word(snapshot, word)
            yield _Slip(start + begin, start + stop, better)


def _better_word(snapshot: Snapshot, word: str) -> tuple[str, ...]:
    having = max(snapshot.doc_frequency(field, stem(word)) for field in BOTH)
    if having > _RARE:
        return ()
    initials = dict.fromkeys(word[:2])  # the second letter too: the first may be missing or swapped
    lexicon: set[str] = set()
    for field in BOTH:
        for initial in initials:
            lexicon.update(snapshot.terms(exact(field), initial, _LEXICON))
    return _better(
        word, lexicon, lambda term: max(snapshot.doc_frequency(exact(field), term) for field in BOTH), having
    )


def _better(word: str, lexicon: Iterable[str], frequency: Callable[[str], int], having: int) -> tuple[str, ...]:
    """Up to three words like `word` in more than ten times as many articles as `having`, best first."""
    if len(word) < 4 or not word.isalpha():
        return ()
    # A word that the archive has is a slip only where a much commoner one is a single letter away.
    edits = 1 if len(word) < 6 or having else 2
    alike = process.extract(word, list(lexicon), scorer=OSA.distance, score_cutoff=edits, limit=64)
    rated = []
    for term, distance, _ in alike:
        if stem(term) == stem(word):
            continue
        articles = frequency(term)
        if articles > having * 10:
            rated.append((_FARTHER * distance - math.log10(1 + articles) - 0.5 * (term[0] == word[0]), term))
    return tuple(term for _, term in sorted(rated)[:3])
