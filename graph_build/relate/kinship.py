"""Claims about what belongs to what: a gene to its family, the mechanisms of a gene's alterations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from ..model import ConceptClass, Mention, Statement
from .discourse import Discourse, Sentence, distinct, outermost

_MEMBER: Final = re.compile(
    r"[\s,)]*(?:which\s+)?(?:is\s+|are\s+)?(?:(?:a|the|one)\s+(?:\w+\s+)?(?:of\s+(?:the\s+)?)?(?:\w+\s+)?)?"
    r"(?:members?\s+(?:of|in)|belong(?:s|ing)?\s+to|part\s+of)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}",
    re.IGNORECASE,
)
#: "HER2 is a transmembrane receptor of the … family".
_RECEPTOR_OF: Final = re.compile(
    r"[\s,)]*(?:which\s+)?(?:is\s+|as\s+)?(?:an?|the|one)\s+(?:[\w-]+\s+){0,4}?"
    r"(?:receptors?|kinases?|(?:glyco|onco)?proteins?|(?:proto-?onco)?genes?)\s+"
    r"(?:(?:which|that)\s+)?(?:belong(?:s|ing)\s+to|(?:is\s+)?(?:a\s+)?member\s+of|of|in|from|within)\s+(?:the\s+)?",
    re.IGNORECASE,
)
#: "The … family consists of four receptors, A, B and C", "the … family members A and B".
_CONSISTS: Final = re.compile(
    r"(?:\s+of\s+[\w\s-]{1,40}?)?[\s,()]*(?:(?:which|that)\s+)?(?:(?:consist(?:s|ing)?\s+of|compris(?:es|ing|e)|includ(?:es|ing)|such\s+as|"
    r"(?:is\s+)?(?:composed|made\s+up)\s+of|has\s+four\s+members)[\s,:]*(?:the\s+)?(?:(?:four|4)\s+)?(?:[\w-]+\s+){0,3}?"
    r"(?:(?:members?|receptors?|proteins?|kinases?)\s*[,:(]*\s*)?|(?:members?|receptors)\s*,?\s*(?:(?:such\s+as|including|like|namely)\s+)?"
    r"\(?)",
    re.IGNORECASE,
)
#: "ErbB family member HER2", "HER family receptors (…)".
_MEMBERS: Final = re.compile(r"(?:members?|receptors|proteins)$", re.IGNORECASE)
_MECHANISM: Final = re.compile(
    r"\b(?:mechanisms?|forms|types|kinds|modes)\s+(?:of|underl\w+|behind)\s+(?:the\s+)?$", re.IGNORECASE
)
#: From one alteration to another that comes of it: "amplification, resulting in overexpression".
_LEADS_TO: Final = re.compile(
    r"(?:\s*\([^()]{1,40}\))?(?:\s+of\s+the\s+[\w-]+(?:\s+\([^()]{1,20}\))?\s+gene)?\s*,?\s*(?:(?:that|which)\s+)?(?:[a-z]+ly\s+)?(?:results?\s+in|"
    r"resulting\s+in|leads?\s+to|leading\s+to|causes?|causing)\s+(?:an?\s+|the\s+)?(?:protein\s+)?",
    re.IGNORECASE,
)
#: From all alterations of a gene to the first of their kinds: "in NSCLC mainly include gene", ", which comprise".
_INCLUDE: Final = re.compile(
    r"(?:\s+(?:in|of|among)\s+[^;:,.()]{1,60}?)?,?\s+(?:(?:which|that)\s+)?(?:\w+ly\s+)?"
    r"(?:includ(?:e|es|ing)|compris(?:e|es|ing)|encompass(?:es|ing)?|consist(?:s|ing)?\s+of|can\s+be\s+divided\s+into|"
    r"are\s+(?:\w+ly\s+)?(?:divided|classified|categori[sz]ed|grouped)\s+into)\s+(?:[\w/-]+,?\s+){0,4}",
    re.IGNORECASE,
)


def membership(sentence: Sentence, _discourse: Discourse) -> Iterator[Statement]:
    """HER2, a member of the ERBB family: ``memberOf``."""
    genes = sentence.of(ConceptClass.GENE)
    for family in sentence.of(ConceptClass.GENE_FAMILY):
        for gene in _listed(sentence, family, genes):
            yield Statement(
                subject=gene.concept,
                predicate="memberOf",
                object=family.concept,
                evidence=sentence.evidence("family-consists-of", [gene, family]),
            )
        for gene in genes:
            last = sentence.group(gene, [other for other in genes if other.span.start > gene.span.start])[-1]
            between = sentence.between(last, family) if gene.span.end <= family.span.start else ""
            if _MEMBER.fullmatch(between) or _RECEPTOR_OF.fullmatch(between):
                yield Statement(
                    subject=gene.concept,
                    predicate="memberOf",
                    object=family.concept,
                    evidence=sentence.evidence("gene-member-of-family", [gene, family]),
                )


def _listed(sentence: Sentence, family: Mention, genes: Sequence[Mention]) -> Sequence[Mention]:
    """The genes of which a family is said to consist."""
    after = [m for m in genes if m.span.start >= family.span.end]
    between = sentence.text[family.span.end : after[0].span.start] if after else ""
    members = _MEMBERS.search(family.span.of(sentence.text)) and between.strip() in ("", "(", ",")
    if not after or not (members or _CONSISTS.fullmatch(between)):
        return []
    return distinct(sentence.group(after[0], after[1:]))


def mechanisms(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """Mechanisms of X alterations: A, B and C; X alterations include A and B; A leads to B: ``mechanismOf``."""
    alterations = outermost(sentence.of(ConceptClass.ALTERATION))
    for one, other in pairwise(alterations):
        same = one.concept != other.concept and discourse.gene_of(one) == discourse.gene_of(other) is not None
        if same and _LEADS_TO.fullmatch(sentence.text, one.span.end, other.span.start):
            yield Statement(
                subject=one.concept,
                predicate="mechanismOf",
                object=other.concept,
                evidence=sentence.evidence("alteration-leads-to-another", [one, other]),
            )
    for whole in alterations:
        same_gene = [
            m
            for m in alterations
            if m.span.start > whole.span.end
            and m.concept != whole.concept
            and discourse.gene_of(m) == discourse.gene_of(whole)
        ]
        if not same_gene or not _has_mechanisms(sentence, whole, same_gene[0]):
            continue
        for part in distinct(sentence.group(same_gene[0], same_gene[1:])):
            yield Statement(
                subject=part.concept,
                predicate="mechanismOf",
                object=whole.concept,
                evidence=sentence.evidence("mechanisms-listed", [part, whole]),
            )


def _has_mechanisms(sentence: Sentence, whole: Mention, part: Mention) -> bool:
    """Whether the words say that what follows are the ways in which a gene is altered."""
    if _MECHANISM.search(sentence.text, sentence.span.start, whole.span.start):
        return True
    # "HER2 mutations include S310F" tells of kinds of mutation, not of ways of alteration
    return whole.concept.label.endswith(" alteration") and bool(_INCLUDE.fullmatch(sentence.between(whole, part)))
