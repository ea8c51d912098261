"""Records of many makes → Draft: field-name synonyms, dates in any notation, lists however they were written.

A Draft is what a format module found; `search.read.finish` makes the Article of it.
"""

from __future__ import annotations

import datetime as dt
import html
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import cast, get_args

from search.dates import Interval
from search.model import KnownBy, Published
from search.read.bylines import find_byline
from search.read.date_notation import parse_written_date
from search.read.markup import looks_like_markup, markup_paragraphs
from search.read.paragraphs import Paragraph, one_line, split_paragraphs

__all__ = [
    "SYNONYMS",
    "Draft",
    "draft_from_mapping",
    "known_fields",
    "language_tag",
    "parse_published",
    "plain_paragraphs",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a format module found of one article. `fragment` tells articles of one file apart (`#7`, a feed's guid)."""

    paragraphs: tuple[Paragraph, ...] = ()
    title: str = ""
    published: Published | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    section: str | None = None
    place: str | None = None
    id: str | None = None
    persons: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    organizations: tuple[str, ...] | None = None
    places: tuple[str, ...] | None = None
    fragment: str = ""
    line: int | None = None
    guessed_source: str | None = None


SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text",
        "body",
        "content",
        "article",
        "article_text",
        "articlebody",
        "body_text",
        "full_text",
        "fulltext",
        "maintext",
        "content_text",
        "content_html",
        "body_html",
        "paragraphs",
        "story",
        "description",
        "summary",
        "abstract",
        "excerpt",
    ),
    "title": ("title", "headline", "heading", "name", "article_title", "web_title"),
    "published": (
        "published",
        "date",
        "published_at",
        "pubdate",
        "pub_date",
        "date_published",
        "datepublished",
        "publish_date",
        "publication_date",
        "published_date",
        "published_time",
        "published_on",
        "publishedat",
        "web_publication_date",
        "first_published",
        "first_publication_date",
        "issued",
        "date_publish",
        "posted",
        "created",
        "created_at",
        "timestamp",
        "datetime",
        "time",
    ),
    "source": (
        "source",
        "publisher",
        "outlet",
        "publication",
        "site",
        "site_name",
        "newspaper",
        "source_name",
        "provider",
        "media",
    ),
    "author": ("author", "byline", "authors", "creator", "writer", "by", "reporter"),
    "url": ("url", "link", "source_url", "permalink", "canonical_url", "article_url", "web_url", "href"),
    "id": ("id", "_id", "uuid", "article_id", "doc_id", "docid", "guid", "identifier"),
    "language": ("language", "lang", "locale", "inlanguage"),
    "section": (
        "section",
        "section_name",
        "category",
        "categories",
        "article_section",
        "articlesection",
        "desk",
        "topic",
    ),
    "place": ("place", "dateline", "location"),
    # Not "person" and "country": archives say with them whose the record is, or where the outlet sits.
    "persons": ("persons", "people"),
    "countries": ("countries",),
    "organizations": ("organizations", "organisations", "orgs"),
    "places": ("places", "locations"),
}
"""Field of an Article → the names that archives give it, the likeliest first. Case and spaces do not matter."""

_NOTHING = frozenset({"", "none", "null", "nan", "n/a", "na", "nil", "~", "-", "unknown", "undefined"})
_LIST_MARK = re.compile(r"\s*[;|]\s*")
_TEXT_KEYS = ("text", "html", "body", "paragraphs", "blocks", "value", "content", "rendered", "children", "#text")
_DEEPEST_TEXT = 6  # mappings and lists within each other, in a field of text
_NO_TEXT_BLOCK = re.compile(
    r"image|photo|picture|video|audio|gallery|embed|advert|\bad\b|related|newsletter|promo|media|caption|tweet|script",
    re.IGNORECASE,
)
_LONGEST_FIELD = 2_000  # characters of a field that is one line
_MOST_VALUES = 10_000  # of one list


