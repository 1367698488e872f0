"""In whom an appraisal holds: the alteration, with the disease as context, or the disease."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..model import ConceptClass, ConceptId, Mention, Span
from .cues import Valued
from .discourse import Discourse, Sentence, distinct, outermost, repeats, singled_out
from .roles import is_role

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
#: An alteration after these words is not what the patients have.
_NOT_IN: Final = re.compile(
    r"\b(?:(?:regardless|irrespective|independent(?:ly)?)\s+of\s+(?:[\w-]+\s+){0,4}|"
    r"(?:negative|lack(?:ing|s|ed)?|without|no|absence\s+of|due\s+to|because\s+of|caused\s+by|mediated\s+by|"
    r"via|through|acquired|"
    r"emergence\s+of|development\s+of|wild-type|other)\s+(?:(?!(?:in|for|against|with)\s)[\w-]+\s+){0,3})$",
    re.IGNORECASE,
)
#: An opening part, up to the comma, that tells of another disease for comparison.
_ELSEWHERE: Final = re.compile(
    r"\W*(?:[A-Z][\w &]{2,30}:\s*)?(?:compared\s+(?:with|to)|unlike|like|in\s+contrast\s+(?:to|with)|as\s+opposed\s+to|"
    r"in\s+spite\s+of|despite|following|beyond|besides|as\s+in)\b[^,;]*,",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What an appraisal is limited to, and how sure we are that it is."""

    targets: tuple[Mention, ...]
    context: ConceptId | None
    certain: bool


def setting(sentence: Sentence, clause: Span, cue: Valued, discourse: Discourse) -> Setting | None:
    """In whom: the alteration (with the disease as context) or the disease, of the clause, the sentence, or before."""
    for part in (clause, sentence.span):
        diseases = _diseases(sentence, part)
        alterations = _alterations(sentence, part)
        if alterations:
            alterations = _nearest(sentence, alterations, cue)
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
    disease = discourse.outside(sentence, ConceptClass.DISEASE)
    return Setting((disease,), None, False) if disease else None


def _alterations(sentence: Sentence, part: Span) -> Sequence[Mention]:
    found = outermost(sentence.of(ConceptClass.ALTERATION, inside=part))
    return distinct(
        m
        for m in found
        if not _NOT_IN.search(sentence.text[max(part.start, m.span.start - 120) : m.span.start])
        and not is_role(sentence, m)
    )


def _without(sentence: Sentence, cls: ConceptClass) -> str:
    """The words of a sentence without the mentions of a class."""
    words = sentence.words()
    for mention in reversed(sentence.of(cls)):
        start, end = mention.span.start - sentence.span.start, mention.span.end - sentence.span.start
        words = words[:start] + words[end:]
    return words


def _nearest(sentence: Sentence, named: Sequence[Mention], cue: Valued) -> Sequence[Mention]:
    """Of several, those from "active in" and the like on: what stands before the cue is of something else."""
    for first in named:
        between = sentence.text[cue.span.end : first.span.start]
        if first.span.start >= cue.span.end and _ACTIVE_IN.fullmatch(between):
            after = [m for m in named if m.span.start > first.span.start]
            return [first, *after] if first.cls is ConceptClass.ALTERATION else sentence.group(first, after)
    return named


def _diseases(sentence: Sentence, part: Span) -> Sequence[Mention]:
    elsewhere = _ELSEWHERE.match(sentence.text, sentence.span.start, sentence.span.end)
    start = max(part.start, elsewhere.end()) if elsewhere else part.start
    found = sentence.of(ConceptClass.DISEASE, inside=Span(min(start, part.end), part.end))
    return distinct(m for m in found if not repeats(sentence, m, found) and not singled_out(sentence, m))
