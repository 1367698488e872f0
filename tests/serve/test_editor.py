"""The query editor of the server: its files and policy, and what it does in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from starlette.testclient import TestClient

from graph_build import frontend
from graph_build.filled import filled
from graph_build.questions import stored
from graph_build.serve.app import application
from graph_build.serve.editor import MOST
from graph_build.serve.limits import Limits
from graph_build.store import open_store

BASE = "https://w3id.org/her2kg/"
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "connect-src": "'self'",
    "img-src": "'self' data:",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
Visits = Callable[..., Any]
built = pytest.mark.skipif(
    not frontend.editor_available(), reason="no front end: install Node.js with npm and run make frontend"
)


def rules(policy: str) -> dict[str, str]:
    """A content security policy by its directives."""
    return dict(rule.strip().split(" ", 1) for rule in policy.split(";"))  # type: ignore[misc]


def test_policy_admits_this_server_alone(client: httpx.Client) -> None:
    page = client.get("/editor")
    assert page.status_code == 200
    assert rules(page.headers["content-security-policy"]) == POLICY


@built
def test_files_may_be_kept_since_their_names_change_with_them(client: httpx.Client) -> None:
    names = re.findall(r"/assets/(editor\.[0-9a-f]{16}\.(?:css|js))", client.get("/editor").text)
    assert [name.rpartition(".")[2] for name in names] == ["css", "js"]
    for name, type in zip(names, ("text/css", "text/javascript"), strict=True):
        file = client.get(f"/assets/{name}")
        assert file.headers["content-type"] == f"{type}; charset=utf-8"
        assert file.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert file.content == frontend.built("editor." + name.rpartition(".")[2]).read_bytes()


@pytest.mark.parametrize("name", ["editor.js", "editor.0000000000000000.js", "..%2Feditor.js", "LICENSES.txt"])
def test_other_files_are_not_there(name: str, client: httpx.Client) -> None:
    assert client.get(f"/assets/{name}").status_code == 404


def test_without_the_build_there_is_a_form(packaged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: str) -> Path:
        raise FileNotFoundError

    monkeypatch.setattr(frontend, "resource", missing)
    client = TestClient(application(packaged, Limits()))
    page = client.get("/editor").text
    assert "the front end is not built; install Node.js 18 or newer with npm, run “make frontend” in a checkout" in page
    assert re.search(r'<form action="/sparql" method="get">.*<textarea name="query"', page, re.DOTALL)
    assert "<script" not in page
    assert client.get("/assets/editor.js").status_code == 404


def test_a_stored_question_has_its_example_in_it(client: httpx.Client, packaged: Path) -> None:
    answer = client.get("/editor/questions/drugs-by-alteration")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == filled(stored()["drugs-by-alteration"], open_store(packaged))
    assert client.get("/editor/questions/no-such-question").status_code == 404


def test_pages_of_things_are_told(client: httpx.Client) -> None:
    paper = "https://doi.org/10.1056/nejmoa2112431"
    iris = [BASE + "drug/trastuzumab-deruxtecan", paper, "https://example.org/", "javascript:alert(1)", "no IRI"]
    assert client.post("/editor/pages", json=iris).json() == {
        iris[0]: "/drug/trastuzumab-deruxtecan",
        paper: "/about?iri=" + quote(paper, safe=""),
    }


def test_pages_of_labels_are_told(client: httpx.Client) -> None:
    texts = ["trastuzumab deruxtecan", "T-DXd", "Drug", "2022", "DESTINY-Lung01", "\ud800", "no such thing"]
    answer = client.post("/editor/labels", content=json.dumps(texts))
    assert answer.json() == {texts[0]: "/drug/trastuzumab-deruxtecan", texts[4]: "/study/destiny-lung01"}


@pytest.mark.parametrize("service", ["pages", "labels"])
@pytest.mark.parametrize(
    ("body", "status"), [("{", 400), ('{"a": 1}', 400), ("[1]", 400), (json.dumps(["urn:x"] * (MOST + 1)), 413)]
)
def test_bad_lists_are_refused(service: str, body: str, status: int, client: httpx.Client) -> None:
    assert client.post(f"/editor/{service}", content=body).status_code == status


def opened(visit: Visits, server: str, fragment: str = "", **options: Any) -> Any:
    """The editor in a browser."""
    visited = visit(f"{server}/editor{fragment}", **options)
    visited.page.wait_for_selector("#editor[data-ready]")
    return visited


def text(page: Any) -> str:
    """The text in the tab that is shown."""
    return str(page.eval_on_selector(".tabPanel.active .CodeMirror", "box => box.CodeMirror.getValue()"))


def until(page: Any, done: Callable[[], bool]) -> None:
    """Wait for a state; the page's policy forbids the way in which Playwright would."""
    for _ in range(300):
        if done():
            return
        page.wait_for_timeout(100)
    raise AssertionError("this never came")


