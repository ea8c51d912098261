"""Lines of a file of any size, one at a time, each within a limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

__all__ = ["LONGEST_LINE", "read_lines"]

LONGEST_LINE = 16 * 1024 * 1024
"""Bytes of one line of JSON Lines, or of one row of a table. A longer one is refused without being read whole."""


def read_lines(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """(number from 1, line with its end) for each line; None in place of a line longer than LONGEST_LINE."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) <= LONGEST_LINE:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(1024 * 1024)
        yield number, None
