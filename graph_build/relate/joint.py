"""Therapies that were given with another: what is said of both together is said of neither alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ..model import ConceptClass, Mention
from .discourse import THERAPIES, Sentence

#: What joins a therapy to another that is not known: the praise is of both.
_JOINED_AFTER: Final = re.compile(
    r"(?:\s*\([^()]{1,30}\))?(?:\s*[+±]|,?\s+plus\b|-based\b|\s+followed\s+by\b|\s*/\s*(?=\w)|"
    r"\s+(?:(?:when|if|was|were|is)\s+)?(?:combined|co-?administered)\s+(?:with|to)\b|,?\s+in\s+(?:\w+\s+)?combination\s+with\b|"
    r"\s+together\s+with\b|\s+(?:and|with)\s+(?:concurrent|concomitant|low-dose|subsequent|sequential)\b|"
    r"(?:\s+and\s+[\w-]+)?[\s-]combinations?\b(?!\s+with)|\s+and\s+[\w-]+\s+(?:regimens?|doublets?)\b|\s+and\s+[\w-]+\s+(?:were|was|are)\s+combined\b)",
    re.IGNORECASE,
)
_JOINED_BEFORE: Final = re.compile(
    r"(?:[+±]\s*|\w-based\s+(?:\w+\s+)?|\bwith\s+(?=low-dose|reduced-dose)|"
    r"\b(?:plus|combined|followed\s+by|(?:combined|together|concurrently|concomitantly)\s+(?:with|to)|"
    r"in\s+(?:\w+\s+)?combination\s+with|alongside|combined\s+with\s+[\w-]+(?:\s+[\w-]+)?|"
    r"(?:use|administration)\s+of\s+[^,;]{1,60}\s+with)\s+)(?:(?:the|an?|low-dose|reduced-dose|standard|adjuvant)\s+)*$",
    re.IGNORECASE,
)
#: Two that are given together have a name or a schedule: "A and B (AB)", "four cycles of A and B".
_CYCLES_OF: Final = re.compile(r"\b(?:cycles?|courses?)\s+of\s+$", re.IGNORECASE)
_AND: Final = re.compile(r"\s+and\s+", re.IGNORECASE)
_NAMED_TOGETHER: Final = re.compile(
    r"\s+(?:regimens?|doublets?)\b|\s*\((?=[^()\s]*[A-Z])[\w×+-]{2,8}\)\s+(?:is|was|are|were|has|had|regimen)\b"
)
#: The last of a list that has an abbreviation, and no name here: "xyzumab, therapy, and zyxasone (XTZ)".
_LISTED_WITH: Final = re.compile(r",?\s+and\s+(?P<last>[a-z-]+)\s*\((?=[^()\s]*[A-Z])[\w-]{2,8}\)")
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
    named = sentence.of(*THERAPIES)
    listed = _LISTED_WITH.match(sentence.text, therapy.span.end, sentence.span.end)
    if listed and not any(listed.start("last") == other.span.start for other in named):
        return True
    if any(_one_with(sentence, other, therapy) for other in named) or _one_of_two(sentence, therapy, named):
        return True
    following = [m for m in sentence.of(*THERAPIES) if m.span.start >= therapy.span.end][:1]
    for other in following:
        if _one_with(sentence, therapy, other):
            return True
        if sentence.text[therapy.span.end : other.span.start].strip() in ("", ",", "("):  # "the class, the drug, plus"
            return given_with_another(sentence, other)
    return bool(_JOINED_BEFORE.search(lead) or _JOINED_AFTER.match(sentence.text, therapy.span.end, sentence.span.end))


def _one_of_two(sentence: Sentence, therapy: Mention, named: Sequence[Mention]) -> bool:
    """Whether a therapy is one of two drugs that make one regimen."""
    for one, other in pairwise(named):
        if therapy in (one, other) and _AND.fullmatch(sentence.text, one.span.end, other.span.start):
            if _CYCLES_OF.search(sentence.text, sentence.span.start, one.span.start):
                return True
            if {one.cls, other.cls} == {ConceptClass.DRUG} and _NAMED_TOGETHER.match(sentence.text, other.span.end):
                return True
    return False


def _one_with(sentence: Sentence, one: Mention, other: Mention) -> bool:
    """Whether one therapy is given with another: "A with B", but not "chemotherapy with cisplatin", which is one."""
    if one.cls is ConceptClass.DRUG_CLASS and other.cls is not ConceptClass.DRUG_CLASS:
        return False
    return (
        one.span.end < other.span.start
        and _GIVEN_WITH.fullmatch(sentence.text, one.span.end, other.span.start) is not None
    )
