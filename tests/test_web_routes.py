"""Every route: that it answers, what it links to, and how it refuses."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.errors import IndexDamaged
from search.model import Problem, Request, Suggestion
from tests.web_archive import ARTICLES, PlainArchive, annotated
from web import create_app

HOUSE = Path(__file__).parent.parent
PAGES = [
    "/",
    "/?q=talks",
    "/search",
    "/search?q=talks&country=RU&country__not=PK&from=2021&facets=country,person,date,mentioned,source",
    "/search?q=nothing-has-this&person=sergei-shoigu&to=2022",
    "/article/talks",
    "/article/talks?q=chief+defense",
    "/article/flood%2F2022",
    "/article/flood/2022",
    "/article/undated",
    "/person/sergei-shoigu",
    "/country/RU",
    "/organization/nato",
    "/place/moscow",
    "/about",
]
DOCUMENTS = [
    "/api/search?q=talks",
    "/api/articles/talks",
    "/api/articles/flood%2F2022",
    "/api/facets/person?prefix=sho",
    "/api/suggest?q=sho",
    "/api/stats",
    "/api/openapi.json",
    "/healthz",
]
XML = ["/feed.atom?q=talks", "/opensearch.xml"]
REFUSED = [
    ("/search?sort=newst", 400),
    ("/api/search?contry=RU", 400),
    ("/article/none", 404),
    ("/api/articles/none", 404),
    ("/person/nobody", 404),
    ("/country/ZZ", 404),
    ("/nowhere", 404),
    ("/api/nowhere", 404),
    ("/static/nothing.css", 404),
]


@pytest.fixture
def archive() -> PlainArchive:
    return PlainArchive(ARTICLES)


@pytest.fixture
def client(archive: PlainArchive) -> FlaskClient:
    return create_app({"ARCHIVE": archive}).test_client()


@pytest.mark.parametrize("url", [*PAGES, *DOCUMENTS, *XML, "/static/style.css", "/static/favicon.svg"])
def test_web_every_route_answers_get_and_head_and_refuses_post(client: FlaskClient, url: str) -> None:
    answer = client.get(url, buffered=True)
    assert answer.status_code == 200
    head = client.head(url, buffered=True)
    assert (head.status_code, head.data) == (200, b"")
    assert head.content_type == answer.content_type
    posted = client.post(url)
    assert posted.status_code == 405
    assert "GET" in posted.headers["Allow"]


@pytest.mark.parametrize("url", [*PAGES, *DOCUMENTS, *XML, "/static/style.css", *(url for url, _ in REFUSED)])
def test_web_security_headers_are_on_every_response(client: FlaskClient, url: str) -> None:
    for answer in (client.get(url, buffered=True), client.post(url)):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(("url", "status"), REFUSED)
def test_web_a_refusal_is_a_problem_document_on_the_api_and_a_page_elsewhere(
    client: FlaskClient, url: str, status: int
) -> None:
    answer = client.get(url)
    assert answer.status_code == status
    if url.startswith("/api/"):
        assert answer.content_type == "application/problem+json"
        problem = json.loads(answer.data)
        assert {"type", "title", "status", "detail"} <= set(problem)
        assert problem["status"] == status
    else:
        assert answer.content_type.startswith("text/html")
        assert b"<h1>" in answer.data


def test_web_a_refused_parameter_is_named_with_the_nearest_valid_one(client: FlaskClient) -> None:
    problem = json.loads(client.get("/api/search?q=x&contry=RU").data)
    assert (problem["parameter"], problem["nearest"]) == ("contry", "country")
    page = client.get("/search?q=x&contry=RU").text
    assert "/search?q=x&amp;country=RU" in page  # the search as it was probably meant
    assert "/search?q=x" in page
    problem = json.loads(client.get("/api/facets/persn").data)
    assert (problem["status"], problem["parameter"], problem["nearest"]) == (400, "facet", "person")
    for url in ("/api/stats?x=1", "/person/sergei-shoigu?q=a", "/article/talks?page=2", "/api/suggest?limit=0"):
        assert client.get(url).status_code == 400, url


def test_web_a_page_beyond_the_last_is_refused_with_a_way_back(client: FlaskClient) -> None:
    answer = client.get("/search?q=talks&page=9")
    assert answer.status_code == 400
    assert "/search?q=talks&amp;page=1" in answer.text


def test_web_an_unusable_index_is_503_and_its_place_stays_unsaid(client: FlaskClient, archive: PlainArchive) -> None:
    def damaged(request: Request) -> None:
        raise IndexDamaged("/srv/secret/index", "segment 4 is cut short")

    archive.search = damaged  # type: ignore[assignment, method-assign]
    for url in ("/search?q=a", "/api/search?q=a", "/healthz"):
        answer = client.get(url)
        assert answer.status_code == 503
        assert "secret" not in answer.text
        assert answer.headers["Retry-After"]


def test_web_an_unexpected_error_is_500_without_its_trace(client: FlaskClient, archive: PlainArchive) -> None:
    def broken(request: Request) -> None:
        raise ZeroDivisionError("the secret of the trace")

    archive.search = broken  # type: ignore[assignment, method-assign]
    for url in ("/search?q=a", "/api/search?q=a"):
        answer = client.get(url)
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_web_every_link_of_a_page_leads_to_a_page(client: FlaskClient) -> None:
    seen: set[str] = set()
    waiting = ["/", "/search?q=talks&country=RU", "/article/talks?q=talks", "/person/sergei-shoigu"]
    while waiting and len(seen) < 150:
        url = waiting.pop()
        if url in seen:
            continue
        seen.add(url)
        answer = client.get(url)
        assert answer.status_code == 200, url
        if answer.content_type.startswith("text/html"):
            found = re.findall(r'(?:href|action)="([^"]*)"', answer.text)
            links = [link.replace("&amp;", "&").partition("#")[0] for link in found]
            waiting += sorted({link for link in links if link.startswith("/")} - seen, reverse=True)
    assert len(seen) > 60


@pytest.mark.parametrize("url", PAGES)
def test_web_a_page_needs_nothing_from_elsewhere_and_no_script(client: FlaskClient, url: str) -> None:
    page = client.get(url).text
    loaded = re.findall(r'<(?:link|img|script|iframe|source)\b[^>]*?(?:href|src)="([^"]*)"', page)
    assert all(not urlsplit(link.replace("&amp;", "&")).netloc for link in loaded)
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page)
    assert len(page) < 60_000
    style = (HOUSE / "web/static/style.css").read_text("utf-8")
    assert not re.search(r"url\(|@import|https?:", style)


@pytest.mark.parametrize("url", [*PAGES, "/search?sort=newst", "/nowhere"])
def test_web_a_page_has_one_title_one_first_heading_and_headings_in_order(client: FlaskClient, url: str) -> None:
    page = client.get(url).text
    assert re.search(r"<title>[^<]+</title>", page)
    assert '<html lang="en">' in page
    assert 'href="#main"' in page
    assert 'id="main"' in page
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", page)]
    assert levels.count(1) == 1
    after_first = levels[levels.index(1) :]
    assert all(b - a <= 1 for a, b in pairwise(after_first)), levels
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for label in re.findall(r'<label[^>]*\bfor="([^"]+)"', page):
        assert label in ids


def test_web_what_a_search_is_narrowed_by_can_be_removed(client: FlaskClient) -> None:
    page = client.get("/search?q=talks&country=RU&person__not=sherry-rehman&from=2021-10").text
    for link in (
        "/search?q=talks&amp;person__not=sherry-rehman&amp;from=2021-10",
        "/search?q=talks&amp;country=RU&amp;from=2021-10",
        "/search?q=talks&amp;country=RU&amp;person__not=sherry-rehman",
    ):
        assert f'href="{link}"' in page
    # Another query keeps the filters.
    form = page[page.index('role="search"') : page.index("</form>")]
    assert 'name="country" value="RU"' in form
    assert 'name="person__not" value="sherry-rehman"' in form


def test_web_notes_say_what_was_done_with_the_query(client: FlaskClient, archive: PlainArchive) -> None:
    archive.relaxed = True
    archive.problems = (Problem("the quote is not closed", 0, 1),)
    archive.suggestion = Suggestion("talks")
    page = client.get('/search?q="talk&country=RU').text
    assert "No article has all of these words" in page
    assert "the quote is not closed: <code>&#34;</code>" in page
    assert 'href="/search?q=talks&amp;country=RU"' in page


def test_web_an_article_marks_what_was_found_and_says_why(client: FlaskClient) -> None:
    page = client.get("/article/talks?q=chief").text
    assert '<a class="m m-person" href="/person/sergei-shoigu" title="Sergei Shoigu – name">Sergei Shoigu</a>' in page
    assert 'href="/search?mentioned_from=2021-10-11&amp;mentioned_to=2021-10-17"' in page
    assert "<mark>chief</mark>" in page
    assert "18 October 2021 (from its dateline)" in re.sub("</?time[^>]*>", "", page)
    assert 'href="https://example.org/talks"' in page


def test_web_a_person_has_a_page_with_companions_spellings_and_articles(client: FlaskClient) -> None:
    page = client.get("/person/sergei-shoigu").text
    assert "2 articles" in page
    assert 'href="/person/sherry-rehman"' in page
    assert "Written here as" in page
    assert 'href="/article/talks"' in page
    # "Both" of two people is one in the query and one as a filter: two filters of a facet would be "or".
    assert 'href="/search?q=person%3A%22sherry-rehman%22&amp;person=sergei-shoigu"' in page
    assert 'href="/search?country=RU&amp;person=sergei-shoigu"' in page


def test_web_a_country_code_in_small_letters_leads_to_its_page(client: FlaskClient) -> None:
    answer = client.get("/country/ru")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/country/RU")


@pytest.mark.parametrize("url", ["/search?q=talks", "/api/search?q=talks", "/article/talks", "/"])
def test_web_what_has_not_changed_is_not_sent_again(client: FlaskClient, archive: PlainArchive, url: str) -> None:
    tag = client.get(url).headers["ETag"]
    again = client.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert "Content-Security-Policy" in again.headers
    archive.generation += 1
    archive.annotations = [annotated("talks", "Changed", "Talks changed.")]
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 200


def test_web_the_feed_is_newest_first_and_leads_to_the_articles(client: FlaskClient, archive: PlainArchive) -> None:
    feed = ET.fromstring(client.get("/feed.atom?q=talks").data)
    atom = "{http://www.w3.org/2005/Atom}"
    assert archive.asked[-1].sort == "newest"
    entries = feed.findall(f"{atom}entry")
    assert [entry.findtext(f"{atom}title") for entry in entries] == [a.article.title for a in ARTICLES[:2]]
    assert entries[0].findtext(f"{atom}published") == "2021-10-18T00:00:00Z"
    assert entries[1].findtext(f"{atom}published") == "2022-08-01T00:00:00Z"
    links = [link.get("href") for link in entries[1].findall(f"{atom}link")]
    assert links == ["http://localhost/article/flood%2F2022?q=talks"]


def test_web_opensearch_has_the_template_that_browsers_fill_in(client: FlaskClient) -> None:
    assert 'template="http://localhost/search?q={searchTerms}"' in client.get("/opensearch.xml").text


def test_web_the_archive_is_opened_at_the_first_request_and_not_before(tmp_path: Path) -> None:
    app: Flask = create_app({"INDEX_DIR": tmp_path / "none"})
    assert app.test_client().get("/about").status_code == 200


def test_web_serving_loads_neither_spacy_nor_the_reader() -> None:
    program = (
        "import sys\n"
        "from tests.web_archive import ARTICLES, PlainArchive\n"
        "from web import create_app\n"
        "client = create_app({'ARCHIVE': PlainArchive(ARTICLES)}).test_client()\n"
        "for url in ('/', '/search?q=talks', '/article/talks', '/api/search', '/person/sergei-shoigu'):\n"
        "    assert client.get(url).status_code == 200\n"
        "heavy = {'spacy', 'thinc', 'trafilatura', 'search.read', 'search.annotate'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=HOUSE)
    assert done.returncode == 0, done.stderr


def test_web_the_contract_can_be_imported_without_flask() -> None:
    program = "import sys, web, web.params, web.serialize; sys.exit('flask' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=HOUSE)
    assert done.returncode == 0, done.stderr
