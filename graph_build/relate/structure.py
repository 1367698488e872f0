"""Claims about methods: what each detects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ..model import ConceptClass, ConceptId, Mention, Span, Statement
from .discourse import Discourse, Sentence, distinct, outermost

#: From a method to what it shows: "IHC for", "NGS-based detection of", "FISH to detect the".
_SHOWS: Final = re.compile(
    r"[\s)-]*(?:based\s+)?(?:(?:analys[ie]s|testing|assays?|panels?|results?|staining)\s+(?:(?:of|in|on|from)\s+(?:[\w-]+\s+){1,5}?)?)?"
    r"(?:(?:is|are|was|were|can\s+be|be)\s+(?:used|applied|employed|available|performed|"
    r"preferred)\s+)?"
    r"(?:for|to\s+(?:detect|assess|identify|determine|evaluate|measure|find|show|demonstrate|reveal)|"
    r"(?:(?:can|cannot|could|did\s+not|does\s+not)\s+)?(?:detect(?:s|ed)?|identif(?:y|ies|ied)|reveal(?:s|"
    r"ed)?|show(?:s|ed)?|"
    r"assess(?:es|ed)?|measure[sd]?|finds?|found|confirm(?:s|ed)?|picks?\s+up)|detecting|identifying|"
    r",?\s*(?:we|the\s+authors)\s+(?:[a-z]+ly\s+)?(?:detected|identified|found|investigated|assessed|evaluated|examined|determined|"
    r"analy[sz]ed|studied)|"
    r"(?:detection|identification|assessment|evaluation|analysis|testing)\s+(?:of|for))"
    r"(?:\s+(?:the\s+)?(?:detection|identification|assessment|evaluation|analysis|testing)\s+(?:of|for))?"
    r"(?:\s+(?:the|all|both|any|various|specific|an?|no))?(?:\s+(?:increased|elevated|decreased|reduced|positive|strong|weak))?\s*",
    re.IGNORECASE,
)
#: From an alteration to how it was found: "mutations detected by NGS", "overexpression (IHC", "expression in resected
#: tumours was scored by".
_SHOWN_BY: Final = re.compile(
    r"(?:\s*\([^()]{1,60}\))?(?:\s+(?:in|of|from|among)\s+[^,;:()]{1,100}?(?=\s(?:was|were|is|are|as)\s))?"
    r"(?:,(?=\s+as\s))?\s*(?:(?:was|were|is|are|can\s+be|be|as|status|[a-z]+ly)\s+)*"
    r"(?:(?:detected|assessed|evaluated|identified|determined|confirmed|measured|analy[sz]ed|found|defined|tested|assayed|"
    r"examined|studied|investigated|scored|screened|verified|validated|quantified|documented)\s+)?"
    r"(?:(?:in|of|from)\s+(?:[\w%/().-]+\s+){1,8}?)?(?:by|using|via|through|with\s+the\s+use\s+of|(?<=ed\s)with)\s+(?:an?\s+|the\s+)?"
    r"(?:methods?\s+of\s+(?:the\s+)?|targeted\s+|central\s+|local\s+)?|\s*\(\s*(?:(?:by|via|using)\s+)?",
    re.IGNORECASE,
)
#: A gene whose status is told stands for whether it is positive.
_STATUS: Final = re.compile(r"(?:\s*\([^()]{1,12}\))?[\s-]+status\b", re.IGNORECASE)
#: A method that opens a sentence, and what was found with it.
_USING: Final = re.compile(
    r"\b(?:by|using|with|through|via)\s+(?:[\w-]+\s+){0,4}$|\b(?:due|owing|thanks)\s+to\s+(?:[\w-]+\s+){0,6}$",
    re.IGNORECASE,
)
_WAS_FOUND: Final = re.compile(
    r"[^,;:]{0,60}?\s(?:was|were|(?:can|could)\s+be)\s+(?:[a-z]+ly\s+)?(?:detected|identified|found|observed|confirmed|seen)\b",
    re.IGNORECASE,
)
_COMMA: Final = re.compile(r"\s*,\s*(?:(?:more|many|several|most|various|the|an?)\s+)?", re.IGNORECASE)
#: It is not the alteration that a method shows: "the significance of HER2 expression was studied by".
_ABOUT_IT: Final = re.compile(
    r"\b(?:significance|role|value|impact|relevance|implications?|importance|effects?)\s+of\s+(?:the\s+)?$",
    re.IGNORECASE,
)
#: "the role of HER2 expression, as assayed by": of the expression after all.
_AS: Final = re.compile(r"\s*,\s+as\s")
#: What shows proteins, and what shows copies of genes; where two of each are named together, each shows its own.
_OF_PROTEIN: Final = re.compile(r"immuno|western|flow cyto", re.IGNORECASE)
_OF_COPIES: Final = re.compile(r"in situ hybridi", re.IGNORECASE)
#: What a method is unable to show.
_CANNOT: Final = re.compile(r"cannot|unable to|fails? to", re.IGNORECASE)
#: How far before method and alteration a negation still negates that one shows the other: "no HER2 mutation".
NEGATION_REACH: Final = 8


def detection(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """Which method shows which alteration: ``detects``."""
    methods = sentence.of(ConceptClass.METHOD)
    alterations = _alterations(sentence, discourse)
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
                if alteration not in sentence.mentions and not _of_status(method):
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
                        rule,
                        0.9,
                        [m for m in (method, alteration, disease) if m in sentence.mentions],
                        negation=negation,
                    ),
                )


def _alterations(sentence: Sentence, discourse: Discourse) -> list[Mention]:
    """The alterations that a method may show; "HER2 status" is whether HER2 is positive."""
    methods = sentence.of(ConceptClass.METHOD)
    found = outermost(sentence.of(ConceptClass.ALTERATION))
    found = [m for m in found if not any(m.span in method.span for method in methods)]
    for gene in sentence.of(ConceptClass.GENE):
        status = _STATUS.match(sentence.text, gene.span.end, sentence.span.end)
        span = Span(gene.span.start, status.end()) if status else gene.span
        concept = discourse.lexicon.alteration(gene.concept.label, "{gene} positivity")
        if status and concept in discourse.lexicon.concepts and not any(span.overlaps(m.span) for m in found):
            found.append(replace(gene, span=span, concept=concept))
    return sorted(found, key=lambda m: m.span)


def _can_show(method: Mention, alteration: Mention) -> bool:
    """Whether a method is one for this kind of alteration: proteins by antibodies, copies of genes by hybridization."""
    protein = alteration.concept.label.endswith("expression")
    if _OF_PROTEIN.search(method.concept.label):
        return protein or alteration.concept.label.endswith(("positivity", "alteration"))
    return not (protein and _OF_COPIES.search(method.concept.label))


def _of_status(method: Mention) -> bool:
    """Whether a method tells whether a protein is there or its gene multiplied; "EGFR status" by others is mutation."""
    return bool(_OF_PROTEIN.search(method.concept.label) or _OF_COPIES.search(method.concept.label))


_Pairs = Iterator[tuple[list[Mention], list[Mention], str]]


def _forwards(sentence: Sentence, methods: Sequence[Mention], alterations: Sequence[Mention]) -> _Pairs:
    rest = list(methods)
    while rest:
        group = sentence.group(rest[0], rest[1:])
        rest = rest[len(group) :]
        after = [m for m in alterations if m.span.start >= group[-1].span.end]
        if after and (_SHOWS.fullmatch(sentence.between(group[-1], after[0])) or _opens(sentence, group, after[0])):
            yield group, sentence.group(after[0], after[1:]), "method-detects"


def _opens(sentence: Sentence, methods: Sequence[Mention], alteration: Mention) -> bool:
    """Whether a sentence begins with the method: "Using NGS, HER2 mutations were found"."""
    if _COMMA.fullmatch(sentence.between(methods[-1], alteration)) is None:
        return False
    found = _WAS_FOUND.match(sentence.text, alteration.span.end, sentence.span.end)
    return bool(found and _USING.search(sentence.text, sentence.span.start, methods[0].span.start))


def _between(sentence: Sentence, alteration: Mention, method: Mention) -> str:
    """The words from an alteration to a method without the disease that has it: "HER2-amplified cancer shown by"."""
    rest = alteration.span.end
    for disease in sentence.of(ConceptClass.DISEASE):
        if not sentence.text[rest : disease.span.start].strip(" -(") and rest <= disease.span.start:
            rest = disease.span.end + (sentence.text[disease.span.end : disease.span.end + 1] == ")")
    return sentence.text[min(rest, method.span.start) : method.span.start]


def _backwards(sentence: Sentence, methods: Sequence[Mention], alterations: Sequence[Mention]) -> _Pairs:
    for index, method in enumerate(methods):
        before = [m for m in alterations if m.span.end <= method.span.start]
        if before and _SHOWN_BY.fullmatch(_between(sentence, before[-1], method)):
            lead = sentence.text[max(sentence.span.start, before[-1].span.start - 40) : before[-1].span.start]
            if _ABOUT_IT.search(lead) and not _AS.match(sentence.text, before[-1].span.end):
                continue
            group = sentence.group(method, methods[index + 1 :])
            listed = [m for m in before if before[-1] in sentence.group(m, before)]
            yield group, listed, "alteration-shown-by-method"
