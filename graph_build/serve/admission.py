"""What a stranger's query may not: change anything, ask other servers, read other data than this graph.

It is read by the tokens of SPARQL's grammar, as in :mod:`graph_build.services`, so that comments and strings
deceive nobody.  Nothing rests on this alone: the store is opened for reading, the engine parses queries
only and never sees the word ``SERVICE``, and it loads no graph by ``FROM``.  Here the reasons are found.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from ..model import Her2kgError
from ..services import ServiceError, Token, harmless, prologue, services, tokens

_UPDATES: Final = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH", "USING"}
)
#: Why an update is not done, whichever way it came.
NO_UPDATES: Final = "this server only answers questions; it does no updates"


class Refused(Her2kgError):
    """A query may not be asked here."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query asks: those of its default graph, and those that ``GRAPH`` reaches."""

    default: tuple[str, ...]
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Admitted:
    """A query that may be asked: its text for the engine, and its graphs when it names some."""

    text: str
    dataset: Dataset | None


def admit(text: str, protocol: Dataset | None, known: Collection[str]) -> Admitted:
    """A query as it may be asked; graphs named by the protocol go before its own ``FROM``.

    >>> admit("ASK { ?s ?p 'INSERT' } # LOAD <urn:x>", None, ()).dataset

    Raises :class:`Refused` with the reason.
    """
    read = tokens(text)
    first = _first(read)
    if first == "LOAD":
        raise Refused(f"LOAD: {NO_UPDATES}, and it reads nothing from elsewhere")
    if first in _UPDATES:
        raise Refused(f"{first}: {NO_UPDATES}")
    try:
        asked = services(text)
        if asked:
            raise Refused(f"SERVICE: this server asks no other servers, so not {' and '.join(f'<{a}>' for a in asked)}")
        plain = harmless(text)
    except ServiceError as error:
        raise Refused(f"SERVICE: this server asks no other servers ({error})") from error
    dataset = protocol or _dataset(read)
    for graph in (*dataset.default, *dataset.named) if dataset else ():
        if graph not in known:
            raise Refused(f"<{graph}>: this server reads no other data than its own, which has no graph of this name")
    return Admitted(plain, dataset)


def _first(read: Sequence[Token]) -> str:
    """The first word after the declarations, in capitals."""
    place = 0
    while place < len(read) and read[place].keyword in ("PREFIX", "BASE"):
        place += 3 if read[place].keyword == "PREFIX" else 2
    return read[place].keyword if place < len(read) else ""


def _dataset(read: Sequence[Token]) -> Dataset | None:
    """What the ``FROM`` clauses of a query name; the word has no other place in SPARQL."""
    default: list[str] = []
    named: list[str] = []
    for place, token in enumerate(read):
        if token.keyword != "FROM":
            continue
        is_named = place + 1 < len(read) and read[place + 1].keyword == "NAMED"
        where = place + 1 + is_named
        if where < len(read):
            (named if is_named else default).append(_iri(read, read[where]))
    return Dataset(tuple(default), tuple(named)) if default or named else None


def _iri(read: Sequence[Token], token: Token) -> str:
    """The IRI of a graph; one that is relative is no graph of ours and stays as it is."""
    if token.kind != "name":
        return re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", _character, token.text.strip("<>"))
    prefix, _, local = token.text.partition(":")
    declared = prologue(read)
    for place, before in enumerate(declared[:-2]):
        if before.keyword == "PREFIX" and declared[place + 1].text == prefix + ":":
            return _iri(read, declared[place + 2]) + re.sub(r"\\(.)", r"\1", local)
    return token.text


def _character(found: re.Match[str]) -> str:
    code = int(found[1] or found[2], 16)
    return chr(code) if code < 0x110000 else "�"
