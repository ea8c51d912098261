"""An annotated article as bytes, and the fingerprints that tell whether an article has changed.

The `document` column holds, of each article, two compressed JSON documents one after the other: the article with its
tags, and its mentions. Results show the first alone, and mentions are most of the bytes.

    length of the first (4 bytes, little-endian) | zlib(article and tags) | zlib(mentions)

The `state` column holds what adding an article again needs to know:

    fingerprint (16 bytes) | input hash (16 bytes) | annotator's name (UTF-8)
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import struct
import zlib
from typing import Any, NamedTuple

from search.dates import parse_interval
from search.model import Annotation, Article, Mention, Published, Tag

__all__ = ["State", "decode_annotation", "encode_annotation", "fingerprint", "input_hash", "state_of"]

_HASH_BYTES = 16
_LENGTH = struct.Struct("<I")
_ARTICLE_FIELDS = tuple(field.name for field in dataclasses.fields(Article) if field.name != "published")
_GIVEN = frozenset({"persons", "countries", "organizations", "places"})
_TAGS = ("persons", "countries", "organizations", "places")


# Annotation ↔ bytes -------------------------------------------------------------------------------------------


def encode_annotation(annotation: Annotation) -> bytes:
    """The bytes from which `decode_annotation` gives an equal annotation. Raises UnicodeEncodeError, OverflowError."""
    head = _compress(_head(annotation))
    return _LENGTH.pack(len(head)) + head + _compress(_mentions(annotation))


def decode_annotation(stored: bytes, *, mentions: bool = True) -> Annotation:
    """The annotation that was encoded; without its mentions (and the quicker for it) if these are not wanted."""
    (length,) = _LENGTH.unpack_from(stored)
    start = _LENGTH.size
    head = json.loads(zlib.decompress(stored[start : start + length]))
    article = _article(head["article"])
    rows = json.loads(zlib.decompress(stored[start + length :])) if mentions else ()
    return Annotation(
        article=article,
        mentions=tuple(_mention(row, article.text) for row in rows),
        dates=tuple(parse_interval(date) for date in head["dates"]),
        model=head["model"],
        **{name: tuple(Tag(*tag) for tag in head[name]) for name in _TAGS},
    )


def _compress(document: Any) -> bytes:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return zlib.compress(text.encode("utf-8"), 3)


def _head(annotation: Annotation) -> dict[str, Any]:
    article = annotation.article
    fields = {name: value for name in _ARTICLE_FIELDS if (value := getattr(article, name)) is not None}
    if article.published is not None:
        fields["published"] = _published_row(article.published)
    return {
        "article": fields,
        "dates": [str(date) for date in annotation.dates],
        "model": annotation.model,
        **{name: [(tag.value, tag.label) for tag in getattr(annotation, name)] for name in _TAGS},
    }


def _published_row(published: Published) -> list[Any]:
    time = published.time.isoformat() if published.time else None
    return [str(published.interval), published.known_by, time]


def _published(row: list[Any]) -> Published:
    notation, known_by, time = row
    return Published(parse_interval(notation), known_by, dt.time.fromisoformat(time) if time else None)


def _article(fields: dict[str, Any]) -> Article:
    published = fields.pop("published", None)
    for name in _GIVEN & fields.keys():
        fields[name] = tuple(fields[name])
    return Article(published=_published(published) if published else None, **fields)


def _mentions(annotation: Annotation) -> list[list[Any]]:
    """The mentions; a text that stands in the article at its place is not written again."""
    text = annotation.article.text
    return [
        [m.start, m.end, m.type, m.value, m.label, m.why, *([] if text[m.start : m.end] == m.text else [m.text])]
        for m in annotation.mentions
    ]


def _mention(row: list[Any], text: str) -> Mention:
    start, end, kind, value, label, why, *own = row
    return Mention(start, end, own[0] if own else text[start:end], kind, value, label, why)


# Has it changed? ----------------------------------------------------------------------------------------------


class State(NamedTuple):
    """What is known of a stored article without reading it."""

    fingerprint: bytes
    input_hash: bytes
    model: str

    def encode(self) -> bytes:
        return self.fingerprint + self.input_hash + self.model.encode("utf-8")

    @classmethod
    def decode(cls, stored: bytes) -> State:
        return cls(
            stored[:_HASH_BYTES],
            stored[_HASH_BYTES : 2 * _HASH_BYTES],
            stored[2 * _HASH_BYTES :].decode("utf-8"),
        )


def state_of(annotation: Annotation) -> State:
    return State(fingerprint(annotation.article), input_hash(annotation.article), annotation.model)


def fingerprint(article: Article) -> bytes:
    """16 bytes that change with every field of the article but `origin`, which is where it happened to be read."""
    fields = [getattr(article, name) for name in _ARTICLE_FIELDS if name != "origin"]
    return _hash([*fields, _published_row(article.published) if article.published else None])


def input_hash(article: Article) -> bytes:
    """16 bytes that change with whatever annotating reads: the same input and the same model, the same annotation.

    The date is among it (it is what "last week" counts from), and so are the place and the author.
    """
    published = _published_row(article.published) if article.published else None
    given = [article.persons, article.countries, article.organizations, article.places]
    return _hash([article.title, article.text, published, article.place, article.author, article.language, given])


def _hash(fields: list[Any]) -> bytes:
    # JSON keeps the fields apart: ["ab", "c"] and ["a", "bc"] differ. Lone surrogates are escaped, so nothing raises.
    text = json.dumps(fields, ensure_ascii=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode("ascii"), digest_size=_HASH_BYTES).digest()
