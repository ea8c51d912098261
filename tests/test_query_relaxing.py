"""When no article has all words: those that have most of them, and another spelling that finds more."""

from __future__ import annotations

import pytest

from search.model import Filter, Request
from search.query import run
from tests.query_reference import FakeSnapshot, annotated

ARCHIVE = FakeSnapshot(
    [
        annotated("two", "oil deal", countries=["IR"]),
        annotated("one", "oil"),
        annotated("three", "oil deal iran", countries=["IR"]),
        annotated("none", "weather"),
        *(annotated(f"talk{number}", "the minister of negotiations spoke") for number in range(6)),
    ]
)


def ids(q: str, **request: object) -> list[str]:
    return [hit.id for hit in run(ARCHIVE, Request(q=q, **request))]  # type: ignore[arg-type]


def test_relaxing_gives_the_articles_with_at_least_half_of_the_words_and_says_what_they_lack() -> None:
    results = run(ARCHIVE, Request(q="oil deal iran tehran"))
    assert results.query.relaxed
    assert [(hit.id, hit.missing) for hit in results] == [("three", ("tehran",)), ("two", ("iran", "tehran"))]
    assert results.total == 2


def test_relaxing_waits_until_no_article_has_all_words() -> None:
    results = run(ARCHIVE, Request(q="oil deal"))
    assert not results.query.relaxed
    assert {hit.id for hit in results} == {"two", "three"}
    assert all(hit.missing == () for hit in results)


def test_relaxing_looks_at_what_is_left_after_the_filters() -> None:
    results = run(ARCHIVE, Request(q="oil weather", filters=(Filter("country", "IR"),)))
    assert results.query.relaxed
    assert {hit.id for hit in results} == {"two", "three"}
    assert results.facets["country"][0].count == 2  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "q",
    [
        "tehran",
        '"oil iran deal"',
        "tehran OR moscow",
        "title:(oil) -oil",
        "oil*  tehr*",
        "title:oil deal",
        "title:(oil deal)",
    ],
)
def test_relaxing_is_for_plain_words_alone(q: str) -> None:
    results = run(ARCHIVE, Request(q=q))
    assert (results.total, results.query.relaxed) == (0, False)


def test_relaxing_keeps_what_was_asked_for_on_purpose() -> None:
    assert ids("oil weather -iran country:IR") == ["two"]


def test_relaxing_of_words_that_few_have_finds_nothing() -> None:
    assert ids("tehran moscow kyiv weather") == []


def test_spelling_suggests_a_word_that_finds_more() -> None:
    results = run(ARCHIVE, Request(q="negotations"))
    assert results.suggestion is not None
    assert results.suggestion.q == "negotiations"


def test_spelling_keeps_the_rest_of_the_query_as_it_was_typed() -> None:
    results = run(ARCHIVE, Request(q='"The minister" -Oil  text:Negotations, spoke'))
    assert results.suggestion is not None
    assert results.suggestion.q == '"The minister" -Oil  text:negotiations, spoke'


def test_spelling_mends_words_of_phrases_and_names() -> None:
    archive = FakeSnapshot([annotated(str(n), "the air defense", persons=["Sergei Shoigu"]) for n in range(4)])
    for q, better in (('"air defence"', '"air defense"'), ("person:shoygu", "person:shoigu"), ("dfeense", "defense")):
        suggestion = run(archive, Request(q=q)).suggestion
        assert suggestion is not None
        assert suggestion.q == better


@pytest.mark.parametrize("q", ["oil", "negotiations", "-negotations", "ol", "2021x", "zzzzzz", ""])
def test_spelling_suggests_nothing_where_nothing_better_is_known(q: str) -> None:
    assert run(ARCHIVE, Request(q=q)).suggestion is None


def test_spelling_a_suggestion_finds_more_under_the_same_filters() -> None:
    assert run(ARCHIVE, Request(q="negotations", filters=(Filter("country", "IR"),))).suggestion is None


def test_understanding_says_what_was_read() -> None:
    query = run(ARCHIVE, Request(q='oil OR "deal')).query
    assert (query.q, query.text, query.words) == ('oil OR "deal', "oil OR deal", ("oil", "deal"))
    assert [problem.start for problem in query.problems] == [7]
    assert run(ARCHIVE, Request()).query.text == ""
