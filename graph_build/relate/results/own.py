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
from .parts import Part, parts

#: Titles about what foretells an outcome, or about a test: their numbers are of markers, not of a treatment.
_MARKERS: Final = re.compile(
    r"\b(?:prognos\w+|predict\w+|nomogram|signature|biomarkers?|risk factors?|expression of|"
    r"impact of|association|influence of|"
    r"validation|machine learning|radiomics?|survey|model(?:l?ing)?|simulation)\b",
    re.IGNORECASE,
)


#: What a paper on a treatment looks at too: "efficacy and prognostic factors", "mutational landscape and outcomes".
_BESIDE: Final = re.compile(
    r"(?:,|\band)\s+(?:the\s+)?prognos(?:is|tic)\b(?:\s+(?:factors?|analysis|indicators?))?|"
    r"\b(?:genomic|mutational|molecular)\s+landscape\b",
    re.IGNORECASE,
)
#: What a paper on patients who were given a therapy looks for in them.
_LOOKED_FOR: Final = re.compile(
    r"\b(?:prognos\w+|predict\w+|biomarkers?|correlat\w+|relationship|impact of|associat\w+|influence of|"
    r"expression of)\b",
    re.IGNORECASE,
)
#: Words before a therapy that was given.
_OF_THERAPY: Final = re.compile(
    r"\b(?:efficacy|effectiveness|activity|safety|outcomes?|survival|respon(?:se|d\w*)|benefit|treat(?:ed|ment)|"
    r"receiving|received|on)\s+"
    r"(?:of|to|from|with|for|on|in)?\s*(?:[\w/-]+\s+){0,3}$",
    re.IGNORECASE,
)
#: What a title without a therapy names when patients were treated.
_OUTCOMES: Final = re.compile(
    r"\b(?:outcomes?|efficacy|effectiveness|safety|activity|survival|treatments?|treated|respon(?:se|ders)|"
    r"experience|trial|"
    r"phase)\b",
    re.IGNORECASE,
)
#: That the paper's own patients were given something.
_GIVEN: Final = re.compile(
    r"\b(?:patients|pts|women|men|cases|participants|adults)\b[^.;]{0,120}?\b(?:receive[ds]?|receiving|treated|given|"
    r"administered)\b",
    re.IGNORECASE,
)


def _treats(discourse: Discourse) -> bool:
    """Whether the methods or results say that patients were given a therapy."""
    abstract = [s for s in discourse.sentences if not s.is_title]
    return any(
        part in (Part.METHODS, Part.RESULTS) and s.of(*THERAPIES) and _GIVEN.search(s.words()) is not None
        for s, part in parts(abstract)
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
    words = _BESIDE.sub(" ", title.words())
    if any(_OF_THERAPY.search(title.text, title.span.start, m.span.start) for m in title.of(*THERAPIES)) and _treats(
        discourse
    ):
        words = _LOOKED_FOR.sub(" ", words)
    about = title.of(ConceptClass.DISEASE, ConceptClass.ALTERATION)
    if not about or not (title.of(*THERAPIES) or (_OUTCOMES.search(words) and _treats(discourse))):
        return None
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
