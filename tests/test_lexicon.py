"""The lexicon: its files, what the signs mean, and what is said about a wrong row."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph_build.lexicon import Lexicon, LexiconError, default_lexicon, items, load, rows
from graph_build.model import ConceptClass, ConceptId
from graph_build.recognise.names import finder

LEXICON = Path(__file__).resolve().parents[1] / "ontology" / "lexicon"
FILES = sorted(LEXICON.glob("*.tsv"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the lexicon that a test may spoil."""
    return Path(shutil.copytree(LEXICON, tmp_path / "lexicon"))


def append(file: Path, *cells: str) -> int:
    """Add a row and return its line number."""
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([*lines, "\t".join(cells)]) + "\n", encoding="utf-8")
    return len(lines) + 1


def found(lexicon: Lexicon, text: str, cls: ConceptClass) -> list[tuple[str, str]]:
    """What a lexicon finds of one class: surface and label, the longest at each place."""
    hits = [hit for hit in finder(lexicon).find(text) if hit.name.concept.cls is cls]
    kept = [h for h in hits if not any(h.span in o.span and len(h.span) < len(o.span) for o in hits)]
    return list(dict.fromkeys((hit.span.of(text), hit.name.concept.label) for hit in kept))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_row_has_the_cells_of_the_header(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    found = [row for _, row in rows(file)]

    assert len(found) == text.count("\n") - 1
    assert text.endswith("\n")
    assert not any('"' in line or line != line.rstrip(" ") for line in text.splitlines())


@pytest.mark.parametrize("file", [f for f in FILES if f.name != "cues.tsv"], ids=lambda file: file.name)
def test_rows_are_sorted_and_no_item_is_written_twice(file: Path) -> None:
    found = [row for _, row in rows(file)]

    labels = [row["label"] for row in found]
    assert labels == sorted(labels, key=str.casefold)
    for row in found:
        for column in set(row) - {"label"}:
            assert len(items(row[column])) == len(set(items(row[column]))), (row["label"], column)


def test_every_link_leads_to_a_concept() -> None:
    lexicon = default_lexicon()

    for concept in lexicon.concepts.values():
        for target in (*concept.broader, *(target for _, target in concept.links)):
            assert target in lexicon.concepts, (concept.id, target)
    for study in lexicon.studies.values():
        assert study.part_of is None or study.part_of in lexicon.studies


def test_no_concept_is_broader_than_itself() -> None:
    lexicon = default_lexicon()

    assert [concept for concept in lexicon.concepts if concept in lexicon.ancestors(concept)] == []


def test_the_cues_are_of_known_kinds_and_values() -> None:
    cues = default_lexicon().cues

    assert {cue.kind for cue in cues} == {"appraisal", "hedge", "negation", "question"}
    values = {word for cue in cues for word in cue.value.split()}
    assert values == {"Favourable", "Limited", "Unfavourable", "Inconclusive", "weak", "safetyIn"}
    assert all(bool(cue.value) == (cue.kind == "appraisal") for cue in cues)
    assert len({(cue.kind, cue.pattern) for cue in cues}) == len(cues)


@pytest.mark.parametrize(
    ("file", "cells"),
    [
        ("drugs.tsv", ("exemplatide", "Exemplar")),
        ("drugs.tsv", ("exemplatide", "", "", "", "", "", "")),
        ("cues.tsv", ("hopefully",)),
        ("studies.tsv", ("EXAMPLE", "")),
        ("genes.tsv", ("ABC1", "name")),
        ("alteration-kinds.tsv", ("{gene} thing",)),
    ],
)
def test_a_row_with_too_few_or_too_many_cells(folder: Path, file: str, cells: tuple[str, ...]) -> None:
    line = append(folder / file, *cells)

    with pytest.raises(LexiconError, match=rf"^{file}, line {line}: {len(cells)} cells where the header has \d"):
        load(folder)


@pytest.mark.parametrize("label", ["", "trastuzumab"])
def test_a_label_that_is_empty_or_taken(folder: Path, label: str) -> None:
    line = append(folder / "drugs.tsv", label, "", "", "", "", "")

    with pytest.raises(LexiconError, match=rf"^drugs.tsv, line {line}: the label “{label}” is empty or used before$"):
        load(folder)


def test_a_broader_concept_that_no_file_defines(folder: Path) -> None:
    append(folder / "variants.tsv", "HER2 p.X1Y", "ERBB2", "p.X1Y", "", "", "HER2 nonsense")

    with pytest.raises(LexiconError, match="“HER2 nonsense” is named as broader concept but no file defines it"):
        load(folder)


def test_one_row_is_enough_for_a_new_drug(folder: Path) -> None:
    append(
        folder / "drugs.tsv",
        "exemplatide",
        "Exemplar",
        "XY-101",
        "exemplatide acetate",
        "HER2-directed therapy",
        "ERBB2",
    )

    lexicon = load(folder)

    text = "Exemplatide, EXEMPLAR, XY-101, XY101, XY 101, exemplatide acetate and exemplatides"
    assert found(lexicon, text, ConceptClass.DRUG) == [
        ("Exemplatide", "exemplatide"),
        ("EXEMPLAR", "exemplatide"),
        ("XY-101", "exemplatide"),
        ("XY101", "exemplatide"),
        ("XY 101", "exemplatide"),
        ("exemplatide acetate", "exemplatide"),
        ("exemplatides", "exemplatide"),
    ]
    concept = lexicon.concepts[ConceptId(ConceptClass.DRUG, "exemplatide")]
    assert (concept.synonyms, concept.hidden) == (("Exemplar", "XY-101"), ("exemplatide acetate",))
    assert ConceptId(ConceptClass.DRUG_CLASS, "targeted therapy") in lexicon.ancestors(concept.id)


@pytest.mark.parametrize(
    ("text", "cls", "expected"),
    [
        # no sign: any case, but up to five capitals only as capitals
        ("Neratinib NERATINIB", ConceptClass.DRUG, [("Neratinib", "neratinib"), ("NERATINIB", "neratinib")]),
        ("FISH, not fish or Fish", ConceptClass.METHOD, [("FISH", "fluorescence in situ hybridization")]),
        ("MET, not met or Met", ConceptClass.GENE, [("MET", "MET")]),
        # "=": exactly these capitals
        ("A166, not a166", ConceptClass.DRUG, [("A166", "trastuzumab botidotin")]),
        # "^": only before patients or a disease
        ("Chinese patients, Chinese experts", ConceptClass.POPULATION, [("Chinese", "Chinese")]),
        # "{ERBB2}": every short name of the gene
        (
            "anti-HER2 antibody, anti-ERBB2 antibody, anti-HER2/neu antibodies",
            ConceptClass.DRUG_CLASS,
            [
                ("anti-HER2 antibody", "anti-HER2 monoclonal antibody"),
                ("anti-ERBB2 antibody", "anti-HER2 monoclonal antibody"),
                ("anti-HER2/neu antibodies", "anti-HER2 monoclonal antibody"),
            ],
        ),
        # a study's name without a digit counts in its own capitals
        ("SUMMIT, not summit; soho-01", ConceptClass.STUDY, [("SUMMIT", "SUMMIT"), ("soho-01", "SOHO-01")]),
        # plurals: -s and -es anywhere, -ies and -ses from the word
        (
            "inhibitors of HER2 kinases, monoclonal antibodies, brain metastases",
            ConceptClass.DRUG_CLASS,
            [("inhibitors of HER2", "HER2 inhibitor"), ("monoclonal antibodies", "monoclonal antibody")],
        ),
        (
            "liver metastasis, liver metastases",
            ConceptClass.POPULATION,
            [("liver metastasis", "liver metastases"), ("liver metastases", "liver metastases")],
        ),
        # parts of words are no names
        ("EUHER2 HER22 xEGFR", ConceptClass.GENE, []),
        # attached marks of a mutation
        ("HER2m EGFRmut", ConceptClass.ALTERATION, [("HER2m", "HER2 mutation"), ("EGFRmut", "EGFR mutation")]),
    ],
)  # fmt: skip
def test_signs(text: str, cls: ConceptClass, expected: list[tuple[str, str]]) -> None:
    assert found(default_lexicon(), text, cls) == expected


def test_an_ambiguous_name_is_marked() -> None:
    marked = {name.text for name in default_lexicon().names if name.ambiguous}

    assert {"OS", "PR", "DL-01", "BM"} <= marked
    assert not {"OS", "DL-01"} & {name.text for name in default_lexicon().names if not name.ambiguous}


def test_the_kinds_of_a_gene_are_composed_with_those_above() -> None:
    lexicon = default_lexicon()

    made = list(lexicon.compose("ERBB2", "{gene} exon 20 insertion"))

    assert [concept.id.label for concept in made] == [
        "HER2 exon 20 insertion",
        "HER2 exon 20 mutation",
        "HER2 mutation",
        "HER2 alteration",
    ]
    assert made[0].synonyms == ("ERBB2 exon 20 insertion",)
    assert [target.label for _, target in made[0].links] == ["ERBB2"]
    assert lexicon.alteration("EGFR", "{gene} mutation").label == "EGFR mutation"
    amplification = ConceptId(ConceptClass.ALTERATION, "HER2 amplification")
    assert ConceptId(ConceptClass.ALTERATION, "HER2 mutation") not in lexicon.ancestors(amplification)
