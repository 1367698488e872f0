"""The network of :func:`graph_build.network.network` as GraphML and GEXF, its attributes made flat."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import networkx as nx
import pyoxigraph as ox
from networkx.readwrite.gexf import GEXFWriter
from networkx.readwrite.graphml import GraphMLWriter

from ..network import Quote, network
from . import Exported
from .values import counts, instances, line, store_of, xml_safe

#: Between several values of one attribute.
_BETWEEN: Final = " | "


def write(folder: Path, format: str) -> Exported:
    """The network of a built graph in one of the two formats, UTF-8."""
    store = store_of(folder)
    whole = network(store)
    graph = flat(whole)
    data = _graphml(graph) if format == "graphml" else _gexf(graph)
    return Exported({"": data}, _dropped(store, whole))


def _dropped(store: ox.Store, graph: nx.MultiDiGraph[str]) -> dict[str, int]:
    """What the graph holds and these files do not."""
    dropped = counts(store, "statements", "mentions", "quotes", "concepts")
    concepts = instances(store, "concepts")
    edges = [data for _, _, data in graph.edges(data=True)]
    dropped["statements"] -= sum(1 for data in edges if data["statement"])
    dropped["mentions"] -= sum(1 for data in edges if data["kind"] == "mention")
    dropped["positions of quotes"] = dropped.pop("quotes")
    dropped["concepts that no text uses"] = dropped.pop("concepts") - sum(iri in concepts for iri in graph)
    dropped["further identifiers"] = sum(len(links[1:]) for _, links in graph.nodes(data="links"))
    return dropped


def flat(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """The same nodes and edges with attributes that are text, numbers or truth values, and numbered edges.

    The identifier of an edge must be unique in the file, which the key of a parallel edge is not.
    """
    result: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri, data in graph.nodes(data=True):
        result.add_node(xml_safe(iri), **_node(data))
    for number, (subject, object_, data) in enumerate(graph.edges(data=True), 1):
        result.add_edge(xml_safe(subject), xml_safe(object_), key=f"e{number}", **_edge(data))
    return result


def _node(data: dict[str, Any]) -> dict[str, Any]:
    attributes = {
        "label": _text(data["label"]),
        "class": _text(data["cls"]),
        "type": _text(data["type"]),
        "description": _text(data["description"]),
        "synonyms": _joined(data["synonyms"]),
        "link": _text(data["link"] or ""),
    }
    return attributes | ({"year": int(data["year"])} if data["year"] is not None else {})


def _edge(data: dict[str, Any]) -> dict[str, Any]:
    quotes: tuple[Quote, ...] = data["evidence"]
    return {
        "label": _text(_said(data)),
        "predicate": _text(data["predicate"]),
        "kind": _text(data["kind"]),
        "negated": bool(data["negated"]),
        "certainty": _text(data["certainty"]),
        "appraisal": _text(data["appraisal"]),
        "appraisal_word": _text(data["appraisal_word"]),
        "context": _text(data["context"]),
        "note": _text(data["note"]),
        "statement": _text(data["statement"]),
        "quotes": _joined(quote.text for quote in quotes),
        "papers": _joined(dict.fromkeys(quote.paper for quote in quotes)),
        "evidence_count": len(quotes),
    }


def _said(data: dict[str, Any]) -> str:
    """The words of a link in which a denial, a question and a reserve are seen without the other attributes.

    >>> _said({"verb": "target in", "negated": False, "certainty": "OpenQuestion", "appraisal": ""})
    'target in?'
    >>> _said({"verb": "efficacy in", "negated": False, "certainty": "Asserted", "appraisal": "Limited"})
    'efficacy in: limited'
    """
    verb = f"not: {data['verb']}" if data["negated"] else str(data["verb"])
    verb += f": {data['appraisal'].lower()}" if data["appraisal"] else ""
    return verb + {"OpenQuestion": "?", "Hedged": " (with reserve)"}.get(data["certainty"], "")


def _text(value: str) -> str:
    return xml_safe(line(value))


def _joined(values: Iterable[str]) -> str:
    return _BETWEEN.join(_text(value) for value in values)


def _graphml(graph: nx.MultiDiGraph[str]) -> bytes:
    # Not nx.write_graphml, which writes other bytes where lxml is installed; nor keys by name, which
    # would give an attribute of nodes and one of edges the same identifier.
    writer = GraphMLWriter(prettyprint=True)
    writer.add_graph_element(graph)
    boolean = {key.get("id") for key in writer.xml.iter("key") if key.get("attr.type") == "boolean"}
    for element in writer.xml.iter("data"):
        if element.get("key") in boolean:
            element.text = element.text.lower()  # networkx writes Python's True, XML's is true
    data = io.BytesIO()
    writer.dump(data)
    return data.getvalue()


def _gexf(graph: nx.MultiDiGraph[str]) -> bytes:
    writer = GEXFWriter(prettyprint=True, version="1.2draft")  # the version that Gephi reads best
    writer.add_graph(_with_edge_ids(graph))
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)  # the day of writing would change the bytes
        for creator in meta.iter("creator"):
            creator.text = "her2kg"  # and so would the version of networkx
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def _with_edge_ids(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    result = graph.copy()
    for _, _, key, data in result.edges(keys=True, data=True):
        data["id"] = key
    return result
