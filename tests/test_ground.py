"""Names that stand in no lexicon but in a vocabulary of the user: what counts, and what it is grounded to."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_build.assemble.mappings import load_mappings
from graph_build.ground import VocabularyGrounder, load_vocabularies
from graph_build.ground.admission import How, LeftOut, admit
from graph_build.ground.find import find
from graph_build.ground.index import CLASSES, Index
from graph_build.ground.keys import name_key
from graph_build.lexicon import default_lexicon
from graph_build.link.terms import VocabularyError
from graph_build.model import ConceptClass, Document, Publication, Section, SectionType, Span
from graph_build.recognise import Recognition, recognise

HGNC = """id,label,synonyms
hgnc:1516,CAT,catalase
hgnc:9966,REST,RE1 silencing transcription factor
hgnc:4172,GATA3,GATA binding protein 3
hgnc:3690,FGFR3,fibroblast growth factor receptor 3|CEK2
hgnc:29944,IMPACT,impact RWD domain protein
hgnc:16466,SUFU,SUFU negative regulator of hedgehog signaling
hgnc:3236,EGFR,ERBB|epidermal growth factor receptor
hgnc:1,AAAA,SHARED
hgnc:2,BBBB,SHARED
"""
MONDO = """id,label,synonyms,obsolete,xrefs
MONDO:0000001,disease,disorder,,
MONDO:0005016,diabetic kidney disease,DKD,,
MONDO:9990002,made-up osteosarcoid tumor,MOST,,DOID:0000007
MONDO:9990004,metastatic osteosarcoid tumor,,,
MONDO:0005233,non-small cell lung carcinoma,carcinoma of bronchiolar kind,,
MONDO:9990003,obsolete old kidney blastoma,,true,
"""
DOID = "id,label,xrefs\nDOID:0000007,made-up osteosarcoid tumor,\nDOID:0000008,diabetic kidney disease,\n"
CHEBI = """id,label,synonyms,parents
CHEBI:50906,role,,
CHEBI:33281,antimicrobial agent of note,,CHEBI:50906
CHEBI:15377,water,H2O,
CHEBI:1,quercetin,,
CHEBI:2,exemplatinib,,
CHEBI:3,lead,time,
"""
MESH = """<?xml version="1.0"?><!DOCTYPE DescriptorRecordSet SYSTEM "https://www.nlm.nih.gov/desc2026.dtd">
<DescriptorRecordSet LanguageCode="eng">
{records}
</DescriptorRecordSet>
"""
RECORD = """<DescriptorRecord DescriptorClass="1"><DescriptorUI>{ui}</DescriptorUI>
<DescriptorName><String>{name}</String></DescriptorName>
<TreeNumberList>{trees}</TreeNumberList>
<ConceptList><Concept PreferredConceptYN="Y"><TermList>{terms}</TermList></Concept></ConceptList></DescriptorRecord>"""
HEADINGS = (
    (
        "D017404",
        "In Situ Hybridization, Fluorescence",
        ("E05.200",),
        ("Fluorescent In Situ Hybridisation Method", "FISH"),
    ),
    ("D005399", "Fishes", ("B01.050",), ("Fish",)),
    ("D010988", "Play and Playthings", ("I03.450",), ("Playthings",)),
    ("D006801", "Humans", ("B01.050.150",), ()),
    ("D019540", "Area Under Curve", ("E05.318.740",), ()),
    ("D053483", "Carney Syndrome of Note", ("C04.588",), ()),
)


def mesh() -> str:
    """The headings above as MeSH publishes them."""
    records = (
        RECORD.format(
            ui=ui,
            name=name,
            trees="".join(f"<TreeNumber>{t}</TreeNumber>" for t in trees),
            terms="".join(f"<Term><String>{t}</String></Term>" for t in (name, *terms)),
        )
        for ui, name, trees, terms in HEADINGS
    )
    return MESH.format(records="\n".join(records))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The vocabulary files above."""
    for name, content in (
        ("hgnc.csv", HGNC), ("mondo.csv", MONDO), ("doid.csv", DOID), ("chebi.csv", CHEBI), ("mesh.xml", mesh()),
    ):  # fmt: skip
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def grounder(*paths: Path) -> VocabularyGrounder:
    """What grounds names in some files."""
    return VocabularyGrounder(load_vocabularies(paths, default_lexicon(), load_mappings()))


