"""Changes of proteins and of the DNA: one form for all spellings, what a text calls one, and the graph of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_build.assemble import concept_quads, document_quads
from graph_build.lexicon import default_lexicon
from graph_build.mesh import Mesh
from graph_build.model import ConceptClass, ConceptId, Document, Publication, Section, SectionType, Span
from graph_build.recognise.changed import told_in
from graph_build.recognise.dna_changes import dna_changes
from graph_build.recognise.variants import AMINO_ACIDS, one_letter, protein_changes
from graph_build.relate import interpret
from graph_build.vocabulary import concept_iri

LETTERS = "".join(letter for letter in AMINO_ACIDS.values() if letter != "*")
THREE = {one: three for three, one in AMINO_ACIDS.items()}
RESIDUE = st.sampled_from(LETTERS)
PLACE = st.integers(100, 1699)
BASE = st.sampled_from("ACGT")
DASH = st.sampled_from("-‐‑–−")

#: Pieces of changes and of what looks like them.
PIECES = (
    "p.", "c.", "g.", "(", ")", "[", "S310F", "Ser310Phe", "/Y", "/", ">", "→", "T790M", "A775_G776insYVMA", "_", "-",
    "del", "ins", "dup", "YVMA", "929C>T", "C>T", "2313_2324dup", "rs1136201", "rs", "Rs1136201", "IVS5+1G>A", "IVS",
    "-216G/T", "ERBB2", "HER2", "EGFR", " ", "; ", ", ", "310", "12", "A", "G", "ex20", "\n", "é", "Ⅱ", "fs*", "X",
    " gene (", " resulting in ",
)  # fmt: skip
WRITING = st.lists(st.sampled_from(PIECES), max_size=16).map("".join)


def proteins(text: str) -> list[tuple[str, str]]:
    return [(change.span.of(text), change.name) for change in protein_changes(text, Span(0, len(text)))]


def of_dna(text: str) -> list[str]:
    return [change.name for change in dna_changes(text, Span(0, len(text)))]


def abstract(text: str, title: str = "Of invented changes") -> Document:
    """A document with a title and an abstract."""
    whole = f"{title}\n{text}"
    spans = ((SectionType.TITLE, Span(0, len(title))), (SectionType.ABSTRACT, Span(len(title) + 1, len(whole))))
    return Document(
        name="test.txt",
        text=whole,
        sha256="0" * 64,
        format="test",
        publication=Publication(title=title, pmid="99999999"),
        sections=tuple(Section(type=kind, span=span, zone=span) for kind, span in spans),
    )


def variants(document: Document) -> list[tuple[str, str]]:
    found = interpret(document, default_lexicon()).mentions
    return [(m.span.of(document.text), m.concept.label) for m in found if m.cls is ConceptClass.ALTERATION]


@settings(max_examples=200, deadline=None)
@given(RESIDUE, PLACE, RESIDUE)
def test_a_substitution_has_one_name_in_all_spellings(before: str, place: int, after: str) -> None:
    one, three = f"{before}{place}{after}", f"{THREE[before]}{place}{THREE[after]}"

    named = {
        name
        for written in (f"p.{one}", f"p.({one})", f"p. {one}", three, f"p.{three}", f"p.({three})", f"p.[{three}]",
                        f"{THREE[before]}-{place}-{THREE[after]}", f"{THREE[before]}({place}){THREE[after]}")
        for _, name in proteins(f"A {written}, seen")
    }  # fmt: skip

    assert named == {f"p.{one}"}


@settings(max_examples=200, deadline=None)
@given(RESIDUE, PLACE, RESIDUE, st.text(alphabet=LETTERS, min_size=2, max_size=4), DASH)
def test_insertions_and_deletions_have_one_name_in_all_spellings(
    first: str, place: int, last: str, inserted: str, dash: str
) -> None:
    one, three = f"{first}{place}_{last}{place + 1}", f"{THREE[first]}{place}_{THREE[last]}{place + 1}"
    joined, far = one.replace("_", dash), f"{first}{place}_{last}{place + 4}"
    codes = "".join(THREE[letter] for letter in inserted)

    written = {
        f"p.{one}ins{inserted}": [f"{one}ins{inserted}", f"p.({three}ins{codes})", f"{joined}ins{inserted}"],
        f"p.{one}dup": [f"{three}dup", f"{one}dup{inserted}", f"{one} duplication", f"dup{one}"],
        f"p.{far}del": [f"{far}del", f"del{far}", f"{far} deletion", f"{far}del{inserted}"],
        f"p.{far}delins{inserted}": [f"{far}>{codes}", f"del{far}ins{inserted}", f"{far}ins{inserted}"],
    }

    for name, spellings in written.items():
        assert [found for text in spellings for found in proteins(text)] == [(text, name) for text in spellings]


@settings(max_examples=200, deadline=None)
@given(BASE, st.integers(1, 9999), BASE, DASH, st.integers(1, 99))
def test_a_change_of_the_dna_has_one_name_in_all_spellings(
    before: str, place: int, after: str, dash: str, away: int
) -> None:
    to = (f"{before}>{after}", f" {before} > {after}", f"{before}→{after}", f"{before}{dash}{dash}>{after}")
    plain = [f"c.{place}{change}" for change in (*to, f"{before}/{after}")] + [f"c.({place}{before}>{after})"]
    intron = [f"c.{place}{dash}{away}{before}>{after}", f"c.{place} {dash} {away}{before}>{after}"]

    assert {name for text in plain for name in of_dna(text)} == {f"c.{place}{before}>{after}"}
    assert {name for text in intron for name in of_dna(text)} == {f"c.{place}-{away}{before}>{after}"}


@settings(max_examples=300, deadline=None)
@given(WRITING)
def test_changes_lie_in_the_text_in_order_and_read_again_they_are_themselves(text: str) -> None:
    section = Section(type=SectionType.ABSTRACT, span=Span(0, len(text)), zone=Span(0, len(text)))

    told = told_in(text, [(section, [])])

    end = 0
    for change in told.places.get(Span(0, len(text)), ()):
        assert end <= change.span.start < change.span.end <= len(text)
        assert change.span.of(text) == change.span.of(text).strip()
        end = change.span.end
        if change.name.startswith("p."):
            assert one_letter(change.name) == change.name.removeprefix("p.")
            assert proteins(change.name) == [(change.name, change.name)]
        elif change.name.startswith(("c.", "g.", "rs", "IVS")):
            assert of_dna(change.name)[:1] == [change.name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EGFR p.K777R (c.2330A>G)", [("EGFR p.K777R", "EGFR p.K777R"), ("c.2330A>G", "EGFR p.K777R")]),
        ("EGFR c.2330A>G; p.K777R", [("EGFR c.2330A>G", "EGFR p.K777R"), ("p.K777R", "EGFR p.K777R")]),
        ("EGFR c.2330A>G, causing p.K777R", [("EGFR c.2330A>G", "EGFR p.K777R"), ("p.K777R", "EGFR p.K777R")]),
        ("c.2330A>G (EGFR p.K777R)", [("c.2330A>G", "EGFR p.K777R"), ("EGFR p.K777R", "EGFR p.K777R")]),
        ("EGFR c.11A>G, p.K777R", [("EGFR c.11A>G", "EGFR c.11A>G"), ("p.K777R", "EGFR p.K777R")]),
        ("EGFR c.2330A>G and p.K777R", [("EGFR c.2330A>G", "EGFR c.2330A>G"), ("p.K777R", "EGFR p.K777R")]),
        ("rs99999901 (EGFR K777R)", [("rs99999901", "EGFR p.K777R"), ("EGFR K777R", "EGFR p.K777R")]),
        ("-333G/T (rs99999902)", [("-333G/T", "rs99999902"), ("rs99999902", "rs99999902")]),
    ],
)
def test_what_a_text_calls_one_change_is_one_variant(text: str, expected: list[tuple[str, str]]) -> None:
    assert variants(abstract(f"We saw {text} once.")) == expected


def test_a_change_that_is_equated_with_two_others_is_neither() -> None:
    document = abstract("EGFR c.2330A>G (p.K777R) was seen. EGFR c.2330A>G (p.K777T) was not. EGFR c.2330A>G was.")

    assert [label for _, label in variants(document)] == [
        "EGFR c.2330A>G",
        "EGFR p.K777R",
        "EGFR c.2330A>G",
        "EGFR p.K777T",
        "EGFR c.2330A>G",
    ]


def test_a_mention_carries_the_further_names_of_its_variant() -> None:
    document = abstract("EGFR p.K777R (c.2330A>G, rs99999903) and ATM c.77G>A were seen, and K777R again.")

    found = interpret(document, default_lexicon()).mentions

    assert [(m.span.of(document.text), m.changes) for m in found if m.cls is ConceptClass.ALTERATION] == [
        ("EGFR p.K777R", ()),
        ("c.2330A>G", ("c.2330A>G",)),
        ("rs99999903", ("rs99999903",)),
        ("ATM c.77G>A", ()),
        ("K777R", ()),
    ]


def test_the_subject_of_a_document_needs_not_be_said_again() -> None:
    told = abstract("Of 20 patients 3 had K777R. With ALK there was Q888E.", "Rare ATM variants")
    other = abstract("Of 20 patients 3 had K777R.", "Response to treatment by EGFR status")

    assert [label for _, label in variants(told)] == ["ATM mutation", "ATM p.K777R"]
    assert variants(other) == []


def test_places_before_and_behind_another_have_iris_of_their_own() -> None:
    names = ("c.444-62C>A", "c.444+62C>A", "c.444C>A", "c.-444C>A", "c.*444C>A", "IVS4-1G>A", "IVS4+1G>A")

    iris = [concept_iri(ConceptId(ConceptClass.ALTERATION, f"ATM {name}")) for name in names]

    assert [iri.rpartition("/")[2] for iri in iris] == [
        "atm-c-444-minus-62c-a",
        "atm-c-444-plus-62c-a",
        "atm-c-444c-a",
        "atm-c-minus-444c-a",
        "atm-c-star-444c-a",
        "atm-ivs4-minus-1g-a",
        "atm-ivs4-plus-1g-a",
    ]


def test_the_graph_names_variants_in_hgvs_or_as_printed() -> None:
    text = "HER2 I655V (rs1136201) is one. So are rs99999901, ATM c.77G>A, MET 777T>C; ZORB1 p.R111Q is unresolved."
    reading = interpret(abstract(text), default_lexicon())

    quads, _ = document_quads(reading, Mesh({}, {}))
    shared = concept_quads(replace(default_lexicon(), concepts={}), reading.concepts)

    wanted = ("hgvs>", "notation>", "alterationOf>", "status>")
    kept = {(s, p.rpartition("#")[2][:-1], o) for s, p, o, _ in quads | shared if p.endswith(wanted)}
    base = "<https://w3id.org/her2kg/"
    assert {(s.removeprefix(base + "alteration/")[:-1], p, o.removeprefix(base)) for s, p, o in kept} == {
        ("her2-p-i655v", "notation", '"rs1136201"'),
        ("rs99999901", "notation", '"rs99999901"'),
        ("atm-c-77g-a", "hgvs", '"c.77G>A"'),
        ("atm-c-77g-a", "alterationOf", "gene/atm>"),
        ("atm-mutation", "alterationOf", "gene/atm>"),
        ("atm-alteration", "alterationOf", "gene/atm>"),
        ("met-777t-c", "notation", '"777T>C"'),
        ("met-777t-c", "alterationOf", "gene/met>"),
        ("met-mutation", "alterationOf", "gene/met>"),
        ("met-alteration", "alterationOf", "gene/met>"),
        ("zorb1-p-r111q", "hgvs", '"p.R111Q"'),
        ("zorb1-p-r111q", "status", '"unresolved"'),
    }
