"""Entries of several files brought together: the same identifier is one entry, an obsolete one is its successor."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from sys import intern
from typing import Final

from ..link.terms import Term, VocabularyError
from ..model import ConceptClass, ConceptId
from ..prefixes import PrefixError, expand
from .admission import LeftOut, admit
from .index import CLASSES, Index
from .keys import name_key
from .kinds import NO_THINGS, SUBSTANCES, kind_of, prefix_of

#: OBO's rule for identifiers of ontologies that the project has not registered (HP:0000001).
_OBO: Final = re.compile(r"[A-Za-z]+:\d{7,8}")
#: How files mark an obsolete label.
_OBSOLETE: Final = re.compile(r"obsolete[ _]", re.IGNORECASE)
#: Vocabularies that write all labels in capitals.
_SHOUTED: Final = frozenset({"chembl.compound", "unii"})
OBSOLETE: Final = "obsolete, without one entry that replaces it"
OUTSIDE: Final = "of a branch or vocabulary whose entries are no names for a text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A vocabulary file that a build used."""

    name: str  # of the file, without its folder
    version: str
    sha256: str
    entries: int


@dataclass(slots=True)
class Vocabularies:
    """What can be recognised beyond the lexicon."""

    index: Index
    sources: tuple[Source, ...]
    left_out_names: Counter[str] = field(default_factory=Counter)
    left_out_entries: Counter[str] = field(default_factory=Counter)


def iri_of(identifier: str) -> str:
    """The IRI of an entry; OBO's rule holds for prefixes of seven digits that are not registered.

    >>> iri_of("HP:0000001"), iri_of("https://example.org/1")
    ('http://purl.obolibrary.org/obo/HP_0000001', 'https://example.org/1')

    Raises :class:`PrefixError` for a prefix that is not known.
    """
    if not prefix_of(identifier):
        return identifier
    try:
        return expand(identifier)
    except PrefixError:
        if _OBO.fullmatch(identifier):
            return "http://purl.obolibrary.org/obo/" + identifier.replace(":", "_")
        raise