def document(abstract: str, title: str = "A title") -> Document:
    """A paper of a title and an abstract."""
    text = f"{title}\n\n{abstract}"
    start = len(title) + 2
    parts = ((SectionType.TITLE, Span(0, len(title))), (SectionType.ABSTRACT, Span(start, len(text))))
    return Document(
        name="a.txt",
        text=text,
        sha256="0" * 64,
        format="pubmed-page",
        publication=Publication(title=title, pmid="1"),
        sections=tuple(Section(type=kind, span=span, zone=span) for kind, span in parts),
    )


def read(abstract: str, *paths: Path) -> tuple[Recognition, dict[str, str]]:
    """The recognition, and what the external names in it are grounded to."""
    page = document(abstract)
    found = recognise(page, default_lexicon(), grounder(*paths))
    return found, {m.span.of(page.text): m.concept.iri.rpartition("/")[2] for m in found.mentions if m.concept.iri}


def test_names_of_a_vocabulary_are_mentions_with_its_iri_and_our_class_where_that_is_certain(folder: Path) -> None:
    found, grounded = read("Quercetin in diabetic kidney diseases with GATA3.", *sorted(folder.glob("*.csv")))
    assert grounded == {"Quercetin": "CHEBI_1", "diabetic kidney diseases": "DOID_0000008", "GATA3": "4172"}
    assert {m.concept.label: m.cls for m in found.mentions if m.concept.iri} == {
        "quercetin": ConceptClass.EXTERNAL,
        "diabetic kidney disease": ConceptClass.DISEASE,
        "GATA3": ConceptClass.GENE,
    }


def test_the_vocabulary_given_first_has_the_name_and_a_cross_reference_joins_the_other(folder: Path) -> None:
    text = "A made-up osteosarcoid tumor and diabetic kidney disease."
    found, grounded = read(text, folder / "mondo.csv", folder / "doid.csv")
    assert grounded == {"made-up osteosarcoid tumor": "MONDO_9990002", "diabetic kidney disease": "MONDO_0005016"}
    assert {c.id.label: c.matches for c in found.concepts} == {
        "made-up osteosarcoid tumor": ("http://purl.obolibrary.org/obo/DOID_0000007",),
        "diabetic kidney disease": (),  # no file says that the two are one
    }
    _, other = read(text, folder / "doid.csv", folder / "mondo.csv")
    assert set(other.values()) == {"DOID_0000007", "DOID_0000008"}


def test_the_lexicon_goes_first_and_what_is_mapped_to_it_is_our_concept(folder: Path) -> None:
    found, grounded = read("Carcinoma of bronchiolar kind is NSCLC, with EGFR mutation.", *sorted(folder.glob("*.csv")))
    assert grounded == {}
    assert [m.concept.label for m in found.mentions if m.cls is ConceptClass.DISEASE] == [
        "non-small cell lung carcinoma",
        "non-small cell lung carcinoma",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The cat had a CAT scan, and CAT levels rose.", {}),
        ("Silencing of the CAT gene.", {"CAT": "1516"}),
        ("A cohort of the MSK-IMPACT panel had IMPACT.", {}),
        ("The IMPACT gene was studied. IMPACT rose.", {"IMPACT": "29944"}),
        ("Patients at REST had no impact.", {}),
        (
            "RE1 silencing transcription factor and REST.",
            {"RE1 silencing transcription factor": "9966", "REST": "9966"},
        ),
        ("Repeated Expiratory Stress Test (REST) and REST expression.", {}),  # defined as something else
        ("GATA3, SUFU and CAT mutations.", {"GATA3": "4172", "SUFU": "16466", "CAT": "1516"}),
        ("Cek2 is no symbol, nor is gata3.", {}),
        ("Many people met a need; ADC and water were used over time with lead.", {}),
        ("Apparent Diffusion Coefficient (ADC) maps.", {}),
        ("Fish oil and fish were given; FISH was eaten.", {}),
    ],
)
def test_symbols_count_in_their_capitals_and_with_support(text: str, expected: dict[str, str], folder: Path) -> None:
    found, grounded = read(text, folder / "hgnc.csv", folder / "chebi.csv")
    assert grounded == expected
    if "met a need" in text:
        assert "MET" not in {m.concept.label for m in found.mentions}


