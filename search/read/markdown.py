"""Markdown (.md) with YAML or TOML front matter → Draft. Links, emphasis and headings become plain text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from search.errors import ReadError
from search.read.markup import markup_paragraphs
from search.read.paragraphs import Paragraph, clean_characters, one_line
from search.read.record import Draft, draft_from_mapping
from search.read.yaml_mapping import parse_yaml_mapping

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["read_markdown"]

_FENCE = re.compile(
    r"\A\s*(?P<fence>---|\+\+\+)[ \t]*\n(?P<matter>.*?)^(?P=fence)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_LONGEST_FRONT_MATTER = 64 * 1024  # characters


def read_markdown(text: str, name: str) -> Iterator[Draft]:
    """One Draft. Raises ReadError for front matter that cannot be read."""
    text = clean_characters(text)
    matter: Mapping[str, object] = {}
    lines_before = 0
    if fence := _FENCE.match(text):
        matter = _front_matter(fence["matter"], fence["fence"], name)
        lines_before = fence.end()
    paragraphs, heading = _plain_text(text[lines_before:])
    draft = draft_from_mapping(
        {key: value for key, value in matter.items() if key.lower() not in {"text", "body", "content"}}
    )
    yield replace(draft, paragraphs=tuple(paragraphs), title=draft.title or heading)


def _front_matter(matter: str, fence: str, name: str) -> Mapping[str, object]:
    if len(matter) > _LONGEST_FRONT_MATTER:
        raise ReadError(name, f"has front matter of more than {_LONGEST_FRONT_MATTER} characters; shorten it", line=1)
    if fence == "---":
        return parse_yaml_mapping(matter, name, what="front matter", first_line=2)
    try:
        return tomllib.loads(matter)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ReadError(name, f"has front matter that is not TOML ({one_line(str(error))}); mend it", line=1) from None


def _plain_text(text: str) -> tuple[list[Paragraph], str]:
    """Paragraphs of the rendered text, and the heading of the first level that it starts with."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    paragraphs: list[Paragraph] = []
    heading = ""
    cells: list[str] = []
    for index, token in enumerate(tokens):
        if token.type == "inline":
            before = tokens[index - 1]
            plain = _inline_text(token.children or ())
            if before.type in {"td_open", "th_open"}:
                cells.append(plain)
                continue
            if before.type == "heading_open" and before.tag == "h1" and not heading and not paragraphs:
                heading = plain
            paragraphs.extend(Paragraph(line) for part in plain.split("\n") if (line := one_line(part)))
        elif token.type == "tr_close":
            paragraphs.append(Paragraph(one_line(" | ".join(cells))))
            cells = []
        elif token.type in {"fence", "code_block"}:
            paragraphs.extend(Paragraph(line) for part in token.content.split("\n\n") if (line := one_line(part)))
        elif token.type == "html_block":
            paragraphs.extend(markup_paragraphs(token.content))
    return paragraphs, heading


def _inline_text(children: Sequence[Token]) -> str:
    parts: list[str] = []
    for child in children:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak" or (
            child.type == "html_inline" and re.match(r"<br\b", child.content, re.IGNORECASE)
        ):
            parts.append("\n")
    return "".join(parts)
