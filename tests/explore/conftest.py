"""The explorer of the packaged documents, opened in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graph_build.explore import explorer
from graph_build.store import open_store
from graph_build.vocabulary import BASE

if TYPE_CHECKING:
    from playwright.sync_api import Page


class Plain:
    """Addresses under the root of a server."""

    home, questions, editor, downloads, endpoint = "/", "/questions", "/editor", "/dataset", "/sparql"
    base = None

    def thing(self, iri: str) -> str | None:
        return "/" + iri.removeprefix(BASE) if iri.startswith(BASE) else None

    def data(self, iri: str, suffix: str) -> str | None:
        return None

    def question(self, name: str, values: Mapping[str, str], suffix: str = "") -> str | None:
        return f"/query/{name}"

    def query(self, text: str) -> str | None:
        return "/editor#query=" + text


@dataclass(slots=True)
class Opened:
    """An explorer in a browser, which loads it when a test first looks at it."""

    visit: Any
    file: Path
    loaded: bool = False

    @property
    def page(self) -> Page:
        """The page in the browser."""
        page: Page = self.visit.page if self.loaded else self.at()
        return page

    def at(self, choices: str = "") -> Page:
        """The page, loaded anew with these choices."""
        page: Page = self.visit.page
        page.goto("about:blank")
        page.goto(self.file.as_uri() + ("#" + choices if choices else ""))
        page.wait_for_selector("html[data-ready]")
        self.loaded = True
        return page

    def is_well(self) -> bool:
        """Whether nothing went wrong on it and it asked for nothing but itself."""
        asked = {url.partition("#")[0] for url in self.visit.requests}
        return self.visit.faults == [] and asked <= {self.file.as_uri(), "about:blank"}


@pytest.fixture(scope="session")
def explorer_file(packaged: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The explorer of the packaged documents."""
    file = tmp_path_factory.mktemp("explorer") / "index.html"
    file.write_text(explorer(open_store(packaged), Plain()).html, encoding="utf-8")
    return file


@pytest.fixture
def open_explorer(visit: Callable[..., Any]) -> Callable[..., Opened]:
    """Opens a file with an explorer in a window of its own."""
    return lambda file, **options: Opened(visit("about:blank", **options), file)


@pytest.fixture
def opened(revisit: Callable[..., Any], explorer_file: Path) -> Iterator[Opened]:
    """The explorer of the packaged documents, loaded anew for this test; nothing may go wrong on it."""
    window = revisit("about:blank", viewport={"width": 1366, "height": 900})
    found = Opened(window, explorer_file)
    yield found
    assert found.is_well()
