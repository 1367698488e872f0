"""Mentions → studies and statements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ..lexicon import Lexicon
from ..model import (
    ConceptClass,
    Document,
    Mention,
    PublicationKind,
    QuoteRole,
    Reading,
    Result,
    SectionType,
    Statement,
    Study,
)
from ..recognise import Recognition, recognise, sentences
from ..recognise.external import Grounder
from ..vocabulary import slug
from . import (
    about,
    aims,
    appraisals,
    classes,
    compared,
    driven,
    kinship,
    listed_roles,
    prognosis,
    roles,
    standards,
    structure,
    unsettled,
)
from .cues import cues_of
from .designs import read_designs, with_phases
from .discourse import THERAPIES, Discourse, Needing, Sentence
from .indexing import indexed
from .results import quotes_others, read_results
from .results.own import own_study
from .title import Title
from .titles import abbreviates_a_group, part_of, read_title, study_of

#: Sentences in which the authors of a review speak of themselves or conclude; the others sum up what was found.
_OWN = re.compile(
    r"\b(?:we|our|this (?:review|article|paper)|future (?:research|studies|trials)|in conclusion)\b", re.IGNORECASE
)

#: A disease in the name of a virus is none: "rat sarcoma viral oncogene".
_VIRUS_BEHIND: Final = re.compile(r"\s+(?:virus|viral)\b", re.IGNORECASE)
#: The number of a gene behind the abbreviation of its name.
_NUMBER_BEHIND = re.compile(r"\s*\([A-Za-z]{2,6}\)\s?[-\u2010-\u2013]?\s?\d|\s+\d\s*\((?=[A-Za-z])")

_GENE = frozenset({ConceptClass.GENE})
_ALTERATION = frozenset({ConceptClass.ALTERATION})
_METHOD = frozenset({ConceptClass.METHOD})
_DISEASE = frozenset({ConceptClass.DISEASE})
_THERAPY = frozenset(THERAPIES)

#: The rules for sentences of the document itself, in the order they are tried.
RULES: tuple[Needing, ...] = (
    Needing(kinship.membership, here=(_GENE, frozenset({ConceptClass.GENE_FAMILY}))),
    Needing(kinship.mechanisms, here=(_ALTERATION,)),
    Needing(structure.detection, here=(_METHOD, _ALTERATION | _GENE)),
    Needing(classes.classes, here=(frozenset({ConceptClass.DRUG}), frozenset({ConceptClass.DRUG_CLASS}))),
    Needing(aims.acts_on, here=(_GENE | _ALTERATION,), anywhere=(frozenset({ConceptClass.DRUG}),)),
    Needing(standards.agreements, here=(frozenset({ConceptClass.TOPIC}),), anywhere=(_DISEASE,)),
    Needing(standards.standard_of_care, here=(_THERAPY,), anywhere=(_ALTERATION | _DISEASE,)),
    Needing(standards.standard_is, here=(_THERAPY,), anywhere=(_ALTERATION | _DISEASE,)),
    Needing(standards.no_standard, here=(frozenset({ConceptClass.DRUG_CLASS}),), anywhere=(_ALTERATION | _DISEASE,)),
    Needing(roles.targets, anywhere=(_GENE | _ALTERATION, _DISEASE)),
    Needing(roles.drivers, anywhere=(_GENE | _ALTERATION, _DISEASE)),
    Needing(driven.driven, here=(_GENE | _ALTERATION, _DISEASE)),
    Needing(driven.strategies, here=(_GENE | _ALTERATION,), anywhere=(_DISEASE,)),
    Needing(listed_roles.listed, here=(_GENE | _ALTERATION,), anywhere=(_DISEASE,)),
    Needing(compared.compared, here=(_GENE | _ALTERATION,), anywhere=(_DISEASE,)),
    Needing(prognosis.prognosis, anywhere=(_GENE | _ALTERATION, _DISEASE)),
    Needing(about.studied, here=(_ALTERATION, _DISEASE)),
    Needing(appraisals.appraised, anywhere=(_THERAPY, _ALTERATION | _DISEASE)),
    Needing(unsettled.unsettled, here=(_THERAPY,), anywhere=(_ALTERATION | _DISEASE,)),
)
#: What is read from the document's own title beside them.
_OWN_TITLE_RULES = (Needing(prognosis.prognostic, here=(_GENE | _ALTERATION, _DISEASE)),)
#: The rules for the titles of other works: what things are, but never how good they are.
TITLE_RULES = (*RULES[2:4], RULES[5], *_OWN_TITLE_RULES)


def interpret(document: Document, lexicon: Lexicon, grounder: Grounder | None = None) -> Reading:
    """Recognise a document's names, those of vocabularies too, and read its studies and statements."""
    recognition = recognise(document, lexicon, grounder)
    found: list[Study] = []
    statements: list[Statement] = []
    for studies, said in _titles(document, recognition, lexicon):
        found += studies
        statements += said
    named = _named_in(document, recognition, SectionType.TITLE, SectionType.ABSTRACT)
    possible = [rule for rule in (*RULES, *_OWN_TITLE_RULES) if all(need & named for need in rule.named())]
    of_a_study = bool(found) or ConceptClass.STUDY in named
    discourse = _discourse(document, recognition, lexicon) if possible or of_a_study else None
    statements += _said(discourse, possible) if discourse else ()
    statements += indexed(document, lexicon)
    results: list[Result] = []
    phases: dict[str, set[str]] = {}
    designs: list[Statement] = []
    if discourse:
        designs, phases = read_designs(discourse, own_study(document, found, statements))
        statements += designs
        made, said_of_results, results = read_results(document, discourse, found, statements)
        found += made
        statements += said_of_results
    found += _mentioned(document.text, recognition.mentions, {s.slug for s in found}, lexicon)
    return Reading(
        document=document,
        mentions=recognition.mentions,
        studies=tuple(with_phases(found, phases, designs)),
        statements=tuple(statements),
        results=tuple(results),
        concepts=recognition.concepts,
        ambiguous=recognition.ambiguous,
    )


