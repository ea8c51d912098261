"""HTML pages (.html, .htm) → Draft: the body by trafilatura, the rest from the page's metadata and visible lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from search.errors import ReadError
from search.model import Published
from search.read.bylines import OUTLET_WORD, byline_place, find_byline
from search.read.clutter import copyright_holder
from search.read.date_line import parse_date_line
from search.read.encoding import decode
from search.read.markup import parse_tree, tree_paragraphs
from search.read.paragraphs import Paragraph, one_line, split_paragraphs, words_key
from search.read.record import Draft, language_tag, one_value, parse_published, value_list

__all__ = ["read_page"]

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_ARTICLE_TYPES = re.compile(r"(?:Article|NewsArticle|BlogPosting|Report|LiveBlog\w*|\w*Article)$")
_FEW_LINES = 12  # below a headline, within which its date stands
_MOST_CELLS = 500  # of a page laid out with tables
_REFERRED = frozenset({"author", "creator", "publisher"})
_MOST_NODES = 2_000  # of a page's JSON-LD
_TITLE_PARTS = re.compile(r"\s+[|»·•:–—-]+\s+|\s*[|»]\s*|:\s+")
_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by-?line|authors?|by|credit|who|writer|reporter|contributor)(?:$|[\s_-])", re.IGNORECASE
)
_ASIDE = frozenset({"nav", "aside", "footer", "form", "script", "style", "noscript", "template", "svg"})
_ASIDE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:related|most-?read|recommend\w*|comments?|newsletter|promo|picks|footer|foot|bottom|sidebar"
    r"|share|social|more)(?:$|[\s_-])",
    re.IGNORECASE,
)

_SITE_CLASS = re.compile(r"site-?(?:title|name|logo)|\blogo|masthead|\bbrand", re.IGNORECASE)

_META = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "parsely-title", "sailthru.title"),
    "source": (
        "og:site_name",
        "application-name",
        "dc.publisher",
        "dcterms.publisher",
        "publisher",
        "copyright-holder",
    ),
    "author": (
        "author",
        "article:author",
        "dc.creator",
        "dcterms.creator",
        "parsely-author",
        "sailthru.author",
        "byl",
        "twitter:creator",
    ),
    "published": (
        "article:published_time",
        "og:article:published_time",
        "og:published_time",
        "datepublished",
        "date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "publication_date",
        "dc.date",
        "dc.date.issued",
        "dcterms.created",
        "dcterms.date",
        "dcterms.issued",
        "sailthru.date",
        "parsely-pub-date",
        "article.published",
        "cxenseparse:recs:publishtime",
        "rnews:datepublished",
        "displaydate",
        "originalpublicationdate",
    ),
    "section": ("article:section", "section", "parsely-section", "dc.subject.section", "category"),
    "language": ("og:locale", "language", "dc.language", "content-language"),
    "url": ("og:url", "twitter:url"),
}


def read_page(data: bytes, name: str) -> Iterator[Draft]:
    """One Draft of a page. Raises ReadError for a page that is hostile, or has no article in it."""
    declared = _CHARSET.search(data[:4096])
    text = decode(data, name, declared=declared[1].decode("ascii", "replace") if declared else None)
    try:
        tree = parse_tree(text)
    except ValueError as error:
        raise ReadError(name, f"cannot be read as a page: {error}; save its text as .txt") from None
    if tree is None:
        raise ReadError(name, "has no elements; is it HTML?")
    meta = _meta_values(tree)
    linked = _linked_data(tree)
    source, source_guess = _source_of(tree, meta, linked)
    title = _title_of(tree, meta, linked, source or source_guess)
    url = one_line(next(iter(tree.xpath("//link[@rel='canonical']/@href")), "")) or meta.get("url", "")
    url = url or one_value(linked.get("url")) or one_value(linked.get("mainEntityOfPage"))
    published = _published_of(tree, meta, linked)
    author = _author_of(tree, meta, linked)
    place = _byline_place_of(tree, source or source_guess)
    paragraphs = _body_of(tree, text, title)
    yield Draft(
        paragraphs=tuple(paragraphs),
        title=title,
        published=published,
        source=source,
        guessed_source=source_guess,
        author=author,
        place=place,
        url=url if url.startswith(("http://", "https://")) else None,
        language=language_tag(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"))
        or language_tag(meta.get("language"))
        or language_tag(one_value(linked.get("inLanguage"))),
        section=meta.get("section") or one_value(linked.get("articleSection")) or None,
    )


# Metadata -----------------------------------------------------------------------------------------------------


def _meta_values(tree: Any) -> dict[str, str]:
    """Field → the value of the likeliest of the page's meta elements."""
    stated: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = (
            element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv") or ""
        )
        value = one_line((element.get("content") or "")[:2_000])
        if value:
            stated.setdefault(key.strip().lower(), value)
    return {
        field: next(stated[key] for key in keys if key in stated)
        for field, keys in _META.items()
        if any(key in stated for key in keys)
    }


