"""The year of a dateline that gives day and month alone, and the day of a story that opens with a date. Pure.

The text is evidence: years and months that it speaks of ("in May 2018"), lapses of time between them and now ("some 20
months ago"), and the weekday of its news ("said on Friday"). A year is inferred only where two independent pieces of
evidence meet and no other year comes near; else it stays unknown. The clock and the file's time are never asked.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from search.dates import NUMBER_WORDS
from search.read.date_notation import (
    DAY_FIRST,
    MONTH,
    MONTH_FIRST,
    WEEKDAY,
    month_number,
    parse_written_date,
    weekday_number,
)

__all__ = ["infer_day", "infer_year"]

_MOST = 60  # moments, and lapses, that are weighed against each other
LONGEST = 60_000  # characters of the text that are read for evidence

# Weights of the evidence, and what it takes. A weekday agrees by chance for one year in seven, a stated lapse hardly.
LAPSE, NEAR_LAPSE = 3, 2
SAME_WEEKDAY, NEXT_WEEKDAY, OTHER_WEEKDAY = 2, 1, -2
SOON_AFTER, SOON_AFTER_DAY, SOON_BEFORE, TIMELINE = 1, 2, 2, 1
ENOUGH, LEAD = 4, 2

_RARE = 5 * 12  # months: lengths of time below this are so common that their sum with a year proves nothing by itself


@dataclass(frozen=True, slots=True)
class _Moment:
    """A year or month that the text speaks of: months counted from year 0, and where it stands."""

    first: int
    last: int
    start: int
    end: int
    ahead: bool = False
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class _Lapse:
    """A length of time in the text, in months from `least` to `most`, and where it stands."""

    least: float
    most: float
    start: int
    end: int
    ago: bool = False
    early: float = 0  # months by which people round a number of years up …
    late: float = 12  # … and beyond which they would rather have named the next
    count: float = 0  # years, where it is a round number of them


_NUMBER = r"\d{1,3}|" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))

_YEAR = re.compile(
    r"(?<![\d.,/$€£-])(?P<year>1[89]\d\d|20\d\d)(?![\d%]|[.,]\d|-\d"
    r"|\s+(?:people|men|troops|soldiers|dollars|kilomet|miles))",
    re.IGNORECASE,
)
_BEFORE_YEAR = re.compile(
    rf"(?:(?P<written>(?:{MONTH_FIRST},?|{DAY_FIRST}))\s+|(?P<only_month>{MONTH}),?\s+(?:of\s+)?)\Z".replace(
        "(?P<day>", "(?:"
    ).replace("(?P<month>", "(?:"),
    re.IGNORECASE,
)
_LONGEST_DAY = 28  # characters of a day and month, and what parts them from their year
_AHEAD = re.compile(
    r"\b(?:will|would|shall|must|due|planned|plans|scheduled|expected|expires?|target|goal|could|(?-i:may)|might|should|"
    r"(?:are|is|was|were|set) to|next year)\b|\b(?:until|till|by)\s+(?:the\s+end\s+of\s+)?$",
    re.IGNORECASE,
)
_LAPSE = re.compile(
    rf"(?P<hedge>(?:less than|under|not yet|nearly|almost|just under|more than|over|some|about|around|roughly|"
    rf"approximately)\s+)?(?:the\s+(?:past|last)\s+)?\b(?P<number>{_NUMBER})(?P<half>\s+and\s+a\s+half)?[\s-]+"
    r"(?P<unit>years?|months?|decades?)\b(?P<tail>\s+(?:ago|earlier|before|later|after|on|since))?",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\b(?:year|month|decade)s?\b", re.IGNORECASE)
_LONGEST_NUMBER = 60  # characters from the start of a lapse to its unit …
_LONGEST_TAIL = 40  # … and from that to its end
_NEIGHBOUR = re.compile(r"\b(?P<which>last|next|this)\s+year,\s+(?:in\s+)?(?P<year>20\d\d|19\d\d)\b", re.IGNORECASE)
_BORN = re.compile(r"\bborn\b[^.]{0,60}?$", re.IGNORECASE)
_AGED = re.compile(
    r"\b(?:aged?|at|was|is|turned)\s+(?P<age>[1-9]\d|1[01]\d)\b(?!\s*(?:percent|per|%|years?|million|,\d))",
    re.IGNORECASE,
)
_NEWS_DAY = re.compile(rf"\b(?:on|late|early|overnight)\s+(?:late\s+|early\s+)?(?P<weekday>{WEEKDAY})", re.IGNORECASE)
_DATED_DAY = re.compile(
    rf"\b(?P<weekday>{WEEKDAY})(?:\s+(?:evening|night|morning|afternoon))?,?\s+(?:(?:on\s+)?(?:the\s+)?)(?:{DAY_FIRST}|{MONTH_FIRST})".replace(
        "(?P<day>", "(?P<day1>", 1
    ).replace("(?P<month>", "(?P<month1>", 1)
    + r"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)”\"'’][.!?])[\"”'’)]*\s+(?=[\"“‘'(]*[A-Z])|\n+")


def infer_year(month: int, day: int, text: str, *, weekday: int | None = None) -> int | None:
    """The year in which a story dated `month` and `day` was published, where `text` justifies one; else None.

    `weekday` (Monday is 0) is the one that the dateline itself gives.
    """
    text = text[:LONGEST]
    sentences = list(_sentences(text))
    moments = list(islice(_moments(text, sentences), _MOST))
    if not moments:
        return None
    lapses = list(islice(_lapses(text), _MOST))
    stated = _stated_years(text)
    weekdays = [weekday] if weekday is not None else _news_weekdays(text)
    floor = max((moment.first for moment in moments if not moment.ahead), default=0)
    latest = max(moment.last for moment in moments) // 12 + 1
    told: dict[dt.date, int] = {}
    for year in range(max(1800, floor // 12), min(latest + 60, 2199)):
        date = _date(year, month, day)
        if date and year * 12 + month - 1 >= floor:  # else the text tells of something later, as done
            lapse = _lapse_score(date, moments, lapses, sentences, text)
            told[date] = lapse + (LAPSE if year in stated else 0)
    if not any(
        lapse >= NEAR_LAPSE or _is_soon_before(date, moments) or _is_soon_after(date, moments)
        for date, lapse in told.items()
    ):
        return None  # a weekday and a year somewhere in the text go together by chance once in a few stories
    certain = max(told.values(), default=0) >= LAPSE
    scores: dict[int, int] = {}
    for date, lapse in told.items():
        scores[date.year] = lapse + _weekday_score(date, weekdays, certain=weekday is not None)
        if (
            lapse >= NEAR_LAPSE or not certain
        ):  # a year that a stated lapse speaks against gets nothing from its neighbours
            scores[date.year] += _neighbourhood_score(date, moments)
    ranked = sorted(scores, key=lambda year: (-scores[year], year))
    if not ranked or scores[ranked[0]] < ENOUGH:
        return None
    if len(ranked) > 1 and scores[ranked[0]] - scores[ranked[1]] < LEAD:
        return None
    return ranked[0]


def infer_day(text: str) -> dt.date | None:
    """The day of a story with no date of its own that names the day of its news early on ("Friday, 30 November 2018").

    The weekday must be that day's; a year that is not written is inferred. Where the story goes on to tell of the next
    day or the one after ("announced on Saturday"), it was published then.
    """
    text = text[:LONGEST]
    for match in list(_DATED_DAY.finditer(text[:1500]))[:3]:
        month = month_number(match["month1"] or match["month"])
        day, weekday = int(match["day1"] or match["day"]), weekday_number(match["weekday"])
        year = int(match["year"]) if match["year"] else infer_year(month, day, text, weekday=weekday)
        date = _date(year, month, day) if year else None
        if date is None or date.weekday() != weekday:
            continue
        if any(
            moment.day and moment.day > date and not moment.ahead for moment in _moments(text, list(_sentences(text)))
        ):
            continue  # something later is told as done: this is history
        return _told_by(date, text)
    return None


def _told_by(date: dt.date, text: str) -> dt.date:
    """`date`, or the later of the two days after it that the story tells of as past."""
    told = date
    for start, end in _sentences(text):
        sentence = text[start:end]
        for news in _NEWS_DAY.finditer(sentence):
            # "On Saturday he is to be sworn in", "she had said on Monday": what it goes with is on one side.
            beside = (
                sentence[: news.end() + 80] if news.start() < 5 else sentence[max(0, news.start() - 30) : news.end()]
            )
            if _AHEAD.search(beside) or re.search(r"\b(?:had|last|previous)\b", beside):
                continue
            after = (weekday_number(news["weekday"]) - date.weekday()) % 7
            if after in {1, 2}:
                told = max(told, date + dt.timedelta(days=after))
    return told


# Evidence -----------------------------------------------------------------------------------------------------


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _moments(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[_Moment]:
    at = 0
    for match in _YEAR.finditer(text):
        before_year = text[max(0, match.start() - _LONGEST_DAY) : match.start()]
        dated = _BEFORE_YEAR.search(before_year) if before_year[-1:].isspace() else None
        start = match.start() - len(before_year) + dated.start() if dated else match.start()
        while at + 1 < len(sentences) and sentences[at][1] < match.start("year"):
            at += 1
        year = int(match["year"])
        first, last, day = year * 12, year * 12 + 11, None
        if dated and dated["only_month"]:
            first = last = year * 12 + month_number(dated["only_month"]) - 1
        elif dated and dated["written"] and (written := parse_written_date(f"{dated['written'].rstrip(',')} {year}")):
            day = written.interval.first
            first = last = year * 12 + day.month - 1
        before = text[max(sentences[at][0], start - 90) : match.start("year")]
        yield _Moment(first, last, start, match.end(), bool(_AHEAD.search(before)), day)


def _lapses(text: str) -> Iterator[_Lapse]:
    for match in _lapse_matches(text):
        number = match["number"].lower()
        unit = match["unit"].lower()
        months = {"y": 12, "m": 1, "d": 120}[unit[0]]
        count = (int(number) if number.isdigit() else NUMBER_WORDS[number]) + (0.5 if match["half"] else 0)
        if count == 0:
            continue
        size = count * months
        hedge = (match["hedge"] or "").split(" ")[0].lower()
        slack = {"y": 12.0, "m": 2.0, "d": 36.0}[unit[0]]
        least, most = size, size + slack - 1
        if hedge in {"less", "under", "not", "nearly", "almost", "just"}:
            least, most = size - slack, size
        elif hedge in {"some", "about", "around", "roughly", "approximately"} or unit[0] == "d":
            least = size - slack / 2
        rounding = (3, 6) if unit[0] == "y" and not hedge else (0, 12)
        tail = (match["tail"] or "").strip().lower()
        yield _Lapse(least, most, match.start(), match.end(), tail == "ago", *rounding, size / 12)


def _lapse_matches(text: str) -> Iterator[re.Match[str]]:
    """The matches of _LAPSE, looked for only where a unit of time stands: few places, where a number is many."""
    end = 0
    for unit in _UNIT.finditer(text):
        if unit.start() < end:
            continue
        match = _LAPSE.search(text, max(end, unit.start() - _LONGEST_NUMBER), unit.end() + _LONGEST_TAIL)
        if match and match.start() < unit.start():
            end = match.end()
            yield match


def _stated_years(text: str) -> set[int]:
    """The year of "next year, in 2025"; that of a birthday and an age is left to the lapses."""
    shift = {"last": 1, "this": 0, "next": -1}
    return {int(match["year"]) + shift[match["which"].lower()] for match in _NEIGHBOUR.finditer(text)}


def _lapse_score(
    date: dt.date,
    moments: Sequence[_Moment],
    lapses: Sequence[_Lapse],
    sentences: Sequence[tuple[int, int]],
    text: str,
) -> int:
    """The strongest pair of a moment and a lapse that, added up, give `date`."""
    best = 0
    now = date.year * 12 + date.month - 1
    starts = [start for start, _ in sentences]
    for moment in moments:
        since = bool(re.search(r"\bsince\s+(?:in\s+)?$", text[max(0, moment.start - 12) : moment.start]))
        # A year alone is somewhere in it; "N years" after a year are counted in years.
        since_least, since_most = now - moment.last, now - moment.first
        home = bisect_right(starts, moment.start)
        for lapse in lapses:
            if since_most < lapse.least - lapse.early or since_least > lapse.most:
                continue
            if moment.ahead and not (lapse.ago or since):
                continue
            narrow = lapse.most - lapse.least <= 12
            if moment.last > moment.first and lapse.most - lapse.least >= 11 and not _same_count(date, moment, lapse):
                continue
            exact = since_least <= lapse.least + lapse.late if narrow else date.year - moment.first // 12 == lapse.count
            away = bisect_right(starts, lapse.start)
            between = text[min(moment.end, lapse.end) : max(moment.start, lapse.start)]
            if away == home and (lapse.ago or "since" in between or len(between) < 50):
                best = max(best, LAPSE if exact else NEAR_LAPSE)
            elif (
                0 < away - home <= 2
                and moment.last == moment.first
                and re.search(
                    r"\b(?:now|today),? after\s*$", text[max(0, lapse.start - 20) : lapse.start], re.IGNORECASE
                )
            ):
                best = max(best, LAPSE)
            elif narrow and lapse.least >= _RARE and (since or moment.last == moment.first):
                best = max(best, NEAR_LAPSE)
        if moment.day and _BORN.search(text[max(0, moment.start - 80) : moment.start]):
            age = date.year - moment.day.year - ((date.month, date.day) < (moment.day.month, moment.day.day))
            if any(int(match["age"]) == age for match in _AGED.finditer(text)):
                best = max(best, NEAR_LAPSE)
    return best


def _same_count(date: dt.date, moment: _Moment, lapse: _Lapse) -> bool:
    """A year and a round number of years are added as years: "in 1954, 60 years ago" is 2014 throughout."""
    year = moment.first // 12
    return lapse.least / 12 <= date.year - year <= lapse.most / 12


def _news_weekdays(text: str) -> list[int]:
    """The weekdays of the news, as the first paragraphs have them, in order; none of another week."""
    lead = "\n".join(re.split(r"\n+", text[:3000])[:4])
    return list(dict.fromkeys(weekday_number(match["weekday"]) for match in _NEWS_DAY.finditer(lead)))[:3]


def _weekday_score(date: dt.date, weekdays: Sequence[int], *, certain: bool) -> int:
    """The first weekday that the story names is mostly its dateline's; news of a late evening is dated next day."""
    if not weekdays:
        return 0
    if date.weekday() == weekdays[0]:
        return SAME_WEEKDAY
    if certain:
        return -ENOUGH
    if (date.weekday() - 1) % 7 == weekdays[0]:
        return SAME_WEEKDAY if date.weekday() in weekdays else NEXT_WEEKDAY
    return OTHER_WEEKDAY


