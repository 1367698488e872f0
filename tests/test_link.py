"""``her2kg link``: mappings checked against vocabulary files, new ones suggested, decisions kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph_build.cli import main
from graph_build.link.check import check_mappings
from graph_build.link.curate import curate
from graph_build.link.formats import open_vocabulary
from graph_build.link.ours import OurConcept
from graph_build.link.suggest import suggest
from graph_build.link.terms import VocabularyFile
from graph_build.sssom import CHAIN, CLOSE, EXACT, LEXICAL, MANUAL, NOT, MappingError, Row, read_mappings

PDCD1 = OurConcept(cls="Gene", label="PDCD1", curie="her2kg:gene/pdcd1", synonyms=("PD-1",))
PIK3CA = OurConcept(cls="Gene", label="PIK3CA", curie="her2kg:gene/pik3ca")
NSCLC = OurConcept(
    cls="Disease",
    label="non-small cell lung carcinoma",
    curie="her2kg:disease/non-small-cell-lung-carcinoma",
    synonyms=("NSCLC", "non-small cell lung cancer"),
)
IHC = OurConcept(cls="DetectionMethod", label="immunohistochemistry", curie="her2kg:method/immunohistochemistry")
CONCEPTS = (PDCD1, PIK3CA, NSCLC, IHC)


def vocabulary(tmp_path: Path, name: str, *rows: str) -> VocabularyFile:
    path = tmp_path / name
    lines = ["id,label,synonyms,obsolete,xrefs", *rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return open_vocabulary(path)


def files(tmp_path: Path) -> list[VocabularyFile]:
    hgnc = vocabulary(tmp_path, "hgnc.csv", "hgnc:8760,PDCD1,PD1,,ncbigene:5133", "hgnc:8975,PIK3CA,,,ncbigene:5290")
    return [
        replace(hgnc, complete=True),
        vocabulary(
            tmp_path,
            "mondo.csv",
            "MONDO:0005233,non-small cell lung carcinoma,NSCLC,,",
            "MONDO:0000001,lung thing,non-small cell lung cancer,true,",
            "MONDO:0000002,Lung Carcinoma Non-Small Cell,,,",
        ),
        vocabulary(tmp_path, "eco.csv", "ECO:0001055,immunohistochemistry evidence,,,", "ECO:2,assay evidence,,,"),
    ]


def mapping(concept: OurConcept, target: str, label: str, predicate: str = EXACT, why: str = LEXICAL) -> Row:
    return Row(
        subject_id=concept.curie,
        subject_label=concept.label,
        predicate_id=predicate,
        object_id=target,
        object_label=label,
        mapping_justification=why,
    )


@pytest.mark.parametrize(
    ("row", "state", "note"),
    [
        (mapping(PDCD1, "hgnc:8760", "PDCD1"), "confirmed", "by name"),
        (mapping(PDCD1, "hgnc:8975", "PDCD1"), "wrong", "the entry is “PIK3CA”"),  # the two are easily swapped
        (mapping(PDCD1, "hgnc:8975", "PIK3CA"), "wrong", "the entry is “PIK3CA”, which is no name of ours"),
        (mapping(PDCD1, "hgnc:8975", ""), "wrong", "the entry is “PIK3CA”, which is no name of ours"),
        (mapping(PDCD1, "hgnc:1", "PDCD1"), "wrong", "no entry has this identifier"),
        (mapping(PDCD1, "uniprot:Q15116", ""), "unverifiable", "no file at hand has this identifier"),
        (mapping(NSCLC, "MONDO:0000001", "lung thing"), "obsolete", "withdrawn"),
        (
            mapping(NSCLC, "MONDO:0005233", "carcinoma, non-small cell"),
            "renamed",
            "now “non-small cell lung carcinoma”",
        ),
        (
            mapping(NSCLC, "MONDO:0000002", "Lung Carcinoma Non-Small Cell"),
            "confirmed",
            "by name, in another order or number",
        ),
        (
            mapping(IHC, "ECO:0001055", "immunohistochemistry evidence", CLOSE),
            "confirmed",
            "by a name that contains ours",
        ),
        (
            mapping(IHC, "ECO:0001055", "immunohistochemistry evidence"),
            "wrong",
            "the entry is “immunohistochemistry evidence”, which is no name of ours",
        ),
        (
            mapping(IHC, "ECO:2", "assay evidence", CLOSE),
            "wrong",
            "the entry is “assay evidence”, which is no name of ours",
        ),
        (mapping(IHC, "ECO:2", "assay evidence", CLOSE, MANUAL), "confirmed", "chosen by a curator, by its label"),
        (mapping(IHC, "ECO:2", "another name", CLOSE, MANUAL), "wrong", "the entry is “assay evidence”"),
        (
            replace(mapping(IHC, "ECO:2", "assay evidence"), subject_id="her2kg:method/none"),
            "wrong",
            "her2kg:method/none is no concept of ours",
        ),
    ],
)
def test_each_mapping_gets_a_verdict_and_the_reason(tmp_path: Path, row: Row, state: str, note: str) -> None:
    (verdict,) = check_mappings([row], CONCEPTS, files(tmp_path))
    assert (verdict.state, verdict.note) == (state, note)


def test_a_cross_reference_of_a_confirmed_entry_confirms(tmp_path: Path) -> None:
    rows = [mapping(PDCD1, "hgnc:8760", "PDCD1"), mapping(PDCD1, "ncbigene:5133", "", why=CHAIN)]
    assert [(v.state, v.note) for v in check_mappings(rows, CONCEPTS, files(tmp_path))] == [
        ("confirmed", "by name"),
        ("confirmed", "cross-referenced by hgnc:8760"),
    ]
    alone = check_mappings(rows[1:], CONCEPTS, files(tmp_path))
    assert [v.state for v in alone] == ["unverifiable"]
    swapped = [rows[0], replace(rows[1], object_id="ncbigene:5290")]
    assert [v.state for v in check_mappings(swapped, CONCEPTS, files(tmp_path))] == ["confirmed", "unverifiable"]


def test_a_witness_that_is_wrong_itself_confirms_nothing(tmp_path: Path) -> None:
    rows = [mapping(PDCD1, "hgnc:8975", ""), mapping(PDCD1, "ncbigene:5290", "", why=CHAIN)]
    assert [v.state for v in check_mappings(rows, CONCEPTS, files(tmp_path))] == ["wrong", "unverifiable"]


def test_a_newer_file_comes_first(tmp_path: Path) -> None:
    new = vocabulary(tmp_path, "new.csv", "MONDO:0005233,lung carcinoma of that kind,,,")
    row = mapping(NSCLC, "MONDO:0005233", "non-small cell lung carcinoma")
    (verdict,) = check_mappings([row], CONCEPTS, [new, *files(tmp_path)])
    assert (verdict.state, verdict.note) == ("renamed", "now “lung carcinoma of that kind”")


def test_a_selection_does_not_claim_that_the_rest_does_not_exist(tmp_path: Path) -> None:
    row = mapping(NSCLC, "MONDO:0000003", "non-small cell lung carcinoma")
    (verdict,) = check_mappings([row], CONCEPTS, files(tmp_path))
    assert (verdict.state, verdict.note) == ("unverifiable", "no file at hand has this identifier")


@pytest.mark.parametrize(
    ("row", "note"),
    [
        (
            mapping(PDCD1, "hgnc:8975", "PIK3CA", why=MANUAL),
            "the entry is “PIK3CA”, which is no name of ours; give the concept that synonym if it is one",
        ),
        (
            mapping(PDCD1, "MONDO:0005233", "non-small cell lung carcinoma", CLOSE, MANUAL),
            "the entry is “non-small cell lung carcinoma”; there is no Gene in that vocabulary",
        ),
    ],
)
def test_a_curator_s_word_is_not_enough_for_what_has_proper_names_or_is_of_another_kind(
    tmp_path: Path, row: Row, note: str
) -> None:
    (verdict,) = check_mappings([row], CONCEPTS, files(tmp_path))
    assert (verdict.state, verdict.note) == ("wrong", note)


def test_rejections_are_not_checked(tmp_path: Path) -> None:
    row = replace(mapping(PDCD1, "hgnc:8975", "PIK3CA"), predicate_modifier=NOT)
    assert check_mappings([row], CONCEPTS, files(tmp_path)) == []


def found(rows: list[Row]) -> list[tuple[str, str, str, str, str]]:
    return [(r.subject_label, r.predicate_id, r.object_id, r.confidence, r.comment) for r in rows]


def test_suggestions_name_how_sure_they_are_and_why(tmp_path: Path) -> None:
    rows = suggest(CONCEPTS, files(tmp_path), [])
    assert found(rows) == [
        ("non-small cell lung carcinoma", EXACT, "MONDO:0005233", "0.98", ""),
        ("non-small cell lung carcinoma", CLOSE, "MONDO:0000002", "0.50", ""),
        ("PDCD1", EXACT, "hgnc:8760", "0.98", ""),
        ("PIK3CA", EXACT, "hgnc:8975", "0.98", ""),
    ]
    assert {r.mapping_justification for r in rows} == {LEXICAL}
    assert (rows[0].subject_match_field, rows[0].object_match_field) == ("skos:prefLabel", "skos:prefLabel")
    assert rows[0].match_string == "nonsmallcelllungcarcinoma"


def test_equal_rivals_are_told_and_are_less_sure(tmp_path: Path) -> None:
    two = vocabulary(
        tmp_path, "two.csv", "MONDO:1,non-small cell lung carcinoma,,,", "MONDO:2,Non-Small Cell Lung Carcinoma,,,"
    )
    assert found(suggest([NSCLC], [two], [])) == [
        ("non-small cell lung carcinoma", EXACT, f"MONDO:{n}", "0.39", "one of 2 entries that match equally well")
        for n in (1, 2)
    ]


def test_what_is_mapped_or_was_rejected_is_not_proposed(tmp_path: Path) -> None:
    known = [
        mapping(PDCD1, "hgnc:8760", "PDCD1"),
        replace(mapping(NSCLC, "MONDO:0000002", ""), predicate_modifier=NOT),
        mapping(NSCLC, "MONDO:0005233", "", CLOSE),
    ]
    assert found(suggest(CONCEPTS, files(tmp_path), known)) == [("PIK3CA", EXACT, "hgnc:8975", "0.98", "")]


def test_a_disease_is_not_looked_for_among_genes(tmp_path: Path) -> None:
    odd = vocabulary(
        tmp_path, "odd.csv", "hgnc:1,non-small cell lung carcinoma,,,", "ex:1,non-small cell lung carcinoma,,,"
    )
    assert [row.object_id for row in suggest([NSCLC], [odd], [])] == ["ex:1"]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["link", *map(str, arguments)])


@pytest.fixture
def new_drug(tmp_path: Path) -> Path:
    """A folder with one drug in two rows, as docs/add-a-drug.md has it."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "drugs.tsv").write_text(
        "label\tsynonyms\tcodes\thidden\tclasses\ttargets\n"
        "exemplatide\t\tXY-101\t\tHER2-directed antibody-drug conjugate\tERBB2\n",
        encoding="utf-8",
    )
    (folder / "mine.sssom.tsv").write_text(
        "subject_id\tpredicate_id\tobject_id\tobject_label\tmapping_justification\n"
        "her2kg:drug/exemplatide\tskos:exactMatch\tunii:AAAAAAAAAA\tEXEMPLATIDE\tsemapv:ManualMappingCuration\n",
        encoding="utf-8",
    )
    return folder


