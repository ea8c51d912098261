"""HTML: the front page, results, one article, one person or country."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as WSGIResponse

from search import Results
from search.countries import COUNTRIES
from search.dates import Interval, parse_interval
from search.model import FACETS, Annotation, Facet, FacetValue, Histogram, Mention, Request
from web import links
from web.archive_source import current_archive
from web.conditional import tagged
from web.entities import Entity, read_entity
from web.failures import NotInArchive, Way
from web.histogram import HEIGHT, WIDTH, bars, tick_places
from web.marking import match_ranges, paragraphs
from web.params import ARTICLE, ENTITY, NONE, parse_pairs, read_pairs, request_pairs, url
from web.serialize import article_document, last_page, results_document
from web.wording import KNOWN_BY, MENTION_KINDS, interval_words, range_words

__all__ = ["pages"]

pages = Blueprint("pages", __name__)

FRONT = Request(sort="newest", size=8, facets=("person", "country", "organization", "source", "date"), facet_size=12)
LONGEST_SHOWN = 400_000  # characters of an article's text: a long book, and still a page that a browser can lay out
_MORE = 5  # times as many values, when more are asked for


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that the search is narrowed by, and the URL of the search without it."""

    kind: str
    text: str
    url: str
    excluded: bool = False


@pages.get("/")
def front() -> WSGIResponse:
    given = list(request.args.items(multi=True))
    if given:
        return search_page()
    results = current_archive().search(FRONT)
    document = results_document(results, Request(), "/search")
    histogram = results.facets.get("date")
    response = make_response(
        render_template("front.html", answer=document, chart=chart(histogram, document), span=_span(histogram))
    )
    return tagged(response, results, FRONT)


@pages.get("/search")
def search_page() -> WSGIResponse:
    asked = parse_pairs(request.args.items(multi=True))
    results = current_archive().search(asked)
    document = results_document(results, asked, "/search")
    response = make_response(
        render_template(
            "search.html",
            answer=document,
            asked=asked,
            q=asked.q,
            chips=chips(document, asked),
            charts={
                name: chart(results.facets.get(name), document["facets"][name], name)
                for name in ("date", "mentioned")
                if name in document["facets"]
            },
            facets=facets_shown(results, document, asked),
            sorts=sorts(asked),
            turns=turns(asked, results.total),
            carried=[pair for pair in request_pairs(asked) if pair[0] not in {"q", "page"}],
            carried_dates=[pair for pair in request_pairs(asked) if pair[0] not in {"from", "to", "page"}],
        )
    )
    return tagged(response, results, asked)


@pages.get("/article/<text:article_id>")
def article_page(article_id: str) -> Response:
    q = read_pairs(ARTICLE, request.args.items(multi=True))["q"]
    archive = current_archive()
    annotation = archive.get(article_id)
    text = annotation.article.text[:LONGEST_SHOWN]
    words: tuple[str, ...] = ()
    if q:
        words = archive.search(Request(q=q, size=1, facets=(), highlight=False)).query.words
    return make_response(
        render_template(
            "article.html",
            q=q,
            article=article_document(annotation),
            known_by=KNOWN_BY,
            paragraphs=paragraphs(text, annotation.mentions, match_ranges(text, words)),
            title_pieces=next(
                paragraphs(annotation.article.title, (), match_ranges(annotation.article.title, words)), ()
            ),
            cut=len(annotation.article.text) > LONGEST_SHOWN,
            mention_page=mention_page,
            kinds=_kinds(annotation),
            aside=_aside(annotation),
            dates=[(interval_words(interval), mentioned_page(interval)) for interval in annotation.dates],
        )
    )


