"""The dates that a text speaks of: pure functions from text and date of publication to intervals.

Relative expressions ("last week", "on Sunday", "two years ago") are resolved against the date of publication, and left
out where that is not known as exactly as they need: days need a day, months a month, years a year. Weeks run from
Monday to Sunday. A weekday is the last one up to the day of publication, a month without a year the last one.
"""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from search.annotate import date_values
from search.annotate.date_values import Handler
from search.dates import Interval

__all__ = ["DateMention", "find_dates"]


class DateMention(NamedTuple):
    """Characters `start`…`end` speak of `interval`; `why` is "date" or says what it was resolved against."""

    start: int
    end: int
    interval: Interval
    why: str


MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?P<year>1[4-9]\d\d|20\d\d|2100)"
WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
NUMBER = (
    r"(?P<count>an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|fifteen|twenty|thirty|forty|fifty|\d{1,3})"
)
_ANY_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?"
_END = r"(?![\w%]|[.,]\d|-\d)"
_START = r"(?<![\w$€£#.,/-])(?<!\bNo )"

# What is looked for ------------------------------------------------------------------------------------------

# Words after which a number of four digits is a year, as far as the words that follow it allow.
_BEFORE_YEAR = (
    r"(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Dd]uring|[Oo]f|[Ff]rom|[Tt]o|[Bb]efore|[Aa]fter|[Bb]etween|and|or|[Yy]ear"
    r"|[Ee]arly|[Ll]ate|[Mm]id|[Aa]round|[Cc]irca|[Tt]hrough|[Tt]hroughout|[Ss]ummer|[Ww]inter|[Ss]pring|[Aa]utumn|[Ff]all|than"
    r"|as of|as early as|as late as|as far back as|back to|back in|into|[Ee]nd|,)"
)
_ANNOUNCES = re.compile(rf"(?:(?<!\w){_BEFORE_YEAR.replace('|,)', ')')}[- ]|\w, )$")


def _announced_year(match: re.Match[str], published: Interval | None) -> Interval | None:
    # The word before is looked at from the number: the other way round, every "in" and "of" would be tried.
    before = _ANNOUNCES.search(match.string, max(0, match.start() - 24), match.start())
    return date_values.year(match, published) if before else None


