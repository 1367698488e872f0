"""The site as a folder: pages, data of each thing, answers, downloads; the same bytes for the same graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import quote

from ..explore import TITLE, explorer
from ..inbrowser import sparql_page
from ..pages.frame import STYLE, Page, Setting, framed
from ..pages.markup import tag
from ..replace import whole_folder
from ..vocabulary import DATASET
from .addresses import Pages, SiteAddresses
from .content import Content, Written, data_of
from .downloads import downloads, downloads_page, readme

#: Pages run nothing and load their style alone; from disk, where no server is, that is a file.
POLICY: Final = "default-src 'none'; style-src 'self' file:; base-uri 'none'; form-action 'none'"
_MARKER: Final = "her2kg-site.txt"
_MARKED: Final = "This folder was written by her2kg site, which replaces it as a whole.\n"


def write_site(folder: Path, output: Path, title: str = TITLE, address: str | None = None) -> Written:
    """Write a built graph as a site into ``output``, which appears or is replaced whole or not at all.

    ``address`` is where its folder will lie on the web, when that is known; it ends with a slash.
    Raises :class:`graph_build.store.GraphNotFound` and :class:`graph_build.replace.OutputError`.
    """
    content = Content(folder)
    pages = size = 0
    with whole_folder(output, _MARKER) as work:
        for path, data in files(content, title, address):
            target = work / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            pages += path.endswith(".html")
            size += len(data)
    return Written(pages, size, content.pages.sparql)


def files(content: Content, title: str, address: str | None = None) -> Iterator[tuple[str, bytes]]:
    """Every file of the site by its path; a page says at which address it is to be cited, when that is known."""
    for path, data in _files(content, replace(content.pages, base=address), title):
        page = address is not None and path.endswith(".html") and path != "404.html"
        yield path, _cited(data, f"{address}{'' if path == 'index.html' else quote(path)}") if page else data


def _cited(page: bytes, address: str) -> bytes:
    """A page with its canonical address, behind its title."""
    end = b"</title>\n"
    before, found, after = page.partition(end)
    assert found
    return before + end + tag("link", rel="canonical", href=address).encode() + b"\n" + after


def _files(content: Content, pages: Pages, title: str) -> Iterator[tuple[str, bytes]]:
    yield _MARKER, _MARKED.encode()
    yield "style.css", STYLE
    yield "robots.txt", b"User-agent: *\nAllow: /\n"
    yield "index.html", explorer(content.store, SiteAddresses(pages), title=title).html.encode()
    addresses = SiteAddresses(pages, "questions.html")
    yield addresses.at, _framed(content.questions(_setting(content, addresses)), addresses)
    yield "404.html", _missing()
    for name in pages.questions:
        answer = content.answers[name]
        addresses = SiteAddresses(pages, f"query/{name}.html")
        yield addresses.at, _framed(content.question(name, _setting(content, addresses)), addresses)
        if answer.suffix:
            yield f"query/{name}.{answer.suffix}", answer.data
    for iri, stem in pages.stems.items():
        addresses = SiteAddresses(pages, f"{stem}.html")
        yield addresses.at, _framed(content.thing(iri, _setting(content, addresses)), addresses)
        yield f"{stem}.ttl", data_of(content, iri)
    yield from _whole(content, pages, title)
    if pages.sparql:
        yield "sparql.html", _sparql(content, pages, title)


def _setting(content: Content, addresses: SiteAddresses) -> Setting:
    return Setting(content.entities, addresses)


def _framed(page: Page, addresses: SiteAddresses) -> bytes:
    style = tag("link", rel="stylesheet", href=addresses.to("style.css"))
    return framed(page, addresses, style, POLICY)


def _missing() -> bytes:
    """A page for addresses that are not there; it may be shown at any depth, so it can link to nothing."""
    head = [
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content="default-src 'none'"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", "Not found – her2kg"),
    ]
    sentence = tag("p", "There is no such page. The front page is index.html in the top folder.")
    body = tag("main", tag("h1", "Not found"), sentence)
    return f"<!DOCTYPE html>\n{tag('html', tag('head', head), tag('body', body), lang='en')}\n".encode()


def _whole(content: Content, pages: Pages, title: str) -> Iterator[tuple[str, bytes]]:
    """The downloads, the page that lists them, and the text that explains them."""
    found = downloads(content, data_of(content, DATASET))
    addresses = SiteAddresses(pages, "downloads.html")
    page = downloads_page(content, _setting(content, addresses), found, folder="data/")
    yield addresses.at, _framed(page, addresses)
    for name, (data, _) in found.items():
        yield f"data/{name}", data
    yield "README.txt", readme(content, title, found).encode()


def _sparql(content: Content, pages: Pages, title: str) -> bytes:
    addresses = SiteAddresses(pages, "sparql.html")
    links = {iri: address for iri in content.iris() if (address := addresses.thing(iri)) is not None}
    questions = list(content.asked.values())
    return sparql_page(
        nquads=content.nquads,
        questions=questions,
        links=links,
        labels=content.labels,
        home=addresses.home,
        title=f"SPARQL – {title}",
    ).encode()
