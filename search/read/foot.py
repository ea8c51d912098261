"""What stands below a story: byline, initials, agency, the day it was first published. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.read.bylines import AGENCY, find_byline
from search.read.clutter import is_clutter
from search.read.date_line import DateLine, parse_date_line
from search.read.paragraphs import Paragraph

__all__ = ["Foot", "read_foot"]

_MOST_LINES = 15  # of a foot
_BYLINE_WITHIN = 4  # lines of the end

# What an editor or a system puts below a story, told by its whole form: it has no word of a sentence in it.
_SIGN_OFF = re.compile(
    r"[a-z]{2,3}(?:[/ ,][a-z]{2,3}){1,3}(?:\s*\([^()]{2,60}\))?"  # jf/rt (Reuters, AFP)
    r"|[A-Z]{2,4}(?:/[A-Z]{2,4}){1,3}"  # ZZ/PR
    r"|[A-Z]\w{1,14}(?:/[A-Z]\w{1,14}){1,3}"  # Manar/Hala
    r"|[=*#]{1,3}\s?[A-Z]\w{2,20}(?: News)?"  # ==Kyodo
    r"|(?=(?:\D*\d){5})[\d*#/+ ().-]+"  # a code, a telephone number
    r"|(?:[A-Z]\.){2,4}"  # K.F.
    r"|-?\s*\d{1,3}\s*-"  # a page
)
_STAMP = re.compile(r"[A-Z]{2,8} \d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?: \d{4}\w{0,5})?")  # UPI 10-18-21 0914AED


@dataclass(frozen=True, slots=True)
class Foot:
    """The parts of a foot; `story` is what stands above it."""

    author: str | None
    date: DateLine | None
    story: tuple[Paragraph, ...]


def read_foot(paragraphs: Sequence[Paragraph]) -> Foot:
    """Part the foot from the story."""
    story = list(paragraphs)
    author: str | None = None
    for index in range(len(story) - 1, max(-1, len(story) - 1 - _BYLINE_WITHIN), -1):
        if author := find_byline(story[index].text):
            del story[index]
            break
    date: DateLine | None = None
    for _ in range(_MOST_LINES):
        # The first paragraph is no foot: a file of one line is read as it is.
        if len(story) < 2:
            break
        line = story[-1].text
        if len(line) <= 160 and (found := parse_date_line(line)):
            if found.interval and (date is None or date.updated or not found.updated):
                date = found
        elif not _is_sign_off(line):
            break
        story.pop()
    return Foot(author, date, tuple(story))


def _is_sign_off(line: str) -> bool:
    if len(line) > 80:
        return False
    return bool(_SIGN_OFF.fullmatch(line) or _STAMP.fullmatch(line) or AGENCY.fullmatch(line)) or is_clutter(line)
