"""The people of one article: names cleared of titles, and later mentions joined to the full name."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from search.annotate.announced import known_given_names
from search.annotate.candidates import BESIDE_OFFICE, OF_A_PERSON, Candidate, name_candidates
from search.annotate.gazetteer import Match, load_gazetteer
from search.annotate.names import Name, Nations, joins
from search.annotate.slugs import slug
from search.annotate.spans import SpanIndex
from search.annotate.titles import NOT_NAMES, ROYAL, words_of
from search.annotate.tokens import Token, starts_sentence, tokenize

__all__ = ["NameMention", "Person", "find_people"]


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


def find_people(
    text: str, tokens: Sequence[Token], spans: SpanIndex, matches: Sequence[Match], author: str | None = None
) -> list[NameMention]:
    """Where people are named in a text, in order, without overlap. A surname that could be two people's is left out."""
    candidates = name_candidates(text, tokens, spans, Nations(matches), author)
    full = [c for c in candidates if len(c.name.core) > 1 or c.name.suffix or _is_royal(c.name)]
    people = _grouped(full)
    mentions = [NameMention(c.name.start, c.name.end, person, c.why) for c, person in _assigned(text, full, people)]
    taken = {c.name.start for c in full}
    single = [c for c in candidates if c.name.start not in taken]
    mentions, single = _aliases(text, candidates, mentions, single)
    bearers = {id(mention.person) for mention in mentions}
    people = [person for person in people if id(person) in bearers]  # without those that are another name of someone
    mentions += _joined(text, tokens, spans, single, people)
    mentions += _untagged(text, tokens, spans, people, mentions, candidates)
    mentions += _respelled(text, mentions)
    return _without_overlap(mentions)


def _is_royal(name: Name) -> bool:
    return len(name.keys) == 1 and name.title in ROYAL


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


def _grouped(full: Sequence[Candidate]) -> list[Person]:
    """People from full names, the fullest first; a name that fits two people makes none and joins none."""
    people: list[Person] = []
    seen: set[tuple[tuple[str, ...], str]] = set()
    titles: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for candidate in full:
        if candidate.name.title:
            titles[candidate.name.core].add(candidate.name.title)
    for candidate in sorted(full, key=lambda c: (-len(c.name.core), c.name.start)):
        name = candidate.name
        if (name.core, name.suffix) in seen or not candidate.trusted:
            continue
        seen.add((name.core, name.suffix))
        if not _fitting(name, people):
            people.append(Person(name.keys, name.core, name.suffix, titles=titles[name.core]))
    return people


def _fitting(name: Name, people: Sequence[Person]) -> list[Person]:
    exact = [p for p in people if p.core == name.core and p.suffix == name.suffix]
    if exact:
        return exact
    if len(name.core) == 1 and name.suffix in ("jr", "sr"):  # Marcos Jr., of whom Ferdinand Marcos Jr. was told
        return [p for p in people if p.suffix == name.suffix and p.core[-1] == name.core[0]]
    if len(name.core) == 2 and name.core[0] in ROYAL:  # Sheikh Tamim, of whom Sheikh Tamim bin Hamad was told
        titled = [p for p in people if p.core[0] == name.core[1] and name.core[0] in p.titles and len(p.core) > 1]
        if titled:
            return titled
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


def _assigned(text: str, full: Sequence[Candidate], people: Sequence[Person]) -> list[tuple[Candidate, Person]]:
    """The full names with their people; those that fit several are left out. Counts the spellings."""
    assigned = []
    known: dict[tuple[tuple[str, ...], str], list[Person]] = {}  # a name stands in a text several times
    for candidate in full:
        key = candidate.name.keys, candidate.name.title
        if key not in known:
            known[key] = _fitting(candidate.name, people)
        fits = known[key]
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
    if (
        name.title not in ("sheikh", "sheik", "saint", "mullah")
        and realm is not None
        and (entry := load_gazetteer().lookup(realm.group(1))) is not None
        and entry.why == "name"
    ):
        of = realm.group()
    return f"{name.title.capitalize()} {name.label}{of}"


def _joined(
    text: str, tokens: Sequence[Token], spans: SpanIndex, single: Sequence[Candidate], people: list[Person]
) -> list[NameMention]:
    """Mentions by one word: of the one person with that surname or other name, else of a person known by it alone."""
    full = list(people)
    alone: dict[str, Person] = {}
    mentions = []
    trusted = {candidate.name.core for candidate in single if candidate.trusted}
    ranks = _ranks(tokens, {core[0] for core in trusted if len(core) == 1})
    for candidate in single:
        name = candidate.name
        owner, why = owner_of(name.core[-1] if len(name.core) == 1 else "", full)
        if owner is not None:
            mentions.append(NameMention(name.start, name.end, owner, why))
        elif why != "ambiguous" and len(name.core) == 1:
            person = alone.get(name.core[0])
            if person is None:
                announced = candidate.why == BESIDE_OFFICE
                if name.core not in trusted:
                    continue
                if not announced and not _stands_alone(text, tokens, name, spans, ranks[name.core[0]]):
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


MOST_TOLD = 200  # mentions of one word that are looked at; a text with more repeats itself


