"""Stretches of words that are a person's name: cleared of titles and nationalities, or announced by them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from search.annotate.gazetteer import Match
from search.annotate.titles import (
    HONORIFICS,
    MAY_BE_GIVEN,
    NOT_NAMES,
    OCCUPATIONS,
    OFFICES,
    PARTICLES,
    PERSONAL,
    REGNAL,
    SMALL,
    SUFFIXES,
    is_title,
    words_of,
)
from search.annotate.tokens import Token, starts_sentence

__all__ = [
    "ALSO_NAMES",
    "ENGLISH_WORDS",
    "LEADING",
    "MOST_WORDS",
    "NEVER_FIRST",
    "Name",
    "Nations",
    "clear_name",
    "is_personal",
    "is_space",
    "is_syllable",
    "joins",
    "label_of",
    "make_name",
    "with_rest",
]

MOST_WORDS = 7


class Nations(dict[int, Match]):
    """Index of a word → the gazetteer's phrase that covers it. `cleared` are the names that were looked at so far."""

    def __init__(self, matches: Sequence[Match]) -> None:
        super().__init__((at, match) for match in matches for at in range(match.first, match.last))
        self.cleared: dict[tuple[int, int], Name | None] = {}


# Lower-case words that lead on into a name; other particles are English words, and so only count between capitals.
LEADING = words_of("al el bin ibn bint van von der den de da dos di du della la abu ben ter zu")
_COMPOUND = re.compile(
    r"-(?:led|era|backed|style|like|based|born|run|owned|appointed|aligned"
    r"|linked|allied|esque|ism|ist|held|funded|made|friendly|free|themed)\b"
)
# What may stand between two words of one name.
_GAP = re.compile(r"[ \xa0]+|\n|[-‐‑–]|\.[ \xa0]?|['’ʼ] ?|")
_ABBREVIATED = words_of("jr sr st md mohd abd wm chas geo thos jos")


class Name(NamedTuple):
    """A name: `label` without brackets and line ends, `keys` its folded words, `title` the folded one before it."""

    start: int
    end: int
    label: str
    keys: tuple[str, ...]
    title: str

    @property
    def core(self) -> tuple[str, ...]:
        """The words that tell people apart: without particles and suffixes."""
        return _core(self.keys)

    @property
    def suffix(self) -> str:
        """`jr`, `sr` or a king's number; empty if there is none."""
        return self.keys[-1] if len(self.keys) > 1 and self.keys[-1] in SUFFIXES else ""


@lru_cache(maxsize=10_000)
def _core(keys: tuple[str, ...]) -> tuple[str, ...]:
    words = keys[:-1] if len(keys) > 1 and keys[-1] in SUFFIXES else keys
    if len(words) > 2 and words[0] in ("le", "do"):  # surnames of Vietnam: Le Van Tam
        return words
    return tuple(key for key in words if key not in PARTICLES) or keys


def clear_name(text: str, tokens: Sequence[Token], first: int, last: int, nations: Nations) -> Name | None:
    """The name in words `first`…`last`, without titles, offices and nationalities before it; None if none remains."""
    # The same words are looked at up to four times: as a span, behind a title, beside an office, by a given name.
    if (first, last) not in nations.cleared:
        nations.cleared[first, last] = _cleared(text, tokens, first, last, nations)
    return nations.cleared[first, last]


def _cleared(text: str, tokens: Sequence[Token], first: int, last: int, nations: Nations) -> Name | None:
    first, last = _run(text, tokens, first, last)
    title = (
        tokens[first - 1].key if first and is_space(text, tokens, first - 1) and is_personal(tokens[first - 1]) else ""
    )
    while first < last:
        token = tokens[first]
        if not _leaves_a_name(text, tokens, first, last, nations):
            break
        if is_personal(token) or (token.key in HONORIFICS and token.raw[0].isupper()):
            title = token.key
        first += 1
    # "Lee Jun-seok" goes on: Jun is no month there.
    while first < last and not text.startswith("-", tokens[last - 1].end) and _trails(tokens[last - 1], last - first):
        last -= 1
    if first < last:
        last = with_rest(text, tokens, first, last)
        if tokens[first - 1].key in LEADING and first and joins(text, tokens, first - 1) and not title:
            first = _with_particles(text, tokens, first)
    return make_name(text, tokens[first:last], nations.get(first) if last - first == 1 else None, title)


