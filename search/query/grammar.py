"""Reading a query: text → tree and problems, without an index. Nothing a person types is an error, but for the limits.

    sequence     = alternatives+                   words side by side: AND, the loosest
    alternatives = conjunction (OR conjunction)*
    conjunction  = clause (AND clause)*
    clause       = (NOT | "-") clause | FIELD ":" operand | operand
    operand      = "(" sequence ")" | '"' phrase '"' | word | word "*" | word "~" [edits]

So `a b OR c` is `a AND (b OR c)`, as on the web and in Whoosh. What does not fit is mended or left out, and reported
with its place. Brackets are paired before parsing, so the recursion is as deep as LIMITS.nesting and time is linear.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from search.analysis import words
from search.dates import parse_interval
from search.errors import RequestError
from search.model import DATE_HISTOGRAMS, FACETS, Problem
from search.query.limits import LIMITS, nearest
from search.query.syntax import And, Days, Everything, Fuzzy, Node, Not, Or, Phrase, Prefix, Value, Word

__all__ = ["FIELDS", "Parsed", "parse"]

TEXT_FIELDS = ("title", "text")
FIELDS = (*TEXT_FIELDS, *FACETS, *DATE_HISTOGRAMS)
"""What may stand before a colon."""

_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'
_RUN = re.compile(rf"[^\s(){_QUOTES}]+")
_NAMED = re.compile(r"([^\W\d_][^\W\d]*):")
_FUZZY = re.compile(r"~(\d*)$", re.ASCII)
_AFTER_PHRASE = re.compile(r"[~*^]\d*", re.ASCII)
_SURROGATES = re.compile("[\ud800-\udfff\0]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as read: `text` is what was given, character by character, with what is no text replaced."""

    text: str
    node: Node
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # one of ( ) OR AND NOT field phrase run
    text: str
    start: int
    end: int


def parse(q: str) -> Parsed:
    """Read a query. Raises RequestError("q") for one that LIMITS rule out, and nothing else."""
    if len(q) > LIMITS.query_length:
        raise RequestError("q", f"a query has at most {LIMITS.query_length} characters, this one {len(q)}.")
    text = _SURROGATES.sub("\ufffd", q)
    problems: list[Problem] = []
    tokens = _pair_brackets(list(_tokenize(text, problems)), problems)
    parser = _Parser(tokens, problems)
    node = parser.sequence(TEXT_FIELDS)
    if node is None:
        if text.strip() and not problems:
            problems.append(Problem("there is no word to search for", 0, len(text)))
        node = Everything()
    problems.sort(key=lambda problem: (problem.start, problem.end))
    return Parsed(text, node, tuple(problems[: LIMITS.problems]))


def _tokenize(text: str, problems: list[Problem]) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    fresh = True  # does a new clause begin here? Only there is a hyphen a minus
    while at < len(text):
        char = text[at]
        if char.isspace():
            at, fresh = at + 1, True
        elif char in "()":
            tokens.append(_Token(char, char, at, at + 1))
            at, fresh = at + 1, char == "("
        elif char in _QUOTES:
            at = _phrase(text, at, tokens, problems)
            fresh = False
        elif char in "-+" and fresh:
            run = len(text) - at - len(text[at:].lstrip("-+"))
            after = text[at + run : at + run + 1]
            if char == "-" and run == 1 and after and not after.isspace() and after != ")":
                tokens.append(_Token("NOT", "-", at, at + 1))
            at += run  # longer ones are dashes of prose, and a plus asks for what is the rule anyway
        else:
            at = _run(text, at, tokens, problems)
            fresh = False
    return tokens


def _phrase(text: str, at: int, tokens: list[_Token], problems: list[Problem]) -> int:
    """Take the phrase that opens at `at`, or report the stray quote; returns where to go on."""
    close = next((place for place in range(at + 1, len(text)) if text[place] in _QUOTES), -1)
    if close < 0:
        problems.append(Problem("this quotation mark has no partner and was left out", at, at + 1))
        return at + 1
    tokens.append(_Token("phrase", text[at + 1 : close], at, close + 1))
    if after := _AFTER_PHRASE.match(text, close + 1):
        problems.append(
            Problem(f"a phrase is matched as it is; {after.group()!r} was left out", after.start(), after.end())
        )
        return after.end()
    return close + 1


