"""The check finds what is wrong: a changed quote, a changed document, an unsorted file, a broken rule."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph_build.check import check
from graph_build.store import NQUADS

from .changed_graph import change


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
