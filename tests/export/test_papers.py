"""RIS and BibTeX: read back with the libraries that people read them with."""

from __future__ import annotations

from pathlib import Path

import bibtexparser
import pytest
import rispy
from bibtexparser import middlewares
from hypothesis import given
from hypothesis import strategies as st

from graph_build.export import exported
from graph_build.export.bibtex import entry, escaped
from graph_build.export.papers import Author, Paper, author, papers
from graph_build.export.ris import fields


def _bibtex(text: str) -> bibtexparser.Library:
    library = bibtexparser.parse_string(text, append_middleware=[middlewares.LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    return library


def test_ris_has_every_paper_as_printed(graph: Path, count: dict[str, int]) -> None:
    read = {found["id"]: found for found in rispy.loads(exported(graph, "ris").files[""].decode())}
    expected = papers(graph)
    assert len(read) == len(expected) == count["Publication"]
    for paper in expected:
        found = read[paper.key]
        assert found["title"] == paper.title
        assert found.get("journal_name", "") == paper.journal
        assert found["year"] == paper.date[:4]
        assert found.get("doi", "") == paper.doi
        assert found.get("volume", "") == paper.volume
        assert found.get("number", "") == paper.issue
        assert "-".join(found[name] for name in ("start_page", "end_page") if name in found) == paper.pages
        assert len(found.get("authors", [])) == len(paper.authors)
        assert found["type_of_reference"] == ("ABST" if paper.kind == "ConferenceAbstract" else "JOUR")


def test_bibtex_has_every_paper_as_printed(graph: Path) -> None:
    library = _bibtex(exported(graph, "bibtex").files[""].decode())
    expected = papers(graph)
    assert sorted(library.entries_dict) == sorted(paper.key for paper in expected)
    for paper in expected:
        found = {name: field.value for name, field in library.entries_dict[paper.key].fields_dict.items()}
        assert found["title"].strip("{}") == paper.title
        assert found["journal"] == paper.journal
        assert found["year"] == paper.date[:4]
        assert found.get("doi", "") == paper.doi
        assert found.get("volume", "") == paper.volume
        assert found.get("number", "") == paper.issue
        names = found["author"].split(" and ") if "author" in found else []
        assert len(names) == len(paper.authors) + paper.shortened


def test_lines_of_ris_end_as_its_readers_expect(packaged: Path) -> None:
    data = exported(packaged, "ris").files[""]
    assert data.count(b"\r\n") == data.count(b"\n")
    assert data.count(b"TY  - ") == data.count(b"ER  - \r\n")


def test_one_paper_in_ris(packaged: Path) -> None:
    [paper] = [paper for paper in papers(packaged) if paper.key == "li-2022"]
    assert fields(paper) == [
        ("TY", "JOUR"),
        ("ID", "li-2022"),
        ("AU", "Li, BT"),
        ("AU", "Smit, EF"),
        ("AU", "Goto, Y"),
        ("AU", "DESTINY-Lung01 Trial Investigators"),
        ("TI", "Trastuzumab Deruxtecan in HER2-Mutant Non-Small-Cell Lung Cancer"),
        ("JO", "N Engl J Med"),
        ("PY", "2022"),
        ("VL", "386"),
        ("IS", "3"),
        ("SP", "241"),
        ("EP", "251"),
        ("DO", "10.1056/nejmoa2112431"),
        ("UR", "https://doi.org/10.1056/nejmoa2112431"),
        ("ER", ""),
    ]


def test_one_paper_in_bibtex(packaged: Path) -> None:
    [paper] = [paper for paper in papers(packaged) if paper.key == "gandhi-2017"]
    assert entry(paper) == (
        "@article{gandhi-2017,\n"
        "  author = {Gandhi, L. and Besse, B. and Mazieres, J. and others},\n"
        "  title = {{neratinib ± temsirolimus in HER2-mutant lung cancers: "
        "an international, randomized phase Ⅱ study}},\n"
        "  journal = {J Thorac Oncol},\n"
        "  year = {2017},\n"
        "  volume = {12},\n"
        "  number = {1},\n"
        "  pages = {S358--S359},\n"
        "  doi = {10.1016/j.jtho.2016.11.398},\n"
        "  note = {Conference abstract, number MA04.02},\n"
        "}\n"
    )


def _paper(**values: object) -> Paper:
    empty: dict[str, object] = dict.fromkeys(Paper.__dataclass_fields__, "")
    empty |= {"authors": (), "keywords": (), "shortened": False, "key": "x-2020"}
    return Paper(**(empty | values))  # type: ignore[arg-type]


@pytest.mark.parametrize("title", ["50% of HER2 & $5_a #1 ~x^2 \\alpha", "naïve Ⅱ “quoted”"])
def test_any_title_survives_bibtex(title: str) -> None:
    [found] = _bibtex(entry(_paper(title=title))).entries
    read = found["title"].removeprefix("{").removesuffix("}").replace("ˆ", "^")  # the decoder's caret is a letter
    assert read.replace(" ", "") == title.replace(" ", "")


@pytest.mark.parametrize("title", ["a } b", "{", "{HER2}", "\\{"])
def test_a_brace_in_a_title_breaks_no_file(title: str) -> None:
    text = entry(_paper(title=title)) + entry(_paper(key="y-2020", title="next"))
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    assert [found.key for found in library.entries] == ["x-2020", "y-2020"]
    assert library.entries[0]["title"] == f"{{{escaped(title)}}}"


def test_a_date_with_a_month(packaged: Path) -> None:
    assert ("DA", "2020/06//") in fields(_paper(date="2020-06"))
    assert ("DA", "2020/06/03/") in fields(_paper(date="2020-06-03"))
    assert "DA" not in dict(fields(_paper(date="2020")))
    assert "  month = jun,\n" in entry(_paper(date="2020-06"))


def test_keys_are_unique_and_lettered_where_names_meet(packaged: Path) -> None:
    keys = [paper.key for paper in papers(packaged)]
    assert len(set(keys)) == len(keys)
    assert {"li-2024a", "li-2024b", "degreve-2015", "cancertreatrev-2020"} <= set(keys)


def test_authors_in_two_parts() -> None:
    assert author("De Grève J") == Author("De Grève", "J")
    assert author("WANG Qing-ming") == Author("WANG", "Qing-ming")
    assert author("Leena Gandhi") == Author("Gandhi", "Leena")
    assert author("GFPC Study Group").is_group
    assert author("Anna O Berg MD") == Author("Anna O Berg MD")
    assert escaped("A & B") == r"A \& B"


@given(
    st.lists(st.from_regex(r"[A-Z][a-z]{0,6}|[A-Z]{1,4}|[a-z]{2,3}|[A-Z]\.", fullmatch=True), min_size=1, max_size=6)
)
def test_no_word_of_an_author_is_lost(words: list[str]) -> None:
    read = author(" ".join(words))
    assert sorted(f"{read.family} {read.given}".split()) == sorted(words)


def test_shortened_lists_are_counted(packaged: Path) -> None:
    shortened = sum(paper.shortened for paper in papers(packaged))
    assert exported(packaged, "ris").dropped["“et al.” of shortened author lists"] == shortened > 0
