"""Our hierarchy against those of vocabularies: each kind of difference is found, and the shipped table is not stale."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from graph_build.cli.hierarchy import SHIPPED, hierarchy
from graph_build.lexicon import default_lexicon
from graph_build.link.formats import open_vocabulary
from graph_build.link.hierarchy import AGREES, COLUMNS, Line, Ours, compare, mapped_ends, read_lines, table, with_notes
from graph_build.resources import resource
from graph_build.sssom import CLOSE, EXACT, Row, mapping_files, read_mappings

OBO = """format-version: 1.2
data-version: 2026-01-01
ontology: mondo
"""
#: Our slugs, the identifiers in the small files, and what stands above there.
DISEASES = {
    "cancer": ("MONDO:0000001", ""),
    "lung-cancer": ("MONDO:0000002", "MONDO:0000001"),
    "non-small-cell-lung-carcinoma": ("MONDO:0000003", "MONDO:0000002"),
    "lung-adenocarcinoma": ("MONDO:0000004", "MONDO:0000003"),
    "lung-squamous-cell-carcinoma": ("MONDO:0000005", "MONDO:0000002"),  # not below NSCLC
    "glioma": ("MONDO:0000006", ""),
    "glioblastoma": ("MONDO:0000007", "MONDO:0000001"),  # beside glioma
    "breast-cancer": ("MONDO:0000008", "MONDO:0000009"),  # the wrong way round
    "triple-negative-breast-cancer": ("MONDO:0000009", "MONDO:0000001"),
    "melanoma": ("MONDO:0000010", "MONDO:0000004"),  # which no one would say
    "colorectal-cancer": ("MONDO:0000011", "MONDO:0000001"),
    "colon-cancer": ("MONDO:0000011", ""),  # mapped to the same
}
#: In MeSH, lung adenocarcinoma stands below the lung's neoplasms alone; a supplementary record below its heading.
TREES = {"D000001": "C04", "D000002": "C04.588", "D000003": "C04.588.500", "D000004": "C04.588.055"}
MESH_DISEASES = ("cancer", "lung-cancer", "non-small-cell-lung-carcinoma", "lung-adenocarcinoma")


def mapping(subject: str, target: str, predicate: str = EXACT) -> Row:
    return Row(
        subject_id=f"her2kg:disease/{subject}",
        predicate_id=predicate,
        object_id=target,
        mapping_justification="semapv:ManualMappingCuration",
    )


@pytest.fixture
def mondo(tmp_path: Path) -> Path:
    terms = dict(DISEASES.values())
    entries = (f"\n[Term]\nid: {i}\nname: {i}\n" + (f"is_a: {up}\n" if up else "") for i, up in terms.items())
    path = tmp_path / "small.obo"
    path.write_text(OBO + "".join(entries))
    return path


@pytest.fixture
def mesh(tmp_path: Path) -> Path:
    records = "".join(
        f"<DescriptorRecord><DescriptorUI>{i}</DescriptorUI><DescriptorName><String>{i}</String></DescriptorName>"
        f"<TreeNumberList><TreeNumber>{tree}</TreeNumber></TreeNumberList></DescriptorRecord>"
        for i, tree in TREES.items()
    )
    path = tmp_path / "desc2026.xml"
    path.write_text(f"<?xml version='1.0'?><DescriptorRecordSet>{records}</DescriptorRecordSet>")
    return path


def found(lines: list[Line]) -> dict[tuple[str, str], tuple[str, str, str]]:
    return {
        (line.child.rpartition("/")[2], line.parent.rpartition("/")[2]): (line.ours, line.theirs, line.finding)
        for line in lines
    }


def test_each_kind_of_difference_is_found(mondo: Path) -> None:
    rows = [mapping(subject, target) for subject, (target, _) in DISEASES.items()]

    lines = compare(default_lexicon(), rows, [open_vocabulary(mondo)])

    answers = found(lines)
    assert answers["lung-adenocarcinoma", "non-small-cell-lung-carcinoma"] == ("direct", "below", "agrees")
    assert answers["lung-squamous-cell-carcinoma", "non-small-cell-lung-carcinoma"] == ("direct", "none", "not there")
    assert answers["glioma", "cancer"] == ("direct", "none", "not there")
    assert answers["glioblastoma", "glioma"] == ("indirect", "none", "not there")
    assert answers["triple-negative-breast-cancer", "breast-cancer"] == ("direct", "above", "reverse there")
    assert answers["colon-cancer", "colorectal-cancer"] == ("direct", "same", "one entry there")
    assert answers["melanoma", "lung-adenocarcinoma"] == ("none", "below", "missing here")
    assert {line.vocabulary for line in lines} == {"MONDO"}
    assert all("2026-01-01" in line.edition for line in lines)


def test_what_follows_from_another_line_is_left_out(mondo: Path) -> None:
    rows = [mapping(subject, target) for subject, (target, _) in DISEASES.items()]

    answers = found(compare(default_lexicon(), rows, [open_vocabulary(mondo)]))

    assert ("melanoma", "lung-cancer") not in answers  # from melanoma below lung adenocarcinoma
    assert ("lung-adenocarcinoma", "cancer") not in answers  # agrees, and follows
    assert ("breast-cancer", "triple-negative-breast-cancer") not in answers  # told from our side


def test_the_trees_of_mesh_are_climbed_by_number(mesh: Path) -> None:
    rows = [mapping(d, f"mesh:{i}") for d, i in zip(MESH_DISEASES, TREES, strict=True)]

    answers = found(compare(default_lexicon(), rows, [open_vocabulary(mesh)]))

    assert answers["non-small-cell-lung-carcinoma", "lung-cancer"] == ("direct", "below", "agrees")
    assert answers["lung-adenocarcinoma", "non-small-cell-lung-carcinoma"] == ("direct", "none", "not there")


def test_nearly_the_same_is_told_and_wider_is_not_compared(mesh: Path) -> None:
    rows = [
        mapping("cancer", "mesh:D000001", CLOSE),
        mapping("lung-cancer", "mesh:D000002"),
        mapping("non-small-cell-lung-carcinoma", "mesh:D000003", "skos:broadMatch"),
    ]

    (line,) = compare(default_lexicon(), rows, [open_vocabulary(mesh)])

    assert (line.child, line.matched) == ("her2kg:disease/lung-cancer", "close")


def test_a_note_stays_with_its_pair(mondo: Path) -> None:
    rows = [mapping(subject, target) for subject, (target, _) in DISEASES.items()]
    lines = compare(default_lexicon(), rows, [open_vocabulary(mondo)])
    path = mondo.with_suffix(".tsv")
    path.write_text(table(lines).replace("reverse there\t2026-01-01\t", "reverse there\t2026-01-01\tan error there"))

    noted = [line for line in with_notes(lines, read_lines(path)) if line.note]

    assert [(line.finding, line.note) for line in noted] == [("reverse there", "an error there")]


def test_the_command_prints_counts_and_writes_a_table(mondo: Path) -> None:
    output = mondo.with_name("lines.tsv")

    printed = CliRunner().invoke(hierarchy, ["--vocabulary", str(mondo), "--format", "tsv"])
    wrote = CliRunner().invoke(hierarchy, ["--vocabulary", str(mondo), "-o", str(output)])

    assert printed.exit_code != 0  # none of our mappings leads to these few entries
    assert wrote.exit_code != 0
    real = mondo.with_name("real.obo")
    real.write_text(
        OBO
        + "\n[Term]\nid: MONDO:0005233\nname: non-small cell lung carcinoma\n"
        + "\n[Term]\nid: MONDO:0005061\nname: lung adenocarcinoma\nis_a: MONDO:0005233\n"
    )
    wrote = CliRunner().invoke(hierarchy, ["--vocabulary", str(real), "-o", str(output)])
    printed = CliRunner().invoke(hierarchy, ["--vocabulary", str(real), "--format", "tsv"])
    assert wrote.exit_code == printed.exit_code == 0
    assert output.read_text() == printed.output
    (line,) = read_lines(output)
    assert (line.finding, line.child_id, line.parent_id) == (AGREES, "MONDO:0005061", "MONDO:0005233")


# The table that the project ships.


@pytest.fixture(scope="module")
def shipped() -> list[Line]:
    return read_lines(resource(*SHIPPED))


@pytest.fixture(scope="module")
def ours() -> Ours:
    return Ours(default_lexicon())


def test_the_shipped_table_is_of_the_present_lexicon_and_mappings(shipped: list[Line], ours: Ours) -> None:
    ends = mapped_ends(read_mappings(mapping_files(resource("ontology", "mappings"))).rows, ours)
    for line in shipped:
        assert ours.relation(line.child, line.parent) == line.ours, line
        mapped = ends[line.vocabulary]
        assert line.child_id in dict(mapped[line.child]), line
        assert line.parent_id in dict(mapped[line.parent]), line
        exact = dict(mapped[line.child])[line.child_id] == dict(mapped[line.parent])[line.parent_id] == "exact"
        assert line.matched == ("exact" if exact else "close"), line


@pytest.mark.parametrize("vocabulary", ["MONDO", "mesh"])
def test_the_shipped_table_has_every_line_of_mapped_diseases(vocabulary: str, shipped: list[Line], ours: Ours) -> None:
    ends = mapped_ends(read_mappings(mapping_files(resource("ontology", "mappings"))).rows, ours)[vocabulary]
    wanted = {
        (child, parent)
        for child in ends
        for parent in ours.up[child]
        if child.startswith("her2kg:disease/") and parent in ends
    }
    assert wanted - {line.key[:2] for line in shipped if line.vocabulary == vocabulary} == set()


def test_the_shipped_table_is_as_the_command_writes_it(shipped: list[Line]) -> None:
    text = resource(*SHIPPED).read_text(encoding="utf-8")
    assert text == table(sorted(shipped, key=lambda line: [getattr(line, name) for name in COLUMNS]))
    assert len({line.key for line in shipped}) == len(shipped)


def test_every_difference_says_why(shipped: list[Line]) -> None:
    assert [line.key for line in shipped if line.finding != AGREES and not line.note] == []


def test_known_departures_are_listed(shipped: list[Line]) -> None:
    known = {(line.vocabulary, *found([line])) for line in shipped if line.finding != AGREES}
    assert ("mesh", ("lung-adenocarcinoma", "non-small-cell-lung-carcinoma")) in known
    assert ("MONDO", ("lung-squamous-cell-carcinoma", "non-small-cell-lung-carcinoma")) in known
    assert ("MONDO", ("lung-adenocarcinoma", "non-small-cell-lung-carcinoma")) not in known
