"""Trusty URIs of RDF graphs (module RA): an identifier that is the hash of what it names.

The algorithm of https://trustyuri.net/spec/ for graphs without blank nodes, of which we have none.  It is short
enough to be written here: the library for nanopublications brings a client for servers, keys and web requests,
of which writing needs nothing; the tests compare with it.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Quad

#: What stands for the hash while it is not yet known; the algorithm puts a space in its place.
PLACEHOLDER = "HASH-TO-COME"


def artifact_code(quads: Iterable[Quad]) -> str:
    """The hash of quads whose own identifier contains :data:`PLACEHOLDER`, as ``RA…``."""
    lines = "".join(line for key in sorted(set(map(_key, quads))) for line in _lines(key))
    return "RA" + urlsafe_b64encode(sha256(lines.encode()).digest()).decode().rstrip("=")


def with_code(quads: Iterable[Quad], code: str) -> list[Quad]:
    """The same quads with the hash in the place of the placeholder."""

    def named(node: object) -> NamedNode:
        return NamedNode(node.value.replace(PLACEHOLDER, code))  # type: ignore[attr-defined]

    return [
        Quad(
            named(quad.subject),
            named(quad.predicate),
            quad.object if isinstance(quad.object, Literal) else named(quad.object),
            named(quad.graph_name),
        )
        for quad in quads
    ]


_Key = tuple[bytes, bytes, bytes, bool, bytes, bytes, bytes]


def _key(quad: Quad) -> _Key:
    """What quads are sorted by: graph, subject, predicate; IRIs before literals; these by text, type, language."""
    value = quad.object
    subject = quad.subject
    assert isinstance(subject, NamedNode)
    assert isinstance(quad.graph_name, NamedNode)
    if isinstance(value, Literal):
        datatype = b"" if value.language else value.datatype.value.encode()
        last = (True, value.value.encode(), datatype, (value.language or "").lower().encode())
    else:
        assert isinstance(value, NamedNode)
        last = (False, _iri(value), b"", b"")
    return (_iri(quad.graph_name), _iri(subject), _iri(quad.predicate), *last)


def _iri(node: NamedNode) -> bytes:
    return node.value.replace(PLACEHOLDER, " ").encode()


def _lines(key: _Key) -> Iterable[str]:
    graph, subject, predicate, is_literal, value, datatype, language = (
        part.decode() if isinstance(part, bytes) else part for part in key
    )
    yield f"{graph}\n{subject}\n{predicate}\n"
    if not is_literal:
        yield f"{value}\n"
    else:
        text = str(value).replace("\\", "\\\\").replace("\n", "\\n")
        yield f"@{language} {text}\n" if language else f"^{datatype} {text}\n"