def _ranks(tokens: Sequence[Token], keys: Set[str]) -> dict[str, list[int]]:
    """The first ranks at which each of the words stands."""
    ranks: dict[str, list[int]] = {key: [] for key in keys}
    for rank, token in enumerate(tokens):
        found = ranks.get(token.key)
        if found is not None and len(found) < MOST_TOLD:
            found.append(rank)
    return ranks


def _stands_alone(text: str, tokens: Sequence[Token], name: Name, spans: SpanIndex, ranks: Sequence[int]) -> bool:
    """Is a single word the name of a person, though no full name here has it? Its mentions, at `ranks`, tell.

    Not where it is said that something is *in* it or goes *to* it, that it is *the* one of its kind, or where the
    recogniser is of two minds.
    """
    persons = others = placed = 0
    for at in ranks:
        token = tokens[at]
        if not token.raw[0].isupper():
            continue
        before = tokens[at - 1] if at else None
        if before is not None and joins(text, tokens, at - 1):
            if before.key in _NO_PERSON_BEFORE or (
                before.key in ("in", "at", "near", "into", "around", "outside") and before.raw.islower()
            ):
                return False
            placed += before.key == "on" and before.raw.islower()
            following = tokens[at + 1].key if at + 1 < len(tokens) else ""
            if before.key == "the":
                return following in OF_A_PERSON
        span = spans.covering(token.start, token.end)
        if span is not None and span.label == "PERSON":
            persons += 1
        elif span is not None:
            others += 1
    if name.title:
        return True
    if placed and placed >= persons + others:  # on Shishapangma
        return False
    return persons > others and (persons > 1 or _acts(text, tokens, name))


_ACTS = words_of(
    """said says told tells added announced wrote warned called urged vowed insisted denied resigned died met
    visited won lost became is was has had will would who and himself herself also himself argued claimed
    replied spoke"""
)


_AUXILIARY = words_of("is was has had will would became")


def _acts(text: str, tokens: Sequence[Token], name: Name) -> bool:
    """Does the word, seen once, do what people do: `Suharto resigned`; or does a person's verb come before it?"""
    after = re.match(r"(?:['’]s)?,? (\w+)", text[name.end : name.end + 40])
    if after is None or after.group(1) not in _ACTS:
        return False
    before = tokens[bisect_left(tokens, name.start, key=lambda token: token.start) - 1]
    if before.raw in ("of", "for", "with", "from") and before.end < name.start:  # "who plays for Freiburg, and"
        return False
    # At the start of a sentence every word has its capital, and whatever it is, it is or has something.
    return not (after.group(1) in _AUXILIARY and starts_sentence(text, name.start))


_ALIAS = re.compile(
    r"(?:['’]s)?,? ?(?:\(|(?:who (?:is|was) )?"
    r"(?:(?:also|better|widely|popularly|commonly|universally|simply) )?known (?:simply |in [\w ]{2,25} )?(?:as|by)"
    r"|alias|(?<=, )called|nicknamed|dubbed|a\.?k\.?a\.?|whose nom de guerre (?:is|was)"
    r"|whose real name (?:is|was)|born) ?[\"“‘']?$"
)


def _aliases(
    text: str, candidates: Sequence[Candidate], mentions: list[NameMention], single: list[Candidate]
) -> tuple[list[NameMention], list[Candidate]]:
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
    candidates: Sequence[Candidate],
) -> list[NameMention]:
    """Surnames of the people with full names where the recogniser saw none."""
    full = [p for p in people if len(p.core) > 1]
    if not full:
        return []
    lowered = {token.key for token in tokens if token.raw.islower()}
    by_surname: dict[str, list[Person]] = defaultdict(list)
    for person in full:
        by_surname[person.core[-1]].append(person)
    covered = sorted((c.name.start, c.name.end) for c in candidates)
    found = []
    for at_token, token in enumerate(tokens):
        owners = by_surname.get(token.key)
        if owners is None or not token.raw[0].isupper() or len(token.raw) < 3:
            continue
        named = [
            (person, first)
            for person in owners
            if (first := _start_of(text, tokens, at_token, person.keys)) is not None
        ]
        if len(named) == 1:
            ((person, first),) = named
            claimed = [span for span in spans.within(tokens[first].start, token.end) if span.label != "PERSON"]
            if not claimed and not _is_covered(covered, tokens[first].start, len(text)):
                found.append(NameMention(tokens[first].start, token.end, person, "name"))
            continue
        if len(owners) != 1:
            continue
        if _is_covered(covered, token.start, len(text)):
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


def _start_of(text: str, tokens: Sequence[Token], last: int, keys: tuple[str, ...]) -> int | None:
    """The first word of the full name of these words that ends with word `last`; None if another name or none does."""
    first = last - len(keys) + 1
    if len(keys) < 2 or first < 0 or tuple(token.key for token in tokens[first : last + 1]) != keys:
        return None
    return first if all(joins(text, tokens, at) for at in range(first, last)) else None


def _is_covered(covered: Sequence[tuple[int, int]], start: int, length: int) -> bool:
    at = bisect_right(covered, (start, length))
    return at > 0 and covered[at - 1][1] > start


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
