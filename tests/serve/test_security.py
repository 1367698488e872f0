"""What an attacker sends: paths out of the folder, header fields, huge and nested requests, many at once."""

from __future__ import annotations

import re
import socket
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from urllib.parse import quote

import httpx
import pytest

Server = Any  # of conftest.py
BASE = "https://w3id.org/her2kg/"
#: Bounds what would never end; no test is about how long something takes.
PATIENCE = 120.0

TARGETS = ["graph.nq", "proc/self/environ"]
UPS = {
    "raw": "../",
    "encoded": "%2e%2e%2f",
    "half encoded": "..%2f",
    "twice encoded": "%252e%252e%252f",
    "backslashes": "..\\",
    "encoded backslashes": "..%5c",
    "overlong UTF-8": "%c0%ae%c0%ae%c0%af",
    "a parameter": "..;/",
    "four dots": "....//",
    "a slash before": "/../",
}
ROUTES = [
    "/",
    "/drug/",
    "/query/",
    "/about.",
    "/api/",
    "/api/questions/",
    "/sparql/",
    "/style.css/",
    "/graph/document/",
]


def raw(server: Server, request: bytes) -> bytes:
    """The whole answer to bytes that no client would send; the connection is closed by the server or by us."""
    url = httpx.URL(server.address)
    with socket.create_connection((url.host, url.port or 80), PATIENCE) as connection:
        answer = b""
        with suppress(ConnectionError):  # it may stop reading, and close, before all is sent
            connection.sendall(request)
            while part := connection.recv(65_536):
                answer += part
    return answer


def get(server: Server, path: str, headers: str = "") -> tuple[int, str, str]:
    """Status, head and body of the answer to a path that is sent as it is."""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"
    head, _, body = raw(server, request.encode("utf-8", "surrogateescape")).partition(b"\r\n\r\n")
    found = re.match(rb"HTTP/1\.1 (\d{3})", head)
    assert found, head
    return int(found[1]), head.decode("latin-1"), body.decode("utf-8", "replace")


def alive(server: Server) -> bool:
    with server.client() as client:
        return (
            client.get("/sparql", params={"query": "ASK {}"}, headers={"accept": "text/csv"}).text == "answer\ntrue\n"
        )


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("how", UPS)
def test_no_path_leads_out_of_the_graph(server: Server, route: str, how: str) -> None:
    for target in TARGETS:
        status, head, body = get(server, route + UPS[how] * 6 + target)

        assert status in (303, 400, 404, 406), (route, how, target)
        assert "PATH=" not in body
        assert "<http" not in body.replace("<https://w3id.org/her2kg/", "")  # no line of graph.nq
        if status == 303:
            assert re.search(r"(?m)^location: /[^/]", head)


@pytest.mark.parametrize(
    "end", ["%00", "%00.ttl", "%00.html", ".ttl%00", "%0a", "%0d%0a", "%ff", "%ed%a0%80", "%", "%zz"]
)
@pytest.mark.parametrize(
    "route", ["/drug/x", "/query/drugs-by-alteration", "/api/questions/drugs-by-alteration", "/api/x"]
)
def test_odd_bytes_in_a_path_are_nothing(server: Server, route: str, end: str) -> None:
    status, _, _ = get(server, route + end)

    assert status in (400, 404)


INJECTED = ["%0d%0aX-Evil:%201", "%0aX-Evil:%201", "%E5%98%8A%E5%98%8DX-Evil:%201", "%250d%250aX-Evil:%201"]
REFLECTING = [
    "/drug/{}",
    "/about?iri={}",
    "/about.ttl?iri={}",
    "/about?iri=https://w3id.org/her2kg/drug/{}",
    "/query/{}",
    "/query/drugs-by-alteration?drug={}",
    "/query/drugs-by-alteration.csv?drug={}",
    "/sparql?query={}",
    "/sparql?query=ASK%20%7B%7D&default-graph-uri={}",
    "/api/{}",
    "/api/questions/{}",
    "/api/questions/drugs-by-alteration?drug={}&limit=1",
    "/api/entities?q={}&limit=1",
    "/api/entity?iri={}",
    "/api/statements?drug={}",
    "/api/statement?iri={}",
]


@pytest.mark.parametrize("address", REFLECTING)
@pytest.mark.parametrize("value", INJECTED)
def test_no_value_becomes_a_header(server: Server, address: str, value: str) -> None:
    for accept in ("text/html", "*/*"):
        _, head, _ = get(server, address.format(value), f"Accept: {accept}\r\nOrigin: https://example.org\r\n")

        names = {line.partition(":")[0].lower() for line in head.split("\r\n")[1:]}
        assert "x-evil" not in names
        assert names <= {
            "access-control-allow-origin",
            "allow",
            "cache-control",
            "connection",
            "content-length",
            "content-security-policy",
            "content-type",
            "cross-origin-opener-policy",
            "date",
            "location",
            "referrer-policy",
            "retry-after",
            "vary",
            "x-content-type-options",
        }


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\nHost: a\r\nX-A: b\rc\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX A: b\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX-A: " + b"x" * 1_000_000 + b"\r\n\r\n",
        b"GET /" + b"x" * 1_000_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\r\n" * 10 + b"nonsense\r\n\r\n",
    ],
)
def test_malformed_requests_get_an_error_and_no_more(server: Server, request_: bytes) -> None:
    answer = raw(server, request_)

    assert re.match(rb"HTTP/1\.1 (400|404|413|431) ", answer) or (len(request_) > 500_000 and not answer), answer[:200]
    assert alive(server)


