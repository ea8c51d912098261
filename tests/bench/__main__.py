"""`make bench`: how fast this machine reads, annotates, stores and searches. Prints a table; `--json` for programs.

Times are of one process on one core unless said otherwise. Searches are timed as a user meets them: first with
nothing cached, then in a process that has been serving for a while.
"""

from __future__ import annotations

import argparse
import dataclasses
import http.client
import itertools
import json
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import search
from search.model import Article
from tests.bench.generator import annotations, lexicon
from tests.bench.queries import forty_queries

SEEDS = Path(__file__).parent.parent.parent / "seeds"
PORT = 8765


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000, help="size of the archive that is searched")
    parser.add_argument("--read", type=int, default=4_000, help="articles to read in each format")
    parser.add_argument("--annotate", type=int, default=1_500, help="articles to annotate")
    parser.add_argument("--workers", type=int, default=2, help="processes, where several are measured")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of the table")
    options = parser.parse_args()
    figures: dict[str, Any] = {"machine": f"{platform.machine()}, Python {platform.python_version()}"}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        figures |= bench_reading(place, options.read)
        figures |= bench_annotating(options.annotate, options.workers)
        figures |= bench_storing(place / "index", options.articles)
        figures |= bench_searching(place / "index")
        figures |= bench_http(place / "index", options.workers)
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        print(f"{name:<58} {value:>14,.1f}" if isinstance(value, float) else f"{name:<58} {value:>14}")


@contextmanager
def timed() -> Iterator[Callable[[], float]]:
    """Seconds from the start of the block to its end (or to now, within it)."""
    started = time.perf_counter()
    ended: list[float] = []
    yield lambda: (ended[0] if ended else time.perf_counter()) - started
    ended.append(time.perf_counter())


def bench_reading(place: Path, count: int) -> dict[str, Any]:
    articles = [annotation.article for annotation in annotations(count)]
    figures = {}
    for name, write in {"plain text": write_text, "JSON Lines": write_json_lines, "HTML": write_html}.items():
        folder = place / name
        folder.mkdir()
        write(folder, articles)
        with timed() as seconds:
            read = sum(isinstance(item, Article) for item in search.read(folder))
        assert read == count, f"{read} of {count} articles of {name} were read"
        figures[f"reading {name}, articles/s"] = count / seconds()
        shutil.rmtree(folder)
    return figures


def write_text(folder: Path, articles: list[Article]) -> None:
    for article in articles:
        (folder / f"{article.id}.txt").write_text(f"{article.title}\n\n{article.text}\n", "utf-8")


def write_json_lines(folder: Path, articles: list[Article]) -> None:
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
        for article in articles:
            fields = {"id": article.id, "title": article.title, "text": article.text, "source": article.source}
            file.write(json.dumps(fields) + "\n")


def write_html(folder: Path, articles: list[Article]) -> None:
    for article in articles:
        body = "".join(f"<p>{paragraph}</p>" for paragraph in article.text.split("\n\n"))
        (folder / f"{article.id}.html").write_text(
            f"<html><head><title>{article.title}</title></head><body><nav><a href='/'>Home</a></nav>"
            f"<article><h1>{article.title}</h1>{body}</article><footer>All rights reserved</footer></body></html>",
            "utf-8",
        )


def bench_annotating(count: int, workers: int) -> dict[str, Any]:
    from search.annotate import Annotator

    seeds = [item for item in search.read(SEEDS) if isinstance(item, Article)]
    # The starter archive over and over: real prose, for a generated one has no names to find.
    articles = [
        dataclasses.replace(article, id=str(number))
        for number, article in enumerate(itertools.islice(itertools.cycle(seeds), count))
    ]
    words = sum(len(article.text.split()) for article in articles)
    figures = {}
    with timed() as loading:
        annotator = Annotator()
    figures["loading the model, s"] = loading()
    for processes in (1, workers):
        with timed() as seconds:
            done = sum(1 for _ in annotator.stream(iter(articles), workers=processes))
        assert done == count
        name = "one process" if processes == 1 else f"{processes} processes"
        figures[f"annotating, {name}, articles/s"] = count / seconds()
        figures[f"annotating, {name}, words/s"] = words / seconds()
    return figures


def bench_storing(index: Path, count: int) -> dict[str, Any]:
    ready = list(annotations(count))
    with timed() as seconds, search.open(index) as archive:
        report = archive.add(ready)
    assert report.added == count, report
    size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
    with search.open(index, must_exist=True) as archive, timed() as opening:
        archive.search("")
    return {
        "articles stored": count,
        "storing, articles/s": count / seconds(),
        "index, MB": size / 1e6,
        "open and first (empty) search, ms": 1000 * opening(),
    }


def bench_searching(index: Path, rounds: int = 5) -> dict[str, Any]:
    queries = forty_queries(lexicon(1))
    figures: dict[str, Any] = {}
    with search.open(index, must_exist=True) as archive:
        archive.search("")
        cold = [time_of(lambda request=request: archive.search(request)) for _, request in queries]
        by_kind: dict[str, list[float]] = {}
        for kind, request in queries * rounds:
            by_kind.setdefault(kind, []).append(time_of(lambda request=request: archive.search(request)))
    figures |= percentiles("search, first time", cold)
    figures |= percentiles("search, warm", list(itertools.chain.from_iterable(by_kind.values())))
    for kind, times in by_kind.items():
        figures[f"search, warm, {kind}, median ms"] = 1000 * statistics.median(times)
    return figures


def time_of(call: Callable[[], Any]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def percentiles(name: str, seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    return {
        f"{name}, p50 ms": 1000 * statistics.median(ordered),
        f"{name}, p95 ms": 1000 * ordered[int(0.95 * (len(ordered) - 1))],
        f"{name}, max ms": 1000 * ordered[-1],
    }


def bench_http(index: Path, workers: int, rounds: int = 5) -> dict[str, Any]:
    from web.params import url as url_of

    urls = [url_of("/api/search", request) for _, request in forty_queries(lexicon(1))]
    pages = [url_of("/search", request) for _, request in forty_queries(lexicon(1))]
    command = [sys.executable, "-m", "search.cli", "serve", "--index-dir", str(index), "--port", str(PORT)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        wait_for_server()
        figures: dict[str, Any] = {}
        for name, paths in {"HTTP JSON, warm": urls, "HTTP page, warm": pages}.items():
            for path in paths:
                fetch(path)
            times = [time_of(lambda path=path: fetch(path)) for path in paths * rounds]
            figures |= percentiles(name, times)
        figures["results page, largest, KB"] = max(len(fetch(path)) for path in pages) / 1000
        return figures
    finally:
        server.terminate()
        server.wait(10)


def wait_for_server() -> None:
    for _ in range(300):
        try:
            fetch("/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not answer within thirty seconds")


def fetch(path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    assert response.status == 200, (path, response.status, body[:300])
    return body


if __name__ == "__main__":
    main()
