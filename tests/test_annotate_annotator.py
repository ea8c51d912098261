"""The annotator as a whole: models by name, order, given annotations, hostile input, several processes."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from search.annotate import Annotator
from search.annotate.given import annotation_as_given
from search.annotate.pipeline import annotate_with
from search.annotate.recognizer import Recognizer, chunked, load_recognizer
from search.annotate.spans import Span
from search.errors import ModelError
from search.model import Article, Tag


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A saved pipeline that knows two names."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [{"label": "PERSON", "pattern": "Sergei Shoigu"}, {"label": "GPE", "pattern": "Moscow"}]
    )
    path = tmp_path_factory.mktemp("model") / "two_names"
    nlp.to_disk(path)
    return str(path)


def articles(count: int) -> list[Article]:
    return [Article(id=str(n), text=f"Sergei Shoigu spoke in Moscow about {n} things.") for n in range(count)]


def test_annotator_annotates_with_any_saved_pipeline(model: str) -> None:
    annotator = Annotator(model)
    annotation = annotator.annotate(articles(1)[0])
    assert annotation.persons == (Tag("sergei-shoigu", "Sergei Shoigu"),)
    assert annotation.countries == (Tag("RU", "Russia"),)
    assert annotation.model == annotator.name
    assert "two_names" in annotator.name
    assert "rules" in annotator.name


def test_annotator_streams_in_order(model: str) -> None:
    found = Annotator(model).stream(iter(articles(70)), batch_size=8)
    assert [annotation.article.id for annotation in found] == [str(n) for n in range(70)]


def test_annotator_reads_ahead_no_more_than_a_batch(model: str) -> None:
    taken = []

    def source():  # type: ignore[no-untyped-def]
        for article in articles(50):
            taken.append(article.id)
            yield article

    next(Annotator(model).stream(source(), batch_size=8))
    assert len(taken) <= 8


def test_annotator_gives_the_same_in_several_processes(model: str) -> None:
    annotator = Annotator(model)
    assert list(annotator.stream(articles(20), workers=2, batch_size=3)) == list(annotator.stream(articles(20)))


def test_annotator_mentions_have_their_words_and_do_not_overlap_by_type(model: str) -> None:
    text = "Russian Defense Minister Sergei Shoigu left Moscow on Sunday, October 17, 2021."
    annotation = Annotator(model).annotate(Article(id="a", title="Moscow", text=text))
    assert all(text[m.start : m.end] == m.text for m in annotation.mentions)
    assert [m.start for m in annotation.mentions] == sorted(m.start for m in annotation.mentions)
    assert {m.type for m in annotation.mentions} == {"country", "person", "place", "date"}
    for kind in ("country", "person", "place", "date"):
        of_kind = [m for m in annotation.mentions if m.type == kind]
        assert all(one.end <= other.start for one, other in itertools.pairwise(of_kind))


def test_annotator_text_of_five_megabytes_is_annotated(model: str) -> None:
    paragraph = "Sergei Shoigu spoke in Moscow. " * 20 + "\n\n"
    text = paragraph * (5_000_000 // len(paragraph))
    spans = next(load_recognizer(model).stream([text]))
    assert len(spans) == text.count("Sergei Shoigu") + text.count("Moscow")
    assert all(text[span.start : span.end] in ("Sergei Shoigu", "Moscow") for span in spans)


def test_annotator_unknown_model_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(ModelError, match="did you mean 'fast'"):
        Annotator("fats")
    with pytest.raises(ModelError, match="spacy download xx_no_such_model"):
        Annotator("xx_no_such_model")


def test_annotator_model_without_entities_is_an_error_that_says_so(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="finds no entities"):
        Annotator(str(tmp_path / "blank"))


def test_annotator_folder_that_is_no_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        Annotator(str(tmp_path))


def test_annotator_text_that_the_model_fails_on_costs_only_itself(caplog: pytest.LogCaptureFixture) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "Moscow"}])  # type: ignore[attr-defined]

    @Language.component("fails_on_trap")
    def fails(doc):  # type: ignore[no-untyped-def]
        if "trap" in doc.text:
            raise RuntimeError("sprung")
        return doc

    nlp.add_pipe("fails_on_trap")
    found = list(Recognizer(nlp, "test").stream(["in Moscow", "a trap in Moscow", "Moscow"]))
    assert found == [[Span(3, 9, "PLACE")], [], [Span(0, 6, "PLACE")]]
    assert "sprung" in caplog.text


def test_annotator_keeps_what_an_article_came_with(model: str) -> None:
    article = Article(
        id="a",
        text="Sergey Shoygu of Russia met the IAEA in Vienna.",
        persons=("Sergey Shoygu",),
        countries=("ru", "Iranian", "Atlantis"),
        organizations=("IAEA",),
        places=("Vienna",),
    )
    annotation = Annotator(model).annotate(article)
    assert annotation.model == "given"
    assert annotation.persons == (Tag("sergey-shoygu", "Sergey Shoygu"),)
    assert annotation.countries == (Tag("RU", "Russia"), Tag("IR", "Iran"))
    assert [tag.label for tag in annotation.places] == ["Vienna", "Atlantis"]
    assert [(m.text, m.type, m.value) for m in annotation.mentions] == [
        ("Sergey Shoygu", "person", "sergey-shoygu"),
        ("Russia", "country", "RU"),
        ("IAEA", "organization", "iaea"),
        ("Vienna", "place", "vienna"),
    ]


def test_annotator_empty_given_annotations_are_kept_empty() -> None:
    annotation = annotation_as_given(Article(id="a", text="Iran", persons=()))
    assert annotation.model == "given"
    assert annotation.countries == ()


HOSTILE = st.text(
    alphabet=st.one_of(st.sampled_from("AaIÉß İı.,'’()-\n\x00\u200d\u202e،中Ա-"), st.characters()), max_size=200
)


@settings(max_examples=150, deadline=None)
@given(HOSTILE, HOSTILE, st.lists(st.tuples(st.integers(0, 150), st.integers(1, 20)), max_size=5))
def test_annotator_rules_survive_any_text(title: str, text: str, cuts: list[tuple[int, int]]) -> None:
    article = Article(id="a", title=title, text=text, author=title, place=text)
    length = len(title) + 2 + len(text)
    spans = [Span(start, min(start + size, length), "PERSON") for start, size in cuts if start < length]
    annotation = annotate_with(article, spans, "test")
    assert all(text[m.start : m.end] == m.text for m in annotation.mentions)
    assert all(m.value for m in annotation.mentions)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="a. \n", max_size=300), st.integers(2, 50))
def test_annotator_chunks_are_the_text_and_none_is_too_long(text: str, longest: int) -> None:
    pieces = [text[start:end] for start, end in chunked(text, longest)]
    assert "".join(pieces) == text
    assert all(0 < len(piece) <= longest for piece in pieces)