def run(page: Any) -> None:
    page.locator(".tabPanel.active .CodeMirror").first.click()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".tabPanel.active .yasr_results > *", timeout=60_000)


@pytest.fixture(scope="session")
def address(client: httpx.Client) -> str:
    return str(client.base_url).rstrip("/")


@built
def test_results_lead_to_pages_of_things_and_nothing_leaves(address: str, revisit: Visits) -> None:
    query = "SELECT ?x WHERE { VALUES ?x { <https://w3id.org/her2kg/gene/erbb2> <https://example.org/a> <urn:b> } }"
    visited = opened(revisit, address, "#query=" + quote(query, safe=""))
    page = visited.page
    assert text(page) == query
    run(page)
    page.wait_for_selector(".rows table")
    links = page.eval_on_selector_all(".rows td a", "all => all.map(a => [a.getAttribute('href'), a.rel])")
    assert links == [["/gene/erbb2", ""], ["https://example.org/a", "noopener noreferrer"]]
    assert page.eval_on_selector_all(".rows td code", "all => all.map(e => e.textContent)") == ["urn:b"]
    assert visited.faults == []
    assert {url for url in visited.requests if not url.startswith((address + "/", "data:"))} == set()


@built
def test_labels_in_results_lead_to_pages_of_things(address: str, revisit: Visits) -> None:
    query = "SELECT ?x WHERE { VALUES ?x { 'HER2 mutation'@en 'DESTINY-Lung01' 'constructor' '2022' 2022 'Drug' } }"
    visited = opened(revisit, address, "#query=" + quote(query, safe=""))
    page = visited.page
    run(page)
    page.wait_for_selector(".rows table")
    links = page.eval_on_selector_all(".rows td a", "all => all.map(a => [a.getAttribute('href'), a.textContent])")
    assert links == [["/alteration/her2-mutation", "HER2 mutation"], ["/study/destiny-lung01", "DESTINY-Lung01"]]
    assert page.locator(".rows td").count() == 6
    assert visited.faults == []


@built
def test_the_text_field_has_a_name(address: str, revisit: Visits) -> None:
    page = opened(revisit, address, "#query=ASK%7B%7D").page
    page.wait_for_selector(".tabPanel.active .yasqe .CodeMirror")
    names = page.eval_on_selector_all(
        ".yasqe .CodeMirror textarea", "all => all.map(e => e.getAttribute('aria-label'))"
    )
    assert names == ["SPARQL query"]


@built
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("ASK { ?s ?p ?o }", "True"),
        ("CONSTRUCT { <urn:a> <urn:b> 'x' } WHERE {}", "urn:a"),
        ("SELECT ?x WHERE { FILTER(false) }", "No rows."),
        ("SELECT nothing", "SPARQL"),
        ("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }", "SERVICE"),
    ],
)
def test_every_kind_of_answer(query: str, shown: str, address: str, revisit: Visits) -> None:
    visited = opened(revisit, address, "#query=" + quote(query, safe=""))
    run(visited.page)
    until(visited.page, lambda: shown in visited.page.inner_text(".tabPanel.active .yasr_results"))
    assert [fault for fault in visited.faults if "status of 40" not in fault] == []


@built
def test_questions_open_in_tabs_of_their_own(address: str, visit: Visits, packaged: Path) -> None:
    visited = opened(visit, address, "#question=negated-claims", viewport={"width": 1366, "height": 768})
    page = visited.page
    assert text(page) == filled(stored()["negated-claims"], open_store(packaged))
    page.get_by_label("Search the stored questions").fill("drugs alteration study phase")
    page.locator("#editor .questions button:visible").click()
    page.wait_for_selector(".tab.active:has-text('drugs-by-alteration')")
    assert text(page) == filled(stored()["drugs-by-alteration"], open_store(packaged))
    page.evaluate("location.hash = '#question=negated-claims'")  # has a tab, so none is added
    page.wait_for_selector(".tab.active:has-text('negated-claims')")
    assert page.locator(".tabsList .tab").count() == 2
    page.reload()
    page.wait_for_selector("#editor[data-ready]")
    assert page.locator(".tabsList .tab").count() == 2  # they are still there
    assert page.evaluate("Object.keys(localStorage)") == ["her2kg-1_config"]
    assert visited.faults == []


