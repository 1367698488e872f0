"""Nanopublications: what the library of that name accepts, hash and all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nanopub import Nanopub
from nanopub.trustyuri.rdf import RdfHasher, RdfUtils
from nanopub.utils import MalformedNanopubError
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize
from rdflib import ConjunctiveGraph, URIRef

from graph_build.export import exported
from graph_build.export.nanopublication import NANOPUBS
from graph_build.export.trusty import PLACEHOLDER, artifact_code, with_code
from graph_build.store import open_store
from graph_build.vocabulary import PREFIXES

BIOLINK, HER2, PROV = PREFIXES["biolink"], PREFIXES["her2"], PREFIXES["prov"]
Quads = dict[str, list[Quad]]


@pytest.fixture(scope="session")
def nanopubs(graph: Path) -> Quads:
    """The quads of each nanopublication, by its IRI."""
    found: Quads = {}
    for quad in parse(exported(graph, "nanopubs").files[""], format=RdfFormat.TRIG):
        found.setdefault(quad.graph_name.value.partition("#")[0], []).append(quad)
    return found


def _loaded(quads: list[Quad]) -> Nanopub:
    rdf = ConjunctiveGraph()
    rdf.parse(data=serialize(quads, format=RdfFormat.N_QUADS).decode(), format="nquads")
    return Nanopub(rdf=rdf)


def test_every_one_is_valid_and_its_name_is_its_hash(
    nanopubs: Quads, count: dict[str, int], graph: Path, packaged: Path
) -> None:
    assert len(nanopubs) == count["Statement"]
    step = 1 if graph == packaged else 10  # the library takes a tenth of a second for each
    for iri, quads in list(nanopubs.items())[::step]:
        nanopub = _loaded(quads)
        assert nanopub.is_valid
        assert nanopub.source_uri == iri
        assert nanopub.has_valid_trusty


def test_a_changed_quote_is_found_out(nanopubs: Quads) -> None:
    iri, quads = next(iter(nanopubs.items()))
    changed = [
        Quad(q.subject, q.predicate, Literal("another quote"), q.graph_name)
        if q.predicate.value == HER2 + "exact"
        else q
        for q in quads
    ]
    nanopub = _loaded(changed)
    assert nanopub.source_uri == iri
    with pytest.raises(MalformedNanopubError, match="not valid"):
        _ = nanopub.has_valid_trusty


def test_only_what_the_text_asserts_is_also_a_plain_triple(nanopubs: Quads) -> None:
    plain = 0
    for iri, quads in nanopubs.items():
        assertion = {q.triple for q in quads if q.graph_name.value == iri + "#assertion"}
        said = {t.predicate.value: t.object for t in assertion if "/statement/" in t.subject.value}
        triple = [said[BIOLINK + end].value for end in ("subject", "predicate", "object")]
        without_reserve = (
            said[BIOLINK + "negated"].value == "false"
            and said[HER2 + "certainty"].value == HER2 + "Asserted"
            and HER2 + "appraisal" not in said
            and HER2 + "context" not in said
        )
        is_plain = any([t.subject.value, t.predicate.value, t.object.value] == triple for t in assertion)
        assert is_plain == without_reserve
        plain += is_plain
    assert 0 < plain < len(nanopubs)


def test_each_quote_stands_in_the_provenance_with_its_place(nanopubs: Quads, count: dict[str, int]) -> None:
    quotes = 0
    for iri, quads in nanopubs.items():
        provenance = [q for q in quads if q.graph_name.value == iri + "#provenance"]
        derived = {q.object.value for q in provenance if q.predicate.value == PROV + "wasDerivedFrom"}
        assert derived
        for evidence in derived:
            said = {q.predicate.value.removeprefix(HER2) for q in provenance if q.subject.value == evidence}
            assert {"exact", "start", "end", "document", "inSection", "quoteRole", "rule", "confidence"} <= said
        quotes += len(derived)
        assert any(q.predicate.value == PROV + "hadPrimarySource" for q in provenance)
        assert [q.object.value for q in provenance if q.predicate.value == HER2 + "sha256"]
    assert quotes == count["Evidence"]


def test_the_primary_source_is_the_document_that_was_read(nanopubs: Quads) -> None:
    """Of a cited paper only the title was read, in the list of another: it is referred to and no source."""
    cited_titles = 0
    for iri, quads in nanopubs.items():
        provenance = [q for q in quads if q.graph_name.value == iri + "#provenance"]

        def said(name: str, quads: list[Quad] = provenance) -> set[str]:
            return {q.object.value for q in quads if q.predicate.value == name}

        assert said(PROV + "hadPrimarySource") == said(HER2 + "document")
        assert said(PREFIXES["dcterms"] + "references") == said(HER2 + "about")
        if said(HER2 + "quoteRole") == {HER2 + "CitedTitle"}:
            cited_titles += 1
            assert said(HER2 + "about")
            assert not said(PROV + "hadPrimarySource") & said(HER2 + "about")
    assert cited_titles > 0


def test_publication_info_names_licence_and_maker_and_no_time(nanopubs: Quads) -> None:
    for iri, quads in nanopubs.items():
        info = {q.predicate.value: q.object.value for q in quads if q.graph_name.value == iri + "#pubinfo"}
        assert info["http://purl.org/dc/terms/license"] == "https://creativecommons.org/licenses/by/4.0/"
        assert "/software/" in info["http://purl.org/dc/terms/creator"]
        assert "http://purl.org/dc/terms/created" not in info


def test_what_is_said_is_what_the_graph_says(nanopubs: Quads, graph: Path) -> None:
    """Nothing in a nanopublication but its own frame is new."""
    store = open_store(graph)
    for iri, quads in nanopubs.items():
        for quad in quads:
            if not quad.subject.value.startswith(iri):
                assert any(store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None))


_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), max_size=12)
_OBJECTS = st.one_of(
    st.builds(Literal, _TEXTS),
    st.builds(lambda text: Literal(text, language="en"), _TEXTS),
    st.builds(lambda number: Literal(str(number), datatype=NamedNode(PREFIXES["xsd"] + "integer")), st.integers()),
    st.sampled_from([NamedNode(f"{NANOPUBS}{PLACEHOLDER}"), NamedNode("https://example.org/é"), NamedNode("urn:a")]),
)


@given(st.lists(_OBJECTS, min_size=1, max_size=5))
def test_the_hash_is_that_of_the_trusty_uri_library(objects: list[Literal | NamedNode]) -> None:
    this = NamedNode(f"{NANOPUBS}{PLACEHOLDER}")
    graphs = [NamedNode(f"{NANOPUBS}{PLACEHOLDER}#{name}") for name in ("a", "b")]
    quads = [Quad(this, NamedNode("urn:p"), value, graphs[at % 2]) for at, value in enumerate(objects)]
    code = artifact_code(quads)
    rdf = ConjunctiveGraph()
    rdf.parse(data=serialize(with_code(quads, code), format=RdfFormat.N_QUADS).decode(), format="nquads")
    base = URIRef(f"{NANOPUBS}{code}#")
    assert RdfHasher.make_hash(RdfUtils.get_quads(rdf), hashstr=" ", baseuri=base) == code
