"""An annotated article comes back from its bytes as it was, and its fingerprints change with what they stand for."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.dates import Interval, parse_interval
from search.errors import RejectedArticle
from search.model import Annotation, Article, Mention, Published, Tag
from search.store.record import State, decode_annotation, encode_annotation, fingerprint, input_hash, state_of
from search.store.validate import check_storable

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
VALUE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
OPTIONAL = st.none() | VALUE
GIVEN = st.none() | st.lists(VALUE, max_size=2).map(tuple)
TAGS = st.lists(st.builds(Tag, VALUE, VALUE), max_size=3).map(tuple)
INTERVALS = st.tuples(st.dates(), st.dates()).map(lambda days: Interval(min(days), max(days)))
PUBLISHED = st.none() | st.builds(
    Published, INTERVALS, st.sampled_from(["metadata", "dateline", "text", "inferred", "file"]), st.none() | st.times()
)
ARTICLES = st.builds(
    Article,
    id=VALUE,
    title=TEXT,
    text=TEXT,
    published=PUBLISHED,
    **dict.fromkeys(("source", "author", "url", "language", "section", "place", "origin"), OPTIONAL),
    **dict.fromkeys(("persons", "countries", "organizations", "places"), GIVEN),
)


@st.composite
def annotations(draw: st.DrawFn) -> Annotation:
    article = draw(ARTICLES)
    places = st.integers(0, len(article.text))
    mentions = []
    for first, second, says in draw(st.lists(st.tuples(places, places, st.booleans()), max_size=4)):
        start, end = min(first, second), max(first, second)
        text = article.text[start:end] if says else draw(TEXT)
        mentions.append(Mention(start, end, text, "person", draw(VALUE), draw(VALUE), draw(TEXT)))
    tags = {name: draw(TAGS) for name in ("persons", "countries", "organizations", "places")}
    dates = tuple(draw(st.lists(INTERVALS, max_size=3)))
    return Annotation(article=article, mentions=tuple(mentions), dates=dates, model=draw(TEXT), **tags)


@settings(max_examples=150, deadline=None)
@given(annotations())
def test_store_records_come_back_as_they_were(annotation: Annotation) -> None:
    check_storable(annotation)
    stored = encode_annotation(annotation)
    assert decode_annotation(stored) == annotation
    assert decode_annotation(stored, mentions=False) == dataclasses.replace(annotation, mentions=())
    assert State.decode(state_of(annotation).encode()) == state_of(annotation)


ARTICLE = Article(
    id="a",
    title="Talks",
    text="Bagheri met Shoigu.",
    published=Published(parse_interval("2021-10-18")),
    origin="a.txt:1",
)


@pytest.mark.parametrize(
    ("change", "is_another", "reads_differently"),
    [
        ({"origin": "b.txt:9"}, False, False),
        ({"url": "http://example.org/"}, True, False),
        ({"source": "Morning Post"}, True, False),
        ({"text": "Bagheri met Lavrov."}, True, True),
        ({"title": "More talks"}, True, True),
        ({"published": Published(parse_interval("2021-10"))}, True, True),
        ({"place": "Moscow"}, True, True),
        ({"author": "A. Writer"}, True, True),
        ({"persons": ("Sergei Shoigu",)}, True, True),
        ({"persons": ()}, True, True),
    ],
)
def test_store_records_fingerprints_change_with_what_they_stand_for(
    change: dict[str, object], is_another: bool, reads_differently: bool
) -> None:
    other = dataclasses.replace(ARTICLE, **change)
    assert (fingerprint(other) != fingerprint(ARTICLE)) is is_another
    assert (input_hash(other) != input_hash(ARTICLE)) is reads_differently


def test_store_records_fingerprints_keep_fields_apart() -> None:
    assert fingerprint(Article(id="a", title="x", text="yz")) != fingerprint(Article(id="a", title="xy", text="z"))


DAY = dt.date(2021, 10, 18)
NOON = dt.datetime(2021, 10, 18, 12)


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("text", {"article": Article(id="a", text="half \ud83d of a pair")}),
        ("text", {"article": Article(id="a", text="nul \0 in it")}),
        ("text", {"article": Article(id="a", text=7)}),
        ("text", {"article": Article(id="a", text="x" * (20 << 20) + "y")}),
        ("title", {"article": Article(id="a", title=None)}),
        ("title", {"article": Article(id="a", title="x" * 100_000)}),
        ("id", {"article": Article(id="")}),
        ("id", {"article": Article(id="x" * 10_000)}),
        ("id", {"article": Article(id=b"bytes")}),
        ("id", {"article": Article(id="\udc80")}),
        ("source", {"article": Article(id="a", source="tab\there")}),
        ("published", {"article": Article(id="a", published="2021-10-18")}),
        (
            "published",
            {"article": Article(id="a", published=Published(Interval(NOON, NOON)))},
        ),
        ("published", {"article": Article(id="a", published=Published((DAY, DAY)))}),
        ("article", {"article": None}),
        ("persons", {"persons": [Tag("a", "A")]}),
        ("persons", {"persons": ("a",)}),
        ("persons", {"persons": (Tag("a\tb", "A"),)}),
        ("persons", {"persons": (Tag("", "A"),)}),
        ("persons", {"persons": tuple(Tag(str(n), "A") for n in range(20_000))}),
        ("dates", {"dates": ("2021",)}),
        ("mentions", {"mentions": (Mention(0, 99, "x", "person", "x", "X", ""),)}),
        ("mentions", {"mentions": (Mention(-1, 0, "", "person", "x", "X", ""),)}),
        ("model", {"model": None}),
    ],
)
def test_store_records_an_article_that_cannot_be_stored_is_rejected_with_the_field(
    field: str, bad: dict[str, object]
) -> None:
    annotation = dataclasses.replace(Annotation(article=Article(id="a", text="sound"), model="m"), **bad)
    with pytest.raises(RejectedArticle) as rejected:
        check_storable(annotation)
    assert rejected.value.field == field
    str(rejected.value).encode("utf-8")  # a message about half a character has none itself
