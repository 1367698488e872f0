"""One reference at a time: authors, title, journal and what kind of work it is."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from graph_build.model import PublicationKind
from graph_build.read.citation import parse_citation


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        (
            "Cancer Genome Atlas Research Network. Profiling of the lung[J]. Nature, 2014, 511(7511): 543-550.",
            {"creators": ("Cancer Genome Atlas Research Network",), "title": "Profiling of the lung"},
        ),
        (
            "Smith J, Jones K, on behalf of the LCMC Investigators. About HER2[J]. Lancet, 2019.",
            {"creators": ("Smith J", "Jones K", "LCMC Investigators"), "journal": "Lancet", "date": "2019"},
        ),
        (
            "Smith J.A., Jones B. About HER2[J]. Lancet, 2019, 3.",
            {"creators": ("Smith J.A.", "Jones B"), "title": "About HER2", "volume": "3"},
        ),
        (
            "van der Wekken AJ, 't Hart N, O'Brien M Jr, et al. Testing[J]. Clin Cancer Res, 2017, 23(15): 4251-8.",
            {"creators": ("van der Wekken AJ", "'t Hart N", "O'Brien M Jr"), "pages": "4251-8"},
        ),
        (
            "Siegel RL, Miller KD. Cancer statistics, 2020. CA Cancer J Clin. 2020;70(1):7-30. PMID: 31912902",
            {"title": "Cancer statistics, 2020", "journal": "CA Cancer J Clin", "pmid": "31912902", "date": "2020"},
        ),
        (
            "Wolff AC, et al. Testing for HER2: an update. J. Clin. Oncol., 2018, 36, 2105-2122.",
            {"title": "Testing for HER2: an update", "journal": "J. Clin. Oncol.", "pages": "2105-2122"},
        ),
        ("Wang X. A handbook[M]. Beijing: A Press, 2018: 12-15.", {"title": "A handbook", "pages": "12-15"}),
        ("Title without authors[J]. Lung Cancer, 2011, 74(1): 139.", {"title": "Title without authors"}),
        ("ZHANG Liang\uff0cCHENG Ying. Progress[J]. Cancer\uff0c2025\uff0c52(2)\uff1a87-92.", {"pages": "87-92"}),
        ("A Net. NCCN: lung[EB/OL]. (2024-03-12)[2024-05-01]. https://example.org", {"date": "2024-03-12"}),
        ("Oh IJ. Activity[J]. Clin Lung Cancer. 2018 Sep;19(5):e775-e781.", {"date": "2018-09", "pages": "e775-e781"}),
        ("Li A. A drug. With two sentences[J]. Lung, 2020, 1: 2.", {"title": "A drug. With two sentences"}),
    ],
)
def test_reference_forms(citation: str, expected: dict[str, object]) -> None:
    found = asdict(parse_citation(citation).publication)

    assert {key: found.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("A title[J]. J Clin Oncol, 2024, 42(suppl_17): LBA8598.", "abstract"),
        ("A title[J]. Cancer Res, 2024, 84(suppl_7): Abstract CT248.", "abstract"),
        ("A title[J]. J Thorac Oncol, 2024, 19(suppl_10): S4-S5.", "abstract"),
        ("A title[J]. Ann Oncol, 2018, 29: viii540.", "abstract"),
        ("A title[J]. Ann Oncol, 2023, 34(suppl_2): S755-S851.", "abstract"),
        ("P1.01-02 A title[J]. J Thorac Oncol, 2019, 14(10): 345.", "abstract"),
        ("A title[J]. J Clin Oncol, 2024, 42(16): 8514.", "article"),
        ("A practice[J]. Ann Oncol, 2016, 27(suppl 5): v1-v27.", "article"),
        ("A guideline[J]. Ann Oncol, 2016, 27(suppl 5): v1-v2.", "article"),
        ("A title[J]. BMJ, 2015, 350: i1234.", "article"),
        ("A title[J]. Oncologist, 2019, 24(11): e1070-e1081.", "article"),
        ("HER2 in lungs: a review[J]. Lung, 2019, 1(1): 3-9.", "review"),
        ("A retrospective review of charts[J]. Lung, 2019, 1(1): 3-9.", "article"),
    ],
)
def test_kind_of_a_reference(source: str, kind: str) -> None:
    assert parse_citation("Smit EF, et al. " + source).publication.kind is PublicationKind(kind)
