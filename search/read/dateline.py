"""Datelines: what a story's first paragraph opens with ("TEHRAN, Jul. 16 (MNA) –"). Pure."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from search.countries import COUNTRIES
from search.dates import Interval
from search.read.date_notation import (
    DAY_FIRST,
    MONTH,
    MONTH_FIRST,
    WEEKDAY,
    month_number,
    parse_written_date,
    weekday_number,
)

__all__ = ["NO_PLACE", "TITLE_PLACE", "UPPER_PLACE", "Dateline", "parse_dateline", "place_name"]


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says. `month` and `day` are given where the year is not; `end` is where the story starts."""

    place: str | None = None
    agency: str | None = None
    interval: Interval | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    end: int = 0


# Datelines ----------------------------------------------------------------------------------------------------

_LONGEST = 140  # characters within which a dateline is looked for

_UPPER_WORD = r"[^\W\d_a-zß-öø-ÿ](?:[^\W\d_a-zß-öø-ÿ]|[.'’-](?=\w|\s|,|/)|(?<=[A-Z])c(?=[A-Z]))*"
_SMALL = r"(?:de|del|da|do|dos|la|le|el|al|an|au|of|the|and|on|upon|sur)"
UPPER_PLACE = rf"{_UPPER_WORD}(?: (?:{_SMALL} )?{_UPPER_WORD}){{0,4}}"
_TITLE_WORD = r"[^\W\d_a-zß-öø-ÿ][\w.'’-]*"
TITLE_PLACE = rf"{_TITLE_WORD}(?: (?:{_SMALL} )?{_TITLE_WORD}){{0,3}}"
_MONTH_START = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*"
_AREA = rf"(?:,\s*(?!(?i:{_MONTH_START})\b\.?[\s,]){TITLE_PLACE})?"

_DATE = (
    rf"(?P<date>(?:{WEEKDAY}[,\s]+)?(?:{DAY_FIRST}|{MONTH_FIRST}".replace("(?P<day>", "(?:").replace(
        "(?P<month>", "(?:"
    )
    + r")(?:,?\s+(?:19|20)\d\d\b)?|(?:19|20)\d\d-\d\d-\d\d|\d\d?[./]\d\d?[./](?:19|20)\d\d)"
)
_AGENCY = r"(?:\((?P<agency>[^()]{2,60})\)|/(?P<slashed>[^/]{2,30})/\.?)"
_DASH = r"(?:\.?(?:\s*[–—―]+|\s+-{1,3}|\s*--+)|\.-+)\s*"
_WORDS_START = r"(?=[\"'“”‘’«(\[]*\w)"

_FORMS = tuple(
    re.compile(form)
    for form in (
        # KYIV, March 3 (Reuters) — | TEHRAN, Jul. 16 (MNA) – | MOSCOW, October 18. /TASS/. | NEW DELHI, Feb 27:
        rf"(?P<place>{UPPER_PLACE}(?:/{UPPER_PLACE})*){_AREA},?\s+(?i:{_DATE})[.,]?\s*{_AGENCY}?(?:{_DASH}"
        rf"|\s*:\s+|(?<=[)/.])\s+)",
        rf"(?P<place>{UPPER_PLACE}(?:/{UPPER_PLACE})*){_AREA}[,.]?\s*{_AGENCY}(?:\s*,?\s*(?i:{_DATE}))?(?:{_DASH}|\s*[:,]\s+|\s+)",
        rf"(?P<place>{UPPER_PLACE}(?:/{UPPER_PLACE})*){_AREA}\s*\((?i:{_DATE})\)(?:{_DASH}|\s*:\s+)",
        rf"(?P<place>{UPPER_PLACE}(?:/{UPPER_PLACE})*){_AREA},?\s+(?i:{_DATE})(?:{_DASH}|\s*[:.,]\s+|$)",
        rf"(?P<place>{UPPER_PLACE}(?:/{UPPER_PLACE})*){_AREA}(?:{_DASH}|\s*:\s+)",
        # Moscow (IP): | London, 3 March 2022 - | afrol News, 27 January -
        rf"(?P<place>{TITLE_PLACE}(?:/{TITLE_PLACE})*){_AREA},?\s*(?:(?i:{_DATE})[.,]?\s*)?{_AGENCY}\s*(?:{_DASH}|\s*:\s+)",
        rf"(?P<place>\w[\w.'’-]*(?: {_TITLE_WORD}){{0,3}}){_AREA},?\s+(?i:{_DATE})\s*(?:{_DASH}|\s*:\s+)",
        # Tehran, Oct 17, IRNA – | Damascus, SANA-
        rf"(?P<place>{TITLE_PLACE}),?\s+(?:(?i:{_DATE}),\s+)?(?P<slashed>[A-Z]{{3,8}})\s*[–—-]+\s*",
        # Ramallah - WAFA -
        rf"(?P<place>{TITLE_PLACE})\s+[–—-]\s+(?P<slashed>[A-Z]{{3,8}})\s+[–—-]+\s+",
        # Santos, Brazil: The …
        rf"(?P<place>{TITLE_PLACE}),\s+(?P<country>{TITLE_PLACE}):\s+(?=[\"'“‘«]?[^\W\d_a-zß-öø-ÿ])",
        # Islamabad, Mar 3 (PTI) Pakistan …
        rf"(?P<place>{TITLE_PLACE}){_AREA},?\s+(?i:{_DATE})[.,]?\s*{_AGENCY}\s+",
        # Harare – Robert Mugabe …
        rf"(?P<place>{TITLE_PLACE})\s+[–—]\s+(?=[\"'“‘«]?[^\W\d_a-zß-öø-ÿ])(?!.{{0,80}}\s[–—]\s)",
        # (Reuters) –
        rf"{_AGENCY}(?:{_DASH}|\s*:\s+)",
    )
)