def _neighbourhood_score(date: dt.date, moments: Sequence[_Moment]) -> int:
    """Something told as done within the year before, something ahead within the months after, and years in a row."""
    now = date.year * 12 + date.month - 1
    past = [moment for moment in moments if not moment.ahead and moment.first <= now]
    score = 0
    if any(now - moment.last <= 12 for moment in past):
        score += SOON_AFTER
    if _is_soon_before(date, moments):
        score += SOON_BEFORE
    if _is_soon_after(date, moments):
        score += SOON_AFTER_DAY
    if len({moment.first // 12 for moment in past if now - moment.last <= 60}) >= 2:
        score += TIMELINE
    # Nobody writes the year of a month that is not over: "in October 2021" is not of October 2021.
    return score - (
        TIMELINE + SOON_AFTER if any(moment.first == now == moment.last and not moment.day for moment in past) else 0
    )


def _is_soon_before(date: dt.date, moments: Iterable[_Moment]) -> bool:
    """Does the text look ahead to a day of the months after `date` ("will begin on Jan. 1, 2023")?"""
    now = date.year * 12 + date.month - 1
    return any(moment.ahead and moment.day and 0 < moment.first - now <= 6 for moment in moments)


def _is_soon_after(date: dt.date, moments: Sequence[_Moment]) -> bool:
    """Is the last thing that the text tells of a day of the three months before `date`, written out with its year?

    Not the very day a year on: that is how anniversaries are told.
    """
    past = [moment for moment in moments if not moment.ahead]
    latest = max(past, key=lambda moment: moment.last, default=None)
    return latest is not None and latest.day is not None and 0 < (date - latest.day).days <= 92


def _date(year: int, month: int, day: int) -> dt.date | None:
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return dt.date(year, month, day)
