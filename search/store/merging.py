"""Which segments to merge: few enough to search, without writing everything anew at each commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

__all__ = ["MOST_SEGMENTS", "MergePolicy", "SegmentSize", "keep_all", "merge_all", "merge_smallest"]

MOST_SEGMENTS = 10
MERGED_AT_ONCE = 5
LARGEST_BYTES = 1 << 30
"""A larger segment is left alone: Whoosh addresses 2 GiB of a column's bytes."""


class SegmentSize(NamedTuple):
    live: int
    total: int
    bytes: int


MergePolicy = Callable[[Sequence[SegmentSize]], list[list[int]]]
"""Sizes of the segments → groups of their indexes; each group becomes one segment. A group of one drops deletions."""


def merge_smallest(sizes: Sequence[SegmentSize]) -> list[list[int]]:
    """Merge the smallest when there are too many; rewrite a segment of which more than half is deleted.

    Merging the five smallest of eleven gives tiers of sizes a factor of about five apart, so that an article is
    rewritten a number of times that grows as the logarithm of the archive.
    """
    mergeable = [number for number, size in enumerate(sizes) if size.bytes < LARGEST_BYTES]
    smallest = sorted(mergeable, key=lambda number: (sizes[number].live, number))
    group: list[int] = []
    if len(sizes) > MOST_SEGMENTS:
        wanted = max(MERGED_AT_ONCE, len(sizes) - MOST_SEGMENTS + 1)
        together = 0
        for number in smallest[:wanted]:
            together += sizes[number].bytes
            if together > LARGEST_BYTES:
                break
            group.append(number)
    groups = [sorted(group)] if len(group) > 1 else []
    merged = set(group) if groups else set()
    for number, size in enumerate(sizes):
        if number not in merged and size.live < size.total / 2:
            groups.append([number])
    return groups


def merge_all(sizes: Sequence[SegmentSize]) -> list[list[int]]:
    """One segment, or as few as their size allows."""
    groups: list[list[int]] = []
    together = 0
    for number, size in enumerate(sizes):
        if not groups or together + size.bytes > LARGEST_BYTES:
            groups.append([])
            together = 0
        groups[-1].append(number)
        together += size.bytes
    return [group for group in groups if len(group) > 1 or sizes[group[0]].live < sizes[group[0]].total]


def keep_all(sizes: Sequence[SegmentSize]) -> list[list[int]]:
    """Merge nothing."""
    return []
