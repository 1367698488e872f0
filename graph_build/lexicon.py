"""The lexicon: what there is to recognise, read from ``ontology/lexicon/*.tsv``.

One row a concept; ``ontology/README.md`` explains the columns and the signs in
names (``=`` exact case, ``~`` ambiguous, ``^`` before patients, ``{ERBB2}`` any
symbol of a gene).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

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
    rows_of,
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
    "load",
    "rows",
]

#: Which file holds which class, and the columns that link to other classes.
_FILES: Final[dict[str, tuple[ConceptClass, str, dict[str, tuple[str, ConceptClass]]]]] = {
    "genes": (ConceptClass.GENE, "Gene", {"family": ("memberOf", ConceptClass.GENE_FAMILY)}),
    "gene-families": (ConceptClass.GENE_FAMILY, "GeneFamily", {}),
    "alterations": (ConceptClass.ALTERATION, "Alteration", {}),
    "variants": (ConceptClass.ALTERATION, "Variant", {"gene": ("alterationOf", ConceptClass.GENE)}),
    "methods": (ConceptClass.METHOD, "DetectionMethod", {}),
    "drugs": (
        ConceptClass.DRUG,
        "Drug",
        {"classes": ("inClass", ConceptClass.DRUG_CLASS), "targets": ("targets", ConceptClass.GENE)},
    ),
    "drug-classes": (ConceptClass.DRUG_CLASS, "DrugClass", {"targets": ("targets", ConceptClass.GENE)}),
    "regimens": (ConceptClass.REGIMEN, "CombinationRegimen", {}),
    "diseases": (ConceptClass.DISEASE, "Disease", {}),
    "designs": (ConceptClass.DESIGN, "StudyDesign", {}),
    "populations": (ConceptClass.POPULATION, "Population", {}),
    "outcomes": (ConceptClass.OUTCOME, "Outcome", {}),
    "topics": (ConceptClass.TOPIC, "Topic", {}),
}


def _published(name: str) -> str:
    return name.lstrip("=~^")


def _expand(name: str, symbols: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    place = re.search(r"\{(\w+)\}", name)
    if not place:
        yield name
        return
    for symbol in symbols.get(place[1], (place[1],)):
        yield from _expand(name[: place.start()] + symbol + name[place.end() :], symbols)


def _is_acronym(name: str) -> bool:
    return len(name) <= 5 and name.isalpha() and name.isupper()


def _name(written: str, concept: ConceptId) -> Name:
    text = _published(written)
    signs = written[: len(written) - len(text)]
    return Name(
        text=text,
        concept=concept,
        exact_case="=" in signs or _is_acronym(text),
        ambiguous="~" in signs,
        before_patients="^" in signs,
    )


def _study_name(written: str, label: str) -> Name:
    """A study's name counts in its own capitals, unless a digit makes it unmistakable ("SUMMIT", not "summit")."""
    text = _published(written)
    exact = "=" in written or not any(c.isdigit() for c in text)
    return Name(text=text, concept=ConceptId(ConceptClass.STUDY, label), exact_case=exact, ambiguous="~" in written)


