"""The rows and columns of the evidence map: drugs under their classes, and the alterations of the gene in focus."""

from __future__ import annotations

from collections import Counter
from typing import Final

from pyoxigraph import Store

from ..export.values import nodes
from .things import Things

#: A row: what it stands for, how deep it lies, and whether it is a class.
Row = tuple[str, int, bool]
_DRUGS: Final = frozenset({"Drug", "DrugClass"})


def rows(store: Store, known: Things) -> tuple[list[Row], list[str], str]:
    """The rows of the map in their order, its columns, and the gene in focus, which has most alterations.

    The columns of that gene come first.

    A row is a drug or a class that a study investigates, that a statement is about or that a text names.
    """
    named = _named(store)
    drugs = [iri for iri in sorted(named) if iri in known.nodes and known.cls(iri) == "Drug"]
    alterations = [iri for iri in sorted(named) if iri in known.nodes and known.cls(iri) == "Alteration"]
    genes = Counter(gene for iri in alterations for gene in known.nodes[iri].all("her2:alterationOf"))
    focus = min(genes, key=lambda gene: (-genes[gene], gene), default="")
    groups = {drug: _group(drug, drugs, focus, known) for drug in drugs}
    classes = {group for group in groups.values() if group}
    classes |= {iri for iri in named if iri in known.nodes and known.cls(iri) == "DrugClass"}
    return _tree(classes, groups, focus, known), _columns(alterations, focus, known), focus


def _named(store: Store) -> set[str]:
    """What statements are about and what texts name."""
    found = {iri for node in nodes(store, "Mention").values() for iri in node.all("oa:hasBody")}
    for node in nodes(store, "Statement").values():
        found.update(node.all("biolink:subject") + node.all("biolink:object") + node.all("her2:context"))
    return found


def _group(drug: str, drugs: list[str], focus: str, known: Things) -> str:
    """The class a drug is shown under: the most special one, which acts on the gene in focus if one does.

    Of several the one that most of the drugs belong to.
    """
    direct = [iri for iri in known.nodes[drug].all("her2:inClass") if iri in known.nodes]
    special = [iri for iri in direct if not any(iri in known.above[other] for other in direct)]

    def rank(iri: str) -> tuple[bool, int, str]:
        members = sum(iri in known.above[other] for other in drugs)
        return not _acts_on(iri, focus, known), -members, known.label(iri)

    return min(special, key=rank, default="")


def _acts_on(iri: str, focus: str, known: Things) -> bool:
    return focus in known.nodes[iri].all("her2:targets")


def _tree(classes: set[str], groups: dict[str, str], focus: str, known: Things) -> list[Row]:
    """The classes with their drugs, a special class below a general one, what acts on the gene in focus first."""
    parent = {iri: _nearest(known.above[iri] & classes, known) for iri in classes}

    def below(iri: str) -> list[Row]:
        inner = [(drug, 1, False) for drug in sorted(groups, key=known.label) if groups[drug] == iri]
        for child in sorted((c for c in classes if parent[c] == iri), key=matters):
            inner += [(child, 1, True)] + [(i, depth + 1, is_class) for i, depth, is_class in below(child)]
        return inner

    def matters(iri: str) -> tuple[bool, str]:
        return not any(_acts_on(i, focus, known) for i in [iri, *(row[0] for row in below(iri))]), known.label(iri)

    roots = sorted((iri for iri in classes if not parent[iri]), key=matters)
    tree = [row for root in roots for row in [(root, 0, True), *((i, d, c) for i, d, c in below(root))]]
    return tree + [(drug, 0, False) for drug in sorted(groups, key=known.label) if not groups[drug]]


def _nearest(candidates: frozenset[str] | set[str], known: Things) -> str:
    """The most special of several classes above."""
    special = [iri for iri in candidates if not any(iri in known.above[other] for other in candidates)]
    return min(special, key=lambda iri: (known.label(iri).casefold(), iri), default="")


def _columns(alterations: list[str], focus: str, known: Things) -> list[str]:
    """Alterations of the gene in focus first, a general one before its special ones."""

    def path(iri: str) -> list[str]:
        up = sorted(known.above[iri] & set(alterations), key=lambda i: (len(known.above[i]), known.label(i)))
        return [*map(known.label, up), known.label(iri)]

    return sorted(alterations, key=lambda i: (focus not in known.nodes[i].all("her2:alterationOf"), path(i), i))
