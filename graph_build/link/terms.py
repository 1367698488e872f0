"""Entries of published vocabularies, and the files they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..model import Her2kgError
from .names import normal, words


class VocabularyError(Her2kgError):
    """A vocabulary file is missing or is not what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An entry of a vocabulary; one without a label is known by its cross-references alone."""

    id: str  # CURIE
    label: str = ""
    synonyms: tuple[str, ...] = ()
    obsolete: bool = False
    replaced_by: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()  # CURIEs of the same thing elsewhere
    parents: tuple[str, ...] = ()  # CURIEs of the entries directly above
    ancestors: tuple[str, ...] = ()  # of all above, where the file lists them so
    trees: tuple[str, ...] = ()  # MeSH tree numbers
    mapped_to: tuple[str, ...] = ()  # the headings of a MeSH supplementary record

    @property
    def names(self) -> tuple[str, ...]:
        """The label and the synonyms."""
        return (self.label, *self.synonyms) if self.label else self.synonyms


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyFile:
    """A file with entries of one vocabulary, read anew at each call of :meth:`terms`."""

    name: str  # what the result tables call it, such as "mondo"
    path: Path
    version: str
    prefixes: frozenset[str]  # of the entries
    read: Callable[[Path], Iterator[Term]]
    complete: bool = True  # whether an identifier that is not here does not exist
    second_hand: bool = False  # whether its names are those that others copied, or guessed
    sha256: str = ""

    def terms(self) -> Iterator[Term]:
        """The entries, in the order of the file.

        Raises :class:`VocabularyError` when the file is not what it is called after, or holds nothing.
        """
        empty = True
        try:
            for term in self.read(self.path):
                empty = False
                yield term
        except VocabularyError:
            raise
        except Exception as error:  # parsers of JSON, YAML, pickles, Zstandard each have their own
            why = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise VocabularyError(f"{self.path}: is not the {self.name} file it is called after ({why})") from error
        if empty:
            raise VocabularyError(f"{self.path}: is not the {self.name} file it is called after; it has no entries")


@dataclass(slots=True)
class Vocabulary:
    """The entries of one file in memory, found by identifier and by name."""

    name: str
    source: str  # the file
    version: str  # its edition
    terms: dict[str, Term] = field(default_factory=dict)
    _labels: dict[str, list[Term]] = field(default_factory=dict)
    _synonyms: dict[str, list[Term]] = field(default_factory=dict)
    _words: dict[frozenset[str], list[Term]] = field(default_factory=dict)

    def add(self, terms: Iterable[Term]) -> Vocabulary:
        """Add entries and index their names."""
        for term in terms:
            self.terms[term.id] = term
            self._labels.setdefault(normal(term.label), []).append(term)
            self._words.setdefault(words(term.label), []).append(term)
            for name in {normal(s) for s in term.synonyms} - {normal(term.label)}:
                self._synonyms.setdefault(name, []).append(term)
        return self

    def by_label(self, name: str) -> list[Term]:
        """The entries whose label is this name."""
        return self._labels.get(normal(name), [])

    def by_words(self, name: str) -> list[Term]:
        """The entries whose label has the words of this name, in any order and number."""
        return self._words.get(words(name), [])

    def by_synonym(self, name: str) -> list[Term]:
        """The entries that have this name as a synonym."""
        return self._synonyms.get(normal(name), [])
