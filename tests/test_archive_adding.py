"""Adding to an archive: what is annotated, what is not again, what is refused, and what the report says."""

from __future__ import annotations

import dataclasses
import itertools
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import search
from search import adding
from search.archive import Archive, Progress, open_archive
from search.errors import ArticleNotFound, IndexLocked, IndexMissing, IndexUnusable, ModelError
from search.model import Annotation, Article, Mention, Refusal, Tag


class ScriptedAnnotator:
    """Finds the words with a capital letter, and remembers whom it was asked about. It reads `ahead` articles ahead."""

    ahead = 3

    def __init__(self, name: str = "scripted-1") -> None:
        self.name = name
        self.asked: list[str] = []
        self.loaded = 0

    def load(self, model: str) -> ScriptedAnnotator:
        if model == "missing":
            raise ModelError("the model 'missing' is not installed")
        self.loaded += 1
        return self

    def stream(self, articles: Iterable[Article], workers: int = 1) -> Iterator[Annotation]:
        remaining = iter(articles)
        while batch := list(itertools.islice(remaining, self.ahead)):
            for article in batch:
                self.asked.append(article.id)
                yield self.annotate(article)

    def annotate(self, article: Article) -> Annotation:
        names = [word for word in article.text.split() if word.istitle()]
        return Annotation(
            article=article,
            persons=tuple(Tag(name.lower(), name) for name in dict.fromkeys(names)),
            mentions=tuple(Mention(0, 1, article.text[:1], "person", name.lower(), name, "name") for name in names),
            model="given" if article.has_annotations else self.name,
        )


@pytest.fixture
def annotator() -> ScriptedAnnotator:
    return ScriptedAnnotator()


@pytest.fixture
def archive(tmp_path: Path, annotator: ScriptedAnnotator) -> Archive:
    return open_archive(tmp_path / "index", annotator=annotator.load)


def article(number: int, **fields: object) -> Article:
    return Article(**{"id": f"a{number}", "text": f"Person{number} spoke", "origin": f"a.jsonl:{number}"} | fields)


def test_archive_adding_annotates_stores_and_reports(archive: Archive, annotator: ScriptedAnnotator) -> None:
    report = archive.add([article(1), article(2)])
    assert (report.added, report.updated, report.unchanged, report.refused) == (2, 0, 0, ())
    assert archive.get("a1") == annotator.annotate(article(1))
    assert set(report.seconds_by_room) == {"read", "annotate", "store"}
    assert sum(report.seconds_by_room.values()) <= report.seconds * 1.01


def test_archive_adding_the_same_again_changes_nothing(archive: Archive, annotator: ScriptedAnnotator) -> None:
    archive.add([article(1), article(2)])
    generation = archive.snapshot().generation
    report = archive.add([article(1, origin="elsewhere"), article(2)])
    assert (report.added, report.updated, report.unchanged) == (0, 0, 2)
    assert annotator.asked == ["a1", "a2"]
    assert archive.snapshot().generation == generation


def test_archive_adding_a_changed_article_replaces_it(archive: Archive, annotator: ScriptedAnnotator) -> None:
    archive.add([article(1), article(2)])
    report = archive.add([article(1, text="Somebody else spoke"), article(3)])
    assert (report.added, report.updated, report.unchanged) == (1, 1, 0)
    assert annotator.asked == ["a1", "a2", "a1", "a3"]
    assert [tag.label for tag in archive.get("a1").persons] == ["Somebody"]
    assert archive.stats().articles == 3


def test_archive_adding_keeps_the_annotation_where_only_the_rest_changed(
    archive: Archive, annotator: ScriptedAnnotator
) -> None:
    archive.add([article(1)])
    report = archive.add([article(1, url="http://example.org/", section="World")])
    assert report.updated == 1
    assert annotator.asked == ["a1"]
    assert archive.get("a1") == annotator.annotate(article(1, url="http://example.org/", section="World"))


def test_archive_adding_with_another_model_annotates_anew(archive: Archive, annotator: ScriptedAnnotator) -> None:
    archive.add([article(1)])
    annotator.name = "scripted-2"
    assert archive.add([article(1)]).updated == 1
    assert archive.get("a1").model == "scripted-2"
    assert archive.stats().models == ("scripted-2",)


