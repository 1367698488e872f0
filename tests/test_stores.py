"""The graph in other stores: loaded through the Graph Store HTTP Protocol, asked through the SPARQL protocol.

A stand-in on this machine takes graphs and answers; ``oxigraph serve`` and Virtuoso do when they are installed.
"""

from __future__ import annotations

import base64
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Store,
    parse_query_results,
)

import graph_build
from benchmarks.jena import classpath
from graph_build import upload
from graph_build.cli import main
from graph_build.filled import example_values, filled
from graph_build.graph import KnowledgeGraph
from graph_build.http_tries import Clock, Patience
from graph_build.query import Network, QueryError, Rows, StoredQuery, rows, run, stored
from graph_build.remote_graph import RemoteGraph
from graph_build.store import NQUADS, load_store, open_store
from graph_build.upload import LoadError, Target, load

QUESTIONS = [question for question in stored().values() if not question.services]
#: What Debian's Virtuoso 7.2.5 answers otherwise: it forgets a FILTER NOT EXISTS or a sub-query within OPTIONAL,
#: an optional path, and sorts literals with a language by another order.
VIRTUOSO_DIFFERS = {
    "adc-studies-in-her2-mutant-nsclc",
    "claims-stated-more-than-once",
    "mesh-tree",
    "methods-and-gold-standard",
    "studies-beyond-nsclc",
    "what-changed-between-the-reviews",
}


def cli(*arguments: object, **env: str | None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], env={"HER2KG_GRAPH": None, **env})


@dataclass
class StandIn:
    """A store on this machine: what it holds, what it was asked, and what it shall do wrong next."""

    address: str
    store: Store = field(default_factory=Store)
    union: bool = False  # its default graph is the union of the named ones, each triple as often as it is there
    faults: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    lose: int = 0  # so many triples of each upload get lost
    password: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[tuple[str, int]] = field(default_factory=list)

    @property
    def graphs(self) -> str:
        return f"{self.address}/data"

    @property
    def sparql(self) -> str:
        return f"{self.address}/sparql"


