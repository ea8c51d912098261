"""Bytes → text: byte order mark, declared charset, UTF-8, then the likeliest of the legacy encodings."""

from __future__ import annotations

import codecs
import re

from search.errors import ReadError

__all__ = ["decode", "guess_encoding", "utf_bom"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is how this one starts
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 64 * 1024  # bytes that the guess is made on: its time grows with them, its certainty hardly
_NON_ASCII = re.compile(rb"[\x80-\xff]")


def utf_bom(data: bytes) -> str | None:
    """The encoding that a byte order mark at the start of `data` names."""
    return next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None)


def decode(data: bytes, name: str, *, declared: str | None = None) -> str:
    """`data` as text. Raises ReadError on `name` where it is binary, or text in no encoding that can be told."""
    if encoding := utf_bom(data):
        return _decode_as(data, encoding, name)
    if b"\x00" in data[:_SAMPLE]:
        encoding = _bare_utf16(data[:_SAMPLE])
        if encoding is None:
            raise ReadError(name, "is a binary file (it has NUL bytes), not text; convert it to text first")
        return _decode_as(data, encoding, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass  # one of the encodings below, then
    for encoding in (declared, _mostly_utf8(data), guess_encoding(data)):
        if encoding is None:
            continue
        if encoding == "utf-8":
            return data.decode("utf-8", "replace")
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue  # what was declared or guessed is wrong: the next
    raise ReadError(name, "is text in an unknown encoding, or not text; save it as UTF-8")


def guess_encoding(data: bytes) -> str | None:
    """The likeliest encoding of text that is not UTF-8, from a sample around its first letters beyond ASCII."""
    from charset_normalizer import from_bytes

    first = _NON_ASCII.search(data)
    if len(_NON_ASCII.findall(data)) * 20 < len(data) and _decodes(data, "cp1252"):
        return "cp1252"  # nearly all ASCII: what is beyond it are quotes, dashes and accents, too few to guess from
    start = max(0, first.start() - _SAMPLE // 4) if first else 0
    best = from_bytes(data[start : start + _SAMPLE]).best()
    if best is None:
        return None
    # ISO 8859-1 as it is found in the wild is Windows-1252: the bytes in which they differ are quotes and dashes.
    return "cp1252" if best.encoding in {"latin_1", "iso8859_1", "ascii"} else best.encoding


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        at = f"byte {error.start}"
        raise ReadError(name, f"says it is {encoding}, but {at} is not; save it as UTF-8") from None


def _bare_utf16(sample: bytes) -> str | None:
    """UTF-16 without a mark has nearly all its NULs in every other byte."""
    half = max(1, len(sample) // 2)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    if even > 0.4 and odd < 0.05:
        return "utf-16-be"
    return None


def _mostly_utf8(data: bytes) -> str | None:
    """UTF-8 with a few broken bytes in it (cut in two, or pasted from elsewhere) is read as such, the bytes marked."""
    beyond = len(_NON_ASCII.findall(data))
    broken = data.decode("utf-8", "replace").count("\ufffd")
    return "utf-8" if broken * 20 <= beyond else None
