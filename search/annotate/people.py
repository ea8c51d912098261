"""The people of one article: names cleared of titles, and later mentions joined to the full name."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from search.annotate.announced import (
    bracketed_names,
    byline_names,
    known_given_names,
    names_by_given_name,
    names_by_role,
    nicknamed_names,
    numbered_names,
    titled_names,
)
from search.annotate.gazetteer import Match, load_gazetteer
from search.annotate.names import Name, Nations, clear_name, joins, label_of, nations_by_token
from search.annotate.slugs import slug
from search.annotate.spans import SpanIndex
from search.annotate.titles import NOT_NAMES, ROYAL, is_title, words_of
from search.annotate.tokens import Token, is_heading, starts_sentence, tokenize

__all__ = ["NameMention", "Person", "find_people"]


_BESIDE_OFFICE = "office beside it"


@dataclass(eq=False)
class Person:
    """Someone named in the article. `keys` are the folded words of the fullest name; `spellings` counts the full."""

    keys: tuple[str, ...]
    core: tuple[str, ...]
    suffix: str
    spellings: Counter[str] = field(default_factory=Counter)
    titles: set[str] = field(default_factory=set)

    @property
    def label(self) -> str:
        """The fullest spelling, unless it stands once and a shorter full one often."""
        words = {spelling: len(spelling.replace("-", " ").split()) for spelling in self.spellings}
        order = list(self.spellings)
        fullest = max(order, key=lambda s: (words[s], self.spellings[s], -order.index(s)))
        usual = max(order, key=lambda s: (words[s] > 1, self.spellings[s], words[s], -order.index(s)))
        often = self.spellings[usual] >= 3 and self.spellings[fullest] == 1 and words[usual] > 1
        return usual if often else fullest

    @property
    def value(self) -> str:
        """The facet value."""
        return slug(self.label)


class NameMention(NamedTuple):
    """Where a person is named, and how it is known to be that person."""

    start: int
    end: int
    person: Person
    why: str


class _Candidate(NamedTuple):
    name: Name
    why: str
    trusted: bool  # may it make a person of its own?


def find_people(
    text: str, tokens: Sequence[Token], spans: SpanIndex, matches: Sequence[Match], author: str | None = None
) -> list[NameMention]:
    """Where people are named in a text, in order, without overlap. A surname that could be two people's is left out."""
    candidates = _candidates(text, tokens, spans, nations_by_token(matches), author)
    full = [c for c in candidates if len(c.name.core) > 1 or c.name.suffix or _is_royal(c.name)]
    people = _grouped(full)
    mentions = [NameMention(c.name.start, c.name.end, person, c.why) for c, person in _assigned(text, full, people)]
    taken = {c.name.start for c in full}
    single = [c for c in candidates if c.name.start not in taken]
    mentions, single = _aliases(text, candidates, mentions, single)
    mentions += _joined(text, tokens, spans, single, people)
    mentions += _untagged(text, tokens, spans, people, mentions, candidates)
    mentions += _respelled(text, mentions)
    return _without_overlap(mentions)


def _is_royal(name: Name) -> bool:
    return len(name.keys) == 1 and name.title in ROYAL


def _candidates(
    text: str, tokens: Sequence[Token], spans: SpanIndex, nations: Nations, author: str | None
) -> list[_Candidate]:
    starts = [token.start for token in tokens]
    ends = [token.end for token in tokens]
    index_at = {start: at for at, start in enumerate(starts)}
    lowered = {token.key for token in tokens if token.raw.islower()}
    found = [_Candidate(n, "name around a bracket", True) for n in bracketed_names(text, tokens, nations, index_at)]
    found += [_Candidate(n, "name around a nickname", True) for n in nicknamed_names(text, tokens, nations, index_at)]
    found += [_Candidate(n, "byline", True) for n in byline_names(text, tokens, index_at, nations)]
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
                found.append(_Candidate(name, "name", bool(name.title) or (known and not heading)))
            elif name is None and last - first > 1:
                break
            first = max(following, first + 1)
    announced = [(name, "title before it") for name in titled_names(text, tokens, nations)]
    announced += [(name, _BESIDE_OFFICE) for name in names_by_role(text, tokens, nations)]
    announced += [(name, "given name") for name in names_by_given_name(text, tokens, nations)]
    announced += [(name, "number of a sovereign") for name in numbered_names(text, tokens, nations)]
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
        found.append(_Candidate(name, why, not heading))
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
        if text[word.end : tokens[first].start] != " " or not _could_belong(spans, nations, tokens, first - 1):
            break
        if starts_sentence(text, word.start) and word.key not in known_given_names():
            break
        first -= 1
    return first, last


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


_OF_A_PERSON = words_of("administration government presidency era regime family campaign cabinet")
_THINGS = words_of(
    """hurricane storm typhoon cyclone operation uss hms mv ss ins carrier ship frigate destroyer tanker"""
)


