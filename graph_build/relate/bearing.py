"""What an appraisal is about: the therapies that it values."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from ..model import ConceptClass, Mention, Span
from .classes import called, of_a_generation
from .cues import Valued
from .discourse import RESISTANT, THERAPIES, Discourse, Sentence, only_together, outermost, repeats
from .joint import given_with_another

#: A clause that begins so speaks of what the sentence before was about.
PRONOUN: Final = re.compile(
    r"\W*(?:(?:thus|therefore|hence|moreover|overall|together),?\s+)?(?:it\b(?!\s+(?:is|was|has\s+been|can\s+be|may\s+be)\s+"
    r"(?:\w+ly\s+)?(?:concluded|found|shown|suggested|known|noted|believed|thought|assumed|recommended|possible|likely|unlikely|"
    r"clear|unclear|unknown|evident|apparent|proposed|felt)\b)|they\b|(?:this|these|such|"
    r"both)\s+(?:(?:new|novel|innovative|targeted|promising|emerging|investigational)\s+)?"
    r"(?:is|are|was|were|has|have|may|might|can|could|opens?|begins?|marks?|brings?|shows?|drugs?|agents?|"
    r"treatments?|therap\w+|conjugates|antibodies|inhibitors|compounds))",
    re.IGNORECASE,
)
_SINGULAR: Final = re.compile(r"\W*(?:\w+,?\s+)?(?:it|this)\b", re.IGNORECASE)
#: "results of the many trials": the trials spoken of before.
_TRIALS: Final = re.compile(r"\b(?:trials|studies)\b", re.IGNORECASE)
#: What a therapy is compared with or added to, and the treatment before: up to the next verb, comma or "in".
_ASIDE: Final = re.compile(
    r"\b(?:than|unlike|in\s+contrast\s+to|versus|vs\.?|compared\s+(?:with|to)|over|after|before|following|prior|previous(?:ly)?|without|in\s+addition\s+to|besides|apart\s+from|"
    r"addition\s+of\s+[^,;]{1,60}?\s+to|add(?:s|ed|ing)\s+(?:[^,;]{1,60}?\s+)?to|expos(?:ure|ed)\s+to|during|resistan(?:ce|t)\s+to|refractory\s+to|regardless\s+of|failure\s+of|"
    r"dose\s+\w+\s+of|access\s+to)\s+(?P<what>(?:\([^()]*\)|[^,;:()])*?)"
    r"(?=[,;:)]|$|\b(?:is|are|was|were|did|does|has|have|had|may|might|could|can|should|will|shows?|showed|"
    r"demonstrate[sd]?|"
    r"improve[sd]?|prolong(?:s|ed)?|led|results?|resulted|in|for|among|remains?|appears?|appeared|seems?|"
    r"failed|significantly)\b)",
    re.IGNORECASE,
)
#: The class of which one is singled out: "Among conjugates, X …", "On the inhibitor front, …".
_AMONG: Final = re.compile(
    r"\W*(?:[A-Z][\w ]{2,30}:\s*)?(?:among|of|within|on|in|with\s+regard\s+to|as\s+for)\s+"
    r"(?:(?:the|all|these|other|available|approved)\s+)*$",
    re.IGNORECASE,
)
#: From that class to the comma: ", ", " currently approved for use, ".
_TO_COMMA: Final = re.compile(r"(?:\s+[\w-]+){0,6},")
_A: Final = re.compile(r"\ban?\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
#: Something of a therapy, which is valued in its place.
_PROPERTY: Final = re.compile(
    r"\s+(?:\([^()]{1,12}\)\s+)?(?P<what>toxicit\w+|trough|levels?|concentrations?|exposures?|metabolit\w+|metabolism|"
    r"clearance|delivery|discontinuation|cessation|"
    r"(?:plasma|serum)\s+\w+|dose[\s-]+(?:escalation|reduction|intensity|level)s?)\b",
    re.IGNORECASE,
)
_PROPERTY_OF: Final = re.compile(
    r"\b(?:levels?|concentrations?|clearance|metabolism|delivery|discontinuation|cessation|delays?|omission|types?|choice|"
    r"interruption|re-?challenge)\s+(?:of|from|in|with)\s+(?:the\s+)?$|"
    r"\bpost-$",
    re.IGNORECASE,
)
#: "X-123, an anti-HER2 …", "CAR-T is a novel …".
_IS_A: Final = re.compile(
    r"(?:[,(]|\b(?:is|was|represents?|represented|being|as|remains?|considered|became|becomes))\s+(?:\w+ly\s+)?(?:an?|the\s+first)\s+"
    r"(?:(?!(?:in|with|of|for|by|after|to)\b)[\w/+-]+,?\s+){0,6}$|"
    r"\b(?:serve[sd]?|act(?:s|ed)?|used|emerged?|developed)\s+as\s+(?:an?\s+)?(?:[\w/+-]+\s+){0,4}$",
    re.IGNORECASE,
)
_CONCEDING: Final = re.compile(
    r"\b(?:even\s+though|although|though|while|whereas|despite|in\s+spite\s+of)\b(?:[^,;]|,\s+(?:such\s+as|including|like)\b)*$",
    re.IGNORECASE,
)
#: Patients under a therapy in whom something else has its effect.
_RECEIVING: Final = re.compile(r"\b(?:receiving|treated\s+with|undergoing)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_HAS: Final = re.compile(
    r"\b(?:has|have|had|shows?|showed|demonstrate[sd]?|exhibit(?:s|ed)?)\s+(?:\w+\s+){0,4}$", re.IGNORECASE
)
_WHO_HAS: Final = re.compile(
    r"\b(?:patients?|participants|cases|cohorts?|groups?|arms?|tumou?rs?|cancers?|carcinomas?|NSCLC|survival|PFS|OS)\b",
    re.IGNORECASE,
)
#: "improved chemotherapy", "improve the efficacy of chemotherapy": something else does it.
_IMPROVING: Final = re.compile(r"improv|prolong|enhanc|increas", re.IGNORECASE)
_IMPROVED: Final = re.compile(
    r"\s+(?:(?!(?:with|by|from|in|for|of|to|after|on|and|using)\b)[\w-]+\s+){0,2}|\s+(?:[\w-]+\s+){0,4}?(?:efficacy|effects?|effectiveness|activity|responses?|sensitivity)\s+(?:of|to)\s+(?:[\w-]+\s+){0,3}",
    re.IGNORECASE,
)
#: From a cue to the therapy of which it tells the effect: "benefit from", "limited response to".
_EFFECT_OF: Final = re.compile(
    r"(?:(?:\s+[\w-]+){0,2}\s+(?:respons\w+|sensitivity)\s+to|\s+from)\s+(?:[\w-]+\s+){0,3}", re.IGNORECASE
)
#: Something else is linked with the result of a therapy: "expression was associated with poor response to trastuzumab".
_LINKED: Final = re.compile(r"\b(?:associat\w+|correlat\w+|linked to|related to|relationship)\b", re.IGNORECASE)


def therapies(sentence: Sentence, clause: Span, cue: Valued, discourse: Discourse) -> tuple[list[Mention], float]:
    """The therapies that a cue values, and the share of the rule's sureness that is left (decision 8)."""
    named = _subjects(sentence, clause, cue)
    before = [m for m in named if m.span.end <= cue.span.start and not _conceded(sentence, clause, m, cue)]
    after = [m for m in named if m.span.start >= cue.span.end]
    from_it = cue.word.lower().startswith("benefit") and sentence.text.startswith(" from ", cue.span.end)
    from_it = from_it or (
        bool(after) and _EFFECT_OF.fullmatch(sentence.text, cue.span.end, after[0].span.start) is not None
    )
    if before and not from_it:
        return before, 1.0
    words = sentence.words(clause)
    if after and re.search(r"\bimproving\b|\benhancing\b", sentence.text[cue.span.end : after[0].span.start]):
        return [], 0.0  # "the superiority of nanoparticles in improving chemotherapy"
    if after and _IMPROVING.match(cue.word) and _IMPROVED.fullmatch(sentence.text[cue.span.end : after[0].span.start]):
        return [], 0.0
    if (
        after
        and _RECEIVING.search(sentence.text, clause.start, after[0].span.start)
        and _had_by_another(sentence, clause, cue)
    ):
        return [], 0.0
    linked = _LINKED.search(sentence.text, clause.start, cue.span.start)
    altered = sentence.of(ConceptClass.ALTERATION, inside=Span(clause.start, linked.start())) if linked else []
    if after and not PRONOUN.match(words) and (not linked or altered):
        group = sentence.group(after[0], after[1:])
        # "responds to A and B": to each, or to both together?
        return ([], 0.0) if len(group) > 1 and cue.word.lower().endswith(" to") else (group, 0.9)
    if _TRIALS.search(words):
        for other in discourse.before(sentence):
            if _TRIALS.search(other.words()) and (found := outermost(other.of(*THERAPIES))):
                return found[:1], 0.8
    if PRONOUN.match(words):
        for other in list(discourse.before(sentence))[:1]:
            if found := outermost(other.of(*THERAPIES)):
                group = other.group(found[0], found[1:])
                # "this treatment" is none of several drugs by itself
                several = len({m.concept for m in group}) > 1 and _SINGULAR.match(words)
                return ([], 0.0) if several else (group, 0.85)
    return [], 0.0


