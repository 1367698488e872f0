"""The shapes over a graph piece by piece find what they find over the whole graph at once."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, Store, parse
from rdflib import Dataset, Graph

from graph_build.pieces import violations_of
from graph_build.shapes import Violation, core_shapes, validate
from graph_build.store import NQUADS
from graph_build.vocabulary import GRAPH

ONTOLOGY = f" <{GRAPH}ontology> .\n"


def over_the_whole(lines: list[str]) -> set[Violation]:
    """The findings over a plain graph of all lines but the ontology's."""
    found = Dataset(default_union=True)
    found.parse(data="".join(line for line in lines if not line.endswith(ONTOLOGY)), format="nquads")
    plain = Graph()
    plain += ((s, p, o) for s, p, o, _ in found.quads())
    return set(validate(plain, core_shapes()))


def by_pieces(lines: list[str], size: int) -> list[Violation]:
    """Those over pieces of so many triples."""
    data = "".join(lines).encode()
    store = Store()
    store.bulk_load(data, RdfFormat.N_QUADS)
    return list(violations_of(store, parse(data, format=RdfFormat.N_QUADS), core_shapes(), size))


def test_pieces_find_what_the_whole_has(packaged: Path) -> None:
    """With every so-many-th triple gone: values without classes, nodes without what leads to them, paths cut off."""
    lines = (packaged / NQUADS).read_text(encoding="utf-8").splitlines(keepends=True)
    left = [line for number, line in enumerate(lines) if number % 23 or line.endswith(ONTOLOGY)]
    whole = over_the_whole(left)
    assert set(by_pieces(left, 4_000)) == whole
    assert len({violation.shape for violation in whole}) > 30


def test_a_node_that_a_shape_names_need_not_be_in_the_graph() -> None:
    shapes = Graph().parse(
        data="""@prefix sh: <http://www.w3.org/ns/shacl#> .
        <urn:shape> a sh:NodeShape ; sh:targetNode <urn:named>, <urn:other> ;
          sh:property [ sh:path <urn:name> ; sh:minCount 1 ; sh:message "It needs a name." ] .""",
        format="turtle",
    )
    data = b'<urn:a> <urn:name> "a" <urn:g> .\n<urn:other> <urn:name> "o" <urn:g> .\n'
    store = Store()
    store.bulk_load(data, RdfFormat.N_QUADS)
    found = list(violations_of(store, parse(data, format=RdfFormat.N_QUADS), shapes, 1))
    assert [(violation.focus, violation.message) for violation in found] == [("urn:named", "It needs a name.")]


def test_an_object_is_looked_at_by_the_shapes_of_every_predicate_that_leads_to_it() -> None:
    shapes = Graph().parse(
        data="""@prefix sh: <http://www.w3.org/ns/shacl#> .
        <urn:one> a sh:NodeShape ; sh:targetObjectsOf <urn:p> ;
          sh:property [ sh:path <urn:name> ; sh:minCount 1 ; sh:message "It needs a name." ] .
        <urn:two> a sh:NodeShape ; sh:targetObjectsOf <urn:q> ;
          sh:property [ sh:path <urn:date> ; sh:minCount 1 ; sh:message "It needs a date." ] .""",
        format="turtle",
    )
    data = b'<urn:a> <urn:p> <urn:t> <urn:g> .\n<urn:a> <urn:q> <urn:t> <urn:g> .\n<urn:t> <urn:note> "t" <urn:g> .\n'
    store = Store()
    store.bulk_load(data, RdfFormat.N_QUADS)
    for size in (1, 2, 3):
        found = violations_of(store, parse(data, format=RdfFormat.N_QUADS), shapes, size)
        assert sorted((violation.focus, violation.message) for violation in found) == [
            ("urn:t", "It needs a date."),
            ("urn:t", "It needs a name."),
        ]
