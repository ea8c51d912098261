"""Files and folders → Articles: which files are read, by which format, and what becomes of those that cannot be."""

from __future__ import annotations

import datetime as dt
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from search.errors import ReadError
from search.model import Article, Refusal
from search.read.csv_rows import read_table
from search.read.encoding import decode
from search.read.feeds import read_feed
from search.read.finish import FileFacts, finish
from search.read.folder_defaults import DEFAULTS_FILES, read_defaults
from search.read.json_records import read_json, read_json_lines
from search.read.markdown import read_markdown
from search.read.pages import read_page
from search.read.record import Draft
from search.read.text import read_text

__all__ = ["LARGEST_FILE", "LARGEST_PAGE", "is_known", "is_passed_over", "read_paths"]

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of a file that is read whole. Line by line (.jsonl, .csv) files may be of any size."""

LARGEST_PAGE = 8 * 1024 * 1024
"""Bytes of an HTML page or a Markdown file: parsing one takes many times its size."""

_WHOLE = frozenset({".txt", ".text", ".json", ".rss", ".atom", ".xml"})
_PAGES = frozenset({".md", ".markdown", ".html", ".htm", ".xhtml"})
_LINES = frozenset({".jsonl", ".ndjson", ".csv", ".tsv"})
_KNOWN = _WHOLE | _PAGES | _LINES
_NOT_ARTICLES = ("readme", "license", "licence", "copying", "changelog")


def read_paths(*paths: str | Path, file_dates: bool = False) -> Iterator[Article | Refusal]:
    """Articles of files and folders, lazily, in the order of `paths` and then of names.

    A folder is read recursively; hidden files, README, LICENSE and files of other kinds in it are passed over. What
    cannot be read comes out as a Refusal, and the rest goes on: nothing is raised. Ids come from paths relative to the
    folder given (or the folder of the file given), so they do not depend on the working directory.
    `file_dates` dates an article by its file's time where nothing better is known.
    """
    reading = _Reading(taken=set() if len(paths) > 1 else None, file_dates=file_dates)
    for path in paths:
        yield from _read_root(Path(path), reading)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one call of `read_paths` keeps: the files read (device and inode), and the ids that paths gave."""

    taken: set[str] | None
    file_dates: bool
    seen: set[tuple[int, int]] = field(default_factory=set)


def _read_root(root: Path, reading: _Reading) -> Iterator[Article | Refusal]:
    name = _shown(root)
    try:
        status = root.stat()
    except (OSError, ValueError) as error:
        missing = "does not exist; check its spelling" if isinstance(error, FileNotFoundError) else _reason(error)
        yield Refusal(name, missing)
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _read_folder(root, reading)
        return
    suffix = root.suffix.lower()
    if not stat.S_ISREG(status.st_mode):
        yield Refusal(name, "is neither a file nor a folder; name a file of articles")
    elif suffix not in _KNOWN:
        yield Refusal(name, f"has an extension that is not known; known are {', '.join(sorted(_KNOWN))}")
    else:
        defaults, problems = read_defaults(root.parent, _shown)
        yield from problems
        yield from _read_file(root, root.name, defaults, reading)


def _read_folder(root: Path, reading: _Reading) -> Iterator[Article | Refusal]:
    """Depth first, names in order; a stack of our own, so that no depth of folders is too much."""
    real_root = Path(os.path.realpath(root))
    stack: list[tuple[Path, Mapping[str, str]]] = [(root, {})]
    while stack:
        path, inherited = stack.pop()
        try:
            if path.is_symlink() and path != root:
                yield from _judge_link(path, real_root)
                continue
            if path.is_dir():
                defaults, problems = read_defaults(path, _shown)
                yield from problems
                with os.scandir(path) as entries:
                    names = sorted((entry.name for entry in entries), key=lambda name: os.fsencode(name), reverse=True)
                merged = {**inherited, **defaults}
                stack.extend((path / entry, merged) for entry in names if not is_passed_over(entry))
            elif path.is_file() and is_known(path):
                yield from _read_file(path, path.relative_to(root).as_posix(), inherited, reading)
        except OSError as error:
            yield Refusal(_shown(path), _reason(error))


