"""The public corpora: what they call the things that we look for, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

DISEASE, CHEMICAL, GENE, VARIANT = "disease", "chemical", "gene", "variant"
#: The types that are scored, in the order of the tables.
TYPES: Final = (DISEASE, CHEMICAL, GENE, VARIANT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """A corpus: its types as ours, and what a person needs to get it."""

    name: str
    title: str
    files: str  # those of its test set
    home: str
    types: Mapping[str, str]  # its type → ours; what is not here is not scored

    @property
    def scored(self) -> tuple[str, ...]:
        """Our types that it annotates."""
        return tuple(kind for kind in TYPES if kind in self.types.values())


_VARIANTS: Final = dict.fromkeys(
    ("DNAMutation", "ProteinMutation", "SNP", "AcidChange", "DNAAllele", "ProteinAllele"), VARIANT
)

CORPORA: Final[dict[str, Corpus]] = {
    corpus.name: corpus
    for corpus in (
        Corpus(
            name="bc5cdr",
            title="BC5CDR",
            files="CDR_TestSet.PubTator.txt (or the BioC XML beside it)",
            home="https://biocreative.bioinformatics.udel.edu/resources/corpora/biocreative-v-cdr-corpus",
            types={"Chemical": CHEMICAL, "Disease": DISEASE},
        ),
        Corpus(
            name="ncbi-disease",
            title="NCBI Disease",
            files="NCBItestset_corpus.txt",
            home="https://www.ncbi.nlm.nih.gov/CBBresearch/Dogan/DISEASE/",
            types=dict.fromkeys(
                ("SpecificDisease", "Modifier", "DiseaseClass", "CompositeMention", "Disease"), DISEASE
            ),
        ),
        Corpus(
            name="nlm-gene",
            title="NLM-Gene",
            files="the documents of its test split, BioC XML, one a file",
            home="https://zenodo.org/record/5089049",
            types={"Gene": GENE, "GENERIF": GENE},
        ),
        Corpus(
            name="tmvar",
            title="tmVar",
            files="test.PubTator.txt",
            home="https://www.ncbi.nlm.nih.gov/research/bionlp/Tools/tmvar/",
            types=_VARIANTS,
        ),
        Corpus(
            name="tmvar3",
            title="tmVar3",
            files="tmVar3Corpus.txt (it has no splits)",
            home="https://www.ncbi.nlm.nih.gov/research/bionlp/Tools/tmvar/",
            types={**_VARIANTS, "Gene": GENE},
        ),
        Corpus(
            name="biored",
            title="BioRED",
            files="Test.PubTator (or Test.BioC.JSON, Test.BioC.XML)",
            home="https://pmc.ncbi.nlm.nih.gov/articles/PMC9487702",
            types={
                "GeneOrGeneProduct": GENE,
                "DiseaseOrPhenotypicFeature": DISEASE,
                "ChemicalEntity": CHEMICAL,
                "SequenceVariant": VARIANT,
            },
        ),
    )
}
