"""Whose results a sentence reports: the paper's own study's, or those of another that it names."""

from __future__ import annotations

import re
from typing import Final

from ...model import ConceptClass, Document, Mention, PublicationKind, QuoteRole, Study
from ...recognise import sentences
from ...vocabulary import slug
from ..discourse import Sentence
from .pairing import found_in
from .parts import Part, label_of

#: Before the name of another study: what stands before it is not its own …
_COMPARED: Final = re.compile(
    r"\b(?:consistent|in line|similar|similarly|comparable|compared|comparison|than|unlike|confirm\w*)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
#: … unless figures follow the name.
_FIGURE: Final = re.compile(r"\d\s?(?:%|months?\b|weeks?\b)")


def whose(sentence: Sentence, part: Part, own: Study | None, document: Document) -> tuple[Study | None, QuoteRole]:
    """Whose results a sentence reports, and in which role the document says so."""
    named = list(dict.fromkeys(m.concept.label for m in sentence.of(ConceptClass.STUDY)))
    review = document.publication.kind is PublicationKind.REVIEW
    others = [label for label in named if own is None or slug(label) != own.slug]
    compared = [m for m in sentence.of(ConceptClass.STUDY) if m.concept.label in others and _is_compared(sentence, m)]
    if part is Part.METHODS or any(_FIGURE.search(sentence.text, m.span.end, sentence.span.end) for m in compared):
        return None, QuoteRole.BACKGROUND
    if own and part is not Part.BACKGROUND and {m.concept.label for m in compared} == set(others):
        others = []  # "…, consistent with DESTINY-Lung01"
    if others or own is None or part is Part.BACKGROUND:
        if len(named) != 1 or not others:
            return None, QuoteRole.BACKGROUND
        role = QuoteRole.REVIEW_SYNTHESIS if review else QuoteRole.BACKGROUND
        return Study(slug=slug(named[0]), label=named[0], cls="Study"), role
    return own, QuoteRole.OWN_CONCLUSION if part is Part.CONCLUSION else QuoteRole.OWN_RESULT


def _is_compared(sentence: Sentence, study: Mention) -> bool:
    return bool(_COMPARED.search(sentence.text, sentence.span.start, study.span.start))


#: What a study of others found, behind its name: "the … trial showed" …
_FINDING: Final = re.compile(
    r"\b(?:show(?:ed|n|s)|demonstrat(?:ed|es)|found|reported|revealed|established|confirmed|proved|led to|improved|"
    r"prolonged|resulted in|achieved|indicated|suggested)\b",
    re.IGNORECASE,
)
#: … unless the paper speaks of itself.
_THIS: Final = re.compile(r"\b(?:we|our|here(?:in)?|this|present|current|aim(?:s|ed)?|updated?)\b", re.IGNORECASE)


def quotes_others(document: Document, study: Mention) -> bool:
    """Whether a study is named for its numbers in what an abstract prints as its background: another's study."""
    zone = document.sections[study.section].zone
    part = None
    for span in sentences(document.text, zone) if zone else ():
        part = label_of(span.of(document.text)) or part
        if study.span in span:
            told = _FINDING.search(document.text, study.span.end, span.end) or any(found_in(document.text, span, ()))
            return part is Part.BACKGROUND and bool(told) and not _THIS.search(span.of(document.text))
    return False
