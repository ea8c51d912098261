"""The `dateline` command. It wires the rooms together; parsing, searching and writing are theirs.

Exit status: 0 done; 1 some input was refused (each is named); 2 wrong usage; 3 the index is unusable (the message says
what to do).
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import click

from search._version import VERSION
from search.archive import Archive, load_annotator, open_archive
from search.errors import (
    ArticleNotFound,
    DatelineError,
    IndexLocked,
    IndexMissing,
    IndexUnusable,
    ModelError,
    RequestError,
)
from search.model import FACETS, Article, Refusal, Report, Request
from search.terminal import print_annotation, print_facet, print_hit, print_report, progress_bar

DONE, REFUSED, USAGE, UNUSABLE = 0, 1, 2, 3
INTERRUPTED = 130  # as the shell has it: 128 and the number of SIGINT
READABLE = "text, Markdown, HTML, JSON, JSON Lines, CSV, RSS and Atom"


class Dateline(click.Group):
    """The command group: turns every error of ours into one line on standard error and its exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except IndexUnusable as error:
            fail(error, UNUSABLE)
        except (RequestError, ModelError) as error:
            fail(error, USAGE)
        except DatelineError as error:
            fail(error, REFUSED)
        except BrokenPipeError:
            # The reader of our output (head, less) has gone. Point stdout elsewhere, or Python complains at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(DONE)
        except OSError as error:
            # A directory that cannot be made, a full disk: what the system says is what there is to mend.
            if error.filename is None:  # our own output, which Python would try to write once more at exit
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            fail(error, UNUSABLE if error.filename else REFUSED)
        except KeyboardInterrupt:
            click.echo("\ndateline: stopped", err=True)
            sys.exit(INTERRUPTED)


def fail(error: Exception, status: int) -> NoReturn:
    said = f"{error.filename or 'output'}: {error.strerror or error}" if isinstance(error, OSError) else error
    click.echo(f"dateline: {said}", err=True)
    sys.exit(status)


index_option = click.option(
    "--index-dir",
    envvar="DATELINE_INDEX",
    default="index_data",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where the index lives. Environment: DATELINE_INDEX.",
)
paths_argument = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
model_option = click.option(
    "--model",
    default="fast",
    show_default=True,
    help="Language model: ours (fast), or any installed spaCy pipeline with an entity recogniser, by name or path.",
)
workers_option = click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 256), help="Processes that annotate."
)
file_dates_option = click.option(
    "--file-dates", is_flag=True, help="Date an article that gives no date by the time of its file."
)


@click.group(cls=Dateline, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="dateline")
def main() -> None:
    """Search a news archive by words, people, countries and dates."""


# Writing ----------------------------------------------------------------------------------------------------


@main.command()
@paths_argument
@index_option
@model_option
@workers_option
@file_dates_option
@click.option("--rebuild", is_flag=True, help="Start afresh; the old index serves until the new one is complete.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar; only what was refused.")
def index(
    paths: tuple[Path, ...], index_dir: Path, model: str, workers: int, file_dates: bool, rebuild: bool, quiet: bool
) -> None:
    """Read, annotate and store the articles in PATHS (files or folders)."""
    try:
        report = index_paths(
            paths, index_dir, model=model, workers=workers, file_dates=file_dates, rebuild=rebuild, quiet=quiet
        )
    except KeyboardInterrupt:
        kept = "the index is as it was" if rebuild else "what was stored is kept; the same command goes on from there"
        click.echo(f"\ndateline: stopped; {kept}", err=True)
        sys.exit(INTERRUPTED)
    print_report(report, quiet=quiet)
    if not (report.accepted or report.refused):
        click.echo(f"no articles in {', '.join(map(str, paths))}; what can be read: {READABLE}", err=True)
    sys.exit(REFUSED if report.refused else DONE)


def index_paths(
    paths: Iterable[Path],
    index_dir: Path,
    *,
    model: str = "fast",
    workers: int = 1,
    file_dates: bool = False,
    rebuild: bool = False,
    quiet: bool = False,
) -> Report:
    from search.read.count import count_articles
    from search.read.files import read_paths

    paths = tuple(paths)
    with open_archive(index_dir) as archive, progress_bar(lambda: count_articles(*paths), quiet) as advance:
        return archive.add(
            read_paths(*paths, file_dates=file_dates), model=model, workers=workers, rebuild=rebuild, progress=advance
        )


