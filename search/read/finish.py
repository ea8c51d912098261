"""Draft → Article: head and clutter off, dateline read, the date settled, the id made."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from search.dates import Interval
from search.errors import ReadError
from search.model import Article, Published
from search.read.bylines import AGENCY, find_byline
from search.read.clutter import copyright_holder, stated_source, strip_clutter
from search.read.date_line import DateLine
from search.read.dateline import Dateline, parse_dateline
from search.read.foot import read_foot
from search.read.head import Head, read_head
from search.read.inference import infer_day, infer_year
from search.read.paragraphs import Paragraph, join_paragraphs, one_line
from search.read.record import Draft, language_tag, parse_published

__all__ = ["FileFacts", "article_id", "finish"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What is known of a file beside its content: `name` as the user finds it, `key` its path relative to the root.

    `defaults` are those of its folder; `modified` is given only where a file's time may date its articles. `taken` are
    the ids made from paths so far, where several roots are read: the same path may stand in two of them.
    """

    name: str
    key: str
    defaults: Mapping[str, str] = field(default_factory=dict)
    modified: dt.datetime | None = None
    taken: set[str] | None = None


def article_id(url: str | None, key: str) -> str:
    """16 hexadecimal digits, always the same for one URL, or (without one) for one path relative to the root."""
    # A fragment names a place within the page, not another page.
    name = f"url:{url.split('#', 1)[0].strip()}" if url else f"path:{key}"
    return hashlib.sha1(name.encode("utf-8", "surrogateescape"), usedforsecurity=False).hexdigest()[:16]


def _made_id(url: str | None, key: str, draft: Draft, facts: FileFacts) -> str:
    made = article_id(url, key)
    if url is None and facts.taken is not None:
        if made in facts.taken:
            reason = f"another folder named here has an article at {key!r} too; name the folder that holds both"
            raise ReadError(facts.name, reason, line=draft.line)
        facts.taken.add(made)
    return made


def finish(draft: Draft, facts: FileFacts) -> Article:
    """The Article of a Draft. Raises ReadError where it has neither text nor title."""
    head = read_head(draft.paragraphs, title=one_line(draft.title))
    labelled = dict(reversed(head.labelled))
    source = (
        draft.source
        or _first(labelled, "source", "publisher", "outlet", "publication")
        or _sender(labelled)
        or facts.defaults.get("source")
    )
    foot = read_foot(head.body)
    story = list(foot.story)
    body = strip_clutter(story, known_names=[name for name in (source, draft.guessed_source, head.source) if name])
    below = read_foot(body)  # again: what stood below it was clutter
    body = list(below.story)
    if not body and draft.title:
        body = story  # a record's text is its text, even where it is one word that a page would have on a button
    dateline = _first_dateline(body)
    stated_author = _first(labelled, "author", "by", "byline", "writer")
    author = (
        draft.author
        or (find_byline(f"By {stated_author}") or stated_author if stated_author else None)
        or head.author
        or foot.author
        or below.author
    )
    holder = next((name for paragraph in reversed(head.body[-20:]) if (name := copyright_holder(paragraph.text))), None)
    told = next((name for paragraph in reversed(head.body[-20:]) if (name := stated_source(paragraph.text))), None)
    source = source or draft.guessed_source or head.source or holder or told
    if author and AGENCY.fullmatch(author):
        source, author = source or author, None
    # The outlet's own name is no author: it stands where a byline would.
    if author and source and author.casefold() == source.casefold():
        author = None
    foot_date = foot.date or below.date
    source = source or (foot_date.source if foot_date else None)
    text = join_paragraphs(body)
    if not text and not head.title:
        raise ReadError(facts.name, "has no article in it: no text and no title were found", line=draft.line)
    url = draft.url or _first(labelled, "url", "link")
    return Article(
        id=draft.id or _made_id(url, f"{facts.key}{draft.fragment}", draft, facts),
        title=head.title,
        text=text,
        published=_published(draft, head, labelled, foot_date, dateline, text, facts),
        source=source or head.agency or (dateline.agency if dateline else None),
        author=author or facts.defaults.get("author"),
        url=url,
        language=draft.language or language_tag(labelled.get("language", "")) or facts.defaults.get("language"),
        section=draft.section or _first(labelled, "section", "category") or facts.defaults.get("section"),
        place=(dateline.place if dateline else None) or draft.place or head.place,
        persons=draft.persons,
        countries=draft.countries,
        organizations=draft.organizations,
        places=draft.places,
        origin=f"{facts.name}:{draft.line}" if draft.line else f"{facts.name}{draft.fragment}",
    )


def _published(
    draft: Draft,
    head: Head,
    labelled: Mapping[str, str],
    foot_date: DateLine | None,
    dateline: Dateline | None,
    text: str,
    facts: FileFacts,
) -> Published | None:
    """The best that is known: metadata, date line, dateline, what the text gives away, file time (only if asked)."""
    if draft.published:
        return draft.published
    for label in ("published", "publication date", "date"):
        if label in labelled and (stated := parse_published(labelled[label])):
            return stated
    updated = foot_date if foot_date and foot_date.updated else None
    foot_date = None if updated else foot_date
    if foot_date and head.date and head.date.updated and foot_date.interval:
        return Published(foot_date.interval, "dateline", foot_date.time)
    if head.date and head.date.interval:
        return Published(head.date.interval, "dateline", head.date.time)
    if foot_date and foot_date.interval and foot_date.interval.precision == "day":
        return Published(foot_date.interval, "dateline", foot_date.time)
    if dateline and dateline.interval:
        return Published(dateline.interval, "dateline")
    if updated and updated.interval and updated.interval.precision == "day" and not (dateline and dateline.month):
        return Published(updated.interval, "dateline", updated.time)
    if dateline and dateline.month and dateline.day:
        evidence = f"{head.title}.\n{text}" if head.title else text
        year = infer_year(dateline.month, dateline.day, evidence, weekday=dateline.weekday)
        if year:
            date = dt.date(year, dateline.month, dateline.day)
            return Published(Interval(date, date), "inferred")
    elif date_told := infer_day(text):
        return Published(Interval(date_told, date_told), "inferred")
    if facts.modified:
        day = facts.modified.date()
        return Published(Interval(day, day), "file", facts.modified.time().replace(microsecond=0))
    return None


def _first_dateline(body: list[Paragraph]) -> Dateline | None:
    """A standfirst may stand above the paragraph with the dateline."""
    return next((found for paragraph in body[:3] if (found := parse_dateline(paragraph.text))), None)


def _sender(labelled: Mapping[str, str]) -> str | None:
    """An article that came as a message: "From: The Shore <news@shore.example>"."""
    sender = re.sub(r"\s*<[^<>]*>", "", labelled.get("from", "")).strip(' "')
    return sender if sender and "@" not in sender else None


def _first(labelled: Mapping[str, str], *labels: str) -> str | None:
    return next((labelled[label] for label in labels if label in labelled), None)