def _had_by_another(sentence: Sentence, clause: Span, cue: Valued) -> bool:
    """Whether something that is no group of patients has what is valued: "olanzapine has promising activity in …"."""
    has = _HAS.search(sentence.text, clause.start, cue.span.start)
    return bool(has and not _WHO_HAS.search(sentence.text, clause.start, has.start()))


def _conceded(sentence: Sentence, clause: Span, therapy: Mention, cue: Valued) -> bool:
    """Whether a therapy is named in a part that only concedes: "even though X is available, outcomes remain poor"."""
    lead = re.sub(r"\([^()]*\)?", "", sentence.text[clause.start : therapy.span.start])
    _, comma, main = sentence.text[therapy.span.end : cue.span.start].rpartition(", ")
    return bool(_CONCEDING.search(lead) and comma and not re.match(r"(?:it|they)\b", main))


def _subjects(sentence: Sentence, clause: Span, cue: Valued) -> list[Mention]:
    """The therapies of a clause that can be valued: not what they are compared with, not what a drug is called."""
    asides = [Span(*m.span("what")) for m in _ASIDE.finditer(sentence.text, clause.start, clause.end)]
    drugs = sentence.of(ConceptClass.DRUG)
    all_named = outermost(sentence.of(*THERAPIES, inside=clause))
    examples = {kind: drug for kind, drug in pairwise(all_named) if _is_example(sentence, kind, drug)}
    return [
        m
        for m in all_named
        if not any(aside.start <= m.span.start < aside.end for aside in asides)
        and not RESISTANT.match(sentence.text, m.span.end)
        and m not in examples
        and (m in examples.values() or not repeats(sentence, m, all_named))
        and not given_with_another(sentence, m)
        and not only_together(sentence, m)
        and not _of_it(sentence, m, cue)
        and not (m.cls is ConceptClass.DRUG_CLASS and any(_names(sentence, m, drug) for drug in drugs))
        and not (m.cls is ConceptClass.DRUG_CLASS and _says_what(sentence, m))
        and not (m.cls is ConceptClass.DRUG_CLASS and _singled_out_of(sentence, clause, m))
    ]


