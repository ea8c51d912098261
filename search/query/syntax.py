"""What a query says: a small tree of frozen values that knows of no index, and how it is written out in full."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = [
    "BOTH",
    "And",
    "Days",
    "Everything",
    "Fuzzy",
    "Node",
    "Not",
    "Or",
    "Phrase",
    "Prefix",
    "Value",
    "Word",
    "highlighted",
    "leaves",
    "write",
]

BOTH = ("title", "text")
"""The fields that a word is looked for in unless the query says otherwise."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Word:
    """Articles with any form of the word (its stem). `word` is folded; `span` is where it stands in the query."""

    word: str
    fields: tuple[str, ...] = BOTH
    span: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Articles with just these folded words in a row. `quoted` is False for a compound such as `air-defense`."""

    words: tuple[str, ...]
    fields: tuple[str, ...] = BOTH
    span: Span = (0, 0)
    quoted: bool = True


@dataclass(frozen=True, slots=True)
class Prefix:
    """Articles with a word that begins with `prefix` (folded, not stemmed)."""

    prefix: str
    fields: tuple[str, ...] = BOTH
    span: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Articles with a word of the same first letter at most `edits` changes away (a swap of neighbors is one)."""

    word: str
    edits: int
    fields: tuple[str, ...] = BOTH
    span: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Value:
    """Articles with a facet value that is so called; which values those are, only an archive knows.

    A `quoted` name that is all of a value's name means that value alone, not all values with these words.
    """

    facet: str
    name: str
    span: Span = (0, 0)
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Days:
    """Articles published (`date`) or speaking of a date (`mentioned`) within these days; None is an open end."""

    kind: str
    first: dt.date | None
    last: dt.date | None
    span: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Everything:
    """All articles."""


@dataclass(frozen=True, slots=True)
class Not:
    """The articles that `child` leaves out."""

    child: Node


@dataclass(frozen=True, slots=True)
class And:
    """The articles that all children have."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """The articles that any child has."""

    children: tuple[Node, ...]


Leaf = Word | Phrase | Prefix | Fuzzy | Value | Days
Node = Leaf | Everything | Not | And | Or


def leaves(node: Node, *, negated: bool = False) -> Iterator[tuple[Leaf, bool]]:
    """The leaves in the order of the query, each with whether it is asked for (False) or against (True)."""
    match node:
        case Not(child):
            yield from leaves(child, negated=not negated)
        case And(children) | Or(children):
            for child in children:
                yield from leaves(child, negated=negated)
        case Everything():
            return
        case _:
            yield node, negated


def highlighted(node: Node) -> tuple[str, ...]:
    """The words, phrases and patterns that are asked for, as people read them, each once."""
    found: dict[str, None] = {}
    for leaf, negated in leaves(node):
        if negated:
            continue
        match leaf:
            case Word(word):
                found[word] = None
            case Phrase(words):
                found[" ".join(words)] = None
            case Prefix(prefix):
                found[f"{prefix}*"] = None
            case Fuzzy(word, edits):
                found[f"{word}~{edits}"] = None
    return tuple(found)


def write(node: Node) -> str:
    """The query in full, with AND, OR, NOT and brackets where they were only meant. Reading it gives `node` again."""
    match node:
        case Everything():
            return "*"
        case Word(word, fields):
            return _scope(fields) + word
        case Phrase(words, fields):
            return f'{_scope(fields)}"{" ".join(words)}"'
        case Prefix(prefix, fields):
            return f"{_scope(fields)}{prefix}*"
        case Fuzzy(word, edits, fields):
            return f"{_scope(fields)}{word}~{edits}"
        case Value(facet, name, quoted=quoted):
            return f'{facet}:"{name}"' if quoted else f"{facet}:{name}"
        case Days(kind, first, last):
            if first and first == last:
                return f"{kind}:{first.isoformat()}"
            return f"{kind}:{first.isoformat() if first else ''}..{last.isoformat() if last else ''}"
        case Not(child):
            return f"NOT {_bracketed(child)}"
        case And(children):
            return " AND ".join(_bracketed(child) for child in children)
        case Or(children):
            return " OR ".join(_bracketed(child) for child in children)


def _bracketed(node: Node) -> str:
    return f"({write(node)})" if isinstance(node, And | Or) else write(node)


def _scope(fields: tuple[str, ...]) -> str:
    return f"{fields[0]}:" if len(fields) == 1 else ""
