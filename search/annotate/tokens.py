"""The words of a text as the rules see them: with their case, and where they stand.

The rules work on characters and on these words, not on a language model's tokens: the same rules serve every model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from search.analysis import fold

__all__ = ["Token", "is_heading", "starts_sentence", "tokenize"]

# An acronym with dots, "O'Brien", "d'Ivoire", "N'Djamena"; a possessive stays with its word. Hyphens part words.
# The first letter decides: as `(?:letter\.){2,}|word`, the same is tried at every space.
_WORD = re.compile(r"[^\W\d_](?:(?<!_.)\.(?:[^\W\d_]\.)+|[^\W_]*(?:['’ʼ‘][^\W_]+)*)|\d[^\W_]*(?:['’ʼ‘][^\W_]+)*")


class Token(NamedTuple):
    """A word: `raw` without its possessive 's, `key` its folded form, `start` and `end` of `raw` in the text."""

    raw: str
    key: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The words of a text in order."""
    tokens = []
    folded: dict[str, tuple[str, str]] = {}  # most words of a text stand in it several times
    for match in _WORD.finditer(text):
        written = match[0]
        known = folded.get(written)
        if known is None:
            raw = written[:-2] if len(written) > 2 and written[-2] in "'’ʼ‘" and written[-1] in "sS" else written
            known = folded[written] = raw, fold(raw)
        start = match.start()
        # What Token(…) does, without a call of its own: this is the innermost loop of the rules.
        tokens.append(tuple.__new__(Token, (*known, start, start + len(known[0]))))
    return tokens


_SENTENCE_END = frozenset('.!?:;\n"“”‘«»([•|')
_SPACE = frozenset(" \t\r\xa0")


def starts_sentence(text: str, start: int) -> bool:
    """Does a sentence, line or quotation start at `start`, so that a capital there says nothing?"""
    at = start - 1
    while at >= 0 and text[at] in _SPACE:
        at -= 1
    return at < 0 or text[at] in _SENTENCE_END or (text[at] == "'" and text[at - 1 : at].isspace())


def is_heading(words: Sequence[Token]) -> bool:
    """Is this a line in title case, where every longer word has a capital?"""
    long = [word.raw for word in words if len(word.raw) > 4]
    return len(long) >= 2 and sum(raw[0].isupper() for raw in long) > 0.8 * len(long)
