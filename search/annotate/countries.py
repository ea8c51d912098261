"""The countries that an article speaks of, each with its evidence: name, demonym, capital, city, region, metonym."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from search.annotate.gazetteer import Match, state_abbreviations
from search.annotate.spans import Span, SpanIndex
from search.annotate.titles import MAY_BE_GIVEN, words_of
from search.annotate.tokens import Token, starts_sentence

__all__ = ["Evidence", "find_countries"]


class Evidence(NamedTuple):
    """Words `first`…`last` (characters `start`…`end`) that speak of countries: one, or the two Koreas."""

    start: int
    end: int
    codes: tuple[str, ...]
    why: str


def find_countries(
    text: str,
    tokens: Sequence[Token],
    matches: Sequence[Match],
    spans: SpanIndex,
    names: Sequence[tuple[int, int]],
    surnames: Iterable[str] = (),
) -> list[Evidence]:
    """The evidence for countries in a text, in order, without overlap.

    `names` are the characters taken by names of persons, in order, `surnames` the folded last words of the full ones.
    """
    article = _Article(text, tokens, spans, names, frozenset(surnames))
    towns = _towns_in_states(article, matches)
    found: list[tuple[Match, Evidence]] = []
    doubtful: list[tuple[Match, Evidence]] = []
    for match in matches:
        start, end = tokens[match.first].start, tokens[match.last - 1].end
        if match.first in towns:
            found.append((match, Evidence(start, end, ("US",), towns[match.first])))
            continue
        if not match.entry.codes or article.in_name(start, end):
            continue
        verdict = _verdict(article, match, start, end)
        if verdict is not None:
            (found if verdict else doubtful).append((match, Evidence(start, end, match.entry.codes, match.entry.why)))
    found += _abbreviated_states(article, matches, towns)
    evidence = _settled(article, found, doubtful)
    evidence += _prefixes(text)
    evidence.sort(key=lambda e: (e.start, -e.end))
    kept: list[Evidence] = []
    for item in evidence:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


class _Article:
    """A text with what is known of it so far."""

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        spans: SpanIndex,
        names: Sequence[tuple[int, int]],
        surnames: frozenset[str],
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.spans = spans
        self.surnames = surnames
        self._names = names
        self._ends = [end for _, end in names]

    def in_name(self, start: int, end: int) -> bool:
        """Is a character of `start`…`end` part of a person's name?"""
        at = bisect_left(self._ends, start + 1)
        return at < len(self._names) and self._names[at][0] < end

    def key(self, at: int) -> str:
        """The folded word at an index; empty beyond the text."""
        return self.tokens[at].key if 0 <= at < len(self.tokens) else ""

    def gap(self, at: int) -> str:
        """What stands between the words `at` and `at + 1`."""
        if 0 <= at < len(self.tokens) - 1:
            return self.text[self.tokens[at].end : self.tokens[at + 1].start]
        return ""


# One mention by itself ---------------------------------------------------------------------------------------

_MEDIA = words_of(
    """times post herald tribune gazette chronicle journal daily globe examiner observer telegraph star mirror
    courier bulletin inquirer dispatch monitor standard review magazine weekly news"""
)
_CLUBS = words_of(
    """united city fc afc cf rovers wanderers albion hotspur athletic dynamo marathon derby declaration"""
)
_LANGUAGES = words_of(
    """english french spanish portuguese russian german italian chinese japanese turkish persian korean dutch"""
)
_SPOKEN = words_of(
    """in into speak speaks spoke speaking spoken fluent learn learned learning translated halting broken perfect"""
)
_AFTER_LANGUAGE = words_of("and or to on at that by with before after while as but for is was")
_FOWL = words_of("""stuffing gravy cranberry roast roasted thanksgiving oven poultry drumstick leftovers turkeys""")
_SELF_EVIDENT = frozenset({"name", "abbreviation", "demonym"})


