"""Where title, authors and abstract of a saved page begin and end among buttons, statements and the text."""

from __future__ import annotations

import pytest

from graph_build.model import Document, ReadError, SectionType
from graph_build.read import read_text
from graph_build.read.journal_imprint import is_imprint

FIRST = "We tell how an invented drug works in an invented disease, and what is not known of it in our patients."
BODY = "The lung is an organ that everyone has, and most people have two of them in their chest."
TITLE = "HER2 in an Invented Lung Disease: Where It Stands"
IMPRINT = "Lung Inv 2021;9(2):77-85."


def page(*blocks: str) -> Document:
    return read_text("\n\n".join(blocks), "page.txt", "0" * 64)


def abstract_of(document: Document) -> list[str]:
    return [s.span.of(document.text) for s in document.sections if s.type is SectionType.ABSTRACT]


def imprint_of(document: Document) -> tuple[str | None, ...]:
    record = document.publication
    return (record.journal, record.date, record.volume, record.issue, record.pages)


@pytest.mark.parametrize("heading", ["Introduction", "INTRODUCTION", "Background", "1. Introduction", "1 Introduction"])
def test_the_text_below_an_abstract_without_keywords_is_none_of_it(heading: str) -> None:
    document = page(TITLE, IMPRINT, "Abstract", FIRST, heading, BODY)

    assert abstract_of(document) == [FIRST]


def test_an_abstract_may_begin_with_the_heading_that_begins_the_text_too() -> None:
    parts = f"Introduction\n\n{FIRST}\n\nConclusions\n\nIt works in some."

    document = page(TITLE, IMPRINT, "Abstract", parts, "Introduction", BODY)

    assert abstract_of(document) == [parts]


def test_a_part_of_an_abstract_may_be_no_sentence() -> None:
    parts = (
        f"Objective: {FIRST}\nPlace and Duration of Study: Department of Lungs, University of Nowhere, Freedonia.\n"
        "Results: Nine of the patients were well, and the others were not."
    )

    document = page(TITLE, IMPRINT, "ABSTRACT", parts, "Key Words: lung, invention.", BODY)

    assert abstract_of(document) == [parts]


@pytest.mark.parametrize(
    "statement",
    [
        "Institutional review board statement: The study was approved by the board of the hospital in Nowhere.",
        "This site wants to keep small files on your machine, and you agree to it when you go on to read its pages.",
        "This is an open access article distributed under the terms of a licence that permits others to use it.",
    ],
)
def test_a_statement_above_the_heading_is_no_abstract(statement: str) -> None:
    document = page(TITLE, IMPRINT, statement, "Abstract", FIRST, "Keywords: lung")

    assert abstract_of(document) == [FIRST]


def test_the_abstract_stands_below_the_second_of_two_headings() -> None:
    document = page(
        "Clinical Papers:",
        TITLE,
        "Lung Inv. 2021; 9:77-85. https://doi.org/10.1234/li.9",
        "Anna Meyer, Bob Li and Carla Rossi",
        "Abstract",
        "Anna Meyer1,2, Bob Li1 and Carla Rossi1",
        "Received: March 4, 2020     Accepted: April 5, 2020     Published: May 6, 2020",
        "ABSTRACT",
        FIRST,
    )

    assert document.publication.title == TITLE
    assert document.publication.creators == ("Anna Meyer", "Bob Li", "Carla Rossi")
    assert abstract_of(document) == [FIRST]
    assert document.facts == (("received", "2020-03-04"), ("accepted", "2020-04-05"), ("available", "2020-05-06"))


def test_the_abstract_behind_a_heading_with_a_full_stop() -> None:
    document = page("INVENTED LUNG 31: 46-51 (2011)", TITLE, "ANNA MEYER and BOB LI", f"Abstract. Aim: {FIRST}")

    assert imprint_of(document) == ("INVENTED LUNG", "2011", "31", None, "46-51")
    assert abstract_of(document) == [f"Aim: {FIRST}"]


