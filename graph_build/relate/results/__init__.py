"""Sentences of an abstract → the numbers that a study reports.

A number becomes a result only when its measure, its unit and the study it belongs to are understood;
where the words tell for whom it is, they are kept.  Everything else is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ...model import (
    Certainty,
    ConceptClass,
    ConceptId,
    Document,
    Evidence,
    Mention,
    PublicationId,
    QuoteRole,
    Result,
    SectionType,
    Span,
    Statement,
    Study,
    StudyId,
)
from ...vocabulary import publication_iri
from ..appraisals import PRECLINICAL
from ..discourse import THERAPIES, Discourse, Sentence
from ..sureness import sureness
from .arms import leading
from .assays import assayed
from .everybody import EVERYBODY
from .found import Found
from .introduced import Arms, introduced
from .own import minted, own_study
from .pairing import found_in, pair_of
from .parts import Part, parts
from .registers import registered
from .who import DOSE, Who, who
from .whose import quotes_others, whose

__all__ = ["quotes_others", "read_results"]

#: What makes a number a first look, beside the hedges of the lexicon.
_PRELIMINARY: Final = re.compile(
    (
        r"\b(?:preliminary|initial|immature|exploratory|unconfirmed)\b(?!\s+(?:treatment|diagnosis|"
        r"therapy|dose|chemotherapy|surgery|response|presentation|stage))"
    ),
    re.IGNORECASE,
)
#: Those who answer a survey have a response rate too.
_SURVEY: Final = re.compile(r"\b(?:surveys?|surveyed|questionnaires?|respondents?)\b", re.IGNORECASE)
#: Hedges of an appraisal that are ordinary words beside a number: "early breast cancer", "estimated", "up to".
_NO_HEDGE: Final = re.compile(r"early|initial|estimated?|expected|approximately|about|limited|small", re.IGNORECASE)
#: How sure a result is that names nobody, and one that names a part of the patients …
_CONFIDENCE: Final = {False: 0.85, True: 0.8}
#: … and one that names nobody shortly after a sentence about some: it may be of those.
_AFTER_A_PART: Final = 0.6
#: How many sentences back that is.
_NEAR: Final = 2


def read_results(
    document: Document, discourse: Discourse, studies: Sequence[Study], statements: Sequence[Statement]
) -> tuple[list[Study], list[Statement], list[Result]]:
    """The results of a document, with the study that they made necessary and its register entries."""
    abstract = [s for s in discourse.sentences if document.sections[s.section].type is SectionType.ABSTRACT]
    own = own_study(document, studies, statements)
    candidate = own or minted(document, discourse)
    if candidate is None and not any(s.of(ConceptClass.STUDY) for s in abstract):
        return [], [], []  # nobody's results
    title = next((s for s in discourse.sentences if s.is_title), None)
    arms = introduced(title, abstract)
    found: list[Result] = []
    pairs: list[Arms | None] = []  # the two arms that each sentence before compares
    near: list[bool] = []  # of each sentence before, whether it is about some of the patients
    for sentence, part in parts(abstract):
        if PRECLINICAL.search(sentence.words()) or _SURVEY.search(sentence.words()):
            continue
        study, role = whose(sentence, part, candidate, document)
        if part is Part.METHODS and candidate and not sentence.of(ConceptClass.STUDY):
            found += (r for r in _assays(sentence, candidate, QuoteRole.OWN_RESULT) if r.cut_off)
        printed: list[Found] = []
        results: list[Result] = []
        if study:
            therapies = [m.span for m in sentence.of(*THERAPIES)]
            known = (arms or _last(pairs)) if study is candidate else None
            printed = list(found_in(sentence.text, sentence.span, therapies, known))
            results += [_result(one, sentence, study, role, discourse) for one in printed]
            results += _assays(sentence, study, role)
            found += map(_doubted, results) if any(near[-_NEAR:]) else results
        pairs.append(pair_of(printed))
        near.append(bool(leading(sentence.text, sentence.span) or any(_of_some(r) for r in results)))
    made: list[Study] = []
    said: list[Statement] = []
    first = next((r for r in found if candidate and r.study.slug == candidate.slug), None)
    if candidate and own is None and first:
        made.append(candidate)
        said.append(_minted_report(document, candidate, first))
    entries = registered(document, abstract, own or (candidate if made else None))
    return made, [*said, *entries], found


def _last(pairs: Sequence[Arms | None]) -> Arms | None:
    """The arms that a sentence shortly before compares: what follows unnamed stands in their order."""
    return next((replace(pair, before=True) for pair in reversed(pairs[-_NEAR:]) if pair), None)


def _doubted(result: Result) -> Result:
    if result.group:
        return result
    return replace(result, evidence=replace(result.evidence, confidence=_AFTER_A_PART))


def _of_some(result: Result) -> bool:
    """Whether a result is of a group that is compared with no other: what follows may be of it too."""
    return bool(result.group and not result.comparator_group and not EVERYBODY.search(result.group))


def _minted_report(document: Document, study: Study, result: Result) -> Statement:
    """That a study without a title of its own is reported in this document: its first result shows it."""
    return Statement(
        subject=StudyId(study.slug),
        predicate="reportedIn",
        object=PublicationId(publication_iri(document.publication)),
        evidence=replace(result.evidence, rule="result-report", confidence=sureness("result-report"), hedge_cue=None),
    )


def _assays(sentence: Sentence, study: Study, role: QuoteRole) -> Iterator[Result]:
    for assay in assayed(sentence.text, sentence.span):
        figure = assay.figure
        yield Result(
            study=StudyId(study.slug),
            measure=ConceptId(ConceptClass.OUTCOME, assay.measure),
            statistic=assay.statistic,
            evidence=_evidence(sentence, role, "result-assay", 0.8, (), None),
            place=figure.span,
            value=figure.value,
            unit=figure.unit,
            lower=figure.lower,
            upper=figure.upper,
            level=figure.level,
            count=figure.count,
            total=figure.total,
            score=assay.score,
            cut_off=assay.cut_off,
            assay=ConceptId(ConceptClass.METHOD, assay.method),
        )


def _result(found: Found, sentence: Sentence, study: Study, role: QuoteRole, discourse: Discourse) -> Result:
    groups = (found.group, found.comparator, found.setting)
    elsewhere = [g for g in groups if g and g.span not in sentence.span]  # introduced in another sentence
    first, second, setting = (
        replace(who(g, discourse.around(g.span)), mentions=(), dose=None, score=None)
        if g in elsewhere
        else who(g, sentence.mentions)
        for g in groups
    )
    if found.listed and not (first.therapy and second.therapy):
        found, second = replace(found, comparator=None), Who()
    figure = found.figure
    near = sentence.clause_at(figure.span.start)
    early = _PRELIMINARY.search(sentence.text, near.start, near.end)
    if early and re.search(r"\b(?:and|but|while)\b", sentence.text[figure.span.end : early.start()]):
        early = None  # "the PFS was 9 months and the OS immature"
    hedge = discourse.cues.hedge(sentence.text, Span(near.start, max(near.start, figure.span.start)))
    hedge = (hedge if hedge and not _NO_HEDGE.fullmatch(hedge) else None) or (early[0] if early else None)
    named = {m.span for m in sentence.of(ConceptClass.STUDY)}  # "In DESTINY-Lung01, …" is the study, not a part of it
    words = "; ".join(g.words for g in (found.setting, found.group) if g and g.span not in named) or None
    whole = found.group or found.setting
    total = figure.total or _said_total(whole.words if whole else "")
    return Result(
        study=StudyId(study.slug),
        measure=ConceptId(ConceptClass.OUTCOME, found.measure.row.outcome),
        statistic=found.statistic or "value",
        evidence=_evidence(
            sentence,
            role,
            "result-hazard-ratio" if found.p or found.statistic == "hazard ratio" else "result-figure",
            _AFTER_A_PART if elsewhere else _CONFIDENCE[bool(words)],
            (*first.mentions, *second.mentions, *setting.mentions, *_measure_mention(sentence, found)),
            hedge,
        ),
        place=figure.span,
        value=figure.value,
        unit=figure.unit if figure.value else None,
        lower=figure.lower,
        upper=figure.upper,
        level=figure.level if figure.lower else None,
        count=figure.count,
        total=total,
        time=found.time,
        p=found.p,
        grade=found.measure.grade,
        dose=first.dose or setting.dose or _only_dose(sentence, found),
        score=first.score or setting.score,
        assay=ConceptId(ConceptClass.METHOD, "immunohistochemistry") if first.score or setting.score else None,
        group=words,
        comparator_group=found.comparator.words if found.comparator else None,
        arm=first.therapy or (setting.therapy if found.group is None else None),
        comparator=second.therapy if second.therapy != first.therapy else None,  # two doses of one drug
        subgroups=tuple(sorted({*first.subgroups, *setting.subgroups})),
        certainty=Certainty.HEDGED if hedge else Certainty.ASSERTED,
    )


def _measure_mention(sentence: Sentence, found: Found) -> tuple[Mention, ...]:
    return tuple(m for m in sentence.of(ConceptClass.OUTCOME) if m.span in found.measure.span)[:1]


def _said_total(words: str) -> str | None:
    said = re.search(r"\(\s?n\s?=\s?(\d+)\s?\)", words)
    return said[1] if said else None


def _only_dose(sentence: Sentence, found: Found) -> str | None:
    """The dose "at" which a result was seen, when the sentence names one and compares nothing."""
    doses = list(DOSE.finditer(sentence.text, sentence.span.start, sentence.span.end))
    clause = sentence.clause_at(found.figure.span.start)
    if len(doses) != 1 or found.comparator or not clause.start <= doses[0].start() < clause.end:
        return None
    at = re.search(
        r"\b(?:at|with)\s+(?:a dose of\s+|the\s+)?$", sentence.text[max(0, doses[0].start() - 24) : doses[0].start()]
    )
    return doses[0][0] if at else None


def _evidence(
    sentence: Sentence, role: QuoteRole, rule: str, confidence: float, mentions: Sequence[Mention], hedge: str | None
) -> Evidence:
    return replace(sentence.evidence(rule, mentions, hedge=hedge), role=role, confidence=confidence)
