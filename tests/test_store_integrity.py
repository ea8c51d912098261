"""Files that were cut short, altered, taken away or made by somebody else: one kind of error, and never their code."""

from __future__ import annotations

import contextlib
import json
import pickle
import random
import shutil
from pathlib import Path

import numpy as np
import pytest

from search.errors import IndexDamaged, IndexMismatch, IndexMissing, IndexUnusable
from search.store import Store, pickles
from search.store.files import digest_of
from tests.store_archive import assert_same_archive, numbered

ARTICLES = [numbered(n) for n in range(12)]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    Store(tmp_path / "index").write(ARTICLES)
    return tmp_path / "index"


def files_of(index: Path) -> list[Path]:
    return sorted(path for path in index.iterdir() if path.name != "write.lock")


def read_everything(index: Path) -> None:
    with Store(index, must_exist=True).snapshot() as snapshot:
        assert_same_archive(snapshot, ARTICLES)


def make_believe(index: Path) -> None:
    """Write the checksums of the files as they are now into the manifest, as somebody who altered them would."""
    path = index / "manifest.json"
    manifest = json.loads(path.read_text())
    for name in manifest["files"]:
        file = index / name
        manifest["files"][name] = {"bytes": file.stat().st_size, "blake2b": digest_of(file)}
    path.write_text(json.dumps(manifest))


def test_store_integrity_a_sound_index_has_no_problems(index: Path) -> None:
    assert Store(index).check() == []


@pytest.mark.parametrize("share", [0, 0.3, 0.9, 0.999])
def test_store_integrity_a_file_cut_short_is_named(index: Path, share: float) -> None:
    for path in files_of(index):
        whole = path.read_bytes()
        path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(IndexDamaged, match=path.name) as damaged:
            Store(index, must_exist=True).snapshot()
        assert "dateline index --rebuild" in str(damaged.value)
        with pytest.raises(IndexDamaged):
            Store(index).write([])
        path.write_bytes(whole)
    read_everything(index)


def test_store_integrity_a_missing_file_is_named(index: Path) -> None:
    for path in files_of(index):
        whole = path.read_bytes()
        path.unlink()
        with pytest.raises(IndexDamaged, match=path.name):
            Store(index, must_exist=True).snapshot()
        path.write_bytes(whole)
    read_everything(index)


def test_store_integrity_a_flipped_bit_is_found(index: Path) -> None:
    """By `check` wherever it is; and reading gives answers or IndexDamaged, nothing else."""
    rng = random.Random(7)
    for path in files_of(index):
        if path.name == "manifest.json":
            continue
        whole = path.read_bytes()
        for _ in range(40):
            altered = bytearray(whole)
            altered[rng.randrange(len(whole))] ^= 1 << rng.randrange(8)
            path.write_bytes(altered)
            (problem,) = Store(index).check()
            assert path.name in problem
            with contextlib.suppress(IndexDamaged, AssertionError):
                read_everything(index)
            make_believe(index)
            with contextlib.suppress(IndexDamaged, AssertionError):
                read_everything(index)
            path.write_bytes(whole)
            make_believe(index)
    read_everything(index)


def test_store_integrity_a_flipped_bit_of_the_manifest_is_found(index: Path) -> None:
    path = index / "manifest.json"
    whole = path.read_bytes()
    rng = random.Random(7)
    for _ in range(200):
        altered = bytearray(whole)
        altered[rng.randrange(len(whole))] ^= 1 << rng.randrange(8)
        path.write_bytes(altered)
        try:
            problems = Store(index).check()
            assert problems or Store(index).snapshot().doc_count == len(ARTICLES)
        except IndexUnusable:
            pass


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"format": "other"}'])
def test_store_integrity_a_manifest_of_somebody_else_is_damage(index: Path, content: bytes) -> None:
    (index / "manifest.json").write_bytes(content)
    for attempt in (Store(index).snapshot, Store(index).check, lambda: Store(index).write(ARTICLES)):
        with pytest.raises(IndexDamaged, match=r"manifest\.json"):
            attempt()


def test_store_integrity_a_manifest_may_not_name_files_elsewhere(index: Path) -> None:
    path = index / "manifest.json"
    manifest = json.loads(path.read_text())
    for key, name in (("previous", "../precious"), ("previous", ".."), ("previous", "/etc/passwd")):
        path.write_text(json.dumps(manifest | {key: [name]}))
        with pytest.raises(IndexDamaged, match="not the name of a file of an index"):
            Store(index).snapshot()


@pytest.mark.parametrize("what", ["format_version", "analyzer_version"])
def test_store_integrity_an_index_of_another_version_names_the_command(index: Path, what: str) -> None:
    path = index / "manifest.json"
    manifest = json.loads(path.read_text()) | {what: "999", "updated_by": "9.9"}
    path.write_text(json.dumps(manifest))
    before = {file.name: file.read_bytes() for file in files_of(index)}
    for attempt in (lambda: Store(index, must_exist=True), Store(index).snapshot, lambda: Store(index).write(ARTICLES)):
        with pytest.raises(IndexMismatch, match=r"Dateline 9\.9.*dateline index --rebuild"):
            attempt()
    assert {file.name: file.read_bytes() for file in files_of(index)} == before


def test_store_integrity_without_an_index_the_command_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="dateline index"):
        Store(tmp_path / "nowhere", must_exist=True)


def test_store_integrity_an_index_without_its_manifest_is_not_a_new_one(index: Path) -> None:
    (index / "manifest.json").unlink()
    for attempt in (lambda: Store(index).snapshot(), lambda: Store(index).write(ARTICLES)):
        with pytest.raises(IndexDamaged, match=r"manifest\.json"):
            attempt()
    assert list(index.glob("MAIN_*"))


