"""The contract written out as OpenAPI 3.1, from the table of parameters."""

from __future__ import annotations

from typing import Any

from search.model import FACETS
from web.params import ARTICLE, ENTITY, FACET, SEARCH, SUGGEST, Parameter

__all__ = ["openapi_document"]

Document = dict[str, Any]

_DATE = r"^\d{4}(-\d{1,2}(-\d{1,2})?)?$"
_PROBLEM = {
    "description": "The parameter that cannot be answered, and the nearest valid one",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def openapi_document(version: str) -> Document:
    """The document that `/api/openapi.json` answers."""
    path_id: Document = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    path_facet: Document = {
        "name": "name",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "enum": list(FACETS)},
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Dateline",
            "version": version,
            "description": "Full-text search of a news archive, with facets by person, country and date.",
        },
        "paths": {
            "/api/search": _get("Search the archive", SEARCH, schema="Results"),
            "/api/articles/{id}": _get("One article with its mentions", (), [path_id], schema="Article", missing=True),
            "/api/facets/{name}": _get("The values of one facet", FACET, [path_facet], schema="FacetPage"),
            "/api/suggest": _get("People, countries, organizations and titles that begin so", SUGGEST),
            "/api/stats": _get("How many articles, from when to when", ()),
            "/search": _get("The same search as a page", SEARCH, media="text/html"),
            "/article/{id}": _get("One article as a page", ARTICLE, [path_id], media="text/html", missing=True),
            "/person/{id}": _get("One person as a page", ENTITY, [path_id], media="text/html", missing=True),
            "/country/{id}": _get("One country as a page", ENTITY, [path_id], media="text/html", missing=True),
            "/feed.atom": _get("The same search as a feed", SEARCH, media="application/atom+xml"),
        },
        "components": {"schemas": _SCHEMAS},
    }


def _get(
    summary: str,
    parameters: tuple[Parameter, ...],
    path_parameters: list[Document] | None = None,
    *,
    media: str = "application/json",
    schema: str | None = None,
    missing: bool = False,
) -> Document:
    content = {"schema": {"$ref": f"#/components/schemas/{schema}"}} if schema else {"schema": {}}
    responses: Document = {"200": {"description": summary, "content": {media: content}}, "400": _PROBLEM}
    if missing:
        responses["404"] = {**_PROBLEM, "description": "There is no such thing in the archive"}
    described = [*(path_parameters or []), *map(_parameter, parameters)]
    return {"get": {"summary": summary, "parameters": described, "responses": responses}}


def _parameter(parameter: Parameter) -> Document:
    schema: Document
    match parameter.kind:
        case "text":
            schema = {"type": "string", "maxLength": parameter.most}
        case "integer":
            schema = {"type": "integer", "minimum": parameter.least, "maximum": parameter.most}
        case "choice":
            schema = {"type": "string", "enum": list(parameter.choices)}
        case "names":
            schema = {"type": "array", "items": {"type": "string", "enum": list(parameter.choices)}}
        case "values":
            schema = {"type": "array", "items": {"type": "string", "maxLength": parameter.most}}
        case "first" | "last":
            schema = {"type": "string", "pattern": _DATE}
        case "flag":
            schema = {"type": "integer", "enum": [0, 1]}
    if parameter.default is not None:
        default = parameter.default
        schema["default"] = int(default) if isinstance(default, bool) else _listed(default)
    document: Document = {"name": parameter.name, "in": "query", "description": parameter.about, "schema": schema}
    if parameter.kind in {"names", "values"}:
        document |= {"style": "form", "explode": parameter.kind == "values"}
    return document


def _listed(default: Any) -> Any:
    return list(default) if isinstance(default, tuple) else default


def _object(**properties: Any) -> Document:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _array(items: Document) -> Document:
    return {"type": "array", "items": items}


def _ref(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name}"}


