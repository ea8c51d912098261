"""Snippets: the passage of a text that shows best why it matches, and the ranges to mark. Pure; nothing is escaped."""

from __future__ import annotations

import re

from search.model import Range, Snippet
from search.query.matches import Match, Sought, find_all, find_some

__all__ = ["SNIPPET_LENGTH", "lead", "snippet", "title_ranges"]

SNIPPET_LENGTH = 240
"""Characters of a snippet, ellipses aside."""

_ELLIPSIS = "…"
_SPACE = re.compile(r"\s+")
# A sentence ends before white space and not after an initial or a usual abbreviation; so does a paragraph.
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bGen)(?<!\bCol)(?<!\bSen)(?<!\bRep)[.!?…][\"'”’)\]]*(?=\s)"
    r"|(?=\s*\n)"
)
_CONTEXT = 100  # characters before the first match in which the beginning of its sentence is looked for

_REPETITION = 0.05  # of a weight of 1: what a second match of the same word adds to a passage

Span = tuple[int, int]


def title_ranges(title: str, sought: Sought) -> tuple[Range, ...]:
    """The ranges of a title that match."""
    return tuple((match.start, match.end) for match in find_all(title, sought))


def lead(text: str, length: int = SNIPPET_LENGTH) -> Snippet:
    """How a text begins: whole sentences if they fit."""
    start = len(text) - len(text.lstrip())
    return _assembled(text, [(start, _end(text, start, start, length))], Sought())


def snippet(text: str, sought: Sought, length: int = SNIPPET_LENGTH) -> Snippet:
    """The passage, or the two, with most of what is sought: rare words before common ones, close to each other.

    Without a match it is the lead.
    """
    matches = find_some(text, sought) if sought else []
    if not matches:
        return lead(text, length)
    whole = _best(matches, sought, length * 4 // 5)
    if _keys(whole) == _keys(matches):
        return _assembled(text, [_around(text, whole, length)], sought)
    half = length // 2
    first = _best(matches, sought, half * 4 // 5)
    rest = [match for match in matches if match.key not in _keys(first)]
    passages = [_around(text, first, half)]
    start, end = _around(text, _best(rest, sought, half * 4 // 5), half)
    if start >= passages[0][1]:
        passages.append((start, end))
    elif end <= passages[0][0]:
        passages.insert(0, (start, end))
    else:  # they overlap: one passage, from the earlier on
        passages = [_around(text, whole, length)]
    return _assembled(text, passages, sought)


def _keys(matches: list[Match]) -> set[int]:
    return {match.key for match in matches}


def _best(matches: list[Match], sought: Sought, reach: int) -> list[Match]:
    """The run of matches within `reach` characters that weighs most; of equals the tighter, then the earlier one."""
    inside = [0] * len(sought.weights)
    first = 0
    best = (-1.0, 0, 0)
    run = (0, 1)
    for last, match in enumerate(matches):
        inside[match.key] += 1
        while first < last and match.end - matches[first].start > reach:
            inside[matches[first].key] -= 1
            first += 1
        weight = sum(weight for weight, count in zip(sought.weights, inside, strict=True) if count)
        # Repetition counts for a little, so that of passages with the same words the fuller one is shown.
        weight += _REPETITION * min(last + 1 - first - sum(count > 0 for count in inside), 3)
        value = (weight, matches[first].start - match.end, -matches[first].start)
        if value > best:
            best, run = value, (first, last + 1)
    return matches[slice(*run)]


def _around(text: str, run: list[Match], length: int) -> Span:
    """The passage of about `length` characters that holds the run, from the beginning of a sentence if one is near."""
    first, last = run[0].start, max(match.end for match in run)
    if len(text) <= length:
        return 0, len(text)
    spare = max(length - (last - first), 0)
    floor = max(0, first - min(spare, _CONTEXT))
    ends = [match.end() for match in _SENTENCE_END.finditer(text, floor, first)]
    if ends:
        start = ends[-1]
    elif floor == 0:
        start = 0
    else:
        floor = max(0, first - min(spare, _CONTEXT) // 2)
        space = _SPACE.search(text, floor, first)
        start = space.end() if space else first
    while start < first and text[start].isspace():
        start += 1
    return start, _end(text, start, min(last, start + length * 2), length)


def _end(text: str, start: int, least: int, length: int) -> int:
    """Where a passage ends: with the last sentence that fits if that leaves it long enough, else with a word."""
    most = max(start + length, least)
    if most >= len(text):
        return len(text)
    floor = max(least, start + length // 2)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, floor, most + 1)]
    if ends and ends[-1] <= most:
        return ends[-1]
    cut = most
    while cut > floor and not text[cut].isspace():
        cut -= 1
    return cut if text[cut].isspace() else most


def _assembled(text: str, passages: list[Span], sought: Sought) -> Snippet:
    """The passages as one text, white space made single, an ellipsis wherever something was left out."""
    pieces: list[str] = []
    ranges: list[Range] = []
    at = 0
    for number, (start, end) in enumerate(passages):
        before = _ELLIPSIS if text[:start].strip() else ""
        glue = f" {_ELLIPSIS} " if number else before
        piece = _SPACE.sub(" ", text[start:end]).strip()
        at += len(glue)
        ranges.extend((match.start + at, match.end + at) for match in find_all(piece, sought))
        pieces += [glue, piece]
        at += len(piece)
    if text[passages[-1][1] :].strip():
        pieces.append(f" {_ELLIPSIS}" if pieces[-1].endswith((".", "!", "?")) else _ELLIPSIS)
    return Snippet("".join(pieces), tuple(ranges))