# Code in a pickle -----------------------------------------------------------------------------------------------


class Payload:
    """Unpickling it makes a file."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> object:
        return Path.touch, (self.mark,)


def test_store_integrity_a_pickle_of_somebody_else_does_not_run(index: Path, tmp_path: Path) -> None:
    mark = tmp_path / "it ran"
    payload = pickle.dumps(Payload(mark), 2)
    pickle.loads(payload)
    assert mark.exists(), "the payload works"
    mark.unlink()
    for path in files_of(index):
        if path.name == "manifest.json":
            continue
        whole = path.read_bytes()
        # A pickle begins with its protocol, and there is one at each place where that stands.
        starts = [at for at in range(len(whole) - 1) if whole[at] == 0x80 and 2 <= whole[at + 1] <= 5]
        assert starts
        for at in starts:
            path.write_bytes((whole[:at] + payload + whole[at + len(payload) :])[: max(len(whole), at + len(payload))])
            make_believe(index)
            with contextlib.suppress(IndexDamaged, AssertionError):
                read_everything(index)
            assert not mark.exists()
        path.write_bytes(whole)
        make_believe(index)
    read_everything(index)


@pytest.mark.parametrize("value", [print, eval, pickle.loads, Path("x"), np.zeros(2), Payload(Path("x"))])
def test_store_integrity_only_plain_values_are_unpickled(value: object) -> None:
    with pytest.raises(pickle.UnpicklingError, match="it asks for"):
        pickles.loads(pickle.dumps(value, 2))
    assert pickles.loads(pickle.dumps({"a": [1, 2.0, b"x", None, {3}]}, 2)) == {"a": [1, 2.0, b"x", None, {3}]}


# Making and making again ----------------------------------------------------------------------------------------


def test_store_integrity_a_directory_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    for attempt in (lambda: Store(tmp_path), lambda: Store(tmp_path / "thesis.doc")):
        with pytest.raises(IndexUnusable, match=r"thesis\.doc"):
            attempt()
    assert (tmp_path / "thesis.doc").read_text() == "years of work"


def test_store_integrity_a_directory_that_awaits_an_index_is_taken(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("The index lives here.")
    Store(tmp_path).write(ARTICLES)
    read_everything(tmp_path)
    assert (tmp_path / "README.md").exists()


def test_store_integrity_nobody_else_may_write_into_an_index(tmp_path: Path) -> None:
    Store(tmp_path / "new").write(ARTICLES)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    Store(tmp_path / "open").write(ARTICLES)
    assert (tmp_path / "open").stat().st_mode & 0o777 == 0o755


def test_store_integrity_a_rebuild_serves_the_old_until_the_new_is_whole(index: Path) -> None:
    store = Store(index)
    with store.writing(rebuild=True) as writer:
        writer.add(ARTICLES[:3])
        read_everything(index)
    read_everything(index)  # it was given up
    with store.writing(rebuild=True) as writer:
        writer.add(ARTICLES[:3])
        writer.commit()
    assert_same_archive(store.snapshot(), ARTICLES[:3])
    assert not list(index.glob("set-aside-*"))


@pytest.mark.parametrize("damage", ["manifest", "version", "segment", "toc"])
def test_store_integrity_a_rebuild_keeps_an_index_that_it_could_not_open(index: Path, damage: str) -> None:
    manifest = index / "manifest.json"
    if damage == "manifest":
        manifest.write_bytes(b"{")
    elif damage == "version":
        manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format_version": 999}))
    else:
        (path,) = index.glob({"segment": "MAIN_*", "toc": "_MAIN_*"}[damage])
        path.write_bytes(path.read_bytes()[:50])
    before = {path.name: path.read_bytes() for path in files_of(index)}
    store = Store(index)
    with store.writing(rebuild=True) as writer:
        writer.add(ARTICLES)
        writer.commit()
    for _ in range(3):
        store.write([numbered(99)])
        store.delete([numbered(99).article.id])
    read_everything(index)
    (aside,) = index.glob("set-aside-*")
    assert {path.name: path.read_bytes() for path in aside.iterdir()} == before


# Generations ----------------------------------------------------------------------------------------------------


def test_store_integrity_a_generation_stays_readable_while_others_are_committed(index: Path) -> None:
    store = Store(index)
    old = store.snapshot()
    for n in range(20, 25):
        store.write([numbered(n, section="new")])
        store.delete([ARTICLES[n - 20].article.id])
    assert_same_archive(old, ARTICLES)
    assert store.snapshot().generation == old.generation + 10


def test_store_integrity_the_generation_before_is_kept_for_readers_on_their_way(index: Path, tmp_path: Path) -> None:
    store = Store(index)
    before = store.manifest()
    with store.writing(rebuild=True) as writer:
        writer.add(ARTICLES)
        writer.commit()
    assert all((index / name).exists() for name in before.files)
    store.write([numbered(20)])
    assert not any((index / name).exists() for name in before.files)


def test_store_integrity_a_reader_that_was_overtaken_looks_again(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(index)
    stale = store.manifest()
    for n in (20, 21):
        with store.writing(rebuild=True) as writer:
            writer.add([*ARTICLES, numbered(n)])
            writer.commit()
    answers = iter([stale])
    from search.store import store as module

    read = module.read_manifest
    monkeypatch.setattr(module, "read_manifest", lambda path: next(answers, None) or read(path))
    assert_same_archive(store.snapshot(), [*ARTICLES, numbered(21)])


def test_store_integrity_an_index_can_be_copied_and_moved(index: Path, tmp_path: Path) -> None:
    shutil.copytree(index, tmp_path / "copy")
    shutil.rmtree(index)
    read_everything(tmp_path / "copy")
