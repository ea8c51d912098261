"""URL ↔ Request: what a URL means, and that every request has one."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.countries import COUNTRIES
from search.errors import RequestError
from search.model import DATE_HISTOGRAMS, FACETS, Filter, Request
from search.query import LIMITS
from web import links
from web.params import DEEPEST, SEARCH, canonical, parse_pairs, request_pairs, url


def asked(query: str) -> Request:
    return parse_pairs(parse_qsl(query, keep_blank_values=True))


def test_web_params_without_parameters_the_request_is_the_default_one() -> None:
    assert asked("") == Request()
    assert url("/search", Request()) == "/search"


def test_web_params_values_become_filters_dates_become_whole_days() -> None:
    request = asked("q=arms&country=RU&country=ir&country__not=US&person=sergei-shoigu&from=2021-10&to=2021")
    assert request.filters == (
        Filter("country", "RU"),
        Filter("country", "IR"),
        Filter("country", "US", exclude=True),
        Filter("person", "sergei-shoigu"),
    )
    assert request.published == (dt.date(2021, 10, 1), dt.date(2021, 12, 31))


def test_web_params_an_empty_value_is_not_given_but_empty_facets_are_none() -> None:
    assert asked("q=&from=&country=&sort=&page=") == Request()
    assert asked("facets=").facets == ()


@pytest.mark.parametrize(
    ("query", "parameter", "nearest"),
    [
        ("contry=RU", "contry", "country"),
        ("country=IRN", "country", "IR"),
        ("country=Iran", "country", "IR"),
        ("country__not=Rusia", "country__not", "RU"),
        ("country=USA", "country", "US"),
        ("country=CHN", "country", None),
        ("country=England", "country", None),
        ("sort=newst", "sort", "newest"),
        ("facets=country,persons", "facets", "person"),
        ("date_interval=months", "date_interval", "month"),
        ("page=0", "page", "1"),
        ("page=two", "page", "1"),
        ("page=-3", "page", "1"),
        ("size=101", "size", "100"),
        ("size=1e9", "size", "10"),
        ("facet_size=100000", "facet_size", "1000"),
        ("highlight=yes", "highlight", "1"),
        ("from=2021-02-30", "from", "2021-02"),
        ("to=2021-13", "to", "2021"),
        ("from=last+week", "from", None),
        ("from=2022&to=2021", "from", "2021-12-31"),
        ("mentioned_from=2022&mentioned_to=2021-01", "mentioned_from", "2021-01-31"),
        ("q=a&q=b", "q", None),
        ("sort=newest&sort=oldest", "sort", None),
        ("q=" + "x" * 513, "q", None),
        ("person=" + "x" * 513, "person", None),
    ],
)
def test_web_params_what_cannot_be_answered_is_named_with_the_nearest_valid(
    query: str, parameter: str, nearest: str | None
) -> None:
    with pytest.raises(RequestError) as refused:
        asked(query)
    assert (refused.value.parameter, refused.value.nearest) == (parameter, nearest)


def test_web_params_the_error_is_short_however_long_the_value() -> None:
    with pytest.raises(RequestError) as refused:
        asked("sort=" + "x" * 100_000)
    assert len(str(refused.value)) < 300


def test_web_params_what_is_no_character_does_not_survive_to_break_a_url() -> None:
    request = parse_pairs([("q", "a\ud800b\0"), ("person", "\udfff")])
    assert parse_pairs(request_pairs(request)) == request
    assert url("/search", Request(q="\ud800")).isascii()


def test_web_params_the_bounds_are_those_of_the_engine() -> None:
    bounds = {parameter.name: parameter for parameter in SEARCH}
    assert (bounds["size"].most, bounds["facet_size"].most) == (LIMITS.size, LIMITS.facet_size)
    assert (bounds["q"].most, bounds["person"].most) == (LIMITS.query_length, LIMITS.filter_length)
    assert LIMITS.depth == DEEPEST


days = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))
ranges = st.tuples(st.none() | days, st.none() | days).filter(lambda r: not (r[0] and r[1] and r[0] > r[1]))
values = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20)
filters = st.one_of(
    st.builds(Filter, st.sampled_from([f for f in FACETS if f != "country"]), values, st.booleans()),
    st.builds(Filter, st.just("country"), st.sampled_from(sorted(COUNTRIES)), st.booleans()),
)
requests = st.builds(
    Request,
    q=values | st.just(""),
    filters=st.lists(filters, max_size=6).map(tuple),
    published=ranges,
    mentioned=ranges,
    sort=st.sampled_from(["relevance", "newest", "oldest"]),
    page=st.integers(1, 100),
    size=st.integers(1, 100),
    facets=st.lists(st.sampled_from([*FACETS, *DATE_HISTOGRAMS]), unique=True).map(tuple),
    facet_size=st.integers(0, 1000),
    date_interval=st.sampled_from(["auto", "year", "month", "day"]),
    highlight=st.booleans(),
)


@given(requests)
@settings(max_examples=150, deadline=None)
def test_web_params_a_url_gives_back_its_request(request: Request) -> None:
    link = url("/search", request)
    again = asked(urlsplit(link).query)
    assert again == canonical(request)
    assert url("/search", again) == link
    # Only the order of the filters, and their repetitions, are lost.
    assert set(again.filters) == set(request.filters)
    assert (again.q, again.published, again.mentioned) == (request.q, request.published, request.mentioned)
    assert again.facets == request.facets


@given(requests, filters)
@settings(max_examples=80, deadline=None)
def test_web_links_a_toggle_goes_there_and_back(request: Request, wanted: Filter) -> None:
    without = links.without_filter(request, wanted.facet, wanted.value)
    on = links.toggled(without, wanted.facet, wanted.value, exclude=wanted.exclude)
    assert wanted in on.filters
    assert on.page == 1
    assert links.toggled(on, wanted.facet, wanted.value, exclude=wanted.exclude) == without
    # To select what was excluded is not to ask for both.
    other = links.toggled(on, wanted.facet, wanted.value, exclude=not wanted.exclude)
    assert [f for f in other.filters if (f.facet, f.value) == (wanted.facet, wanted.value)] == [
        Filter(wanted.facet, wanted.value, not wanted.exclude)
    ]