def test_a_short_form_stands_for_what_the_document_defines_it_as(folder: Path) -> None:
    text = "A made-up osteosarcoid tumor (MuOT) was seen; MuOTs grow and MOST do not."
    _, grounded = read(text, folder / "mondo.csv")
    assert grounded == {
        "made-up osteosarcoid tumor": "MONDO_9990002",
        "MuOT": "MONDO_9990002",
        "MOST": "MONDO_9990002",  # spelled out in the same document
    }


def test_an_acronym_of_the_lexicon_stays_ours(folder: Path) -> None:
    found, grounded = read("FISH by a fluorescent in situ hybridisation method.", folder / "mesh.xml")
    assert next(m.concept.label for m in found.mentions if m.cls is ConceptClass.METHOD) == (
        "fluorescence in situ hybridization"
    )
    assert "FISH" not in grounded


def test_general_headings_and_common_words_are_not_looked_for(folder: Path) -> None:
    text = "Humans with a disease or disorder play a role; the area under curve; playthings; Carney syndrome of note."
    _, grounded = read(text, folder / "mesh.xml", folder / "mondo.csv", folder / "chebi.csv")
    assert grounded == {"Carney syndrome of note": "D053483"}


def test_a_name_of_two_entries_is_grounded_only_where_the_document_tells_which(folder: Path) -> None:
    found, grounded = read("The SHARED gene.", folder / "hgnc.csv")
    assert grounded == {}
    assert found.ambiguous == {"SHARED": ["hgnc:1", "hgnc:2"]}


def test_obsolete_entries_are_grounded_to_their_one_successor_only(tmp_path: Path) -> None:
    pytest.importorskip("pronto")
    obo = tmp_path / "x.obo"
    terms = (
        ("DOID:1", "obsolete glomangial thing", "is_obsolete: true\nreplaced_by: DOID:3\n"),
        ("DOID:2", "obsolete uncertain thing of old", "is_obsolete: true\n"),
        ("DOID:3", "glomangial process", ""),
    )
    obo.write_text(
        "format-version: 1.2\ndata-version: 2026-01-01\nontology: doid\n"
        + "".join(f"\n[Term]\nid: {id}\nname: {name}\n{more}" for id, name, more in terms)
    )
    _, grounded = read("A glomangial thing, a glomangial process and an uncertain thing of old.", obo)
    assert grounded == {"glomangial thing": "DOID_3", "glomangial process": "DOID_3"}


def test_a_stage_stays_outside_and_a_gene_in_a_disease_stays_a_gene(tmp_path: Path) -> None:
    table = tmp_path / "d.csv"
    table.write_text(
        "id,label\nMONDO:1,metastatic osteosarcoid tumor\nMONDO:2,osteosarcoid tumor\nMONDO:3,EGFR odd tumor\n"
    )
    found, grounded = read("Metastatic osteosarcoid tumor, and EGFR odd tumor.", table)
    assert grounded == {"osteosarcoid tumor": "MONDO_2"}
    assert "EGFR" in {m.concept.label for m in found.mentions}


def test_a_substance_is_a_drug_only_by_the_stem_of_its_name(folder: Path) -> None:
    found, grounded = read("Exemplatinib, quercetin, antimicrobial agents of note and H2O.", folder / "chebi.csv")
    assert grounded == {"Exemplatinib": "CHEBI_2", "quercetin": "CHEBI_1"}
    assert [m.concept.label for m in found.mentions if m.cls is ConceptClass.DRUG] == ["exemplatinib"]