def is_personal(token: Token) -> bool:
    return token.key in PERSONAL and token.raw[0].isupper() and "." not in token.raw  # M.S. is no Ms


def _leaves_a_name(text: str, tokens: Sequence[Token], first: int, last: int, nations: Nations) -> bool:
    """May the word at `first` be stripped from a name that ends at `last`?"""
    token = tokens[first]
    rest = [
        t for t in tokens[first + 1 : last] if t.key not in SUFFIXES and t.key not in PARTICLES and not t.raw.islower()
    ]
    if not rest:
        return False
    following = tokens[first + 1]
    if token.raw.islower():
        return token.key not in PARTICLES or token.key in OFFICES
    if token.key in HONORIFICS and token.key != "ayatollah":
        return len(rest) >= 2 or tokens[last - 1].key in REGNAL
    if token.key in OCCUPATIONS and len(rest) >= 2 and starts_sentence(text, token.start):
        return True
    if (token.key, following.key) == ("tan", "sri"):
        return len(rest) >= 2
    if token.key == "sri" and first and tokens[first - 1].key in ("tan", "dato", "datuk"):
        return True
    if token.key in SMALL or (token.key == "marine" and not is_title(following.key)):  # To Lam, Marine Le Pen
        return False
    if is_personal(token) or (token.key in OFFICES and token.raw[0].isupper()):
        # "Major Garrett", "Marshal Tito": a rank is stripped; "Miss", "Judge" as a given name are too rare to keep.
        return True
    match = nations.get(first)
    if match is not None:
        if match.entry.why == "demonym":
            return len(rest) >= 2 or is_title(following.key)
        # "UK Prime Minister Boris Johnson", "Saudi Arabia's King Salman"; but "Chad Wolf", "Paris Hilton".
        return match.last > first + 1 or (is_title(following.key) and following.raw[0].isupper())
    # "Kremlin spokesman Dmitry Peskov", "Chelsea coach …": a title further on ends what is not the name.
    return any(_is_office(t) for t in tokens[first + 1 : last - 1]) and not _is_initial(token)


def _is_office(token: Token) -> bool:
    """A title that nobody bears as a name."""
    return token.key in PERSONAL and (token.raw.islower() or len(token.key) > 3) and token.key not in ALSO_NAMES


def _is_initial(token: Token) -> bool:
    return len(token.key) == 1 or "." in token.raw


def _trails(token: Token, words: int) -> bool:
    """Is the last word no part of the name?"""
    key = token.key
    if key in SUFFIXES:
        return words < 2 and (token.raw.isupper() or key in ("jr", "sr"))
    if token.raw.islower() or token.raw[0].isdigit():
        return not is_syllable(key)
    return (
        words > 1
        and (key in NOT_NAMES or (key in PERSONAL and len(key) > 3 and key not in HONORIFICS))
        and key not in ALSO_NAMES
    )


_SYLLABLE = re.compile(
    r"(?:ch|hs|sh|ts|tz|kw|hw|[bcdfghjklmnpstwy])?y?"
    r"(?:[aeiou]|ae|ai|ao|ei|eo|eu|ia|ie|io|iu|oe|oi|oo|ou|ua|ue|ui|uo|ee|yo|iao|iew|ieu|iow|uai|uei|yeo|you)"
    r"(?:ng|eh|ih|rh|[nhkmplt])?"
)
_SYLLABLES = words_of(
    "sook wook suk yol chol shik sik beom bum geun kyu kyun kyung hyuk ryong ryol rae rok ryul jr erh tzu szu"
)
_ENGLISH = words_of(
    """a i an at to on of up no so do go he me we my be by the and but not old men ten hot hit set top tip pin win pay
    day way say lay out off per one two low bit cut get let sit pit pot put met man mile tie die lie due sue fan fun
    fat fit fin few fee foe for fed bed bad bag big bug"""
)


