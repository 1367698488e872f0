"""Questions that ask other endpoints: only when allowed, with what is known, and never without end."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Literal, NamedNode, Quad, Store

import graph_build
from graph_build import endpoint, federation
from graph_build.cli import main
from graph_build.query import Network, QueryError, Rows, StoredQuery, rows, run, stored

FEDERATED = sorted(name for name, question in stored().items() if question.services)
MESH = "https://id.nlm.nih.gov/mesh/sparql"
JSON = "application/sparql-results+json"
EMPTY = b'{"head":{"vars":["y"]},"results":{"bindings":[]}}'


def cli(*arguments: object, input: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], input=input)


def numbers(count: int = 3) -> Store:
    """A small graph: <urn:0> <urn:p> "0", and so on."""
    store = Store()
    store.extend(
        Quad(NamedNode(f"urn:{i}"), NamedNode("urn:p"), Literal(str(i)), NamedNode("urn:g")) for i in range(count)
    )
    store.extend(Quad(q.subject, q.predicate, q.object) for q in list(store))
    return store


def ask(store: Store, text: str, network: Network | None, **values: str) -> Rows:
    return rows(run(store, StoredQuery(name="mine", text=text, summary=""), values, network))


@contextmanager
def server(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """An endpoint that answers as told."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            answer(self)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/sparql"
        running.shutdown()


