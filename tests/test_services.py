"""SERVICE is found by the tokens of the grammar, and the engine never sees it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from graph_build.query import QueryError, StoredQuery, rows, run, stored
from graph_build.services import ServiceError, harmless, services, source, tokens

E = "https://example.org/sparql"

#: Queries that say the word and ask nobody.
INNOCENT = {
    "a comment": "ASK { ?s ?p ?o } # SERVICE <https://example.org/sparql> { ?s ?p ?o }",
    "a comment at the top": "# SERVICE <https://example.org/sparql> {}\nASK { ?s ?p ?o }",
    "a string": 'ASK { ?s ?p "SERVICE <https://example.org/sparql> { ?s ?p ?o }" }',
    "a long string": 'ASK { ?s ?p """ " SERVICE <https://example.org/sparql> { } """ }',
    "a string in single quotes": "ASK { ?s ?p 'it\\'s SERVICE <urn:a> { }' }",
    "an IRI": "ASK { ?s <https://example.org/service#SERVICE> ?o }",
    "a variable": "SELECT ?service WHERE { ?service ?p ?SERVICE }",
    "a name": "PREFIX ex: <https://example.org/> ASK { ?s ex:service ex:a\\#SERVICE }",
    "a name with a dot": "PREFIX ex: <https://example.org/> ASK { ?s ex:a.SERVICE ?o }",
    "a hash in an IRI": "ASK { <urn:a#b> ?p 'SERVICE' }",
}

#: Queries that ask somebody, and whom.
ASKING = {
    "plain": ("ASK { SERVICE <https://example.org/sparql> { ?s ?p ?o } }", [E]),
    "small letters": ("ask { service <https://example.org/sparql> { ?s ?p ?o } }", [E]),
    "silent": ("ASK { SERVICE SILENT <https://example.org/sparql> { ?s ?p ?o } }", [E]),
    "a name": ("PREFIX ex: <https://example.org/> ASK { SERVICE ex:sparql { ?s ?p ?o } }", [E]),
    "no space": ("ASK{SERVICE<https://example.org/sparql>{?s ?p ?o}}", [E]),
    "a comment between": ("ASK { SERVICE # why\n <https://example.org/sparql> { ?s ?p ?o } }", [E]),
    "after a string with a hash": ("ASK { ?a ?b '#' SERVICE <https://example.org/sparql> { ?s ?p ?o } }", [E]),
    "after an IRI with a hash": ("ASK { ?a ?b <urn:x#> . SERVICE <https://example.org/sparql> { ?s ?p ?o } }", [E]),
    "in an OPTIONAL, twice": (
        "ASK { SERVICE <urn:b> { ?s ?p ?o } OPTIONAL { SERVICE <urn:a> { ?s ?p ?o } } }",
        ["urn:a", "urn:b"],
    ),
    "in a sub-query": ("ASK { { SELECT * { SERVICE <urn:a> { ?s ?p ?o } } } }", ["urn:a"]),
    "one in the other": ("ASK { SERVICE <urn:a> { ?s ?p ?o SERVICE <urn:b> { ?s ?p ?o } } }", ["urn:a", "urn:b"]),
}

#: rdflib leaves a prefix as it is, takes what follows a # in a string or an IRI for a comment, and does not
#: come to an end with one clause in another.
NOT_BY_RDFLIB = {"a name", "after a string with a hash", "after an IRI with a hash", "one in the other"}

#: Texts that try to hide the word from one reader and show it to another.
HIDING = [
    "ASK { ?s ?p trueSERVICE<%s>{?a ?b ?c} }",
    "PREFIX ex: <%s> ASK { ?s ?p ?o SERVICEex:{?a ?b ?c} }",
    "PREFIX ex: <%s> ASK { ?s ?p ?o SERVICESILENTex:{?a ?b ?c} }",
    "ASK { ?s <urn:p>?trueSERVICE<%s>{?a ?b ?c} }",
    "ASK { ?s <urn:p>?5SERVICE<%s>{?a ?b ?c} }",
    "ASK { ?s ?p 1e5SERVICE<%s>{?a ?b ?c} }",
    "ASK { ?s ?p 1.SERVICE<%s>{?a ?b ?c} }",
    'ASK { ?s ?p ?o FILTER(?s<?o#>"""\n||true) SERVICE <%s> {?a ?b ?c} #"""\n}',
    "ASK { ?s ?p ?o FILTER(?s<?o#>'''\n||true) SERVICE <%s> {?a ?b ?c} #'''\n}",
    "ASK { ?s ?p ?o \\u0053ERVICE <%s> {?a ?b ?c} }",
    "ASK { ?s ?p ?o FILTER(true)SERVICE<%s>{?a ?b ?c} }",
    'ASK { ?s ?p "x"@enSERVICE<%s>{?a ?b ?c} }',
    "ASK { ?s ?p 'a\\\\' . SERVICE <%s> {?a ?b ?c} # '\n}",
    "ASK { ?s ?p ?o BIND(1 AS ?x)SeRvIcE<%s>{?a ?b ?c} }",
    "PREFIX service: <%s> ASK { ?s ?p ?o SERVICE service: {?a ?b ?c} }",
]