def _of_it(sentence: Sentence, therapy: Mention, cue: Valued) -> bool:
    """Whether a cue values something of a therapy and not the therapy: its level in the blood, its delivery."""
    lead = sentence.text[max(sentence.span.start, therapy.span.start - 40) : therapy.span.start]
    after = _PROPERTY.match(sentence.text, therapy.span.end, sentence.span.end)
    toxic = after is not None and after["what"].lower().startswith("toxicit") and cue.predicate == "safetyIn"
    return bool(after and not toxic) or _PROPERTY_OF.search(lead) is not None


def _says_what(sentence: Sentence, kind: Mention) -> bool:
    """Whether a class says what something is that has no name here: "X-123, an anti-HER2 ADC, showed …"."""
    if kind.span.of(sentence.text).endswith("s"):
        return False
    lead = sentence.text[max(sentence.span.start, kind.span.start - 120) : kind.span.start]
    return _IS_A.search(lead) is not None


def _singled_out_of(sentence: Sentence, clause: Span, kind: Mention) -> bool:
    """Whether a class is only that of which something is singled out: "Among ADCs, X was the most effective"."""
    lead = _AMONG.fullmatch(sentence.text, clause.start, kind.span.start)
    return bool(lead and _TO_COMMA.match(sentence.text, kind.span.end, clause.end))


def _is_example(sentence: Sentence, kind: Mention, drug: Mention) -> bool:
    """Whether a drug in brackets is the one of a class that is meant: "an antibody (A) and an inhibitor (B)"."""
    one = (kind.cls, drug.cls) == (ConceptClass.DRUG_CLASS, ConceptClass.DRUG)
    if not one or kind.span.of(sentence.text).endswith("s"):
        return False
    return _A.search(sentence.text, max(sentence.span.start, kind.span.start - 40), kind.span.start) is not None and (
        sentence.text[kind.span.end : drug.span.start].strip() == "(" and sentence.text.startswith(")", drug.span.end)
    )


def _names(sentence: Sentence, kind: Mention, drug: Mention) -> bool:
    """Whether a class only says what a drug beside it is: "the EGFR antibody panitumumab", "pyrotinib, a TKI"."""
    follows = kind.span.end < drug.span.start and not sentence.text[kind.span.end : drug.span.start].strip()
    return follows or (called(sentence, drug, kind) and not of_a_generation(sentence, drug, kind))