def test_a_drug_of_one_s_own_is_checked_and_a_wrong_row_ends_with_1(tmp_path: Path, new_drug: Path) -> None:
    unii = tmp_path / "unii.csv"
    unii.write_text("id,label\nunii:AAAAAAAAAA,EXEMPLATIDE\n", encoding="utf-8")
    table = tmp_path / "table.tsv"
    run("check", "--vocabulary", unii, "--add", new_drug, "-o", table)
    line = next(line for line in table.read_text(encoding="utf-8").splitlines() if "exemplatide" in line)
    assert line.split("\t")[4:] == ["confirmed", "by name", "unii.csv"]
    unii.write_text("id,label\nunii:AAAAAAAAAA,ANOTHER DRUG\n", encoding="utf-8")
    result = run("check", "--vocabulary", unii, "--add", new_drug)
    assert result.exit_code == 1
    assert "wrong: exemplatide" not in result.output, "the row has no subject_label"
    assert (
        "wrong: her2kg:drug/exemplatide skos:exactMatch unii:AAAAAAAAAA “EXEMPLATIDE”: the entry is “ANOTHER DRUG” "
        "(mine.sssom.tsv, line 2)" in result.output
    )


def test_the_whole_way_of_a_suggestion(tmp_path: Path, new_drug: Path) -> None:
    (new_drug / "mine.sssom.tsv").unlink()
    names = tmp_path / "names.csv"
    names.write_text(
        "id,label,synonyms\nunii:AAAAAAAAAA,exemplatide,\nunii:BBBBBBBBBB,XY-101 salt,exemplatide\n", encoding="utf-8"
    )
    out = tmp_path / "s.sssom.tsv"
    result = run("suggest", "exemplatide", "--vocabulary", names, "--add", new_drug, "-o", out)
    assert result.exit_code == 0, result.output
    text = out.read_text(encoding="utf-8")
    first, second = (line for line in text.splitlines() if line.startswith("her2kg:"))
    accepted = first.replace(LEXICAL, MANUAL)
    columns = text.splitlines()[[line.startswith("subject_id") for line in text.splitlines()].index(True)].split("\t")
    cells = second.split("\t")
    assert "predicate_modifier" in columns
    cells[columns.index("predicate_modifier")] = NOT
    out.write_text(text.replace(first, accepted).replace(second, "\t".join(cells)), encoding="utf-8")
    result = run("curate", out, "--into", new_drug)
    assert result.output.startswith("1 accepted, 1 rejected")
    assert [r.object_id for r in read_mappings([new_drug / "curated.sssom.tsv"]).rows] == ["unii:AAAAAAAAAA"]
    assert [r.rejected for r in read_mappings([new_drug / "rejected.sssom.tsv"]).rows] == [True]
    again = run("suggest", "exemplatide", "--vocabulary", names, "--add", new_drug)
    assert "her2kg:drug/exemplatide" not in again.stdout


