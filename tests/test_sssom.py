"""SSSOM: our tables are valid for its own tools, and every faulty row is named with its line and the mend."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from sssom.parsers import parse_sssom_table
from sssom.validators import validate

from graph_build.prefixes import CURIES
from graph_build.resources import resource
from graph_build.sssom import (
    COLUMNS,
    EXACT,
    LEXICAL,
    MANUAL,
    NOT,
    MappingError,
    Row,
    mapping_files,
    read_mappings,
    sssom_text,
)

MAPPINGS = resource("ontology", "mappings")
HEADER = "subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification"
GOOD = "her2kg:drug/x\tx\tskos:exactMatch\tCHEBI:1\tx\tsemapv:LexicalMatching"


def written(tmp_path: Path, *lines: str, header: str = HEADER) -> Path:
    path = tmp_path / "mine.sssom.tsv"
    path.write_text("\n".join(["#curie_map:", "#  ex: https://example.org/", header, *lines]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("path", mapping_files(MAPPINGS), ids=lambda path: path.name)
def test_every_table_is_valid_for_the_tools_of_sssom(path: Path) -> None:
    table = parse_sssom_table(str(path))
    reports = validate(table, fail_on_error=False)
    faults = [result.message for report in reports.values() for result in report.results]
    assert faults == []
    assert len(table.df) == len(read_mappings([path]).rows)


def test_every_row_says_how_it_was_found_from_which_edition_and_when() -> None:
    for row in read_mappings(mapping_files(MAPPINGS)).rows:
        assert row.mapping_justification in (LEXICAL, MANUAL, "semapv:MappingChaining"), row
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", row.mapping_date), row
        assert row.object_source.startswith("bioregistry:"), row
        assert row.object_source_version, row
        assert row.comment or row.predicate_id == EXACT or row.mapping_justification == MANUAL or row.object_label, row


def test_tables_are_sorted_with_one_row_a_line() -> None:
    for path in mapping_files(MAPPINGS):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        assert lines[1:] == sorted(lines[1:]), path.name
        assert len(lines) - 1 == len(read_mappings([path]).rows), path.name


def test_the_result_of_the_last_check_is_there_for_every_row_and_has_no_fault() -> None:
    """``ontology/mappings/checked.tsv`` is written by ``her2kg link check`` with the real vocabulary files."""
    lines = (MAPPINGS / "checked.tsv").read_text(encoding="utf-8").splitlines()
    table = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    checked = {(row["subject_id"], row["predicate_id"], row["object_id"], row["object_label"]): row for row in table}
    rows = [row for row in read_mappings(mapping_files(MAPPINGS)).rows if not row.rejected]
    assert {(r.subject_id, r.predicate_id, r.object_id, r.object_label) for r in rows} == set(checked)
    counts = Counter(row["result"] for row in table)
    assert set(counts) <= {"confirmed", "renamed"}
    told = f"{counts['confirmed']} confirmed, {counts['renamed']} renamed, 0 unverifiable, 0 obsolete, 0 wrong"
    assert lines[0] == f"#what her2kg link check found: {told}"
    editions = [line for line in lines[1:] if line.startswith("#")]
    assert all(re.fullmatch(r"#[\w-]+: [\w.-]+, .+, sha256 [0-9a-f]{64}", line) for line in editions)
    assert {row["by"] for row in table} <= {line[1:].partition(":")[0] for line in editions}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            GOOD.replace("CHEBI:1", "NOWHERE:1"),
            "“NOWHERE:1” in column object_id has no known prefix; add it to the file's",
        ),
        (GOOD.replace("CHEBI:1", "CHEBI 1"), "“CHEBI 1” in column object_id is no CURIE; write prefix:identifier"),
        (GOOD.replace("her2kg:drug/x", "x"), "“x” in column subject_id is no CURIE"),
        (GOOD.replace("semapv:LexicalMatching", ""), "column mapping_justification is empty; say how the mapping was"),
        (GOOD.replace("skos:exactMatch", "skos:sameAs"), "“skos:sameAs” is no predicate of a mapping; use one of"),
        (GOOD + "\textra", "7 cells where the header has 6; put one tab between two columns"),
        (GOOD.replace("CHEBI:1", ""), "column object_id is empty"),
        (
            GOOD.replace("CHEBI:1", "unii:../x"),
            "“unii:../x” in column object_id does not have the form of such an",
        ),
        (GOOD.replace("\tx\tskos", '\t"inch\tskos'), "a quotation mark is opened and not closed"),
    ],
)
def test_a_faulty_row_is_named_and_left_out_when_lenient(tmp_path: Path, line: str, sentence: str) -> None:
    path = written(tmp_path, GOOD.replace("CHEBI:1", "CHEBI:2"), line)
    with pytest.raises(MappingError) as caught:
        read_mappings([path])
    assert str(caught.value).startswith(f"{path}, line 5: {sentence}")
    lenient = read_mappings([path], lenient=True)
    assert [row.object_id for row in lenient.rows] == ["CHEBI:2"]
    assert lenient.problems == (str(caught.value),)


def test_the_same_pair_twice_names_both_lines(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD, GOOD.replace("exactMatch", "closeMatch"))
    sentence = f"{path}, line 5: maps her2kg:drug/x to CHEBI:1 again ({path}, line 4); keep one row"
    with pytest.raises(MappingError, match=re.escape(sentence)):
        read_mappings([path])
    assert [row.predicate_id for row in read_mappings([path], lenient=True).rows] == [EXACT]


def test_a_file_that_is_no_table_of_mappings_is_told(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"line 3: has no column mapping_justification; an SSSOM table needs it"):
        read_mappings([written(tmp_path, header="subject_id\tpredicate_id\tobject_id")])
    binary = tmp_path / "b.sssom.tsv"
    binary.write_bytes(b"\xff\xfe")
    with pytest.raises(MappingError, match=r"b\.sssom\.tsv: cannot be read \(it is not UTF-8\)"):
        read_mappings([binary])
    with pytest.raises(MappingError, match=r"holds no \*\.sssom\.tsv file"):
        mapping_files(tmp_path / "nothing")


def test_a_prefix_of_one_s_own_is_read_from_the_header_and_one_of_ours_cannot_be_changed(tmp_path: Path) -> None:
    own = read_mappings([written(tmp_path, GOOD.replace("CHEBI:1", "ex:1"))])
    assert own.expand(own.rows[0].object_id) == "https://example.org/1"
    path = written(tmp_path, GOOD)
    path.write_text(path.read_text(encoding="utf-8").replace("#  ex: https", "#  CHEBI: https"), encoding="utf-8")
    with pytest.raises(
        MappingError, match=f"its curie_map has CHEBI: https://example.org/, but here CHEBI is {CURIES['CHEBI']}"
    ):
        read_mappings([path])


def test_a_quotation_mark_that_is_not_closed_swallows_no_row(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD + '"inch', GOOD.replace("CHEBI:1", "CHEBI:2"), GOOD.replace("CHEBI:1", "CHEBI:3"))
    path.write_text(path.read_text(encoding="utf-8").replace('Matching"inch', "Matching"), encoding="utf-8")
    assert len(read_mappings([path]).rows) == 3
    path = written(tmp_path, GOOD.replace("\tx\tsemapv", '\t"x\tsemapv'), GOOD.replace("CHEBI:1", "CHEBI:2"))
    lenient = read_mappings([path], lenient=True)
    assert [row.object_id for row in lenient.rows] == ["CHEBI:2"]
    assert lenient.problems == (
        f"{path}, line 4: a quotation mark is opened and not closed; close it, or leave it out",
    )


def test_what_spreadsheets_write_is_read(tmp_path: Path) -> None:
    header = HEADER.replace("\tpredicate_id", "\tpredicate_modifier\tpredicate_id")
    path = written(tmp_path, GOOD.replace("\tx\tskos", "\tx\u2028y\tNOT\tskos"), header=header)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    (row,) = read_mappings([path]).rows
    assert (row.predicate_modifier, row.subject_label) == (NOT, "x\u2028y")


def test_columns_that_we_do_not_use_are_kept(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD + "\torcid:0000-0000-0000-0001", header=HEADER + "\tauthor_id")
    rows = read_mappings([path]).rows
    assert rows[0].more == (("author_id", "orcid:0000-0000-0000-0001"),)
    path.write_text(sssom_text(path.name, "back", rows), encoding="utf-8")
    assert read_mappings([path]).rows[0].more == rows[0].more


def test_other_spellings_of_a_prefix_are_ours(tmp_path: Path) -> None:
    rows = read_mappings(
        [written(tmp_path, GOOD.replace("CHEBI:1", "MESH:D1"), GOOD.replace("CHEBI:1", "NCT:NCT00000001"))]
    ).rows
    assert [row.object_id for row in rows] == ["mesh:D1", "clinicaltrials:NCT00000001"]


def test_rows_survive_writing_and_reading(tmp_path: Path) -> None:
    rows = [
        Row(
            subject_id="her2kg:drug/x",
            subject_label='the "x"',
            predicate_modifier=NOT,
            predicate_id=EXACT,
            object_id="CHEBI:1",
            mapping_justification=MANUAL,
            comment="a\ttab and\na line",
        ),
        Row(
            subject_id="her2kg:drug/w",
            predicate_id=EXACT,
            object_id="mesh:C1",
            mapping_justification=LEXICAL,
            confidence="0.98",
        ),
    ]
    path = tmp_path / "w.sssom.tsv"
    path.write_text(sssom_text(path.name, "two", rows), encoding="utf-8")
    back = read_mappings([path]).rows
    kept = [{c: getattr(row, c) for c in COLUMNS} for row in back]
    assert kept == [
        {c: getattr(rows[1], c) for c in COLUMNS},
        {c: getattr(rows[0], c) for c in COLUMNS} | {"comment": "a tab and a line"},
    ]
