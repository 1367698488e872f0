"""Which vocabulary may hold a concept of a class, and which of its entries are of a fitting kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from .terms import Term

_DRUG_LISTS: Final = ("chembl.compound", "drugbank", "unii", "rxnorm")
#: Which vocabularies have entries for a class of concepts; one that is not named here may have any.
CLASSES: Final[Mapping[str, frozenset[str]]] = {
    "hgnc": frozenset({"Gene"}),
    "ncbigene": frozenset({"Gene"}),
    "ensembl": frozenset({"Gene"}),
    "uniprot": frozenset({"Gene"}),
    "MONDO": frozenset({"Disease"}),
    "DOID": frozenset({"Disease"}),
    "oncotree": frozenset({"Disease"}),
    "CHEBI": frozenset({"Drug", "DrugClass"}),
    **{prefix: frozenset({"Drug"}) for prefix in _DRUG_LISTS},
    "SO": frozenset({"Alteration"}),
    "ECO": frozenset({"DetectionMethod"}),
    "OBI": frozenset({"DetectionMethod", "StudyDesign"}),
    "EFO": frozenset({"DetectionMethod", "Disease", "StudyDesign"}),
    "clinicaltrials": frozenset({"Study"}),
    "biolink": frozenset({"Term"}),
    "schema": frozenset({"Term"}),
    "SIO": frozenset({"Term"}),
}
#: The MeSH trees in which a concept of a class may be found.
MESH_TREES: Final[Mapping[str, str]] = {
    "Gene": "",
    "GeneFamily": "D",
    "Disease": "C",
    "Drug": "D",
    "DrugClass": "D",
    "DetectionMethod": "E",
    "Alteration": "GC",
    "StudyDesign": "ENV",
    "Population": "M",
    "Outcome": "ENGC",
    "Topic": "ENGCDHLV",
    "Regimen": "D",
}
#: ChEBI's root of roles, such as "antineoplastic agent": classes of drugs, and never a drug.
_CHEBI_ROLE: Final = "CHEBI:50906"


def may_hold(prefix: str, cls: str) -> bool:
    """Whether entries with this prefix can be concepts of this class."""
    return cls in CLASSES[prefix] if prefix in CLASSES else cls not in ("Term", "Study")


def fits(term: Term, cls: str, trees: Mapping[str, Iterable[str]]) -> bool:
    """Whether an entry is of a kind that a concept of the class can be.

    ``trees`` are the MeSH tree numbers by identifier, gathered from the file that has them.
    """
    prefix = term.id.partition(":")[0]
    if not may_hold(prefix, cls):
        return False
    if prefix == "mesh":
        found = tuple(term.trees) or tuple(trees.get(term.id, ()))
        if not found:  # a supplementary record
            return cls == "Drug" and term.id.startswith("mesh:C")
        return any(tree[0] in MESH_TREES.get(cls, "") for tree in found)
    if prefix == "CHEBI":  # an entry without known ancestors is taken for a drug alone
        return (_CHEBI_ROLE in term.ancestors) == (cls == "DrugClass")
    return True
