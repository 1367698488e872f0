"""The document's own study: as its title reports it, or minted for the results that its abstract prints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ...model import (
    ConceptClass,
    Document,
    PublicationId,
    PublicationKind,
    SectionType,
    Statement,
    Study,
    StudyId,
)
from ...vocabulary import publication_iri
from ..discourse import THERAPIES, Discourse
from ..reports import NO_STUDY, OF_OTHERS
from ..title import Title
from ..titles import unnamed_study

#: Titles about what foretells an outcome, or about a test: their numbers are of markers, not of a treatment.
_MARKERS: Final = re.compile(
    r"\b(?:prognos\w+|predict\w+|nomogram|signature|biomarkers?|risk factors?|expression of|"
    r"impact of|association|influence of|"
    r"validation|machine learning|radiomics?|survey|model(?:l?ing)?|simulation)\b",
    re.IGNORECASE,
)


def own_study(document: Document, studies: Sequence[Study], statements: Sequence[Statement]) -> Study | None:
    """The one study that the document reports; of several, the pooled analysis of the others."""
    if not studies:
        return None
    here = PublicationId(publication_iri(document.publication))
    slugs = {
        s.subject.slug
        for s in statements
        if s.predicate == "reportedIn"
        and s.object == here
        and isinstance(s.subject, StudyId)
        and document.sections[s.evidence.section].type is SectionType.TITLE
    }
    own = list({s.slug: s for s in studies if s.slug in slugs}.values())
    whole = [s for s in own if s.cls in ("PooledAnalysis", "MetaAnalysis")]
    if len(own) == 1:
        return own[0]
    return whole[0] if len(whole) == 1 else None


def minted(document: Document, discourse: Discourse) -> Study | None:
    """The study of a paper whose title reports none, but which treats patients; named as titles name it."""
    title = next((s for s in discourse.sentences if s.is_title), None)
    if title is None or document.publication.kind is PublicationKind.REVIEW:
        return None
    if not title.of(*THERAPIES) or not title.of(ConceptClass.DISEASE, ConceptClass.ALTERATION):
        return None
    words = title.words()
    if NO_STUDY.search(words) or OF_OTHERS.search(words) or _MARKERS.search(words):
        return None
    read = Title(
        text=title.text,
        zone=title.span,
        section=title.section,
        publication=document.publication,
        mentions=title.mentions,
        role=title.role,
    )
    return unnamed_study(read, title.of(*THERAPIES), "Study")
