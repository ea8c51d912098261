"""Each format gives the article alone, with its metadata."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from search.dates import parse_interval
from search.model import Article, Published, Refusal
from search.read.files import read_paths
from search.read.record import draft_from_mapping

BODY = "The minister said on Monday that the talks would go on in the capital for another week, whatever came of them."


def read_one(folder: Path, name: str, content: str | bytes) -> Article:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (found,) = read_paths(path)
    assert isinstance(found, Article), found
    return found


def test_read_text_parts_head_and_story(tmp_path: Path) -> None:
    text = f"Talks go on in the capital\n\nOctober 18, 2021 - 21:17\n\nTEHRAN (XYZ) – {BODY}\n\n{BODY}\n\nBy Ada Novak\n\nNews Code 123\n"  # noqa: E501 - one sample
    article = read_one(tmp_path, "a.txt", text)
    assert article.title == "Talks go on in the capital"
    assert article.text == f"TEHRAN (XYZ) – {BODY}\n\n{BODY}"
    assert article.published is not None
    assert (str(article.published), article.published.known_by) == ("2021-10-18", "dateline")
    assert (article.place, article.source, article.author) == ("Tehran", "XYZ", "Ada Novak")


def test_read_text_that_starts_with_the_story_has_no_title(tmp_path: Path) -> None:
    assert read_one(tmp_path, "a.txt", f"Moscow (XY): {BODY}\n\n{BODY}").title == ""


def test_read_text_knows_site_name_repeated_title_and_caption(tmp_path: Path) -> None:
    text = (
        "The Shore English News and Opinion from The Shore Newspaper\n\nTalks Go On\n\nTalks Go On\n\n"
        f"Wednesday, 20 October, 2021 - 10:00\nA minister at the talks (Reuters)\n\n{BODY}\n\n{BODY}\n\nEditor Picks"
    )
    article = read_one(tmp_path, "a.txt", text)
    assert (article.title, article.source) == ("Talks Go On", "The Shore")
    assert article.text == f"{BODY}\n\n{BODY}"


def test_read_text_with_one_paragraph_a_line(tmp_path: Path) -> None:
    article = read_one(tmp_path, "a.txt", f"Talks Go On in the Capital\n{BODY * 2}\n{BODY}\n")
    assert article.title == "Talks Go On in the Capital"
    assert article.text == f"{BODY * 2}\n\n{BODY}"


def test_read_text_joins_lines_broken_at_a_margin(tmp_path: Path) -> None:
    import textwrap

    paragraphs = [BODY * 3, BODY * 2]
    wrapped = "\n\n".join(textwrap.fill(paragraph, 70) for paragraph in paragraphs)
    assert read_one(tmp_path, "a.txt", f"Talks go on\n\n{wrapped}\n").text == "\n\n".join(paragraphs)


def test_read_text_in_a_legacy_encoding(tmp_path: Path) -> None:
    text = f"Café talks go on\n\n{BODY} “Fine” – he said.\n"
    assert "“Fine” –" in read_one(tmp_path, "a.txt", text.encode("cp1252")).text
    assert read_one(tmp_path, "b.txt", text.encode("utf-16")).title == "Café talks go on"


def test_read_markdown_front_matter_and_plain_text(tmp_path: Path) -> None:
    text = "---\ntitle: Talks go on\ndate: 2020-09\nauthor: Ada Novak\npublication: The Shore\n---\n\n# Talks go on\n\nA [link](https://x.example) and **bold**.\n\n- one\n- two\n"  # noqa: E501 - one sample
    article = read_one(tmp_path, "a.md", text)
    assert (article.title, str(article.published), article.source) == ("Talks go on", "2020-09", "The Shore")
    assert article.text == "A link and bold.\n\none\n\ntwo"


def test_read_page_gives_body_and_metadata(tmp_path: Path) -> None:
    page = (
        '<html lang="en-GB"><head><title>Talks go on | The Shore</title><meta property="og:site_name" content="The Shore">'  # noqa: E501 - one sample
        '<meta property="article:published_time" content="2021-10-18T21:17:00+03:30"></head><body><nav><a href="/">Home</a></nav>'  # noqa: E501 - one sample
        f'<article><h1>Talks go on</h1><p class="byline">By Ada Novak in Paris</p><p>{BODY}</p><p>{BODY[::-1]}</p></article>'  # noqa: E501 - one sample
        "<footer>© The Shore</footer></body></html>"
    )
    article = read_one(tmp_path, "a.html", page)
    assert (article.title, article.source, article.author) == ("Talks go on", "The Shore", "Ada Novak")
    assert (str(article.published), article.language, article.place) == ("2021-10-18", "en", "Paris")
    assert article.text == f"{BODY}\n\n{BODY[::-1]}"


@pytest.mark.parametrize(
    "names", [("text", "title", "published"), ("body", "Headline", "pubDate"), ("content", "title", "published at")]
)
def test_read_json_knows_synonyms(tmp_path: Path, names: tuple[str, str, str]) -> None:
    record = dict(zip(names, (f"<p>{BODY}</p>", "Talks &amp; more", 1634589000), strict=True))
    article = read_one(
        tmp_path, "a.json", json.dumps({"articles": [record | {"people": ["Ada Novak"], "countries": []}]})
    )
    assert (article.text, article.title, str(article.published)) == (BODY, "Talks & more", "2021-10-18")
    assert (article.persons, article.countries, article.places) == (("Ada Novak",), (), None)


SHAPES = {
    "wrapped": {"status": "ok", "data": {"total": 1, "articles": [{"title": "Talks", "body_html": f"<p>{BODY}</p>"}]}},
    "nested": {"response": {"content": {"webTitle": "Talks", "webUrl": "https://x.example", "fields": {"body": BODY}}}},
    "rendered": [{"title": {"rendered": "Talks"}, "content": {"rendered": f"<p>{BODY}</p>", "protected": False}}],
    "blocks": [
        {
            "headline": {"main": "Talks"},
            "content": [{"type": "image", "text": "A photo."}, {"type": "paragraph", "text": BODY}],
        }
    ],
    "paragraphs": {"title": "Talks", "body": {"paragraphs": [BODY]}, "data": []},
    "feed": {"title": "The Shore", "url": "https://x.example", "items": [{"title": "Talks", "content_text": BODY}]},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_read_json_finds_the_article_in_its_shape(tmp_path: Path, shape: str) -> None:
    article = read_one(tmp_path, "a.json", json.dumps(SHAPES[shape]))
    assert (article.title, article.text) == ("Talks", BODY)


def test_read_json_author_and_source_may_be_objects(tmp_path: Path) -> None:
    record = {"title": "Talks", "text": BODY, "source": {"id": None, "name": "The Shore"}}
    article = read_one(tmp_path, "a.json", json.dumps(record | {"authors": [{"name": "By ADA NOVAK"}, {"name": "Li"}]}))
    assert (article.source, article.author) == ("The Shore", "Ada Novak, Li")


def test_read_json_lines_with_mark_commas_and_brackets(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xef\xbb\xbf[\r\n{"title": "One"},\r\n\r\n{"title": "Two"},\r\n]\r\n')
    assert [article.title for article in read_paths(path) if isinstance(article, Article)] == ["One", "Two"]


def test_read_table_row_may_miss_its_last_columns_where_its_text_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('title,text,date,source\nOne,"A, b"\nTwo,cut\nThree,C,2021,The Shore\n')
    found = list(read_paths(path))
    assert [article.title for article in found if isinstance(article, Article)] == ["One", "Three"]
    assert [refusal.line for refusal in found if isinstance(refusal, Refusal)] == [3]


def test_read_page_of_tables(tmp_path: Path) -> None:
    page = (
        "<HTML><HEAD><TITLE>The Shore Online: Talks go on</TITLE></HEAD><BODY><TABLE><TR><TD><A HREF='/'>Front Page</A>"
        "<BR><A HREF='/w'>World</A></TD><TD><B>Talks go on</B><BR><FONT>Sunday, October 17, 1999</FONT>"
        f"<P>{BODY}<P>{BODY[::-1]}<P><FONT>Copyright 1999 The Shore. All rights reserved.</FONT></TD></TR></TABLE></BODY>"  # noqa: E501 - one sample
    )
    article = read_one(tmp_path, "a.html", page)
    assert (article.title, article.source, str(article.published)) == ("Talks go on", "The Shore", "1999-10-17")
    assert article.text == f"{BODY}\n\n{BODY[::-1]}"


def test_read_page_of_a_graph_names_its_author_elsewhere(tmp_path: Path) -> None:
    graph = [
        {"@type": "Article", "headline": "Talks go on", "author": {"@id": "#ada"}},
        {"@type": "Person", "@id": "#ada", "name": "Ada Novak"},
    ]
    data = json.dumps({"@graph": graph})
    page = f'<script type="application/ld+json">{data}</script><article><h1>Talks go on</h1><p>{BODY}</p></article>'
    assert read_one(tmp_path, "a.html", f"<html><body>{page}</body></html>").author == "Ada Novak"


def test_read_page_headline_is_not_the_name_of_the_site(tmp_path: Path) -> None:
    page = (
        '<html><head><title>Talks go on | Shore Watch</title></head><body><h1 class="site-title">Shore Watch</h1><article>'  # noqa: E501 - one sample
        f'<h2 class="entry-title">Talks go on</h2><p>{BODY}</p><p>{BODY[::-1]}</p></article></body></html>'
    )
    article = read_one(tmp_path, "a.html", page)
    assert (article.title, article.source) == ("Talks go on", "Shore Watch")


def test_read_page_date_beside_an_element(tmp_path: Path) -> None:
    page = f"<html><body><h1>Talks go on</h1><b>Shore Bulletin</b> - 16 October 2021<br><div><p>{BODY}</p></div></body></html>"  # noqa: E501 - one sample
    assert str(read_one(tmp_path, "a.html", page).published) == "2021-10-16"


def test_read_json_lines_refuses_a_line_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"title": "One", "text": "A"}\n{"title": "cut\n{"title": "Two", "text": "B"}\n')
    first, refused, second = read_paths(path)
    assert isinstance(refused, Refusal)
    assert refused.line == 2
    assert [article.title for article in (first, second) if isinstance(article, Article)] == ["One", "Two"]


def test_read_table_refuses_a_row_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('title;text;date\nOne;"A; b";2021-10-18\nbad\n"open;x;y\nTwo;B;2020\n')
    found = list(read_paths(path))
    assert [article.title for article in found if isinstance(article, Article)] == ["One", "Two"]
    assert [refusal.line for refusal in found if isinstance(refusal, Refusal)] == [3, 4]


def test_read_feed_prefers_full_content(tmp_path: Path) -> None:
    feed = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Shore</title>'  # noqa: E501 - one sample
        "<language>en-gb</language><item><title>Talks go on</title><link>https://x.example/a</link><description>Short.</description>"
        f"<pubDate>Mon, 18 Oct 2021 21:17:00 +1300</pubDate><content:encoded><![CDATA[<p>{BODY}</p>]]></content:encoded></item></channel></rss>"  # noqa: E501 - one sample
    )
    article = read_one(tmp_path, "a.rss", feed)
    assert (article.title, article.text, article.source, article.language) == ("Talks go on", BODY, "The Shore", "en")
    assert (str(article.published), article.url) == ("2021-10-18", "https://x.example/a")


HOSTILE = {
    "entities.xml": '<!DOCTYPE x [<!ENTITY a "b">]><rss version="2.0"><channel><title>&a;</title></channel></rss>',
    "deep.xml": "<a>" * 20_000,
    "deep.html": "<div>" * 20_000 + BODY,
    "deep.json": "[" * 100_000,
    "deep.md": "---\na: " + "[" * 3_000 + "\n---\nText",
    "aliases.md": "---\na: &a [x]\nb: [*a, *a]\n---\nText",
    "huge.json": '{"text": ' + "9" * 5_000 + "}",
    "empty.txt": "",
    "binary.txt": "abc\x00\x01\x02def" * 9,
    "header.csv": "a,b\n1,2\n",
    "tree.xml": "<a/>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_read_hostile_files_cost_only_themselves(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(HOSTILE[name])
    (tmp_path / "z.txt").write_text(f"Talks go on\n\n{BODY}")
    refused, article = read_paths(tmp_path)
    assert isinstance(refused, Refusal)
    assert refused.name.endswith(name)
    assert isinstance(article, Article)


def test_read_text_that_cannot_be_stored_is_mended(tmp_path: Path) -> None:
    article = read_one(tmp_path, "a.json", '{"title": "x\\u0000y", "text": "a\\ud800b"}')
    assert (article.title, article.text) == ("xy", "a\ufffdb")


def test_read_record_takes_back_what_an_export_says_of_the_date() -> None:
    record = {"title": "A title", "text": "A text.", "published": "2021-10-18"}
    exported = draft_from_mapping({**record, "published_known_by": "dateline", "published_time": "21:17"})
    assert exported.published == Published(parse_interval("2021-10-18"), "dateline", dt.time(21, 17))
    odd = draft_from_mapping({**record, "published_known_by": "hearsay", "published_time": "late"})
    assert odd.published == Published(parse_interval("2021-10-18"), "metadata")


@pytest.mark.parametrize("given", [".", "..", " ", "", None])
def test_read_record_an_id_that_no_address_can_hold_is_not_taken(given: str | None) -> None:
    assert draft_from_mapping({"id": given, "text": "A text."}).id is None


def test_read_record_the_country_of_the_outlet_is_no_annotation() -> None:
    assert draft_from_mapping({"text": "A text.", "country": "US", "person": "desk"}).countries is None
