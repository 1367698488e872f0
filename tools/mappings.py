"""Mappings of our concepts outwards, each confirmed by a name in a vocabulary file.

A mapping arises in one of three ways, and says which:

* ``semapv:LexicalMatching``: our label, or a long enough synonym of ours, is the
  label or a synonym of exactly one entry that is not obsolete and of a fitting kind;
* ``semapv:MappingChaining``: a confirmed entry is cross-referenced to another vocabulary;
* ``semapv:ManualMappingCuration``: a row of ``curated_mappings.tsv`` (for protein
  variants, the HGVS form) names the entry by its label, and the file has exactly one.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from mesh_table import superseded
from vocabulary_files import EDITIONS, Term, Vocabulary, VocabularyFiles, normal

from graph_build.lexicon import load
from graph_build.vocabulary import BASE, HER2, MESH, concept_iri, slug

MAPPING_DATE: Final = "2026-11-22"
OBO: Final = "http://purl.obolibrary.org/obo/"

CURIE_MAP: Final[dict[str, str]] = {
    "CHEBI": OBO + "CHEBI_",
    "DOID": OBO + "DOID_",
    "ECO": OBO + "ECO_",
    "EFO": "http://www.ebi.ac.uk/efo/EFO_",
    "MONDO": OBO + "MONDO_",
    "NCIT": OBO + "NCIT_",
    "SO": OBO + "SO_",
    "bioregistry": "https://bioregistry.io/",
    "chembl": "http://identifiers.org/chembl.compound/",
    "drugbank": "http://identifiers.org/drugbank/",
    "ensembl": "http://identifiers.org/ensembl/",
    "her2": HER2,
    "her2kg": BASE,
    "hgnc": "http://identifiers.org/hgnc/",
    "mesh": MESH,
    "ncbigene": "http://identifiers.org/ncbigene/",
    "nct": "https://clinicaltrials.gov/study/",
    "oncotree": "http://identifiers.org/oncotree/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "unii": "http://identifiers.org/unii/",
    "uniprot": "http://purl.uniprot.org/uniprot/",
}

COLUMNS: Final = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "object_source",
    "object_source_version",
    "mapping_date",
    "comment",
)

#: The sources of the objects, as Bioregistry names them.
REGISTERED: Final[dict[str, str]] = {
    target: "bioregistry:" + {"chembl": "chembl.compound", "registers": "clinicaltrials"}.get(target, target)
    for target in (
        *("chebi", "chembl", "doid", "drugbank", "eco", "efo", "ensembl", "hgnc", "mesh", "mondo", "ncbigene"),
        *("ncit", "oncotree", "registers", "so", "unii", "uniprot"),
    )
}

EXACT, CLOSE, BROAD = "skos:exactMatch", "skos:closeMatch", "skos:broadMatch"
LEXICAL, CHAIN, MANUAL = "semapv:LexicalMatching", "semapv:MappingChaining", "semapv:ManualMappingCuration"

#: Which vocabularies are asked for a class of concepts, by name.
TARGETS: Final[dict[str, tuple[str, ...]]] = {
    "Gene": ("hgnc", "mesh"),
    "GeneFamily": ("mesh",),
    "Disease": ("mondo", "doid", "mesh"),
    "Drug": ("mesh", "chebi", "drugbank", "chembl", "unii"),
    "DrugClass": ("mesh", "chebi"),
    "DetectionMethod": ("mesh", "eco", "efo"),
    "Alteration": ("so", "mesh"),
    "StudyDesign": ("mesh",),
    "Population": ("mesh",),
    "Outcome": ("mesh",),
    "Topic": ("mesh",),
}

#: The MeSH trees in which a concept of a class may be found.
MESH_TREES: Final[dict[str, str]] = {
    "Disease": "C",
    "Drug": "D",
    "DrugClass": "D",
    "DetectionMethod": "E",
    "Alteration": "GC",
    "StudyDesign": "ENV",
    "Population": "M",
    "Outcome": "ENGC",
    "Topic": "ENGCDHLV",
}

#: The files that together are one vocabulary, the newest first.
EDITIONS_OF: Final[dict[str, tuple[str, ...]]] = {"mesh": ("mesh-2026", "mesh-2025", "mesh-supplementary")}

#: A synonym of ours that is shorter, letters and digits counted, is too ambiguous to map by.
SHORTEST_SYNONYM: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A concept of ours, with the names it is known by."""

    cls: str
    label: str
    curie: str
    synonyms: tuple[str, ...] = ()

    @property
    def long_names(self) -> tuple[str, ...]:
        """The label and those synonyms that are long enough to be no one else's."""
        return (self.label, *(name for name in self.synonyms if len(normal(name)) >= SHORTEST_SYNONYM))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """A row of an SSSOM table."""

    target: str
    subject_id: str
    subject_label: str
    predicate_id: str
    object_id: str
    object_label: str
    mapping_justification: str
    object_source: str
    object_source_version: str
    mapping_date: str = MAPPING_DATE
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A concept that a vocabulary has no confirmed entry for, and why."""

    concept: Concept
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


def read_concepts(folder: Path) -> list[Concept]:
    """All concepts of the lexicon."""
    return [
        Concept(
            cls=known.id.cls.value,
            label=known.id.label,
            curie="her2kg:" + concept_iri(known.id).removeprefix(BASE),
            synonyms=known.synonyms,
        )
        for known in load(folder).concepts.values()
    ]


def target_of(curie: str, files: VocabularyFiles) -> list[Vocabulary]:
    """The vocabularies in which an identifier can be looked up."""
    prefix = curie.split(":", 1)[0].lower()
    names = EDITIONS_OF.get(prefix, (prefix,) if prefix in {t for ts in TARGETS.values() for t in ts} else ())
    return [files[name] for name in names]


def map_all(
    concepts: Iterable[Concept], files: VocabularyFiles, curation: Path
) -> tuple[list[Mapping], list[Unmapped]]:
    """The mappings of these concepts and of the studies, and what has none."""
    mappings: list[Mapping] = []
    unmapped: list[Unmapped] = []
    concepts = list(concepts)
    curated = _curated(curation, concepts)
    for concept in concepts:
        for target in TARGETS.get(concept.cls, ()):
            decided = [row for row in curated.get((concept.cls, concept.label), ()) if row.target == target]
            kept = [row for row in decided if row.predicate != "reject"]
            if kept:
                mappings += [_by_hand(concept, row, files) for row in kept]
            elif decided:
                unmapped.append(Unmapped(concept, target, decided[0].comment))
            else:
                found = _match(concept, target, files)
                (mappings if isinstance(found, Mapping) else unmapped).append(found)  # type: ignore[arg-type]
    mappings = _one_each(list(_promoted(mappings, files)))
    mappings, unmapped = _agreed(mappings, [c for mapping in mappings for c in _chain(mapping, files)], unmapped)
    studies = list(_registers(files))
    mappings += [study for study in studies if isinstance(study, Mapping)]
    unmapped += [study for study in studies if isinstance(study, Unmapped)]
    return list(dict.fromkeys(mappings)), unmapped


def _promoted(mappings: list[Mapping], files: VocabularyFiles) -> Iterator[Mapping]:
    """The same, where a disease's close match counts as exact because MONDO cross-references it."""
    mondo = {m.subject_id: m.object_id for m in mappings if m.target == "mondo" and m.predicate_id == EXACT}
    for m in mappings:
        xrefs = files.mondo_xrefs.get(mondo.get(m.subject_id, ""), ())
        if (
            m.predicate_id == CLOSE
            and m.object_id.replace("mesh:", "MESH:") in xrefs
            and m.mapping_justification == LEXICAL
        ):
            yield replace(m, predicate_id=EXACT, comment=f"{m.comment}; cross-referenced by {mondo[m.subject_id]}")
        else:
            yield m


