"""Claims about methods: what each detects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ..model import ConceptClass, ConceptId, Mention, Span, Statement
from .discourse import Discourse, Sentence, distinct, outermost
from .showing import FINDS, FINDS_IT, FOUND_SO, OF_PATIENTS, ONLY_WHERE, SHOWN_BY, SHOWS, WE_FOUND, WHERE

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
#: Words before an alteration that was not there: "with no known driver mutation detected by".
_NONE: Final = re.compile(
    r"\b(?:no|without|lack(?:s|ed|ing)?|absence\s+of|negative\s+for)\s+(?:any\s+)?(?:(?!(?:other|more|only)\b)[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
#: What a method is unable to show.
_CANNOT: Final = re.compile(r"cannot|unable to|fails? to", re.IGNORECASE)
#: How far before method and alteration a negation still negates that one shows the other: "no HER2 mutation".
NEGATION_REACH: Final = 8


def detection(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """Which method shows which alteration: ``detects``."""
    alterations = _alterations(sentence, discourse)
    methods = [m for m in sentence.of(ConceptClass.METHOD) if not any(m.span in a.span for a in alterations)]
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
        between = sentence.between(group[-1], after[0]) if after else ""
        shows = SHOWS.fullmatch(between) or WE_FOUND.fullmatch(between)
        if after and (shows or _opens(sentence, group, after[0])):
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
        if before and _was_shown(sentence, before[-1], method):
            group = sentence.group(method, methods[index + 1 :])
            listed = [m for m in before if before[-1] in sentence.group(m, before)]
            yield group, listed, "alteration-shown-by-method"


def _was_shown(sentence: Sentence, alteration: Mention, method: Mention) -> bool:
    """Whether the words say that an alteration was found by a method: "mutations detected by", "tested for … using"."""
    between = _between(sentence, alteration, method)
    inside = Span(alteration.span.end, method.span.start)
    others = [
        m
        for m in sentence.of(ConceptClass.METHOD, inside=inside)
        if not WHERE.search(between[: m.span.start - inside.end])
    ]
    by = None if others else SHOWN_BY.fullmatch(between)
    lead = sentence.words(Span(sentence.clause_at(alteration.span.start).start, alteration.span.start))
    if _NONE.search(lead):
        return False
    if by is None or (_ABOUT_IT.search(lead[-40:]) and not _AS.match(sentence.text, alteration.span.end)):
        return False
    if by["bracket"] is not None:
        return True
    if OF_PATIENTS.search(lead) and not FOUND_SO.match(between):
        return False
    return bool(
        FINDS.search(between) or (FINDS_IT if by["with"] else FINDS).search(lead) or ONLY_WHERE.fullmatch(between)
    )
