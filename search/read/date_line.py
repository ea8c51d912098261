"""Lines that are nothing but a date and what stands beside it ("Published: 18 October 2021 | By Ada Novak"). Pure."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace

from search.dates import Interval, year_interval
from search.read.bylines import AGENCY, OUTLET_WORD, find_byline
from search.read.date_notation import MONTH, WEEKDAY, ZONE, month_number, parse_written_date
from search.read.dateline import NO_PLACE, TITLE_PLACE, UPPER_PLACE, place_name

__all__ = ["DateLine", "parse_date_line"]


@dataclass(frozen=True, slots=True)
class DateLine:
    """What such a line says: `interval` is None for "3 hours ago"; `updated` says what it dates.

    `author` and `source` are those that it names beside the date; `rest` is what it says beside them, in its order.
    """

    interval: Interval | None = None
    time: dt.time | None = None
    place: str | None = None
    updated: bool = False
    author: str | None = None
    source: str | None = None
    rest: tuple[str, ...] = field(default=())


_LABEL = re.compile(
    r"(?:(?:first\s+|originally\s+)?(?P<published>published|posted|publication\s+date|pub(?:lished)?\s+date"
    r"|date(?:d)?|filed|issued|created|released?)|(?P<updated>(?:last\s+)?(?:updated?|modified|edited|revised)))"
    r"(?:\s+(?:on|at|in))?\s*[:\-–—|]?\s+",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_AGO = re.compile(
    r"(?:(?:an?|\d{1,3}|few|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:seconds?|minutes?|mins?|hours?"
    r"|hrs?|days?|weeks?|months?|years?)\s+ago|just\s+now|today|yesterday)\s*\.?",
    re.IGNORECASE,
)
_STUCK_CLOCK = re.compile(r"\b((?:19|20)\d\d)(?=\d{1,2}:\d\d)")  # "October 16, 20219:12 AM"
_PUBLISHED_IN = re.compile(
    r"(?i:published|appeared|printed) in (?P<name>[A-Z][^\d,]{1,50})(?:,| on)\s+(?:the )?(?P<date>[^,].{4,40})"
)
_TAIL = re.compile(
    rf"(?:,?\s+{WEEKDAY})?[\s,|;·•–—-]*(?:\(?(?:{ZONE}|local time|[+-]\d\d:?\d\d)\)?"
    r"|\(?\d{1,2} min(?:ute)?s? read\)?|(?:comments?|views?)[:\s]*\d*)?[\s.|·•]*",
    re.IGNORECASE,
)
_PLACE_AFTER = re.compile(rf"\s*[,|·•–—-]+\s*(?P<place>{UPPER_PLACE}|{TITLE_PLACE})\s*\.?")
# "New Delhi, 18 October": two words that only a bar or a dash parts from the date may be a name or a headline as well.
_PLACE_BEFORE = re.compile(
    rf"(?P<place>{UPPER_PLACE}|{TITLE_PLACE}(?=,)|[^\W\d_]+(?=\s*[|·•–—-]))\s*[,|·•–—-]+\s*(?=\S)"
)
_ONLY_TIME = re.compile(rf"\d{{1,2}}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*(?:{ZONE}|[A-Z]{{2,5}}))?", re.IGNORECASE)
# A day and hour without a year tell no date, but they are no headline either: "17 OCT, 14:05".
_NO_YEAR = re.compile(
    rf"(?:{WEEKDAY}[,\s]+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?)"
    rf"[,\s]+\d{{1,2}}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*{ZONE})?",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(
    rf"(?P<day>\d{{1,2}})[\s-](?P<month>{MONTH})[\s-]['’]?(?P<year>\d\d)"
    r"|(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<short>\d\d)",
    re.IGNORECASE,
)


def parse_date_line(line: str) -> DateLine | None:
    """What a line that is a date says; None for a line that tells anything."""
    line = line.strip(" |·•*_")
    if not 4 <= len(line) <= 160:
        return None
    line = _STUCK_CLOCK.sub(r"\1 ", line)
    if printed := _PUBLISHED_IN.fullmatch(line):
        date = parse_written_date(printed["date"])
        return DateLine(date.interval, source=printed["name"]) if date else None
    label = _LABEL.match(line)
    rest = line[label.end() :] if label else line
    updated = bool(label and label["updated"])
    if _AGO.fullmatch(rest) or _ONLY_TIME.fullmatch(rest) or _NO_YEAR.fullmatch(rest):
        return DateLine(updated=updated)
    if not _DIGIT.search(line):
        return None
    if short := _SHORT_YEAR.fullmatch(rest):
        interval = _short_interval(short)
        return DateLine(interval, updated=updated) if interval else None
    return _plain(rest, updated=updated, labelled=bool(label)) or _composed(line)


def _plain(rest: str, *, updated: bool, labelled: bool) -> DateLine | None:
    """A date, perhaps with a place on one side."""
    date = parse_written_date(rest, whole=False)
    place = None
    if date is None and (before := _PLACE_BEFORE.match(rest)) and _may_be_place(before["place"]):
        date = parse_written_date(rest[before.end() :], whole=False)
        if date is None or date.interval.precision == "year":
            return None
        place, rest = place_name(before["place"]), rest[before.end() :]
    if date is None or (date.interval.precision == "year" and not _is_year_line(rest, labelled=labelled)):
        return None
    tail = rest[date.end :]
    if _TAIL.fullmatch(tail):
        return DateLine(date.interval, date.time, place, updated)
    # "Published 18 October 2021 | Updated 19 October 2021": the rest is another line of its own.
    separated = tail.lstrip(" ,|;·•–—-()")
    if len(separated) < len(tail) and _LABEL.match(separated) and parse_date_line(separated):
        return DateLine(date.interval, date.time, place, updated)
    if (after := _PLACE_AFTER.fullmatch(tail)) and date.interval.precision == "day" and _may_be_place(after["place"]):
        return DateLine(date.interval, date.time, place_name(after["place"]), updated)
    return None


def _may_be_place(text: str) -> bool:
    words = text.split()
    return (
        text.upper() not in NO_PLACE
        and len(words) <= 3
        and words[0].lower() not in {"by", "all"}
        and not OUTLET_WORD.search(text)
        and not AGENCY.fullmatch(text)
    )


def _is_year_line(rest: str, *, labelled: bool) -> bool:
    """A bare year is a number; it is a date where it is called one, or where it was a day that could not be told."""
    return labelled or bool(re.match(r"\d\d?[/-]\d\d?[/-]\d{4}", rest))


def _short_interval(match: re.Match[str]) -> Interval | None:
    """`21-Oct-21` and `18/10/21` are days; `10/11/21` could be two, so it is the year. '40 to '69 are no year."""
    short = int(match["year"] or match["short"])
    if 40 <= short < 70:
        return None
    year = short + (1900 if short >= 70 else 2000)
    try:
        if match["month"]:
            date = dt.date(year, month_number(match["month"]), int(match["day"]))
        else:
            first, second = int(match["first"]), int(match["second"])
            if match["mark"] == "." or first > 12 or first == second:
                date = dt.date(year, second, first)
            else:
                date = dt.date(year, first, second)
                if second <= 12:
                    return year_interval(year)
    except ValueError:
        return None
    return Interval(date, date)


# Lines composed of several parts ------------------------------------------------------------------------------

_START = re.compile(
    rf"(?<![\w.,:/-])(?:(?:{WEEKDAY})[,\s]+)?(?:(?:{MONTH})\s*\d|\d{{1,2}}(?:st|nd|rd|th)?[\s-]*(?:{MONTH})"
    r"|\d{4}[-/.]\d|\d{1,2}[./-]\d{1,2}[./-]\d{4})",
    re.IGNORECASE,
)
_DATE_WORD = re.compile(
    r"(?:first\s+|originally\s+|last\s+)?(?:published|posted|issued|filed|created|released|(?P<updated>updated?"
    r"|modified|edited|revised))(?:\s+(?:on|at))?\s*:?",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    rf"(?<![\w:])(?:\d{{1,2}}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\b\.?)?|\d{{1,2}}\s*[ap]\.?m\b\.?|\d{{4}}(?=\s*(?-i:{ZONE})))"
    rf"(?:\s*(?-i:{ZONE}))?(?:\s*\([^()]{{2,14}}\))?",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s*(?:[|•·/\x00]|(?<=\s)[–—-]+(?=\s|$)|(?:^|(?<=\x00))[–—,-]+|[–—,-]+(?=\x00|$))\s*")
_LABELLED_PART = re.compile(r"(?P<label>source|editor|via|edited by|author)\s*:\s*(?P<value>\S.{1,60})", re.IGNORECASE)
_READING_TIME = re.compile(r"\d{1,2} min(?:ute)?s?(?: read)?|\d{1,4} (?:comments?|views?|shares?)", re.IGNORECASE)


def _composed(line: str) -> DateLine | None:
    """A line with a date in it, and beside it names and labels alone."""
    found: DateLine | None = None
    pieces: list[str] = []
    at = searched = 0
    while start := _START.search(line, searched):
        date = parse_written_date(line[start.start() :], whole=False)
        if date is None or date.interval.precision not in {"day", "year"}:
            searched = start.start() + 1
            continue
        before = line[at : start.start()]
        word = next(reversed(list(_DATE_WORD.finditer(before))), None)
        updated = bool(word and word["updated"])
        if found is None or (found.updated and not updated):
            found = DateLine(date.interval, date.time, updated=updated)
        pieces.append(before)
        at = searched = start.start() + date.end
    if found is None:
        return None
    pieces.append(line[at:])
    beside = _DATE_WORD.sub("\x00", "\x00".join(pieces))
    beside = _CLOCK.sub("\x00", beside)
    direct = [part for part in _PARTED.split(beside) if part.strip(" ,;:.–—-()[]")]
    if len(direct) > 5:
        return None
    for part in direct:
        told = _with_part(found, part.strip(" ,;:.–—-[]"))
        if told is None:
            return None
        found = told
    if found.rest and not re.search(r"[|•·/–—:]|\s-\s|published|posted|updated", line, re.IGNORECASE):
        return None  # "September 11, 2001 Attacks": nothing parts the date from the words
    return found


def _with_part(line: DateLine, part: str) -> DateLine | None:
    """`line` with what one of its parts says; None where it tells something, as a sentence does."""
    if re.fullmatch(rf"(?:{ZONE}|[+-]\d\d:?\d\d|\W+|on|at|in|local time|hrs?)", part, re.IGNORECASE):
        return line
    if _READING_TIME.fullmatch(part) or _AGO.fullmatch(part) or re.fullmatch(r"@\w+", part):
        return line
    if re.fullmatch(r"\w[\w-]*\.(?:com|net|org|info|co|[a-z]{2})(?:\.[a-z]{2})?", part, re.IGNORECASE):
        return replace(line, source=line.source or part)
    if labelled := _LABELLED_PART.fullmatch(part):
        if labelled["label"].lower() in {"source", "via"}:
            return replace(line, source=line.source or labelled["value"].strip())
        return line
    if byline := find_byline(part):
        return replace(line, author=line.author or byline)
    words = part.split()
    if len(words) > 5 or not all(word[0].isupper() or word.lower() in {"and", "of", "the", "in"} for word in words):
        return None
    if AGENCY.fullmatch(part) or (OUTLET_WORD.search(part) and not part.lower().startswith("all ")):
        return replace(line, source=line.source or part)
    if part.isupper() and len(words) <= 2 and len(part) > 3 and part not in NO_PLACE:
        return replace(line, place=line.place or place_name(part))
    return replace(line, rest=(*line.rest, part))
