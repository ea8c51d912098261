"""Facet values from names: the same name gives the same slug however it is written."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["slug"]

MOST_CHARACTERS = 120

# Letters that no Unicode decomposition turns into the Latin ones readers type for them.
_LATIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "ħ": "h", "ŧ": "t", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss"}
    | {"ə": "a", "’": "", "'": "", "‘": "", "ʼ": "", "ʻ": "", "`": "", "&": " and "}
)
_LATIN_ACCENTS = re.compile("[\u0300-\u036f]")


@lru_cache(maxsize=8_000)
def slug(name: str) -> str:
    """`Recep Tayyip Erdoğan` → `recep-tayyip-erdogan`: lower case, no accents, hyphens between words.

    Letters of other scripts stay. Empty where the name has no letter or digit.
    """
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_LATIN)
    bare = unicodedata.normalize("NFC", _LATIN_ACCENTS.sub("", unicodedata.normalize("NFKD", folded)))
    # Marks of other scripts (Indic vowel signs) are no \w, yet belong to the word.
    kept = "".join(c if c.isalnum() or unicodedata.category(c) in ("Mn", "Mc") else " " for c in bare.translate(_LATIN))
    return _PARTED_SPACE.sub("-", kept.strip())[:MOST_CHARACTERS].strip("-")


_PARTED_SPACE = re.compile(r"\s+")
