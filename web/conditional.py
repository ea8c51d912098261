"""Answers that a client may keep: their tag says which state of the archive they speak of, and for which search."""

from __future__ import annotations

import hashlib
from typing import TypeVar

from werkzeug.wrappers import Response

from search._version import VERSION
from search.model import Request, Results
from web.params import url

__all__ = ["tagged"]

R = TypeVar("R", bound=Response)


def tagged(response: R, results: Results, request: Request) -> R:
    """Tag the answer. The tag is weak, since two equal answers differ in the time that they took."""
    said = f"{VERSION} {results.generation} {results.total} {url('', request)}"
    response.set_etag(hashlib.blake2b(said.encode(), digest_size=12).hexdigest(), weak=True)
    return response
