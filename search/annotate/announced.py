"""Names that their surroundings give away, whether or not the recogniser saw them.

A title before them, an office after them, a bracket in them, a common given name, a byline, the number of a king.
`capitals` are the indices of the words with a capital, in order: a name starts with one. `runs` are its stretches of
such words, as `runs_of_capitals` gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources

from search.annotate.names import (
    ALSO_NAMES,
    ENGLISH_WORDS,
    LEADING,
    MOST_WORDS,
    NEVER_FIRST,
    Name,
    Nations,
    clear_name,
    is_personal,
    is_space,
    is_syllable,
    joins,
    label_of,
    with_rest,
)
from search.annotate.titles import (
    HONORIFICS,
    NOT_NAMES,
    OCCUPATIONS,
    OFFICES,
    PARTICLES,
    PERSONAL,
    REGNAL,
    is_title,
    words_of,
)
from search.annotate.tokens import Token, starts_sentence

__all__ = [
    "bracketed_names",
    "byline_names",
    "known_given_names",
    "names_by_given_name",
    "names_by_role",
    "nicknamed_names",
    "numbered_names",
    "runs_of_capitals",
    "titled_names",
]


@cache
def known_given_names() -> frozenset[str]:
    """Folded given names that are hardly ever anything else."""
    lines = resources.files("search.annotate").joinpath("data", "given_names.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _run_of_capitals(text: str, tokens: Sequence[Token], nations: Nations, first: int) -> int:
    """Where the capitalised words from `first` on, of one name, end; `first` itself where there are none."""
    last = first
    while last < len(tokens) and last - first < MOST_WORDS:
        word = tokens[last]
        if last > first and (not joins(text, tokens, last - 1) or "\n" in text[tokens[last - 1].end : word.start]):
            break
        if last == first and _begins_no_name(text, tokens, nations, first):
            break
        if word.raw[0].isupper():
            stops = (
                word.key in NOT_NAMES
                or (is_title(word.key) and word.key not in HONORIFICS)
                or _is_nation(nations, last)
            )
            if (
                stops
                and not (last > first and word.key in ALSO_NAMES)
                and not (last == first and (word.key in known_given_names() or word.key in ENGLISH_WORDS))
            ):
                break
            last += 1
        elif (
            word.key in LEADING
            and last + 1 < len(tokens)
            and tokens[last + 1].raw[0].isupper()
            and joins(text, tokens, last)
        ):
            last += 2
        elif last > first and text[word.start - 1] == "-" and is_syllable(word.key):
            last += 1
        elif (
            last > first
            and text[word.start - 1] == "-"
            and word.key in PARTICLES
            and text[word.end : word.end + 1] == "-"
        ):
            last += 2
        else:
            break
    return min(last, len(tokens))


def _begins_no_name(text: str, tokens: Sequence[Token], nations: Nations, at: int) -> bool:
    """Is a word with a capital none of the name that follows: `In Gao`, `Pilot Ara Zobayan`, `He said`?"""
    word = tokens[at]
    if word.key in NEVER_FIRST:
        return True
    if word.key not in ENGLISH_WORDS and word.key not in OCCUPATIONS:
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) and joins(text, tokens, at) else None
    goes_on = following is not None and following.raw[0].isupper() and not following.raw.isupper()
    if word.key in OCCUPATIONS:
        return goes_on and starts_sentence(text, word.start)
    if not goes_on or (following is not None and following.key in NOT_NAMES) or _is_nation(nations, at + 1):
        return True
    if word.key in _MONTHS:  # January Makamba, but not "In January Makamba"
        return not starts_sentence(text, word.start)
    return starts_sentence(text, word.start) and word.key not in ("he", "to")


_MONTHS = words_of("january february april june july august september october november december")


def runs_of_capitals(
    text: str, tokens: Sequence[Token], nations: Nations, capitals: Sequence[int]
) -> list[tuple[int, int]]:
    """Every stretch of capitalised words that may be one name: first word, word behind the last; without overlap."""
    runs = []
    last = 0
    for at in capitals:
        if at < last:  # within the run before
            continue
        last = _run_of_capitals(text, tokens, nations, at)
        if last > at:
            runs.append((at, last))
    return runs


def titled_names(text: str, tokens: Sequence[Token], nations: Nations, capitals: Sequence[int]) -> Iterator[Name]:
    """Names that a title announces: `Gen. Sergei Shoigu`, `Secretary of State Antony Blinken`."""
    for at in capitals:
        title = tokens[at]
        if title.key not in PERSONAL or at + 1 == len(tokens) or not is_space(text, tokens, at):
            continue
        if title.key in _ALSO_WORDS and title.raw.isupper():
            continue
        first = _after_office(text, tokens, at)
        last = _run_of_capitals(text, tokens, nations, first)
        if last == first or _goes_on(text, tokens, last):
            continue
        if last - first == 1:
            word = tokens[first]
            after_office = first > at + 1 and (title.key != "secretary" or len(word.raw) < 4 or nations.get(first))
            if after_office or is_title(word.key) or len(word.raw) < 3 or word.raw.isupper():
                continue
        name = clear_name(text, tokens, first, last, nations)
        if name is not None:
            yield name._replace(title=title.key)


_ALSO_WORDS = words_of("major brother sister fr lord lady speaker king baron general")


def _after_office(text: str, tokens: Sequence[Token], at: int) -> int:
    """The word after a title and its office: `Secretary of State`, `Minister for Health`."""
    if at + 2 < len(tokens) and tokens[at + 1].key in ("of", "for"):
        end = at + 2
        while (
            end < len(tokens)
            and is_space(text, tokens, end - 1)
            and (tokens[end].key in OFFICES or tokens[end].key == "the")
        ):
            end += 1
        if end > at + 2 and end < len(tokens) and is_space(text, tokens, end - 1):
            return end
    return at + 1


def _is_nation(nations: Nations, at: int) -> bool:
    match = nations.get(at)
    return match is not None and match.entry.why in ("demonym", "name", "abbreviation", "blocked") and match.entry.sure


def _goes_on(text: str, tokens: Sequence[Token], last: int) -> bool:
    """Does a word like "Street" or "Airport" follow, so that the words before it name a thing?"""
    if last >= len(tokens) or text[tokens[last - 1].end : tokens[last].start] != " ":
        return False
    return tokens[last].raw[0].isupper() and tokens[last].key in NOT_NAMES and tokens[last].key not in PERSONAL


_ROLE = (
    words_of(
        """president minister leader head chief commander founder co-founder cofounder director chairman chairwoman
    chair spokesman spokeswoman spokesperson secretary governor mayor senator ambassador envoy premier
    chancellor king queen prince princess general colonel admiral cleric judge lawyer professor economist
    analyst historian author journalist writer poet activist diplomat officer editor adviser advisor deputy
    lawmaker banker executive researcher scientist physicist doctor priest bishop archbishop cardinal pope
    patriarch imam candidate successor predecessor son daughter wife husband brother sister father mother widow
    nephew niece cousin treasurer speaker prosecutor negotiator representative commissioner coordinator
    strongman dictator novelist singer actor actress coach captain striker goalkeeper midfielder vice-president
    vice-chancellor governor-general staff emperor sultan emir ayatollah monarch heir mediator expert resident
    shopkeeper teacher engineer farmer student nurse"""
    )
    | OCCUPATIONS
)
_LOCATIVE = words_of("in at near outside inside around")
_NOT_A_ROLE = words_of(
    """which where whose who that company bank city town capital province region group party newspaper agency firm"""
)


def names_by_role(
    text: str, tokens: Sequence[Token], nations: Nations, runs: Sequence[tuple[int, int]]
) -> Iterator[Name]:
    """Names beside an office: `Ahmed Reda, the foreign minister, said`, `its premier, Ulf Kristersson`."""
    for at, last in runs:
        before = _role_before(text, tokens, at, last)
        placed = at > 0 and tokens[at - 1].key in _LOCATIVE and tokens[at - 1].raw.islower()
        after = last - at >= 2 and not placed and _role_after(text, tokens, last)
        if (before or after) and not (last - at == 1 and tokens[at].key in OFFICES):
            name = clear_name(text, tokens, at, last, nations)
            if name is not None:
                yield name


def _role_after(text: str, tokens: Sequence[Token], last: int) -> bool:
    """Does `, the Russian defence minister` follow?"""
    if last >= len(tokens) or text[tokens[last - 1].end : tokens[last].start] != ", ":
        return False
    for at in range(last, min(last + 8, len(tokens))):
        word = tokens[at]
        if at > last and re.search(r"[,.;:\n(]", text[tokens[at - 1].end : word.start]):
            return False
        if word.key in _NOT_A_ROLE or (
            at == last and word.raw[0].isupper() and not text.startswith(("'s", "’s"), word.end)
        ):
            return False
        if word.key in _ROLE and word.raw.islower():
            return True
        if word.key in ("of", "in", "at", "for", "said", "told", "and"):
            return False
    return False


def _role_before(text: str, tokens: Sequence[Token], first: int, last: int) -> bool:
    """Does an office stand before: `the minister, `, `Chief of the General Staff, `, or `the writer ` and two words?"""
    if not first:
        return False
    word = tokens[first - 1]
    gap = text[word.end : tokens[first].start]
    if gap == " ":
        if word.key in ("named", "called") and first > 1:  # a student named Wulandari
            return tokens[first - 2].key in _ROLE or tokens[first - 2].key in ("man", "woman", "boy", "girl")
        at_start = word.key in OCCUPATIONS and starts_sentence(text, word.start)
        return word.key in _ROLE and (word.raw.islower() or at_start) and last - first >= 2
    return gap == ", " and word.key in _ROLE and (word.raw.islower() or word.key == "staff")


def names_by_given_name(
    text: str, tokens: Sequence[Token], nations: Nations, capitals: Sequence[int]
) -> Iterator[Name]:
    """Two or more capitalised words of which the first is a common given name: `Theresa May`, `Leopoldo Lopez`."""
    given = known_given_names()
    last = 0
    for at in capitals:
        token = tokens[at]
        if at < last or token.key not in given or (at and _goes_before(text, tokens, nations, at)):
            continue
        last = _run_of_capitals(text, tokens, nations, at)
        if last - at >= 2 and last - at <= 5 and not _goes_on(text, tokens, last) and not token.raw.isupper():
            first = at
            while first and _is_initial(text, tokens[first - 1], tokens[first].start):
                first -= 1
            name = clear_name(text, tokens, first, last, nations)
            if name is not None and len(name.core) >= 2:
                yield name


def _is_initial(text: str, token: Token, start: int) -> bool:
    return len(token.raw) == 1 and token.raw.isupper() and text[token.end : start] == ". "


def _goes_before(text: str, tokens: Sequence[Token], nations: Nations, at: int) -> bool:
    """Is the word before of the same stretch of capitals, and no title or nationality: "the Norwegian Kristin …"?"""
    before = tokens[at - 1]
    nation = nations.get(at - 1)
    if nation is not None and nation.entry.why == "demonym":
        return False
    if (
        _is_initial(text, before, tokens[at].start)
        or before.key in NEVER_FIRST
        or (before.key in OCCUPATIONS and starts_sentence(text, before.start))
    ):
        return False
    return before.raw[0].isupper() and joins(text, tokens, at - 1) and not is_title(before.key)


_NO_KING = words_of(
    """war phase part type vatican chapter volume level tier division class title article basel mark act generation
    world minsk oslo geneva vienna group category grade stage act annex table figure schedule section start salt"""
)


def numbered_names(text: str, tokens: Sequence[Token], nations: Nations, capitals: Sequence[int]) -> Iterator[Name]:
    """One capitalised word and the number of a king or pope: `Tawadros II`, `Felipe VI`."""
    for at in capitals:
        number = tokens[at]
        if (
            number.key not in REGNAL
            or len(number.raw) < 2
            or at == 0
            or not number.raw.isupper()
            or not is_space(text, tokens, at - 1)
        ):
            continue
        word = tokens[at - 1]
        if (
            word.key in _NO_KING
            or word.key in NOT_NAMES
            or not word.raw[0].isupper()
            or word.raw.isupper()
            or nations.get(at - 1)
        ):
            continue
        if (
            at > 1
            and tokens[at - 2].raw[0].isupper()
            and joins(text, tokens, at - 2)
            and not is_personal(tokens[at - 2])
        ):
            continue
        name = clear_name(text, tokens, at - 1, at + 1, nations)
        if name is not None:
            yield name


_BRACKET = re.compile(r"\(([^()\n]{2,60})\) (?=[^\W\d_])")


def bracketed_names(
    text: str, tokens: Sequence[Token], nations: Nations, index_at: Mapping[int, int]
) -> Iterator[Name]:
    """Names with a bracket inside: `(Turkish President Recep Tayyip) Erdogan`.

    `index_at` gives the index of the word that starts at a character.
    """
    for match in _BRACKET.finditer(text):
        outer = index_at.get(match.end())
        if outer is None or not tokens[outer].raw[0].isupper():
            continue
        first = outer
        while first and tokens[first - 1].start > match.start():
            first -= 1
        inside = tokens[first:outer]
        announced = any(is_personal(t) for t in inside)
        if not inside or not (announced or (len(inside) <= 2 and all(t.raw[0].isupper() for t in inside))):
            continue
        head = clear_name(text, tokens, first, outer, nations)
        if head is None or head.end != tokens[outer - 1].end:
            continue
        if not announced and (head.start != inside[0].start or nations.get(first) or is_title(head.keys[0])):
            continue
        tail = tokens[outer]
        label = label_of(f"{head.label} {tail.raw}")
        yield Name(head.start, tail.end, label, (*head.keys, tail.key), head.title)


_NICKNAME = re.compile(r"(?<=\w) (?:\(([^\W\d_][\w'’-]+)\)|[\"“]([^\W\d_][\w'’-]+)[\"”]) (?=[^\W\d_])")


def nicknamed_names(
    text: str, tokens: Sequence[Token], nations: Nations, index_at: Mapping[int, int]
) -> Iterator[Name]:
    """Names with a nickname in them: `Abdourahmane (Omar) Tchiani`. The nickname is no part of the label."""
    for match in _NICKNAME.finditer(text):
        group = 1 if match.group(1) else 2
        nickname, after = index_at.get(match.start(group)), index_at.get(match.end())
        if nickname is None or after is None or nickname == 0:
            continue
        if not all(tokens[at].raw[0].isupper() for at in (nickname - 1, nickname, after)):
            continue
        first = nickname - 1
        while first and tokens[first - 1].raw[0].isupper() and joins(text, tokens, first - 1) and nickname - first < 4:
            first -= 1
        head = clear_name(text, tokens, first, nickname, nations)
        tail = tokens[after]
        if head is None or head.end != tokens[nickname - 1].end or tail.key in NOT_NAMES or is_title(tail.key):
            continue
        last = with_rest(text, tokens, after, after + 1)
        end = tokens[last - 1].end + (1 if text[tokens[last - 1].end :].startswith(".") and last > after + 1 else 0)
        keys = (*head.keys, *(token.key for token in tokens[after:last]))
        yield Name(head.start, end, label_of(f"{head.label} {text[tail.start : end]}"), keys, head.title)


_BYLINE = re.compile(r"^[ \t]*(?:By|BY|Written by|Reported by|Story by)[: ][ \t]*([^\n]{3,60})$", re.MULTILINE)


def byline_names(text: str, tokens: Sequence[Token], index_at: Mapping[int, int], nations: Nations) -> Iterator[Name]:
    """Names in lines such as `By Hadi Rezaei`."""
    for match in _BYLINE.finditer(text):
        first = index_at.get(match.start(1))
        if first is None:
            continue
        last = first
        while last < len(tokens) and tokens[last].end <= match.end(1):
            last += 1
        if last - first >= 2 and all(t.raw[0].isupper() or t.key in PARTICLES for t in tokens[first:last]):
            name = clear_name(text, tokens, first, last, nations)
            if name is not None and len(name.keys) >= 2:
                yield name
