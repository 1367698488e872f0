"""Regimens: which drugs and classes a text joins, and how.

"A + B" and "A plus B" is one regimen; "A or B plus C" is two (A + C, B + C);
"A ± B" and "A alone or in combination with B" is A and the regimen A + B.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ..model import Concept, ConceptClass, ConceptId, Span

PLUS: Final = re.compile(
    r"\s*(?:\+|plus|combined with|in combination with|combination with|together with|given with|followed by)\s*", re.IGNORECASE
)
OPTIONAL: Final = re.compile(
    r",?\s*(?:±|\+/-|with or without|with/without|alone,? or (?:in combination|combined|together)? ?(?:with|plus)|"
    r"alone and in combination with|as monotherapy or (?:in combination|combined) with)\s*",
    re.IGNORECASE,
)
OR: Final = re.compile(r"\s*(?:,\s*(?:or\s+)?|\s+or\s+|/)\s*", re.IGNORECASE)
LISTED: Final = re.compile(r"\s*(?:,\s*(?:and\s+|plus\s+)?|\s+and\s+|\s+with\s+|\+|/)\s*", re.IGNORECASE)
#: What stands before drugs that are given together.
_COMBINATION: Final = re.compile(r"(?:combination|combinations|combining|combined|doublet|triplet)(?: of)?\s+$", re.IGNORECASE)
#: "pemetrexed-based chemotherapies" is a regimen with pemetrexed in it.
_BASED: Final = re.compile(r"[-\s]based (?:chemo|immuno|combination )?(?:therapy|therapies|regimens?|treatments?|doublets?)", re.IGNORECASE)
#: A bracket between a name and what joins it, such as its abbreviation.
_BRACKET: Final = re.compile(r"\s*\([^()]{1,30}\)")


@dataclass(frozen=True, slots=True)
class Therapy:
    """A drug, class or regimen at a place."""

    span: Span
    concept: ConceptId


@dataclass(frozen=True, slots=True)
class Combination:
    """A regimen at a place, and its parts."""

    span: Span
    concept: ConceptId
    parts: tuple[ConceptId, ...]


def regimen(parts: Iterable[ConceptId]) -> ConceptId:
    """The regimen of some parts; their order in the text does not matter."""
    return ConceptId(ConceptClass.REGIMEN, " + ".join(sorted({part.label for part in parts}, key=str.casefold)))


def as_concept(found: Combination) -> Concept:
    """The concept of a composed regimen."""
    links = tuple(("hasComponent", part) for part in sorted(set(found.parts)))
    together = len(links) > 1
    return Concept(id=found.concept, type="CombinationRegimen" if together else "Regimen", links=links)


def based_on(text: str, therapies: Sequence[Therapy]) -> Iterator[Combination]:
    """Regimens named after one drug: "pemetrexed-based chemotherapy"."""
    for therapy in therapies:
        match = _BASED.match(text, therapy.span.end)
        if match and therapy.concept.cls is ConceptClass.DRUG:
            kind = "chemotherapy" if "chemo" in match[0].lower() else "therapy"
            label = f"{therapy.concept.label}-based {kind}"
            concept = ConceptId(ConceptClass.REGIMEN, label)
            yield Combination(Span(therapy.span.start, match.end()), concept, (therapy.concept,))


def combinations(text: str, therapies: Sequence[Therapy]) -> list[Combination]:
    """The regimens that a text composes from the therapies it names, in order."""
    found: list[Combination] = []
    group: list[Therapy] = []
    joints: list[str] = []
    for therapy in therapies:
        between = _BRACKET.sub("", text[group[-1].span.end : therapy.span.start]) if group else ""
        joint = _joint(between) if group and len(between) < 60 else None
        if joint is None:
            found += _resolve(text, group, joints)
            group, joints = [therapy], []
        elif group and therapy.concept != group[-1].concept:
            group.append(therapy)
            joints.append(joint)
    return found + _resolve(text, group, joints)


def _joint(between: str) -> str | None:
    if between.strip() == "/":
        return "slash"
    for name, pattern in (("optional", OPTIONAL), ("plus", PLUS), ("or", OR), ("and", LISTED)):
        if pattern.fullmatch(between):
            return name
    return None


def _resolve(text: str, group: Sequence[Therapy], joints: Sequence[str]) -> list[Combination]:
    if len(group) < 2:
        return []
    lead = text[max(0, group[0].span.start - 16) : group[0].span.start]
    if _COMBINATION.search(lead) and "optional" not in joints:
        parts = tuple(t.concept for t in group)
        return [Combination(Span(group[0].span.start, group[-1].span.end), regimen(parts), parts)]
    chains: list[list[Therapy]] = [[group[0]]]  # what plus joins; "or" and "and" begin a new chain
    alternatives = []
    for therapy, joint in zip(group[1:], joints, strict=True):
        together = joint == "slash" and {therapy.concept.cls, chains[-1][-1].concept.cls} == {ConceptClass.DRUG}
        if together or joint in ("plus", "optional"):  # "carboplatin/paclitaxel" is given together
            chains[-1].append(therapy)
        else:
            chains.append([therapy])
            alternatives.append(joint)
    last = chains[-1]
    if len(last) > 1 and alternatives and "and" not in alternatives and all(len(c) == 1 for c in chains[:-1]):
        tail = last[1:]  # "A or B plus C": C goes with both
        chains = [[*chain, *tail] for chain in chains[:-1]] + [last]
    found = []
    for chain in chains:
        if len(chain) > 1:
            parts = tuple(t.concept for t in chain)
            shared = chain is not last and chain[-1] is last[-1]
            end = chain[0].span.end if shared else chain[-1].span.end
            found.append(Combination(Span(chain[0].span.start, end), regimen(parts), parts))
    return found
