"""The page in a browser: keys, groups, verbs, measures, and what is saved."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import networkx as nx
import pytest

import graph_build
from graph_build import __version__
from graph_build.groups import groups
from graph_build.measures import COLUMNS, network_measures
from graph_build.view import View, render

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .conftest import Visit

SVG = "{http://www.w3.org/2000/svg}"
ADC = "HER2-directed antibody-drug conjugate: 7 studies"
ADC_KEY = "Study/HER2-directed antibody-drug conjugate"

#: Labels that must stay text in the page, in the SVG and in a spreadsheet.
HOSTILE = (
    "</text><script>document.documentElement.dataset.pwned = 1</script>",
    "\"'><img src=x onerror=document.documentElement.dataset.pwned=1>",
    '=HYPERLINK("http://evil.example","x")',
    "+1",
    "@x",
    "-2+3",
    "\tx",
    "\rx",
    "]]> & \u202e \x00 \ud800 end",
)

Open = Callable[..., "Page"]


@pytest.fixture(scope="module")
def whole(packaged: Path) -> nx.MultiDiGraph[str]:
    return graph_build.open(packaged).network()


@pytest.fixture(scope="module")
def grouped(whole: nx.MultiDiGraph[str]) -> str:
    """The page of the whole graph, with its groups closed; its layout takes a second."""
    return render(whole, "T", limit=100)


@pytest.fixture
def page(revisit: Callable[..., Visit], tmp_path: Path) -> Iterator[Open]:
    """Opens a page of ours, waits until it is drawn, and sees to it that nothing leaves it and nothing fails."""
    seen: Visit | None = None

    def begin(text: str, wish: str = "") -> Page:
        nonlocal seen
        if seen:
            is_well(seen)
        (tmp_path / "page.html").write_text(text, encoding="utf-8")
        seen = revisit((tmp_path / "page.html").as_uri() + wish, viewport={"width": 1366, "height": 768})
        seen.page.wait_for_selector("html[data-ready]")
        assert [address for address in seen.requests if not address.startswith("file:")] == []
        assert len(seen.requests) == 1
        assert seen.faults == []
        return seen.page

    def is_well(seen: Visit) -> None:
        assert seen.faults == []
        assert all(address.startswith(("file:", "blob:")) for address in seen.requests)

    yield begin
    assert seen
    is_well(seen)


def said(page: Page) -> dict[str, str]:
    """What the page says of itself."""
    found: dict[str, str] = page.evaluate("({...document.documentElement.dataset})")
    return {key: value for key, value in found.items() if key not in ("ready", "verbs")}


def saved(page: Page, button: str) -> tuple[str, str]:
    """The name and the text of a file that the page saves."""
    page.click("#saving summary")
    with page.expect_download() as download:
        page.click(button)
    return download.value.suggested_filename, download.value.path().read_bytes().decode("utf-8-sig")


def table(text: str) -> list[Mapping[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def graph_of(labels: tuple[str, ...]) -> nx.MultiDiGraph[str]:
    """A drug, and studies of it with these labels; the first link is denied, the second hedged, the third open."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    blank = {"description": "", "link": None, "links": (), "synonyms": (), "year": None}
    for number, label in enumerate(("drug", *labels)):
        cls = "Study" if number else "Drug"
        graph.add_node(f"n{number:02}", label=label, cls=cls, type=cls, iri=f"urn:{number}", **blank)
    reserves = ({"negated": True}, {"certainty": "Hedged"}, {"certainty": "OpenQuestion"})
    for number in range(1, len(labels) + 1):
        edge = {"predicate": "efficacyIn", "verb": "efficacy in", "inverse": "efficacy of", "kind": "claim"}
        edge |= {"curated": False, "negated": False, "certainty": "Asserted"}
        edge |= dict.fromkeys(("appraisal", "appraisal_word", "context", "note", "statement"), "")
        edge |= {"evidence": ((labels[number - 1], "title", "Li 2022", "urn:1", "CitedTitle"),)}
        reserve: Mapping[str, object] = reserves[number - 1] if number <= len(reserves) else {}
        graph.add_edge(f"n{number:02}", "n00", key="efficacyIn", **(edge | dict(reserve)))
    return graph


