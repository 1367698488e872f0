"""PubMed's XML: complete documents, faulty records, hostile files."""

from __future__ import annotations

import gzip
import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_build.model import PublicationKind, ReadError
from graph_build.read import Deletion, Found, read_all
from graph_build.read.fault import Fault
from graph_build.read.pubmed_xml import read, recognises
from graph_build.read.record import AbstractPart, MeshEntry, Record
from graph_build.read.streams import Item

FILE = Path(__file__).parent / "formats" / "pubmed.xml"

TEXT = """\
Pyrotinib in ERBB2 YVMA-mutant lung adenocarcinoma: a phase 2 trial of 10³ patients

Invented Rev Chest. 2021 May 4;27(Suppl 5):710-718. doi: 10.1234/ir.27.710.

Anna B Smit Jr, Piet de Vries, Wu L, ROAD-9 Study Group

PMID: 90000001

Abstract

BACKGROUND: HER2 is rarely changed in the lung & seldom studied.

METHODS AND RESULTS: The dose was x/m², given to CD8+ patients (CO2 < 5).

No test has won so far.

Keywords: lung; chest; HER2

Publication types

  • Journal Article
  • Clinical Trial, Phase II

MeSH terms

  • Adenocarcinoma of Lung / drug therapy*
  • Adenocarcinoma of Lung / genetics
  • Humans
  • Lung Neoplasms*

Substances

  • ERBB2 protein, human
  • Receptor, ErbB-2

Secondary source ID

  • ClinicalTrials.gov/NCT00000000

Comments and corrections

  • retracted by: PMID 90000009
  • erratum in: Invented Rev Chest. 2021 Jun;27(6):900
  • corrected and republished in: PMID 90000010

References

[1]
Li BT, Smit EF, et al. Trastuzumab in HER2-mutant lung cancer. Lung Cancer. 2020;12(3):41-50.

[2]
Lung Cancer. 2019 Mar;11(2):1-9
"""


def items(data: bytes) -> list[Item]:
    return list(read(io.BytesIO(data), "x.xml"))


def titles(found: list[Item]) -> list[str]:
    return [item.publication.title if isinstance(item, Record) else str(item) for item in found]


def one(title: str, pmid: int = 1) -> bytes:
    """A small record."""
    head = f"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article><ArticleTitle>".encode()
    return head + title.encode() + b"</ArticleTitle></Article></MedlineCitation></PubmedArticle>"


def whole(*records: bytes) -> bytes:
    return b"<PubmedArticleSet>\n" + b"\n".join(records) + b"\n</PubmedArticleSet>\n"


def test_record_of_a_whole_article() -> None:
    record = next(item for item in read(io.BytesIO(FILE.read_bytes()), "x") if isinstance(item, Record))

    assert record.abstract == (
        AbstractPart(label="BACKGROUND", text="HER2 is rarely changed in the lung & seldom studied."),
        AbstractPart(label="METHODS AND RESULTS", text="The dose was x/m², given to CD8+ patients (CO2 < 5)."),
        AbstractPart(text="No test has won so far."),
    )
    assert record.mesh == (
        MeshEntry(descriptor="Adenocarcinoma of Lung", qualifier="drug therapy", major=True),
        MeshEntry(descriptor="Adenocarcinoma of Lung", qualifier="genetics"),
        MeshEntry(descriptor="Humans"),
        MeshEntry(descriptor="Lung Neoplasms", major=True),
    )
    assert record.keywords == ("lung; chest", "HER2")
    assert record.registry_numbers == ("ClinicalTrials.gov/NCT00000000",)
    assert record.notices == (
        ("retracted by", "90000009"),
        ("erratum in", "Invented Rev Chest. 2021 Jun;27(6):900"),
        ("corrected and republished in", "90000010"),
    )
    assert (record.version, record.place, record.format) == ("1", "line 4 (PMID 90000001)", "pubmed-xml")


