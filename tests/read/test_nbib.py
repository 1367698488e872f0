"""MEDLINE's tagged text: the same documents as from PubMed's XML, and faulty records."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_build.read import Found, read_all
from graph_build.read.nbib import read, recognises
from graph_build.read.record import MeshEntry, Record

FORMATS = Path(__file__).parent / "formats"


def records(text: str) -> list[object]:
    """Title and place of each record, the sentence of each fault."""
    return [
        (item.publication.title, item.place) if isinstance(item, Record) else str(item)
        for item in read(io.BytesIO(text.encode("utf-8", "surrogateescape")), "x.nbib")
    ]


def test_same_document_as_from_xml() -> None:
    """What MEDLINE's text does not hold is the border of an unlabelled part, and the reference list."""
    xml, nbib = (
        next(item.document for item in read_all(FORMATS / name) if isinstance(item, Found))
        for name in ("pubmed.xml", "pubmed.nbib")
    )
    assert nbib.publication == xml.publication
    assert nbib.format == "nbib"
    assert nbib.text == xml.text.partition("References")[0].rstrip("\n").replace("5).\n\nNo", "5). No") + "\n"
    assert [(h.descriptor, h.qualifier, h.major) for h in nbib.headings] == [
        (h.descriptor, h.qualifier, h.major) for h in xml.headings
    ]


def test_every_item_of_the_file() -> None:
    assert [
        (item.document.publication.title, item.document.publication.authors, item.place)
        if isinstance(item, Found)
        else str(item)
        for item in read_all(FORMATS / "pubmed.nbib")
    ][1:] == [
        "pubmed.nbib, line 41 (PMID 9000000X): the PMID is no number",
        ("Is HER2 a target in lung cancer?", "Bainton RJ", "line 43 (PMID 90000003)"),
        "pubmed.nbib, line 52 (PMID 90000005): the record has no title, so nothing can be said of it",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PMID- 1\nTI  - One.\nPMID- 2\nTI  - Two.\n", [("One", "line 1 (PMID 1)"), ("Two", "line 3 (PMID 2)")]),
        ("PMID- 1\n\nTI  - One\n", [("One", "line 1 (PMID 1)")]),
        ("TI  - One\n\nTI  - Two", [("One", "line 1"), ("Two", "line 3")]),
        ("PMID- 1\r\nTI  - One\r\n      more\r\n", [("One more", "line 1 (PMID 1)")]),
        ("PMID- 1\nTI  - One\nwrapped without indent\n", [("One wrapped without indent", "line 1 (PMID 1)")]),
        (
            "Saved by hand\n\nPMID- 1\nTI  - One",
            [
                'x.nbib, line 1: expected a field such as "PMID- 12345678" or "TI  - A title"',
                ("One", "line 3 (PMID 1)"),
            ],
        ),
    ],
)
def test_where_records_begin_and_end(text: str, expected: list[object]) -> None:
    assert records(text) == expected


def test_bytes_that_are_not_utf8_harm_one_record(tmp_path: Path) -> None:
    file = tmp_path / "x.nbib"
    file.write_bytes(b"PMID- 1\nTI  - na\xefve\n\nPMID- 2\nTI  - Two\n")
    assert [str(item) if not isinstance(item, Found) else item.place for item in read_all(file)] == [
        "x.nbib, line 1 (PMID 1): byte 0xef is not UTF-8; save the file as UTF-8",
        "line 4 (PMID 2)",
    ]


def test_an_endless_field_is_refused_alone(tmp_path: Path) -> None:
    file = tmp_path / "x.nbib"
    file.write_text("PMID- 1\nTI  - T\nAB  - a\n" + "      word\n" * 150_000 + "\nPMID- 2\nTI  - Two\n")
    assert [str(item) if not isinstance(item, Found) else item.place for item in read_all(file)] == [
        "x.nbib, line 1 (PMID 1): a value has 200,001 characters; expected 100,000 at most",
        "line 150005 (PMID 2)",
    ]


def test_starred_descriptor_makes_each_pair_a_main_topic() -> None:
    (record,) = read(io.BytesIO(b"PMID- 1\nTI  - T\nMH  - *Lung Neoplasms/genetics/therapy"), "x")
    assert isinstance(record, Record)
    assert record.mesh == (
        MeshEntry(descriptor="Lung Neoplasms", qualifier="genetics", major=True),
        MeshEntry(descriptor="Lung Neoplasms", qualifier="therapy", major=True),
    )


@pytest.mark.parametrize(
    ("head", "score"),
    [
        ("\nPMID- 1\nOWN - NLM", 10),
        ("OWN - NLM\nSTAT- MEDLINE\nTI  - A title", 5),
        ("TY  - JOUR\nTI  - A title\nER  - ", 0),
        ("Title\n\nPMID: 12345678", 0),
    ],
)
def test_recognised_by_its_tags(head: str, score: int) -> None:
    assert recognises(head) == score


@given(
    st.lists(
        st.sampled_from(["PMID- 1", "TI  - T", "", "AB  - A: b", "MH  - /*/", "RN  - (", "FAU - ,", "  x", "\ud800"])
    )
)
def test_any_lines_are_read(lines: list[str]) -> None:
    for item in read(io.BytesIO("\n".join(lines).encode("utf-8", "surrogatepass")), "x"):
        assert str(item)