def test_a_large_graph_opens_in_groups(page: Open, whole: nx.MultiDiGraph[str], grouped: str) -> None:
    shown = page(grouped)
    assert said(shown) == {
        "nodes": str(len(whole)),  # nothing is cut and no class is hidden
        "links": "503",
        "groups": str(len(groups(whole))),
        "view": "network",
        "selected": "",
    }
    assert shown.locator("#count").text_content() == "223 nodes · 28 closed groups · 503 of 578 links"
    assert said(page(render(whole, "T")))["groups"] == "0"


def test_a_group_opens_and_closes_by_key_and_by_button(page: Open, grouped: str) -> None:
    shown = page(grouped, "#node=" + quote(ADC_KEY))
    assert (said(shown)["selected"], said(shown)["groups"]) == (ADC, "28")
    shown.keyboard.press("Enter")
    assert (said(shown)["selected"], said(shown)["groups"]) == (ADC, "27")
    assert f"open={quote(ADC_KEY, safe='').replace('%20', '+')}" in shown.url
    shown.keyboard.press("Enter")
    assert said(shown)["groups"] == "28"
    shown.get_by_role("button", name="Expand", exact=True).click()
    assert said(shown)["groups"] == "27"
    shown.get_by_role("button", name="Collapse", exact=True).click()
    assert said(shown)["groups"] == "28"
    shown.get_by_role("button", name="Expand all").click()
    assert (said(shown)["groups"], shown.url.rsplit("#")[1]) == ("0", "open=all")
    shown.get_by_role("button", name="Collapse all").click()
    assert (said(shown)["groups"], shown.url.rsplit("#")[1]) == ("28", "")
    shown.click("#groups")
    assert (said(shown)["groups"], shown.url.rsplit("#")[1]) == ("0", "groups=off")


def test_a_click_opens_a_group_and_a_click_on_its_heading_closes_it(page: Open, grouped: str) -> None:
    shown = page(grouped)
    svg = ET.fromstring(saved(shown, "#svg")[1])
    box = shown.locator("#picture").bounding_box()
    assert box
    wanted = next(node for node in svg.iter(f"{SVG}g") if node.findtext(f"{SVG}title") == "48 papers")
    corners = [tuple(map(float, pair.split(","))) for pair in wanted.find(f"{SVG}polygon").get("points").split()]  # type: ignore[union-attr]
    place = [sum(corner[axis] for corner in corners) / 4 for axis in (0, 1)]
    shown.mouse.click(*at(shown, place))
    assert (said(shown)["selected"], said(shown)["groups"]) == ("48 papers", "27")
    frame = next(node for node in ET.fromstring(saved(shown, "#svg")[1]).iter(f"{SVG}rect") if node.get("rx") == "12")
    heading = [float(frame.get("x", 0)) + 60, float(frame.get("y", 0)) + 12]
    shown.mouse.click(*at(shown, heading))
    assert said(shown)["groups"] == "28"


def at(page: Page, place: list[float]) -> tuple[float, float]:
    """Where a place of the picture is on the screen, by the numbers that the page keeps for it."""
    centre, scale = page.evaluate("JSON.parse(document.getElementById('picture').dataset.sight)")
    box = page.locator("#picture").bounding_box()
    assert box
    x, y = (box[key] + box[length] / 2 for key, length in (("x", "width"), ("y", "height")))
    return x + (place[0] - centre["x"]) * scale, y + (place[1] - centre["y"]) * scale


def test_the_search_finds_what_is_inside_a_group(page: Open, grouped: str) -> None:
    shown = page(grouped)
    shown.keyboard.press("/")
    shown.keyboard.type("destiny-lung0")
    options = shown.locator("#matches bdi").all_text_contents()
    assert sorted(options[:3]) == ["DESTINY-Lung01", "DESTINY-Lung02", "DESTINY-Lung05"]  # then papers, by their titles
    first = shown.locator("#matches li").first.text_content()
    assert first == f"{options[0]}in HER2-directed antibody-drug conjugat…"
    shown.keyboard.press("ArrowDown")
    shown.keyboard.press("Enter")
    assert (said(shown)["selected"], said(shown)["groups"]) == (options[1], "27")
    assert shown.locator("#panel h2").text_content() == options[1]
    shown.keyboard.press("Escape")
    assert (said(shown)["selected"], said(shown)["groups"]) == ("", "27")  # the group stays open