@pages.get("/<any(person, country, organization, place):facet>/<text:value>")
def entity_page(facet: str, value: str) -> WSGIResponse:
    asked = read_pairs(ENTITY, request.args.items(multi=True))
    if facet == "country" and value not in COUNTRIES and value.upper() in COUNTRIES:
        return redirect(links.entity_page("country", value.upper()) or "/", 301)
    archive = current_archive()
    known = facet != "country" or value in COUNTRIES
    entity = read_entity(archive, facet, value, page=asked["page"], size=asked["size"]) if known else None
    if entity is None:
        raise NotInArchive(f"No article speaks of {value[:80]!r}.", _instead(facet, value))
    document = results_document(entity.results, entity.request, "/search")
    last = last_page(entity.results.total, entity.request.size)
    return make_response(
        render_template(
            "entity.html",
            entity=entity,
            answer=document,
            heading=FACETS[facet],
            search_url=url("/search", Request(filters=entity.request.filters)),
            feed_url=document["links"]["feed"],
            companions=[
                (FACETS[name], [_companion(entity, name, each) for each in found])
                for name, found in entity.companions.items()
                if found
            ],
            chart=chart(entity.timeline, document["facets"].get("date", {})),
            turns=[
                (number, links.entity_page(facet, value, number) if number else None)
                for number in page_numbers(entity.request.page, last)
            ],
        )
    )


def _companion(entity: Entity, facet: str, companion: FacetValue) -> dict[str, Any]:
    return {
        "label": companion.label,
        "count": companion.count,
        "page": links.entity_page(facet, companion.value),
        "both_url": url("/search", entity.together_with(facet, companion.value)),
    }


def _instead(facet: str, value: str) -> tuple[Way, ...]:
    """Values that the archive has and that are called alike."""
    name = value.replace("-", " ")[:200]
    found = current_archive().facet_values(facet, prefix=name, limit=5).values
    ways = [Way(v.label, links.entity_page(facet, v.value) or "/") for v in found]
    return (*ways, Way(f"Search for {name[:60]}", url("/search", Request(q=name))))


# What the templates draw ------------------------------------------------------------------------------------


def chart(histogram: Any, document: Any, name: str = "date") -> dict[str, Any] | None:
    """A histogram with the geometry of its bars; None where it would say nothing."""
    if not isinstance(histogram, Histogram) or not any(bucket.count for bucket in histogram.buckets):
        return None
    document = document.get("facets", {}).get(name, document)
    labels = [interval_words(bucket.interval) for bucket in histogram.buckets]
    drawn = bars([bucket.count for bucket in histogram.buckets])
    return {
        "name": name,
        "label": histogram.label,
        "interval": histogram.interval,
        "width": WIDTH,
        "height": HEIGHT,
        "unknown": histogram.unknown,
        "coarse": histogram.coarse,
        "most": max(bucket.count for bucket in histogram.buckets),
        "bars": [
            {"bar": bar, "label": label, "count": bucket["count"], "url": bucket["url"]}
            for bar, label, bucket in zip(drawn, labels, document["buckets"], strict=True)
        ],
        "ticks": [labels[place] for place in tick_places(len(labels))],
    }


def chips(document: dict[str, Any], asked: Request) -> list[Chip]:
    """Everything that the search is narrowed by, each with the URL that takes it away."""
    found = [
        Chip(
            FACETS[f["facet"]],
            f["label"],
            url("/search", links.without_filter(asked, f["facet"], f["value"])),
            f["exclude"],
        )
        for f in document["query"]["filters"]
    ]
    for kind, name, ends in (("Published", "date", asked.published), ("Speaks of", "mentioned", asked.mentioned)):
        if ends != links.ANY:
            found.append(Chip(kind, range_words(*ends), url("/search", links.without_range(asked, name))))
    return found


