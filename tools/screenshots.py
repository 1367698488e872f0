"""Make the pictures of docs/pictures from the packaged documents, in Debian's Chromium.

    PYTHONPATH=. python tools/screenshots.py

Pictures are for people: they are looked at before they are committed, and no test compares them.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

import graph_build
from graph_build.build import build
from graph_build.site.folder import write_site

PICTURES: Final = Path(__file__).resolve().parents[1] / "docs" / "pictures"


def take(page: Page, address: str, name: str, *, ready: str = "body") -> None:
    """One picture of a page."""
    page.goto(address)
    page.wait_for_selector(ready)
    page.wait_for_timeout(500)
    page.screenshot(path=PICTURES / f"{name}.png")
    print(name)


def main() -> None:
    """All pictures."""
    PICTURES.mkdir(exist_ok=True)
    work = Path(tempfile.mkdtemp())
    build(output=work / "graph")
    write_site(work / "graph", work / "site")
    graph_build.open(work / "graph").view(around="trastuzumab deruxtecan").save(work / "network.html")
    site = (work / "site").as_uri()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=["--no-sandbox"]
        )
        cell = "#cell=drug/trastuzumab-deruxtecan,alteration/her2-mutation"
        laptop = browser.new_page(viewport={"width": 1366, "height": 820})
        take(laptop, f"{site}/index.html{cell}", "explorer", ready="html[data-ready]")
        take(laptop, f"{site}/drug/trastuzumab-deruxtecan.html", "drug")
        take(laptop, (work / "network.html").as_uri(), "network", ready="html[data-ready]")
        take(laptop, f"{site}/sparql.html", "sparql", ready=".cm-content")
        dark = browser.new_page(viewport={"width": 1366, "height": 820}, color_scheme="dark")
        take(dark, f"{site}/index.html", "explorer-dark", ready="html[data-ready]")
        phone = browser.new_page(viewport={"width": 390, "height": 844})
        take(phone, f"{site}/index.html", "explorer-phone", ready="html[data-ready]")
        take(phone, f"{site}/topic/her2-positivity-testing.html", "topic-phone")
        browser.close()
    shutil.rmtree(work)


if __name__ == "__main__":
    main()
