"""A histogram's geometry: counts → bars in SVG units. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["HEIGHT", "WIDTH", "Bar", "bars", "tick_places"]

WIDTH, HEIGHT = 600, 72
_GAP = 0.15  # of a bar's share of the width
_WIDEST = 40.0  # three bars across a whole page would be walls
_LEAST = 2.0  # a bar of one article is still seen beside one of ten thousand


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. `x`, `y` is its upper left corner; `slot_x` and `slot_width` are its whole column, easier to hit."""

    x: float
    y: float
    width: float
    height: float
    slot_x: float
    slot_width: float


def bars(counts: Sequence[int], width: float = WIDTH, height: float = HEIGHT) -> tuple[Bar, ...]:
    """A bar for each count, in order, side by side across `width`; the highest is `height`, none is 0 but for 0."""
    if not counts:
        return ()
    most = max(counts)
    slot = width / len(counts)
    gap = min(slot * _GAP, 2.0)
    drawn = []
    for at, count in enumerate(counts):
        tall = max(_LEAST, height * count / most) if count > 0 else 0.0
        wide = min(slot - gap, _WIDEST)
        drawn.append(
            Bar(
                x=_round(at * slot + (slot - wide) / 2),
                y=_round(height - tall),
                width=_round(wide),
                height=_round(tall),
                slot_x=_round(at * slot),
                slot_width=_round(slot),
            )
        )
    return tuple(drawn)


def tick_places(count: int, most: int = 4) -> tuple[int, ...]:
    """The bars that carry a label below: the first, the last, and some evenly between, at most `most`."""
    if count <= most:
        return tuple(range(count))
    return tuple(math.floor(at * (count - 1) / (most - 1) + 0.5) for at in range(most))


def _round(number: float) -> float:
    return round(number, 2)
