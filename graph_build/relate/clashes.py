"""Unnamed studies of different papers that would bear the same name.

A study without a name is called after first author, year and drug.  Two papers can
agree in all three; then each gets the digest of its paper added, so that two trials
never become one node.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from ..model import Node, PublicationId, Reading, Statement, Study, StudyId
from ..vocabulary import digest, publication_iri, pubmed_iri


class Report(NamedTuple):
    """A paper that a document says to report a study."""

    study: str  # its slug
    paper: str  # its IRI
    unnamed: bool  # whether the study's name is made by us


def reports(reading: Reading) -> Iterator[Report]:
    """The reports of studies in a document.

    A study that is unnamed in one of them, and has reports by several papers, clashes with itself.
    """
    unnamed = {study.slug for study in reading.studies if study.acronym is None}
    for slug, paper in dict.fromkeys((study, paper) for _, study, paper in _reported(reading)):
        yield Report(slug, paper, slug in unnamed)


def same_works(reading: Reading) -> Iterator[tuple[str, str]]:
    """The IRIs by PMID and by DOI of each publication of which a document prints both."""
    document = reading.document
    cited = (section.publication for section in document.sections)
    for record in dict.fromkeys((document.publication, *cited)):
        if record is not None and record.doi and record.pmid:
            yield pubmed_iri(record.pmid), publication_iri(record)


def _reported(reading: Reading) -> Iterator[tuple[int, str, str]]:
    """The section, the study and the paper of each statement that a study is reported somewhere."""
    for s in reading.statements:
        if s.predicate == "reportedIn" and isinstance(s.subject, StudyId) and isinstance(s.object, PublicationId):
            yield s.evidence.section, s.subject.slug, s.object.iri


def told_apart(reading: Reading, clashing: Collection[str], works: Mapping[str, str]) -> Reading:
    """Give each clashing study of a reading the name that its own title's paper demands.

    ``works`` has the IRI of a paper by DOI, where it is reported by PMID alone and some document prints both.
    """
    paper_of = {(section, slug): works.get(paper, paper) for section, slug, paper in _reported(reading)}
    here = publication_iri(reading.document.publication)
    here = works.get(here, here)
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
    mine = own & set(clashing)
    results = [
        replace(r, study=StudyId(f"{r.study.slug}-{digest(here)[:6]}")) if r.study.slug in mine else r
        for r in reading.results
    ]
    return replace(reading, statements=tuple(statements), studies=tuple(studies), results=tuple(results))
