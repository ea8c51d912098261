"""The manifest: one JSON file that names the current generation, its files with their checksums, and who wrote it.

It is the pointer that a commit moves, last of all and atomically. Files that no manifest names do not count, whatever
else lies in the directory. The files of the generation before stay until the next commit, for readers on their way.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from search._version import VERSION
from search.analysis import ANALYZER_VERSION
from search.errors import IndexDamaged, IndexMismatch, IndexMissing
from search.store.files import INDEX_NAME, digest_of, is_ours, write_atomically
from search.store.schema import FORMAT_VERSION
from search.store.segment_view import REBUILD

__all__ = ["MANIFEST_NAME", "FileFacts", "Manifest", "has_manifest", "read_manifest", "write_manifest"]

MANIFEST_NAME = "manifest.json"
FORMAT = "dateline-index"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file of the index must be: its size in bytes and the BLAKE2b-128 of its content."""

    bytes: int
    blake2b: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`files` are those of this generation, `previous` the names of those of the one before."""

    generation: int
    articles: int
    models: tuple[str, ...] = ()
    files: Mapping[str, FileFacts] = field(default_factory=dict)
    previous: tuple[str, ...] = ()
    format: str = FORMAT
    format_version: int = FORMAT_VERSION
    analyzer_version: str = ANALYZER_VERSION
    created: str = ""
    created_by: str = VERSION
    updated: str = ""
    updated_by: str = VERSION

    @property
    def toc(self) -> str:
        """The name of Whoosh's table of contents of this generation."""
        return f"_{INDEX_NAME}_{self.generation}.toc"


def has_manifest(directory: Path) -> bool:
    return (directory / MANIFEST_NAME).exists()


def write_manifest(directory: Path, manifest: Manifest) -> None:
    document = asdict(manifest)
    write_atomically(directory / MANIFEST_NAME, json.dumps(document, indent=2).encode("utf-8"))


def read_manifest(directory: Path) -> Manifest:
    """The manifest of an index. Raises IndexMissing, IndexDamaged or IndexMismatch, each with the way out."""
    path = directory / MANIFEST_NAME
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        if directory.is_dir() and any(directory.glob("_MAIN_*.toc")):
            reason = f"there are files of an index, but {MANIFEST_NAME} is missing; put it back, or {REBUILD}"
            raise IndexDamaged(path, reason) from None
        raise IndexMissing(directory, "there is no index here; make one: dateline index PATH…") from None
    except OSError as error:
        raise IndexDamaged(path, f"it cannot be read ({error.strerror})") from error
    try:
        document = json.loads(content)
        if document["format"] != FORMAT:
            raise ValueError("it is not the manifest of an index")
        versions = (document["format_version"], document["analyzer_version"])
        if versions == (FORMAT_VERSION, ANALYZER_VERSION):
            return _manifest(document)
        by = str(document.get("updated_by", "unknown"))[:40]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise IndexDamaged(path, f"it was altered or is no manifest ({error}); {REBUILD}") from error
    raise IndexMismatch(
        directory,
        f"it was written by Dateline {by} (format {versions[0]}, analyzer {versions[1]}); this is {VERSION} "
        f"(format {FORMAT_VERSION}, analyzer {ANALYZER_VERSION}): {REBUILD}",
    )


def _manifest(document: dict[str, Any]) -> Manifest:
    files = {name: FileFacts(int(facts["bytes"]), str(facts["blake2b"])) for name, facts in document["files"].items()}
    previous = tuple(document["previous"])
    for name in (*files, *previous):
        if not isinstance(name, str) or not is_ours(name):
            raise ValueError(f"{name!r} is not the name of a file of an index")
    manifest = Manifest(
        generation=int(document["generation"]),
        articles=int(document["articles"]),
        models=tuple(map(str, document["models"])),
        files=files,
        previous=previous,
        created=str(document["created"]),
        created_by=str(document["created_by"]),
        updated=str(document["updated"]),
        updated_by=str(document["updated_by"]),
    )
    if manifest.toc not in files:
        raise ValueError(f"it does not name {manifest.toc}")
    return manifest


def verify_sizes(directory: Path, manifest: Manifest) -> None:
    """Raise IndexDamaged for a file that is missing or not as long as it was, and for an altered table of contents.

    Cheap: it reads no file but the table of contents, which is small and steers the rest.
    """
    for name, facts in manifest.files.items():
        path = directory / name
        try:
            size = path.stat().st_size
        except OSError:
            raise IndexDamaged(path, f"it is missing; {REBUILD}") from None
        if size != facts.bytes:
            raise IndexDamaged(path, f"it is {size} bytes long, not {facts.bytes}; {REBUILD}")
    toc = directory / manifest.toc
    if digest_of(toc) != manifest.files[manifest.toc].blake2b:
        raise IndexDamaged(toc, f"it was altered; {REBUILD}")


def altered_files(directory: Path, manifest: Manifest) -> list[str]:
    """One line for each file that is not what was written. Reads every byte of the index."""
    problems = []
    for name, facts in manifest.files.items():
        path = directory / name
        try:
            size, digest = path.stat().st_size, digest_of(path)
        except OSError as error:
            problems.append(f"{path}: cannot be read ({error.strerror})")
            continue
        if size != facts.bytes:
            problems.append(f"{path}: {size} bytes long, not {facts.bytes}")
        elif digest != facts.blake2b:
            problems.append(f"{path}: its content was altered")
    return problems
