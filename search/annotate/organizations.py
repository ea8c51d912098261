"""The organizations of one article: acronyms joined to the names they stand for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import NamedTuple

from search.annotate.slugs import slug
from search.annotate.spans import SpanIndex
from search.annotate.tokens import Token, tokenize

__all__ = ["OrganizationMention", "find_organizations"]

MOST_WORDS = 12


class OrganizationMention(NamedTuple):
    """Where an organization is named, and the name that it goes by."""

    start: int
    end: int
    label: str
    why: str


_Known = dict[str, dict[tuple[str, ...], tuple[str, bool]]]


@cache
def _known() -> _Known:
    """First folded word → folded words of a known name → the name to show, and whether it counts in capitals only."""
    table: _Known = {}
    lines = resources.files("search.annotate").joinpath("data", "organizations.tsv").read_text("utf-8").splitlines()
    for line in lines[2:]:
        name, _, others = line.partition("\t")
        for form in filter(None, [name, *others.split("|")]):
            keys = tuple(token.key for token in tokenize(form))
            in_capitals = form.replace(".", "").isupper()
            table.setdefault(keys[0], {}).setdefault(keys, (name, in_capitals))
    return table


def _listed(text: str, tokens: Sequence[Token]) -> Iterator[OrganizationMention]:
    table = _known()
    for at, token in enumerate(tokens):
        forms = table.get(token.key)
        if forms is None:
            continue
        for keys in sorted(forms, key=len, reverse=True):
            words = tokens[at : at + len(keys)]
            if tuple(word.key for word in words) != keys:
                continue
            label, in_capitals = forms[keys]
            written = text[words[0].start : words[-1].end]
            if "\n" in written or not (written.replace(".", "").isupper() if in_capitals else _is_capital(words)):
                continue
            yield OrganizationMention(words[0].start, words[-1].end, label, "known name")
            break


def _is_capital(words: Sequence[Token]) -> bool:
    if len(words) == 1:
        return words[0].raw[0].isupper()
    return all(word.raw[0].isupper() for word in words if len(word.raw) > 3)


_ARTICLE = re.compile(r"(?:the|a|an|The|A|An|its|their|his|her)\s+")
_EDGES = " \t\n,.;:()[]\"“”'’‘-–—"
_DEFINITION = re.compile(r"\s*\(\s*(?:the |or )?[\"“]?([A-Z][A-Za-z]*(?:[.&-][A-Z][A-Za-z]*)*\.?)[\"”]?\s*\)")


def find_organizations(
    text: str, tokens: Sequence[Token], spans: SpanIndex, taken: Sequence[tuple[int, int]] = ()
) -> list[OrganizationMention]:
    """Where organizations are named in a text, in order, without overlap.

    `taken` are characters that name something else (persons, countries by themselves), in order.
    """
    taken_spans = _Taken(taken)
    listed = list(_listed(text, tokens))
    by_start = {mention.start: mention for mention in listed}
    names: list[tuple[int, int]] = []
    for span in spans.spans:
        if span.label != "ORG":
            continue
        start, end = _trimmed(text, span.start, span.end)
        if end - start < 2 or "\n\n" in text[start:end] or len(text[start:end].split()) > MOST_WORDS:
            continue
        if not any(c.isupper() for c in text[start:end]) or taken_spans.covers(start, end):
            continue
        names.append((start, end))
    acronyms = _definitions(text, names, {(m.start, m.end): m.label for m in listed})
    mentions = []
    for start, end in names:
        written = " ".join(text[start:end].split())
        known = by_start.get(start)
        if known is not None and known.end == end:
            continue
        label = acronyms.get(written.replace(".", ""), written)
        mentions.append(OrganizationMention(start, end, label, "name" if label == written else f"acronym of {label}"))
    mentions += _defined(text, tokens, acronyms)
    mentions += listed
    kept: list[OrganizationMention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not slug(mention.label) or (kept and mention.start < kept[-1].end):
            continue
        kept.append(mention)
    return _one_spelling(kept)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    article = _ARTICLE.match(text, start, end)
    start = article.end() if article else start
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    return start, end


class _Taken:
    """Characters that something else covers; asked in logarithmic time, since a long text has many names."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self.starts = [first for first, _ in ordered]
        self.ends = list(accumulate((last for _, last in ordered), max))  # the farthest end of those that begin so far

    def covers(self, start: int, end: int) -> bool:
        """Does one of them cover the whole name?"""
        at = bisect_right(self.starts, start) - 1
        return at >= 0 and self.ends[at] >= end


def _definitions(text: str, names: Sequence[tuple[int, int]], listed: dict[tuple[int, int], str]) -> dict[str, str]:
    """Acronym → long form, from `Islamic Revolutionary Guard Corps (IRGC)`."""
    acronyms: dict[str, str] = {}
    for start, end in [*names, *listed]:
        match = _DEFINITION.match(text, end)
        if match is None:
            continue
        acronym = match.group(1).replace(".", "")
        long = listed.get((start, end)) or " ".join(text[start:end].split())
        if 2 <= len(acronym) <= 10 and acronym != long and _abbreviates(acronym, long):
            acronyms.setdefault(acronym, long)
    return acronyms


def _abbreviates(acronym: str, long: str) -> bool:
    """Are the capitals of the acronym initials of the name, in order, most of them?"""
    initials = iter(word[0].casefold() for word in re.findall(r"\w+", long))
    wanted = [c.casefold() for c in acronym if c.isupper()]
    hits = 0
    for letter in wanted:
        if letter in initials:
            hits += 1
        else:
            break
    return len(wanted) > 1 and hits >= len(wanted) - 1 and acronym[0].casefold() == long[0].casefold()


def _defined(text: str, tokens: Sequence[Token], acronyms: dict[str, str]) -> Iterator[OrganizationMention]:
    if not acronyms:
        return
    for token in tokens:
        label = acronyms.get(token.raw.replace(".", ""))
        if label is not None:
            yield OrganizationMention(token.start, token.end, label, f"acronym of {label}")


def _one_spelling(mentions: list[OrganizationMention]) -> list[OrganizationMention]:
    """Names that differ in case, accents or punctuation alone take the first spelling."""
    labels: dict[str, str] = {}
    return [m._replace(label=labels.setdefault(slug(m.label), m.label)) for m in mentions]
