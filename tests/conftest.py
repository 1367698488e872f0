"""What several tests share."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import settings
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Store

from graph_build.build import build
from graph_build.query import Network

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize

#: The same examples on every run, so that a failure is the change's own; a search for new ones is
#: `HYPOTHESIS_PROFILE=search make test`.
settings.register_profile("fixed", derandomize=True, database=None, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))

_SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"


#: CPU seconds after which reading a page is taken to have no end: a pattern that backtracks, a loop over a loop.
#: It is a hundred times what the slowest page takes, so no machine is too slow for it.
WITHOUT_END = 60


#: Files that take longest; they go first, so that no processor waits for one of them at the end.
LONG = (
    "test_streaming.py",
    "test_site.py",
    "test_stores.py",
    "test_inbrowser.py",
    "test_notebook.py",
    "test_build.py",
    "test_add.py",
    "test_explorer.py",
    "test_security.py",
    "test_limits.py",
    "test_check.py",
    "test_network_page.py",
    "test_editor.py",
    "test_around.py",
    "test_export.py",
    "test_mcp.py",
)


#: So many objects that may be garbage are waited for before they are looked through.
_GARBAGE = 200_000


def pytest_configure(config: pytest.Config) -> None:
    """Garbage is collected between tests, in the thread that runs them.

    A result of pyoxigraph must be freed by the thread that made it.  The frames of tests are garbage in cycles
    (Playwright keeps the stack of each call), and another thread, of a server say, can set a collection off.
    """
    gc.disable()


def pytest_runtest_logfinish() -> None:
    """After a test: collect what it left, if it is much."""
    if gc.get_count()[0] > _GARBAGE:
        gc.collect()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first, all else as it was."""
    items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else len(LONG))


@pytest.fixture
def ends() -> Iterator[None]:
    """Stops a test that would go on without end; how fast it is belongs into ``benchmarks``."""

    def stop(*_: object) -> None:
        raise AssertionError(f"still going after {WITHOUT_END} seconds of CPU")

    if not hasattr(signal, "setitimer"):  # Windows
        yield
        return
    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, WITHOUT_END)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the two source documents, which are not part of the project."""
    if not _SEEDS.is_dir():
        pytest.skip("../shared/seeds is not here")
    return _SEEDS


@pytest.fixture(scope="session")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the two packaged documents, built once."""
    folder = tmp_path_factory.mktemp("packaged") / "graph"
    build(output=folder)
    return folder


#: The public endpoints that stored questions ask, and the files in ``tests/elsewhere`` that stand in for them.
STAND_INS = {
    "https://id.nlm.nih.gov/mesh/sparql": "mesh",
    "https://query.wikidata.org/sparql": "wikidata",
    "https://sparql.uniprot.org/sparql": "uniprot",
}


@dataclass
class Elsewhere:
    """Endpoints on this machine that stand in for public ones, and what they were asked."""

    address: str
    requests: list[tuple[str, str, str]] = field(default_factory=list)  # the endpoint, the method, the query

    @property
    def network(self) -> Network:
        """The leave to ask them, each in the place of the public endpoint."""
        return Network(mirrors={iri: f"{self.address}/{name}" for iri, name in STAND_INS.items()}, timeout=30)


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[Elsewhere]:
    """The stand-ins, which speak the SPARQL protocol (GET and POST, answers in JSON)."""
    stores = {}
    for name in STAND_INS.values():
        stores[name] = Store()
        stores[name].load(path=Path(__file__).parent / "elsewhere" / f"{name}.trig", format=RdfFormat.TRIG)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(parse_qs(urlsplit(self.path).query))

        def do_POST(self) -> None:
            self.answer(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))

        def answer(self, form: dict[str, list[str]]) -> None:
            name, query = urlsplit(self.path).path.strip("/"), form["query"][0]
            stand_ins.requests.append((name, self.command, query))
            found = stores[name].query(query)
            assert isinstance(found, QuerySolutions | QueryBoolean)
            data = found.serialize(format=QueryResultsFormat.JSON)
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(data or b"")))
            self.end_headers()
            self.wfile.write(data or b"")

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        stand_ins = Elsewhere(f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield stand_ins
        server.shutdown()


#: The browser of this machine; Playwright's own are not installed.
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine: pages cannot be opened")
    from playwright.sync_api import expect, sync_playwright

    # What a page is waited for by: `wait_for_function` evaluates text, which the policy of our pages forbids.
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page in a browser: what it asked for, and what went wrong in it (errors, refusals of its policy, dialogs)."""

    page: Page
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def said(self, message: ConsoleMessage) -> None:
        """Keep an error that the page's console shows."""
        if message.type == "error" and not message.location.get("url", "").endswith("/favicon.ico"):
            self.faults.append(message.text)


def _visits(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens pages, each in a fresh profile, which ends when this does."""
    contexts = []

    def begin(address: str, **options: Any) -> Visit:
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        visit = Visit(page)
        page.on("request", lambda request: visit.requests.append(request.url))
        page.on("console", visit.said)
        page.on("pageerror", lambda error: visit.faults.append(str(error)))
        page.on("dialog", lambda dialog: (visit.faults.append(dialog.message), dialog.dismiss()))
        page.goto(address)
        return visit

    yield begin
    for context in contexts:
        context.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens a page in a fresh profile."""
    yield from _visits(chromium)


@pytest.fixture(scope="module")
def lasting_visit(chromium: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens a page that the tests of a module use one after another: a profile and a first load cost seconds."""
    yield from _visits(chromium)


@pytest.fixture(scope="module")
def window(lasting_visit: Callable[..., Visit]) -> Visit:
    """A window that the tests of a module share."""
    return lasting_visit("about:blank")


@pytest.fixture
def revisit(window: Visit) -> Callable[..., Visit]:
    """Opens page after page in the window that the tests share; of the ones before, it keeps no more than the cache."""

    def begin(
        address: str,
        *,
        viewport: ViewportSize | None = None,
        color_scheme: Literal["light", "dark"] = "light",
    ) -> Visit:
        window.page.goto("about:blank")
        parts = urlsplit(address)
        if parts.netloc:
            session = window.page.context.new_cdp_session(window.page)
            origin = {"origin": f"{parts.scheme}://{parts.netloc}", "storageTypes": "local_storage,indexeddb,cookies"}
            session.send("Storage.clearDataForOrigin", origin)
            session.detach()
        window.page.set_viewport_size(viewport or {"width": 1280, "height": 720})
        window.page.emulate_media(color_scheme=color_scheme)
        window.requests.clear()
        window.faults.clear()
        window.page.goto(address)
        return window

    return begin