def _names_a_thing(text: str, tokens: Sequence[Token], at: int, name: Name) -> bool:
    """Is it a ship's or a storm's name by the word before it: "the Abraham Lincoln", "Hurricane Maria"?"""
    if not name.title and text[name.end : name.end + 2].strip().isdigit():  # Nord Stream 2
        return True
    if not at or name.title or not joins(text, tokens, at - 1):
        return False
    before = tokens[at - 1].key
    if before in _THINGS:
        return True
    after = at + len(name.keys)
    following = tokens[after].key if after < len(tokens) else ""
    return before == "the" and not name.suffix and len(name.core) > 1 and following not in _OF_A_PERSON


def _author(text: str, tokens: Sequence[Token], author: str) -> list[_Candidate]:
    keys = [token.key for token in tokenize(author)]
    if not 2 <= len(keys) <= 5 or any(key in NOT_NAMES for key in keys):
        return []
    found = []
    for at in range(len(tokens) - len(keys) + 1):
        if tokens[at].key == keys[0] and [token.key for token in tokens[at : at + len(keys)]] == keys:
            start, end = tokens[at].start, tokens[at + len(keys) - 1].end
            if "\n" not in text[start:end]:
                found.append(_Candidate(Name(start, end, label_of(text[start:end]), tuple(keys), ""), "author", True))
    return found


