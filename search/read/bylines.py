"""Bylines, and the names of people, outlets and agencies that stand alone on a line. Pure."""

from __future__ import annotations

import re

from search.countries import COUNTRIES

__all__ = ["AGENCY", "OUTLET_WORD", "byline_place", "find_byline", "is_role", "person_name"]

OUTLET_WORD = re.compile(
    r"\b(?:news|newspaper|agency|times|post|daily|gazette|herald|tribune|press|journal|wire|desk|chronicle"
    r"|observer|review|guardian|telegraph|standard|monitor|bulletin|courier|express|mirror|dispatch|sentinel|examiner"
    r"|radio|tv|television|broadcasting|magazine|weekly|online|media|reporter|correspondent|bureau|reuters|afp|ap"
    r"|xinhua|tass|anadolu|newswire)\b",
    re.IGNORECASE,
)
_ONE_AGENCY = (
    r"(?:reuters|(?:the )?associated press|agence france[- ]presse|xinhua(?: news agency)?|anadolu(?: agency)?|tasnim"
    r"|bloomberg|interfax|sputnik|ria novosti|kyodo(?: news)?|yonhap|bernama|antara|mehr|tass|itar-tass"
    r"|(?-i:AA|AAP|AFP|AKI|ANI|ANP|ANSA|AP|APA|APP|BNA|BSS|BTA|CTK|DPA|dpa|EFE|GNA|IANS|INA|IRNA|ISNA|KCNA|KUNA"
    r"|Lusa|LUSA|MENA|MNA|MTI|NAN|NNA|NTB|PAP|PNA|PTI|QNA|SANA|SPA|STT|TNN|UNI|UPI|WAM|CNN))"
)
AGENCY = re.compile(rf"{_ONE_AGENCY}(?:\s*(?:,|/|&|\band\b|\bwith\b)\s*{_ONE_AGENCY}){{0,3}}", re.IGNORECASE)
"""A line or a part of one that is the name of news agencies alone (full match)."""

# Words of a name are parted by spaces alone: each line is read in one way, so that none takes long to refuse.
_NAME_WORD = r"(?:[A-ZÀ-ÞĀ-Ž][\w.'’-]*|(?:al|el|bin|ibn|de|da|di|van|von|der|den|la|le|del|dos|du)(?:-[\w.'’-]+)?)"
_NAME = rf"{_NAME_WORD}(?: {_NAME_WORD}){{1,5}}"
_BYLINE = re.compile(
    rf"(?i:(?:story |text |report(?:ed)? |written |article )?by:?|author:|reporter:)\s+(?P<name>{_NAME}(?:(?:,"
    rf"| and|,? &)\s+{_NAME}){{0,4}})"
    r"(?:\s*[,|–—-]\s*(?P<role>[^.!?]{2,80})|\s+(?i:in|for)\s+[A-Z][\w .'’-]{2,40})?\s*\.?"
)
_ROLE = re.compile(
    r"\b(?:correspondent|reporter|editor|writer|staff|columnist|analyst|bureau|desk|news|agency|press|times|post"
    r"|chief|in [A-Z]\w+|"
    r"[A-Z]{2,5}|[A-Z][a-z]+)\b"
)


_COUNTRY_NAMES = frozenset(name.casefold() for name in COUNTRIES.values())
_NO_PERSON = re.compile(
    r"\b(?:and|editor|edition|politics|world|business|sports?|opinion|culture|africa|asia|europe|america|americas"
    r"|middle|east|west|north|south|the|top|latest|live|read|share|more|about|contact|photo|video|rights|reserved"
    r"|team|group|company|limited|ltd|inc|staff|section|page|home|breaking|special|free|print|our|your|us|in|of|for)\b",
    re.IGNORECASE,
)


def find_byline(line: str) -> str | None:
    """The author of a line that is a byline and nothing else ("By Hadi Rezaei"); None for any other line."""
    if len(line) > 200:
        return None
    line = line.strip(" |*_-–—")
    if line[:1] not in _BYLINE_STARTS:
        return None
    match = _BYLINE.fullmatch(line)
    if match is None or (match["role"] and not _ROLE.search(match["role"])):
        return None
    name = match["name"].strip().rstrip(".,")
    return _in_normal_case(name) if name else None


def byline_place(line: str) -> str | None:
    """The place that a byline names: "By Eleanor Marsh in Paris"."""
    if find_byline(line) is None:
        return None
    match = re.search(rf"\sin\s+(?P<place>{_NAME_WORD}(?: {_NAME_WORD}){{0,2}})\s*\.?$", line)
    return match["place"].rstrip(".") if match else None


def person_name(line: str) -> str | None:
    """`line` in normal case where it looks like the name of one person and nothing else; None where it does not."""
    words = line.split()
    if not 2 <= len(words) <= 4 or len(line) > 40 or re.search(r"[\d!?:;,|@#/()\"“”‘]", line):
        return None
    if not re.fullmatch(_NAME, line) or OUTLET_WORD.search(line) or AGENCY.fullmatch(line):
        return None
    if _NO_PERSON.search(line) or line.casefold() in _COUNTRY_NAMES or words[-1].casefold() in _COUNTRY_NAMES:
        return None
    return _in_normal_case(line)


def is_role(line: str) -> bool:
    """Is the line what a byline says of its author: "Business reporter, BBC News, Warsaw"?"""
    return len(line) <= 80 and bool(_ROLE_LINE.fullmatch(line))


_ROLE_LINE = re.compile(
    r"(?:[A-Z][\w’'&-]*(?: [\w’'&-]+){0,4} )?(?i:correspondent|reporter|editor|writer|columnist|analyst|bureau chief"
    r"|producer|journalist)(?:(?:,| in| at| for) [A-Z][\w .,’'&-]{1,50})?"
)
_BYLINE_STARTS = frozenset("bBsStTrRwWaA")


def _in_normal_case(name: str) -> str:
    """ "SAMIR AL-JABOURI" → "Samir al-Jabouri"; a name that has a small letter stays as it is."""
    if not name.isupper():
        return name
    words = []
    for word in name.split(" "):
        parts = [part if re.fullmatch(r"(?:\w\.)+", part) else _capital(part) for part in word.split("-")]
        if len(parts) > 1 and parts[0] in {"Al", "El"}:
            parts[0] = parts[0].lower()
        words.append("-".join(parts))
    return re.sub(
        r"\b(?:And|De|Da|Di|Van|Von|Der|Den|Dos|Du|Bin|Ibn)\b(?!$)", lambda small: small[0].lower(), " ".join(words)
    )


def _capital(word: str) -> str:
    prefix = re.match(r"(?:MC|[DO]['’])(?=\w)", word)
    return prefix[0].capitalize() + word[prefix.end() :].capitalize() if prefix else word.capitalize()