def _run(text: str, at: int, tokens: list[_Token], problems: list[Problem]) -> int:
    """Take one word, operator or field name; returns where to go on."""
    match = _RUN.match(text, at)
    assert match, "what is neither space, bracket nor quote is a run"
    run, end = match.group(), match.end()
    if run in ("OR", "AND", "NOT"):
        tokens.append(_Token(run, run, at, end))
        return end
    named = _NAMED.match(run)
    if named and not run.startswith("//", named.end()):
        name, colon = named.group(1), at + named.end()
        if name.lower() in FIELDS:
            tokens.append(_Token("field", name.lower(), at, colon))
            return colon
        if text[colon : colon + 1].strip():  # a colon before a space is prose
            close = nearest(name, FIELDS)
            hint = f"did you mean {close}:?" if close else f"there are {', '.join(FIELDS)}"
            problems.append(Problem(f"{name!r} is no field and was searched as a word; {hint}", at, colon))
            tokens.append(_Token("run", name, at, colon - 1))
            return colon
    if run[0] in "[{":
        problems.append(Problem("ranges are written date:2021-10..2021-11; this bracket was left out", at, at + 1))
    tokens.append(_Token("run", run, at, end))
    return end


def _pair_brackets(tokens: list[_Token], problems: list[Problem]) -> list[_Token]:
    """The tokens without brackets that have no partner. Raises RequestError where pairs nest too deep."""
    open_at: list[int] = []
    stray: set[int] = set()
    partners: dict[int, int] = {}
    for index, token in enumerate(tokens):
        if token.kind == "(":
            open_at.append(index)
        elif token.kind == ")" and open_at:
            partners[open_at.pop()] = index
        elif token.kind == ")":
            stray.add(index)
    stray.update(open_at)
    depth = 0
    for index, token in enumerate(tokens):
        if index in stray:
            problems.append(Problem("this bracket has no partner and was left out", token.start, token.end))
        elif token.kind in "()":
            depth += 1 if index in partners else -1
            if depth > LIMITS.nesting:
                raise RequestError("q", f"brackets nest at most {LIMITS.nesting} deep.")
    return [token for index, token in enumerate(tokens) if index not in stray]


Scope = tuple[str, ...]
"""The fields that a word is looked for in, or the one facet or kind of date that it is a value of."""


_Rule = Callable[[Scope], Node | None]


