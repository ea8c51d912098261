"""BM25F: pure functions over arrays.

S. Robertson, H. Zaragoza, M. Taylor, "Simple BM25 extension to multiple weighted fields", CIKM 2004; in the form of
Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3.6: each field
normalizes its own length, the weighted frequencies of a word are added over the fields, and only then saturate. The
inverse document frequency is counted over articles, not fields, with 1 added inside the logarithm so that it is never
negative.

What a prefix or a fuzzy word stands for counts as one word whose frequencies are added, and so does a phrase: its
frequency is how often it occurs, its document frequency in how many articles. A rare phrase of common words weighs
what it tells, and a prefix is not favored for standing for many words.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from search.query.view import Floats, Ints

__all__ = ["BM25F", "FieldWeight", "Weighting", "idf", "normalized", "saturated"]


@dataclass(frozen=True, slots=True)
class FieldWeight:
    """How much a field counts (`boost`) and how much its length matters (`b`, from 0 to 1)."""

    boost: float
    b: float


@dataclass(frozen=True, slots=True)
class Weighting:
    """The parameters of BM25F."""

    k1: float
    fields: Mapping[str, FieldWeight]


BM25F = Weighting(k1=1.2, fields={"title": FieldWeight(boost=2.0, b=0.5), "text": FieldWeight(boost=1.0, b=0.75)})


def idf(documents: int, frequency: int) -> float:
    """ln(1 + (N - n + 0.5) / (n + 0.5)) for n of N documents."""
    return math.log(1.0 + (documents - frequency + 0.5) / (frequency + 0.5))


def normalized(tf: Floats, length: Ints, average: float, weight: FieldWeight) -> Floats:
    """boost * tf / (1 - b + b * length / average), elementwise: the part of one field in a word's pseudo-frequency."""
    relative = length / average if average > 0 else length * 0.0
    pseudo: Floats = weight.boost * tf / (1.0 - weight.b + weight.b * relative)
    return pseudo


def saturated(pseudo: Floats, weight: float, k1: float) -> Floats:
    """weight * (k1 + 1) * tf~ / (k1 + tf~), elementwise."""
    score: Floats = weight * (k1 + 1.0) * pseudo / (k1 + pseudo)
    return score
