"""The lexicon: what there is to recognise, read from ``ontology/lexicon/*.tsv``.

One row a concept; ``ontology/README.md`` explains the columns and the signs in
names (``=`` exact case, ``~`` ambiguous, ``^`` before patients, ``{ERBB2}`` any
symbol of a gene).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from .lexicon_rows import Genes, Rows, alteration_kinds, cues, known_studies, study_names
from .model import Concept, ConceptClass, ConceptId
from .resources import resource
from .terms import (
    AlterationKind,
    Cue,
    KnownStudy,
    LexiconError,
    Name,
    check_links,
    check_names,
    items,
    rows,
)


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Everything that can be recognised.

    A lexicon is equal to itself only, so that what is made of it once (``lru_cache``) is found
    again without comparing thousands of names.
    """

    concepts: Mapping[ConceptId, Concept]
    names: tuple[Name, ...]
    kinds: Mapping[str, AlterationKind]
    studies: Mapping[str, KnownStudy]
    display: Mapping[str, str]  # gene symbol → how its alterations are named
    cues: tuple[Cue, ...]

    def alteration(self, gene: str, pattern: str) -> ConceptId:
        """The alteration of a gene by kind, ``("ERBB2", "{gene} mutation")`` → HER2 mutation."""
        return ConceptId(ConceptClass.ALTERATION, pattern.format(gene=self.display.get(gene, gene)))

    def compose(self, gene: str, pattern: str) -> Iterator[Concept]:
        """The concept of an alteration of a gene and those broader than it."""
        kind = self.kinds[pattern]
        broader = self.alteration(gene, kind.broader) if kind.broader else GENETIC_ALTERATION
        yield Concept(
            id=self.alteration(gene, pattern),
            type=kind.type,
            synonyms=(pattern.format(gene=gene),) if self.display.get(gene, gene) != gene else (),
            broader=(broader,),
            links=(("alterationOf", ConceptId(ConceptClass.GENE, gene)),),
        )
        if kind.broader:
            yield from self.compose(gene, kind.broader)

    def ancestors(self, concept: ConceptId) -> frozenset[ConceptId]:
        """All that is broader than a concept, through classes too; without itself."""
        seen: set[ConceptId] = set()
        todo = [concept]
        while todo:
            known = self.concepts.get(todo.pop())
            if known:
                up = [*known.broader, *(target for link, target in known.links if link == "inClass")]
                todo += [c for c in up if c not in seen]
                seen.update(up)
        return frozenset(seen)


GENETIC_ALTERATION: Final = ConceptId(ConceptClass.ALTERATION, "genetic alteration")

__all__ = [
    "AlterationKind",
    "Cue",
    "GENETIC_ALTERATION",
    "KnownStudy",
    "Lexicon",
    "LexiconError",
    "Name",
    "compose_by_label",
    "default_lexicon",
    "items",
    "load",
    "rows",
]


def load(folder: Path, *additions: Path) -> Lexicon:
    """Read a lexicon folder, and the rows that files of the same names in other folders add to it.

    Raises :class:`LexiconError`, naming file and line, for a row that is not as documented.
    """
    folders = (folder, *additions)
    genes, kinds, studies = Genes.of(folders), alteration_kinds(folders), known_studies(folders)
    found = Rows.of(folders, genes.symbols)
    names = (*found.names, *genes.mutated(), *study_names(studies))
    lexicon = Lexicon(found.concepts, names, kinds, studies, genes.display, cues(folders))
    found.concepts.update(_composed(lexicon, found.places))
    check_links(found.concepts, found.places)
    check_names(names, found.places)
    return lexicon


def _composed(lexicon: Lexicon, places: Mapping[ConceptId, str]) -> dict[ConceptId, Concept]:
    """The alterations that no row holds: every kind of ERBB2, mentioned or not, and those above variants of others."""
    found: dict[ConceptId, Concept] = {}
    for pattern, kind in lexicon.kinds.items():
        if not kind.genes or "ERBB2" in kind.genes:
            found |= {c.id: c for c in lexicon.compose("ERBB2", pattern) if c.id not in lexicon.concepts}
    for concept in lexicon.concepts.values():
        for up in concept.broader:
            if up not in lexicon.concepts and up not in found:
                try:
                    found |= {c.id: c for c in compose_by_label(lexicon, up.label)}
                except LexiconError as error:
                    raise LexiconError(f"{places.get(concept.id, concept.id.label)}: {error}") from error
    return found


def compose_by_label(lexicon: Lexicon, label: str) -> list[Concept]:
    """The composed alteration that bears a label such as "EGFR exon 19 deletion", and those above it."""
    for gene, shown in lexicon.display.items():
        for pattern in lexicon.kinds:
            if pattern.format(gene=shown) == label:
                return list(lexicon.compose(gene, pattern))
    raise LexiconError(f"“{label}” is named as broader concept but no file defines it")


@cache
def default_lexicon() -> Lexicon:
    """The lexicon that the project ships."""
    return load(resource("ontology", "lexicon"))