def _deep(depth: int) -> dict[str, str]:
    return {
        "groups": "ASK " + "{" * depth + "}" * depth,
        "brackets": "ASK { FILTER(" + "(" * depth + "1" + ")" * depth + ") }",
        "paths": "ASK { ?s " + "(" * depth + "<urn:p>" + ")" * depth + " ?o }",
        "collections": "ASK { ?s ?p " + "(" * depth + ")" * depth + " }",
        "nested queries": "SELECT * { " * depth + "}" * depth,
        "negations": "ASK { FILTER(" + "!" * depth + "true) }",
        "unions": "ASK { {}" + " UNION {}" * depth + " }",
        "many variables": "SELECT * { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(depth)) + " }",
    }


@pytest.mark.parametrize("depth", [200, 20_000])
@pytest.mark.parametrize("kind", _deep(1))
def test_huge_queries_cost_a_worker_at_most(hurried: Server, kind: str, depth: int) -> None:
    query = _deep(depth)[kind][:490_000]
    with hurried.client() as client:
        answer = client.post("/sparql", content=query.encode(), headers={"content-type": "application/sparql-query"})

    assert answer.status_code in (200, 400, 413, 503), answer.text[:200]
    assert alive(hurried)


def test_a_regular_expression_without_end_is_stopped(server: Server) -> None:
    """Oxigraph's are linear; a query may still be long at work."""
    query = 'ASK { FILTER(REGEX("' + "a" * 50_000 + '!", "^(a+)+$")) }'
    with server.client() as client:
        answer = client.post("/sparql", data={"query": query})

    assert answer.status_code in (200, 400, 503)
    assert alive(server)


@pytest.mark.parametrize(
    "address", ["/about?iri={}", "/api/entities?q={}", "/api/entity?iri={}", "/query/{}", "/{}", "/api/{}"]
)
def test_long_addresses_are_answered(server: Server, address: str) -> None:
    for length in (1_000, 50_000, 70_000):
        status, _, body = get(server, address.format("x" * length))

        assert status in (400, 404)
        assert len(body) < 2_000 + 60_000 * (address == "/{}") + 2 * length
    assert alive(server)


@pytest.fixture(scope="module")
def crowd(server: Server) -> Iterator[list[tuple[str, int, str]]]:
    """200 clients at once, each with one request; what each asked and got."""
    addresses = [
        "/",
        "/style.css",
        "/drug/trastuzumab.html",
        "/drug/trastuzumab.ttl",
        "/sparql?query=" + quote("SELECT * { ?s ?p ?o } LIMIT 5"),
        "/query/open-questions.csv",
        "/api/entities?q=trastuzmab",
        "/api/statements?negated=true",
        "/api/questions/open-questions?limit=1",
        "/nothing/here",
    ]

    def ask(number: int) -> tuple[str, int, str]:
        address = addresses[number % len(addresses)]
        with httpx.Client(base_url=server.address, timeout=PATIENCE, trust_env=False, verify=False) as client:
            answer = client.get(address)
        return address, answer.status_code, answer.headers.get("retry-after", "")

    with ThreadPoolExecutor(200) as threads:
        yield list(threads.map(ask, range(200)))


def test_200_clients_at_once_all_get_an_answer(server: Server, crowd: list[tuple[str, int, str]]) -> None:
    wrong = [
        one for one in crowd if one[1] != (404 if one[0] == "/nothing/here" else 200) and not (one[1] == 503 and one[2])
    ]

    assert wrong == []
    assert sum(Counter(one[0] for one in crowd).values()) == 200
    assert alive(server)


def test_values_that_would_do_harm_are_data_in_json(hostile: httpx.Client) -> None:
    for address in ("/api/entity", "/api/entities"):
        answer = hostile.get(address, params={"iri" if address.endswith("y") else "q": BASE + "drug/evil"})

        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert re.fullmatch("[\x20-\x7e]*\n", answer.text)
    thing = hostile.get("/api/entity", params={"iri": BASE + "drug/evil"}).json()
    assert (thing["label"], sorted(thing["names"])) == (
        "<script>alert(1)</script>",
        ['" onmouseover="alert(2)', "abc\u202edlog", "line\r\nSet-Cookie: a=b"],
    )
    assert {link["iri"] for link in thing["links"]} == {"javascript:alert(3)", "data:text/html,hello"}
    assert "set-cookie" not in hostile.get("/api/entity", params={"iri": "line\r\nSet-Cookie: a=b"}).headers
