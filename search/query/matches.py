"""Where a query's words stand in a text: pure functions from text to character ranges.

All of a text is looked at, however long. Analyzing every word of it would be slow, so one regular expression for each
word sought finds the places where a token may begin like it, and only what stands there is analyzed, by the analyzer
of the index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from search.analysis import Word as Token
from search.analysis import fold, stem, words

__all__ = ["Match", "Sought", "find_all", "find_some"]


class Match(NamedTuple):
    """Characters `start` up to `end` of the text are what `key` (an index of the sought) stands for."""

    start: int
    end: int
    key: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What to mark: stems, unstemmed words and phrases, each with the key (0, 1, …) of its part of the query.

    `weights[key]` says how telling that part is; passages with rare words are preferred. One is needed for each key.
    """

    stems: Mapping[str, int] = field(default_factory=dict)
    exact: Mapping[str, int] = field(default_factory=dict)
    phrases: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    weights: tuple[float, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.stems or self.exact or self.phrases)


_REACH = 64  # characters that each further word of a phrase is looked for in
_LONGEST = 128  # characters of a word; longer ones are noise
_STRETCH = 8192  # characters that are analyzed at once
_ALIKE = 3  # letters that a word and its stem share, but for short stems (dying, die)
_MOST_OPENINGS = 48
_FOLDED_BLOCKS = (range(0x3400), range(0xA640, 0xAC00), range(0xF900, 0x10000), range(0x1D400, 0x1D800))


def find_all(text: str, sought: Sought) -> list[Match]:
    """Every match, disjoint and in order; where two overlap, the one that begins first, then the longer, stays."""
    return _in_tokens(list(words(text)), sought) if sought else []


def find_some(text: str, sought: Sought, limit: int = 400) -> list[Match]:
    """Matches from all over the text, in order, some `limit` of each key: the first ones. They may overlap."""
    found: set[Match] = set()
    for key in {*sought.stems.values(), *sought.exact.values(), *sought.phrases.values()}:
        part = _part(sought, key)
        count = 0
        for start, end in _spans(text, part):
            tokens = [Token(word, begin + start, stop + start) for word, begin, stop in words(text[start:end])]
            matches = _in_tokens(tokens, part)
            found.update(matches)
            count += len(matches)
            if count >= limit:
                break
    return sorted(found)


def _part(sought: Sought, key: int) -> Sought:
    return Sought(
        {word: of for word, of in sought.stems.items() if of == key},
        {word: of for word, of in sought.exact.items() if of == key},
        {phrase: of for phrase, of in sought.phrases.items() if of == key},
    )


def _in_tokens(tokens: Sequence[Token], sought: Sought) -> list[Match]:
    openings: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for phrase, of in sought.phrases.items():
        openings.setdefault(phrase[0], []).append((phrase, of))
    found: list[Match] = []
    for at, (word, start, end) in enumerate(tokens):
        key = sought.exact.get(word)
        if key is None and sought.stems:
            key = sought.stems.get(stem(word))
        if key is not None:
            found.append(Match(start, end, key))
        for phrase, of in openings.get(word, ()):
            row = tokens[at : at + len(phrase)]
            if len(row) == len(phrase) and all(token.text == wanted for token, wanted in zip(row, phrase, strict=True)):
                found.append(Match(start, row[-1].end, of))
    return _disjoint(found)


def _disjoint(found: list[Match]) -> list[Match]:
    found.sort(key=lambda match: (match.start, -match.end, match.key))
    kept: list[Match] = []
    for match in found:
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept


def _spans(text: str, part: Sought) -> Iterator[tuple[int, int]]:
    """Stretches of the text, cut at white space, that hold every match of the part."""
    beginnings = {word[: 1 if len(word) <= _ALIKE else _ALIKE] for word in part.stems}
    beginnings |= {word[:_ALIKE] for word in (*part.exact, *(phrase[0] for phrase in part.phrases))}
    if len(beginnings) > _MOST_OPENINGS:
        beginnings = {word[0] for word in beginnings}
    pattern = _opening(tuple(sorted(beginnings)))
    reach = _REACH * (max((len(phrase) for phrase in part.phrases), default=1) - 1)
    start = end = 0
    at = 0
    while candidate := pattern.search(text, at):
        at = _space_after(text, candidate.end())
        if candidate.start() >= end or end - start > _STRETCH:
            if end:
                yield start, end
            start = _space_before(text, candidate.start())
        end = max(end, _space_after(text, candidate.end() + reach))
    if end:
        yield start, end


def _space_before(text: str, at: int) -> int:
    """Where the run of characters begins that ends at `at`; noise without white space is cut."""
    floor = max(0, at - _LONGEST)
    while at > floor and not text[at - 1].isspace():
        at -= 1
    return at


def _space_after(text: str, at: int) -> int:
    """Where the run of characters ends that goes on at `at`; noise without white space is cut."""
    at = min(at, len(text))
    ceiling = min(at + _LONGEST, len(text))
    while at < ceiling and not text[at].isspace():
        at += 1
    return at


@lru_cache(maxsize=1024)
def _opening(beginnings: tuple[str, ...]) -> re.Pattern[str]:
    """Matches where a token may begin like one of these, in any case, with any accents and inner punctuation."""
    one, several, nothing = _spellings()
    alternatives = []
    for beginning in beginnings:
        pattern = ""
        for letter in reversed(beginning):
            rest = f"[{nothing}]*{pattern}" if pattern else ""
            same = one.get(letter, "") + re.escape(letter)
            more = f"|[{several[letter]}]" if letter in several else ""
            pattern = f"(?:[{same}]{rest}{more})"
        alternatives.append(pattern)
    return re.compile(f"(?<![A-Za-z0-9])(?:{'|'.join(alternatives)})")


@lru_cache(maxsize=1)
def _spellings() -> tuple[dict[str, str], dict[str, str], str]:
    """How folded letters may be spelled, as the insides of character classes.

    Letter → the characters that fold to it; letter → those that fold to several letters and it is the first; and the
    characters that fold to nothing within a word. Blocks without case, accents or compatibility forms are left out.
    """
    one: dict[str, list[str]] = {}
    several: dict[str, list[str]] = {}
    nothing: list[str] = []
    for block in _FOLDED_BLOCKS:
        for character in map(chr, block):
            folded = fold.__wrapped__(character)
            if folded:
                (one if len(folded) == 1 else several).setdefault(folded[0], []).append(character)
            elif [word.text for word in words(f"a{character}b")] == ["ab"]:
                nothing.append(character)
    inside = {letter: _ranges(characters) for letter, characters in one.items()}
    return inside, {letter: _ranges(characters) for letter, characters in several.items()}, _ranges([*",.", *nothing])


def _ranges(characters: list[str]) -> str:
    """The inside of a character class, neighbors as a range."""
    runs: list[list[int]] = []
    for code in sorted({ord(character) for character in characters}):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in runs)