def test_document_of_a_whole_article() -> None:
    found = next(item for item in read_all(FILE) if isinstance(item, Found))
    document = found.document

    assert document.text == TEXT
    assert document.publication.title == TEXT.splitlines()[0]
    assert document.publication.creators == ("Anna B Smit Jr", "Piet de Vries", "Wu L", "ROAD-9 Study Group")
    assert (document.publication.doi, document.publication.pages) == ("10.1234/ir.27.710", "710-718")
    assert [(word, span.of(TEXT)) for word, span in document.keywords] == [("lung; chest",) * 2, ("HER2",) * 2]
    (reference,) = [section for section in document.sections if section.publication]
    assert reference.publication
    assert (reference.number, reference.publication.pmid, reference.publication.doi) == (
        1,
        "80000002",
        "10.1234/lc.2020.41",
    )
    assert reference.title
    assert reference.title.of(TEXT) == "Trastuzumab in HER2-mutant lung cancer"
    assert reference.publication.journal == "Lung Cancer"
    assert document.warnings == (
        "pubmed.xml, line 4 (PMID 90000001): retracted by PMID 90000009",
        (
            "pubmed.xml, line 4 (PMID 90000001): 1 of 2 references show no title, or none that can be told from the "
            "rest; they are kept as text"
        ),
    )


def test_every_item_of_the_file() -> None:
    def shown(item: Found | Deletion | ReadError) -> object:
        if isinstance(item, Found):
            record = item.document.publication
            return (record.title, record.journal, record.date, record.authors, record.kind, item.version)
        return item if isinstance(item, Deletion) else str(item)

    assert [shown(item) for item in read_all(FILE)][1:] == [
        (
            "pubmed.xml, line 77 (PMID 90000002): a character cannot stand here, such as a bare & or a byte that "
            "is not UTF-8"
        ),
        ("Is HER2 a target in lung cancer?", "Onkologie", "1998", "R J Bainton", PublicationKind.REVIEW, "2"),
        ("Ein Titel", None, None, None, PublicationKind.ARTICLE, "1"),
        "pubmed.xml, line 92 (PMID 90000005): the record has no title, so nothing can be said of it",
        ("ERBB2 and the lung", "Guides to Genes", "1993", "Jane Doe", PublicationKind.REVIEW, ""),
        Deletion(pmid="90000007", place="line 103"),
        Deletion(pmid="90000008", place="line 103"),
    ]


@pytest.mark.parametrize(
    ("head", "score"),
    [
        ('<?xml version="1.0"?>\n<!DOCTYPE PubmedArticleSet>\n<PubmedArticleSet/>', 10),
        ("\n<PubmedArticle>", 10),
        ("<PubmedBookArticleSet>", 10),
        ("<article>", 0),
        ("<html>a page about <code>PubmedArticle</code>", 0),
        ("PMID- 1", 0),
    ],
)
def test_recognised_by_its_tags(head: str, score: int) -> None:
    assert recognises(head) == score


def test_an_article_without_a_set_and_an_old_citation() -> None:
    assert titles(items(one("Alone"))) == ["Alone"]
    old = b"<MedlineCitationSet><MedlineCitation><PMID>7</PMID><Article><ArticleTitle>Old</ArticleTitle></Article>"
    assert titles(items(old + b"</MedlineCitation></MedlineCitationSet>")) == ["Old"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            whole(one("One"), one("Two"))[:-21],
            [
                "One",
                "Two",
                (
                    "x.xml, line 3: the file ends before </PubmedArticleSet>, so records may be missing; "
                    "get the file again"
                ),
            ],
        ),
        (whole(one("One"), one("Two"))[:-60], ["One", "x.xml, line 3: the file ends in the middle of the record"]),
        (
            whole(one("One")[:-16], one("Two")),
            ["x.xml, line 2: the record has no </PubmedArticle> before the next one begins", "Two"],
        ),
        (
            whole(one("A <b>one"), one("Two")),
            ["x.xml, line 2 (PMID 1): an end tag does not fit the tag that is open", "Two"],
        ),
        (
            whole(one("&nothing;"), one("&alpha;&beta; &amp;")),
            ["x.xml, line 2 (PMID 1): a named character is used that is declared nowhere", "αβ &"],
        ),
        (whole(one("&#0;"), one("Two")), ["x.xml, line 2 (PMID 1): a control character is written as a number", "Two"]),
        (
            whole(one("na?ve").replace(b"?", b"\xef"), one("Two")),
            [
                "x.xml, line 2 (PMID 1): a character cannot stand here, such as a bare & or a byte that is not UTF-8",
                "Two",
            ],
        ),
        (whole(b"<DeleteCitation/>", one("One")), ["One"]),
    ],
    ids=["no end", "cut", "no end tag", "mismatch", "entities", "control", "bytes", "empty"],
)
def test_a_faulty_record_harms_no_other(data: bytes, expected: list[str]) -> None:
    assert titles(items(data)) == expected


