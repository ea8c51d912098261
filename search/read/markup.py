"""HTML fragments → paragraphs, and the guard that keeps hostile pages from the parser."""

from __future__ import annotations

import re
from typing import Any

from search.read.paragraphs import Paragraph, one_line, split_paragraphs

__all__ = ["DEEPEST", "looks_like_markup", "markup_paragraphs", "nesting_depth", "parse_tree"]

DEEPEST = 250
"""How deep the elements of a page may nest. Pages made by people and programs stay below 100."""

_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|img|blockquote|table|figure|iframe|article|section|font"
    r"|u|hr|script|style)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)

# Elements that have no end tag, or whose end is implied by what follows: not closed, they do not nest.
_FLAT = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "rp",
        "rt",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_UNREAD = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "button",
        "form",
        "input",
        "select",
        "textarea",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "video",
        "audio",
        "canvas",
        "nav",
        "figcaption",
    ]
)
_UNREAD_CLASS = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|newsletter|advert|ad|ads|promo|related|comments?|cookie"
    r"|breadcrumbs?)(?:$|[\s_-])",
    re.IGNORECASE,
)


def looks_like_markup(text: str) -> bool:
    """Does the text hold HTML tags?"""
    return "<" in text and bool(_MARKUP.search(text[:200_000]))


def nesting_depth(text: str) -> int:
    """How deep the tags of `text` nest at most, in one pass, the way no parser would follow them further."""
    depth = deepest = 0
    for match in re.finditer(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)", text):
        if match[2].lower() in _FLAT:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def parse_tree(text: str) -> Any:
    """The lxml tree of a page or fragment; None for an empty one. Raises ValueError for one nested too deep."""
    if nesting_depth(text) > DEEPEST:
        raise ValueError(f"its elements nest deeper than {DEEPEST}")
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True, no_network=True)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def markup_paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of an HTML fragment, without scripts, forms and captions; too deep a one loses its tags alone."""
    try:
        tree = parse_tree(text)
    except ValueError:
        return split_paragraphs(re.sub(r"<[^<>]{0,2000}>", "\n", text))
    if tree is None:
        return []
    return tree_paragraphs(tree)


def tree_paragraphs(tree: Any) -> list[Paragraph]:
    """The paragraphs below an element, one for each block; `<br>` twice parts paragraphs, once it parts lines."""
    parts: list[str] = []
    stack: list[tuple[Any, bool]] = [(tree, False)]
    while stack:
        element, leaving = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if leaving:
            parts.append("\n\n" if tag in _BLOCKS else "")
            parts.append(_inline(element.tail))
            continue
        if tag in _UNREAD or not tag or _UNREAD_CLASS.search(element.get("class") or ""):
            parts.append("\n\n" if tag in _BLOCKS else " ")
            parts.append(_inline(element.tail))
            continue
        parts.append("\n" if tag == "br" else "\n\n" if tag in _BLOCKS else "")
        parts.append(_inline(element.text))
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    lines = "".join(parts).split("\n")
    paragraphs: list[Paragraph] = []
    gap = 0
    for line in lines:
        if cleaned := one_line(line):
            paragraphs.append(Paragraph(cleaned, min(gap, 1)))
            gap = 0
        else:
            gap += 1
    return paragraphs


def _inline(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""
