"""Trial register numbers that a document prints, in its abstract or its databank fields, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ...model import Document, Evidence, QuoteRole, RegisterId, SectionType, Span, Statement, Study, StudyId
from ..discourse import Sentence

#: The one register whose entries have an IRI in the model.
_NUMBER: Final = re.compile(r"(?<!\w)NCT\d{8}(?!\w)")
#: The field of a record that holds numbers of databanks.
_FIELD: Final = re.compile(r"^Secondary source ID[^\n]*(?:\n[^\n]*NCT\d{8}[^\n]*)*", re.MULTILINE)
_REGISTER: Final = "https://clinicaltrials.gov/study/"


def registered(document: Document, abstract: Sequence[Sentence], own: Study | None) -> Iterator[Statement]:
    """The register entry of the document's own study: only when just one number is printed for it."""
    if own is None or own.cls in ("PooledAnalysis", "MetaAnalysis"):
        return
    places = [
        (match[0], sentence.span, sentence.section, 0.9)
        for sentence in abstract
        for match in _NUMBER.finditer(document.text, sentence.span.start, sentence.span.end)
    ]
    for index, section in enumerate(document.sections):
        if section.type is SectionType.METADATA:
            for field in _FIELD.finditer(document.text, section.span.start, section.span.end):
                for match in _NUMBER.finditer(field[0]):
                    places.append((match[0], Span(field.start(), field.end()), index, 0.95))
    if len({number for number, *_ in places}) != 1:
        return
    for number, span, section_index, confidence in places:
        yield Statement(
            subject=StudyId(own.slug),
            predicate="registeredAs",
            object=RegisterId(_REGISTER + number, number),
            evidence=Evidence(
                span=span,
                section=section_index,
                role=QuoteRole.OWN_RESULT if section_index in {s.section for s in abstract} else QuoteRole.INDEXING,
                rule="register-number",
                confidence=confidence,
            ),
        )
