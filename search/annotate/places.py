"""The places of one article that are not countries: cities as the gazetteer calls them, others as written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from search.annotate.gazetteer import Gazetteer, Match
from search.annotate.slugs import slug
from search.annotate.spans import SpanIndex
from search.annotate.tokens import Token, tokenize

__all__ = ["PlaceMention", "find_places"]


class PlaceMention(NamedTuple):
    """Where a place is named, and the name that it goes by."""

    start: int
    end: int
    label: str
    why: str


_COUNTRY = frozenset({"name", "abbreviation", "demonym", "metonym"})
_PLACE = frozenset({"capital", "city", "region"})


def find_places(
    text: str,
    tokens: Sequence[Token],
    spans: SpanIndex,
    matches: Sequence[Match],
    gazetteer: Gazetteer,
    evidence: Sequence[tuple[int, int]],
) -> list[PlaceMention]:
    """Where places are named, in order, without overlap. `evidence` are the characters that speak of a country."""
    spoken = set(evidence)
    found = []
    by_start = {tokens[match.first].start: match for match in matches}
    for match in matches:
        start, end = tokens[match.first].start, tokens[match.last - 1].end
        if match.entry.why in _PLACE and (start, end) in spoken:
            label = _city_name(tokens[match.first : match.last], gazetteer) or " ".join(text[start:end].split())
            found.append(PlaceMention(start, end, label, match.entry.why))
    for span in spans.spans:
        if span.label != "PLACE":
            continue
        words = tokenize(text[span.start : span.end])
        listed = by_start.get(span.start)
        if not words or len(words) > 8 or (not words[0].raw[0].isupper() and len(words) == 1):
            continue
        if listed is not None and listed.entry.why in _COUNTRY and tokens[listed.last - 1].end >= span.end - 2:
            continue
        written = " ".join(text[span.start : span.start + words[-1].end].split())
        written = written[4:] if written.lower().startswith("the ") else written
        start = span.start + text[span.start : span.end].find(written.split(" ", 1)[0])
        label = _label(written, gazetteer)
        if label:
            found.append(PlaceMention(start, span.start + words[-1].end, label, "name"))
    kept: list[PlaceMention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return _one_spelling(kept)


@lru_cache(maxsize=8_000)
def _label(written: str, gazetteer: Gazetteer) -> str:
    """The name that a place goes by; empty for countries that the recogniser took for a place ("Iran-Russia")."""
    label = _city_name(tokenize(written), gazetteer) or written
    parts = [gazetteer.lookup(part) for part in label.replace("–", "-").split("-")]
    countries = all(entry is not None and entry.why in _COUNTRY for entry in parts)
    return label if slug(label) and not countries else ""


def _city_name(words: Sequence[Token], gazetteer: Gazetteer) -> str | None:
    city = gazetteer.cities.get(tuple(word.key for word in words))
    return city.name if city is not None else None


def _one_spelling(mentions: list[PlaceMention]) -> list[PlaceMention]:
    labels: dict[str, str] = {}
    return [m._replace(label=labels.setdefault(slug(m.label), m.label)) for m in mentions]
