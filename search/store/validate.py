"""What an article must be to be stored. Checked before anything is written: Whoosh finds out half-way."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from search.dates import Interval
from search.errors import RejectedArticle
from search.model import Annotation, Article, Mention, Published, Tag

__all__ = ["check_article", "check_storable"]

LONGEST_ID = 512
LONGEST_TEXT = 20 << 20
LONGEST_FIELD = 64 << 10
LONGEST_VALUE = 1024
"""Characters of one facet value or label."""
MOST_TAGS = 10_000
MOST_MENTIONS = 200_000

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_STRINGS = ("title", "text", "source", "author", "url", "language", "section", "place", "origin")
_FACETS = ("source", "language", "section")
_GIVEN = ("persons", "countries", "organizations", "places")


def check_storable(annotation: Annotation) -> None:
    """Raise RejectedArticle, which names the field and the reason, unless the article can be stored."""
    if not isinstance(annotation, Annotation):
        raise RejectedArticle("?", "article", f"{type(annotation).__name__} is not an annotated article")
    check = check_article(annotation.article)
    check.string("model", annotation.model, LONGEST_VALUE)
    for name in _GIVEN:
        check.tags(name, getattr(annotation, name))
    check.sequence("dates", annotation.dates, MOST_TAGS)
    for date in annotation.dates:
        check.interval("dates", date)
    check.sequence("mentions", annotation.mentions, MOST_MENTIONS)
    for mention in annotation.mentions:
        check.mention(mention, len(annotation.article.text))


def check_article(article: Article) -> _Check:
    """Raise RejectedArticle unless the article itself can be stored; for checking it before it is annotated."""
    if not isinstance(article, Article):
        raise RejectedArticle("?", "article", f"{type(article).__name__} is not an article")
    check = _Check(article.id if isinstance(article.id, str) else "?")
    check.string("id", article.id, LONGEST_ID)
    if not article.id:
        raise check.rejected("id", "it is empty")
    for name in _STRINGS:
        value = getattr(article, name)
        if value is not None or name in ("title", "text"):
            check.string(name, value, LONGEST_TEXT if name == "text" else LONGEST_FIELD)
    for name in _FACETS:
        if getattr(article, name) is not None:
            check.value(name, getattr(article, name))
    for name in _GIVEN:
        values = getattr(article, name)
        if values is not None:
            check.sequence(name, values, MOST_TAGS)
            check.strings(name, values)
    if article.published is not None:
        check.published(article.published)
    return check


class _Check:
    """The checks of one article, which know its id."""

    def __init__(self, article_id: str) -> None:
        self.article_id = article_id.encode("utf-8", "replace").decode("utf-8")[:LONGEST_ID]

    def rejected(self, field: str, reason: str) -> RejectedArticle:
        return RejectedArticle(self.article_id, field, reason)

    def string(self, field: str, value: Any, longest: int) -> None:
        if not isinstance(value, str):
            raise self.rejected(field, f"{type(value).__name__} is not a string")
        if len(value) > longest:
            raise self.rejected(field, f"{len(value):,} characters, and at most {longest:,} are stored")
        found = _UNSTORABLE.search(value)
        if found:
            raise self.rejected(field, f"character {found.start()} is {_named(found.group())}")

    def strings(self, field: str, values: Iterable[Any]) -> None:
        for value in values:
            self.string(field, value, LONGEST_VALUE)

    def value(self, field: str, value: Any) -> None:
        self.string(field, value, LONGEST_VALUE)
        if _CONTROL.search(value):
            raise self.rejected(field, f"{value!r} has a control character")

    def sequence(self, field: str, values: Any, most: int) -> None:
        if not isinstance(values, tuple):
            raise self.rejected(field, f"{type(values).__name__} is not a tuple")
        if len(values) > most:
            raise self.rejected(field, f"{len(values):,} of them, and at most {most:,} are stored")

    def tags(self, field: str, tags: Any) -> None:
        self.sequence(field, tags, MOST_TAGS)
        for tag in tags:
            if not isinstance(tag, Tag):
                raise self.rejected(field, f"{type(tag).__name__} is not a Tag")
            self.value(field, tag.value)
            self.value(field, tag.label)
            if not tag.value:
                raise self.rejected(field, "a value is empty")

    def interval(self, field: str, interval: Any) -> None:
        if not isinstance(interval, Interval):
            raise self.rejected(field, f"{type(interval).__name__} is not an Interval")
        for day in (interval.first, interval.last):
            # A datetime is a date to Python, but not one of ours: it would not come back equal.
            if type(day) is not dt.date:
                raise self.rejected(field, f"{type(day).__name__} is not a date")

    def published(self, published: Any) -> None:
        if not isinstance(published, Published):
            raise self.rejected("published", f"{type(published).__name__} is not a Published")
        self.interval("published", published.interval)
        self.value("published", published.known_by)
        if published.time is not None and type(published.time) is not dt.time:
            raise self.rejected("published", f"{type(published.time).__name__} is not a time")

    def mention(self, mention: Any, length: int) -> None:
        if not isinstance(mention, Mention):
            raise self.rejected("mentions", f"{type(mention).__name__} is not a Mention")
        places = (mention.start, mention.end)
        if any(type(place) is not int for place in places) or not 0 <= mention.start <= mention.end <= length:
            raise self.rejected("mentions", f"{mention.start!r} to {mention.end!r} is not within the text")
        self.strings("mentions", (mention.text, mention.type, mention.value, mention.label, mention.why))


def _named(character: str) -> str:
    return "NUL" if character == "\x00" else f"half a character (U+{ord(character):04X})"
