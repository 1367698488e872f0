"""Clients that send or read slowly hold nobody up."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest

Server = Any  # of conftest.py
EVERYTHING = "/sparql?query=SELECT%20*%20%7B%20?s%20?p%20?o%20%7D"
SLOW = {
    "says nothing": b"",
    "a head without end": b"GET / HTTP/1.1\r\nHost: a\r\nX-A: ",
    "a body that does not come": b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 400000\r\n"
    b"Content-Type: application/sparql-query\r\n\r\nASK",
    "chunks that do not end": b"POST /sparql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
    b"Content-Type: application/sparql-query\r\n\r\n3\r\nASK\r\n",
    "a body for what takes none": b"GET /api/entities HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n",
    "a large answer that is not read": f"GET {EVERYTHING} HTTP/1.1\r\nHost: a\r\n\r\n".encode(),
}


@pytest.fixture(params=SLOW)
def slow(request: pytest.FixtureRequest, server: Server) -> Iterator[list[socket.socket]]:
    """60 connections of one kind, which stay open."""
    url = httpx.URL(server.address)
    with ExitStack() as stack:
        connections = []
        for _ in range(10 if "large" in request.param else 60):
            connection = socket.socket()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            stack.enter_context(connection)
            connection.connect((url.host, url.port or 80))
            connection.sendall(SLOW[request.param])
            connections.append(connection)
        yield connections


def test_others_are_answered_meanwhile(server: Server, slow: list[socket.socket]) -> None:
    with server.client() as client:
        answers = [
            client.get("/sparql", params={"query": "ASK {}"}),
            client.get("/api/entities", params={"q": "HER2"}),
            client.get("/drug/trastuzumab.html"),
            client.get("/query/drugs-by-alteration.csv"),
        ]

    assert [answer.status_code for answer in answers] == [200] * 4
    assert slow
