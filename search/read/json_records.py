"""JSON (.json: one article, a list, or a list under a name) and JSON Lines (.jsonl, .ndjson) → Drafts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from search.errors import ReadError
from search.model import Refusal
from search.read.encoding import decode, utf_bom
from search.read.lines import LONGEST_LINE, read_lines
from search.read.record import Draft, draft_from_mapping, known_fields

__all__ = ["read_json", "read_json_lines"]

_LIST_NAMES = (
    "articles",
    "items",
    "results",
    "documents",
    "docs",
    "data",
    "news",
    "stories",
    "entries",
    "hits",
    "records",
)
_WRAPPERS = ("response", "result", "feed", "channel", "page", "payload", "content", "body", "story", "article")
_DEEPEST_RECORDS = 4


def read_json(text: str, name: str) -> Iterator[Draft | Refusal]:
    """Drafts of all records. Raises ReadError where the file is not JSON or holds no articles."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        if _is_json_lines(text):
            raise ReadError(name, "holds one JSON document a line; name it .jsonl", line=error.lineno) from None
        raise ReadError(
            name, f"is not JSON ({error.msg}, column {error.colno}); is it cut short?", line=error.lineno
        ) from None
    except (ValueError, RecursionError):
        raise ReadError(name, "is JSON that nests too deep or has numbers too long to be articles") from None
    records = _records_of(value)
    if records is None:
        raise ReadError(name, 'is JSON, but no article: write one object, a list of them, or {"articles": [...]}')
    single = not isinstance(value, list) and len(records) == 1 and records[0] is value
    for number, record in enumerate(records, start=1):
        yield _draft(record, f"{name}#{number}", fragment="" if single else f"#{number}", line=None)


def read_json_lines(file: BinaryIO, name: str) -> Iterator[Draft | Refusal]:
    """A Draft or a Refusal for each line that is not empty; memory holds one line at a time."""
    start = file.read(4)
    file.seek(0)
    if (encoding := utf_bom(start)) and encoding != "utf-8-sig":
        raise ReadError(name, f"is {encoding}; JSON Lines are UTF-8: save it as UTF-8")
    for number, line in read_lines(file):
        if line is None:
            yield Refusal(name, f"the line is longer than {LONGEST_LINE} bytes; split it", number)
            continue
        if not line.strip():
            continue
        try:
            text = decode(line, name).strip()
            if text in {"[", "]", ","}:
                continue  # a list of one record a line
            value = json.loads(text.removesuffix(",") if text.startswith("{") else text)
        except json.JSONDecodeError as error:
            yield Refusal(name, f"the line is not JSON ({error.msg}, column {error.colno}); is it cut short?", number)
        except ReadError as error:
            yield Refusal(name, f"the line {error.reason}", number)
        except (ValueError, RecursionError):
            yield Refusal(name, "the line is JSON that nests too deep or has numbers too long", number)
        else:
            if isinstance(value, dict):
                yield _draft(value, name, fragment=f"#{number}", line=number)
            else:
                yield Refusal(
                    name, f"the line is a JSON {type(value).__name__}, not an object with the article's fields", number
                )


def _draft(record: object, name: str, *, fragment: str, line: int | None) -> Draft | Refusal:
    if isinstance(record, Mapping):
        record = _unwrapped(record)
        fields = known_fields(record)
        if "text" in fields or "title" in fields:
            return draft_from_mapping(record, fragment=fragment, line=line)
        return Refusal(name, "has no article: no field named text, body, content, article, title or headline", line)
    return Refusal(name, f"is a JSON {type(record).__name__}, not an object with the article's fields", line)


def _unwrapped(record: Mapping[str, object]) -> Mapping[str, object]:
    """A search engine's export has the article under `_source`; some have it, or its body, under a field of its own."""
    for key in ("_source", "article", "document"):
        inner = record.get(key)
        if isinstance(inner, Mapping) and known_fields(inner):
            return {**{name: value for name, value in record.items() if name in {"_id", "id"}}, **inner}
    for key in ("fields", "attributes"):
        if isinstance(inner := record.get(key), Mapping):
            return {**inner, **record}
    return record


def _records_of(value: object) -> Sequence[object] | None:
    if isinstance(value, list):
        return value
    if not isinstance(value, Mapping):
        return None
    return _nested_records(value, 0) or [value]


def _nested_records(value: Mapping[str, object], depth: int) -> Sequence[object] | None:
    """The list of records in an answer like `{"response": {"docs": [...]}}`, or the one record that it wraps."""
    if _is_record(value) and (depth or not _has_list(value)):
        return [value]
    for key in _LIST_NAMES:
        inner = value.get(key)
        if isinstance(inner, list) and (not inner or isinstance(inner[0], Mapping)):
            return inner
    if depth >= _DEEPEST_RECORDS:
        return None
    for key in (*_LIST_NAMES, *_WRAPPERS):
        if isinstance(inner := value.get(key), Mapping) and (found := _nested_records(inner, depth + 1)):
            return found
    return None


def _is_record(value: Mapping[str, object]) -> bool:
    fields = known_fields(_unwrapped(value))
    return "title" in fields and bool(fields.keys() & {"text", "published", "url"})


def _has_list(value: Mapping[str, object]) -> bool:
    """A file may have a title of its own beside its list of articles."""
    return any(
        isinstance(inner := value.get(key), list) and inner and isinstance(inner[0], Mapping) and _is_record(inner[0])
        for key in _LIST_NAMES
    )


def _is_json_lines(text: str) -> bool:
    lines = [line for line in text[:100_000].split("\n", 3) if line.strip()][:2]
    try:
        return len(lines) == 2 and all(isinstance(json.loads(line), dict) for line in lines)
    except (ValueError, RecursionError):
        return False
