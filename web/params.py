"""URL ↔ Request. One table of parameters drives reading, refusing, writing URLs and the OpenAPI document.

A parameter that is given with an empty value counts as not given (a form sends all its fields), but for `facets`,
where it means none.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args
from urllib.parse import urlencode

from search.countries import COUNTRIES
from search.dates import Interval, month_interval, parse_interval, year_interval
from search.errors import RequestError
from search.model import DATE_HISTOGRAMS, FACETS, DateInterval, Filter, Request, Sort

__all__ = [
    "ARTICLE",
    "DEEPEST",
    "ENTITY",
    "FACET",
    "NONE",
    "SEARCH",
    "SUGGEST",
    "Pairs",
    "Parameter",
    "canonical",
    "nearest",
    "parse_pairs",
    "read_pairs",
    "request_of",
    "request_pairs",
    "url",
]

Kind = Literal["text", "integer", "choice", "names", "values", "first", "last", "flag"]
Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of a URL: what it is called, what it may be, and what it means if it is not given.

    Kinds: `text`; `integer` from `least` to `most`; `choice`, one of `choices`; `names`, some of `choices` parted by
    commas; `values` of a facet, repeatable; `first` and `last`, a day or the first or last day of a month or a year;
    `flag`, 1 or 0. `most` of a text is its length in characters.
    """

    name: str
    kind: Kind
    about: str
    default: Any = None
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0


_ASKED = Request()
_QUERY_LENGTH, _VALUE_LENGTH = 512, 512
DEEPEST = 10_000
"""How many articles of a search can be paged through."""


def _facet_parameters() -> Iterable[Parameter]:
    for facet, heading in FACETS.items():
        what = "ISO 3166 code" if facet == "country" else "value"
        about = f"{heading}: keep articles with this {what}. Repeatable: values of one facet are OR, facets are AND."
        yield Parameter(name=facet, kind="values", about=about, most=_VALUE_LENGTH)
        about = f"{heading}: drop articles with this {what}. Repeatable."
        yield Parameter(name=f"{facet}__not", kind="values", about=about, most=_VALUE_LENGTH)


Q = Parameter(
    name="q",
    kind="text",
    default=_ASKED.q,
    most=_QUERY_LENGTH,
    about='Words (AND), "exact phrases", OR, -word, ( ), word*, word~, title:, person:, country:, date:2021-10.',
)
PAGE = Parameter(
    name="page", kind="integer", default=_ASKED.page, least=1, most=DEEPEST, about="Page of results, from 1."
)
SIZE = Parameter(name="size", kind="integer", default=_ASKED.size, least=1, most=100, about="Results a page.")

SEARCH: tuple[Parameter, ...] = (
    Q,
    *_facet_parameters(),
    Parameter(name="from", kind="first", about="Published on or after: 2021, 2021-10 or 2021-10-18."),
    Parameter(name="to", kind="last", about="Published on or before (inclusive)."),
    Parameter(name="mentioned_from", kind="first", about="Speaks of a date on or after."),
    Parameter(name="mentioned_to", kind="last", about="Speaks of a date on or before (inclusive)."),
    Parameter(
        name="sort",
        kind="choice",
        default=_ASKED.sort,
        choices=get_args(Sort),
        about="Order. Relevance without a query is newest first.",
    ),
    PAGE,
    SIZE,
    Parameter(
        name="facets",
        kind="names",
        default=_ASKED.facets,
        choices=(*FACETS, *DATE_HISTOGRAMS),
        about="Facets to count, parted by commas; empty for none.",
    ),
    Parameter(
        name="facet_size",
        kind="integer",
        default=_ASKED.facet_size,
        least=0,
        most=1000,
        about="Values listed of each facet.",
    ),
    Parameter(
        name="date_interval",
        kind="choice",
        default=_ASKED.date_interval,
        choices=get_args(DateInterval),
        about="Width of the bars of the histograms.",
    ),
    Parameter(
        name="highlight", kind="flag", default=_ASKED.highlight, about="Snippets with matches: 1, or 0 for the lead."
    ),
)
ARTICLE: tuple[Parameter, ...] = (Q,)
ENTITY: tuple[Parameter, ...] = (PAGE, SIZE)
FACET: tuple[Parameter, ...] = (
    Parameter(
        name="prefix", kind="text", default="", most=_QUERY_LENGTH, about="Start of any word of the value's label."
    ),
    Parameter(name="limit", kind="integer", default=20, least=0, most=1000, about="Values listed."),
    *(parameter for parameter in SEARCH if parameter is Q or parameter.kind in {"values", "first", "last"}),
)
"""A facet's values may be counted for a search: its query and filters are parameters here too."""
SUGGEST: tuple[Parameter, ...] = (
    Parameter(name="q", kind="text", default="", most=_QUERY_LENGTH, about="What was typed so far."),
    Parameter(name="limit", kind="integer", default=8, least=1, most=50, about="Suggestions at most."),
)
NONE: tuple[Parameter, ...] = ()