def _verdict(article: _Article, match: Match, start: int, end: int) -> bool | None:
    """True: evidence by itself. False: only where something else speaks of the country too. None: no evidence."""
    entry = match.entry
    key = article.tokens[match.first].key if match.last == match.first + 1 else ""
    if entry.why == "abbreviation" and key == "us" and _in_capitals(article.text, start, end):
        return None
    if entry.why == "demonym" and key in _LANGUAGES and _is_language(article, match):
        return None
    if key == "turkey" and _is_fowl(article, match, start):
        return None
    follows = article.gap(match.last - 1) in (" ", " Daily ") and article.tokens[match.last].raw[0].isupper()
    after = article.key(match.last) if follows else ""
    if (
        after in _MEDIA
        and entry.why not in ("demonym", "abbreviation")
        and after not in ("daily", "news", "monitor", "review")
    ):
        return None
    if after in _CLUBS and entry.why in ("city", "capital"):
        return None
    span = article.spans.covering(start, end)
    if span is None:
        return _untagged(article, entry.why, entry.sure, key, match, start)
    exact = span.start >= start - 4 and span.end <= end + 2
    if span.label == "PERSON":
        if key in MAY_BE_GIVEN or key in article.surnames or entry.why in ("city", "region"):
            return False if entry.why in _SELF_EVIDENT else None
        return exact or entry.why in _SELF_EVIDENT
    if span.label == "ORG" and not exact:
        return _within_organization(article, span, entry.why, start) if entry.sure else None
    if span.label == "ORG" and entry.why in ("city", "region") and not entry.sure:
        return False
    if span.label in ("PLACE", "GROUP"):
        if not exact and entry.why in ("city", "capital", "region") and span.label == "GROUP":
            return False
        return entry.why != "city" or exact or entry.sure
    return entry.sure


def _untagged(article: _Article, why: str, sure: bool, key: str, match: Match, start: int) -> bool:
    if key in article.surnames:
        return False
    if not sure:
        if (
            not match.entry.mistakable
            and article.key(match.first - 1) in _PLACING
            and article.gap(match.first - 1) == " "
        ):
            return True
        # A dateline: "SAN JOSE (Reuters) -", "Victoria, Oct. 3 -".
        line = article.text.rfind("\n", 0, start) + 1
        return start == line and bool(_DATELINE.match(article.text, article.tokens[match.last - 1].end))
    if key in MAY_BE_GIVEN and why not in _SELF_EVIDENT:
        # "Paris said", "in Milan", but not "Paris Hilton" where the recogniser missed the name.
        follows = article.gap(match.last - 1) == " " and article.tokens[match.last].raw[0].isupper()
        return not follows
    given = key in ("chad", "jordan", "georgia") and article.gap(match.last - 1) == " "
    return not (given and article.tokens[match.last].raw[0].isupper())


_PLACING = words_of("in from to at near outside around through leaving reaching into")
_DATELINE = re.compile(r"[^\n]{0,40}?(?:\(\w[^)\n]{1,30}\)|[–—]| -) ?")


_UNIVERSITY_OF = re.compile(r"(?:the |The )?University of ")


def _within_organization(article: _Article, span: Span, why: str, match_start: int) -> bool | None:
    last = article.text[span.start : span.end].rsplit(" ", 1)[-1].casefold()
    if last in _MEDIA:
        return None
    if why in ("city", "capital", "region"):
        # The University of Edinburgh is in Edinburgh; the Bank of England may be spoken of anywhere.
        return True if _UNIVERSITY_OF.match(article.text, span.start) and match_start > span.start else None
    return why in ("demonym", "abbreviation", "name", "metonym") or None


LONGEST_HEADLINE = 200  # characters


def _in_capitals(text: str, start: int, end: int) -> bool:
    """Is the line around (as much of it as a headline may have) in capitals, so that US may be "us"?"""
    before = text[max(0, start - LONGEST_HEADLINE) : start].rpartition("\n")[2]
    after = text[end : end + LONGEST_HEADLINE].partition("\n")[0]
    rest = (before + text[start:end] + after).replace("US", "")
    return sum(c.isalpha() for c in rest) > 4 and rest.isupper()