def load(folder: Path, *additions: Path) -> Lexicon:
    """Read a lexicon folder, and the rows that files of the same names in other folders add to it.

    Raises :class:`LexiconError`, naming file and line, for a row that is not as documented.
    """
    folders = (folder, *additions)
    concepts: dict[ConceptId, Concept] = {}
    names: list[Name] = []
    places: dict[ConceptId, str] = {}
    display: dict[str, str] = {}
    symbols: dict[str, tuple[str, ...]] = {}
    for _, row in rows_of(folders, "genes"):
        display[row["label"]] = row["display"] or row["label"]
        # Only symbol-like names make "anti-X antibody": one word, short.
        written = [n for n in (row["label"], *items(row["synonyms"])) if " " not in n and len(n) <= 10]
        symbols[row["label"]] = tuple(dict.fromkeys([display[row["label"]], *map(_published, written)]))
    kinds = {
        row["label"]: AlterationKind(
            pattern=row["label"],
            type=row["class"],
            nouns=items(row["nouns"]),
            adjectives=items(row["adjectives"]),
            broader=row["broader"] or None,
            genes=frozenset(items(row["genes"])),
        )
        for _, row in rows_of(folders, "alteration-kinds")
    }
    for stem, (cls, kind, columns) in _FILES.items():
        for place, row in rows_of(folders, stem):
            concept = ConceptId(cls, row["label"])
            if not row["label"] or concept in concepts:
                raise LexiconError(f"{place}: the label “{row['label']}” is empty or used before")
            places[concept] = place
            links = [(prop, ConceptId(to, item)) for col, (prop, to) in columns.items() for item in items(row[col])]
            links += [("hasComponent", _therapy(c, concepts)) for c in items(row.get("components"))]
            synonyms = [name for column in ("name", "synonyms", "codes") for name in items(row.get(column))]
            hidden = list(items(row.get("hidden")))
            expanded = list(
                dict.fromkeys(n for name in [row["label"], *synonyms, *hidden] for n in _expand(name, symbols))
            )
            published = dict.fromkeys(
                _published(n)
                for name in synonyms
                for n in list(_expand(name, symbols))[:1]
                if _published(n) != row["label"]
            )
            concepts[concept] = Concept(
                id=concept,
                type=row.get("class") or ("Mutation" if kind == "Variant" and not row["hgvs"] else kind),
                synonyms=tuple(published),
                hidden=tuple(dict.fromkeys(map(_published, hidden))),
                broader=tuple(ConceptId(cls, item) for item in items(row.get("broader"))),
                links=tuple(links),
                hgvs=row.get("hgvs") or None,
            )
            signed = {_published(n) for n in expanded if n != _published(n)}
            names += [_name(n, concept) for n in expanded if n not in signed]  # a sign in one column holds for all
    for gene, short in symbols.items():  # "HER2m", "EGFRmut"
        mutation = ConceptId(ConceptClass.ALTERATION, f"{display[gene]} mutation")
        marked = [
            symbol + mark for symbol in short for mark in ("m", "mut") if symbol.isupper() or symbol[-1:].isdigit()
        ]
        names += [Name(text=name, concept=mutation, exact_case=True) for name in marked]
    studies = _studies(folders)
    for study in studies.values():
        names += [_study_name(name, study.label) for name in study.names]
    lexicon = Lexicon(concepts, tuple(names), kinds, studies, display, _cues(folders))
    for pattern in kinds:  # every kind of ERBB2 alteration is a concept, mentioned or not
        if not kinds[pattern].genes or "ERBB2" in kinds[pattern].genes:
            for composed in lexicon.compose("ERBB2", pattern):
                concepts.setdefault(composed.id, composed)
    for row_id in list(concepts):  # the alterations above a variant of another gene
        for up in concepts[row_id].broader:
            if up not in concepts:
                try:
                    concepts |= {c.id: c for c in compose_by_label(lexicon, up.label)}
                except LexiconError as error:
                    raise LexiconError(f"{places.get(row_id, row_id.label)}: {error}") from error
    check_links(concepts, places)
    check_names(names, places)
    return lexicon


def compose_by_label(lexicon: Lexicon, label: str) -> list[Concept]:
    """The composed alteration that bears a label such as "EGFR exon 19 deletion", and those above it."""
    for gene, shown in lexicon.display.items():
        for pattern in lexicon.kinds:
            if pattern.format(gene=shown) == label:
                return list(lexicon.compose(gene, pattern))
    raise LexiconError(f"“{label}” is named as broader concept but no file defines it")


def _therapy(label: str, concepts: Mapping[ConceptId, Concept]) -> ConceptId:
    drug = ConceptId(ConceptClass.DRUG, label)
    return drug if drug in concepts else ConceptId(ConceptClass.DRUG_CLASS, label)


def _studies(folders: Sequence[Path]) -> dict[str, KnownStudy]:
    return {
        row["label"]: KnownStudy(
            label=row["label"],
            names=(row["label"], *items(row["synonyms"]), *items(row["hidden"])),
            cls=row["class"] or None,
            part_of=row["part_of"] or None,
        )
        for _, row in rows_of(folders, "studies")
    }


def _cues(folders: Sequence[Path]) -> tuple[Cue, ...]:
    return tuple(
        Cue(pattern=row["cue"], kind=row["kind"], value=row["value"], unless_next=row["unless_next"])
        for _, row in rows_of(folders, "cues")
    )


@cache
def default_lexicon() -> Lexicon:
    """The lexicon that the project ships."""
    return load(resource("ontology", "lexicon"))
