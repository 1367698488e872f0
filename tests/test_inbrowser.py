"""SPARQL in the browser: the page's bytes and policy, and what it does in a real browser, opened from disk."""

from __future__ import annotations

import csv
import io
import json
import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect
from pyoxigraph import QueryResultsFormat, QuerySolutions, Store

from graph_build import frontend
from graph_build.filled import example_values, filled
from graph_build.frontend import FrontendMissing
from graph_build.inbrowser import POLICY, sparql_page, sparql_parts
from graph_build.query import rows, run
from graph_build.questions import StoredQuery, stored
from graph_build.selfcontained import source
from graph_build.store import NQUADS, open_store
from tests.conftest import CHROMIUM, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BASE = "https://w3id.org/her2kg/"
Visits = Callable[..., Any]
built = pytest.mark.skipif(
    not frontend.is_built(), reason="no front end: install Node.js with npm and run make frontend"
)
PWN = "document.documentElement.dataset.pwned=1"
HOSTILE = (
    f"</script><script>{PWN}</script>",
    f'<img src=x onerror="{PWN}">',
    '=HYPERLINK("http://evil.example","x")',
    "\u202egnitseretni",
)


@pytest.fixture(scope="module")
def store(packaged: Path) -> Store:
    return open_store(packaged)


@pytest.fixture(scope="module")
def page(packaged: Path) -> str:
    links = {BASE + "drug/trastuzumab-deruxtecan": "drug/trastuzumab-deruxtecan.html"}
    return sparql_page(
        nquads=(packaged / NQUADS).read_bytes(),
        questions=list(stored().values()),
        links=links,
        labels={"trastuzumab deruxtecan": next(iter(links))},
        home="index.html",
        title="Ask the graph",
    )