def test_the_address_leads_back(page: Open, grouped: str) -> None:
    text = grouped
    shown = page(
        text, f"#view=lanes&open={quote(ADC_KEY)}&node=DESTINY-Lung02&colour=community&size=pagerank&bridges=on"
    )
    before, address = said(shown), shown.url
    assert before == {"nodes": "223", "links": "503", "groups": "27", "view": "lanes", "selected": "DESTINY-Lung02"} | {
        "links": before["links"]
    }
    again = page(text, "#" + address.split("#")[1])
    assert (said(again), again.url) == (before, address)
    assert again.locator("#size").input_value() == "pagerank"
    assert again.locator("#colour").input_value() == "community"
    assert again.locator("#bridges").is_checked()


def test_links_and_nodes_are_saved_as_tables(page: Open, whole: nx.MultiDiGraph[str]) -> None:
    shown = page(render(whole, "Everything: a <test>", limit=100))
    name, text = saved(shown, "#csv-nodes")
    assert re.fullmatch(rf"everything-a-test_\d{{4}}-\d\d-\d\d_her2kg-{re.escape(__version__)}_nodes\.csv", name)
    found = {row["IRI"]: tuple(row[column] for column in ("label", *COLUMNS[3:])) for row in table(text)}
    assert {iri: (row[0], *map(float, row[1:])) for iri, row in found.items()} == {
        row[0]: (row[1], *map(float, row[3:])) for row in network_measures(whole)
    }
    groups_of = {whole.nodes[node]["iri"]: group.label for group in groups(whole) for node in group.members}
    assert {row["IRI"]: row["group"] for row in table(text) if row["group"]} == groups_of
    name, text = saved(shown, "#csv")
    assert name.endswith("_links.csv")
    hidden = {"citation", "indexing"}
    expected = sorted(
        (whole.nodes[s]["iri"], data["predicate"], whole.nodes[o]["iri"], quote[0])
        for s, o, data in whole.edges(data=True)
        if data["kind"] not in hidden
        for quote in data["evidence"] or [("",)]
    )
    rows = [(row["subject IRI"], row["predicate"], row["object IRI"], row["quote"]) for row in table(text)]
    assert sorted(rows) == expected


def test_the_picture_is_saved_as_svg(page: Open, packaged: Path) -> None:
    view = graph_build.open(packaged).view(around="trastuzumab deruxtecan", hops=2)
    shown = page(view.html)
    name, text = saved(shown, "#svg")
    assert re.fullmatch(
        rf"around-trastuzumab-deruxtecan-2-links-far_\d{{4}}-\d\d-\d\d_her2kg-{re.escape(__version__)}\.svg", name
    )
    svg = ET.fromstring(text)
    titles = [group.findtext(f"{SVG}title") or "" for group in svg.iter(f"{SVG}g")]
    assert sorted(title for title in titles if " – " not in title) == sorted(
        label for _, label in view.graph.nodes(data="label")
    )
    drawn = {
        (s, o, data["certainty"] if data["negated"] or data["certainty"] == "OpenQuestion" else data["kind"])
        for s, o, data in view.graph.edges(data=True)
        if data["kind"] != "citation"
    }
    assert len([title for title in titles if " – " in title]) == len(drawn)
    texts = ["".join(node.itertext()) for node in svg.iter(f"{SVG}text")]
    assert texts[0] == "Around trastuzumab deruxtecan, 2 links far"
    assert re.fullmatch(rf"her2kg {re.escape(__version__)} · \d{{4}}-\d\d-\d\d · 20 nodes · 41 of 45 links", texts[-1])
    assert {"efficacy in: favourable", "investigates", "Drug", "Study"} <= set(texts)
    assert svg.get("viewBox")
    for view_of in ("as-lanes", "as-network"):
        shown.click(f"#{view_of}")
        assert len(list(ET.fromstring(saved(shown, "#svg")[1]).iter(f"{SVG}path"))) == len(drawn)


def test_the_central_node_is_selected_and_the_note_is_on_the_page(page: Open, packaged: Path) -> None:
    kg = graph_build.open(packaged)
    shown = page(kg.view(around="T-DXd", hops=2).html)
    assert said(shown)["selected"] == "trastuzumab deruxtecan"
    assert (shown.locator("#notes").text_content() or "").startswith("Shown and not followed further: Zhang 2025 (63")
    shown.keyboard.press("Escape")
    assert (said(shown)["selected"], shown.url.rsplit("#")[1]) == ("", "node=")
    assert said(page(kg.view(path=("T-DXd", "HER2 mutation")).html))["selected"] == ""


