"""The names of one article, with how each is known: the recogniser found it, or the words around."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from search.annotate.announced import (
    bracketed_names,
    byline_names,
    known_given_names,
    names_by_given_name,
    names_by_role,
    nicknamed_names,
    numbered_names,
    runs_of_capitals,
    titled_names,
)
from search.annotate.clues import names_before_surnames, names_by_clue
from search.annotate.names import Name, Nations, clear_name, joins, label_of
from search.annotate.spans import SpanIndex
from search.annotate.titles import NOT_NAMES, ROYAL, is_title, words_of
from search.annotate.tokens import Token, is_heading, starts_sentence, tokenize

__all__ = ["BESIDE_OFFICE", "OF_A_PERSON", "Candidate", "name_candidates"]

BESIDE_OFFICE = "office beside it"


class Candidate(NamedTuple):
    name: Name
    why: str
    trusted: bool  # may it make a person of its own?


def name_candidates(
    text: str, tokens: Sequence[Token], spans: SpanIndex, nations: Nations, author: str | None
) -> list[Candidate]:
    starts = [token.start for token in tokens]
    ends = [token.end for token in tokens]
    index_at = {start: at for at, start in enumerate(starts)}
    capitals = [at for at, token in enumerate(tokens) if token.raw[0].isupper()]
    runs = runs_of_capitals(text, tokens, nations, capitals)
    lowered = {token.key for token in tokens if token.raw.islower()}
    found = [Candidate(n, "name around a bracket", True) for n in bracketed_names(text, tokens, nations, index_at)]
    found += [Candidate(n, "name around a nickname", True) for n in nicknamed_names(text, tokens, nations, index_at)]
    found += [Candidate(n, "byline", True) for n in byline_names(text, tokens, index_at, nations)]
    for span in spans.spans:
        if span.label != "PERSON":
            continue
        first, last = bisect_right(ends, span.start), bisect_left(starts, span.end)
        if first >= last:  # no word in it
            continue
        heading = _in_heading(text, tokens, starts, span.start)
        if not heading:
            first, last = _widened(text, tokens, spans, nations, first, last)
        while first < last:
            name = clear_name(text, tokens, first, last, nations)
            following = bisect_left(starts, name.end) if name else first + 1
            if name is not None and not _names_a_thing(text, tokens, bisect_left(starts, name.start), name):
                words = len(name.core)
                known = words > 1 or (name.keys[0] not in lowered and len(name.keys[0]) > 2)
                found.append(Candidate(name, "name", bool(name.title) or (known and not heading)))
            elif name is None and last - first > 1:
                break
            first = max(following, first + 1)
    announced = [(name, "title before it") for name in titled_names(text, tokens, nations, capitals)]
    announced += [(name, BESIDE_OFFICE) for name in names_by_role(text, tokens, nations, runs)]
    announced += [(name, "given name") for name in names_by_given_name(text, tokens, nations, capitals)]
    announced += [(name, "number of a sovereign") for name in numbered_names(text, tokens, nations, capitals)]
    for name, why in announced:
        covering = spans.covering(name.start, name.end)
        heading = _in_heading(text, tokens, starts, name.start)
        if covering is not None and covering.label != "PERSON":
            exact = covering.start >= name.start - 1 and covering.end <= name.end + 1
            if covering.label == "PLACE" and len(name.core) == 1 and not name.suffix and name.title not in ROYAL:
                continue
            if not exact or (heading and covering.label == "ORG"):
                continue
        if (why == "given name" and heading and covering is None) or _names_a_thing(
            text, tokens, bisect_left(starts, name.start), name
        ):
            continue
        found.append(Candidate(name, why, not heading))
    for name in names_by_clue(text, tokens, spans, nations, runs):
        if not _in_heading(text, tokens, starts, name.start):
            found.append(Candidate(name, "words beside it", True))
    surnames = {c.name.keys[0] for c in found if c.trusted and len(c.name.keys) == 1}
    if surnames:
        for name in names_before_surnames(text, tokens, spans, nations, capitals, surnames):
            if not _in_heading(text, tokens, starts, name.start):
                found.append(Candidate(name, "name", True))
    if author:
        found += _author(text, tokens, author)
    return _longest(found)


def _widened(
    text: str, tokens: Sequence[Token], spans: SpanIndex, nations: Nations, first: int, last: int
) -> tuple[int, int]:
    """The words of a span, and the capitalised words beside them that no span has: "Wang" [Yi], [Lee] "Hsien Loong"."""
    while last < len(tokens) and last > first and last - first < 5:
        word = tokens[last]
        if text[tokens[last - 1].end : word.start] != " " or not _could_belong(spans, nations, tokens, last):
            break
        last += 1
    while first and last - first < 5:
        word = tokens[first - 1]
        if _is_initials(text, word, tokens[first].start) and first - 1 not in nations:
            first -= 1
            continue
        if text[word.end : tokens[first].start] != " " or not _could_belong(spans, nations, tokens, first - 1):
            break
        if starts_sentence(text, word.start) and word.key not in known_given_names():
            break
        first -= 1
    return first, last


def _is_initials(text: str, word: Token, start: int) -> bool:
    """`M.S. Swaminathan`, `N. Chandrababu Naidu`: initials before a name that starts at `start`."""
    if not word.raw.isupper() or not word.raw.isascii():
        return False
    if len(word.raw) == 1:
        return text[word.end : start] == ". "
    return word.raw.endswith(".") and len(word.raw) <= 8 and text[word.end : start] == " "


def _could_belong(spans: SpanIndex, nations: Nations, tokens: Sequence[Token], at: int) -> bool:
    word = tokens[at]
    if (
        not word.raw[0].isupper()
        or len(word.raw) < 2
        or word.raw.isupper()
        or word.key in NOT_NAMES
        or is_title(word.key)
    ):
        return False
    span = spans.covering(word.start, word.end)
    return at not in nations and (span is None or span.label == "PERSON")


OF_A_PERSON = words_of("administration government presidency era regime family campaign cabinet")
_THINGS = words_of(
    """hurricane storm typhoon cyclone operation uss hms mv ss ins carrier ship frigate destroyer tanker"""
)


def _names_a_thing(text: str, tokens: Sequence[Token], at: int, name: Name) -> bool:
    """Is it a ship's or a storm's name by the word before it: "the Abraham Lincoln", "Hurricane Maria"?"""
    if not name.title and text[name.end : name.end + 2].strip().isdigit():  # Nord Stream 2
        return True
    if not name.title and text.startswith(", where ", name.end):
        return True
    if not at or name.title or not joins(text, tokens, at - 1):
        return False
    before = tokens[at - 1].key
    if before in ("in", "from", "at", "near") and "-" in name.label and " " not in name.label:  # from Kamoa-Kakula
        return True
    if before in _THINGS:
        return True
    after = at + len(name.keys)
    following = tokens[after].key if after < len(tokens) else ""
    return before == "the" and not name.suffix and len(name.core) > 1 and following not in OF_A_PERSON


def _author(text: str, tokens: Sequence[Token], author: str) -> list[Candidate]:
    keys = [token.key for token in tokenize(author)]
    if not 2 <= len(keys) <= 5 or any(key in NOT_NAMES for key in keys):
        return []
    found = []
    for at in range(len(tokens) - len(keys) + 1):
        if tokens[at].key == keys[0] and [token.key for token in tokens[at : at + len(keys)]] == keys:
            start, end = tokens[at].start, tokens[at + len(keys) - 1].end
            if "\n" not in text[start:end]:
                found.append(Candidate(Name(start, end, label_of(text[start:end]), tuple(keys), ""), "author", True))
    return found


def _longest(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Of candidates that overlap, the longest; of equal ones, that which is trusted, with a title if any has one."""
    merged: dict[tuple[int, int], Candidate] = {}
    for candidate in candidates:
        at = candidate.name.start, candidate.name.end
        known = merged.get(at)
        if known is None:
            merged[at] = candidate
            continue
        title = known.name.title or candidate.name.title
        why = candidate.why if candidate.why == BESIDE_OFFICE else known.why
        merged[at] = Candidate(known.name._replace(title=title), why, known.trusted or candidate.trusted)
    taken: list[tuple[int, int]] = []
    for start, end in sorted(merged, key=lambda at: (at[0] - at[1], not merged[at].trusted, at[0])):
        rank = bisect_left(taken, (start, end))
        follows = rank < len(taken) and taken[rank][0] < end
        if not follows and not (rank and taken[rank - 1][1] > start):
            taken.insert(rank, (start, end))
    return [merged[at] for at in taken]


def _in_heading(text: str, tokens: Sequence[Token], starts: Sequence[int], start: int) -> bool:
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    if line_end - line_start > 200 or text[line_start:line_end].rstrip().endswith((".", "!”", ".”", '."')):
        return False
    return is_heading(tokens[bisect_left(starts, line_start) : bisect_left(starts, line_end)])
