"""The addresses of this server; with them, the markup of :mod:`graph_build.pages.markup` for its other modules."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from ..pages.markup import Child, Html, is_web, isolated, outward_link, tag, text, together
from ..vocabulary import BASE

__all__ = [
    "RESERVED",
    "Child",
    "Html",
    "ServerAddresses",
    "about",
    "is_web",
    "isolated",
    "local_path",
    "outward_link",
    "tag",
    "text",
    "together",
]

#: What may follow our base in an address of this server; other IRIs go through ``/about``.
_PLAIN: Final = re.compile(r"[A-Za-z0-9][\w.~-]*(?:/[A-Za-z0-9][\w.~-]*)*", re.ASCII)
#: First parts of addresses that are no things; ``/about`` shows a thing that is called so.
RESERVED: Final = frozenset(
    {"about", "api", "assets", "editor", "favicon.ico", "query", "questions", "sparql", "style.css"}
)


def local_path(iri: str) -> str | None:
    """The address of this server that an IRI of ours has, when it can have one.

    >>> local_path(BASE + "drug/trastuzumab"), local_path(BASE + "/example.org"), local_path(BASE + "sparql")
    ('/drug/trastuzumab', None, None)
    """
    rest = iri.removeprefix(BASE)
    if not iri.startswith(BASE) or not _PLAIN.fullmatch(rest) or rest.split("/")[0] in RESERVED:
        return None
    return "/" + rest


def about(iri: str, suffix: str = "") -> str:
    """The address of the page of any IRI, or of its data in a format."""
    path = local_path(iri)
    if path is not None:
        return path + (f".{suffix}" if suffix else "")
    return f"/about{'.' + suffix if suffix else ''}?iri={quote(iri, safe='')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerAddresses:
    """Absolute paths of this server; ``described`` tells of an IRI of others whether the graph says anything of it."""

    described: Callable[[str], bool]
    home: str = "/"
    questions: str = "/questions"
    editor: str | None = None
    downloads: str | None = "/dataset.html"
    endpoint: str | None = "/sparql"
    base: None = None  # a reader's browser knows where the server is

    def thing(self, iri: str) -> str | None:
        """The page of a thing."""
        return about(iri) if local_path(iri) or self.described(iri) else None

    def data(self, iri: str, suffix: str) -> str | None:
        """The data of a thing."""
        return about(iri, suffix)

    def question(self, name: str, values: Mapping[str, str], suffix: str = "") -> str | None:
        """The answer to a stored question."""
        address = f"/query/{quote(name, safe='')}" + (f".{suffix}" if suffix else "")
        return address + (f"?{urlencode(values)}" if values else "")

    def query(self, text: str) -> str | None:
        """The editor with a query in it; without an editor, the query's answer."""
        written = quote(text, safe="")
        return f"{self.editor}#query={written}" if self.editor else f"{self.endpoint}?query={written}"
