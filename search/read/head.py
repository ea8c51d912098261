"""What stands above a story: headline, outlet, date line, byline, captions. Paragraphs in, the parts out. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from search.read.bylines import AGENCY, OUTLET_WORD, byline_place, find_byline, is_role, person_name
from search.read.clutter import is_caption, is_clutter, looks_like_headline
from search.read.date_line import DateLine, parse_date_line
from search.read.dateline import NO_PLACE, parse_dateline, place_name
from search.read.paragraphs import Paragraph, words_key

__all__ = ["Head", "name_in_site_line", "read_head"]

_MOST_LINES = 40  # of a head: what comes later is the story
_LABELLED_LINES = 10  # within which "Source: …" says something of the article
_LABELLED = re.compile(
    r"(?P<label>title|headline|subject|from|date|published|publication date|author|by|byline|source|publisher|outlet"
    r"|publication|url|link"
    r"|section|newspaper section|writer|editor|category|language|place|dateline)\s*:\s+(?P<value>\S.{0,400})",
    re.IGNORECASE,
)
_PHOTO_CREDIT = re.compile(r"(?:photo|image|picture) (?:credit|source|by|courtesy)\b", re.IGNORECASE)
_CREDITED = re.compile(r"\s(?:AFP|REUTERS|Reuters|EPA|Getty Images)$")
_NAME_IN_PLACE = re.compile(r"(?P<name>[^\d,]{4,40}?) in (?P<place>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)")
_PIPES = re.compile(r"\s+[|»·•:–—-]+\s+|\s*[|»]\s*")
_SECTION_NEWS = re.compile(
    r"(?:world|business|sports?|politics|political|local|national|international|breaking|latest|top|all|other|market"
    r"|technology|science|health|entertainment|regional|city|foreign) (?:news|review|desk|media)",
    re.IGNORECASE,
)
_NEWSPAPER_WORD = re.compile(
    r"\b(?:news|times|post|gazette|herald|tribune|press|journal|chronicle|observer|guardian|telegraph|standard|courier"
    r"|express|mirror|dispatch|sentinel|examiner|daily|weekly)\b",
    re.IGNORECASE,
)
_HEADING_WORDS = frozenset(
    word.upper()
    for word in (
        *("background", "summary", "introduction", "overview", "findings"),
        *("context", "conclusion", "abstract", "highlights", "points"),
    )
)
_NO_OUTLET = frozenset(
    {"news", "media", "press", "online", "radio", "tv", "daily", "weekly", "post", "review", "latest news"}
)


@dataclass(frozen=True, slots=True)
class Head:
    """The parts of a head. `body` is the story; `labelled` holds what lines like "Source: …" give, by their label."""

    title: str = ""
    date: DateLine | None = None
    author: str | None = None
    source: str | None = None
    labelled: tuple[tuple[str, str], ...] = ()
    body: tuple[Paragraph, ...] = ()
    agency: str | None = None
    place: str | None = None


def read_head(paragraphs: Sequence[Paragraph], *, title: str = "") -> Head:
    """Part the head from the story. `title` is the headline where it is known: the story's copies of it are removed.

    Every line is a paragraph. A line above the story that is none of the known kinds (a standfirst) stays in it.
    """
    known = words_key(title)
    paragraphs = _split_joint_lines(paragraphs)
    size = _head_size(paragraphs)
    labelled: list[tuple[str, str]] = []
    dates: list[DateLine] = []
    author = place = None
    candidates: list[Paragraph] = []
    dated_at = -2  # where the last date line stands
    paged = False  # are there lines that only pages have?
    for index, paragraph in enumerate(paragraphs[:size]):
        line = paragraph.text.lstrip("# ").strip()
        label = _LABELLED.fullmatch(line)
        if label and label["label"].lower() == "source" and "|" in line and parse_date_line(line):
            label = None  # "Source: The Wire | 2021-10-18 | Editor: Ada"
        if (
            label
            and index < _LABELLED_LINES
            and (labelled or label["label"].lower() not in {"by", "date", "published"})
        ):
            labelled.append((label["label"].lower(), label["value"].strip()))
        elif found := parse_date_line(line):
            dates.append(found)
            dated_at = index
            author = author or _name_above_date(candidates, known=bool(title))
        elif byline := find_byline(line):
            author = author or byline
            place = place or byline_place(line)
        elif known and words_key(line) == known:
            continue
        elif is_clutter(line) or is_caption(line):
            paged = True
        elif candidates and index + 1 < len(paragraphs) and _PHOTO_CREDIT.match(paragraphs[index + 1].text):
            continue  # the caption above the credit
        elif (title or candidates) and not author and index == dated_at + 1 and (name := person_name(line)):
            author = name
        else:
            candidates.append(paragraph)
    if not title:
        title = next((value for label, value in labelled if label in {"title", "headline", "subject"}), "")
    source = None
    if not title:
        title, source, candidates = _choose_title(candidates, followed=size < len(paragraphs))
    elif candidates and (named := _site_line_above(candidates, title)):
        source, candidates = named, candidates[1:]
    date = next((found for found in dates if found.interval and not found.updated), None)
    date = date or next((found for found in dates if found.interval), None) or next(iter(dates), None)
    beside = [part for found in dates for part in found.rest]
    if not title and beside and size < len(paragraphs):
        title = beside.pop(0)  # "Talks go on - 18 October 2021"
    author = author or next((found.author for found in dates if found.author), None)
    author = author or next((name for part in beside if (name := person_name(part))), None)
    source = source or next((found.source for found in dates if found.source), None)
    parts = _sort_rest(
        [paragraph for paragraph in candidates if words_key(paragraph.text) != words_key(title)],
        paged=paged or bool(dates or author),
        dated=bool(dates or author),
    )
    agency = parts.agency
    if parts.credit and (author or parts.author) and not source and _NEWSPAPER_WORD.search(parts.credit):
        source = parts.credit if not _SECTION_NEWS.fullmatch(parts.credit) else None
    if source and AGENCY.fullmatch(source):
        source, agency = None, source
    return Head(
        title=title,
        date=date,
        author=author or parts.author or parts.credit,
        source=source,
        agency=agency,
        place=place or parts.place or next((found.place for found in dates if found.place), None),
        labelled=tuple(labelled),
        body=(*parts.story, *paragraphs[size:]),
    )


def _name_above_date(candidates: list[Paragraph], *, known: bool) -> str | None:
    """The author who stands alone between headline and date, perhaps with the outlet below; taken off `candidates`."""
    for back in (1, 2):
        if len(candidates) - back < (0 if known else 1) or (back == 2 and not _is_credit(candidates[-1].text)):
            return None
        if name := person_name(candidates[-back].text):
            del candidates[-back]
            return name
    return None


@dataclass(slots=True)
class _Rest:
    """What the lines of a head are that are neither headline nor date: `story` is what may be a part of the story."""

    author: str | None = None
    credit: str | None = None
    agency: str | None = None
    place: str | None = None
    story: list[Paragraph] = field(default_factory=list)


def _sort_rest(lines: Sequence[Paragraph], *, paged: bool, dated: bool) -> _Rest:
    """`paged` tells that the head is a page's, `dated` that it has a date line or byline."""
    parts = _Rest()
    for index, paragraph in enumerate(lines):
        line = paragraph.text.strip()
        credit = re.sub(r"^(?:by|from)\s+", "", line, flags=re.IGNORECASE)
        if AGENCY.fullmatch(credit):
            parts.agency = parts.agency or credit
        elif parts.credit is None and _is_credit(line):
            parts.credit = line
        elif is_role(line):
            continue
        elif (named := _NAME_IN_PLACE.fullmatch(line)) and (name := person_name(named["name"])):
            parts.author, parts.place = parts.author or name, parts.place or place_name(named["place"])
        elif dated and index == len(lines) - 1 and _is_place_line(line):
            parts.place = parts.place or place_name(line)
        elif paged and ((_CREDITED.search(line) and len(line.split()) >= 5) or _is_page_word(line)):
            continue
        else:
            parts.story.append(paragraph)
    return parts


