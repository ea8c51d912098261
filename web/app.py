"""The application: configuration, routes, headers, errors."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask, request
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response as WSGIResponse

from search._version import VERSION
from search.errors import ArticleNotFound, IndexUnusable, RequestError
from web import links, wording
from web.api import api
from web.archive_source import ArchiveSource
from web.failures import Failure, as_page, as_problem, of_http, of_index, of_missing_article, of_request
from web.feeds import feeds
from web.pages import pages

__all__ = ["create_app"]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # What is searched for is nobody else's business: no URL of ours leaves with a click on an article's source.
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


FOR_PROGRAMS = ("/api/", "/healthz", "/metrics")
"""Where a failure is answered with a problem document; elsewhere with a page."""


class AnyText(BaseConverter):
    """A part of the path that may hold anything, slashes too: ids and values are the archive's, not ours."""

    regex = ".+"
    part_isolating = False


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The WSGI application.

    `config` may give INDEX_DIR (else the environment's DATELINE_INDEX, else `index_data`) or ARCHIVE, an open archive,
    and any setting of Flask.
    """
    app = Flask("web")
    app.config.from_mapping(
        INDEX_DIR=os.environ.get("DATELINE_INDEX", "index_data"), ARCHIVE=None, SEND_FILE_MAX_AGE_DEFAULT=3600
    )
    app.config.from_mapping(config or {})
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.url_map.converters["text"] = AnyText
    app.url_map.merge_slashes = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(date_words=wording.date_words, safe_external=links.safe_external)
    app.jinja_env.globals.update(
        version=VERSION, article_api=links.article_api, entity_page=links.entity_page, count=wording.count_words
    )
    ArchiveSource(Path(app.config["INDEX_DIR"]), app.config["ARCHIVE"]).attach(app.extensions)
    for blueprint in (pages, api, feeds):
        app.register_blueprint(blueprint)
    _handle_errors(app)
    app.after_request(_finish)
    return app


def _finish(response: WSGIResponse) -> WSGIResponse:
    """Security headers on every response, and a 304 where the client has it already."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.status_code == 200 and request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-cache")  # keep it, but ask whether it is still so
        if not response.get_etag()[0]:
            response.add_etag()
        response.make_conditional(request.environ)
    return response


def _handle_errors(app: Flask) -> None:
    def answer(failure: Failure) -> WSGIResponse:
        return as_problem(failure) if request.path.startswith(FOR_PROGRAMS) else as_page(failure)

    @app.errorhandler(RequestError)
    def refused(error: RequestError) -> WSGIResponse:
        return answer(of_request(error))

    @app.errorhandler(ArticleNotFound)
    def not_found(error: ArticleNotFound) -> WSGIResponse:
        return answer(of_missing_article(error))

    @app.errorhandler(IndexUnusable)
    def unusable(error: IndexUnusable) -> WSGIResponse:
        app.logger.error("the index cannot serve: %s", error)
        return answer(of_index(error))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> WSGIResponse:
        if error.code is None or error.code < 400:  # a redirect
            return error.get_response(request.environ)
        return answer(of_http(error))

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> WSGIResponse:
        app.logger.error("unexpected error at %s", request.path, exc_info=error)
        return answer(of_http(InternalServerError()))