@main.command()
@click.argument("ids", nargs=-1, required=True)
@index_option
def delete(ids: tuple[str, ...], index_dir: Path) -> None:
    """Take the articles with these IDS out of the index."""
    with open_archive(index_dir, must_exist=True) as archive:
        unknown = [article_id for article_id in ids if not has_article(archive, article_id)]
        deleted = archive.delete(ids)
    click.echo(f"{deleted:,} deleted")
    for article_id in unknown:
        click.echo(f"no article has the id {article_id!r}", err=True)
    sys.exit(REFUSED if unknown else DONE)


def has_article(archive: Archive, article_id: str) -> bool:
    try:
        archive.get(article_id)
    except ArticleNotFound:
        return False
    return True


@main.command()
@paths_argument
@index_option
@model_option
@workers_option
@click.option("--every", default=10.0, show_default=True, type=click.FloatRange(0.1), help="Seconds between two looks.")
def watch(paths: tuple[Path, ...], index_dir: Path, model: str, workers: int, every: float) -> None:
    """Index what arrives or changes in PATHS, until stopped."""
    from search.read.files import read_paths

    click.echo(f"watching {', '.join(map(str, paths))}; stop with Ctrl-C", err=True)
    annotator = cache(load_annotator)  # the language model is loaded once, not at every look
    known: set[Refusal] = set()  # a bad file is reported once, not at every look
    try:
        while True:
            try:
                with open_archive(index_dir, annotator=annotator) as archive:
                    report = archive.add(read_paths(*paths), model=model, workers=workers)
            except IndexLocked:
                time.sleep(every)  # another process writes to the index; what arrived will still be there
                continue
            for refusal in set(report.refused) - known:
                click.echo(f"refused: {refusal}", err=True)
            known = set(report.refused)
            if report.added or report.updated:
                click.echo(f"{report.added:,} added, {report.updated:,} updated")
            time.sleep(every)
    except KeyboardInterrupt:
        click.echo("stopped", err=True)


@main.command()
@paths_argument
@model_option
@workers_option
@file_dates_option
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON document a line: the article's fields and its mentions."
)
def annotate(paths: tuple[Path, ...], model: str, workers: int, file_dates: bool, as_json: bool) -> None:
    """Show what is found in the articles in PATHS, without storing anything."""
    from search.annotate import Annotator
    from search.read.files import read_paths
    from web.serialize import article_document

    annotator = Annotator(model)
    refused: list[Refusal] = []

    def articles() -> Iterator[Article]:
        for item in read_paths(*paths, file_dates=file_dates):
            if isinstance(item, Refusal):
                refused.append(item)
                click.echo(f"refused: {item}", err=True)
            else:
                yield item

    for annotation in annotator.stream(articles(), workers=workers):
        if as_json:
            click.echo(json.dumps(article_document(annotation), ensure_ascii=False))
        else:
            print_annotation(annotation)
    sys.exit(REFUSED if refused else DONE)


# Asking -----------------------------------------------------------------------------------------------------


def facet_options(command: Callable[..., None]) -> Callable[..., None]:
    """An option per facet, and one that excludes: both repeatable, as in the HTTP contract."""
    for facet in reversed(tuple(FACETS)):
        command = click.option(
            f"--{facet}-not",
            f"--{facet}__not",
            f"{facet}__not",
            multiple=True,
            metavar="VALUE",
            help=f"Without this {facet}.",
        )(command)
        command = click.option(
            f"--{facet}", multiple=True, metavar="VALUE", help=f"Only this {facet} (repeatable: or)."
        )(command)
    return command


@main.command()
@click.argument("query", nargs=-1)
@index_option
@facet_options
@click.option("--from", "since", metavar="DATE", help="Published on or after: 2021, 2021-10 or 2021-10-18.")
@click.option("--to", "until", metavar="DATE", help="Published on or before.")
@click.option("--mentioned-from", metavar="DATE", help="Speaks of a date on or after.")
@click.option("--mentioned-to", metavar="DATE", help="Speaks of a date on or before.")
@click.option("--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance", show_default=True)
@click.option("--page", type=int, default=1, show_default=True)
@click.option("--size", type=int, default=10, show_default=True, help="Results a page, at most 100.")
@click.option(
    "--facets", help="What to count, parted by commas: country,person,organization,place,source,date,mentioned …"
)
@click.option("--facet-size", type=int, default=10, show_default=True, help="Values listed of each facet.")
@click.option("--date-interval", type=click.Choice(["auto", "year", "month", "day"]), default="auto", show_default=True)
@click.option("--highlight/--no-highlight", default=True, help="Snippets with the matches marked.")
@click.option("--json", "as_json", is_flag=True, help="Print what /api/search answers.")
def search(query: tuple[str, ...], index_dir: Path, as_json: bool, **options: Any) -> None:
    """Search the index for QUERY: words, "phrases", OR, -word, word*, word~, title:, person:, country:, date: …

    Write -- before a QUERY that begins with a minus: dateline search -- -word
    """
    request = request_from(" ".join(query), options)
    with open_archive(index_dir, must_exist=True) as archive:
        results = archive.search(request)
        if as_json:
            from web.serialize import results_document

            click.echo(json.dumps(results_document(results, request), ensure_ascii=False, indent=2))
            return
        for problem in results.query.problems:
            click.secho(f"note: {problem.message}", fg="yellow", err=True)
        if results.query.relaxed:
            click.secho("No article has all these words; these have most of them.", fg="yellow", err=True)
        click.echo(f"{results.total:,} article{'' if results.total == 1 else 's'} ({results.took_ms:.1f} ms)")
        for hit in results.hits:
            print_hit(hit)
        for facet in results.facets.values():
            print_facet(facet)
        if results.suggestion:
            click.echo(f"\nDid you mean: {results.suggestion.q}")


