"""What a recogniser gives: stretches of text with one of four labels, whatever the model calls them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

__all__ = ["LABELS", "Label", "Span", "SpanIndex"]

Label = Literal["PERSON", "ORG", "PLACE", "GROUP"]

LABELS: dict[str, Label] = {
    "PERSON": "PERSON",
    "PER": "PERSON",
    "PRS": "PERSON",
    "ORG": "ORG",
    "ORGANIZATION": "ORG",
    "GPE": "PLACE",
    "LOC": "PLACE",
    "LOCATION": "PLACE",
    "FAC": "PLACE",
    "NORP": "GROUP",
}
"""Label of a model → ours. Other labels (dates, amounts, works of art) are left out: rules do the dates."""


class Span(NamedTuple):
    """Characters `start` up to, not including, `end` of a text."""

    start: int
    end: int
    label: Label


class SpanIndex:
    """Spans of one text, in order and without overlap, to be asked what covers a place of it."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans: Sequence[Span] = sorted(spans)
        self._starts = [span.start for span in self.spans]

    def within(self, start: int, end: int) -> Sequence[Span]:
        """The spans that have a character in common with `start`…`end`."""
        first = bisect_right(self._starts, start)
        if first and self.spans[first - 1].end > start:
            first -= 1
        return self.spans[first : bisect_left(self._starts, end)]

    def covering(self, start: int, end: int) -> Span | None:
        """The span that has a character in common with `start`…`end`; the first of several."""
        at = bisect_right(self._starts, start) - 1
        if at >= 0 and self.spans[at].end > start:
            return self.spans[at]
        if at + 1 < len(self.spans) and self.spans[at + 1].start < end:
            return self.spans[at + 1]
        return None