def test_archive_adding_needs_no_model_where_nothing_is_to_be_annotated(
    archive: Archive, annotator: ScriptedAnnotator
) -> None:
    ready = annotator.annotate(article(1))
    assert archive.add([ready, Refusal("x.txt", "unreadable")]).added == 1
    assert archive.add([]).added == 0
    assert annotator.loaded == 0
    given = article(2, persons=("Sergei Shoigu",))
    archive.add([given])
    loaded = annotator.loaded
    assert archive.add([given]).unchanged == 1
    assert annotator.loaded == loaded


def test_archive_adding_an_annotation_that_is_stored_already_changes_nothing(
    archive: Archive, annotator: ScriptedAnnotator
) -> None:
    ready = annotator.annotate(article(1))
    archive.add([ready])
    generation = archive.snapshot().generation
    assert archive.add([annotator.annotate(article(1, origin="elsewhere"))]).unchanged == 1
    assert archive.snapshot().generation == generation
    for other in (
        dataclasses.replace(ready, persons=()),
        dataclasses.replace(ready, mentions=()),
        dataclasses.replace(ready, model="another"),
        annotator.annotate(article(1, section="World")),
    ):
        assert archive.add([other]).updated == 1
        assert archive.get("a1") == other


def test_archive_adding_a_missing_model_changes_nothing(archive: Archive) -> None:
    archive.add([article(1)])
    with pytest.raises(ModelError):
        archive.add([article(2)], model="missing", rebuild=True)
    assert archive.get("a1")
    assert archive.add([article(2)]).added == 1


def test_archive_adding_refuses_what_cannot_be_read_or_stored_and_goes_on(
    archive: Archive, annotator: ScriptedAnnotator
) -> None:
    items = [
        Refusal("x.txt", "unreadable"),
        article(1, text="half \ud83d"),
        article(2),
        annotator.annotate(article(3, title="\0")),
        article(4),
        dataclasses.replace(annotator.annotate(article(5)), persons=(Tag("", ""),)),
    ]
    report = archive.add(items)
    assert report.added == 2
    assert [refusal.name for refusal in report.refused] == ["x.txt", "a.jsonl:1", "a.jsonl:3", "a.jsonl:5"]
    assert annotator.asked == ["a2", "a4"], "half a character is no food for a model"


ITEMS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2), st.booleans()), max_size=12)


@settings(max_examples=20, deadline=None)
@given(before=ITEMS, items=ITEMS, batch=st.sampled_from([1, 2, 5]))
def test_archive_adding_of_several_with_one_id_the_last_wins(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[int, int, bool]],
    items: list[tuple[int, int, bool]],
    batch: int,
) -> None:
    annotator = ScriptedAnnotator()

    def made(rows: list[tuple[int, int, bool]]) -> list[Article | Annotation]:
        articles = [(article(n, text=f"Version{version}"), ready) for n, version, ready in rows]
        return [annotator.annotate(each) if ready else each for each, ready in articles]

    archive = open_archive(tmp_path_factory.mktemp("archive") / "index", annotator=annotator.load)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adding, "BATCH_ARTICLES", batch)
        archive.add(made(before))
        held = {f"a{n}": f"Version{version}" for n, version, _ in before}
        archive.add(made(items))
        held |= {f"a{n}": f"Version{version}" for n, version, _ in items}
    assert {each.article.id: each.article.text for each in archive.articles()} == held
    assert all(each == annotator.annotate(each.article) for each in archive.articles())


def test_archive_adding_order_and_batches_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [article(n, text=" ".join(f"Person{n % k}" for k in (2, 3, 5))) for n in range(40)]
    answers = []
    for attempt, batch in enumerate((1_000, 7, 1)):
        monkeypatch.setattr(adding, "BATCH_ARTICLES", batch)
        archive = open_archive(tmp_path / str(attempt), annotator=ScriptedAnnotator().load)
        archive.add(random.Random(attempt).sample(articles, len(articles)))
        for q in ("person1", "", "person1 person4", "nothing"):
            results = archive.search(q, facets=["person", "date"], size=100)
            answers.append((attempt, q, [(hit.id, hit.score) for hit in results], results.facets))
    for attempt, *answer in answers:
        assert answer in [other for first, *other in answers if first == 0], attempt


