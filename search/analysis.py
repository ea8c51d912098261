"""Words: one analyzer for indexing, querying and highlighting, so that all three see the same tokens.

A token is a run of letters, marks and digits, taken from the text by one regular expression and then folded: case,
accents and compatibility forms go; apostrophes join (`N'Djamena` → ndjamena) but a possessive 's is dropped; dots of an
acronym go (`U.S.` → us); a comma between digits goes (17,000 → 17000). Hyphens part words. Characters of scripts
without spaces (Chinese, Japanese) are tokens of their own. No stop words: phrases need them, and BM25 gives them little
weight.

Stemming is Snowball's English (Porter2), after folding. The exact twin of a field holds the folded words unstemmed.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import Stemmer

__all__ = ["ANALYZER_VERSION", "LONGEST_TOKEN", "Word", "fold", "stem", "words"]

ANALYZER_VERSION = "1"
"""Kept in the index: raise it with every change that gives other tokens."""

LONGEST_TOKEN = 64
"""Characters of a token that count: nobody types more, and base64 in an article must not fill the term dictionary."""

# Python's \w lacks the marks (Mn, Mc) that Indic, Arabic and decomposed Latin text needs within a word.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd"
    "\u0a01-\u0a03\u0a3c-\u0a4d\u0a70\u0a71\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd"
    "\u0c00-\u0c04\u0c3e-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3\u200c\u200d"
)
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(
    rf"(?P<acronym>(?<!\w)(?:[^\W\d_]\.){{2,}}(?!\w)(?:['\u2019]s(?!\w))?)"
    rf"|[{_IDEOGRAPHS}]"
    rf"|\d+(?:,\d{{3}})+(?![\w,])"
    rf"|(?:(?![_{_IDEOGRAPHS}])[\w{_MARKS}])+(?:['\u2018\u2019\u02bc\u02bb](?:(?![_{_IDEOGRAPHS}])[\w{_MARKS}])+)*"
)
_POSSESSIVE = re.compile("['\u2018\u2019\u02bc]s$", re.IGNORECASE)
# Letters that no Unicode decomposition turns into the Latin ones readers type for them.
_LATIN = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "ə": "a",
    }
)
# Accents, and the Arabic vowel signs that most writers leave out.
_COMBINING = re.compile("[\u0300-\u036f\u064b-\u065f]")


class Word(NamedTuple):
    """A token: its folded form, and where it stands (characters `start` up to `end` of the text)."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=200_000)
def fold(token: str) -> str:
    """The form under which a token is indexed: no case, no accents, no possessive, no inner punctuation."""
    if token.isascii():
        bare = token.lower()
    else:
        bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", token).casefold())
        bare = unicodedata.normalize("NFC", _COMBINING.sub("", bare).translate(_LATIN))
        bare = bare.replace("\u0640", "")  # it only stretches Arabic words
    if bare.isalnum():
        return bare
    # What is left of apostrophes, dots, commas and joiners goes.
    return "".join(c for c in _POSSESSIVE.sub("", bare) if c.isalnum() or unicodedata.category(c)[0] == "M")


_stemmer_lock = threading.Lock()
_stemmer = Stemmer.Stemmer("english", 0)


@lru_cache(maxsize=200_000)
def stem(folded: str) -> str:
    """The stem of a folded word; words with digits or of other scripts are their own stems."""
    if not (folded.isascii() and folded.isalpha()):
        return folded
    with _stemmer_lock:  # a PyStemmer object is not safe for use by two threads at once
        stemmed: str = _stemmer.stemWord(folded)
    return stemmed


def words(text: str) -> Iterator[Word]:
    """The tokens of `text` in order. Offsets are of `text` as given; the position of a token is its rank."""
    for match in _TOKEN.finditer(text):
        folded = fold(match.group()[:LONGEST_TOKEN])
        if folded:
            yield Word(folded, match.start(), match.end())
