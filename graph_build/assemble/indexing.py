"""MeSH headings, substances and publication types, with the IRIs of MeSH where their numbers are known.

A vocabulary file confirms a number, or the record gives it beside the name, as those of PubMed in XML do
(docs/decisions/0020).
"""

from __future__ import annotations

from ..mesh import Mesh, split_pair
from ..model import Document
from ..vocabulary import publication_iri, slug
from ..write import GraphWriter, boolean, text


def add_indexing(graph: GraphWriter, document: Document, mesh: Mesh) -> list[str]:
    """Write the indexing of a document, with names as printed.

    The headings whose number nobody gives are returned, and the pairs of known headings that MeSH does not allow.
    """
    mesh = mesh.with_printed(document.mesh)
    iri = publication_iri(document.publication)
    unresolved: list[str] = []

    def named(found: tuple[str, bool], label: str) -> str:
        node, known = found
        graph.label(node, label)
        if not known:
            graph.add(node, "her2:status", text("unresolved"))
            unresolved.append(f"MeSH heading “{label}”")
        return node

    for heading in document.headings:
        node = f"{graph.graph}#heading-{slug(heading.descriptor)}" + (
            f"-{slug(heading.qualifier)}" if heading.qualifier else ""
        )
        graph.link(iri, "her2:hasHeading", node)
        graph.type(node, "her2:MeshHeading")
        graph.label(node, heading.descriptor + (f" / {heading.qualifier}" if heading.qualifier else ""))
        graph.link(node, "her2:descriptor", named(mesh.descriptor(heading.descriptor), heading.descriptor))
        graph.add(node, "her2:majorTopic", boolean(heading.major))
        if heading.qualifier:
            graph.link(node, "her2:qualifier", named(mesh.qualifier(heading.qualifier), heading.qualifier))
            pair = mesh.pair(heading.descriptor, heading.qualifier)
            graph.link(node, "her2:pair", pair)
            if pair and split_pair(pair)[0] in mesh.records and not mesh.allows(*split_pair(pair)):
                unresolved.append(f"MeSH pair “{heading.descriptor} / {heading.qualifier}”, which MeSH does not allow")
    for substance, _ in document.substances:
        graph.link(iri, "her2:hasSubstance", named(mesh.descriptor(substance), substance))
    for kind in document.publication_types:
        graph.link(iri, "her2:publicationType", named(mesh.descriptor(kind), kind))
    return sorted(set(unresolved))
