"""What a client is told when something cannot be answered: RFC 9457 problem documents, and a page for people."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import make_response, render_template, request
from flask.wrappers import Response
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from search.errors import ArticleNotFound, IndexUnusable, RequestError

__all__ = [
    "Failure",
    "NotInArchive",
    "Way",
    "as_page",
    "as_problem",
    "of_http",
    "of_index",
    "of_missing_article",
    "of_request",
]


@dataclass(frozen=True, slots=True)
class Way:
    """A link that leads out of a failure."""

    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One failure: `more` are further members of the problem document, `ways` the links of the page."""

    status: int
    title: str
    detail: str
    kind: str = "about:blank"
    more: dict[str, Any] = field(default_factory=dict)
    ways: tuple[Way, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)


class NotInArchive(HTTPException):
    """A page about a value that no article has."""

    code = 404

    def __init__(self, detail: str, ways: tuple[Way, ...] = ()) -> None:
        super().__init__(detail)
        self.ways = ways


def of_request(error: RequestError) -> Failure:
    hint = f" Did you mean {error.nearest}?" if error.nearest else ""
    return Failure(
        status=400,
        title="That search can’t be answered as asked",
        detail=f"{error.parameter}: {error.reason}{hint}",
        kind="urn:dateline:problem:parameter",
        more={"parameter": error.parameter, "nearest": error.nearest},
        ways=_ways_out(error),
    )


def _ways_out(error: RequestError) -> tuple[Way, ...]:
    """The same URL with the nearest valid value (or name), and without the parameter."""
    pairs = list(request.args.items(multi=True))
    named = [pair for pair in pairs if pair[0] == error.parameter]
    without = [pair for pair in pairs if pair[0] != error.parameter]
    if not named:
        return ()
    ways = []
    if error.nearest and error.nearest != error.parameter:
        unknown = error.value is None
        for_it = (error.nearest, named[0][1]) if unknown else (error.parameter, error.nearest)
        shown = f"{for_it[0]}={for_it[1]}"[:80]
        ways.append(Way(f"Try {shown}", _here([*without, for_it])))
    ways.append(Way(f"Leave out {error.parameter}", _here(without)))
    return tuple(ways)


def _here(pairs: list[tuple[str, str]]) -> str:
    return f"{request.path}?{urlencode(pairs, errors='replace')}" if pairs else request.path


def of_missing_article(error: ArticleNotFound) -> Failure:
    return Failure(
        status=404,
        title="No such article",
        detail=f"No article has the id {error.article_id!r}. It may have been taken out of the archive.",
        kind="urn:dateline:problem:article-not-found",
    )


def of_index(error: IndexUnusable) -> Failure:
    return Failure(
        status=503,
        title="The archive can’t be searched now",
        detail="The index cannot serve; the server’s log says why, and `dateline check` examines it.",
        kind="urn:dateline:problem:index-unusable",
        headers={"Retry-After": "30"},
    )


def of_http(error: HTTPException) -> Failure:
    status = error.code or 500
    titles = {404: "Nothing here", 405: "That can’t be done here", 500: "Something went wrong"}
    details = {
        404: "There is no page at this address. Perhaps it was cut short when it was copied.",
        405: "These pages and endpoints are for reading alone: use GET or HEAD.",
        500: "This is a fault of the server, not of your search. Its log has the details.",
    }
    described = error.description if isinstance(error, NotInArchive) else None
    headers = {}
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return Failure(
        status=status,
        title="Not in the archive" if isinstance(error, NotInArchive) else titles.get(status, error.name),
        detail=described or details.get(status, error.description or error.name),
        ways=error.ways if isinstance(error, NotInArchive) else (),
        headers=headers,
    )


def as_problem(failure: Failure) -> Response:
    document = {
        "type": failure.kind,
        "title": failure.title,
        "status": failure.status,
        "detail": failure.detail,
        **failure.more,
    }
    response = make_response(json.dumps(document, ensure_ascii=False), failure.status)
    response.headers.update(failure.headers)
    response.content_type = "application/problem+json"
    return response


def as_page(failure: Failure) -> Response:
    q = request.args.get("q", "")[:512]
    response = make_response(render_template("error.html", failure=failure, q=q), failure.status)
    response.headers.update(failure.headers)
    return response
