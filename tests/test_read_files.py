"""Which files are read, in which order, under which ids, and what is said of the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import search.read
from search.model import Article, Refusal
from search.read.files import read_paths

STORY = "Talks go on\n\nThe minister said on Monday that the talks would go on in the capital for another week."


def make(path: Path, text: str = STORY) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def articles(*paths: Path) -> list[Article]:
    return [found for found in read_paths(*paths) if isinstance(found, Article)]


def refusals(*paths: Path) -> list[Refusal]:
    return [found for found in read_paths(*paths) if isinstance(found, Refusal)]


def test_read_folder_in_order_and_passes_over_what_is_no_article(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/y.txt", "README.md", ".hidden.txt", "LICENSE.txt", "photo.jpg"):
        make(tmp_path / name)
    found = list(read_paths(tmp_path))
    assert all(isinstance(item, Article) for item in found)
    assert [Path(article.origin or "").name for article in articles(tmp_path)] == ["y.txt", "z.txt", "b.txt"]


def test_read_is_what_the_package_does_when_called(tmp_path: Path) -> None:
    make(tmp_path / "a.txt")
    assert list(search.read(tmp_path)) == list(read_paths(tmp_path))


def test_read_ids_do_not_depend_on_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "archive" / "a.txt")
    monkeypatch.chdir(tmp_path)
    near = articles(Path("archive"))
    monkeypatch.chdir(tmp_path / "archive")
    assert [article.id for article in articles(Path())] == [article.id for article in near]


def test_read_ids_of_one_url_are_one(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        make(tmp_path / name, '{"title": "T t", "text": "x", "url": "https://x.example/1#top"}')
    first, second = articles(tmp_path)
    assert first.id == second.id
    assert len(first.id) == 16


def test_read_refuses_what_was_named_and_cannot_be_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    named = [tmp_path / "missing", make(tmp_path / "x.pdf"), tmp_path / "pipe.txt"]
    assert [refusal.name for refusal in refusals(*named)] == [str(path) for path in named]


def test_read_follows_no_link(tmp_path: Path) -> None:
    root = tmp_path / "root"
    make(root / "a.txt")
    make(tmp_path / "secret.txt")
    for name, target in {"up": "..", "out.txt": "../secret.txt", "nowhere": "gone", "same.txt": "a.txt"}.items():
        (root / name).symlink_to(target)
    found = list(read_paths(root))
    assert [Path(item.origin or "").name for item in found if isinstance(item, Article)] == ["a.txt"]
    assert sorted(Path(item.name).name for item in found if isinstance(item, Refusal)) == ["nowhere", "out.txt", "up"]


def test_read_file_given_twice_is_read_once(tmp_path: Path) -> None:
    path = make(tmp_path / "a.txt")
    assert len(articles(tmp_path, path)) == 1


def test_read_folder_states_its_outlet(tmp_path: Path) -> None:
    make(tmp_path / "wire" / "_source.yaml", "source: The Wire\nlanguage: en-GB\n")
    make(tmp_path / "wire" / "deep" / "a.txt")
    make(tmp_path / "wire" / "b.json", '{"title": "T t", "text": "x", "source": "Another"}')
    make(tmp_path / "other" / "c.txt")
    assert [(article.source, article.language) for article in articles(tmp_path)] == [
        (None, None),
        ("Another", "en"),
        ("The Wire", "en"),
    ]


def test_read_folder_defaults_that_are_broken_are_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    make(tmp_path / "_source.yaml", "sauce: The Wire\n")
    make(tmp_path / "a.txt")
    refused, article = read_paths(tmp_path)
    assert isinstance(refused, Refusal)
    assert "sauce" in refused.reason
    assert isinstance(article, Article)


def test_read_takes_the_files_time_only_if_asked(tmp_path: Path) -> None:
    os.utime(make(tmp_path / "a.txt"), (1634589000, 1634589000))
    (without,) = read_paths(tmp_path)
    (dated,) = read_paths(tmp_path, file_dates=True)
    assert isinstance(without, Article)
    assert without.published is None
    assert isinstance(dated, Article)
    assert dated.published is not None
    assert (str(dated.published), dated.published.known_by) == ("2021-10-18", "file")


def test_read_a_line_longer_than_the_limit_is_refused_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.read.lines.LONGEST_LINE", 100)
    make(tmp_path / "a.jsonl", '{"title": "One"}\n{"title": "' + "x" * 200 + '"}\n{"title": "Two"}\n')
    assert [article.title for article in articles(tmp_path)] == ["One", "Two"]
    assert [refusal.line for refusal in refusals(tmp_path)] == [2]


def test_read_two_folders_with_an_article_at_the_same_path_lose_neither_in_silence(tmp_path: Path) -> None:
    for year in ("2021", "2022"):
        (tmp_path / year).mkdir()
        (tmp_path / year / "1.txt").write_text(f"A headline\n\nWhat happened in {year} was told here.\n", "utf-8")
    first, second = read_paths(tmp_path / "2021", tmp_path / "2022")
    assert isinstance(first, Article)
    assert isinstance(second, Refusal)
    assert second.name.endswith("2022/1.txt")
    assert "name the folder that holds both" in second.reason

    both = list(read_paths(tmp_path))
    assert len({article.id for article in both if isinstance(article, Article)}) == 2
