"""The `dateline` command, from a folder of articles to answers, and what it says when something is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search.cli import main
from search.errors import IndexLocked
from search.model import Report

Dateline = Callable[..., Result]

ARTICLES = [
    {
        "id": "talks",
        "title": "Iran and Russia hold talks",
        "text": "General Mohammad Bagheri of Iran arrived in Moscow on Sunday. Bagheri met Sergei Shoigu.",
        "published": "2021-10-18",
        "source": "Morning Post",
    },
    {
        "id": "flood",
        "title": "Floods in Pakistan",
        "text": "Heavy rain fell on Karachi. Prime Minister Shehbaz Sharif asked for help.",
        "published": "2022-08-30",
        "source": "Evening Star",
    },
    {
        "id": "undated",
        "title": "A note on grain",
        "text": "Ships with grain left the port of Odesa.",
        "source": "Morning Post",
    },
]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    lines = "".join(json.dumps(article) + "\n" for article in ARTICLES)
    (folder / "all.jsonl").write_text(lines, "utf-8")
    return folder


@pytest.fixture
def dateline(tmp_path: Path) -> Dateline:
    def run(*arguments: str | Path) -> Result:
        environment = {"DATELINE_INDEX": str(tmp_path / "index")}
        return CliRunner().invoke(
            main, [str(argument) for argument in arguments], env=environment, catch_exceptions=False
        )

    return run


def test_cli_index_then_search_finds_the_article(dateline: Dateline, articles: Path) -> None:
    indexed = dateline("index", articles)
    assert indexed.exit_code == 0, indexed.output
    assert "3 added, 0 updated, 0 unchanged, 0 refused" in indexed.output

    found = dateline("search", "talks")
    assert found.exit_code == 0
    assert "Iran and Russia hold talks" in found.stdout
    assert "1 article " in found.stdout


def test_cli_indexing_again_changes_nothing(dateline: Dateline, articles: Path) -> None:
    dateline("index", articles)
    assert "0 added, 0 updated, 3 unchanged" in dateline("index", articles).output
    assert "3 added" in dateline("index", articles, "--rebuild").output
    assert "3 articles" in dateline("search").stdout


def test_cli_search_options_mean_what_the_parameters_mean(dateline: Dateline, articles: Path) -> None:
    dateline("index", articles)
    answer = json.loads(
        dateline("search", "--json", "--country", "RU", "--country", "PK", "--source-not", "Evening Star").stdout
    )
    assert [result["id"] for result in answer["results"]] == ["talks"]
    selected = {value["value"] for value in answer["facets"]["country"]["values"] if value["selected"]}
    assert selected == {"RU", "PK"}

    dated = json.loads(dateline("search", "--json", "--from", "2022", "--to", "2022-08").stdout)
    assert [result["id"] for result in dated["results"]] == ["flood"]


def test_cli_search_json_is_what_the_endpoint_answers(dateline: Dateline, articles: Path, tmp_path: Path) -> None:
    from web import create_app

    dateline("index", articles)
    printed = json.loads(dateline("search", "Moscow", "--json", "--facets", "country,date").stdout)
    client = create_app({"INDEX_DIR": tmp_path / "index"}).test_client()
    served = client.get("/api/search?q=Moscow&facets=country,date").get_json()
    assert printed["total"] == 1
    for answer in (printed, served):
        del answer["took_ms"]
    assert printed == served


def test_cli_annotate_prints_a_document_a_line_with_offsets_into_the_text(dateline: Dateline, articles: Path) -> None:
    done = dateline("annotate", articles, "--json")
    documents = {document["id"]: document for document in map(json.loads, done.stdout.splitlines())}
    assert done.exit_code == 0
    assert list(documents) == ["talks", "flood", "undated"]
    assert {tag["value"] for tag in documents["talks"]["countries"]} >= {"IR", "RU"}
    for document in documents.values():
        for mention in document["mentions"]:
            assert document["text"][mention["start"] : mention["end"]] == mention["text"]
            assert mention["type"] in {"person", "country", "organization", "place", "date"}
            assert mention["value"]
            assert mention["why"]


def test_cli_a_bad_line_costs_only_itself(dateline: Dateline, articles: Path) -> None:
    with (articles / "all.jsonl").open("a") as file:
        file.write('{"id": "cut", "title": "Cut sho\n{"id": "last", "text": "The last one."}\n')
    done = dateline("index", articles)
    assert done.exit_code == 1
    assert "4 added" in done.stdout
    assert "all.jsonl:4" in done.stderr


def test_cli_without_an_index_the_way_out_is_named(dateline: Dateline) -> None:
    done = dateline("search", "word")
    assert done.exit_code == 3
    assert "dateline index" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["search", "--country", "IRN"], "country"),
        (["search", "--from", "last week"], "from"),
        (["search", "--facets", "persons"], "person"),
        (["search", "--size", "101"], "size"),
        (["search", "x" * 600], "512"),
        (["search", "--no-such-option"], "--no-such-option"),
        (["index", ".", "--model", "no_such_model"], "no_such_model"),
        (["index"], "PATHS"),
    ],
)
def test_cli_wrong_usage_exits_2_and_names_what_is_wrong(
    dateline: Dateline, articles: Path, arguments: list[str], said: str
) -> None:
    dateline("index", articles)
    done = dateline(*arguments)
    assert done.exit_code == 2, done.output
    assert said in done.stderr


def test_cli_a_path_that_is_not_there_is_refused(dateline: Dateline, articles: Path) -> None:
    done = dateline("index", articles, articles / "nowhere")
    assert done.exit_code == 1
    assert "nowhere" in done.stderr
    assert "3 added" in done.stdout


def test_cli_export_can_be_indexed_again_with_its_annotations(
    dateline: Dateline, articles: Path, tmp_path: Path
) -> None:
    dateline("index", articles)
    exported = tmp_path / "exported.jsonl"
    exported.write_text(dateline("export").stdout, "utf-8")
    other = tmp_path / "other"
    assert dateline("index", exported, "--index-dir", other).exit_code == 0
    before = json.loads(dateline("search", "--json").stdout)
    after = json.loads(dateline("search", "--json", "--index-dir", other).stdout)
    assert after["facets"]["country"] == before["facets"]["country"]
    assert after["facets"]["person"] == before["facets"]["person"]


def test_cli_delete_check_stats_and_people(dateline: Dateline, articles: Path) -> None:
    dateline("index", articles)
    assert "sound" in dateline("check").stdout
    assert json.loads(dateline("stats", "--json").stdout)["articles"] == 3
    assert "Bagheri" in dateline("people", "bagh").stdout
    assert dateline("delete", "talks").exit_code == 0
    assert dateline("delete", "talks").exit_code == 1
    assert json.loads(dateline("stats", "--json").stdout)["articles"] == 2
    assert "Bagheri" not in dateline("people", "bagh").stdout


def test_cli_a_folder_without_articles_says_what_can_be_read(dateline: Dateline, tmp_path: Path) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "page.pdf").write_bytes(b"%PDF-1.4")
    done = dateline("index", folder)
    assert done.exit_code == 0
    assert "no articles in" in done.stderr
    assert "Markdown" in done.stderr


def test_cli_an_index_where_no_directory_can_be_made_is_one_line_and_exit_3(
    dateline: Dateline, articles: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    done = dateline("index", articles, "--index-dir", tmp_path / "file" / "index")
    assert done.exit_code == 3
    assert done.stderr.startswith("dateline: ")
    assert len(done.stderr.splitlines()) == 1


def test_cli_an_interruption_says_what_became_of_the_index(
    dateline: Dateline, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("search.archive.Archive.add", interrupted)
    for arguments, said in (([], "goes on"), (["--rebuild"], "as it was")):
        done = dateline("index", articles, *arguments)
        assert done.exit_code == 130
        assert said in done.stderr


def test_cli_watch_waits_while_another_process_writes(
    dateline: Dateline, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []

    def add(*_: object, **__: object) -> Report:
        looks.append(1)
        if len(looks) == 1:
            raise IndexLocked("index", "another process is writing to it")
        if len(looks) == 2:
            return Report(added=3, updated=0, unchanged=0, refused=(), seconds=0.0, seconds_by_room={})
        raise KeyboardInterrupt

    monkeypatch.setattr("search.archive.Archive.add", add)
    done = dateline("watch", articles, "--every", "0.1")
    assert done.exit_code == 0
    assert "3 added" in done.stdout
    assert len(looks) == 3
