"""Which MeSH records belong into ``ontology/mesh.tsv``, and their rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from vocabulary_files import EDITIONS, Term, VocabularyFiles, normal

#: What to take: a branch of the MeSH 2025 tree with all below it ("tree"), single headings by kind, and the headings
#: whose mapped supplementary records to take ("proteins-of": human proteins; "conjugates-of": all).  That a heading is
#: a check tag is in no vocabulary file; the list is that of NLM's indexing rules.
SELECTION: Final = Path(__file__).with_name("mesh_selection.tsv")


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """A row of ``ontology/mesh.tsv``."""

    label: str
    id: str
    kind: str
    source: str


@cache
def _selected(take: str) -> tuple[tuple[str, str], ...]:
    """Tree number and heading of the rows of a kind in the selection."""
    with SELECTION.open(encoding="utf-8", newline="") as file:
        return tuple(
            (row["tree"], row["heading"]) for row in csv.DictReader(file, delimiter="\t") if row["take"] == take
        )


def _headings(*takes: str) -> list[str]:
    return [heading for take in takes for _, heading in _selected(take)]


def rows(files: VocabularyFiles, proteins: Iterable[str], drugs: Iterable[str]) -> list[Row]:
    """All rows, sorted; supplementary records are taken for these proteins (gene symbols) and drug names."""
    found = {*_qualifiers(files), *_descriptors(files), *_supplementary(files, set(proteins), list(drugs))}
    return sorted(found, key=lambda row: (row.label.casefold(), row.label, row.id))


def unknown_headings(files: VocabularyFiles) -> list[str]:
    """Headings in the selection that no file has, or not at the tree number given there."""
    takes = ("descriptor", "check-tag", "publication-type", "proteins-of", "conjugates-of")
    missing = [name for name in _headings(*takes) if not _named(files, name)]
    at = {tree: term.label for term in files["mesh-2025"].terms.values() for tree in term.trees}
    return sorted({*missing, *(heading for tree, heading in _selected("tree") if at.get(tree) != heading)})


def _named(files: VocabularyFiles, heading: str) -> list[Term]:
    return [t for key in ("mesh-2026", "mesh-2025") for t in files[key].by_label(heading) if t.label == heading]


def _qualifiers(files: VocabularyFiles) -> Iterator[Row]:
    for identifier, label in files.pair_qualifiers.items():
        yield Row(label, identifier, "qualifier", EDITIONS["mesh-2026"].version)


def _descriptors(files: VocabularyFiles) -> Iterator[Row]:
    kinds: dict[str, str] = {}
    types, tops = _headings("publication-type"), [tree for tree, _ in _selected("tree")]
    for term in files["mesh-2025"].terms.values():
        in_branch = any(tree.startswith(("V03.", "V04.")) for tree in term.trees)
        if any(tree.startswith("V") for tree in term.trees) and (in_branch or term.label in types):
            kinds[term.id] = "publication-type"
        elif any(tree == top or tree.startswith(top + ".") for tree in term.trees for top in tops):
            kinds[term.id] = "descriptor"
    for heading in _headings("descriptor", "proteins-of"):
        kinds |= {term.id: "descriptor" for term in _named(files, heading) if term.id not in kinds}
    for heading in _headings("check-tag"):
        kinds |= {term.id: "check-tag" for term in _named(files, heading)}
    for identifier, kind in kinds.items():
        number = identifier.removeprefix("mesh:")
        new, old = (files[key].terms.get(identifier) for key in ("mesh-2026", "mesh-2025"))
        if new:
            yield Row(new.label, number, kind, EDITIONS["mesh-2026"].version)
        if old and (new is None or new.label != old.label):
            yield Row(old.label, number, kind, EDITIONS["mesh-2025"].version)


def _supplementary(files: VocabularyFiles, proteins: set[str], drugs: list[str]) -> Iterator[Row]:
    supplementary = files["mesh-supplementary"]
    headings = {t.id.removeprefix("mesh:") for name in _headings("proteins-of") for t in _named(files, name)}
    conjugates = {t.id.removeprefix("mesh:") for name in _headings("conjugates-of") for t in _named(files, name)}
    wanted = {term.id for name in drugs for term in (*supplementary.by_label(name), *supplementary.by_synonym(name))}
    for term in supplementary.terms.values():
        human = term.label.endswith(" protein, human")
        if (
            term.id in wanted
            or (human and (term.label.removesuffix(" protein, human") in proteins or headings & set(term.mapped_to)))
            or conjugates & set(term.mapped_to)
            or term.label.endswith("tinib")
        ) and not superseded(files, term):
            number = term.id.removeprefix("mesh:")
            yield Row(term.label, number, "supplementary", EDITIONS["mesh-supplementary"].version)


def superseded(files: VocabularyFiles, term: Term) -> bool:
    """Whether a supplementary record has become a descriptor since its edition."""
    return any(normal(d.label) == normal(term.label) for d in files["mesh-2026"].by_label(term.label))
