"""All mappings of our concepts outwards, each confirmed by a vocabulary file.

A mapping arises in one of three ways, and says which:

* ``semapv:LexicalMatching``: our label, or a long enough synonym of ours, is the
  label or a synonym of exactly one entry that is not obsolete and of a fitting kind;
* ``semapv:MappingChaining``: a confirmed entry is cross-referenced to another vocabulary;
* ``semapv:ManualMappingCuration``: a row of ``curated_mappings.tsv`` (for protein
  variants, the HGVS form) names the entry by its label, and the file has exactly one.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, replace
from pathlib import Path

from chains import chain, registers
from matching import TARGETS, Curated, CurationError, Unmapped, by_hand, match
from vocabulary_files import VocabularyFiles, normal

from graph_build.link.ours import OurConcept
from graph_build.sssom import CLOSE, EXACT, LEXICAL, MANUAL, NOT, Row

#: The name of the table that a row belongs to, where it is not that of its vocabulary.
_TABLES = {"chembl.compound": "chembl", "clinicaltrials": "registers"}


@dataclass(frozen=True, slots=True)
class Mapped:
    """What is mapped, what a curator rejected, and what has no entry."""

    rows: list[Row]
    rejected: list[Row]
    unmapped: list[Unmapped]


def target(row: Row) -> str:
    """The name of the table that a row belongs to."""
    registered = row.object_source.partition(":")[2]
    return _TABLES.get(registered, registered)


def map_all(concepts: Iterable[OurConcept], files: VocabularyFiles, curation: Path) -> Mapped:
    """The mappings of these concepts and of the studies."""
    mappings: list[Row] = []
    rejected: list[Row] = []
    unmapped: list[Unmapped] = []
    concepts = list(concepts)
    curated = _curated(curation, concepts)
    for concept in concepts:
        decisions = curated.get(_key(concept), [])
        if concept.cls == "Term" and not decisions:
            unmapped.append(Unmapped(concept, "biolink, schema", "no term of this name, or none that a curator chose"))
        for name in dict.fromkeys([*TARGETS.get(concept.cls, ()), *(row.target for row in decisions)]):
            decided = [row for row in decisions if row.target == name]
            kept = [row for row in decided if row.predicate != "reject"]
            if kept:
                mappings += [by_hand(concept, row, files) for row in kept]
                continue
            found = match(concept, name, files) if name in TARGETS.get(concept.cls, ()) else None
            if decided:
                unmapped.append(Unmapped(concept, name, decided[0].comment))
                if isinstance(found, Row):
                    why = decided[0].comment
                    rejected.append(replace(found, predicate_modifier=NOT, mapping_justification=MANUAL, comment=why))
            elif isinstance(found, Row):
                mappings.append(found)
            elif found:
                unmapped.append(found)
    mappings = _one_each(list(_promoted(mappings, files)))
    mappings, unmapped = _agreed(mappings, [c for row in mappings for c in chain(row, files)], unmapped)
    refused = {(row.subject_id, row.object_id) for row in rejected}
    mappings = [row for row in mappings if (row.subject_id, row.object_id) not in refused]
    studies = list(registers(files))
    mappings += [study for study in studies if isinstance(study, Row)]
    unmapped += [study for study in studies if isinstance(study, Unmapped)]
    return Mapped(list(dict.fromkeys(mappings)), rejected, unmapped)


def _promoted(mappings: list[Row], files: VocabularyFiles) -> Iterator[Row]:
    """The same, where a disease's close match counts as exact because MONDO cross-references it."""
    mondo = {m.subject_id: m.object_id for m in mappings if target(m) == "mondo" and m.predicate_id == EXACT}
    for m in mappings:
        entry = files["mondo-xrefs"].terms.get(mondo.get(m.subject_id, ""))
        xrefs = entry.xrefs if entry else ()
        if m.predicate_id == CLOSE and m.object_id in xrefs and m.mapping_justification == LEXICAL:
            yield replace(m, predicate_id=EXACT, comment=f"{m.comment}; cross-referenced by {mondo[m.subject_id]}")
        else:
            yield m


def _one_each(mappings: list[Row]) -> list[Row]:
    """The same, with an entry that is exact for several concepts exact for its namesake alone."""
    claims = Counter((target(m), m.object_id) for m in mappings if m.predicate_id == EXACT)

    def shared(m: Row) -> bool:
        return claims[target(m), m.object_id] > 1 and normal(m.subject_label) != normal(m.object_label)

    return [replace(m, predicate_id=CLOSE) if m.predicate_id == EXACT and shared(m) else m for m in mappings]


def _agreed(named: list[Row], chained: list[Row], unmapped: list[Unmapped]) -> tuple[list[Row], list[Unmapped]]:
    """Both together: a cross-reference adds where no name was found, and must not contradict where one was."""
    by_name = {(m.subject_id, target(m)): m for m in named}
    added = [m for m in chained if (m.subject_id, target(m)) not in by_name]
    refuted = {
        (m.subject_id, target(m))
        for m in chained
        if (other := by_name.get((m.subject_id, target(m)))) and m.object_id != other.object_id
    }
    kept = [m for m in named if (m.subject_id, target(m)) not in refuted]
    now = {(m.subject_id, target(m)) for m in added}
    left = [u for u in unmapped if (u.concept.curie, u.target) not in now]
    for subject, name in sorted(refuted):
        mapping = by_name[subject, name]
        concept = OurConcept(cls="", label=mapping.subject_label, curie=subject)
        left.append(
            Unmapped(concept, name, f"the files disagree: {mapping.object_id} by name, another by cross-reference")
        )
    return kept + added, left


def _key(concept: OurConcept) -> tuple[str, str]:
    """How the curated table names a concept: by class and label, and a term of the ontology by its CURIE."""
    return concept.cls, concept.curie if concept.cls == "Term" else concept.label


def _curated(path: Path, concepts: Iterable[OurConcept]) -> Table[tuple[str, str], list[Curated]]:
    known = {_key(concept) for concept in concepts}
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
