"""What changed between two graphs: counts, lists with quotes, and exit codes as those of diff."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph_build.build import build
from graph_build.cli import main
from graph_build.compare import compare, snapshot
from graph_build.compare.wording import as_text
from graph_build.resources import packaged_sources
from graph_build.store import NQUADS, REPORT, load_store

REVIEW = "cancer-research-on-prevention-and-treatment-2025.txt"
OLDER = "cancer-treatment-reviews-2020.txt"


def diff(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


def changed(folder: Path, changes: dict[str, str], names: tuple[str, ...] = (OLDER, REVIEW)) -> Path:
    """The graph of the packaged documents with some words replaced."""
    folder.mkdir()
    sources = {path.name: path.read_text(encoding="utf-8") for path in packaged_sources()}
    for name in names:
        text = sources[name]
        for old, new in changes.items():
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
    build([folder / name for name in names], output=folder / "graph")
    return folder / "graph"


def section(text: str, title: str) -> list[str]:
    """The lines of a list."""
    found = re.search(rf"^{title} \([\d,]+\)\n((?:  .*\n)*)", text, re.MULTILINE)
    return [line.strip() for line in found[1].splitlines()] if found else []


@pytest.fixture(scope="module")
def flipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What was unsatisfactory is promising, and another drug was tried."""
    return changed(
        tmp_path_factory.mktemp("flipped") / "files",
        {
            "chemotherapy and immunotherapy have been unsatisfactory": "chemotherapy and immunotherapy are promising",
            "there is no gold standard": "there is a gold standard",
            "SHR-A1811 (antibody-drug conjugate)": "SHR-A1911 (antibody-drug conjugate)",
        },
    )


