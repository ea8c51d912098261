"""What was written is what is read, through batches, updates, deletions and merges, in whatever order."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query
from whoosh.searching import Searcher

from search.model import Annotation, Article, Tag
from search.store import Store, keep_all, merge_all, merge_smallest
from search.store.merging import MOST_SEGMENTS, SegmentSize
from tests.query_reference import annotated
from tests.store_archive import assert_same_archive, numbered


def bad(article_id: str = "bad") -> Annotation:
    return Annotation(article=Article(id=article_id, text="half of \ud83d"), model="given")


def test_store_writing_an_empty_store_answers_with_nothing(tmp_path: Path) -> None:
    snapshot = Store(tmp_path / "index").snapshot()
    assert_same_archive(snapshot, [])
    assert snapshot.generation == 0
    assert not (tmp_path / "index").exists()


def test_store_writing_articles_come_back_after_reopening(tmp_path: Path) -> None:
    articles = [numbered(n) for n in range(30)]
    outcome = Store(tmp_path).write(articles)
    assert (outcome.added, outcome.updated, outcome.refused) == (30, 0, ())
    with Store(tmp_path, must_exist=True).snapshot() as snapshot:
        assert_same_archive(snapshot, articles)


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["write", "write", "delete", "commit", "merge"]), st.sets(st.integers(0, 12), max_size=5)
    ),
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(CHANGES)
def test_store_writing_any_changes_leave_what_a_plain_dictionary_would_hold(
    changes: list[tuple[str, set[int]]],
) -> None:
    held: dict[str, Annotation] = {}
    with TemporaryDirectory() as place:
        store = Store(Path(place) / "index")
        with store.writing(policy=keep_all) as writer:
            for step, (change, numbers) in enumerate(changes):
                if change == "write":
                    batch = [numbered(n, section=f"step {step}") for n in sorted(numbers)]
                    known = sum(a.article.id in held for a in batch)
                    outcome = writer.add(batch)
                    assert (outcome.added, outcome.updated) == (len(batch) - known, known)
                    held |= {a.article.id: a for a in batch}
                elif change == "delete":
                    ids = [f"article-{n:03}" for n in numbers]
                    assert writer.delete(ids) == len(held.keys() & ids)
                    held = {key: value for key, value in held.items() if key not in ids}
                else:
                    writer.policy = merge_all if change == "merge" else keep_all
                    writer.commit()
            writer.commit()
        with store.snapshot() as snapshot:
            assert_same_archive(snapshot, list(held.values()))
        assert store.check() == []


@pytest.mark.parametrize("place", [0, 2, 4])
def test_store_writing_a_bad_article_costs_only_itself(tmp_path: Path, place: int) -> None:
    good = [numbered(n) for n in range(4)]
    batch = [*good[:place], bad(), *good[place:]]
    outcome = Store(tmp_path).write(batch)
    assert outcome.added == 4
    assert [refusal.name for refusal in outcome.refused] == ["bad"]
    assert "text" in outcome.refused[0].reason
    assert_same_archive(Store(tmp_path).snapshot(), good)


def test_store_writing_a_bad_update_leaves_the_old_article(tmp_path: Path) -> None:
    old = numbered(1)
    store = Store(tmp_path)
    store.write([old])
    outcome = store.write([bad(old.article.id), numbered(2)])
    assert (outcome.added, outcome.updated, len(outcome.refused)) == (1, 0, 1)
    assert_same_archive(store.snapshot(), [old, numbered(2)])


def test_store_writing_of_one_id_several_times_the_last_wins_and_counts_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    versions = [numbered(1, section=str(n)) for n in range(3)]
    assert store.write(versions).added == 1
    assert_same_archive(store.snapshot(), [versions[-1]])
    outcome = store.write([*versions, numbered(2)])
    assert (outcome.added, outcome.updated) == (1, 1)
    assert_same_archive(store.snapshot(), [versions[-1], numbered(2)])


def test_store_writing_the_order_and_the_batches_do_not_matter(tmp_path: Path) -> None:
    articles = [numbered(n) for n in range(25)]
    for attempt, size in enumerate((1, 4, 25)):
        shuffled = random.Random(attempt).sample(articles, len(articles))
        store = Store(tmp_path / str(attempt))
        for at in range(0, len(shuffled), size):
            store.write(shuffled[at : at + size])
        assert_same_archive(store.snapshot(), articles)


def test_store_writing_the_most_frequent_label_is_chosen_and_follows_the_articles(tmp_path: Path) -> None:
    def spelled(number: int, label: str) -> Annotation:
        return dataclasses.replace(annotated(str(number)), persons=(Tag("shoigu", label),))

    store = Store(tmp_path)
    store.write([spelled(1, "Shoygu"), spelled(2, "Sergei Shoigu"), spelled(3, "Sergei Shoigu")])
    assert store.snapshot().facet("person").labels == ("Sergei Shoigu",)
    store.delete(["2"])  # now one each: the longer says more
    assert store.snapshot().facet("person").labels == ("Sergei Shoigu",)
    store.delete(["3"])
    assert store.snapshot().facet("person").labels == ("Shoygu",)
    store.delete(["1"])
    assert store.snapshot().facet("person").values == ()


def test_store_writing_values_with_spaces_and_commas_stay_whole(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write([annotated("a", source="Post, The  (Evening)"), annotated("b", source="Post")])
    assert store.snapshot().facet("source").values == ("Post", "Post, The  (Evening)")
    assert store.snapshot().doc_frequency("source", "Post") == 1


def test_store_writing_lengths_are_exact(tmp_path: Path) -> None:
    """Whoosh keeps a length in one byte, which is off by several percent for longer texts."""
    store = Store(tmp_path)
    store.write([annotated(str(n), "word " * n) for n in (1, 1_003, 70_001)])
    assert sorted(store.snapshot().lengths("text").tolist()) == [1, 1_003, 70_001]


def test_store_writing_segments_stay_few_and_big_ones_are_not_rewritten(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write([numbered(n) for n in range(40)])
    (big,) = store.snapshot().segments
    articles = [numbered(n) for n in range(40, 70)]
    for article in articles:
        store.write([article])
        assert len(store.snapshot().segments) <= MOST_SEGMENTS
    assert big.segid in {segment.segid for segment in store.snapshot().segments}
    assert_same_archive(store.snapshot(), [numbered(n) for n in range(70)])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.builds(SegmentSize, st.integers(0, 99), st.integers(0, 99), st.integers(0, 2**31)), max_size=30))
def test_store_writing_a_merge_takes_each_segment_once(sizes: list[SegmentSize]) -> None:
    for policy in (merge_smallest, merge_all):
        chosen = [number for group in policy(sizes) for number in group]
        assert len(chosen) == len(set(chosen))
        assert set(chosen) <= set(range(len(sizes)))


def test_store_writing_nothing_to_write_makes_no_generation(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write([numbered(1)])
    before = store.stamp()
    assert store.write([]).added == 0
    assert store.delete(["unknown", "\ud800"]) == 0
    assert store.stamp() == before


def test_store_writing_whooshs_own_searcher_finds_the_same(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for n in range(20):
        store.write([numbered(n)])
    store.delete(["article-004"])
    with store.snapshot() as snapshot:
        searcher = Searcher(snapshot.reader)
        for node, field, term in [
            (query.Term("text", "grain"), "text", "grain"),
            (query.Term("country", "IR"), "country", "IR"),
            (query.Term("text_exact", "dealing"), "text_exact", "dealing"),
        ]:
            assert sorted(node.docs(searcher)) == snapshot.postings(field, term).docs.tolist()
        phrase = query.Phrase("title_exact", ["iran", "iran"])
        assert set(phrase.docs(searcher)) == {
            d for d in range(snapshot.size) if snapshot.live[d] and snapshot.annotation(d).article.title == "iran iran"
        }
        first, _ = snapshot.published()
        dated = query.NumericRange("published_first", 733_000, 735_000)
        assert sorted(dated.docs(searcher)) == [
            d for d, day in enumerate(first.tolist()) if snapshot.live[d] and 733_000 <= day <= 735_000
        ]


def test_store_writing_every_small_range_of_days_is_exact(tmp_path: Path) -> None:
    """Ranges over Whoosh's unsigned numbers return every document."""
    store = Store(tmp_path)
    days = [1, 255, 256, 257, 65_535, 65_536, 737_791, 3_652_059]
    store.write([annotated(str(day), published=dt.date.fromordinal(day).isoformat()) for day in days])
    with store.snapshot() as snapshot:
        searcher = Searcher(snapshot.reader)
        for low in days:
            for high in days:
                if low <= high:
                    found = query.NumericRange("published_first", low, high).docs(searcher)
                    ids = {int(snapshot.annotation(doc).article.id) for doc in found}
                    assert ids == {day for day in days if low <= day <= high}
