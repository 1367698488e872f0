"""Claims about what a drug acts on: ``targets``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..model import ConceptClass, ConceptId, Mention, Span, Statement
from .discourse import Discourse, Sentence, outermost

_DOMAIN: Final = (
    r"(?:both\s+|the\s+|(?:two|three|several)\s+(?:[\w-]+\s+){0,2})?"
    r"(?:(?:extracellular|ectodomain|intracellular|kinase|tyrosine\s+kinase)?\s*domains?\s+(?:IV\s+|II\s+)?of\s+(?:the\s+)?)?"
)
#: From a class to what it is against: "targeting", "directed at the extracellular domain of", "that inhibits both".
_AIMED: Final = re.compile(
    r"\s*(?:\([^()]{1,15}\)\s*)?(?:(?:therap(?:y|ies)|drugs?|agents?)\s*)?,?\s*(?:(?:that|which)\s+)?(?:[a-z]+ly\s+(?:and\s+[a-z]+ly\s+)?)?"
    r"(?:target(?:s|ing)|direct(?:s|ed)\s+(?:against|at|to|towards?)|against|(?:specific|selective)\s+(?:for|to)|"
    r"bind(?:s|ing)(?:\s+to)?|inhibit(?:s|ing)|block(?:s|ing))\s+" + _DOMAIN,
    re.IGNORECASE,
)
#: "an antibody to", "inhibitors of".
_ANTIBODY_TO: Final = re.compile(r"\s*(?:\([^()]{1,15}\)\s*)?to\s+(?:the\s+)?", re.IGNORECASE)
_INHIBITOR_OF: Final = re.compile(
    r"\s*(?:\([^()]{1,15}\)\s*)?of\s+(?:both\s+|the\s+)?(?:mutant\s+|mutated\s+)?", re.IGNORECASE
)
#: What a drug is made of: "a conjugate comprising an anti-HER2 antibody and a toxin".
_MADE_OF: Final = re.compile(
    r"\s*(?:\([^()]{1,15}\)\s*)?,?\s*(?:(?:that|which)\s+)?(?:is\s+)?(?:compris(?:es|ing|ed\s+of)|consist(?:s|ing)\s+of|"
    r"composed\s+of|made\s+(?:up\s+)?of|combin(?:es|ing)|contain(?:s|ing))\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,4}",
    re.IGNORECASE,
)
#: What a drug does to a protein …
_ACTS: Final = re.compile(
    r"\b(?:[a-z]+ly\s+(?:and\s+[a-z]+ly\s+)?)?(?:targets?|(?:inhibits?|blocks?|binds?(?:\s+to)?))\s+(?:mutant\s+|mutated\s+)?"
    + _DOMAIN
    + r"$",
    re.IGNORECASE,
)
#: … and words that say it of a drug even where the drug is called by no class: "was designed to target".
_BY_DESIGN: Final = re.compile(
    r"\b(?:targets?|designed|developed|engineered|irreversibly|reversibly|selectively|specifically|potently|covalently)\b",
    re.IGNORECASE,
)
#: From a drug to that verb: its other names, what it is, "that".
_DRUG_THAT: Final = re.compile(
    r"(?:\s*\([^()]*\))*(?:,?\s*(?:(?:also\s+)?known\s+as|formerly)\s+[\w-]+(?:\s+[\w-]+)?)?"
    r"(?:(?:\s?[\u2010-\u2014-]\s?|,\s*|,?\s+(?:is|was)\s+)(?:an?|the)\s+"
    r"(?:(?!(?:with|in|for|to|after|plus|than|versus|whereas|patients|and)\b)[\w/\u2010-\u2014-]+,?\s+){0,10}?"
    r"(?:(?:\w+[\u2010-\u2014-])?\w+[\u2010-\u2014-])?(?:\([^()]{1,12}\)\s*)?)?(?:,?\s*(?:that|which)\s+|\s*)(?:(?:is|was|has\s+been)\s+)?(?:(?:designed|developed|engineered)\s+"
    r"(?:[a-z]+ly\s+)?to\s+)?",
    re.IGNORECASE,
)
#: "is a potent inhibitor of", where that is no class that is known.
_IS_INHIBITOR: Final = re.compile(
    r"(?:\s*\([^()]*\))*(?:\s?[\u2010-\u2014-]\s?|,\s*|,?\s+(?:is|are|was|were)\s+)(?:(?:an?|the|both|two)\s+)?"
    r"(?:(?!(?:with|in|for|to|after|plus|than|versus|whereas|patients|not|no)\b)[\w/\u2010-\u2014-]+,?\s+){0,8}?"
    r"(?:inhibitors?|antagonists?|blockers?)\s+of\s+(?:both\s+|the\s+|mutant\s+)?",
    re.IGNORECASE,
)
_IT: Final = re.compile(r"\W*(?:It|This\s+(?:drug|agent|inhibitor|antibody|conjugate|compound))\s+(?:also\s+)?")
#: What is done to a signal, or to how much of a protein there is, is done by many things.
_ITS_SIGNAL: Final = re.compile(
    r"(?:\s*\([^()]{1,20}\))?[\s-]+(?:expression|phosphorylation|signal\w*|pathways?|mRNA|levels?|promoter|transcription|"
    r"activation|degradation|cells?|positive|negative)\b",
    re.IGNORECASE,
)


def aimed_at(sentence: Sentence, kind: Mention, discourse: Discourse) -> list[Mention]:
    """What a class is said to be against behind its name: "an antibody (mAb) directed against HER2"."""
    for part in sentence.of(ConceptClass.DRUG_CLASS):
        if _MADE_OF.fullmatch(sentence.text, kind.span.end, part.span.start):
            return sentence.of(ConceptClass.GENE, inside=part.span)
    label = kind.concept.label
    ways = [
        _AIMED,
        *([_ANTIBODY_TO] if "antibody" in label else []),
        *([_INHIBITOR_OF] if "inhibitor" in label else []),
    ]
    after = [m for m in _altered(sentence, discourse) if m.span.start >= kind.span.end]
    if after and any(way.fullmatch(sentence.text, kind.span.end, after[0].span.start) for way in ways):
        return _proteins(sentence, after[0].span.start, discourse)
    return []


def narrowed(sentence: Sentence, kind: Mention, discourse: Discourse) -> ConceptId | None:
    """A class with what it is said to be against: "conjugates targeting HER2" are HER2-directed; none if unknown."""
    if kind.cls is not ConceptClass.DRUG_CLASS or sentence.of(ConceptClass.GENE, inside=kind.span):
        return kind.concept
    against = {m.concept for m in aimed_at(sentence, kind, discourse)}
    if not against:
        return kind.concept
    return next(
        (
            concept.id
            for concept in discourse.lexicon.concepts.values()
            if kind.concept in concept.broader
            and {gene for link, gene in concept.links if link == "targets"} == against
        ),
        None,
    )


def _altered(sentence: Sentence, discourse: Discourse) -> list[Mention]:
    """Genes, and alterations of known genes."""
    named = outermost(sentence.of(ConceptClass.GENE, ConceptClass.ALTERATION))
    return [m for m in named if m.cls is ConceptClass.GENE or discourse.gene_of(m)]


def _proteins(sentence: Sentence, at: int, discourse: Discourse) -> list[Mention]:
    """The genes, or the alterations of known genes, that are listed from a place on."""
    named = [m for m in _altered(sentence, discourse) if m.span.start >= at]
    if not named or named[0].span.start != at or _ITS_SIGNAL.match(sentence.text, named[0].span.end):
        return []
    return sentence.group(named[0], named[1:])


def targeting(
    sentence: Sentence,
    discourse: Discourse,
    drug: ConceptId,
    used: Sequence[Mention],
    proteins: Sequence[Mention],
    rule: str,
) -> Iterator[Statement]:
    """A drug is against each of some genes, or of the genes of alterations; each once."""
    seen: set[ConceptId] = set()
    for protein in proteins:
        gene = protein.concept if protein.cls is ConceptClass.GENE else discourse.gene_of(protein)
        if gene and gene not in seen:
            seen.add(gene)
            yield Statement(
                subject=drug,
                predicate="targets",
                object=gene,
                evidence=sentence.evidence(rule, [*used, protein]),
            )


def acts_on(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """A drug that targets, inhibits, blocks or binds a protein; "It" is the one drug of the sentence before."""
    drugs = sentence.of(ConceptClass.DRUG)
    for protein in outermost(sentence.of(ConceptClass.GENE, ConceptClass.ALTERATION)):
        before = [d for d in drugs if d.span.end <= protein.span.start]
        if before and _IS_INHIBITOR.fullmatch(sentence.text, before[-1].span.end, protein.span.start):
            proteins = _proteins(sentence, protein.span.start, discourse)
            for one in [d for d in before if before[-1] in sentence.group(d, before)]:
                yield from targeting(sentence, discourse, one.concept, [one], proteins, "drug-acts-on")
            continue
        clause = sentence.clause_at(protein.span.start)
        acts = _ACTS.search(sentence.text, clause.start, protein.span.start)
        proteins = _proteins(sentence, protein.span.start, discourse) if acts else []
        if (
            acts is None
            or not proteins
            or discourse.cues.negation(sentence.text, Span(acts.start(), protein.span.start))
        ):
            continue
        drug = _agent(sentence, discourse, clause, acts)
        if drug:
            used = [drug] if drug.span in sentence.span else []
            yield from targeting(sentence, discourse, drug.concept, used, proteins, "drug-acts-on")


def _agent(sentence: Sentence, discourse: Discourse, clause: Span, acts: re.Match[str]) -> Mention | None:
    """The drug that does it."""
    drugs = [d for d in sentence.of(ConceptClass.DRUG, inside=clause) if d.span.end <= acts.start()]
    if drugs:
        between = sentence.text[drugs[-1].span.end : acts.start()]
        called = sentence.of(ConceptClass.DRUG_CLASS, inside=Span(drugs[-1].span.end, acts.start()))
        meant = called or _BY_DESIGN.search(sentence.text, drugs[-1].span.end, acts.end())
        return drugs[-1] if meant and _DRUG_THAT.fullmatch(between) else None
    if _IT.fullmatch(sentence.text, clause.start, acts.start()) and clause.start == sentence.span.start:
        for other in list(discourse.before(sentence))[:1]:
            named = other.of(ConceptClass.DRUG)
            if len({d.concept for d in named}) == 1 and not other.is_title:
                return named[0]
    return None
