"""The site as one HTML file that opens from disk and asks for nothing."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from string import Template
from typing import Final

from ..explore import TITLE, explorer
from ..inbrowser import POLICY, Parts, sparql_parts
from ..pages.frame import FOOTER, STYLE, Page, Setting, navigation
from ..pages.markup import Html, tag
from ..replace import whole_file
from ..selfcontained import script_json, source
from ..vocabulary import DATASET
from .addresses import InFileAddresses
from .content import Content, Written, data_of
from .downloads import downloads, downloads_page

_TEMPLATES: Final = Path(__file__).resolve().parent / "templates"


def write_file(folder: Path, output: Path, title: str = TITLE, address: str | None = None) -> Written:
    """Write a built graph as one HTML file, whole or not at all; ``address`` is where it will lie on the web.

    Raises :class:`graph_build.store.GraphNotFound`, and :class:`OSError` when the place cannot be written.
    """
    content = Content(folder)
    data = single_file(content, title, address)
    whole_file(output, data)
    return Written(data.count(b"<template "), len(data), content.pages.sparql)


def single_file(content: Content, title: str, address: str | None = None) -> bytes:
    """The file: the explorer, every page in an inert template, SPARQL in the browser, and downloads."""
    addresses = InFileAddresses(replace(content.pages, parts={}, base=address))
    setting = Setting(content.entities, addresses, brief=True)
    shown = explorer(content.store, addresses, title=title)
    sparql = _sparql(content, addresses)
    files = downloads(content, data_of(content, DATASET), large=False)
    pages = [*_pages(content, setting), ("/downloads", downloads_page(content, setting, files))]
    style, router = "\n" + STYLE.decode(), _router()
    styles = [("explorer", shown.style), ("page sparql", style), *(("sparql", text) for text in sparql.styles)]
    scripts = [shown.script, *sparql.scripts, router]
    return (
        Template((_TEMPLATES / "file.html").read_text(encoding="utf-8"))
        .substitute(
            policy=_policy(scripts, [text for _, text in styles], sparql),
            title=escape(title),
            canonical=tag("link", rel="canonical", href=address) + "\n" if address is not None else "",
            styles="".join(f'<style data-for="{kind}">{text}</style>\n' for kind, text in styles),
            explorer=shown.body,
            home=addresses.home,
            navigation=navigation(addresses),
            sparql=sparql.body,
            footer=escape(FOOTER),
            templates="\n".join(_template(path, page) for path, page in pages),
            data=shown.data,
            sparql_data=sparql.data,
            files=script_json({name: base64.b64encode(data).decode() for name, (data, _) in files.items()}),
            scripts="".join(f"<script>{script}</script>\n" for script in scripts),
        )
        .encode("utf-8", "replace")
    )


def _sparql(content: Content, addresses: InFileAddresses) -> Parts:
    """The editor's parts; none when the front end is not built."""
    if addresses.editor is None:
        return Parts(styles=(), body="", scripts=(), data="{}")
    links = {iri: address for iri in content.iris() if (address := addresses.thing(iri)) is not None}
    questions = list(content.asked.values())
    return sparql_parts(
        nquads=content.nquads, questions=questions, links=links, labels=content.labels, fragment="/sparql&"
    )


def _pages(content: Content, setting: Setting) -> Iterator[tuple[str, Page]]:
    """Every page by the path in its address."""
    yield "/questions", content.questions(setting)
    for name in content.pages.questions:
        yield f"/query/{name}", content.question(name, setting)
    for iri, stem in content.pages.stems.items():
        yield f"/{stem}", content.thing(iri, setting)


def _template(path: str, page: Page) -> Html:
    """A page that does nothing until it is shown."""
    return tag("template", page.body, id=path, data_title=page.title)


def _router() -> str:
    return f'\n"use strict";\n(() => {{\n{(_TEMPLATES / "router.js").read_text(encoding="utf-8")}}})();\n'


def _policy(scripts: list[str], styles: list[str], sparql: Parts) -> str:
    """Our own scripts and styles; what the engine for SPARQL needs only where it is."""
    engine = dict(POLICY) if sparql.scripts else {}
    rules = {
        "default-src": "'none'",
        "script-src": " ".join([*map(source, scripts), *([engine["script-src"]] if engine else [])]),
        "style-src": " ".join(map(source, styles)),
        **({"worker-src": engine["worker-src"]} if engine else {}),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())
