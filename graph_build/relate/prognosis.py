"""Claims about survival: ``prognosticIn``, from titles and from sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ..model import Certainty, ConceptClass, ConceptId, Mention, Span, Statement
from .about import of_title
from .discourse import THERAPIES, Discourse, Sentence, distinct, outermost, with_question
from .roles import explains

#: Survival under a treatment is no prognosis.
_TREATED: Final = re.compile(r"\b(?:treated|treatment|therap\w+|receiv\w+|response|regimens?)\b", re.IGNORECASE)
#: What is asked or only meant to be found out.
_ASKED: Final = re.compile(
    r"\b(?:to (?:determine|assess|evaluate|investigate|examine|explore|identify|find|screen|detect)|aim\w*)\b",
    re.IGNORECASE,
)
#: What may stand between an alteration and what is said of its prognosis: the subject goes on, its verb begins.
_NEXT: Final = re.compile(
    r"[\s),-]*(?:\b(?:in|of|among|status|levels?|tumou?rs?|patients?|pts|with|the|advanced|metastatic|"
    r"resected|stage|I{1,3}V?|IV|and|protein|"
    r"gene|is|are|was|were|has|have|had|been|be|may|might|could|can|also|not|"
    r"did|does|do|"
    r"found|shown|to|identified|considered|no|a|an|positive|positivity|expression|mutation|mutations|human|"
    r"primary|never|neither|"
    r"cannot|failed|seems?|appears?|remained|an|further|[a-z]+ly)\b[\s(),-]*)*",
    re.IGNORECASE,
)
#: A first thing said of the same subject: "mutations occur in 2% of NSCLC and confer".
_FIRST_SAID: Final = re.compile(
    r"\s*(?:\([^()]{1,40}\)\s*)?(?:are\s+(?:found|detected|seen|present)|occurs?|occurred|accounts?\s+for)\b[^;:,]{0,90}?\band\s+"
    r"(?:(?:are|is|have|has|often|been|[a-z]+ly)\s+)*",
    re.IGNORECASE,
)
#: What is said of survival, and then of what: "overall survival was not associated with HER2 mutation".
_SURVIVAL_WITH: Final = re.compile(
    r"\b(?:survival|prognosis|OS|DFS|RFS)\s+(?:was|were|is|are)\s+(?P<not>not\s+)?(?:[a-z]+ly\s+)?(?:associated|correlated|linked)\s+with\s+"
    r"(?:the\s+|an?\s+)?",
    re.IGNORECASE,
)
#: A value for the prognosis about which no one is sure.
_VALUE: Final = re.compile(
    r"\bprognostic\s+(?:value|significance|role|impact|relevance|importance|effects?|implications?)\b", re.IGNORECASE
)
_DISPUTED: Final = re.compile(
    r"\b(?:remain(?:s|ed)?|is|are|was|were|has\s+been|have\s+been)\s+(?:(?:still|largely|highly|somewhat|poorly|not|yet)\s+)*"
    r"(?P<how>controversial|unclear|unknown|uncertain|undefined|debated|inconclusive|conflicting|inconsistent|"
    r"to\s+be\s+(?:established|determined|elucidated|clarified|defined)|under\s+debate|a\s+matter\s+of\s+debate|well\s+established)\b",
    re.IGNORECASE,
)
#: A title about what something means for survival.
_FOR_SURVIVAL: Final = re.compile(
    r"\b(?:role|impact|influence|effects?|significance)\b.{0,80}?\b(?:on|for|to)\s+(?:the\s+)?(?:overall\s+)?survival\b|"
    r"\b(?:relation\w*|correlation|association)\b.{0,80}?\b(?:with|to|and)\s+(?:the\s+)?(?:overall\s+|patients?['’]?\s+)?survival\b",
    re.IGNORECASE,
)
_PROGNOSTIC: Final = re.compile(r"\bprognos(?:tic|is|es|tically)\b", re.IGNORECASE)


#: What a title names beside its subject: what its patients lack, what else is a factor.
_NOT_MEANT: Final = re.compile(
    r"\b(?:lacking|without|negative\s+for|wild-?type\s+for|prognostic\s+(?:parameters|factors|markers|variables)\b[^:;]*\band)"
    r"\s+(?:[\w/-]+,?\s+){0,4}(?:and\s+)?$",
    re.IGNORECASE,
)
#: "in ER-positive breast cancer": whom it was seen in, not what has the prognosis.
_SEEN_IN: Final = re.compile(r"\b(?:in|among|of)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
#: What is said of survival or prognosis: "was associated with poor survival", "an independent prognostic factor".
_OUTLOOK: Final = re.compile(
    r"\b(?:associat\w+|correlat\w+|linked)\s+with\s+(?:an?\s+)?(?:[\w-]+\s+){0,4}?"
    r"(?:prognosis|survival|OS|PFS|DFS|RFS|outcomes?|mortality|recurrence)\b"
    r"|\b(?:predict(?:s|ed|ive\s+of|or\s+(?:of|for))?|confer(?:s|red)?|indicat(?:es|ed|or\s+of)|portend(?:s|"
    r"ed)?)\s+(?:an?\s+)?(?:[\w-]+\s+){0,4}?"
    r"(?:prognosis|survival|OS|outcomes?|recurrence)\b"
    r"|\b(?:is|are|was|were|be|as|has|have|had)\s+(?:not\s+)?(?:an?\s+|no\s+)?(?:[\w-]+\s+){0,3}?prognostic\b"
    r"|\b(?:has|have|had|with|carr(?:y|ies|ied))\s+an?\s+(?:[\w-]+\s+){0,2}?(?:poor|poorer|worse|better|"
    r"good|favou?rable|unfavou?rable|dismal)"
    r"\s+prognosis\b"
    r"|\b(?:(?:significant|independent|adverse|negative|positive|(?:un)?favou?rable|potential|important|risk|strong|poor)\s+){0,4}"
    r"factors?\s+(?:of|for|predicting)\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,3}?(?:prognosis|survival|mortality|recurrence)\b"
    r"|\b(?:imparts?|imparted|ha[sd]|have|show(?:s|ed)?)\s+(?:an?\s+)?(?:significantly\s+)?(?:shorter|longer|worse|poorer|better|inferior)"
    r"\s+(?:median\s+)?(?:(?:overall|disease-free|relapse-free|disease-specific)\s+)?(?:survival|OS|DFS|RFS|prognosis)\b",
    re.IGNORECASE,
)


def prognostic(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """A title about prognosis: ``prognosticIn``; the title carries no direction, but it may deny."""
    words = sentence.words()
    named = _PROGNOSTIC.search(words) or _OUTLOOK.search(words)
    if sentence.is_title and (named or (_FOR_SURVIVAL.search(words) and not sentence.of(*THERAPIES))):
        negation = discourse.cues.negation(sentence.text, sentence.span)
        for statement in of_title(sentence, discourse, "prognosticIn", "title-prognosis", 0.8):
            if any(
                m.concept == statement.subject and _NOT_MEANT.search(sentence.text, sentence.span.start, m.span.start)
                for m in statement.evidence.mentions
            ):
                continue
            if isinstance(statement.subject, ConceptId) and statement.subject.cls is not ConceptClass.METHOD:
                found = replace(
                    statement, negated=bool(negation), evidence=replace(statement.evidence, negation_cue=negation)
                )
                yield with_question(found, "?" if words.rstrip().endswith("?") else None)


def prognosis(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """A sentence that links a gene or an alteration with survival, not under a therapy: ``prognosticIn``."""
    if sentence.is_title:
        return
    yield from _survival_with(sentence, discourse)
    yield from _disputed(sentence, discourse)
    for match in _OUTLOOK.finditer(sentence.text, sentence.span.start, sentence.span.end):
        clause = sentence.clause_at(match.start())
        before = Span(clause.start, match.start())
        if sentence.of(*THERAPIES, inside=clause) or _TREATED.search(sentence.words(clause)):
            continue
        found = outermost(sentence.of(ConceptClass.ALTERATION, ConceptClass.GENE, inside=before))
        found = [m for m in found if not explains(sentence, m, found, discourse)]
        disease = next(iter(sentence.of(ConceptClass.DISEASE)), None) or discourse.focus(sentence, ConceptClass.DISEASE)
        if not found or disease is None or _ASKED.search(before.of(sentence.text)):
            continue
        between = _without_disease(sentence, Span(found[-1].span.end, match.start()))
        if not (_NEXT.fullmatch(between) or _FIRST_SAID.fullmatch(between)):
            continue
        if _only_seen_in(sentence, found[-1], before):
            continue
        listed = [m for m in found if found[-1] in sentence.group(m, found)]
        negation = discourse.cues.negation(sentence.text, Span(found[-1].span.end, match.end()))
        question = discourse.cues.question(sentence.text, clause, sentence.span)
        hedge = discourse.cues.hedge(sentence.text, Span(found[-1].span.end, match.end()))
        for subject in distinct(listed):
            used = [m for m in (subject, disease) if m.span in sentence.span]
            yield with_question(
                Statement(
                    subject=subject.concept,
                    predicate="prognosticIn",
                    object=disease.concept,
                    negated=bool(negation),
                    certainty=Certainty.HEDGED if hedge else Certainty.ASSERTED,
                    evidence=sentence.evidence("linked-with-survival", 0.8, used, negation=negation, hedge=hedge),
                ),
                question,
            )


def _survival_with(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """Survival that is, or is not, associated with an alteration."""
    disease = discourse.focus(sentence, ConceptClass.DISEASE)
    for match in _SURVIVAL_WITH.finditer(sentence.text, sentence.span.start, sentence.span.end) if disease else ():
        clause = sentence.clause_at(match.start())
        named = outermost(sentence.of(ConceptClass.ALTERATION, ConceptClass.GENE, inside=clause))
        found = [m for m in named if m.span.start >= match.end()]
        if not found or found[0].span.start != match.end() or disease is None:
            continue
        if sentence.of(*THERAPIES, inside=clause) or _TREATED.search(sentence.words(clause)):
            continue
        for subject in distinct(sentence.group(found[0], found[1:])):
            used = [m for m in (subject, disease) if m.span in sentence.span]
            yield Statement(
                subject=subject.concept,
                predicate="prognosticIn",
                object=disease.concept,
                negated=bool(match["not"]),
                evidence=sentence.evidence(
                    "linked-with-survival", 0.8, used, negation=match["not"].strip() if match["not"] else None
                ),
            )


def _disputed(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """A prognostic value that is called unclear: an open question."""
    disease = discourse.focus(sentence, ConceptClass.DISEASE)
    for value in _VALUE.finditer(sentence.text, sentence.span.start, sentence.span.end) if disease else ():
        clause = sentence.clause_at(value.start())
        disputed = _DISPUTED.search(sentence.text, value.end(), clause.end)
        if disputed is None or disease is None or sentence.of(*THERAPIES, inside=clause):
            continue
        if disputed["how"].lower() == "well established" and " not " not in disputed[0].lower():
            continue
        named = outermost(sentence.of(ConceptClass.ALTERATION, ConceptClass.GENE, inside=clause))
        after = [m for m in named if value.end() <= m.span.start and m.span.end <= disputed.start()]
        before = [m for m in named if m.span.end <= value.start()]
        subject = after[0] if after else before[-1] if before else None
        if subject is None:
            continue
        statement = Statement(
            subject=subject.concept,
            predicate="prognosticIn",
            object=disease.concept,
            evidence=sentence.evidence(
                "prognosis-disputed", 0.8, [m for m in (subject, disease) if m.span in sentence.span]
            ),
        )
        yield with_question(statement, disputed["how"])


def _only_seen_in(sentence: Sentence, subject: Mention, before: Span) -> bool:
    """Whether an alteration only says in which disease another was seen: "X is up in ER-positive breast cancer"."""
    followed = any(
        not sentence.text[subject.span.end : d.span.start].strip(" -")
        for d in sentence.of(ConceptClass.DISEASE)
        if d.span.start >= subject.span.end
    )
    lead = sentence.text[before.start : subject.span.start]
    seen = _SEEN_IN.search(lead)
    return bool(followed and seen and lead[: seen.start()].strip())


def _without_disease(sentence: Sentence, span: Span) -> str:
    """The characters of a part of a sentence without the diseases and populations in it."""
    text = span.of(sentence.text)
    for mention in reversed(sentence.of(ConceptClass.DISEASE, ConceptClass.POPULATION)):
        if (
            mention.span.start < span.end and span.start < mention.span.end <= span.end
        ):  # "HER2-positive breast cancer" too
            text = text[: max(0, mention.span.start - span.start)] + text[mention.span.end - span.start :]
    return text
