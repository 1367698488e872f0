"""MeSH headings as printed and the identifiers that a vocabulary file confirms for them (``ontology/mesh.tsv``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from .lexicon import rows
from .resources import resource
from .vocabulary import BASE, MESH, slug


@dataclass(frozen=True, slots=True)
class Mesh:
    """Labels → identifiers, qualifiers apart."""

    descriptors: Mapping[str, str]
    qualifiers: Mapping[str, str]

    def descriptor(self, label: str) -> tuple[str, bool]:
        """The IRI of a heading, supplementary concept or publication type, and whether it is confirmed."""
        return _iri(self.descriptors.get(label.casefold()), label)

    def qualifier(self, label: str) -> tuple[str, bool]:
        """The IRI of a qualifier, and whether it is confirmed."""
        return _iri(self.qualifiers.get(label.casefold()), label)

    def pair(self, descriptor: str, qualifier: str) -> str | None:
        """The IRI of a descriptor–qualifier pair, when both are known."""
        one, two = self.descriptors.get(descriptor.casefold()), self.qualifiers.get(qualifier.casefold())
        return f"{MESH}{one}{two}" if one and two else None


def _iri(identifier: str | None, label: str) -> tuple[str, bool]:
    """An unknown heading gets an IRI of ours, never a guessed one."""
    return (MESH + identifier, True) if identifier else (f"{BASE}mesh-heading/{slug(label)}", False)


@cache
def load_mesh() -> Mesh:
    """The table that the project ships."""
    descriptors: dict[str, str] = {}
    qualifiers: dict[str, str] = {}
    for _, row in rows(resource("ontology", "mesh.tsv")):
        (qualifiers if row["kind"] == "qualifier" else descriptors).setdefault(row["label"].casefold(), row["id"])
    return Mesh(descriptors, qualifiers)
