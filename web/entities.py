"""What a page about one person, country, organization or place shows: timeline, companions, spellings, articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from search import Archive
from search.countries import COUNTRIES
from search.model import ENTITY_FACETS, Facet, FacetValue, Filter, Histogram, Request, Results

__all__ = ["Entity", "Spelling", "read_entity"]

_COMPANIONS = 12
_SPELLINGS = 12


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way in which articles write the name, how often they do, and why it was read so."""

    text: str
    count: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One value of a facet. `request` finds its articles, newest first; `results` are one page of them.

    `companions` are the values that its articles have beside it, of each facet where they can be counted exactly.
    `spellings` are those of the articles on this page.
    """

    facet: str
    value: str
    label: str
    request: Request
    results: Results
    timeline: Histogram | None
    companions: dict[str, tuple[FacetValue, ...]]
    spellings: tuple[Spelling, ...]

    def together_with(self, facet: str, value: str) -> Request:
        """The articles that speak of both. Two values of one facet would widen a search: one goes into the query."""
        both = Request(filters=self.request.filters)
        if facet == self.facet:
            return replace(both, q=_named(facet, value))
        return replace(both, filters=(*both.filters, Filter(facet, value)))


def read_entity(archive: Archive, facet: str, value: str, *, page: int, size: int) -> Entity | None:
    """The page about a value; None if no article has it. Raises RequestError for a page that there is not."""
    request = Request(filters=(Filter(facet, value),), page=page, size=size)
    # A facet's own filter does not narrow its own counts; a query does. So the query names the value as well, to count
    # who appears beside a person.
    query = _named(facet, value)
    narrowed = replace(request, q=query, sort="newest", facets=(*ENTITY_FACETS, "date"), facet_size=_COMPANIONS + 1)
    results = archive.search(replace(narrowed, highlight=False))
    if not results.total or results.query.relaxed:
        return None
    counted = {name: found for name, found in results.facets.items() if isinstance(found, Facet)}
    if _finds_more(archive, query, results.total):
        counted.pop(facet, None)
    timeline = results.facets.get("date")
    return Entity(
        facet=facet,
        value=value,
        label=_label(results, facet, value),
        request=request,
        results=results,
        timeline=timeline if isinstance(timeline, Histogram) else None,
        companions={
            name: tuple(v for v in found.values if (name, v.value) != (facet, value) and v.count)[:_COMPANIONS]
            for name, found in counted.items()
        },
        spellings=_spellings(archive, results, facet, value),
    )


def _named(facet: str, value: str) -> str:
    """The query for a value."""
    return f'{facet}:"{value[:480].replace(chr(34), " ")}"'


def _finds_more(archive: Archive, query: str, total: int) -> bool:
    """Does the query match further values too ("nato" is a word of other names), so that its counts are not ours?"""
    everything: Results = archive.search(Request(q=query, size=1, facets=(), highlight=False))
    return everything.total != total


def _label(results: Results, facet: str, value: str) -> str:
    if facet == "country":
        return COUNTRIES.get(value, value)
    found = results.facets.get(facet)
    listed = found.values if isinstance(found, Facet) else ()
    return next((v.label for v in listed if v.value == value), value)


def _spellings(archive: Archive, results: Results, facet: str, value: str) -> tuple[Spelling, ...]:
    counts: Counter[str] = Counter()
    whys: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for hit in results.hits:
        for mention in archive.get(hit.id).mentions:
            if mention.type == facet and mention.value == value:
                text = " ".join(mention.text.split())
                counts[text] += 1
                whys[text][mention.why] += 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_SPELLINGS]
    return tuple(Spelling(text, count, whys[text].most_common(1)[0][0]) for text, count in ranked)
