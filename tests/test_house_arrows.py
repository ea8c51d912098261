"""The arrows of the house: which room may import which. Read from the source, so that no import can hide."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
SHARED = {"_version", "analysis", "countries", "dates", "errors", "model"}
MAY_IMPORT = {  # room of search/ → the rooms it may import beside the shared modules
    "read": set(),
    "annotate": set(),
    "store": set(),
    "query": {"store"},
    "adding": {"store"},
    "archive": {"adding", "read", "annotate", "store", "query"},
    "__init__": {"archive", "read"},
    "terminal": {"adding"},
    "cli": {"", "terminal", "archive", "read", "annotate", "store", "query"},
}
ONLY_IN = {  # package → the rooms that may import it
    "spacy": {"annotate"},
    "thinc": {"annotate"},
    "whoosh": {"store", "query"},
    "flask": {"web"},
    "werkzeug": {"web"},
    "jinja2": {"web"},
    "gunicorn": {"web"},
    "trafilatura": {"read"},
    "feedparser": {"read"},
}


def sources() -> list[Path]:
    found = [*HOUSE.glob("search/**/*.py"), *HOUSE.glob("web/**/*.py")]
    assert len(found) > 20, "the house seems empty: is this test looking in the right place?"
    return found


def room_of(path: Path) -> str:
    """`search/read/text.py` → read, `search/cli.py` → cli, `web/api.py` → web."""
    top, *rest = path.relative_to(HOUSE).with_suffix("").parts
    return "web" if top == "web" else rest[0]


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full, so that the arrows can be read"
            yield node.module or ""
            if node.module == "search":
                yield from (f"search.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(HOUSE)))
def test_house_arrows_a_room_imports_only_what_it_may(path: Path) -> None:
    room = room_of(path)
    for name in imports_of(path):
        top = name.partition(".")[0]
        assert room in ONLY_IN.get(top, {room}), f"{path}: {top} belongs to {ONLY_IN[top]}"
        if top == "web":
            assert room in {"web", "cli"}, f"{path}: only the commands import web"
        if top == "search" and room != "web":
            target = [*name.split("."), ""][1]
            if room in SHARED:
                assert target in SHARED, f"{path}: a shared module imports {name}"
            else:
                assert target in SHARED | MAY_IMPORT[room] | {room}, f"{path}: {room} may not import {name}"


@pytest.mark.parametrize("path", [p for p in sources() if room_of(p) == "web"], ids=lambda p: p.name)
def test_house_arrows_the_web_knows_only_public_names_of_the_engine(path: Path) -> None:
    public = {"search"} | {f"search.{name}" for name in SHARED}
    names = {name for name in imports_of(path) if name.partition(".")[0] == "search"}
    exported = {f"search.{name}" for name in __import__("search").__all__}
    assert names <= public | exported


def test_house_arrows_the_model_and_the_errors_need_the_standard_library_alone() -> None:
    for name in ("model", "errors", "dates", "countries"):
        outside = {n.partition(".")[0] for n in imports_of(HOUSE / "search" / f"{name}.py")} - {"search"}
        assert outside <= set(sys.stdlib_module_names), name


def test_house_arrows_serving_loads_neither_spacy_nor_the_reader() -> None:
    program = (
        "import sys, web, web.app, search.query, search.store\n"
        "heavy = {'spacy', 'thinc', 'trafilatura', 'lxml', 'search.read', 'search.annotate'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or None)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=HOUSE)
    assert done.returncode == 0, done.stderr
