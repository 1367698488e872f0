"""Pages as the sites of publishers print them: imprint, title, authors, abstract, and references of Western styles."""

from __future__ import annotations

import pytest

from graph_build.model import Document, Publication, SectionType
from graph_build.read import read_text
from graph_build.read.cited_entry import read_reference
from graph_build.read.journal_imprint import is_imprint, with_imprint
from graph_build.read.lines import split_lines

ABSTRACT = "We tell how an invented drug works in an invented disease, and what is not known of it in our patients."


def page(*blocks: str) -> Document:
    return read_text("\n\n".join(blocks), "page.txt", "0" * 64)


def entries(document: Document) -> list[tuple[object, ...]]:
    """Number, title, journal, year, volume and pages of each reference."""
    return [
        (
            s.number,
            s.publication.title,
            s.publication.journal,
            s.publication.date,
            s.publication.volume,
            s.publication.pages,
        )
        for s in document.sections
        if s.publication
    ]


def abstract_of(document: Document) -> list[str]:
    return [s.span.of(document.text) for s in document.sections if s.type is SectionType.ABSTRACT]


def test_a_page_with_an_author_a_line_and_a_lay_summary() -> None:
    document = page(
        "Next Article in Journal\nAnother Work of the Same Invented Journal",
        "Review",
        "HER2 in an Invented Lung Disease: Where It Stands",
        "by\nAnna Meyer\n,\nBob T. Li\nand\nCarla Rossi\n*",
        "Department of Oncology, University of Nowhere, 12345 Nowhere, Freedonia",
        "Cells Invented 2021, 9(2), 77; https://doi.org/10.1234/ci9020077",
        "Submission received: 5 May 2020 / Revised: 6 June 2020 / Accepted: 7 July 2020",
        "Simple Summary",
        "This is the summary for those who are no physicians, and it is not read as the abstract of the work.",
        "Abstract",
        ABSTRACT,
        "Keywords:\nHER2; lung",
        "1. Introduction",
        "The lung is an organ that everyone has, and most people have two of them in their chest.",
        "References",
        "1. Meyer, A.; Li, B.T.; et al. The first of the works that are cited. Lung Invented 2019, 4, 5–9. [CrossRef]",
        "2. Rossi, C. The second of the works that are cited. J. Lung. Inv. 2018, 3, 11–12. [Google Scholar] [PubMed]",
    )

    record = document.publication
    assert record.title == "HER2 in an Invented Lung Disease: Where It Stands"
    assert (record.journal, record.date, record.volume, record.issue, record.pages) == (
        "Cells Invented",
        "2021",
        "9",
        "2",
        "77",
    )
    assert record.creators == ("Anna Meyer", "Bob T. Li", "Carla Rossi")
    assert record.doi == "10.1234/ci9020077"
    assert abstract_of(document) == [ABSTRACT]
    assert [word for word, _ in document.keywords] == ["HER2", "lung"]
    assert document.facts == (("received", "2020-05-05"), ("revised", "2020-06-06"), ("accepted", "2020-07-07"))
    assert entries(document) == [
        (1, "The first of the works that are cited", "Lung Invented", "2019", "4", "5–9"),
        (2, "The second of the works that are cited", "J. Lung. Inv", "2018", "3", "11–12"),
    ]
    assert document.warnings == ()


def test_a_page_of_an_archive_with_numbers_glued_to_the_names() -> None:
    document = page(
        "Skip to main content\nInvented Lung logoLink to Invented Lung\n. 2021 Mar 4;9(2):77–85. doi: 10.1234/il.7",
        "What Experts Agree on for an Invented Disease",
        "Anna Meyer 1, Bob T Li 1,2, Carla Rossi 3",
        "PMCID: PMC0000001  PMID: 90000001",
        "Abstract",
        ABSTRACT,
        "Keywords: disease, invented",
        "References",
        "  • 1.Meyer A, Li BT. The first of the works. Lung. 2019;4(2):5-9. doi: 10.1234/l.1. [DOI] [PubMed]\n"
        "  • 2.Rossi C. The second of the works. Lung. 2018;3(1):11-12. doi: 10.1234/l.2. [DOI] [PubMed]\n"
        "  • 3.Rossi C. The third of the works. Lung. 2017;2(1):1-3. [Google Scholar]",
    )

    record = document.publication
    assert (record.title, record.journal) == ("What Experts Agree on for an Invented Disease", "Invented Lung")
    assert (record.date, record.volume, record.pages) == ("2021-03-04", "9", "77-85")
    assert (record.doi, record.pmid) == ("10.1234/il.7", "90000001")
    assert entries(document) == [
        (1, "The first of the works", "Lung", "2019", "4", "5-9"),
        (2, "The second of the works", "Lung", "2018", "3", "11-12"),
        (3, "The third of the works", "Lung", "2017", "2", "1-3"),
    ]


