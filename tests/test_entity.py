"""A thing as a person reads it: complete on the packaged documents, and harmless whatever it is called."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

import graph_build
from graph_build.entity import Entity, entity
from graph_build.query import QueryError
from graph_build.store import merge
from graph_build.vocabulary import PREFIXES

T_DXD = """\
trastuzumab deruxtecan — efficacy in → HER2 mutation (favourable “breakthrough”; in non-small cell lung carcinoma)
trastuzumab deruxtecan — is a → antibody-drug conjugate
DESTINY-Lung01 — investigates → trastuzumab deruxtecan
DESTINY-Lung02 — investigates → trastuzumab deruxtecan
DESTINY-Lung05 — investigates → trastuzumab deruxtecan
Li 2023 trastuzumab deruxtecan — investigates → trastuzumab deruxtecan"""

#: A drug and a study whose names and quotes are made to do harm.
HOSTILE = (
    "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    + r"""
PREFIX : <https://w3id.org/her2kg/>
:drug1 a her2:Drug ; rdfs:label "<script>alert(1)</script>"@en ; skos:altLabel "\u202Eevil $x$", "' onmouseover='x" ;
  skos:exactMatch <javascript:alert(1)>, <https://example.org/ok> .
:study1 a her2:Study ; rdfs:label "=HYPERLINK(\"https://evil.example\")"@en ; her2:investigates :drug1 .
<javascript:alert(2)> a her2:Publication ; dcterms:title "<img src=x onerror=alert(1)>" ; her2:authors "<b>B</b>, C" .
:st a her2:Statement ; biolink:subject :study1 ; biolink:predicate her2:investigates ; biolink:object :drug1 ;
  biolink:negated true ; her2:certainty her2:Hedged ; her2:hasEvidence :e .
:e her2:exact "</blockquote><script>alert(1)</script>" ; her2:document <javascript:alert(2)> ; her2:inSection :s ;
  her2:quoteRole <https://w3id.org/her2kg/ontology#%3Cb%3E> .
:s her2:sectionType "abstract" .
"""
)


@pytest.fixture(scope="module")
def hostile() -> Store:
    store = Store()
    store.load(HOSTILE.encode(), format=RdfFormat.TRIG)
    return merge(store)


def test_a_drug_is_complete(packaged: Path) -> None:
    found = graph_build.open(packaged).entity("T-DXd")
    assert "\n".join(map(str, found.statements)) == T_DXD
    assert all(statement.quotes for statement in found.statements)
    assert (found.label, found.kind) == ("trastuzumab deruxtecan", "drug")
    assert {"T-DXd", "DS-8201", "Enhertu"} <= set(found.names)
    assert found.classes == ("HER2-directed antibody-drug conjugate",)
    assert found.statements[0].iri.startswith("https://w3id.org/her2kg/statement/")
    assert repr(found) == (
        "trastuzumab deruxtecan (drug): 6 statements; https://w3id.org/her2kg/drug/trastuzumab-deruxtecan"
    )


def test_negation_and_questions_stay(packaged: Path) -> None:
    kg = graph_build.open(packaged)
    (testing,) = kg.entity("HER2 positivity testing").statements
    assert str(testing) == "HER2 positivity testing — no gold standard in → non-small cell lung carcinoma"
    assert [str(said) for said in kg.entity("HER2").statements if said.verb == "therapeutic target in"] == [
        "ERBB2 — therapeutic target in → non-small cell lung carcinoma",
        "ERBB2 — therapeutic target in → non-small cell lung carcinoma (open question)",
    ]


def test_a_paper_has_what_is_said_in_it(packaged: Path) -> None:
    found = graph_build.open(packaged).entity("Li 2022")
    assert [str(said) for said in found.statements] == [
        "DESTINY-Lung01 — enrols → HER2 mutation",
        "DESTINY-Lung01 — in disease → non-small cell lung carcinoma",
        "DESTINY-Lung01 — investigates → trastuzumab deruxtecan",
        "DESTINY-Lung01 — reported in → Li 2022",
    ]
    assert {quote.iri for said in found.statements for quote in said.quotes} == {found.iri}


def test_unknown_names_get_a_suggestion(packaged: Path) -> None:
    with pytest.raises(QueryError, match=r"^trastuzumab deruxtecam: nothing .* did you mean trastuzumab deruxtecan"):
        graph_build.open(packaged).entity("trastuzumab deruxtecam")


def rendered(found: Entity) -> str:
    html = found._repr_html_()
    assert set(re.findall(r"<(\w+)", html)) <= {"div", "h4", "p", "a", "ul", "li", "strong", "em", "blockquote"}
    assert not re.search(r"<[^>]*\bon\w+=[^>]*>", re.sub(r"&\w+;|&#x27;", "", html))
    assert all(re.match(r"https?://", href) for href in re.findall(r'href="([^"]*)"', html))
    assert "\u202e" not in html
    return html


def test_hostile_names_stay_text(hostile: Store) -> None:
    drug = rendered(entity(hostile, "https://w3id.org/her2kg/drug1"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in drug
    assert "&lt;/blockquote&gt;" in drug
    assert "not investigates</strong>" in drug
    assert "<em>(hedged)</em>" in drug
    assert 'href="https://example.org/ok"' in drug
    assert "javascript:alert(1)" in drug  # as text
    rendered(entity(hostile, '=HYPERLINK("https://evil.example")'))
    assert "&lt;img src=x" in rendered(entity(hostile, "javascript:alert(2)"))


def test_html_leads_to_papers_and_pages_elsewhere(packaged: Path) -> None:
    html = rendered(graph_build.open(packaged).entity("T-DXd"))
    assert '<a href="https://doi.org/10.1056/nejmoa2112431"' in html
    assert ">mesh:C000614160</a>" in html
    assert html.count("<blockquote>") == 6
