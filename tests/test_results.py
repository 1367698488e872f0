"""Results: every number that made-up abstracts report, and what of it stands in the graph."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_build.assemble.results import printed_value
from graph_build.build import build
from graph_build.check import check
from graph_build.graph import KnowledgeGraph
from graph_build.lexicon import default_lexicon
from graph_build.model import (
    Certainty,
    Document,
    Publication,
    PublicationKind,
    QuoteRole,
    Reading,
    RegisterId,
    Result,
    Section,
    SectionType,
    Span,
)
from graph_build.relate import interpret
from graph_build.store import NQUADS, STORE, load_store

CASES = Path(__file__).parent / "relate" / "results.txt"
UPDATE = os.environ.get("HER2KG_UPDATE_EXPECTED") == "1"


def paper(title: str, abstract: str, *, kind: PublicationKind = PublicationKind.ARTICLE) -> Document:
    """A paper of J Doe, 2024."""
    text = f"{title}\n\n{abstract}"
    begin = len(title) + 2
    places = ((SectionType.TITLE, Span(0, len(title))), (SectionType.ABSTRACT, Span(begin, len(text))))
    return Document(
        name="test.txt",
        text=text,
        sha256="0" * 64,
        format="test",
        publication=Publication(
            title=title, kind=kind, creators=("Doe J",), journal="J Test", date="2024", doi="10.1/x"
        ),
        sections=tuple(Section(type=what, span=span, zone=span) for what, span in places if len(span)),
    )


def interpreted(made: Document) -> Reading:
    return interpret(made, default_lexicon())


def line(result: Result, text: str) -> str:
    """A result as a line that a person can compare with the sentence."""
    value = printed_value(result)
    parts = [
        result.study.slug,
        result.measure.label,
        f"{result.statistic} {value}{' ' + result.unit if result.unit else ''}",
    ]
    if result.lower:
        parts.append(f"{result.level or '?'}% CI {result.lower} to {result.upper}")
    if result.count:
        parts.append(f"{result.count} of {result.total or '?'}")
    elif result.total:
        parts.append(f"of {result.total}")
    for name in ("time", "p", "grade", "dose", "score", "cut_off"):
        if printed := getattr(result, name):
            parts.append(f"{name} {printed}")
    for name in ("assay", "arm", "comparator"):
        if concept := getattr(result, name):
            parts.append(f"{name} {concept.label}")
    parts += [f"subgroup {concept.label}" for concept in result.subgroups]
    parts += [f"group “{result.group}”"] if result.group else []
    parts += [f"versus “{result.comparator_group}”"] if result.comparator_group else []
    if result.certainty is not Certainty.ASSERTED:
        parts.append(f"{result.certainty.value} “{result.evidence.hedge_cue}”")
    if result.evidence.role is not QuoteRole.OWN_RESULT:
        parts.append(result.evidence.role.value)
    assert not result.value or result.value in result.place.of(text)
    return " | ".join(parts)


def cases() -> Iterator[tuple[str, str, list[str]]]:
    for block in CASES.read_text(encoding="utf-8").split("\n\n"):
        lines = [one for one in block.splitlines() if one and not one.startswith("#")]
        if lines:
            yield lines[0].removeprefix("> "), lines[1].removeprefix("= "), lines[2:]


@pytest.mark.parametrize(("title", "abstract", "expected"), list(cases()), ids=lambda value: str(value)[:50])
def test_every_result_of_an_abstract(title: str, abstract: str, expected: list[str]) -> None:
    reading = interpreted(paper(title, abstract))

    found = [line(result, reading.document.text) for result in reading.results]

    if UPDATE:
        _rewrite(title, abstract, found)
        return
    assert found == expected


def _rewrite(title: str, abstract: str, found: list[str]) -> None:
    blocks = CASES.read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    head = f"> {title}\n= {abstract}"
    for number, block in enumerate(blocks):
        if head in block:
            comment = [one for one in block.splitlines() if one.startswith("#")]
            blocks[number] = "\n".join([*comment, head, *found])
    CASES.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def test_a_number_is_of_the_authors_of_others_or_of_a_review() -> None:
    said = "In DESTINY-Lung01, the objective response rate was 55%."
    title = "Neratinib in HER2-mutant lung cancer: a phase 2 trial"

    background = interpreted(paper(title, f"BACKGROUND: {said} RESULTS: The ORR was 4%."))
    review = interpreted(paper("HER2 in lung cancer", said, kind=PublicationKind.REVIEW))
    unnamed = interpreted(
        paper("HER2 in lung cancer", "The objective response rate of ADCs is 50%.", kind=PublicationKind.REVIEW)
    )

    assert [(r.study.slug, r.evidence.role) for r in background.results] == [
        ("destiny-lung01", QuoteRole.BACKGROUND),
        ("doe-2024-neratinib", QuoteRole.OWN_RESULT),
    ]
    assert [(r.study.slug, r.evidence.role) for r in review.results] == [("destiny-lung01", QuoteRole.REVIEW_SYNTHESIS)]
    assert unnamed.results == ()


def test_a_running_abstract_reports_what_stands_behind_its_aim() -> None:
    reading = interpreted(
        paper(
            "Afatinib in HER2-mutant lung cancer: a phase 2 trial",
            "The response rate to chemotherapy is 20%. We gave afatinib to 28 patients. The response rate was 13%.",
        )
    )

    assert [r.value for r in reading.results] == ["13"]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Experience with pyrotinib in lung cancer", ["doe-2024-pyrotinib"]),
        ("Prognostic value of HER2 expression in lung cancer treated with pyrotinib", []),
        ("A case report of pyrotinib in lung cancer", []),
        ("HER2 testing in lung cancer", []),
    ],
)
def test_a_study_is_minted_for_results_only_where_patients_were_treated(title: str, slug: list[str]) -> None:
    reading = interpreted(paper(title, "RESULTS: The ORR was 30%."))

    assert [r.study.slug for r in reading.results] == slug
    assert [s.slug for s in reading.studies] == slug
    assert [s.predicate for s in reading.statements if s.predicate == "reportedIn"] == ["reportedIn"] * len(slug)


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("The ORR was 30% (NCT00000001).", ["NCT00000001"]),
        ("The ORR was 30% (NCT00000001 and NCT00000002).", []),  # which of the two is this one's?
        ("The ORR was 30%.", []),
    ],
)
def test_a_register_number_counts_when_it_is_printed_and_alone(printed: str, numbers: list[str]) -> None:
    reading = interpreted(paper("Pyrotinib in HER2-mutant NSCLC: a phase 2 trial", f"RESULTS: {printed}"))

    found = [s for s in reading.statements if s.predicate == "registeredAs"]

    assert [s.object for s in found] == [RegisterId(f"https://clinicaltrials.gov/study/{n}", n) for n in numbers]


def test_a_number_after_a_sentence_about_some_patients_is_less_sure() -> None:
    reading = interpreted(
        paper(
            "Zongertinib in HER2-mutant NSCLC: a phase 1b trial",
            "RESULTS: In cohort 1, the ORR was 71%. Median PFS was 12 months. The DCR was 90%. Median OS was 2 years.",
        )
    )

    assert [(r.value, r.group, r.evidence.confidence) for r in reading.results] == [
        ("71", "cohort 1", 0.8),
        ("12", None, 0.6),
        ("90", None, 0.6),
        ("2", None, 0.85),
    ]


#: Pieces from which sentences are put together that nobody wrote.
PIECES = (
    "The ORR", " was ", "median PFS", " and ", "OS", "41%", " (", ")", "9/25", "8·2 months", "95% CI", ", ", "5.1",
    "–", " to ", "NE", "not reached", " vs ", "HR 0.64", "; ", " in ", "patients with brain metastases", " pyrotinib",
    " docetaxel", " group", ". ", "[", "]", " respectively", "IHC 3+", "HER2/CEP17 ratio ≥2.0", "P=0.01", " than ",
    "longer", "12-month", "n = 4", "Grade ≥3 adverse events", " for ", "\n", "0", "1000%",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_what_is_taken_for_a_result_stands_in_its_sentence(text: str) -> None:
    reading = interpreted(paper("Pyrotinib versus docetaxel in HER2-mutant NSCLC: a phase 3 trial", f"RESULTS: {text}"))

    whole = reading.document.text
    for result in reading.results:
        quote = result.evidence.span.of(whole)
        assert result.place in result.evidence.span
        for printed in (
            result.value,
            result.lower,
            result.upper,
            result.count,
            result.total,
            result.grade,
            result.dose,
        ):
            assert printed is None or printed in quote
        assert result.certainty is Certainty.ASSERTED or result.evidence.hedge_cue
        assert result.study.slug in {study.slug for study in reading.studies}


# What stands in the graph.

PAPERS = Path(__file__).parent / "results" / "papers.xml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of two made-up papers."""
    made = tmp_path_factory.mktemp("results") / "graph"
    build([PAPERS], made)
    return made