def known_fields(names: Iterable[object]) -> dict[str, list[str]]:
    """Which of `names` give which field, in the order of SYNONYMS."""
    by_key = {re.sub(r"[\s_-]+", "_", str(name).strip().lower().lstrip("\ufeff")): str(name) for name in names}
    by_key |= {key.replace("_", ""): name for key, name in by_key.items() if key.replace("_", "") not in by_key}
    found: dict[str, list[str]] = {}
    for field, synonyms in SYNONYMS.items():
        keys = [by_key[written] for key in synonyms for written in (key, key.replace("_", "")) if written in by_key]
        if keys:
            found[field] = list(dict.fromkeys(keys))
    return found


def draft_from_mapping(record: Mapping[str, object], *, fragment: str = "", line: int | None = None) -> Draft:
    """The Draft of one record. Fields of a kind that is not expected are left out; nothing is raised."""
    fields = known_fields(record)

    def first(field: str) -> str:
        return next((value for key in fields.get(field, ()) if (value := one_value(record[key]))), "")

    text = next((value for key in fields.get("text", ()) if (value := _long_text(record[key])).strip()), "")
    published = next((date for key in fields.get("published", ()) if (date := parse_published(record[key]))), None)
    authors = next((values for key in fields.get("author", ()) if (values := value_list(record[key]))), ())
    return Draft(
        paragraphs=plain_paragraphs(text),
        title=_plain_line(first("title")),
        published=_as_exported(record, published),
        source=_plain_line(first("source")) or None,
        author=", ".join(find_byline(name) or name for name in authors) or None,
        url=first("url") or None,
        language=language_tag(first("language")),
        section=_plain_line(first("section")) or None,
        place=_plain_line(first("place")) or None,
        # An id of dots alone could not be part of an address: browsers take it for a step in the path.
        id=first("id").strip() if first("id").strip(". ") else None,
        persons=_annotations(record, fields, "persons"),
        countries=_annotations(record, fields, "countries"),
        organizations=_annotations(record, fields, "organizations"),
        places=_annotations(record, fields, "places"),
        fragment=fragment,
        line=line,
    )


def _as_exported(record: Mapping[str, object], published: Published | None) -> Published | None:
    """The date with what Dateline's own export says beside it: the time, and how the date is known."""
    known_by, time = record.get("published_known_by"), record.get("published_time")
    if published and known_by in get_args(KnownBy):
        published = replace(published, known_by=cast(KnownBy, known_by))
        if isinstance(time, str) and published.time is None:
            try:
                published = replace(published, time=dt.time.fromisoformat(time))
            except ValueError:
                return published
    return published


