"""Claims about what a drug is called, "GQ1005, a novel HER2-ADC": ``inClass``, and ``targets`` the gene in the name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..model import ConceptClass, ConceptId, Mention, Span, Statement
from .aims import aimed_at, targeting
from .discourse import THERAPIES, Discourse, Sentence, distinct, outermost
from .naming import SEVERAL, names, one_of_others

#: From a drug to what it is: ", an irreversible", "(a novel", "is the", "was the first"; never across "with" or "and".
_DRUG_IS: Final = re.compile(
    r"\s*\)?(?:\s?[\u2010-\u2014-]\s?(?:an?|the)\s+|,\s*(?:which\s+(?:is|are)\s+)?(?:an?|the|two|three|both)\s+|,\s*which\s+(?:is|are)\s+|\(\s*(?:(?:an?|the)\s+)?|,?\s(?:is|"
    r"are)\s+(?:(?:an?|the)\s+)?|,?\s(?:was|were|became|represents?|remains?)\s+(?:an?|the|another)\s+)"
    r"(?:(?!(?:with|without|and|or|in|to|of|for|plus|versus|by|than|not|after|approved|used|combined|received|had|were|was|patients|"
    r"being)\b)[\w\u2010-\u2013-]+(?:[\s-]+(?<=ly[\s-])used)?,?\s+){0,7}?(?:anti[\u2010-\u2013-])?",
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
#: What an antibody carries makes the drug another thing: "an antibody conjugated with a toxin".
_PAYLOAD: Final = re.compile(
    r"\s*(?:\([^()]{1,12}\)\s*)?,?\s*(?:(?:that|which)\s+is\s+|is\s+)?(?:covalently\s+)?(?:conjugated|linked|coupled|fused|bound|"
    r"attached)\s+(?:to|with)\b",
    re.IGNORECASE,
)
#: Genes of a modifier, taken together: "a dual HER2- and EGFR-specific inhibitor".
_GENES: Final = re.compile(r"\bGENE[\u2010-\u2013-]?(?:\s*(?:,\s*(?:and|or)?|/|\band\b|\bor\b|&)\s*GENE)+")
#: "a potent and selective", "a reversible EGFR and": what is said goes on.
_AND_ALSO: Final = re.compile(r"(?<=\w)\s+and\s+(?=(?:[\w/\u2010-\u2013-]+\s+){0,3}$)")
_DIRECTED: Final = re.compile(
    r"\)?[\s\u2010-\u2013-]*(?:directed|targeted|targeting|specific|selective)\b", re.IGNORECASE
)
_NEXT_TO: Final = re.compile(
    r"\s*\)?[\s\u2010-\u2013-]*(?:(?:directed|targeted|targeting|specific|selective)\s+)?|\s*\(|/|\s*(?:,|and|or)\s+(?:anti-)?",
    re.IGNORECASE,
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
            elif one_of_others(sentence, kind, drug, drugs, discourse):
                named.append(drug)
            elif kind.span.end <= drug.span.start and names(sentence, kind, drug, discourse):
                several = kind.span.of(sentence.text).lower().endswith("s") or SEVERAL.search(
                    sentence.text[kind.span.end : drug.span.start]
                )
                modifiers[drug.concept] = _against(sentence, kind)
                named += sentence.group(drug, drugs[index + 1 :]) if several else [drug]
        within = [
            g for g in sentence.of(ConceptClass.GENE, inside=kind.span) if not _SPARED.match(sentence.text, g.span.end)
        ]
        against = [*within, *aimed_at(sentence, kind, discourse)]
        for drug in distinct(named):
            if _broader_than_named(kind, drug, sentence):
                continue
            if not _PAYLOAD.match(sentence.text, kind.span.end, sentence.span.end):
                yield Statement(
                    subject=drug.concept,
                    predicate="inClass",
                    object=kind.concept,
                    evidence=sentence.evidence("drug-called-by-class", [drug, kind]),
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
    return _AND_ALSO.sub(" ", _GENES.sub("GENE", re.sub(r"\([^()]{0,30}\)", "", words)))


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


def _against(sentence: Sentence, kind: Mention) -> list[Mention]:
    """The genes right before a class, which it is against: "the VEGFR-2 tyrosine kinase inhibitor apatinib"."""
    found: list[Mention] = []
    at = kind.span.start
    for gene in reversed(outermost(sentence.of(ConceptClass.GENE))):
        if gene.span.end <= at and _NEXT_TO.fullmatch(sentence.text, gene.span.end, at):
            found, at = [gene, *found], gene.span.start
    return found


def _broader_than_named(kind: Mention, drug: Mention, sentence: Sentence) -> bool:
    """Whether the class only abbreviates a longer one between it and the drug: "… tyrosine kinase inhibitor (TKI)"."""
    if sentence.text[kind.span.start - 1 : kind.span.start] != "(":
        return False
    return any(
        drug.span.end <= other.span.start and other.span.end < kind.span.start
        for other in sentence.of(ConceptClass.DRUG_CLASS)
    )
