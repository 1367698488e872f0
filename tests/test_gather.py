"""Files of many records, folders, archives and standard input; each publication counts once."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import graph_build
from graph_build.build import BuildError, build, silent
from graph_build.check import check
from graph_build.gather import settle
from graph_build.lexicon import default_lexicon
from graph_build.parts.database import Database
from graph_build.parts.part import Part
from graph_build.parts.reading import Reading, all_files
from graph_build.read import Found, read, read_all
from graph_build.relate import interpret
from graph_build.resources import packaged_sources

FORMATS = Path(__file__).parent / "read" / "formats"
EXPECTED = "expected the text of a journal page or a PubMed page"
PAGE = Path(__file__).parent / "read" / "pubmed.txt"

#: What a document gives is of no matter here.
NO_PART = Part(lines=b"", quads=0, text=b"", entry="", uses="", concepts=None, reading=None, reports=(), same_works=())

RECORD = """<PubmedArticle><MedlineCitation><PMID Version="{version}">{pmid}</PMID><Article>
<ArticleTitle>{title}</ArticleTitle>{doi}</Article></MedlineCitation></PubmedArticle>"""
DOI = '<ELocationID EIdType="doi" ValidYN="Y">10.1000/{}</ELocationID>'


def record(pmid: int, title: str, version: int = 1, doi: str = "") -> str:
    return RECORD.format(pmid=pmid, title=title, version=version, doi=DOI.format(doi) if doi else "")


def deletion(pmid: int) -> str:
    return f"<DeleteCitation><PMID>{pmid}</PMID></DeleteCitation>"


def xml(path: Path, *records: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("<PubmedArticleSet>\n" + "\n".join(records) + "\n</PubmedArticleSet>\n", encoding="utf-8")
    return path


@dataclass
class Gathered:
    """The documents that count, sorted by publication, and what is told of the others."""

    documents: list[tuple[str, str, str]]  # PMID, title, format
    errors: list[str]
    notes: list[str]


def gathered(*paths: Path) -> Gathered:
    with TemporaryDirectory() as folder, closing(Database(Path(folder) / "parts")) as database:
        for chunk, documents in Reading(database, all_files(paths), 0, silent, strict=False).chunks():
            chunk.kept(database, [NO_PART] * len(documents))
        settled = settle(database)
        rows = "SELECT pmid, title, format FROM items JOIN counting ON item = id ORDER BY counting.key"
        return Gathered(list(database.rows(rows)), settled.errors, settled.notes)


def titles(result: Gathered) -> dict[str, str]:
    return {str(pmid): title for pmid, title, _ in result.documents}


# -- which record counts ----------------------------------------------------------


def test_the_highest_version_counts_wherever_it_stands(tmp_path: Path) -> None:
    file = xml(tmp_path / "a.xml", record(1, "Second", 2), record(1, "First", 1), record(2, "Alone"))
    result = gathered(file)
    assert titles(result) == {"1": "Second", "2": "Alone"}
    assert result.notes == [f"{file}, line 4 (PMID 1): {file}, line 2 (PMID 1) is a higher version of it and counts"]
    assert result.errors == []


def test_a_later_file_counts_although_its_doi_is_new(tmp_path: Path) -> None:
    base = xml(tmp_path / "base.xml", record(1, "Before"), record(2, "Kept"))
    update = xml(tmp_path / "update.xml", record(1, "After", doi="one"))
    result = gathered(base, update)
    assert titles(result) == {"1": "After", "2": "Kept"}
    assert result.notes == [
        f"{base}, line 2 (PMID 1): {update}, line 2 (PMID 1) is the same record, read later, and counts"
    ]
    assert titles(gathered(update, base)) == {"1": "Before", "2": "Kept"}


def test_a_deletion_drops_what_was_read_before_it(tmp_path: Path) -> None:
    base = xml(tmp_path / "base.xml", record(1, "Deleted"), record(2, "Kept"), record(3, "Back again"))
    update = xml(tmp_path / "update.xml", deletion(1), deletion(3), deletion(9), record(3, "Back again"))
    result = gathered(base, update)
    assert titles(result) == {"2": "Kept", "3": "Back again"}
    assert result.notes == [
        f"{base}, line 2 (PMID 1): was deleted (PMID 1; {update}, line 2), so it is left out",
        f"{base}, line 6 (PMID 3): was deleted (PMID 3; {update}, line 3), so it is left out",
    ]


def test_two_records_with_one_doi_are_an_error(tmp_path: Path) -> None:
    file = xml(tmp_path / "a.xml", record(1, "One", doi="x"), record(2, "Other", doi="x"))
    result = gathered(file)
    assert titles(result) == {"1": "One"}
    (error,) = result.errors
    assert error == (
        f"{file}, line 4 (PMID 2): is about the same publication (https://doi.org/10.1000/x) as "
        f"{file}, line 2 (PMID 1); keep one of the two"
    )


def test_two_dois_with_one_name_are_an_error(tmp_path: Path) -> None:
    file = xml(tmp_path / "a.xml", record(1, "One", doi="a.b"), record(2, "Other", doi="a-b"))
    assert gathered(file).errors == [
        f"{file}, line 4 (PMID 2): its graph would have the same name (10-1000-a-b) as that of https://doi.org/10.1000/a.b"
    ]


def test_a_page_and_a_record_of_the_same_are_an_error(tmp_path: Path) -> None:
    file = xml(tmp_path / "a.xml", record(12345678, "The weight", doi="x").replace("10.1000/x", "10.1234/IR.45.101"))
    (error,) = gathered(PAGE, file).errors
    assert error == (
        f"{file}, line 2 (PMID 12345678): is about the same publication (https://doi.org/10.1234/ir.45.101) as {PAGE}; "
        "keep one of the two"
    )


def test_the_same_record_in_two_formats_counts_once() -> None:
    result = gathered(FORMATS / "pubmed.xml", FORMATS / "pubmed.nbib")
    assert {pmid: form for pmid, _, form in result.documents} == {
        "90000001": "nbib",
        "90000003": "pubmed-xml",  # version 2
        "90000004": "pubmed-xml",
        "90000006": "pubmed-xml",
    }


# -- where files come from -----------------------------------------------------------


def test_a_list_of_titles_replaces_no_record_with_an_abstract(tmp_path: Path) -> None:
    whole = tmp_path / "whole.ris"
    whole.write_text("TY  - JOUR\nTI  - HER2 in lung cancer\nAN  - 1\nDO  - 10.1000/one\nAB  - Said more.\nER  - \n")
    short = xml(tmp_path / "short.xml", record(1, "HER2 in lung cancer", doi="one"))
    for files in ((whole, short), (short, whole)):
        result = gathered(*files)
        assert [form for *_, form in result.documents] == ["ris"]
        assert result.errors == []
    assert gathered(whole, short).notes == [
        f"{short}, line 2 (PMID 1): {whole}, line 1 is the same record with an abstract and counts"
    ]


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    xml(tmp_path / "b" / "n0002.xml", record(1, "Later"))
    packed = tmp_path / "b" / "n0001.xml.gz"
    packed.write_bytes(gzip.compress(xml(tmp_path / "x.xml", record(1, "Earlier"), record(2, "Two")).read_bytes()))
    (tmp_path / "b" / "n0001.xml.gz.md5").write_text("MD5(n0001.xml.gz)= 0123456789abcdef0123456789abcdef\n")
    (tmp_path / "b" / ".hidden").write_text("nothing to read")
    (tmp_path / "b" / "deeper").mkdir()
    (tmp_path / "b" / "deeper" / "page.txt").write_bytes(gzip.compress(PAGE.read_bytes()))
    result = gathered(tmp_path / "b")
    assert titles(result) == {
        "1": "Later",
        "2": "Two",
        "12345678": "The weight of KRAS - a new aim in lung tumours?",
    }
    assert result.errors == []


def test_a_packed_page_is_the_page(tmp_path: Path) -> None:
    packed = tmp_path / "pubmed.txt"
    packed.write_bytes(gzip.compress(PAGE.read_bytes()))
    (found,) = read_all(packed)
    assert isinstance(found, Found)
    assert found.document == read(PAGE)
    assert (found.place, found.version) == ("", "")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", f"x is empty; {EXPECTED}, with a title, a citation and an abstract"),
        (
            gzip.compress(b"%PDF-1.7"),
            f"x, line 1: {EXPECTED}, but this is a PDF; export its article page as plain text",
        ),
        (
            gzip.compress(b"A page\n" * 10)[:20],
            "x: the gzip archive ends in the middle, so records are missing; get the file again",
        ),
        (b"<PubmedArticleSet></PubmedArticleSet>", "x: is pubmed-xml without any record; get the file again"),
    ],
    ids=["empty", "pdf", "cut", "no records"],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "x").write_bytes(data)
    assert [str(item) for item in read_all(tmp_path / "x")] == [message]


def test_a_folder_without_files_and_a_file_that_is_absent(tmp_path: Path) -> None:
    assert [str(item) for item in read_all(tmp_path)] == [f"{tmp_path}: the folder has no files"]
    absent = tmp_path / "absent"
    assert [str(item) for item in read_all(absent)] == [
        f"{absent}: cannot be opened (No such file or directory); give the path of a text file"
    ]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_standard_input(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    folder = tmp_path / "graph"
    command = [sys.executable, "-m", "graph_build.cli", "build", "-o", str(folder), "-"]
    data = pack(xml(tmp_path / "a.xml", record(1, "HER2 in lung cancer")).read_bytes())
    done = subprocess.run(command, input=data, capture_output=True, check=True, env=dict(os.environ))
    assert done.stdout.decode().splitlines()[0] == "-: 1 records, 2 mentions, 0 warnings"
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert [(entry["file"], entry["record"], entry["format"]) for entry in report["inputs"]] == [
        ("-", "line 2 (PMID 1)", "pubmed-xml")
    ]


# -- the graph ---------------------------------------------------------------------------


def test_a_graph_of_records_passes_all_checks(tmp_path: Path) -> None:
    done = build([FORMATS / "pubmed.xml", *packaged_sources()], tmp_path / "graph")
    result = check(tmp_path / "graph")
    assert result.findings == ()
    assert result.quotes > 600
    assert done.errors == [
        (
            "pubmed.xml, line 77 (PMID 90000002): a character cannot stand here, such as a bare & or a byte that is "
            "not UTF-8"
        ),
        "pubmed.xml, line 92 (PMID 90000005): the record has no title, so nothing can be said of it",
    ]
    assert done.report["errors"] == done.errors
    kept = (tmp_path / "graph" / "documents" / "10-1234-ir-27-710.txt").read_text(encoding="utf-8")
    assert kept == next(i.document.text for i in read_all(FORMATS / "pubmed.xml") if isinstance(i, Found))
    rows = graph_build.open(tmp_path / "graph").query(
        "PREFIX her2: <https://w3id.org/her2kg/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "SELECT ?what ?phase WHERE { ?s her2:reportedIn <https://doi.org/10.1234/ir.27.710> ; her2:phase ?phase ; "
        "her2:investigates/rdfs:label ?what }"
    )
    assert list(rows) == [("pyrotinib", "2")]


def test_strict_refuses_faulty_records(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"pubmed\.xml, line 77 \(PMID 90000002\)"):
        build([FORMATS / "pubmed.xml"], tmp_path / "graph", strict=True)
    assert not (tmp_path / "graph").exists()


def test_a_graph_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no record is left"):
        build([xml(tmp_path / "a.xml", record(1, "One"), deletion(1))], tmp_path / "graph")


def test_a_page_and_the_records_of_the_same_paper_say_the_same(tmp_path: Path) -> None:
    title = "Pyrotinib in patients with HER2-mutant non-small cell lung cancer: the phase 2 PATHWAY-77 trial"
    background = "HER2 mutations are rare in non-small cell lung cancer, and chemotherapy is unsatisfactory."
    conclusions = "Pyrotinib showed promising efficacy in HER2-mutant lung adenocarcinoma. No gold standard exists."
    mesh = [("Genes, erbB-2", "genetics"), ("Lung Neoplasms", "drug therapy")]
    page = tmp_path / "page.txt"
    page.write_text(
        f"{title}\n\nJ Test Oncol. 2022 Jan;7(1):1-9. doi: 10.1000/one.\n\nAnna B Smit 1, Piet Vries 2\n\n"
        f"PMID: 1 DOI: 10.1000/one\n\nAbstract\n\nBackground: {background}\n\nConclusions: {conclusions}\n\n"
        "Publication types\n\n  • Clinical Trial\n\nMeSH terms\n\n" + "".join(f"  • {d} / {q}*\n" for d, q in mesh),
        encoding="utf-8",
    )
    headings = "".join(
        f"<MeshHeading><DescriptorName>{d}</DescriptorName><QualifierName MajorTopicYN='Y'>{q}</QualifierName>"
        "</MeshHeading>"
        for d, q in mesh
    )
    article = xml(
        tmp_path / "article.xml",
        "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Journal><JournalIssue><Volume>7</Volume><Issue>1</Issue>"
        "<PubDate><Year>2022</Year><Month>Jan</Month></PubDate></JournalIssue></Journal>"
        f"<ArticleTitle>{title}.</ArticleTitle><Pagination><MedlinePgn>1-9</MedlinePgn></Pagination>{DOI.format('one')}"
        f"<Abstract><AbstractText Label='BACKGROUND'>{background}</AbstractText>"
        f"<AbstractText Label='CONCLUSIONS'>{conclusions}</AbstractText></Abstract>"
        "<AuthorList><Author><LastName>Smit</LastName><ForeName>Anna B</ForeName></Author>"
        "<Author><LastName>Vries</LastName><ForeName>Piet</ForeName></Author></AuthorList>"
        "<PublicationTypeList><PublicationType>Clinical Trial</PublicationType></PublicationTypeList></Article>"
        "<MedlineJournalInfo><MedlineTA>J Test Oncol</MedlineTA></MedlineJournalInfo>"
        f"<MeshHeadingList>{headings}</MeshHeadingList></MedlineCitation></PubmedArticle>",
    )
    nbib = tmp_path / "article.nbib"
    nbib.write_text(
        f"PMID- 1\nTI  - {title}.\nAB  - BACKGROUND: {background} CONCLUSIONS: {conclusions}\nFAU - Smit, Anna B\n"
        "FAU - Vries, Piet\nPT  - Clinical Trial\nTA  - J Test Oncol\nDP  - 2022 Jan\nVI  - 7\nIP  - 1\nPG  - 1-9\n"
        "LID - 10.1000/one [doi]\n" + "".join(f"MH  - {d}/*{q}\n" for d, q in mesh),
        encoding="utf-8",
    )
    said = []
    for file in (page, article, nbib):
        (found,) = read_all(file)
        assert isinstance(found, Found)
        reading = interpret(found.document, default_lexicon())
        statements = {
            (s.subject, s.predicate, s.object, s.negated, s.certainty, s.appraisal, s.context)
            for s in reading.statements
        }
        said.append((found.document.publication, {s.slug for s in reading.studies}, statements))
    assert said[0] == said[1] == said[2]
    assert len(said[0][2]) >= 6
