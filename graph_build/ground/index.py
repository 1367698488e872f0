"""A million names in memory, found by their keys.

Columns of numbers and one dictionary of keys hold what a million small objects would take five times the memory for.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass, field

from ..model import ConceptClass, ConceptId
from .admission import How
from .keys import name_key

#: The classes by their number in :attr:`Index.kinds`.
CLASSES: tuple[ConceptClass, ...] = tuple(ConceptClass)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that bears a name, and how this name counts."""

    entry: int
    name: str
    how: How
    is_label: bool


@dataclass(slots=True)
class Index:
    """The entries and names of all vocabularies of a build.

    An entry is a number; ``ids``, ``labels``, ``kinds`` and ``ranks`` have its identifier, label, class and the place
    of its vocabulary in the order in which vocabularies were given.
    """

    ids: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    kinds: array[int] = field(default_factory=lambda: array("B"))
    ranks: array[int] = field(default_factory=lambda: array("B"))
    ours: dict[int, ConceptId] = field(default_factory=dict)  # entries that are a concept of the lexicon
    xrefs: dict[int, tuple[str, ...]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    _entries: array[int] = field(default_factory=lambda: array("I"))  # per name: its entry
    _how: array[int] = field(default_factory=lambda: array("B"))  # per name: how it counts, and whether it is the label
    _last: dict[str, int] = field(default_factory=dict)  # per key: the last name that has it
    _before: array[int] = field(default_factory=lambda: array("i"))  # per name: the one before with the same key

    def add(self, name: str, entry: int, how: How, *, is_label: bool) -> None:
        """Make a name findable; all names of an entry are added before those of the next.

        A spelling of one that the entry has is no name of its own.
        """
        key = name_key(name)
        if not key:
            return
        last = self._last.get(key, -1)
        while last >= 0:
            if self._entries[last] == entry and self._how[last] & 3 == how:
                return
            last = self._before[last]
        self._before.append(self._last.get(key, -1))
        self._last[key] = len(self.names)
        self.names.append(name)
        self._entries.append(entry)
        self._how.append(how | (4 if is_label else 0))

    def candidates(self, key: str) -> list[Candidate]:
        """The entries that bear a name with this key, those of the vocabulary given first before others."""
        found: list[Candidate] = []
        number = self._last.get(key, -1)
        while number >= 0:
            how = self._how[number]
            found.append(Candidate(self._entries[number], self.names[number], How(how & 3), bool(how & 4)))
            number = self._before[number]
        return sorted(found, key=lambda c: (self.ranks[c.entry], not c.is_label, self.ids[c.entry], c.name))

    def __contains__(self, key: str) -> bool:
        return key in self._last

    def kind(self, entry: int) -> ConceptClass:
        """The class of an entry: that of our concept where it is one."""
        return self.ours[entry].cls if entry in self.ours else CLASSES[self.kinds[entry]]

    def names_of(self, entry: int) -> tuple[str, ...]:
        """The names by which an entry is found, its label first; they were added one after the other."""
        first = bisect_left(self._entries, entry)
        end = first
        while end < len(self._entries) and self._entries[end] == entry:
            end += 1
        return tuple(dict.fromkeys(self.names[first:end]))
