"""The explorer of the packaged documents, and a browser to use it in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from graph_build.explore import explorer
from graph_build.store import open_store
from graph_build.vocabulary import BASE

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)


class Plain:
    """Addresses under the root of a server."""

    home, questions, editor = "/", "/questions", "/editor"

    def thing(self, iri: str) -> str | None:
        return "/" + iri.removeprefix(BASE) if iri.startswith(BASE) else None

    def data(self, iri: str, suffix: str) -> str | None:
        return None

    def question(self, name: str, values: Mapping[str, str]) -> str | None:
        return f"/query/{name}"

    def query(self, text: str) -> str | None:
        return "/editor#query=" + text


@dataclass(frozen=True, slots=True)
class Opened:
    """A page in a browser, with what went wrong on it and what it asked for."""

    page: Page
    faults: list[str]
    requests: list[str]

    def at(self, address: str = "") -> Page:
        """The page with other choices."""
        self.page.goto("about:blank")
        self.page.goto(self.page.context.her2kg + ("#" + address if address else ""))  # type: ignore[attr-defined]
        self.page.wait_for_selector("html[data-ready]")
        return self.page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine: the page cannot be opened")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def explorer_file(packaged: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("explorer") / "index.html"
    file.write_text(explorer(open_store(packaged), Plain()).html, encoding="utf-8")
    return file


def open_in(browser: Browser, file: Path, **options: object) -> Opened:
    context = browser.new_context(accept_downloads=True, **options)  # type: ignore[arg-type]
    context.her2kg = file.as_uri()  # type: ignore[attr-defined]
    page = context.new_page()
    opened = Opened(page, [], [])
    page.on("console", lambda message: opened.faults.append(message.text))
    page.on("pageerror", lambda error: opened.faults.append(str(error)))
    page.on("request", lambda request: opened.requests.append(request.url))
    return opened


@pytest.fixture
def opened(browser: Browser, explorer_file: Path) -> Iterator[Opened]:
    found = open_in(browser, explorer_file, viewport={"width": 1366, "height": 900})
    found.at()
    yield found
    assert found.faults == []
    assert {url.partition("#")[0] for url in found.requests} <= {explorer_file.as_uri(), "about:blank"}
    found.page.context.close()
