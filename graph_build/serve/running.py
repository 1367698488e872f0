"""The server process: its socket, clients that say nothing, and how it stops."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from ..model import Her2kgError
from .app import application
from .limits import Limits

#: How long the head of a request may take to arrive; longer, and the connection is closed.
_HEAD_SECONDS: Final = 20.0
#: The largest head of a request, in bytes; most of it is a query in the address.
_HEAD_BYTES: Final = 64_000
_CONNECTIONS: Final = 500
#: How long requests under way may still take when the server stops.
_LAST_SECONDS: Final = 3


class CannotServe(Her2kgError):
    """The server cannot be started."""


class _Patient(H11Protocol):
    """Waits for the head of a request, but not for ever: uvicorn itself has no such limit."""

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._timer:
            self._timer.cancel()
        super().connection_lost(exc)

    def _watch(self) -> None:
        """The time runs from the first byte of a head until the head is complete."""
        waiting = self.conn.their_state is h11.IDLE
        if waiting and self._timer is None:
            self._timer = self.loop.call_later(_HEAD_SECONDS, self._give_up)
        elif not waiting and self._timer:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        self._timer = None
        if self.conn.their_state is h11.IDLE and (self.cycle is None or self.cycle.response_complete):
            self.transport.close()


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens; raises :class:`CannotServe` with the reason."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[
            0
        ]
        sock = socket.socket(family, kind)
        try:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.bind(address)
            sock.listen(256)
        except OSError:
            sock.close()
            raise
        return sock
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        sentence = f"{host}, port {port}: cannot be listened to ({reason}); choose another with --port"
        raise CannotServe(sentence) from error


def serve(
    folder: Path, host: str, port: int, limits: Limits, tell: Callable[[str], None], title: str | None = None
) -> None:
    """Serve a graph until SIGINT or SIGTERM; no process is left then."""
    app = application(folder, limits, title)
    sock = listening(host, port)
    name = f"[{host}]" if ":" in host else host
    tell(f"http://{name}:{sock.getsockname()[1]}/")
    config = uvicorn.Config(
        app,
        http=_Patient,
        loop="asyncio",
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=_HEAD_BYTES,
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=_LAST_SECONDS,
        timeout_keep_alive=10,
    )

    def ignored(*_: Any) -> None:
        """uvicorn raises the signal again when it has stopped; by then all is done."""

    before = {number: signal.signal(number, ignored) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        uvicorn.Server(config).run(sockets=[sock])
    finally:
        app.state.site.pool.kill()
        sock.close()
        for number, handler in before.items():
            signal.signal(number, handler)
