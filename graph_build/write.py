"""Quads as text: N-Quads terms, and a file of sorted lines.

Quads are plain tuples of N-Quads terms, so that sorting and hashing are those of
strings and the output does not depend on any library's order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from .vocabulary import PREFIXES

_ESCAPES: Final = str.maketrans(
    {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f", "\x7f": "\\u007F"}
    | {c: f"\\u{ord(c):04X}" for c in map(chr, range(32)) if c not in "\n\r\t\b\f"}
)
_ESCAPED: Final = re.compile(r'["\\\x00-\x1f\x7f]')  # what most values have none of
_IRI_ESCAPES: Final = str.maketrans({c: f"\\u{ord(c):04X}" for c in [*map(chr, range(33)), *'<>"{}|^`\\']})
_IRI_ESCAPED: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')

Quad = tuple[str, str, str, str]


@lru_cache(1 << 16)
def iri(value: str) -> str:
    """An IRI as N-Quads term; a prefix name of the project is expanded (``her2:Drug``).

    >>> iri("skos:broader"), iri("https://example.org/a b")
    ('<http://www.w3.org/2004/02/skos/core#broader>', '<https://example.org/a\\\\u0020b>')
    """
    prefix, colon, local = value.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        value = PREFIXES[prefix] + local
    return f"<{value.translate(_IRI_ESCAPES) if _IRI_ESCAPED.search(value) else value}>"


def text(value: str, lang: str | None = None) -> str:
    """A string literal."""
    escaped = value.translate(_ESCAPES) if _ESCAPED.search(value) else value
    return f'"{escaped}"@{lang}' if lang else f'"{escaped}"'


def typed(value: object, datatype: str) -> str:
    """A literal with an XSD datatype, ``typed(3, "integer")``."""
    return f"{text(str(value))}^^{iri('xsd:' + datatype)}"


def boolean(value: bool) -> str:
    """An ``xsd:boolean``."""
    return typed("true" if value else "false", "boolean")


def date(value: str) -> str:
    """An ISO date with the type of its precision.

    >>> date("2020").rsplit("#")[1], date("2020-06").rsplit("#")[1]
    ('gYear>', 'gYearMonth>')
    """
    return typed(value, ("gYear", "gYearMonth", "date")[value.count("-")])


@dataclass(slots=True)
class GraphWriter:
    """Collects the quads of one named graph."""

    graph: str
    quads: set[Quad] = field(default_factory=set)
    _name: str = field(init=False)

    def __post_init__(self) -> None:
        self._name = iri(self.graph)

    def add(self, subject: str, predicate: str, term: str | None) -> None:
        """Add a triple of an IRI, a predicate and a finished term; nothing when there is no value."""
        if term is not None:
            self.quads.add((iri(subject), iri(predicate), term, self._name))

    def link(self, subject: str, predicate: str, target: str | None) -> None:
        """Add a triple between two IRIs."""
        if target is not None:
            self.quads.add((iri(subject), iri(predicate), iri(target), self._name))

    def type(self, subject: str, *classes: str) -> None:
        """Say what something is."""
        for cls in classes:
            self.link(subject, "rdf:type", cls)

    def label(self, subject: str, label: str, lang: str | None = "en") -> None:
        """Give something its name."""
        self.add(subject, "rdfs:label", text(label, lang))


def nquads(quads: Iterable[Quad]) -> Iterator[bytes]:
    """Quads as lines of an N-Quads file, in the order in which they come."""
    return (f"{s} {p} {o} {g} .\n".encode() for s, p, o, g in quads)
