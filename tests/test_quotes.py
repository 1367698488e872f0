"""Each mention and each piece of evidence is compared with the text that it quotes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from graph_build.quotes import Quoted, quoted
from graph_build.store import NQUADS, open_store

from .changed_graph import change

NAME = r"<\S+#evidence-1074-1294-\w+"
ONTOLOGY = r"<\S+ontology#"


def wrong(folder: Path) -> list[Quoted]:
    """The quotes that something is wrong with."""
    return [quote for quote in quoted(open_store(folder), folder) if quote.problem or quote.overlaps]


def test_every_quote_is_compared(packaged: Path) -> None:
    found = list(quoted(open_store(packaged), packaged))
    text = (packaged / NQUADS).read_text(encoding="utf-8")
    nodes = re.findall(r"^<(\S+)> <\S+#type> <\S+ontology#(?:Mention|Evidence)>", text, re.MULTILINE)
    assert sorted(quote.node for quote in found) == sorted(nodes)
    assert {(quote.problem, quote.overlaps) for quote in found} == {(None, False)}


@pytest.mark.parametrize(
    ("pattern", "replacement", "problem"),
    [
        (
            rf"({NAME}> {ONTOLOGY}exact> )\"To assess",
            r'\1"To asses',
            "quotes “To asses HER2",
        ),
        (rf"({NAME}> {ONTOLOGY}start> )\"1074\"", r'\1"1075"', "quotes “To assess HER2"),
        (rf"({NAME}> {ONTOLOGY}end> )\"1294\"", r'\1"twelve"', "has no place or no quote"),
        (rf"{NAME}> {ONTOLOGY}end> .*\n", "", "has no place or no quote"),
        (rf"({NAME}-position> <\S+oa#start> )\"1074\"", r'\1"1073"', "says one place in her2: and another in oa:"),
        (rf"{NAME}-target> <\S+oa#hasSelector> .*-position> .*\n", "", "says one place in her2: and another in oa:"),
        (rf"({NAME}-quote> <\S+oa#suffix> )\"", r'\1"x', "has a prefix or suffix that is not the text around it"),
        (rf"{NAME}-quote> <\S+oa#prefix> .*\n", "", "has a prefix or suffix that is not the text around it"),
    ],
)
def test_what_is_wrong_is_told(packaged: Path, tmp_path: Path, pattern: str, replacement: str, problem: str) -> None:
    (found,) = wrong(change(packaged, tmp_path / "g", pattern, replacement))
    assert "#evidence-1074-1294-" in found.node
    assert not found.overlaps
    assert found.problem is not None
    assert found.problem.startswith(problem)


def test_mentions_that_overlap_are_found(packaged: Path, tmp_path: Path) -> None:
    text = (packaged / NQUADS).read_text(encoding="utf-8")
    mention = re.search(r"(<\S+#mention-\d+)(-\S+)> <\S+#type> <\S+#Mention>", text)
    assert mention
    node, twin = "".join(mention.groups()), f"{mention[1]}0{mention[2]}"
    lines = text.splitlines(keepends=True)
    more = [line.replace(node, twin) for line in lines if line.startswith(node)]
    shutil.copytree(packaged, tmp_path / "g")
    (tmp_path / "g" / NQUADS).write_text("".join(sorted({*lines, *more})), encoding="utf-8")
    assert wrong(tmp_path / "g") == [Quoted(twin.strip("<"), None, overlaps=True)]


def test_a_changed_document_is_found(packaged: Path, tmp_path: Path) -> None:
    shutil.copytree(packaged, tmp_path / "g")
    path = next((tmp_path / "g" / "documents").iterdir())
    path.write_text(path.read_text(encoding="utf-8").replace("HER", "her"), encoding="utf-8")
    found = wrong(tmp_path / "g")
    assert {quote.problem for quote in found} == {"the document that it quotes is not in the folder, or was changed"}
    assert len({quote.node.partition("#")[0] for quote in found}) == 1
