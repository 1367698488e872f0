"""How a class of drugs names those that belong to it: "ADCs such as A and B", "the inhibitor A", "A and other ADCs"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..model import ConceptClass, Mention, Span
from .discourse import THERAPIES, Discourse, Sentence

#: From a class to the drugs of it.
_SUCH_AS: Final = (
    r"(?:represented\s+by|such\s+as|includ(?:ing|e|ed)|like|namely|e\.g\.,?|i\.e\.,?|exemplified\s+by|led\s+by|for\s+example,?|"
    r"in\s+particular|particularly|especially|notably|mainly)"
)
_CLASS_OF: Final = re.compile(
    rf"\s*(?:drugs?|agents?|therap(?:y|ies))?\s*,?\s*(?:\(?{_SUCH_AS}|\((?:[A-Z][\w-]{{1,7}};)?|:)\s*(?:the\s+)?|\s+",
    re.IGNORECASE,
)
SEVERAL: Final = re.compile(rf"{_SUCH_AS}|:|drugs|agents|\($", re.IGNORECASE)
#: The same over what else is said of the class: "conjugates under development for lung cancer, including".
_FURTHER_ON: Final = re.compile(
    rf"(?:(?!\b(?:than|versus|vs|plus|over|other|with|(?:and|or)\s+(?:[\w-]+\s+){{0,3}}(?:drugs?|agents?|therap\w+|treatments?))\b)[^.;:()])"
    rf"{{1,120}}?,\s*{_SUCH_AS}\s+(?:the\s+)?",
    re.IGNORECASE,
)
#: One of a class, named right after it: "a third conjugate, A, has been", "the only inhibitor approved for X is A".
_ONE: Final = re.compile(
    r"\b(?:an?|another|one|the\s+(?:first|second|third|fourth|only|latest|newest|newer|novel|new|oral|most\s+[\w-]+)|first|second|third)\s+"
    r"(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
_IS_CALLED: Final = re.compile(
    r"(?!\s*,)[^;:,]{0,150}?\s(?:is|was|remains)\s+(?:currently\s+|still\s+)?", re.IGNORECASE
)
#: "A and other inhibitors", "unlike other antibodies, A": A is one of them.
_OTHER: Final = re.compile(r"\bother\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_AND_OTHER: Final = re.compile(
    r"(?:\s*\([^()]{1,20}\))?,?\s+(?:(?:is|was|has|have|had|shows?|showed)\s+(?:[\w-]+\s+){0,5}?)?"
    r"(?:and|or|with|to|than|versus|vs\.?|unlike|like|as\s+well\s+as|over|(?:a\s+)?(?:series|number|variety)\s+of|,)\s+"
    r"(?:(?:a|the)\s+)?(?:(?:series|number|variety)\s+of\s+)?(?:most\s+|some\s+|any\s+|several\s+)?$",
    re.IGNORECASE,
)
_OTHERS_COMMA: Final = re.compile(r"[^\w]*,\s+$")
#: What follows such a name; "or", "and" and another name would make it a list.
_NAME_ENDS: Final = re.compile(
    r"(?:\s*\([^()]{1,40}\))?(?:,(?!\s*(?:and|or|plus)\b)|[.;)]|\s+(?:is|was|has|have|had|shows?|showed|received|demonstrated|"
    r"improved)\b|\s*$)",
    re.IGNORECASE,
)
#: A class in the plural, counted: "two kinase inhibitors, A and B".
_COUNTED: Final = re.compile(r"\b(?:two|three|four|several|both)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
#: A class before what is called so: "As a novel inhibitor recently approved, A …", "Among inhibitors, A and B …".
_OPENING: Final = re.compile(
    r"\W*(?:[A-Z][A-Za-z &]{2,30}:\s*)?(?:As\s+an?|Among(?:\s+(?:the|these|all))?)\s+(?:[\w-]+,?\s+){0,4}"
)
_UP_TO: Final = re.compile(r"(?:\s+[\w-]+){0,6},\s+(?:only\s+|the\s+)?")
#: An abbreviation in brackets: "antibody-drug conjugate (ADC)".
_ABBREVIATED: Final = re.compile(r"\s*\([A-Z][A-Za-z-]{0,9}\)")
#: Nouns that a class ends with when the name of a drug follows: "the pan-HER tyrosine kinase inhibitor dacomitinib".
_NOUN: Final = re.compile(
    r"(?:inhibitors?|conjugates?|antibod(?:y|ies)|ADCs?|TKIs?|agents?|drugs?|blockers?|antagonists?|taxanes?|anthracyclines?)$",
    re.IGNORECASE,
)


def names(sentence: Sentence, kind: Mention, drug: Mention, discourse: Discourse) -> bool:
    """Whether a drug follows its class: "ADCs such as A", "a third ADC, A,", "the inhibitor A"."""
    between = _ABBREVIATED.sub("", sentence.text[kind.span.end : drug.span.start])
    plural = kind.span.of(sentence.text).endswith("s")
    last = _last_of_list(sentence, drug, plural=True)
    if between.rstrip().endswith("(") and not {sentence.text[at : at + 1] for at in (drug.span.end, last)} & set("),;"):
        return False  # "platinum-based chemotherapy (pemetrexed-platinum)"
    if _opens_with(sentence, kind) and _UP_TO.fullmatch(between):
        return True
    if between.strip() == ",":  # "two inhibitors, A and B", but not "inhibitors, A, and B"
        if plural and _COUNTED.search(sentence.text, sentence.span.start, kind.span.start):
            return True
        ends = _NAME_ENDS.match(sentence.text, _last_of_list(sentence, drug, plural=plural), sentence.span.end)
        return bool(ends and (plural or _one(sentence, kind)) and _may_be(drug, kind, discourse))
    if not between.strip():  # "the pan-HER tyrosine kinase inhibitor dacomitinib", not "chemotherapy trastuzumab"
        return _NOUN.search(kind.span.of(sentence.text)) is not None
    if _CLASS_OF.fullmatch(between):
        return True
    if sentence.of(*THERAPIES, inside=Span(kind.span.end, drug.span.start)):
        return False
    return bool(_FURTHER_ON.fullmatch(between) if plural else _IS_CALLED.fullmatch(between) and _one(sentence, kind))


def one_of_others(
    sentence: Sentence, kind: Mention, drug: Mention, drugs: Sequence[Mention], discourse: Discourse
) -> bool:
    """Whether a class is that of the others beside a drug: "A and other inhibitors", "unlike other antibodies, A"."""
    other = _OTHER.search(sentence.text, max(sentence.span.start, kind.span.start - 40), kind.span.start)
    if other is None or kind.concept not in discourse.lexicon.ancestors(drug.concept):
        return False  # "cisplatin, radiotherapy and other antibodies"
    if drug.span.end <= other.start():
        nearest = not any(drug.span.end <= d.span.start < other.start() for d in drugs)
        return nearest and _AND_OTHER.fullmatch(sentence.text, drug.span.end, other.start()) is not None
    return _OTHERS_COMMA.fullmatch(sentence.text, kind.span.end, drug.span.start) is not None


def _last_of_list(sentence: Sentence, drug: Mention, *, plural: bool) -> int:
    """Where the names end that begin with a drug."""
    drugs = [d for d in sentence.of(ConceptClass.DRUG) if d.span.start > drug.span.start]
    return (sentence.group(drug, drugs)[-1] if plural else drug).span.end


def _may_be(drug: Mention, kind: Mention, discourse: Discourse) -> bool:
    """Whether nothing known of a drug is against a class: "a taxane, cisplatin" is a list and calls it nothing."""
    known = discourse.lexicon.ancestors(drug.concept)
    return not known or kind.concept in known


def _one(sentence: Sentence, kind: Mention) -> bool:
    """Whether one of a class is spoken of: "a third conjugate", "the only inhibitor"."""
    return _ONE.search(sentence.text, sentence.span.start, kind.span.start) is not None


def _opens_with(sentence: Sentence, kind: Mention) -> bool:
    """Whether a sentence begins with a class: "As an antibody, …", "Among the antibodies approved, …"."""
    return _OPENING.fullmatch(sentence.text, sentence.span.start, kind.span.start) is not None