def plain_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Paragraphs of a text that may be HTML."""
    if looks_like_markup(text):
        return tuple(markup_paragraphs(text))
    if "&" in text and re.search(
        r"&(?:#\d{2,5}|#x[\da-f]{2,4}|amp|quot|nbsp|lt|gt|[lr][sd]quo|[mn]dash|hellip|apos);", text, re.I
    ):
        text = html.unescape(text)
    return tuple(split_paragraphs(text))


def one_value(value: object) -> str:
    """One line of text from a scalar, the first of a list, or the name in a mapping; "" where there is none."""
    if isinstance(value, Mapping):
        names = (
            "name",
            "title",
            "label",
            "value",
            "main",
            "original",
            "rendered",
            "full_name",
            "#text",
            "@value",
            "$oid",
            "code",
        )
        return next((text for key in names if (text := _scalar(value.get(key)))), "")
    if isinstance(value, (list, tuple)):
        return next(
            (text for item in value[:20] if (text := one_value(item) if not isinstance(item, (list, tuple)) else "")),
            "",
        )
    return _scalar(value)


def value_list(value: object) -> tuple[str, ...]:
    """The values of a list, or of a string that lists them with semicolons or bars."""
    items = (
        value
        if isinstance(value, (list, tuple))
        else _LIST_MARK.split(_scalar(value))
        if isinstance(value, str)
        else [value]
    )
    found = (one_value(item) if not isinstance(item, (list, tuple)) else "" for item in items[:_MOST_VALUES])
    return tuple(dict.fromkeys(item for item in found if item))


def parse_published(value: object, known_by: KnownBy = "metadata") -> Published | None:
    """A date in any notation: ISO 8601, RFC 822, as people write it, or seconds (milliseconds) since 1970, UTC."""
    if isinstance(value, Mapping):
        value = value.get("$date") or value.get("date") or value.get("value")
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, dt.datetime):
        value = value.isoformat()
    text = value if isinstance(value, (int, float)) else one_value(value)
    number = _number(text)
    if number is not None:
        return _from_epoch(number, known_by)
    written = parse_written_date(str(text)[:100].strip(" .,"))
    if written is None:
        from search.read.date_line import parse_date_line

        line = parse_date_line(str(text)[:150])
        return Published(line.interval, known_by, line.time) if line and line.interval else None
    return Published(written.interval, known_by, written.time)


def language_tag(value: object) -> str | None:
    """The language alone of a tag like `en-GB` or `en_US.UTF-8`; None for what is no tag."""
    tag = re.match(r"\s*([A-Za-z]{2,3})(?:[-_.].*)?\s*$", str(value or ""))
    return tag[1].lower() if tag else None


def _number(value: object) -> float | None:
    if isinstance(value, str):
        return float(value) if re.fullmatch(r"-?\d{9,13}(?:\.\d{1,9})?", value.strip()) else None
    if isinstance(value, (int, float)) and not (1000 <= value <= 99_999_999 and value == int(value)):
        return float(value) if abs(value) < 1e15 and math.isfinite(value) else None
    return None


def _from_epoch(number: float, known_by: KnownBy) -> Published | None:
    seconds = number / 1000 if abs(number) >= 1e11 else number
    if abs(seconds) < 1e8:
        return None  # before 1973: a count of something else
    moment = dt.datetime.fromtimestamp(seconds, dt.UTC)
    return Published(Interval(moment.date(), moment.date()), known_by, moment.time().replace(microsecond=0))


def _scalar(value: object) -> str:
    if value is None or isinstance(value, (bool, Mapping, list, tuple, bytes)):
        return ""
    if isinstance(value, int) and abs(value) > 10**30:
        return ""
    text = one_line(str(value)[:_LONGEST_FIELD])
    return "" if text.lower() in _NOTHING else text


def _long_text(value: object, depth: int = 0) -> str:
    """The text of a field: a string, a list of paragraphs or of blocks, or a mapping that holds one of them."""
    if isinstance(value, str):
        return value
    if depth > _DEEPEST_TEXT:
        return ""
    if isinstance(value, Mapping):
        return next((text for key in _TEXT_KEYS if (text := _long_text(value.get(key), depth + 1))), "")
    if isinstance(value, (list, tuple)):
        parts = (_long_text(item, depth + 1) for item in value if _is_text_block(item))
        return "\n\n".join(part for part in parts if part.strip())
    return ""


def _is_text_block(item: object) -> bool:
    """A block of an article says of what type it is: pictures and adverts have captions, which are no text."""
    kind = str(item.get("type") or item.get("kind") or "") if isinstance(item, Mapping) else ""
    return not _NO_TEXT_BLOCK.search(kind)


def _plain_line(text: str) -> str:
    """A title may come with tags and entities in it."""
    if "&" in text or "<" in text:
        return one_line(html.unescape(re.sub(r"</?[a-zA-Z][^<>]{0,200}>", "", text)))
    return text


def _annotations(record: Mapping[str, object], fields: Mapping[str, list[str]], field: str) -> tuple[str, ...] | None:
    """Annotations that came with the article; None where the field is missing or null, which is not "none"."""
    for key in fields.get(field, ()):
        value = record[key]
        if isinstance(value, (list, tuple)) or (isinstance(value, str) and value.strip().lower() not in _NOTHING):
            return value_list(value)
    return None
