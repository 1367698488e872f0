"""Two graphs compared: what came, what went, and what is said otherwise."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from .snapshot import About, Claim, Quote, Snapshot, Stance, Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """Something about which the second graph has another stance than the first."""

    was: Claim
    now: Claim
    document: str  # the document that says both; empty when they are said by different ones
    stands: bool  # the earlier statement is in the second graph too


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A statement of both graphs, with the quotes that only one of them has."""

    claim: Claim
    came: tuple[Quote, ...]
    went: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed from one graph to another; every list is sorted by names."""

    before: Snapshot
    after: Snapshot
    documents_added: tuple[Thing, ...]
    documents_removed: tuple[Thing, ...]
    documents_changed: tuple[Thing, ...]
    studies_new: tuple[Thing, ...]
    studies_gone: tuple[Thing, ...]
    statements_new: tuple[Claim, ...]
    statements_gone: tuple[Claim, ...]
    statements_flipped: tuple[Flip, ...]
    statements_quoted: tuple[Quoted, ...]
    mentioned_new: tuple[Thing, ...]
    mentioned_gone: tuple[Thing, ...]
    mappings_new: tuple[tuple[str, str, str], ...]
    mappings_gone: tuple[tuple[str, str, str], ...]
    mappings_changed: tuple[tuple[str, str, str, str], ...]  # concept, target, the relation before and after
    quads: Mapping[str, tuple[int, int]]  # of each graph that differs: the quads that came and that went

    @property
    def same(self) -> bool:
        """Nothing at all is different."""
        return not self.quads and (self.before.tool, self.before.ontology) == (self.after.tool, self.after.ontology)

    def name(self, iri: str) -> str:
        """What a thing is called in the second graph, else in the first."""
        return self.after.names.get(iri) or self.before.name(iri)


def compare(before: Snapshot, after: Snapshot) -> Changes:
    """What changed from one graph to another."""
    names = {**before.names, **after.names}

    def things(iris: Iterable[str]) -> tuple[Thing, ...]:
        return tuple(sorted(Thing(names.get(iri, iri), iri) for iri in iris))

    def named(claims: Iterable[Claim]) -> tuple[Claim, ...]:
        return tuple(sorted(claims, key=lambda claim: _order(claim, names)))

    old, new = before.documents, after.documents
    flips = tuple(sorted(_flips(before.claims, after.claims), key=lambda f: (_order(f.now, names), f.document)))
    flipped = {flip.was.iri for flip in flips} | {flip.now.iri for flip in flips}
    gone, came = before.mappings - after.mappings, after.mappings - before.mappings
    remapped = _remapped(gone, came)
    moved = {(s, relation, o) for s, o, was, now in remapped for relation in (was, now)}
    return Changes(
        before=before,
        after=after,
        documents_added=things(new.keys() - old.keys()),
        documents_removed=things(old.keys() - new.keys()),
        documents_changed=things(iri for iri in old.keys() & new.keys() if old[iri] != new[iri]),
        studies_new=_only(after.studies, before.studies),
        studies_gone=_only(before.studies, after.studies),
        statements_new=named(c for c in after.claims.values() if c.iri not in {*before.claims, *flipped}),
        statements_gone=named(c for c in before.claims.values() if c.iri not in {*after.claims, *flipped}),
        statements_flipped=flips,
        statements_quoted=tuple(sorted(_quoted(before.claims, after.claims), key=lambda q: _order(q.claim, names))),
        mentioned_new=_only(after.mentioned, before.mentioned),
        mentioned_gone=_only(before.mentioned, after.mentioned),
        mappings_new=tuple(sorted(came - moved)),
        mappings_gone=tuple(sorted(gone - moved)),
        mappings_changed=remapped,
        quads=differing_quads(before.nquads, after.nquads),
    )


def _only(these: Iterable[Thing], those: Iterable[Thing]) -> tuple[Thing, ...]:
    """Things that are not among others, which may call the same thing otherwise."""
    known = {thing.iri for thing in those}
    return tuple(sorted(thing for thing in these if thing.iri not in known))


def _order(claim: Claim, names: Mapping[str, str]) -> tuple[object, ...]:
    about = claim.about
    words = [names.get(iri, iri) for iri in (about.subject, about.predicate, about.object, *about.context)]
    return (words, claim.stance, claim.iri)


def _flips(before: Mapping[str, Claim], after: Mapping[str, Claim]) -> Iterator[Flip]:
    """First what one document says otherwise than before, then new statements beside or instead of others."""
    earlier, later = _by_subject(before.values()), _by_subject(after.values())
    for about in sorted(earlier.keys() & later.keys()):
        old, new = earlier[about], later[about]
        explained: set[Stance] = set()
        for document in sorted({d for c in old.values() for d in c.documents}):
            had = {stance for stance, claim in old.items() if document in claim.documents}
            has = {stance for stance, claim in new.items() if document in claim.documents}
            for was, now in zip(sorted(had - has), sorted(has - had), strict=False):
                yield Flip(was=old[was], now=new[now], document=document, stands=was in new)
                explained |= {was, now}
        for now in sorted(new.keys() - old.keys() - explained):
            was = min(old, key=lambda stance: (stance in new, stance in explained, stance))
            yield Flip(was=old[was], now=new[now], document="", stands=was in new)


def _by_subject(claims: Iterable[Claim]) -> dict[About, dict[Stance, Claim]]:
    found: dict[About, dict[Stance, Claim]] = {}
    for claim in claims:
        found.setdefault(claim.about, {})[claim.stance] = claim
    return found


def _quoted(before: Mapping[str, Claim], after: Mapping[str, Claim]) -> Iterator[Quoted]:
    """Statements of both graphs whose quotes differ: in their words, not in where they stand."""
    for iri in before.keys() & after.keys():
        old = {(q.document, q.text, q.role): q for q in before[iri].quotes}
        new = {(q.document, q.text, q.role): q for q in after[iri].quotes}
        came = tuple(sorted(new[key] for key in new.keys() - old.keys()))
        went = tuple(sorted(old[key] for key in old.keys() - new.keys()))
        if came or went:
            yield Quoted(claim=after[iri], came=came, went=went)


def _remapped(
    gone: Iterable[tuple[str, str, str]], came: Iterable[tuple[str, str, str]]
) -> tuple[tuple[str, str, str, str], ...]:
    """Concepts that are mapped to the same as before, by another relation."""
    was: dict[tuple[str, str], list[str]] = {}
    now: dict[tuple[str, str], list[str]] = {}
    for pairs, rows in ((was, gone), (now, came)):
        for concept, relation, target in sorted(rows):
            pairs.setdefault((concept, target), []).append(relation)
    return tuple(
        (*pair, old, new)
        for pair in sorted(was.keys() & now.keys())
        for old, new in zip(was[pair], now[pair], strict=False)
    )


def differing_quads(before: Path, after: Path) -> dict[str, tuple[int, int]]:
    """The numbers of quads that only one of two files of sorted lines has, by graph: those that came, and that went."""
    counts: Counter[tuple[str, bool]] = Counter()
    with before.open(encoding="utf-8", newline="\n") as old, after.open(encoding="utf-8", newline="\n") as new:
        merged = heapq.merge(((line, False) for line in old), ((line, True) for line in new), key=itemgetter(0))
        for line, sides in groupby(merged, key=itemgetter(0)):
            found = {side for _, side in sides}
            if len(found) == 1:
                counts[line.rsplit(" ", 2)[1].strip("<>"), found.pop()] += 1
    return {g: (counts[g, True], counts[g, False]) for g in sorted({graph for graph, _ in counts})}
