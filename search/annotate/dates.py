"""The dates that a text speaks of: pure functions from text and date of publication to intervals.

Relative expressions ("last week", "on Sunday", "two years ago") are resolved against the date of publication, and left
out where that is not known as exactly as they need: days need a day, months a month, years a year. Weeks run from
Monday to Sunday. A weekday is the last one up to the day of publication, a month without a year the last one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple

from search.dates import Interval, month_interval, year_interval

__all__ = ["DateMention", "find_dates"]


class DateMention(NamedTuple):
    """Characters `start`…`end` speak of `interval`; `why` is "date" or says what it was resolved against."""

    start: int
    end: int
    interval: Interval
    why: str


Handler = Callable[[re.Match[str], "Interval | None"], "Interval | None"]

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTH_NUMBER = {name[:3].lower(): number for number, name in enumerate(_MONTHS, 1)}
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_DAY_NUMBER = {name[:3].lower(): number for number, name in enumerate(_DAYS)}
_NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_COUNT = {word: n for n, word in enumerate(_NUMBERS)} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50}
_COUNT |= {"several": 0, "few": 0}

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

# Steps ------------------------------------------------------------------------------------------------------


def _day(year: int, month: int, day: int) -> Interval:
    date = dt.date(year, month, day)
    return Interval(date, date)


def _shift_months(date: dt.date, months: int) -> tuple[int, int]:
    """Year and month, `months` after that of `date`."""
    at = date.year * 12 + date.month - 1 + months
    return at // 12, at % 12 + 1


def _week(date: dt.date, weeks: int = 0) -> Interval:
    monday = date - dt.timedelta(days=date.weekday()) + dt.timedelta(weeks=weeks)
    return Interval(monday, monday + dt.timedelta(days=6))


def _month(name: str) -> int:
    return _MONTH_NUMBER[name[:3].lower()]


def _known_day(published: Interval | None) -> dt.date | None:
    return published.first if published is not None and published.precision == "day" else None


def _known_month(published: Interval | None) -> dt.date | None:
    return published.first if published is not None and published.precision in ("day", "month") else None


def _known_year(published: Interval | None) -> int | None:
    return published.first.year if published is not None and published.first.year == published.last.year else None


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNT.get(word.lower(), 0)


# Dates with a number of the day ------------------------------------------------------------------------------


def _iso(match: re.Match[str], published: Interval | None) -> Interval | None:
    return _day(int(match["year"]), int(match["m"]), int(match["d"]))


def _slashed(match: re.Match[str], published: Interval | None) -> Interval | None:
    one, two, year = int(match["a"]), int(match["b"]), int(match["year"])
    if match["sep"] == ".":
        return _day(year, two, one)
    if one > 12 or one == two:
        return _day(year, two, one)
    return _day(year, one, two) if two > 12 else None  # 4/5/2021 is two dates


def _full(match: re.Match[str], published: Interval | None) -> Interval | None:
    month, day = _month(match["month"]), int(match["day"])
    last = match.groupdict().get("until")
    if match["year"]:
        year = int(match["year"])
    else:
        near = _nearest_year(published, month, day)
        if near is None:
            return None
        year = near
    first = dt.date(year, month, day)
    if last:
        end = dt.date(year, month, int(last))
        return Interval(first, end) if end > first else None
    return Interval(first, first)


def _nearest_year(published: Interval | None, month: int, day: int) -> int | None:
    """The year that puts a day nearest to the publication: dates without one are rarely half a year off."""
    if published is None or published.precision == "span":
        return None
    if published.precision == "year":
        return published.first.year
    middle = published.first
    distances = []
    for year in (middle.year - 1, middle.year, middle.year + 1):
        try:
            distances.append((abs((dt.date(year, month, day) - middle).days), year))
        except ValueError:  # February 29
            continue
    return min(distances)[1] if distances else None


# Months and years -------------------------------------------------------------------------------------------


def _month_of_year(match: re.Match[str], published: Interval | None) -> Interval | None:
    return month_interval(int(match["year"]), _month(match["month"]))


def _months_of_year(match: re.Match[str], published: Interval | None) -> Interval | None:
    year = int(match["year"])
    first, last = month_interval(year, _month(match["from"])), month_interval(year, _month(match["month"]))
    return Interval(first.first, last.last)


def _month_of_relative_year(match: re.Match[str], published: Interval | None) -> Interval | None:
    year = _known_year(published)
    if year is None:
        return None
    step = {"last": -1, "previous": -1, "this": 0, "next": 1}[match["which"].lower()]
    month = _month(match["month"])
    if match.groupdict().get("day"):
        return _day(year + step, month, int(match["day"]))
    return month_interval(year + step, month)


def _bare_month(match: re.Match[str], published: Interval | None) -> Interval | None:
    now = _known_month(published)
    if now is None:
        return None
    month = _month(match["month"])
    before = match["before"].lower()
    if before == "next":
        year = now.year if month > now.month else now.year + 1
    elif before == "last":
        year = now.year if month < now.month else now.year - 1
    elif before in ("by", "until", "till", "this"):
        year = now.year if month >= now.month or now.month - month < 6 or before == "this" else now.year + 1
    else:
        year = now.year if month <= now.month else now.year - 1
    return month_interval(year, month)


def _year(match: re.Match[str], published: Interval | None) -> Interval | None:
    return year_interval(int(match["year"]))


def _announced_year(match: re.Match[str], published: Interval | None) -> Interval | None:
    # The word before is looked at from the number: the other way round, every "in" and "of" would be tried.
    before = _ANNOUNCES.search(match.string, max(0, match.start() - 24), match.start())
    return year_interval(int(match["year"])) if before else None


def _years(match: re.Match[str], published: Interval | None) -> Interval | None:
    first = int(match["year"])
    last = int(match["last"]) if len(match["last"]) == 4 else first // 100 * 100 + int(match["last"])
    if not first < last <= 2100 or last - first > 200:
        return None
    return Interval(dt.date(first, 1, 1), dt.date(last, 12, 31))


def _decade(match: re.Match[str], published: Interval | None) -> Interval | None:
    first = int(match["decade"])
    return Interval(dt.date(first, 1, 1), dt.date(first + 9, 12, 31))


def _century(match: re.Match[str], published: Interval | None) -> Interval | None:
    number = int(match["century"])
    if not 15 <= number <= 21:
        return None
    return Interval(dt.date(number * 100 - 99, 1, 1), dt.date(number * 100, 12, 31))


def _quarter(match: re.Match[str], published: Interval | None) -> Interval | None:
    ordinals = {"first": 1, "second": 2, "third": 3, "fourth": 4}
    number = ordinals[match["ordinal"].lower()] if match["ordinal"] else int(match["q"])
    year = int(match["year"])
    return Interval(dt.date(year, 3 * number - 2, 1), month_interval(year, 3 * number).last)


# Relative to the publication ----------------------------------------------------------------------------------


def _weekday(match: re.Match[str], published: Interval | None) -> Interval | None:
    today = _known_day(published)
    if today is None:
        return None
    wanted = _DAY_NUMBER[match["weekday"][:3].lower()]
    before = (match["which"] or "").lower()
    back = (today.weekday() - wanted) % 7
    if before in ("next", "coming"):
        date = today + dt.timedelta(days=7 - back)
    elif before in ("last", "previous", "past"):
        date = today - dt.timedelta(days=back or 7)
    elif before == "this":
        date = _week(today).first + dt.timedelta(days=wanted)
    else:
        date = today - dt.timedelta(days=back)
    return Interval(date, date)


def _named_day(match: re.Match[str], published: Interval | None) -> Interval | None:
    today = _known_day(published)
    if today is None:
        return None
    word = match["named"].lower()
    date = today + dt.timedelta(
        days=-1 if "yesterday" in word or word == "last night" else 1 if "tomorrow" in word else 0
    )
    if word.startswith("the day"):
        date += dt.timedelta(days=-1 if "yesterday" in word else 1)
    return Interval(date, date)


def _unit(match: re.Match[str], published: Interval | None) -> Interval | None:
    step = {"last": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}[match["which"].lower()]
    match match["unit"].lower():
        case "week":
            today = _known_day(published)
            return _week(today, step) if today else None
        case "weekend":
            today = _known_day(published)
            if today is None:
                return None
            monday = _week(today, step).first
            return Interval(monday + dt.timedelta(days=5), monday + dt.timedelta(days=6))
        case "month":
            now = _known_month(published)
            return month_interval(*_shift_months(now, step)) if now else None
        case _:
            year = _known_year(published)
            return year_interval(year + step) if year is not None else None


def _ago(match: re.Match[str], published: Interval | None) -> Interval | None:
    count, unit = _count(match["count"]), match["unit"].lower().rstrip("s")
    if not count:
        return None
    if unit == "day":
        today = _known_day(published)
        return None if today is None else Interval(*[today - dt.timedelta(days=count)] * 2)
    if unit == "week":
        today = _known_day(published)
        return _week(today, -count) if today else None
    if unit == "month":
        now = _known_month(published)
        return month_interval(*_shift_months(now, -count)) if now else None
    year = _known_year(published)
    return year_interval(year - count * (10 if unit == "decade" else 1)) if year is not None else None


def _stretch(match: re.Match[str], published: Interval | None) -> Interval | None:
    count, unit = _count(match["count"]), match["unit"].lower().rstrip("s")
    ahead = match["which"].lower() in ("next", "coming")
    today = _known_day(published)
    if not count or today is None:
        return None
    sign = 1 if ahead else -1
    if unit in ("day", "week"):
        other = today + dt.timedelta(days=sign * count * (7 if unit == "week" else 1))
    else:
        months = count * {"month": 1, "year": 12, "decade": 120}[unit]
        year, month = _shift_months(today, sign * months)
        other = dt.date(year, month, min(today.day, month_interval(year, month).last.day))
    return Interval(min(today, other), max(today, other))


# What is looked for ------------------------------------------------------------------------------------------

# Words after which a number of four digits is a year, as far as the words that follow it allow.
_BEFORE_YEAR = (
    r"(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Dd]uring|[Oo]f|[Ff]rom|[Tt]o|[Bb]efore|[Aa]fter|[Bb]etween|and|or|[Yy]ear"
    r"|[Ee]arly|[Ll]ate|[Mm]id|[Aa]round|[Cc]irca|[Tt]hrough|[Tt]hroughout|[Ss]ummer|[Ww]inter|[Ss]pring|[Aa]utumn|[Ff]all|than"
    r"|as of|as early as|as late as|as far back as|back to|back in|into|[Ee]nd|,)"
)
_ANNOUNCES = re.compile(rf"(?:(?<!\w){_BEFORE_YEAR.replace('|,)', ')')}[- ]|\w, )$")
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

_PATTERNS: tuple[tuple[re.Pattern[str], Handler, str], ...] = (
    (
        re.compile(rf"\b{MONTH}(?: {DAY})?,? (?:of )?(?P<which>last|this|next|(?:the )?previous) year\b"),
        _month_of_relative_year,
        "relative to publication",
    ),
    (re.compile(_START + r"(?P<year>1[4-9]\d\d|20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?=T\d|\b)(?!-)"), _iso, "date"),
    (
        re.compile(_START + r"(?P<a>\d\d?)(?P<sep>[/.])(?P<b>\d\d?)(?P=sep)(?P<year>1[4-9]\d\d|20\d\d)" + _END),
        _slashed,
        "date",
    ),
    (  # October 17-20, 2021; Oct. 18; Wednesday, October 20
        re.compile(
            rf"\b{_ANY_WEEKDAY}{MONTH} {DAY}(?:(?: ?[-–—] ?| to | and )(?P<until>\d\d?)(?:st|nd|rd|th)?)?"
            rf"(?:,? (?:of )?{YEAR})?{_END}(?!:\d)(?! [ap]\.?m)"
        ),
        _full,
        "date",
    ),
    (  # 17-20 October 2021; 20 October, 2021; the 20th of October
        re.compile(
            rf"{_START}{_ANY_WEEKDAY}{DAY}(?:(?: ?[-–—] ?| to | and )(?P<until>\d\d?)(?:st|nd|rd|th)?)?"
            rf" (?:of )?{MONTH}(?:,? {YEAR})?{_END}"
        ),
        _full,
        "date",
    ),
    (
        re.compile(rf"\b{MONTH.replace('month', 'from', 1)} ?(?:[-–—]|to|and|or) ?{MONTH},? (?:of )?{YEAR}{_END}"),
        _months_of_year,
        "date",
    ),
    (re.compile(rf"\b{MONTH},? (?:of )?{YEAR}{_END}"), _month_of_year, "date"),
    (
        re.compile(
            r"\b(?:(?:the )?(?P<ordinal>first|second|third|fourth)[- ]quarter (?:of )?|Q(?P<q>[1-4]) (?:of )?)"
            r"(?P<year>1[89]\d\d|20\d\d)\b"
        ),
        _quarter,
        "date",
    ),
    (
        re.compile(
            rf"{_START}(?:{_BEFORE_YEAR} |the |\(){YEAR}(?: ?[-–—] ?| to )"
            r"(?P<last>(?:1[4-9]|20)\d\d|\d\d)(?![\w%-])".replace("(?<!\\bNo )", "")
        ),
        _years,
        "years",
    ),
    (re.compile(rf"\((?:(?:born|b\.|died|d\.|est\.|founded|c\.) )?{YEAR}\)"), _year, "year"),
    (re.compile(r"(?<![\w$€£])(?P<decade>1[4-9]\d0|20\d0)['’]?s\b"), _decade, "decade"),
    (re.compile(r"\b(?P<century>1[5-9]|2[01])(?:st|th)[- ][Cc]entury\b"), _century, "century"),
    (
        re.compile(
            r"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast|[Cc]oming|[Pp]revious) )?"
            r"(?<!Black )(?<!Bloody )(?<!Good )(?<!Easter )"
            r"(?<!Palm )(?<!Ash )(?<!Super )(?<!Cyber )(?<!\ba )(?<![Ee]very )(?<![Ee]ach )"
            + WEEKDAY
            + r"\b(?!['’]?s\b(?! ))(?! (?:Times|Herald|Telegraph|prayers?|Mirror|Mail|Express|Sun|Post|School)\b)"
        ),
        _weekday,
        "relative to publication",
    ),
    (
        re.compile(
            r"\b(?P<named>(?:[Tt]he day (?:before|after) )?(?:[Yy]esterday|[Tt]omorrow)"
            r"|[Tt]oday|[Tt]onight|[Ll]ast night)\b"
        ),
        _named_day,
        "relative to publication",
    ),
    (
        re.compile(
            r"\b(?=[LlTtNnEe])(?<!\bthe )(?<!\bThe )(?<!\bits )(?<!\bhis )(?<!\bher )(?<!\btheir )"
            r"(?:[Ee]arlier |[Ll]ater |[Ll]ate |[Ee]arly )?(?P<which>[Ll]ast|[Tt]his|[Nn]ext) "
            r"(?P<unit>weekend|week|month|year)\b(?! of\b)(?!-)"
        ),
        _unit,
        "relative to publication",
    ),
    (
        re.compile(
            rf"(?<![\w,.]){NUMBER} (?P<unit>days?|weeks?|months?|years?|decades?) (?:ago|earlier this)\b", re.IGNORECASE
        ),
        _ago,
        "relative to publication",
    ),
    (
        re.compile(
            rf"\b(?:the )?(?P<which>next|coming|last|past) {NUMBER} (?P<unit>days?|weeks?|months?|years?|decades?)\b",
            re.IGNORECASE,
        ),
        _stretch,
        "relative to publication",
    ),
    (
        re.compile(
            rf"\b(?P<before>[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]y|[Dd]uring|[Ff]rom|[Ll]ast|[Nn]ext"
            r"|[Tt]his|[Ee]arly|[Ll]ate|[Mm]id|[Ee]arlier in|[Ll]ater in|[Ee]nd of|[Tt]hrough|[Bb]etween)"
            rf"(?: early| late| mid|)[- ]{MONTH}\b(?! ?\d)"
            r"(?!['’]s (?:office|government|party|cabinet|deal|resignation))"
        ),
        _bare_month,
        "relative to publication",
    ),
    (re.compile(rf"(?<![\w$€£#./]){YEAR}{_END}{_NO_COUNT}"), _announced_year, "year"),
    (
        re.compile(
            rf"(?<!\w){_OWNER} (?P<year>19\d\d|20\d\d|18\d\d){_END}(?=[ -][A-Za-z]){_NO_COUNT}"
            r"(?! [a-z]+(?:ers|ors|ists|ians|ees)\b)"
        ),
        _year,
        "year",
    ),
)


def find_dates(text: str, published: Interval | None = None) -> list[DateMention]:
    """The dates in a text, in order, without overlap. Never raises: a day that is not in the calendar is no date."""
    found: list[DateMention] = []
    taken = bytearray(len(text))
    for pattern, handler, why in _PATTERNS:
        for match in pattern.finditer(text):
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
