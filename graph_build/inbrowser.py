"""SPARQL in the browser: one HTML page with the graph, the engine and the stored questions in it.

The page opens from disk and asks nothing of anybody: its policy forbids every request.  The engine runs
in a worker, which is made from a text in the page and ended by Cancel (decision 0015).
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any, Final

from pyoxigraph import RdfFormat, Store

from .completions import completions
from .filled import shown_questions
from .frontend import built, built_text
from .questions import StoredQuery
from .selfcontained import packed, script_json, source
from .store import merge

_TEMPLATES: Final = Path(__file__).resolve().parent / "templates" / "sparql"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a page needs to hold the editor: the ``body`` somewhere, the ``data`` before the scripts.

    ``data`` is JSON for ``<script type="application/json" id="sparql-data">``; the page's policy has to
    admit styles and scripts by their hashes, and what :data:`POLICY` says.
    """

    styles: tuple[str, ...]
    body: str
    scripts: tuple[str, ...]
    data: str


#: What the editor needs of a policy besides hashes: WebAssembly for the engine, and a worker made from a text.
POLICY: Final[Mapping[str, str]] = {"script-src": "'wasm-unsafe-eval'", "worker-src": "blob:"}


def sparql_parts(
    *,
    nquads: bytes,
    questions: Sequence[StoredQuery],
    links: Mapping[str, str],
    labels: Mapping[str, str] | None = None,
    fragment: str = "",
) -> Parts:
    """The editor as parts of another page, in a ``<section id="sparql">``.

    ``links`` says to which address the IRI of a thing leads; others lead outwards.  ``labels`` says which of them
    is meant by words that are a label.  ``fragment`` goes before ``query=…`` in the fragment that links to a query,
    such as ``sparql&``.  Questions that ask other endpoints are left out.

    Raises :class:`graph_build.frontend.FrontendMissing` when the front end is not built.
    """
    scripts, styles = (built_text("sparql.js"),), (built_text("sparql.css"),)
    store = Store()
    store.bulk_load(nquads, format=RdfFormat.N_QUADS)
    data: dict[str, Any] = {
        "engine": packed(built("oxigraph.wasm").read_bytes()),
        "worker": built_text("sparql-worker.js"),
        "quads": packed(nquads),
        "questions": shown_questions(questions, merge(store)),
        "names": completions(),
        "links": dict(links),
        "labels": dict(labels or {}),
        "fragment": fragment,
    }
    body = (
        '<section id="sparql" aria-label="SPARQL"></section>\n'
        "<noscript><p>SPARQL in the browser needs JavaScript.</p></noscript>\n"
    )
    return Parts(styles=styles, body=body, scripts=scripts, data=script_json(data))


def sparql_page(
    *,
    nquads: bytes,
    questions: Sequence[StoredQuery],
    links: Mapping[str, str],
    labels: Mapping[str, str] | None = None,
    home: str | None,
    title: str,
) -> str:
    """One self-contained page; the same text for the same input.

    ``home`` is the address of the page that its header leads to.  Raises
    :class:`graph_build.frontend.FrontendMissing` when the front end is not built.
    """
    parts = sparql_parts(nquads=nquads, questions=questions, links=links, labels=labels)
    styles = ("\n" + (_TEMPLATES / "page.css").read_text(encoding="utf-8"), *parts.styles)
    rules = {
        "default-src": "'none'",
        "script-src": " ".join([*map(source, parts.scripts), POLICY["script-src"]]),
        "style-src": " ".join(map(source, styles)),
        "worker-src": POLICY["worker-src"],
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return Template((_TEMPLATES / "page.html").read_text(encoding="utf-8")).substitute(
        policy="; ".join(f"{name} {value}" for name, value in rules.items()),
        title=html.escape(title.encode("utf-8", "replace").decode()),
        home=f'<a href="{html.escape(home)}">her2kg</a>' if home is not None else "",
        styles="".join(f"<style>{style}</style>\n" for style in styles),
        body=parts.body,
        data=parts.data,
        scripts="".join(f"<script>{script}</script>\n" for script in parts.scripts),
    )