def test_decisions_are_dated_the_latest_holds_and_a_fault_changes_nothing(tmp_path: Path, new_drug: Path) -> None:
    header = "subject_id\tpredicate_modifier\tpredicate_id\tobject_id\tmapping_justification\tconfidence\tauthor_id\n"
    row = "her2kg:drug/exemplatide\t{}\tskos:exactMatch\tunii:AAAAAAAAAA\t{}\t0.98\torcid:1\n"
    decisions = tmp_path / "s.sssom.tsv"
    decisions.write_text(header + row.format(NOT, LEXICAL), encoding="utf-8")
    curate(decisions, new_drug, "2030-01-02")
    assert [r.object_id for r in read_mappings([new_drug / "rejected.sssom.tsv"]).rows] == ["unii:AAAAAAAAAA"]
    decisions.write_text(header + row.format("", MANUAL), encoding="utf-8")
    curate(decisions, new_drug, "2030-01-03")
    assert read_mappings([new_drug / "rejected.sssom.tsv"]).rows == ()
    (kept,) = read_mappings([new_drug / "curated.sssom.tsv"]).rows
    assert (kept.mapping_date, kept.confidence, kept.more) == ("2030-01-03", "", (("author_id", "orcid:1"),))
    (new_drug / "rejected.sssom.tsv").write_text("nonsense\n", encoding="utf-8")
    decisions.write_text(header + row.format(NOT, LEXICAL), encoding="utf-8")
    before = {path.name: path.read_bytes() for path in [decisions, *new_drug.iterdir()]}
    with pytest.raises(MappingError):
        curate(decisions, new_drug, "2030-01-04")
    assert {path.name: path.read_bytes() for path in [decisions, *new_drug.iterdir()]} == before


