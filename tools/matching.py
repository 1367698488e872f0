"""Entries that bear a name of a concept: the mappings by label and synonym."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from mesh_table import superseded
from vocabulary_files import EDITIONS, Term, Vocabulary, VocabularyFiles

from graph_build.link.kinds import fits
from graph_build.link.ours import OurConcept
from graph_build.sssom import BROAD, CLOSE, EXACT, LEXICAL, MANUAL, Row

MAPPING_DATE: Final = "2026-11-22"

#: The sources of the objects, as Bioregistry names them, where that is not the name of the target.
_REGISTERED: Final = {"chembl": "chembl.compound", "registers": "clinicaltrials"}

#: Which vocabularies are asked for a class of concepts, by name.
TARGETS: Final[dict[str, tuple[str, ...]]] = {
    "Gene": ("hgnc", "mesh"),
    "GeneFamily": ("mesh",),
    "Disease": ("mondo", "doid", "mesh", "ncit", "oncotree"),
    "Drug": ("mesh", "chebi", "drugbank", "chembl", "unii", "ncit", "rxnorm"),
    "DrugClass": ("mesh", "chebi", "ncit"),
    "DetectionMethod": ("mesh", "eco", "efo", "obi", "ncit"),
    "Alteration": ("so", "mesh", "ncit"),
    "StudyDesign": ("mesh", "ncit"),
    "Population": ("mesh", "ncit"),
    "Outcome": ("mesh", "ncit"),
    "Topic": ("mesh", "ncit"),
}

#: The files that together are one vocabulary, the newest first.
EDITIONS_OF: Final[dict[str, tuple[str, ...]]] = {
    "mesh": ("mesh-2026", "mesh-2025", "mesh-supplementary"),
    "chebi": ("chebi", "chebi-names", "chebi-names-predicted"),
    "drugbank": ("drugbank-names", "drugbank"),
    "ncit": ("ncit-names", "ncit-names-predicted"),
    "obi": ("obi-names", "obi-names-predicted"),
    "unii": ("unii-all", "unii"),
}
#: Why a vocabulary of which only a part is at hand has nothing for a concept.
_PARTIAL: Final = {
    "ncit": "no such name among the codes at hand; a whole NCIt is in no package found",
    "obi": "no such name among the terms at hand; a whole OBI is in no package found",
    "rxnorm": "RxNorm is in no package found but for 16 ingredients",
}


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A concept that a vocabulary has no confirmed entry for, and why."""

    concept: OurConcept
    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class Curated:
    """A decision of a curator: a mapping by the entry's label, or ``reject``."""

    target: str
    predicate: str
    object_label: str
    comment: str


class CurationError(ValueError):
    """A row of the curated table names a concept or an entry that does not exist."""


def mapping(concept: OurConcept, target: str, term: Term, predicate: str, **more: str) -> Row:
    """A row that maps a concept to an entry; ``more``: the edition's key, the justification, a comment."""
    return Row(
        subject_id=concept.curie,
        subject_label=concept.label,
        predicate_id=predicate,
        object_id=term.id,
        object_label=term.label,
        mapping_justification=more.get("justification", LEXICAL),
        object_source=source(target),
        object_source_version=EDITIONS[more.get("edition", target)].version,
        mapping_date=MAPPING_DATE,
        comment=more.get("comment", ""),
    )


def source(target: str) -> str:
    """The vocabulary as Bioregistry names it."""
    return "bioregistry:" + _REGISTERED.get(target, target)


def by_hand(concept: OurConcept, row: Curated, files: VocabularyFiles) -> Row:
    """The mapping that a curator chose.  Raises :class:`CurationError` unless the label names exactly one entry."""
    for key in EDITIONS_OF.get(row.target, (row.target,)):
        found = [t for t in files[key].by_label(row.object_label) if t.label == row.object_label and not t.obsolete]
        if len(found) == 1:
            return mapping(
                concept, row.target, found[0], row.predicate, edition=key, justification=MANUAL, comment=row.comment
            )
    raise CurationError(f"{concept.label}: {row.target} has not exactly one current entry “{row.object_label}”")


