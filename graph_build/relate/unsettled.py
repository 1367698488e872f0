"""What is not known of a therapy: ``efficacyIn`` as an open question, without an appraisal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..model import Appraisal, Certainty, ConceptClass, Mention, Span, Statement
from .appraisals import PRECLINICAL
from .cues import Valued
from .discourse import RESISTANT, THERAPIES, Discourse, Sentence, distinct, outermost
from .joint import given_with_another
from .sureness import FROM_ELSEWHERE
from .whom import setting

_EFFECT: Final = re.compile(
    r"\b(?P<whose>(?:whose|its|their)\s+(?:\w+\s+)?)?(?:efficacy|effectiveness|efficiency|benefits?)\b", re.IGNORECASE
)
_DEGREE: Final = r"(?:(?:still|yet|largely|currently|somewhat|highly|as\s+yet)\s+)*"
_UNCLEAR: Final = (
    r"(?:unclear|unknown|uncertain|undefined|unproven|elusive|(?:incompletely|incomprehensively|poorly|insufficiently)\s+"
    r"(?:understood|defined|studied|characteri[sz]ed|known|explored))"
)
_FOUND: Final = (
    r"(?:established|determined|elucidated|confirmed|clarified|defined|proven|studied|evaluated|investigated|explored)"
)
_UNSETTLED: Final = re.compile(
    rf"\b(?:remain(?:s|ed)?\s+(?:to\s+be\s+(?:\w+ly\s+|further\s+)?{_FOUND}|{_DEGREE}{_UNCLEAR})|(?:is|are|was|were)\s+{_DEGREE}"
    rf"(?:{_UNCLEAR}|not\s+(?:yet\s+|well\s+|fully\s+|clearly\s+)+(?:known|understood|{_FOUND}))|"
    rf"ha(?:s|ve)\s+(?:not\s+(?:yet\s+)?been|yet\s+to\s+be)\s+(?:\w+ly\s+|well\s+)*{_FOUND})",
    re.IGNORECASE,
)
#: Words before an effect that leave open only one side of it.
_ONE_SIDE: Final = re.compile(
    r"\b(?:long-term|comparative|relative|additional|added|incremental|intracranial|optimal|exact|precise)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
#: Who benefits is another question: "how to select patients who will benefit remains unknown".
_WHO_BENEFIT: Final = re.compile(r"\bwho\s+(?:[a-z]+\s+){0,3}$", re.IGNORECASE)
#: A second subject beside the therapy's effect.
_SECOND: Final = re.compile(r"\band\s+(?:the\s+)?(?:[\w-]+\s+){1,3}(?:of|for)\s", re.IGNORECASE)
#: On something that has no name here: "its benefit on wound healing".
_ON_ELSE: Final = re.compile(
    r"\s+(?:on|in|for|against)\s+(?!(?:this|these|such|those|that|our|clinic\w*|practice)\b)\w", re.IGNORECASE
)
#: In whom, between the therapy and what is said of it.
_IN_WHOM: Final = re.compile(r"\b(?:in|for|among)\b", re.IGNORECASE)


def unsettled(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """The efficacy of a therapy that is called unclear, or still to be established."""
    said = None if sentence.is_title else _UNSETTLED.search(sentence.text, sentence.span.start, sentence.span.end)
    if said is None or PRECLINICAL.search(sentence.words()):
        return
    clause = sentence.clause_at(said.start())
    effects = list(_EFFECT.finditer(sentence.text, clause.start, said.start()))
    if not effects:
        return
    effect = effects[-1]
    if _WHO_BENEFIT.search(sentence.text, clause.start, effect.start()) or _ONE_SIDE.search(
        sentence.text, clause.start, effect.start()
    ):
        return
    if _ON_ELSE.match(sentence.text, effect.end(), said.start()) and not sentence.of(
        ConceptClass.DISEASE, ConceptClass.ALTERATION, inside=Span(effect.end(), clause.end)
    ):
        return
    cue = Valued(
        span=Span(effect.start(), said.end()),
        word=said[0],
        appraisal=Appraisal.INCONCLUSIVE,
        weak=False,
        predicate="efficacyIn",
    )
    of = _therapies(sentence, effect, said.start())
    limits = setting(sentence, cue.span, cue, discourse) if of else None
    if limits is None:
        return
    targets = [
        target for target in limits.targets if target.span in sentence.span and not _of_another(sentence, of, target)
    ]
    if sentence.of(ConceptClass.POPULATION, inside=cue.span):
        return  # unknown in some patients only
    if not targets:
        disease = discourse.focus(sentence, ConceptClass.DISEASE)
        if disease is None or _IN_WHOM.search(sentence.words(cue.span)) or _SECOND.search(sentence.words(cue.span)):
            return
        targets = [disease]
    for therapy in distinct(of):
        for target in targets:
            yield Statement(
                subject=therapy.concept,
                predicate="efficacyIn",
                object=target.concept,
                certainty=Certainty.OPEN_QUESTION,
                context=limits.context if target.span in sentence.span else None,
                evidence=sentence.evidence(
                    "efficacy-unsettled",
                    [m for m in (therapy, target) if m.span in sentence.span],
                    share=1.0 if limits.certain else FROM_ELSEWHERE,
                    hedge=said[0],
                ),
            )


def _of_another(sentence: Sentence, of: Sequence[Mention], target: Mention) -> bool:
    """Whether in whom is said of a second subject: "the benefit of X and the relevance of mutations remain unclear"."""
    return _SECOND.search(sentence.text, of[-1].span.end, target.span.start) is not None


def _therapies(sentence: Sentence, effect: re.Match[str], end: int) -> list[Mention]:
    """Whose effect it is: the therapies behind the word for it, or right before it."""
    named = [
        m
        for m in outermost(sentence.of(*THERAPIES))
        if not RESISTANT.match(sentence.text, m.span.end) and not given_with_another(sentence, m)
    ]
    after = [m for m in named if effect.end() <= m.span.start and m.span.end <= end]
    if after and re.fullmatch(
        r"\s+(?:of|from|with)\s+(?:[\w-]+\s+){0,3}", sentence.text[effect.end() : after[0].span.start]
    ):
        return sentence.group(after[0], after[1:])
    before = [m for m in named if m.span.end <= effect.start()]
    if effect["whose"]:
        return before[:1]
    return before[-1:] if before and not sentence.text[before[-1].span.end : effect.start()].strip(" -") else []
