"""Regimens: which drugs and classes a text joins, and how.

"A + B" and "A plus B" is one regimen; "A or B plus C" is two (A + C, B + C);
"A ± B" and "A alone or in combination with B" is A and the regimen A + B.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ..lexicon import Lexicon
from ..model import Concept, ConceptClass, ConceptId, Span

PLUS: Final = re.compile(
    r"\s*(?:\+|(?:plus|combined with|in combination with)(?: (?:\d|one|two|three|four|six) cycles of)?|"
    r"combination with|together with|given with|with (?:concurrent|concomitant)|followed by)\s*",
    re.IGNORECASE,
)
OPTIONAL: Final = re.compile(
    r",?\s*(?:±|\+/-|with or without|with/without|alone,? or (?:in combination|combined|together)? ?(?:with|plus)|"
    r"alone and in combination with|as monotherapy or (?:in combination|combined) with)\s*",
    re.IGNORECASE,
)
OR: Final = re.compile(r"\s*(?:,\s*(?:or\s+)?|\s+or\s+|/)\s*", re.IGNORECASE)
LISTED: Final = re.compile(r"\s*(?:,\s*(?:and\s+|plus\s+)?|\s+and\s+|\s+with\s+|\+|/)\s*", re.IGNORECASE)
#: What stands before drugs that are given together.
_COMBINATION: Final = re.compile(
    r"(?:combination|combinations|combining|combined|doublet|triplet)(?: of)?\s+$", re.IGNORECASE
)
#: After a list that ends in what has no name here: "irinotecan, fluorouracil, and xyzine".
_GOES_ON: Final = re.compile(
    r"(?:\s*\([^()]{1,30}\))?,?\s+and\s+(?:\d+-?)?[a-z]+(?:in|ine|ide|ate|ib|ab|one|ol|en|um)\b", re.IGNORECASE
)
#: "pemetrexed-based chemotherapies" is a regimen with pemetrexed in it.
_BASED: Final = re.compile(
    r"[-\s]based (?:chemo|immuno|combination )?(?:therapy|therapies|regimens?|treatments?|doublets?)", re.IGNORECASE
)
#: A bracket between a name and what joins it, such as its abbreviation.
_BRACKET: Final = re.compile(r"\s*\([^()]{1,30}\)")


#: How the next therapy is given.
_GIVEN: Final = re.compile(
    r"(?<=[\s/+])(?:(?:fixed|full|high|low|reduced|standard)[- ]dose|intravenous|oral|subcutaneous|weekly)\s+$",
    re.IGNORECASE,
)
#: How much of one is given.
_DOSE: Final = re.compile(
    r"^\s*\(?\d+(?:[.,]\d+)?\s?(?:mg|g|µg|μg|mcg)(?:\s?/\s?(?:kg|m2|m²|d|day))?\)?(?:\s+(?:once|twice)\s+(?:daily|weekly)|\s+daily)?"
    r"(?=[\s+/])"
)
#: What makes "followed by" that of a ranking: "the most used inhibitor was A, followed by B".
_RANKED: Final = re.compile(r"\bmost\b[^.;]{0,60}$")
#: What ends a list of medicines given together: "A, B, plus C".
_ALL: Final = re.compile(r"\s*,\s*plus\s+", re.IGNORECASE)
#: Stems of medicines of which nobody takes two at once: "gefitinib/erlotinib" are two choices.
_ALIKE: Final = re.compile(r"(?:tinib|platin|taxel|parib|ciclib|lutamide|nisone|nisolone)$")


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


def as_concept(found: Combination, made_of: Mapping[ConceptId, tuple[ConceptId, ...]]) -> Concept:
    """The concept of a composed regimen.

    Its components are drugs and classes: of a regimen in it ("platinum-pemetrexed chemotherapy
    plus pembrolizumab") what that one is ``made_of``.
    """
    parts = {one for part in found.parts for one in made_of.get(part, (part,))}
    links = tuple(("hasComponent", part) for part in sorted(parts))
    together = len(links) > 1
    return Concept(id=found.concept, type="CombinationRegimen" if together else "Regimen", links=links)


@lru_cache(maxsize=8)
def known_regimens(lexicon: Lexicon) -> dict[ConceptId, tuple[ConceptId, ...]]:
    """The regimens of a lexicon and what each is made of."""
    return {
        concept: tuple(part for link, part in known.links if link == "hasComponent")
        for concept, known in lexicon.concepts.items()
        if concept.cls is ConceptClass.REGIMEN
    }


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
        bracket = _bracket_end(text, group[-1], therapy) if group else None
        if bracket is not None:  # "trastuzumab deruxtecan (T-DXd) plus …": another name of the same
            exact = therapy.concept if therapy.concept.cls is ConceptClass.REGIMEN else group[-1].concept
            group[-1] = Therapy(Span(group[-1].span.start, bracket), exact)  # "chemotherapy (FOLFOX) plus …"
            continue
        between = _BRACKET.sub("", text[group[-1].span.end : therapy.span.start]) if group else ""
        between = _GIVEN.sub("", _DOSE.sub("", between))
        joint = _joint(between) if group and len(between) < 60 else None
        if (
            joint == "plus"
            and "followed" in between
            and _RANKED.search(text, max(0, group[-1].span.start - 70), group[-1].span.start)
        ):
            joint = None
        if joint is None:
            found += _resolve(text, group, joints)
            group, joints = [therapy], []
        elif group and therapy.concept != group[-1].concept:
            group.append(therapy)
            joints.append(joint)
    return found + _resolve(text, group, joints)


def _bracket_end(text: str, before: Therapy, therapy: Therapy) -> int | None:
    """Where the bracket ends in which a therapy stands that only explains the one before."""
    opened = re.fullmatch(r"\s*\((?:an?\s+)?(?:[\w-]+\s+){0,3}", text[before.span.end : therapy.span.start])
    closing = text.find(")", therapy.span.end, therapy.span.end + 40)
    if not opened or closing < 0 or "(" in text[therapy.span.end : closing]:
        return None
    regimen_of_class = (before.concept.cls, therapy.concept.cls) == (ConceptClass.DRUG_CLASS, ConceptClass.REGIMEN)
    explains = therapy.concept == before.concept or therapy.concept.cls is ConceptClass.DRUG_CLASS or regimen_of_class
    return closing + 1 if explains else None


def _joint(between: str) -> str | None:
    if between.strip() in ("/", ","):
        return "slash" if "/" in between else "comma"
    if between in ("-", "–"):
        return "slash"  # "gemcitabine-cisplatin" is given together, as "gemcitabine/cisplatin" is
    if _ALL.fullmatch(between):
        return "all"
    for name, pattern in (("optional", OPTIONAL), ("plus", PLUS), ("or", OR), ("and", LISTED)):
        if pattern.fullmatch(between):
            return name
    return None


@dataclass(slots=True)
class _Chain:
    """Therapies given together, and where the text names them."""

    therapies: list[Therapy]
    start: int
    end: int

    def combination(self) -> Combination:
        parts = tuple(t.concept for t in self.therapies)
        return Combination(Span(self.start, self.end), regimen(parts), parts)


def _resolve(text: str, group: Sequence[Therapy], joints: Sequence[str]) -> list[Combination]:
    if len(group) < 2:
        return []
    lead = text[max(0, group[0].span.start - 16) : group[0].span.start]
    if _COMBINATION.search(lead) and "optional" not in joints:
        return [_Chain(list(group), group[0].span.start, group[-1].span.end).combination()]
    if joints[-1] == "all" and set(joints[:-1]) == {"comma"} and {t.concept.cls for t in group} == {ConceptClass.DRUG}:
        return [_Chain(list(group), group[0].span.start, group[-1].span.end).combination()]
    joints = [
        "and" if joint == "all" else joint for joint in joints
    ]  # "savolitinib, a MET inhibitor, plus osimertinib"
    if joints[-1] == "comma" and "plus" in joints and _GOES_ON.match(text, group[-1].span.end):
        return []  # the known parts of a regimen are not the regimen
    chains, alternatives = _chains(
        text, group, [_comma(joints, i) if j == "comma" else j for i, j in enumerate(joints)]
    )
    last = chains[-1]
    if (
        len(last.therapies) > 1
        and alternatives
        and set(alternatives) == {"or"}
        and all(len(c.therapies) == 1 for c in chains[:-1])
        and not {c.therapies[0].concept for c in chains[:-1]} & {t.concept for t in last.therapies[1:]}
    ):
        for chain in chains[:-1]:  # "A or B plus C": C goes with both
            chain.therapies += last.therapies[1:]
    if len(last.therapies) > 1 and "and" in alternatives and all(len(c.therapies) == 1 for c in chains[:-1]):
        together = [t for chain in chains for t in chain.therapies]
        listed = len(chains) > 2 and set(alternatives) == {"and"}
        if listed and {t.concept.cls for t in together[: len(chains)]} == {ConceptClass.DRUG}:
            chains = [_Chain(together, together[0].span.start, together[-1].span.end)]  # "A, B, and C plus D"
        elif joints[len(chains) - 1 : len(chains)] == ["plus"]:
            return []  # "A and B plus C": is A given with C?
    return [chain.combination() for chain in chains if len(chain.therapies) > 1]


def _alike(one: ConceptId, other: ConceptId) -> bool:
    first, second = _ALIKE.search(one.label), _ALIKE.search(other.label)
    return first is not None and second is not None and first[0] == second[0]


def _comma(joints: Sequence[str], index: int) -> str:
    """A comma means what ends its list: "A, B and C", "A, B or C"."""
    return next(("and" if joint == "and" else "or" for joint in joints[index:] if joint != "comma"), "or")


def _chains(text: str, group: Sequence[Therapy], joints: Sequence[str]) -> tuple[list[_Chain], list[str]]:
    """What plus joins is one chain; "or" and "and" begin a new one, but after "plus" they go on with it."""
    chains = [_Chain([group[0]], group[0].span.start, group[0].span.end)]
    alternatives: list[str] = []
    for index, (therapy, joint) in enumerate(zip(group[1:], joints, strict=True)):
        chain = chains[-1]
        last = chain.therapies[-1].concept
        together = therapy.concept.cls is ConceptClass.DRUG and not _alike(last, therapy.concept)
        hyphen = text[chain.therapies[-1].span.end : therapy.span.start] in ("-", "–")
        together &= last.cls is ConceptClass.DRUG or (last.cls is ConceptClass.REGIMEN and hyphen)
        goes_on = len(chain.therapies) > 1 and joints[index + 1 : index + 2] not in (["plus"], ["optional"])
        if therapy.concept in {one.concept for one in chain.therapies}:
            goes_on = False  # "A plus B, A or C": A alone is another choice
        elif therapy.concept.cls is not ConceptClass.DRUG and joints[max(0, index - 1) : index] == ["slash"]:
            goes_on = False  # "A/B and FOLFIRINOX" are two choices
        if joint == "optional" and len(chain.therapies) > 1:  # "A + B ± C": A + B, and A + B + C
            chains.append(_Chain([*chain.therapies, therapy], therapy.span.start, therapy.span.end))
        elif joint in ("plus", "optional") or (joint == "slash" and together) or (joint == "and" and goes_on):
            chain.therapies.append(therapy)  # "carboplatin/paclitaxel" is given together
            chain.end = therapy.span.end
        elif joint == "or" and goes_on and joints[index + 1 : index + 2] != ["slash"]:  # "A plus B or C": A + B, A + C
            chains.append(_Chain([*chain.therapies[:-1], therapy], therapy.span.start, therapy.span.end))
        else:
            chains.append(_Chain([therapy], therapy.span.start, therapy.span.end))
            alternatives.append(joint)
    return chains, alternatives