def facets_shown(results: Results, document: dict[str, Any], asked: Request) -> list[dict[str, Any]]:
    """The facets of values, with the URL that lists more where there are more."""
    shown = []
    for name, facet in results.facets.items():
        if not isinstance(facet, Facet) or not facet.values:
            continue
        listed = len(facet.values)
        more = replace(asked, facet_size=min(1000, max(asked.facet_size, 1) * _MORE))
        more_url = url("/search", more) if facet.total > listed and asked.facet_size < 1000 else None
        fewer_url = url("/search", replace(asked, facet_size=Request().facet_size)) if asked.facet_size > 10 else None
        shown.append(
            {"name": name, "more_url": more_url, "fewer_url": fewer_url, "listed": listed, **document["facets"][name]}
        )
    return shown


def sorts(asked: Request) -> list[tuple[str, str, bool]]:
    """Label, URL and whether it is the current order. Without a query there is nothing to be relevant to."""
    current = asked.sort if asked.q or asked.sort == "oldest" else "newest"
    return [
        (sort.capitalize(), url("/search", links.sorted_by(asked, sort)), sort == current)
        for sort in (("relevance", "newest", "oldest") if asked.q else ("newest", "oldest"))
    ]


def turns(asked: Request, total: int) -> list[tuple[int | None, str | None]]:
    """The pages to turn to: number and URL, (None, None) for a gap."""
    last = last_page(total, asked.size)
    return [
        (number, url("/search", replace(asked, page=number)) if number else None)
        for number in page_numbers(asked.page, last)
    ]


def page_numbers(current: int, last: int) -> list[int | None]:
    """The first page, the last, and those around the current one; None for those left out between."""
    wanted = sorted({1, last, *range(max(1, current - 2), min(last, current + 2) + 1)})
    numbers: list[int | None] = []
    for number in wanted:
        before = numbers[-1] if numbers else None
        if before is not None and number - before == 2:
            numbers.append(number - 1)
        elif before is not None and number - before > 2:
            numbers.append(None)
        numbers.append(number)
    return numbers


def mention_page(mention: Mention) -> str | None:
    """Where a click on a mention leads."""
    if mention.type != "date":
        return links.entity_page(mention.type, mention.value)
    try:
        return mentioned_page(parse_interval(mention.value))
    except ValueError:
        return None


def mentioned_page(interval: Interval) -> str:
    """The articles that speak of these days."""
    return url("/search", links.ranged(Request(), "mentioned", interval))


def _kinds(annotation: Annotation) -> list[tuple[str, str]]:
    present = {mention.type for mention in annotation.mentions}
    return [(kind, heading) for kind, heading in MENTION_KINDS.items() if kind in present]


def _aside(annotation: Annotation) -> list[tuple[str, list[dict[str, Any]]]]:
    """What the article speaks of, each with its page, the search for it, and the evidence."""
    whys: dict[tuple[str, str], list[str]] = {}
    for mention in annotation.mentions:
        evidence = whys.setdefault((mention.type, mention.value), [])
        text = " ".join(mention.text.split())
        said = f"{text} ({mention.why})" if mention.why else text
        if text != mention.label and said not in evidence:
            evidence.append(said)
    columns = (
        ("person", annotation.persons),
        ("country", annotation.countries),
        ("organization", annotation.organizations),
        ("place", annotation.places),
    )
    return [
        (
            MENTION_KINDS[facet],
            [
                {
                    "label": tag.label,
                    "page": links.entity_page(facet, tag.value),
                    "search": url("/search", links.toggled(Request(), facet, tag.value)),
                    "why": "; ".join(whys.get((facet, tag.value), ())[:3]),
                }
                for tag in tags
            ],
        )
        for facet, tags in columns
        if tags
    ]


def _span(histogram: Any) -> str:
    """From when to when the archive is, in words."""
    if not isinstance(histogram, Histogram) or not histogram.buckets:
        return ""
    first, last = histogram.buckets[0].interval.first, histogram.buckets[-1].interval.last
    return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"


@pages.get("/about")
def about() -> Response:
    """How to search: the query language on a page."""
    read_pairs(NONE, request.args.items(multi=True))
    return make_response(render_template("about.html"))