def request_from(query: str, options: dict[str, Any]) -> Request:
    """Options of the command → Request; they mean what the parameters of the same name mean over HTTP."""
    from web.params import parse_pairs

    pairs = [("q", query)]
    names = {"since": "from", "until": "to"}
    for option, value in options.items():
        name = names.get(option, option)
        if isinstance(value, tuple):
            pairs += [(name, each) for each in value]
        elif isinstance(value, bool):
            pairs.append((name, "1" if value else "0"))
        elif value is not None:
            pairs.append((name, str(value)))
    return parse_pairs(pairs)


@main.command()
@index_option
@click.option("--json", "as_json", is_flag=True)
def stats(index_dir: Path, as_json: bool) -> None:
    """How many articles, from when to when, by whom, how large."""
    from dataclasses import asdict

    with open_archive(index_dir, must_exist=True) as archive:
        facts = asdict(archive.stats())
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2, default=str))
        return
    for name, value in facts.items():
        shown = f"{value:,}" if isinstance(value, int) else value
        click.echo(f"{name.replace('_', ' '):<16} {shown}")


@main.command()
@index_option
def check(index_dir: Path) -> None:
    """Verify every file of the index against its checksum."""
    with open_archive(index_dir, must_exist=True) as archive:
        problems = archive.check()
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        sys.exit(UNUSABLE)
    click.echo(f"{index_dir}: sound")


@main.command()
@index_option
def export(index_dir: Path) -> None:
    """Print every article with its annotations, one JSON document a line. `dateline index` reads it back."""
    from web.serialize import article_document

    with open_archive(index_dir, must_exist=True) as archive:
        for annotation in archive.articles():
            click.echo(json.dumps(article_document(annotation), ensure_ascii=False))


@main.command()
@click.argument("prefix", default="")
@index_option
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000))
def people(prefix: str, index_dir: Path, limit: int) -> None:
    """List the people of the archive by how many articles speak of them; PREFIX is the start of any name."""
    with open_archive(index_dir, must_exist=True) as archive:
        facet = archive.facet_values("person", prefix, limit=limit)
    for value in facet:
        click.echo(f"{value.count:>7,}  {value.label}  ({value.value})")
    if facet.total > len(facet):
        click.echo(f"{len(facet):,} of {facet.total:,}; see more with --limit", err=True)


@main.command()
@index_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that serve.")
@click.option(
    "--allow-host",
    "allowed_hosts",
    multiple=True,
    metavar="NAME",
    help="Answer for this host name too, as behind a proxy (repeatable); a loopback address else has only local names.",
)
def serve(index_dir: Path, host: str, port: int, workers: int, allowed_hosts: tuple[str, ...]) -> None:
    """Serve the page and the JSON endpoint. Without an index, index the starter archive (seeds/) first."""
    try:
        open_archive(index_dir, must_exist=True).close()
    except IndexMissing:
        seeds = starter_archive()
        if seeds is None:
            raise
        click.echo(f"No index at {index_dir} yet: indexing {seeds}.", err=True)
        print_report(index_paths([seeds], index_dir))
    from web.server import serve as serve_web

    serve_web(index_dir, host=host, port=port, workers=workers, allowed_hosts=allowed_hosts)


def starter_archive() -> Path | None:
    """`seeds/` in the current directory, else in the checkout that this module runs from."""
    candidates = (Path("seeds"), Path(__file__).resolve().parent.parent / "seeds")
    return next((path for path in candidates if path.is_dir()), None)


if __name__ == "__main__":
    main()
