"""Claims about what things are: class and target, and what a method detects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..model import ConceptClass, ConceptId, Mention, Span, Statement
from .discourse import Discourse, Sentence, distinct, outermost

#: From a method to what it shows: "IHC for", "NGS-based detection of", "FISH to detect the".
_SHOWS: Final = re.compile(
    r"[\s)-]*(?:based\s+)?(?:(?:is|are|was|were|can\s+be|be)\s+(?:used|applied|employed|available|performed|"
    r"preferred)\s+)?"
    r"(?:for|to\s+(?:detect|assess|identify|determine|evaluate|measure|find|show|demonstrate|reveal)|"
    r"(?:(?:can|cannot|could|did\s+not|does\s+not)\s+)?(?:detect(?:s|ed)?|identif(?:y|ies|ied)|reveal(?:s|"
    r"ed)?|show(?:s|ed)?|"
    r"assess(?:es|ed)?|measure[sd]?|finds?|found|confirm(?:s|ed)?|picks?\s+up)|detecting|identifying|"
    r",?\s*we\s+(?:detected|identified|found)|"
    r"(?:detection|identification|assessment|evaluation|analysis|testing)\s+(?:of|for))"
    r"(?:\s+(?:the\s+)?(?:detection|identification|assessment|evaluation|analysis|testing)\s+(?:of|for))?"
    r"(?:\s+(?:the|all|both|any|various|specific|an?|no))?\s*",
    re.IGNORECASE,
)
#: From an alteration to how it was found: "mutations detected by NGS", "overexpression (IHC".
_SHOWN_BY: Final = re.compile(
    r"(?:,(?=\s+as\s))?\s*(?:(?:was|were|is|are|can\s+be|be|as|status)\s+)*"
    r"(?:(?:detected|assessed|evaluated|identified|determined|confirmed|measured|analy[sz]ed|found|defined|tested)\s+)?"
    r"(?:(?:in|of|from)\s+(?:[\w%/().-]+\s+){1,8}?)?(?:by|using|via|through|with\s+the\s+use\s+of|(?<=ed\s)with)\s+(?:an?\s+|the\s+)?"
    r"(?:targeted\s+|central\s+|local\s+)?|\s*\(\s*",
    re.IGNORECASE,
)
#: From a drug to what it is: ", an irreversible", "(a novel", "is the"; never across "with", "and" or "without".
_DRUG_IS: Final = re.compile(
    r"\s*\)?(?:,\s*(?:which\s+(?:is|are)\s+)?(?:an?|the|two|three|both)\s+|,\s*which\s+(?:is|are)\s+|\(\s*(?:(?:an?|the)\s+)?|\s(?:is|"
    r"are)\s+(?:(?:an?|the)\s+)?)"
    r"(?:(?!(?:with|without|and|or|in|to|of|for|plus|versus|by|than|not|after|approved|used|combined|received|had|were|was|patients|"
    r"being)\b)[\w\u2010-\u2013-]+,?\s+){0,7}?(?:anti[\u2010-\u2013-])?",
    re.IGNORECASE,
)
_CLASS_OF: Final = re.compile(
    r"\s*(?:drugs?|agents?|therap(?:y|ies))?\s*,?\s*(?:\(?(?:represented\s+by|such\s+as|including|like|"
    r"namely|e\.g\.,?|i\.e\.,?|exemplified\s+by"
    r"|led\s+by|for\s+example,?)|\(|:)\s*(?:the\s+)?|\s+",
    re.IGNORECASE,
)
#: Another drug's class: "an antibody (A), a conjugate (B)" is a list, of which A is not called a conjugate.
_OPENED: Final = re.compile(r"\(\s*$")
#: It is not the alteration that a method shows: "the significance of HER2 expression was studied by".
_ABOUT_IT: Final = re.compile(
    r"\b(?:significance|role|value|impact|relevance|implications?|importance|effects?)\s+of\s+(?:the\s+)?$",
    re.IGNORECASE,
)
#: A class in the plural, counted: "two kinase inhibitors, A and B".
_COUNTED: Final = re.compile(r"\b(?:two|three|four|several|both)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
#: What shows proteins, and what shows copies of genes; where two of each are named together, each shows its own.
_OF_PROTEIN: Final = re.compile(r"immuno|western|flow cyto", re.IGNORECASE)
_OF_COPIES: Final = re.compile(r"in situ hybridi", re.IGNORECASE)
#: A class before what is called so: "As a novel inhibitor recently approved, A …", "Among inhibitors, A and B …".
_OPENING: Final = re.compile(
    r"\W*(?:[A-Z][A-Za-z &]{2,30}:\s*)?(?:As\s+an?|Among(?:\s+(?:the|these|all))?)\s+(?:[\w-]+,?\s+){0,4}"
)
_UP_TO: Final = re.compile(r"(?:\s+[\w-]+){0,6},\s+(?:only\s+|the\s+)?")
#: An abbreviation in brackets: "antibody-drug conjugate (ADC)".
_ABBREVIATED: Final = re.compile(r"\s*\([A-Z][A-Za-z-]{0,9}\)")
#: What an antibody carries makes the drug another thing: "an antibody conjugated with a toxin".
_PAYLOAD: Final = re.compile(
    r"\s*(?:\([^()]{1,12}\)\s*)?,?\s*(?:(?:that|which)\s+is\s+|is\s+)?(?:covalently\s+)?(?:conjugated|linked|coupled|fused|bound|"
    r"attached)\s+(?:to|with)\b",
    re.IGNORECASE,
)
#: From a class to what it is against: "targeting", "directed at the extracellular domain of".
_AIMED: Final = re.compile(
    r"\s*(?:\([^()]{1,15}\)\s*)?,?\s*(?:(?:that|which)\s+)?(?:(?:specifically|selectively)\s+)?(?:target(?:s|ing)|"
    r"direct(?:s|ed)\s+(?:against|at|to|towards?)|against|specific\s+(?:for|to)|bind(?:s|ing)\s+to)\s+(?:both\s+|the\s+)?"
    r"(?:(?:extracellular|ectodomain|intracellular|kinase|tyrosine\s+kinase)?\s*domains?\s+(?:IV\s+|II\s+)?of\s+(?:the\s+)?)?",
    re.IGNORECASE,
)
#: What a method is unable to show.
_CANNOT: Final = re.compile(r"cannot|unable to|fails? to", re.IGNORECASE)
_SUCH_AS: Final = re.compile(
    r"represented|such|including|like|namely|e\.g|exemplified|for example|:|drugs|agents", re.IGNORECASE
)
#: How far before method and alteration a negation still negates that one shows the other: "no HER2 mutation".
NEGATION_REACH: Final = 8


def detection(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """Which method shows which alteration: ``detects``."""
    methods = sentence.of(ConceptClass.METHOD)
    alterations = outermost(sentence.of(ConceptClass.ALTERATION))
    seen: set[tuple[ConceptId, ConceptId]] = set()
    for found, shown, rule in [*_forwards(sentence, methods, alterations), *_backwards(sentence, methods, alterations)]:
        ends = sorted(m.span for m in (*found, *shown))
        begin = max(sentence.clause_at(ends[0].start).start, ends[0].start - NEGATION_REACH)
        reached = Span(begin, max(end.end for end in ends))
        # In "IHC for overexpression, but no gold standard" the negation is the standard's.
        gold = "gold" in sentence.words().lower()
        negation = None if gold else discourse.cues.negation(sentence.text, reached)
        if negation and not _CANNOT.fullmatch(negation):
            continue  # "no mutation was detected by …" tells of the patients, not of the method
        respective = "respectively" in sentence.words().lower() and len(found) == len(shown)
        for index, method in enumerate(distinct(found)):
            for alteration in [shown[index]] if respective else distinct(shown):
                if (method.concept, alteration.concept) in seen:
                    continue
                if min(len(distinct(found)), len(distinct(shown))) > 1 and not _can_show(method, alteration):
                    continue
                seen.add((method.concept, alteration.concept))
                disease = next(iter(sentence.of(ConceptClass.DISEASE)), None)
                yield Statement(
                    subject=method.concept,
                    predicate="detects",
                    object=alteration.concept,
                    negated=bool(negation),
                    context=disease.concept if disease else None,
                    evidence=sentence.evidence(
                        rule, 0.9, [method, alteration, *([disease] if disease else [])], negation=negation
                    ),
                )


def _can_show(method: Mention, alteration: Mention) -> bool:
    """Whether a method is one for this kind of alteration: proteins by antibodies, copies of genes by hybridization."""
    protein = alteration.concept.label.endswith("expression")
    if _OF_PROTEIN.search(method.concept.label):
        return protein or alteration.concept.label.endswith(("positivity", "alteration"))
    return not (protein and _OF_COPIES.search(method.concept.label))


_Pairs = Iterator[tuple[list[Mention], list[Mention], str]]


def _forwards(sentence: Sentence, methods: Sequence[Mention], alterations: Sequence[Mention]) -> _Pairs:
    rest = list(methods)
    while rest:
        group = sentence.group(rest[0], rest[1:])
        rest = rest[len(group) :]
        after = [m for m in alterations if m.span.start >= group[-1].span.end]
        if after and _SHOWS.fullmatch(sentence.between(group[-1], after[0])):
            yield group, sentence.group(after[0], after[1:]), "method-detects"


def _backwards(sentence: Sentence, methods: Sequence[Mention], alterations: Sequence[Mention]) -> _Pairs:
    for index, method in enumerate(methods):
        before = [m for m in alterations if m.span.end <= method.span.start]
        if before and _SHOWN_BY.fullmatch(sentence.text[before[-1].span.end : method.span.start]):
            if _ABOUT_IT.search(
                sentence.text, max(sentence.span.start, before[-1].span.start - 40), before[-1].span.start
            ):
                continue
            group = sentence.group(method, methods[index + 1 :])
            listed = [m for m in before if before[-1] in sentence.group(m, before)]
            yield group, listed, "alteration-shown-by-method"


def classes(sentence: Sentence, _discourse: Discourse) -> Iterator[Statement]:
    """A drug called by its class, "GQ1005, a novel HER2-ADC": ``inClass``, and ``targets`` the gene in the class."""
    drugs = sentence.of(ConceptClass.DRUG)
    therapies = outermost(sentence.of(ConceptClass.DRUG_CLASS, ConceptClass.DRUG, ConceptClass.REGIMEN))
    for kind in sentence.of(ConceptClass.DRUG_CLASS):
        named: list[Mention] = []
        for index, drug in enumerate(drugs):
            if called(sentence, drug, kind):
                between = [t for t in therapies if drug.span.end <= t.span.start and t.span.end <= kind.span.start]
                if all(t.concept == drug.concept for t in between):
                    named += [*_listed_before(sentence, kind, drug, drugs[:index]), drug]
            elif kind.span.end <= drug.span.start and _named_by(sentence, kind, drug):
                several = kind.span.of(sentence.text).lower().endswith("s") or _SUCH_AS.search(
                    sentence.text[kind.span.end : drug.span.start]
                )
                named += sentence.group(drug, drugs[index + 1 :]) if several else [drug]
        against = _against(sentence, kind)
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
            for gene in [*sentence.of(ConceptClass.GENE, inside=kind.span), *against]:
                yield Statement(
                    subject=drug.concept,
                    predicate="targets",
                    object=gene.concept,
                    evidence=sentence.evidence("class-names-target", 0.85, [drug, kind, gene]),
                )


def _listed_before(sentence: Sentence, kind: Mention, drug: Mention, before: Sequence[Mention]) -> list[Mention]:
    """The drugs of a list that ends with this one, when a class in the plural says what they all are."""
    if not kind.span.of(sentence.text).lower().endswith("s"):
        return []
    return [other for at, other in enumerate(before) if drug in sentence.group(other, [*before[at + 1 :], drug])]


def _against(sentence: Sentence, kind: Mention) -> list[Mention]:
    """The genes that a class is said to be against: "an antibody (mAb) directed against HER2"."""
    aimed = _AIMED.match(sentence.text, kind.span.end, sentence.span.end)
    genes = [m for m in sentence.of(ConceptClass.GENE) if aimed and m.span.start >= aimed.end()]
    return sentence.group(genes[0], genes[1:]) if aimed and genes and genes[0].span.start == aimed.end() else []


def called(sentence: Sentence, drug: Mention, kind: Mention) -> bool:
    """Whether a class follows a drug as what it is: "pyrotinib, a pan-HER inhibitor"."""
    if drug.span.end > kind.span.start:
        return False
    after = sentence.text[drug.span.end :]
    if after.startswith(")") and _example(sentence, drug):
        return False
    if re.match(r"\s*\([^()]*\)", after) is None and sentence.text[drug.span.end : kind.span.start].strip() == "(":
        return sentence.text[kind.span.end : kind.span.end + 1] in tuple("),;")
    return _DRUG_IS.fullmatch(sentence.between(drug, kind) or "-") is not None


def _example(sentence: Sentence, drug: Mention) -> bool:
    """Whether a drug stands in brackets after a class of its own."""
    opened = _OPENED.search(sentence.text, max(sentence.span.start, drug.span.start - 5), drug.span.start)
    return opened is not None and any(
        0 <= opened.start() - kind.span.end <= 1 for kind in sentence.of(ConceptClass.DRUG_CLASS)
    )


def _named_by(sentence: Sentence, kind: Mention, drug: Mention) -> bool:
    between = _ABBREVIATED.sub("", sentence.text[kind.span.end : drug.span.start])
    if between.rstrip().endswith("(") and sentence.text[drug.span.end : drug.span.end + 1] not in tuple("),;"):
        return False  # "platinum-based chemotherapy (pemetrexed-platinum)"
    if between.strip() == "," and kind.span.of(sentence.text).endswith("s"):
        return _COUNTED.search(sentence.text, sentence.span.start, kind.span.start) is not None
    if _opens_with(sentence, kind) and _UP_TO.fullmatch(between):
        return True
    if not between.strip():  # "the pan-HER tyrosine kinase inhibitor dacomitinib", not "chemotherapy trastuzumab"
        return bool(
            re.search(
                r"(?:inhibitors?|conjugates?|antibod(?:y|ies)|ADCs?|TKIs?|agents?)$",
                kind.span.of(sentence.text),
                re.IGNORECASE,
            )
        )
    return _CLASS_OF.fullmatch(between) is not None


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