@pytest.mark.parametrize(
    ("line", "imprint"),
    [
        ("Lung Inv. Mar 4, 2021; 9(2): 77-85", ("Lung Inv", "2021-03-04", "9", "2", "77-85")),
        ("CC BY 4.0 \u00b7 Lung Inv 2021; 79(03): 77-85", ("Lung Inv", "2021", "79", "03", "77-85")),
        ("HOME > Lung Inv > Volume 9(2); 2021 > Article", ("Lung Inv", "2021", "9", "2", None)),
        ("Erschienen in: Lung Inv 2/2021", ("Lung Inv", "2021", None, "2", None)),
        ("Journal: Lung Inv, 2021, \u2116 2", ("Lung Inv", "2021", None, "2", None)),
        ("Pages 77-85 | Published online: 4 Mar 2021", (None, "2021-03-04", None, None, "77-85")),
        ("Volume 9, 2021 - Issue 2", (None, "2021", "9", "2", None)),
        ("Lung Inv. 2021 Mar 4;9(2):e77. doi: 10.1234/li.9", ("Lung Inv", "2021-03-04", "9", "2", "e77")),
    ],
)
def test_forms_of_an_imprint(line: str, imprint: tuple[str | None, ...]) -> None:
    document = page(line, TITLE, "Anna Meyer, Bob Li", "Abstract", FIRST)

    assert document.publication.title == TITLE
    assert imprint_of(document) == imprint


@pytest.mark.parametrize("line", ["Pages of 2021 were read.", "Volume 9 fell in 2021.", "Home > 2021", "9: 7-8 (2021)"])
def test_what_is_no_imprint(line: str) -> None:
    assert not is_imprint(line)


def test_two_lines_of_an_imprint_complete_each_other() -> None:
    document = page(
        "Skip Navigation\nSkip to contents",
        "Inv Lung : Journal of Invented Lung",
        "Page Path\nHOME > Inv Lung > Volume 50(1); 2016 > Article\nReview",
        f"{TITLE}\nAnna Meyer1, Bob Li1,2, Carla Rossi,1,2,3",
        "Journal of Invented Lung 2016;50(1):1-9.\nDOI: https://doi.org/10.1234/il.9",
        "Abstract",
        FIRST,
    )

    assert document.publication.title == TITLE
    assert document.publication.creators == ("Anna Meyer", "Bob Li", "Carla Rossi")
    assert document.publication.doi == "10.1234/il.9"
    assert imprint_of(document) == ("Inv Lung", "2016", "50", "1", "1-9")


def test_the_names_before_a_title_are_none_of_it() -> None:
    document = page(
        "| Home | Contact Us | Search |",
        "Invented Lung > Volume 52(1); 2020 > Article",
        f"Meyer, Li, and Rossi: {TITLE}",
        "Abstract",
        FIRST,
    )

    [title] = [s.span.of(document.text) for s in document.sections if s.type is SectionType.TITLE]
    assert document.publication.title == title == TITLE
    assert imprint_of(document) == ("Invented Lung", "2020", "52", "1", None)


def test_authors_in_a_list_of_their_own() -> None:
    document = page(
        TITLE,
        "  • Authors:\n    • Anna Meyer\n    • Bob Li\n  • View Affiliations",
        "  • Published online on: August 12, 2011     https://doi.org/10.1234/li.9\n  • Pages: 11-19",
        "Abstract",
        FIRST,
        "References",
        "Meyer, A.; Li, B.T. The first of the works that are cited. CA Inv J. Lung. 2019, 4, 5\u20139. [CrossRef]",
        "Rossi C, Li B. The second of the works that are cited. Nat Inv Lung. (2020) 17:33\u201348. doi: 10.1234/nil.3",
    )

    assert document.publication.creators == ("Anna Meyer", "Bob Li")
    assert (document.publication.pages, document.publication.doi) == ("11-19", "10.1234/li.9")
    assert document.facts == (("available", "2011-08-12"),)
    cited = [s.publication for s in document.sections if s.publication]
    assert [(c.title, c.journal, c.date, c.volume, c.pages) for c in cited] == [
        ("The first of the works that are cited", "CA Inv J. Lung", "2019", "4", "5\u20139"),
        ("The second of the works that are cited", "Nat Inv Lung", "2020", "17", "33\u201348"),
    ]


def test_a_page_that_is_known_by_its_doi_abstract_and_keywords() -> None:
    document = page(
        "Impact Factor 1.0\nVolume 34, 12 Issues, 2024\n  Original Article     August 2022",
        TITLE,
        "By Anna Meyer, Bob Li",
        "doi: 10.1234/li.9",
        "ABSTRACT",
        FIRST,
        "Key Words: lung, invention.",
    )

    assert document.publication.title == TITLE
    assert document.publication.creators == ("Anna Meyer", "Bob Li")
    assert document.publication.doi == "10.1234/li.9"


