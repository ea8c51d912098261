"""Killed writers, full disks, second writers: the old generation or the new one, and nothing in between."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from search.errors import IndexLocked, IndexUnusable
from search.model import Annotation
from search.store import Store, merge_all
from search.store.files import IndexFiles
from tests.store_archive import assert_same_archive, numbered

OLD = [numbered(n) for n in range(6)]
NEW = [numbered(n, section="new") for n in range(4, 9)]
BOTH = [*OLD[:4], *NEW]

KILLED = """
import json, os, signal, sys
from pathlib import Path
import search.store.files as files
from search.store import Store, merge_all
from tests.test_store_faults import NEW, OLD

steps = 0

def counting(function):
    def call(*arguments, **options):
        global steps
        steps += 1
        if steps == deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **options)
    return call

def write(place):
    store = Store(place)
    with store.writing(policy=merge_all) as writer:
        writer.add(NEW)
        writer.commit()

os.fsync, os.rename = counting(os.fsync), counting(os.rename)
Path.replace, Path.unlink = counting(Path.replace), counting(Path.unlink)
for name in ("create_file", "delete_file", "sync"):
    setattr(files.IndexFiles, name, counting(getattr(files.IndexFiles, name)))

root, stride = Path(sys.argv[1]), int(sys.argv[2])
outcomes = {}
deadly, status = 1, 1
while status:
    place, steps = root / str(deadly), 0
    child = os.fork()
    if not child:
        try:
            kill_at, deadly = deadly, -1
            Store(place).write(OLD)
            steps, deadly = 0, kill_at
            write(place)
        finally:
            os._exit(0)
    status = os.waitpid(child, 0)[1]
    outcomes[str(place)] = status
    deadly += stride
print(json.dumps(outcomes))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a kill is simulated in a forked process")
def test_store_faults_a_killed_writer_leaves_the_old_state_or_the_new(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), "3"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    outcomes = json.loads(done.stdout)
    assert len(outcomes) > 8
    states = []
    for place, status in outcomes.items():
        store = Store(place, must_exist=True)
        assert store.check() == []
        with store.snapshot() as snapshot:
            states.append(snapshot.doc_count == len(BOTH))
            assert_same_archive(snapshot, BOTH if states[-1] else OLD)
            assert states[-1] or status, "a writer that was not killed has written"
        # No stale lock, and what the dead writer left is gone with the next commit.
        store.write(NEW)
        with store.snapshot() as snapshot:
            assert_same_archive(snapshot, BOTH)
        manifest = store.manifest()
        left = {path.name for path in Path(place).iterdir()} - {"manifest.json", "write.lock"}
        assert left == {*manifest.files, *manifest.previous}
    assert not states[0]
    assert states[-1]
    assert states == sorted(states), "once the pointer has moved, it stays"


def write_merging(store: Store, articles: list[Annotation]) -> None:
    with store.writing(policy=merge_all) as writer:
        writer.add(articles)
        writer.commit()


class FullDisk:
    """A file on a disk with room for so many bytes more."""

    left = 0

    def __init__(self, file: Any) -> None:
        self.file = file

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def write(self, content: bytes) -> int:
        FullDisk.left -= len(content)
        if FullDisk.left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return int(self.file.write(content))


@pytest.mark.parametrize("room", [0, 60, 1_000, 5_000, 9_000, 12_000, 20_000])
def test_store_faults_a_full_disk_leaves_the_old_index_and_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    store = Store(tmp_path)
    store.write(OLD)
    before = {path.name for path in tmp_path.iterdir()}
    create = IndexFiles.create_file

    def create_on_full_disk(self: Any, name: str, **options: Any) -> Any:
        file = create(self, name, **options)
        file.file = FullDisk(file.file)
        file.is_real = False
        return file

    with monkeypatch.context() as patch:
        patch.setattr(IndexFiles, "create_file", create_on_full_disk)
        FullDisk.left = room
        with pytest.raises(IndexUnusable, match="disk is full"):
            write_merging(store, NEW)
    with store.snapshot() as snapshot:
        assert_same_archive(snapshot, OLD)
    assert {path.name for path in tmp_path.iterdir()} == before
    store.write(NEW)
    with store.snapshot() as snapshot:
        assert_same_archive(snapshot, BOTH)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are named in /proc")
def test_store_faults_all_files_are_on_the_disk_before_the_pointer_moves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def synced(handle: int) -> None:
        events.append(f"sync {Path(f'/proc/self/fd/{handle}').readlink().name}")
        fsync(handle)

    def moved(self: Path, target: Path) -> Path:
        events.append(f"move {target.name}")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", moved)
    store = Store(tmp_path)
    store.write(OLD)
    moment = events.index("move manifest.json")
    for name in (*store.manifest().files, "manifest.json.tmp", tmp_path.name):
        assert f"sync {name}" in events[:moment]
    assert events[moment + 1] == f"sync {tmp_path.name}"


def test_store_faults_free_space_is_looked_at_before_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    store.write(OLD)
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": 1 << 20}))
    with pytest.raises(IndexUnusable, match="1 MB are free"):
        store.write(NEW)
    assert_same_archive(store.snapshot(), OLD)


def test_store_faults_a_failing_caller_loses_only_what_was_not_committed(tmp_path: Path) -> None:
    store = Store(tmp_path)

    def fail_halfway() -> None:
        with store.writing() as writer:
            writer.add(OLD)
            writer.commit()
            writer.add(NEW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert_same_archive(store.snapshot(), OLD)
    assert len(list(tmp_path.glob("MAIN_*"))) == 1


def test_store_faults_a_second_writer_is_told_so(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.writing() as writer:
        writer.add(OLD)
        with pytest.raises(IndexLocked, match="another process is writing"):
            Store(tmp_path).write(NEW)
        writer.commit()
    Store(tmp_path).write(NEW)
    assert_same_archive(store.snapshot(), BOTH)


def test_store_faults_a_writer_of_another_process_is_noticed(tmp_path: Path) -> None:
    program = (
        "import sys; from search.store import Store; from search.errors import IndexLocked\n"
        f"try: Store({str(tmp_path)!r}).write([])\n"
        "except IndexLocked: print('locked')"
    )
    root = Path(__file__).parent.parent
    with Store(tmp_path).writing():
        done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "locked"


def test_store_faults_a_second_writer_may_wait(tmp_path: Path) -> None:
    store = Store(tmp_path)
    started = threading.Event()
    waiting = threading.Thread(target=lambda: (started.set(), store.write(NEW, wait=30)))
    with store.writing() as writer:
        waiting.start()
        started.wait()
        writer.add(OLD)
        writer.commit()
    waiting.join()
    assert_same_archive(store.snapshot(), BOTH)