def match(concept: OurConcept, target: str, files: VocabularyFiles) -> Row | Unmapped:
    """The entry that bears a name of the concept, or why there is none."""
    if concept.cls == "Gene":
        return _gene(concept, target, files)
    if target == "so" and (kind := _kind_of_variant(concept.label)):
        return by_hand(concept, Curated("so", BROAD, kind, "by its HGVS form"), files)
    several: set[str] = set()
    for key in EDITIONS_OF.get(target, (target,)):
        is_one = _fitting(concept, key, files)
        for name, predicate, comment, look_up in _attempts(concept, target, files[key]):
            found = {term.id: term for term in look_up(name) if not term.obsolete and is_one(term)}
            if len(found) == 1:
                term = next(iter(found.values()))
                if concept.cls == "StudyDesign" and target == "mesh" and _of_publications(term, files):
                    predicate, comment = CLOSE, "of publications"
                return mapping(concept, target, _current(term, files), predicate, edition=key, comment=comment)
            several |= set(found)
    if several:
        return Unmapped(concept, target, "several entries bear the name: " + ", ".join(sorted(several)))
    return Unmapped(concept, target, _PARTIAL.get(target, "no current entry with this name"))


def _kind_of_variant(label: str) -> str | None:
    """What SO calls a protein variant such as "HER2 p.Y772_A775dup".

    >>> _kind_of_variant("HER2 p.S310F"), _kind_of_variant("HER2 p.Y772_A775dup"), _kind_of_variant("HER2 mutation")
    ('missense variant', 'inframe insertion', None)
    """
    form = re.search(r" p\.[A-Z]\d+(?:_[A-Z]\d+)?(delins|dup|ins|del|[A-Z])[A-Z]*$", label)
    if not form:
        return None
    kinds = {
        "delins": "inframe indel",
        "dup": "inframe insertion",
        "ins": "inframe insertion",
        "del": "inframe deletion",
    }
    return kinds.get(form[1], "missense variant")


LookUp = Callable[[str], list[Term]]


def _attempts(concept: OurConcept, target: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str, str, LookUp]]:
    """Which name is looked up where, the surest first, and what is then claimed."""
    # A MeSH entry term may be narrower than its descriptor; EFO does not say how exact its synonyms are.
    entry = CLOSE if target == "efo" or (target == "mesh" and concept.cls != "Drug") else EXACT
    if target == "eco":
        yield concept.label + " evidence", CLOSE, "the evidence that the method gives", vocabulary.by_label
        yield concept.label + " assay evidence", CLOSE, "the evidence that the method gives", vocabulary.by_label
        return
    yield concept.label, EXACT, "", vocabulary.by_label
    if target in ("mesh", "mondo", "doid", "ncit", "oncotree"):
        yield concept.label, EXACT, "the same words in another order or number", vocabulary.by_words
    yield concept.label, entry, "by a synonym there", vocabulary.by_synonym
    for name in concept.long_names[1:]:
        yield name, EXACT if concept.cls == "Drug" else CLOSE, f"by our synonym “{name}”", vocabulary.by_label
    if concept.cls == "Drug":
        for name in concept.long_names[1:]:
            yield name, EXACT, f"by the synonym “{name}” of both", vocabulary.by_synonym


def _fitting(concept: OurConcept, key: str, files: VocabularyFiles) -> Callable[[Term], bool]:
    """Whether an entry is of the kind of the concept."""

    def is_one(term: Term) -> bool:
        if key == "mesh-supplementary" and superseded(files, term):
            return False
        if key == "rxnorm":
            return concept.cls == "Drug"
        older = files["mesh-2025"].terms.get(term.id) if key in ("mesh-2026", "mesh-2025") else None
        if key == "mesh-2026" and older is None:
            return False  # newer than the file with the tree numbers: its kind is not known
        return fits(term, concept.cls, {term.id: older.trees} if older else {})

    return is_one


def _current(term: Term, files: VocabularyFiles) -> Term:
    """The same entry under its newest label."""
    newest = files["mesh-2026"].terms.get(term.id) if term.id.startswith("mesh:") else None
    return replace(term, label=newest.label) if newest else term


def _of_publications(term: Term, files: VocabularyFiles) -> bool:
    """Whether a MeSH record stands for a type of publication or for a method as a topic, not for a design."""
    older = files["mesh-2025"].terms[term.id]
    return any(tree[0] == "V" for tree in older.trees) or _current(term, files).label.endswith(" as Topic")


def _gene(concept: OurConcept, target: str, files: VocabularyFiles) -> Row | Unmapped:
    if target == "hgnc":
        approved = [term for term in files["hgnc"].by_label(concept.label) if term.label == concept.label]
        if len(approved) == 1 and not approved[0].obsolete:
            return mapping(concept, target, approved[0], EXACT)
        return Unmapped(concept, target, "no approved symbol of this name")
    name = concept.label + " protein, human"
    supplementary = files["mesh-supplementary"]
    found = [*supplementary.by_label(name), *supplementary.by_synonym(name)]
    if len({term.id for term in found}) == 1:
        return mapping(concept, "mesh", found[0], CLOSE, edition="mesh-supplementary", comment="the gene's product")
    return Unmapped(concept, "mesh", "no supplementary record of the human protein under this symbol")
