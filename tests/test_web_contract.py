"""The JSON contract: its keys, frozen, and what its URLs mean."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient

from search.model import FACETS, Filter, Suggestion
from tests.web_archive import ARTICLES, PlainArchive
from web import create_app
from web.params import SEARCH, parse_pairs
from web.serialize import article_document, results_document


@pytest.fixture
def archive() -> PlainArchive:
    return PlainArchive(ARTICLES)


@pytest.fixture
def client(archive: PlainArchive) -> FlaskClient:
    return create_app({"ARCHIVE": archive}).test_client()


def get(client: FlaskClient, url: str) -> Any:
    return json.loads(client.get(url).data)


def test_web_contract_the_keys_of_an_answer(client: FlaskClient, archive: PlainArchive) -> None:
    archive.suggestion = Suggestion("talk")
    answer = get(client, "/api/search?q=talks&country=RU")
    assert list(answer) == [
        "query",
        "total",
        "took_ms",
        "page",
        "size",
        "results",
        "facets",
        "suggestion",
        "links",
        "generation",
    ]
    assert set(answer["query"]) == {
        *("q", "text", "words", "problems", "relaxed", "filters"),
        *("from", "to", "mentioned_from", "mentioned_to", "sort"),
    }
    assert set(answer["results"][0]) == {
        *("id", "url", "page", "api", "title", "title_html", "title_ranges", "source", "author"),
        *("published", "published_precision", "published_known_by", "published_time"),
        *("score", "snippet", "countries", "persons", "missing"),
    }
    assert set(answer["results"][0]["snippet"]) == {"text", "html", "ranges"}
    country = answer["facets"]["country"]
    assert set(country) == {"label", "total", "values"}
    assert set(country["values"][0]) == {
        *("value", "label", "count", "selected", "excluded", "url", "exclude_url", "page")
    }
    assert set(answer["facets"]["date"]) == {"label", "interval", "unknown", "coarse", "buckets"}
    assert set(answer["facets"]["date"]["buckets"][0]) == {"from", "to", "count", "url"}
    assert set(answer["suggestion"]) == {"q", "url"}
    assert set(answer["links"]) == {"self", "next", "prev", "html", "api", "feed"}


def test_web_contract_an_answer_says_what_was_found(client: FlaskClient) -> None:
    answer = get(client, "/api/search?q=talks&country=RU")
    first, second = answer["results"]
    assert first["id"] == "talks"
    assert (first["published"], first["published_precision"]) == ("2021-10-18", "day")
    assert first["published_known_by"] == "dateline"
    assert (second["published"], second["published_precision"]) == ("2022-08", "month")
    assert second["page"] == "/article/flood%2F2022?q=talks"
    assert (second["url"], first["url"]) == (None, "https://example.org/talks")
    assert first["countries"] == [{"value": "IR", "label": "Iran"}, {"value": "RU", "label": "Russia"}]
    start, end = first["snippet"]["ranges"][0]
    assert first["snippet"]["text"][start:end] == "talks"
    assert "<mark>talks</mark>" in first["snippet"]["html"]
    assert answer["query"]["filters"] == [{"facet": "country", "value": "RU", "label": "Russia", "exclude": False}]
    undated = get(client, "/api/search?q=nothing")["results"][0]
    assert undated["published"] is undated["published_precision"] is undated["published_time"] is None


def test_web_contract_facet_urls_toggle_on_the_same_endpoint(client: FlaskClient) -> None:
    answer = get(client, "/api/search?q=talks&country=RU&size=5")
    by_value = {value["value"]: value for value in answer["facets"]["country"]["values"]}

    def filters(url: str) -> set[Filter]:
        parts = urlsplit(url)
        assert parts.path == "/api/search"
        request = parse_pairs(parse_qsl(parts.query))
        assert (request.q, request.size, request.page) == ("talks", 5, 1)
        return set(request.filters)

    assert by_value["RU"]["selected"] is True
    assert filters(by_value["RU"]["url"]) == set()
    assert filters(by_value["IR"]["url"]) == {Filter("country", "RU"), Filter("country", "IR")}
    assert filters(by_value["IR"]["exclude_url"]) == {Filter("country", "RU"), Filter("country", "IR", True)}
    assert filters(by_value["RU"]["exclude_url"]) == {Filter("country", "RU", True)}
    for bucket in answer["facets"]["date"]["buckets"]:
        request = parse_pairs(parse_qsl(urlsplit(bucket["url"]).query))
        assert tuple(str(day) for day in request.published) == (bucket["from"], bucket["to"])


def test_web_contract_pages_are_linked_and_each_link_is_answered(client: FlaskClient) -> None:
    seen, url = [], "/api/search?size=1"
    while url:
        answer = get(client, url)
        assert answer["links"]["self"] == url
        seen += [result["id"] for result in answer["results"]]
        url = answer["links"]["next"]
    assert seen == [a.article.id for a in ARTICLES]
    assert answer["links"]["prev"] == "/api/search?page=2&size=1"


def test_web_contract_no_link_leads_deeper_than_can_be_paged(archive: PlainArchive) -> None:
    from dataclasses import replace

    request = parse_pairs([("page", "100"), ("size", "100")])
    results = replace(archive.search(parse_pairs([])), total=50_000, page=100, size=100)
    assert results_document(results, request)["links"]["next"] is None


def test_web_contract_the_page_and_the_endpoint_say_the_same(client: FlaskClient) -> None:
    answer = get(client, "/api/search?q=talks")
    page = client.get(answer["links"]["html"]).text
    for result in answer["results"]:
        assert result["title"].replace("'", "&#39;") in page or result["title_html"] in page
        assert result["snippet"]["html"] in page


def test_web_contract_an_article(client: FlaskClient) -> None:
    document = get(client, "/api/articles/talks")
    assert list(document) == [
        *("id", "title", "text", "published", "published_precision", "published_known_by", "published_time"),
        *("source", "author", "url", "language", "section", "place"),
        *("persons", "countries", "organizations", "places", "dates", "mentions", "model", "links"),
    ]
    assert document["dates"] == ["2021-10-11/2021-10-17"]
    for found in document["mentions"]:
        assert list(found) == ["start", "end", "text", "type", "value", "label", "why"]
        assert document["text"][found["start"] : found["end"]] == found["text"]
    del document["links"]
    assert document == article_document(ARTICLES[0])


def test_web_contract_facet_values_suggestions_and_facts(client: FlaskClient) -> None:
    facet = get(client, "/api/facets/person?prefix=sher")
    assert list(facet) == ["name", "prefix", "label", "total", "values"]
    (value,) = facet["values"]
    assert (value["value"], value["count"], value["page"]) == ("sherry-rehman", 1, "/person/sherry-rehman")
    assert value["url"] == "/api/search?person=sherry-rehman"
    narrowed = get(client, "/api/facets/person?country=IR&q=talks")
    assert [(v["value"], v["url"]) for v in narrowed["values"]] == [
        ("sergei-shoigu", "/api/search?q=talks&country=IR&person=sergei-shoigu")
    ]
    person, title = get(client, "/api/suggest?q=sher&limit=2")["suggestions"]
    assert set(person) == {"kind", "value", "label", "count", "page", "api"}
    assert (person["page"], title["page"]) == ("/person/sherry-rehman", "/article/talks")
    stats = get(client, "/api/stats")
    assert stats["articles"] == 3
    assert "secret" not in json.dumps(stats)


def test_web_contract_openapi_describes_every_parameter_and_key(client: FlaskClient) -> None:
    document = get(client, "/api/openapi.json")
    described = document["paths"]["/api/search"]["get"]["parameters"]
    assert [parameter["name"] for parameter in described] == [parameter.name for parameter in SEARCH]
    assert {f"{facet}__not" for facet in FACETS} <= {parameter["name"] for parameter in described}
    schemas = document["components"]["schemas"]

    def check(schema: dict[str, Any], value: Any, where: str) -> None:
        """As much of JSON Schema as the document uses."""
        if "$ref" in schema:
            check(schemas[schema["$ref"].rpartition("/")[2]], value, where)
        elif "anyOf" in schema:
            errors = []
            for choice in schema["anyOf"]:
                try:
                    return check(choice, value, where)
                except AssertionError as error:
                    errors.append(error)
            raise AssertionError(f"{where}: {errors}")
        elif "enum" in schema:
            assert value in schema["enum"], where
        else:
            names = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
            types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
            allowed = tuple(names.get(name, (int, float)) for name in types)
            assert isinstance(value, tuple(t for a in allowed for t in (a if isinstance(a, tuple) else (a,)))), where
            if isinstance(value, dict) and "properties" in schema:
                assert set(schema["required"]) <= set(value) <= set(schema["properties"]), where
                for name, each in value.items():
                    check(schema["properties"][name], each, f"{where}.{name}")
            elif isinstance(value, dict):
                for name, each in value.items():
                    check(schema["additionalProperties"], each, f"{where}.{name}")
            elif isinstance(value, list):
                for each in value:
                    check(schema["items"], each, f"{where}[]")
        return None

    check({"$ref": "#/Results"}, get(client, "/api/search?q=talks&country=RU"), "results")
    check({"$ref": "#/Article"}, get(client, "/api/articles/talks"), "article")
    check({"$ref": "#/FacetPage"}, get(client, "/api/facets/country"), "facet")
    check({"$ref": "#/Problem"}, get(client, "/api/search?sort=x"), "problem")
