"""Reading: complete records of whole pages, bad input, and properties that hold for any text."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph_build.model import Document, PublicationKind, ReadError, SectionType
from graph_build.read import read, read_text
from graph_build.read.citation import parse_citation

PAGES = Path(__file__).parent / "read"
NAMES = ("journal.txt", "medline.txt", "plain_journal.txt", "pubmed.txt", "pubmed_web.txt")
SEEDS = ("000_2deb1f22f8bf69ef.txt", "001_fbcf08e6875b1715.txt")


def page(name: str) -> str:
    return (PAGES / name).read_bytes().decode("utf-8")


def fields(record: object) -> dict[str, Any]:
    """What is printed of a record: its fields that are not empty."""
    assert record is not None
    return {key: value for key, value in asdict(record).items() if value not in (None, ())}  # type: ignore[call-overload]


def texts(document: Document, type: SectionType) -> list[str]:
    return [section.span.of(document.text) for section in document.sections if section.type is type]


def check(document: Document) -> None:
    """What holds for every document: spans in range and in order, quotes exact."""
    text, end = document.text, 0
    for section in document.sections:
        assert end <= section.span.start < section.span.end <= len(text), "sections overlap or leave the text"
        end = section.span.end
        for inner in (section.zone, section.title, section.printed):
            assert inner is None or (inner in section.span and len(inner))
        assert section.title is None or (section.zone and section.title in section.zone)
        assert section.span.of(text) == section.span.of(text).strip()
        if section.publication:
            assert section.title
            assert " ".join(section.title.of(text).split()) == section.publication.title
            assert section.printed
            assert section.number is None or str(section.number) in text[section.span.start : section.printed.start]
    within = {kind: [s.span for s in document.sections if s.type is kind] for kind in SectionType}
    for word, span in document.keywords:
        assert span.of(text) == word
        assert any(span in section for section in within[SectionType.KEYWORDS])
    for name, span in document.substances:
        assert span.of(text).strip("* ") == name
        assert any(span in section for section in within[SectionType.SUBSTANCES])
    for heading in document.headings:
        assert heading.span.of(text).startswith(heading.descriptor.split("*")[0][:1] or "*") or "*" in heading.span.of(
            text
        )
        assert any(heading.span in section for section in within[SectionType.MESH])
    record = document.publication
    assert record.title or record.doi or record.pmid
    for value in (record, *(section.publication for section in document.sections if section.publication)):
        assert "" not in (value.authors, value.journal, value.volume, value.issue, value.pages, value.doi)
        assert all(value.creators)


# -- whole pages ----------------------------------------------------------------


def test_journal_page_record() -> None:
    document = read(PAGES / "journal.txt")

    assert document.format == "journal-page"
    assert document.sha256 == hashlib.sha256((PAGES / "journal.txt").read_bytes()).hexdigest()
    assert fields(document.publication) == {
        "title": "Treatment of ERBB2-Mutant Lung Tumours: Where We Stand",
        "kind": "review",
        "authors": "MEYER Anna, WU Xin-hong",
        "creators": ("MEYER Anna", "WU Xin-hong"),
        "journal": "Journal of Invented Oncology",
        "date": "2023",
        "volume": "12",
        "issue": "4",
        "pages": "201-215",
        "doi": "10.1234/jio.2023.0042",
    }
    assert document.facts == (
        ("funding", "Invented Science Fund (No. 42)"),
        ("correspondingAuthor", "MEYER Anna"),
        ("correspondingEmail", "anna.meyer@example.org"),
        ("received", "2023-01-05"),
        ("revised", "2023-03-20"),
        ("available", "2023-04-02"),
        ("competingInterests", "None was declared by the two authors."),
    )
    assert [word for word, _ in document.keywords] == ["ERBB2", "lung cancer", "conjugates"]
    assert document.warnings == (
        'journal.txt, line 39: in related article [1], the pages are printed "70-7072"',
        'journal.txt, line 40: in related article [2], the pages are printed "215-218,."',
    )
    check(document)


def test_journal_page_sections() -> None:
    document = read(PAGES / "journal.txt")

    assert texts(document, SectionType.TITLE) == ["Treatment of ERBB2-Mutant Lung Tumours: Where We Stand"]
    (abstract,) = texts(document, SectionType.ABSTRACT)
    assert abstract.startswith("Tumours with changes")
    assert abstract.endswith("have helped more of them.")
    assert texts(document, SectionType.KEYWORDS) == ["Keywords: ERBB2; lung cancer; conjugates"]
    zones = {section.type: section.zone.of(document.text) for section in document.sections if section.zone}
    assert zones[SectionType.KEYWORDS] == "ERBB2; lung cancer; conjugates"
    assert zones[SectionType.ABSTRACT] == abstract


def test_journal_page_leaves_out_only_the_furniture() -> None:
    document = read(PAGES / "journal.txt")

    covered = {at for section in document.sections for at in range(section.span.start, section.span.end)}
    left = "".join(c if at not in covered else " " for at, c in enumerate(document.text)).replace("•", " ")
    assert [" ".join(line.split()) for line in left.splitlines() if line.strip()] == [
        "Advanced Search",
        "More Information",
        "Catalog",
        "Article views (6) PDF downloads (1) Cited by()",
        "/",
        "DownLoad: Full-Size Img PowerPoint",
        "Return",
        "Return",
    ]


def test_journal_page_references() -> None:
    document = read(PAGES / "journal.txt")

    entries = [section for section in document.sections if section.publication]
    assert [(entry.type.value, entry.number) for entry in entries] == [
        *(("reference", number) for number in range(1, 8)),
        *(("related", number) for number in range(1, 3)),
    ]
    found = {(entry.type.value, entry.number): fields(entry.publication) for entry in entries}
    assert found["reference", 1] == {
        "title": "HER2 in lung tumours: does it matter? A long look",
        "kind": "article",
        "authors": "Meric-Bernstam F, De Grève J, et al.",
        "creators": ("Meric-Bernstam F", "De Grève J"),
        "journal": "Lung Cancer",
        "date": "2019",
        "volume": "130",
        "issue": "2",
        "pages": "11-19",
        "doi": "10.1234/lc.130.11",
    }
    assert found["reference", 2] == {
        "title": "Pyrotinib in ERBB2-mutant disease",
        "kind": "article",
        "authors": "Zhou C, Li X, Wang Q",
        "creators": ("Zhou C", "Li X", "Wang Q"),
        "journal": "J Clin Oncol",
        "date": "2020",
        "volume": "38",
        "pages": "e120",
    }
    assert found["reference", 3]["authors"] == "Li BT, Smit EF, et al. ROAD-Lung01 Trial Investigators"
    assert found["reference", 3]["creators"] == ("Li BT", "Smit EF", "ROAD-Lung01 Trial Investigators")
    assert found["reference", 4]["title"] == "one drug ± another in lung tumours"
    numbers = {key: value.get("abstract_number") for key, value in found.items() if value["kind"] == "abstract"}
    assert numbers == {("reference", 4): "MA04.02", ("reference", 5): "LBA8598", ("reference", 6): "8514"}
    assert found["related", 1]["pages"] == "70-7072"
    assert found["related", 2] == {
        "title": "Inhibition of HER-2",
        "kind": "article",
        "authors": "WU Feng",
        "creators": ("WU Feng",),
        "journal": "Journal of Invented Oncology",
        "date": "2006",
        "volume": "33",
        "issue": "04",
        "pages": "215-218",
        "doi": "10.1234/jio.71",
    }


def test_reference_spans() -> None:
    document = read(PAGES / "journal.txt")

    entry = next(section for section in document.sections if section.number == 3)
    assert entry.printed
    assert entry.zone
    assert entry.title
    assert entry.span.of(document.text).startswith("[3]\n    Li BT")
    assert entry.printed.of(document.text).startswith("Li BT, Smit EF, et al. ROAD")
    assert entry.printed.of(document.text).endswith("386(3): 241-251.")
    assert entry.zone.of(document.text) == "ROAD-Lung01 Trial Investigators. A conjugate in HER2-mutant disease"
    assert entry.title.of(document.text) == "A conjugate in HER2-mutant disease"


def test_pubmed_page() -> None:
    document = read(PAGES / "pubmed.txt")

    assert document.format == "pubmed-page"
    assert fields(document.publication) == {
        "title": "The weight of KRAS - a new aim in lung tumours?",
        "kind": "review",
        "authors": "Anna B Smit, Piet de Vries",
        "creators": ("Anna B Smit", "Piet de Vries"),
        "journal": "Invented Rev",
        "date": "2021-05",
        "volume": "45",
        "issue": "2",
        "pages": "101-110",
        "doi": "10.1234/ir.45.101",
        "pmid": "12345678",
    }
    assert document.facts == (
        ("available", "2021-02-03"),
        ("competingInterests", "The authors have nothing to declare."),
        ("funding", "42/Invented Fund"),
    )
    assert document.publication_types == ("Review", "Research Support, Non-U.S. Gov't")
    assert [(h.descriptor, h.qualifier, h.major, h.span.of(document.text)) for h in document.headings] == [
        ("Carcinoma, Non-Small-Cell Lung", "genetics", True, "Carcinoma, Non-Small-Cell Lung / genetics*"),
        ("Humans", None, False, "Humans"),
        ("Lung Neoplasms", None, True, "Lung Neoplasms*"),
        (
            "Proto-Oncogene Proteins p21(ras)",
            "antagonists & inhibitors",
            False,
            "Proto-Oncogene Proteins p21(ras) / antagonists & inhibitors",
        ),
    ]
    assert [name for name, _ in document.substances] == ["KRAS protein, human", "Proto-Oncogene Proteins p21(ras)"]
    assert [word for word, _ in document.keywords] == ["KRAS", "Lung tumours", "Tests"]
    assert [(section.type.value, section.span.of(document.text)[:24]) for section in document.sections] == [
        ("title", "The weight of KRAS - a n"),
        ("metadata", "Invented Rev. 2021 May;4"),
        ("metadata", "The weight of KRAS - a n"),
        ("metadata", "Anna B Smit 1, Piet de V"),
        ("metadata", "Affiliations"),
        ("metadata", "1 Department of Oncology"),
        ("metadata", "PMID: 12345678 PMCID: PM"),
        ("metadata", "Abstract"),
        ("abstract", "Background: KRAS is chan"),
        ("metadata", "Copyright © 2021 Invente"),
        ("keywords", "Keywords: KRAS; Lung tum"),
        ("metadata", "Conflict of interest sta"),
        ("metadata", "The authors have nothing"),
        ("metadata", "Publication types"),
        ("metadata", "Review"),
        ("metadata", "Research Support, Non-U."),
        ("mesh", "MeSH terms\n\n  • Carcinom"),
        ("substances", "KRAS protein, human\n  • "),
        ("metadata", "Grants and funding"),
        ("metadata", "42/Invented Fund"),
        ("metadata", "Similar articles"),
        ("metadata", "Another work. Doe J. Inv"),
    ]
    assert texts(document, SectionType.ABSTRACT)[0].endswith("No test has won so far.")
    assert document.warnings == ()
    check(document)


def test_substances_with_their_heading_are_the_same() -> None:
    lost = page("pubmed.txt")
    kept = lost.replace("\n\n\n  • KRAS protein", "\n\nSubstances\n\n  • KRAS protein")
    assert lost != kept

    with_heading, without = read_text(kept, "a", "x"), read_text(lost, "b", "x")

    assert [name for name, _ in with_heading.substances] == [name for name, _ in without.substances]
    assert [h.descriptor for h in with_heading.headings] == [h.descriptor for h in without.headings]
    check(with_heading)


def test_pubmed_text_format_is_unwrapped() -> None:
    document = read(PAGES / "medline.txt")

    assert fields(document.publication) == {
        "title": "One more look at conjugates in the treatment of lung tumours that carry changes of the ERBB2 gene",
        "kind": "article",
        "authors": "Uy NF, van der Berg CS",
        "creators": ("Uy NF", "van der Berg CS"),
        "journal": "J Invented Oncol",
        "date": "2024-05-03",
        "pages": "107992",
        "doi": "10.1234/jio.107992",
        "pmid": "87654321",
    }
    (abstract,) = texts(document, SectionType.ABSTRACT)
    assert abstract.startswith("Conjugates have changed how")
    assert abstract.endswith("found no difference between the groups.")
    assert document.facts == (("competingInterests", "Nothing to declare."),)
    check(document)


def test_pubmed_page_as_copied_from_the_site() -> None:
    document = read(PAGES / "pubmed_web.txt")

    assert fields(document.publication) == {
        "title": "A Tablet, Two Doses: First Results of a Trial Called ROAD-9",
        "kind": "abstract",
        "authors": "Jane Q Doe, Jean-Luc d'Arc, Niels van der Velde, ROAD-9 Study Group",
        "creators": ("Jane Q Doe", "Jean-Luc d'Arc", "Niels van der Velde", "ROAD-9 Study Group"),
        "journal": "J Invented Oncol",
        "date": "2022-03-01",
        "volume": "40",
        "issue": "15_suppl",
        "pages": "9001",
        "abstract_number": "9001",
        "doi": "10.1234/jio.9001",
        "pmid": "23456789",
    }
    (abstract,) = texts(document, SectionType.ABSTRACT)
    assert abstract.startswith("BACKGROUND\n\nFew tablets")
    assert abstract.endswith("Trial registration: NCT00000000.")
    assert document.facts == (("available", "2021-11-29"), ("competingInterests", "Jane Q Doe has advised Merck."))
    assert [(h.descriptor, h.qualifier, h.major) for h in document.headings] == [
        ("Humans", None, False),
        ("Lung Neoplasms", "drug therapy", True),
    ]
    assert document.substances == ()
    assert document.warnings == (
        (
            "pubmed_web.txt, line 49: a list without heading; expected one such as Substances above it; "
            "it is kept as metadata"
        ),
    )
    check(document)


def test_page_without_citation_line_and_type_markers() -> None:
    document = read(PAGES / "plain_journal.txt")

    assert fields(document.publication) == {
        "title": "A Short Guide to Testing for HER2 in the Lung",
        "kind": "article",
        "doi": "10.1234/sg.9",
    }
    assert document.facts == (("received", "2021-03-04"), ("revised", "2021-05-06"))
    assert texts(document, SectionType.METADATA)[0].startswith("# A page in the same layout")
    assert texts(document, SectionType.METADATA)[0].endswith("nor type markers.")
    entries = [section for section in document.sections if section.type is SectionType.REFERENCE]
    assert [entry.number for entry in entries] == [1, 2, None, 2, 7, 8]
    assert fields(entries[0].publication)["journal"] == "J Clin Oncol"
    assert fields(entries[1].publication)["doi"] == "10.1234/esmo.7"
    assert document.warnings == (
        'plain_journal.txt, line 1: no "Citation:" line was found, so journal, year and pages of this page are unknown',
        "plain_journal.txt, line 16: a reference without number was found after [2]; expected [3] before it",
        "plain_journal.txt, line 17: reference [2] has a number that was already printed",
        "plain_journal.txt, line 18: in reference [7], no year was found",
        "plain_journal.txt, line 18: reference [7] was found where [3] was expected",
        "plain_journal.txt, line 19: in reference [8], no year was found",
        "plain_journal.txt, line 19: the file ends in the middle of reference [8]",
    )
    check(document)


def test_nothing_is_recognised_in_the_opening_comment() -> None:
    note = "# HER2 mutations. Lung Cancer. 2020 Jun:1:2.\n# [1] Not a reference[J]. Lung, 2020, 1: 1.\n\n"

    document = read_text("\ufeff" + note + page("pubmed.txt"), "a.txt", "x")

    plain = read_text(page("pubmed.txt"), "a.txt", "x")
    assert document.publication == plain.publication
    assert document.sections[0].span.of(document.text) == note.strip()
    assert document.sections[0].zone is None
    check(document)


# -- pages that break off, and pages that take long ------------------------------


@pytest.mark.parametrize(
    ("cut", "warning"),
    [
        ("2105-2122", "line 13: the file ends in the middle of reference [1]"),
        ("Consensus on", "line 14: in reference [2], no year was found"),
        ("100395", "line 15: the file ends in the middle of reference [2]"),
    ],
)
def test_truncated_page(cut: str, warning: str) -> None:
    text = page("plain_journal.txt")

    document = read_text(text[: text.index(cut)], "x.txt", "x")

    assert f"x.txt, {warning}" in document.warnings
    check(document)


def test_abstract_that_breaks_off() -> None:
    text = page("pubmed.txt")

    document = read_text(text[: text.index("for their notes")], "x.txt", "x")

    assert document.warnings == ("x.txt, line 20: the file ends in the middle of the abstract",)
    check(document)


@pytest.mark.parametrize(
    "line",
    [
        "[1] " + "a, " * 33_000,
        "[1] " + "A B. " * 19_000,
        "1" * 99_000 + "x",
        "(1)" * 30_000 + "x",
        "doi" + " " * 99_000,
        ". " * 49_000 + ", 2020",
        "Citation: " + "[J], 2020" * 10_000,
        ", 2020" * 16_000,
        "et al " * 16_000,
        "<" * 99_000,
    ],
    ids=lambda line: line[:8],
)
@pytest.mark.usefixtures("ends")
@pytest.mark.parametrize("name", ["journal.txt", "pubmed.txt"])
def test_no_line_is_read_without_end(name: str, line: str) -> None:
    head, _, tail = page(name).partition("\n\n")
    check(read_text(f"{head}\n\n{line}\n\n{tail}", "x.txt", "x"))


@pytest.mark.parametrize(
    "line", ["a\n", "[1]\n", "[1] a\n", "Keywords: a\n", "Lung. 2020;1(1):2.\n", "  • a / b*\n", "\n"]
)
@pytest.mark.usefixtures("ends")
@pytest.mark.parametrize("name", ["journal.txt", "pubmed.txt"])
def test_many_lines_are_not_read_without_end(name: str, line: str) -> None:
    read_text(page(name) + line * 19_000, "x.txt", "x")


# -- properties ------------------------------------------------------------------------

FRAGMENTS = (
    "MeSH terms", "Substances", "Publication types", "Abstract", "Abstract: A short one.", "Keywords: a; b, c.",
    "Keywords:", "Related Articles", "References", "[1]", "[2] Li B, et al. A title[J]. Lung, 2020, 1(2): 3-4.",
    "[3] .", "[J]", "[4][J]", "Citation: Li B. A title[J]. Lung, 2020, 1(2): 3-4. DOI: 10.1234/x", "A title",
    "Lung Cancer. 2020 Jun:86:1. doi: 10.1234/y.", "PMID: 12", "DOI: 10.1234/z", "Authors", "Anna Smit 1, Li Wu 2",
    "  • Lung Neoplasms / genetics*", "  • *", "•", "Copyright © 2020",
    "We treated many patients with one drug and saw little. © 2020 A Press.", "Received Date: May 1, 2020", "Funding:",
    "\u2028", "Corresponding author: A B, E-mail: a@b.org", "# note", "Li B. A title", "et al. T[J]. 2020.", "/",
    "Return", "",
)  # fmt: skip
lines = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=30)), max_size=25)
texts_of_lines = st.builds(
    lambda parts, end: end.join(parts), lines, st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\n\n\n"])
)


def read_or_refuse(text: str) -> None:
    document, message = None, ""
    try:
        document = read_text(text, "x.txt", "0")
    except ReadError as error:
        message = str(error)
    if document is None:
        assert re.fullmatch(r"x\.txt[ ,:].+", message)
        return
    assert document.text == text
    assert document == read_text(text, "x.txt", "0")
    check(document)


@given(st.one_of(st.text(), texts_of_lines))
@example("0 0\nMESH TERMS\nKEYWORDS\nMESH TERMS")
@settings(max_examples=600, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    read_or_refuse(text)


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_reference_is_read(text: str) -> None:
    citation = parse_citation(text)

    assert 0 <= citation.zone.start <= citation.title.start <= citation.title.end == citation.zone.end <= len(text)


@given(data=st.data(), name=st.sampled_from(NAMES))
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_page_is_read_or_refused(data: st.DataObject, name: str) -> None:
    text = page(name)
    for change in data.draw(
        st.lists(st.sampled_from(["cut", "behead", "delete", "double", "swap", "replace"]), min_size=1, max_size=4)
    ):
        rows = text.split("\n")
        row = data.draw(st.integers(0, len(rows) - 1))
        at = data.draw(st.integers(0, len(text)))
        match change:
            case "cut":
                text = text[:at]
            case "behead":
                text = text[at:]
            case "delete":
                text = "\n".join(rows[:row] + rows[row + 1 :])
            case "double":
                text = "\n".join(rows[: row + 1] + rows[row:])
            case "swap":
                text = "\n".join([*rows[row:], *rows[:row]])
            case "replace":
                text = (
                    text[:at]
                    + data.draw(st.one_of(st.sampled_from("[]():.,; \n\r\ufeff•*/"), st.characters()))
                    + text[at + 1 :]
                )
    read_or_refuse(text)


@given(data=st.data(), name=st.sampled_from(NAMES))
@settings(max_examples=100, deadline=None)
def test_line_ends_do_not_change_the_records(data: st.DataObject, name: str) -> None:
    text = page(name)[: data.draw(st.integers(200, len(page(name))))]
    try:
        plain = read_text(text, "x.txt", "0")
    except ReadError:
        return

    other = read_text(text.replace("\n", data.draw(st.sampled_from(["\r\n", "\r"]))), "x.txt", "0")

    check(other)
    assert other.publication == plain.publication
    assert (other.facts, other.publication_types, other.warnings) == (
        plain.facts,
        plain.publication_types,
        plain.warnings,
    )
    assert [(s.type, s.number, s.publication) for s in other.sections] == [
        (s.type, s.number, s.publication) for s in plain.sections
    ]
    for ours, theirs in zip(other.sections, plain.sections, strict=True):
        assert ours.span.of(other.text).split() == theirs.span.of(plain.text).split()


# -- the two source documents, where they are ------------------------------------------------


@pytest.mark.parametrize("name", SEEDS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_seeds_keep_the_invariants(seeds: Path, name: str, end: str) -> None:
    text = (seeds / name).read_bytes().decode("utf-8").replace("\n", end)

    check(read_text(text, name, "0"))


def test_seed_journal_page(seeds: Path) -> None:
    document = read(seeds / SEEDS[0])

    assert fields(document.publication) == {
        "title": "Progress of Research on Advanced Non-Small Cell Lung Cancer with HER-2 Mutation",
        "kind": "review",
        "authors": "ZHANG Liang, YANG Changliang, LI Peidong, CHENG Ying",
        "creators": ("ZHANG Liang", "YANG Changliang", "LI Peidong", "CHENG Ying"),
        "journal": "Cancer Research on Prevention and Treatment",
        "date": "2025",
        "volume": "52",
        "issue": "2",
        "pages": "87-92",
        "doi": "10.3971/j.issn.1000-8578.2025.24.1062",
    }
    references = [section for section in document.sections if section.type is SectionType.REFERENCE]
    related = [section for section in document.sections if section.type is SectionType.RELATED]
    assert [section.number for section in references] == list(range(1, 39))
    assert [section.number for section in related] == list(range(1, 11))
    records = {section.number: section.publication for section in references}
    abstracts = {number for number, record in records.items() if record and record.kind is PublicationKind.ABSTRACT}
    assert abstracts == {18, 24, 30, 31, 34, 35, 36, 37, 38}
    assert {number for number, record in records.items() if record and record.doi is None} == {
        5,
        8,
        18,
        30,
        31,
        34,
        35,
        36,
        37,
        38,
    }
    assert {number for number, record in records.items() if record and record.issue is None} == {8, 13, 14, 18}
    assert {number for number, record in records.items() if record and len(record.creators) != 3} == {28}
    assert all(
        record and record.journal and record.date and record.volume and record.pages for record in records.values()
    )
    assert {key for key, _ in document.facts} == {
        "funding", "correspondingAuthor", "correspondingEmail",
        "received", "revised", "available", "competingInterests",
    }  # fmt: skip
    assert [warning.partition(": ")[2] for warning in document.warnings] == [
        'in related article [4], the pages are printed "70-7072"',
        'in related article [9], the pages are printed "215-218,."',
    ]


def test_seed_pubmed_page(seeds: Path) -> None:
    document = read(seeds / SEEDS[1])

    assert fields(document.publication) == {
        "title": "The force of HER2 - A druggable target in NSCLC?",
        "kind": "review",
        "journal": "Cancer Treat Rev",
        "date": "2020-06",
        "volume": "86",
        "pages": "101996",
        "doi": "10.1016/j.ctrv.2020.101996",
    }
    assert document.facts == (("available", "2020-02-28"),)
    assert (len(document.headings), sum(heading.major for heading in document.headings)) == (21, 5)
    assert [name for name, _ in document.substances] == [
        "Antibodies, Monoclonal, Humanized",
        "Antineoplastic Agents, Immunological",
        "Immunoconjugates",
        "Protein Kinase Inhibitors",
        "ERBB2 protein, human",
        "Receptor, ErbB-2",
    ]
    assert document.publication_types == ("Review",)
    assert [word for word, _ in document.keywords] == ["Driver", "HER2", "NSCLC", "Resistance", "Targeted therapy"]
    assert document.warnings == ()
