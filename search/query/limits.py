"""What a request may ask for at most: every limit in one place, answered with an error that names the parameter."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from search.errors import RequestError
from search.model import DATE_HISTOGRAMS, FACETS, DateInterval, Request, Sort

__all__ = ["LIMITS", "Limits", "check_request", "nearest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Upper bounds. Each keeps a hostile request as cheap as an ordinary one."""

    query_length: int = 512  # characters
    clauses: int = 64  # words, phrases and fields of one query
    nesting: int = 32  # brackets within brackets
    expansions: int = 1_024  # words that a prefix or a fuzzy word stands for, values that a field stands for
    edits: int = 2  # of a fuzzy word
    depth: int = 10_000  # page * size
    size: int = 100
    facet_size: int = 1_000
    filters: int = 100
    filter_length: int = 512  # characters of a filter's value
    buckets: int = 400  # of a histogram
    problems: int = 8  # that are reported; a query of 512 quotes need not be told so 512 times


LIMITS = Limits()


def nearest(value: str, choices: Iterable[str]) -> str | None:
    """The choice that is spelled most like `value`, if any is close."""
    by_folded = {choice.casefold(): choice for choice in choices}
    found = difflib.get_close_matches(value.casefold()[:64], list(by_folded), 1)
    return by_folded[found[0]] if found else None


def check_request(request: Request) -> None:
    """Refuse what no archive could answer. Raises RequestError with the parameter's name in the HTTP contract."""
    if len(request.q) > LIMITS.query_length:
        raise RequestError("q", f"a query has at most {LIMITS.query_length} characters, this one {len(request.q)}.")
    _between("page", request.page, 1, LIMITS.depth)
    _between("size", request.size, 1, LIMITS.size)
    _between("facet_size", request.facet_size, 0, LIMITS.facet_size)
    if request.page * request.size > LIMITS.depth:
        last = LIMITS.depth // request.size
        reason = f"the first {LIMITS.depth:,} articles can be paged through; narrow by date or facet instead."
        raise RequestError("page", reason, value=str(request.page), nearest=str(last))
    _one_of("sort", request.sort, get_args(Sort))
    _one_of("date_interval", request.date_interval, get_args(DateInterval))
    for name in request.facets:
        _one_of("facets", name, [*FACETS, *DATE_HISTOGRAMS])
    if len(request.filters) > LIMITS.filters:
        raise RequestError("filters", f"a search has at most {LIMITS.filters} filters.")
    for parameter, (first, last_day) in (("from", request.published), ("mentioned_from", request.mentioned)):
        if first and last_day and first > last_day:
            reason = f"{first.isoformat()} comes after the last day, {last_day.isoformat()}."
            raise RequestError(parameter, reason, value=first.isoformat(), nearest=last_day.isoformat())


def _between(parameter: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        reason = f"must lie between {least} and {most:,}, not {value}."
        raise RequestError(parameter, reason, value=str(value), nearest=str(min(max(value, least), most)))


def _one_of(parameter: str, value: str, choices: Iterable[str]) -> None:
    names = list(choices)
    if value not in names:
        reason = f"{value!r} is none of {', '.join(names)}."
        raise RequestError(parameter, reason, value=value, nearest=nearest(value, names))
