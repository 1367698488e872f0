"""Rows of lexicon files to concepts and names; :mod:`graph_build.lexicon` puts them together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from .model import Concept, ConceptClass, ConceptId
from .terms import AlterationKind, Cue, KnownStudy, LexiconError, Name, items, rows_of

Row = Mapping[str, str]
#: From a gene's symbol to the words by which it stands in other names ("anti-HER2 antibody").
Symbols = Mapping[str, tuple[str, ...]]

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
#: The longest name of a gene that makes "anti-X antibody", "X mutation": a symbol, of one word.
_SYMBOL: Final = 10


@dataclass(slots=True)
class Genes:
    """How the genes are shown in the names of their alterations, and by which symbols they are written."""

    display: dict[str, str] = field(default_factory=dict)
    symbols: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, folders: Sequence[Path]) -> Genes:
        """Those of the rows."""
        found = cls()
        for _, row in rows_of(folders, "genes"):
            shown = found.display[row["label"]] = row["display"] or row["label"]
            written = [n for n in (row["label"], *items(row["synonyms"])) if " " not in n and len(n) <= _SYMBOL]
            found.symbols[row["label"]] = tuple(dict.fromkeys([shown, *map(published, written)]))
        return found

    def mutated(self) -> Iterator[Name]:
        """ "HER2m", "EGFRmut", "METamp": short for a mutation, and for an amplification."""
        for gene, symbols in self.symbols.items():
            for mark, kind in (("m", "mutation"), ("mut", "mutation"), ("amp", "amplification")):
                altered = ConceptId(ConceptClass.ALTERATION, f"{self.display[gene]} {kind}")
                for symbol in symbols:
                    if symbol.isupper() or symbol[-1:].isdigit():
                        yield Name(text=symbol + mark, concept=altered, exact_case=True)


@dataclass(slots=True)
class Rows:
    """The concepts of all rows with their names, and the place of each row."""

    concepts: dict[ConceptId, Concept] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)
    places: dict[ConceptId, str] = field(default_factory=dict)

    @classmethod
    def of(cls, folders: Sequence[Path], symbols: Symbols) -> Rows:
        """Those of some folders.

        Raises :class:`LexiconError` for a label that is empty or used before.
        """
        found = cls()
        for stem in _FILES:
            for place, row in rows_of(folders, stem):
                found._take(stem, place, row, symbols)
        return found

    def _take(self, stem: str, place: str, row: Row, symbols: Symbols) -> None:
        cls, kind, columns = _FILES[stem]
        concept = ConceptId(cls, row["label"])
        if not row["label"] or concept in self.concepts:
            raise LexiconError(f"{place}: the label “{row['label']}” is empty or used before")
        self.places[concept] = place
        links = [(prop, ConceptId(to, item)) for col, (prop, to) in columns.items() for item in items(row[col])]
        links += [("hasComponent", self._therapy(c)) for c in items(row.get("components"))]
        synonyms = [name for column in ("name", "synonyms", "codes") for name in items(row.get(column))]
        hidden = items(row.get("hidden"))
        shown = dict.fromkeys(published(next(_expand(name, symbols))) for name in synonyms)
        shown.pop(row["label"], None)
        self.concepts[concept] = Concept(
            id=concept,
            type=row.get("class") or ("Mutation" if kind == "Variant" and not row["hgvs"] else kind),
            synonyms=tuple(shown),
            hidden=tuple(dict.fromkeys(map(published, hidden))),
            broader=tuple(ConceptId(cls, item) for item in items(row.get("broader"))),
            links=tuple(links),
            hgvs=row.get("hgvs") or None,
        )
        written = dict.fromkeys(n for name in (row["label"], *synonyms, *hidden) for n in _expand(name, symbols))
        signed = {published(n) for n in written if n != published(n)}  # a sign in one column holds for all
        self.names += [_name(n, concept) for n in written if n not in signed]

    def _therapy(self, label: str) -> ConceptId:
        drug = ConceptId(ConceptClass.DRUG, label)
        return drug if drug in self.concepts else ConceptId(ConceptClass.DRUG_CLASS, label)


def alteration_kinds(folders: Sequence[Path]) -> dict[str, AlterationKind]:
    """The kinds of alterations by their patterns."""
    return {
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


def known_studies(folders: Sequence[Path]) -> dict[str, KnownStudy]:
    """The studies that have names, by label."""
    return {
        row["label"]: KnownStudy(
            label=row["label"],
            names=(row["label"], *items(row["synonyms"]), *items(row["hidden"])),
            cls=row["class"] or None,
            part_of=row["part_of"] or None,
        )
        for _, row in rows_of(folders, "studies")
    }


def study_names(studies: Mapping[str, KnownStudy]) -> Iterator[Name]:
    """The names of studies; one counts in its own capitals, unless a digit makes it unmistakable."""
    for study in studies.values():
        for written in study.names:  # "SUMMIT", not "summit"
            text = published(written)
            yield Name(
                text=text,
                concept=ConceptId(ConceptClass.STUDY, study.label),
                exact_case="=" in written or not any(c.isdigit() for c in text),
                ambiguous="~" in written,
            )


def cues(folders: Sequence[Path]) -> tuple[Cue, ...]:
    """The words that carry negation, hedging or an appraisal."""
    return tuple(
        Cue(pattern=row["cue"], kind=row["kind"], value=row["value"], unless_next=row["unless_next"])
        for _, row in rows_of(folders, "cues")
    )


def published(name: str) -> str:
    """A name without the signs that say when it counts."""
    return name.lstrip("=~^")


def _expand(name: str, symbols: Symbols) -> Iterator[str]:
    place = re.search(r"\{(\w+)\}", name)
    if not place:
        yield name
        return
    for symbol in symbols.get(place[1], (place[1],)):
        yield from _expand(name[: place.start()] + symbol + name[place.end() :], symbols)


def _is_acronym(name: str) -> bool:
    return len(name) <= 5 and name.replace("-", "").isalpha() and name.isupper()


def _name(written: str, concept: ConceptId) -> Name:
    text = published(written)
    signs = written[: len(written) - len(text)]
    return Name(
        text=text,
        concept=concept,
        exact_case="=" in signs or _is_acronym(text),
        ambiguous="~" in signs,
        before_patients="^" in signs,
    )
