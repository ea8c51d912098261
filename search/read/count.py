"""How many articles to expect, for a progress bar: a quick look at names, sizes and marks, without reading articles."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from search.read.files import is_known, is_passed_over

__all__ = ["count_articles"]

_BLOCK = 1024 * 1024
_MARKS = {  # suffix → what each article of such a file has once
    ".jsonl": (b"\n",),
    ".ndjson": (b"\n",),
    ".csv": (b"\n",),
    ".tsv": (b"\n",),
    ".rss": (b"<item>", b"<item ", b"<entry"),
    ".atom": (b"<entry",),
    ".xml": (b"<item>", b"<item ", b"<entry"),
}


def count_articles(*paths: str | Path) -> int:
    """About how many articles `read_paths` will give for the same paths; never raises for what cannot be read."""
    return sum(_count_in(Path(file)) for path in paths for file in _files(Path(path)))


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not is_passed_over(name)]
        for name in names:
            file = Path(folder, name)
            if not is_passed_over(name) and is_known(file) and not file.is_symlink():
                yield file


def _count_in(path: Path) -> int:
    marks = _MARKS.get(path.suffix.lower())
    if not marks:
        return 1
    count = 0
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):  # a mark across two blocks is missed: it is an estimate
                count += sum(block.count(mark) for mark in marks)
    except OSError:
        return 1
    return max(1, count)
