"""The filters of a request: checked, grouped by what they narrow, and applied to articles.

A group is all that one facet (or one range of dates) asks for. Values of a group are OR, groups are AND; what a facet
excludes is a group of its own, so that counting a facet can leave out its selection and still honor its exclusions.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from whoosh import query

from search.countries import COUNTRIES
from search.errors import RequestError
from search.model import FACETS, Filter, Request
from search.query import docsets
from search.query.bind import mentioned_within
from search.query.execute import Execution
from search.query.limits import LIMITS, nearest
from search.query.names import country_called
from search.query.nodes import FacetValues, PublishedWithin
from search.query.view import Bools, Docs

__all__ = ["Filters", "Narrowed", "narrow", "read_filters"]

_NOT_TEXT = re.compile("[\ud800-\udfff\0]")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a request narrows by. Values are in the order asked for, each once."""

    selected: Mapping[str, tuple[str, ...]]
    excluded: Mapping[str, tuple[str, ...]]
    published: tuple[dt.date | None, dt.date | None] = (None, None)
    mentioned: tuple[dt.date | None, dt.date | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The articles of a query (`docs`, ascending) and, for each group of filters, which of them it lets through."""

    docs: Docs
    groups: Mapping[str, Bools]
    failures: np.ndarray[tuple[int], np.dtype[np.int16]]

    def kept(self, *without: str) -> Docs:
        """The articles that every group lets through, those groups aside that are named."""
        if not self.groups:
            return self.docs
        failures = self.failures
        for name in without:
            if name in self.groups:
                failures = failures - ~self.groups[name]
        kept: Docs = self.docs[failures == 0]
        return kept


def read_filters(request: Request) -> Filters:
    """The filters of a request. Raises RequestError for a facet or a country that does not exist."""
    selected: dict[str, dict[str, None]] = {}
    excluded: dict[str, dict[str, None]] = {}
    for wanted in request.filters:
        side = excluded if wanted.exclude else selected
        side.setdefault(wanted.facet, {})[_checked(wanted)] = None
    return Filters(
        {facet: tuple(values) for facet, values in selected.items()},
        {facet: tuple(values) for facet, values in excluded.items()},
        request.published,
        request.mentioned,
    )


def narrow(execution: Execution, docs: Docs, filters: Filters) -> Narrowed:
    """Apply the filters to the articles of a query. A group is named as its facet, `-facet` where it excludes."""
    groups: dict[str, Bools] = {}

    def add(name: str, node: query.Query, keep: Callable[[Bools], Bools] = lambda inside: inside) -> None:
        groups[name] = keep(docsets.member(docs, execution.match(node)))

    for facet, values in filters.selected.items():
        add(facet, FacetValues(facet, values))
    for facet, values in filters.excluded.items():
        add(f"-{facet}", FacetValues(facet, values), np.logical_not)
    if filters.published != (None, None):
        add("date", PublishedWithin(*filters.published))
    if filters.mentioned != (None, None):
        add("mentioned", FacetValues("mentioned", mentioned_within(execution.snapshot, *filters.mentioned)))
    failures = np.zeros(len(docs), np.int16)
    for inside in groups.values():
        failures += ~inside
    return Narrowed(docs, groups, failures)


def _checked(wanted: Filter) -> str:
    """The value of a filter as the archive writes it."""
    if wanted.facet not in FACETS:
        reason = f"there is no such facet; there are {', '.join(FACETS)}."
        raise RequestError(wanted.facet, reason, value=wanted.facet, nearest=nearest(wanted.facet, FACETS))
    parameter = f"{wanted.facet}__not" if wanted.exclude else wanted.facet
    if len(wanted.value) > LIMITS.filter_length:
        raise RequestError(parameter, f"a value has at most {LIMITS.filter_length} characters.")
    if _NOT_TEXT.search(wanted.value):
        raise RequestError(parameter, "the value holds characters that are no text.")
    if wanted.facet != "country":
        return wanted.value
    if wanted.value.upper() in COUNTRIES:
        return wanted.value.upper()
    reason = f"{wanted.value!r} is no country code of ISO 3166, such as FR."
    raise RequestError(parameter, reason, value=wanted.value, nearest=_nearest_country(wanted.value))


def _nearest_country(value: str) -> str | None:
    """The code of the country that is so called or nearly so, else the code that is spelled most alike."""
    called: Iterable[str] = country_called(value)
    named = nearest(value, COUNTRIES.values())
    by_name = [code for code, label in COUNTRIES.items() if label == named]
    return next(iter([*called, *by_name]), None) or nearest(value, COUNTRIES)
