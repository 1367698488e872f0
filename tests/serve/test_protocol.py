"""``/sparql`` as the SPARQL 1.1 Protocol has it, asked over the network."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

Q = "SELECT ?s WHERE { ?s a <https://w3id.org/her2kg/ontology#GeneFamily> } ORDER BY ?s LIMIT 2"
G = "https://w3id.org/her2kg/graph/"
FORM = "application/x-www-form-urlencoded"
QUERY = {"content-type": "application/sparql-query"}


def ways(client: httpx.Client, query: str, accept: str) -> list[httpx.Response]:
    """The same query in the three ways of the protocol."""
    headers = {"accept": accept}
    return [
        client.get("/sparql", params={"query": query}, headers=headers),
        client.post("/sparql", data={"query": query}, headers=headers),
        client.post("/sparql", content=query.encode(), headers=headers | QUERY),
    ]


@pytest.mark.parametrize(
    ("query", "accept", "content_type", "beginning"),
    [
        (Q, "*/*", "application/sparql-results+json", b'{"head":{"vars":["s"]}'),
        (Q, "application/json", "application/sparql-results+json", b'{"head":{"vars":["s"]}'),
        (Q, "application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        (Q, "text/csv", "text/csv; charset=utf-8", b"s\r\nhttps://w3id.org/her2kg/gene/"),
        (Q, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8", b"?s\n<https://w3id.org/"),
        (Q, "text/csv;q=0.1, application/xml;q=0.2", "application/sparql-results+xml", b"<?xml"),
        (Q, "text/html", "text/html; charset=utf-8", b"<!DOCTYPE html>"),
        ("ASK {}", "application/sparql-results+json", "application/sparql-results+json", b'{"head":{},"boolean":true}'),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        ("ASK {}", "text/csv", "text/csv; charset=utf-8", b"answer\ntrue\n"),
    ],
)
def test_rows_and_yes_or_no(client: httpx.Client, query: str, accept: str, content_type: str, beginning: bytes) -> None:
    answers = ways(client, query, accept)

    assert [r.status_code for r in answers] == [200] * 3
    assert {r.headers["content-type"] for r in answers} == {content_type}
    assert len({r.content for r in answers}) == 1
    assert answers[0].content.startswith(beginning)
    if "xml" in content_type:
        ElementTree.fromstring(answers[0].content)
    if "json" in content_type:
        json.loads(answers[0].content)


@pytest.mark.parametrize(
    ("accept", "content_type", "syntax"),
    [
        ("*/*", "text/turtle; charset=utf-8", RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", "application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml", "application/rdf+xml", RdfFormat.RDF_XML),
    ],
)
@pytest.mark.parametrize(
    "query",
    [
        "DESCRIBE <https://w3id.org/her2kg/gene/erbb2>",
        "CONSTRUCT WHERE { ?s a <https://w3id.org/her2kg/ontology#Gene> }",
    ],
)
def test_graphs(client: httpx.Client, query: str, accept: str, content_type: str, syntax: RdfFormat) -> None:
    answers = ways(client, query, accept)

    assert [(r.status_code, r.headers["content-type"]) for r in answers] == [(200, content_type)] * 3
    assert len(list(parse(answers[0].content, syntax))) > 5


def test_what_cannot_be_given_is_listed(client: httpx.Client) -> None:
    rows = client.get("/sparql", params={"query": Q}, headers={"accept": "text/turtle"})
    graph = client.get("/sparql", params={"query": "DESCRIBE <urn:x>"}, headers={"accept": "text/csv"})

    assert (rows.status_code, graph.status_code) == (406, 406)
    assert "application/sparql-results+json (.json), application/sparql-results+xml (.xml)" in rows.text
    assert "text/turtle (.ttl), application/n-triples (.nt)" in graph.text


def count(client: httpx.Client, query: str, **graphs: str | list[str]) -> int:
    fields = {name.replace("_", "-") + "-graph-uri": value for name, value in graphs.items()}
    answer = client.get("/sparql", params={"query": query, **fields}, headers={"accept": "text/csv"})
    assert answer.status_code == 200, answer.text
    return int(answer.text.split()[1])


def test_the_dataset_is_that_of_the_protocol(client: httpx.Client) -> None:
    everything = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    concepts = count(client, everything, default=G + "concepts")
    mappings = count(client, everything, default=G + "mappings")

    both = count(client, everything, default=[G + "concepts", G + "mappings"])

    assert max(concepts, mappings) < both <= concepts + mappings < count(client, everything)
    assert count(client, named, named=G + "concepts") == concepts
    assert count(client, everything, named=G + "concepts") == 0
    assert count(client, named, default=G + "concepts") == 0
    assert count(client, everything.replace(" {", f" FROM <{G}mappings> {{", 1)) == mappings
    assert count(client, everything.replace(" {", f" FROM <{G}mappings> {{", 1), default=G + "concepts") == concepts
    in_body = client.post(
        "/sparql",
        params={"default-graph-uri": G + "concepts"},
        content=everything,
        headers=QUERY | {"accept": "text/csv"},
    )
    assert int(in_body.text.split()[1]) == concepts


@pytest.mark.parametrize("accept", ["text/html,*/*;q=0.1", "text/turtle", "application/ld+json", "application/rdf+xml"])
def test_without_a_query_it_describes_itself(client: httpx.Client, accept: str) -> None:
    answer = client.get("/sparql", headers={"accept": accept})

    syntax = RdfFormat.from_media_type(answer.headers["content-type"].partition(";")[0])
    triples = list(parse(answer.content, syntax))
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert [t.object.value for t in triples if t.predicate.value == sd + "endpoint"] == [
        str(client.base_url.join("/sparql"))
    ]
    assert {t.object.value for t in triples if t.predicate.value == sd + "name"} >= {G + "concepts", G + "mappings"}


@pytest.mark.parametrize(
    ("method", "options", "status", "sentence"),
    [
        ("GET", {"params": {"query": "SELECT * {\n  ?s ?p }"}}, 400, "not valid SPARQL at line 2, column"),
        ("GET", {"params": {"query": ""}}, 400, "not valid SPARQL at line 1, column 1"),
        ("GET", {"params": {"query": ["ASK {}", "ASK {}"]}}, 400, "there are 2 queries"),
        ("POST", {"content": b"query=%ff", "headers": {"content-type": FORM}}, 400, "percent-encoded UTF-8"),
        ("POST", {"data": {"other": "x"}}, 400, "there is no query"),
        ("POST", {"content": b"ASK {}", "headers": {"content-type": "text/plain"}}, 415, "not text/plain"),
        ("POST", {"content": b"\xff", "headers": QUERY}, 400, "not UTF-8"),
        ("POST", {"content": b"ASK {}", "headers": QUERY, "params": {"query": "ASK {}"}}, 400, "send it once"),
        ("GET", {"params": {"query": "INSERT DATA { <urn:a> <urn:b> <urn:c> }"}}, 403, "does no updates"),
        ("POST", {"data": {"update": "CLEAR ALL"}}, 403, "does no updates"),
        ("POST", {"content": b"x", "headers": {"content-type": "application/sparql-update"}}, 403, "no updates"),
        ("GET", {"params": {"query": "LOAD <file:///etc/hostname>"}}, 403, "reads nothing from elsewhere"),
        ("GET", {"params": {"query": "ASK { SERVICE <http://127.0.0.1:1/> {} }"}}, 403, "http://127.0.0.1:1/"),
        ("GET", {"params": {"query": "ASK FROM <file:///etc/hostname> {}"}}, 403, "no other data than its own"),
        ("GET", {"params": {"query": "ASK {}", "default-graph-uri": "file:///etc/passwd"}}, 403, "no other data"),
        ("POST", {"data": {"query": "ASK {} #" + "x" * 600_000}}, 413, "larger than 500,000 bytes"),
        ("PUT", {"content": b"x"}, 405, "PUT is not done here"),
        ("DELETE", {}, 405, "DELETE is not done here"),
    ],
)
def test_an_error_is_one_sentence(
    client: httpx.Client, method: str, options: dict[str, object], status: int, sentence: str
) -> None:
    answer = client.request(method, "/sparql", **options)  # type: ignore[arg-type]

    assert answer.status_code == status
    assert sentence in answer.text
    assert answer.text.count("\n") == 1
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_pages_of_other_sites_may_ask(client: httpx.Client) -> None:
    preflight = client.options(
        "/sparql",
        headers={
            "origin": "https://example.org",
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        },
    )
    answers = [preflight, *ways(client, Q, "*/*"), client.get("/sparql", params={"query": "SELEC"})]
    simple = client.get("/sparql", params={"query": "SELEC"}, headers={"origin": "https://example.org"})

    assert preflight.status_code == 200
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert simple.headers["access-control-allow-origin"] == "*"
    assert all("default-src 'none'" in a.headers["content-security-policy"] for a in answers)


def test_a_head_has_no_body(client: httpx.Client) -> None:
    answer = client.head("/sparql", params={"query": Q})

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "application/sparql-results+json"
