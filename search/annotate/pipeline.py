"""Spans in, Annotation out: the rules in the order in which each needs what the others found. Pure functions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from search.annotate.countries import Evidence, find_countries
from search.annotate.dates import find_dates
from search.annotate.gazetteer import load_gazetteer
from search.annotate.organizations import find_organizations
from search.annotate.people import NameMention, find_people
from search.annotate.places import find_places
from search.annotate.slugs import slug
from search.annotate.spans import Span, SpanIndex
from search.annotate.tokens import tokenize
from search.countries import country_label
from search.model import Annotation, Article, Mention, MentionType, Tag

__all__ = ["RULES_VERSION", "annotate_with", "text_to_recognize"]

RULES_VERSION = "4"
"""Part of what names an annotation: raise it with every change that finds something else."""


def text_to_recognize(article: Article) -> str:
    """What the recogniser and the rules read: the title, a blank line, and the text."""
    return f"{article.title}\n\n{article.text}" if article.title else article.text


def annotate_with(article: Article, spans: Iterable[Span], model: str) -> Annotation:
    """The annotation of an article from the spans found in `text_to_recognize(article)`.

    What the title alone speaks of becomes a tag, but no mention: mentions are of `article.text`.
    """
    text = text_to_recognize(article)
    offset = len(text) - len(article.text)
    tokens = tokenize(text)
    index = SpanIndex(_without_credit(spans, text, offset))
    gazetteer = load_gazetteer()
    matches = list(gazetteer.find(text, tokens))
    named = find_people(text, tokens, index, matches, article.author)
    names = [(mention.start, mention.end) for mention in named]
    surnames = {mention.person.core[-1] for mention in named if len(mention.person.core) > 1}
    evidence = find_countries(text, tokens, matches, index, names, surnames)
    spoken = [(item.start, item.end) for item in evidence]
    organizations = find_organizations(text, tokens, index, sorted([*names, *spoken]))
    places = find_places(text, tokens, index, matches, gazetteer, spoken)
    published = article.published.interval if article.published else None
    dates = find_dates(article.text, published)

    mentions = [
        *_people(named),
        *_countries(evidence, text),
        *(_mention(m.start, m.end, "organization", slug(m.label), m.label, m.why) for m in organizations),
        *(_mention(m.start, m.end, "place", slug(m.label), m.label, m.why) for m in places),
    ]
    countries = _tags(mentions, "country", offset)
    countries = _with_tags(countries, [code for item in evidence for code in item.codes])
    if article.place:
        countries = _with_tags(countries, _codes_of_place(article.place))
    return Annotation(
        article=article,
        mentions=_of_the_text(
            mentions,
            text,
            offset,
            dates_of=[
                _mention(d.start + offset, d.end + offset, "date", str(d.interval), str(d.interval), d.why)
                for d in dates
            ],
        ),
        persons=_tags(mentions, "person", offset),
        countries=countries,
        organizations=_tags(mentions, "organization", offset),
        places=_tags(mentions, "place", offset),
        dates=tuple(dict.fromkeys(date.interval for date in dates)),
        model=model,
    )


# `KYIV, March 3 (Reuters) —`: who sent the story is no part of what it tells.
_CREDIT = re.compile(r"[^\n()]{2,80}\(([^()\n]{2,60})\)[ \t]*(?:[-–—:]|--)")


def _without_credit(spans: Iterable[Span], text: str, offset: int) -> list[Span]:
    """The spans but for those within the agency's name of the dateline with which the article's text begins."""
    credit = _CREDIT.match(text, offset)
    if credit is None:
        return list(spans)
    start, end = credit.span(1)
    return [span for span in spans if span.end <= start or span.start >= end]


def _mention(start: int, end: int, kind: MentionType, value: str, label: str, why: str) -> Mention:
    return Mention(start, end, "", kind, value, label, why)


def _people(named: Sequence[NameMention]) -> Iterable[Mention]:
    known: dict[int, tuple[str, str]] = {}
    for mention in named:
        person = mention.person
        if id(person) not in known:
            known[id(person)] = (person.value, person.label)
        value, label = known[id(person)]
        if value:
            yield _mention(mention.start, mention.end, "person", value, label, mention.why)


def _countries(evidence: Sequence[Evidence], text: str) -> Iterable[Mention]:
    for item in evidence:
        code = item.codes[0]
        why = item.why if len(item.codes) == 1 else f"{text[item.start : item.end]}: {' and '.join(item.codes)}"
        yield _mention(item.start, item.end, "country", code, country_label(code), why)


def _of_the_text(
    mentions: Iterable[Mention], text: str, offset: int, dates_of: Iterable[Mention]
) -> tuple[Mention, ...]:
    """Mentions in the article's text, with the offsets and the words of it."""
    moved = [
        Mention(m.start - offset, m.end - offset, text[m.start : m.end], m.type, m.value, m.label, m.why)
        for m in (*mentions, *dates_of)
        if m.start >= offset
    ]
    return tuple(sorted(moved, key=lambda m: (m.start, m.end, m.type)))


def _tags(mentions: Iterable[Mention], kind: MentionType, offset: int) -> tuple[Tag, ...]:
    """The values of one type by prominence: those of the title first, then by number of mentions, then by first one."""
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    labels: dict[str, str] = {}
    titled: set[str] = set()
    for mention in mentions:
        if mention.type != kind:
            continue
        counts[mention.value] += 1
        first.setdefault(mention.value, mention.start)
        labels.setdefault(mention.value, mention.label)
        if mention.start < offset:
            titled.add(mention.value)
    order = sorted(counts, key=lambda value: (value not in titled, -counts[value], first[value]))
    return tuple(Tag(value, labels[value]) for value in order)


def _with_tags(tags: tuple[Tag, ...], codes: Iterable[str]) -> tuple[Tag, ...]:
    """The tags, with further countries behind them."""
    have = {tag.value for tag in tags}
    more = [code for code in dict.fromkeys(codes) if code not in have]
    return tags + tuple(Tag(code, country_label(code)) for code in more)


def _codes_of_place(place: str) -> tuple[str, ...]:
    """The country of a dateline: of the whole place, else of its last or first part that is known ("Paris, Texas")."""
    gazetteer = load_gazetteer()
    for part in (place, *reversed(place.split(",")[1:]), place.split(",")[0]):
        entry = gazetteer.lookup(part)
        if entry is not None and entry.codes and len(entry.codes) == 1:
            return entry.codes
    return ()
