"""Readings → quads: one named graph a document, and one of concepts for all."""

from __future__ import annotations

from ..mesh import Mesh
from ..model import Reading
from ..vocabulary import document_graph
from ..write import GraphWriter, Quad
from .bibliography import add_bibliography
from .concepts import concept_quads
from .findings import add_mentions, add_statements, add_studies
from .indexing import add_indexing
from .results import add_results

__all__ = ["concept_quads", "document_quads"]


def document_quads(reading: Reading, mesh: Mesh) -> tuple[set[Quad], list[str]]:
    """The graph of one document, and the names in it that no vocabulary confirmed."""
    graph = GraphWriter(document_graph(reading.document.publication))
    add_bibliography(graph, reading.document)
    unresolved = add_indexing(graph, reading.document, mesh)
    add_mentions(graph, reading)
    unresolved += add_studies(graph, reading)
    add_statements(graph, reading)
    add_results(graph, reading)
    return graph.quads, unresolved
