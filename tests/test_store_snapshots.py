"""Snapshots share what they can, let go of what they had, and answer threads as they answer one."""

from __future__ import annotations

import gc
import os
import threading
from pathlib import Path

import pytest
from whoosh import query
from whoosh.searching import Searcher

from search.errors import IndexUnusable
from search.store import Store
from search.store.snapshot import _RecentlyUsed
from tests.store_archive import assert_same_archive, numbered

ARTICLES = [numbered(n) for n in range(30)]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    for at in range(0, 30, 10):
        store.write(ARTICLES[at : at + 10])
    return store


def open_files() -> tuple[int, int]:
    """How many files and how many maps of segments this process has open."""
    gc.collect()
    handles = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    return handles, Path("/proc/self/maps").read_text().count(".seg")


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="files are counted in /proc")
def test_store_snapshots_leave_no_file_open(store: Store) -> None:
    before = open_files()
    for _ in range(20):
        with store.snapshot() as snapshot:
            assert_same_archive(snapshot, ARTICLES)
            assert list(query.Term("text", "grain").docs(Searcher(snapshot.reader)))
        store.snapshot().postings("text", "grain")  # one that nobody closes
        store.write([ARTICLES[0]])
        store.check()
    assert open_files() == before


def test_store_snapshots_share_the_segments_that_did_not_change(store: Store) -> None:
    first = store.snapshot()
    store.write([numbered(50)])
    store.delete([ARTICLES[0].article.id])
    second = store.snapshot()
    assert second.views[:3] == first.views
    first.close()
    assert_same_archive(second, [*ARTICLES[1:], numbered(50)])


def test_store_snapshots_once_closed_say_so(store: Store) -> None:
    snapshot = store.snapshot()
    snapshot.close()
    snapshot.close()
    for ask in (
        lambda: snapshot.postings("text", "grain"),
        lambda: snapshot.annotation(0),
        lambda: snapshot.facet("person"),
        lambda: snapshot.reader,
    ):
        with pytest.raises(IndexUnusable, match="closed"):
            ask()


def test_store_snapshots_answer_many_threads_as_they_answer_one(store: Store) -> None:
    snapshot = store.snapshot()
    failures: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(3):
                snapshot._recent.clear()
                assert_same_archive(snapshot, ARTICLES)
                assert len(list(query.Term("text", "grain").docs(Searcher(snapshot.reader)))) == len(
                    snapshot.postings("text", "grain").docs
                )
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_store_snapshots_know_no_article_by_a_wrong_number(store: Store) -> None:
    store.delete([ARTICLES[3].article.id])
    snapshot = store.snapshot()
    for number in (-1, 3, 30, 10**6):
        with pytest.raises(IndexError):
            snapshot.annotation(number)
    for article_id in ("unknown", "", "\ud800", ARTICLES[3].article.id):
        assert snapshot.docnum(article_id) is None


def test_store_snapshots_arrays_cannot_be_changed_by_accident(store: Store) -> None:
    snapshot = store.snapshot()
    for array in (snapshot.live, snapshot.lengths("text"), *snapshot.published(), snapshot.rank()):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_store_snapshots_heads_are_articles_without_mentions(store: Store) -> None:
    snapshot = store.snapshot()
    head = snapshot.head(5)
    assert head.article == snapshot.annotation(5).article
    assert head.mentions == ()


def test_store_snapshots_terms_are_sorted_and_begin_with_the_prefix(store: Store) -> None:
    snapshot = store.snapshot()
    every = snapshot.terms("text_exact")
    assert every == sorted(every)
    assert snapshot.terms("text_exact", "deal") == ["dealing", "deals"]
    assert snapshot.terms("text_exact", "deal", limit=1) == ["dealing"]
    assert snapshot.terms("text_exact", "\ud800") == []
    assert snapshot.terms("text_exact", limit=0) == []


def test_store_snapshots_what_is_kept_is_bounded() -> None:
    kept = _RecentlyUsed(capacity=10_000)
    made: list[int] = []

    def ask(number: int, size: int = 800) -> None:
        def make() -> tuple[int, int]:
            made.append(number)
            return number, size

        assert kept.get(number, make, lambda: None) == number

    for number in range(50):
        ask(number)
        assert kept.bytes <= kept.capacity
    ask(49)
    assert made == list(range(50)), "the last was kept"
    ask(0)
    assert made[-1] == 0, "the first was not"
    ask(1000, size=9_000)
    ask(1000, size=9_000)
    assert made[-2:] == [1000, 1000], "one that would crowd out the rest is not kept"
