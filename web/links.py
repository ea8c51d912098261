"""The URLs of pages, and of the same search with one thing changed. Every change goes back to the first page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from urllib.parse import quote, urlencode

from search.dates import Interval
from search.model import ENTITY_FACETS, Filter, Request, Sort

__all__ = [
    "article_api",
    "article_page",
    "changed",
    "entity_page",
    "ranged",
    "safe_external",
    "sorted_by",
    "toggled",
    "without_filter",
    "without_query",
    "without_range",
]

Range = tuple[dt.date | None, dt.date | None]
ANY: Range = (None, None)


def article_page(article_id: str, q: str = "") -> str:
    page = f"/article/{_segment(article_id)}"
    return f"{page}?{urlencode({'q': q}, errors='replace')}" if q else page


def article_api(article_id: str) -> str:
    return f"/api/articles/{_segment(article_id)}"


def entity_page(facet: str, value: str, page: int = 1) -> str | None:
    """The page about one value, for the facets whose values have one."""
    if facet not in ENTITY_FACETS or not value:
        return None
    return f"/{facet}/{_segment(value)}" + (f"?page={page}" if page > 1 else "")


def _segment(text: str) -> str:
    return quote(text, safe="", errors="replace")


def safe_external(url: str | None) -> str | None:
    """The URL if it is one that a page may link to: http or https, nothing else."""
    if url and url.strip().lower().startswith(("http://", "https://")):
        return url.strip()
    return None


def changed(request: Request, facet: str, value: str, *, exclude: bool) -> Request:
    """The same search with the value selected (or excluded) and not otherwise filtered by."""
    kept = without_filter(request, facet, value)
    return replace(kept, filters=(*kept.filters, Filter(facet, value, exclude)))


def toggled(request: Request, facet: str, value: str, *, exclude: bool = False) -> Request:
    """The same search with the filter on if it was off, off if it was on."""
    if Filter(facet, value, exclude) in request.filters:
        return without_filter(request, facet, value)
    return changed(request, facet, value, exclude=exclude)


def without_filter(request: Request, facet: str, value: str) -> Request:
    kept = tuple(f for f in request.filters if (f.facet, f.value) != (facet, value))
    return replace(request, filters=kept, page=1)


def without_query(request: Request) -> Request:
    return replace(request, q="", page=1)


def ranged(request: Request, histogram: str, interval: Interval) -> Request:
    """The same search within the days of a bar; the bars become finer of themselves."""
    days = (interval.first, interval.last)
    if histogram == "mentioned":
        return replace(request, mentioned=days, page=1, date_interval="auto")
    return replace(request, published=days, page=1, date_interval="auto")


def without_range(request: Request, histogram: str) -> Request:
    if histogram == "mentioned":
        return replace(request, mentioned=ANY, page=1)
    return replace(request, published=ANY, page=1)


def sorted_by(request: Request, sort: Sort) -> Request:
    return replace(request, sort=sort, page=1)
