"""`_source.yaml` in a folder: what an archive states of all articles in it and below, such as their outlet.

    source: Meridian Wire
    language: en

The file is `_source.yaml` or `_meta.yaml`; its fields are source, language, section and author. An article's own
metadata wins over it, a deeper folder's file over a higher one's. It counts as metadata: it wins over what is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from search.errors import ReadError
from search.model import Refusal
from search.read.encoding import decode
from search.read.record import known_fields, language_tag, one_value
from search.read.yaml_mapping import parse_yaml_mapping

__all__ = ["DEFAULTS_FILES", "read_defaults"]

DEFAULTS_FILES = ("_source.yaml", "_meta.yaml", "_source.yml", "_meta.yml")
_FIELDS = frozenset({"source", "language", "section", "author"})
_LARGEST = 64 * 1024  # bytes


def read_defaults(folder: Path, shown: Callable[[Path], str]) -> tuple[Mapping[str, str], tuple[Refusal, ...]]:
    """The defaults that `folder` itself states, and a Refusal for a file of them that cannot be used."""
    defaults: dict[str, str] = {}
    problems: list[Refusal] = []
    for file_name in DEFAULTS_FILES:
        path = folder / file_name
        try:
            if path.is_file() and not path.is_symlink():
                defaults = {**_read(path, shown(path)), **defaults}
        except ReadError as error:
            problems.append(Refusal(shown(path), error.reason, error.line))
        except OSError as error:
            problems.append(Refusal(shown(path), f"cannot be read ({error.strerror}); check its permissions"))
    return defaults, tuple(problems)


def _read(path: Path, name: str) -> Mapping[str, str]:
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ReadError(name, f"is larger than {_LARGEST} bytes; it states a few defaults only")
    stated = parse_yaml_mapping(decode(data, name), name, what="content")
    fields = known_fields(stated)
    unknown = set(map(str, stated)) - {key for field in _FIELDS for key in fields.get(field, ())}
    if unknown:
        raise ReadError(name, f"has a field {min(unknown)!r}; write source, language, section or author")
    found = {field: one_value(stated[keys[0]]) for field, keys in fields.items() if field in _FIELDS}
    if "language" in found and not (tag := language_tag(found["language"])):
        raise ReadError(name, f"has the language {found['language']!r}; write a code such as en")
    if "language" in found:
        found["language"] = tag or ""
    return {field: value for field, value in found.items() if value}
