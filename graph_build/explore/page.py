"""The explorer's page: our own scripts and style, and the evidence as JSON; it loads nothing."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any, Final

from pyoxigraph import Store

from .. import __version__
from ..addresses import Addresses
from ..pages.frame import FOOTER, navigation
from ..selfcontained import script_json, source
from ..styles import STYLES
from .evidence import quotes, statements
from .evidence_map import rows
from .things import Numbers, things

_TEMPLATES: Final = Path(__file__).resolve().parent.parent / "templates" / "explore"
#: Our scripts, in the order in which they build on each other.
SCRIPTS: Final = (
    "../shared/text.js",
    "data.js",
    "filters.js",
    "sparql.js",
    "elements.js",
    "facets.js",
    "map.js",
    "timeline.js",
    "table.js",
    "search.js",
    "save.js",
    "page.js",
)
TITLE: Final = "HER2-altered lung cancer: the evidence"


@dataclass(frozen=True, slots=True)
class Explorer:
    """The parts of the explorer, to be a page of its own or a part of one."""

    title: str
    style: str
    script: str
    body: str
    data: str  # JSON that can stand inside a script element

    @property
    def policy(self) -> str:
        """Its content security policy: its own script and style, nothing else."""
        return (
            f"default-src 'none'; script-src {source(self.script)}; style-src {source(self.style)}; "
            "base-uri 'none'; form-action 'none'"
        )

    @property
    def html(self) -> str:
        """The whole page."""
        return Template(_read("page.html")).substitute(
            policy=self.policy,
            title=html.escape(self.title),
            style=self.style,
            body=self.body,
            data=self.data,
            script=self.script,
        )


def explorer(store: Store, addresses: Addresses, *, title: str = TITLE) -> Explorer:
    """The explorer of a graph: the same text for the same graph and addresses."""
    script = "".join(_read(name) for name in SCRIPTS)
    return Explorer(
        title=title,
        style="\n" + _read("page.css") + _colours(),
        script=f'\n"use strict";\n(() => {{\n{script}}})();\n',
        body=Template(_read("body.html")).substitute(
            title=html.escape(title),
            home=html.escape(addresses.home),
            questions=html.escape(addresses.questions),
            navigation=navigation(addresses, "Explorer"),
            footer=html.escape(FOOTER),
        ),
        data=script_json(page_data(store, addresses)),
    )


def page_data(store: Store, addresses: Addresses) -> dict[str, Any]:
    """All that the explorer shows."""
    known = things(store)
    number = Numbers(known)
    stated, place = statements(store, number, addresses)
    quoted = quotes(store, number, known, place)
    tree, columns, gene = rows(store, known)
    data = {
        "version": __version__,
        # what a query, percent-encoded, is put behind; and where the page lies, for links that others can follow
        "addresses": {"query": addresses.query(""), "base": addresses.base},
        "classes": [style._asdict() for style in STYLES],
        "statements": stated,
        "quotes": quoted,
        "rows": [[number(iri), depth, is_class] for iri, depth, is_class in tree],
        "columns": [number(iri) for iri in columns],
        "focus": _focus(columns, known.nodes),
        "gene": number(gene) if gene else -1,
    }
    return data | {"things": number.written(addresses)}


def _colours() -> str:
    """The colours of classes, the same as in the picture of the network."""
    light = "".join(f".of-{style.cls} {{ --of: {style.light}; }}\n" for style in STYLES)
    dark = "".join(f".of-{style.cls} {{ --of: {style.dark}; }}\n" for style in STYLES)
    return f"{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n"


def _focus(columns: list[str], nodes: dict[str, Any]) -> int:
    """How many of the columns are of the first one's gene."""
    genes = [nodes[iri].all("her2:alterationOf") for iri in columns]
    return sum(1 for gene in genes if gene == genes[0])


def _read(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")
