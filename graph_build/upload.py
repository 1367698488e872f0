"""A built graph into any SPARQL 1.1 store, through the Graph Store HTTP Protocol: one named graph at a time.

``PUT`` replaces a graph whole, so that a load that was broken off is simply done again.  What
arrived is then counted through SPARQL, also what a query over the default graph sees there, since stores differ in
that and our questions expect every triple once (decision 0009).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode, urlsplit

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from .http_tries import HttpError, Patience, Request, exchange, patiently
from .model import Her2kgError
from .query import QueryError
from .remote_graph import RemoteGraph, checked_address
from .vocabulary import BASE

#: The bytes of a chunk of an upload, about.
_CHUNK: Final = 1 << 16
#: Where stores answer SPARQL, by where they take graphs.
_QUERY_ADDRESSES: Final = (
    (re.compile(r"/store/?$"), "/query"),  # Oxigraph
    (re.compile(r"/data/?$"), "/sparql"),  # Jena Fuseki
    (re.compile(r"/rdf-graphs/service/?$"), ""),  # RDF4J, GraphDB
    (re.compile(r"/sparql-graph-crud(?:-auth)?/?$"), "/sparql"),  # Virtuoso
)
_COUNTS: Final = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_DEFAULT_COUNT: Final = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
#: Where all named graphs of ours lie.
_OURS: Final = f"{BASE}graph/"

Graph = NamedNode | DefaultGraph


class LoadError(Her2kgError):
    """A graph was not loaded into a store as it should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A store somewhere: where it takes graphs, where it answers, and who asks."""

    url: str
    query_url: str
    authorization: str | None = None
    timeout: float = 300.0
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a store holds after a load, as it counts itself."""

    graphs: int
    triples: int  # in the named graphs, together
    once: int  # each counted once
    strangers: tuple[str, ...]  # graphs of an earlier load that this build does not have
    seen: int  # by a query over the default graph

    @property
    def default_graph(self) -> str:
        """What a query over the default graph sees, in words."""
        if self.seen == self.once:
            return f"the default graph sees every triple once ({self.once:,}): the stored questions can be asked"
        if self.seen == 0:
            return (
                "the default graph is empty: the stored questions find nothing; load with --default, "
                "or set up a default graph that is the union of the named graphs (docs/stores.md)"
            )
        if self.seen == self.triples:
            return (
                f"the default graph sees {self.seen:,} triples where there are {self.once:,}, some of them twice: "
                "counts in answers may be wrong (docs/stores.md)"
            )
        return (
            f"the default graph sees {self.seen:,} triples where there are {self.once:,}: "
            "it holds something else as well, or not all (docs/stores.md)"
        )


def query_address(url: str) -> str:
    """Where the store that takes graphs at an address answers SPARQL.

    >>> query_address("http://localhost:7878/store"), query_address("http://localhost:3030/her2/data")
    ('http://localhost:7878/query', 'http://localhost:3030/her2/sparql')

    Raises :class:`LoadError` for the address of no known kind of store.
    """
    bare = url.partition("?")[0]
    for ending, instead in _QUERY_ADDRESSES:
        if ending.search(bare):
            return ending.sub(instead, bare)
    raise LoadError(f"{url}: it is not known where this store answers SPARQL; name the address with --query-url")


def graphs_of(store: Store, *, default: bool) -> list[Graph]:
    """The named graphs of a built graph, and its default graph when that is wanted too."""
    named = sorted((g for g in store.named_graphs() if isinstance(g, NamedNode)), key=lambda g: g.value)
    graphs: list[Graph] = [*named]
    return [*graphs, DefaultGraph()] if default else graphs


def size(store: Store, graph: Graph) -> int:
    """How many triples a graph has."""
    return sum(1 for _ in store.quads_for_pattern(None, None, None, graph))


def _length(store: Store, graph: Graph) -> int:
    """How many bytes a graph has in N-Triples.  They are counted before they are sent: Virtuoso takes no upload whose
    length is not announced, and proxies keep one in memory until it is whole."""
    return sum(map(len, _chunks(store, graph)))


