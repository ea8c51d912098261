"""Reading what Whoosh pickled, without running what it says.

Whoosh writes its table of contents and its blocks of postings as pickles, and unpickling runs code of the pickle's
choosing. Nothing but plain values and the few classes named here comes out of `loads`.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from typing import Any, BinaryIO

__all__ = ["load", "loads"]

ALLOWED: Mapping[str, frozenset[str]] = {
    "array": frozenset({"array", "_array_reconstructor"}),
    "builtins": frozenset({"int", "object", "set"}),
    "__builtin__": frozenset({"int", "object", "set"}),
    "collections": frozenset({"defaultdict"}),
    "copy_reg": frozenset({"_reconstructor"}),
    "copyreg": frozenset({"_reconstructor"}),
    "_codecs": frozenset({"encode"}),  # how protocol 2 writes bytes
    "search.store.codec": frozenset({"ArticleCodec", "ArticleSegment"}),
}
"""Module → names that a pickle in an index may ask for. None of them does anything but make a value."""


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if name not in ALLOWED.get(module, frozenset()):
            raise pickle.UnpicklingError(f"it asks for {module}.{name}, which an index has no use for")
        return super().find_class(module, name)


def load(file: BinaryIO) -> Any:
    """The next pickled value of a file. Raises pickle.UnpicklingError where it asks for anything but plain values."""
    return _Unpickler(file).load()


def loads(pickled: bytes) -> Any:
    """The pickled value. Raises like `load`."""
    return load(io.BytesIO(pickled))