_TEXT: Document = {"type": "string"}
_MAYBE: Document = {"type": ["string", "null"]}
_COUNT: Document = {"type": "integer", "minimum": 0}
_YES_NO: Document = {"type": "boolean"}
_RANGES = _array({"type": "array", "items": _COUNT, "minItems": 2, "maxItems": 2})
_PUBLISHED = {
    "published": _MAYBE,
    "published_precision": _MAYBE,
    "published_known_by": _MAYBE,
    "published_time": _MAYBE,
}
_SCHEMAS: Document = {
    "Tag": _object(value=_TEXT, label=_TEXT),
    "FacetValue": _object(
        value=_TEXT,
        label=_TEXT,
        count=_COUNT,
        selected=_YES_NO,
        excluded=_YES_NO,
        url=_TEXT,
        exclude_url=_TEXT,
        page=_MAYBE,
    ),
    "Facet": _object(label=_TEXT, total=_COUNT, values=_array(_ref("FacetValue"))),
    "FacetPage": _object(name=_TEXT, prefix=_TEXT, label=_TEXT, total=_COUNT, values=_array(_ref("FacetValue"))),
    "Histogram": _object(
        label=_TEXT,
        interval={"enum": ["year", "month", "day"]},
        unknown=_COUNT,
        coarse=_COUNT,
        buckets=_array(_object(**{"from": _TEXT, "to": _TEXT, "count": _COUNT, "url": _TEXT})),
    ),
    "Hit": _object(
        id=_TEXT,
        url=_MAYBE,
        page=_TEXT,
        api=_TEXT,
        title=_TEXT,
        title_html=_TEXT,
        title_ranges=_RANGES,
        source=_MAYBE,
        author=_MAYBE,
        **_PUBLISHED,
        score={"type": "number"},
        snippet={"anyOf": [_object(text=_TEXT, html=_TEXT, ranges=_RANGES), {"type": "null"}]},
        countries=_array(_ref("Tag")),
        persons=_array(_ref("Tag")),
        missing=_array(_TEXT),
    ),
    "Results": _object(
        query=_object(
            q=_TEXT,
            text=_TEXT,
            words=_array(_TEXT),
            relaxed=_YES_NO,
            problems=_array(_object(message=_TEXT, start=_COUNT, end=_COUNT)),
            filters=_array(_object(facet=_TEXT, value=_TEXT, label=_TEXT, exclude=_YES_NO)),
            **{"from": _MAYBE, "to": _MAYBE, "mentioned_from": _MAYBE, "mentioned_to": _MAYBE, "sort": _TEXT},
        ),
        total=_COUNT,
        took_ms={"type": "number"},
        page=_COUNT,
        size=_COUNT,
        results=_array(_ref("Hit")),
        facets={"type": "object", "additionalProperties": {"anyOf": [_ref("Facet"), _ref("Histogram")]}},
        suggestion={"anyOf": [_object(q=_TEXT, url=_TEXT), {"type": "null"}]},
        links=_object(self=_TEXT, next=_MAYBE, prev=_MAYBE, html=_TEXT, api=_TEXT, feed=_TEXT),
        generation=_COUNT,
    ),
    "Mention": _object(
        start=_COUNT,
        end=_COUNT,
        text=_TEXT,
        type={"enum": ["person", "country", "organization", "place", "date"]},
        value=_TEXT,
        label=_TEXT,
        why=_TEXT,
    ),
    "Article": _object(
        id=_TEXT,
        title=_TEXT,
        text=_TEXT,
        **_PUBLISHED,
        **dict.fromkeys(("source", "author", "url", "language", "section", "place"), _MAYBE),
        **{name: _array(_ref("Tag")) for name in ("persons", "countries", "organizations", "places")},
        dates=_array(_TEXT),
        mentions=_array(_ref("Mention")),
        model=_TEXT,
        links=_object(self=_TEXT, html=_TEXT),
    ),
    "Problem": {
        "type": "object",
        "properties": {
            "type": _TEXT,
            "title": _TEXT,
            "status": {"type": "integer"},
            "detail": _TEXT,
            "parameter": _TEXT,
            "nearest": _MAYBE,
        },
        "required": ["type", "title", "status", "detail"],
    },
}
