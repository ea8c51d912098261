"""The values that travel between the rooms. All are frozen; none knows of spaCy, Whoosh or Flask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from search.dates import Interval

__all__ = [
    "DATE_HISTOGRAMS",
    "ENTITY_FACETS",
    "FACETS",
    "Annotation",
    "Article",
    "Bucket",
    "DateInterval",
    "Facet",
    "FacetValue",
    "Filter",
    "Histogram",
    "Hit",
    "KnownBy",
    "Mention",
    "MentionType",
    "Problem",
    "Published",
    "Refusal",
    "Report",
    "Request",
    "Results",
    "Snippet",
    "Sort",
    "Suggestion",
    "Tag",
    "Understanding",
]

# What was read ------------------------------------------------------------------------------------------------

KnownBy = Literal["metadata", "dateline", "text", "inferred", "file"]


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published, as exactly as is known, and how that is known."""

    interval: Interval
    known_by: KnownBy = "metadata"
    time: dt.time | None = None

    def __str__(self) -> str:
        """ISO notation as precise as the knowledge: `2021-10-18`, `2021-10` or `2021`."""
        return str(self.interval)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as it was read.

    `id` is stable: given by the input, else a hash of the URL, else of the path relative to the root that was read.
    `text` is the article alone, paragraphs parted by a blank line. `persons`, `countries`, `organizations` and
    `places` are None unless the input came with annotations of its own: then they are kept and the article is not
    annotated again (an empty tuple means "annotated: none"). Given countries are ISO codes or names.
    `origin` is where it was read from (`path` or `path:line`), for reports alone.
    """

    id: str
    title: str = ""
    text: str = ""
    published: Published | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    section: str | None = None
    place: str | None = None
    persons: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    organizations: tuple[str, ...] | None = None
    places: tuple[str, ...] | None = None
    origin: str | None = None

    @property
    def has_annotations(self) -> bool:
        """Did the input come with annotations of its own?"""
        given = (self.persons, self.countries, self.organizations, self.places)
        return any(values is not None for values in given)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One piece of input that was refused: a file, a line of it, or an article. The rest goes on."""

    name: str
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.name}:{self.line}: {self.reason}" if self.line else f"{self.name}: {self.reason}"


# What was found in it -----------------------------------------------------------------------------------------

MentionType = Literal["person", "country", "organization", "place", "date"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One stretch of the article's `text` (characters `start` up to, not including, `end`) and what it stands for.

    `value` is the facet value (a slug, an ISO code, or a date in the notation of `search.dates`), `label` its name for
    people, `why` the evidence in a few words ("name", "demonym", "capital", "surname of Sergei Shoigu").
    """

    start: int
    end: int
    text: str
    type: MentionType
    value: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Tag:
    """One facet value of one article."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """An article and what it speaks of. This is what the store keeps and what `Archive.get` gives back.

    Tags are in order of prominence. `dates` are the dates the text speaks of. `model` names the model and the rules
    that made the annotation, or is "given" where the input brought its own.
    """

    article: Article
    mentions: tuple[Mention, ...] = ()
    persons: tuple[Tag, ...] = ()
    countries: tuple[Tag, ...] = ()
    organizations: tuple[Tag, ...] = ()
    places: tuple[Tag, ...] = ()
    dates: tuple[Interval, ...] = ()
    model: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of the input of one `Archive.add`. Counts are articles; times are seconds."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: tuple[Refusal, ...] = ()
    seconds: float = 0.0
    seconds_by_room: Mapping[str, float] = field(default_factory=dict)

    @property
    def accepted(self) -> int:
        return self.added + self.updated + self.unchanged


# What is asked ------------------------------------------------------------------------------------------------

FACETS: Mapping[str, str] = {
    "country": "Country",
    "person": "Person",
    "organization": "Organisation",
    "place": "Place",
    "source": "Source",
    "language": "Language",
    "section": "Section",
}
"""Name of each facet of values → its heading."""

ENTITY_FACETS = ("person", "country", "organization", "place")

DATE_HISTOGRAMS: Mapping[str, str] = {"date": "Published", "mentioned": "Dates spoken of"}
"""Name of each facet of dates → its heading."""

Sort = Literal["relevance", "newest", "oldest"]
DateInterval = Literal["auto", "year", "month", "day"]


@dataclass(frozen=True, slots=True)
class Filter:
    """Keep (or, with `exclude`, drop) the articles that have `value` in the facet."""

    facet: str
    value: str
    exclude: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One search. Values of one facet are OR, different facets AND, an excluded value drops its articles.

    `published` and `mentioned` are (first, last) days, either end open. `page` counts from 1. `facets` names what to
    count, of FACETS and DATE_HISTOGRAMS; `facet_size` is how many values of each are listed. `relevance` without a
    query is newest first.
    """

    q: str = ""
    filters: tuple[Filter, ...] = ()
    published: tuple[dt.date | None, dt.date | None] = (None, None)
    mentioned: tuple[dt.date | None, dt.date | None] = (None, None)
    sort: Sort = "relevance"
    page: int = 1
    size: int = 10
    facets: tuple[str, ...] = ("country", "person", "organization", "source", "date")
    facet_size: int = 10
    date_interval: DateInterval = "auto"
    highlight: bool = True


# What is answered ---------------------------------------------------------------------------------------------

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the query that was mended or left out; `start` and `end` are characters of `q`."""

    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """The query as understood: `text` is written out in full, `words` are what is highlighted.

    `relaxed` says that no article has all words, so that those with most of them were given.
    """

    q: str = ""
    text: str = ""
    words: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    relaxed: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of the text and the character ranges in it that match. Not escaped: escaping is the last step."""

    text: str
    ranges: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One article of a result page. `missing` are the words of a relaxed query that it lacks."""

    id: str
    title: str
    url: str | None = None
    source: str | None = None
    author: str | None = None
    published: Published | None = None
    score: float = 0.0
    snippet: Snippet | None = None
    title_ranges: tuple[Range, ...] = ()
    countries: tuple[Tag, ...] = ()
    persons: tuple[Tag, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet and how many articles have it."""

    value: str
    label: str
    count: int
    selected: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one facet: selected first, then count, then label. `total` is how many values there are."""

    name: str
    label: str
    total: int
    values: tuple[FacetValue, ...] = ()

    def __getitem__(self, index: int) -> FacetValue:
        return self.values[index]

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[FacetValue]:
        return iter(self.values)


@dataclass(frozen=True, slots=True)
class Bucket:
    """One bar of a histogram: articles dated within `interval`."""

    interval: Interval
    count: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """Articles by date, empty buckets between the first and the last included.

    `unknown` counts the articles with no date, `coarse` those whose date is less precise than a bucket.
    """

    name: str
    label: str
    interval: Literal["year", "month", "day"]
    unknown: int = 0
    coarse: int = 0
    buckets: tuple[Bucket, ...] = ()

    def __getitem__(self, index: int) -> Bucket:
        return self.buckets[index]

    def __len__(self) -> int:
        return len(self.buckets)

    def __iter__(self) -> Iterator[Bucket]:
        return iter(self.buckets)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another query that would find more, written as the user would type it."""

    q: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The answer to a Request. `generation` names the state of the archive that it speaks of."""

    query: Understanding
    total: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, Facet | Histogram] = field(default_factory=dict)
    suggestion: Suggestion | None = None
    page: int = 1
    size: int = 10
    took_ms: float = 0.0
    generation: int = 0

    def __getitem__(self, index: int) -> Hit:
        return self.hits[index]

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)
