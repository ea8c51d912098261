"""The production server: it starts, answers, says where, stops cleanly, and says what is wrong when it cannot start."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from web import create_app
from web.server import CannotServe, serve, trusted_hosts

HOUSE = Path(__file__).parent.parent
PROGRAM = (
    "import sys\nfrom pathlib import Path\nfrom web.server import serve\n"
    "serve(Path(sys.argv[1]), '127.0.0.1', 0, int(sys.argv[2]), on_ready=lambda url: print(url, flush=True))\n"
    "print('stopped', flush=True)\n"
)


@pytest.mark.parametrize(("workers", "how"), [(1, signal.SIGTERM), (2, signal.SIGINT)])
def test_web_server_serves_until_it_is_told_to_stop(tmp_path: Path, workers: int, how: signal.Signals) -> None:
    server = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "none"), str(workers)],
        cwd=HOUSE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", url), url
        with urlopen(f"{url}about", timeout=20) as answer:
            assert answer.status == 200
            assert b"How to search" in answer.read()
        with pytest.raises(HTTPError) as refused, urlopen(f"{url}api/search", timeout=20):
            pass
        refused.value.close()
        assert refused.value.code == 503  # there is no index, and the server lives on to say so
        server.send_signal(how)
        out, err = server.communicate(timeout=20)
    finally:
        server.kill()
        server.wait()
    assert server.returncode == 0, err
    assert out.strip() == "stopped"
    assert "Traceback" not in err


def test_web_server_a_taken_port_is_one_clear_error(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotServe, match=f"port {port}.*--port"):
            serve(tmp_path, "127.0.0.1", port, 1)


def test_web_server_an_impossible_address_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CannotServe, match=r"192\.0\.2\.1"):
        serve(tmp_path, "192.0.2.1", 8000, 1)  # kept for documentation: no machine has it


@pytest.mark.parametrize("path", ["/about", "/api/search", "/static/style.css"])
def test_web_server_a_page_elsewhere_cannot_read_it_under_a_name_of_its_own(tmp_path: Path, path: str) -> None:
    client = create_app(
        {"INDEX_DIR": tmp_path, "TRUSTED_HOSTS": trusted_hosts("127.0.0.1", ("news.example",))}
    ).test_client()
    for host in ("127.0.0.1:8000", "localhost:8000", "localhost", "news.example"):
        with client.get(path, headers={"Host": host}) as answer:
            assert answer.status_code != 400, host
    refused = client.get(path, headers={"Host": "elsewhere.example:8000"})
    assert refused.status_code == 400
    assert "Content-Security-Policy" in refused.headers
    assert "Traceback" not in refused.text


def test_web_server_an_address_for_others_answers_under_any_name_unless_told() -> None:
    assert trusted_hosts("0.0.0.0") is None
    assert trusted_hosts("0.0.0.0", ("news.example",)) == ["news.example"]
    assert trusted_hosts("localhost") == ["localhost", "127.0.0.1", "localhost"]