def _one_each(mappings: list[Mapping]) -> list[Mapping]:
    """The same, with an entry that is exact for several concepts exact for its namesake alone."""
    claims = Counter((m.target, m.object_id) for m in mappings if m.predicate_id == EXACT)

    def shared(m: Mapping) -> bool:
        return claims[m.target, m.object_id] > 1 and normal(m.subject_label) != normal(m.object_label)

    return [replace(m, predicate_id=CLOSE) if m.predicate_id == EXACT and shared(m) else m for m in mappings]


def _agreed(
    named: list[Mapping], chained: list[Mapping], unmapped: list[Unmapped]
) -> tuple[list[Mapping], list[Unmapped]]:
    """Both together: a cross-reference adds where no name was found, and must not contradict where one was."""
    by_name = {(m.subject_id, m.target): m for m in named}
    added = [m for m in chained if (m.subject_id, m.target) not in by_name]
    refuted = {
        (m.subject_id, m.target)
        for m in chained
        if (other := by_name.get((m.subject_id, m.target))) and m.object_id != other.object_id
    }
    kept = [m for m in named if (m.subject_id, m.target) not in refuted]
    now = {(m.subject_id, m.target) for m in added}
    left = [u for u in unmapped if (u.concept.curie, u.target) not in now]
    for subject, target in sorted(refuted):
        mapping = by_name[subject, target]
        concept = Concept(cls="", label=mapping.subject_label, curie=subject)
        left.append(
            Unmapped(concept, target, f"the files disagree: {mapping.object_id} by name, another by cross-reference")
        )
    return kept + added, left


