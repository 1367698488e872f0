"""Unnamed studies of different papers that would bear the same name.

A study without a name is called after first author, year and drug.  Two papers can
agree in all three; then each gets the digest of its paper added, so that two trials
never become one node.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ..model import Node, PublicationId, Reading, Statement, Study, StudyId
from ..vocabulary import digest, publication_iri


def told_apart(readings: Sequence[Reading]) -> list[Reading]:
    """The readings with the studies of such papers told apart; the same whatever the order of the readings."""
    papers: dict[str, set[str]] = defaultdict(set)
    for reading in readings:
        unnamed = {study.slug for study in reading.studies if study.acronym is None}
        for slug, paper in _reports(reading):
            if slug in unnamed:
                papers[slug].add(paper)
    clashing = {slug for slug, found in papers.items() if len(found) > 1}
    return [_renamed(reading, clashing) for reading in readings] if clashing else list(readings)


def _reports(reading: Reading) -> list[tuple[str, str]]:
    return [
        (s.subject.slug, s.object.iri)
        for s in reading.statements
        if s.predicate == "reportedIn" and isinstance(s.subject, StudyId) and isinstance(s.object, PublicationId)
    ]


def _renamed(reading: Reading, clashing: set[str]) -> Reading:
    """Give each clashing study of a reading the name that its own title's paper demands."""
    paper_of = {
        (s.evidence.section, s.subject.slug): s.object.iri
        for s in reading.statements
        if s.predicate == "reportedIn" and isinstance(s.subject, StudyId) and isinstance(s.object, PublicationId)
    }

    here = publication_iri(reading.document.publication)
    own = {slug for (_, slug), iri in paper_of.items() if iri == here}

    def node(one: Node, section: int) -> Node:
        if isinstance(one, StudyId) and one.slug in clashing:
            paper = paper_of.get((section, one.slug)) or (here if one.slug in own else None)
            if paper:
                return StudyId(f"{one.slug}-{digest(paper)[:6]}")
        return one

    statements: list[Statement] = [
        replace(s, subject=node(s.subject, s.evidence.section), object=node(s.object, s.evidence.section))
        for s in reading.statements
    ]
    studies: list[Study] = []
    for study in reading.studies:
        papers = sorted({iri for (_, slug), iri in paper_of.items() if slug == study.slug})
        if study.slug in clashing and study.acronym is None:
            studies += [
                replace(study, slug=f"{study.slug}-{digest(iri)[:6]}", label=f"{study.label} ({digest(iri)[:6]})")
                for iri in papers
            ]
        else:
            studies.append(study)
    results = [
        replace(r, study=StudyId(f"{r.study.slug}-{digest(here)[:6]}")) if r.study.slug in clashing & own else r
        for r in reading.results
    ]
    return replace(reading, statements=tuple(statements), studies=tuple(studies), results=tuple(results))
