"""A query that runs away is stopped, and nobody else notices; the server ends with nothing left running."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
Server = Any  # of conftest.py
Start = Callable[..., Server]


def ask(server: Server, query: str, **headers: str) -> httpx.Response:
    with server.client() as client:
        return client.post("/sparql", data={"query": query}, headers=headers)


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def until(true: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether something comes true in time."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


def test_a_runaway_query_is_stopped_while_others_are_answered(started: Start) -> None:
    server = started("--timeout", "4", "--workers", "2")
    ask(server, "ASK {}")
    with ThreadPoolExecutor(3) as threads:
        begun = time.monotonic()
        runaway = threads.submit(ask, server, RUNAWAY)
        time.sleep(0.5)
        others = [ask(server, "ASK {}").status_code]
        was_running = not runaway.done()
        others += [ask(server, "ASK {}").status_code for _ in range(4)]
        stopped = runaway.result()
        took = time.monotonic() - begun

    assert others == [200] * 5
    assert was_running
    assert (stopped.status_code, stopped.text) == (
        503,
        "the query took longer than 4 seconds and was stopped; ask for less\n",
    )
    assert took < 30
    assert [ask(server, "ASK {}").status_code for _ in range(4)] == [200] * 4


def test_every_worker_can_run_away_and_those_who_wait_are_told(started: Start) -> None:
    server = started("--timeout", "2", "--workers", "1")
    with ThreadPoolExecutor(3) as threads:
        answers = list(threads.map(lambda _: ask(server, RUNAWAY), range(3)))

    assert {a.status_code for a in answers} == {503}
    assert any("was stopped" in a.text for a in answers)
    assert all("retry-after" in a.headers for a in answers if "busy" in a.text)
    assert until(lambda: ask(server, "ASK {}").status_code == 200)


def test_a_query_that_kills_its_worker_hurts_nobody(server: Server) -> None:
    answer = ask(server, "ASK " + "{" * 20_000 + "}" * 20_000)

    assert answer.status_code == 503
    assert "nested too deeply" in answer.text
    assert ask(server, "ASK {}").status_code == 200


def test_an_answer_too_large_is_refused_whole(started: Start) -> None:
    server = started("--largest", "0.1")

    answer = ask(server, "SELECT * { ?s ?p ?o }")

    assert (answer.status_code, answer.text) == (
        413,
        "the answer is larger than 0.1 MB; ask for less, such as with LIMIT\n",
    )
    assert ask(server, "SELECT * { ?s ?p ?o } LIMIT 10").status_code == 200


def test_fifty_clients_at_once(server: Server) -> None:
    query = "SELECT ?p {{ ?s ?p ?o }} LIMIT {n}"
    with ThreadPoolExecutor(50) as threads:
        answers = list(threads.map(lambda n: ask(server, query.format(n=n), accept="text/csv"), range(1, 51)))

    assert [a.status_code for a in answers] == [200] * 50
    assert [len(a.text.split()) for a in answers] == [n + 1 for n in range(1, 51)]


def test_who_sends_slowly_holds_up_nobody(server: Server) -> None:
    address = (httpx.URL(server.address).host, httpx.URL(server.address).port or 0)
    slow = [socket.create_connection(address) for _ in range(40)]
    try:
        for number, connection in enumerate(slow):
            connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Le" + b"ngth: 9\r\n\r\nq" * (number % 2))

        assert ask(server, "ASK {}").status_code == 200
    finally:
        for connection in slow:
            connection.close()


def test_a_query_ends_with_the_client_that_asked_it(started: Start) -> None:
    server = started("--timeout", "60", "--workers", "1")
    with server.client() as client, pytest.raises(httpx.ReadTimeout):
        client.get("/sparql", params={"query": RUNAWAY}, timeout=2)

    with server.client() as client:
        assert client.get("/sparql", params={"query": "ASK {}"}, timeout=30).status_code == 200


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="finds processes by /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_with_nothing_left_running(started: Start, how: signal.Signals) -> None:
    server = started("--timeout", "60", "--workers", "2")
    ask(server, "ASK {}")
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(_quietly, server)
        assert until(lambda: len(server.workers()) >= 1)
        time.sleep(0.5)
        workers = server.workers()

        code = server.stop(how)
        running.result()

    assert code == 0
    assert workers
    assert until(lambda: all(map(gone, workers)))


def _quietly(server: Server) -> None:
    with suppress(httpx.HTTPError):
        ask(server, RUNAWAY)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="finds processes by /proc")
def test_a_server_that_is_killed_leaves_no_worker(started: Start) -> None:
    server = started("--timeout", "3", "--workers", "2")
    ask(server, "ASK {}")
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(_quietly, server)
        time.sleep(0.5)
        workers = server.workers()
        server.stop(signal.SIGKILL)
        running.result()

    assert workers
    assert until(lambda: all(map(gone, workers)), 30)