def _named_in(document: Document, recognition: Recognition, *kinds: SectionType) -> frozenset[ConceptClass]:
    """The classes of what is named in some sections."""
    inside = {index for index, section in enumerate(document.sections) if section.type in kinds}
    return frozenset(m.cls for m in recognition.mentions if m.section in inside)


def _said(discourse: Discourse, rules: Sequence[Needing]) -> Iterator[Statement]:
    """What the sentences say by the rules, each tried only where all that it speaks of is named."""
    for sentence in discourse.sentences:
        here = frozenset(m.cls for m in sentence.mentions)
        for rule in rules:
            if all(need & here for need in rule.here) and (sentence.is_title or rule not in _OWN_TITLE_RULES):
                yield from rule.rule(sentence, discourse)


def _titles(
    document: Document, recognition: Recognition, lexicon: Lexicon
) -> Iterator[tuple[Sequence[Study], Sequence[Statement]]]:
    for index, section in enumerate(document.sections):
        own = section.type is SectionType.TITLE
        publication = document.publication if own else section.publication
        if section.zone is None or publication is None or section.type is SectionType.ABSTRACT:
            continue
        mentions = recognition.inside(section.zone)
        if not mentions:
            continue
        role = QuoteRole.OWN_CONCLUSION if own else QuoteRole.CITED_TITLE
        title = Title(
            text=document.text, zone=section.zone, section=index, publication=publication, mentions=mentions, role=role
        )
        studies, facts = read_title(title, lexicon)
        name = _named_in_abstract(document, recognition) if own else None
        if name and studies and all(s.acronym is None and s.cls != "PooledAnalysis" for s in studies):
            studies, facts = read_title(replace(title, mentions=(*mentions, name)), lexicon)
        yield studies, facts
        sentence = Sentence(
            text=document.text, span=section.zone, section=index, mentions=mentions, role=role, is_title=True
        )
        alone = Discourse(lexicon=lexicon, cues=cues_of(lexicon), sentences=(sentence,))
        said = list(_said(alone, TITLE_RULES)) if not own else []
        stronger = {s.predicate for s in said} & {"detects", "prognosticIn", "hasConsensus"}
        treats = any(fact.predicate == "investigates" for fact in facts)
        asked = own and section.zone.of(document.text).rstrip().endswith("?")
        if not stronger and not treats and not asked:
            said += about.studied_title(sentence, alone)
        yield (), said


def _named_in_abstract(document: Document, recognition: Recognition) -> Mention | None:
    """The one study that a paper's own abstract names: a title without a name is about it. Reviews name others'."""
    if document.publication.kind is PublicationKind.REVIEW:
        return None
    named = [
        m
        for m in recognition.mentions
        if m.cls is ConceptClass.STUDY
        and document.sections[m.section].type is SectionType.ABSTRACT
        and not quotes_others(document, m)
    ]
    return named[0] if len({m.concept for m in named}) == 1 else None


def _discourse(document: Document, recognition: Recognition, lexicon: Lexicon) -> Discourse:
    """The sentences of the document itself: its title first, then the abstract."""
    review = document.publication.kind is PublicationKind.REVIEW
    found: list[Sentence] = []
    for index, section in enumerate(document.sections):
        if section.zone is None or section.type not in (SectionType.TITLE, SectionType.ABSTRACT):
            continue
        is_title = section.type is SectionType.TITLE
        spans = [section.zone] if is_title else sentences(document.text, section.zone)
        for span in spans:
            own = is_title or not review or _OWN.search(span.of(document.text))
            role = QuoteRole.OWN_CONCLUSION if own else QuoteRole.REVIEW_SYNTHESIS
            found.append(
                Sentence(
                    text=document.text,
                    span=span,
                    section=index,
                    mentions=tuple(m for m in recognition.inside(span) if not _goes_on(document.text, m)),
                    role=role,
                    is_title=is_title,
                )
            )
    return Discourse(lexicon=lexicon, cues=cues_of(lexicon), sentences=tuple(found))


def _goes_on(text: str, mention: Mention) -> bool:
    """Whether a name goes on: "… growth factor receptor (HER)-2" is not EGFR, a sarcoma virus is no disease."""
    if mention.cls is ConceptClass.DISEASE:
        return _VIRUS_BEHIND.match(text, mention.span.end) is not None
    return mention.cls is ConceptClass.GENE and _NUMBER_BEHIND.match(text, mention.span.end) is not None


def _mentioned(text: str, mentions: Sequence[Mention], known: set[str], lexicon: Lexicon) -> Iterator[Study]:
    """Studies that are only named in passing, and the parents of their cohorts."""
    named = [m for m in mentions if m.cls is ConceptClass.STUDY and not abbreviates_a_group(text, m)]
    labels = dict.fromkeys(m.concept.label for m in named)
    for label in labels:
        for name in (label, part_of(label, lexicon)):
            if name and slug(name) not in known:
                known.add(slug(name))
                yield study_of(name, None, lexicon, "Study")
