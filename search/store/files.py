"""The directory of an index: files that are on the disk when a commit says so, and a lock for one writer."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from weakref import WeakSet

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from search.errors import IndexLocked
from search.store import pickles

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

__all__ = ["IndexFiles", "digest_of", "is_ours", "sync_directory", "write_atomically"]

INDEX_NAME = "MAIN"
"""What Whoosh calls an index that was given no name: its own tools open it."""

LOCK_NAME = "write.lock"
DIRECTORY_MODE = 0o700
"""An index holds what Whoosh pickled: nobody else may write there."""


_OURS = re.compile(r"MAIN_[a-z0-9]{16}\..+|_MAIN_[0-9]+\.toc.*|MAIN\.tmp|manifest\.json\.tmp")


def is_ours(name: str) -> bool:
    """Is it the name of a file that a writer makes (whether or not a manifest still names it)?"""
    return _OURS.fullmatch(name) is not None


class PlainFile(StructFile):  # type: ignore[misc]
    """A file whose pickles may hold plain values only."""

    def read_pickle(self) -> Any:
        return pickles.load(self.file)


class IndexFiles(FileStorage):  # type: ignore[misc]
    """Whoosh's storage, which knows the files written since the last `sync` and can bring them to the disk.

    Whoosh itself never calls fsync: after a loss of power its pointer may name files whose bytes never arrived.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), supports_mmap=True)
        self.path = path
        self.written: set[str] = set()
        self._handles: WeakSet[Any] = WeakSet()

    def create_file(self, name: str, **options: Any) -> Any:
        self.written.add(name)
        file = super().create_file(name, **options)
        self._handles.add(file)
        return file

    def open_file(self, name: str, **options: Any) -> PlainFile:
        file = PlainFile((self.path / name).open("rb"), name=name, **options)
        self._handles.add(file)
        return file

    def close_handles(self) -> None:
        """Close the files that Whoosh left open, as it does where writing fails; they are no longer wanted."""
        for file in list(self._handles):
            if not file.is_closed:
                with suppress(OSError):
                    file.close()

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        super().rename_file(oldname, newname, safe=safe)
        self.written.discard(oldname)
        self.written.add(newname)

    def delete_file(self, name: str) -> None:
        super().delete_file(name)
        self.written.discard(name)

    def temp_storage(self, name: str | None = None) -> Any:
        storage = IndexFiles(self.path / (name or f"{INDEX_NAME}.tmp")).create()
        storage._handles = self._handles
        return storage

    def sync(self) -> list[str]:
        """Bring what was written, and the directory, to the disk; the names of those files."""
        names = sorted(self.written)
        for name in names:
            with (self.path / name).open("rb") as file:
                os.fsync(file.fileno())
        sync_directory(self.path)
        self.written.clear()
        return names

    def discard(self, names: Iterable[str]) -> None:
        """Delete files of ours, where they are still there; folders of temporary files with what is in them."""
        for name in names:
            path = self.path / name
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
            self.written.discard(name)


def digest_of(path: Path) -> str:
    """The BLAKE2b-128 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def sync_directory(path: Path) -> None:
    """Bring the names in a directory to the disk (where the system can; Windows does it by itself)."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_atomically(path: Path, content: bytes) -> None:
    """Replace a file so that, whatever happens, it holds its old content or all of the new."""
    temporary = path.with_name(f"{path.name}.tmp")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_directory(path.parent)


# One writer at a time -------------------------------------------------------------------------------------------

_held: set[Path] = set()
_held_lock = threading.Lock()


@contextmanager
def write_lock(directory: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the index for writing, against other processes and other threads of this one.

    Waits up to `wait` seconds, then raises IndexLocked. The system releases the lock of a process that died.
    """
    path = (directory / LOCK_NAME).resolve()
    deadline = time.monotonic() + wait
    while (handle := _try_lock(path)) is None:
        if time.monotonic() >= deadline:
            raise IndexLocked(directory, "another process is writing to it; try again when it is done")
        time.sleep(0.05)
    try:
        yield
    finally:
        os.close(handle)
        with _held_lock:
            _held.discard(path)


def _try_lock(path: Path) -> int | None:
    # Record locks belong to a process: children that annotate do not inherit them, as they would inherit a flock, and
    # cannot keep the index locked when their parent is killed. So threads need the set.
    with _held_lock:
        if path in _held:
            return None
        handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            if fcntl is not None:
                fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return None
        _held.add(path)
        return handle
