"""The explorer in a browser: what it shows is what its queries answer, and every choice has an address."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page
from pyoxigraph import QuerySolutions, Store

from graph_build.build import build
from graph_build.explore import explorer
from graph_build.export import bibtex, ris
from graph_build.store import NQUADS, load_store, open_store

from .conftest import Opened, Plain

TDXD = "drug/trastuzumab-deruxtecan"
#: Choices of every kind, alone and together.
CHOICES = [
    "",
    f"drug={TDXD}",
    "class=drug-class/antibody-drug-conjugate",
    "class=drug-class/antibody-drug-conjugate,drug-class/chemotherapy&from=2018&to=2022",
    "alteration=alteration/her2-exon-20-mutation",
    "method=method/next-generation-sequencing",
    "disease=disease/lung-cancer&text=HER2",
    "design=study-design/randomized",
    "population=population/previously-treated",
    "phase=2,3",
    "certainty=denied",
    "certainty=hedged,open question",
    "role=ReviewSynthesis,OwnConclusion",
    "role=CitedTitle&certainty=asserted&text=lung",
    f"cell={TDXD},alteration/her2-mutation",
    "cell=drug/afatinib,none",
    "cell=drug-class/chemotherapy,alteration/her2-mutation",
    "cell=drug-class/her2-directed-therapy,alteration/her2-alteration",
    "cell=drug-class/targeted-therapy,none&from=2016",
    "from=2020&to=2022",
    "study=study/zenith20",
    "about=gene/erbb2&role=Indexing",
    "text=no%20such%20words",
]


def rows(store: Store, page: Page, panel: str) -> list[tuple[str, ...]]:
    """The answer to the query that a panel links to."""
    address = page.get_attribute(f"[data-query={panel}]", "href") or ""
    assert address.startswith("/editor#query=")
    found = store.query(unquote(address.partition("#query=")[2]))
    assert isinstance(found, QuerySolutions)
    return [tuple("" if term is None else term.value for term in row) for row in found]  # type: ignore[union-attr]


def saved(page: Page, kind: str) -> tuple[str, str]:
    """A file that the page saves: its name and its text."""
    with page.expect_download() as download:
        page.click(f"[data-save={kind}]")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes().decode("utf-8-sig")


@pytest.mark.parametrize("choice", CHOICES)
def test_every_panel_shows_what_its_query_answers(choice: str, opened: Opened, packaged: Path) -> None:
    store = open_store(packaged)
    page = opened.at(choice)

    answered = rows(store, page, "table")
    table = list(csv.DictReader(io.StringIO(saved(page, "csv")[1])))
    assert sorted((row[0], row[11], row[12]) for row in answered) == sorted(
        (row["quote"], row["start"], row["end"]) for row in table
    )
    assert int(page.get_attribute("html", "data-hits") or "-1") == len({row[10:13] for row in answered})

    counted = {tuple(row[:2]): (int(row[2]), int(row[3]), row[4]) for row in rows(store, page, "map")}
    assert bubbles(page) == {key: (own, pooled, sorted_words(said)) for key, (own, pooled, said) in counted.items()}
    page.evaluate("() => { const box = document.getElementById('others'); if (!box.checked) box.click(); }")
    counted = {tuple(row[:2]): (int(row[2]), int(row[3]), row[4]) for row in rows(store, page, "map")}
    assert bubbles(page) == {key: (own, pooled, sorted_words(said)) for key, (own, pooled, said) in counted.items()}

    assert bars(page) == {row[0]: tuple(map(int, row[1:])) for row in rows(store, page, "timeline")}


def sorted_words(said: str) -> str:
    """What several texts conclude, in the order of the alphabet."""
    return "; ".join(sorted(word for word in said.split("; ") if word))


def bubbles(page: Page) -> dict[tuple[str, str], tuple[int, int, str]]:
    """Studies, pooled analyses and conclusions of each cell of the map."""
    found: dict[tuple[str, str], tuple[int, int, str]] = {}
    for label, own, pooled, said in page.eval_on_selector_all(
        "#map-table button",
        "all => all.map(b => [b.ariaLabel, b.dataset.studies, b.dataset.pooled, b.dataset.verdicts])",
    ):
        therapy, alteration = label.split(":")[0].rsplit(", ", 1)
        found[therapy, alteration.replace("no alteration named", "")] = (int(own), int(pooled), said)
    return found


def bars(page: Page) -> dict[str, tuple[int, int, int]]:
    """Papers that report a study, other papers and reviews of each year."""
    found = {}
    for label in page.eval_on_selector_all("#bars button:not([disabled])", "all => all.map(b => b.ariaLabel)"):
        year, said = label.split(": ")
        numbers = [re.search(rf"(\d+) {kind}", said) for kind in ("papers? that", "other", "reviews?")]
        found[year] = tuple(int(number[1]) if number else 0 for number in numbers)
    return found  # type: ignore[return-value]


def test_all_filters_are_tried(opened: Opened) -> None:
    facets = {choice.partition("=")[0] for one in CHOICES for choice in one.split("&") if choice}
    shown = set(opened.page.eval_on_selector_all("#facets summary", "all => all.map(s => s.textContent)"))
    assert len(shown) == 10
    assert facets >= {"drug", "class", "alteration", "method", "disease", "design", "population", "phase"}
    assert facets >= {"certainty", "role", "from", "to", "text", "cell", "study", "about"}


def test_a_choice_is_in_the_address_and_back(opened: Opened) -> None:
    page = opened.page
    page.click("summary:has-text('Phase')")
    page.check("details[open] label:has-text('2') >> nth=0")
    page.keyboard.press("Escape")
    page.fill("#text", "HER2")
    page.wait_for_url("**text=HER2")
    page.select_option("#from", "2018")
    page.select_option("#sort", "oldest")
    address = page.evaluate("location.hash")
    rows_shown = page.inner_text("#rows")
    assert address.startswith("#phase=")
    assert opened.at(address[1:]).inner_text("#rows") == rows_shown
    page.click("#chips >> text=Clear all")
    assert page.evaluate("location.hash") == ""
    assert page.get_attribute("html", "data-hits") == "68"
    page.go_back()
    assert page.evaluate("location.hash") == address
    assert page.inner_text("#rows") == rows_shown


def test_an_old_or_broken_address_opens_what_it_can(opened: Opened) -> None:
    page = opened.at("from=20x&phase=&%E0%A4%A=1&sort=__proto__&constructor=x")
    assert page.get_attribute("html", "data-hits") == "68"


@pytest.mark.parametrize(
    ("choice", "named"),
    [
        ("drug=drug/never-heard-of", "Drug drug/never-heard-of, which this graph does not know✕"),
        ("drug=alteration/her2-mutation", "Drug alteration/her2-mutation, which this graph does not know✕"),
        ("certainty=constructor", "Certainty constructor, which this graph does not know✕"),
        ("cell=alteration/her2-mutation,none", "Drug alteration/her2-mutation,none, which this graph does not know✕"),
    ],
)
def test_a_link_to_what_is_not_here_shows_nothing_more(choice: str, named: str, opened: Opened, packaged: Path) -> None:
    page = opened.at(choice)
    assert page.inner_text("#chips").replace("\n", "") == named
    assert page.get_attribute("html", "data-hits") == "0"
    assert rows(open_store(packaged), page, "table") == []
    page.click("#chips button")
    assert page.get_attribute("html", "data-hits") == "68"


def test_a_gap_is_not_the_end_of_a_question(opened: Opened) -> None:
    page = opened.at("class=drug-class/antibody-drug-conjugate&alteration=alteration/her2-exon-20-insertion")
    offers = page.eval_on_selector_all("#nothing button", "all => all.map(b => b.textContent)")
    assert "HER2 exon 20 insertion → HER2 mutation (9 quotes)" in offers
    assert page.locator("#map-table .left-out").count() > 20
    page.click("#nothing button >> nth=0")
    assert int(page.get_attribute("html", "data-hits") or 0) > 0


def test_typing_is_one_step_back(opened: Opened) -> None:
    page = opened.at("phase=2")
    page.focus("#text")
    for letter in "lung":
        page.keyboard.type(letter)
        page.wait_for_timeout(250)
    assert page.evaluate("location.hash") == "#phase=2&text=lung"
    page.go_back()
    assert page.evaluate("location.hash") == "#phase=2"
    assert page.input_value("#text") == ""


def test_what_is_filed_elsewhere_is_found(opened: Opened) -> None:
    page = opened.page
    for number, label in (("NCT03505710", "DESTINY-Lung01"), ("10.1016/j.ctrv.2020.101996", "Cancer Treat Rev 2020")):
        page.fill("#search", number)
        assert label in page.inner_text("#finding-0")


def test_search_by_keyboard(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("/")
    page.keyboard.type("t-dxd")
    assert page.inner_text("#finding-0").split("\n")[0].startswith("T-DXd")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#search", "aria-activedescendant") == "finding-0"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == f"#drug={TDXD}"
    assert page.inner_text("#chips").split("\n") == ["Drug trastuzumab deruxtecan✕"]
    page.keyboard.type("zenith")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert page.evaluate("location.hash") == f"#drug={TDXD}"


def test_the_map_by_keyboard(opened: Opened) -> None:
    page = opened.page
    button = page.locator("#map-table button[aria-label^='trastuzumab deruxtecan, HER2 mutation']")
    assert button.get_attribute("aria-label") == (
        "trastuzumab deruxtecan, HER2 mutation: 3 studies; 1 pooled analysis; texts conclude: efficacy in, favourable"
    )
    button.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == f"#cell={TDXD},alteration/her2-mutation"
    assert page.evaluate("document.activeElement.ariaPressed") == "true"
    assert page.inner_text("#summary") == (
        "5 quotes of 68: 4 studies and 4 primary and other papers; counted apart, 1 statement of 1 review."
    )


def test_a_denial_never_looks_like_a_claim(opened: Opened) -> None:
    page = opened.at("certainty=denied")
    said = page.eval_on_selector_all(
        "#rows .says li", "all => all.map(li => li.textContent.replace(/\\s+/g, ' ').trim())"
    )
    assert sorted(set(said)) == [
        "HER2 positivity testing no gold standard in non-small cell lung carcinoma ✕ denied",
        "HER2 subgroup definition no consensus in non-small cell lung carcinoma ✕ denied",
        "HER2-directed therapy not standard of care for HER2 alteration · in non-small cell lung carcinoma ✕ denied",
    ]


def test_what_is_saved(opened: Opened, packaged: Path) -> None:
    name, text = saved(opened.page, "ris")
    assert re.fullmatch(r"her2kg-papers-\d+\.\d+\.\d+-\d{4}-\d\d-\d\d\.ris", name)
    everything = next(iter(ris.write(packaged).files.values())).decode()
    records = [record for record in everything.split("\r\n\r\n") if record]
    shown = [record for record in text.split("\r\n\r\n") if record]
    assert len(shown) == 47
    assert set(shown) <= set(records)
    entries = next(iter(bibtex.write(packaged).files.values())).decode().split("\n\n")
    name, text = saved(opened.at(f"drug={TDXD}"), "bib")
    assert name.endswith(".bib")
    assert len(text.strip().split("\n\n")) == 5
    assert {entry.strip() for entry in text.strip().split("\n\n")} <= {entry.strip() for entry in entries}


@pytest.mark.parametrize("width", [320, 390, 768, 1366, 1920])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window(width: int, scheme: Literal["light", "dark"], opened: Opened) -> None:
    window = opened.visit.page
    window.set_viewport_size({"width": width, "height": 800})
    window.emulate_media(color_scheme=scheme)
    page = opened.at()
    assert page.evaluate("[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]") == [
        width,
        scheme == "dark",
    ]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("summary:has-text('Drug class')")
    box = page.locator("details[open] .choices").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width


def test_the_numbers_of_a_study_stand_with_its_quotes(open_explorer: Callable[..., Opened], tmp_path: Path) -> None:
    build([Path(__file__).parents[1] / "results" / "papers.xml"], tmp_path / "graph")
    file = tmp_path / "page.html"
    file.write_text(explorer(open_store(tmp_path / "graph"), Plain()).html, encoding="utf-8")
    found = open_explorer(file)
    page = found.at("study=study/roe-2025-ado-trastuzumab-emtansine")
    told = page.locator("details.numbers")
    assert told.count() == 1
    told.locator("summary").click()
    assert told.inner_text().splitlines() == [
        "4 numbers",
        "disease control rate 39% · 19 of 49",
        "HER2/CEP17 ratio cut-off, ≥2.0 2.0",
        "HER2 IHC score rate, 3+ 41% · 20 of 49",
        "objective response rate rate, 3+ 20% · patients with IHC 3+ tumors",
    ]
    assert found.is_well()


def test_hostile_names_and_quotes_do_nothing(
    open_explorer: Callable[..., Opened], tmp_path: Path, packaged: Path
) -> None:
    hostile = (packaged / NQUADS).read_text(encoding="utf-8")
    evil = '<img src=x onerror=\\"document.title=1\\">\\u202E=cmd|href </script><script>document.title=2</script>'
    hostile = hostile.replace('"trastuzumab deruxtecan"@en', f'"{evil}"@en')
    hostile = hostile.replace("https://doi.org/10.1056/", "javascript:document.title=3//")
    folder = tmp_path / "graph"
    folder.mkdir()
    (folder / NQUADS).write_text(hostile, encoding="utf-8")
    load_store(folder)
    file = tmp_path / "page.html"
    file.write_text(explorer(open_store(folder), Plain()).html, encoding="utf-8")
    found = open_explorer(file)
    page = found.at(f"drug={TDXD}")
    title = page.title()
    page.fill("#search", "onerror")
    page.keyboard.press("Enter")
    assert page.eval_on_selector_all("a", "all => all.map(a => a.protocol).filter(p => p === 'javascript:')") == []
    assert page.query_selector_all("img, main script") == []
    text = saved(page, "csv")[1]
    assert [
        cell for row in csv.reader(io.StringIO(text)) for cell in row if cell.startswith(("=", "+", "-", "@"))
    ] == []
    assert page.title() == title
    assert found.is_well()