@dataclass(slots=True)
class Gathered:
    """Entries while files are read: those with the same identifier are one."""

    ids: dict[str, int] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)  # without what is not needed later
    prefixes: list[str] = field(default_factory=list)  # of the entries
    ranks: dict[str, int] = field(default_factory=dict)  # vocabularies, by their prefix, in order

    def add(self, term: Term) -> None:
        """Add an entry, or what this file knows about one that an earlier file has."""
        if term.id.startswith("mesh:D") and "Q" in term.id:
            return  # a qualifier, or a heading with one
        number = self.ids.setdefault(term.id, len(self.ids))
        if number < len(self.terms):
            known = self.terms[number]
            names = tuple(dict.fromkeys([*known.synonyms, *(n for n in term.names if n != known.label)]))
            self.terms[number] = replace(
                known,
                label=known.label or term.label,
                synonyms=names if known.label else term.synonyms,
                xrefs=known.xrefs + term.xrefs,
                trees=known.trees or term.trees,
                mapped_to=known.mapped_to or term.mapped_to,
                obsolete=known.obsolete or term.obsolete,
                replaced_by=known.replaced_by or term.replaced_by,
            )
        else:
            prefix = intern(prefix_of(term.id))
            parents = term.parents if prefix in ("CHEBI", "MONDO") and not term.ancestors else ()
            if term.parents != parents or term.ancestors:  # what is not needed later goes
                term = replace(term, parents=parents, ancestors=tuple(b for b in NO_THINGS if b in term.ancestors))
            self.terms.append(term)
            self.prefixes.append(prefix)
            self.ranks.setdefault(prefix, len(self.ranks))

    def finish(self, sources: tuple[Source, ...], ours: dict[str, ConceptId]) -> Vocabularies:
        """Index everything."""
        found = Vocabularies(Index(), sources)
        index = found.index
        self._mark_branches()
        moved = self._replacements(found)
        kinds = self._kinds()
        for number, (term, prefix, kind) in enumerate(zip(self.terms, self.prefixes, kinds, strict=True)):
            index.ids.append(term.id)
            index.labels.append(term.label)
            index.ranks.append(min(self.ranks[prefix], 255))
            index.kinds.append(CLASSES.index(kind or ConceptClass.EXTERNAL))
            if term.obsolete or not term.label:
                continue
            concept = ours.get(_checked_iri(term.id))
            if concept:
                index.ours[number] = concept
            if kind is None and not concept:
                found.left_out_entries[OUTSIDE] += 1
                continue
            cls = concept.cls if concept else kind or ConceptClass.EXTERNAL
            if term.xrefs:
                index.xrefs[number] = term.xrefs
            for name in _names(term, prefix, moved.get(number, ())):
                how = admit(name, cls, prefix, is_label=name == term.label, shouted=prefix in _SHOUTED)
                if isinstance(how, LeftOut):
                    found.left_out_names[how.value] += 1
                else:
                    index.add(name, number, how, is_label=name == term.label)
        return found

    def _mark_branches(self) -> None:
        """Mark what is under the branches that hold no things, in files that list parents only."""
        below: dict[str, list[int]] = {}
        for number, term in enumerate(self.terms):
            for parent in term.parents:
                below.setdefault(parent, []).append(number)
        for branch in NO_THINGS:
            todo = list(below.get(branch, ()))
            while todo:
                number = todo.pop()
                if not self.terms[number].ancestors:
                    self.terms[number] = replace(self.terms[number], ancestors=(branch,))
                    todo += below.get(self.terms[number].id, ())

    def _replacements(self, found: Vocabularies) -> dict[int, list[str]]:
        """The names of obsolete entries, under the one entry that replaces them."""
        moved: dict[int, list[str]] = {}
        for term in self.terms:
            if not term.obsolete:
                continue
            seen = {term.id}
            now: Term | None = term
            while now is not None and now.obsolete:
                number = self.ids.get(now.replaced_by[0]) if len(now.replaced_by) == 1 else None
                now = self.terms[number] if number is not None and self.terms[number].id not in seen else None
                seen |= {now.id} if now else set()
            if now is None:
                found.left_out_entries[OBSOLETE] += 1
            else:
                moved.setdefault(self.ids[now.id], []).extend(_OBSOLETE.sub("", name) for name in term.names)
        return moved

    def _kinds(self) -> list[ConceptClass | None]:
        """The class of every entry.  What is a drug or disease in one vocabulary is none the less so in another:
        an entry of no class of ours takes the class that an entry of the same label has."""
        trees = {t.id.removeprefix("mesh:"): t.trees for t in self.terms if t.trees}
        kinds: list[ConceptClass | None] = []
        certain: dict[str, ConceptClass] = {}
        for term, prefix in zip(self.terms, self.prefixes, strict=True):
            headings = tuple(tree for h in term.mapped_to for tree in trees.get(h.removeprefix("mesh:"), ()))
            kind = kind_of(term, prefix, term.trees or headings)
            kinds.append(kind)
            if kind in (ConceptClass.DRUG, ConceptClass.DISEASE) and not term.obsolete:
                certain.setdefault(name_key(term.label), kind)
        for number, (term, prefix) in enumerate(zip(self.terms, self.prefixes, strict=True)):
            if kinds[number] is ConceptClass.EXTERNAL and certain:
                same = certain.get(name_key(term.label))
                if same is ConceptClass.DISEASE or (same and (prefix in SUBSTANCES or prefix == "mesh")):
                    kinds[number] = same
        return kinds


def _checked_iri(identifier: str) -> str:
    try:
        return iri_of(identifier)
    except PrefixError as error:
        raise VocabularyError(f"an entry of a vocabulary has the identifier {identifier}: {error}") from error


def _names(term: Term, prefix: str, moved: Iterable[str]) -> Iterable[str]:
    """The label, the synonyms, a MeSH heading turned round ("Lung Neoplasms" of "Neoplasms, Lung"), the moved names."""
    names = dict.fromkeys(map(str.strip, (*term.names, *moved)))
    if prefix == "mesh" and term.trees and term.label.count(", ") == 1:
        last, _, first = term.label.partition(", ")
        names.setdefault(f"{first} {last}")
    names.pop("", None)
    return names
