"""Searching on arrays against the definition: the same articles, order, scores and counts for random archives."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.model import Annotation, Facet, Filter, Histogram, Request, Tag
from search.query import run
from search.query.grammar import parse
from search.query.syntax import And, Days, Everything, Fuzzy, Not, Or, Phrase, Prefix, Value, Word, write
from tests.query_reference import (
    FakeSnapshot,
    annotated,
    counted,
    facet_values,
    found,
    lies_within,
    newest_first,
    scored,
)
from tests.test_query_grammar import spread

WORDS = ["oil", "oils", "iran", "iron", "deal", "arms", "army", "the"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
PEOPLE = ["Sergei Shoigu", "Sergey Lavrov", "Ana Silva"]
SPOKEN = ["2021-10-11/2021-10-17", "2021-10", "2021-10-18"]
DATES = [None, "2021", "2021-10", "2021-10-18", "2021-10-19", "2020-02-29", "0001-01-01"]


@st.composite
def archives(draw: st.DrawFn) -> list[Annotation | None]:
    """Up to ten slots, some of deleted articles."""
    slots = [
        annotated(
            f"{(number * 7) % 11}",
            draw(TEXTS),
            draw(TEXTS),
            published=draw(st.sampled_from(DATES)),
            persons=draw(st.lists(st.sampled_from(PEOPLE), unique=True, max_size=2)),
            countries=draw(st.lists(st.sampled_from(["IR", "RU", "US"]), unique=True, max_size=2)),
            source=draw(st.sampled_from([None, "Wire", "Gazette"])),
            dates=draw(st.lists(st.sampled_from(SPOKEN), unique=True, max_size=2)),
        )
        for number in range(draw(st.integers(0, 10)))
    ]
    return [slot if draw(st.integers(0, 4)) else None for slot in slots]


FIELDS = st.sampled_from([("title", "text"), ("title", "text"), ("title",), ("text",)])
LEAVES = st.one_of(
    st.builds(Word, st.sampled_from(WORDS), FIELDS),
    st.builds(Phrase, st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(tuple), FIELDS),
    st.builds(Prefix, st.sampled_from(["o", "ir", "arm"]), FIELDS),
    st.builds(Fuzzy, st.sampled_from(["iran", "army", "tehran"]), st.integers(1, 2), FIELDS),
    st.sampled_from(
        [
            Value("person", "sergei"),
            Value("person", "Ana Silva", quoted=True),
            Value("country", "IR"),
            Value("country", "Russia"),
            Value("source", "wire"),
            Days("date", dt.date(2021, 10, 1), None),
            Days("date", None, dt.date(2021, 10, 18)),
            Days("mentioned", dt.date(2021, 10, 1), dt.date(2021, 10, 17)),
            Everything(),
        ]
    ),
)
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.filter(lambda node: not isinstance(node, Not)).map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda nodes: spread(And, nodes)),
        st.lists(inner, min_size=2, max_size=3).map(lambda nodes: spread(Or, nodes)),
    ),
    max_leaves=5,
)
FILTERS = st.lists(
    st.builds(
        Filter,
        st.just("country"),
        st.sampled_from(["IR", "RU", "FR"]),
        st.booleans(),
    )
    | st.builds(Filter, st.just("person"), st.sampled_from(["ana-silva", "sergei-shoigu", "nobody"]), st.booleans()),
    max_size=3,
    unique_by=lambda wanted: (wanted.facet, wanted.value),
)
RANGES = st.sampled_from([(None, None), (dt.date(2021, 1, 1), None), (dt.date(2021, 10, 1), dt.date(2021, 10, 31))])


@given(archives(), QUERIES)
@settings(max_examples=120, deadline=None)
def test_query_finds_and_scores_by_the_definition(slots: list[Annotation | None], node: object) -> None:
    archive = [slot for slot in slots if slot]
    results = run(FakeSnapshot(slots), Request(q=write(node), size=100))  # type: ignore[arg-type]
    if results.query.relaxed:
        assert found(archive, node) == set()
        return
    assert {hit.id for hit in results} == found(archive, node)
    assert results.total == len(results)
    expected = scored(archive, node)
    for hit in results:
        assert hit.score == pytest.approx(expected[hit.id], abs=1e-5)
    newest = {annotation.article.id: newest_first(annotation) for annotation in archive}
    order = [(-round(hit.score, 9), newest[hit.id]) for hit in results]
    assert order == sorted(order)


def passes(annotation: Annotation, request: Request, without: tuple[str, ...] = ()) -> bool:
    """Does an article pass all filters but those named (`-facet` for what a facet excludes)?"""
    for facet in ("country", "person"):
        values = set(facet_values(annotation, facet))
        selected = {wanted.value for wanted in request.filters if wanted.facet == facet and not wanted.exclude}
        excluded = {wanted.value for wanted in request.filters if wanted.facet == facet and wanted.exclude}
        if selected and facet not in without and not selected & values:
            return False
        if f"-{facet}" not in without and excluded & values:
            return False
    published = annotation.article.published
    in_time = published is not None and lies_within(published.interval, *request.published)
    if request.published != (None, None) and "date" not in without and not in_time:
        return False
    if request.mentioned != (None, None) and "mentioned" not in without:
        return any(lies_within(date, *request.mentioned) for date in annotation.dates)
    return True


@given(archives(), st.sampled_from(["", "iran", "oil OR deal", "-arms"]), FILTERS, RANGES, RANGES)
@settings(max_examples=120, deadline=None)
def test_query_counts_every_facet_under_every_filter_but_its_own(
    slots: list[Annotation | None],
    q: str,
    filters: list[Filter],
    published: tuple[dt.date | None, dt.date | None],
    mentioned: tuple[dt.date | None, dt.date | None],
) -> None:
    request = Request(
        q=q,
        filters=tuple(filters),
        published=published,
        mentioned=mentioned,
        facets=("country", "person", "source", "date", "mentioned"),
        size=100,
    )
    results = run(FakeSnapshot(slots), request)
    archive = [slot for slot in slots if slot]
    matching = [a for a in archive if a.article.id in found(archive, parse(q).node)]
    assert {hit.id for hit in results} == {a.article.id for a in matching if passes(a, request)}
    for name in ("country", "person", "source"):
        facet = results.facets[name]
        assert isinstance(facet, Facet)
        counts = counted([a for a in matching if passes(a, request, (name,))], name)
        unfiltered = counted([a for a in matching if passes(a, request, (name, f"-{name}"))], name)
        for value in facet:
            assert value.count == (unfiltered if value.excluded else counts)[value.value]
        assert {value.value for value in facet if not value.excluded} >= set(counts)
        assert facet.total == len(counts)
        chosen = {wanted.value for wanted in filters if wanted.facet == name}
        assert {value.value for value in facet if value.selected or value.excluded} == chosen
        order = [(not value.selected, not value.excluded, -value.count) for value in facet]
        assert order == sorted(order)
    kept = [a for a in matching if passes(a, request)]
    dates = results.facets["date"]
    assert isinstance(dates, Histogram)
    assert dates.unknown == sum(a.article.published is None for a in matching if passes(a, request, ("date",)))
    assert sum(bar.count for bar in dates) + dates.coarse == sum(a.article.published is not None for a in kept)
    for bar in dates:
        inside = [
            a
            for a in kept
            if a.article.published and lies_within(a.article.published.interval, bar.interval.first, bar.interval.last)
        ]
        assert bar.count == len(inside)
    spoken = results.facets["mentioned"]
    assert isinstance(spoken, Histogram)
    for bar in spoken:
        assert bar.count == sum(
            any(lies_within(d, bar.interval.first, bar.interval.last) for d in a.dates) for a in kept
        )


@given(
    archives(), st.sampled_from(["", "iran", "oil OR deal OR the"]), st.sampled_from(["relevance", "newest", "oldest"])
)
@settings(max_examples=60, deadline=None)
def test_query_pages_in_any_order_are_the_whole_list_cut_up(slots: list[Annotation | None], q: str, sort: str) -> None:
    snapshot = FakeSnapshot(slots)
    request = Request(q=q, sort=sort, size=100, facets=())  # type: ignore[arg-type]
    whole = run(snapshot, request)
    pages = [run(snapshot, replace(request, size=2, page=page)) for page in range(1, max(1, -(-whole.total // 2)) + 1)]
    assert [hit.id for page in pages for hit in page] == [hit.id for hit in whole]
    assert {page.total for page in pages} == {whole.total}
    if sort != "relevance":
        days = [hit.published.interval.first if hit.published else None for hit in whole]
        known = [day for day in days if day]
        assert known == sorted(known, reverse=sort == "newest")
        assert days == known + [None] * (len(days) - len(known))


def test_query_of_equal_scores_the_newer_comes_first_then_the_smaller_id() -> None:
    slots = [
        annotated("c", "iran"),
        annotated("b", "iran", published="2021-10-18"),
        annotated("d", "iran", published="2021-10-19"),
        annotated("a", "iran"),
    ]
    for order in (slots, slots[::-1]):
        assert [hit.id for hit in run(FakeSnapshot(order), Request(q="iran"))] == ["d", "b", "a", "c"]


def test_query_case_and_accents_never_matter() -> None:
    snapshot = FakeSnapshot([annotated("a", "The São Paulo deal", persons=["Nicolás Maduro"])])
    for q in (
        "SAO paulo",
        "são",
        '"SÃO PAULO"',
        "PAU*",
        "sao~",
        "person:maduro",
        'person:"NICOLAS MADURO"',
        "person:nicolas-maduro",
    ):
        assert run(snapshot, Request(q=q)).total == 1, q


def test_query_half_an_alternative_scores_nothing() -> None:
    archive = [annotated("a", "iran deal"), annotated("b", "oil"), annotated("c", "army")]
    snapshot = FakeSnapshot(archive)
    both = run(snapshot, Request(q="(iran army) OR deal"))
    alone = run(snapshot, Request(q="deal"))
    assert both[0].score == alone[0].score


@pytest.mark.parametrize("name", ["iran", "IR", "ir", '"Iran"', "persia OR country:iran"])
def test_query_a_country_is_named_by_code_or_name(name: str) -> None:
    snapshot = FakeSnapshot([annotated("a", "x", countries=["IR"]), annotated("b", "x", countries=["US"])])
    assert [hit.id for hit in run(snapshot, Request(q=f"country:{name}"))] == ["a"]
    assert (
        run(snapshot, Request(q="country:usa")).total == run(snapshot, Request(q='country:"united states"')).total == 1
    )


def test_query_a_quoted_name_that_is_all_of_a_value_means_that_value_alone() -> None:
    names = ["NATO", "NATO Response Force", "European Union", "European Union Court"]
    snapshot = FakeSnapshot([annotated(str(n), "x", organizations=[name]) for n, name in enumerate(names)])

    def found(q: str) -> set[str]:
        return {hit.id for hit in run(snapshot, Request(q=q))}

    assert found("organization:nato") == {"0", "1"}
    assert found('organization:"nato"') == found('organization:"NATO"') == {"0"}
    assert found('organization:"nato-response-force"') == {"1"}
    assert found('organization:"European Union"') == {"2"}
    assert found('organization:"response"') == {"1"}
    assert found('organization:(nato OR "european")') == {"0", "1", "2", "3"}


def test_query_a_quoted_slug_means_its_value_even_where_others_have_it_as_their_label() -> None:
    snapshot = FakeSnapshot(
        [
            replace(annotated("slug", "x"), persons=(Tag("macron", "Emmanuel Macron"),)),
            replace(annotated("label", "x"), persons=(Tag("b-macron", "Macron"),)),
        ]
    )
    assert [hit.id for hit in run(snapshot, Request(q='person:"macron"'))] == ["slug"]
    assert run(snapshot, Request(q="person:macron")).total == 2


def test_query_one_word_of_a_name_finds_all_who_have_it() -> None:
    people = ["Bashar al-Assad", "Hafez al-Assad", "Asma Akhras"]
    snapshot = FakeSnapshot([annotated(str(n), "x", persons=[name]) for n, name in enumerate(people)])
    assert {hit.id for hit in run(snapshot, Request(q="person:assad"))} == {"0", "1"}
    assert {hit.id for hit in run(snapshot, Request(q='person:"Assad, Hafez"'))} == {"1"}
    missing = run(snapshot, Request(q="person:nobody"))
    assert missing.total == 0
    assert "nobody" in missing.query.problems[0].message