def _is_language(article: _Article, match: Match) -> bool:
    if article.key(match.first - 1) not in _SPOKEN:
        return False
    gap = article.gap(match.last - 1)
    return gap != " " or article.key(match.last) in _AFTER_LANGUAGE


def _is_fowl(article: _Article, match: Match, start: int) -> bool:
    if not starts_sentence(article.text, start):
        return False
    near = {article.key(at) for at in range(match.first - 25, match.first + 26)}
    return len(near & _FOWL) >= 1


# Towns in states ---------------------------------------------------------------------------------------------

_STATE_FOLLOWS = re.compile(r",\s?([A-Z][\w.]*(?:\s?[A-Z][\w.]*)?)")


def _towns_in_states(article: _Article, matches: Sequence[Match]) -> dict[int, str]:
    """Index of the first word of each match that names a town of a US state ("Paris, Texas", "Bangor, Maine") → why."""
    towns: dict[int, str] = {}
    newspaper, postal = state_abbreviations()
    for at, match in enumerate(matches):
        if match.entry.why not in ("name", "capital", "city", "region"):
            continue
        end = article.tokens[match.last - 1].end
        if article.text[end : end + 1] != ",":
            continue
        following = matches[at + 1] if at + 1 < len(matches) else None
        if following is not None and following.first == match.last and article.gap(match.last - 1) in (", ", ",\n"):
            entry = following.entry
            state = article.text[article.tokens[following.first].start : article.tokens[following.last - 1].end]
            american = entry.codes == ("US",) and entry.why == "region"
            if (american or (state == "Georgia" and match.entry.codes == ("US",))) and _is_address(
                article, match, following
            ):
                towns[match.first] = f"town in {state}"
            continue
        abbreviation = _STATE_FOLLOWS.match(article.text, end)
        if abbreviation and (abbreviation.group(1) in newspaper or abbreviation.group(1) in postal):
            towns[match.first] = f"town in {abbreviation.group(1)}"
    return towns


def _is_address(article: _Article, match: Match, state: Match) -> bool:
    """A town and its state, not two items of a list: a list goes on with a comma and more, or starts before."""
    if match.entry.why == "name" or (match.entry.why == "capital" and match.entry.sure):
        before = article.key(match.first - 1)
        start = article.tokens[match.first].start
        return before in ("in", "of", "from", "near", "at", "outside") or article.text[start - 1 : start] in ("", "\n")
    return True


_ABBREVIATED = re.compile(r"(?<=[a-zA-Z]), ((?:[A-Z]\.\s?){1,2}[A-Z]?\.?|[A-Z][a-z]{1,4}\.|[A-Z]{2})(?![\w])")


def _abbreviated_states(
    article: _Article, matches: Sequence[Match], towns: dict[int, str]
) -> list[tuple[Match, Evidence]]:
    """States by abbreviation after a town that is in no table: `TROY, N.C. (AP)`."""
    newspaper, postal = state_abbreviations()
    known = {article.tokens[at].start for at in towns}
    found = []
    for abbreviation in _ABBREVIATED.finditer(article.text):
        state = abbreviation.group(1).strip()
        if state not in newspaper and state not in postal:
            continue
        before = _CAPITALISED_BEFORE.search(article.text, max(0, abbreviation.start() - 40), abbreviation.start())
        if before is None or before.start() in known:
            continue
        if (
            state in postal
            and state in ("IN", "OR", "ME", "OH", "HI", "OK", "LA", "DE", "ID", "PA", "MA")
            and before.group().isupper()
        ):
            continue
        match = matches[0] if matches else None
        start = abbreviation.start(1)
        evidence = Evidence(start, start + len(state), ("US",), "state")
        if match is not None:
            found.append((match, evidence))
        else:
            found.append((_NO_MATCH, evidence))
    return found


_CAPITALISED_BEFORE = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)*$")
_NO_MATCH = Match(0, 0, None)  # type: ignore[arg-type]  # a mention that no table knows


# The article as a whole --------------------------------------------------------------------------------------