def name_of(graph: Graph) -> str:
    """A graph as sentences name it."""
    return graph.value if isinstance(graph, NamedNode) else "the default graph"


def load(store: Store, target: Target, *, default: bool, tell: Callable[[str, int], None]) -> Loaded:
    """Put the graphs of a store into another, each in the place of the one of its name, and count what arrived.

    Raises :class:`LoadError` when the store refuses a graph, or has other triples afterwards.
    """
    wanted = {}
    for graph in graphs_of(store, default=default):
        wanted[graph] = size(store, graph)
        _put(store, graph, target)
        tell(name_of(graph), wanted[graph])
    return _verified({g.value: n for g, n in wanted.items() if isinstance(g, NamedNode)}, store, target)


def _put(store: Store, graph: Graph, target: Target) -> None:
    address = graph_address(target.url, graph)
    request = Request(
        method="PUT",
        url=address,
        shown=f"{target.url}: {name_of(graph)}",
        body=lambda: _chunks(store, graph),
        headers=(("Content-Type", "application/n-triples"), ("Content-Length", str(_length(store, graph)))),
        authorization=target.authorization,
        timeout=target.timeout,
    )
    try:
        patiently(lambda: exchange(request, target.patience.clock), request.shown, target.patience)
    except HttpError as error:
        raise LoadError(f"{error}{_hint(error)}") from error


def graph_address(url: str, graph: Graph) -> str:
    """Where the Graph Store HTTP Protocol has a graph.

    >>> graph_address("http://localhost/store", NamedNode("urn:a&b")), graph_address("http://l/s?x=1", DefaultGraph())
    ('http://localhost/store?graph=urn%3Aa%26b', 'http://l/s?x=1&default')
    """
    which = urlencode({"graph": graph.value}) if isinstance(graph, NamedNode) else "default"
    return f"{url}{'&' if urlsplit(url).query else '?'}{which}"


def _hint(error: HttpError) -> str:
    match error.status:
        case None if "Broken pipe" in str(error) or "reset" in str(error):
            return "; a store may hang up on an upload that it refuses: may this user write? (docs/stores.md)"
        case 401 | 403:
            return "; give the user as $HER2KG_STORE_USER and $HER2KG_STORE_PASSWORD, or $HER2KG_STORE_TOKEN"
        case 404 | 405 | 501:
            return "; is this the store's Graph Store address? (docs/stores.md)"
        case _:
            return ""


def _chunks(store: Store, graph: Graph) -> Iterator[bytes]:
    """A graph in N-Triples, some lines at a time: memory never holds the whole."""
    lines: list[str] = []
    length = 0
    for quad in store.quads_for_pattern(None, None, None, graph):
        lines.append(_line(quad))
        length += len(lines[-1])
        if length > _CHUNK:
            yield "".join(lines).encode()
            lines, length = [], 0
    if lines:
        yield "".join(lines).encode()


def _line(quad: Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object} .\n"


def _verified(wanted: dict[str, int], store: Store, target: Target) -> Loaded:
    """What the store says that it holds now."""
    asked = RemoteGraph(target.query_url, timeout=target.timeout, authorization=target.authorization)
    try:
        found = {str(graph): int(count) for graph, count in asked.query(_COUNTS)}
        seen = int(asked.query(_DEFAULT_COUNT)[0][0])
    except (QueryError, ValueError, IndexError) as error:
        raise LoadError(f"all graphs were sent, but what arrived cannot be counted: {error}") from error
    wrong = [
        f"{graph} has {found.get(graph, 0):,} triples instead of {count:,}"
        for graph, count in wanted.items()
        if found.get(graph, 0) != count
    ]
    if wrong:
        raise LoadError(f"{target.url}: " + "; ".join(wrong))
    return Loaded(
        graphs=len(wanted),
        triples=sum(wanted.values()),
        once=size(store, DefaultGraph()),
        strangers=tuple(sorted(g for g in found if g.startswith(_OURS) and g not in wanted)),
        seen=seen,
    )


def address(url: str) -> str:
    """The address of a store's graphs.

    Raises :class:`LoadError` for what is none.
    """
    try:
        return checked_address(url)
    except QueryError as error:
        raise LoadError(str(error)) from error
