"""Completing what is being typed: values by any word of their name, titles, and the values of one facet."""

from __future__ import annotations

import pytest

from search.errors import RequestError
from search.model import Filter, Request
from search.query import facet_values, suggest
from tests.query_reference import FakeSnapshot, annotated

ARCHIVE = FakeSnapshot(
    [
        annotated("1", "oil", "Shoigu in Tehran", published="2021-10-18", persons=["Sergei Shoigu"], countries=["IR"]),
        annotated("2", "oil", "Shouting", published="2021-10-19", persons=["Sergei Shoigu", "Nicolás Maduro"]),
        annotated("3", "deal", "Talks", persons=["Sergey Lavrov"], organizations=["Shell"], countries=["CI"]),
    ]
)


def test_suggest_gives_values_by_any_word_of_the_label_and_titles() -> None:
    found = [(completion.kind, completion.value) for completion in suggest(ARCHIVE, "sho")]
    assert found == [("person", "sergei-shoigu"), ("title", "2"), ("title", "1")]
    assert [completion.label for completion in suggest(ARCHIVE, "MADÚ")] == ["Nicolás Maduro"]
    assert [completion.count for completion in suggest(ARCHIVE, "serge")] == [2, 1]
    assert [completion.value for completion in suggest(ARCHIVE, "shoigu te")] == ["1"]


def test_suggest_gives_no_more_than_asked_for_and_nothing_for_nothing() -> None:
    assert len(suggest(ARCHIVE, "s", limit=2)) == 2
    for text in ("", " ", "?!", "\ud800\0", "zzz", "s" * 5000):
        assert suggest(ARCHIVE, text) == ()
    assert suggest(ARCHIVE, "s", limit=0) == ()


def test_facet_values_by_prefix_regardless_of_case_and_accents() -> None:
    def values(name: str, prefix: str) -> list[str]:
        return [value.label for value in facet_values(ARCHIVE, name, prefix=prefix)]

    assert values("person", "nico") == ["Nicolás Maduro"]
    assert values("person", "Má") == ["Nicolás Maduro"]
    assert values("person", "serge") == ["Sergei Shoigu", "Sergey Lavrov"]
    assert values("country", "cote d'i") == ["Côte d’Ivoire"]
    assert values("person", "") == ["Sergei Shoigu", "Nicolás Maduro", "Sergey Lavrov"]
    assert values("person", "zzz") == []


def test_facet_values_are_counted_for_a_request_and_total_says_how_many() -> None:
    facet = facet_values(ARCHIVE, "person", request=Request(q="oil"), limit=1)
    assert [(value.value, value.count) for value in facet] == [("sergei-shoigu", 2)]
    assert facet.total == 2


def test_facet_values_mark_a_selected_value_only_if_it_begins_so() -> None:
    request = Request(filters=(Filter("person", "sergey-lavrov"),))
    assert [value.selected for value in facet_values(ARCHIVE, "person", prefix="l", request=request)] == [True]
    assert [value.label for value in facet_values(ARCHIVE, "person", prefix="m", request=request)] == ["Nicolás Maduro"]


def test_facet_values_of_an_unknown_facet_names_the_nearest() -> None:
    with pytest.raises(RequestError) as refused:
        facet_values(ARCHIVE, "persn")
    assert refused.value.nearest == "person"