def by_rdflib(text: str) -> list[str]:
    """The endpoints that rdflib's parser finds."""

    def walk(node: object) -> Iterator[CompValue]:
        if isinstance(node, CompValue):
            if node.name == "ServiceGraphPattern":
                yield node
            for child in node.values():
                yield from walk(child)
        elif isinstance(node, list | tuple) or type(node).__name__ == "ParseResults":
            for child in node:  # type: ignore[attr-defined]
                yield from walk(child)

    return sorted({str(found.term) for found in walk(parseQuery(text))})


@pytest.mark.parametrize("name", INNOCENT)
def test_the_word_alone_asks_nobody(name: str) -> None:
    assert services(INNOCENT[name]) == ()
    assert by_rdflib(INNOCENT[name]) == []
    assert "service" not in harmless(INNOCENT[name]).casefold().replace("?service", "?")


@pytest.mark.parametrize("name", ASKING)
def test_whom_a_query_asks(name: str) -> None:
    text, expected = ASKING[name]
    assert list(services(text)) == expected
    if name not in NOT_BY_RDFLIB:
        assert by_rdflib(text) == expected
    with pytest.raises(ServiceError, match="has the word SERVICE in it"):
        harmless(text)


@pytest.mark.parametrize("name", sorted(stored()))
def test_rdflib_reads_the_stored_questions_alike(name: str) -> None:
    assert list(services(stored()[name].text)) == by_rdflib(stored()[name].text)


def test_what_the_engine_gets_means_the_same() -> None:
    store = Store()
    store.add(Quad(NamedNode("urn:service"), NamedNode("urn:Service"), Literal('the "service"')))
    text = """PREFIX u: <urn:> # SERVICE
        SELECT ?service { ?service <urn:Service> "the \\"service\\"" ; u:Service ?o FILTER(CONTAINS(?o, 'service')) }"""
    for query in (text, harmless(text)):
        found = store.query(query)
        assert isinstance(found, QuerySolutions)
        assert [str(row["service"]) for row in found] == ["<urn:service>"]


@pytest.mark.parametrize("text", HIDING)
def test_nothing_goes_out_however_it_is_written(text: str, elsewhere: object) -> None:
    address = f"{elsewhere.address}/mesh"  # type: ignore[attr-defined]
    before = len(elsewhere.requests)  # type: ignore[attr-defined]
    store = Store()
    for value in (Literal(True), Literal(1), Literal(5), Literal("x", language="en"), Literal("a\\")):
        store.add(Quad(NamedNode("urn:s"), NamedNode("urn:p"), value))
    with suppress(QueryError):
        rows(run(store, StoredQuery(name="q", text=text % address, summary="")))
    assert len(elsewhere.requests) == before  # type: ignore[attr-defined]


@given(st.text(alphabet="SERVICEservice<>{}?$:#'\"\\@.ab1 \n", max_size=60))
def test_what_the_engine_gets_has_the_word_nowhere_else_than_in_a_variable(text: str) -> None:
    try:
        safe = harmless(text)
    except ServiceError:
        return
    assert "service" not in safe.casefold().replace("?service", "").replace("$service", "")


@given(st.text(alphabet="SELECT*{}?ab:<>#'\"\\@. \n1", max_size=60))
def test_tokens_lie_where_they_say_and_leave_out_nothing_but_comments_and_space(text: str) -> None:
    read = tokens(text)
    assert all(text[token.start : token.end] == token.text for token in read)
    assert "".join(source(text, read).split()) == "".join("".join(token.text for token in read).split())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("ASK { SERVICE ?where { ?s ?p ?o } }", r"SERVICE \?where: the endpoint must be named by its IRI"),
        ("ASK { SERVICE ex:sparql { ?s ?p ?o } }", "ex:sparql: the query declares no prefix ex:"),
        ("ASK { SERVICE", "SERVICE needs the IRI of an endpoint and a pattern in braces"),
        ("ASK { SERVICE <urn:a>", "SERVICE needs the IRI of an endpoint and a pattern in braces"),
        ("ASK { SERVICE <urn:a> { ?s ?p ?o", "a “{” is never closed"),
    ],
)
def test_a_clause_that_cannot_be_asked_is_said_in_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ServiceError, match=sentence):
        services(text)
    with pytest.raises(QueryError, match=sentence):
        run(Store(), StoredQuery(name="mine", text=text, summary=""))
