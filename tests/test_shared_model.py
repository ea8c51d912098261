"""The values that travel between the rooms."""

from __future__ import annotations

import dataclasses
import inspect

import pytest

import search
from search import errors, model
from search.countries import COUNTRIES, FORMER_STATES, country_label


def test_model_every_value_is_frozen() -> None:
    classes = [c for _, c in inspect.getmembers(model, inspect.isclass) if c.__module__ == "search.model"]
    assert len(classes) > 15
    for cls in classes:
        assert cls.__dataclass_params__.frozen, cls.__name__  # type: ignore[attr-defined]


@pytest.mark.parametrize("module", [search, errors, model], ids=lambda module: module.__name__)
def test_model_what_a_module_promises_can_be_imported(module: object) -> None:
    for name in module.__all__:  # type: ignore[attr-defined]
        assert hasattr(module, name), name


def test_errors_the_tree_has_one_root() -> None:
    for name in errors.__all__:
        assert issubclass(getattr(errors, name), errors.DatelineError)


def test_errors_say_where_and_the_way_out() -> None:
    assert str(errors.ReadError("a/b.jsonl", "not JSON", line=3)) == "a/b.jsonl:3: not JSON"
    assert (
        str(errors.RequestError("country", "no such code", nearest="IR")) == "country: no such code Did you mean 'IR'?"
    )


def test_countries_cover_iso_and_the_former_states() -> None:
    assert len(COUNTRIES) > 245
    assert set(COUNTRIES) >= FORMER_STATES
    assert country_label("IR") == "Iran"
    assert country_label("QQ") == "QQ"


def test_model_a_facet_reads_like_a_sequence() -> None:
    value = model.FacetValue("IR", "Iran", 3)
    facet = model.Facet("country", "Country", 1, (value,))
    assert (facet[0], len(facet), list(facet)) == (value, 1, [value])
    assert dataclasses.replace(value, count=4) != value
