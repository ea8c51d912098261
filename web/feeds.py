"""What other programs subscribe to or ask: the Atom feed of a search, OpenSearch, the health check, metrics."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, jsonify, request

from search.model import Request
from web import links
from web.archive_source import current_archive
from web.params import NONE, parse_pairs, read_pairs, url
from web.serialize import results_document
from web.wording import count_words

__all__ = ["feeds"]

feeds = Blueprint("feeds", __name__)

_ATOM = "http://www.w3.org/2005/Atom"
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
# XML 1.0 has no way to write these, escaped or not.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@feeds.get("/feed.atom")
def atom() -> Response:
    asked = parse_pairs(request.args.items(multi=True))
    asked = replace(asked, facets=(), sort="newest" if asked.sort == "relevance" else asked.sort)
    document = results_document(current_archive().search(asked), asked, "/feed.atom")
    return _xml(_atom(document, asked, request.url_root.rstrip("/")), "application/atom+xml")


def _atom(document: dict[str, Any], asked: Request, root: str) -> ET.Element:
    here, there = root + document["links"]["self"], root + url("/search", replace(asked, facets=Request().facets))
    title = f"Dateline: {asked.q}" if asked.q else "Dateline: newest articles"
    feed = ET.Element("feed", xmlns=_ATOM)
    _add(feed, "id", here)
    _add(feed, "title", title)
    _add(feed, "subtitle", count_words(document["total"], "article"))
    _add(feed, "updated", max((_moment(hit) for hit in document["results"]), default=_moment({})))
    ET.SubElement(feed, "link", rel="self", href=_xml_text(here), type="application/atom+xml")
    ET.SubElement(feed, "link", rel="alternate", href=_xml_text(there), type="text/html")
    if document["links"]["next"]:
        ET.SubElement(feed, "link", rel="next", href=_xml_text(root + document["links"]["next"]))
    for hit in document["results"]:
        entry = ET.SubElement(feed, "entry")
        _add(entry, "id", uuid.uuid5(uuid.NAMESPACE_URL, links.article_page(hit["id"])).urn)
        _add(entry, "title", hit["title"] or "Untitled article")
        _add(entry, "updated", _moment(hit))
        if hit["published"]:
            _add(entry, "published", _moment(hit))
        author = ET.SubElement(entry, "author")
        _add(author, "name", hit["author"] or hit["source"] or "unknown")
        ET.SubElement(entry, "link", rel="alternate", href=_xml_text(root + hit["page"]), type="text/html")
        if original := links.safe_external(hit["url"]):
            ET.SubElement(entry, "link", rel="via", href=_xml_text(original))
        if hit["snippet"]:
            _add(entry, "summary", hit["snippet"]["html"]).set("type", "html")
        for tag in (*hit["countries"], *hit["persons"]):
            ET.SubElement(entry, "category", term=_xml_text(tag["value"]), label=_xml_text(tag["label"]))
    return feed


def _moment(hit: dict[str, Any]) -> str:
    """When it was published, at its earliest; Atom wants a moment even of what has none."""
    published = hit.get("published") or "1970-01-01"
    day = (published.partition("/")[0] + "-01-01")[:10]
    return f"{day}T{(hit.get('published_time') or '00:00:00')[:8]}Z"


@feeds.get("/opensearch.xml")
def opensearch() -> Response:
    read_pairs(NONE, request.args.items(multi=True))
    root = request.url_root.rstrip("/")
    description = ET.Element("OpenSearchDescription", xmlns=_OPENSEARCH)
    _add(description, "ShortName", "Dateline")
    _add(description, "Description", "Search the news archive by words, people, countries and dates")
    _add(description, "InputEncoding", "UTF-8")
    ET.SubElement(
        description, "Image", width="16", height="16", type="image/svg+xml"
    ).text = f"{root}/static/favicon.svg"
    # The braces are OpenSearch's own: the browser puts what was typed in their place.
    ET.SubElement(description, "Url", type="text/html", template=f"{root}/search?q={{searchTerms}}")
    ET.SubElement(description, "Url", type="application/atom+xml", template=f"{root}/feed.atom?q={{searchTerms}}")
    ET.SubElement(description, "Url", type="application/json", template=f"{root}/api/search?q={{searchTerms}}")
    return _xml(description, "application/opensearchdescription+xml")


@feeds.get("/healthz")
def health() -> Response:
    """200 if the archive answers a search; 503 (by the error handler) if its index is unusable."""
    results = current_archive().search(Request(size=1, facets=(), highlight=False))
    return jsonify({"status": "ok", "articles": results.total, "generation": results.generation})


@feeds.get("/metrics")
def metrics() -> Response:
    """The state of the archive as gauges, in the text format of Prometheus."""
    facts = current_archive().stats()
    gauges = {
        "articles": ("Articles that can be found.", facts.articles),
        "articles_undated": ("Articles whose date is not known.", facts.undated),
        "generation": ("Commits so far.", facts.generation),
        "segments": ("Segments of the index.", facts.segments),
        "index_bytes": ("Size of the index on disk.", facts.bytes),
    }
    lines = [
        f"# HELP dateline_{name} {about}\n# TYPE dateline_{name} gauge\ndateline_{name} {value}\n"
        for name, (about, value) in gauges.items()
    ]
    return Response("".join(lines), content_type="text/plain; version=0.0.4; charset=utf-8")


def _add(parent: ET.Element, tag: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, tag)
    element.text = _xml_text(text)
    return element


def _xml_text(text: str) -> str:
    return _NO_XML.sub("", text)


def _xml(root: ET.Element, content_type: str) -> Response:
    body = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(body, content_type=f"{content_type}; charset=utf-8")
