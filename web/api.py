"""JSON: the endpoints under `/api/`."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, request

from search._version import VERSION
from search.errors import RequestError
from search.model import FACETS, Request
from web import links
from web.archive_source import current_archive
from web.conditional import tagged
from web.openapi import openapi_document
from web.params import FACET, NONE, SUGGEST, canonical, nearest, parse_pairs, read_pairs, request_of, url
from web.serialize import article_document, facet_document, results_document

__all__ = ["api"]

api = Blueprint("api", __name__, url_prefix="/api")


def given() -> list[tuple[str, str]]:
    return list(request.args.items(multi=True))


@api.get("/search")
def search() -> Response:
    asked = parse_pairs(given())
    results = current_archive().search(asked)
    return tagged(jsonify(results_document(results, asked)), results, asked)


@api.get("/articles/<text:article_id>")
def article(article_id: str) -> Response:
    read_pairs(NONE, given())
    document = article_document(current_archive().get(article_id))
    here = {"self": links.article_api(article_id), "html": links.article_page(article_id)}
    return jsonify({**document, "links": here})


@api.get("/facets/<name>")
def facet(name: str) -> Response:
    if name not in FACETS:
        raise RequestError(
            "facet", f"{name[:60]!r} is none of {', '.join(FACETS)}.", value=name[:60], nearest=nearest(name, FACETS)
        )
    asked = read_pairs(FACET, given())
    among = request_of(asked)
    found = current_archive().facet_values(name, prefix=asked["prefix"], request=among, limit=asked["limit"])
    return jsonify({"name": name, "prefix": asked["prefix"], **facet_document(found, among, "/api/search")})


@api.get("/suggest")
def suggest() -> Response:
    asked = read_pairs(SUGGEST, given())
    suggestions = current_archive().suggest(asked["q"], limit=asked["limit"])
    return jsonify({"q": asked["q"], "suggestions": [_suggested(each) for each in suggestions]})


def _suggested(completion: Any) -> dict[str, Any]:
    """A facet value or an article, with the page that it leads to."""
    kind, value = completion.kind, completion.value
    if kind == "title":
        page, api_url = links.article_page(value), links.article_api(value)
    else:
        chosen = canonical(links.toggled(Request(), kind, value))
        page, api_url = links.entity_page(kind, value) or url("/search", chosen), url("/api/search", chosen)
    return {
        "kind": kind,
        "value": value,
        "label": completion.label,
        "count": completion.count,
        "page": page,
        "api": api_url,
    }


@api.get("/stats")
def stats() -> Response:
    read_pairs(NONE, given())
    facts = current_archive().stats()
    document = asdict(facts) if is_dataclass(facts) and not isinstance(facts, type) else dict(facts)
    # Where the index lies on the server's disk is no business of its clients.
    return jsonify({name: _plain(value) for name, value in document.items() if name not in {"path", "index_dir"}})


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


@api.get("/openapi.json")
def openapi() -> Response:
    read_pairs(NONE, given())
    return jsonify(openapi_document(VERSION))
