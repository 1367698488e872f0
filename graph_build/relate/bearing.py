"""What an appraisal is about: the therapies it values, and those in whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..model import ConceptClass, ConceptId, Mention, Span
from .cues import Valued
from .discourse import RESISTANT, THERAPIES, Discourse, Sentence, distinct, outermost, repeats
from .joint import given_with_another
from .structure import called

#: A clause that begins so speaks of what the sentence before was about.
PRONOUN: Final = re.compile(
    r"\W*(?:(?:thus|therefore|hence|moreover|overall|together),?\s+)?(?:it\b|they\b|(?:this|these|such|"
    r"both)\s+(?:(?:new|novel)\s+)?"
    r"(?:is|are|was|were|has|have|may|might|can|could|opens?|begins?|marks?|brings?|shows?|drugs?|agents?|"
    r"treatments?|therap\w+))",
    re.IGNORECASE,
)
#: "results of the many trials": the trials spoken of before.
_TRIALS: Final = re.compile(r"\b(?:trials|studies)\b", re.IGNORECASE)
#: What a therapy is compared with or added to, and the treatment before: up to the next verb, comma or "in".
_ASIDE: Final = re.compile(
    r"\b(?:than|unlike|in\s+contrast\s+to|versus|vs\.?|compared\s+(?:with|to)|over|after|before|following|prior|previous(?:ly)?|without|"
    r"addition\s+of\s+[^,;]{1,60}?\s+to|added\s+to|during|resistan(?:ce|t)\s+to|refractory\s+to|regardless\s+of|failure\s+of|"
    r"dose\s+\w+\s+of|access\s+to)\s+(?P<what>(?:\([^()]*\)|[^,;:()])*?)"
    r"(?=[,;:)]|$|\b(?:is|are|was|were|did|does|has|have|had|may|might|could|can|should|will|shows?|showed|"
    r"demonstrate[sd]?|"
    r"improve[sd]?|prolong(?:s|ed)?|led|results?|resulted|in|for|among|remains?|appears?|appeared|seems?|"
    r"failed|significantly)\b)",
    re.IGNORECASE,
)
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
#: A disease, also one that the lexicon does not have: "sebaceous carcinoma", "asthma".
_ANOTHER_DISEASE: Final = re.compile(
    r"\b(?:in|of|with|for|against)\s+(?:[\w/+-]+\s+){0,8}?[\w-]*(?:carcinomas?|sarcomas?|lymphomas?|leuka?emias?|gliomas?|"
    r"melanomas?|blastomas?|myelomas?|cancers?|malignanc(?:y|ies)|neoplasms?)\b|"
    r"\b(?:cholesterol|LDL\S*|arthritis|asthma)\b",
    re.IGNORECASE,
)
#: From an appraisal to whom it is of: "clinical activity as monotherapy in first-line".
_ACTIVE_IN: Final = re.compile(
    r"[^,;:()]{0,60}?\b(?:in|for|against|of)\s+(?:(?!(?:and|or)\b)[\w-]+\s+){0,5}", re.IGNORECASE
)
#: "X-123, an anti-HER2 …", "CAR-T is a novel …".
_IS_A: Final = re.compile(
    r"(?:[,(]|\b(?:is|was|represents?|represented|being|as|remains?|considered|became|becomes))\s+(?:\w+ly\s+)?(?:an?|the\s+first)\s+"
    r"(?:(?!(?:in|with|of|for|by|after|to)\b)[\w/+-]+,?\s+){0,6}$|"
    r"\b(?:serve[sd]?|act(?:s|ed)?|used|emerged?|developed)\s+as\s+(?:an?\s+)?(?:[\w/+-]+\s+){0,4}$",
    re.IGNORECASE,
)
_CONCEDING: Final = re.compile(
    r"\b(?:even\s+though|although|though|despite|in\s+spite\s+of)\b(?:[^,;]|,\s+(?:such\s+as|including|like)\b)*$",
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
#: Something else is linked with the result of a therapy: "expression was associated with poor response to trastuzumab".
_LINKED: Final = re.compile(r"\b(?:associat\w+|correlat\w+|linked to|related to|relationship)\b", re.IGNORECASE)
#: An alteration after these words is not what the patients have.
_NOT_IN: Final = re.compile(
    r"\b(?:(?:regardless|irrespective|independent(?:ly)?)\s+of\s+(?:[\w-]+\s+){0,4}|"
    r"(?:negative|lack(?:ing|s|ed)?|without|no|absence\s+of|due\s+to|because\s+of|caused\s+by|mediated\s+by|"
    r"via|through|acquired|"
    r"emergence\s+of|development\s+of|wild-type)\s+(?:(?!(?:in|for|against|with)\s)[\w-]+\s+){0,3})$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What an appraisal is limited to, and how sure we are that it is."""

    targets: tuple[Mention, ...]
    context: ConceptId | None
    certain: bool


