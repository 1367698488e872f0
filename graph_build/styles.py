"""How classes of nodes and kinds of links look in pictures and pages."""

from __future__ import annotations

from typing import Final, NamedTuple


class Style(NamedTuple):
    """How the nodes of a class look.  The hues are Okabe and Ito's; every class has a pair of its own."""

    cls: str
    name: str
    light: str
    dark: str
    shape: str
    on: bool = True  # shown at the start


STYLES: Final = (
    Style("Drug", "Drug", "#0072B2", "#3FA2DE", "dot"),
    Style("DrugClass", "Drug class", "#56B4E9", "#56B4E9", "triangleDown"),
    Style("Regimen", "Regimen", "#0072B2", "#3FA2DE", "star"),
    Style("Study", "Study", "#D55E00", "#E8772E", "diamond"),
    Style("Alteration", "Alteration", "#009E73", "#1FBF92", "triangle"),
    Style("DetectionMethod", "Detection method", "#CC79A7", "#DB92BB", "hexagon"),
    Style("Gene", "Gene", "#E69F00", "#E69F00", "square"),
    Style("GeneFamily", "Gene family", "#E69F00", "#E69F00", "hexagon"),
    Style("Topic", "Topic", "#3A3A3A", "#D0D0D0", "diamond"),
    Style("Disease", "Disease", "#D9C300", "#F0E442", "dot"),
    Style("StudyDesign", "Design", "#D55E00", "#E8772E", "triangleDown", on=False),
    Style("Population", "Population", "#CC79A7", "#DB92BB", "dot", on=False),
    Style("Outcome", "Outcome", "#009E73", "#1FBF92", "star", on=False),
    Style("Publication", "Paper", "#7A828A", "#98A1AA", "square"),
    Style("MeshTerm", "MeSH term", "#D9C300", "#F0E442", "triangle", on=False),
)

#: The kinds of links of :mod:`graph_build.network`, and whether they are drawn at the start.
KINDS: Final = (
    ("claim", "claim of a text", True),
    ("study", "study fact", True),
    ("curated", "curated", True),
    ("mention", "mention", True),
    ("citation", "citation", False),
    ("indexing", "indexing", False),
)