@pytest.fixture
def stand_in() -> Iterator[StandIn]:  # noqa: C901  the methods of its handler
    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            self.answered(self.put)

        def do_GET(self) -> None:
            self.answered(lambda: self.query(parse_qs(urlsplit(self.path).query)["query"][0]))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.answered(lambda: self.query(parse_qs(body)["query"][0]))

        def answered(self, work: Callable[[], None]) -> None:
            there.asked.append((self.command, self.path.partition("query=")[0]))
            if there.password and self.headers["Authorization"] != there.password:
                self.reply(401, b"who are you?", "text/plain")
            elif there.faults:
                status, headers, body = there.faults.pop(0)
                self.reply(status, body, "text/plain", headers)
            else:
                work()

        def put(self) -> None:
            length = int(self.headers["Content-Length"])
            data = self.rfile.read(length)
            there.bodies.append((self.headers["Content-Type"], length))
            form = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
            graph = NamedNode(form["graph"][0]) if "graph" in form else DefaultGraph()
            there.store.clear_graph(graph)
            lines = data.splitlines(keepends=True)
            kept = b"".join(lines[: len(lines) - there.lose])
            there.store.load(kept, format=RdfFormat.N_TRIPLES, to_graph=graph)
            self.reply(204, b"", "text/plain")

        def query(self, text: str) -> None:
            try:
                found = there.store.query(text, use_default_graph_as_union=there.union)
            except SyntaxError as error:
                self.reply(400, f"error at {error}\n".encode(), "text/plain")
                return
            if isinstance(found, QueryTriples):
                self.reply(200, found.serialize(format=RdfFormat.N_TRIPLES) or b"", "application/n-triples")
            else:
                kind = "application/sparql-results+json"
                self.reply(200, found.serialize(format=QueryResultsFormat.JSON) or b"", kind)

        def reply(self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
            if status >= 400 and self.command == "PUT":
                self.close_connection = True
                self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        there = StandIn(f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield there
        server.shutdown()


@pytest.fixture(scope="module")
def small(packaged: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A thirtieth of the graph, with all of its named graphs, and some triples that are in two of them."""
    folder = tmp_path_factory.mktemp("small") / "graph"
    folder.mkdir()
    lines = (packaged / NQUADS).read_text(encoding="utf-8").splitlines(keepends=True)
    twice = [line.replace("graph/ontology", "graph/concepts") for line in lines[::30] if "graph/ontology" in line]
    (folder / NQUADS).write_text("".join(sorted({*lines[::30], *twice})), encoding="utf-8")
    load_store(folder)
    return folder


def quads(store: Store) -> set[str]:
    return set(map(str, store))


# her2kg load


@pytest.mark.parametrize("default", [False, True])
def test_every_graph_arrives(stand_in: StandIn, small: Path, default: bool) -> None:
    ours = open_store(small)
    result = cli("load", stand_in.graphs, "--graph", small, *(["--default"] if default else []))
    assert result.exit_code == 0, result.output
    wanted = {str(q) for q in ours if default or q.graph_name != DefaultGraph()}
    assert quads(stand_in.store) == wanted
    named = sorted(str(g.value) for g in ours.named_graphs())
    counts = {graph: sum(1 for _ in ours.quads_for_pattern(None, None, None, NamedNode(graph))) for graph in named}
    once = sum(1 for _ in ours.quads_for_pattern(None, None, None, DefaultGraph()))
    assert result.stderr.splitlines() == [
        *(f"{graph}: {count:,} triples" for graph, count in counts.items()),
        *([f"the default graph: {once:,} triples"] if default else []),
    ]
    sees = (
        f"the default graph sees every triple once ({once:,}): the stored questions can be asked"
        if default
        else "the default graph is empty: the stored questions find nothing; load with --default, "
        "or set up a default graph that is the union of the named graphs (docs/stores.md)"
    )
    assert result.stdout.splitlines() == [
        f"{stand_in.graphs}: {len(named)} graphs, {sum(counts.values()):,} triples, counted there",
        sees,
    ]
    assert {kind for kind, _ in stand_in.bodies} == {"application/n-triples"}


def test_a_graph_is_replaced(stand_in: StandIn, small: Path) -> None:
    assert cli("load", stand_in.graphs, "--graph", small).exit_code == 0
    first = quads(stand_in.store)
    concepts = NamedNode("https://w3id.org/her2kg/graph/concepts")
    old = NamedNode("https://w3id.org/her2kg/graph/document/of-an-earlier-load")
    stand_in.store.load(b"<urn:a> <urn:b> <urn:c> .", format=RdfFormat.N_TRIPLES, to_graph=concepts)
    stand_in.store.load(b"<urn:a> <urn:b> <urn:c> .", format=RdfFormat.N_TRIPLES, to_graph=old)
    stand_in.store.load(b"<urn:a> <urn:b> <urn:c> .", format=RdfFormat.N_TRIPLES, to_graph=NamedNode("urn:another"))
    result = cli("load", stand_in.graphs, "--graph", small, "-q")
    assert (result.exit_code, result.output) == (0, f"left from an earlier load: {old.value}\n")
    assert {q for q in quads(stand_in.store) if not q.startswith("<urn:a>")} == first


def test_a_union_that_counts_twice_is_told(stand_in: StandIn, small: Path) -> None:
    stand_in.union = True
    ours = [str(q).rpartition(" <")[0] for q in open_store(small) if q.graph_name != DefaultGraph()]
    assert len(set(ours)) < len(ours)  # some triples are in two graphs
    result = cli("load", stand_in.graphs, "--graph", small)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1] == (
        f"the default graph sees {len(ours):,} triples where there are {len(set(ours)):,}, some of them twice: "
        "counts in answers may be wrong (docs/stores.md)"
    )


def test_a_dry_run_sends_nothing(stand_in: StandIn, small: Path) -> None:
    result = cli("load", stand_in.graphs, "--graph", small, "--dry-run", "--default")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[-1] == f"then count at {stand_in.sparql}; nothing was sent"
    assert lines[0].startswith(f"PUT {stand_in.graphs}?graph=https%3A%2F%2Fw3id.org%2Fher2kg%2Fgraph%2Fconcepts  ")
    assert lines[-2].startswith(f"PUT {stand_in.graphs}?default  ")
    assert stand_in.asked == []


def test_what_passes_is_tried_again(stand_in: StandIn, small: Path) -> None:
    slept: list[float] = []
    told: list[str] = []
    stand_in.faults = [(503, {}, b""), (429, {"Retry-After": "9"}, b""), (500, {}, b"")]
    patience = Patience(clock=Clock(sleep=slept.append), tell=told.append)
    target = Target(url=stand_in.graphs, query_url=stand_in.sparql, patience=patience)
    done = load(open_store(small), target, default=True, tell=lambda graph, count: None)
    assert done.seen == done.once
    assert slept == [1.0, 9.0, 4.0]
    name = "https://w3id.org/her2kg/graph/concepts"
    assert told[0] == (
        f"{stand_in.graphs}: {name}: answers with the error 503 Service Unavailable; trying again in 1 s"
    )


def test_memory_holds_a_part_of_a_graph(small: Path) -> None:
    """A graph is sent in pieces, whose lengths together are what was announced."""
    store = open_store(small)
    for graph in upload.graphs_of(store, default=True):
        pieces = list(upload._chunks(store, graph))
        assert max(map(len, pieces)) < 2 * upload._CHUNK
        assert sum(map(len, pieces)) == upload._length(store, graph)


def test_what_was_lost_is_told(stand_in: StandIn, small: Path) -> None:
    stand_in.lose = 1
    result = cli("load", stand_in.graphs, "--graph", small, "-q")
    assert result.exit_code == 2
    assert result.output.startswith(f"her2kg: {stand_in.graphs}: https://w3id.org/her2kg/graph/concepts has ")
    assert result.output.count("triples instead of") == 6


def test_who_asks(stand_in: StandIn, small: Path) -> None:
    stand_in.password = "Basic " + base64.b64encode(b"me:secret").decode()
    refused = cli("load", stand_in.graphs, "--graph", small, "-q")
    assert (refused.exit_code, refused.output) == (
        2,
        (
            f"her2kg: {stand_in.graphs}: https://w3id.org/her2kg/graph/concepts: answers with the error "
            "401 Unauthorized (who are you?); "
            "give the user as $HER2KG_STORE_USER and $HER2KG_STORE_PASSWORD, or $HER2KG_STORE_TOKEN\n"
        ),
    )
    user = {"HER2KG_STORE_USER": "me", "HER2KG_STORE_PASSWORD": "secret"}
    assert cli("load", stand_in.graphs, "--graph", small, "-q", "--default", **user).output == ""
    answer = cli("query", "is-there-a-consensus", "--endpoint", stand_in.sparql, **user)
    assert answer.output == "answer\nfalse\n"
    half = cli("load", stand_in.graphs, "--graph", small, HER2KG_STORE_USER="me")
    assert half.output == "her2kg: $HER2KG_STORE_USER and $HER2KG_STORE_PASSWORD belong together; set both or neither\n"
    stand_in.password = "Bearer token"
    assert cli("load", stand_in.graphs, "--graph", small, "-q", HER2KG_STORE_TOKEN="token").exit_code == 0


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://127.0.0.1:9/data", None),
        ("http://127.0.0.1:9/elsewhere", "it is not known where this store answers SPARQL; name the address with"),
        ("ftp://127.0.0.1/data", "is not the address of an endpoint; it begins with http:// or https://"),
        ("http://me:secret@127.0.0.1/data", "the address of 127.0.0.1 has a user or a password in it; give them as"),
    ],
)
def test_addresses(small: Path, url: str, sentence: str | None) -> None:
    result = cli("load", url, "--graph", small, "--dry-run")
    assert result.exit_code == (0 if sentence is None else 2)
    assert (sentence or "nothing was sent") in result.output
    assert "secret" not in result.output


def test_nobody_is_there(small: Path) -> None:
    target = Target(url="http://127.0.0.1:9/data", query_url="", patience=Patience(clock=Clock(sleep=lambda _: None)))
    with pytest.raises(LoadError, match=r"^http://127.0.0.1:9/data: \S+concepts: cannot be reached \(.+\), 6 times$"):
        load(open_store(small), target, default=False, tell=lambda graph, count: None)


# her2kg query --endpoint


@pytest.fixture(scope="module")
def kg(packaged: Path) -> KnowledgeGraph:
    return graph_build.open(packaged)


def answers(ask: Callable[[StoredQuery, dict[str, str]], Rows]) -> dict[str, Rows]:
    """The answers to all stored questions, without parameters and with those of their examples."""
    found = {question.name: ask(question, {}) for question in QUESTIONS}
    return found | {f"{q.name} {q.example}": ask(q, example_values(q)) for q in QUESTIONS if q.example}


@pytest.fixture(scope="module")
def ours(kg: KnowledgeGraph) -> dict[str, Rows]:
    """The answers of the built graph."""
    return answers(lambda question, values: rows(run(kg.store, question, values)))


def theirs(url: str) -> dict[str, Rows]:
    """The answers of an endpoint."""
    remote = RemoteGraph(url, timeout=300)
    return answers(lambda question, values: rows(remote.run(question, values)))


def test_the_stand_in_answers_as_we_do(stand_in: StandIn, packaged: Path, ours: dict[str, Rows]) -> None:
    stand_in.store = open_store(packaged)
    assert theirs(stand_in.sparql) == ours


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "xml", "turtle"])
def test_formats_are_the_same(stand_in: StandIn, packaged: Path, format: str, tmp_path: Path) -> None:
    stand_in.store = open_store(packaged)
    name = "drugs-by-alteration"
    if format == "turtle":
        name = str(tmp_path / "construct.rq")
        Path(name).write_text(
            "PREFIX her2: <https://w3id.org/her2kg/ontology#> CONSTRUCT WHERE { ?drug a her2:Drug }", encoding="utf-8"
        )
    asked = ["query", name, "--format", format, *([] if format == "turtle" else ["--drug", "T-DXd"])]
    here, there = cli(*asked, "--graph", packaged), cli(*asked, "--endpoint", stand_in.sparql)
    assert there.exit_code == 0, there.output
    assert there.stdout_bytes == here.stdout_bytes
    assert len(there.stdout_bytes) > 200


def test_names_are_those_of_the_endpoint(stand_in: StandIn, packaged: Path) -> None:
    stand_in.store.load(
        b"<urn:d> a <https://w3id.org/her2kg/ontology#Drug> ;"
        b' <http://www.w3.org/2000/01/rdf-schema#label> "dr\\"ug"@en ;'
        b' <http://www.w3.org/2004/02/skos/core#prefLabel> "dr\\"ug"@en ;'
        b' <http://www.w3.org/2004/02/skos/core#altLabel> "X-17"@en .',
        format=RdfFormat.TURTLE,
    )
    remote = graph_build.remote(stand_in.sparql)
    unknown = cli("query", "drugs-by-alteration", "--endpoint", stand_in.sparql, "--drug", "T-DXd")
    assert (
        unknown.output
        == "her2kg: --drug T-DXd: nothing in the graph is called so; nothing in the graph has a similar name\n"
    )
    assert remote.query("drugs-by-alteration", drug="x17").rows == ()
    assert remote.query("SELECT ?name { ?d <http://www.w3.org/2000/01/rdf-schema#label> ?name }", name="x").rows == ()


def test_values_are_no_text_of_the_query(stand_in: StandIn) -> None:
    """What would end the string, the clause or the query stays a value."""
    text = "SELECT ?given ?other WHERE { BIND(STR(?given) AS ?other) }"
    remote = RemoteGraph(stand_in.sparql)
    for value in ('" } } INSERT', "\\", "a\nb\r\tc", "'''", "?given", "}\x00", "<urn:a>", "é🧬", "SERVICE <urn:a> {}"):
        assert remote.query(text, given=value).rows == ((value, value),)


def answer(row: str, more: str = "") -> bytes:
    """An answer in JSON: a row "1", and another."""
    first = '{"x": {"type": "literal", "value": "1"}}'
    rows = ", ".join(filter(None, [first, row]))
    return f'{{"head": {{"vars": ["x"]}}, "results": {{"bindings": [{rows}]{more}}}}}'.encode()


def test_what_endpoints_add_is_no_matter(stand_in: StandIn) -> None:
    kind = {"Content-Type": "application/sparql-results+json"}
    stand_in.faults = [(200, kind, answer("{}", ', "metadata": {"httpRequests": 0}'))]
    assert RemoteGraph(stand_in.sparql).query("SELECT ?x {}").rows == (("1",), (None,))


def test_a_long_question_goes_as_a_form(stand_in: StandIn) -> None:
    RemoteGraph(stand_in.sparql).query("ASK { ?s ?p '" + "x" * 7000 + "' }")
    assert stand_in.asked == [("POST", "/sparql")]


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ((400, {}, b"MALFORMED\n QUERY: x"), "answers with the error 400 Bad Request (MALFORMED QUERY: x)"),
        ((500, {}, b""), "answers with the error 500 Internal Server Error"),
        ((200, {"Content-Type": "text/html"}, b"<html/>"), "answers with text/html instead of SPARQL results"),
        ((200, {"Content-Type": "application/json"}, b"{"), "its answer cannot be read ("),
        ((200, {"Content-Type": "application/json"}, b"[]"), "its answer cannot be read ("),
        ((200, {"Content-Type": "application/json"}, b'{"head":{}}'), "its answer cannot be read ("),
        (
            (200, {"Content-Type": "application/json"}, answer('{"x": {"type": "what", "value": "1"}}')),
            "its answer cannot be read (",
        ),
        ((200, {"Content-Type": "application/json"}, answer("")[:-9]), "its answer cannot be read ("),
        (
            (200, {"Content-Type": "application/xml"}, b"<sparql><head/><results><result>"),
            "its answer cannot be read (",
        ),
        ((200, {"Content-Type": "application/json", "Content-Length": "9"}, b"{}"), "its answer was cut off"),
        ((302, {"Location": "file:///etc/hostname"}, b""), "answers with the error 302"),
    ],
)
def test_faults_are_one_sentence(stand_in: StandIn, fault: tuple[int, dict[str, str], bytes], sentence: str) -> None:
    if fault[1].get("Content-Length"):
        fault = (fault[0], {**fault[1], "Connection": "close"}, fault[2])
    stand_in.faults = [fault]
    result = cli("query", "negated-claims", "--endpoint", stand_in.sparql)
    assert result.exit_code == 2
    assert result.output.startswith(f"her2kg: {stand_in.sparql}: {sentence}")
    assert result.output.count("\n") == 1


def test_what_cannot_be_asked_of_an_endpoint(stand_in: StandIn, packaged: Path) -> None:
    both = cli("query", "negated-claims", "--endpoint", stand_in.sparql, "--graph", packaged)
    assert both.output == "her2kg: a question is asked of a --graph or of an --endpoint; name one of them\n"
    elsewhere = cli("query", "drugs-in-wikidata", "--endpoint", stand_in.sparql)
    assert "asks https://query.wikidata.org/sparql as well; add --network to allow it" in elsewhere.output
    assert [result.exit_code for result in (both, elsewhere)] == [2, 2]
    with pytest.raises(QueryError, match="has the word SERVICE in it"):
        RemoteGraph(stand_in.sparql).ask("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert stand_in.asked == []


def test_questions_that_ask_others_too(
    stand_in: StandIn, packaged: Path, elsewhere_network: Network, kg: KnowledgeGraph
) -> None:
    stand_in.store = open_store(packaged)
    remote = RemoteGraph(stand_in.sparql, network=elsewhere_network)
    for question in stored().values():
        if question.services:
            for values in ({}, example_values(question)):
                here = rows(run(kg.store, question, values, elsewhere_network))
                assert rows(remote.run(question, values)) == here


@pytest.fixture
def elsewhere_network(request: pytest.FixtureRequest) -> Network:
    network: Network = request.getfixturevalue("elsewhere").network
    return network


def test_an_endpoint_that_is_silent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/sparql"
        result = cli("query", "negated-claims", "--endpoint", url, "--timeout", "0.3")
    assert result.output == f"her2kg: {url}: did not answer in time (0.3 s); give it longer with --timeout\n"


def test_a_yes_or_no_as_a_table(stand_in: StandIn) -> None:
    body = b'{"head":{"vars":["r"]},"results":{"bindings":[{"r":{"type":"literal","value":"1"}}]}}'
    stand_in.faults = [(200, {"Content-Type": "application/sparql-results+json"}, body)]
    found = RemoteGraph(stand_in.sparql).ask("ASK {}")
    assert isinstance(found, QueryBoolean)
    assert bool(found)


# Other stores


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def running(command: list[str], url: str, folder: Path) -> Iterator[None]:
    """A server, from when it answers until the end of the test."""
    with (folder / "log").open("wb") as log, subprocess.Popen(command, cwd=folder, stdout=log, stderr=log) as process:
        try:
            for _ in range(600):
                assert process.poll() is None, (folder / "log").read_text(errors="replace")
                try:
                    with urllib.request.urlopen(f"{url}?query=ASK%7B%7D"):
                        break
                except (urllib.error.URLError, ConnectionError):
                    time.sleep(0.1)
            yield
        finally:
            process.terminate()


def program(name: str) -> str:
    """A program on the path, or beside this Python."""
    found = shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        pytest.skip(f"no {name} on this machine: this store cannot be tested")
    return found


def test_oxigraph_serve(packaged: Path, tmp_path: Path, ours: dict[str, Rows]) -> None:
    oxigraph, address = program("oxigraph"), f"127.0.0.1:{free_port()}"
    command = [oxigraph, "serve", "--location", str(tmp_path / "store"), "--bind", address]
    with running(command, f"http://{address}/query", tmp_path):
        result = cli("load", f"http://{address}/store", "--graph", packaged, "--default")
        assert "the default graph sees every triple once" in result.stdout
        assert theirs(f"http://{address}/query") == ours


def test_her2kg_serve(packaged: Path, tmp_path: Path, ours: dict[str, Rows]) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/sparql"
    command = [sys.executable, "-m", "graph_build.cli", "serve", "--graph", str(packaged), "--port", str(port)]
    with running(command, url, tmp_path):
        assert theirs(url) == ours


#: It weighs few ways to answer a question, and takes one when weighing takes longer than answering would: its
#: compiler, left alone, takes most of the time.
VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
DirsAllowed = .
MaxOptimizeLayouts = 20
StopCompilerWhenXOverRunTime = 1
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryCostEstimationTime = 100000
"""
MAY_WRITE = "grant SPARQL_UPDATE to \"SPARQL\"; DB.DBA.RDF_DEFAULT_USER_PERMS_SET('nobody', 7);"


def test_virtuoso(packaged: Path, tmp_path: Path, ours: dict[str, Rows]) -> None:
    """An engine that shares no code with ours; what it answers otherwise is known, and by its own faults."""
    virtuoso, isql = program("virtuoso-t"), program("isql-vt")
    sql, http = free_port(), free_port()
    (tmp_path / "virtuoso.ini").write_text(VIRTUOSO.format(sql=sql, http=http), encoding="utf-8")
    url = f"http://127.0.0.1:{http}/sparql"
    with running([virtuoso, "+foreground", "+configfile", "virtuoso.ini"], url, tmp_path):
        subprocess.run([isql, f"127.0.0.1:{sql}", "dba", "dba", f"exec={MAY_WRITE}"], check=True, capture_output=True)
        result = cli("load", f"{url}-graph-crud", "--graph", packaged)
        assert "6 graphs" in result.stdout, result.output
        found = theirs(url)
        assert {name.partition(" ")[0] for name in ours if found[name] != ours[name]} <= VIRTUOSO_DIFFERS


def test_jena(packaged: Path, tmp_path: Path, ours: dict[str, Rows], kg: KnowledgeGraph) -> None:
    """What Virtuoso answers otherwise, another independent engine answers as ours does, but for the order of labels.

    Those alone: each question starts a Java machine of its own.
    """
    path = classpath(tmp_path)
    if path is None:
        pytest.skip("no Apache Jena on this machine: this store cannot be tested")

    def jena(*command: str) -> bytes:
        java = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", path, *command]
        return subprocess.run(java, check=True, capture_output=True).stdout

    place = f"--loc={tmp_path / 'tdb2'}"
    jena("tdb2.tdbloader", place, str(packaged / NQUADS))
    union = "--set=tdb:unionDefaultGraph=true"
    asked = {q.name: q.text for q in QUESTIONS if q.name in VIRTUOSO_DIFFERS}
    asked |= {f"{q.name} {q.example}": filled(q, kg.store) for q in QUESTIONS if q.name in asked and q.example}
    for name, text in asked.items():
        (tmp_path / "question.rq").write_text(text, encoding="utf-8")
        answer = jena("tdb2.tdbquery", place, union, "--results=JSON", f"--query={tmp_path / 'question.rq'}")
        found = rows(parse_query_results(answer, QueryResultsFormat.JSON))
        assert found.columns == ours[name].columns
        assert sorted(found, key=repr) == sorted(ours[name], key=repr), name
