"""Therapies that were given with another: what is said of both together is said of neither alone."""

from __future__ import annotations

import re
from typing import Final

from ..model import ConceptClass, Mention
from .discourse import THERAPIES, Sentence

#: What joins a therapy to another that is not known: the praise is of both.
_JOINED_AFTER: Final = re.compile(
    r"(?:\s*\([^()]{1,30}\))?(?:\s*[+±]|,?\s+plus\b|-based\b|\s+followed\s+by\b|\s*/\s*(?=\w)|"
    r"\s+(?:(?:when|if|was|were|is)\s+)?(?:combined|co-?administered)\s+(?:with|to)\b|\s+in\s+(?:\w+\s+)?combination\s+with\b|"
    r"\s+together\s+with\b|\s+(?:and|with)\s+(?:concurrent|concomitant|low-dose|subsequent|sequential)\b|"
    r"(?:\s+and\s+[\w-]+)?[\s-]combinations?\b(?!\s+with)|\s+and\s+[\w-]+\s+(?:were|was|are)\s+combined\b)",
    re.IGNORECASE,
)
_JOINED_BEFORE: Final = re.compile(
    r"(?:[+±]\s*|\w-based\s+(?:\w+\s+)?|\bwith\s+(?=low-dose|reduced-dose)|"
    r"\b(?:plus|followed\s+by|(?:combined|together|concurrently|concomitantly)\s+(?:with|to)|"
    r"in\s+(?:\w+\s+)?combination\s+with|alongside|"
    r"(?:use|administration)\s+of\s+[^,;]{1,60}\s+with)\s+)(?:(?:the|an?|low-dose|reduced-dose|standard|adjuvant)\s+)*$",
    re.IGNORECASE,
)
_GIVEN_WITH: Final = re.compile(r"\s+with\s+(?:(?:an?|the|low-dose)\s+)?", re.IGNORECASE)
_COMBINATION_OF: Final = re.compile(
    r"\b(?:(?:association|combination)s?\s+(?:(?:treatment|therapy)\s+)?(?:of|between|with)|combining|"
    r"co-?administration\s+of)\s+(?:[^,;()]{1,60}\s+(?:and|with|plus)\s+)?$|\bplus\s+[^,;()]{1,60}\s+and\s+$",
    re.IGNORECASE,
)


def given_with_another(sentence: Sentence, therapy: Mention) -> bool:
    """Whether a therapy is only a part of what was given; the rest has no name here, or the regimen were named."""
    lead = sentence.text[max(sentence.span.start, therapy.span.start - 100) : therapy.span.start]
    if therapy.cls is not ConceptClass.REGIMEN and _COMBINATION_OF.search(lead):
        return True
    if any(_one_with(sentence, other, therapy) for other in sentence.of(*THERAPIES)):
        return True
    following = [m for m in sentence.of(*THERAPIES) if m.span.start >= therapy.span.end][:1]
    for other in following:
        if _one_with(sentence, therapy, other):
            return True
        if sentence.text[therapy.span.end : other.span.start].strip() in (",", "("):  # "the class, the drug, plus"
            return given_with_another(sentence, other)
    return bool(_JOINED_BEFORE.search(lead) or _JOINED_AFTER.match(sentence.text, therapy.span.end, sentence.span.end))


def _one_with(sentence: Sentence, one: Mention, other: Mention) -> bool:
    """Whether one therapy is given with another: "A with B", but not "chemotherapy with cisplatin", which is one."""
    if one.cls is ConceptClass.DRUG_CLASS and other.cls is not ConceptClass.DRUG_CLASS:
        return False
    return (
        one.span.end < other.span.start
        and _GIVEN_WITH.fullmatch(sentence.text, one.span.end, other.span.start) is not None
    )