def test_a_row_that_is_neither_accepted_nor_rejected_stays_open(tmp_path: Path, new_drug: Path) -> None:
    out = tmp_path / "s.sssom.tsv"
    names = tmp_path / "names.csv"
    names.write_text("id,label\nchebi:1,exemplatide\n", encoding="utf-8")
    run("suggest", "XY-101", "--vocabulary", names, "--add", new_drug, "-o", out)
    before = out.read_bytes()
    assert run("curate", out, "--into", new_drug).output.startswith("0 accepted, 0 rejected")
    assert out.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["check", "--vocabulary", "nothing.obo"], "her2kg: nothing.obo: no such file"),
        (["suggest", "no such drug", "--vocabulary", "v.csv"], "her2kg: no such drug: no concept has this name"),
        (["curate", "nothing.sssom.tsv", "--into", "x"], "her2kg: nothing.sssom.tsv: cannot be read"),
        (["check", "--vocabulary", "v.csv", "--add", "v.csv"], "her2kg: v.csv: is no folder with lexicon rows"),
    ],
)
def test_faults_are_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("v.csv").write_text("id,label\nex:1,a\n", encoding="utf-8")
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.output.startswith(sentence), result.output
    assert "Traceback" not in result.output


def test_a_faulty_row_of_one_s_own_ends_the_build_unless_lenient(tmp_path: Path, new_drug: Path) -> None:
    path = new_drug / "mine.sssom.tsv"
    path.write_text(path.read_text(encoding="utf-8").replace("unii:AAAAAAAAAA", "nowhere:1"), encoding="utf-8")
    arguments = ["build", "-q", "--add", str(new_drug), "-o", str(tmp_path / "g")]
    sentence = f"{path}, line 2: “nowhere:1” in column object_id has no known prefix; add it to the file's curie_map"
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.output) == (2, f"her2kg: {sentence}\n")
    assert not (tmp_path / "g").exists()
    result = CliRunner().invoke(main, [*arguments, "--lenient"])
    assert (result.exit_code, result.output) == (0, f"left out: {sentence}\n")
    assert (tmp_path / "g" / "graph.nq").is_file()


