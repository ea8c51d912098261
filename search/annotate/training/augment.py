"""Variations of labelled texts: other names, other letter case, and the layout of real news articles.

Every function is pure but for the random generator it is handed, and keeps offsets true: see `rewrite`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from search.annotate.training.corpora import Edit, Entity, LabelledText, join, rewrite
from search.annotate.training.cultures import CULTURES, Culture
from search.annotate.training.surfaces import AGENCIES, ORGANIZATIONS, PLACES, TOPICS, pool

_MONTHS = pool("""
    January, February, March, April, May, June, July, August, September, October, November, December,
    Jan., Feb., Mar., Apr., Jun., Jul., Aug., Sept., Oct., Nov., Dec.
""")
_SMALL_WORDS = frozenset(
    pool("""
        a, an, and, as, at, but, by, for, from, in, into, nor, of, off, on, or, over, per,
        the, to, via, vs, with
    """)
)
_ONSETS = pool(
    "b, ch, d, f, g, gh, h, j, k, kh, l, m, mb, n, nd, ng, ny, p, q, r, s, sh, t, ts, v, w, y, z, zh, br, kr"
)
_RIMES = pool("a, a, e, i, i, o, u, ai, ou, an, ar, el, en, er, il, im, in, is, on, or, ul, un, ush, az, ek, ovo, ira")
_ACRONYM = re.compile(r"[A-Z]{2,6}")
# Names that a template would spoil: single words such as "Parliament" or "Reuters" are learnt as they are.
_LONG_NAME = re.compile(r"\S+ \S+ .*\S")
_WORD = re.compile(r"[^\W\d_][\w'’]*")


@dataclass(frozen=True, slots=True)
class Rates:
    """How often each variation is applied to a text that allows for it (0 to 1)."""

    persons: float = 0.4
    places: float = 0.12
    acronyms: float = 0.15
    organizations: float = 0.12
    title_case: float = 0.06
    upper_case: float = 0.02
    curly: float = 0.4
    wrapped: float = 0.04
    headline: float = 0.15
    dateline: float = 0.15
    # Of the swapped persons and places: a name made of syllables, which only shape and surroundings tell.
    made_up: float = 0.0


# --- names ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Identity:
    given: str
    family: str
    family_first: bool

    def full(self) -> str:
        return f"{self.family} {self.given}" if self.family_first else f"{self.given} {self.family}"


def _identity(culture: Culture, random: Random) -> _Identity:
    given = random.choice(culture.given)
    if not culture.family_first and random.random() < 0.08:
        given += f" {random.choice('ABCDEFGHJKLMNPRSTW')}."
    return _Identity(given, random.choice(culture.family), culture.family_first)


def made_up_name(random: Random) -> str:
    """A name that no text has: two to four syllables."""
    syllables = (random.choice(_ONSETS) + random.choice(_RIMES) for _ in range(random.choice((2, 2, 3, 3, 4))))
    return "".join(syllables).capitalize()


def swap_persons(source: LabelledText, random: Random, made_up: float = 0.0) -> LabelledText:
    """Every person under another name: the same person under the same one, by the last word of the name.

    Most texts draw from one culture, as most articles do; a mixture now and then.
    """
    home = random.choice(CULTURES)
    identities: dict[str, _Identity] = {}
    edits = []
    for entity in source.entities:
        if entity.label == "PERSON":
            words = source.surface(entity).split()
            if words[-1] not in identities:
                culture = home if random.random() < 0.7 else random.choice(CULTURES)
                person = _identity(culture, random)
                if made_up and random.random() < made_up:
                    person = replace(person, family=made_up_name(random))
                identities[words[-1]] = person
            person = identities[words[-1]]
            edits.append(Edit(entity.start, entity.end, person.full() if len(words) > 1 else person.family))
    return rewrite(source, edits)


def _swap(source: LabelledText, wanted: Callable[[Entity, str], bool], make: Callable[[], str]) -> LabelledText:
    """The wanted entities replaced: equal surfaces by equal names."""
    names: dict[str, str] = {}
    edits = []
    for entity in source.entities:
        surface = source.surface(entity)
        if wanted(entity, surface):
            if surface not in names:
                names[surface] = make()
            edits.append(Edit(entity.start, entity.end, names[surface]))
    return rewrite(source, edits)


def swap_places(source: LabelledText, random: Random, made_up: float = 0.0) -> LabelledText:
    """About half of the cities, states and countries under other names."""

    def make() -> str:
        return made_up_name(random) if made_up and random.random() < made_up else random.choice(PLACES)

    return _swap(
        source,
        lambda entity, surface: entity.label == "GPE" and not surface.isupper() and random.random() < 0.5,
        make,
    )


def swap_acronyms(source: LabelledText, random: Random) -> LabelledText:
    """Acronyms of organisations replaced by made-up ones, so that the shape counts and not the letters."""

    def make() -> str:
        return "".join(random.choice("ABCDEFGHIKLMNOPRSTUW") for _ in range(random.choice((3, 3, 3, 4, 4, 5))))

    return _swap(
        source,
        lambda entity, surface: entity.label == "ORG" and bool(_ACRONYM.fullmatch(surface)),
        make,
    )


def organization_name(random: Random) -> str:
    """A made-up organisation of the kinds that news writes about."""
    name = random.choice(ORGANIZATIONS).format(
        place=random.choice(PLACES),
        topic=random.choice(TOPICS),
        family=random.choice(random.choice(CULTURES).family),
    )
    # "the al-Masri Group" occurs; a name that starts with a small letter at the head of a sentence does not.
    return name[0].upper() + name[1:]


def swap_organizations(source: LabelledText, random: Random) -> LabelledText:
    """Long names of organisations (three words and more) replaced by made-up ones."""
    return _swap(
        source,
        lambda entity, surface: entity.label == "ORG" and bool(_LONG_NAME.fullmatch(surface)),
        lambda: organization_name(random),
    )


# --- letters --------------------------------------------------------------------------------------------


def upper_case(source: LabelledText) -> LabelledText:
    """The text in capitals; a letter whose capital is two letters stays as it is, so offsets stand."""
    text = "".join(c.upper() if len(c.upper()) == 1 else c for c in source.text)
    return LabelledText(text, source.entities)


def title_case(source: LabelledText) -> LabelledText:
    """The text as a headline: every word but the small ones starts with a capital."""

    def capital(match: re.Match[str]) -> str:
        word = match.group()
        first = word[0].upper()
        return word if word in _SMALL_WORDS or len(first) != 1 else first + word[1:]

    return LabelledText(_WORD.sub(capital, source.text), source.entities)


def curly_quotes(source: LabelledText) -> LabelledText:
    """Straight quotation marks and apostrophes as typeset ones; one character each, so offsets stand."""
    text = re.sub(r'(?:(?<=\s)|(?<=^)|(?<=\())"', "“", source.text).replace('"', "”")
    text = re.sub(r"(?:(?<=\s)|(?<=^))'(?=\w)", "‘", text).replace("'", "’")
    return LabelledText(text, source.entities)


def wrap_lines(source: LabelledText, random: Random) -> LabelledText:
    """The text broken into lines of one width at spaces outside of entities, as in plain-text mail."""
    width = random.randint(50, 90)
    inside = {i for e in source.entities for i in range(e.start, e.end)}
    edits = []
    line_start = 0
    for match in re.finditer(" ", source.text):
        if match.start() - line_start >= width and match.start() not in inside:
            edits.append(Edit(match.start(), match.end(), "\n"))
            line_start = match.end()
    return rewrite(source, edits)


# --- layout ---------------------------------------------------------------------------------------------


def _date(random: Random) -> str:
    month, day = random.choice(_MONTHS), random.randint(1, 28)
    return random.choice((f"{month} {day}", f"{day} {month}", f"{month} {day}, {random.randint(1999, 2025)}"))


def dateline(random: Random) -> LabelledText:
    """A made-up dateline, up to and with its dash: place, perhaps date, perhaps agency in brackets."""
    place = random.choice(PLACES)
    parts = [place.upper() if random.random() < 0.75 else place]
    labels = [Entity(0, len(place), "GPE")]
    # A place whose capitals are longer than itself would need other offsets; none in the pool is.
    if random.random() < 0.15:
        country = random.choice(PLACES)
        start = len(parts[0]) + 2
        parts.append(f", {country}")
        labels.append(Entity(start, start + len(country), "GPE"))
    if random.random() < 0.55:
        parts.append(random.choice((", ", ", ", " ")) + _date(random))
    if random.random() < 0.6:
        agency = random.choice(AGENCIES)
        start = len("".join(parts)) + 2
        parts.append(f" ({agency})")
        labels.append(Entity(start, start + len(agency), "ORG"))
    parts.append(random.choice((" – ", " — ", " - ", " -- ", ": ", "–", " –")))
    return LabelledText("".join(parts), tuple(labels))


def with_dateline(source: LabelledText, random: Random) -> LabelledText:
    """The text with a dateline before it."""
    head = dateline(random)
    return join([head, source], ["" if head.text[-1] in " –" and random.random() < 0.9 else " "])


def with_headline(source: LabelledText, headline: LabelledText, random: Random) -> LabelledText:
    """The text under a headline, with perhaps a byline or a date line between the two."""
    style = random.random()
    if style < 0.6:
        headline = title_case(headline)
    elif style < 0.75:
        headline = upper_case(headline)
    parts = [headline]
    if random.random() < 0.3:
        parts.append(LabelledText(_date(random)))
    if random.random() < 0.25:
        name = _identity(random.choice(CULTURES), random).full()
        parts.append(LabelledText(f"By {name}", (Entity(3, 3 + len(name), "PERSON"),)))
    gap = "\n\n" if random.random() < 0.7 else "\n"
    return join([*parts, source], [gap] * len(parts))


def first_sentence(source: LabelledText, longest: int = 110) -> LabelledText | None:
    """The opening of a text up to its first full stop, without it; None where that is not headline-sized."""
    stop = source.text.find(". ")
    # A stop within an entity ("U.S. Congress") or after one letter ("J. Smith") ends no sentence.
    if not 25 <= stop <= longest or any(e.start <= stop < e.end for e in source.entities):
        return None
    return LabelledText(source.text[:stop], tuple(e for e in source.entities if e.end <= stop))


def group(texts: Sequence[LabelledText], random: Random) -> list[LabelledText]:
    """Neighbouring texts joined into longer ones: sentences of a paragraph, or paragraphs of an article."""
    grouped = []
    begin = 0
    while begin < len(texts):
        aim = random.choice((0, 200, 500, 900, 1500))
        end, size = begin + 1, len(texts[begin].text)
        while end < len(texts) and size + len(texts[end].text) < aim:
            size += len(texts[end].text)
            end += 1
        gap = random.choice((" ", " ", "\n\n", "\n\n", "\n"))
        grouped.append(join(texts[begin:end], [gap] * (end - begin)))
        begin = end
    return grouped


def augment(source: LabelledText, rates: Rates, random: Random) -> LabelledText:
    """One random variation of a text."""
    result = source
    if random.random() < rates.persons:
        result = swap_persons(result, random, rates.made_up)
    if random.random() < rates.organizations:
        result = swap_organizations(result, random)
    if random.random() < rates.acronyms:
        result = swap_acronyms(result, random)
    if random.random() < rates.places:
        result = swap_places(result, random, rates.made_up)
    case = random.random()
    if case < rates.title_case:
        result = title_case(result)
    elif case < rates.title_case + rates.upper_case:
        result = upper_case(result)
    else:
        result = _laid_out(result, rates, random)
    if random.random() < rates.wrapped:
        result = wrap_lines(result, random)
    return curly_quotes(result) if random.random() < rates.curly else result


def _laid_out(source: LabelledText, rates: Rates, random: Random) -> LabelledText:
    headline = first_sentence(source)
    result = with_dateline(source, random) if random.random() < rates.dateline else source
    if headline is not None and random.random() < rates.headline:
        result = with_headline(result, headline, random)
    return result