# Whose number of four digits is a year, if what is had is not counted: "the 2015 deal", not "the 2000 soldiers".
_OWNER = r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Tt]his|[Tt]hat|\w+['’]s?)"
_COUNTED = (
    r"people|persons|men|women|children|soldiers|troops|fighters|officers|police|civilians|refugees|migrants|prisoners|members|workers|"
    r"employees|students|delegates|dollars|euros|pounds|rubles|roubles|yuan|yen|rupees|dirhams|kilomet(?:er|re)s?|km|miles?|met(?:er|re)s?|"
    r"feet|foot|tons?|tonnes?|barrels|liters|litres|acres|hectares|votes|seats|points|jobs|homes|houses|pages|words|copies|years|months|"
    r"weeks|days|hours|minutes|seconds|times|cases|deaths|deportees|villages|schools|tents|megawatts|mw|kg|lb|lbs|hp|rpm|degrees|"
    r"million|billion|trillion|thousand|percent|per|bc|bce|tanks|missiles|rockets|vehicles|aircraft|passengers|families|residents|"
    r"protesters|demonstrators|companies|shops|hotels|rooms|families|delegations|guests|spectators|fans|doses|tests|other|more"
)
_NO_COUNT = (
    rf"(?! ?(?:{_COUNTED})\b)(?!-(?:strong|member|foot|meter|metre|mile|seat|year|kilometer|km|page|word|bed|ton)\b)"
)

# What every match of a pattern has in it. Looking for that first, and then around it alone, is five times as fast. The
# regular expressions that begin with a letter that is always the same are the fastest by far.
Anchor = tuple[re.Pattern[str], ...]
_MONTHS: Anchor = (
    re.compile(
        r"\b(?:Jan|Feb|Mar|Apr|May|Ju[nl]|Aug|Sep|Oct|Nov|Dec"
        r"|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
    ),
)
_YEARS: Anchor = (re.compile(r"(?<!\d)(?:1[4-9]|2[01])\d\d"),)
_CENTURIES: Anchor = (re.compile(r"entury\b"),)
_WEEKDAYS: Anchor = (re.compile(r"day\b"),)
_NAMED_DAYS: Anchor = (*_WEEKDAYS, re.compile(r"omorrow\b"), re.compile(r"ight\b"))
_UNITS: Anchor = (re.compile(r"(?:day|week|month|year|decade|Day|Week|Month|Year|Decade|DAY|WEEK|MONTH|YEAR|DECADE)"),)
_BEFORE, _BEHIND = 72, 56  # characters around it: more than a date and the words that announce it have

_PATTERNS: tuple[tuple[re.Pattern[str], Handler, Anchor, str], ...] = (
    (
        re.compile(rf"\b{MONTH}(?: {DAY})?,? (?:of )?(?P<which>last|this|next|(?:the )?previous) year\b"),
        date_values.month_of_relative_year,
        _MONTHS,
        "relative to publication",
    ),
    (
        re.compile(_START + r"(?P<year>1[4-9]\d\d|20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?=T\d|\b)(?!-)"),
        date_values.iso_date,
        _YEARS,
        "date",
    ),
    (
        re.compile(_START + r"(?P<a>\d\d?)(?P<sep>[/.])(?P<b>\d\d?)(?P=sep)(?P<year>1[4-9]\d\d|20\d\d)" + _END),
        date_values.slashed_date,
        _YEARS,
        "date",
    ),
    (  # October 17-20, 2021; Oct. 18; Wednesday, October 20
        re.compile(
            rf"\b{_ANY_WEEKDAY}{MONTH} {DAY}(?:(?: ?[-–—] ?| to | and )(?P<until>\d\d?)(?:st|nd|rd|th)?)?"
            rf"(?:,? (?:of )?{YEAR})?{_END}(?!:\d)(?! [ap]\.?m)"
        ),
        date_values.day_or_days,
        _MONTHS,
        "date",
    ),
    (  # 17-20 October 2021; 20 October, 2021; the 20th of October
        re.compile(
            rf"{_START}{_ANY_WEEKDAY}{DAY}(?:(?: ?[-–—] ?| to | and )(?P<until>\d\d?)(?:st|nd|rd|th)?)?"
            rf" (?:of )?{MONTH}(?:,? {YEAR})?{_END}"
        ),
        date_values.day_or_days,
        _MONTHS,
        "date",
    ),
    (
        re.compile(rf"\b{MONTH.replace('month', 'from', 1)} ?(?:[-–—]|to|and|or) ?{MONTH},? (?:of )?{YEAR}{_END}"),
        date_values.months_of_year,
        _MONTHS,
        "date",
    ),
    (re.compile(rf"\b{MONTH},? (?:of )?{YEAR}{_END}"), date_values.month_of_year, _MONTHS, "date"),
    (
        re.compile(
            r"\b(?:(?:the )?(?P<ordinal>first|second|third|fourth)[- ]quarter (?:of )?|Q(?P<q>[1-4]) (?:of )?)"
            r"(?P<year>1[89]\d\d|20\d\d)\b"
        ),
        date_values.quarter,
        _YEARS,
        "date",
    ),
    (
        re.compile(
            rf"{_START}(?:{_BEFORE_YEAR} |the |\(){YEAR}(?: ?[-–—] ?| to )"
            r"(?P<last>(?:1[4-9]|20)\d\d|\d\d)(?![\w%-])".replace("(?<!\\bNo )", "")
        ),
        date_values.years,
        _YEARS,
        "years",
    ),
    (re.compile(rf"\((?:(?:born|b\.|died|d\.|est\.|founded|c\.) )?{YEAR}\)"), date_values.year, _YEARS, "year"),
    (re.compile(r"(?<![\w$€£])(?P<decade>1[4-9]\d0|20\d0)['’]?s\b"), date_values.decade, _YEARS, "decade"),
    (re.compile(r"\b(?P<century>1[5-9]|2[01])(?:st|th)[- ][Cc]entury\b"), date_values.century, _CENTURIES, "century"),
    (
        re.compile(
            r"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast|[Cc]oming|[Pp]revious) )?"
            r"(?<!Black )(?<!Bloody )(?<!Good )(?<!Easter )"
            r"(?<!Palm )(?<!Ash )(?<!Super )(?<!Cyber )(?<!\ba )(?<![Ee]very )(?<![Ee]ach )"
            + WEEKDAY
            + r"\b(?!['’]?s\b(?! ))(?! (?:Times|Herald|Telegraph|prayers?|Mirror|Mail|Express|Sun|Post|School)\b)"
        ),
        date_values.weekday,
        _WEEKDAYS,
        "relative to publication",
    ),
    (
        re.compile(
            r"\b(?P<named>(?:[Tt]he day (?:before|after) )?(?:[Yy]esterday|[Tt]omorrow)"
            r"|[Tt]oday|[Tt]onight|[Ll]ast night)\b"
        ),
        date_values.named_day,
        _NAMED_DAYS,
        "relative to publication",
    ),
    (
        re.compile(
            r"\b(?=[LlTtNnEe])(?<!\bthe )(?<!\bThe )(?<!\bits )(?<!\bhis )(?<!\bher )(?<!\btheir )"
            r"(?:[Ee]arlier |[Ll]ater |[Ll]ate |[Ee]arly )?(?P<which>[Ll]ast|[Tt]his|[Nn]ext) "
            r"(?P<unit>weekend|week|month|year)\b(?! of\b)(?!-)"
        ),
        date_values.unit,
        _UNITS,
        "relative to publication",
    ),
    (
        re.compile(
            rf"(?<![\w,.]){NUMBER} (?P<unit>days?|weeks?|months?|years?|decades?) (?:ago|earlier this)\b", re.IGNORECASE
        ),
        date_values.ago,
        _UNITS,
        "relative to publication",
    ),
    (
        re.compile(
            rf"\b(?:the )?(?P<which>next|coming|last|past) {NUMBER} (?P<unit>days?|weeks?|months?|years?|decades?)\b",
            re.IGNORECASE,
        ),
        date_values.stretch,
        _UNITS,
        "relative to publication",
    ),
    (
        re.compile(
            rf"\b(?P<before>[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]y|[Dd]uring|[Ff]rom|[Ll]ast|[Nn]ext"
            r"|[Tt]his|[Ee]arly|[Ll]ate|[Mm]id|[Ee]arlier in|[Ll]ater in|[Ee]nd of|[Tt]hrough|[Bb]etween)"
            rf"(?: early| late| mid|)[- ]{MONTH}\b(?! ?\d)"
            r"(?!['’]s (?:office|government|party|cabinet|deal|resignation))"
        ),
        date_values.bare_month,
        _MONTHS,
        "relative to publication",
    ),
    (re.compile(rf"(?<![\w$€£#./]){YEAR}{_END}{_NO_COUNT}"), _announced_year, _YEARS, "year"),
    (
        re.compile(
            rf"(?<!\w){_OWNER} (?P<year>19\d\d|20\d\d|18\d\d){_END}(?=[ -][A-Za-z]){_NO_COUNT}"
            r"(?! [a-z]+(?:ers|ors|ists|ians|ees)\b)"
        ),
        date_values.year,
        _YEARS,
        "year",
    ),
)


_ANCHORS = tuple(dict.fromkeys(anchor for _, _, anchor, _ in _PATTERNS))


def find_dates(text: str, published: Interval | None = None) -> list[DateMention]:
    """The dates in a text, in order, without overlap. Never raises: a day that is not in the calendar is no date."""
    found: list[DateMention] = []
    taken = bytearray(len(text))
    windows = {anchor: _windows(anchor, text) for anchor in _ANCHORS}
    for pattern, handler, anchor, why in _PATTERNS:
        if not windows[anchor]:
            continue
        for match in itertools.chain.from_iterable(pattern.finditer(text, *window) for window in windows[anchor]):
            start, end = _trimmed(match)
            if any(taken[start:end]):
                continue
            try:
                interval = handler(match, published)
            except (ValueError, OverflowError):  # February 30; a date before the year 1
                continue
            if interval is None:
                continue
            taken[start:end] = b"\1" * (end - start)
            found.append(DateMention(start, end, interval, why))
    return sorted(found)


def _windows(anchor: Anchor, text: str) -> list[tuple[int, int]]:
    """The stretches of a text around an anchor's matches, in order, those that touch put together."""
    found = [match.span() for pattern in anchor for match in pattern.finditer(text)]
    if len(anchor) > 1:
        found.sort()
    windows: list[tuple[int, int]] = []
    for first, last in found:
        start, end = max(0, first - _BEFORE), last + _BEHIND
        if windows and start <= windows[-1][1]:
            start = windows.pop()[0]
        windows.append((start, end))
    return windows


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """The expression without the word that announced it."""
    start, end = match.span()
    groups = match.groupdict()
    for name in ("month", "year"):
        if groups.get(name) is not None and set(groups) <= {"year", "last"} | (
            {"month", "before"} if name == "month" else set()
        ):
            start = match.start(name)
            break
    if groups.get("before") and groups["before"].lower() in ("last", "next", "this", "early", "late", "mid"):
        start = match.start("before")
    if groups.get("last"):
        end = match.end("last")
    return start, end