def test_a_row_for_a_concept_that_is_not_there_ends_the_build_unless_lenient(tmp_path: Path, new_drug: Path) -> None:
    path = new_drug / "mine.sssom.tsv"
    path.write_text(path.read_text(encoding="utf-8").replace("exemplatide", "exemplatyde"), encoding="utf-8")
    arguments = ["build", "-q", "--add", str(new_drug), "-o", str(tmp_path / "g")]
    sentence = f"{path}, line 2: her2kg:drug/exemplatyde is no concept of the lexicon or of these documents"
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.output) == (2, f"her2kg: {sentence}\n")
    assert not (tmp_path / "g").exists()
    result = CliRunner().invoke(main, [*arguments, "--lenient"])
    assert (result.exit_code, result.output) == (0, f"left out: {sentence}\n")


def test_a_drug_of_one_s_own_is_recognised_and_linked_in_the_build(tmp_path: Path, new_drug: Path) -> None:
    assert CliRunner().invoke(main, ["build", "-q", "--add", str(new_drug), "-o", str(tmp_path / "g")]).exit_code == 0
    lines = (tmp_path / "g" / "graph.nq").read_text(encoding="utf-8").splitlines()
    drug = "<https://w3id.org/her2kg/drug/exemplatide>"
    assert (
        f"{drug} <http://www.w3.org/2004/02/skos/core#exactMatch> <http://identifiers.org/unii/AAAAAAAAAA> "
        "<https://w3id.org/her2kg/graph/mappings> ." in lines
    )
    assert any(line.startswith(f"{drug} <https://w3id.org/her2kg/ontology#inClass>") for line in lines)
