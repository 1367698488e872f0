"""Which MeSH records belong into ``ontology/mesh.tsv``, and their rows.

To the records of the selection come those that our mappings lead to, the headings that supplementary records are
mapped to, and every heading above in the trees: the table holds the whole way up of each heading in it.  Which
qualifiers a heading allows is in ``ontology/mesh-qualifiers.tsv``, one row a set, as many headings allow the same.
"""

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
    trees: str = ""  # tree numbers (MeSH 2025)
    mapped_to: str = ""  # the headings of a supplementary record
    qualifiers: str = ""  # the heading under which its set of allowed qualifiers stands (MeSH 2026)


@cache
def _selected(take: str) -> tuple[tuple[str, str], ...]:
    """Tree number and heading of the rows of a kind in the selection."""
    with SELECTION.open(encoding="utf-8", newline="") as file:
        return tuple(
            (row["tree"], row["heading"]) for row in csv.DictReader(file, delimiter="\t") if row["take"] == take
        )


def _headings(*takes: str) -> list[str]:
    return [heading for take in takes for _, heading in _selected(take)]


def rows(files: VocabularyFiles, proteins: Iterable[str], drugs: Iterable[str], mapped: Iterable[str]) -> list[Row]:
    """All rows, sorted; supplementary records are taken for these proteins (gene symbols) and drug names.

    ``mapped`` are the records (CURIEs) to which mappings of ours lead.
    """
    kinds = _kinds(files)
    extra = _extra_supplementary(files, set(proteins), list(drugs)) | {m for m in mapped if m.startswith("mesh:C")}
    supplementary = {i: files["mesh-supplementary"].terms[i] for i in extra if i in files["mesh-supplementary"].terms}
    more = {f"mesh:{n}" for t in supplementary.values() for n in t.mapped_to} | set(mapped)
    for identifier in _with_all_above(files, {*kinds, *(i for i in more if i.startswith("mesh:D"))}):
        kinds.setdefault(identifier, "descriptor")
    sets = qualifier_sets(files, kinds)
    found = {*_qualifiers(files), *_descriptors(files, kinds, sets), *_supplementary(supplementary.values())}
    return sorted(found, key=lambda row: (row.label.casefold(), row.label, row.id))


def qualifier_sets(files: VocabularyFiles, headings: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each heading that allows any, the qualifiers it allows, as numbers."""
    return {h: files.allowed_qualifiers[h] for h in sorted(headings) if h in files.allowed_qualifiers}


def qualifier_rows(rows: Iterable[Row], files: VocabularyFiles) -> list[tuple[str, str]]:
    """The rows of ``ontology/mesh-qualifiers.tsv``: each set under the first heading that has it."""
    names = {row.qualifiers for row in rows} - {""}
    return [(name, "|".join(files.allowed_qualifiers[f"mesh:{name}"])) for name in sorted(names)]


def _with_all_above(files: VocabularyFiles, headings: set[str]) -> set[str]:
    """These headings and all above them in any tree, and above those in any other tree."""
    terms = files["mesh-2025"].terms
    at = {tree: term.id for term in terms.values() for tree in term.trees}
    todo, found = list(headings), set(headings)
    while todo:
        identifier = todo.pop()
        for tree in terms[identifier].trees if identifier in terms else ():
            above = at.get(tree.rpartition(".")[0])
            if above and above not in found:
                found.add(above)
                todo.append(above)
    return found


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


def _kinds(files: VocabularyFiles) -> dict[str, str]:
    """The selected headings and their kinds."""
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
    return kinds


def _descriptors(files: VocabularyFiles, kinds: dict[str, str], sets: dict[str, tuple[str, ...]]) -> Iterator[Row]:
    first: dict[tuple[str, ...], str] = {}
    for identifier, allowed in sets.items():
        first.setdefault(allowed, identifier.removeprefix("mesh:"))
    for identifier, kind in kinds.items():
        number = identifier.removeprefix("mesh:")
        new, old = (files[key].terms.get(identifier) for key in ("mesh-2026", "mesh-2025"))
        place = ("|".join(sorted(old.trees)) if old else "", "", first[sets[identifier]] if identifier in sets else "")
        kind = "publication-type" if place[0].startswith("V") else kind
        if new:
            yield Row(new.label, number, kind, EDITIONS["mesh-2026"].version, *place)
        if old and (new is None or new.label != old.label):
            yield Row(old.label, number, kind, EDITIONS["mesh-2025"].version, *place)


def _extra_supplementary(files: VocabularyFiles, proteins: set[str], drugs: list[str]) -> set[str]:
    """The supplementary records of these proteins and drugs, and of the selection."""
    supplementary = files["mesh-supplementary"]
    headings = {t.id.removeprefix("mesh:") for name in _headings("proteins-of") for t in _named(files, name)}
    conjugates = {t.id.removeprefix("mesh:") for name in _headings("conjugates-of") for t in _named(files, name)}
    found = {term.id for name in drugs for term in (*supplementary.by_label(name), *supplementary.by_synonym(name))}
    for term in supplementary.terms.values():
        human = term.label.endswith(" protein, human")
        if (
            (human and (term.label.removesuffix(" protein, human") in proteins or headings & set(term.mapped_to)))
            or conjugates & set(term.mapped_to)
            or term.label.endswith("tinib")
        ):
            found.add(term.id)
    return {i for i in found if not superseded(files, supplementary.terms[i])}


def _supplementary(terms: Iterable[Term]) -> Iterator[Row]:
    source = EDITIONS["mesh-supplementary"].version
    for term in terms:
        headings = "|".join(sorted(set(term.mapped_to)))
        yield Row(term.label, term.id.removeprefix("mesh:"), "supplementary", source, mapped_to=headings)


def superseded(files: VocabularyFiles, term: Term) -> bool:
    """Whether a supplementary record has become a descriptor since its edition."""
    return any(normal(d.label) == normal(term.label) for d in files["mesh-2026"].by_label(term.label))
