"""Claims about what a gene or an alteration is to a disease: its target, its driver."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..model import Certainty, ConceptClass, ConceptId, Mention, Span, Statement
from .bystanders import by_way_of
from .cues import CANDIDATE
from .discourse import Discourse, Sentence, outermost, with_question
from .sureness import FROM_ELSEWHERE

_TARGET: Final = re.compile(
    r"\b(?:as|is|are|be|become|becomes|became|represents?|remains?|an?|the|of|new|rare|novel|druggable|"
    r"therapeutic|actionable|"
    r"promising|potential|important|attractive|valid|relevant|emerging)\s+(?:(?:an?|the)\s+)?"
    r"(?:(?!(?:its|their|downstream|direct|to|can|could|may|might|will|would|should|that|which)\b)[\w-]+\s+){0,4}?(?:candidates?\s+for\s+(?:[\w-]+\s+)?targeted\s+therap(?:y|ies)|(?:onco)?targets?)\b(?!\s+(?:lesion|population|volume|gene|sequenc|next|dose|protein|cell|site|identif|engage|"
    r"molecule|enzyme|therap|agent|drug|of\s+(?:miR|let-7|microRNA)))|\bdruggab(?:le|ility)\b|\b(?:therapeutically\s+)?targetable\b",
    re.IGNORECASE,
)
_DRIVER: Final = re.compile(
    r"(?:\b(?:(?<!well )as(?!\s+well\b)|is|are|was|were|be|been|considered|"
    r"represents?|constitutes?|becomes?|remains?)\s+"
    r"(?:not\s+)?(?:one\s+of\s+)?|,\s+(?=an?\s))"
    r"(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,2}?drivers?\b"
    r"(?!\s+(?:gene|mutation|alteration)|\s+(?:of|for|behind)\s+(?:[\w-]+\s+){0,4}?(?:resistance|"
    r"progression|metastas\w+|response|"
    r"toxicity|costs?|relapse|outcomes?|survival))"
    r"|(?:\b(?:(?<!well )as(?!\s+well\b)|is|are|was|were|be|been|becomes?|remains?|"
    r"considered|represents?)\s+(?:one\s+of\s+)?|"
    r",\s+(?=an?\s))(?:an?\s+|the\s+)?"
    r"(?:(?!(?:of|in|with|without|by|for|devoid|lacking|no)\b)[\w-]+\s+){0,3}?(?:drivers?\s+(?:gene\s+|oncogene\s+)?|oncogenic\s+)(?:gene|oncogene|mutation|alteration|event|fusion)s?\b"
    r"(?!\s+(?:negative|mutations?|alterations?|status))",
    re.IGNORECASE,
)
_PRONOUN: Final = re.compile(
    r"\b(?:it|they)\b|(?<!\bof )\b(?:this|these)\b"
    r"(?=\s+(?:is|are|was|were|may|might|can|could|should|has|have|represents?)\b)",
    re.IGNORECASE,
)
#: A disease that the lexicon does not know, right after the role: "a target in asthma".
_IN_ANOTHER: Final = re.compile(
    r"\s+(?:in|for|against)\s+(?:(?:the|future)\s+)?(?:(?:treatment|therapy|management|prevention)\s+of\s+)?"
    r"(?!(?:therap|treat|drug|clinic|biolog|molecul|small|patient|future|these|this|those|it\b|interven|precision|personal|targeted|anti|immun|"
    r"cancer|tumou?r|such|our|their|its|the\b|an?\b|novel|new|further|develop|combin|human|"
    r"[\w-]+ing\b))[a-z]",
    re.IGNORECASE,
)
#: What a protein binds to is a target of another kind: "binding to new targets".
_BINDING: Final = re.compile(r"\bbinding\s+(?:to|of|at)?\s*[a-z]{0,3}$", re.IGNORECASE)
#: What another protein acts on is its target: "a key ABC1 target".
_OF_A_GENE: Final = re.compile(r"\b(?:[A-Z][A-Za-z]*\d\w*|[A-Z]{2,}[\u2010-\u2013-]\w*\d\w*)\s+targets?\b")
#: How far before a gene a negation still denies what it is called, in characters.
NEGATION_REACH: Final = 45
#: "MET, the receptor of hepatocyte growth factor, is …": the gene after these words is not what is spoken of.
_PARTNER_OF: Final = re.compile(
    r",\s*(?:an?|the|its)\s+(?:[\w-]+\s+){0,3}(?:receptors?|ligands?|substrates?|partners?|regulators?)\s+(?:of|for)\s+"
    r"(?:the\s+)?(?:[\w\s-]{0,40}\()?$|\b(?:upstream|downstream)\s+(?:[\w-]+\s+){0,3}of\s+(?:the\s+)?(?:[\w-]+/)*$",
    re.IGNORECASE,
)
#: "Mutations of the A and B genes are …": it is not the gene that is spoken of.
_CHANGES_OF: Final = re.compile(
    r"\b(?:mutations?|alterations?|amplifications?|rearrangements?|fusions?|deletions?|insertions?)\s+(?:of|in)\s+(?:the\s+)?(?:[\w-]+\s+(?:and|or)\s+)?$",
    re.IGNORECASE,
)
_CHANGED: Final = re.compile(
    r"(?:[,;/\s]+[\w/-]+)*\)[\s-]+(?:\w+\s+)?(?:mutations?|alterations?|amplification|rearrangements?|fusions?|insertions?)\b",
    re.IGNORECASE,
)
#: Words between a gene and a role that give the role to something else: "synergistic with BCL2 inhibition and shows …".
_OTHER_SUBJECT: Final = re.compile(
    r"\b(?:mi(?:cro)?R(?:NA)?-?\d+\w*|(?:lnc|circ)RNA|inhibition|inhibitors?|shows?|promot\w+|suppress\w+|induc\w+|activat(?:es|ed|ing)|regulat\w+|"
    r"(?:pathway|axis|mechanism)\b.*\band)\b",
    re.IGNORECASE,
)


def targets(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """HER2 as a target of a disease, asserted or asked: ``therapeuticTargetIn``."""
    yield from _role(sentence, discourse, _TARGET, "therapeuticTargetIn", "named-as-target")


def drivers(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """Alterations as oncogenic drivers: ``oncogenicDriverIn``."""
    yield from _role(sentence, discourse, _DRIVER, "oncogenicDriverIn", "named-as-driver")


def _role(
    sentence: Sentence, discourse: Discourse, pattern: re.Pattern[str], predicate: str, rule: str
) -> Iterator[Statement]:
    for match in pattern.finditer(sentence.text, sentence.span.start, sentence.span.end):
        clause = _question_clause(sentence, match.start())
        bearers, known = _bearers(sentence, discourse, clause, match.end())
        local = [m for m in sentence.of(ConceptClass.DISEASE) if m.span.start >= match.start()]
        disease = next(iter([*local, *sentence.of(ConceptClass.DISEASE)]), None) or discourse.focus(
            sentence, ConceptClass.DISEASE
        )
        if not bearers or disease is None:
            continue
        if _BINDING.search(sentence.text, clause.start, match.start() + 3) or _OF_A_GENE.search(match[0]):
            continue
        if not sentence.of(ConceptClass.DISEASE) and _IN_ANOTHER.match(sentence.text, match.end(), sentence.span.end):
            continue
        near = [m.span.start for m in known if m.span in clause]
        begin = max(clause.start, min(near) - NEGATION_REACH) if near else clause.start
        negation = discourse.cues.negation(sentence.text, Span(begin, clause.end))
        question = discourse.cues.question(sentence.text, clause, sentence.span)
        hedge = discourse.cues.hedge(sentence.text, Span(clause.start, match.end()))
        hedge = hedge or next(iter(CANDIDATE.findall(match[0])), None)
        for subject in dict.fromkeys(bearers):
            meant = known if len(bearers) == 1 else [m for m in known if m.concept == subject]
            used = [m for m in (*meant, disease) if m.span in sentence.span]
            yield with_question(
                Statement(
                    subject=subject,
                    predicate=predicate,
                    object=disease.concept,
                    negated=bool(negation),
                    certainty=Certainty.HEDGED if hedge else Certainty.ASSERTED,
                    evidence=sentence.evidence(
                        rule, used, share=1.0 if used else FROM_ELSEWHERE, negation=negation, hedge=hedge
                    ),
                ),
                question,
            )


def _question_clause(sentence: Sentence, position: int) -> Span:
    """The clause of a position, cut again at "and whether", so that two questions in one sentence stay two."""
    clause = sentence.clause_at(position)
    cuts = [
        m.start()
        for m in re.finditer(r"\b(?:and|or)\s+(?=whether|if)\b", sentence.text)
        if clause.start < m.start() < clause.end
    ]
    start = max([c for c in cuts if c <= position], default=clause.start)
    end = min([c for c in cuts if c > position], default=clause.end)
    return Span(start, end)


def _bearers(
    sentence: Sentence, discourse: Discourse, clause: Span, position: int
) -> tuple[list[ConceptId], list[Mention]]:
    """Who is the target or driver: the nearest list of genes or alterations before; "it" means the gene."""
    before = [
        m
        for m in outermost(sentence.of(ConceptClass.ALTERATION, ConceptClass.GENE, inside=clause))
        if m.span.start < position
    ]
    outer = [
        m
        for m in before
        if not inside_therapy(sentence, m)
        and not is_role(sentence, m)
        and not _PARTNER_OF.search(sentence.text, clause.start, m.span.start)
        and not explains(sentence, m, before, discourse)
        and not (m.cls is ConceptClass.GENE and _CHANGES_OF.search(sentence.text, clause.start, m.span.start))
        and not (m.cls is ConceptClass.GENE and _CHANGED.match(sentence.text, m.span.end))
    ]
    if outer and (_OTHER_SUBJECT.search(sentence.text, outer[-1].span.end, position) or by_way_of(sentence, outer[-1])):
        return [], []
    if outer:
        listed = list({m.concept: m for m in outer if outer[-1] in sentence.group(m, outer)}.values())
        listed = without_their_genes(listed, discourse)
        return [m.concept for m in listed], listed
    pronoun = _PRONOUN.search(sentence.text, clause.start, position)
    if not pronoun:
        return [], []
    for other in [sentence, *discourse.before(sentence)]:
        found = [
            m
            for m in outermost(other.of(ConceptClass.ALTERATION, ConceptClass.GENE))
            if m.span.start < position and not is_role(other, m)
        ]
        if found:
            mention = found[-1]
            if by_way_of(other, mention):
                return [], []
            singular = pronoun[0].lower() in ("it", "this")
            gene = discourse.gene_of(mention) if singular and mention.cls is ConceptClass.ALTERATION else None
            return [gene or mention.concept], [mention]
    return [], []


def without_their_genes(listed: Sequence[Mention], discourse: Discourse) -> list[Mention]:
    """A list without the genes whose alterations are in it: of "EGFR and ALK alterations" the genes are only a part."""
    altered = {discourse.gene_of(m) for m in listed if m.cls is ConceptClass.ALTERATION}
    return [m for m in listed if m.cls is ConceptClass.ALTERATION or m.concept not in altered]


def explains(sentence: Sentence, gene: Mention, before: Sequence[Mention], discourse: Discourse) -> bool:
    """Whether a gene in brackets only says whose alteration stands before them: "mutations in the X gene (HER2)"."""
    lead = sentence.text[sentence.span.start : gene.span.start]
    if gene.cls is not ConceptClass.GENE or lead.count("(") <= lead.count(")"):
        return False
    return any(
        m.cls is ConceptClass.ALTERATION and m.span.end <= gene.span.start and discourse.gene_of(m) == gene.concept
        for m in before
    )


def is_role(sentence: Sentence, mention: Mention) -> bool:
    """Whether a mention is itself what something is said to be: "are relevant oncogenic drivers"."""
    return bool(
        re.search(r"driver|target|druggab|actionab|oncogenic", mention.span.of(sentence.text), re.IGNORECASE)
        and any(
            match.start() <= mention.span.start < match.end()
            for pattern in (_DRIVER, _TARGET)
            for match in pattern.finditer(sentence.text, sentence.span.start, sentence.span.end)
        )
    )


def inside_therapy(sentence: Sentence, mention: Mention) -> bool:
    return any(mention.span in m.span for m in sentence.of(ConceptClass.DRUG_CLASS, ConceptClass.DRUG))
