"""Reading a query: what each form means, what is mended, and that nothing a person types breaks it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.errors import RequestError
from search.query.grammar import parse
from search.query.limits import LIMITS
from search.query.syntax import And, Days, Everything, Fuzzy, Not, Or, Phrase, Prefix, Value, Word, highlighted, write


def in_full(q: str) -> str:
    return write(parse(q).node)


@pytest.mark.parametrize(
    ("q", "means"),
    [
        ("arms deal", "arms AND deal"),
        ("arms OR deal", "arms OR deal"),
        ("arms AND deal", "arms AND deal"),
        ("iran arms OR drones", "iran AND (arms OR drones)"),
        ("iran AND arms OR drones", "(iran AND arms) OR drones"),
        ("(iran arms) OR drones", "(iran AND arms) OR drones"),
        ("iran -arms", "iran AND NOT arms"),
        ("iran NOT (arms OR drones)", "iran AND NOT (arms OR drones)"),
        ("-iran", "NOT iran"),
        ("a OR -b", "a OR NOT b"),
        ('"Air Defense"', '"air defense"'),
        ("\u201cair defense\u201d", '"air defense"'),
        ("air-defense", '"air defense"'),
        ("U.S. N'Djamena SÃO", "us AND ndjamena AND sao"),
        ("北京", '"北 京"'),
        ("militar*", "militar*"),
        ("shoigu~", "shoigu~1"),
        ("shoigu~2", "shoigu~2"),
        ("shoigu~0", '"shoigu"'),
        ("title:iran", "title:iran"),
        ("TITLE: iran", "title:iran"),
        ("text:(iran OR arms) deal", "(text:iran OR text:arms) AND deal"),
        ('title:"air defense"', 'title:"air defense"'),
        ('person:"Sergei Shoigu"', 'person:"Sergei Shoigu"'),
        ("country:(IR OR RU)", "country:IR OR country:RU"),
        ("date:2021-10", "date:2021-10-01..2021-10-31"),
        ("date:2021-10..2021-11", "date:2021-10-01..2021-11-30"),
        ("date:2021-10..", "date:2021-10-01.."),
        ("date:..2021", "date:..2021-12-31"),
        ("mentioned:2021-10-18", "mentioned:2021-10-18"),
        ("http://news.example/a", '"http news example a"'),
        ("Moscow: the city", "moscow AND the AND city"),
        ("Moscow - Kyiv -- Minsk", "moscow AND kyiv AND minsk"),
        ("+iran", "iran"),
        ("*", "*"),
        ("", "*"),
        ("or and not", "or AND and AND not"),
    ],
)
def test_grammar_what_each_form_means(q: str, means: str) -> None:
    assert in_full(q) == means
    assert parse(q).problems == ()


def test_grammar_the_tree_is_plain_values_with_their_places() -> None:
    assert parse('iran "air defense" militar* shoygu~2 -source:Wire date:2021').node == And(
        (
            Word("iran", span=(0, 4)),
            Phrase(("air", "defense"), span=(5, 18)),
            Prefix("militar", span=(19, 27)),
            Fuzzy("shoygu", 2, span=(28, 36)),
            Not(Value("source", "Wire", span=(45, 49))),
            Days("date", dt.date(2021, 1, 1), dt.date(2021, 12, 31), span=(55, 59)),
        )
    )


@pytest.mark.parametrize(
    ("q", "means", "marked"),
    [
        ('iran "arms', "iran AND arms", '"'),
        ("iran (arms", "iran AND arms", "("),
        ("iran) arms", "iran AND arms", ")"),
        ("()", "*", "()"),
        ('iran ""', "iran", '""'),
        ('iran "?!"', "iran", '"?!"'),
        ("OR iran", "iran", "OR"),
        ("iran OR", "iran", "OR"),
        ("iran AND", "iran", "AND"),
        ("iran OR OR arms", "iran OR arms", "OR"),
        ("iran NOT", "iran", "NOT"),
        ("(iran OR) arms", "iran AND arms", "OR"),
        ("NOT NOT iran", "iran", "NOT NOT"),
        ("NOT -iran", "iran", "NOT -"),
        ("NOT NOT NOT iran", "NOT iran", "NOT NOT NOT"),
        ("persn:shoigu", "persn AND shoigu", "persn:"),
        ('foo:"air defense"', 'foo AND "air defense"', "foo:"),
        ("iran title:", "iran AND title", "title:"),
        ("title:person:shoigu", "person:shoigu", "title:"),
        ("date:yesterday", "yesterday", "yesterday"),
        ("date:2021-13", '"2021 13"', "2021-13"),
        ("date:2021-11..2021-10", "date:2021-10-01..2021-11-30", "2021-11..2021-10"),
        ('"air defense"~3', '"air defense"', "~3"),
        ("mil*ary", "mil*", "mil*ary"),
        ("*litary", "litary*", "*litary"),
        ("**bold**", "bold*", "**bold**"),
        ("title:*ary iran", "title:ary* AND iran", "*ary"),
        ("iran shoigu~9", "iran AND shoigu~2", "shoigu~9"),
        ("air-defence~", '"air defence"', "air-defence~"),
        ("[2020", "2020", "["),
        ("?!", "*", "?!"),
    ],
)
def test_grammar_what_does_not_fit_is_mended_and_reported_with_its_place(q: str, means: str, marked: str) -> None:
    parsed = parse(q)
    assert write(parsed.node) == means
    assert [q[problem.start : problem.end] for problem in parsed.problems] == [marked]


def test_grammar_an_unknown_field_names_the_one_that_was_meant() -> None:
    (problem,) = parse("persn:shoigu").problems
    assert "person:" in problem.message


def test_grammar_words_for_people_leave_out_what_is_excluded() -> None:
    node = parse('iran -arms "air defense" militar* country:RU (a OR iran) -(b -c)').node
    assert highlighted(node) == ("iran", "air defense", "militar*", "a", "c")


@pytest.mark.parametrize("q", ["person:AT&T", "person:sergei-shoigu", 'person:"sergei shoigu"', 'person:(a:b OR "c")'])
def test_grammar_a_value_written_in_full_stays_quoted_or_unquoted(q: str) -> None:
    node = parse(q).node
    assert without_places(parse(write(node)).node) == without_places(node)


def test_grammar_length_clauses_and_nesting_are_limited() -> None:
    assert parse("a " * 63).problems == ()
    for q in ("a" * (LIMITS.query_length + 1), "a " * 65, "(" * 33 + "a" + ")" * 33, "(" * 10_000):
        with pytest.raises(RequestError) as refused:
            parse(q)
        assert refused.value.parameter == "q"
    assert in_full("(" * 32 + "a" + ")" * 32) == "a"


@pytest.mark.parametrize(
    "q",
    [
        "(" * 512,
        ")" * 512,
        '"' * 511,
        "[a TO " * 30,
        "NOT " * 128,
        "-" * 512,
        "a OR " * 60,
        "title:" * 85,
        "\ud800 \0 iran",
        "~" * 512,
    ],
)
def test_grammar_noise_is_read_at_once_and_its_problems_are_few(q: str) -> None:
    parsed = parse(q)
    assert len(parsed.text) == len(q)
    assert len(parsed.problems) <= LIMITS.problems
    parsed.text.encode()


PIECES = [*"ab \"()-*~:.'2\ud800\0é北", " OR ", " AND ", " NOT ", "title:", "date:", "person:"]
NOISE = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(st.one_of(NOISE, st.text(max_size=200)))
@settings(max_examples=150, deadline=None)
def test_grammar_any_text_is_read_or_refused_for_its_limits(q: str) -> None:
    try:
        parsed = parse(q)
    except RequestError:
        return
    for problem in parsed.problems:
        assert 0 <= problem.start <= problem.end <= len(q)
    write(parsed.node).encode()


WORDS = st.sampled_from(["iran", "arms", "deal", "2021"])
LEAVES = st.one_of(
    WORDS.map(Word),
    WORDS.map(lambda word: Word(word, ("title",))),
    st.lists(WORDS, min_size=2, max_size=3).map(lambda words: Phrase(tuple(words))),
    WORDS.map(Prefix),
    WORDS.map(lambda word: Fuzzy(word, 2, ("text",))),
    st.sampled_from([Value("person", "Sergei Shoigu", quoted=True), Value("country", "IR")]),
    st.just(Days("date", dt.date(2021, 1, 1), None)),
    st.just(Everything()),
)


def spread(kind: type[And] | type[Or], children: list[object]) -> object:
    flat: list[object] = []
    for child in children:
        flat.extend(child.children if isinstance(child, kind) else [child])
    return kind(tuple(flat))  # type: ignore[arg-type]


TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.filter(lambda node: not isinstance(node, Not)).map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda nodes: spread(And, nodes)),
        st.lists(inner, min_size=2, max_size=3).map(lambda nodes: spread(Or, nodes)),
    ),
    max_leaves=6,
)


@given(TREES)
@settings(max_examples=100, deadline=None)
def test_grammar_a_query_written_in_full_reads_as_the_same_query(node: object) -> None:
    written = write(node)  # type: ignore[arg-type]
    again = parse(written)
    assert again.problems == ()
    assert write(again.node) == written
    assert without_places(again.node) == node


def without_places(node: object) -> object:
    match node:
        case And(children) | Or(children):
            return type(node)(tuple(without_places(child) for child in children))  # type: ignore[arg-type, misc]
        case Not(child):
            return Not(without_places(child))  # type: ignore[arg-type]
        case Everything():
            return node
        case _:
            return replace(node, span=(0, 0))  # type: ignore[type-var]
