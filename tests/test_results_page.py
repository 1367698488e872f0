"""The numbers of a study on its page: every one, as printed, with who says it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions

from graph_build.build import build
from graph_build.pages.ask import query_of
from graph_build.pages.entities import Entities
from graph_build.pages.frame import Setting
from graph_build.pages.results import results
from graph_build.pages.things import thing_page
from graph_build.serve.markup import ServerAddresses
from graph_build.store import open_store
from graph_build.vocabulary import BASE, HER2

from .page_text import Read

PAPERS = Path(__file__).parent / "results" / "papers.xml"


@pytest.fixture(scope="module")
def setting(tmp_path_factory: pytest.TempPathFactory) -> Setting:
    folder = tmp_path_factory.mktemp("results") / "graph"
    build([PAPERS], output=folder)
    entities = Entities(open_store(folder))
    return Setting(entities, ServerAddresses(described=entities.described, editor=False))


def lines(setting: Setting, study: str, words: bool = True) -> list[str]:
    """The rows of the panel, their cells apart, with or without the quote."""
    shown = str(results(BASE + study, setting))
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in shown.split("<tr>")[2:]]
    return [" | ".join(" ".join(Read(cell).text.split()) for cell in row[: 5 if words else 4]) for row in cells]


def test_every_number_of_a_study(setting: Setting) -> None:
    own = "the authors’ own result: Roe 2025"
    assert lines(setting, "study/roe-2025-ado-trastuzumab-emtansine", words=False) == [
        f"disease control rate rate | 39% 19 of 49 | no group is named | {own}",
        f"HER2 IHC score rate, 3+ | 41% 20 of 49 | no group is named | {own}",
        f"HER2/CEP17 ratio cut-off, ≥2.0 | 2.0 | no group is named | {own}",
        f"objective response rate rate, 3+ | 20% | patients with IHC 3+ tumors | {own}",
    ]


def test_whose_number_it_is_how_sure_and_in_which_words(setting: Setting) -> None:
    (cited,) = lines(setting, "study/destiny-lung01")
    assert cited == (
        "objective response rate rate | 55% 95% CI 44 to 65 | trastuzumab deruxtecan | background, of others: Doe 2024"
        " | BACKGROUND: In DESTINY-Lung01, the objective response rate with trastuzumab deruxtecan was 55%"
        " (95% CI, 44 to 65)."
    )
    assert (
        "overall survival median | not reached | no group is named | Hedged the authors’ own conclusion: Doe 2024 | "
        "CONCLUSIONS: In a preliminary analysis, median overall survival was not reached."
    ) in lines(setting, "study/doe-2024-pyrotinib")


def test_the_query_of_the_panel_gives_its_rows(setting: Setting) -> None:
    for quad in setting.entities.store.quads_for_pattern(None, NamedNode(HER2 + "hasResult"), None, None):
        study = quad.subject.value
        found = setting.entities.store.query(query_of("results", study))
        assert isinstance(found, QuerySolutions)
        assert len(list(found)) == len(lines(setting, study.removeprefix(BASE))) > 0


def test_only_a_study_with_numbers_has_the_panel(setting: Setting) -> None:
    assert "<h2>Results (1)</h2>" in str(thing_page(setting, BASE + "study/destiny-lung01").body)
    assert "Results (" not in str(thing_page(setting, BASE + "drug/pyrotinib").body)