def _curated(path: Path, concepts: Iterable[Concept]) -> Table[tuple[str, str], list[Curated]]:
    known = {(concept.cls, concept.label) for concept in concepts}
    table: dict[tuple[str, str], list[Curated]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t"), 2):
            key = (row["class"], row["label"])
            if key not in known:
                raise CurationError(f"{path.name}, line {number}: the lexicon has no {row['class']} “{row['label']}”")
            table.setdefault(key, []).append(
                Curated(row["target"], row["predicate"], row["object_label"], row["comment"] or "")
            )
    return table


def _mapping(concept: Concept, target: str, term: Term, predicate: str, **more: str) -> Mapping:
    edition = EDITIONS[more.get("edition", target)].version
    return Mapping(
        target=target,
        subject_id=concept.curie,
        subject_label=concept.label,
        predicate_id=predicate,
        object_id=term.id,
        object_label=term.label,
        mapping_justification=more.get("justification", LEXICAL),
        object_source=REGISTERED[target],
        object_source_version=edition,
        comment=more.get("comment", ""),
    )


def _by_hand(concept: Concept, row: Curated, files: VocabularyFiles) -> Mapping:
    for key in EDITIONS_OF.get(row.target, (row.target,)):
        found = [t for t in files[key].by_label(row.object_label) if t.label == row.object_label and not t.obsolete]
        if len(found) == 1:
            return _mapping(
                concept, row.target, found[0], row.predicate, edition=key, justification=MANUAL, comment=row.comment
            )
    raise CurationError(f"{concept.label}: {row.target} has not exactly one current entry “{row.object_label}”")


def _match(concept: Concept, target: str, files: VocabularyFiles) -> Mapping | Unmapped:
    if concept.cls == "Gene":
        return _gene(concept, target, files)
    if target == "so" and (kind := _kind_of_variant(concept.label)):
        return _by_hand(concept, Curated("so", BROAD, kind, "by its HGVS form"), files)
    several: set[str] = set()
    for key in EDITIONS_OF.get(target, (target,)):
        fits = _fitting(concept, key, files)
        for name, predicate, comment, look_up in _attempts(concept, target, files[key]):
            found = {term.id: term for term in look_up(name) if not term.obsolete and fits(term)}
            if len(found) == 1:
                term = next(iter(found.values()))
                if concept.cls == "StudyDesign" and _of_publications(term, files):
                    predicate, comment = CLOSE, "of publications"
                return _mapping(concept, target, _current(term, files), predicate, edition=key, comment=comment)
            several |= set(found)
    if several:
        return Unmapped(concept, target, "several entries bear the name: " + ", ".join(sorted(several)))
    return Unmapped(concept, target, "no current entry with this name")


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


def _attempts(concept: Concept, target: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str, str, LookUp]]:
    """Which name is looked up where, the surest first, and what is then claimed."""
    # A MeSH entry term may be narrower than its descriptor; EFO does not say how exact its synonyms are.
    entry = CLOSE if target == "efo" or (target == "mesh" and concept.cls != "Drug") else EXACT
    if target == "eco":
        yield concept.label + " evidence", CLOSE, "the evidence that the method gives", vocabulary.by_label
        yield concept.label + " assay evidence", CLOSE, "the evidence that the method gives", vocabulary.by_label
        return
    yield concept.label, EXACT, "", vocabulary.by_label
    if target in ("mesh", "mondo", "doid"):
        yield concept.label, EXACT, "the same words in another order or number", vocabulary.by_words
    yield concept.label, entry, "by a synonym there", vocabulary.by_synonym
    for name in concept.long_names[1:]:
        yield name, EXACT if concept.cls == "Drug" else CLOSE, f"by our synonym “{name}”", vocabulary.by_label
    if concept.cls == "Drug":
        for name in concept.long_names[1:]:
            yield name, EXACT, f"by the synonym “{name}” of both", vocabulary.by_synonym


def _fitting(concept: Concept, key: str, files: VocabularyFiles) -> Callable[[Term], bool]:
    """Whether an entry is of the kind of the concept."""
    trees = MESH_TREES.get(concept.cls, "")

    def fits(term: Term) -> bool:
        if key in ("mesh-2026", "mesh-2025"):
            older = files["mesh-2025"].terms.get(term.id)
            return older is not None and any(tree[0] in trees for tree in older.trees)
        if key == "mesh-supplementary":
            return concept.cls in ("Drug",) and not superseded(files, term)
        if key == "chebi":
            return ("CHEBI:50906" in term.ancestors) == (concept.cls == "DrugClass")
        return True

    return fits


