"""WEB: how does a person use the archive in a browser, and a program over HTTP?

params      URL ↔ Request: one table of parameters       links      the URLs of pages, toggles and pages of results
serialize   Results → the JSON contract                  marking    text + ranges → pieces to mark; escaping
app         the application: errors, headers             pages      HTML        api     JSON
histogram   bars → geometry                              feeds      Atom, OpenSearch        openapi   the contract
entities    one person, country, organization or place   wording    dates and counts in words
server      the production server                    failures   problem documents and pages

The package, `web.params` and `web.serialize` need no Flask: the command line prints the same JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from web.app import create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> Any:
    if name == "create_app":
        from web.app import create_app

        return create_app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
