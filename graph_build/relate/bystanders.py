"""Genes that a text names beside what it speaks of: the pathway by which that works, what it is measured beside."""

from __future__ import annotations

import re
from typing import Final

from ..model import ConceptClass, Mention, Span
from .discourse import Sentence, outermost
from .outlook import OUTLOOK

#: "promotes growth via", "by activating": what stands after is how something else has its effect.
_BY_WAY_OF: Final = re.compile(
    r"\b(?:(?:via|through)(?!\s+(?:the\s+|an?\s+)?(?:analy[sz]|stud|use|review|evaluat|examin|sequenc|screen|assess|detect|"
    r"measur|target))|(?:via|through|by)\s+(?:\w+ly\s+)?(?:(?:in)?activating|targeting|(?:(?:up|down)[\s-]?)?regulat(?:ing|ion\s+of)|inhibiting|"
    r"modulating|(?:re|sup)pressing|sponging|promoting|inducing|binding|interacting|stabili[sz]ing|degrading))\b[^,;:()]*$",
    re.IGNORECASE,
)
#: What is unknown here and acts on the gene: "microRNA-9 directly targets".
_TARGETED: Final = re.compile(
    r"\b(?:miR|microRNA|let|mir)-?\d\S*\s+(?:[a-z]+ly\s+)?(?:targets?|targeting|regulates?|suppress(?:es)?|inhibits?)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
#: The tail of a pathway's name: "the A/B pathway", "B signaling".
_OF_PATHWAY: Final = re.compile(
    r"(?:/[\w\u03b1-\u03c9-]+)*\s+(?:signal\w*\s+)?(?:signal\w*|pathways?|ax[ie]s|cascades?)\b", re.IGNORECASE
)
_SLASHED: Final = re.compile(r"[\w\u03b1-\u03c9]/$")
#: What comes of the gene or is done to it, which is the one meant: "p53-induced protein", "E-cadherin repressor".
_ANOTHERS: Final = re.compile(
    r"[\u2010-\u2013-](?:induced|inducible|mediated|(?:in)?dependent|driven|targeted|targeting|regulated|modulated)\b|"
    r"\s+(?:modulated|regulated|repressors?|activators?|regulators?|agonists?|antagonists?)\b",
    re.IGNORECASE,
)
#: What the patients have, and what is only changed by the subject.
_OF_PATIENTS: Final = re.compile(
    r"\bwith\s+(?:normal|preserved|intact|unaltered|undetectable)\s+(?:[\w-]+\s+){0,4}$|\beffects?\s+on\s+(?:the\s+)?$",
    re.IGNORECASE,
)
#: What something goes together with, unless that is survival.
_GOES_WITH: Final = re.compile(r"\b(?:associat|correlat|relation)\w*\b(?P<whose>[^:;]*?)\bwith\b[^:;]*$", re.IGNORECASE)
_SURVIVAL: Final = re.compile(r"\b(?:survival|prognosis|outcomes?|relapse|recurrence|mortality)\b", re.IGNORECASE)

#: What something else acts on: "X suppresses Y expression and predicts".
_ACTED_ON: Final = re.compile(
    r"\b(?:targets|(?:(?:up|down)-?)?regulates|modulates|induces|suppresses|represses|inhibits|activates|enhances|reduces)\s+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
#: "in cells harboring X or".
_HARBORING: Final = re.compile(r"\b(?:harbou?ring|carrying|bearing)\s+(?:[\w/-]+\s+(?:or|and)\s+)?$", re.IGNORECASE)
#: "in ER-positive …", "women with …".
_IN_WHOM: Final = re.compile(r"\b(?:in|with|for|among|of)\s+(?:[\w+/-]+\s?){0,2}$", re.IGNORECASE)


def by_way_of(sentence: Sentence, gene: Mention) -> bool:
    """Whether something else has its effect by way of a gene: "promotes growth through activating A/B signaling"."""
    clause = sentence.clause_at(gene.span.start)
    return bool(
        _BY_WAY_OF.search(sentence.text, clause.start, gene.span.start)
        or _TARGETED.search(sentence.text, clause.start, gene.span.start)
    )


def beside_title(title: Sentence, concept: object) -> bool:
    """Whether a title names a gene or an alteration only beside the one whose prognosis it tells, at every place."""
    named = outermost(title.of(ConceptClass.ALTERATION, ConceptClass.GENE))
    places = [m for m in named if m.concept == concept]
    return bool(places) and all(_beside(title, m, named) for m in places)


def _beside(title: Sentence, mention: Mention, named: list[Mention]) -> bool:
    start, end = title.span.start, title.span.end
    if by_way_of(title, mention) or _ANOTHERS.match(title.text, mention.span.end, end):
        return True
    slashed = _SLASHED.search(title.text, start, mention.span.start) or title.text.startswith("/", mention.span.end)
    if slashed and _OF_PATHWAY.match(title.text, mention.span.end, end):
        return True
    if _OF_PATIENTS.search(title.text, start, mention.span.start):
        return True
    if _ACTED_ON.search(title.text, start, mention.span.start):
        return True
    goes = _GOES_WITH.search(title.text, start, mention.span.start)
    if goes and not _SURVIVAL.search(title.text, start, goes.end("whose")):
        return True
    return _tells_whom(title, mention, named)


def _tells_whom(title: Sentence, mention: Mention, named: list[Mention]) -> bool:
    """Whether an alteration right before a disease only tells in whom something else has a meaning for survival."""
    lead = Span(title.span.start, mention.span.start)
    others = [m for m in named if m.span.end <= lead.end and m.concept != mention.concept]
    said = OUTLOOK.search(title.text, lead.start, lead.end)
    if not others and not (said and said.start() > lead.start):
        return False
    if others and _HARBORING.search(title.words(lead)):
        return True
    if not _IN_WHOM.search(title.words(lead)):
        return False
    behind = [d for d in title.of(ConceptClass.DISEASE) if d.span.start >= mention.span.end]
    return bool(behind) and not title.text[mention.span.end : behind[0].span.start].strip(" -()")
