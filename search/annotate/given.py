"""Articles that came with annotations of their own: kept, and looked up in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from search.annotate.gazetteer import load_gazetteer
from search.annotate.slugs import slug
from search.countries import COUNTRIES, country_label
from search.model import Annotation, Article, Mention, MentionType, Tag

__all__ = ["GIVEN", "annotation_as_given", "country_code"]

GIVEN = "given"


def country_code(value: str) -> str | None:
    """The code of a country given as code, name, demonym or capital; None for what is none."""
    bare = value.strip()
    if bare.upper() in COUNTRIES:
        return bare.upper()
    entry = load_gazetteer().lookup(bare)
    if entry is None or len(entry.codes) != 1 or entry.why == "city":
        return None
    return entry.codes[0]


def annotation_as_given(article: Article) -> Annotation:
    """The annotation that the input brought, with its values found in the text.

    A value of `countries` that is no country of ISO 3166 is kept as a place: nothing that was given is lost.
    """
    countries: list[tuple[Tag, str]] = []
    places = list(article.places or ())
    for value in article.countries or ():
        code = country_code(value)
        if code is None:
            places.append(value)
        else:
            countries.append((Tag(code, country_label(code)), value))
    persons = list(_named(article.persons or ()))
    organizations = list(_named(article.organizations or ()))
    placed = list(_named(places))
    mentions: list[Mention] = []
    for kind, values in (
        ("person", persons),
        ("country", [*countries, *((tag, tag.label) for tag, _ in countries)]),
        ("organization", organizations),
        ("place", placed),
    ):
        mentions += _found(article.text, kind, values)  # type: ignore[arg-type]  # the four are MentionTypes
    return Annotation(
        article=article,
        mentions=tuple(sorted(mentions, key=lambda m: (m.start, m.end, m.type))),
        persons=_different(persons),
        countries=_different(countries),
        organizations=_different(organizations),
        places=_different(placed),
        model=GIVEN,
    )


def _named(names: Iterable[str]) -> Iterator[tuple[Tag, str]]:
    for name in names:
        label = " ".join(name.split())
        if slug(label):
            yield Tag(slug(label), label), label


def _different(values: Iterable[tuple[Tag, str]]) -> tuple[Tag, ...]:
    by_value: dict[str, Tag] = {}
    for tag, _ in values:
        by_value.setdefault(tag.value, tag)
    return tuple(by_value.values())


def _found(text: str, kind: MentionType, values: Iterable[tuple[Tag, str]]) -> Iterator[Mention]:
    """Where the names stand in the text as whole words, the longest first, without overlap. Codes are no names."""
    names = {name.strip(): tag for tag, name in reversed(list(values)) if len(name.strip()) > 2}
    if not names:
        return
    pattern = re.compile(
        r"(?<!\w)(?:" + "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) + r")(?!\w)"
    )
    for match in pattern.finditer(text):
        tag = names[match.group()]
        yield Mention(match.start(), match.end(), match.group(), kind, tag.value, tag.label, "given")
