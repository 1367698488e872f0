"""What our terms are in the Biolink model: data, checked against the model's own file in the tests.

A weaker term of Biolink is taken wherever the nearer one would say more than our texts do; no text here supports
``biolink:treats``.
"""

from __future__ import annotations

import re
from typing import Final

from .values import Node

#: Our class → category, the most special class first.  Expression is a finding and no variant of a sequence; the
#: classes for which Biolink has none (designs, outcomes, topics, alterations of any kind) are named things.
CATEGORIES: Final = {
    "her2:GeneFamily": "biolink:GeneFamily",
    "her2:Gene": "biolink:Gene",
    "her2:Mutation": "biolink:SequenceVariant",
    "her2:Amplification": "biolink:SequenceVariant",
    "her2:Rearrangement": "biolink:SequenceVariant",
    "her2:Overexpression": "biolink:ClinicalFinding",
    "her2:Expression": "biolink:ClinicalFinding",
    "her2:Alteration": "biolink:NamedThing",
    "her2:DetectionMethod": "biolink:Procedure",
    "her2:Drug": "biolink:Drug",
    "her2:DrugClass": "biolink:ChemicalEntity",
    "her2:Regimen": "biolink:Treatment",
    "her2:Disease": "biolink:Disease",
    "her2:Population": "biolink:StudyPopulation",
    "her2:InterventionalTrial": "biolink:ClinicalTrial",
    "her2:Study": "biolink:Study",
    "her2:Publication": "biolink:Publication",
}
_OTHER: Final = "biolink:NamedThing"
#: "Chemotherapy", "targeted therapy": a class of drugs named after the way of treating is no substance.
_WAY_OF_TREATING: Final = re.compile(r"therapy$")

#: Which of several identifiers Biolink prefers for a category: its ``id_prefixes``, those that we have.
PREFERRED: Final[dict[str, tuple[str, ...]]] = {
    "biolink:Gene": ("NCBIGene", "ENSEMBL", "HGNC"),
    "biolink:Drug": ("CHEBI", "UNII", "CHEMBL.COMPOUND", "DRUGBANK", "MESH"),
    "biolink:ChemicalEntity": ("CHEBI", "UNII", "CHEMBL.COMPOUND", "DRUGBANK", "MESH"),
    "biolink:Disease": ("MONDO", "DOID", "EFO", "MESH", "NCIT"),
    "biolink:ClinicalFinding": ("NCIT", "EFO"),
    "biolink:ClinicalTrial": ("CLINICALTRIALS",),
    "biolink:Publication": ("PMID", "doi"),
}

#: IRI → prefix as Biolink writes it.
PREFIXES: Final = {
    "http://identifiers.org/ncbigene/": "NCBIGene",
    "http://identifiers.org/ensembl/": "ENSEMBL",
    "http://identifiers.org/hgnc/": "HGNC",
    "http://identifiers.org/uniprot/": "UniProtKB",
    "http://identifiers.org/unii/": "UNII",
    "http://identifiers.org/chembl.compound/": "CHEMBL.COMPOUND",
    "http://identifiers.org/drugbank/": "DRUGBANK",
    "http://id.nlm.nih.gov/mesh/": "MESH",
    "http://www.ebi.ac.uk/efo/EFO_": "EFO",
    "https://clinicaltrials.gov/study/": "CLINICALTRIALS",
    "https://doi.org/": "doi",
    "https://pubmed.ncbi.nlm.nih.gov/": "PMID",
} | {f"http://purl.obolibrary.org/obo/{name}_": name for name in ("CHEBI", "DOID", "ECO", "MONDO", "NCIT", "OBI", "SO")}

#: Our predicate → Biolink's.  All others are ``biolink:related_to``, which claims nothing but a relation:
#: ``her2:targets`` too, since a drug directed against a gene's product is not thereby said to touch or affect it.
PREDICATES: Final = {
    "her2:memberOf": "biolink:member_of",
    "her2:inClass": "biolink:subclass_of",
    "her2:partOf": "biolink:part_of",
    "her2:reportedIn": "biolink:mentioned_by",
    "her2:oncogenicDriverIn": "biolink:contributes_to",
    "her2:prognosticIn": "biolink:associated_with",
}
RELATED: Final = "biolink:related_to"
#: A predicate of Biolink that holds for one category of subject only.
_TARGET: Final = ("her2:therapeuticTargetIn", "biolink:Gene", "biolink:target_for")


def category(node: Node) -> str:
    """The category of a node."""
    found = next((category for cls, category in CATEGORIES.items() if cls in node.classes), _OTHER)
    if found == "biolink:ChemicalEntity" and _WAY_OF_TREATING.search(node.one("rdfs:label")):
        return "biolink:Treatment"
    return found


def predicate(ours: str, subject_category: str) -> str:
    """The predicate of an edge.

    >>> predicate("her2:inClass", "biolink:Drug"), predicate("her2:efficacyIn", "biolink:Drug")
    ('biolink:subclass_of', 'biolink:related_to')
    """
    if (ours, subject_category) == _TARGET[:2]:
        return _TARGET[2]
    return PREDICATES.get(ours, RELATED)


def curie(iri: str) -> str:
    """An external identifier as Biolink writes it; the IRI where Biolink has no prefix for it.

    >>> curie("http://purl.obolibrary.org/obo/MONDO_0005233"), curie("https://doi.org/10.1038/nature25475")
    ('MONDO:0005233', 'doi:10.1038/nature25475')
    """
    return next(
        (f"{prefix}:{iri.removeprefix(base)}" for base, prefix in PREFIXES.items() if iri.startswith(base)), iri
    )
