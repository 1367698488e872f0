"""The check finds what is wrong: a changed quote, a changed document, an unsorted file, a broken rule."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from graph_build.check import check
from graph_build.store import NQUADS, STORE, load_store


def change(folder: Path, target: Path, pattern: str, replacement: str) -> Path:
    """A copy of a graph with one thing in ``graph.nq`` changed, and its store made anew."""
    shutil.copytree(folder, target, ignore=shutil.ignore_patterns(STORE))
    text = (target / NQUADS).read_text(encoding="utf-8")
    changed, count = re.subn(pattern, replacement, text, count=1)
    assert count == 1
    (target / NQUADS).write_text("".join(sorted(set(changed.splitlines(keepends=True)))), encoding="utf-8")
    load_store(target)
    return target


def parts(folder: Path) -> set[tuple[str, str]]:
    """What was found, without the names of the nodes."""
    return {(finding.part, finding.message) for finding in check(folder).findings}


def test_a_good_graph_passes(packaged: Path) -> None:
    result = check(packaged)
    assert result.passed
    assert result.findings == ()


def test_a_quote_that_is_not_the_text_is_found(packaged: Path, tmp_path: Path) -> None:
    wrong = change(packaged, tmp_path / "g", r'(#mention-\S+> <\S+ontology#exact> )"HER2"', r'\1"HER3"')
    messages = [f.message for f in check(wrong).findings if f.part == "quotes"]
    assert len(messages) == 1
    assert messages[0].startswith("quotes “HER3”, but the document has “HER2” at ")


def test_a_moved_place_is_found(packaged: Path, tmp_path: Path) -> None:
    wrong = change(packaged, tmp_path / "g", r'(#evidence-\S+> <\S+ontology#start> )"(\d+)"', r'\1"9\2"')
    assert {f.part for f in check(wrong).findings} >= {"quotes"}


def test_a_changed_document_is_found(packaged: Path, tmp_path: Path) -> None:
    shutil.copytree(packaged, tmp_path / "g")
    path = next((tmp_path / "g" / "documents").iterdir())
    path.write_text(path.read_text(encoding="utf-8").replace("HER", "her"), encoding="utf-8")
    assert ("quotes", "the document that it quotes is not in the folder, or was changed") in parts(tmp_path / "g")


@pytest.mark.parametrize(
    ("pattern", "replacement", "expected"),
    [
        (
            r"<\S+/statement/\w+> <\S+#hasEvidence> \S+ \S+ \.\n",
            "",
            ("shapes", "A statement needs at least one evidence."),
        ),
        (
            r"(<\S+/study/polish>) <\S+#enrols> <\S+> (\S+ \.\n)",
            r"\1 <https://w3id.org/her2kg/ontology#enrols> <https://w3id.org/her2kg/alteration/her2-fusion> \2",
            ("rules", "broken rule: a fact of a study is a statement with evidence"),
        ),
        (
            r"(<\S+/drug/afatinib> )<\S+#inClass>( <\S+> \S+concepts> \.\n)",
            r"\1<https://w3id.org/biolink/vocab/treats>\2",
            ("rules", "broken rule: nobody claims that a drug treats"),
        ),
    ],
)
def test_broken_rules_are_found(
    packaged: Path, tmp_path: Path, pattern: str, replacement: str, expected: tuple[str, str]
) -> None:
    assert expected in parts(change(packaged, tmp_path / "g", pattern, replacement))


def test_unsorted_lines_and_blank_nodes_are_found(packaged: Path, tmp_path: Path) -> None:
    shutil.copytree(packaged, tmp_path / "g")
    path = tmp_path / "g" / NQUADS
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(
        "".join([lines[1], lines[0], *lines[2:], "_:b <http://p> <http://o> <http://g> .\n"]), encoding="utf-8"
    )
    found = [(f.part, f.node, f.message) for f in check(tmp_path / "g").findings if f.part == "file"]
    assert ("file", "graph.nq, line 2", "lines are not sorted, or one is there twice") in found
    assert ("file", f"graph.nq, line {len(lines) + 1}", "has a blank node") in found