def _longest(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """Of candidates that overlap, the longest; of equal ones, that which is trusted, with a title if any has one."""
    merged: dict[tuple[int, int], _Candidate] = {}
    for candidate in candidates:
        at = candidate.name.start, candidate.name.end
        known = merged.get(at)
        if known is None:
            merged[at] = candidate
            continue
        title = known.name.title or candidate.name.title
        why = candidate.why if candidate.why == _BESIDE_OFFICE else known.why
        merged[at] = _Candidate(known.name._replace(title=title), why, known.trusted or candidate.trusted)
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


# Grouping -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=20_000)
def _sound(key: str) -> str:
    """A word without the ways in which transliterations of one name differ."""
    folded = (
        key.replace("ou", "u")
        .replace("ee", "i")
        .replace("ph", "f")
        .replace("y", "i")
        .replace("ei", "i")
        .replace("ii", "i")
    )
    return re.sub(r"(.)\1", r"\1", folded)


def _same(one: str, other: str) -> bool:
    """Equal words, or one the initial of the other, or two transliterations."""
    if one == other:
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return len(one) > 3 and len(other) > 3 and _sound(one) == _sound(other)


def compatible(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Can two full names, words folded and particles left out, be of one person? `long` has at least as many words.

    The first and last words agree and those between are among the longer one's; or the shorter one is how the longer
    one begins or ends (Pena Nieto, Enrique Pena Nieto). Never for two different given names.
    """
    if len(short) < 2:
        return False
    if short == long:
        return True
    # The end of a longer name is a name of the same person (Pena Nieto) unless it starts with a given name: then it is
    # as likely the father's (Idriss Déby, Mahamat Idriss Déby).
    if long[-len(short) :] == short and short[0] not in known_given_names():
        return True
    if len(short) < len(long) and long[: len(short)] == short:
        return True
    if not (_same(short[0], long[0]) and _same(short[-1], long[-1])):
        return False
    middle = iter(long[1:-1])
    return all(any(_same(word, other) for other in middle) for word in short[1:-1])


def _grouped(full: Sequence[_Candidate]) -> list[Person]:
    """People from full names, the fullest first; a name that fits two people makes none and joins none."""
    people: list[Person] = []
    seen: set[tuple[tuple[str, ...], str]] = set()
    for candidate in sorted(full, key=lambda c: (-len(c.name.core), c.name.start)):
        name = candidate.name
        if (name.core, name.suffix) in seen or not candidate.trusted:
            continue
        seen.add((name.core, name.suffix))
        if not _fitting(name, people):
            people.append(Person(name.keys, name.core, name.suffix, titles=_titles_of(name, full)))
    return people


def _titles_of(name: Name, full: Sequence[_Candidate]) -> set[str]:
    return {c.name.title for c in full if c.name.core == name.core and c.name.title}


def _fitting(name: Name, people: Sequence[Person]) -> list[Person]:
    exact = [p for p in people if p.core == name.core and p.suffix == name.suffix]
    if exact:
        return exact
    if _is_royal(name):
        return [
            p for p in people if p.core[0] == name.keys[0] and (len(p.core) == 1 or p.suffix or name.title in p.titles)
        ]
    fits = [
        p
        for p in people
        if p.suffix == name.suffix  # a bare name beside one with Jr is the father's
        and (compatible(name.core, p.core) or (len(name.core) == len(p.core) > 1 and compatible(p.core, name.core)))
    ]
    if len(fits) > 1 and name.suffix:
        fits = [p for p in fits if p.suffix == name.suffix] or fits
    return fits


def _assigned(text: str, full: Sequence[_Candidate], people: Sequence[Person]) -> list[tuple[_Candidate, Person]]:
    """The full names with their people; those that fit several are left out. Counts the spellings."""
    assigned = []
    for candidate in full:
        fits = _fitting(candidate.name, people)
        if len(fits) != 1:
            continue
        name = candidate.name
        label = _royal_label(text, name) if _is_royal(name) else name.label
        weight = 1 if candidate.trusted else 0
        fits[0].spellings[label] += weight
        assigned.append((candidate, fits[0]))
    return assigned


_REALM = re.compile(r" of ((?:Saudi )?[A-Z][a-z]+)\b")


def _royal_label(text: str, name: Name) -> str:
    """`Pope Francis`, `King Hussein of Jordan`."""
    realm = _REALM.match(text, name.end)
    of = ""
    if realm is not None and (entry := load_gazetteer().lookup(realm.group(1))) is not None and entry.why == "name":
        of = realm.group()
    return f"{name.title.capitalize()} {name.label}{of}"


def _joined(
    text: str, tokens: Sequence[Token], spans: SpanIndex, single: Sequence[_Candidate], people: list[Person]
) -> list[NameMention]:
    """Mentions by one word: of the one person with that surname or other name, else of a person known by it alone."""
    full = list(people)
    alone: dict[str, Person] = {}
    mentions = []
    for candidate in single:
        name = candidate.name
        owner, why = owner_of(name.core[-1] if len(name.core) == 1 else "", full)
        if owner is not None:
            mentions.append(NameMention(name.start, name.end, owner, why))
        elif why != "ambiguous" and len(name.core) == 1:
            person = alone.get(name.core[0])
            if person is None:
                trusted = any(c.trusted for c in single if c.name.core == name.core)
                announced = candidate.why == _BESIDE_OFFICE
                if not trusted or not (announced or _stands_alone(text, tokens, name, spans)):
                    continue
                person = alone[name.core[0]] = Person(name.keys, name.core, "")
                people.append(person)
            person.spellings[name.label] += 1
            mentions.append(NameMention(name.start, name.end, person, candidate.why))
    return mentions


_LOCATIVE = words_of(
    """in at near into around outside across towards toward to from through beyond within inside via"""
)
_NO_PERSON_BEFORE = words_of(
    """hurricane storm typhoon cyclone operation uss hms mv ss ins ship company river mount lake fort called named"""
)


def _stands_alone(text: str, tokens: Sequence[Token], name: Name, spans: SpanIndex) -> bool:
    """Is a single word the name of a person, though no full name here has it? All its mentions tell.

    Not where it is said that something is *in* it or goes *to* it, that it is *the* one of its kind, or where the
    recogniser is of two minds.
    """
    (key,) = name.core
    persons = others = 0
    for at, token in enumerate(tokens):
        if token.key != key or not token.raw[0].isupper():
            continue
        before = tokens[at - 1] if at else None
        if before is not None and joins(text, tokens, at - 1):
            if before.key in _NO_PERSON_BEFORE or (
                before.key in ("in", "at", "near", "into", "around", "outside") and before.raw.islower()
            ):
                return False
            following = tokens[at + 1].key if at + 1 < len(tokens) else ""
            if before.key == "the":
                return following in _OF_A_PERSON
        span = spans.covering(token.start, token.end)
        if span is not None and span.label == "PERSON":
            persons += 1
        elif span is not None:
            others += 1
    if name.title:
        return True
    return persons > others and (persons > 1 or _acts(text, tokens, name))


_ACTS = words_of(
    """said says told tells added announced wrote warned called urged vowed insisted denied resigned died met
    visited won lost became is was has had will would who and himself herself also himself argued claimed
    replied spoke"""
)


def _acts(text: str, tokens: Sequence[Token], name: Name) -> bool:
    """Does the word, seen once, do what people do: `Suharto resigned`; or does a person's verb come before it?"""
    after = re.match(r"(?:['’]s)?,? (\w+)", text[name.end : name.end + 40])
    return after is not None and after.group(1) in _ACTS


_ALIAS = re.compile(
    r"(?:['’]s)?,? ?(?:\(|(?:who (?:is|was) )?"
    r"(?:(?:also|better|widely|popularly|commonly|universally|simply) )?known (?:simply )?(?:as|by)"
    r"|alias|called|nicknamed|dubbed|a\.?k\.?a\.?|whose nom de guerre (?:is|was)"
    r"|whose real name (?:is|was)|born) ?[\"“‘']?$"
)


def _aliases(
    text: str, candidates: Sequence[_Candidate], mentions: list[NameMention], single: list[_Candidate]
) -> tuple[list[NameMention], list[_Candidate]]:
    """Join what stands behind a full name as another name of its bearer: `Ahmed al-Sharaa (Abu Mohammed al-Golani)`."""
    owners = {mention.start: mention.person for mention in mentions}
    aliases: dict[tuple[str, ...], Person] = {}
    for before, after in itertools.pairwise(candidates):
        between = text[before.name.end : after.name.start]
        person = owners.get(before.name.start)
        if person is None or len(between) > 60 or not _ALIAS.fullmatch(between) or after.name.title:
            continue
        if between.strip() == "(" and text[after.name.end : after.name.end + 1] != ")":
            continue
        if owners.get(after.name.start) is not person:
            aliases.setdefault(after.name.core, person)
    if not aliases:
        return mentions, single
    kept = []
    for mention in mentions:
        core = mention.person.core
        if core in aliases and aliases[core] is not mention.person:
            mention = mention._replace(person=aliases[core], why=f"other name of {aliases[core].label}")
        kept.append(mention)
    rest = []
    for candidate in single:
        person = aliases.get(candidate.name.core)
        if person is None:
            rest.append(candidate)
        else:
            kept.append(NameMention(candidate.name.start, candidate.name.end, person, f"other name of {person.label}"))
    return kept, rest


def owner_of(word: str, people: Iterable[Person]) -> tuple[Person | None, str]:
    """Whose name a single folded word is: by surname first, else by any word of the name; and why.

    Nobody, and "ambiguous", where it could be two people's.
    """
    for place, role in ((-1, "surname"), (0, "given name"), (None, "part of the name")):
        owners = [p for p in people if (p.core[place] == word if place is not None else word in p.core[1:-1])]
        if place == 0 and owners and len({p.core for p in owners}) == 1:
            return owners[0], f"{role} of {owners[0].label}"
        if len(owners) == 1:
            return owners[0], f"{role} of {owners[0].label}"
        if owners:
            return None, "ambiguous"
    return None, ""


def _untagged(
    text: str,
    tokens: Sequence[Token],
    spans: SpanIndex,
    people: Sequence[Person],
    mentions: Sequence[NameMention],
    candidates: Sequence[_Candidate],
) -> list[NameMention]:
    """Surnames of the people with full names where the recogniser saw none."""
    full = [p for p in people if len(p.core) > 1]
    by_surname: dict[str, list[Person]] = defaultdict(list)
    for person in full:
        by_surname[person.core[-1]].append(person)
    lowered = {token.key for token in tokens if token.raw.islower()}
    covered = sorted((c.name.start, c.name.end) for c in candidates)
    found = []
    for token in tokens:
        owners = by_surname.get(token.key)
        if owners is None or len(owners) != 1 or not token.raw[0].isupper() or len(token.raw) < 3:
            continue
        at = bisect_right(covered, (token.start, len(text)))
        if at and covered[at - 1][1] > token.start:
            continue
        common = token.key in lowered or token.key in NOT_NAMES or token.key in _COMMON
        if common or (token.raw.isupper() and len(token.raw) < 4):
            continue
        span = spans.covering(token.start, token.end)
        if (
            span is not None
            and span.label in ("ORG", "PLACE", "GROUP")
            and (span.start, span.end) != (token.start, token.end)
        ):
            continue
        if span is not None and span.label == "PLACE" and not starts_sentence(text, token.start):
            continue
        found.append(NameMention(token.start, token.end, owners[0], f"surname of {owners[0].label}"))
    return found


_COMMON = words_of(
    """may will march april june august bush rice park king moon long young brown green white black gray hope price
    rose"""
)

_RESPELLED = re.compile(r" \((?:also |or )?([^\W\d_][^\W\d_'’-]{2,20})\)")


def _respelled(text: str, mentions: Sequence[NameMention]) -> list[NameMention]:
    """Another spelling of the surname in brackets: `Ebrahim Raisi (Raeesi)`."""
    found = []
    for mention in mentions:
        match = _RESPELLED.match(text, mention.end)
        if match and match.group(1)[0].isupper():
            (word,) = tokenize(match.group(1))[:1] or (None,)
            last = mention.person.core[-1]
            if word is not None and word.key != last and _alike(word.key, last):
                found.append(
                    NameMention(match.start(1), match.end(1), mention.person, f"spelling of {mention.person.label}")
                )
    return found


def _alike(one: str, other: str) -> bool:
    """The same first letter, and the same consonants."""
    return one[0] == other[0] and re.sub("[aeiouyjwh]", "", one) == re.sub("[aeiouyjwh]", "", other)


def _without_overlap(mentions: Iterable[NameMention]) -> list[NameMention]:
    kept: list[NameMention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
