"""What is refused, with the parameter's name and the way out; and hostile requests that are answered all the same."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from search.errors import RequestError
from search.model import Filter, Request
from search.query import LIMITS, facet_values, run, suggest
from tests.query_reference import FakeSnapshot, annotated

ARCHIVE = FakeSnapshot(
    [
        annotated("a", "iran oil deal", "Iran", published="2021-10-18", countries=["IR"], persons=["Ana Silva"]),
        annotated("b", "oil", published="2021-10", countries=["US"]),
        annotated("c", "arms"),
    ]
)


@pytest.mark.parametrize(
    ("request_", "parameter", "nearest"),
    [
        (Request(q="x" * 513), "q", None),
        (Request(page=0), "page", "1"),
        (Request(page=2), "page", "1"),
        (Request(page=101, size=100), "page", "100"),
        (Request(size=0), "size", "1"),
        (Request(size=101), "size", "100"),
        (Request(facet_size=1001), "facet_size", "1000"),
        (Request(facet_size=-1), "facet_size", "0"),
        (Request(sort="newst"), "sort", "newest"),  # type: ignore[arg-type]
        (Request(date_interval="week"), "date_interval", None),  # type: ignore[arg-type]
        (Request(facets=("countri",)), "facets", "country"),
        (Request(filters=(Filter("persn", "x"),)), "persn", "person"),
        (Request(filters=(Filter("country", "Iran"),)), "country", "IR"),
        (Request(filters=(Filter("country", "Irn"),)), "country", "IR"),
        (Request(filters=(Filter("country", "XX", exclude=True),)), "country__not", None),
        (Request(filters=(Filter("person", "\ud800"),)), "person", None),
        (Request(filters=(Filter("person", "x" * 600),)), "person", None),
        (Request(filters=(Filter("person", "x"),) * 101), "filters", None),
        (Request(published=(dt.date(2021, 2, 1), dt.date(2021, 1, 1))), "from", "2021-01-01"),
        (Request(mentioned=(dt.date(2021, 2, 1), dt.date(2021, 1, 1))), "mentioned_from", "2021-01-01"),
    ],
)
def test_limits_what_cannot_be_answered_names_the_parameter_and_the_nearest(
    request_: Request, parameter: str, nearest: str | None
) -> None:
    with pytest.raises(RequestError) as refused:
        run(ARCHIVE, request_)
    assert refused.value.parameter == parameter
    if nearest is not None:
        assert refused.value.nearest == nearest


def test_limits_the_first_page_of_nothing_is_no_error() -> None:
    assert run(ARCHIVE, Request(q="nowhere")).total == 0
    with pytest.raises(RequestError):
        run(ARCHIVE, Request(q="nowhere", page=2))


def test_limits_a_country_code_may_be_in_small_letters() -> None:
    results = run(ARCHIVE, Request(filters=(Filter("country", "ir"),)))
    assert [hit.id for hit in results] == ["a"]
    assert results.facets["country"][0].value == "IR"  # type: ignore[union-attr]


def test_limits_a_value_that_the_archive_does_not_have_is_listed_at_zero() -> None:
    results = run(ARCHIVE, Request(filters=(Filter("person", "nobody"), Filter("country", "FR"))))
    assert results.total == 0
    for facet, label in (("person", "nobody"), ("country", "France")):
        (value,) = results.facets[facet]
        assert (value.label, value.count, value.selected) == (label, 0, True)  # type: ignore[union-attr]


def test_limits_a_prefix_that_stands_for_too_many_words_is_refused() -> None:
    many = FakeSnapshot([annotated("a", " ".join(f"word{number}" for number in range(LIMITS.expansions + 1)))])
    with pytest.raises(RequestError) as refused:
        run(many, Request(q="wo*"))
    assert refused.value.parameter == "q"
    assert run(many, Request(q="word10*")).total == 1


@pytest.mark.parametrize(
    "q",
    [
        "(" * 512,
        '"' * 512,
        "[a TO " * 30,
        "NOT " * 128,
        "NOT NOT a",
        "a" * 512,
        "北" * 512,
        '"' + "oil " * 127 + '"',
        "\ud800\udfff \0 oil",
        "OR AND NOT ( ) -",
        "a~2 " * 60,
        "((oil OR deal) -(iran) OR ()) AND -",
        "date:0000 date:9999-99-99 date:..",
        "mentioned:9999.. date:0001",
        "person:* title:* country:*",
        "\u202e oil \u200b",
        "oil'" * 100,
    ],
)
def test_limits_hostile_queries_are_answered(q: str) -> None:
    results = run(ARCHIVE, Request(q=q, facets=("country", "person", "date", "mentioned")))
    results.query.q.encode()
    results.query.text.encode()
    for problem in results.query.problems:
        assert 0 <= problem.start <= problem.end <= len(q)


@pytest.mark.parametrize("q", ["*a*", "?*", "x~9", "a " * 65])
def test_limits_cost_bombs_are_refused_or_answered_but_never_run(q: str) -> None:
    with suppress(RequestError):
        run(ARCHIVE, Request(q=q))


def test_limits_an_empty_archive_answers_everything() -> None:
    empty = FakeSnapshot([])
    for q in ("", "oil", "-oil", '"oil deal"', "oil deal", "person:x", "date:2021", "oi*", "oil~"):
        results = run(empty, Request(q=q, facets=("country", "person", "date", "mentioned")))
        assert (results.total, len(results)) == (0, 0)
    assert suggest(empty, "a") == ()
    assert len(facet_values(empty, "person", prefix="a")) == 0


def test_limits_threads_may_search_one_snapshot_at_once() -> None:
    archive = FakeSnapshot(ARCHIVE.slots)
    requests = [Request(q=q) for q in ("oil", "iran OR arms", "-oil", '"oil deal"', "o* person:silva")] * 8
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda request: [hit.id for hit in run(archive, request)], requests))
    assert together == [[hit.id for hit in run(archive, request)] for request in requests]