_DIGITS = re.compile(r"-?[0-9]{1,12}", re.ASCII)


# URL → Request ------------------------------------------------------------------------------------------------


def parse_pairs(pairs: Pairs) -> Request:
    """The search that parameters ask for. Raises RequestError that names the parameter and the nearest valid one."""
    return request_of(read_pairs(SEARCH, pairs))


def request_of(given: Mapping[str, Any]) -> Request:
    """The search of parameters that `read_pairs` has read; what its table does not have is as by default."""
    filters = tuple(
        Filter(facet, value, exclude)
        for facet in FACETS
        for exclude in (False, True)
        for value in given[f"{facet}__not" if exclude else facet]
    )
    plain = ("q", "sort", "page", "size", "facets", "facet_size", "date_interval", "highlight")
    return Request(
        filters=filters,
        published=_range(given, "from", "to"),
        mentioned=_range(given, "mentioned_from", "mentioned_to"),
        **{name: given[name] for name in plain if name in given},
    )


def read_pairs(table: tuple[Parameter, ...], pairs: Pairs) -> dict[str, Any]:
    """The value of every parameter of `table`, defaults included. Raises RequestError as `parse_pairs` does."""
    by_name = {parameter.name: parameter for parameter in table}
    given: dict[str, list[str]] = {}
    for name, raw in pairs:
        if name not in by_name:
            known = ", ".join(by_name) or "none"
            raise RequestError(
                _shown(name), f"no such parameter here; there are: {known}.", nearest=nearest(name, by_name)
            )
        text = _clean(raw)
        if text or by_name[name].kind == "names":
            given.setdefault(name, []).append(text)
    values: dict[str, Any] = {}
    for name, parameter in by_name.items():
        texts = given.get(name, [])
        if parameter.kind == "values":
            values[name] = tuple(dict.fromkeys(_value(parameter, text) for text in texts))
        elif len(texts) > 1:
            raise RequestError(name, f"given {len(texts)} times, but it has one value.", value=_shown(texts[1]))
        else:
            values[name] = _read(parameter, texts[0]) if texts else parameter.default
    return values


def nearest(value: str, choices: Iterable[str]) -> str | None:
    """The choice that is spelled most like `value`, if any is close."""
    by_folded = {choice.casefold(): choice for choice in choices}
    found = difflib.get_close_matches(value.casefold()[:64], list(by_folded), 1)
    return by_folded[found[0]] if found else None


def _read(parameter: Parameter, text: str) -> Any:
    match parameter.kind:
        case "text":
            return _text(parameter, text)
        case "integer":
            return _integer(parameter, text)
        case "choice":
            return _choice(parameter, text)
        case "names":
            names = (name.strip() for name in text.split(","))
            return tuple(dict.fromkeys(_choice(parameter, name) for name in names if name))
        case "first" | "last":
            return _day(parameter, text)
        case "flag":
            if text not in {"0", "1"}:
                raise RequestError(parameter.name, f"{_shown(text)!r} is neither 1 nor 0.", value=text, nearest="1")
            return text == "1"
        case _:
            raise AssertionError(parameter.kind)


def _text(parameter: Parameter, text: str) -> str:
    if len(text) > parameter.most:
        raise RequestError(
            parameter.name, f"{len(text):,} characters are more than the {parameter.most:,} it may have."
        )
    return text


def _integer(parameter: Parameter, text: str) -> int:
    least, most = parameter.least, parameter.most
    if not _DIGITS.fullmatch(text.strip()):
        reason = f"{_shown(text)!r} is not a whole number."
        raise RequestError(parameter.name, reason, value=_shown(text), nearest=str(parameter.default))
    number = int(text)
    if not least <= number <= most:
        reason = f"must lie between {least} and {most:,}, not {number}."
        raise RequestError(parameter.name, reason, value=text, nearest=str(min(max(number, least), most)))
    return number