def test_no_declared_entity_is_expanded_and_none_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    data = (
        f'<!DOCTYPE PubmedArticleSet SYSTEM "http://192.0.2.1/x.dtd" [<!ENTITY l0 "ha">{laughs}'
        f'<!ENTITY file SYSTEM "{secret.as_uri()}">]>'
    ).encode() + whole(one("&l11;"), one("&file;"), one("Good"))

    assert titles(items(data)) == [
        "x.xml, line 2 (PMID 1): a named character is used that is declared nowhere",
        "x.xml, line 3 (PMID 1): a named character is used that is declared nowhere",
        "Good",
    ]


def test_deep_and_endless_records_are_refused() -> None:
    deep = b"<b>" * 50_000 + b"deep" + b"</b>" * 50_000
    found = items(whole(one("TITLE").replace(b"TITLE", deep), one("Two")))
    assert titles(found)[-1] == "Two"
    assert titles(found)[0] == "deep"
    endless = b"<PubmedArticle>" + b"x" * 33_000_000
    assert titles(items(endless + one("Two"))) == ["x.xml, line 1: the record has more than 32,000,000 bytes", "Two"]


def test_other_encodings() -> None:
    latin = b'<?xml version="1.0" encoding="ISO-8859-1"?>' + whole(one("Mazi\u00e8res").decode().encode("latin-1"))
    assert titles(items(latin)) == ["Mazi\u00e8res"]
    wide = ('<?xml version="1.0" encoding="UTF-16"?>' + whole(one("Mazi\u00e8res")).decode()).encode("utf-16")
    assert titles(items(wide)) == ["Mazi\u00e8res"]
    assert titles(items(b"\xef\xbb\xbf" + whole(one("A")))) == ["A"]


def test_pieces_of_any_size_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    from graph_build.read import xml_slices

    expected = items(FILE.read_bytes())
    for size in (1, 7, 100, 4096):
        monkeypatch.setattr(xml_slices, "_PIECE", size)
        assert [str(item) for item in items(FILE.read_bytes())] == [str(item) for item in expected]


def test_memory_holds_one_record(tmp_path: Path) -> None:
    def stream() -> Iterator[bytes]:
        yield b"<PubmedArticleSet>"
        for number in range(4_000):
            yield one("A title " * 500, number)
        yield b"</PubmedArticleSet>"

    file = tmp_path / "many.xml.gz"
    with gzip.open(file, "wb") as packed:
        for part in stream():
            packed.write(part)
    tracemalloc.start()
    count = 0
    with gzip.open(file) as unpacked:
        for _ in read(unpacked, "many"):
            count += 1
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 4_000
    assert peak < 12_000_000  # of about 10 MB a file of any length: some pieces of 1 MB, one record


def test_a_damaged_archive_gives_the_records_before_the_damage(tmp_path: Path) -> None:
    packed = gzip.compress(whole(*(one(f"Title {n}", n) for n in range(5000))))
    cut = tmp_path / "cut.xml.gz"
    cut.write_bytes(packed[: len(packed) // 2])
    found = list(read_all(cut))
    good = [item for item in found if isinstance(item, Found)]
    assert len(good) > 1000
    assert [item.document.publication.title for item in good] == [f"Title {n}" for n in range(len(good))]
    assert str(found[-1]) == (
        "cut.xml.gz: the gzip archive ends in the middle, so records are missing; get the file again"
    )
    damaged = tmp_path / "damaged.xml.gz"
    damaged.write_bytes(packed[:-8] + b"\0" * 8)
    assert str(list(read_all(damaged))[-1]).startswith("damaged.xml.gz: the gzip archive is damaged (CRC check failed")


def test_a_fault_is_a_value() -> None:
    assert items(b"<PubmedArticleSet><PubmedArticle>") == [
        Fault("x.xml", "line 1", "the file ends in the middle of the record")
    ]
