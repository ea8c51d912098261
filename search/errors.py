"""Every error that Dateline raises on purpose.

    DatelineError
    ├── RequestError              a search, filter or option that cannot be answered as asked (HTTP 400, exit 2)
    ├── ArticleNotFound           no article has that id (HTTP 404)
    ├── ReadError                 a file, or one line of it, that cannot be read
    ├── RejectedArticle           an article that cannot be stored as it is
    ├── ModelError                the language model that was named cannot be used
    └── IndexUnusable             the index cannot serve (exit 3, HTTP 503)
        ├── IndexMissing          there is no index at that place
        ├── IndexDamaged          a file of it is missing, cut short or altered
        ├── IndexMismatch         it was written by another version, or with another analyzer
        └── IndexLocked           another process is writing to it

Messages name the file and line or the parameter, and what to do next.
"""

from __future__ import annotations

from pathlib import Path

__all__ = [
    "ArticleNotFound",
    "DatelineError",
    "IndexDamaged",
    "IndexLocked",
    "IndexMismatch",
    "IndexMissing",
    "IndexUnusable",
    "ModelError",
    "ReadError",
    "RejectedArticle",
    "RequestError",
]


class DatelineError(Exception):
    """Root of the tree: catch this to catch everything that Dateline raises on purpose."""


class RequestError(DatelineError):
    """A parameter that cannot be answered. `parameter` is its name in the HTTP contract, `nearest` a valid value."""

    def __init__(self, parameter: str, reason: str, *, value: str | None = None, nearest: str | None = None) -> None:
        self.parameter = parameter
        self.reason = reason
        self.value = value
        self.nearest = nearest
        hint = f" Did you mean {nearest!r}?" if nearest else ""
        super().__init__(f"{parameter}: {reason}{hint}")


class ArticleNotFound(DatelineError):
    """No article has the id that was asked for."""

    def __init__(self, article_id: str) -> None:
        self.article_id = article_id
        super().__init__(f"no article has the id {article_id!r}")


class ReadError(DatelineError):
    """A file (or one line of it) that cannot be read; `line` counts from 1."""

    def __init__(self, path: Path | str, reason: str, *, line: int | None = None) -> None:
        self.path = str(path)
        self.reason = reason
        self.line = line
        where = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{where}: {reason}")


class RejectedArticle(DatelineError):
    """An article with a field that cannot be stored."""

    def __init__(self, article_id: str, field: str, reason: str) -> None:
        self.article_id = article_id
        self.field = field
        self.reason = reason
        super().__init__(f"article {article_id!r}: {field}: {reason}")


class ModelError(DatelineError):
    """The language model that was named is not installed, or finds no entities."""


class IndexUnusable(DatelineError):
    """The index at `path` cannot serve. Nothing in it was changed."""

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path = str(path)
        self.reason = reason
        super().__init__(f"{path}: {reason}")


class IndexMissing(IndexUnusable):
    """There is no index at that place."""


class IndexDamaged(IndexUnusable):
    """A file of the index is missing, cut short or altered."""


class IndexMismatch(IndexUnusable):
    """The index was written by another version of Dateline or with another analyzer."""


class IndexLocked(IndexUnusable):
    """Another process is writing to the index."""
