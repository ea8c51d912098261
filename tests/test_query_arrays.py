"""The functions on arrays against sets and dictionaries, for small archives and for large ones with few hits."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.model import Request
from search.query import docsets, rank, run
from search.query.execute import rows_with
from search.query.facets import count_values, leading
from search.query.score import BM25F, FieldWeight, idf, normalized, saturated
from tests.query_reference import FacetColumn, FakeSnapshot, annotated

SIZES = st.sampled_from([12, 3000])  # in the large archive a set is sparse, in the small one dense
SETS = st.lists(st.lists(st.integers(0, 11), unique=True).map(sorted), min_size=1, max_size=4)


def docs(numbers: list[int]) -> np.ndarray:
    return np.array(numbers, np.int32)


@given(SIZES, SETS)
@settings(max_examples=80, deadline=None)
def test_arrays_sets_are_sets(size: int, sets: list[list[int]]) -> None:
    arrays = [docs(numbers) for numbers in sets]
    assert docsets.union(arrays, size).tolist() == sorted(set().union(*sets))
    assert docsets.intersection(arrays).tolist() == sorted(set(sets[0]).intersection(*sets))
    assert docsets.difference(arrays[0], arrays[-1]).tolist() == sorted(set(sets[0]) - set(sets[-1]))
    assert docsets.member(arrays[0], arrays[-1]).tolist() == [number in sets[-1] for number in sets[0]]


@given(SIZES, SETS)
@settings(max_examples=80, deadline=None)
def test_arrays_values_are_summed_and_looked_up_by_article(size: int, sets: list[list[int]]) -> None:
    totals: dict[int, float] = defaultdict(float)
    for number, of in enumerate(sets, 1):
        for doc in of:
            totals[doc] += number * doc
    parts = [(docs(of), number * np.array(of, np.float64)) for number, of in enumerate(sets, 1)]
    holders, values = docsets.summed(parts, size)
    assert dict(zip(holders.tolist(), values.tolist(), strict=True)) == totals
    asked = docs(list(range(12)))
    assert docsets.values_at(asked, holders, values, size).tolist() == [totals.get(doc, 0.0) for doc in range(12)]


@given(st.lists(st.lists(st.integers(0, 5), unique=True), min_size=1, max_size=12), st.data())
@settings(max_examples=80, deadline=None)
def test_arrays_facet_counts_are_counts(rows: list[list[int]], data: st.DataObject) -> None:
    offsets = np.cumsum([0, *map(len, rows)]).astype(np.int64)
    column = FacetColumn(tuple("abcdef"), tuple("abcdef"), offsets, docs([o for row in rows for o in row]))
    chosen = sorted(data.draw(st.sets(st.integers(0, len(rows) - 1))))
    counted = Counter(ordinal for doc in chosen for ordinal in rows[doc])
    assert count_values(column, docs(chosen)).tolist() == [counted[ordinal] for ordinal in range(6)]
    flags = np.array([True, False, True, False, False, False])
    assert rows_with(column, flags).tolist() == [bool({0, 2} & set(row)) for row in rows]


@given(st.lists(st.integers(0, 4), max_size=12), st.integers(0, 13), st.data())
@settings(max_examples=80, deadline=None)
def test_arrays_leading_values_are_those_of_a_full_sort(counts: list[int], size: int, data: st.DataObject) -> None:
    labels = data.draw(st.permutations(range(len(counts))))
    without = sorted(data.draw(st.sets(st.sampled_from(range(len(counts)) or [0])))) if counts else []
    order = sorted(range(len(counts)), key=lambda ordinal: (-counts[ordinal], labels[ordinal]))
    expected = [ordinal for ordinal in order if counts[ordinal] and ordinal not in without][:size]
    assert leading(np.array(counts, np.int64), np.array(labels, np.int64), size, without).tolist() == expected


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30), st.integers(1, 31), st.randoms())
@settings(max_examples=80, deadline=None)
def test_arrays_the_first_hits_are_those_of_a_full_sort(scores: list[int], wanted: int, random: object) -> None:
    size = len(scores)
    ranks = list(range(size))
    random.shuffle(ranks)  # type: ignore[attr-defined]
    everything, ranked = docs(list(range(size))), docs(ranks)
    by_score = sorted(range(size), key=lambda doc: (-scores[doc], ranks[doc]))
    by_rank = sorted(range(size), key=ranks.__getitem__)
    by_age = sorted(range(size), key=lambda doc: (scores[doc] or math.inf, ranks[doc]))
    assert rank.by_score(everything, np.array(scores, np.float64), ranked, wanted).tolist() == by_score[:wanted]
    assert rank.by_rank(everything, ranked, wanted).tolist() == by_rank[:wanted]
    assert rank.by_age(everything, docs(scores), ranked, wanted).tolist() == by_age[:wanted]


def test_arrays_bm25f_by_hand() -> None:
    """One article of 10 has the word twice in a text of twice the average length, and once in the title."""
    assert idf(10, 1) == pytest.approx(math.log(1 + 9.5 / 1.5))
    text = normalized(np.array([2.0]), np.array([200]), 100.0, FieldWeight(1.0, 0.75))
    title = normalized(np.array([1.0]), np.array([5]), 5.0, FieldWeight(2.0, 0.5))
    assert text.tolist() == pytest.approx([2.0 / 1.75])
    assert title.tolist() == [2.0]
    assert saturated(text + title, 1.0, 1.2).tolist() == pytest.approx([2.2 * 3.142857 / 4.342857])
    assert BM25F.k1 == 1.2


def test_arrays_more_values_than_are_looked_up_one_by_one() -> None:
    """A range of dates that stands for hundreds of values is found in one pass over the column."""
    first = dt.date(2021, 1, 1).toordinal()
    archive = [annotated(str(day), "x", dates=[str(dt.date.fromordinal(first + day))]) for day in range(300)]
    snapshot = FakeSnapshot([*archive, None, annotated("other", "x", dates=["2020-12-31"])])
    assert run(snapshot, Request(q="mentioned:2021")).total == 300
    assert run(snapshot, Request(mentioned=(dt.date(2021, 2, 1), dt.date(2021, 2, 28)))).total == 28
