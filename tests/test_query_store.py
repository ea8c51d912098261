"""Searching a stored archive: after batches, updates and deletions it answers as the plain one does, and Whoosh."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from whoosh.collectors import UnlimitedCollector
from whoosh.searching import Searcher

from search.model import FACETS, Annotation, Filter, Request
from search.query import facet_values, run, suggest
from search.query.bind import bind
from search.query.execute import Execution
from search.query.grammar import parse
from search.store import Store
from tests.query_reference import FakeSnapshot, annotated

PEOPLE = ["Sergei Shoigu", "Sergey Lavrov", "Nicolás Maduro"]
SENTENCES = [
    "The minister spoke of the air defense and of military drones.",
    "Oil prices fell while oil exports rose.",
    "Talks were held in Tehran; negotiations go on.",
    "The São Paulo deal was signed, 17,000 tons of U.S. wheat.",
    "Air forces and defense ministers met.",
]
DATES = ["2021-10-18", "2021-10", None, "2021", "2020-02-29", "2021-10-19"]


def article(number: int, edition: int = 0) -> Annotation:
    return annotated(
        f"article-{number}",
        " ".join(SENTENCES[(number * step + edition) % 5] for step in (1, 2, 3)[: 1 + number % 3]),
        f"Story {number} of {['oil', 'defense', 'talks'][(number + edition) % 3]}",
        published=DATES[(number + edition) % 6],
        persons=[PEOPLE[number % 3], PEOPLE[(number + 1 + edition) % 3]][: (number + edition) % 3],
        countries=[["IR", "RU", "US"][number % 3], "FR"][: 1 + number % 2],
        organizations=["Shell"] if number % 4 == 0 else [],
        source=["Wire", "Gazette", None][number % 3],
        dates=["2021-10-11/2021-10-17", "2021-10-18"][: number % 3],
    )


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[object, FakeSnapshot]]:
    """The same articles stored in several commits with changes and deletions, and in a plain list."""
    path: Path = tmp_path_factory.mktemp("archive") / "index"
    with Store(path) as store:
        for begin in range(0, 40, 8):
            store.write(article(number) for number in range(begin, begin + 8))
        store.write(article(number, edition=1) for number in range(0, 40, 5))
        store.delete([f"article-{number}" for number in range(3, 40, 7)])
        kept = [article(n, edition=1 if n % 5 == 0 else 0) for n in range(40) if n % 7 != 3]
        yield store.snapshot(), FakeSnapshot(kept)


QUERIES = [
    "",
    "oil",
    "oil prices",
    "military drones OR wheat",
    '"air defense"',
    '"defense" -"air defense"',
    "title:talks",
    "text:talks -title:oil",
    "min*",
    "tehren~",
    "negotations~2",
    "-oil",
    "NOT (oil OR talks)",
    "person:sergey",
    'person:"nicolas maduro" oil',
    "country:iran",
    "source:wire defense",
    "date:2021-10",
    "-date:2021",
    "date:..2020",
    "mentioned:2021-10",
    "17000 us",
    "sao paulo",
    "oil zebra wheat",
    "(oil OR talks) AND (minister OR wheat) -date:2021-10-18",
]


@pytest.mark.parametrize("q", QUERIES)
def test_query_a_stored_archive_answers_as_the_plain_one(archives: tuple[object, FakeSnapshot], q: str) -> None:
    stored, plain = archives
    request = Request(q=q, size=100, facets=(*FACETS, "date", "mentioned"), facet_size=100)
    for filters in ((), (Filter("country", "IR"),), (Filter("person", "sergei-shoigu"), Filter("country", "FR", True))):
        for dates in ((None, None), (dt.date(2021, 10, 1), dt.date(2021, 10, 31))):
            narrowed = replace(request, filters=filters, published=dates)
            found, expected = run(stored, narrowed), run(plain, narrowed)  # type: ignore[arg-type]
            assert {hit.id for hit in found} == {hit.id for hit in expected}
            score = {hit.id: hit.score for hit in expected}
            for hit in found:
                assert hit.score == pytest.approx(score[hit.id], abs=1e-5)
            assert found.facets == expected.facets
            assert found.query == expected.query
            assert found.suggestion == expected.suggestion


@pytest.mark.parametrize("q", QUERIES)
def test_query_whoosh_finds_the_same_in_a_stored_archive(archives: tuple[object, FakeSnapshot], q: str) -> None:
    stored, _ = archives
    bound = bind(stored, parse(q).node).query  # type: ignore[arg-type]
    collector = UnlimitedCollector()
    searcher = Searcher(stored.reader)  # type: ignore[attr-defined]
    searcher.search_with_collector(bound, collector)
    by_whoosh = {docnum for _, docnum in collector.items if not searcher.reader().is_deleted(docnum)}
    assert set(Execution(stored).match(bound).tolist()) == by_whoosh  # type: ignore[arg-type]


def test_query_completions_of_a_stored_archive_are_those_of_the_plain_one(
    archives: tuple[object, FakeSnapshot],
) -> None:
    stored, plain = archives
    for text in ("s", "ser", "mad", "ira", "story 1", "shell", "zzz"):
        assert suggest(stored, text) == suggest(plain, text)  # type: ignore[arg-type]
    assert facet_values(stored, "person", prefix="serg") == facet_values(plain, "person", prefix="serg")  # type: ignore[arg-type]