def test_the_graph_of_papers_with_results_is_what_it_promises(folder: Path) -> None:
    found = check(folder)
    assert found.findings == ()


def test_a_changed_number_is_found(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "g", ignore=shutil.ignore_patterns(STORE))
    path = tmp_path / "g" / NQUADS
    text = path.read_text(encoding="utf-8")
    changed = text.replace('#printedValue> "7·2"', '#printedValue> "9·2"')
    assert changed != text
    path.write_text("".join(sorted(changed.splitlines(keepends=True))), encoding="utf-8")
    load_store(tmp_path / "g")

    messages = {finding.message for finding in check(tmp_path / "g").findings}

    assert messages == {"broken rule: a result's printed value stands in its quote"}


def test_the_same_input_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    build([PAPERS], tmp_path / "again")
    assert (tmp_path / "again" / NQUADS).read_bytes() == (folder / NQUADS).read_bytes()


@pytest.mark.parametrize("name", ["results-of-studies", "results-by-subgroup", "results-between-arms"])
def test_questions_about_results(name: str, folder: Path) -> None:
    answer = KnowledgeGraph(folder).query(name)
    cells = [[re.sub(r"\s+", " ", "" if v is None else str(v)) for v in row] for row in (answer.columns, *answer)]
    found = "".join("\t".join(row) + "\n" for row in cells)
    expected = PAPERS.parent / f"{name}.tsv"
    if UPDATE:
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")
