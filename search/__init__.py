"""Dateline's engine: a news archive with full-text search and facets of people, countries and dates.

import search
with search.open("index_data") as archive:
    archive.add(search.read("seeds/"))
    results = archive.search('arms "air defense"', country=["RU"], since="2021-10")
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from search._version import VERSION
from search.archive import Archive
from search.archive import open_archive as open
from search.errors import DatelineError
from search.model import Annotation, Article, Refusal, Report, Request, Results

__all__ = [
    "Annotation",
    "Archive",
    "Article",
    "DatelineError",
    "Refusal",
    "Report",
    "Request",
    "Results",
    "open",
    "read",
]
__version__ = VERSION


def read(*paths: str | Path, file_dates: bool = False) -> Iterator[Article | Refusal]:
    """Read files and folders of articles, recursively; what cannot be read comes out as a Refusal.

    `file_dates` takes the file's time as the date of an article that gives none.
    """
    # The reader is imported here alone: serving needs none of it. Importing it binds `search.read` to that package,
    # which is why the package is callable and does the same as this function.
    from search.read.files import read_paths

    return read_paths(*paths, file_dates=file_dates)
