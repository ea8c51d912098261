"""Plain text (.txt): a headline, lines about the story, the story."""

from __future__ import annotations

from collections.abc import Iterator

from search.read.paragraphs import split_paragraphs
from search.read.record import Draft

__all__ = ["read_text"]


def read_text(text: str) -> Iterator[Draft]:
    """One Draft: what the lines of a plain text mean is told when it is finished."""
    yield Draft(paragraphs=tuple(split_paragraphs(text)))
