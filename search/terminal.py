"""What the `dateline` command shows in a terminal: progress, reports, results, facets. It only prints."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from search.adding import Progress
from search.model import Annotation, Facet, Histogram, Hit, Report

__all__ = ["print_annotation", "print_facet", "print_hit", "print_report", "progress_bar"]

SHOWN_REFUSALS = 20


@contextmanager
def progress_bar(count: Callable[[], int], quiet: bool) -> Iterator[Callable[[Progress], None] | None]:
    """A bar with articles, rate and time left on a terminal; a line every ten seconds elsewhere."""
    if quiet:
        yield None
        return
    started = time.monotonic()
    if sys.stderr.isatty():
        with click.progressbar(
            length=max(1, count()), label="Indexing", show_pos=True, show_eta=True, file=sys.stderr, item_show_func=str
        ) as bar:

            def draw(progress: Progress) -> None:
                rate = progress.done / max(1e-9, time.monotonic() - started)
                bar.update(progress.done - bar.pos, f"{rate:,.0f} articles/s")

            yield draw
        return
    last = started

    def log(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= 10:
            last = now
            click.echo(f"{progress.done:,} articles, {progress.done / (now - started):,.0f}/s", err=True)

    yield log


def print_report(report: Report, *, quiet: bool = False) -> None:
    for refusal in report.refused[:SHOWN_REFUSALS]:
        click.echo(f"refused: {refusal}", err=True)
    if len(report.refused) > SHOWN_REFUSALS:
        click.echo(f"… and {len(report.refused) - SHOWN_REFUSALS:,} more refused", err=True)
    if quiet:
        return
    rate = report.accepted / report.seconds if report.seconds else 0
    speed = [
        f"{rate:,.0f} articles/s",
        *(f"{room} {seconds:.1f} s" for room, seconds in report.seconds_by_room.items()),
    ]
    click.echo(
        f"{report.added:,} added, {report.updated:,} updated, {report.unchanged:,} unchanged, "
        f"{len(report.refused):,} refused in {report.seconds:.1f} s ({', '.join(speed)})"
    )


def print_annotation(annotation: Annotation) -> None:
    article = annotation.article
    known = f"{article.published} ({article.published.known_by})" if article.published else "date unknown"
    click.secho(article.title or "(no title)", bold=True)
    click.echo("  " + " · ".join(filter(None, [known, article.source, article.place, article.origin])))
    rows = (
        ("people", annotation.persons),
        ("countries", annotation.countries),
        ("organisations", annotation.organizations),
        ("places", annotation.places),
    )
    for name, tags in rows:
        if tags:
            click.echo(f"  {name}: {', '.join(tag.label for tag in tags)}")
    if annotation.dates:
        click.echo(f"  dates: {', '.join(map(str, annotation.dates))}")


def print_hit(hit: Hit) -> None:
    click.echo()
    click.echo(emphasize(hit.title or "(no title)", hit.title_ranges, bold=True))
    about = [
        str(hit.published) if hit.published else None,
        hit.source,
        ", ".join(tag.label for tag in hit.countries[:5]),
    ]
    click.secho("  " + " · ".join([part for part in about if part] + [hit.id]), dim=True)
    if hit.snippet and hit.snippet.text:
        click.echo("  " + " ".join(emphasize(hit.snippet.text, hit.snippet.ranges).split()))
    if hit.missing:
        click.secho(f"  lacks: {', '.join(hit.missing)}", dim=True)


def emphasize(text: str, ranges: Iterable[tuple[int, int]], **style: Any) -> str:
    """`text` with the ranges underlined on a terminal (elsewhere click drops the styling)."""
    pieces, at = [], 0
    for start, end in ranges:
        pieces += [click.style(text[at:start], **style), click.style(text[start:end], underline=True, bold=True)]
        at = end
    return "".join([*pieces, click.style(text[at:], **style)])


def print_facet(facet: Facet | Histogram) -> None:
    if isinstance(facet, Histogram):
        busiest = max((bucket.count for bucket in facet.buckets), default=0)
        if not busiest:
            return
        click.secho(f"\n{facet.label} by {facet.interval}", bold=True)
        for bucket in facet.buckets:
            if bucket.count:
                click.echo(f"  {bucket.interval!s:<10} {bucket.count:>7,} {'█' * round(30 * bucket.count / busiest)}")
        return
    if not facet.values:
        return
    more = f" ({len(facet.values)} of {facet.total:,})" if facet.total > len(facet.values) else ""
    click.secho(f"\n{facet.label}{more}", bold=True)
    for value in facet.values:
        mark = "✓" if value.selected else "✗" if value.excluded else " "
        click.echo(f" {mark}{value.count:>7,}  {value.label}  ({value.value})")