def therapies(sentence: Sentence, clause: Span, cue: Valued, discourse: Discourse) -> tuple[list[Mention], float]:
    """The therapies that a cue values, with the confidence that it does."""
    named = _subjects(sentence, clause, cue)
    before = [m for m in named if m.span.end <= cue.span.start and not _conceded(sentence, clause, m, cue)]
    from_it = cue.word.lower().startswith("benefit") and sentence.text.startswith(" from ", cue.span.end)
    if before and not from_it:
        return before, 0.9
    words = sentence.words(clause)
    after = [m for m in named if m.span.start >= cue.span.end]
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
        return ([], 0.0) if len(group) > 1 and cue.word.lower().endswith(" to") else (group, 0.8)
    if _TRIALS.search(words):
        for other in discourse.before(sentence):
            if _TRIALS.search(other.words()) and (found := outermost(other.of(*THERAPIES))):
                return found[:1], 0.7
    if PRONOUN.match(words):
        for other in list(discourse.before(sentence))[:1]:
            if found := outermost(other.of(*THERAPIES)):
                return other.group(found[0], found[1:]), 0.75
    return [], 0.0


def _had_by_another(sentence: Sentence, clause: Span, cue: Valued) -> bool:
    """Whether something that is no group of patients has what is valued: "olanzapine has promising activity in …"."""
    has = _HAS.search(sentence.text, clause.start, cue.span.start)
    return bool(has and not _WHO_HAS.search(sentence.text, clause.start, has.start()))


def _conceded(sentence: Sentence, clause: Span, therapy: Mention, cue: Valued) -> bool:
    """Whether a therapy is named in a part that only concedes: "even though X is available, outcomes remain poor"."""
    lead = re.sub(r"\([^()]*\)?", "", sentence.text[clause.start : therapy.span.start])
    return bool(_CONCEDING.search(lead) and ", " in sentence.text[therapy.span.end : cue.span.start])


def _subjects(sentence: Sentence, clause: Span, cue: Valued) -> list[Mention]:
    """The therapies of a clause that can be valued: not what they are compared with, not what a drug is called."""
    asides = [Span(*m.span("what")) for m in _ASIDE.finditer(sentence.text, clause.start, clause.end)]
    drugs = sentence.of(ConceptClass.DRUG)
    all_named = outermost(sentence.of(*THERAPIES, inside=clause))
    return [
        m
        for m in all_named
        if not any(aside.start <= m.span.start < aside.end for aside in asides)
        and not RESISTANT.match(sentence.text, m.span.end)
        and not repeats(sentence, m, all_named)
        and not given_with_another(sentence, m)
        and not _of_it(sentence, m, cue)
        and not (m.cls is ConceptClass.DRUG_CLASS and any(_names(sentence, m, drug) for drug in drugs))
        and not (m.cls is ConceptClass.DRUG_CLASS and _says_what(sentence, m))
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


def _names(sentence: Sentence, kind: Mention, drug: Mention) -> bool:
    """Whether a class only says what a drug beside it is: "the EGFR antibody panitumumab", "pyrotinib, a TKI"."""
    follows = kind.span.end < drug.span.start and not sentence.text[kind.span.end : drug.span.start].strip()
    return follows or called(sentence, drug, kind)


def setting(sentence: Sentence, clause: Span, cue: Valued, discourse: Discourse) -> Setting | None:
    """In whom: the alteration (with the disease as context) or the disease, of the clause, the sentence, or before."""
    for part in (clause, sentence.span):
        diseases = _diseases(sentence, part)
        alterations = _alterations(sentence, part)
        if alterations:
            return Setting(tuple(alterations), diseases[0].concept if diseases else None, True)
        if diseases:
            return Setting(tuple(_nearest(sentence, diseases, cue)), None, True)
    if _ANOTHER_DISEASE.search(_without(sentence, ConceptClass.DISEASE)):
        return None  # in whom is said, but it has no name here
    near = list(discourse.before(sentence))
    for other in [*near[:2], *(s for s in near[2:] if s.is_title)]:
        alterations, diseases = _alterations(other, other.span), _diseases(other, other.span)
        if alterations and diseases:
            return Setting((alterations[0],), diseases[0].concept, False)
    disease = discourse.focus(sentence, ConceptClass.DISEASE)
    return Setting((disease,), None, False) if disease else None


def _alterations(sentence: Sentence, part: Span) -> Sequence[Mention]:
    found = outermost(sentence.of(ConceptClass.ALTERATION, inside=part))
    return distinct(
        m for m in found if not _NOT_IN.search(sentence.text[max(part.start, m.span.start - 120) : m.span.start])
    )


def _without(sentence: Sentence, cls: ConceptClass) -> str:
    """The words of a sentence without the mentions of a class."""
    words = sentence.words()
    for mention in reversed(sentence.of(cls)):
        start, end = mention.span.start - sentence.span.start, mention.span.end - sentence.span.start
        words = words[:start] + words[end:]
    return words


def _nearest(sentence: Sentence, diseases: Sequence[Mention], cue: Valued) -> Sequence[Mention]:
    """Of several diseases, those right after "active in" and the like: the others are of something else."""
    for first in diseases:
        between = sentence.text[cue.span.end : first.span.start]
        if first.span.start >= cue.span.end and _ACTIVE_IN.fullmatch(between):
            return sentence.group(first, [m for m in diseases if m.span.start > first.span.start])
    return diseases


def _diseases(sentence: Sentence, part: Span) -> Sequence[Mention]:
    found = sentence.of(ConceptClass.DISEASE, inside=part)
    return distinct(m for m in found if not repeats(sentence, m, found))
