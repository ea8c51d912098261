"""Text with ranges: cut into pieces to mark, and escaped. Pure functions; escaping is the last step."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.analysis import stem, words
from search.model import Mention

__all__ = ["Piece", "marked_html", "match_ranges", "paragraphs"]

Range = tuple[int, int]
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is marked in one way: within a mention or not, matching the query or not."""

    text: str
    mention: Mention | None = None
    matches: bool = False


def marked_html(text: str, ranges: Iterable[Range]) -> str:
    """Escaped text with the ranges in `<mark>`. Ranges that overlap or lie outside are cut to fit."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(ranges):
        start, end = max(start, at), min(end, len(text))
        if start >= end:
            continue
        pieces += [html.escape(text[at:start]), "<mark>", html.escape(text[start:end]), "</mark>"]
        at = end
    pieces.append(html.escape(text[at:]))
    return "".join(pieces)


def paragraphs(text: str, mentions: Sequence[Mention], matches: Sequence[Range]) -> Iterator[tuple[Piece, ...]]:
    """The paragraphs of `text` (parted by blank lines), each as pieces.

    Of mentions that overlap the first, and of those the longest, is marked; one that runs from a paragraph into the
    next is marked in both.
    """
    marked = _disjoint(mentions)
    edges = sorted({edge for m in marked for edge in (m.start, m.end)} | {edge for r in matches for edge in r})
    hits = sorted(matches)
    mention_at = edge_at = hit_at = 0
    for start, end in _paragraph_spans(text):
        while edge_at < len(edges) and edges[edge_at] <= start:
            edge_at += 1
        cuts = [start]
        while edge_at < len(edges) and edges[edge_at] < end:
            cuts.append(edges[edge_at])
            edge_at += 1
        cuts.append(end)
        pieces = []
        for begin, stop in pairwise(cuts):
            while mention_at < len(marked) and marked[mention_at].end <= begin:
                mention_at += 1
            while hit_at < len(hits) and hits[hit_at][1] <= begin:
                hit_at += 1
            inside = mention_at < len(marked) and marked[mention_at].start <= begin
            matching = hit_at < len(hits) and hits[hit_at][0] <= begin
            pieces.append(Piece(text[begin:stop], marked[mention_at] if inside else None, matching))
        if any(piece.text.strip() for piece in pieces):
            yield tuple(pieces)


def _paragraph_spans(text: str) -> Iterator[Range]:
    start = 0
    for gap in _BLANK_LINES.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _disjoint(mentions: Sequence[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if 0 <= mention.start < mention.end and (not kept or mention.start >= kept[-1].end):
            kept.append(mention)
    return kept


def match_ranges(text: str, sought: Iterable[str]) -> tuple[Range, ...]:
    """Where `text` has the words of an understood query: plain words by their stems, `militar*` by its beginning,
    several words in a row as a phrase. Ascending and disjoint."""
    stems: set[str] = set()
    prefixes: list[str] = []
    phrases: list[list[str]] = []
    for each in sought:
        folded = [word.text for word in words(each)]
        if not folded:
            continue
        if len(folded) > 1:
            phrases.append(folded)
        elif each.rstrip('" ').endswith("*"):
            prefixes.append(folded[0])
        else:
            stems.add(stem(folded[0]))
    if not (stems or prefixes or phrases):
        return ()
    tokens = list(words(text))
    starts = tuple(prefixes)
    found = {
        (word.start, word.end)
        for word in tokens
        if stem(word.text) in stems or (starts and word.text.startswith(starts))
    }
    for phrase in phrases:
        size = len(phrase)
        for at in range(len(tokens) - size + 1):
            if tokens[at].text == phrase[0] and [word.text for word in tokens[at : at + size]] == phrase:
                found.add((tokens[at].start, tokens[at + size - 1].end))
    return tuple(_merged(sorted(found)))


def _merged(ranges: list[Range]) -> Iterator[Range]:
    reached = -1
    pending: Range | None = None
    for start, end in ranges:
        if pending is None or start >= reached:
            if pending is not None:
                yield pending
            pending = (start, end)
        else:
            pending = (pending[0], max(pending[1], end))
        reached = pending[1]
    if pending is not None:
        yield pending