@pytest.fixture(scope="module")
def same(packaged: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same graph in another folder."""
    folder = tmp_path_factory.mktemp("same") / "graph"
    shutil.copytree(packaged, folder)
    return folder


def test_the_same(packaged: Path, same: Path) -> None:
    result = diff(packaged, same)
    assert (result.exit_code, result.output) == (0, "the same: her2kg 0.1.0, ontology 0.1.0\n")
    assert diff(packaged, same, "--format", "tsv").output.splitlines() == [
        "change\twhat\tname\tiri\tbefore\tafter\tdocument\tquote"
    ]
    assert json.loads(diff(packaged, same, "--format", "json").output)["same"] is True


def test_what_is_no_graph_is_trouble(packaged: Path, tmp_path: Path) -> None:
    for pair in ((tmp_path, packaged), (packaged, tmp_path)):
        result = diff(*pair)
        assert result.exit_code == 2
        assert result.output.startswith(f"her2kg: {tmp_path}: no graph here")
        assert result.output.count("\n") == 1


def test_a_damaged_graph_is_trouble(packaged: Path, same: Path, tmp_path: Path) -> None:
    shutil.copytree(same, tmp_path / "graph")
    (tmp_path / "graph" / REPORT).write_text("{", encoding="utf-8")
    result = diff(packaged, tmp_path / "graph")
    assert (result.exit_code, result.output) == (
        2,
        f"her2kg: {tmp_path / 'graph'}: its report.json cannot be read; build the graph again\n",
    )


def test_what_is_said_otherwise(packaged: Path, flipped: Path) -> None:
    result = diff(packaged, flipped, "--all")
    assert result.exit_code == 1
    assert [line for line in section(result.output, "statements flipped") if line[0] not in "−+"] == [
        (
            "HER2 positivity testing has gold standard non-small cell lung carcinoma: denied → asserted, "
            "in Cancer Treat Rev 2020"
        ),
        "chemotherapy efficacy in HER2 mutation: asserted, unfavourable → asserted, favourable, in Zhang 2025",
        "immunotherapy efficacy in HER2 mutation: asserted, unfavourable → asserted, favourable, in Zhang 2025",
    ]
    quotes = [line for line in section(result.output, "statements flipped") if line[0] in "−+"]
    assert quotes[:2] == [
        (
            '− “Several methods serve the detection of HER2 "positivity" in NSCLC; there is no gold standard.” '
            "(Cancer Treat Rev 2020)"
        ),
        (
            '+ “Several methods serve the detection of HER2 "positivity" in NSCLC; there is a gold standard.” '
            "(Cancer Treat Rev 2020)"
        ),
    ]
    assert "unsatisfactory" in quotes[2]
    assert "promising" in quotes[3]


def test_counts_come_first(packaged: Path, flipped: Path) -> None:
    studies, statements = (
        [json.loads((folder / REPORT).read_text(encoding="utf-8"))["counts"][name] for folder in (packaged, flipped)]
        for name in ("Study", "Statement")
    )
    lines = diff(packaged, flipped).output.splitlines()
    wanted = [
        r"tool        0\.1\.0 in both",
        r"ontology    0\.1\.0 in both",
        r"documents   2 → 2: 0 added, 0 removed, 2 changed",
        rf"studies     {studies[0]} → {studies[1]}: 1 new, 1 gone",
        rf"statements  {statements[0]} → {statements[1]}: 7 new, 7 gone, 3 flipped, \d+ with other quotes",
        r"mentioned   (\d+) → \1: 1 new, 1 no longer",
        r"mappings    [\d,]+ → [\d,]+: 0 new, 1 gone, 0 with another relation",
        r"quads       [\d,]+ new, [\d,]+ gone, in 4 graphs",
        "",
    ]
    assert [line for line, form in zip(lines, wanted, strict=False) if not re.fullmatch(form, line)] == []


def test_studies_and_drugs(packaged: Path, flipped: Path) -> None:
    text = diff(packaged, flipped).output
    study = "https://w3id.org/her2kg/study/li-2024"
    drug = "https://w3id.org/her2kg/drug"
    assert section(text, "studies new") == [f"Li 2024 SHR-A1911  {study}-shr-a1911"]
    assert section(text, "studies gone") == [f"Li 2024 trastuzumab rezetecan  {study}-trastuzumab-rezetecan"]
    assert section(text, "mentioned for the first time") == [f"drug SHR-A1911  {drug}/shr-a1911"]
    assert section(text, "no longer mentioned") == [f"drug trastuzumab rezetecan  {drug}/trastuzumab-rezetecan"]
    assert section(text, "mappings gone") == [
        "her2kg:study/li-2024-trastuzumab-rezetecan her2:registeredAs clinicaltrials:NCT04818333"
    ]
    new = section(text, "statements new")
    title = (
        "“SHR-A1911 (antibody-drug conjugate) in advanced HER2-mutant non-small cell lung cancer: "
        "a multicenter, open-label, phase 1/2 study” (Zhang 2025)"
    )
    assert new[::2] == [
        "Li 2024 SHR-A1911 condition non-small cell lung carcinoma (asserted)",
        "Li 2024 SHR-A1911 design multicenter (asserted)",
        "Li 2024 SHR-A1911 design open-label (asserted)",
        "Li 2024 SHR-A1911 enrols HER2 mutation (asserted)",
        "Li 2024 SHR-A1911 investigates SHR-A1911 (asserted)",
        "Li 2024 SHR-A1911 reported in Li 2024 (asserted)",
        "SHR-A1911 in class antibody-drug conjugate (asserted)",
    ]
    assert set(new[1::2]) == {title}


def test_the_other_way_round(packaged: Path, flipped: Path) -> None:
    """What is new in one direction is gone in the other."""
    there, back = compare(snapshot(packaged), snapshot(flipped)), compare(snapshot(flipped), snapshot(packaged))
    assert there.statements_new == back.statements_gone
    assert there.statements_gone == back.statements_new
    assert [(f.was, f.now, f.document) for f in there.statements_flipped] == [
        (f.now, f.was, f.document) for f in back.statements_flipped
    ]
    assert there.quads == {graph: (came, went) for graph, (went, came) in back.quads.items()}


def test_every_new_statement_is_in_one_list(packaged: Path, flipped: Path) -> None:
    changes = compare(snapshot(packaged), snapshot(flipped))
    old, new = changes.before.claims.keys(), changes.after.claims.keys()
    came = {c.iri for c in changes.statements_new}
    went = {c.iri for c in changes.statements_gone}
    turned = {f.now.iri for f in changes.statements_flipped}
    left = {f.was.iri for f in changes.statements_flipped}
    assert came | (turned - old) == new - old
    assert went | (left - new) == old - new
    assert came.isdisjoint(turned)
    assert went.isdisjoint(left)


@pytest.fixture(scope="module")
def one_review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the later review alone."""
    return changed(tmp_path_factory.mktemp("one") / "files", {}, (REVIEW,))


def test_another_document_takes_another_stance(one_review: Path, packaged: Path) -> None:
    """What the added review asks as an open question, the other one asserts, and still does."""
    text = diff(one_review, packaged).output
    assert "documents   1 → 2: 1 added, 0 removed, 0 changed" in text.splitlines()
    assert section(text, "documents added") == ["Cancer Treat Rev 2020  https://doi.org/10.1016/j.ctrv.2020.101996"]
    found = section(text, "statements flipped")
    assert found[0] == (
        "ERBB2 therapeutic target in non-small cell lung carcinoma: asserted → open question, "
        "in different documents, which stands beside it"
    )
    assert [line[0] + line.rpartition(" (")[2] for line in found[1:3]] == ["−Zhang 2025)", "+Cancer Treat Rev 2020)"]
    assert section(text, "statements gone") == []


def test_lists_are_bounded(packaged: Path, one_review: Path) -> None:
    changes = compare(snapshot(packaged), snapshot(one_review))
    count = len(changes.statements_gone)
    short = as_text(changes, most=3)
    assert section(short, "statements gone")[-1] == f"… and {count - 3} more; --all shows them"
    assert section(as_text(changes, most=None), "statements gone")[:2] == section(short, "statements gone")[:2]
    assert "more; --all" not in diff(packaged, one_review, "--all").output


def test_a_table_and_json(packaged: Path, flipped: Path) -> None:
    table = list(csv.DictReader(io.StringIO(diff(packaged, flipped, "--format", "tsv").output), delimiter="\t"))
    found = json.loads(diff(packaged, flipped, "--format", "json").output)
    turned = [row for row in table if row["change"] == "flipped"]
    assert [(row["name"], row["before"], row["after"]) for row in turned][1] == (
        "chemotherapy efficacy in HER2 mutation",
        "asserted, unfavourable",
        "asserted, favourable",
    )
    assert "promising" in turned[1]["quote"]
    assert [f["after"]["iri"] for f in found["statements"]["flipped"]] == [row["iri"] for row in turned]
    assert found["statements"]["flipped"][1]["before"]["appraisal"] == "Unfavourable"
    assert {s["iri"] for s in found["statements"]["new"]} == {
        row["iri"] for row in table if (row["change"], row["what"]) == ("new", "statement")
    }
    assert found["same"] is False
    assert found["mentioned"]["new"] == [{"label": "SHR-A1911", "iri": "https://w3id.org/her2kg/drug/shr-a1911"}]
    for format in ("tsv", "json", "text"):
        assert diff(packaged, flipped, "--format", format).output == diff(packaged, flipped, "--format", format).output


def edited(packaged: Path, folder: Path, changes: dict[str, str]) -> Path:
    """A graph whose file was changed by hand."""
    shutil.copytree(packaged, folder, ignore=shutil.ignore_patterns("store"))
    text = (folder / NQUADS).read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    (folder / NQUADS).write_text("".join(sorted(text.splitlines(keepends=True))), encoding="utf-8")
    load_store(folder)
    return folder


def test_versions_and_mappings(packaged: Path, tmp_path: Path) -> None:
    text = (packaged / NQUADS).read_text(encoding="utf-8")
    version = next(
        line for line in text.splitlines() if "ontology> <http://www.w3.org/2002/07/owl#versionInfo>" in line
    )
    mapping = next(line for line in text.splitlines() if "drug/afatinib>" in line and "skos/core#exactMatch" in line)
    other = edited(
        packaged,
        tmp_path / "other",
        {version: version.replace('"0.1.0"', '"0.2.0"'), mapping: mapping.replace("exactMatch", "closeMatch")},
    )
    report = json.loads((other / REPORT).read_text(encoding="utf-8"))
    report["software"]["version"] = "0.3.0"
    (other / REPORT).write_text(json.dumps(report), encoding="utf-8")
    found = diff(packaged, other)
    assert found.exit_code == 1
    lines = found.output.splitlines()
    assert lines[:2] == ["tool        0.1.0 → 0.3.0", "ontology    0.1.0 → 0.2.0"]
    assert re.fullmatch(r"mappings    ([\d,]+) → \1: 0 new, 0 gone, 1 with another relation", lines[6])
    (remapped,) = section(found.output, "mappings with another relation")
    assert re.fullmatch(r"her2kg:drug/afatinib \S+: skos:exactMatch → skos:closeMatch", remapped)
    assert section(found.output, "graphs that differ") == [
        "https://w3id.org/her2kg/graph/mappings: 1 new, 1 gone",
        "https://w3id.org/her2kg/graph/ontology: 1 new, 1 gone",
    ]


def test_quotes_of_others_are_harmless_on_a_terminal(packaged: Path, tmp_path: Path) -> None:
    hostile = {"there is no gold standard": "there is\\u001B]0;no gold standard\\u0007"}
    other = edited(packaged, tmp_path / "other", hostile)
    output = diff(packaged, other).output
    assert "\x1b" not in output
    assert "\x07" not in output
    assert section(output, "statements with other quotes")[0].startswith("HER2 positivity testing has gold standard")
