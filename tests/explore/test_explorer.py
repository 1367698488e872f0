"""The explorer in a browser: what it shows is what its queries answer, and every choice has an address."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page
from pyoxigraph import QuerySolutions, Store

from graph_build.explore import explorer
from graph_build.export import bibtex, ris
from graph_build.prefixes import PREFIXES
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


def regimens(store: Store) -> set[str]:
    """The labels of regimens."""
    found = store.query("SELECT ?label { ?one a her2:Regimen ; rdfs:label ?label }", prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)
    return {row[0].value for row in found}  # type: ignore[union-attr]


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

    counted = {(row[0], row[1] or "no alteration named"): int(row[2]) for row in rows(store, page, "map")}
    page.evaluate("() => { const box = document.getElementById('others'); if (!box.checked) box.click(); }")
    if "cell=" not in choice:  # the map shows all its cells, also when one is chosen
        bubbles = {
            re.fullmatch(r"(.*), (.*): (?:no study|(\d+) stud.*)(?s:.*)", label).groups(default="0")  # type: ignore[union-attr]
            for label in page.eval_on_selector_all("#map-table button", "all => all.map(b => b.ariaLabel)")
        }
        labels = set(page.eval_on_selector_all("#map-table tbody th", "all => all.map(th => th.textContent)"))
        shown = {(therapy, alteration): int(count) for therapy, alteration, count in bubbles if int(count)}
        assert shown == {key: count for key, count in counted.items() if key[0] in labels}
        absent = {therapy for therapy, _ in counted.keys() - shown.keys()}
        assert absent <= regimens(store)  # the drugs of a regimen have rows

    years = {row[0]: int(row[1]) for row in rows(store, page, "timeline")}
    if "from=" not in choice:  # the years outside the choice stay visible
        bars = page.eval_on_selector_all(
            "#bars button", "all => all.map(b => [b.dataset.year, b.querySelector('.number')?.textContent || '0'])"
        )
        assert {year: int(count) for year, count in bars if int(count)} == years


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
    page = opened.at("drug=drug/never-heard-of&from=20x&cell=a,b&phase=&%E0%A4%A=1&sort=__proto__&constructor=x")
    assert page.get_attribute("html", "data-hits") == "68"


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
        "trastuzumab deruxtecan, HER2 mutation: 4 studies; texts conclude: efficacy in, favourable"
    )
    button.focus()
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
def test_nothing_is_wider_than_the_window(
    width: int, scheme: str, open_explorer: Callable[..., Opened], explorer_file: Path
) -> None:
    found = open_explorer(explorer_file, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = found.at()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("summary:has-text('Drug class')")
    box = page.locator("details[open] .choices").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
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
