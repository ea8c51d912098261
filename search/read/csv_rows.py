"""Tables (.csv, .tsv) with a header row → one Draft a row."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from typing import BinaryIO

from search.errors import ReadError
from search.model import Refusal
from search.read.encoding import guess_encoding, utf_bom
from search.read.lines import LONGEST_LINE
from search.read.record import Draft, draft_from_mapping, known_fields

__all__ = ["read_table"]

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 256 * 1024  # bytes
_MOST_UNREADABLE = 1_000  # rows: a table with more of them is not one
_MOST_RETRIES = 20  # times that reading goes back to the line after a bad row's first


def read_table(file: BinaryIO, name: str) -> Iterator[Draft | Refusal]:
    """A Draft or a Refusal for each row; memory holds one row. Raises ReadError for a table without header."""
    # The csv module's limit is for the whole process; ours is the larger, and bounds a row as well (see _Lines).
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_LINE))
    lines = _Lines(file, name, _encoding_of(file, name))
    first = next(lines, None)
    if first is None:
        raise ReadError(name, "is an empty table")
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        header = [
            column.strip().lstrip("\ufeff") for column in next(csv.reader([first], delimiter=delimiter, strict=True))
        ]
    except (csv.Error, StopIteration):
        raise ReadError(
            name, "has a header row that cannot be read; write the column names in line 1", line=1
        ) from None
    fields = known_fields(header)
    if "text" not in fields and "title" not in fields:
        raise ReadError(name, "has no column named text, body, content, title or headline; name them in line 1", line=1)
    retries = 0
    while True:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            for row in reader:
                if len(row) < len(header) and lines.ends_quoted():
                    # The last columns are missing; what is quoted to its end is not cut short.
                    row += [""] * (len(header) - len(row))
                yield from _read_row(row, header, name, lines.row_start)
                lines.begin_row()
            return
        except (csv.Error, ReadError) as error:
            reason = (
                error.reason if isinstance(error, ReadError) else f"the row cannot be read ({error}); quote its fields"
            )
            yield Refusal(name, reason, lines.row_start)
            retries += 1
            if retries > _MOST_UNREADABLE:
                yield Refusal(
                    name, "has too many rows that cannot be read; the rest of it was left out", lines.row_start
                )
                return
            # A quote that is never closed swallows rows that are whole: they are read again, a few times in a file.
            lines.begin_row(again=retries <= _MOST_RETRIES)


def _read_row(row: list[str], header: list[str], name: str, line: int) -> Iterator[Draft | Refusal]:
    if not any(cell.strip() for cell in row):
        return
    if len(row) != len(header):
        yield Refusal(
            name, f"the row has {len(row)} columns, the header {len(header)}; quote fields with delimiters", line
        )
        return
    yield draft_from_mapping(dict(zip(header, row, strict=True)), fragment=f"#{line}", line=line)


def _encoding_of(file: BinaryIO, name: str) -> str:
    sample = file.read(_SAMPLE)
    file.seek(0)
    if encoding := utf_bom(sample):
        return encoding
    if b"\x00" in sample:
        raise ReadError(name, "is a binary file (it has NUL bytes), not a table; save it as UTF-8 text")
    try:
        sample[: sample.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError:
        return guess_encoding(sample) or "cp1252"
    return "utf-8"


class _Lines:
    """The lines of the table, which remembers where a row started and what it has read since."""

    def __init__(self, file: BinaryIO, name: str, encoding: str) -> None:
        self._reader = codecs.getreader(encoding)(file, "replace")
        self._name = name
        self._number = 0
        self._row: list[str] = []
        self._again: list[str] = []
        self._size = 0
        self.row_start = 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else self._reader.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self._number += 1
        self._size += len(line)
        if self._size >= LONGEST_LINE:
            raise ReadError(self._name, f"the row is longer than {LONGEST_LINE} characters; is a quote left open?")
        self._row.append(line)
        return line

    def ends_quoted(self) -> bool:
        """Does the row that was read last end with a quoted field?"""
        return bool(self._row) and self._row[-1].rstrip("\r\n").endswith('"')

    def begin_row(self, *, again: bool = False) -> None:
        """A new row starts with the next line; `again` goes back to the second line of the row that was being read."""
        if again and len(self._row) > 1:
            self._again.extend(reversed(self._row[1:]))
            self._number -= len(self._row) - 1
        self._row, self._size = [], 0
        self.row_start = self._number + 1
