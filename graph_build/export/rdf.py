"""The same graph in other RDF writings."""

from __future__ import annotations

from pathlib import Path
from typing import Final, cast

from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse, serialize

from ..store import NQUADS, find_graph
from ..vocabulary import PREFIXES
from . import Exported

#: The formats by the names of the command line.
SYNTAXES: Final = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "json-ld": RdfFormat.JSON_LD,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "rdfxml": RdfFormat.RDF_XML,
}


def write(folder: Path, format: str) -> Exported:
    """A built graph in an RDF format; those without named graphs get the union of all.

    The order is that of ``graph.nq``, so two exports of one graph are the same bytes.
    """
    path = find_graph(folder, asked=False) / NQUADS
    if format == "nquads":
        return Exported({"": path.read_bytes()})
    quads = list(parse(path=path, format=RdfFormat.N_QUADS))
    rdf = SYNTAXES[format]
    if rdf.supports_datasets:
        by_graph = sorted(quads, key=lambda quad: str(quad.graph_name))  # stable: the lines' order stays within a graph
        return Exported({"": cast(bytes, serialize(by_graph, format=rdf, prefixes=PREFIXES))})
    triples = dict.fromkeys(Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads)
    prefixes = None if format == "ntriples" else PREFIXES
    data = cast(bytes, serialize((q.triple for q in triples), format=rdf, prefixes=prefixes))
    return Exported({"": data}, {"names of graphs": len({quad.graph_name for quad in quads})})
