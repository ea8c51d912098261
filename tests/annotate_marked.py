"""Texts with spans written into them, so that the rules are tested without a model: `[PERSON Sergei Shoigu] said`."""

from __future__ import annotations

import re

from search.annotate.pipeline import annotate_with, text_to_recognize
from search.annotate.spans import LABELS, Span
from search.dates import parse_interval
from search.model import Annotation, Article, Published

_MARK = re.compile(r"\[(PERSON|ORG|GPE|LOC|NORP) ([^\]]*)\]")


def marked(text: str) -> tuple[str, list[Span]]:
    """The text without its marks, and the spans that they name."""
    plain, spans, end = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[end : match.start()]
        spans.append(Span(len(plain), len(plain) + len(match.group(2)), LABELS[match.group(1)]))
        plain += match.group(2)
        end = match.end()
    return plain + text[end:], spans


def annotate_marked(
    text: str, *, title: str = "", published: str | None = None, author: str | None = None, place: str | None = None
) -> Annotation:
    """The annotation of an article whose text and title have marks."""
    headline, title_spans = marked(title)
    body, spans = marked(text)
    when = Published(parse_interval(published)) if published else None
    article = Article(id="a", title=headline, text=body, published=when, author=author, place=place)
    offset = len(text_to_recognize(article)) - len(body)
    moved = [Span(span.start + offset, span.end + offset, span.label) for span in spans]
    return annotate_with(article, [*title_spans, *moved], "test")


def codes(annotation: Annotation) -> list[str]:
    """The countries found, in the order of their codes."""
    return sorted(tag.value for tag in annotation.countries)


def labels(annotation: Annotation) -> list[str]:
    """The people found, in the order of their names."""
    return sorted(tag.label for tag in annotation.persons)
