"""Which class the entries of a vocabulary are of, where that is certain, and which are not looked for in texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ..link.terms import Term
from ..model import ConceptClass
from ..recognise.patterns import bears_stem

#: Vocabularies all of whose entries are of one of our classes.
_WHOLE: Final = {
    "hgnc": ConceptClass.GENE,
    "MONDO": ConceptClass.DISEASE,
    "DOID": ConceptClass.DISEASE,
    "oncotree": ConceptClass.DISEASE,
}
#: Vocabularies of substances: an entry is a drug when its label is made as international drug names are.
SUBSTANCES: Final = frozenset({"CHEBI", "drugbank", "chembl.compound", "unii", "rxnorm"})
#: The same, where every entry was given as a drug; more endings are trusted there.
_MEDICINES: Final = frozenset({"drugbank", "chembl.compound", "unii", "rxnorm"})
#: Vocabularies whose entries are no names for a text: trials, papers, terms of models and kinds of evidence.
_NOT_IN_TEXTS: Final = frozenset({"clinicaltrials", "doi", "pubmed", "semapv", "biolink", "schema", "ECO", "OBI"})
#: ChEBI's roles ("drug", "marker") are what a substance does and no substance.
CHEBI_ROLE: Final = "CHEBI:50906"
#: MONDO's characteristics of diseases ("rare", "grade 2") are no diseases.
MONDO_CHARACTERISTIC: Final = "MONDO:0021125"
NO_THINGS: Final = (CHEBI_ROLE, MONDO_CHARACTERISTIC)
#: OncoTree's uppermost entry; those right below it are tissues ("Lung", "Liver") and no diseases.
_TISSUE: Final = "oncotree:TISSUE"
#: MeSH's trees of diseases: C without neoplastic processes, signs and symptoms, and the mental disorders.
_MESH_DISEASE: Final = re.compile(r"C(?!23|04\.697)|F03")
#: MeSH's trees of body parts, organisms, substances and symptoms …
_MESH_THINGS: Final = re.compile(r"[ABCD]")
#: … and those of techniques and processes, kept unless the heading is one of statistics, study methods, health care or
#: information as well.  The other trees hold people, places, publication types and general descriptors; check tags
#: (Female, Humans) have no tree or are common words.
_MESH_PROCESSES: Final = re.compile(r"[EG]")
_MESH_GENERAL: Final = re.compile(r"E05\.(?:318|581|337|978)|G17|[HIJKLMNVZ]")
#: Endings by which medicines are told beyond those of :func:`bears_stem` (WHO's stem book), from ACE inhibitors to
#: oestrogen antagonists.  Endings of body substances (-ine, -ol, -tide, -ase) are not among them.
_STEMS: Final = re.compile(
    r"(?:[a-z]{2,}(?:pril|sartan|statin|olol|dipine|prazole|conazole|fungin|floxacin|cillin|cycline|mycin|penem|"
    r"bactam|[bcdnt]avir|navir|tegravir|previr|buvir|asvir|ciclovir|vudine|formin|gliptin|gliflozin|glitazone|"
    r"dronate|dronic|coxib|profen|triptan|setron|pitant|lukast|azepam|azolam|barbital|oxetine|caine|curium|curonium|"
    r"relin|relix|lutamide|terone|steride|trozole|mestane|oxifene|estrant|xaban|gatran|parin|grel|grelor|teplase|"
    r"limus|imod|mustine|fosfamide|poside|tecan|trexate|tabine|vincamine|blastine|cristine|relbine|thalidomide|"
    r"domide|degib|denib|sidenib|clax|stat|linostat|nexor|rsen|siran|leucel|kinra|cept|stim|poetin|tuximab|mab)|"
    r"(?:cef|sulfa)[a-z]{4,})"
)
#: Words beside a drug's name that leave it this drug: salts and what an antibody carries.
_SALTS: Final = re.compile(
    r"(?:mesylate|hydrochloride|dihydrochloride|sodium|disodium|potassium|calcium|maleate|fumarate|tartrate|citrate|"
    r"phosphate|sulfate|acetate|succinate|tosylate|ditosylate|besylate|bromide|chloride|malate|tromethamine|"
    r"vedotin|deruxtecan|emtansine|govitecan|duocarmazine|tesirine|ravtansine|soravtansine|rezetecan|pegol|alfa|"
    r"beta|medoxomil|disoproxil|anhydrous|monohydrate)"
)


#: Names of tumours, in words that no other diseases have …
_TUMOUR: Final = re.compile(
    r"cancer|carcinom|tumou?r|neoplas|malignan|metasta|leuk(?:a?e)mi|blastom|[a-z]{3}oma(?:tosis|s)?\b|macroglobulin|"
    r"myeloproliferat|myelodysplas|polycythemia vera",
    re.IGNORECASE,
)
#: … and what ends like one of them.
_NO_TUMOUR: Final = re.compile(
    r"\b(?:\w*glaucoma|\w*hematoma|trachoma|\w*granuloma|atheroma|\w*coma|scotoma|condyloma|staphyloma|xanthoma|"
    r"stoma|mycetoma|rhinoscleroma|tuberculoma|syphiloma|gumma|aroma)s?\b",
    re.IGNORECASE,
)


def is_tumour(names: Iterable[str]) -> bool:
    """Whether a disease with these names is a tumour, which is what our rules for statements were written for.

    >>> is_tumour(["Cholangiocarcinoma"]), is_tumour(["Anemia"]), is_tumour(["Glaucoma"]), is_tumour(["glioma"])
    (True, False, False, True)
    """
    return any(_TUMOUR.search(_NO_TUMOUR.sub("", name)) for name in names)


def prefix_of(identifier: str) -> str:
    """The prefix of a CURIE; nothing for an IRI."""
    prefix = identifier.partition(":")[0]
    return "" if prefix in ("http", "https", "urn") else prefix


def is_medicine(label: str, *, of_medicines: bool) -> bool:
    """Whether a label is made as drug names are.

    >>> is_medicine("Imatinib mesylate", of_medicines=False), is_medicine("Water", of_medicines=True)
    (True, False)
    >>> is_medicine("ATORVASTATIN", of_medicines=True), is_medicine("atorvastatin", of_medicines=False)
    (True, False)
    """
    if len(label) > 40 or not label.replace(" ", "").replace("-", "").isalpha():
        return False
    parts = re.split(r"[\s-]+", label.lower())
    stems = [p for p in parts if bears_stem(p) or (of_medicines and _STEMS.fullmatch(p))]
    return len(parts) <= 3 and bool(stems) and all(p in stems or _SALTS.fullmatch(p) for p in parts)


def kind_of(term: Term, prefix: str, trees: tuple[str, ...] = ()) -> ConceptClass | None:
    """The class of an entry, the external one where none of ours is certain; ``None``: not looked for in texts.

    ``trees`` are the MeSH tree numbers of the entry or, for a supplementary record, of its headings.

    >>> lung = Term(id="oncotree:LUNG", label="Lung", parents=("oncotree:TISSUE",))
    >>> kind_of(lung, "oncotree"), kind_of(Term(id="oncotree:NSCLC", parents=("oncotree:LUNG",)), "oncotree").value
    (None, 'Disease')
    """
    if prefix in _NOT_IN_TEXTS or any(branch in (term.id, *term.ancestors) for branch in NO_THINGS):
        return None
    if _TISSUE in (term.id, *term.parents):
        return None
    if prefix in _WHOLE:
        return _WHOLE[prefix]
    if prefix in SUBSTANCES:
        medicine = is_medicine(term.label, of_medicines=prefix in _MEDICINES)
        return ConceptClass.DRUG if medicine else ConceptClass.EXTERNAL
    if prefix == "mesh":
        if any(map(_MESH_DISEASE.match, trees)):
            return ConceptClass.DISEASE
        process = any(map(_MESH_PROCESSES.match, trees)) and not any(map(_MESH_GENERAL.match, trees))
        if not process and not any(map(_MESH_THINGS.match, trees)):
            return None
        substance = any(tree.startswith("D") for tree in trees)
        return ConceptClass.DRUG if substance and is_medicine(term.label, of_medicines=False) else ConceptClass.EXTERNAL
    return ConceptClass.EXTERNAL
