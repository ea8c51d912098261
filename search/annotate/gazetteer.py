"""The tables in `data/`, as one lookup of phrases by their words: countries, cities, and what only looks like them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

from search.annotate.tokens import Token, tokenize
from search.countries import COUNTRIES

__all__ = ["BLOCKED", "City", "Entry", "Gazetteer", "Match", "Why", "load_gazetteer"]

Why = Literal["name", "abbreviation", "demonym", "capital", "city", "region", "metonym", "blocked"]

BLOCKED = "blocked"
MEDIA = frozenset({"post", "times", "herald", "news", "star", "mail", "standard", "review", "journal", "globe"})
LARGE_CITY = 1_000_000  # a city of so many people is meant by its name, unless the name is mistakable


@dataclass(frozen=True, slots=True)
class City:
    """A city of GeoNames: `name` in its plain spelling, degrees of latitude and longitude."""

    name: str
    country: str
    latitude: float
    longitude: float
    population: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase stands for. `codes` are countries (two for "Korean Peninsula"); none where `why` is blocked.

    `upper`: only in capitals ("US", not "us"). `capitals`: only if its last word has one ("Washington Post", not
    "Washington post"). `sure`: evidence by itself; else only where the recogniser calls it a place, where "in" or
    "from" comes before it, or where something else in the article speaks of the country. `mistakable`: as often a
    surname, a given name or a word, so that "in" before it says nothing.
    """

    codes: tuple[str, ...]
    why: Why
    upper: bool = False
    capitals: bool = False
    sure: bool = True
    mistakable: bool = False
    city: City | None = None


class Match(NamedTuple):
    """A phrase found: tokens `first` up to, not including, `last`."""

    first: int
    last: int
    entry: Entry


_GAPS = frozenset({" ", "-", "‐", "‑", "–", ". ", "\n", "  ", ".", " & ", "\xa0", "'", "’"})

_INVARIABLE = ("ese", "ish", "ch", "sh", "ss", "s", "men", "x", "Thai")


def _forms_of_demonym(demonym: str) -> Iterator[str]:
    yield demonym
    if not demonym.endswith(_INVARIABLE) or demonym == "Thai":
        yield demonym + "s"


class Gazetteer:
    """Phrases by their folded words. Longer phrases win; of equal ones, that which was added first."""

    def __init__(self) -> None:
        self._phrases: dict[str, dict[tuple[str, ...], Entry]] = {}
        self._longest: dict[str, int] = {}
        self.cities: dict[tuple[str, ...], City] = {}

    def add(self, form: str, entry: Entry) -> None:
        """Make `form` stand for `entry`, unless it already stands for something."""
        keys = tuple(token.key for token in tokenize(form))
        if not keys:
            return
        phrases = self._phrases.setdefault(keys[0], {})
        phrases.setdefault(keys, entry)
        self._longest[keys[0]] = max(self._longest.get(keys[0], 0), len(keys))

    def find(self, text: str, tokens: Sequence[Token]) -> Iterator[Match]:
        """The phrases in a text, from left to right, longest first, without overlap."""
        at = 0
        longest = self._longest
        while at < len(tokens):
            token = tokens[at]
            if token.key in longest:
                match = self._match_at(text, tokens, at)
                if match is not None:
                    yield match
                    at = match.last
                    continue
            at += 1

    def _match_at(self, text: str, tokens: Sequence[Token], at: int) -> Match | None:
        first = tokens[at]
        phrases = self._phrases[first.key]
        most = 1
        while most < self._longest[first.key] and at + most < len(tokens):
            if text[tokens[at + most - 1].end : tokens[at + most].start] not in _GAPS:
                break
            most += 1
        for length in range(most, 0, -1):
            entry = phrases.get(tuple(token.key for token in tokens[at : at + length]))
            if entry is not None and _has_case(tokens[at : at + length], entry):
                return Match(at, at + length, entry)
        return None

    def lookup(self, form: str) -> Entry | None:
        """What a whole phrase stands for, whatever its case."""
        keys = tuple(token.key for token in tokenize(form))
        return self._phrases.get(keys[0], {}).get(keys) if keys else None