def test_a_page_that_says_on_the_next_line_how_to_cite_it() -> None:
    document = page(
        "Users Online: 7\n  • Print this page",
        "REVIEW ARTICLE - INVENTED SERIES\nYear : 2021  |  Volume : 9  |  Issue : 2  |  Page : 77-85",
        "A story of an invented gene in the lung",
        "  Abstract ",
        ABSTRACT,
        "Keywords: gene, lung",
        "How to cite this article:\nMeyer A, Li BT. A story of an invented gene in the lung. Lung Inv 2021;9:77-85",
        "  References",
        "1.\nRossi C, Meyer A. Does it help them? A look at study 1234. Lung Inv 2004;22:11-8.",
        "2.\nLi BT. Something else that is cited. Lung Inv 2005;23:1-4.",
        "3.\nLi BT. A third thing that is cited. Lung Inv 2006;24:1-4.",
    )

    record = document.publication
    assert (record.title, record.authors) == ("A story of an invented gene in the lung", "Meyer A, Li BT")
    assert (record.journal, record.date, record.volume, record.pages) == ("Lung Inv", "2021", "9", "77-85")
    assert entries(document) == [
        (1, "Does it help them? A look at study 1234", "Lung Inv", "2004", "22", "11-8"),
        (2, "Something else that is cited", "Lung Inv", "2005", "23", "1-4"),
        (3, "A third thing that is cited", "Lung Inv", "2006", "24", "1-4"),
    ]


def test_references_below_their_heading_are_not_the_citation_of_the_page() -> None:
    document = page(
        "Original Article| Volume 9, ISSUE 2, P77-85, June 2021",
        "How an Invented Drug Fits an Invented Pocket",
        "References",
        "1. Meyer A, Li BT. The first of the works. Lung. 2019;4(2):5-9.\n"
        "2. Rossi C. The second. Lung. 2018;3(1):1-2.\n3. Rossi C. The third. Lung. 2017;2(1):1-3.",
    )

    assert document.format == "journal-page"
    assert document.publication.title == "How an Invented Drug Fits an Invented Pocket"
    assert (document.publication.volume, document.publication.pages) == ("9", "77-85")
    assert [number for number, *_ in entries(document)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Lung Inv volume 9, Article number: 77 (2021)", ("Lung Inv", "2021", "9", None, "77")),
        ("Published 4 March 2021 Volume 2021:9 Pages 77—85", (None, "2021-03-04", "9", None, "77-85")),
        ("J Inv 2021;9(2):77-85", ("J Inv", "2021", "9", "2", "77-85")),
        ("Back to Journals » Lung Inventions » Volume 9", ("Lung Inventions", None, None, None, None)),
    ],
)
def test_imprints(line: str, expected: tuple[str | None, ...]) -> None:
    record = with_imprint(Publication(title="T"), split_lines(line))

    assert is_imprint(line)
    assert (record.journal, record.date, record.volume, record.issue, record.pages) == expected


@pytest.mark.parametrize(
    ("printed", "doi", "pmid"),
    [
        ("Meyer A. A work[J]. Lung, 2020, 3(1): 1-2. DOI: 10.1234/j. lung.\n2020. 77.", "10.1234/j.lung.2020.77", None),
        ("Meyer A. A work[J]. Lung, 2020, 3(1): 1-2. doi: 10.1234/lung.7 pmid: 123", "10.1234/lung.7", "123"),
        ("Meyer A. A work. Lung. 2020;3(1):1-2. doi: 10.1234/lung.7. Epub 2019 May 3.", "10.1234/lung.7", None),
    ],
)
def test_identifiers_as_they_are_printed(printed: str, doi: str, pmid: str | None) -> None:
    record = read_reference(printed).publication

    assert (record.doi, record.pmid) == (doi, pmid)