def _judge_link(path: Path, real_root: Path) -> Iterator[Refusal]:
    """A link to something below the root is read at its own place; any other is reported, and never followed."""
    try:
        target = Path(os.path.realpath(path, strict=True))
    except OSError:
        yield Refusal(_shown(path), "is a link that leads nowhere, or in a circle; remove it")
        return
    if (
        target == real_root
        or real_root.is_relative_to(target)
        or Path(os.path.realpath(path.parent)).is_relative_to(target)
    ):
        yield Refusal(_shown(path), "is a link to a folder that holds it; it was not followed")
    elif not target.is_relative_to(real_root):
        yield Refusal(_shown(path), "is a link that leaves the folder being read; name its target to read it too")


def is_known(path: Path) -> bool:
    """Is the file of a kind that is read?"""
    return path.suffix.lower() in _KNOWN


def is_passed_over(name: str) -> bool:
    """Is a file or folder of this name left alone, without a word?"""
    return name.startswith(".") or name in DEFAULTS_FILES or name.lower().startswith(_NOT_ARTICLES)


def _read_file(path: Path, key: str, defaults: Mapping[str, str], reading: _Reading) -> Iterator[Article | Refusal]:
    name = _shown(path)
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if (status.st_dev, status.st_ino) in reading.seen:
                return  # given twice: as a file, and in a folder
            reading.seen.add((status.st_dev, status.st_ino))
            modified = dt.datetime.fromtimestamp(status.st_mtime, dt.UTC) if reading.file_dates else None
            facts = FileFacts(name=name, key=key, defaults=defaults, modified=modified, taken=reading.taken)
            if status.st_size == 0:
                raise ReadError(name, "is empty (0 bytes)")
            suffix = path.suffix.lower()
            drafts: Iterator[Draft | Refusal]
            if suffix in {".jsonl", ".ndjson"}:
                drafts = read_json_lines(file, name)
            elif suffix in {".csv", ".tsv"}:
                drafts = read_table(file, name)
            else:
                limit = LARGEST_PAGE if suffix in _PAGES else LARGEST_FILE
                data = file.read(limit + 1)
                if len(data) > limit:
                    raise ReadError(name, f"is larger than {limit // 2**20} MiB; split it, or convert it to .jsonl")
                drafts = _read_data(data, suffix, name)
            yield from _finish_all(drafts, facts)
    except ReadError as error:
        yield Refusal(name, error.reason, error.line)
    except OSError as error:
        yield Refusal(name, _reason(error))
    except Exception as error:
        yield Refusal(name, f"cannot be read: the parser failed with {type(error).__name__} ({str(error)[:120]})")


def _read_data(data: bytes, suffix: str, name: str) -> Iterator[Draft | Refusal]:
    if suffix in {".html", ".htm", ".xhtml"}:
        return read_page(data, name)
    text = decode(data, name)
    if not text.strip():
        raise ReadError(name, "is empty (white space alone)")
    if suffix in {".md", ".markdown"}:
        return read_markdown(text, name)
    if suffix == ".json":
        return read_json(text, name)
    if suffix in {".rss", ".atom", ".xml"}:
        return read_feed(text, name)
    return read_text(text)


def _finish_all(drafts: Iterator[Draft | Refusal], facts: FileFacts) -> Iterator[Article | Refusal]:
    for draft in drafts:
        if isinstance(draft, Refusal):
            yield draft
            continue
        try:
            yield finish(draft, facts)
        except ReadError as error:
            yield Refusal(facts.name, error.reason, error.line)


def _shown(path: Path) -> str:
    """The path as the user wrote it, in characters that can be printed."""
    return os.fsencode(path).decode("utf-8", "replace")


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, PermissionError):
        return "may not be read by this user; change its permissions"
    return f"cannot be read ({getattr(error, 'strerror', None) or error}); check the path"