def _has_case(tokens: Sequence[Token], entry: Entry) -> bool:
    if entry.upper:
        return all(token.raw.isupper() for token in tokens)
    if entry.capitals and not tokens[-1].raw[0].isupper():
        return False
    if len(tokens) == 1:
        return tokens[0].raw[0].isupper()
    # "the Two Koreas" and "two Koreas", "inter-Korean": one capital is enough in a phrase that starts so.
    return tokens[0].raw[0].isupper() or (tokens[0].key in _LOWER_STARTS and tokens[-1].raw[0].isupper())


_LOWER_STARTS = frozenset({"the", "two", "inter", "state", "mainland", "occupied", "former"})


def _rows(name: str) -> Iterator[list[str]]:
    lines = resources.files("search.annotate").joinpath("data", name).read_text("utf-8").splitlines()
    table = (line for line in lines if line and not line.startswith("#"))
    next(table)
    for line in table:
        yield line.split("\t")


def _lines(name: str) -> list[str]:
    lines = resources.files("search.annotate").joinpath("data", name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _is_abbreviation(form: str) -> bool:
    bare = form.replace(".", "").replace(" ", "")
    return bare.isupper() and len(bare) <= 6


@cache
def load_gazetteer() -> Gazetteer:
    """The shipped tables. Read once for each process."""
    gazetteer = Gazetteer()
    mistakable = set(_lines("mistakable.txt"))
    for codes, why, forms in _rows("phrases.tsv"):
        places = () if codes == "-" else tuple(codes.split(","))
        for form in forms.split("|"):
            media = why == BLOCKED and form.rsplit(" ", 1)[-1].lower() in MEDIA
            gazetteer.add(form, Entry(places, why, capitals=media))  # type: ignore[arg-type]  # the table's words are those of Why
    countries = [(row + [""] * 6)[:6] for row in _rows("countries.tsv")]
    for code, names, *_ in countries:
        label = COUNTRIES[code]
        for form in filter(None, [label, label.replace("&", "and"), label.replace("St.", "Saint"), *names.split("|")]):
            short = _is_abbreviation(form)
            gazetteer.add(form, Entry((code,), "abbreviation" if short else "name", upper=short))
    for code, _, regions, demonyms, capitals, metonyms in countries:
        for demonym in filter(None, demonyms.split("|")):
            for form in _forms_of_demonym(demonym):
                gazetteer.add(form, Entry((code,), "demonym"))
        for form in filter(None, capitals.split("|")):
            doubtful = " ".join(token.key for token in tokenize(form)) in mistakable
            gazetteer.add(form, Entry((code,), "capital", sure=not doubtful, mistakable=doubtful))
        for form in filter(None, regions.split("|")):
            gazetteer.add(form, Entry((code,), "region"))
        for form in filter(None, metonyms.split("|")):
            gazetteer.add(form, Entry((code,), "metonym", upper=_is_abbreviation(form)))
    for spellings, code, latitude, longitude, population in _rows("cities.tsv"):
        written = spellings.split("|")
        city = City(written[0], code, float(latitude), float(longitude), int(population))
        for form in written:
            keys = tuple(token.key for token in tokenize(form))
            doubtful = " ".join(keys) in mistakable
            sure = city.population >= LARGE_CITY and not doubtful
            gazetteer.cities.setdefault(keys, city)
            gazetteer.add(form, Entry((code,), "city", sure=sure, mistakable=doubtful, city=city))
    return gazetteer


@cache
def state_abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """Folded abbreviations of US states, in newspaper style (`N.C.`, `Calif.`) and the postal ones (`NC`)."""
    newspaper, postal = _lines("states.tsv")
    return frozenset(newspaper.split("|")), frozenset(postal.split("|"))