# Words that stand in capitals before a dash or a colon and are no place.
NO_PLACE = frozenset(
    [
        "ALERT",
        "ANALYSIS",
        "BLOG",
        "BREAKING",
        "BRIEF",
        "COLUMN",
        "COMMENT",
        "CORRECTED",
        "CORRECTION",
        "EDITORIAL",
        "EXCLUSIVE",
        "EXPLAINED",
        "EXPLAINER",
        "FACTBOX",
        "FEATURE",
        "FLASH",
        "FOCUS",
        "GRAPHIC",
        "INSIGHT",
        "INTERVIEW",
        "JUST",
        "LIVE",
        "NEWS",
        "NOTE",
        "OPINION",
        "PHOTO",
        "PHOTOS",
        "PICTURES",
        "POLL",
        "PREVIEW",
        "PROFILE",
        "QUESTION",
        "ANSWER",
        "Q",
        "A",
        "RECAP",
        "REFILE",
        "REPORT",
        "REVIEW",
        "SPECIAL",
        "SUMMARY",
        "TIMELINE",
        "TOP",
        "UPDATE",
        "UPDATED",
        "URGENT",
        "VIDEO",
        "WATCH",
        "WRAPUP",
        "READ",
        "SEE",
        "ALSO",
        "RELATED",
        "MORE",
        "NATO",
        "UN",
        "EU",
        "ECOWAS",
        "OPEC",
        "ASEAN",
        "IAEA",
        "IMF",
        "WHO",
        "NASA",
        "FBI",
        "CIA",
        "BRICS",
        "I",
        "HE",
        "SHE",
        "IT",
        "WE",
        "WARNING",
        "SPORT",
        "SPORTS",
        "BUSINESS",
        "WORLD",
        "POLITICS",
        "FULL",
        "TEXT",
        "TRANSCRIPT",
        "IMPORTANT",
        "ADVERTISEMENT",
    ]
)
_COUNTRY_NAMES = frozenset(name.casefold() for name in COUNTRIES.values())
_OUTLET = re.compile(
    r"^(?:AA|AFP|ANI|AP|DPA|EFE|IRNA|ISNA|MNA|PTI|SANA|SPA|TASS|UPI|WAM)$|\b(?:News|Agency|Press|Wire|Times|Post"
    r"|Radio|TV|Media|Online|Newspaper|Service)\b"
)
_NO_AGENCY = re.compile(r"\d|\b(?:photo|file|pictured|left|right|updated?|video)\b", re.IGNORECASE)


def parse_dateline(text: str) -> Dateline | None:
    """The dateline that a story's first paragraph opens with; None where it opens with the story itself."""
    head = text[:_LONGEST].lstrip("•*-–— ")
    shift = len(text[:_LONGEST]) - len(head)
    for form in _FORMS:
        match = form.match(head)
        if match is None or (match.end() < len(head) and not re.match(_WORDS_START, head[match.end() :])):
            continue
        if found := _read_dateline(match.groupdict(), shift + match.end()):
            return found
    return None


def _read_dateline(found: dict[str, str | None], end: int) -> Dateline | None:
    agency = (found.get("agency") or found.get("slashed") or "").strip() or None
    if agency and (_NO_AGENCY.search(agency) or len(agency.split()) > 6 or not agency[0].isupper()):
        return None
    place = (found.get("place") or "").strip()
    if place.startswith("By ") or re.fullmatch(rf"{WEEKDAY}|{MONTH}", place, re.IGNORECASE):
        return None
    if place and _OUTLET.search(place):
        place, agency = "", agency or place
    if any(word in NO_PLACE for word in re.split(r"[\s/-]+", place.upper())):
        return None
    if (country := found.get("country")) and country.casefold() not in _COUNTRY_NAMES:
        return None
    written = found.get("date")
    if not place and not agency:
        return None
    if not written:
        # "U.S. – " and the like: an abbreviation is the place of no reporter.
        return Dateline(place_name(place), agency, end=end) if len(place.replace(".", "")) > 2 or agency else None
    if date := parse_written_date(written):
        return Dateline(place_name(place), agency, date.interval, weekday=date.weekday, end=end)
    month_day = re.search(rf"(?:{DAY_FIRST})", written, re.IGNORECASE) or re.search(MONTH_FIRST, written, re.IGNORECASE)
    if month_day is None:
        return None
    month, day = month_number(month_day["month"]), int(month_day["day"])
    try:
        dt.date(2000, month, day)  # a leap year: 29 February is a day of some years
    except ValueError:
        return None
    weekday = re.match(WEEKDAY, written, re.IGNORECASE)
    number = weekday_number(weekday[0]) if weekday else None
    return Dateline(place_name(place), agency, None, month, day, number, end)


def place_name(written: str) -> str | None:
    """A place in normal case: "NEW DELHI/ISLAMABAD" → "New Delhi", "PORT-AU-PRINCE, Haiti" → "Port-au-Prince"."""
    first = re.split(r"[/,]", written)[0].strip()
    if not re.search(r"\.\w\.$", first):
        first = first.strip(" .")
    if not first:
        return None
    if not first.isupper():
        return first
    parts = re.split(r"([ -])", first)
    cased = [
        part.lower() if index and re.fullmatch(_SMALL, part.lower()) else _cased(part)
        for index, part in enumerate(parts)
    ]
    return "".join(cased)


def _cased(word: str) -> str:
    if re.fullmatch(r"(?:\w\.){2,}", word):
        return word  # D.C.
    prefix = re.match(r"(?:MC|[DNL]['’])(?=\w)", word)
    if prefix:
        return prefix[0].capitalize() + word[prefix.end() :].capitalize()
    return word.capitalize()
