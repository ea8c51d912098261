"""Small archives for the tests of the store: annotated articles in one line, and how an index looks to a reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from search.model import Annotation
from search.store import Snapshot
from tests.query_reference import FACET_NAMES, FakeSnapshot, annotated

WORDS = ("iran", "Russia's", "deals", "dealing", "naïve", "U.S.", "grain", "17,000", "海", "arms")


def numbered(number: int, **fields: Any) -> Annotation:
    """An article like any other, made from a number."""
    words = [WORDS[(number * step) % len(WORDS)] for step in (1, 3, 7, 1)]
    facts = {
        "title": f"{words[0]} {words[1]}",
        "published": f"20{number % 20 + 10}-0{number % 9 + 1}" if number % 3 else None,
        "persons": ["Sergei Shoigu"] if number % 2 else ["Mohammad Bagheri", "Sergei Shoigu"],
        "countries": [("IR", "RU", "US")[number % 3]],
        "dates": ["2021-10-11/2021-10-17"] if number % 4 == 0 else [],
        "source": ("Morning Post", "Evening Star")[number % 2],
    }
    return annotated(f"article-{number:03}", " ".join(words), **(facts | fields))


def assert_same_archive(snapshot: Snapshot, articles: Sequence[Annotation]) -> None:
    """Everything that a reader sees, against a plain archive of these articles; docnums may differ."""
    plain = FakeSnapshot(list(articles))
    assert snapshot.doc_count == len(articles)
    number = {a.article.id: snapshot.docnum(a.article.id) for a in articles}
    assert None not in number.values()
    assert [snapshot.annotation(docnum) for docnum in number.values()] == list(articles)
    renumbered = {old: number[a.article.id] for old, a in enumerate(articles)}
    live = sorted(number.values())
    assert np.flatnonzero(snapshot.live).tolist() == live

    for field in ("title", "text", "title_exact", "text_exact", *FACET_NAMES):
        terms = plain.terms(field)
        assert set(terms) <= set(snapshot.terms(field))
        for term in [*terms, "absent", "\ud800"]:
            expected, found = plain.postings(field, term), snapshot.postings(field, term)
            frequencies = {
                renumbered[doc]: tf for doc, tf in zip(expected.docs.tolist(), expected.tf.tolist(), strict=True)
            }
            assert found.docs.tolist() == sorted(frequencies), (field, term)
            assert found.tf.tolist() == [frequencies[doc] for doc in found.docs.tolist()]
            assert snapshot.doc_frequency(field, term) == len(frequencies)
            if field.endswith("_exact"):
                assert places(snapshot.positions(field, term)) == {
                    renumbered[doc]: where for doc, where in places(plain.positions(field, term)).items()
                }
    for field in ("title", "text"):
        assert {doc: snapshot.lengths(field)[doc] for doc in live} == {
            renumbered[doc]: length for doc, length in enumerate(plain.lengths(field).tolist())
        }
        assert snapshot.average_length(field) == plain.average_length(field)
    for name in FACET_NAMES:
        assert of_documents(snapshot, name, live) == {
            renumbered[doc]: values for doc, values in of_documents(plain, name, range(len(articles))).items()
        }
    for mine, theirs in zip(snapshot.published(), plain.published(), strict=True):
        assert {doc: mine[doc] for doc in live} == {renumbered[doc]: day for doc, day in enumerate(theirs.tolist())}
    in_order = sorted(live, key=lambda doc: snapshot.rank()[doc])
    assert in_order == [renumbered[doc] for doc in np.argsort(plain.rank(), kind="stable").tolist()]


def places(positions: Any) -> dict[int, list[int]]:
    bounds = positions.offsets.tolist()
    return {
        doc: positions.positions[bounds[i] : bounds[i + 1]].tolist() for i, doc in enumerate(positions.docs.tolist())
    }


def of_documents(snapshot: Any, name: str, docs: Any) -> dict[int, list[str]]:
    column = snapshot.facet(name)
    return {
        doc: [column.values[o] for o in column.ordinals[column.offsets[doc] : column.offsets[doc + 1]].tolist()]
        for doc in docs
    }