@dataclass(slots=True)
class _Parser:
    tokens: list[_Token]
    problems: list[Problem]
    at: int = 0
    clauses: int = field(default=0)

    def sequence(self, scope: Scope) -> Node | None:
        parts: list[Node] = []
        while (token := self._peek()) and token.kind != ")":
            if token.kind in ("OR", "AND"):
                self._report(f"{token.kind} stands between two words; this one was left out", self._next())
            elif (part := self._alternatives(scope)) is not None:
                parts.append(part)
        return _join(And, parts)

    def _alternatives(self, scope: Scope) -> Node | None:
        return self._joined("OR", Or, self._conjunction, scope)

    def _conjunction(self, scope: Scope) -> Node | None:
        return self._joined("AND", And, self._clause, scope)

    def _joined(self, operator: str, kind: type[And] | type[Or], operand: _Rule, scope: Scope) -> Node | None:
        first = operand(scope)
        parts = [first] if first is not None else []
        while (token := self._peek()) and token.kind == operator:
            sign = self._next()
            follower = self._peek()
            if not parts or follower is None or follower.kind in (")", "OR", "AND"):
                self._report(f"{operator} stands between two words; this one was left out", sign)
                if follower is None or follower.kind in (")", "OR", "AND"):
                    continue
            if (part := operand(scope)) is not None:
                parts.append(part)
        return _join(kind, parts)

    def _clause(self, scope: Scope) -> Node | None:
        signs: list[_Token] = []
        while (token := self._peek()) and token.kind == "NOT":
            signs.append(self._next())
        if len(signs) > 1:
            meaning = "they cancel each other out" if len(signs) % 2 == 0 else "one is meant"
            self.problems.append(Problem(f"NOT after NOT: {meaning}", signs[0].start, signs[-1].end))
        if token is None or token.kind in (")", "OR", "AND"):
            if signs:
                self._report("NOT stands before a word; this one was left out", signs[-1])
            return None
        node = self._operand(scope)
        return Not(node) if node is not None and len(signs) % 2 else node

    def _operand(self, scope: Scope) -> Node | None:
        token = self._next()
        while token.kind == "field":
            following = self._peek()
            if following is None or following.kind not in ("(", "phrase", "run", "field"):
                self._report(f"nothing stands after {token.text}: and it was searched as a word", token)
                return self._run_leaf(_Token("run", token.text, token.start, token.end - 1), TEXT_FIELDS)
            if following.kind == "field":
                self._report(f"{token.text}: is followed by {following.text}: and was left out", token)
            scope = (token.text,)
            token = self._next()
        if token.kind == "(":
            inner = self.sequence(scope)
            close = self._next()
            if inner is None:
                self.problems.append(Problem("there is nothing within these brackets", token.start, close.end))
            return inner
        if token.kind == "phrase":
            return self._phrase_leaf(token, scope)
        return self._run_leaf(token, scope)

    def _phrase_leaf(self, token: _Token, scope: Scope) -> Node | None:
        folded = tuple(word.text for word in words(token.text))
        if not folded:
            self._report("this phrase has no words and was left out", token)
            return None
        if scope[0] in FACETS:
            return self._leaf(Value(scope[0], " ".join(token.text.split()), (token.start, token.end), quoted=True))
        if scope[0] in DATE_HISTOGRAMS:
            return self._days(token, scope[0])
        return self._leaf(Phrase(folded, scope, (token.start, token.end)))

    def _run_leaf(self, token: _Token, scope: Scope) -> Node | None:
        span = (token.start, token.end)
        if scope[0] in DATE_HISTOGRAMS:
            return self._days(token, scope[0])
        if token.text.strip("*") == "":
            return self._leaf(Everything())
        if scope[0] in FACETS:
            if any(words(token.text)):
                # A name with a colon could be taken for a field when it is written out again; quoted it cannot.
                return self._leaf(Value(scope[0], token.text, span, quoted=":" in token.text))
            self._report("there is no word in this value, so it was left out", token)
            return None
        stem, star, _rest = token.text.partition("*")
        bare = stem if star else _FUZZY.sub("", token.text)
        folded = tuple(word.text for word in words(bare))
        if star and not folded:
            folded = tuple(word.text for word in words(token.text))[:1]  # `*ary` would mean looking at every word
        if not folded:
            return None
        if star:
            return self._prefix(token, folded, scope)
        edits = _FUZZY.search(token.text)
        if edits:
            return self._fuzzy(token, folded, int(edits.group(1)[:4] or 1), scope)
        if len(folded) == 1:
            return self._leaf(Word(folded[0], scope, span))
        return self._leaf(Phrase(folded, scope, span, quoted=False))

    def _prefix(self, token: _Token, folded: tuple[str, ...], scope: Scope) -> Node:
        if token.text.rstrip("*") != token.text.partition("*")[0]:
            self._report(f"* stands at the end of a word; this was searched as {folded[-1]}*", token)
        span = (token.start, token.end)
        last = self._leaf(Prefix(folded[-1], scope, span))
        whole = [self._leaf(Word(word, scope, span)) for word in folded[:-1]]
        return And((*whole, last)) if whole else last

    def _fuzzy(self, token: _Token, folded: tuple[str, ...], edits: int, scope: Scope) -> Node:
        span = (token.start, token.end)
        if edits > LIMITS.edits and len(folded) == 1:
            edits = LIMITS.edits
            self._report(f"at most {edits} letters may differ; this was searched as {folded[0]}~{edits}", token)
        if len(folded) > 1:
            self._report("~ goes with a single word; these were searched as they are", token)
            return self._leaf(Phrase(folded, scope, span, quoted=False))
        if not edits:
            return self._leaf(Phrase(folded, scope, span))
        return self._leaf(Fuzzy(folded[0], edits, scope, span))

    def _days(self, token: _Token, kind: str) -> Node | None:
        written = token.text.strip()
        first, dots, last = written.partition("..")
        try:
            if dots:
                since = parse_interval(first).first if first.strip() else None
                until = parse_interval(last).last if last.strip() else None
            else:
                interval = parse_interval(written)
                since, until = interval.first, interval.last
        except ValueError as error:
            self._report(f"{error}; it was searched as words", token)
            return self._run_leaf(_Token("run", written.strip("*~"), token.start, token.end), TEXT_FIELDS)
        if since and until and since > until:
            self._report(f"{kind}: the first day comes after the last; they were swapped", token)
            since, until = _swapped(first, last)
        return self._leaf(Days(kind, since, until, (token.start, token.end)))

    def _leaf(self, node: Node) -> Node:
        self.clauses += 1
        if self.clauses > LIMITS.clauses:
            raise RequestError("q", f"a query has at most {LIMITS.clauses} words, phrases and fields.")
        return node

    def _peek(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _next(self) -> _Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def _report(self, message: str, token: _Token) -> None:
        self.problems.append(Problem(message, token.start, token.end))


def _swapped(first: str, last: str) -> tuple[dt.date, dt.date]:
    return parse_interval(last).first, parse_interval(first).last


def _join(kind: type[And] | type[Or], parts: list[Node]) -> Node | None:
    """The parts under one node of that kind, those of the same kind taken apart; a single part is itself."""
    if len(parts) < 2:
        return parts[0] if parts else None
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.children if isinstance(part, kind) else (part,))
    return kind(tuple(flat))
