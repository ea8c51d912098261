"""Plain text as paragraphs: line endings, stray characters, hard-wrapped lines. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Paragraph", "clean_characters", "join_paragraphs", "one_line", "split_paragraphs", "words_key"]

# Kept of the control characters: tab and newline. Format characters that show nothing are dropped too (soft hyphen,
# zero width space, word joiner, byte order mark); joiners stay, since some scripts and emoji need them.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufff9-\ufffb\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w+")

WRAP_LEAST, WRAP_MOST = 50, 110
"""A file whose lines were broken at a margin has its longest lines between these lengths, in characters."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph on one line, and how many blank lines stood before it."""

    text: str
    gap: int = 1


def clean_characters(text: str) -> str:
    """`text` in Unicode form NFC with newlines as line ends, without characters that cannot be seen or stored."""
    text = _SURROGATE.sub("\ufffd", text)
    text = _UNSEEN.sub("", _LINE_END.sub("\n", text))
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """`text` cleaned, with every run of white space one space."""
    return _SPACE.sub(" ", clean_characters(text)).strip()


def words_key(text: str) -> str:
    """What is the same for two lines that differ in case, punctuation and spacing alone."""
    return " ".join(_WORD.findall(text.casefold()))


def join_paragraphs(paragraphs: Iterable[Paragraph]) -> str:
    """The text of an article: paragraphs parted by a blank line."""
    return "\n\n".join(paragraph.text for paragraph in paragraphs)


def split_paragraphs(text: str) -> list[Paragraph]:
    """Paragraphs of plain text: one line each, but where the file was hard-wrapped its lines are joined again."""
    lines: list[Paragraph] = []
    indents: list[int] = []
    gap = 0
    for raw in clean_characters(text).split("\n"):
        line = _SPACE.sub(" ", raw).strip()
        if line:
            lines.append(Paragraph(line, gap))
            indents.append(len(raw) - len(raw.lstrip()))
            gap = 0
        else:
            gap += 1
    width = _wrap_width(lines, indents)
    return _unwrap(lines, indents, width) if width else lines


def _wrap_width(lines: Sequence[Paragraph], indents: Sequence[int]) -> int:
    """The margin at which the lines were broken; 0 where each line is a paragraph of its own."""
    # Only a line that has another directly below it can have been broken there.
    lengths = [len(line.text) + indent for line, indent in zip(lines, indents, strict=True)]
    indented = _starts_are_indented(indents)
    broken = [
        lengths[i]
        for i, (_, below) in enumerate(pairwise(lines))
        if below.gap == 0 and not (indented and indents[i + 1])
    ]
    if len(broken) < 4:
        return 0
    width = max(broken)
    if not WRAP_LEAST <= width <= WRAP_MOST:
        return 0
    full = sum(length >= 0.75 * width for length in broken)
    return width if full >= 4 and full >= 0.6 * len(broken) else 0


def _starts_are_indented(indents: Sequence[int]) -> bool:
    """Where some lines are indented and most are not, the indented ones start paragraphs."""
    return 0 < sum(indent > 0 for indent in indents) < 0.6 * len(indents)


def _unwrap(lines: Sequence[Paragraph], indents: Sequence[int], width: int) -> list[Paragraph]:
    joined: list[list[str]] = []
    gaps: list[int] = []
    indented = _starts_are_indented(indents)
    before = 0  # characters of the line above, with its indentation
    previous = ""
    for line, indent in zip(lines, indents, strict=True):
        # A line was broken where the first word of the next would not have fitted within the margin.
        wrapped = line.gap == 0 and bool(joined) and before + 1 + len(line.text.split(" ", 1)[0]) > width
        if indented and indent > 0:
            wrapped = False
        elif (
            line.gap == 0 and joined and before >= 0.6 * width and line.text[0].islower() and previous[-1] not in ".!?:"
        ):
            wrapped = True  # a ragged margin, but a sentence that goes on
        if wrapped:
            joined[-1].append(line.text)
        else:
            joined.append([line.text])
            gaps.append(line.gap)
        before, previous = len(line.text) + indent, line.text
    return [Paragraph(" ".join(parts), gap) for parts, gap in zip(joined, gaps, strict=True)]
