"""Plain text (.txt): a headline, lines about the story, the story. Rich text saved under that name loses its codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.read.paragraphs import split_paragraphs
from search.read.record import Draft

__all__ = ["read_text"]

_RICH = re.compile(r"\s*\{\\rtf\d?\b")
_RICH_TOKEN = re.compile(
    r"\\u(-?\d{1,5})\s?\??|\\'([0-9a-fA-F]{2})|\\([a-zA-Z]+)(-?\d+)? ?|\\([^a-zA-Z])|([{}])|[\r\n]+"
)
_RICH_CHARACTERS = {
    "par": "\n", "line": "\n", "sect": "\n\n", "page": "\n\n", "tab": " ", "cell": " | ", "row": "\n",
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
}  # fmt: skip
_UNREAD_GROUPS = frozenset(
    ["fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "generator", "listtable"]
)


def read_text(text: str) -> Iterator[Draft]:
    """One Draft: what the lines of a plain text mean is told when it is finished."""
    if _RICH.match(text):
        text = _plain_of_rich(text)
    yield Draft(paragraphs=tuple(split_paragraphs(text)))


def _plain_of_rich(text: str) -> str:
    """The characters of an RTF document, in one pass; its code page is taken to be Windows-1252."""
    parts: list[str] = []
    unread: list[bool] = [False]
    at = 0
    for token in _RICH_TOKEN.finditer(text):
        if not unread[-1]:
            parts.append(text[at : token.start()])
        at = token.end()
        code, byte, word, _, symbol, brace = token.groups()
        if brace == "{":
            unread.append(unread[-1])
        elif brace == "}":
            if len(unread) > 1:
                unread.pop()
        elif word in _UNREAD_GROUPS or symbol == "*":
            unread[-1] = True
        elif unread[-1]:
            continue
        elif code:
            parts.append(chr(int(code) % 0x10000))
        elif byte:
            parts.append(bytes.fromhex(byte).decode("cp1252", "replace"))
        elif word:
            parts.append(_RICH_CHARACTERS.get(word, ""))
        elif symbol in {"\\", "{", "}"}:
            parts.append(symbol)
        elif symbol == "~":
            parts.append(" ")
    if not unread[-1]:
        parts.append(text[at:])
    return "".join(parts)
