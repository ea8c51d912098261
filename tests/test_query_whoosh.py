"""Whoosh as the second reference: its searcher, asked for every document, finds what the arrays find.

Its default collector is not asked: it prunes, and loses hits. The hazards of Whoosh that touch querying are each tried.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from whoosh import fields, query
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.collectors import UnlimitedCollector
from whoosh.filedb.filestore import RamStorage
from whoosh.searching import Searcher

from search.analysis import stem, words
from search.model import Annotation, Request
from search.query import run
from search.query.bind import bind
from search.query.execute import Execution
from search.query.grammar import parse
from search.query.nodes import exact
from search.query.syntax import write
from tests.query_reference import FACET_NAMES, FakeSnapshot, annotated, facet_values
from tests.test_query_reference import QUERIES, archives


def whoosh_index(slots: list[Annotation | None], per_segment: int = 3):  # type: ignore[no-untyped-def]
    """An index of several segments whose document numbers are the slots; the documents of empty slots are deleted."""
    schema = fields.Schema(
        key=fields.ID(stored=True),
        **{name: fields.KEYWORD(commas=True) for name in FACET_NAMES},
        **{name: fields.TEXT(SpaceSeparatedTokenizer(), phrase=False) for name in ("title", "text")},
        **{exact(name): fields.TEXT(SpaceSeparatedTokenizer(), phrase=True) for name in ("title", "text")},
        **{name: fields.NUMERIC(int, 64, signed=True) for name in ("published_first", "published_last")},
    )
    index = RamStorage().create_index(schema)
    for begin in range(0, len(slots), per_segment):
        writer = index.writer()
        for number, slot in enumerate(slots[begin : begin + per_segment], begin):
            writer.add_document(key=str(number), **(document(slot) if slot else {"text": "iran oil"}))
        writer.commit(merge=False)
    writer = index.writer()
    for number, slot in enumerate(slots):
        if slot is None:
            writer.delete_document(number)
    writer.commit(merge=False)
    return index


def document(annotation: Annotation) -> dict[str, object]:
    of: dict[str, object] = {}
    for field in ("title", "text"):
        tokens = [word.text for word in words(getattr(annotation.article, field))]
        of[field] = " ".join(map(stem, tokens))
        of[exact(field)] = " ".join(tokens)
    for facet in FACET_NAMES:
        of[facet] = ",".join(facet_values(annotation, facet))
    if annotation.article.published:
        interval = annotation.article.published.interval
        of["published_first"] = interval.first.toordinal()
        of["published_last"] = interval.last.toordinal()
    return of


def whoosh_finds(searcher: Searcher, bound: query.Query) -> set[int]:
    """Every live document; Whoosh's own Not brings a deleted one back where it is the last of its segment."""
    collector = UnlimitedCollector()
    searcher.search_with_collector(bound, collector)
    return {docnum for _, docnum in collector.items if not searcher.reader().is_deleted(docnum)}


@given(archives(), QUERIES)
@settings(max_examples=40, deadline=None)
def test_query_whoosh_finds_the_same_articles(slots: list[Annotation | None], node: object) -> None:
    snapshot = FakeSnapshot(slots)
    bound = bind(snapshot, parse(write(node)).node).query  # type: ignore[arg-type]
    with whoosh_index(slots).searcher() as searcher:
        assert set(Execution(snapshot).match(bound).tolist()) == whoosh_finds(searcher, bound)


SLOTS = [
    annotated("a", "oil iran"),
    annotated("b", "iron deal"),
    None,
    annotated("c", "oil deal arms"),
    annotated("d", "army"),
]


@pytest.mark.parametrize(
    ("node", "finds"),
    [
        (query.Term("text", "oil"), [0, 3]),
        (query.Wildcard("text_exact", "ir?n"), [0, 1]),
        (query.And([query.Term("text", "oil"), query.Not(query.Term("text", "deal"))]), [0]),
        (query.Not(query.Term("text", "oil")), [1, 4]),
        (query.DisjunctionMax([query.Term("text", "oil"), query.Term("text", "armi")]), [0, 3, 4]),
    ],
)
def test_query_a_node_unknown_to_the_fast_path_is_run_by_whoosh(node: query.Query, finds: list[int]) -> None:
    snapshot = FakeSnapshot(SLOTS)
    with whoosh_index(SLOTS).reader() as reader:
        snapshot.reader = reader  # type: ignore[assignment]
        execution = Execution(snapshot)
        docs = execution.match(node)
        assert docs.tolist() == finds
        assert execution.score(node, docs).tolist() == [0.0] * len(finds)


def test_query_a_negation_run_by_whoosh_brings_no_deleted_article_back() -> None:
    slots = [None, annotated("a", "oil"), None]
    snapshot = FakeSnapshot(slots)
    with whoosh_index(slots).reader() as reader:
        snapshot.reader = reader  # type: ignore[assignment]
        unknown = query.ConstantScoreQuery(query.Not(query.Term("text", "oil")))
        assert Execution(snapshot).match(unknown).tolist() == []


def test_query_what_whoosh_prunes_away_is_found() -> None:
    """`(a OR b) AND (c OR d)` over several segments: Whoosh's top ten miss hits."""
    texts = ["oil", "iran", "deal", "arms", "oil deal", "iran arms", "oil iran deal arms"] * 20
    snapshot = FakeSnapshot([annotated(f"{number:03}", text) for number, text in enumerate(texts)])
    results = run(snapshot, Request(q="(oil OR iran) AND (deal OR arms)", size=10))
    assert results.total == 60
    whole = [hit.score for hit in run(snapshot, Request(q="(oil OR iran) AND (deal OR arms)", size=100))]
    assert [hit.score for hit in results] == sorted(whole, reverse=True)[:10]


@pytest.mark.parametrize(
    "q", ["oil NOT deal", "(oil NOT deal) NOT (army NOT arms)", "NOT NOT oil", "-(-oil)", "oil -deal -arms"]
)
def test_query_negations_never_become_and_not(q: str) -> None:
    bound = bind(FakeSnapshot(SLOTS), parse(q).node).query
    assert not any(isinstance(node, query.AndNot) for node in nodes_of(bound))
    Execution(FakeSnapshot(SLOTS)).match(bound)


def nodes_of(node: query.Query):  # type: ignore[no-untyped-def]
    yield node
    for child in node.children():
        yield from nodes_of(child)
