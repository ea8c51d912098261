"""Asking an archive: a search in keywords means the Request that one would write, and figures are of live articles."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import search
from search.archive import Archive
from search.errors import ArticleNotFound, IndexDamaged, IndexMissing, RequestError
from search.model import Filter, Request, Results
from tests.query_reference import annotated

ARTICLES = [
    annotated(
        "talks",
        "Bagheri met Shoigu about arms",
        "Talks in Moscow",
        published="2021-10-18",
        persons=["Sergei Shoigu", "Mohammad Bagheri"],
        countries=["RU", "IR"],
        source="Morning Post",
        dates=["2021-10-11/2021-10-17"],
    ),
    annotated("deal", "The deal on arms", "A deal", published="2015-07", countries=["IR", "US"], source="Evening Star"),
    annotated("note", "A note on grain and arms", source="Evening Star"),
]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = search.open(tmp_path / "index")
    archive.add(ARTICLES)
    return archive


def ids(results: Results) -> set[str]:
    return {hit.id for hit in results}


@pytest.mark.parametrize(
    ("keywords", "found"),
    [
        ({}, {"talks", "deal", "note"}),
        ({"country": "RU"}, {"talks"}),
        ({"country": ["RU", "US"]}, {"talks", "deal"}),
        ({"country": ["IR"], "source": "Evening Star"}, {"deal"}),
        ({"person": "sergei-shoigu"}, {"talks"}),
        ({"exclude": {"country": "US"}}, {"talks", "note"}),
        ({"exclude": {"country": ["US", "RU"]}}, {"note"}),
        ({"since": "2015-07"}, {"talks", "deal"}),
        ({"since": "2015", "until": "2015"}, {"deal"}),
        ({"until": dt.date(2021, 10, 18)}, {"talks", "deal"}),
        ({"until": dt.datetime(2021, 10, 17, 23)}, {"deal"}),
        ({"since": "2021-10-19"}, set()),
        ({"mentioned_since": "2021-10", "mentioned_until": "2021-10"}, {"talks"}),
    ],
)
def test_archive_asking_keywords_filter(archive: Archive, keywords: dict[str, object], found: set[str]) -> None:
    assert ids(archive.search("arms", **keywords)) == found


def test_archive_asking_keywords_mean_the_request_that_one_would_write(archive: Archive) -> None:
    request = Request(
        q="arms",
        filters=(Filter("country", "IR"), Filter("source", "Morning Post", exclude=True)),
        published=(dt.date(2015, 1, 1), dt.date(2015, 12, 31)),
        sort="oldest",
        size=5,
        facets=("person",),
        highlight=False,
    )
    by_request = archive.search(request)
    by_keywords = archive.search(
        "arms",
        country="IR",
        exclude={"source": "Morning Post"},
        since="2015",
        until="2015",
        sort="oldest",
        size=5,
        facets="person",
        highlight=False,
    )
    assert (by_request.hits, by_request.facets) == (by_keywords.hits, by_keywords.facets)
    assert ids(by_request) == {"deal"}


@pytest.mark.parametrize(
    ("keywords", "parameter", "said"),
    [
        ({"contry": "RU"}, "contry", "'country'"),
        ({"sicne": "2021"}, "sicne", "'since'"),
        ({"exclude": {"persn": "x"}}, "persn", "'person'"),
        ({"since": "last week"}, "since", "2021-10-18"),
        ({"until": 2021}, "until", ""),
        ({"country": [7]}, "country", "not a string"),
        ({"size": 101}, "size", "100"),
    ],
)
def test_archive_asking_a_wrong_keyword_is_named_with_the_nearest(
    archive: Archive, keywords: dict[str, object], parameter: str, said: str
) -> None:
    with pytest.raises(RequestError) as wrong:
        archive.search("arms", **keywords)
    assert wrong.value.parameter == parameter
    assert said in str(wrong.value)


def test_archive_asking_gets_articles_whole(archive: Archive) -> None:
    assert archive.get("talks") == ARTICLES[0]
    for unknown in ("unknown", "", "\ud800", "talks "):
        with pytest.raises(ArticleNotFound):
            archive.get(unknown)


def test_archive_asking_for_all_articles_gives_the_newest_first(archive: Archive) -> None:
    assert list(archive.articles()) == ARTICLES


def test_archive_asking_for_figures_counts_live_articles(archive: Archive) -> None:
    stats = archive.stats()
    assert (stats.articles, stats.sources, stats.undated, stats.segments) == (3, 2, 1, 1)
    assert (stats.first, stats.last) == (dt.date(2015, 7, 1), dt.date(2021, 10, 18))
    assert stats.values["country"] == 3
    assert stats.models == ("given",)
    assert stats.bytes > 0
    archive.delete(["talks"])
    stats = archive.stats()
    assert (stats.articles, stats.sources, stats.last) == (2, 1, dt.date(2015, 7, 31))
    archive.delete(["deal", "note"])
    assert (archive.stats().articles, archive.stats().first) == (0, None)


def test_archive_asking_for_values_and_completions(archive: Archive) -> None:
    assert [value.label for value in archive.facet_values("person", "sho")] == ["Sergei Shoigu"]
    assert archive.suggest("sho")[0].value == "sergei-shoigu"


def test_archive_asking_an_archive_that_is_not_there_yet(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        search.open(tmp_path / "nowhere", must_exist=True)
    with search.open(tmp_path / "nowhere") as archive:
        assert archive.search("arms").total == 0
        assert archive.stats().articles == 0
        assert list(archive.articles()) == []
        with pytest.raises(IndexMissing):
            archive.check()
    assert not (tmp_path / "nowhere").exists()


def test_archive_asking_an_index_that_was_taken_away_says_so(archive: Archive, tmp_path: Path) -> None:
    with search.open(tmp_path / "index", must_exist=True) as other:
        assert other.search("arms").total == 3
        (tmp_path / "index").rename(tmp_path / "elsewhere")
        with pytest.raises(IndexMissing):
            other.search("arms")
        (tmp_path / "elsewhere").rename(tmp_path / "index")
        assert other.search("arms").total == 3


def test_archive_asking_check_finds_an_altered_file(archive: Archive, tmp_path: Path) -> None:
    assert archive.check() == []
    (segment,) = (tmp_path / "index").glob("*.seg")
    content = bytearray(segment.read_bytes())
    content[len(content) // 2] ^= 1
    segment.write_bytes(content)
    assert [segment.name in problem for problem in archive.check()] == [True]
    segment.write_bytes(content[:-1])
    with pytest.raises(IndexDamaged, match=segment.name):
        search.open(tmp_path / "index", must_exist=True)


def test_archive_asking_from_many_threads_while_another_writes(archive: Archive) -> None:
    stop = threading.Event()
    failures: list[BaseException] = []

    def watched(work: Callable[[], None]) -> threading.Thread:
        def run() -> None:
            try:
                while not stop.is_set():
                    work()
            except BaseException as error:
                failures.append(error)

        return threading.Thread(target=run)

    def ask() -> None:
        results = archive.search("arms", facets=["country", "person", "date"])
        assert {"talks", "deal", "note"} <= ids(results)
        assert results.facets["country"][0].label == "Iran"
        assert archive.get("talks") == ARTICLES[0]

    threads = [watched(ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(12):
        archive.add([annotated(f"more-{number % 5}", f"grain {number}")])
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert archive.stats().articles == 8


def test_archive_asking_can_go_on_after_closing(archive: Archive) -> None:
    snapshot = archive.snapshot()
    archive.close()
    archive.close()
    assert snapshot.annotation(0).article.id == "talks", "a search that is under way finishes"
    assert archive.search("arms").total == 3
