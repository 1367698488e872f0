"""IRIs: the namespaces of the model and the rules by which ours are made.

Every IRI is a pure function of its arguments, so the same input gives the same
bytes on every run and machine.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from .model import ConceptClass, ConceptId, Publication
from .prefixes import PREFIXES

__all__ = [
    "BASE",
    "CONCEPT_PATHS",
    "DATASET",
    "GRAPH",
    "HER2",
    "MESH",
    "PREFIXES",
    "concept_iri",
    "digest",
    "document_graph",
    "document_slug",
    "family_name",
    "publication_iri",
    "slug",
    "study_iri",
    "term",
]

BASE: Final = "https://w3id.org/her2kg/"
HER2: Final = BASE + "ontology#"
GRAPH: Final = BASE + "graph/"
DATASET: Final = BASE + "dataset"
MESH: Final = "http://id.nlm.nih.gov/mesh/"

#: Where the IRIs of a class of concepts lie under :data:`BASE`.
CONCEPT_PATHS: Final[dict[ConceptClass, str]] = {
    ConceptClass.GENE: "gene",
    ConceptClass.GENE_FAMILY: "gene",
    ConceptClass.ALTERATION: "alteration",
    ConceptClass.METHOD: "method",
    ConceptClass.DRUG: "drug",
    ConceptClass.DRUG_CLASS: "drug-class",
    ConceptClass.REGIMEN: "regimen",
    ConceptClass.DISEASE: "disease",
    ConceptClass.DESIGN: "study-design",
    ConceptClass.POPULATION: "population",
    ConceptClass.OUTCOME: "outcome",
    ConceptClass.TOPIC: "topic",
    ConceptClass.STUDY: "study",
    ConceptClass.EXTERNAL: "external",
}

#: Letters that NFKD does not take apart.
_LETTERS: Final = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"}
    | {
        greek: f" {name} "
        for greek, name in zip("αβγδκλ", ("alpha", "beta", "gamma", "delta", "kappa", "lambda"), strict=True)
    }
)


#: Signs of places in the names of variants.
_SIGNED: Final = re.compile(r"(?<=[\d.\s])[-+*](?=\d)")
_SIGNS: Final = {"-": "minus", "+": "plus", "*": "star"}


def slug(label: str) -> str:
    """The kebab-case form of a label, in ASCII.

    >>> slug("HER2 exon 20 insertion"), slug("Mazières 2016"), slug("DESTINY-Lung01")
    ('her2-exon-20-insertion', 'mazieres-2016', 'destiny-lung01')

    A label without a single ASCII letter or digit gets a hash, so that no two
    such labels share an IRI.
    """
    plain = label
    if not label.isascii():
        decomposed = unicodedata.normalize("NFKD", label.translate(_LETTERS))
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    words = re.findall(r"[a-z0-9]+", plain.lower())
    return "-".join(words) or "x-" + digest(label)


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits that depend on the parts and their borders."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def term(name: str) -> str:
    """The IRI of a term of our ontology."""
    return HER2 + name


def concept_iri(concept: ConceptId) -> str:
    """The IRI of a concept: its vocabulary's own where it has one, else ours.

    In the names of variants a sign before a number says where the change is, and is kept: "c.444-62C>A" is another
    place than "c.444+62C>A".
    """
    label = concept.label
    if concept.cls is ConceptClass.ALTERATION:
        label = _SIGNED.sub(lambda sign: f" {_SIGNS[sign[0]]} ", label)
    return concept.iri or f"{BASE}{CONCEPT_PATHS[concept.cls]}/{slug(label)}"


def study_iri(study: str) -> str:
    """The IRI of a study, from its slug."""
    return f"{BASE}study/{study}"


def publication_iri(record: Publication) -> str:
    """The IRI of a publication: by DOI, else PMID, else what is printed of it."""
    if record.doi:
        return "https://doi.org/" + quote(record.doi.lower(), safe="/:;.,()-_~+@!$&'*=")
    if record.pmid:
        return pubmed_iri(record.pmid)
    first = record.creators[0].split() if record.creators else ["anonymous"]
    year = record.date[:4] if record.date else "undated"
    page = (record.pages.replace("\u2013", "-") if record.pages else record.title).split("-")[0]
    return (
        BASE
        + "publication/"
        + slug(" ".join([family_name(first), year, record.journal or "", record.volume or "", page]))
    )


def pubmed_iri(pmid: str) -> str:
    """The IRI of a record of PubMed: that of a publication of which no DOI is printed."""
    return "https://pubmed.ncbi.nlm.nih.gov/" + pmid


def family_name(words: list[str]) -> str:
    """The family name in a printed author: what is left without the initials.

    >>> family_name(["De", "Grève", "J"]), family_name(["ZHANG", "Liang"]), family_name(["Li", "BT"])
    ('De Grève', 'ZHANG', 'Li')
    >>> family_name(["Leena", "Gandhi"]), family_name(["Bob", "T", "Li"]), family_name(["R", "J", "Bainton"])
    ('Gandhi', 'Li', 'Bainton')
    """
    if len(words) > 1 and len(words[0]) > 1 and words[0].isupper() and not words[-1].isupper():
        return words[0]  # "ZHANG Liang": the family name in capitals
    if len(words) > 1 and all(re.fullmatch(r"[^\W\d_]?[^\W\d_'’-]*[a-zß-ÿ][\w'’-]*", word) for word in words):
        return words[-1]  # "Leena Gandhi", as PubMed pages print authors: no initials at all
    initial = re.compile(r"[A-Z]{1,3}(?:-[A-Z])?\.?")
    if not initial.fullmatch(words[-1]) and any(initial.fullmatch(word) for word in words[1:-1]):
        return words[-1]  # "Bob T Li"
    names = [word for word in words if not initial.fullmatch(word)]
    return " ".join(names) or words[0]


def document_slug(record: Publication) -> str:
    """The name of a source document in IRIs, from its publication."""
    iri = publication_iri(record)
    return slug(iri.removeprefix("https://doi.org/").removeprefix(BASE + "publication/").removeprefix("https://"))


def document_graph(record: Publication) -> str:
    """The named graph of a source document."""
    return f"{GRAPH}document/{document_slug(record)}"
