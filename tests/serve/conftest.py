"""Servers in processes of their own, as users start them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from graph_build.store import NQUADS, load_store

_ROOT = Path(__file__).resolve().parents[2]
_COMMAND = "from graph_build.cli.serving import serve; serve()"
BASE = "https://w3id.org/her2kg/"

#: Labels and values that would do harm if they were put into a page as they are.
HOSTILE = f"""
<{BASE}drug/evil> <http://www.w3.org/2000/01/rdf-schema#label> "<script>alert(1)</script>"@en .
<{BASE}drug/evil> <http://www.w3.org/2004/02/skos/core#altLabel> "\\" onmouseover=\\"alert(2)" .
<{BASE}drug/evil> <http://www.w3.org/2004/02/skos/core#altLabel> "abc\\u202Edlog" .
<{BASE}drug/evil> <http://www.w3.org/2004/02/skos/core#altLabel> "line\\r\\nSet-Cookie: a=b" .
<{BASE}drug/evil> <http://www.w3.org/2004/02/skos/core#exactMatch> <javascript:alert(3)> .
<{BASE}drug/evil> <http://www.w3.org/2004/02/skos/core#closeMatch> <data:text/html,hello> .
<{BASE}drug/evil> <http://purl.org/dc/terms/source> <https://example.org/a'b&c=d?%22%3E> .
<{BASE}drug/evil> <javascript:alert(4)> "${{7*7}} {{{{7*7}}}} $title" .
<{BASE}/example.org/away> <http://www.w3.org/2000/01/rdf-schema#label> "away"@en .
<{BASE}drug/evil> <http://www.w3.org/2004/02/skos/core#related> <{BASE}/example.org/away> .
<{BASE}drug/a%0D%0AX-Evil:%201> <http://www.w3.org/2000/01/rdf-schema#label> "a header"@en .
<{BASE}drug/bücher> <http://www.w3.org/2000/01/rdf-schema#label> "Bücher"@de .
<{BASE}drug/a.ttl> <http://www.w3.org/2000/01/rdf-schema#label> "ends like data"@en .
<{BASE}sparql> <http://www.w3.org/2000/01/rdf-schema#label> "the endpoint"@en .
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    address: str
    process: subprocess.Popen[str]

    def client(self, **options: object) -> httpx.Client:
        """A client that follows no redirection by itself."""
        return httpx.Client(base_url=self.address, timeout=60, trust_env=False, **options)  # type: ignore[arg-type]

    def workers(self) -> set[int]:
        """The processes that the server has started."""
        found = set()
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                parent = re.search(r"\) \w (\d+)", (entry / "stat").read_text())
            except OSError:
                continue
            if parent and int(parent[1]) == self.process.pid:
                found.add(int(entry.name))
        return found

    def stop(self, how: int = signal.SIGTERM) -> int:
        """Its exit code after a signal."""
        self.process.send_signal(how)
        try:
            return self.process.wait(30)
        finally:
            self.process.kill()
            self.process.communicate()


def start(graph: Path, *options: str) -> Server:
    """A server on a free port."""
    process = subprocess.Popen(
        [sys.executable, "-c", _COMMAND, "--graph", str(graph), "--port", "0", *options],
        env=os.environ | {"PYTHONPATH": str(_ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a pipe that nobody reads would fill and hold the server up
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    address = re.search(r"http://\S+", line)
    if not address:
        process.kill()
        raise AssertionError(line + process.communicate()[0])
    return Server(address[0], process)


@pytest.fixture(scope="session")
def server(packaged: Path) -> Iterator[Server]:
    """The graph of the two packaged documents, served."""
    running = start(packaged)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def hurried(packaged: Path) -> Iterator[Server]:
    """The same with less patience for a query, so that one that never ends keeps a processor for a shorter time."""
    running = start(packaged, "--timeout", "3")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def client(server: Server) -> Iterator[httpx.Client]:
    with server.client() as client:
        yield client


@pytest.fixture
def started(packaged: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers with other limits."""
    running: list[Server] = []

    def begin(*options: str, graph: Path = packaged) -> Server:
        running.append(start(graph, *options))
        return running[-1]

    yield begin
    for server in running:
        if server.process.returncode is None:
            server.stop()


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A graph with values that would do harm, served."""
    folder = tmp_path_factory.mktemp("hostile") / "graph"
    folder.mkdir()
    lines = [line[:-1] + f"<{BASE}graph/concepts> ." for line in HOSTILE.strip().splitlines()]
    (folder / NQUADS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    load_store(folder)
    running = start(folder)
    with running.client() as client:
        yield client
    running.stop()
