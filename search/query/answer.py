"""Answering a request: parse, bind, execute, narrow, rank, count, and then the shown page alone.

Whatever `run` reads is immutable, and whatever it changes is its own, so that any number of threads may run at once.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from search.errors import RequestError
from search.model import (
    DATE_HISTOGRAMS,
    FACETS,
    Facet,
    FacetValue,
    Histogram,
    Hit,
    Problem,
    Request,
    Results,
    Snippet,
    Understanding,
)
from search.query import docsets, rank
from search.query.bind import bind, mentioned_days
from search.query.execute import Execution
from search.query.facets import count_values, leading
from search.query.filters import Filters, Narrowed, narrow, read_filters
from search.query.grammar import parse
from search.query.highlight import lead, snippet, title_ranges
from search.query.histogram import histogram
from search.query.limits import LIMITS, check_request
from search.query.names import label_of, values_of
from search.query.relax import Relaxation, relax
from search.query.sought import sought_in
from search.query.spelling import FEW, suggest_spelling
from search.query.syntax import highlighted, write
from search.query.view import Docs, Ints, Snapshot

__all__ = ["count_facet", "find", "run"]


def run(snapshot: Snapshot, request: Request) -> Results:
    """Answer a request from one snapshot. Raises RequestError for what LIMITS, or the facets there are, rule out."""
    began = time.perf_counter()
    check_request(request)
    filters = read_filters(request)
    parsed = parse(request.q)
    bound = bind(snapshot, parsed.node)
    execution = Execution(snapshot)
    narrowed = narrow(execution, execution.match(bound.query), filters)
    docs = narrowed.kept()
    strict_total = len(docs)
    relaxation = None if strict_total else relax(execution, parsed.node, bound.query)
    if relaxation is not None:
        looser = narrow(execution, relaxation.docs, filters)
        if len(looser.kept()):
            narrowed, docs = looser, looser.kept()
        else:
            relaxation = None
    _check_page(request, len(docs))
    page = _page(execution, request, bound.query, docs)
    suggestion = None
    if parsed.text.strip() and strict_total < FEW:
        suggestion = suggest_spelling(snapshot, parsed, strict_total, lambda q: find(snapshot, q, filters))
    return Results(
        query=Understanding(
            q=parsed.text,
            text=write(parsed.node) if parsed.text.strip() else "",
            words=highlighted(parsed.node),
            problems=_first((*parsed.problems, *bound.problems)),
            relaxed=relaxation is not None,
        ),
        total=len(docs),
        hits=_hits(execution, request, bound.query, page, relaxation),
        facets={name: _facet(execution, request, filters, narrowed, name) for name in dict.fromkeys(request.facets)},
        suggestion=suggestion,
        page=request.page,
        size=request.size,
        took_ms=(time.perf_counter() - began) * 1000.0,
        generation=snapshot.generation,
    )


def find(snapshot: Snapshot, q: str, filters: Filters) -> int:
    """How many articles a query finds, unrelaxed; 0 for one that is beyond the limits."""
    try:
        bound = bind(snapshot, parse(q).node)
    except RequestError:
        return 0
    execution = Execution(snapshot)
    return len(narrow(execution, execution.match(bound.query), filters).kept())


def _first(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.start, problem.end))[: LIMITS.problems])


def _check_page(request: Request, total: int) -> None:
    pages = max(1, -(-total // request.size))
    if request.page > pages:
        there = "is 1 page" if pages == 1 else f"are {pages:,} pages"
        reason = f"there {there} of {request.size}, not {request.page:,}."
        raise RequestError("page", reason, value=str(request.page), nearest=str(pages))


def _page(execution: Execution, request: Request, bound: Any, docs: Docs) -> Docs:
    """The docnums of the page, in order."""
    snapshot = execution.snapshot
    wanted = request.page * request.size
    if request.sort == "oldest":
        ordered = rank.by_age(docs, snapshot.published()[0], snapshot.rank(), wanted)
    elif request.sort == "newest" or not _scores(bound):
        ordered = rank.by_rank(docs, snapshot.rank(), wanted)
    else:
        ordered = rank.by_score(docs, execution.score(bound, docs), snapshot.rank(), wanted)
    return ordered[wanted - request.size :]


def _scores(bound: Any) -> bool:
    return bool(sought_in(bound, "title") or sought_in(bound, "text"))


def _hits(
    execution: Execution, request: Request, bound: Any, page: Docs, relaxation: Relaxation | None
) -> tuple[Hit, ...]:
    ascending = np.sort(page)
    scores = dict(zip(ascending.tolist(), execution.score(bound, ascending).tolist(), strict=True))
    in_title, in_text = (sought_in(bound, field, execution) for field in ("title", "text"))
    hits = []
    for docnum in page.tolist():
        annotation = execution.snapshot.head(docnum)
        article = annotation.article
        passage: Snippet = snippet(article.text, in_text) if request.highlight else lead(article.text)
        hits.append(
            Hit(
                id=article.id,
                title=article.title,
                url=article.url,
                source=article.source,
                author=article.author,
                published=article.published,
                score=scores[docnum],
                snippet=passage,
                title_ranges=title_ranges(article.title, in_title) if request.highlight else (),
                countries=annotation.countries,
                persons=annotation.persons,
                missing=relaxation.missing(execution, docnum) if relaxation else (),
            )
        )
    return tuple(hits)


def _facet(
    execution: Execution, request: Request, filters: Filters, narrowed: Narrowed, name: str
) -> Facet | Histogram:
    if name in DATE_HISTOGRAMS:
        return _histogram(execution, request, filters, narrowed, name)
    return count_facet(execution.snapshot, filters, narrowed, name, request.facet_size)


def count_facet(
    snapshot: Snapshot, filters: Filters, narrowed: Narrowed, name: str, size: int, among: Docs | None = None
) -> Facet:
    """The values of a facet with their counts under every filter but the facet's own selection.

    Selected and excluded values come first and are always listed, then those with the most articles, up to `size` in
    all; `total` is how many values have an article. What the facet excludes is left out of the counts of the other
    values; an excluded value's own count says how many articles it has under the filters of the other facets.
    `among` are the ordinals to choose from (all, if None).
    """
    column, known = snapshot.facet(name), values_of(snapshot, name)
    counts = count_values(column, narrowed.kept(name))
    excluded = filters.excluded.get(name, ())
    selected = tuple(value for value in filters.selected.get(name, ()) if value not in excluded)
    before = count_values(column, narrowed.kept(name, f"-{name}")) if excluded else counts
    chosen = [known.ordinal[value] for value in (*selected, *excluded) if value in known.ordinal]
    if among is not None:
        outside = np.ones(len(counts), np.bool_)
        outside[among] = False
        counts[outside] = 0
    listed = [
        FacetValue(value, label_of(snapshot, name, value), _count_of(of, known.ordinal.get(value)), **{flag: True})
        for values, of, flag in ((selected, counts, "selected"), (excluded, before, "excluded"))
        for value in _by_count(values, of, known.ordinal, known.label_rank)
    ]
    listed += [
        FacetValue(column.values[ordinal], column.labels[ordinal], int(counts[ordinal]))
        for ordinal in leading(counts, known.label_rank, max(size - len(listed), 0), chosen).tolist()
    ]
    return Facet(name, FACETS[name], int(np.count_nonzero(counts)), tuple(listed))


def _count_of(counts: Any, ordinal: int | None) -> int:
    return 0 if ordinal is None else int(counts[ordinal])


def _by_count(values: tuple[str, ...], counts: Any, ordinal: Any, label_rank: Any) -> list[str]:
    """Chosen values by falling count, then label; those that the archive does not have last."""

    def key(value: str) -> tuple[int, int, str]:
        at = ordinal.get(value)
        return (1, 0, value) if at is None else (-int(counts[at]), int(label_rank[at]), value)

    return sorted(values, key=key)


def _histogram(execution: Execution, request: Request, filters: Filters, narrowed: Narrowed, name: str) -> Histogram:
    """The hits by date; `unknown` counts the dateless ones as if this histogram's own range were not set."""
    snapshot, docs, others = execution.snapshot, narrowed.kept(), narrowed.kept(name)
    if name == "date":
        begins, ends = snapshot.published()
        unknown = int(np.count_nonzero(begins[others] == 0))
        rows: Ints = docs[begins[docs] > 0]
        first: Ints = begins[rows]
        last: Ints = ends[rows]
        within = filters.published
    else:
        column = snapshot.facet(name)
        unknown = int(np.count_nonzero(column.offsets[others + 1] == column.offsets[others]))
        places, counts = docsets.gather(column.offsets, docs)
        ordinals = column.ordinals[places]
        rows = np.repeat(docs, counts)
        all_first, all_last = mentioned_days(snapshot)
        first, last, within = all_first[ordinals], all_last[ordinals], filters.mentioned
        inside = first > 0
        if within[0]:
            inside &= first >= within[0].toordinal()
        if within[1]:
            inside &= last <= within[1].toordinal()
        rows, first, last = rows[inside], first[inside], last[inside]
    return histogram(
        name,
        DATE_HISTOGRAMS[name],
        rows,
        first,
        last,
        unknown=unknown,
        interval=request.date_interval,
        within=within,
    )