def test_archive_adding_long_articles_makes_smaller_batches(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "BATCH_CHARACTERS", 100)
    archive.add(article(n, text="word " * 30) for n in range(5))
    assert archive.stats().segments == 5


def test_archive_adding_tells_its_progress(archive: Archive) -> None:
    seen: list[Progress] = []
    archive.add([article(1)])
    archive.add([article(1), Refusal("x", "y"), article(2), article(3)], progress=seen.append)
    assert [progress.done for progress in seen] == [1, 2, 3, 4]
    assert (seen[-1].unchanged, seen[-1].refused) == (1, 1)


def test_archive_adding_an_interruption_keeps_what_was_committed(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "BATCH_ARTICLES", 2)

    def interrupted() -> Iterator[Article]:
        for number in range(7):
            yield article(number)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive.add(interrupted())
    assert 2 <= archive.stats().articles <= 7
    report = archive.add(article(number) for number in range(8))
    assert report.added + report.unchanged == 8
    assert report.unchanged >= 2


def test_archive_adding_rebuild_forgets_what_is_not_given_again(archive: Archive, annotator: ScriptedAnnotator) -> None:
    archive.add([article(1), article(2)])
    seen: list[int] = []

    def watched() -> Iterator[Article]:
        yield article(2)
        seen.append(archive.search("").total)

    report = archive.add(watched(), rebuild=True)
    assert seen == [2], "the old archive serves until the new one is whole"
    assert (report.added, report.unchanged) == (1, 0)
    assert annotator.asked == ["a1", "a2", "a2"]
    with pytest.raises(ArticleNotFound):
        archive.get("a1")


def test_archive_adding_by_two_at_once_is_told(archive: Archive) -> None:
    def adds_too() -> Iterator[Article]:
        yield article(1)
        with pytest.raises(IndexLocked):
            archive.add([article(2)])

    assert archive.add(adds_too()).added == 1


def test_archive_adding_is_seen_by_archives_that_are_open(tmp_path: Path, archive: Archive) -> None:
    archive.add([article(1)])
    with search.open(tmp_path / "index", must_exist=True) as other:
        assert other.search("spoke").total == 1
        held = other.snapshot()
        archive.add([article(2)])
        assert other.search("spoke").total == 2
        archive.delete(["a1"])
        assert other.search("spoke").total == 1
        assert held.doc_count == 1
        assert held.annotation(0).article.id == "a1"


def test_archive_adding_deleting_counts_what_was_there(archive: Archive) -> None:
    with pytest.raises(IndexMissing):
        archive.delete(["a1"])
    archive.add([article(1), article(2)])
    assert archive.delete(["a1", "a1", "unknown"]) == 1
    assert archive.delete("a2") == 1
    assert archive.stats().articles == 0


def test_archive_adding_to_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(IndexUnusable, match=r"notes\.txt"):
        search.open(tmp_path)


def test_adding_another_folder_with_the_same_path_does_not_replace_the_article(
    tmp_path: Path, annotator: ScriptedAnnotator
) -> None:
    for folder, told in (("2021", "The first story."), ("2022", "The second story.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.txt").write_text(f"A headline\n\n{told}\n", "utf-8")
    with open_archive(tmp_path / "index", annotator=annotator.load) as archive:
        assert archive.add(search.read(tmp_path / "2021")).added == 1
        report = archive.add(search.read(tmp_path / "2022"))
        assert (report.added, report.updated) == (0, 0)
        assert "2021/1.txt" in report.refused[0].reason
        assert [annotation.article.text for annotation in archive.articles()] == ["The first story."]

        # A folder that was moved, or an article that was edited, is the same article.
        (tmp_path / "2021" / "1.txt").rename(tmp_path / "moved.txt")
        assert archive.add(search.read(tmp_path / "2022")).updated == 1
