"""Results and articles as JSON: one contract for the page, the endpoint and the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from search.countries import COUNTRIES
from search.model import Annotation, Facet, FacetValue, Histogram, Hit, Published, Request, Results, Tag
from web import links
from web.marking import marked_html
from web.params import DEEPEST, url

__all__ = ["article_document", "facet_document", "filter_documents", "last_page", "results_document"]

Document = dict[str, Any]


def results_document(results: Results, request: Request, path: str = "/api/search") -> Document:
    """What `/api/search` answers. URLs that change the search lead to `path`, where the client is."""
    suggestion = results.suggestion
    return {
        "query": _query(results, request),
        "total": results.total,
        "took_ms": round(results.took_ms, 2),
        "page": results.page,
        "size": results.size,
        "results": [_hit(hit, request.q) for hit in results.hits],
        "facets": {name: _counted(facet, request, path) for name, facet in results.facets.items()},
        "suggestion": suggestion and {"q": suggestion.q, "url": url(path, replace(request, q=suggestion.q, page=1))},
        "links": _links(results, request, path),
        "generation": results.generation,
    }


def article_document(annotation: Annotation) -> Document:
    """One article with all that was found in it. Offsets of mentions are characters of `text`."""
    article = annotation.article
    return {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        **_published(article.published),
        "source": article.source,
        "author": article.author,
        "url": article.url,
        "language": article.language,
        "section": article.section,
        "place": article.place,
        "persons": _tags(annotation.persons),
        "countries": _tags(annotation.countries),
        "organizations": _tags(annotation.organizations),
        "places": _tags(annotation.places),
        "dates": [str(interval) for interval in annotation.dates],
        "mentions": [
            {
                "start": mention.start,
                "end": mention.end,
                "text": mention.text,
                "type": mention.type,
                "value": mention.value,
                "label": mention.label,
                "why": mention.why,
            }
            for mention in annotation.mentions
        ],
        "model": annotation.model,
    }


def facet_document(facet: Facet, request: Request, path: str) -> Document:
    """The values of one facet, each with the URLs that select and exclude it in a search at `path`."""
    return {
        "label": facet.label,
        "total": facet.total,
        "values": [_facet_value(facet.name, value, request, path) for value in facet.values],
    }


def filter_documents(request: Request, results: Results | None = None) -> list[Document]:
    """The filters of a request with the labels that the results know them by."""
    facets = results.facets if results else {}
    documents = []
    for wanted in request.filters:
        facet = facets.get(wanted.facet)
        listed = facet.values if isinstance(facet, Facet) else ()
        label = next((value.label for value in listed if value.value == wanted.value), None)
        if label is None:
            label = COUNTRIES.get(wanted.value, wanted.value) if wanted.facet == "country" else wanted.value
        documents.append({"facet": wanted.facet, "value": wanted.value, "label": label, "exclude": wanted.exclude})
    return documents


def last_page(total: int, size: int) -> int:
    """The last page that can be asked for, at least 1."""
    return max(1, -(-min(total, DEEPEST) // size) if total <= DEEPEST else DEEPEST // size)


def _query(results: Results, request: Request) -> Document:
    query = results.query
    (since, until), (mentioned_since, mentioned_until) = request.published, request.mentioned
    return {
        "q": request.q,
        "text": query.text,
        "words": list(query.words),
        "problems": [{"message": p.message, "start": p.start, "end": p.end} for p in query.problems],
        "relaxed": query.relaxed,
        "filters": filter_documents(request, results),
        "from": since and since.isoformat(),
        "to": until and until.isoformat(),
        "mentioned_from": mentioned_since and mentioned_since.isoformat(),
        "mentioned_to": mentioned_until and mentioned_until.isoformat(),
        "sort": request.sort,
    }


def _hit(hit: Hit, q: str) -> Document:
    snippet = hit.snippet
    return {
        "id": hit.id,
        "url": hit.url,
        "page": links.article_page(hit.id, q),
        "api": links.article_api(hit.id),
        "title": hit.title,
        "title_html": marked_html(hit.title, hit.title_ranges),
        "title_ranges": [list(r) for r in hit.title_ranges],
        "source": hit.source,
        "author": hit.author,
        **_published(hit.published),
        "score": round(hit.score, 6),
        "snippet": snippet
        and {
            "text": snippet.text,
            "html": marked_html(snippet.text, snippet.ranges),
            "ranges": [list(r) for r in snippet.ranges],
        },
        "countries": _tags(hit.countries),
        "persons": _tags(hit.persons),
        "missing": list(hit.missing),
    }


def _published(published: Published | None) -> Document:
    return {
        "published": published and str(published),
        "published_precision": published and published.interval.precision,
        "published_known_by": published and published.known_by,
        "published_time": published.time.isoformat() if published and published.time else None,
    }


def _tags(tags: Iterable[Tag]) -> list[Document]:
    return [{"value": tag.value, "label": tag.label} for tag in tags]


def _counted(facet: Facet | Histogram, request: Request, path: str) -> Document:
    if isinstance(facet, Facet):
        return facet_document(facet, request, path)
    return {
        "label": facet.label,
        "interval": facet.interval,
        "unknown": facet.unknown,
        "coarse": facet.coarse,
        "buckets": [
            {
                "from": bucket.interval.first.isoformat(),
                "to": bucket.interval.last.isoformat(),
                "count": bucket.count,
                "url": url(path, links.ranged(request, facet.name, bucket.interval)),
            }
            for bucket in facet.buckets
        ],
    }


def _facet_value(facet: str, value: FacetValue, request: Request, path: str) -> Document:
    return {
        "value": value.value,
        "label": value.label,
        "count": value.count,
        "selected": value.selected,
        "excluded": value.excluded,
        "url": url(path, links.toggled(request, facet, value.value)),
        "exclude_url": url(path, links.toggled(request, facet, value.value, exclude=True)),
        "page": links.entity_page(facet, value.value),
    }


def _links(results: Results, request: Request, path: str) -> Document:
    last = last_page(results.total, results.size)
    page = results.page
    return {
        "self": url(path, request),
        "next": url(path, replace(request, page=page + 1)) if page < last else None,
        "prev": url(path, replace(request, page=page - 1)) if page > 1 else None,
        "html": url("/search", request),
        "api": url("/api/search", request),
        "feed": url("/feed.atom", replace(request, page=1, sort="newest", facets=Request().facets)),
    }
