"""The web on a real index: what is stored is found and counted, and every link narrows to what it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

import search
from tests.web_archive import ARTICLES, annotated
from web import create_app

NATO = [
    annotated(
        "alliance",
        "Alliance meets",
        "NATO met.",
        published="2021-10-20",
        organizations=[("nato", "NATO"), ("shape", "SHAPE")],
    ),
    annotated(
        "assembly",
        "Assembly meets",
        "The NATO Parliamentary Assembly met.",
        published="2021-10-21",
        organizations=[("nato-parliamentary-assembly", "NATO Parliamentary Assembly"), ("other", "Other Body")],
    ),
]


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    with search.open(tmp_path / "index") as archive:
        archive.add([*ARTICLES, *NATO])
    return tmp_path / "index"


@pytest.fixture
def client(index_dir: Path) -> Iterator[FlaskClient]:
    with search.open(index_dir, must_exist=True) as archive:
        yield create_app({"ARCHIVE": archive}).test_client()


def get(client: FlaskClient, url: str) -> Any:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    return json.loads(answer.data)


def test_web_real_index_words_find_articles_and_mark_them(client: FlaskClient) -> None:
    answer = get(client, "/api/search?q=talks")
    assert {result["id"] for result in answer["results"]} == {"talks", "flood/2022"}
    for result in answer["results"]:
        assert "<mark>" in result["snippet"]["html"]
        assert get(client, result["api"])["id"] == result["id"]
        assert client.get(result["page"]).status_code == 200


def test_web_real_index_every_link_finds_as_many_articles_as_it_says(client: FlaskClient) -> None:
    answer = get(client, "/api/search?facets=country,person,organization,source,date")
    followed = 0
    for name, facet in answer["facets"].items():
        for value in facet.get("values", facet.get("buckets")):
            if value["count"]:
                assert get(client, value["url"])["total"] == value["count"], (name, value)
                followed += 1
            if "exclude_url" in value:
                assert get(client, value["exclude_url"])["total"] == answer["total"] - value["count"]
    assert followed > 10


def test_web_real_index_bars_zoom_from_years_to_days(client: FlaskClient) -> None:
    answer = get(client, "/api/search?date_interval=year")
    intervals = []
    while answer["facets"]["date"]["interval"] != "day":
        intervals.append(answer["facets"]["date"]["interval"])
        url = next(b["url"] for b in answer["facets"]["date"]["buckets"] if b["from"].startswith("2021") and b["count"])
        answer = get(client, url)
        assert len(intervals) < 4
    assert answer["total"] == 3
    assert intervals[0] == "year"


def test_web_real_index_one_value_has_a_page_of_its_own_articles_alone(client: FlaskClient) -> None:
    page = client.get("/organization/nato").text
    assert 'href="/article/alliance"' in page
    assert 'href="/article/assembly"' not in page
    assert 'href="/organization/shape"' in page  # beside it, and counted, though its name is a word of another's
    assert "Other Body" not in page
    assert client.get("/person/shoigu").status_code == 404
    assert 'href="/person/sergei-shoigu"' in client.get("/person/shoigu").text  # but it is shown what there is


def test_web_real_index_refusals_of_the_engine_are_refusals_of_the_web(client: FlaskClient) -> None:
    problem = json.loads(client.get("/api/search?page=7").data)
    assert (problem["status"], problem["parameter"], problem["nearest"]) == (400, "page", "1")
    assert client.get("/search?q=" + "%20OR%20".join("abcdefgh" * 9)).status_code == 400  # too many clauses


def test_web_real_index_what_is_added_is_seen_at_once(client: FlaskClient, index_dir: Path) -> None:
    before = client.get("/api/search?q=volcano")
    assert json.loads(before.data)["total"] == 0
    with search.open(index_dir) as other:
        other.add([annotated("volcano", "Volcano erupts", "A volcano erupted.", published="2022-01-05")])
    after = client.get("/api/search?q=volcano", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert json.loads(after.data)["total"] == 1


def test_web_real_index_suggestions_facts_and_health(client: FlaskClient) -> None:
    kinds = {each["kind"]: each for each in get(client, "/api/suggest?q=sho")["suggestions"]}
    assert kinds["person"]["page"] == "/person/sergei-shoigu"
    assert get(client, "/api/stats")["articles"] == 5
    assert get(client, "/healthz")["articles"] == 5
    metrics = client.get("/metrics")
    assert metrics.content_type.startswith("text/plain; version=0.0.4")
    assert "# TYPE dateline_articles gauge\ndateline_articles 5\n" in metrics.text
    assert get(client, "/api/facets/person?prefix=sher")["values"][0]["value"] == "sherry-rehman"


def test_web_real_index_without_an_index_the_page_says_so(tmp_path: Path) -> None:
    answer = create_app({"INDEX_DIR": tmp_path / "none"}).test_client().get("/search?q=a")
    assert answer.status_code == 503
    assert not (tmp_path / "none").exists()
    for url in ("/healthz", "/metrics", "/api/stats"):
        answer = create_app({"INDEX_DIR": tmp_path / "none"}).test_client().get(url)
        assert (answer.status_code, answer.content_type) == (503, "application/problem+json")
