"""What stands above a story: headline, outlet, date line, byline, captions. Paragraphs in, the parts out. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.read.clutter import find_byline, is_caption, is_clutter, looks_like_headline
from search.read.dateline import DateLine, parse_date_line, parse_dateline
from search.read.paragraphs import Paragraph, words_key

__all__ = ["Head", "name_in_site_line", "read_foot", "read_head"]

_MOST_LINES = 14  # of a head: what comes later is the story
_OUTLET_WORD = re.compile(
    r"\b(?:news|newspaper|agency|times|post|daily|gazette|herald|tribune|press|journal|wire|desk|chronicle"
    r"|observer|review|"
    r"guardian|telegraph|standard|monitor|bulletin|courier|express|mirror|dispatch|sentinel|examiner|radio|tv"
    r"|television|"
    r"broadcasting|magazine|weekly|online|media|reporter|correspondent|bureau|reuters|afp|ap|xinhua|tass|anadolu)\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?P<label>title|headline|date|published|publication date|author|by|byline|source|publisher|outlet"
    r"|publication|url|link"
    r"|section|category|language|place|dateline)\s*:\s+(?P<value>\S.{0,400})",
    re.IGNORECASE,
)
_PIPES = re.compile(r"\s+[|»·•:–—-]+\s+")


@dataclass(frozen=True, slots=True)
class Head:
    """The parts of a head. `body` is the story; `labelled` holds what lines like "Source: …" give, by their label."""

    title: str = ""
    date: DateLine | None = None
    author: str | None = None
    source: str | None = None
    labelled: tuple[tuple[str, str], ...] = ()
    body: tuple[Paragraph, ...] = ()


def read_head(paragraphs: Sequence[Paragraph], *, title: str = "") -> Head:
    """Part the head from the story. `title` is the headline where it is known: the story's copies of it are removed.

    Every line is a paragraph. A line above the story that is none of the known kinds (a standfirst) stays in it.
    """
    known = words_key(title)
    paragraphs = _split_joint_lines(paragraphs)
    size = _head_size(paragraphs)
    labelled: list[tuple[str, str]] = []
    date: DateLine | None = None
    updated: DateLine | None = None
    author = source = None
    candidates: list[Paragraph] = []
    for index, paragraph in enumerate(paragraphs[:size]):
        line = paragraph.text.lstrip("# ").strip()
        label = _LABELLED.fullmatch(line)
        if label and (index < 6) and (labelled or label["label"].lower() not in {"by", "date", "published"}):
            labelled.append((label["label"].lower(), label["value"].strip()))
        elif found := parse_date_line(line):
            if found.updated or found.interval is None:
                updated = updated or found
            else:
                date = date or found
        elif byline := find_byline(line):
            author = author or byline
        elif (known and words_key(line) == known) or is_clutter(line) or is_caption(line):
            continue
        else:
            candidates.append(paragraph)
    if not title:
        title = next((value for label, value in labelled if label in {"title", "headline"}), "")
    if not title:
        title, source, candidates = _choose_title(candidates, followed=size < len(paragraphs))
    elif candidates and (named := _site_line_above(candidates, title)):
        source, candidates = named, candidates[1:]
    credit = None
    rest: list[Paragraph] = []
    for paragraph in candidates:
        if words_key(paragraph.text) == words_key(title):
            continue
        if credit is None and _is_credit(paragraph.text):
            credit = paragraph.text
        else:
            rest.append(paragraph)
    body = (*rest, *paragraphs[size:])
    return Head(title, date or updated, author or credit, source, tuple(labelled), body)


def read_foot(paragraphs: Sequence[Paragraph]) -> tuple[str | None, list[Paragraph]]:
    """The byline below a story, and the story without it."""
    for index in range(len(paragraphs) - 1, max(-1, len(paragraphs) - 5), -1):
        if byline := find_byline(paragraphs[index].text):
            return byline, [*paragraphs[:index], *paragraphs[index + 1 :]]
    return None, list(paragraphs)


def name_in_site_line(line: str) -> str | None:
    """The outlet that a site's own line names: the name it says twice, or its shortest part that is an outlet's."""
    words = line.split()
    for length in range(min(5, len(words) // 2), 0, -1):
        name = " ".join(words[:length])
        if length == 1 and len(name) < 6:
            continue
        if words_key(name) and f" {words_key(name)} " in f" {words_key(' '.join(words[length:]))} ":
            return _capitals_after_hyphens(name)
    named = [part.strip() for part in _PIPES.split(line) if _OUTLET_WORD.search(part) and len(part.split()) <= 5]
    if named:
        return min(named, key=len)
    return None


def _split_joint_lines(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """A date and a byline that a page shows side by side are two lines: "18 October 2021 | By Hadi Rezaei"."""
    lines: list[Paragraph] = []
    for index, paragraph in enumerate(paragraphs):
        short = index < _MOST_LINES and len(paragraph.text) < 200
        at = re.search(r"[\s|,·•–—-]+(?=by\s)", paragraph.text, re.IGNORECASE) if short else None
        if at and parse_date_line(paragraph.text[: at.start()]) and find_byline(paragraph.text[at.end() :]):
            lines.append(Paragraph(paragraph.text[: at.start()], paragraph.gap))
            lines.append(Paragraph(paragraph.text[at.end() :], 0))
        else:
            lines.append(paragraph)
    return lines


def _head_size(paragraphs: Sequence[Paragraph]) -> int:
    """How many of the first paragraphs stand above the story."""
    for index, paragraph in enumerate(paragraphs[:_MOST_LINES]):
        if _is_story(paragraph.text):
            return index
    if len(paragraphs) > _MOST_LINES:
        return 0 if len(paragraphs) < 2 or not looks_like_headline(paragraphs[0].text) else 1
    # No paragraph reads as a story: of a few short lines the first may be the headline.
    return min(1, len(paragraphs) - 1) if paragraphs and looks_like_headline(paragraphs[0].text) else 0


def _is_story(line: str) -> bool:
    if find_byline(line) or parse_date_line(line) or is_caption(line) or is_clutter(line):
        return False
    if _LABELLED.fullmatch(line) and len(line) < 200:
        return False
    dateline = parse_dateline(line)
    if dateline and len(line) - dateline.end > 40 and not _is_all_headline(line):
        return True
    words = line.split()
    if line.count(". ") >= 1 and len(words) >= 15 and not looks_like_headline(line):
        return True
    ends = bool(re.search(r"[.!?…:;,][\"”'’)\]]*$", line)) and not looks_like_headline(line)
    return len(line) > 240 or (ends and len(words) >= 9)


def _is_all_headline(line: str) -> bool:
    """ "IRAN – Talks resume in Vienna" could be either: a story has a sentence after its dateline."""
    return len(line) < 120 and not re.search(r"[.!?:][\"”'’)\]]*$", line)


def _choose_title(candidates: list[Paragraph], *, followed: bool) -> tuple[str, str | None, list[Paragraph]]:
    """The headline among the lines above the story, the outlet where a line names it, and the lines that are left."""
    if not candidates or not followed:
        return "", None, candidates
    keys = [words_key(paragraph.text) for paragraph in candidates]
    at = next((i for i, key in enumerate(keys) if key and key in keys[i + 1 :]), None)
    source = None
    if at is None:
        at = 0
        if len(candidates) > 1 and _is_site_line(candidates[0].text) and looks_like_headline(candidates[1].text):
            at = 1
    if at > 0:
        source = name_in_site_line(candidates[at - 1].text) or next(
            (name for paragraph in candidates[:at] if (name := name_in_site_line(paragraph.text))), None
        )
    title = candidates[at].text.lstrip("# ").strip()
    if not _may_be_title(title):
        return "", source, candidates[at:]
    return title, source, candidates[at + 1 :]


def _may_be_title(line: str) -> bool:
    words = line.split()
    return bool(words) and len(words) <= 40 and len(line) <= 250 and not line.endswith((",", ";"))


def _site_line_above(candidates: Sequence[Paragraph], title: str) -> str | None:
    first = candidates[0].text
    return name_in_site_line(first) if _is_site_line(first) and words_key(first) != words_key(title) else None


def _is_site_line(line: str) -> bool:
    """A line that names the outlet and tells nothing: outlet words, capitals, no sentence."""
    if not _OUTLET_WORD.search(line) or re.search(r"[.!?][\"”'’)]*$", line):
        return False
    words = [
        word
        for word in re.findall(r"[\w’'-]+", line)
        if word.lower() not in {"and", "of", "the", "from", "for", "in", "to"}
    ]
    capital = sum(word[0].isupper() or word[0].isdigit() for word in words)
    return bool(words) and capital >= 0.8 * len(words) and (len(words) <= 6 or name_in_site_line(line) is not None)


def _is_credit(line: str) -> bool:
    """The name of an agency or desk on a line of its own, where a byline would stand."""
    words = line.split()
    if not 1 <= len(words) <= 5 or len(line) > 50 or re.search(r"[.!?:]$", line):
        return False
    return bool(_OUTLET_WORD.search(line)) and all(word[0].isupper() or word in {"of", "and", "the"} for word in words)


def _capitals_after_hyphens(name: str) -> str:
    return re.sub(r"(?<=[^\W\d_]-)[a-zß-ÿ]", lambda letter: letter[0].upper(), name)