def _choice(parameter: Parameter, text: str) -> str:
    if text not in parameter.choices:
        reason = f"{_shown(text)!r} is none of {', '.join(parameter.choices)}."
        raise RequestError(parameter.name, reason, value=_shown(text), nearest=nearest(text, parameter.choices))
    return text


def _day(parameter: Parameter, text: str) -> dt.date:
    try:
        if "/" in text:
            raise ValueError(f"{_shown(text)!r} is not a date; write 2021, 2021-10 or 2021-10-18")
        interval = parse_interval(text)
    except ValueError as error:
        raise RequestError(parameter.name, f"{error}.", value=_shown(text), nearest=_nearest_date(text)) from None
    return interval.first if parameter.kind == "first" else interval.last


def _nearest_date(text: str) -> str | None:
    """The month or year that `text` begins with, for a day that is not in the calendar (2021-02-30)."""
    parts = text.strip().split("-")
    for count in (2, 1):
        try:
            return str(parse_interval("-".join(parts[:count])))
        except ValueError:
            continue
    return None


def _value(parameter: Parameter, text: str) -> str:
    _text(parameter, text)
    if parameter.name not in {"country", "country__not"}:
        return text
    if text.upper() in COUNTRIES:
        return text.upper()
    raise RequestError(
        parameter.name,
        f"{_shown(text)!r} is no ISO 3166 code of a country.",
        value=_shown(text),
        nearest=_nearest_country(text),
    )


def _nearest_country(text: str) -> str | None:
    """The code of the country whose name or three-letter code was given; none rather than another country's."""
    by_name = {name.casefold(): code for code, name in COUNTRIES.items()}
    if named := difflib.get_close_matches(text.casefold()[:64], list(by_name), 1, cutoff=0.8):
        return by_name[named[0]]
    code = text[:2].upper()
    # USA and RUS begin as US and RU do; CHN begins as CH does, but Switzerland begins with another letter.
    return code if len(text) == 3 and COUNTRIES.get(code, "").startswith(text[0].upper()) else None


def _range(given: Mapping[str, Any], first: str, last: str) -> tuple[dt.date | None, dt.date | None]:
    since, until = given[first], given[last]
    if since and until and since > until:
        reason = f"{since} comes after {last}={until}."
        raise RequestError(first, reason, value=str(since), nearest=str(until))
    return since, until


def _clean(text: str) -> str:
    """Text that can be written again: what is no character (a lone surrogate, NUL) is gone."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")


def _shown(text: str, most: int = 60) -> str:
    text = _clean(text)
    return text if len(text) <= most else f"{text[:most]}…"


# Request → URL ------------------------------------------------------------------------------------------------


def url(path: str, request: Request) -> str:
    """The shortest URL that asks for `request`; path and query, no host."""
    pairs = request_pairs(request)
    return f"{path}?{urlencode(pairs, errors='replace')}" if pairs else path


def request_pairs(request: Request) -> list[tuple[str, str]]:
    """The parameters that differ from the defaults, in the order of the table: `parse_pairs` gives the request back."""
    pairs: list[tuple[str, str]] = []
    for parameter in SEARCH:
        pairs += [(parameter.name, text) for text in _written(parameter, request)]
    return pairs


def canonical(request: Request) -> Request:
    """The request as its URL says it: filters in the order of the facets, each once."""
    return parse_pairs(request_pairs(request))


def _written(parameter: Parameter, request: Request) -> list[str]:
    name = parameter.name
    if parameter.kind == "values":
        facet, _, exclude = name.partition("__")
        wanted = (f.value for f in request.filters if f.facet == facet and f.exclude is bool(exclude))
        return list(dict.fromkeys(wanted))
    if parameter.kind in {"first", "last"}:
        ends = request.mentioned if name.startswith("mentioned") else request.published
        day = ends[0] if parameter.kind == "first" else ends[1]
        return [_shortest_date(parameter, day)] if day else []
    value = getattr(request, name)
    if value == parameter.default:
        return []
    match parameter.kind:
        case "names":
            return [",".join(value)]
        case "flag":
            return ["1" if value else "0"]
        case _:
            return [str(value)]


def _shortest_date(parameter: Parameter, day: dt.date) -> str:
    """`2021` for its first day if the range begins there, for its last day if it ends there; so for months."""
    candidates: tuple[Interval, ...] = (year_interval(day.year), month_interval(day.year, day.month))
    for interval in candidates:
        if (interval.first if parameter.kind == "first" else interval.last) == day:
            return str(interval)
    return day.isoformat()
