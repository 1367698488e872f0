"""Claims about roles in lists: "targets in lung cancer include EGFR, ALK and HER2", "drivers such as KRAS"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..model import Certainty, ConceptClass, Mention, Span, Statement
from .cues import CANDIDATE
from .discourse import Discourse, Sentence, distinct, left_out, outermost, with_question
from .roles import inside_therapy
from .sureness import FROM_ELSEWHERE

_SUCH_AS: Final = (
    r"(?:[\s,(:]*(?:includ(?:e|es|ed|ing)|such\s+as|like|namely|compris(?:e|es|ing)|e\.g\.,?|i\.e\.,?|are|were|:)\s*,?\s*|\s*\()"
    r"(?:(?:the|mutations?|alterations?|fusions?|rearrangements?|in|of|activating|but|not|limited|to)\s+)*"
)
#: From the role to the first of those that have it: "in lung adenocarcinoma, including".
_TO_FIRST: Final = re.compile(
    r"(?:\s+(?:genes?|oncogenes?|mutations?|alterations?|events?))?(?:\s+(?:identified|found|known|reported))?(?:\s+(?:with|in|for|of|among)\s+[^,;:()]{1,60}?)?"
    + _SUCH_AS
    + r"(?:[\w/-]+\s+){0,8}?\(?",
    re.IGNORECASE,
)
_TARGETS: Final = re.compile(
    r"\b(?:(?:therapeutic|molecular|druggable|actionable|targetable|drug|treatment|genomic|oncogenic|promising|novel|new|emerging|"
    r"possible|potential|other|established|known|important)\s+){1,5}targets\b|"
    r"\b(?:targetable|actionable|druggable)\s+(?:[\w-]+\s+){0,2}(?:alterations?|mutations?|drivers?|oncogenes|genes|aberrations)\b",
    re.IGNORECASE,
)
_DRIVERS: Final = re.compile(
    r"\b(?:oncogenic|genetic|genomic|molecular|known|established|oncogene)\s+drivers?\b|"
    r"\bdrivers?(?=\s+(?:genes?|oncogenes?|mutations?|alterations?|events?)\b)",
    re.IGNORECASE,
)
#: What is no part of a list, and how many words one of it may have: "v-raf murine sarcoma viral oncogene homolog B".
_NOT_LISTED: Final = re.compile(
    r"\b(?:which|that|with|by|is|are|was|were|has|have|for|to|from|after|while|whereas|but|than|patients?)\b|[;:.]\s",
    re.IGNORECASE,
)
_WORDS: Final = 9
#: A gene that only says which cells or tumours are meant: "HER2-dependent".
_MODIFIES: Final = re.compile(r"[\u2010-\u2013-][a-z]")
#: From the last of a list to the disease: ") in patients with".
_BEHIND: Final = re.compile(
    r"\s*\)?\s+(?:in|of|for)\s+(?:(?:patients?|with|advanced|metastatic|human|the)\s+)*", re.IGNORECASE
)
#: Of drugs it is said what they act on, not that it is a target of the disease.
_OF_DRUGS: Final = re.compile(
    r"\b(?:off-|drugs?|inhibitors?|agents?|miR\S*|microRNAs?|its|their|downstream|direct)\s+(?:[\w-]+\s+)?$",
    re.IGNORECASE,
)


def listed(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """Genes and alterations that a list calls targets or drivers: ``therapeuticTargetIn``, ``oncogenicDriverIn``."""
    if sentence.is_title:
        return
    named = [
        m
        for m in outermost(sentence.of(ConceptClass.ALTERATION, ConceptClass.GENE))
        if not inside_therapy(sentence, m) and not _MODIFIES.match(sentence.text, m.span.end)
    ]
    for pattern, predicate in ((_TARGETS, "therapeuticTargetIn"), (_DRIVERS, "oncogenicDriverIn")):
        for role in pattern.finditer(sentence.text, sentence.span.start, sentence.span.end):
            after = [m for m in named if m.span.start >= role.end()]
            if not after or not _TO_FIRST.fullmatch(sentence.text, role.end(), after[0].span.start):
                continue
            if _OF_DRUGS.search(sentence.text, sentence.span.start, role.start()):
                continue
            yield from _each(sentence, discourse, role, _list(sentence, after), predicate)


def _list(sentence: Sentence, after: Sequence[Mention]) -> list[Mention]:
    """The first and those that follow it in one list."""
    found = [after[0]]
    for other in after[1:]:
        between = sentence.text[found[-1].span.end : other.span.start]
        if _NOT_LISTED.search(between) or any(len(part.split()) > _WORDS for part in between.split(",")):
            break
        if sentence.text.count(")", after[0].span.end, other.span.start) > sentence.text.count(
            "(", after[0].span.end, other.span.start
        ):
            break  # the list stood in a bracket
        if not re.search(r"[,/(]|\b(?:and|or|as well as)\b", between):
            break
        found.append(other)
    return found


def _each(
    sentence: Sentence, discourse: Discourse, role: re.Match[str], members: Sequence[Mention], predicate: str
) -> Iterator[Statement]:
    """What is said of each member, in the disease of the sentence or of the text."""
    local = [d for d in sentence.of(ConceptClass.DISEASE) if not left_out(sentence, d)]
    before = [d for d in local if d.span.end <= members[0].span.start]
    behind = [d for d in local if _BEHIND.fullmatch(sentence.text, members[-1].span.end, d.span.start)]
    disease = next(iter([*behind, *before]), None) or discourse.outside(sentence, ConceptClass.DISEASE)
    if disease is None:
        return
    clause = Span(sentence.clause_at(role.start()).start, members[0].span.start)
    negation = discourse.cues.negation(sentence.text, clause)
    question = discourse.cues.question(sentence.text, clause, sentence.span)
    hedge = discourse.cues.hedge(sentence.text, clause) or next(iter(CANDIDATE.findall(role[0])), None)
    for member in distinct(members):
        yield with_question(
            Statement(
                subject=member.concept,
                predicate=predicate,
                object=disease.concept,
                negated=bool(negation),
                certainty=Certainty.HEDGED if hedge else Certainty.ASSERTED,
                evidence=sentence.evidence(
                    "listed-role",
                    [m for m in (member, disease) if m.span in sentence.span],
                    share=1.0 if disease.span in sentence.span else FROM_ELSEWHERE,
                    negation=negation,
                    hedge=hedge,
                ),
            ),
            question,
        )
