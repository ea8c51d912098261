"""RSS and Atom (.rss, .atom, .xml) → Drafts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from search.errors import ReadError
from search.model import Refusal
from search.read.paragraphs import one_line
from search.read.record import Draft, language_tag, parse_published, plain_paragraphs

__all__ = ["read_feed"]

_ENTITY = re.compile(r"<!ENTITY|<!DOCTYPE[^<>\[]{0,500}(?:\[|\bSYSTEM\b)", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_TOKEN = re.compile(r"<!\[CDATA\[|<!--|</|/>|<(?=[A-Za-z_])")
_HIDING = {"<![CDATA[": "]]>", "<!--": "-->"}
_DEEPEST = 200  # elements within elements


def read_feed(text: str, name: str) -> Iterator[Draft | Refusal]:
    """A Draft for each entry. Raises ReadError for a file that is no feed, or that declares entities."""
    if found := _ENTITY.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise ReadError(
            name, "declares XML entities, which feeds do not need and attacks do; remove the DOCTYPE", line=line
        )
    if _depth(text) > _DEEPEST:
        raise ReadError(name, f"nests elements deeper than {_DEEPEST}; that is no feed")
    import feedparser

    # The text is decoded by now, whatever its declaration says.
    content = _DECLARATION.sub("", text).encode("utf-8", "replace")
    headers = {"content-type": "application/xml; charset=utf-8"}
    feed = feedparser.parse(io.BytesIO(content), response_headers=headers, resolve_relative_uris=False)
    problem = feed.get("bozo_exception") if feed.get("bozo") else None
    if not feed.version and not feed.entries:
        reason = (
            f"is not well-formed XML ({one_line(str(problem))[:120]})"
            if problem
            else "is XML, but neither RSS nor Atom"
        )
        raise ReadError(name, f"{reason}; only feeds are read from XML", line=_line_of(problem))
    outlet = one_line(str(feed.feed.get("title") or "")) or None
    language = language_tag(feed.feed.get("language"))
    for number, entry in enumerate(feed.entries, start=1):
        yield _draft(entry, number, outlet, language)
    if _line_of(problem):
        reason = f"is not well-formed XML ({one_line(str(problem))[:120]}); entries after this line may be missing"
        yield Refusal(name, reason, _line_of(problem))


def _draft(entry: Any, number: int, outlet: str | None, language: str | None) -> Draft:
    contents = [str(content.get("value") or "") for content in entry.get("content", ())]
    # Full content is longer than a summary, whatever element it came in.
    body = max([*contents, str(entry.get("summary") or "")], key=len)
    published = next(
        (date for key in ("published", "created", "updated") if (date := parse_published(entry.get(key)))), None
    )
    guid = one_line(str(entry.get("id") or ""))[:300]
    link = one_line(str(entry.get("link") or ""))
    url = link or (guid if guid.startswith(("http://", "https://")) else "")
    authors = [one_line(str(author.get("name") or "")) for author in entry.get("authors", ()) if author]
    tags = [one_line(str(tag.get("term") or "")) for tag in entry.get("tags", ())]
    stated = entry.get("source") or {}
    title_of_source = stated.get("title") if hasattr(stated, "get") else None
    languages = (language_tag(content.get("language")) for content in entry.get("content", ()))
    return Draft(
        paragraphs=plain_paragraphs(body),
        title=_plain_title(str(entry.get("title") or "")),
        published=published,
        source=one_line(str(title_of_source or "")) or outlet,
        author=", ".join(name for name in authors if name) or one_line(str(entry.get("author") or "")) or None,
        url=url or None,
        language=language or next((tag for tag in languages if tag), None),
        section=next((tag for tag in tags if tag), None),
        fragment=f"#{guid or number}",
    )


def _plain_title(title: str) -> str:
    return " ".join(paragraph.text for paragraph in plain_paragraphs(title))


def _line_of(problem: object) -> int | None:
    get_line = getattr(problem, "getLineNumber", None)
    return int(get_line() or 0) or None if get_line else None


def _depth(text: str) -> int:
    """How deep the elements nest; those in CDATA and comments are text. One pass, whatever the text."""
    depth = deepest = at = 0
    while token := _TOKEN.search(text, at):
        at = token.end()
        if close := _HIDING.get(token[0]):
            at = text.find(close, at)
            if at < 0:
                break
        elif token[0] in {"/>", "</"}:
            depth -= 1
        else:
            depth += 1
            deepest = max(deepest, depth)
    return deepest