def _is_page_word(line: str) -> bool:
    """A word or two above a story that are no sentence are a page's: a section, a button, a count."""
    words = line.split()
    return len(words) <= 2 and not re.search(r"[.!?:…][\"”'’)\]]*$", line)


def _is_place_line(line: str) -> bool:
    """ "ANKARA" directly above the story."""
    return bool(re.fullmatch(r"[A-ZÀ-Þ][A-ZÀ-Þ'’-]{3,}(?: [A-ZÀ-Þ'’-]{3,})?", line)) and not (
        set(line.split()) & (NO_PLACE | _HEADING_WORDS) or OUTLET_WORD.search(line) or is_clutter(line)
    )


def name_in_site_line(line: str) -> str | None:
    """The outlet that a site's own line names: the name it says twice, or its shortest part that is an outlet's."""
    words = line.split()
    for length in range(min(5, len(words) // 2), 0, -1):
        name = " ".join(words[:length])
        if length == 1 and len(name) < 6:
            continue
        if words_key(name) and f" {words_key(name)} " in f" {words_key(' '.join(words[length:]))} ":
            return _capitals_after_hyphens(name)
    named = [
        part.strip()
        for part in _PIPES.split(line)
        if OUTLET_WORD.search(part)
        and len(part.split()) <= 5
        and part.strip().lower() not in _NO_OUTLET
        and not _SECTION_NEWS.fullmatch(part.strip())
    ]
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
        elif short and lines and _goes_on(lines[-1].text, paragraphs, index):
            lines[-1] = Paragraph(f"{lines[-1].text} {paragraph.text}", lines[-1].gap)
        else:
            lines.append(paragraph)
    return lines


def _goes_on(title: str, paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Does a headline go on in the next line, broken at a margin? It starts small, where no headline does."""
    line = paragraphs[index]
    apart = index + 1 < len(paragraphs) and paragraphs[index + 1].gap > 0
    return (
        line.gap == 0
        and apart
        and line.text[:1].islower()
        and 20 <= len(title) <= 80
        and len(line.text) <= 80
        and not re.search(r"[.!?:,]$", title)
        and looks_like_headline(line.text)
        and not find_byline(line.text)
    )


def _head_size(paragraphs: Sequence[Paragraph]) -> int:
    """How many of the first paragraphs stand above the story."""
    for index, paragraph in enumerate(paragraphs[:_MOST_LINES]):
        if _is_story(paragraph.text):
            return _below_standfirst(paragraphs, index)
    if len(paragraphs) > _MOST_LINES:
        return 0 if len(paragraphs) < 2 or not looks_like_headline(paragraphs[0].text) else 1
    # No paragraph reads as a story: of a few short lines the first may be the headline.
    return min(1, len(paragraphs) - 1) if paragraphs and looks_like_headline(paragraphs[0].text) else 0


def _below_standfirst(paragraphs: Sequence[Paragraph], first: int) -> int:
    """Where the head ends: a sentence or two (a standfirst) may stand above its date line and byline."""
    end = first
    sentences = 1
    for index in range(first + 1, min(first + 6, len(paragraphs) - 1)):
        line = paragraphs[index].text
        if parse_date_line(line) or (find_byline(line) and index < len(paragraphs) - 2):
            # Only where a story follows: below a short one stand dates and bylines too.
            below = range(index + 1, min(index + 6, len(paragraphs)))
            end = next((at for at in below if _is_story(paragraphs[at].text)), end)
        elif _is_story(line):
            sentences += 1
            if sentences > 2 or parse_dateline(line):
                break
    return end


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
    at = next((i for i, key in enumerate(keys) if key in keys[i + 1 :] and len(key.split()) > 2), None)
    source = None
    if at is None:
        strong = [i for i, paragraph in enumerate(candidates) if not _is_weak_title(paragraph.text)]
        at = next(iter(strong), 0)
        if (
            len(candidates) > at + 1
            and _is_site_line(candidates[at].text)
            and not _is_weak_title(candidates[at + 1].text)
            and looks_like_headline(candidates[at + 1].text)
        ):
            at += 1
    if at > 0:
        source = _name_above(candidates[at - 1].text) or next(
            (name for paragraph in candidates[:at] if (name := _name_above(paragraph.text))), None
        )
    title = candidates[at].text.lstrip("# ").strip()
    if not _may_be_title(title):
        return "", source, candidates[at:]
    return title, source, candidates[at + 1 :]


def _name_above(line: str) -> str | None:
    return (
        None if _is_weak_title(line) and not _is_credit(line) and not _PIPES.search(line) else name_in_site_line(line)
    )


def _is_weak_title(line: str) -> bool:
    """A section, a kicker, a path through the site, a slug, a credit: the headline is another line, if there is one."""
    words = line.split()
    if len(words) <= 2 or AGENCY.fullmatch(line) or is_role(line):
        return True
    if re.match(r"for immediate release\b|embargoed\b|press release\b", line, re.IGNORECASE):
        return True
    if re.search(r"\d", words[-1]) and re.fullmatch(r"[\w ]{3,20}:\s*[\w-]+|[A-Z]+(?:-[A-Z]+)+\s.{0,20}", line):
        return True  # "Journalist ID: 2382", "PM-IRAN-TALKS 10-18"
    parts = [part for part in re.split(r"\s*[|>»›/•·]\s*|\s{2,}", line) if part]
    return len(parts) > 1 and (all(len(part.split()) <= 3 for part in parts) or bool(re.search(r"[>»›]", line)))


def _may_be_title(line: str) -> bool:
    words = line.split()
    return bool(words) and len(words) <= 40 and len(line) <= 250 and not line.endswith((",", ";"))


def _site_line_above(candidates: Sequence[Paragraph], title: str) -> str | None:
    first = candidates[0].text
    return name_in_site_line(first) if _is_site_line(first) and words_key(first) != words_key(title) else None


def _is_site_line(line: str) -> bool:
    """A line that names the outlet and tells nothing: outlet words, capitals, no sentence."""
    if not OUTLET_WORD.search(line) or re.search(r"[.!?][\"”'’)]*$", line):
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
    if not 1 <= len(words) <= 5 or len(line) > 50 or re.search(r"^in |releases?\b|[.!?:]$", line, re.IGNORECASE):
        return False
    return bool(OUTLET_WORD.search(line)) and all(word[0].isupper() or word in {"of", "and", "the"} for word in words)


def _capitals_after_hyphens(name: str) -> str:
    return re.sub(r"(?<=[^\W\d_]-)[a-zß-ÿ]", lambda letter: letter[0].upper(), name)
