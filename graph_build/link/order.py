"""What stands above what in a published vocabulary."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..mesh import above as steps_up
from .terms import Term


@dataclass(slots=True)
class Order:
    """What stands above what in one vocabulary."""

    up: dict[str, tuple[str, ...]] = field(default_factory=dict)  # the entries above, as the file has them
    trees: dict[str, tuple[str, ...]] = field(default_factory=dict)
    at: dict[str, str] = field(default_factory=dict)  # tree number → entry
    editions: dict[str, str] = field(default_factory=dict)
    _above: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, term: Term, edition: str) -> None:
        """Take the place of an entry; the first file that has one counts."""
        headings = tuple(f"mesh:{heading}" for heading in term.mapped_to)
        up = term.ancestors or term.parents or headings
        if term.id in self.editions and (term.id in self.up or term.id in self.trees or not (up or term.trees)):
            return
        self.editions[term.id] = edition
        if up:
            self.up[term.id] = up
        if term.trees:
            self.trees[term.id] = term.trees
            self.at.update(dict.fromkeys(term.trees, term.id))

    def above(self, identifier: str) -> frozenset[str]:
        """All entries above one.

        In MeSH the way up goes from tree number to tree number and not from heading to heading: a heading stands in
        several trees, and what is above it in one is not above what is below it in another.
        """
        if identifier not in self._above:
            found, todo = set(), [identifier]
            while todo:
                one = todo.pop()
                found |= {self.at[p] for t in self.trees.get(one, ()) for _, p in steps_up(t) if p in self.at}
                new = set(self.up.get(one, ())) - found
                found |= new
                todo += new
            self._above[identifier] = frozenset(found - {identifier})
        return self._above[identifier]
