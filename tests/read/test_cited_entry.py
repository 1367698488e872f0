"""Entries of reference lists in the styles of Western journals: a title, or none rather than a wrong one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_build.model import Publication
from graph_build.read.cited_entry import read_cited, read_entry
from graph_build.read.record import Cited

TITLE = "HER2 in lung cancer: a phase 2 trial"


@pytest.mark.parametrize(
    ("printed", "journal", "date", "volume", "pages", "creators"),
    [
        (
            f"Oda T, Lim K. {TITLE}. Lung Cancer. 2017;18(1):288.",
            "Lung Cancer",
            "2017",
            "18",
            "288",
            ("Oda T", "Lim K"),
        ),
        (
            f"Oda T and Lim K (2017) {TITLE}. Lung Cancer 18, 288-290.",
            "Lung Cancer",
            "2017",
            "18",
            "288-290",
            ("Oda T", "Lim K"),
        ),
        (
            f"Oda T, Lim K, et al. {TITLE}. Lung Cancer 2017;18:288-9",
            "Lung Cancer",
            "2017",
            "18",
            "288-9",
            ("Oda T", "Lim K"),
        ),
        (
            f"Oda T, Lim KL et al (2017) {TITLE}. Lung Cancer 18(10):255–265. https://doi.org/10.1000/x",
            "Lung Cancer",
            "2017",
            "18",
            "255–265",
            ("Oda T", "Lim KL"),
        ),
        (
            f"Oda, T. R., & Lim, K. (2017). {TITLE}. Lung Cancer, 18(1), 288-290.",
            "Lung Cancer",
            "2017",
            "18",
            "288-290",
            ("Oda TR", "Lim K"),
        ),
        (
            f"Oda, T., van Lim, K. L. & Boss, A. {TITLE}. Nat. Commun. 8, 123 (2017).",
            "Nat. Commun",
            "2017",
            "8",
            "123",
            ("Oda T", "van Lim KL", "Boss A"),
        ),
        (
            f"Oda, T. and Lim, K., {TITLE}. Nat. Immunol. 2017. 2: 711-717.",
            "Nat. Immunol",
            "2017",
            "2",
            "711-717",
            ("Oda T", "Lim K"),
        ),
        (f"Oda T, Boss A. A {TITLE}. Cell 2015;163:506-519.", "Cell", "2015", "163", "506-519", ("Oda T", "Boss A")),
        (f"Oda T, Lim K: {TITLE}. Mol Cancer 13:143, 2014", "Mol Cancer", "2014", "13", "143", ("Oda T", "Lim K")),
    ],
    ids=["vancouver", "two authors", "no stop", "springer", "apa", "nature", "comma", "initial", "colon"],
)
def test_styles(printed: str, journal: str, date: str, volume: str, pages: str, creators: tuple[str, ...]) -> None:
    entry = read_entry(printed)
    assert entry
    assert entry.title.of(printed) == entry.publication.title
    assert entry.publication.title.removeprefix("A ") == TITLE
    record = entry.publication
    assert (record.journal, record.date, record.volume, record.pages) == (journal, date, volume, pages)
    assert record.creators == creators


@pytest.mark.parametrize(
    "printed",
    [
        "Lung Cancer. 2016 Dec;34(34):4183-4185",
        "B. B. Snider, Cancer Lett. 1996, 96, 339;",
        "J. Willwacher, B. Heggen, Chem. Eur. J. 2015, 21, 10416-10430.",
        "National Institute of X. A page on HER2. Available at: https://example.org. Accessed January 2020",
        "Smith A, Roe B. A chapter on HER2. In: Doe J, editor. A book of lung cancer. London: Press; 2016. p. 3-4.",
        "Smith A.",
        "",
    ],
)
def test_no_title_rather_than_a_wrong_one(printed: str) -> None:
    assert read_entry(printed) is None


def test_what_the_record_knows_counts_before_what_is_printed() -> None:
    printed = f"Oda T, Lim K. {TITLE}. Lung Cancer. 2017;18(1):288."
    known = Publication(title=TITLE, date="2017-05", doi="10.1000/x", pmid="7", creators=("Tom Oda",))
    entry = read_cited(Cited(printed=printed, publication=known), printed)
    assert entry
    record = entry.publication
    assert (record.title, record.date, record.doi, record.pmid) == (TITLE, "2017-05", "10.1000/x", "7")
    assert (record.authors, record.creators, record.journal) == ("Tom Oda", ("Tom Oda",), "Lung Cancer")


def test_a_title_that_is_not_printed_is_not_taken() -> None:
    cited = Cited(printed="See there.", publication=Publication(title=TITLE, pmid="7"))
    assert read_cited(cited, cited.printed) is None


def test_the_marked_style_is_that_of_chinese_journals() -> None:
    printed = f"ODA T, LIM K, et al. {TITLE}[J]. Lung Cancer, 2017, 18(1): 288."
    entry = read_cited(Cited(printed=printed, publication=Publication(title="")), printed)
    assert entry
    assert (entry.publication.title, entry.publication.journal) == (TITLE, "Lung Cancer")


@given(st.text("AaBb. ,;:()&12-[]", max_size=300))
def test_any_entry_is_read_or_left_alone(printed: str) -> None:
    entry = read_entry(printed)
    assert entry is None or entry.title.of(printed) == entry.publication.title


@pytest.mark.parametrize("part", ["A", "Aa, ", "Aa A, ", "A. ", "Aa-", "Aa A. ", ". A", "(2017) "])
def test_no_entry_is_read_without_end(part: str) -> None:
    read_entry(part * (20_000 // len(part)))