def test_no_denied_or_doubtful_statement_looks_like_a_claim(page: Open) -> None:
    shown = page(render(graph_of(("one", "two", "three", "four")), "T"), "#node=drug")
    headings = shown.locator("#panel h3").all_text_contents()
    assert headings[1:] == [
        "← not efficacy of (1)",
        "← efficacy of (hedged) (1)",
        "← efficacy of ? (1)",
        "← efficacy of (1)",
    ]
    assert shown.locator("#panel .says .badge").all_text_contents() == [
        *("negated", "bridge"),
        *("hedged", "bridge"),
        *("open question", "bridge"),
        "bridge",
    ]
    verbs = [row["verb"] for row in table(saved(shown, "#csv")[1])]
    assert verbs == ["not efficacy in", "efficacy in (hedged)", "efficacy in ?", "efficacy in"]
    svg = ET.fromstring(saved(shown, "#svg")[1])
    texts = ["".join(node.itertext()) for node in svg.iter(f"{SVG}text")]
    assert {*verbs, "negated: “not”", "open question: “?”"} <= set(texts)


def test_hostile_labels_stay_text(page: Open) -> None:
    shown = page(render(graph_of(HOSTILE), HOSTILE[0]), "#node=drug")
    name, text = saved(shown, "#svg")
    assert re.fullmatch(r"[\w.+-]+", name)
    svg = ET.fromstring(text)
    tags = {"svg", "title", "desc", "rect", "text", "tspan", "g", "path", "polygon", "circle", "line"}
    assert {node.tag.removeprefix(SVG) for node in svg.iter()} <= tags
    assert not any(key.startswith("on") or "href" in key for node in svg.iter() for key in node.attrib)
    rows = table(saved(shown, "#csv")[1])
    for row in rows:
        assert row["subject"][0] not in "=+-@\t\r"
        assert row["quote"][0] not in "=+-@\t\r"
    assert [row["subject"] for row in rows][2:8] == ["'" + label for label in HOSTILE[2:8]]
    assert {row["label"] for row in table(saved(shown, "#csv-nodes")[1])} == {"drug"} | {row["subject"] for row in rows}
    assert "pwned" not in said(shown)


def test_measures_are_told_by_size_and_colour(page: Open, whole: nx.MultiDiGraph[str]) -> None:
    shown = page(render(whole, "T"))
    before = circles(shown)
    shown.click("#looking summary")
    shown.select_option("#size", "betweenness")
    shown.select_option("#colour", "community")
    shown.check("#bridges")
    after = circles(shown)
    assert after.keys() == before.keys()
    assert after != before
    largest = {row[1]: row[5] for row in network_measures(whole)}
    by_size = sorted((radius, largest[label]) for label, (radius, _) in after.items())
    assert [value for _, value in by_size] == sorted(value for _, value in by_size)
    legend = shown.locator("#communities").text_content() or ""
    assert legend.startswith("around ")
    assert legend.endswith("smaller communities")
    community = {row[1]: row[7] for row in network_measures(whole)}
    hues: dict[int, set[str]] = {}
    for label, (_, hue) in after.items():
        hues.setdefault(community[label], set()).add(hue)
    assert all(len(found) == 1 for found in hues.values())


def circles(page: Page) -> dict[str, tuple[float, str]]:
    """The radius and the colour of the round nodes."""
    svg = ET.fromstring(saved(page, "#svg")[1])
    found = {}
    for group in svg.iter(f"{SVG}g"):
        circle = group.find(f"{SVG}circle")
        if circle is not None:
            found[group.findtext(f"{SVG}title") or ""] = (float(circle.get("r", 0)), circle.get("fill", ""))
    return found


def test_a_page_in_a_notebook_runs_without_an_address(page: Open, whole: nx.MultiDiGraph[str]) -> None:
    frame = View(whole, "T")._repr_html_()
    shown = page(f"<!DOCTYPE html><html data-ready><title>notebook</title>{frame}</html>")
    inner = shown.frame_locator("iframe")
    inner.locator("html[data-ready]").wait_for(state="attached")
    assert inner.locator("#count").text_content() == "177 of 223 nodes · 443 of 578 links"
