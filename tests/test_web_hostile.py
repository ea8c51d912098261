"""The text of articles, of queries and of URLs is hostile: nothing of it becomes markup, and nothing of it is a 500."""

from __future__ import annotations

import html.parser
import json
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.model import Mention, Problem, Suggestion
from tests.web_archive import ARTICLES, PlainArchive, annotated
from web import create_app

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}\x08\x1b]]>&lt;"
LINKS = ("javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x")


def hostile(at: int, link: str) -> object:
    text = f"{EVIL}\n\n{EVIL} talks"
    mentions = [
        Mention(0, 5, text[:5], kind, f"{EVIL}/../", EVIL, EVIL)  # type: ignore[arg-type]
        for kind in ("person", "date")
    ]
    return annotated(
        f"{EVIL}{at}",
        EVIL,
        text,
        published="2021",
        source=EVIL,
        author=EVIL,
        url=link,
        language=EVIL,
        section=EVIL,
        place=EVIL,
        persons=[(EVIL, EVIL)],
        countries=[("RU", EVIL)],
        organizations=[(EVIL, EVIL)],
        places=[(EVIL, EVIL)],
        mentions=[*mentions, Mention(10_000, 10_009, "outside", "person", "", "", "")],
    )


@pytest.fixture
def client() -> FlaskClient:
    archive = PlainArchive([hostile(at, link) for at, link in enumerate(LINKS)])  # type: ignore[misc]
    archive.problems = (Problem(EVIL, 0, 3),)
    archive.suggestion = Suggestion(EVIL)
    archive.relaxed = True
    return create_app({"ARCHIVE": archive, "PROPAGATE_EXCEPTIONS": False}).test_client()


class Tags(html.parser.HTMLParser):
    """Collects what a browser would take for elements and attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


SEGMENT = quote(EVIL, safe="")
PAGES = [
    "/",
    f"/search?q={SEGMENT}&person={SEGMENT}&source__not={SEGMENT}",
    "/search?q=talks",
    f"/article/{SEGMENT}0?q={SEGMENT}",
    f"/article/{SEGMENT}1",
    f"/person/{SEGMENT}",
    f"/place/{SEGMENT}",
    f"/search?{SEGMENT}={SEGMENT}",
    f"/search?sort={SEGMENT}",
    f"/nowhere/{SEGMENT}",
    f"/article/none{SEGMENT}",
    f"/person/none{SEGMENT}",
]


@pytest.mark.parametrize("url", PAGES)
def test_web_hostile_text_is_escaped_in_every_page(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code in {200, 400, 404}
    assert "{{7*7}}" in answer.text or "49" not in answer.text
    for tag, attributes in Tags(answer.text).found:
        assert tag not in {"script", "img", "style", "iframe", "object"}
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            assert name != "style"
            if name in {"href", "action", "src"} and value:
                assert value.startswith(("/", "#", "https://", "http://")), value
                assert not value.startswith("//"), value


def test_web_hostile_text_is_escaped_in_json_html_and_stays_in_json_text(client: FlaskClient) -> None:
    (first, *_) = json.loads(client.get("/api/search?q=talks").data)["results"]
    assert first["title"] == EVIL
    assert {tag for tag, _ in Tags(first["snippet"]["html"] + first["title_html"]).found} <= {"mark"}
    assert client.get(first["page"]).status_code == 200
    assert json.loads(client.get(first["api"]).data)["id"] == first["id"]


def test_web_hostile_text_makes_no_feed_unreadable(client: FlaskClient) -> None:
    feed = ET.fromstring(client.get(f"/feed.atom?q={SEGMENT}&size=2").data)
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.findall(f"{atom}entry")
    for link in feed.iter(f"{atom}link"):
        assert link.get("href", "").startswith("http://localhost/")
    for summary in feed.iter(f"{atom}summary"):
        assert {tag for tag, _ in Tags(summary.text or "").found} <= {"mark"}


def test_web_hostile_host_header_stays_text(client: FlaskClient) -> None:
    answer = client.get("/opensearch.xml", headers={"Host": 'x"><script>'})
    assert answer.status_code in {200, 400}
    assert b"<script>" not in answer.data


PLAIN = create_app({"ARCHIVE": PlainArchive(ARTICLES)}).test_client()


@given(
    st.sampled_from(["/search", "/api/search", "/feed.atom", "/article/", "/person/", "/api/facets/", "/api/suggest"]),
    st.text(max_size=12),
    st.lists(st.tuples(st.sampled_from(["q", "country", "page", "from", "x", "facets"]), st.binary(max_size=8))),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_web_no_url_is_an_error_of_the_server(path: str, segment: str, pairs: list[tuple[str, bytes]]) -> None:
    path += quote(segment, safe="") if path.endswith("/") else ""
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs)
    assert PLAIN.get(f"{path}?{query}").status_code in {200, 301, 308, 400, 404}


def test_web_a_very_long_article_is_shown_as_far_as_a_browser_can_bear() -> None:
    long = annotated("long", "Long", "word " * 400_000)
    page = create_app({"ARCHIVE": PlainArchive([long])}).test_client().get("/article/long?q=word")
    assert page.status_code == 200
    assert "The text goes on" in page.text