def saying(data: bytes, kind: str = JSON, code: int = 200, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in {"Content_Type": kind, "Content_Length": str(len(data)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


# Leave


@pytest.mark.parametrize("name", FEDERATED)
def test_without_leave_a_question_is_refused_and_nothing_is_asked(name: str, packaged: Path, elsewhere: Any) -> None:
    before = len(elsewhere.requests)
    sentence = f"{name}: needs the network, since it asks {stored()[name].services[0]}; add --network to allow it"
    result = cli("query", name, "--graph", packaged)
    assert result.exit_code == 2
    assert result.output.startswith(f"her2kg: {sentence}")
    assert len(result.output.splitlines()) == 1
    with pytest.raises(QueryError, match=re.escape(sentence)):
        graph_build.open(packaged).query(name)
    assert len(elsewhere.requests) == before


def test_a_query_of_ones_own_obeys_the_same_rule(packaged: Path, tmp_path: Path) -> None:
    text = f"ASK {{ SERVICE <{MESH}> {{ ?s ?p ?o }} }}"
    (tmp_path / "mine.rq").write_text(text)
    for arguments, given in ((["-"], text), ([tmp_path / "mine.rq"], None)):
        result = cli("query", *arguments, "--graph", packaged, input=given)
        assert result.exit_code == 2
        assert f"needs the network, since it asks {MESH}; add --network" in result.output
    with pytest.raises(QueryError, match="needs the network"):
        graph_build.open(packaged).query(text)


def test_a_picture_of_such_a_question_is_refused_too(packaged: Path, tmp_path: Path) -> None:
    result = cli("view", "mesh-neighbours", "--graph", packaged, "-o", tmp_path / "p.html")
    assert (result.exit_code, "needs the network" in result.output) == (2, True)


def test_the_list_marks_the_questions_that_need_the_network() -> None:
    marked = [line.split()[0] for line in cli("query").output.splitlines() if re.match(r"\S+ +\*", line)]
    assert sorted(marked) == FEDERATED
    assert len(FEDERATED) == 3


def test_with_leave_and_a_mirror_the_command_answers(
    packaged: Path, elsewhere: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = f"{MESH}={elsewhere.address}/mesh"
    arguments = ("query", "mesh-neighbours", "--disease", "NSCLC", "--graph", packaged, "--network", "--format", "csv")
    result = cli(*arguments, "--endpoint-map", pair)
    assert result.exit_code == 0, result.output
    assert 'C08.381.540.140.500,"Carcinoma, Bronchogenic"' in result.output
    monkeypatch.setenv("HER2KG_ENDPOINT_MAP", pair)
    assert cli(*arguments).output == result.output


@pytest.mark.parametrize("pair", ["nonsense", MESH, f"{MESH}=", f"{MESH}=ftp://example.org", "=http://example.org"])
def test_a_wrong_mirror_is_said_in_one_sentence(pair: str, packaged: Path) -> None:
    result = cli("query", "mesh-neighbours", "--graph", packaged, "--network", "--endpoint-map", pair)
    assert result.exit_code == 2
    assert result.output == f"her2kg: --endpoint-map {pair}: is not an endpoint's IRI, = and the URL of its mirror\n"


# What goes along


def test_only_what_the_question_knows_is_asked(packaged: Path, elsewhere: Any) -> None:
    kg = graph_build.open(packaged, network=elsewhere.network)
    before = len(elsewhere.requests)
    kg.query("drugs-in-wikidata")
    ((name, method, query),) = elsewhere.requests[before:]
    assert (name, method) == ("wikidata", "GET")
    assert set(re.findall(r'\("(\w{10})"\)', query)) >= {"5384HK7574", "41UD74L59M"}
    assert "#" not in re.sub(r"<[^>]*>", "", query), "comments stay here"
    kg.query("drugs-in-wikidata", drug="T-DXd")
    assert re.findall(r'\("(\w+)"\)', elsewhere.requests[-1][2]) == ["5384HK7574"]


def test_values_go_in_portions_and_a_full_answer_is_asked_for_again_in_halves(
    elsewhere: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(federation, "PORTION", 4)
    monkeypatch.setattr(federation, "FULL", 3)
    text = f"SELECT ?x ?y {{ ?x <urn:p> ?v . SERVICE <{MESH}> {{ BIND(STR(?x) AS ?y) }} }} ORDER BY ?x"
    text = text.replace("BIND(STR(?x) AS ?y)", "VALUES ?y { 1 } OPTIONAL { ?x <urn:none> ?none }")
    before = len(elsewhere.requests)
    found = ask(numbers(10), text, elsewhere.network)
    assert [row[0] for row in found] == [f"urn:{i}" for i in range(10)]
    sizes = [len(re.findall(r"\(<urn:\d>\)", query)) for _, _, query in elsewhere.requests[before:]]
    assert sizes == [4, 2, 2, 4, 2, 2, 2]


def test_many_values_are_posted(elsewhere: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "LONGEST_ADDRESS", 50)
    found = ask(
        numbers(), f"SELECT * {{ ?x <urn:p> ?v . SERVICE <{MESH}> {{ VALUES ?x {{ <urn:1> }} }} }}", elsewhere.network
    )
    assert elsewhere.requests[-1][1] == "POST"
    assert [row["x"] for row in found.to_dicts()] == ["urn:1"]


def test_where_nothing_is_known_nobody_is_asked(elsewhere: Any) -> None:
    before = len(elsewhere.requests)
    text = f"SELECT * {{ ?x <urn:none> ?v . SERVICE <{MESH}> {{ ?x ?p ?o }} }}"
    assert ask(numbers(), text, elsewhere.network).rows == ()
    assert len(elsewhere.requests) == before


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        # joined; VALUES stand for what an endpoint has
        ("?x <urn:p> ?v . SERVICE <E> { VALUES (?x ?y) { (<urn:1> 'a') (<urn:9> 'b') } }", [("urn:1", "1", "a")]),
        # the clause first: asked as it stands, joined all the same
        ("SERVICE <E> { VALUES (?x ?y) { (<urn:1> 'a') (<urn:9> 'b') } } ?x <urn:p> ?v", [("urn:1", "1", "a")]),
        # in an OPTIONAL: rows without an answer stay
        (
            "?x <urn:p> ?v . OPTIONAL { SERVICE <E> { VALUES (?x ?y) { (<urn:1> 'a') } } }",
            [("urn:0", "0", None), ("urn:1", "1", "a"), ("urn:2", "2", None)],
        ),
        # in a UNION: asked as it stands
        (
            "{ ?x <urn:p> ?v FILTER(?x = <urn:2>) } UNION { SERVICE <E> { VALUES (?x ?y) { (<urn:1> 'a') } } }",
            [("urn:1", None, "a"), ("urn:2", "2", None)],
        ),
        # a filter about the answer, standing before it
        (
            "?x <urn:p> ?v . FILTER(?y = 'a') SERVICE <E> { VALUES (?x ?y) { (<urn:1> 'a') (<urn:2> 'b') } }",
            [("urn:1", "1", "a")],
        ),
        # a variable that only some rows bind
        (
            "?x <urn:p> ?v . OPTIONAL { ?x <urn:none> ?y } SERVICE <E> { VALUES (?x ?y) { (<urn:1> 'a') } }",
            [("urn:1", "1", "a")],
        ),
        # assignments, sub-queries and differences of the clause keep their variables
        ("?x <urn:p> ?v . SERVICE <E> { BIND(<urn:2> AS ?x) BIND('c' AS ?y) }", [("urn:2", "2", "c")]),
        ("?x <urn:p> ?v . SERVICE <E> { { SELECT (<urn:2> AS ?x) ('c' AS ?y) {} } }", [("urn:2", "2", "c")]),
        (
            "?x <urn:p> ?v . SERVICE <E> { VALUES ?x { <urn:0> <urn:1> } MINUS { VALUES ?x { <urn:0> } } }",
            [("urn:1", "1", None)],
        ),
        # two clauses, the second knows what the first said
        (
            "?x <urn:p> ?v . SERVICE <E> { VALUES (?x ?z) { (<urn:1> 5) } } SERVICE <E> { VALUES (?z ?y) { (5 'd') } }",
            [("urn:1", "1", "d")],
        ),
        # a clause without variables
        ("?x <urn:p> ?v . FILTER(?x = <urn:0>) SERVICE <E> { <urn:a> <urn:b> <urn:c> }", []),
        ("?x <urn:p> ?v . FILTER(?x = <urn:0>) SERVICE <E> { }", [("urn:0", "0", None)]),
        # a blank node of the endpoint
        (
            "SERVICE <E> { SELECT (BNODE('n') AS ?b) {} } ?x <urn:p> ?v FILTER(?x = <urn:0> && ISIRI(?b))",
            [("urn:0", "0", None)],
        ),
        # not at all in the engine's way: comments, nested brackets, dollar variables
        ("$x <urn:p> ?v . # { SERVICE\n SERVICE <E> { VALUES ($x ?y) { (<urn:1> '}') } # }\n }", [("urn:1", "1", "}")]),
    ],
)
def test_the_answer_is_what_the_standard_says(pattern: str, expected: list[tuple[Any, ...]], elsewhere: Any) -> None:
    text = f"SELECT DISTINCT ?x ?v ?y {{ {pattern.replace('<E>', f'<{MESH}>')}\n}} ORDER BY ?x"
    assert list(ask(numbers(), text, elsewhere.network)) == expected


@pytest.mark.parametrize("form", ["ASK {", "CONSTRUCT { ?x <urn:q> ?y } {", "CONSTRUCT {} WHERE {", "DESCRIBE ?x {"])
def test_every_form_of_a_query_may_ask(form: str, elsewhere: Any) -> None:
    before = len(elsewhere.requests)
    ask(
        numbers(),
        f"{form} ?x <urn:p> ?v . SERVICE <{MESH}> {{ VALUES (?x ?y) {{ (<urn:1> 1) }} }} }}",
        elsewhere.network,
    )
    assert elsewhere.requests[before:][0][2].count("<urn:1>") == 2


def test_a_value_of_a_parameter_goes_along(elsewhere: Any) -> None:
    text = f"SELECT ?y ?x {{ SERVICE <{MESH}> {{ VALUES (?y ?x) {{ ('a' 1) ('b' 2) }} }} }}"
    assert list(ask(numbers(), text, elsewhere.network, y="b")) == [("b", 2)]
    assert 'VALUES (?y) { ("b") }' in elsewhere.requests[-1][2]


# An endpoint that does not answer


def failing(address: str, timeout: float = 5.0, silent: str = "") -> str:
    """What is said when an endpoint fails, and that it is said in time."""
    network = Network(mirrors={MESH: address}, timeout=timeout)
    start = time.monotonic()
    with pytest.raises(endpoint.EndpointError) as caught:
        ask(numbers(), f"SELECT * {{ SERVICE {silent} <{MESH}> {{ ?x ?p ?y }} }}", network)
    assert time.monotonic() - start < timeout + 2
    assert "\n" not in str(caught.value)
    return str(caught.value).removeprefix(address)


def test_nobody_is_there() -> None:
    assert failing("http://127.0.0.1:1/sparql") == ": cannot be asked (Connection refused)"


def test_a_host_that_is_not() -> None:
    assert failing("http://no-such-host.invalid/sparql").startswith(": cannot be asked (")


def test_it_says_nothing() -> None:
    with server(lambda handler: time.sleep(3)) as address:
        assert failing(address, timeout=0.3) == ": did not answer in time"


def test_it_drips() -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.end_headers()
        try:
            for _ in range(40):
                handler.wfile.write(b" ")
                time.sleep(0.1)
        except OSError:
            pass

    with server(drip) as address:
        assert failing(address, timeout=0.5) == ": did not answer in time"


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (saying(b"no", code=500), ": answers with the error 500 Internal Server Error"),
        (saying(b"no", code=429), ": answers with the error 429 Too Many Requests"),
        (saying(b"<html>", "text/html; charset=utf-8"), ": answers with text/html instead of SPARQL results"),
        (saying(b"x", ""), ": answers with text/plain instead of SPARQL results"),
        (saying(b'{"head":{},"boolean":true}'), ": answers yes or no where rows were asked for"),
        (saying(b'{"head":'), ": its answer cannot be read ("),
        (saying(b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":'), ": its answer cannot be read ("),
        (saying(EMPTY, Content_Length="1000"), ": cannot be asked ("),
        (saying(b"", code=302, Location="ftp://127.0.0.1/x"), ": cannot be asked ("),
        (saying(b"", code=302, Location="file:///etc/hostname"), ": answers with the error 302"),
    ],
)
def test_it_answers_something_else(answer: Callable[[BaseHTTPRequestHandler], None], sentence: str) -> None:
    with server(answer) as address:
        assert failing(address).startswith(sentence)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("y", {"type": "uri", "value": "http://a> } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } #"}),
        ("y", {"type": "literal", "value": "a", "datatype": "urn:a> } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o }"}),
        ("y", {"type": "literal", "value": "a", "xml:lang": 'en" } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o }'}),
        ("y) {} SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } #", {"type": "literal", "value": "a"}),
    ],
)
def test_an_answer_cannot_smuggle_a_clause_into_the_question(name: str, value: dict[str, str]) -> None:
    data = json.dumps({"head": {"vars": [name]}, "results": {"bindings": [{name: value}]}})
    with server(saying(data.encode())) as address:
        assert failing(address).startswith(": its answer cannot be read (")


def test_an_answer_with_quotes_and_braces_is_only_a_text() -> None:
    text = 'a"\n\\ } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } #'
    row = {"y": {"type": "literal", "value": text}}
    with server(saying(json.dumps({"head": {"vars": ["y"]}, "results": {"bindings": [row]}}).encode())) as address:
        question = f"SELECT ?y {{ SERVICE <{MESH}> {{ ?x ?p ?y }} }}"
        assert list(ask(numbers(), question, Network(mirrors={MESH: address}))) == [(text,)]


def test_it_says_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "LARGEST", 1_000_000)
    with server(saying(b" " * 1_500_000)) as address:
        assert failing(address) == ": its answer is larger than 1 MB"


def test_only_http_is_spoken(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(EMPTY)
    for address in (f"file://{tmp_path}/secret", "ftp://127.0.0.1/x", "sparql", "http:///sparql"):
        assert failing(address) == ": is not the address of an endpoint; it begins with http:// or https://"


def test_xml_and_an_endpoint_that_wants_to_be_told_the_format() -> None:
    xml = b"""<?xml version="1.0"?><sparql
      xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="y"/></head>
      <results><result><binding name="y"><literal>a</literal></binding></result></results></sparql>"""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        told = "format=json" in handler.path
        saying(xml if told else b"<html>", "application/sparql-results+xml" if told else "text/html")(handler)

    with server(answer) as address:
        text = f"SELECT ?y {{ SERVICE <{MESH}> {{ ?x ?p ?y }} }}"
        assert list(ask(numbers(), text, Network(mirrors={MESH: address}))) == [("a",)]


def test_a_silent_clause_is_left_out_when_it_fails() -> None:
    text = f"SELECT ?x ?y {{ ?x <urn:p> ?v . SERVICE SILENT <{MESH}> {{ ?x <urn:q> ?y }} }} ORDER BY ?x"
    found = ask(numbers(), text, Network(mirrors={MESH: "http://127.0.0.1:1/"}))
    assert list(found) == [("urn:0", None), ("urn:1", None), ("urn:2", None)]


def test_the_command_says_it_in_one_sentence_within_its_time(packaged: Path) -> None:
    with server(lambda handler: time.sleep(3)) as address:
        start = time.monotonic()
        result = cli(
            *("query", "protein-functions", "--graph", packaged, "--network", "--timeout", "0.5"),
            *("--endpoint-map", f"https://sparql.uniprot.org/sparql={address}"),
        )
        assert time.monotonic() - start < 3
    assert (result.exit_code, result.output) == (2, f"her2kg: {address}: did not answer in time\n")


def test_the_endpoint_is_told_who_asks() -> None:
    seen: list[str] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        seen.append(f"{handler.headers['User-Agent']} | {handler.headers['Accept']}")
        saying(EMPTY)(handler)

    with server(answer) as address:
        ask(numbers(), f"SELECT * {{ SERVICE <{MESH}> {{ ?x ?p ?y }} }}", Network(mirrors={MESH: address}))
    accepted = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
    assert seen == [f"her2kg/{graph_build.__version__} (https://w3id.org/her2kg/) | {accepted}"]