@pytest.fixture(scope="module")
def address(page: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "sparql.html"
    path.write_text(page, encoding="utf-8")
    return path.as_uri()


class Files(SimpleHTTPRequestHandler):
    """Serves a folder."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """Where the files of ``tmp_path`` are served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def small(lines: str, **options: Any) -> str:
    """A page of a small graph."""
    given: dict[str, Any] = {"questions": [], "links": {}, "home": None, "title": "T"}
    return sparql_page(nquads=lines.encode(), **(given | options))


class Tags(HTMLParser):
    """The tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    "question", [q for q in stored().values() if q.example and not q.services], ids=lambda q: q.name
)
def test_values_written_into_a_question_give_what_bindings_give(question: StoredQuery, store: Store) -> None:
    wanted = rows(run(store, question, example_values(question)))
    written = StoredQuery(name=question.name, text=filled(question, store), summary="")
    assert "VALUES" in written.text
    assert len(wanted) > 0
    assert rows(run(store, written)) == wanted


def test_a_value_that_the_graph_does_not_know_stays_out() -> None:
    question = stored()["drugs-by-alteration"]
    assert filled(question, Store()) == question.text


@built
def test_same_graph_same_bytes(packaged: Path) -> None:
    lines = f'<{BASE}drug/x> <http://www.w3.org/2000/01/rdf-schema#label> "x"@en <{BASE}graph/concepts> .\n'
    questions = list(stored().values())[:3]
    assert small(lines, questions=questions) == small(lines, questions=questions)


@built
def test_policy_admits_what_the_page_has_and_no_request(page: str) -> None:
    tags = Tags(page).tags
    (policy,) = [attrs["content"] for _, attrs in tags if attrs.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in (policy or "").split(";"))
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert rules == {
        "default-src": "'none'",
        "script-src": " ".join([*map(source, scripts), "'wasm-unsafe-eval'"]),
        "style-src": " ".join(map(source, styles)),
        "worker-src": "blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    loading = {"src", "data", "action", "poster", "srcset", "srcdoc", "style"}
    assert [(tag, attrs) for tag, attrs in tags if loading & attrs.keys()] == []
    assert not {"link", "iframe", "img", "object", "embed", "base"} & {tag for tag, _ in tags}


@built
def test_questions_that_ask_elsewhere_are_left_out(packaged: Path) -> None:
    data = json.loads(sparql_parts(nquads=b"", questions=list(stored().values()), links={}).data)
    assert [q["name"] for q in data["questions"]] == [q.name for q in stored().values() if not q.services]


def test_without_the_build_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: str) -> Path:
        raise FileNotFoundError

    monkeypatch.setattr(frontend, "resource", missing)
    assert not frontend.is_built()
    assert not frontend.editor_available()
    with pytest.raises(FrontendMissing, match=r"install Node\.js 18 or newer with npm, run “make frontend”"):
        small("")


def said(page: Any) -> str:
    """What the page says of the last query."""
    return str(page.eval_on_selector("#sparql output", "box => box.value"))


def asked(visit: Any, text: str | None = None) -> str:
    """What the page says after it was asked."""
    page = visit.page
    page.wait_for_selector("#sparql[data-ready]")
    if text is not None:
        page.evaluate("fragment => { location.hash = fragment; }", "query=" + quote(text, safe=""))
        # The page hears of its new fragment a little later.
        page.wait_for_selector("#sparql output:text-is('Query')", timeout=60_000)
    page.get_by_role("button", name="Run", exact=True).click()
    page.wait_for_selector("#sparql[data-state=idle]", timeout=60_000)
    return said(page)


def downloaded(visit: Any) -> list[list[str]]:
    """The rows that the page offers as CSV."""
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Download CSV").click()
    return list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def filled_window(address: str, lasting_visit: Visits) -> Any:
    """A window whose page has the whole graph in its store: to fill that takes longer than most questions."""
    opened = lasting_visit(address)
    assert asked(opened, "SELECT ?x WHERE { VALUES ?x { 0 } }").startswith("1 row in ")
    return opened


@pytest.fixture
def loaded(filled_window: Any) -> Iterator[Any]:
    """That window, for one test: nothing may go wrong in it, and it may ask for nothing."""
    filled_window.page.set_viewport_size({"width": 1280, "height": 720})
    yield filled_window
    assert filled_window.faults == []
    assert [url for url in filled_window.requests if not url.startswith(("file:", "blob:null/"))] == []


def is_answered_as_in_python(opened: Any, name: str, store: Store) -> None:
    """Ask the stored question that stands in the editor, and compare every row."""
    asked(opened)
    solutions = store.query(filled(stored()[name], store))
    assert isinstance(solutions, QuerySolutions)
    written = (solutions.serialize(format=QueryResultsFormat.CSV) or b"").decode()
    assert downloaded(opened) == list(csv.reader(io.StringIO(written, newline="")))


@built
def test_the_stored_question_in_the_address_is_answered_as_in_python(address: str, visit: Visits, store: Store) -> None:
    opened = visit(f"{address}#question=drugs-by-alteration")
    is_answered_as_in_python(opened, "drugs-by-alteration", store)
    assert opened.faults == []
    assert [url for url in opened.requests if not url.startswith(("file:", "blob:null/"))] == []


@built
@pytest.mark.parametrize(
    "name", ["drugs-by-alteration", "negated-claims", "papers-by-year", "reference-list", "vocabularies-and-licences"]
)
def test_a_stored_question_is_answered_as_in_python(name: str, loaded: Any, store: Store) -> None:
    loaded.page.evaluate("fragment => { location.hash = fragment; }", f"question={name}")
    expect(loaded.page.locator("#sparql output")).to_have_text(stored()[name].summary)
    is_answered_as_in_python(loaded, name, store)


@built
@pytest.mark.parametrize(
    ("query", "status", "shown"),
    [
        ("ASK { ?s ?p ?o }", r"Answered in .* s", "Yes"),
        ("ASK { <urn:no> ?p ?o }", r"Answered in .* s", "No"),
        ("CONSTRUCT { <urn:a> <urn:b> ?o } WHERE { VALUES ?o { 'y' 'x' } }", r"2 rows in .* s", "urn:a\turn:b\tx"),
        ("SELECT ?x WHERE { VALUES ?x { 1 } }", r"1 row in .* s", "x\n1"),
        ("SELECT ?x WHERE { FILTER(false) }", r"0 rows in .* s", ""),
        ("SELECT nothing", "", "error at 1:15"),
        ("SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }", "", "SERVICE"),
    ],
)
def test_every_kind_of_answer(query: str, status: str, shown: str, loaded: Any) -> None:
    assert re.fullmatch(status, asked(loaded, query))
    assert shown.lower() in loaded.page.inner_text("#sparql .answer").lower()


@built
def test_labels_lead_to_pages_of_things(loaded: Any) -> None:
    asked(
        loaded, "SELECT ?x WHERE { VALUES ?x { 'trastuzumab deruxtecan'@en 'trastuzumab deruxtecan' 'toString' 2022 } }"
    )
    links = "all => all.map(a => [a.getAttribute('href'), a.textContent])"
    found = loaded.page.eval_on_selector_all("#sparql td a", links)
    assert found == [["drug/trastuzumab-deruxtecan.html", "trastuzumab deruxtecan"]] * 2
    assert loaded.page.locator("#sparql td").count() == 4


@built
def test_the_default_graph_holds_every_triple_once(loaded: Any, store: Store) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    asked(loaded, count)
    assert downloaded(loaded)[1] == [str(rows(store.query(count)).rows[0][0])]


@built
def test_a_query_without_end_is_cancelled_and_the_next_one_is_answered(address: str, visit: Visits) -> None:
    opened = visit(address + "#query=" + quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", safe=""))
    opened.page.wait_for_selector("#sparql[data-ready]")
    opened.page.get_by_role("button", name="Run", exact=True).click()
    opened.page.wait_for_selector("#sparql[data-state=asking]")
    opened.page.get_by_role("button", name="Cancel").click()
    opened.page.wait_for_selector("#sparql[data-state=idle]")
    assert said(opened.page) == "Cancelled."
    assert re.fullmatch(r"1 row in .* s", asked(opened, "SELECT ?x { VALUES ?x { 1 } }"))
    assert opened.faults == []


@built
def test_what_ends_the_engine_ends_no_page(address: str, visit: Visits) -> None:
    opened = visit(address)
    asked(opened, "ASK " + "{" * 3_000 + "}" * 3_000)
    assert opened.page.inner_text("#sparql .answer").startswith("the query was too much for the browser")
    assert re.fullmatch(r"1 row in .* s", asked(opened, "SELECT ?x { VALUES ?x { 1 } }"))


@built
def test_what_is_nested_too_deeply_for_colours_stands_in_the_editor(address: str, chromium: Browser) -> None:
    small_stack = chromium.browser_type.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--js-flags=--stack-size=150"]
    )
    query = "ASK " + "{" * 3_000 + "}" * 3_000
    for fragment in ("", "#query=" + quote(query, safe="")):
        opened = Visit(small_stack.new_page())
        opened.page.on("pageerror", lambda error, faults=opened.faults: faults.append(str(error)))
        opened.page.goto(address + fragment)
        asked(opened, query if not fragment else None)
        assert edited(opened.page) == query
        assert opened.page.inner_text("#sparql .answer").startswith("the query was too much for the browser")
        assert re.fullmatch(r"1 row in .* s", asked(opened, "SELECT ?x { VALUES ?x { 1 } }"))
        assert opened.page.locator("#sparql .cm-line span").count() > 0, "colours come back"
        assert opened.faults == []
    small_stack.close()


@built
def test_loading_can_be_cancelled(address: str, visit: Visits) -> None:
    opened = visit(address)
    opened.page.wait_for_selector("#sparql[data-ready]")
    opened.page.evaluate("document.querySelector('.run').click(); document.querySelector('.run + button').click()")
    opened.page.wait_for_selector("#sparql[data-state=idle]")
    assert said(opened.page) == "Cancelled."
    assert re.fullmatch(r"1 row in .* s", asked(opened, "SELECT ?x { VALUES ?x { 1 } }"))
    assert opened.faults == []


@built
@pytest.mark.parametrize("scheme", ["file", "http"])
def test_parts_stand_in_another_page(scheme: str, packaged: Path, visit: Visits, tmp_path: Path, served: str) -> None:
    parts = sparql_parts(nquads=(packaged / NQUADS).read_bytes(), questions=[], links={}, fragment="sparql&")
    policy = {
        "default-src": "'none'",
        "script-src": " ".join([*map(source, parts.scripts), POLICY["script-src"]]),
        "style-src": " ".join(map(source, parts.styles)),
        "worker-src": POLICY["worker-src"],
    }
    rules = "; ".join(f"{name} {value}" for name, value in policy.items())
    page = f'<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{rules}">'
    page += "".join(f"<style>{style}</style>" for style in parts.styles) + f"<h1>Another page</h1>{parts.body}"
    page += f'<script type="application/json" id="sparql-data">{parts.data}</script>'
    page += "".join(f"<script>{script}</script>" for script in parts.scripts)
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    opened = visit((tmp_path / "page.html").as_uri() if scheme == "file" else served + "/page.html")
    assert re.fullmatch(r"1 row in .* s", asked(opened, "SELECT ?x { VALUES ?x { 1 } }"))
    opened.page.get_by_role("button", name="Link to this query").click()
    assert opened.page.evaluate("location.hash").startswith("#sparql&query=SELECT")
    assert opened.faults == []


def edited(page: Any) -> str:
    """The text in the editor."""
    return "\n".join(page.eval_on_selector_all("#sparql .cm-line", "all => all.map(line => line.textContent)"))


@built
def test_a_fragment_opens_exactly_its_query_and_the_link_gives_it_back(address: str, visit: Visits) -> None:
    text = "# 100 % of “HER2” & more\nSELECT * { ?s ?p '<b>+</b>' }\n"
    opened = visit(address + "#query=" + quote(text, safe=""))
    page = opened.page
    page.wait_for_selector("#sparql[data-ready]")
    assert edited(page) == text
    page.evaluate("history.replaceState(null, '', location.pathname)")
    page.get_by_role("button", name="Link to this query").click()
    assert page.evaluate("new URLSearchParams(location.hash.slice(1)).get('query')") == text


@built
def test_by_keyboard_alone(address: str, visit: Visits) -> None:
    opened = visit(address, viewport={"width": 1366, "height": 768})
    page = opened.page
    page.wait_for_selector("#sparql[data-ready]")
    page.keyboard.press("Tab")  # the way home
    page.keyboard.press("Tab")  # the list of questions
    page.keyboard.press("Tab")  # its search
    page.keyboard.type("year kind")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # opens the question that is left
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#sparql .answer table", timeout=60_000)
    assert page.inner_text("#sparql thead").split() == ["year", "listed_as", "kind", "papers"]
    page.keyboard.press("Tab")  # leaves the editor
    assert page.evaluate("document.activeElement.textContent") == "Run"


@built
def test_names_of_our_ontology_are_offered_and_declared(address: str, visit: Visits) -> None:
    opened = visit(address + "#query=" + quote("SELECT * { ?s  }", safe=""))
    page = opened.page
    page.wait_for_selector("#sparql[data-ready]")
    page.locator("#sparql .cm-content").click()
    page.keyboard.press("Control+Home")
    for _ in range(14):
        page.keyboard.press("ArrowRight")
    page.keyboard.type("her2:investi")
    page.wait_for_selector("#sparql .cm-tooltip-autocomplete")
    page.wait_for_timeout(200)  # CodeMirror takes no choice sooner, against slips
    page.keyboard.press("Enter")
    text = edited(page)
    assert text == f"PREFIX her2: <{BASE}ontology#>\nSELECT * {{ ?s her2:investigates }}"
    assert opened.faults == []


@built
def test_hostile_data_stay_text(visit: Visits, tmp_path: Path) -> None:
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    iris = [f"javascript:{PWN}", f"data:text/html,<script>{PWN}</script>".replace("<", "%3C").replace(">", "%3E")]
    iris += [f'https://example.org/"onmouseover="{PWN}'.replace('"', "%22"), BASE + "drug/x"]
    values = zip(iris, map(json.dumps, HOSTILE), strict=True)
    lines = "".join(f"<{iri}> <{label}> {text} <urn:g> .\n" for iri, text in values)
    question = StoredQuery(name=HOSTILE[0], text=f"SELECT ?s ?p ?o {{ ?s ?p ?o }} # {HOSTILE[0]}", summary=HOSTILE[1])
    links = {BASE + "drug/x": f"JavaScript:{PWN}"}
    labels = {HOSTILE[0]: BASE + "drug/x", HOSTILE[1]: f"javascript:{PWN}"}
    path = tmp_path / "page.html"
    path.write_text(small(lines, questions=[question], links=links, labels=labels, title=HOSTILE[0]), encoding="utf-8")
    opened = visit(path.as_uri())
    assert re.fullmatch("4 rows in .* s", asked(opened))
    page = opened.page
    shown = page.eval_on_selector_all("#sparql td:last-child bdi", "all => all.map(e => e.textContent)")
    assert sorted(shown) == sorted(HOSTILE)
    hrefs = page.eval_on_selector_all("#sparql td a", "all => all.map(a => a.getAttribute('href'))")
    assert sorted(set(hrefs)) == sorted({label, iris[2]})
    assert page.eval_on_selector_all("#sparql td a", "all => all.every(a => a.rel === 'noopener noreferrer')")
    assert page.evaluate("document.documentElement.dataset.pwned") is None
    assert opened.faults == []
    assert "'" + HOSTILE[2] in [row[2] for row in downloaded(opened)]


@built
@pytest.mark.parametrize("size", [(390, 844), (1366, 768), (1920, 1080)])
def test_nothing_is_wider_than_the_screen(size: tuple[int, int], loaded: Any, store: Store) -> None:
    width, height = size
    loaded.page.set_viewport_size({"width": width, "height": height})
    asked(loaded, f"{filled(stored()['evidence-for-a-drug'], store)}\n# asked at {width} pixels")
    assert loaded.page.locator("#sparql td").count() > 20
    assert loaded.page.evaluate("[innerWidth, document.documentElement.scrollWidth]") == [width, width]