_IN_AMERICA = words_of(
    """atlanta savannah augusta macon senate senator governor county republican republicans democrat democrats
    democratic gop congressman sheriff fulton cobb gwinnett dekalb electors ballots runoff runoffs legislature"""
)
_IN_CAUCASUS = words_of(
    """tbilisi batumi kutaisi gori abkhazia abkhaz ossetia ossetian sukhumi tskhinvali caucasus armenia armenian
    azerbaijan azerbaijani baku yerevan russia russian moscow soviet kremlin nato"""
)
_STRONG = words_of(
    """tbilisi batumi kutaisi abkhazia ossetia atlanta savannah augusta macon fulton cobb gwinnett dekalb"""
)


_SHARED = frozenset({"GE", "DM", "DO", "CD", "KR"})  # countries whose name or demonym is another's too


def _settled(
    article: _Article, found: list[tuple[Match, Evidence]], doubtful: list[tuple[Match, Evidence]]
) -> list[Evidence]:
    """The evidence, with names that several countries share given to the one that the article speaks of."""
    present = Counter(code for _, evidence in found for code in evidence.codes)
    evidence = [item for _, item in found]
    evidence += [item for _, item in doubtful if all(present[code] for code in item.codes)]
    if not present.keys() & _SHARED:
        return evidence
    words = Counter([token.key for token in article.tokens])
    settled = []
    american = _is_american_georgia(words, present)
    for item in evidence:
        word = article.text[item.start : item.end].casefold()
        if item.codes == ("GE",) and american and word.startswith("georgia"):
            settled.append(item._replace(codes=("US",), why="demonym" if word.startswith("georgian") else "region"))
        elif (
            word in ("dominican", "dominicans")
            and present["DM"] > words["dominican"] + words["dominicans"] - present["DO"]
        ):
            settled.append(
                item._replace(codes=("DM",) if present["DM"] and not _named(evidence, article, "DO") else item.codes)
            )
        elif word == "congo" and words["brazzaville"] and not words["kinshasa"] and present["CD"] <= words["congo"]:
            settled.append(item._replace(codes=("CG",)))
        elif (
            word in ("korea", "korean", "koreans")
            and words["north"] + words["pyongyang"]
            and present["KP"]
            and not _south(present, words)
        ):
            settled.append(item._replace(codes=("KP",)))
        else:
            settled.append(item)
    return settled


def _south(present: Counter[str], words: Counter[str]) -> bool:
    return bool(words["seoul"] or words["south"])


def _named(evidence: Sequence[Evidence], article: _Article, code: str) -> bool:
    return any(item.codes == (code,) and item.why != "demonym" for item in evidence)


def _is_american_georgia(words: Counter[str], present: Counter[str]) -> bool:
    """Is the Georgia of this article the state? Weighs words of either's news."""
    if not words["georgia"]:
        return False
    state = sum((3 if word in _STRONG else 1) for word in _IN_AMERICA if words[word]) + min(1.5, present["US"] / 4)
    country = 1 + sum((3 if word in _STRONG else 1) for word in _IN_CAUCASUS if words[word])
    country += 2 if words["georgian"] + words["georgians"] > 0 else 0
    return state > country


_PREFIX = re.compile(r"\b(Sino|Russo|Franco|Anglo|Indo|Turco|Austro)[-–](?=([A-Z]\w+))")
_PREFIXED = {"Sino": "CN", "Russo": "RU", "Franco": "FR", "Anglo": "GB", "Indo": "IN", "Turco": "TR", "Austro": "AT"}


def _prefixes(text: str) -> list[Evidence]:
    """`Sino-Russian`: the first half speaks of a country too. Not `Indo-Pacific`, nor "Anglo-Saxon"."""
    return [
        Evidence(match.start(1), match.end(1), (_PREFIXED[match.group(1)],), "demonym")
        for match in _PREFIX.finditer(text)
        if match.group(2) not in _NOT_OF_A_COUNTRY
    ]


_NOT_OF_A_COUNTRY = frozenset(
    {"Pacific", "European", "Aryan", "Saxon", "Saxons", "Iranian", "American", "Hungarian", "Hungary"}
)
