"""What documents print beside the HGVS name of a variant is a name of it: for search, questions, pages and exports."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import graph_build
from graph_build.build import build
from graph_build.cli import main
from graph_build.graph import KnowledgeGraph
from graph_build.site import write_site

from .page_text import Read

PAGE = """Afatinib in HER2 I655V-mutant lung adenocarcinoma: a phase 2 trial

J Test Oncol. 2022 Jan;1(1):1-9. doi: 10.1000/variants.


Afatinib in HER2 I655V-mutant lung adenocarcinoma: a phase 2 trial

J Test Oncol. 2022 Jan;1(1):1-9. doi: 10.1000/variants.

Song A, Min B.

Abstract

Carriers of HER2 I655V (rs1136201) were as often women as men.

PMID: 9000001
"""


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The graph of one made-up page that prints a number of dbSNP beside a change."""
    folder = tmp_path_factory.mktemp("notation")
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    build([folder / "page.txt"], folder / "graph")
    return graph_build.open(folder / "graph")


def test_it_is_found_by_its_number(kg: KnowledgeGraph) -> None:
    found = kg.entity("RS1136201")
    assert found.label == "HER2 p.I655V"
    assert "rs1136201" in found.names
    tried = kg.query("drugs-by-alteration", alteration="rs1136201")
    assert {row[tried.columns.index("given")] for row in tried.rows} == {"afatinib"}
    assert tried.rows == kg.query("drugs-by-alteration", alteration="HER2 p.I655V").rows


def test_its_page_and_its_exports_name_it_so(kg: KnowledgeGraph, tmp_path: Path) -> None:
    write_site(kg.folder, tmp_path / "site")
    page = Read((tmp_path / "site" / "alteration" / "her2-p-i655v.html").read_text(encoding="utf-8")).text
    names = page[page.index("Names and codes") :]
    assert "rs1136201" in names.splitlines()[1]
    done = CliRunner().invoke(main, ["export", "kgx", "--graph", str(kg.folder), "-o", str(tmp_path / "kgx")])
    assert done.exit_code == 0, done.output
    nodes = (tmp_path / "kgx_nodes.tsv").read_text(encoding="utf-8").splitlines()
    synonym = nodes[0].split("\t").index("synonym")
    (row,) = (line.split("\t") for line in nodes if "HER2 p.I655V" in line.split("\t"))
    assert "rs1136201" in row[synonym].split("|")
