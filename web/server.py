"""The production server: Gunicorn with a few processes, each with a few threads."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from search.errors import DatelineError

__all__ = ["CannotServe", "serve", "trusted_hosts"]

_THREADS = 4  # of each process: searches share the arrays of one snapshot
_LONGEST_URL = 8190  # the most that Gunicorn takes; a query of 512 characters is written in up to 6,144
_BACKLOG = 512


class CannotServe(DatelineError):
    """The server cannot start: the address is taken or not ours, or Gunicorn does not run on this system."""


def serve(
    index_dir: Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: int = 1,
    *,
    allowed_hosts: tuple[str, ...] = (),
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serve the archive in `index_dir` until SIGTERM or Ctrl-C.

    On a loopback address, requests must name it (or one of `allowed_hosts`) as their host. `on_ready` is called with
    the URL once the server listens (by default the URL is printed on standard error). Raises CannotServe.
    """
    base = _gunicorn_application()
    listener = _listen(host, port)
    address = _url(host, listener.getsockname()[1])

    descriptor = listener.detach()  # Gunicorn takes it over and closes it
    starter = os.getpid()

    def ready(server: Any) -> None:
        (on_ready or _announce)(address)

    class Server(base):  # type: ignore[misc, valid-type]
        """Gunicorn, configured here and not from its own command line or files."""

        def load_config(self) -> None:
            for name, value in _settings(descriptor, workers).items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)
            self.cfg.set("when_ready", ready)

        def load(self) -> Any:
            # Called in each worker, after the fork; the archive is opened there at the first request.
            from web.app import create_app

            return create_app({"INDEX_DIR": index_dir, "TRUSTED_HOSTS": trusted_hosts(host, allowed_hosts)})

    try:
        Server().run()
    except SystemExit as stopped:
        if os.getpid() != starter:
            raise  # a worker that ends: what comes after this call is not for it to run
        if stopped.code not in (None, 0):
            raise CannotServe(f"the server stopped with status {stopped.code}; its messages are above") from None


def trusted_hosts(host: str, allowed: tuple[str, ...] = ()) -> list[str] | None:
    """The host names under which requests are answered; None for any.

    A page elsewhere can point its own name at 127.0.0.1 and read, in its visitor's browser, what listens there (DNS
    rebinding). The name in the request tells: it is the page's. (Werkzeug cannot compare IPv6 addresses, so a server
    on ::1 checks only names that it was given.)
    """
    if host == "localhost" or host.startswith("127."):
        return ["localhost", "127.0.0.1", host, *allowed]
    return list(allowed) or None


def _settings(descriptor: int, workers: int) -> dict[str, Any]:
    return {
        "bind": [f"fd://{descriptor}"],
        "workers": workers,
        "worker_class": "gthread",
        "threads": _THREADS,
        "timeout": 60,
        "graceful_timeout": 5,
        "keepalive": 5,
        "limit_request_line": _LONGEST_URL,
        "accesslog": None,
        "loglevel": "warning",
        "proc_name": "dateline",
        # Workers prove that they live by touching a file: on a disk that stalls they would be killed for it.
        "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108 -- memory, not a file of ours
        "control_socket_disable": True,
    }


def _gunicorn_application() -> type[Any]:
    try:
        from gunicorn.app.base import BaseApplication
    except ImportError as error:
        raise CannotServe(
            f"Gunicorn cannot be loaded here ({error}). On Windows, run Dateline in WSL, or serve "
            "`web:create_app()` with another WSGI server, such as waitress."
        ) from None
    application: type[Any] = BaseApplication
    return application


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket. Made here rather than by Gunicorn, which would try a taken address again for seconds."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise CannotServe(f"{host} is no address that can be served on: {error.strerror or error}") from None
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise CannotServe(
            f"cannot serve on {host} port {port}: {error.strerror or error}. "
            "Stop what serves there, or name another port with --port."
        ) from None
    return listener


def _url(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}.get(host, host)  # noqa: S104 -- only compared with
    return f"http://[{shown}]:{port}/" if ":" in shown and not shown.startswith("[") else f"http://{shown}:{port}/"


def _announce(address: str) -> None:
    print(f"Dateline serves {address} (stop with Ctrl-C)", file=sys.stderr, flush=True)