@built
def test_the_link_holds_the_query(address: str, revisit: Visits) -> None:
    query = "# 100 % of “HER2” & more\nSELECT * { ?s ?p '<b>+</b>' }"
    visited = opened(revisit, address, "#query=" + quote(query, safe=""))
    visited.page.get_by_role("button", name="Share query").click()
    link = visited.page.locator(".yasqe_sharePopup input").input_value()
    assert link == f"{address}/editor#query=" + visited.page.evaluate("text => encodeURIComponent(text)", query)
    assert visited.faults == []


@built
def test_names_of_our_ontology_are_offered(address: str, revisit: Visits) -> None:
    query = "PREFIX her2: <https://w3id.org/her2kg/ontology#>\nSELECT * { ?s "
    visited = opened(revisit, address, "#query=" + quote(query, safe=""))
    page = visited.page
    page.locator(".tabPanel.active .CodeMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("her2:investi")
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".CodeMirror-hint:has-text('her2:investigates')")
    page.keyboard.press("Enter")
    until(page, lambda: text(page).endswith("her2:investigates"))
    assert visited.faults == []
    assert {url for url in visited.requests if not url.startswith((address + "/", "data:"))} == set()


@built
def test_a_prefix_is_declared_when_it_is_typed(address: str, revisit: Visits) -> None:
    visited = opened(revisit, address, "#query=" + quote("SELECT * { ?s ", safe=""))
    page = visited.page
    page.locator(".tabPanel.active .CodeMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("her2:")
    until(page, lambda: text(page).startswith(f"PREFIX her2: <{BASE}ontology#>\n"))
    assert {url for url in visited.requests if not url.startswith((address + "/", "data:"))} == set()


@built
def test_hostile_results_run_nothing(hostile: httpx.Client, revisit: Visits) -> None:
    server = str(hostile.base_url).rstrip("/")
    visited = opened(revisit, server, "#query=" + quote("SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?o", safe=""))
    page = visited.page
    run(page)
    page.wait_for_selector(".rows table")
    hrefs = page.eval_on_selector_all(".rows td a", "all => all.map(a => a.href)")
    assert [href for href in hrefs if not href.startswith(("http://", "https://"))] == []
    assert "<script>alert(1)</script> en" in page.inner_text(".rows table")
    page.get_by_role("button", name="Response").click()
    page.wait_for_selector(".yasr_results .CodeMirror")
    assert page.get_by_role("textbox", name="The answer as it came").count() == 1
    assert visited.faults == []


@built
def test_hostile_queries_and_errors_run_nothing(address: str, revisit: Visits) -> None:
    query = "SELECT * { <javascript:alert(1)> ?p '<img src=x onerror=alert(2)>' . <x\"onmouseover=alert(3)> }"
    visited = opened(revisit, address, "#query=" + quote(query, safe=""))
    run(visited.page)
    visited.page.wait_for_selector(".yasr_results pre")
    assert [fault for fault in visited.faults if "status of 400" not in fault] == []


@built
def test_tab_leaves_the_editor(address: str, revisit: Visits) -> None:
    page = opened(revisit, address).page
    page.locator(".tabPanel.active .CodeMirror").click()
    before = text(page)
    page.keyboard.press("Tab")
    assert text(page) == before
    assert page.evaluate("document.activeElement.closest('.CodeMirror-code, .CodeMirror textarea')") is None


@built
@pytest.mark.parametrize("size", [(390, 844), (1366, 768), (1920, 1080)])
def test_nothing_is_wider_than_the_screen(size: tuple[int, int], address: str, revisit: Visits) -> None:
    width, height = size
    page = opened(revisit, address, "#question=evidence-for-a-drug", viewport={"width": width, "height": height}).page
    run(page)
    page.wait_for_selector(".rows table")
    assert page.evaluate("document.documentElement.scrollWidth") == width