def _current(term: Term, files: VocabularyFiles) -> Term:
    """The same entry under its newest label."""
    newest = files["mesh-2026"].terms.get(term.id) if term.id.startswith("mesh:") else None
    return replace(term, label=newest.label) if newest else term


def _of_publications(term: Term, files: VocabularyFiles) -> bool:
    """Whether a MeSH record stands for a type of publication or for a method as a topic, not for a design."""
    older = files["mesh-2025"].terms[term.id]
    return any(tree[0] == "V" for tree in older.trees) or _current(term, files).label.endswith(" as Topic")


def _gene(concept: Concept, target: str, files: VocabularyFiles) -> Mapping | Unmapped:
    if target == "hgnc":
        row = files.hgnc_rows.get(concept.label)
        if row:
            return _mapping(concept, target, files["hgnc"].terms[row["HGNC ID"].replace("HGNC:", "hgnc:")], EXACT)
        return Unmapped(concept, target, "no approved symbol of this name")
    name = concept.label + " protein, human"
    supplementary = files["mesh-supplementary"]
    found = [*supplementary.by_label(name), *supplementary.by_synonym(name)]
    if len({term.id for term in found}) == 1:
        return _mapping(concept, "mesh", found[0], CLOSE, edition="mesh-supplementary", comment="the gene's product")
    return Unmapped(concept, "mesh", "no supplementary record of the human protein under this symbol")


def _chain(mapping: Mapping, files: VocabularyFiles) -> Iterator[Mapping]:
    """The mappings that follow from one by a published cross-reference."""
    if mapping.predicate_id != EXACT:
        return

    def chained(target: str, object_id: str, predicate: str, comment: str, label: str = "") -> Mapping:
        return replace(
            mapping,
            target=target,
            object_id=object_id,
            object_label=label,
            predicate_id=predicate,
            mapping_justification=CHAIN,
            object_source=REGISTERED[target],
            object_source_version="",
            comment=comment,
        )

    if mapping.target == "hgnc":
        row = files.hgnc_rows[mapping.subject_label]
        for target, column in (
            ("ncbigene", "NCBI Gene ID(supplied by NCBI)"),
            ("uniprot", "UniProt ID(supplied by UniProt)"),
            ("ensembl", "Ensembl gene ID"),
        ):
            for number in re.findall(r"[\w.]+", row[column]):
                predicate, comment = (
                    (CLOSE, "the gene's product, by HGNC") if target == "uniprot" else (EXACT, "by HGNC")
                )
                yield chained(target, f"{target}:{number}", predicate, comment)
    elif mapping.target == "mondo":
        doid = {x for x in files.mondo_xrefs.get(mapping.object_id, ()) if x.startswith("DOID:")}
        second = {code for identifier in doid for code in files.doid_ncit.get(identifier, ())}
        codes = {x for x in files.mondo_xrefs.get(mapping.object_id, ()) if x.startswith("NCIT:")}
        for code in sorted(codes):
            agree = codes == {code} and code in second
            comment = "by MONDO and DOID" if agree else "by MONDO alone; no NCIt file at hand"
            yield chained("ncit", code, EXACT if agree else CLOSE, comment)
        for xref in files.mondo_xrefs.get(mapping.object_id, ()):
            if xref.startswith("ONCOTREE:"):
                yield chained("oncotree", "oncotree:" + xref[9:], CLOSE, "by MONDO; no OncoTree file at hand")
    elif (
        mapping.target == "mesh"
        and mapping.subject_id.startswith("her2kg:drug/")
        and mapping.object_id in files.curated_ncit
    ):
        code, label = files.curated_ncit[mapping.object_id]
        yield chained("ncit", code, EXACT, "by Biomappings, curated from the MeSH record", label)
    elif mapping.target == "drugbank" and len(numbers := files.drugbank_chembl.get(mapping.object_id, set())) == 1:
        number = next(iter(numbers))
        yield chained("chembl", number, EXACT, "by DrugBank", mapping.object_label)


def _registers(files: VocabularyFiles) -> Iterator[Mapping | Unmapped]:
    with files.path("registers").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            study = Concept(cls="Study", label=row["study"], curie="her2kg:study/" + slug(row["study"]))
            if int(row["sources_agreeing"]) < 2:
                yield Unmapped(study, "registers", f"one source alone gives {row['nct']}: {row['evidence']}")
                continue
            term = Term(id="nct:" + row["nct"], label=row["study"])
            yield replace(
                _mapping(study, "registers", term, "her2:registeredAs", justification=MANUAL, comment=row["evidence"]),
                object_label="",
            )
