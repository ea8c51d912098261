"""The shipped entity recogniser, and the scripts that train and measure it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from random import Random

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from search.annotate.training import augment as vary
from search.annotate.training.corpora import (
    LABELS,
    Edit,
    Entity,
    LabelledText,
    corpus_files,
    join,
    labelled,
    read_corpus,
    rewrite,
    split,
)
from search.annotate.training.cultures import CULTURES
from search.annotate.training.evaluate import as_json, as_table, evaluate, score
from search.annotate.training.evaluate import main as evaluate_main
from search.annotate.training.pipeline import build, example
from search.annotate.training.train import Recipe, load, record, train

MODEL = Path(__file__).parent.parent / "search" / "annotate" / "models" / "fast"
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(MODEL)


# --- the shipped model ----------------------------------------------------------------------------------


def test_the_model_has_the_five_labels_and_one_pipe(nlp: Language) -> None:
    assert nlp.pipe_names == ["ner"]
    assert sorted(nlp.get_pipe("ner").labels) == sorted(LABELS)


def test_the_model_says_what_it_is(nlp: Language) -> None:
    assert nlp.meta["name"] == "dateline_fast"
    assert nlp.meta["version"]
    assert nlp.meta["license"]
    assert nlp.meta["description"]
    assert nlp.meta["performance"]["held_out"]["scores"]["ALL"]["f1"] > 60


def test_the_model_is_at_most_15_megabytes_on_disk() -> None:
    assert sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file()) <= 15 * MEGABYTE


def test_the_model_carries_no_vectors(nlp: Language) -> None:
    assert nlp.vocab.vectors_length == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "President Emmanuel Macron met Chancellor Angela Merkel in Berlin on Tuesday.",
            {("Emmanuel Macron", "PERSON"), ("Angela Merkel", "PERSON"), ("Berlin", "GPE")},
        ),
        (
            "Iran and Russia signed an agreement in Moscow, the Iranian foreign minister said.",
            {("Iran", "GPE"), ("Russia", "GPE"), ("Moscow", "GPE"), ("Iranian", "NORP")},
        ),
        (
            "The United Nations said that Pakistani troops had left Afghanistan.",
            {("United Nations", "ORG"), ("Pakistani", "NORP"), ("Afghanistan", "GPE")},
        ),
        (
            "NATO’s secretary general, Jens Stoltenberg, spoke to reporters in Brussels.",
            {("NATO", "ORG"), ("Jens Stoltenberg", "PERSON"), ("Brussels", "GPE")},
        ),
        (
            "Kenyan police arrested James Mwangi near Nairobi.\n\nThe European Union protested.",
            {("Kenyan", "NORP"), ("James Mwangi", "PERSON"), ("Nairobi", "GPE"), ("European Union", "ORG")},
        ),
    ],
)
def test_the_model_finds_plain_entities(nlp: Language, text: str, expected: set[tuple[str, str]]) -> None:
    assert {(entity.text, entity.label_) for entity in nlp(text).ents} == expected


def test_the_model_reads_a_dateline(nlp: Language) -> None:
    doc = nlp("TEHRAN, Jul. 16 (MNA) – Iranian President Hassan Rouhani arrived in Baghdad on Monday.")
    found = {(entity.text, entity.label_) for entity in doc.ents}
    assert {("TEHRAN", "GPE"), ("MNA", "ORG"), ("Hassan Rouhani", "PERSON"), ("Baghdad", "GPE")} <= found


def test_the_tokenizer_parts_names_from_dashes(nlp: Language) -> None:
    words = [token.text for token in nlp.make_doc("The U.S.-led force, KABUL (AFP)–The Iran–Iraq war")]
    assert words[:6] == ["The", "U.S.", "-", "led", "force", ","]
    assert words[6:] == ["KABUL", "(", "AFP", ")", "–", "The", "Iran", "–", "Iraq", "war"]


# --- corpora --------------------------------------------------------------------------------------------


def marked(text: str) -> LabelledText:
    """A labelled text of "[Ali Khan/PERSON] went": brackets mark the entities."""
    plain, entities = "", []
    for index, piece in enumerate(text.replace("]", "[").split("[")):
        if index % 2:
            surface, label = piece.rsplit("/", 1)
            entities.append(Entity(len(plain), len(plain) + len(surface), label))
            plain += surface
        else:
            plain += piece
    return LabelledText(plain, tuple(entities))


def surfaces(source: LabelledText) -> list[tuple[str, str]]:
    return [(source.surface(entity), entity.label) for entity in source.entities]


def test_labels_lose_white_space_and_participles_and_overlaps() -> None:
    source = labelled("U.S.-led troops of Mali ", [[19, 24, "GPE"], [0, 8, "GPE"], [20, 22, "ORG"], [9, 15, "DATE"]])
    assert surfaces(source) == [("U.S.", "GPE"), ("Mali", "GPE")]


def test_a_corpus_line_that_is_no_text_is_reported_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl.gz"
    with gzip.open(path, "wt") as file:
        file.write('{"text": "Mali", "entities": []}\n{"text": "Mali"}\n')
    with pytest.raises(ValueError, match=r"bad\.jsonl\.gz:2"):
        read_corpus(path)


def test_evaluation_corpora_are_never_trained_on(tmp_path: Path) -> None:
    for name in ("eval_news", "news"):
        (tmp_path / f"{name}.jsonl.gz").touch()
    assert [name for name, _ in corpus_files(tmp_path)] == ["news"]


def test_the_held_out_split_is_fixed_and_loses_nothing() -> None:
    texts = [LabelledText(f"text {number}") for number in range(4000)]
    training, held_out = split("news", texts)
    assert sorted(t.text for t in training + held_out) == sorted(t.text for t in texts)
    assert split("news", texts) == (training, held_out)
    assert 0.03 < len(held_out) / len(texts) < 0.2


def test_an_edit_moves_what_follows_it() -> None:
    source = marked("[Ali Khan/PERSON] left [Mali/GPE].")
    assert surfaces(rewrite(source, [Edit(0, 8, "Jo")])) == [("Jo", "PERSON"), ("Mali", "GPE")]
    assert surfaces(rewrite(source, [Edit(9, 13, "has left")])) == surfaces(source)


@pytest.mark.parametrize("edits", [[Edit(4, 10, "x")], [Edit(0, 8, "")], [Edit(9, 12, "a"), Edit(10, 13, "b")]])
def test_an_edit_that_would_spoil_an_entity_is_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="edit"):
        rewrite(marked("[Ali Khan/PERSON] left [Mali/GPE]."), edits)


# --- augmentation ---------------------------------------------------------------------------------------

_words = st.sampled_from(
    # With letters whose capitals are two characters, and quotation marks of all sorts.
    [
        "İş",
        "ŉa",
        "and;\n",
        "of",
        "the",
        "a",
        "Police,",
        "talks.",
        "(again)",
        '"so"',
        "'tis",
        "it's",
        "straße",
        "Élysée",
        "12",
        "–",
    ]
)
_names = {
    "PERSON": st.sampled_from(["Ali Khan", "Khan", "José O'Neill", "Kim Jong-un", "Ng"]),
    "ORG": st.sampled_from(["UN", "NATO", "Bank of New Zealand", "Ministry of the Interior", "Reuters"]),
    "GPE": st.sampled_from(["Mali", "U.S.", "New York", "Côte d'Ivoire"]),
    "LOC": st.sampled_from(["Red Sea", "Sahel"]),
    "NORP": st.sampled_from(["Malian", "Shi'ite"]),
}
_pieces = st.one_of(
    _words.map(lambda word: (word, None)),
    st.sampled_from(sorted(_names)).flatmap(lambda label: _names[label].map(lambda name: (name, label))),
)


@st.composite
def labelled_texts(draw: st.DrawFn) -> LabelledText:
    text, entities = "", []
    for piece, label in draw(st.lists(_pieces, min_size=1, max_size=40)):
        if label is not None:
            entities.append(Entity(len(text), len(text) + len(piece), label))
        text += piece + " "
    return LabelledText(text, tuple(entities))


def assert_sound(source: LabelledText) -> None:
    """Entities are in order, do not overlap, lie in the text, and begin and end with a visible character."""
    end = 0
    for entity in source.entities:
        assert end <= entity.start < entity.end <= len(source.text)
        assert source.surface(entity) == source.surface(entity).strip()
        end = entity.end


def known_surfaces(label: str) -> list[str]:
    """What a name of this label may consist of after augmentation, in no particular letters."""
    originals = {
        "PERSON": ["ali", "khan", "josé", "neill", "kim", "jong", "ng"],
        "LOC": ["red sea", "sahel"],
        "NORP": ["malian", "shi"],
    }
    families = [name.casefold() for culture in CULTURES for name in culture.family]
    return originals[label] + (families if label == "PERSON" else [])


@settings(max_examples=150, deadline=None)
@given(labelled_texts(), st.integers())
def test_augmentation_keeps_offsets_on_the_names(source: LabelledText, seed: int) -> None:
    often = vary.Rates(*([0.5] * 10))
    result = vary.augment(source, often, Random(seed))
    assert_sound(result)
    for entity in result.entities:
        if entity.label in {"PERSON", "LOC", "NORP"}:
            surface = result.surface(entity).replace("’", "'").casefold()
            assert any(known in surface for known in known_surfaces(entity.label)), surface


@settings(max_examples=80, deadline=None)
@given(labelled_texts(), st.integers())
def test_changing_letters_changes_no_offset(source: LabelledText, seed: int) -> None:
    for change in (vary.upper_case, vary.title_case, vary.curly_quotes):
        result = change(source)
        assert result.entities == source.entities
        assert len(result.text) == len(source.text)
    wrapped = vary.wrap_lines(source, Random(seed))
    assert wrapped.text.split() == source.text.split()
    assert surfaces(wrapped) == surfaces(source)


@settings(max_examples=80, deadline=None)
@given(st.lists(labelled_texts(), min_size=1, max_size=8), st.integers())
def test_grouping_keeps_every_name_in_order(texts: list[LabelledText], seed: int) -> None:
    grouped = vary.group(texts, Random(seed))
    assert [name for text in grouped for name in surfaces(text)] == [n for text in texts for n in surfaces(text)]
    for text in grouped:
        assert_sound(text)


def test_a_person_is_renamed_the_same_throughout() -> None:
    source = marked("[Ali Khan/PERSON] spoke. [Khan/PERSON] left. [Ali Khan/PERSON] and [Jo Obi/PERSON] met.")
    first, short, again, other = (name for name, _ in surfaces(vary.swap_persons(source, Random(3))))
    assert first == again != other
    assert short in first
    assert short != first


def test_a_dateline_marks_its_place_and_its_agency() -> None:
    for seed in range(200):
        head = vary.dateline(Random(seed))
        assert_sound(head)
        assert head.entities[0].start == 0
        assert all(name in head.text for name, _ in surfaces(head))
        for entity in head.entities:
            if entity.label == "ORG":
                assert head.text[entity.start - 1] == "("
                assert head.text[entity.end] == ")"


def test_a_headline_stands_over_its_text_with_its_own_names() -> None:
    source = marked("[Malian/NORP] troops entered [Kidal/GPE] on Sunday. [Jo Obi/PERSON] said so.")
    headline = vary.first_sentence(source)
    assert headline is not None
    result = vary.with_headline(source, headline, Random(1))
    assert result.text.endswith(source.text)
    assert [name.casefold() for name, _ in surfaces(result)][:2] == ["malian", "kidal"]


def test_joined_texts_keep_their_names() -> None:
    joined = join([marked("[Mali/GPE] x"), marked("[Jo/PERSON]")], ["\n\n"])
    assert joined.text == "Mali x\n\nJo"
    assert surfaces(joined) == [("Mali", "GPE"), ("Jo", "PERSON")]


# --- training and measuring -----------------------------------------------------------------------------


def test_an_entity_that_is_not_whole_tokens_is_left_open() -> None:
    made = example(build(), marked("pre[Mali/GPE] and [Togo/GPE]"))
    assert made.get_aligned_ner() == [None, "O", "U-GPE"]


def test_scores_count_right_superfluous_and_missed() -> None:
    gold = [{(0, 4, "GPE"), (5, 9, "PERSON")}, {(0, 2, "GPE")}]
    found = [{(0, 4, "GPE"), (5, 8, "PERSON")}, set()]
    scores = score(gold, found)
    assert (scores["GPE"].precision, scores["GPE"].recall) == (1.0, 0.5)
    assert scores["GPE"].f1 == pytest.approx(2 / 3)
    assert scores["PERSON"].f1 == 0.0


def test_a_report_counts_places_as_one_and_apart(nlp: Language) -> None:
    report = evaluate(nlp, [marked("He flew from [Berlin/LOC] to [Moscow/GPE].")])
    assert report.scores["PLACE"].f1 == 1.0
    assert report.scores["GPE"].f1 < 1.0
    assert report.scores["ALL"].right == 2
    assert report.scores["STRICT"].right == 1
    assert "words/s" in as_table(report)
    json.dumps(as_json(report))


def write_toy_corpus(folder: Path) -> None:
    for name in ("toy", "toy_silver", "eval_toy"):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            for number in range(20):
                source = marked(f"[Ali Khan/PERSON] flew to [Mali/GPE] on day {number}, [Reuters/ORG] said.")
                file.write(json.dumps({"text": source.text, "entities": source.entities}) + "\n")


def test_training_runs_on_a_toy_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_toy_corpus(tmp_path)
    output = tmp_path / "model"
    train(load(tmp_path), Recipe(epochs=2, batch_words=(50, 100)), output)
    trained = spacy.load(output)
    assert sorted(trained.get_pipe("ner").labels) == sorted(LABELS)
    # What is written has no trace of the training texts but for the weights.
    assert "Reuters" not in trained.vocab.strings
    evaluate_main(["--corpora", str(tmp_path / "eval_toy.jsonl.gz"), "--model", str(output), "--json"])
    report = json.loads(capsys.readouterr().out)
    assert report["texts"] == 20
    record(output, tmp_path / "eval_toy.jsonl.gz")
    assert spacy.load(output).meta["performance"]["eval_toy"]["words"] == report["words"]


def test_training_needs_corpora(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no .*corpora"):
        load(tmp_path)


def test_training_twice_gives_the_same_weights(tmp_path: Path) -> None:
    write_toy_corpus(tmp_path)
    first, second = (
        train(load(tmp_path), Recipe(epochs=1, batch_words=(50, 100)), tmp_path / name).get_pipe("ner").to_bytes()
        for name in ("first", "second")
    )
    assert first == second


def test_training_goes_on_from_weights(tmp_path: Path) -> None:
    write_toy_corpus(tmp_path)
    recipe = Recipe(epochs=3, batch_words=(50, 100), learn_rate=1e-6)
    began = train(load(tmp_path), Recipe(epochs=6, batch_words=(50, 100)), tmp_path / "first")
    went_on = train(load(tmp_path), recipe, tmp_path / "second", start=tmp_path / "first")
    text = "Ali Khan flew to Mali on day 3, Reuters said."
    assert [str(entity) for entity in went_on(text).ents] == [str(entity) for entity in began(text).ents] != []


def test_made_up_names_come_only_when_asked_for() -> None:
    known = {name for culture in CULTURES for name in culture.family}
    source = marked("[Khan/PERSON] spoke.")
    for rate, expected in ((0.0, set()), (1.0, set(range(40)))):
        names = [surfaces(vary.swap_persons(source, Random(seed), rate))[0][0] for seed in range(40)]
        assert {seed for seed, name in enumerate(names) if name not in known} == expected
