"""The stored questions as Turtle: current, readable, and each with the answer of its file."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SDO, SH, SKOS

import graph_build
from graph_build.cli import main
from graph_build.graph import KnowledgeGraph
from graph_build.prefixes import CURIES
from graph_build.published import ENDPOINT, QUERIES, SHARED_PREFIXES, body, declared, form, turtle
from graph_build.query import StoredQuery, rows, run, serialized, stored
from graph_build.resources import resource

NAMES = sorted(stored())
FEDERATES_WITH = URIRef("https://purl.expasy.org/sparql-examples/ontology#federatesWith")
TEXTS = {
    "SELECT": (SH.SPARQLSelectExecutable, SH.select),
    "ASK": (SH.SPARQLAskExecutable, SH.ask),
    "CONSTRUCT": (SH.SPARQLConstructExecutable, SH.construct),
}


@pytest.fixture(scope="module")
def published() -> Graph:
    return Graph().parse(resource("queries", "queries.ttl"), format="turtle")


@pytest.fixture(scope="module")
def kg(packaged: Path, request: pytest.FixtureRequest) -> KnowledgeGraph:
    return graph_build.open(packaged, network=request.getfixturevalue("elsewhere").network)


def test_the_file_is_up_to_date() -> None:
    found = resource("queries", "queries.ttl").read_text(encoding="utf-8")
    assert found == turtle(stored().values()), "run: her2kg query --turtle > queries/queries.ttl"


def test_the_command_prints_the_file_or_one_question() -> None:
    whole, one = (CliRunner().invoke(main, ["query", *name, "--turtle"]).output for name in ([], ["open-questions"]))
    assert whole == resource("queries", "queries.ttl").read_text(encoding="utf-8")
    assert {str(s) for s in Graph().parse(data=one).subjects(RDF.type, SH.SPARQLExecutable)} == {
        QUERIES + "open-questions"
    }


def test_every_question_is_there_and_nothing_else(published: Graph) -> None:
    assert {str(s) for s in published.subjects(RDF.type, SH.SPARQLExecutable)} == {QUERIES + name for name in NAMES}
    assert all(isinstance(s, URIRef) for s in published.subjects())


@pytest.mark.parametrize("name", NAMES)
def test_a_question_says_what_its_header_says(name: str, published: Graph) -> None:
    node, question = URIRef(QUERIES + name), stored()[name]
    kind, text = TEXTS[form(question)]
    assert set(published.objects(node, RDF.type)) == {SH.SPARQLExecutable, kind}
    assert list(published.objects(node, RDFS.comment)) == [Literal(question.summary, lang="en")]
    assert {str(o) for o in published.objects(node, SDO.keywords)} == set(question.tags)
    assert list(published.objects(node, SDO.target)) == [URIRef(ENDPOINT)]
    assert list(published.objects(node, SH.prefixes)) == [URIRef(SHARED_PREFIXES)]
    assert {str(o) for o in published.objects(node, FEDERATES_WITH)} == set(question.services)
    assert [str(o) for o in published.objects(node, SKOS.example)] == ([question.example] if question.example else [])
    assert [str(o) for o in published.objects(node, text)] == [body(question)]
    parameters = {
        str(published.value(p, SH.name)): str(published.value(p, SH.description))
        for p in published.objects(node, SH.parameter)
    }
    assert parameters == {p.name: p.description for p in question.parameters}


@pytest.mark.parametrize("name", NAMES)
def test_a_question_executed_from_the_turtle_gives_the_same_answer(
    name: str, published: Graph, kg: KnowledgeGraph
) -> None:
    _, predicate = TEXTS[form(stored()[name])]
    text = str(published.value(URIRef(QUERIES + name), predicate))
    answer = rows(run(kg.store, StoredQuery(name=name, text=text, summary=""), network=kg.leave))
    assert (answer.columns, answer.rows) == (kg.query(name).columns, kg.query(name).rows)


@pytest.mark.parametrize("name", NAMES)
def test_the_declared_prefixes_are_the_registered_ones(name: str, published: Graph) -> None:
    found = {
        str(published.value(node, SH.prefix)): str(published.value(node, SH.namespace))
        for node in published.objects(URIRef(SHARED_PREFIXES), SH.declare)
    }
    for prefix, base in declared(stored()[name]):
        assert CURIES[prefix] == found[prefix] == base


def test_a_text_with_quotes_and_backslashes_comes_back_as_it_was() -> None:
    text = 'ASK { ?s ?p "a\\\\b", """three "" quotes\\""""" } # \\ """\n'
    question = StoredQuery(name="odd", text=text, summary='Is "this" odd?')
    graph = Graph().parse(data=turtle([question]), format="turtle")
    assert [str(o) for o in graph.objects(URIRef(QUERIES + "odd"), SH.ask)] == [text]


def test_an_answer_of_a_construct_question_is_a_graph(kg: KnowledgeGraph) -> None:
    (name, *_) = [name for name in NAMES if form(stored()[name]) == "CONSTRUCT"]
    assert Graph().parse(data=serialized(run(kg.store, stored()[name]), "turtle"))