def _linked_data(tree: Any) -> Mapping[str, object]:
    """The page's JSON-LD node that is an article; empty where there is none or it is broken."""
    named: dict[str, Mapping[str, object]] = {}
    article: Mapping[str, object] = {}
    for script in tree.xpath("//script[contains(@type, 'ld+json')]")[:20]:
        try:
            value = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue  # the page's own mistake: the rest of it still speaks
        queue: list[object] = [value]
        for seen, node in enumerate(queue):
            if seen >= _MOST_NODES:
                break
            if isinstance(node, list):
                queue.extend(node)
            elif isinstance(node, Mapping):
                if isinstance(node.get("@id"), str) and node.get("name"):
                    named[str(node["@id"])] = node
                types = node.get("@type")
                if not article and any(
                    isinstance(kind, str) and _ARTICLE_TYPES.search(kind)
                    for kind in (types if isinstance(types, list) else [types])
                ):
                    article = node
                queue.extend(
                    child
                    for key in ("@graph", "mainEntity", "mainEntityOfPage")
                    if isinstance(child := node.get(key), (list, Mapping))
                )
    return {key: _resolved(value, named) if key in _REFERRED else value for key, value in article.items()}


def _resolved(value: object, named: Mapping[str, Mapping[str, object]]) -> object:
    """A node of a graph names others by their `@id`."""
    if isinstance(value, list):
        return [_resolved(item, named) for item in value[:50] if not isinstance(item, list)]
    if isinstance(value, Mapping) and not value.get("name"):
        return named.get(str(value.get("@id")), value)
    return value


def _source_of(tree: Any, meta: Mapping[str, str], linked: Mapping[str, object]) -> tuple[str | None, str | None]:
    """The outlet that the page states, else the part of its title that its own links or footer repeat."""
    stated = meta.get("source") or one_value(linked.get("publisher"))
    if stated:
        return stated, None
    elsewhere = _short_lines(tree)
    holder = next((name for line in reversed(elsewhere) if (name := copyright_holder(line))), None)
    title = one_line(tree.findtext(".//title") or "")[:500]
    parts = [part for part in _TITLE_PARTS.split(title) if part.strip()]
    heading = words_key(_heading_of(tree))
    if holder and not heading and any(words_key(part).startswith(words_key(holder)) for part in parts):
        return None, holder
    for part in (parts[-1], parts[0]) if len(parts) > 1 else ():
        key = words_key(part)
        if not key or len(part.split()) > 5 or key in heading:
            continue
        # "Harbour Gazette Africa": a title names a section of the outlet where its other lines name the outlet alone.
        names = [key, *(key.rsplit(" ", count)[0] for count in range(1, len(key.split()) - 1))]
        for length, shorter in enumerate(names):
            if any(f" {shorter} " in f" {words_key(line)} " for line in elsewhere):
                return None, " ".join(part.split()[: len(part.split()) - length])
        if part is parts[-1] and heading:
            return None, holder or part.strip()
    return None, holder


