"""Relations: every study and statement of many titles and sentences, of short abstracts, and of the two documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_build.lexicon import default_lexicon
from graph_build.model import (
    Appraisal,
    Certainty,
    ConceptId,
    Document,
    Node,
    Publication,
    PublicationId,
    PublicationKind,
    QuoteRole,
    Reading,
    Section,
    SectionType,
    Span,
    Statement,
    Study,
    StudyId,
)
from graph_build.read import read
from graph_build.relate import interpret
from graph_build.relate.title import phases

CASES = Path(__file__).parent / "relate"
PACKAGED = Path(__file__).resolve().parents[1] / "graph_build" / "sources"


def cited(*titles: str) -> Document:
    """A document that cites works of J Doe, 2024, by these titles."""
    text = "\n\n".join(titles)
    sections, start = [], 0
    for number, title in enumerate(titles, start=1):
        span = Span(start, start + len(title))
        work = Publication(title=title, creators=("Doe J",), journal="J Test", date="2024", doi=f"10.1000/{number}")
        sections.append(Section(type=SectionType.REFERENCE, span=span, zone=span, number=number, publication=work))
        start += len(title) + 2
    return document(text, tuple(sections))


def abstract(text: str, *, title: str = "", kind: PublicationKind = PublicationKind.ARTICLE) -> Document:
    """A document with this title and abstract."""
    whole = f"{title}\n\n{text}" if title else text
    begin = len(whole) - len(text)
    sections = [Section(type=SectionType.TITLE, span=Span(0, len(title)), zone=Span(0, len(title)))] if title else []
    sections.append(Section(type=SectionType.ABSTRACT, span=Span(begin, len(whole)), zone=Span(begin, len(whole))))
    return document(whole, tuple(sections), title=title or "Host", kind=kind)


def document(
    text: str, sections: tuple[Section, ...], *, title: str = "Host", kind: PublicationKind = PublicationKind.ARTICLE
) -> Document:
    work = Publication(title=title, kind=kind, creators=("Doe J",), journal="J Host", date="2024", doi="10.1000/host")
    return Document(name="test.txt", text=text, sha256="0" * 64, format="test", publication=work, sections=sections)


def cases(name: str) -> Iterator[tuple[str, list[str]]]:
    """The cases of a file: the text after ">", and the expected lines."""
    for block in (CASES / name).read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            yield lines[0].removeprefix("> "), lines[1:]


def node(value: Node) -> str:
    if isinstance(value, ConceptId):
        return value.label
    return value.slug if isinstance(value, StudyId) else value.iri


def statement_line(said: Statement) -> str:
    parts = [node(said.subject), ("not " if said.negated else "") + said.predicate, node(said.object)]
    if said.context:
        parts.append(f"in {node(said.context)}")
    if said.certainty is not Certainty.ASSERTED:
        parts.append(said.certainty.value)
    if said.appraisal:
        parts.append(f"{said.appraisal.value} “{said.appraisal_word}”")
    if said.outcome:
        parts.append(f"outcome {said.outcome.label}")
    if said.evidence.negation_cue:
        parts.append(f"negation “{said.evidence.negation_cue}”")
    if said.evidence.hedge_cue:
        parts.append(f"hedge “{said.evidence.hedge_cue}”")
    return " | ".join(parts)


def study_line(study: Study) -> str:
    parts = ["study", study.slug, study.cls]
    if study.phases:
        parts.append(f"phase {', '.join(study.phases)}")
    return " | ".join([*parts, *([] if study.resolved else ["unresolved"])])


def said(reading: Reading, *, reports: bool = False) -> list[str]:
    """The statements of a reading, each once; where a study is reported only when asked for."""
    kept = [s for s in reading.statements if reports or s.predicate != "reportedIn"]
    return list(dict.fromkeys(map(statement_line, kept)))


def interpreted(made: Document) -> Reading:
    return interpret(made, default_lexicon())


@pytest.mark.parametrize(("title", "expected"), list(cases("titles.txt")), ids=lambda value: str(value)[:60])
def test_everything_a_title_says(title: str, expected: list[str]) -> None:
    reading = interpreted(cited(title))

    assert [*dict.fromkeys(map(study_line, reading.studies)), *said(reading)] == expected
    assert {s.evidence.role for s in reading.statements} <= {QuoteRole.CITED_TITLE}
    assert {s.evidence.span.of(reading.document.text) for s in reading.statements} <= {title}


@pytest.mark.parametrize(("sentence", "expected"), list(cases("sentences.txt")), ids=lambda value: str(value)[:60])
def test_everything_a_sentence_says(sentence: str, expected: list[str]) -> None:
    reading = interpreted(abstract(sentence))

    assert said(reading) == expected
    assert {s.evidence.span.of(sentence) for s in reading.statements} <= {sentence}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("phase 1", ("1",)),
        ("Phase I", ("1",)),
        ("Phase Ia", ("1a",)),
        ("phase Ib", ("1b",)),
        ("Phase Ia/Ib", ("1a/1b",)),
        ("phase 1a/b", ("1a/1b",)),
        ("phase 1/2", ("1/2",)),
        ("phase I/II", ("1/2",)),
        ("phase I-II", ("1/2",)),
        ("phase Ib/II", ("1/2",)),
        ("Phase 2", ("2",)),
        ("phase IIa", ("2a",)),
        ("phase 2b", ("2b",)),
        ("phase 2/3", ("2/3",)),
        ("phase III", ("3",)),
        ("phase IIIb", ("3",)),
        ("phase IV", ("4",)),
        ("Phase Ia/Ib trial: updated Phase Ia data", ("1a", "1a/1b")),
        ("two phases of treatment, phase five", ()),
    ],
)
def test_phases(words: str, expected: tuple[str, ...]) -> None:
    assert phases(words) == expected


def test_several_reports_are_one_study() -> None:
    reading = interpreted(
        cited(
            "Phase 1a results of Beamion LUNG-1: zongertinib in solid tumors with HER2 alterations",
            "Zongertinib in HER2-mutant NSCLC: phase 1b data from Beamion LUNG-1",
        )
    )

    assert {s.slug: s.cls for s in reading.studies} == {"beamion-lung-1": "InterventionalTrial"}
    assert [s.phases for s in reading.studies] == [("1a",), ("1b",)]
    reports = [s for s in reading.statements if s.predicate == "reportedIn"]
    assert [(s.subject, s.object) for s in reports] == [
        (StudyId("beamion-lung-1"), PublicationId(f"https://doi.org/10.1000/{n}")) for n in (1, 2)
    ]


def test_a_pooled_analysis_pools_trials_that_it_also_reports() -> None:
    reading = interpreted(cited("T-DXd in HER2-mutant NSCLC: pooled analyses from DESTINY-Lung01 and DESTINYLung02"))

    assert {s.slug: s.cls for s in reading.studies} == {
        "destiny-lung01": "InterventionalTrial",
        "destiny-lung02": "InterventionalTrial",
        "doe-2024-trastuzumab-deruxtecan": "PooledAnalysis",
    }
    links = [
        (node(s.subject), s.predicate, node(s.object))
        for s in reading.statements
        if s.predicate in ("pools", "reportedIn")
    ]
    work = "https://doi.org/10.1000/1"
    assert links == [
        ("doe-2024-trastuzumab-deruxtecan", "pools", "destiny-lung01"),
        ("doe-2024-trastuzumab-deruxtecan", "pools", "destiny-lung02"),
        ("destiny-lung01", "reportedIn", work),
        ("destiny-lung02", "reportedIn", work),
        ("doe-2024-trastuzumab-deruxtecan", "reportedIn", work),
    ]


def test_a_pronoun_speaks_of_the_sentence_before() -> None:
    reading = interpreted(
        abstract("Trastuzumab deruxtecan has been given in HER2-mutant NSCLC. It opens a new era for these patients.")
    )

    assert said(reading) == [
        "trastuzumab deruxtecan | efficacyIn | HER2 mutation | in non-small cell lung carcinoma | Favourable “new era”"
    ]


def test_a_disease_without_a_name_here_is_not_that_of_the_title() -> None:
    text = "Pembrolizumab showed promising activity. Pembrolizumab was well tolerated in sebaceous carcinoma."
    reading = interpreted(abstract(text, title="Immunotherapy of lung cancer"))

    assert said(reading) == ["pembrolizumab | efficacyIn | lung cancer | Favourable “promising”"]


def test_a_disease_that_the_title_leaves_out_is_not_its_subject() -> None:
    text = "HER2 mutations occur in lung cancer. HER2 amplification is an independent prognostic factor."
    reading = interpreted(abstract(text, title="HER2 alterations beyond breast cancer"))

    assert said(reading) == ["HER2 amplification | prognosticIn | lung cancer"]


def test_side_effects_do_not_hide_the_disease_of_the_title() -> None:
    reading = interpreted(
        abstract("Pembrolizumab was well tolerated, with pain in two.", title="Immunotherapy of lung cancer")
    )

    assert said(reading) == ["pembrolizumab | safetyIn | lung cancer | Favourable “well tolerated”"]


def test_an_abstract_tells_phase_and_design_of_the_study_that_its_title_reports() -> None:
    reading = interpreted(
        abstract(
            "We conducted a multicenter, single-arm phase II trial of this drug. A randomised trial of others failed.",
            title="Pyrotinib in HER2-mutant lung cancer: efficacy and safety",
        )
    )

    assert list(map(study_line, reading.studies)) == ["study | doe-2024-pyrotinib | InterventionalTrial | phase 2"]
    assert [line for line in said(reading) if "design" in line] == [
        "doe-2024-pyrotinib | design | multicenter",
        "doe-2024-pyrotinib | design | single-arm",
    ]


def test_an_abstract_tells_phase_and_design_of_the_studies_that_it_names() -> None:
    reading = interpreted(
        abstract(
            "ZENITH20, an open-label phase 2 study, had cohorts. The phase 1b INVENTED-Lung01 trial is older.",
            kind=PublicationKind.REVIEW,
        )
    )

    assert sorted(map(study_line, reading.studies)) == [
        "study | invented-lung01 | InterventionalTrial | phase 1b | unresolved",
        "study | zenith20 | InterventionalTrial | phase 2",
    ]
    assert said(reading) == ["zenith20 | design | open-label"]


def test_the_study_of_others_has_no_design_of_the_own() -> None:
    reading = interpreted(
        abstract(
            "This was a subgroup analysis of a randomised phase 3 trial. We reviewed a retrospective study.",
            title="Pyrotinib in HER2-mutant lung cancer: efficacy and safety",
        )
    )

    assert list(map(study_line, reading.studies)) == ["study | doe-2024-pyrotinib | Study"]
    assert [line for line in said(reading) if "design" in line] == []


def test_the_title_tells_what_the_abstract_is_about() -> None:
    reading = interpreted(abstract("Pyrotinib was well tolerated.", title="Treatment of HER2-mutant NSCLC"))

    assert said(reading) == [
        "HER2 mutation | studiedIn | non-small cell lung carcinoma",
        "pyrotinib | safetyIn | HER2 mutation | in non-small cell lung carcinoma | Favourable “well tolerated”",
    ]


def test_a_laboratory_paper_says_nothing_of_patients() -> None:
    reading = interpreted(
        abstract(
            "Neratinib was given to mice with HER2-mutant NSCLC. Neratinib may be a promising therapy for patients."
        )
    )

    assert said(reading) == []


def test_only_the_authors_conclude() -> None:
    reading = interpreted(
        abstract(
            "Afatinib had limited activity in HER2-mutant NSCLC. In conclusion, afatinib is ineffective in NSCLC.",
            kind=PublicationKind.REVIEW,
        )
    )

    assert [s.evidence.role for s in reading.statements] == [QuoteRole.REVIEW_SYNTHESIS, QuoteRole.OWN_CONCLUSION]


def test_opposite_statements_both_stand() -> None:
    reading = interpreted(
        abstract("Afatinib was effective in HER2-mutant NSCLC. Afatinib was not effective in HER2-mutant NSCLC.")
    )

    assert [(s.negated, s.appraisal, s.evidence.negation_cue) for s in reading.statements] == [
        (False, Appraisal.FAVOURABLE, None),
        (True, Appraisal.FAVOURABLE, "not"),
    ]


#: Pieces from which sentences are put together that nobody wrote.
PIECES = (
    "HER2", " mutation", "s", " NSCLC", " trastuzumab", " plus ", " deruxtecan", " is", " not", " may",
    " effective", " in ", ", ", ". ", "(", ")", "?", " whether ", " superior to ", " standard of care",
    " gold standard", " consensus", " IHC", " detects ", " and ", " phase Ⅱ", " DESTINY-Lung01", " trial", ": ",
    " pooled", " prognostic", " associated with survival", " however, ", " than ", " it ", " a driver",
    " target", " member of the ErbB family", "\n", " no ", " without ", " including ", " respectively",
    "HER2/3",
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=18).map("".join), st.text(max_size=80)))
def test_no_text_is_too_strange(text: str) -> None:
    for made in (cited(text), abstract(text), abstract(text, title=text.replace("\n", " "))):
        reading = interpreted(made)

        known = {s.slug for s in reading.studies}
        for statement in reading.statements:
            evidence = statement.evidence
            assert 0 <= evidence.span.start < evidence.span.end <= len(made.text)
            assert 0 < evidence.confidence <= 1
            assert all(mention.span in evidence.span for mention in evidence.mentions)
            assert not isinstance(statement.subject, StudyId) or statement.subject.slug in known
            assert statement.certainty is Certainty.ASSERTED or evidence.hedge_cue
            assert not statement.negated or evidence.negation_cue


def readings(folder: Path) -> list[Reading]:
    return [interpreted(read(path)) for path in sorted(folder.glob("*.txt"))]


def test_the_seeds_say_what_the_packaged_documents_say(seeds: Path) -> None:
    original, packaged = readings(seeds), readings(PACKAGED)

    def claims(found: list[Reading]) -> set[tuple[str, str, str, bool, str]]:
        return {
            (node(s.subject), s.predicate, node(s.object), s.negated, s.certainty.value)
            for reading in found
            for s in reading.statements
        }

    def studies(found: list[Reading]) -> set[tuple[str, str, str, tuple[str, ...]]]:
        return {(s.slug, s.label, s.cls, s.phases) for reading in found for s in reading.studies}

    assert claims(original) == claims(packaged)
    assert studies(original) == studies(packaged)
    assert len(studies(packaged)) == 31
