"""A plain archive of a few articles in memory, for tests of the web alone: every method a loop over all articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from search.dates import parse_interval, year_interval
from search.errors import ArticleNotFound, RequestError
from search.model import (
    DATE_HISTOGRAMS,
    FACETS,
    Annotation,
    Article,
    Bucket,
    Facet,
    FacetValue,
    Filter,
    Histogram,
    Hit,
    Mention,
    Problem,
    Published,
    Request,
    Results,
    Snippet,
    Suggestion,
    Tag,
    Understanding,
)


@dataclass(frozen=True)
class Completion:
    kind: str
    value: str
    label: str
    count: int = 1


@dataclass(frozen=True)
class Stats:
    articles: int
    generation: int = 3
    path: str = "/srv/secret/index_data"


@dataclass
class PlainArchive:
    """The facade that the web is given. `asked` keeps every request; `problems` and `suggestion` go into answers."""

    annotations: Sequence[Annotation] = ()
    problems: tuple[Problem, ...] = ()
    suggestion: Suggestion | None = None
    relaxed: bool = False
    generation: int = 3
    asked: list[Request] = field(default_factory=list)

    def search(self, request: Request) -> Results:
        self.asked.append(request)
        found = [a for a in self.annotations if _has(a, request)]
        pages = max(1, -(-len(found) // request.size))
        if request.page > pages:
            reason = f"there are {pages} pages, not {request.page}"
            raise RequestError("page", reason, value=str(request.page), nearest=str(pages))
        shown = found[(request.page - 1) * request.size : request.page * request.size]
        return Results(
            query=Understanding(
                q=request.q,
                text=request.q,
                words=tuple(request.q.split()),
                problems=self.problems,
                relaxed=self.relaxed,
            ),
            total=len(found),
            hits=tuple(_hit(a, request, self.relaxed) for a in shown),
            facets={name: self._facet(name, found, request) for name in request.facets},
            suggestion=self.suggestion,
            page=request.page,
            size=request.size,
            took_ms=1.234,
            generation=self.generation,
        )

    def get(self, article_id: str) -> Annotation:
        for annotation in self.annotations:
            if annotation.article.id == article_id:
                return annotation
        raise ArticleNotFound(article_id)

    def facet_values(self, name: str, prefix: str = "", *, request: Request | None = None, limit: int = 20) -> Facet:
        counts = Counter(tag for a in self.annotations if _has(a, request or Request()) for tag in _tags(a, name))
        values = [FacetValue(t.value, t.label, n) for t, n in counts.items() if prefix.lower() in t.label.lower()]
        return Facet(name, FACETS[name], len(values), tuple(values[:limit]))

    def suggest(self, text: str, limit: int = 8) -> tuple[Completion, ...]:
        people = self.facet_values("person", text).values
        completions = [Completion("person", v.value, v.label, v.count) for v in people]
        completions += [Completion("title", a.article.id, a.article.title) for a in self.annotations]
        return tuple(completions[:limit])

    def stats(self) -> Stats:
        return Stats(len(self.annotations))

    def _facet(self, name: str, found: list[Annotation], request: Request) -> Facet | Histogram:
        if name in DATE_HISTOGRAMS:
            years = Counter(a.article.published.interval.first.year for a in found if a.article.published)
            span = range(min(years), max(years) + 1) if years else ()
            buckets = tuple(Bucket(year_interval(year), years[year]) for year in span)
            return Histogram(name, DATE_HISTOGRAMS[name], "year", len(found) - sum(years.values()), 0, buckets)
        counts = Counter(tag for a in found for tag in _tags(a, name))
        labels = {tag.value: tag.label for a in self.annotations for tag in _tags(a, name)}
        chosen = [f for f in request.filters if f.facet == name]
        counted = {tag.value: n for tag, n in counts.items()}
        values = [
            FacetValue(f.value, labels.get(f.value, f.value), counted.get(f.value, 0), not f.exclude, f.exclude)
            for f in chosen
        ]
        rest = sorted((tag for tag in counts), key=lambda t: (-counts[t], t.label))
        values += [FacetValue(t.value, t.label, counts[t]) for t in rest if t.value not in {f.value for f in chosen}]
        return Facet(name, FACETS[name], len(counts), tuple(values[: request.facet_size]))


def _tags(annotation: Annotation, facet: str) -> tuple[Tag, ...]:
    article = annotation.article
    match facet:
        case "person":
            return annotation.persons
        case "country":
            return annotation.countries
        case "organization":
            return annotation.organizations
        case "place":
            return annotation.places
    value = getattr(article, facet)
    return (Tag(value, value),) if value else ()


def _has(annotation: Annotation, request: Request) -> bool:
    article = annotation.article
    for facet in FACETS:
        values = {tag.value for tag in _tags(annotation, facet)}
        wanted = [f.value for f in request.filters if f.facet == facet and not f.exclude]
        if wanted and not values.intersection(wanted):
            return False
        if any(Filter(facet, value, True) in request.filters for value in values):
            return False
    since, until = request.published
    if since or until:
        if not article.published:
            return False
        interval = article.published.interval
        if (since and interval.first < since) or (until and interval.last > until):
            return False
    for word in request.q.lower().split():
        name, colon, value = word.partition(":")
        if colon and name in FACETS:
            if value.strip('"') not in {tag.value.lower() for tag in _tags(annotation, name)}:
                return False
        elif word not in f"{article.title} {article.text}".lower():
            return False
    return True


def _hit(annotation: Annotation, request: Request, relaxed: bool) -> Hit:
    article = annotation.article
    words = [w for w in request.q.lower().split() if ":" not in w]
    spans = sorted((article.text.lower().find(w), len(w)) for w in words)
    ranges = tuple((at, at + size) for at, size in spans if at >= 0)
    return Hit(
        id=article.id,
        title=article.title,
        url=article.url,
        source=article.source,
        author=article.author,
        published=article.published,
        score=1.5,
        snippet=Snippet(article.text[:300], tuple(r for r in ranges if r[1] <= 300) if request.highlight else ()),
        countries=annotation.countries,
        persons=annotation.persons,
        missing=("corridor",) if relaxed else (),
    )


def annotated(id: str, title: str = "", text: str = "", *, published: str | None = None, **fields: Any) -> Annotation:
    """An annotated article in one line; `persons` and the like are (value, label) pairs, `mentions` are Mentions."""
    tags = {
        name: tuple(Tag(*pair) for pair in fields.pop(name, ()))
        for name in ("persons", "countries", "organizations", "places")
    }
    mentions: tuple[Mention, ...] = tuple(fields.pop("mentions", ()))
    dates = tuple(parse_interval(date) for date in fields.pop("dates", ()))
    known_by = fields.pop("known_by", "metadata")
    when = Published(parse_interval(published), known_by) if published else None
    article = Article(id=id, title=title, text=text, published=when, **fields)
    return Annotation(article=article, mentions=mentions, dates=dates, model="given", **tags)


def mention(text: str, surface: str, type: Any, value: str, label: str, why: str = "name") -> Mention:
    """The first mention of `surface` in `text`."""
    at = text.index(surface)
    return Mention(at, at + len(surface), surface, type, value, label, why)


TALKS = (
    "TEHRAN – Iran's chief of staff will fly to Moscow on Monday to meet Sergei Shoigu.\n\n"
    "Shoigu said last week that talks on air defense would go on."
)
ARTICLES = (
    annotated(
        "talks",
        "Iran's chief of staff heads to Moscow",
        TALKS,
        published="2021-10-18",
        known_by="dateline",
        source="Evening Star",
        author="R. Writer",
        url="https://example.org/talks",
        language="en",
        place="Tehran",
        persons=[("sergei-shoigu", "Sergei Shoigu")],
        countries=[("IR", "Iran"), ("RU", "Russia")],
        organizations=[("nato", "NATO")],
        places=[("moscow", "Moscow")],
        dates=["2021-10-11/2021-10-17"],
        mentions=[
            mention(TALKS, "Iran's", "country", "IR", "Iran", "name"),
            mention(TALKS, "Moscow", "place", "moscow", "Moscow", "city"),
            mention(TALKS, "Sergei Shoigu", "person", "sergei-shoigu", "Sergei Shoigu"),
            mention(TALKS, "last week", "date", "2021-10-11/2021-10-17", "11–17 October 2021", "week before"),
        ],
    ),
    annotated(
        "flood/2022",
        "Floods in Pakistan",
        "Rain for a month.\n\nTalks on aid go on.",
        published="2022-08",
        source="Morning Post",
        countries=[("PK", "Pakistan"), ("RU", "Russia")],
        persons=[("sergei-shoigu", "Sergei Shoigu"), ("sherry-rehman", "Sherry Rehman")],
    ),
    annotated("undated", "No date", "Nothing is known of its date."),
)