def _title_of(tree: Any, meta: Mapping[str, str], linked: Mapping[str, object], source: str | None) -> str:
    title = one_value(linked.get("headline")) or meta.get("title") or _heading_of(tree)
    title = title or one_line(tree.findtext(".//title") or "")[:500]
    if not source:
        return title
    for separator in re.finditer(_TITLE_PARTS, title):
        before, after = title[: separator.start()], title[separator.end() :]
        if words_key(after).startswith(words_key(source)) and len(after.split()) <= len(source.split()) + 2:
            return before.strip()
        if words_key(before).startswith(words_key(source)) and len(before.split()) <= len(source.split()) + 1:
            return after.strip()
    return title


def _heading_of(tree: Any) -> str:
    """The page's headline as it shows it: the only h1, or the first heading with a class that says so."""
    shown = [element for element in tree.iter("h1") if not _is_aside(element)]
    of_article = [element for element in shown if not _SITE_CLASS.search(f"{element.get('class')} {element.get('id')}")]
    headings = [_text_of(element)[:500] for element in of_article]
    headings = [heading for heading in headings if len(heading.split()) > 1] or headings
    if headings:
        return headings[0]
    for element in tree.iter("h2", "h3"):
        if re.search(r"headline|title", element.get("class") or "", re.IGNORECASE) and not _is_aside(element):
            return _text_of(element)[:500]
    if shown:
        return _text_of(shown[0])[:500]
    lines = [_text_of(element)[:500] for element in tree.iter("h2", "h3") if not _is_aside(element)]
    # An outlet's own name stands above the headline.
    return next(
        (line for line in lines if len(line.split()) > 4 or not OUTLET_WORD.search(line)), next(iter(lines), "")
    )


def _published_of(tree: Any, meta: Mapping[str, str], linked: Mapping[str, object]) -> Published | None:
    stated = (
        parse_published(value)
        for value in (linked.get("datePublished"), meta.get("published"), linked.get("dateCreated"))
    )
    found = [date for date in stated if date]
    marked = tree.xpath("//*[@itemprop='datePublished'] | //time[@datetime][@pubdate]")[:5]
    shown = (element.get("datetime") or element.get("content") or _text_of(element) for element in marked)
    found.extend(date for value in shown if (date := parse_published(value)))
    if found:
        return next((date for date in found if date.time), found[0])
    for line in _short_lines(tree):
        if date := _date_shown(line):
            return date
    for element in tree.iter("time"):
        if not _is_aside(element) and (date := parse_published(element.get("datetime"))):
            return date
    heading = next(tree.iter("h1"), None)
    if heading is None or heading.getparent() is None:
        return None
    # Text beside elements, as old pages have it: "<b>Shore Bulletin</b> - 16 October 2021<br>".
    for paragraph in tree_paragraphs(heading.getparent())[:_FEW_LINES]:
        if date := _date_shown(paragraph.text):
            return date
    return None


def _date_shown(line: str) -> Published | None:
    """The day of a line that dates the article: not of one that has a headline beside it, as teasers do."""
    found = parse_date_line(line)
    if found is None or found.interval is None or found.updated or found.rest or found.interval.precision == "year":
        return None
    return Published(found.interval, "dateline", found.time)


def _author_of(tree: Any, meta: Mapping[str, str], linked: Mapping[str, object]) -> str | None:
    stated = [
        name for value in (linked.get("author"), linked.get("creator")) for name in value_list(value) if _is_name(name)
    ]
    if stated:
        return ", ".join(dict.fromkeys(stated))
    if (name := meta.get("author", "")) and _is_name(name):
        return find_byline(name) or name
    for element in tree.xpath("//*[@rel='author'] | //*[@itemprop='author']")[:3]:
        if not _is_aside(element) and _is_name(name := _text_of(element)):
            return find_byline(name) or name
    for element in tree.iter("p", "div", "span", "address", "a", "li"):
        if not _BYLINE_CLASS.search(element.get("class") or "") or _is_aside(element):
            continue
        line = _text_of(element)
        if byline := find_byline(line):
            return byline
        name = re.split(r"\s*[,|–—]\s*", line)[0]
        if (
            _is_name(name)
            and 2 <= len(name.split()) <= 5
            and len(line) < 90
            and all(word[0].isupper() for word in name.split())
        ):
            return name
    return next((byline for line in _short_lines(tree) if (byline := find_byline(line))), None)