def test_no_statement_is_made_of_what_is_no_gene_drug_or_tumour(folder: Path) -> None:
    page = document("Quercetin in diabetic kidney disease and a made-up osteosarcoid tumor with GATA3.")
    found = recognise(page, default_lexicon(), grounder(*sorted(folder.glob("*.csv"))))
    assert {m.concept.label for m in found.inside(Span(0, len(page.text)))} == {"GATA3", "made-up osteosarcoid tumor"}


def test_an_alteration_of_a_gene_of_a_vocabulary_leads_to_its_iri(folder: Path) -> None:
    found, _ = read("GATA3 mutations were frequent.", folder / "hgnc.csv")
    mutation = next(c for c in found.concepts if c.id.label == "GATA3 mutation")
    assert [target.iri for link, target in mutation.links if link == "alterationOf"] == [
        "http://identifiers.org/hgnc/4172"
    ]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", "id,label\nMONDO:1\n", "line 2: 1 cells where the header has 2"),
        ("a.txt", "no vocabulary", "line 1 is neither OBO"),
        ("hgnc_entries.tsv", "a\tb\n1\t2\n", "is not the hgnc file it is called after"),
        ("a.csv", "id,label\nFOO:x1,some name\n", "has no known prefix"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_named(name: str, content: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(VocabularyError, match=sentence):
        grounder(tmp_path / name)


def test_a_folder_without_known_files_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="holds none of the known vocabulary files"):
        grounder(tmp_path)


@pytest.mark.parametrize(
    ("name", "kind", "prefix", "how"),
    [
        ("Carcinoma, Ductal", ConceptClass.DISEASE, "mesh", LeftOut.QUALIFIED),
        ("acute myeloid leukemia (AML)", ConceptClass.DISEASE, "MONDO", LeftOut.QUALIFIED),
        ("chronic disease", ConceptClass.DISEASE, "MONDO", LeftOut.GENERAL),
        ("gout", ConceptClass.DISEASE, "MONDO", How.PLAIN),
        ("lead", ConceptClass.EXTERNAL, "CHEBI", LeftOut.SHORT),
        ("sample", ConceptClass.EXTERNAL, "NCIT", LeftOut.COMMON),
        ("insulin", ConceptClass.GENE, "hgnc", LeftOut.PRODUCT),
        ("7", ConceptClass.EXTERNAL, "CHEBI", LeftOut.LENGTH),
        ("BAY 2927088", ConceptClass.DRUG, "unii", How.CODE),
        ("p53", ConceptClass.GENE, "hgnc", How.SYMBOL),
        ("lymph nodes", ConceptClass.EXTERNAL, "mesh", How.PLAIN),
    ],
)
def test_which_names_are_looked_for(name: str, kind: ConceptClass, prefix: str, how: How | LeftOut) -> None:
    assert admit(name, kind, prefix) == how


NAME = st.text(st.sampled_from("abcdeαéXY0129-' "), min_size=2, max_size=12).map(str.strip).filter(name_key)


@given(
    st.lists(NAME, min_size=1, max_size=5), st.lists(st.sampled_from([". ", " and ", ", ", " – ", "\n"]), min_size=6)
)
def test_every_name_is_found_where_it_stands_and_nothing_else(names: list[str], gaps: list[str]) -> None:
    index = Index()
    for number, name in enumerate(names):
        index.ids.append(f"x:{number}")
        index.labels.append(name)
        index.kinds.append(CLASSES.index(ConceptClass.EXTERNAL))
        index.ranks.append(0)
        index.add(name, number, How.PLAIN, is_label=True)
    text = ""
    places = []
    for name, gap in zip(names, gaps, strict=False):
        text += gap
        places.append((Span(len(text), len(text) + len(name)), name))
        text += name
    found = {hit.span: hit for hit in find(index, text, Span(0, len(text)))}
    for span, hit in found.items():
        keys = {name_key(candidate.name) for candidate in hit.candidates}
        assert all(name_key(span.of(text)).startswith(key[:2]) for key in keys)
    for span, name in places:
        worded = name[0].isalnum() and name[-1].isalnum() and not (name.isupper() and name.isalnum() and len(name) <= 6)
        if worded:
            assert span in found, (text, name)
