"""Where the application gets its archive: one that was handed in, or one opened by each process for itself."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import cast

from flask import current_app

import search
from search import Archive

__all__ = ["ArchiveSource", "current_archive"]

_EXTENSION = "dateline"


class ArchiveSource:
    """Opens the archive at the first request of each process: mapped files and locks do not survive a fork."""

    def __init__(self, index_dir: Path, archive: Archive | None = None) -> None:
        self.index_dir = index_dir
        self._given = archive
        self._opened: Archive | None = None
        self._process = 0
        self._lock = threading.Lock()

    def archive(self) -> Archive:
        """The archive. Raises IndexUnusable; the next request tries again."""
        if self._given is not None:
            return self._given
        with self._lock:
            if self._opened is None or self._process != os.getpid():
                self._opened = search.open(self.index_dir, must_exist=True)
                self._process = os.getpid()
            return self._opened

    def attach(self, extensions: dict[str, object]) -> None:
        extensions[_EXTENSION] = self


def current_archive() -> Archive:
    """The archive of the application that answers the current request."""
    return cast(ArchiveSource, current_app.extensions[_EXTENSION]).archive()
