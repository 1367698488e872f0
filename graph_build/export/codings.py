"""The codes of a thing in other systems, as VA-Spec writes them."""

from __future__ import annotations

from typing import Any, Final

from .biolink import curie
from .values import Node

#: Where a code system has its home, as VA-Spec asks for.
_SYSTEMS: Final = {
    "NCBIGene": "https://www.ncbi.nlm.nih.gov/gene/",
    "ENSEMBL": "https://www.ensembl.org",
    "HGNC": "https://www.genenames.org",
    "MONDO": "https://purl.obolibrary.org/obo/mondo.owl",
    "DOID": "https://purl.obolibrary.org/obo/doid.owl",
    "NCIT": "https://ncit.nci.nih.gov",
    "CHEBI": "https://purl.obolibrary.org/obo/chebi.owl",
    "SO": "http://www.sequenceontology.org",
    "EFO": "https://www.ebi.ac.uk/efo",
    "MESH": "https://id.nlm.nih.gov/mesh/",
    "UNII": "https://precision.fda.gov/uniisearch",
    "DRUGBANK": "https://go.drugbank.com",
    "CHEMBL.COMPOUND": "https://www.ebi.ac.uk/chembl/",
}

#: Code systems whose own codes begin with the prefix.
_PREFIXED: Final = ("HGNC", "MONDO", "DOID", "CHEBI", "SO", "EFO")

Json = dict[str, Any]


def mappings(node: Node) -> list[Json]:
    """The codes that a mapping calls exact, those of known code systems."""
    found = []
    for iri in node.all("skos:exactMatch"):
        prefix, _, code = curie(iri).partition(":")
        if prefix in _SYSTEMS:
            code = f"{prefix}:{code}" if prefix in _PREFIXED else code
            coding = {"system": _SYSTEMS[prefix], "code": code, "iris": [iri]}
            found.append({"coding": coding, "relation": "exactMatch"})
    return found
