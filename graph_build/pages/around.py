"""What a thing is linked to, for the small picture on its page: bounded, in groups of one relation each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from ..network import GENERAL, VERBS
from ..prefixes import PREFIXES
from ..styles import STYLES
from ..vocabulary import HER2
from .claims import Claim, Side
from .entities import TYPE, Description, Entities

#: Of one relation so many neighbours are drawn, and so many in all.
SHOWN: Final = 7
LARGEST: Final = 28

_SKOS: Final = PREFIXES["skos"]
#: What a thing is, from vocabularies: these relations stand first.
_CURATED: Final = ("inClass", "broader", "memberOf", "alterationOf", "targets", "hasComponent")
#: What the relations of the picture are, in the order in which they stand.
_RELATIONS: Final = (
    *_CURATED,
    *("investigates", "enrols", "condition", "population", "design", "partOf", "pools", "reportedIn"),
    *(verb for verb in VERBS if verb not in ("indexedUnder", "mentions", "studiedIn")),
    "studiedIn",  # the weakest: a neighbour stands where more is said of it
)
_PREDICATES: Final = {_SKOS + name if name == "broader" else HER2 + name: name for name in _RELATIONS} | {
    PREFIXES["cito"] + "cites": "cites"
}
_CLASSES: Final = {style.cls for style in STYLES}


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbours by one relation."""

    words: str  # the relation, read from the thing
    status: str  # "", "denied", "limited", "open", or "disputed" where texts differ
    shown: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Around:
    """A thing, its neighbours in groups, and the links among those."""

    centre: str
    groups: tuple[Group, ...]
    among: tuple[tuple[str, str, str], ...]  # from, relation in words, to

    @property
    def shown(self) -> list[str]:
        """Every neighbour that is drawn, once."""
        return list(dict.fromkeys(iri for group in self.groups for iri in group.shown))


def kind_of(iri: str, entities: Entities) -> str:
    """The class of a thing as pictures draw it; empty for what they do not draw."""
    names = [kind.removeprefix(HER2) for kind in entities.values(iri, TYPE)]
    return next((general for name in names if (general := GENERAL.get(name, name)) in _CLASSES), "")


def around(found: Description, claims: Iterable[Claim], entities: Entities) -> Around:
    """The neighbourhood of a thing, from its properties, what links to it and what is said of it."""
    said: dict[tuple[int, int, str], set[str]] = {}
    for name, inverse, status, iri in (*_of_properties(found), *_of_claims(found.iri, claims)):
        if iri != found.iri:
            said.setdefault((_RELATIONS.index(name), inverse, iri), set()).add(status)
    groups: dict[tuple[int, int, str], list[str]] = {}
    for (rank, inverse, iri), statuses in said.items():
        status = next(iter(statuses)) if len(statuses) == 1 else "disputed"
        groups.setdefault((rank, inverse, status), []).append(iri)
    room, shown = LARGEST, []
    drawn: set[str] = set()
    for (rank, inverse, status), iris in sorted(groups.items()):
        fresh = [iri for iri in iris if iri not in drawn and kind_of(iri, entities)]
        ordered = sorted(fresh, key=lambda iri: (entities.label(iri).casefold(), iri))
        chosen = tuple(ordered[: min(SHOWN, room)])
        room -= len(chosen)
        drawn.update(chosen)
        words = VERBS[_RELATIONS[rank]][inverse]
        if chosen:
            shown.append(Group(words, status, chosen, len(ordered) - len(chosen)))
    return Around(found.iri, tuple(shown), tuple(_among(drawn, entities)))


def _of_properties(found: Description) -> Iterator[tuple[str, int, str, str]]:
    for predicate, terms in found.triples_out.items():
        if predicate in _PREDICATES:
            for term in terms:
                if isinstance(term, NamedNode):
                    yield _PREDICATES[predicate], 0, "", term.value
    for predicate, (_, subjects) in found.links_in.items():
        if predicate in _PREDICATES:
            for subject in subjects:
                yield _PREDICATES[predicate], 1, "", subject


def _of_claims(iri: str, claims: Iterable[Claim]) -> Iterator[tuple[str, int, str, str]]:
    for claim in claims:
        if claim.predicate in _RELATIONS and iri in (claim.subject, claim.object):
            inverse = int(claim.object == iri)
            yield claim.predicate, inverse, _status(claim), claim.subject if inverse else claim.object


def _status(claim: Claim) -> str:
    if claim.side is Side.OPEN:
        return "open"
    return "denied" if claim.negated else "limited" if claim.side is Side.AGAINST else ""


def _among(drawn: set[str], entities: Entities) -> Iterator[tuple[str, str, str]]:
    """The links among the neighbours, which make it a network."""
    for iri in sorted(drawn):
        for predicate, name in _PREDICATES.items():
            for other in entities.values(iri, predicate):
                if other in drawn and other != iri:
                    yield iri, VERBS[name][0], other
