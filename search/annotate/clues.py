"""Names that weaker clues give away, where the recogniser saw none: what follows them, and who is quoted.

`Mira Voss, 50, …`, `Mira Voss, who …`, `“…,” said Mira Voss`, `India's Mira Voss beat …`; and the given name before
a surname that stands alone elsewhere. A stretch that the recogniser holds to be something else is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from search.annotate.announced import known_given_names
from search.annotate.names import Name, Nations, clear_name, joins
from search.annotate.spans import SpanIndex
from search.annotate.titles import NOT_NAMES, OCCUPATIONS, is_title, words_of
from search.annotate.tokens import Token, starts_sentence

__all__ = ["names_before_surnames", "names_by_clue"]

_AGE = re.compile(r", (?:aged |now |then )?(?:[5-9]|[1-9]\d|10\d)(?:,|\.|;|\)| and | who |$)")
_WHO = re.compile(r", (?:who(?:se|m)?|(?:him|her)self) ")
_SAYS = words_of(
    """said says added wrote recalled asked told explained tweeted warned insisted argued replied shouted joked
    complained lamented sighed quipped concluded continued noted declared admitted"""
)
_DOES = words_of(
    """won beat drew lost defeated took scored finished led came stunned set claimed broke said told won wins became
    joined qualified crashed retired withdrew received accused called urged denied resigned struck headed edged"""
)
_QUOTE_END = re.compile(r"[\"”’'] $")


def names_by_clue(
    text: str, tokens: Sequence[Token], spans: SpanIndex, nations: Nations, runs: Sequence[tuple[int, int]]
) -> Iterator[Name]:
    """Those of `runs` (as `runs_of_capitals` gives them) that only a person's name can be, by what stands beside."""
    for at, last in runs:
        if not 2 <= last - at <= 5 or any(index in nations for index in range(at + 1, last)):
            continue
        told = _follows(text, tokens, last) or _is_quoted(text, tokens, at)
        if not told and not _is_of_a_nation(text, tokens, nations, at, last):
            continue
        if not _is_free(spans, tokens[at].start, tokens[last - 1].end) or (at in nations and not _is_given(tokens[at])):
            continue
        if any(token.raw.isupper() and len(token.raw) > 2 for token in tokens[at:last]):
            continue
        name = clear_name(text, tokens, at, last, nations)
        if name is not None and len(name.core) > 1:
            yield name


def _is_given(token: Token) -> bool:
    return token.key in known_given_names()


def _is_free(spans: SpanIndex, start: int, end: int) -> bool:
    """Does the recogniser hold no part of it to be something else than a person?"""
    return all(span.label == "PERSON" for span in spans.within(start, end))


def _follows(text: str, tokens: Sequence[Token], last: int) -> bool:
    end = tokens[last - 1].end
    return text.startswith(", ", end) and (_AGE.match(text, end) or _WHO.match(text, end)) is not None


def _is_quoted(text: str, tokens: Sequence[Token], at: int) -> bool:
    if at == 0 or tokens[at - 1].key not in _SAYS or text[tokens[at - 1].end : tokens[at].start] != " ":
        return False
    return _QUOTE_END.search(text, max(0, tokens[at - 1].start - 2), tokens[at - 1].start) is not None


def _is_of_a_nation(text: str, tokens: Sequence[Token], nations: Nations, at: int, last: int) -> bool:
    if at == 0 or last >= len(tokens) or tokens[last].key not in _DOES or not tokens[last].raw.islower():
        return False
    nation = nations.get(at - 1)
    owns = text[tokens[at - 1].end : tokens[at].start] in ("'s ", "’s ", "’ ", "' ")
    return nation is not None and nation.entry.why == "name" and owns and text[tokens[last].start - 1] == " "


def names_before_surnames(
    text: str,
    tokens: Sequence[Token],
    spans: SpanIndex,
    nations: Nations,
    capitals: Sequence[int],
    surnames: Collection[str],
) -> Iterator[Name]:
    """A word with a capital, which nothing else claims, before a surname that stands alone elsewhere in the text."""
    for at in capitals:
        if tokens[at].key not in surnames or at == 0 or text[tokens[at - 1].end : tokens[at].start] != " ":
            continue
        given = tokens[at - 1]
        if not given.raw[0].isupper() or len(given.raw) < 2 or given.raw.isupper() or not joins(text, tokens, at - 1):
            continue
        if given.key in NOT_NAMES or is_title(given.key) or given.key in OCCUPATIONS or at - 1 in nations:
            continue
        if starts_sentence(text, given.start) and not _is_given(given):
            continue
        if _is_free(spans, given.start, tokens[at].end):
            name = clear_name(text, tokens, at - 1, at + 1, nations)
            if name is not None and len(name.core) > 1:
                yield name