@lru_cache(maxsize=10_000)
def is_syllable(key: str) -> bool:
    """May a lower-case word behind a hyphen be the end of a Korean or Chinese given name: `Jae-in`, `Ing-wen`?"""
    return key in _SYLLABLES or (key not in _ENGLISH and _SYLLABLE.fullmatch(key) is not None)


NEVER_FIRST = words_of(
    """in at on of near inside outside across around since among amid despite another
    both each every many most some such several few only even also still all any other once then there here later
    earlier meanwhile soon finally"""
)
"""Words that begin a sentence, never a name. Folded."""

ENGLISH_WORDS = words_of(
    "he to an so no do my you her they january february april june july august september october november december"
)
"""Surnames of East Asia and given names of Africa that are words of English: taken for names within a sentence."""

ALSO_NAMES = words_of(
    """king judge bishop major dean pope baron cole coach marshall marshal brown march park bush day lake hill
    house white church prince lord knight abbot noble read bill christian islam green grant may west east north
    sun mon houthi street bridge field earl squire sultan emir imam shah malik sheikh constable miss sergeant
    general-secretary law"""
)
"""Titles and other words that are surnames or given names too. Folded."""


def _run(text: str, tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """The first stretch of words that can be of one name: a comma, a bracket or the end of a sentence ends it.

    "Iran's Mohammad Bagheri" is of Bagheri alone.
    """
    at = first
    while at < last - 1:
        if not joins(text, tokens, at):
            gap = text[tokens[at].end : tokens[at + 1].start]
            if gap in ("'s ", "’s "):
                first = at + 1
            # "Gov., Gen." never; "King, Jr." yes.
            elif not (gap == ", " and tokens[at + 1].key in ("jr", "sr")):
                return first, at + 1
        at += 1
    return first, last


def joins(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Can the words `at` and `at + 1` be of one name?"""
    gap = text[tokens[at].end : tokens[at + 1].start]
    if not _GAP.fullmatch(gap):
        return gap in (" '", " ’", " ‘") and tokens[at + 1].raw == "t"  # Cees 't Hart
    if gap.startswith("."):
        token = tokens[at]
        return len(token.raw) == 1 or token.key in _ABBREVIATED or is_title(token.key)
    return True


def is_space(text: str, tokens: Sequence[Token], at: int) -> bool:
    return text[tokens[at].end : tokens[at + 1].start].strip(".") in (" ", "\xa0", "\n")


def with_rest(text: str, tokens: Sequence[Token], first: int, last: int) -> int:
    """The name with what belongs to it though it was cut off: the rest of a hyphened word, "Jr.", "bin Salman"."""
    while last < len(tokens) and last - first < MOST_WORDS:
        gap = text[tokens[last - 1].end : tokens[last].start]
        following = tokens[last]
        hyphened = gap == "-" and not _COMPOUND.match(text, tokens[last - 1].end) and len(following.raw) > 1
        if (
            hyphened
            and (following.raw[0].isupper() or is_syllable(following.key))
            and tokens[last - 1].raw.lower() not in ("pro", "anti")
        ):
            last += 1
        elif (
            gap == "-"
            and following.raw.islower()
            and following.key in PARTICLES
            and last + 1 < len(tokens)
            and text[following.end : tokens[last + 1].start] == "-"
        ) or (following.raw == "t" and gap in (" '", " ’", " ‘") and last + 1 < len(tokens)):
            last += 2
        elif (gap in (" ", ", ", " \n") and following.key in ("jr", "sr") and following.raw[0].isupper()) or (
            gap == " "
            and following.raw.isupper()
            and following.key in REGNAL
            and following.key not in ("i", "x", "v")
            and last - first >= 1
        ):
            last += 1
        elif (
            gap == " "
            and following.raw.islower()
            and following.key in LEADING
            and last + 1 < len(tokens)
            and joins(text, tokens, last)
            and tokens[last + 1].raw[0].isupper()
        ):
            last += 2
        else:
            break
    return last


MOST_PARTICLES = 4  # in a row: "bin Abd al-" is three


def _with_particles(text: str, tokens: Sequence[Token], first: int) -> int:
    farthest = max(0, first - MOST_PARTICLES)
    while (
        first > farthest
        and tokens[first - 1].raw.islower()
        and tokens[first - 1].key in LEADING
        and joins(text, tokens, first - 1)
    ):
        first -= 1
    return first


_NEVER_GIVEN = NOT_NAMES - ALSO_NAMES - ENGLISH_WORDS


def make_name(text: str, words: Sequence[Token], nation: Match | None, title: str) -> Name | None:
    """The name of these words, or None where they look like none. `nation` is what a single word else stands for."""
    if not words or len(words) > MOST_WORDS:
        return None
    keys = tuple(word.key for word in words)
    last = keys[-1]
    if keys[0] in NEVER_FIRST and words[0].raw[0].isupper():
        return None
    if any(any(c.isdigit() for c in word.raw) for word in words) or not any(
        word.raw[0].isupper() or not word.raw.isascii() for word in words
    ):
        return None
    if len(words) == 1:
        if words[0].raw.isupper() and len(words[0].raw) > 2 and not title:  # an acronym
            return None
        if len(words[0].raw) < 2 or (not title and (last in NOT_NAMES or is_title(last))) or words[0].raw[0].islower():
            return None
        if (
            last in NOT_NAMES
            or (last in REGNAL and words[0].raw.isupper())
            or (nation is not None and nation.entry.why in ("demonym", "abbreviation", "blocked"))
        ):
            return None
    if (
        nation is not None
        and nation.entry.sure
        and not title
        and last not in MAY_BE_GIVEN
        and nation.entry.why != "city"
    ):
        return None
    if len(words) > 1 and (
        (last in NOT_NAMES and last not in ALSO_NAMES)
        or (keys[0] in _NEVER_GIVEN and "." not in words[0].raw)  # M.S. is no Ms
    ):
        return None
    if any(key in _OF_GROUPS for key in keys) or (
        text[words[-1].end : words[-1].end + 1] == "-" and _cut_off(text, words[-1])
    ):
        return None
    if all(len(key) == 1 for key in keys) or (len(words) > 1 and _is_vessel(words)):
        return None
    start, end = words[0].start, words[-1].end
    if text[end : end + 1] == "." and last in ("jr", "sr"):
        end += 1
    return Name(start, end, label_of(text[start:end]), keys, title)


_OF_GROUPS = words_of(
    """tahrir harakat jabhat kataib hizb jaish jaysh liwa saraya jubilee consort brigade brigades front movement"""
)


def _cut_off(text: str, last: Token) -> bool:
    """Does the word go on behind a hyphen, so that this is but the start of something: `Asharq Al-awsat`?"""
    return text[last.end + 1 : last.end + 2].isalpha() and not _COMPOUND.match(text, last.end) and last.key in PARTICLES


def _is_vessel(words: Sequence[Token]) -> bool:
    """`HMAS Adelaide`, `Zanu-PF`: capitals beside words that are not in capitals, and no initials."""
    if all(word.raw.isupper() or len(word.raw) < 3 for word in words):
        return False
    first, last = words[0], words[-1]
    return (len(first.raw) > 2 and first.raw.isupper() and "." not in first.raw) or (
        len(last.raw) > 1 and last.raw.isupper() and last.key not in SUFFIXES and "." not in last.raw
    )


def label_of(written: str) -> str:
    """A name as people read it: no brackets or line ends, and not in capitals throughout."""
    label = " ".join(written.replace("(", " ").replace(")", " ").split())
    letters = [word for word in re.split(r"[ -]", label) if len(word.strip(".'’")) > 2 and "." not in word]
    if letters and all(word.isupper() for word in letters):
        label = re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda m: _capital(m.group()), label)
    return label


def _capital(word: str) -> str:
    if len(word) == 1 or word.lower() in REGNAL:
        return word
    lowered = word.lower()
    if lowered in LEADING:
        return lowered
    head, apostrophe, tail = lowered.partition("'")
    if apostrophe and len(head) == 1:
        return head.upper() + apostrophe + tail.capitalize()
    return ("Mc" + lowered[2:].capitalize()) if lowered.startswith("mc") and len(word) > 4 else lowered.capitalize()
