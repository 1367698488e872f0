"""What a stranger's query may not, found by tokens, so that comments and strings deceive nobody."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Quad, Store

from graph_build.serve.admission import Dataset, Refused, admit
from graph_build.serve.answering import Task, answer

G = "https://w3id.org/her2kg/graph/concepts"
H = "https://w3id.org/her2kg/graph/mappings"

REFUSED = {
    "an update": ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "INSERT: this server only answers"),
    "an update in small letters": ("prefix : <urn:x> delete where { ?s ?p ?o }", "DELETE: "),
    "an update after comments": ("# SELECT\nBASE <urn:x>\n# SELECT\nCLEAR ALL", "CLEAR: "),
    "an update with WITH": ("WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "WITH: "),
    "a file": ("LOAD <file:///etc/hostname>", "reads nothing from elsewhere"),
    "a file in silence": ("PREFIX a: <urn:a>LOAD SILENT <file:///etc/hostname> INTO GRAPH <urn:g>", "LOAD: "),
    "another server": ("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }", "asks no other servers"),
    "another server, by a variable": ("SELECT * { SERVICE ?where { ?s ?p ?o } }", "SERVICE: "),
    "another server, hidden": ("ASK { FILTER(trueSERVICE<urn:a>{}) }", "SERVICE: "),
    "a file as a graph": ("SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }", "no other data than its own"),
    "a page as a graph": ("SELECT * FROM NAMED <https://example.org/> { GRAPH ?g { ?s ?p ?o } }", "no other data"),
    "a graph by a name": ("PREFIX e: <https://example.org/> ASK FROM e:g { ?s ?p ?o }", "<https://example.org/g>"),
    "a graph in an escape": ("ASK FROM <https://\\u0065xample.org/> { ?s ?p ?o }", "<https://example.org/>"),
    "a relative graph": (f"BASE <{G}> ASK FROM <#g> {{ ?s ?p ?o }}", "<#g>"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_the_reason(case: str) -> None:
    text, reason = REFUSED[case]

    with pytest.raises(Refused, match=r"^[^\n]*$") as refused:
        admit(text, None, {G})

    assert reason in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s ?p 'INSERT DATA' } # LOAD <file:///etc/hostname>",
        "# INSERT DATA { }\nASK { ?s ?p ?o }",
        "PREFIX insert: <urn:load> ASK { insert:delete ?p ?o }",
        'ASK { ?s ?p """FROM <file:///etc/hostname>""" }',
        "SELECT ?from ?insert { ?from <urn:SERVICE> ?insert }",
        "ASK { ?s ?p 'SERVICE <https://example.org/> {}' }",
    ],
)
def test_words_in_comments_strings_and_names_are_harmless(text: str) -> None:
    assert admit(text, None, ()).dataset is None


def test_graphs_of_the_store_may_be_named_and_the_protocol_goes_first() -> None:
    text = f"PREFIX g: <https://w3id.org/her2kg/graph/> SELECT * FROM g:concepts FROM NAMED <{H}> {{ ?s ?p ?o }}"

    assert admit(text, None, {G, H}).dataset == Dataset((G,), (H,))
    assert admit(text, Dataset((H,), ()), {G, H}).dataset == Dataset((H,), ())


def test_a_default_graph_of_several_holds_a_triple_once() -> None:
    store = Store()
    for graph in (G, H):
        store.add(Quad(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c"), NamedNode(graph)))
    task = Task(text="SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", suffix="csv", default_graphs=(G, H))

    assert answer(store, task, 1_000).body == b"n\r\n1\r\n"


def test_an_answer_too_large_is_none_at_all() -> None:
    store = Store()
    store.bulk_extend(Quad(NamedNode(f"urn:{n}"), NamedNode("urn:p"), NamedNode("urn:o")) for n in range(1_000))

    for text in ("SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
        reply = answer(store, Task(text=text), 2_000)
        assert (reply.status, reply.body) == (
            413,
            b"the answer is larger than 0.002 MB; ask for less, such as with LIMIT\n",
        )