def test_dates_without_a_colon_and_a_citation_at_the_end() -> None:
    document = page(
        TITLE,
        "Anna Meyer, Bob Li",
        "Corresponding to: Anna Meyer, MD. Department of Lungs, Nowhere, Freedonia. Email: anna@example.org.",
        "Abstract",
        FIRST,
        "Keywords: lung",
        "Submitted Jan 24, 2013. Accepted for publication Feb 19, 2013.",
        "Cite this article",
        f"Meyer, A., Li, B. {TITLE}. Invented Lung Res 12, R46 (2013). https://doi.org/10.1234/ilr.9",
    )

    assert document.facts == (
        ("correspondingAuthor", "Anna Meyer, MD. Department of Lungs, Nowhere, Freedonia."),
        ("correspondingEmail", "anna@example.org"),
        ("received", "2013-01-24"),
        ("accepted", "2013-02-19"),
    )
    assert imprint_of(document) == ("Invented Lung Res", "2013", "12", None, "R46")
    assert document.publication.doi == "10.1234/ilr.9"


def test_the_old_page_of_pubmed_has_buttons_above_its_citation() -> None:
    document = page(
        "Send to",
        "Choose Destination\nInv Lung. 2018 Oct 23;11:7323-7331. doi: 10.1234/il.1. eCollection 2018.",
        "What became of the patients who had an invented disease and took an invented drug.",
        "Author information",
        "Department of Lungs, Invented Hospital, Nowhere, Freedonia.",
        FIRST,
        "Experimental design:",
        "We looked at the records of nine patients who were treated in the invented hospital.",
        "PMID: 90000001 DOI: 10.1234/il.1",
    )

    title = "What became of the patients who had an invented disease and took an invented drug"
    assert document.publication.title == title
    assert document.publication.pmid == "90000001"
    [abstract] = abstract_of(document)
    assert (abstract.startswith(FIRST), abstract.endswith("in the invented hospital.")) == (True, True)


def test_the_title_may_stand_below_the_abstract_with_the_citation() -> None:
    document = page(
        "Invented PMC",
        "This site wants to keep small files on your machine. By reading on you agree to it as is told in our notice.",
        "Abstract",
        FIRST,
        "Free full text",
        "Inv Lung. 2012 May; 17(5): 631\u2013644.\nPMID: 90000001",
        TITLE,
    )

    assert document.publication.title == TITLE
    assert document.publication.creators == ()
    assert abstract_of(document) == [FIRST]


def test_a_note_on_another_work_is_refused() -> None:
    with pytest.raises(ReadError, match="a page of another kind"):
        page(TITLE, "Lung Cancer", "Meyer A and Li B. Inv Lung 2020.", FIRST)


def test_degrees_letters_and_kinds_of_works_are_no_authors() -> None:
    document = page(
        "JOURNAL ARTICLE\nMarch 4, 2021",
        f"{TITLE}\nAnna Meyer, MD a 1 \u2219 Bob T Li, PhD b \u2219 Carla Rossi, MD a",
        "Annals of Lungs, Volume 30, Issue 3, March 2019, Pages 447-455, https://doi.org/10.1234/al.7Citations: 12",
        "Abstract",
        FIRST,
    )

    assert document.publication.title == TITLE
    assert document.publication.creators == ("Anna Meyer", "Bob T Li", "Carla Rossi")
    assert document.publication.doi == "10.1234/al.7"
    assert imprint_of(document) == ("Annals of Lungs", "2019-03", "30", "3", "447-455")


def test_an_outline_above_the_title_is_no_part_of_the_work() -> None:
    document = page(
        "Skip to main content\nSkip to article\nView PDF",
        "Highlights\nAbstract\nKeywords\n1. Introduction\n2. Methods\nShow full outline",
        f"Lung Inv\nVolume 152, February 2021, Pages 93-100\nLung Inv\n{TITLE}",
        "Anna Meyer a 1, Bob T. Li b",
        "https://doi.org/10.1234/li.9",
        "Abstract\nObjectives",
        FIRST,
        "Introduction",
        BODY,
    )

    assert document.publication.title == TITLE
    assert document.keywords == ()
    assert abstract_of(document) == [f"Objectives\n\n{FIRST}"]


def test_the_journal_of_a_pubmed_page_on_a_line_of_its_own() -> None:
    document = page(
        "Review",
        "Inv Lung Rev",
        ". 2020 Jun:86:101996. doi: 10.1234/ilr.1. Epub 2020 Feb 28.",
        TITLE,
        "Anna Meyer 1, Bob T Li 2",
        "PMID: 90000001",
        "Abstract",
        FIRST,
        "MeSH terms",
        "Humans",
    )

    assert document.publication.title == TITLE
    assert imprint_of(document) == ("Inv Lung Rev", "2020-06", "86", None, "101996")
    assert abstract_of(document) == [FIRST]
