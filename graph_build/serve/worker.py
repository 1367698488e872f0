"""The worker process: one query after the other from standard input, one answer each to standard output.

It reads nothing but the graph.  The server kills it when a query takes too long; should the server itself be
gone by then, an alarm of the operating system ends it, since no code of ours runs while the engine does.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, Final

from ..store import open_store
from .answering import Reply, Task, answer

#: How long a header and a body are, in front of both.
LENGTHS: Final = struct.Struct("!IQ")


def packed(header: dict[str, Any], body: bytes = b"") -> bytes:
    """A message between server and worker."""
    text = json.dumps(header).encode()
    return LENGTHS.pack(len(text), len(body)) + text + body


def packed_task(task: Task) -> bytes:
    """A query on its way to a worker."""
    return packed(asdict(task))


def read_task(header: dict[str, Any]) -> Task:
    """A query as it arrived."""
    graphs = {name: tuple(header[name]) for name in ("default_graphs", "named_graphs")}
    return Task(**header | graphs)


def packed_reply(reply: Reply) -> bytes:
    """An answer on its way back."""
    return packed({"status": reply.status, "content_type": reply.content_type, "page": reply.page}, reply.body)


def _received(stream: BinaryIO) -> dict[str, Any] | None:
    """The next message; nothing when the server has gone."""
    start = stream.read(LENGTHS.size)
    if len(start) < LENGTHS.size:
        return None
    size, _ = LENGTHS.unpack(start)
    text = stream.read(size)
    return json.loads(text) if len(text) == size else None


def _limit_memory(megabytes: int) -> None:
    """Let the system refuse more memory than so much beyond what is in use now, where it can."""
    with suppress(ImportError, OSError, ValueError, AttributeError):
        import resource

        used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        most = used + megabytes * 1_000_000
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> None:
    """Answer until standard input ends: the graph's folder, bytes of an answer, seconds, megabytes of memory."""
    folder, largest, seconds, megabytes = Path(arguments[0]), *map(int, arguments[1:4])
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints does not get between the answers
    store = open_store(folder)
    _limit_memory(megabytes)
    output.write(packed({"ready": True}))
    output.flush()
    while (header := _received(sys.stdin.buffer)) is not None:
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, seconds + 2)
        reply = packed_reply(answer(store, read_task(header), largest))
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        output.write(reply)
        output.flush()


if __name__ == "__main__":
    with suppress(BrokenPipeError, KeyboardInterrupt):
        main(sys.argv[1:])
