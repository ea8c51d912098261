"""READ: files → Article. One module per format; datelines, boilerplate and metadata are pure functions beside them.

The package is callable and does what `search.read(...)` does, because importing it binds that name to it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from search.model import Article, Refusal
from search.read.files import read_paths

__all__ = ["read_paths"]


class _CallableModule(ModuleType):
    def __call__(self, *paths: str | Path, file_dates: bool = False) -> Iterator[Article | Refusal]:
        """Read files and folders of articles, recursively; what cannot be read comes out as a Refusal."""
        return read_paths(*paths, file_dates=file_dates)


sys.modules[__name__].__class__ = _CallableModule
