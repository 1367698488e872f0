"""Questions that ask other endpoints too: each ``SERVICE`` clause is asked by us and its answer put in its place.

The engine would send a clause as it stands, so that Wikidata were asked for every drug that it
knows, and would wait for the answer without end.  Here what the rest of the question already knows
goes along as ``VALUES``, in portions; time, size and protocol are bounded; and nothing is
asked unless the caller allows it with a :class:`Network`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import BlankNode, QuerySolutions

from .endpoint import EndpointError, ask
from .services import Service, Token, closing, first_service, prologue, source, tokens
from .vocabulary import BASE, digest

#: How many values go along with one request: an address of some 4,000 characters, and far
#: fewer rows than the 1,000 that the MeSH endpoint gives at most.
PORTION: Final = 50
#: An endpoint that gives so many rows may have cut the answer: it is asked again in halves.
FULL: Final = 1_000

#: Asks the local graph a SELECT of these variables.
Local = Callable[[str, Sequence[str]], QuerySolutions]
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The leave to ask other endpoints, and how.

    ``mirrors`` gives another address for an endpoint's IRI; ``timeout`` is in seconds, for a whole question.
    """

    mirrors: Mapping[str, str] = field(default_factory=dict)
    timeout: float = 60.0


@dataclass(frozen=True, slots=True)
class Table:
    """Values of variables, each written as SPARQL writes it."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]

    def __str__(self) -> str:
        """The ``VALUES`` clause."""
        rows = " ".join(f"({' '.join(row)})" for row in self.rows)
        return f"VALUES ({_listed(self.names)}) {{ {rows} }}"


def _listed(names: Sequence[str]) -> str:
    return " ".join(f"?{name}" for name in names)


def answered(text: str, local: Local, network: Network, bound: Mapping[str, str]) -> str:
    """The same query with the answer of each ``SERVICE`` clause in its place.

    ``bound`` holds the values of the question's parameters.  Raises
    :class:`graph_build.endpoint.EndpointError` when an endpoint does not answer, unless the clause is ``SILENT``.
    """
    deadline = time.monotonic() + network.timeout
    while clause := first_service(read := tokens(text)):
        try:
            values = str(_asked(text, read, clause, local, network, bound, deadline))
        except EndpointError:
            if not clause.silent:
                raise
            values = "{}"
        start, end = read[clause.first].start, read[clause.after - 1].end
        text = f"{text[:start]} {values} {text[end:]}"
    return text


def _asked(
    text: str,
    read: Sequence[Token],
    clause: Service,
    local: Local,
    network: Network,
    bound: Mapping[str, str],
    deadline: float,
) -> Table:
    body = read[slice(*clause.body)]
    head = source(text, prologue(read))
    known = _known(text, read, clause, head, local, bound)
    address = network.mirrors.get(clause.endpoint, clause.endpoint)
    pattern = source(text, body)

    def rows(portion: Sequence[Row]) -> Iterator[dict[str, str]]:
        values = f"{Table(known.names, tuple(portion))} " if known.names else ""
        names, found = ask(address, f"{head}\nSELECT * WHERE {{ {values}{pattern} }}", deadline)
        if len(found) >= FULL and len(portion) > 1:
            half = len(portion) // 2
            yield from rows(portion[:half])
            yield from rows(portion[half:])
        else:
            yield from ({n: _written(term, address) for n, term in zip(names, row, strict=True)} for row in found)

    starts = range(0, len(known.rows), PORTION)
    portions = [known.rows[start : start + PORTION] for start in starts] if known.names else [()]
    found = [row for portion in portions for row in rows(portion)]
    names = tuple(sorted(found[0] if found else {t.text[1:] for t in body if t.kind == "variable"}))
    return Table(names, tuple(sorted({tuple(row[name] for name in names) for row in found})))


def _known(
    text: str, read: Sequence[Token], clause: Service, head: str, local: Local, bound: Mapping[str, str]
) -> Table:
    """What the question knows of the clause's variables before it is asked."""
    wanted = _open_variables(read[slice(*clause.body)])
    before = _before(read, clause)
    here = {t.text[1:] for t in before if t.kind == "variable"}
    shared = sorted(wanted & here)
    given = {name: bound[name] for name in sorted(wanted - here) if name in bound}
    if not shared:
        return Table(tuple(given), (tuple(given.values()),) if given else ())
    asked = [*shared, *sorted((here & bound.keys()) - set(shared))]
    solutions = local(f"{head}\nSELECT DISTINCT {_listed(asked)} WHERE {{ {source(text, before)} }}", asked)
    rows = {tuple(_local(solution[name]) for name in shared) for solution in solutions}
    bare = {i for i in range(len(shared)) if all(row[i] == "UNDEF" for row in rows)} if rows else set()
    kept = [i for i in range(len(shared)) if i not in bare]
    names = (*(shared[i] for i in kept), *given)
    return Table(names, tuple(sorted({(*(row[i] for i in kept), *given.values()) for row in rows})))


def _before(read: Sequence[Token], clause: Service) -> list[Token]:
    """The patterns that stand before the clause and are joined with it; none where that is not plain.

    That is so in the outermost group, and in an OPTIONAL there.  Filters are left out: one may be
    about what the endpoint will say, and to know too much is no harm.
    """
    groups: list[int] = []
    for place in range(clause.first):
        if read[place].text == "{":
            groups.append(place)
        elif read[place].text == "}":
            groups.pop()
    end = clause.first
    if len(groups) == 2 and read[groups[1] - 1].keyword == "OPTIONAL" and groups[1] + 1 == clause.first:
        end = groups.pop() - 1
    if len(groups) != 1:
        return []
    return list(_without_filters(read, groups[0] + 1, end))


def _without_filters(read: Sequence[Token], start: int, end: int) -> Iterator[Token]:
    depth, place = 0, start
    while place < end:
        token = read[place]
        depth += (token.text == "{") - (token.text == "}")
        if token.keyword == "FILTER" and not depth:
            place = _end_of_filter(read, place)
        else:
            yield token
        place += 1


def _end_of_filter(read: Sequence[Token], place: int) -> int:
    return closing(read, next(i for i in range(place, len(read)) if read[i].text in ("(", "{")))


def _open_variables(body: Sequence[Token]) -> set[str]:
    """The variables of a clause that may be given values: not those of filters, sub-queries or assignments."""
    found: set[str] = set()
    if any(t.keyword == "SELECT" for t in body):
        return found
    place = 0
    while place < len(body):
        token = body[place]
        if token.keyword in ("FILTER", "MINUS"):
            place = _end_of_filter(body, place)
        elif token.keyword == "AS":
            place += 1
        elif token.kind == "variable":
            found.add(token.text[1:])
        place += 1
    return found - {body[i + 1].text[1:] for i, t in enumerate(body[:-1]) if t.keyword == "AS"}


def _local(term: object) -> str:
    """A value of ours for another endpoint; a blank node means nothing there."""
    return "UNDEF" if term is None or isinstance(term, BlankNode) else str(term)


def _written(term: object, address: str) -> str:
    """A value of theirs for our engine; a blank node gets an IRI, which is its name here."""
    if isinstance(term, BlankNode):
        return f"<{BASE}.well-known/genid/{digest(address, term.value)}>"
    return "UNDEF" if term is None else str(term)
