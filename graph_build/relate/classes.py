"""Claims about what a drug is called, "GQ1005, a novel HER2-ADC": ``inClass``, and ``targets`` the gene in the name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..model import ConceptClass, ConceptId, Mention, Span, Statement
from .aims import aimed_at, targeting
from .discourse import THERAPIES, Discourse, Sentence, distinct, outermost

#: From a drug to what it is: ", an irreversible", "(a novel", "is the", "was the first"; never across "with" or "and".
_DRUG_IS: Final = re.compile(
    r"\s*\)?(?:\s?[\u2010-\u2014-]\s?(?:an?|the)\s+|,\s*(?:which\s+(?:is|are)\s+)?(?:an?|the|two|three|both)\s+|,\s*which\s+(?:is|are)\s+|\(\s*(?:(?:an?|the)\s+)?|,?\s(?:is|"
    r"are)\s+(?:(?:an?|the)\s+)?|,?\s(?:was|were|became|represents?|remains?)\s+(?:an?|the|another)\s+)"
    r"(?:(?!(?:with|without|and|or|in|to|of|for|plus|versus|by|than|not|after|approved|used|combined|received|had|were|was|patients|"
    r"being)\b)[\w\u2010-\u2013-]+(?:[\s-]+(?<=ly[\s-])used)?,?\s+){0,7}?(?:anti[\u2010-\u2013-])?",
    re.IGNORECASE,
)
#: From a class to the drugs of it.
_SUCH_AS: Final = (
    r"(?:represented\s+by|such\s+as|including|like|namely|e\.g\.,?|i\.e\.,?|exemplified\s+by|led\s+by|for\s+example,?|"
    r"in\s+particular|particularly|especially|notably|mainly)"
)
_CLASS_OF: Final = re.compile(
    rf"\s*(?:drugs?|agents?|therap(?:y|ies))?\s*,?\s*(?:\(?{_SUCH_AS}|\(|:)\s*(?:the\s+)?|\s+", re.IGNORECASE
)
_SEVERAL: Final = re.compile(rf"{_SUCH_AS}|:|drugs|agents", re.IGNORECASE)
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
#: What follows such a name; "or", "and" and another name would make it a list.
_NAME_ENDS: Final = re.compile(
    r"(?:\s*\([^()]{1,40}\))?(?:,(?!\s*(?:and|or|plus)\b)|[.;)]|\s+(?:is|was|has|have|had|shows?|showed|received|demonstrated|"
    r"improved)\b|\s*$)",
    re.IGNORECASE,
)
#: A generation before its drugs in brackets, and the others after it, up to the class that they share.
_GENERATION: Final = re.compile(
    r"\b(?:first|second|third|fourth|next|new|1st|2nd|3rd)-(?:generation)?\s*$", re.IGNORECASE
)
_OTHER_GENERATIONS: Final = re.compile(
    r"\s*(?:(?:,|and|or|,\s*and)\s+(?:\w+-)(?:generation)?\s*\([^()]*\)\s*)*", re.IGNORECASE
)
#: Another drug's class: "an antibody (A), a conjugate (B)" is a list, of which A is not called a conjugate.
_OPENED: Final = re.compile(r"\(\s*$")
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
#: What an antibody carries makes the drug another thing: "an antibody conjugated with a toxin".
_PAYLOAD: Final = re.compile(
    r"\s*(?:\([^()]{1,12}\)\s*)?,?\s*(?:(?:that|which)\s+is\s+|is\s+)?(?:covalently\s+)?(?:conjugated|linked|coupled|fused|bound|"
    r"attached)\s+(?:to|with)\b",
    re.IGNORECASE,
)
#: Genes of a modifier, taken together: "a dual HER2- and EGFR-specific inhibitor".
_GENES: Final = re.compile(r"\bGENE[\u2010-\u2013-]?(?:\s*(?:,\s*(?:and|or)?|/|\band\b|\bor\b|&)\s*GENE)+")
_DIRECTED: Final = re.compile(
    r"\)?[\s\u2010-\u2013-]*(?:directed|targeted|targeting|specific|selective)\b", re.IGNORECASE
)
_SPARED: Final = re.compile(
    r"[\s\u2010-\u2013-]*(?:sparing|negative|independent|mediated|resistan\w+)\b", re.IGNORECASE
)


def classes(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """A drug called by its class: ``inClass``, and ``targets`` the genes that the class is said to be against."""
    drugs = sentence.of(ConceptClass.DRUG)
    therapies = outermost(sentence.of(*THERAPIES))
    for kind in sentence.of(ConceptClass.DRUG_CLASS):
        named: list[Mention] = []
        modifiers: dict[ConceptId, list[Mention]] = {}
        for index, drug in enumerate(drugs):
            if called(sentence, drug, kind):
                between = [t for t in therapies if drug.span.end <= t.span.start and t.span.end <= kind.span.start]
                if of_a_generation(sentence, drug, kind) or all(t.concept == drug.concept for t in between):
                    modifiers[drug.concept] = _modifying(sentence, drug, kind)
                    named += [*_listed_before(sentence, kind, drug, drugs[:index]), drug]
            elif kind.span.end <= drug.span.start and _named_by(sentence, kind, drug, discourse):
                several = kind.span.of(sentence.text).lower().endswith("s") or _SEVERAL.search(
                    sentence.text[kind.span.end : drug.span.start]
                )
                named += sentence.group(drug, drugs[index + 1 :]) if several else [drug]
        against = [*sentence.of(ConceptClass.GENE, inside=kind.span), *aimed_at(sentence, kind, discourse)]
        for drug in distinct(named):
            if _broader_than_named(kind, drug, sentence):
                continue
            if not _PAYLOAD.match(sentence.text, kind.span.end, sentence.span.end):
                yield Statement(
                    subject=drug.concept,
                    predicate="inClass",
                    object=kind.concept,
                    evidence=sentence.evidence("drug-called-by-class", 0.9, [drug, kind]),
                )
            yield from targeting(
                sentence,
                discourse,
                drug.concept,
                [drug, kind],
                [*against, *modifiers.get(drug.concept, ())],
                "class-names-target",
            )


def _listed_before(sentence: Sentence, kind: Mention, drug: Mention, before: Sequence[Mention]) -> list[Mention]:
    """The drugs of a list that ends with this one, when a class in the plural says what they all are."""
    if not kind.span.of(sentence.text).lower().endswith("s"):
        return []
    return [other for at, other in enumerate(before) if drug in sentence.group(other, [*before[at + 1 :], drug])]


def called(sentence: Sentence, drug: Mention, kind: Mention) -> bool:
    """Whether a class follows a drug as what it is: "pyrotinib, a pan-HER inhibitor"."""
    if drug.span.end > kind.span.start:
        return False
    after = sentence.text[drug.span.end :]
    if after.startswith(")") and _example(sentence, drug):
        return False
    if re.match(r"\s*\([^()]*\)", after) is None and sentence.text[drug.span.end : kind.span.start].strip() == "(":
        return sentence.text[kind.span.end : kind.span.end + 1] in tuple("),;")
    between = _between(sentence, drug, kind)
    return _DRUG_IS.fullmatch(between or "-") is not None or of_a_generation(sentence, drug, kind)


def of_a_generation(sentence: Sentence, drug: Mention, kind: Mention) -> bool:
    """Whether a class follows that its generations share: "first- (A, B) and second-generation (C) inhibitors"."""
    lead = sentence.text[sentence.span.start : drug.span.start].rpartition("(")[0]
    opened, _, rest = sentence.text[drug.span.end : kind.span.start].partition(")")
    return bool("(" not in opened and _GENERATION.search(lead) and _OTHER_GENERATIONS.fullmatch(rest))


def _between(sentence: Sentence, drug: Mention, kind: Mention) -> str:
    """The words from a drug to a class, with one word for the genes between, and without brackets."""
    words = sentence.text[drug.span.end : kind.span.start]
    for gene in reversed(_genes_between(sentence, drug, kind)):
        words = words[: gene.span.start - drug.span.end] + "GENE" + words[gene.span.end - drug.span.end :]
    return _GENES.sub("GENE", re.sub(r"\([^()]{0,30}\)", "", words))


def _genes_between(sentence: Sentence, drug: Mention, kind: Mention) -> list[Mention]:
    return outermost(sentence.of(ConceptClass.GENE, inside=Span(drug.span.end, kind.span.start)))


def _modifying(sentence: Sentence, drug: Mention, kind: Mention) -> list[Mention]:
    """The genes that say what a class is against before it: "a dual EGFR- and HER2-specific kinase inhibitor"."""
    return [
        gene
        for gene in _genes_between(sentence, drug, kind)
        if not _SPARED.match(sentence.text, gene.span.end)
        and (sentence.text[gene.span.start - 1] != "(" or _DIRECTED.match(sentence.text, gene.span.end))
    ]


def _example(sentence: Sentence, drug: Mention) -> bool:
    """Whether a drug stands in brackets after a class of its own."""
    opened = _OPENED.search(sentence.text, max(sentence.span.start, drug.span.start - 5), drug.span.start)
    return opened is not None and any(
        0 <= opened.start() - kind.span.end <= 1 for kind in sentence.of(ConceptClass.DRUG_CLASS)
    )


def _named_by(sentence: Sentence, kind: Mention, drug: Mention, discourse: Discourse) -> bool:
    """Whether a drug follows its class: "ADCs such as A", "a third ADC, A,", "the inhibitor A"."""
    between = _ABBREVIATED.sub("", sentence.text[kind.span.end : drug.span.start])
    plural = kind.span.of(sentence.text).endswith("s")
    if between.rstrip().endswith("(") and sentence.text[drug.span.end : drug.span.end + 1] not in tuple("),;"):
        return False  # "platinum-based chemotherapy (pemetrexed-platinum)"
    if between.strip() == ",":  # "two inhibitors, A and B", but not "inhibitors, A, and B"
        if plural and _COUNTED.search(sentence.text, sentence.span.start, kind.span.start):
            return True
        ends = _NAME_ENDS.match(sentence.text, _last_of_list(sentence, drug, plural=plural), sentence.span.end)
        return bool(ends and (plural or _one(sentence, kind)) and _may_be(drug, kind, discourse))
    if _opens_with(sentence, kind) and _UP_TO.fullmatch(between):
        return True
    if not between.strip():  # "the pan-HER tyrosine kinase inhibitor dacomitinib", not "chemotherapy trastuzumab"
        return _NOUN.search(kind.span.of(sentence.text)) is not None
    if _CLASS_OF.fullmatch(between):
        return True
    if sentence.of(*THERAPIES, inside=Span(kind.span.end, drug.span.start)):
        return False
    return bool(_FURTHER_ON.fullmatch(between) if plural else _IS_CALLED.fullmatch(between) and _one(sentence, kind))


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


def _broader_than_named(kind: Mention, drug: Mention, sentence: Sentence) -> bool:
    """Whether the class only abbreviates a longer one between it and the drug: "… tyrosine kinase inhibitor (TKI)"."""
    if sentence.text[kind.span.start - 1 : kind.span.start] != "(":
        return False
    return any(
        drug.span.end <= other.span.start and other.span.end < kind.span.start
        for other in sentence.of(ConceptClass.DRUG_CLASS)
    )