def _byline_place_of(tree: Any, source: str | None) -> str | None:
    """Where the byline says that the author was: "By Eleanor Marsh in Paris", "Harbour Gazette, Barcelona"."""
    for element in tree.iter("p", "div", "span", "address"):
        if not _BYLINE_CLASS.search(element.get("class") or "") or _is_aside(element):
            continue
        line = _text_of(element)
        if place := byline_place(line):
            return place
        outlet, comma, place = line.partition(", ")
        if comma and source and words_key(outlet) == words_key(source) and re.fullmatch(r"[A-Z][\w'’ -]{2,30}", place):
            return place
    return None


def _is_name(text: str) -> bool:
    return bool(text) and len(text) <= 200 and not re.search(r"https?://|www\.|[@<>{}]", text)


# Body ---------------------------------------------------------------------------------------------------------


def _short_lines(tree: Any) -> list[str]:
    """The short lines that the page shows, each the text of one element, in order."""
    lines: list[str] = []
    for element in tree.iter(
        "p", "div", "span", "time", "li", "td", "small", "h4", "h5", "h6", "em", "i", "b", "strong", "a", "footer"
    ):
        if len(element) > 8:
            continue
        line = one_line("".join(element.itertext())[:300])
        if 0 < len(line) <= 120:
            lines.append(line)
            if len(lines) >= 3_000:
                break
    return lines


def _text_of(element: Any) -> str:
    return one_line(str(element.text_content()))


def _is_aside(element: Any) -> bool:
    return any(
        node.tag in _ASIDE or _ASIDE_CLASS.search(f"{node.get('class') or ''} {node.get('id') or ''}")
        for node in (element, *element.iterancestors())
        if node.tag not in {"html", "body"}
    )


def _body_of(tree: Any, text: str, title: str) -> list[Paragraph]:
    """The article's paragraphs, as trafilatura finds them, else those that the page marks as its body."""
    import trafilatura

    found = trafilatura.extract(
        tree,
        output_format="txt",
        include_comments=False,
        include_tables=False,
        include_formatting=False,
        favor_precision=True,
        with_metadata=False,
    )
    paragraphs = split_paragraphs(found or "")
    if sum(len(paragraph.text) for paragraph in paragraphs) >= 200 and not paragraphs[0].text.startswith("| "):
        return paragraphs
    marked = tree.xpath("//*[@itemprop='articleBody']") or tree.xpath("//article") or tree.xpath("//main")
    candidates = [tree_paragraphs(element) for element in marked[:3] or _fullest_cell(tree)]
    best: Sequence[Paragraph] = max(candidates, key=lambda found: sum(len(p.text) for p in found), default=())
    return list(best) if sum(len(p.text) for p in best) > sum(len(p.text) for p in paragraphs) else paragraphs


def _fullest_cell(tree: Any) -> list[Any]:
    """The smallest cell of a page laid out with tables that holds nearly all of its sentences."""
    cells = [(cell, _sentence_length(cell)) for cell in tree.xpath("//td[not(.//td)]")[:_MOST_CELLS]]
    fullest = max((length for _, length in cells), default=0)
    return [next(cell for cell, length in cells if length == fullest)] if fullest else []


def _sentence_length(cell: Any) -> int:
    return sum(len(paragraph.text) for paragraph in tree_paragraphs(cell) if len(paragraph.text) >= 60)
