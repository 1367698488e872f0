"""Claims about what things are: family, class, target, mechanism, and what a method detects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..model import ConceptClass, ConceptId, Mention, Span, Statement
from .discourse import Discourse, Sentence, distinct, outermost

_MEMBER: Final = re.compile(
    r"[\s,)]*(?:which\s+)?(?:is\s+|are\s+)?(?:(?:a|the|one)\s+(?:\w+\s+)?(?:of the\s+)?)?"
    r"(?:members?\s+(?:of|in)|belong(?:s|ing)?\s+to|part\s+of)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_MECHANISM: Final = re.compile(
    r"\b(?:mechanisms?|forms?|types?|kinds?|modes?)\s+(?:of|underl\w+|behind)\s+(?:the\s+)?$", re.IGNORECASE
)
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
    r"\s*(?:(?:was|were|is|are|can\s+be|be|as|status)\s+)*"
    r"(?:(?:detected|assessed|evaluated|identified|determined|confirmed|measured|analy[sz]ed|found|defined|tested)\s+)?"
    r"(?:(?:in|of|from)\s+(?:[\w%/().-]+\s+){1,8}?)?(?:by|using|via|through|with\s+the\s+use\s+of)\s+(?:an?\s+|the\s+)?"
    r"(?:targeted\s+|central\s+|local\s+)?|\s*\(\s*",
    re.IGNORECASE,
)
#: From a drug to what it is: ", an irreversible", "(a novel", "is the"; never across "with", "and" or "without".
_DRUG_IS: Final = re.compile(
    r"\s*(?:,\s*(?:which\s+is\s+)?(?:an?|the)\s+|,\s*which\s+is\s+|\(\s*(?:(?:an?|the)\s+)?|\s(?:is|"
    r"are)\s+(?:(?:an?|the)\s+)?)"
    r"(?:(?!(?:with|without|and|or|in|to|of|for|plus|versus|by|than|not|after|approved|used|combined|"
    r"being)\b)[\w-]+,?\s+){0,4}?",
    re.IGNORECASE,
)
_CLASS_OF: Final = re.compile(
    r"\s*(?:drugs?|agents?|therap(?:y|ies))?\s*,?\s*(?:\(?(?:represented\s+by|such\s+as|including|like|"
    r"namely|e\.g\.,?|exemplified\s+by"
    r"|led\s+by|for\s+example,?)|\(|:)\s*(?:the\s+)?|\s+",
    re.IGNORECASE,
)
#: What a method is unable to show.
_CANNOT: Final = re.compile(r"cannot|unable to|fails? to", re.IGNORECASE)
_SUCH_AS: Final = re.compile(
    r"represented|such|including|like|namely|e\.g|exemplified|for example|:|drugs|agents", re.IGNORECASE
)
#: How far before method and alteration a negation still negates that one shows the other: "no HER2 mutation".
NEGATION_REACH: Final = 8


def membership(sentence: Sentence, _discourse: Discourse) -> Iterator[Statement]:
    """HER2, a member of the ERBB family: ``memberOf``."""
    genes = sentence.of(ConceptClass.GENE)
    for family in sentence.of(ConceptClass.GENE_FAMILY):
        for gene in genes:
            last = sentence.group(gene, [other for other in genes if other.span.start > gene.span.start])[-1]
            if gene.span.end <= family.span.start and _MEMBER.fullmatch(sentence.between(last, family)):
                yield Statement(
                    subject=gene.concept,
                    predicate="memberOf",
                    object=family.concept,
                    evidence=sentence.evidence("gene-member-of-family", 0.95, [gene, family]),
                )


def mechanisms(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """Mechanisms of X alterations: A, B and C: ``mechanismOf``."""
    alterations = outermost(sentence.of(ConceptClass.ALTERATION))
    for whole in alterations:
        lead = sentence.text[sentence.span.start : whole.span.start]
        if not _MECHANISM.search(lead):
            continue
        same_gene = [
            m
            for m in alterations
            if m.span.start > whole.span.end
            and m.concept != whole.concept
            and discourse.gene_of(m) == discourse.gene_of(whole)
        ]
        for part in distinct(sentence.group(same_gene[0], same_gene[1:]) if same_gene else []):
            yield Statement(
                subject=part.concept,
                predicate="mechanismOf",
                object=whole.concept,
                evidence=sentence.evidence("mechanisms-listed", 0.95, [part, whole]),
            )


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
                named += [drug] if all(t.concept == drug.concept for t in between) else []
            elif kind.span.end <= drug.span.start and _named_by(sentence, kind, drug):
                several = kind.span.of(sentence.text).lower().endswith("s") or _SUCH_AS.search(
                    sentence.text[kind.span.end : drug.span.start]
                )
                named += sentence.group(drug, drugs[index + 1 :]) if several else [drug]
        for drug in distinct(named):
            if _broader_than_named(kind, drug, sentence):
                continue
            yield Statement(
                subject=drug.concept,
                predicate="inClass",
                object=kind.concept,
                evidence=sentence.evidence("drug-called-by-class", 0.9, [drug, kind]),
            )
            for gene in sentence.of(ConceptClass.GENE, inside=kind.span):
                yield Statement(
                    subject=drug.concept,
                    predicate="targets",
                    object=gene.concept,
                    evidence=sentence.evidence("class-names-target", 0.85, [drug, kind, gene]),
                )


def called(sentence: Sentence, drug: Mention, kind: Mention) -> bool:
    """Whether a class follows a drug as what it is: "pyrotinib, a pan-HER inhibitor"."""
    if drug.span.end > kind.span.start:
        return False
    after = sentence.text[drug.span.end :]
    if re.match(r"\s*\([^()]*\)", after) is None and sentence.text[drug.span.end : kind.span.start].strip() == "(":
        return sentence.text[kind.span.end : kind.span.end + 1] in tuple("),;")
    return _DRUG_IS.fullmatch(sentence.between(drug, kind) or "-") is not None


def _named_by(sentence: Sentence, kind: Mention, drug: Mention) -> bool:
    between = sentence.text[kind.span.end : drug.span.start]
    if between.rstrip().endswith("(") and sentence.text[drug.span.end : drug.span.end + 1] not in tuple("),;"):
        return False  # "platinum-based chemotherapy (pemetrexed-platinum)"
    if not between.strip():  # "the pan-HER tyrosine kinase inhibitor dacomitinib", not "chemotherapy trastuzumab"
        return bool(
            re.search(r"(?:inhibitor|conjugate|antibody|ADC|TKI|agent)$", kind.span.of(sentence.text), re.IGNORECASE)
        )
    return _CLASS_OF.fullmatch(between) is not None


def _broader_than_named(kind: Mention, drug: Mention, sentence: Sentence) -> bool:
    """Whether the class only abbreviates a longer one between it and the drug: "… tyrosine kinase inhibitor (TKI)"."""
    if sentence.text[kind.span.start - 1 : kind.span.start] != "(":
        return False
    return any(
        drug.span.end <= other.span.start and other.span.end < kind.span.start
        for other in sentence.of(ConceptClass.DRUG_CLASS)
    )
