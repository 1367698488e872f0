"""``her2kg add``: whatever the order in which files come, the graph is the one that a build of all of them makes."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable, Sequence
from itertools import permutations
from pathlib import Path

import pytest
from click.testing import CliRunner

import graph_build
from graph_build.build import BuildError, build
from graph_build.check import check
from graph_build.cli import main
from graph_build.parts.database import PartsError
from graph_build.parts.sealed import SealError, seal, unseal
from graph_build.resources import packaged_sources
from graph_build.site import write_site
from graph_build.vocabulary import digest

from .page_text import Read

RECORD = """<PubmedArticle><MedlineCitation><PMID Version="{version}">{pmid}</PMID>{revised}<Article>
<Journal><JournalIssue><PubDate><Year>2022</Year></PubDate></JournalIssue></Journal><ArticleTitle>{title}</ArticleTitle>
{doi}<AuthorList><Author><LastName>{author}</LastName><ForeName>Anna</ForeName></Author></AuthorList></Article>
</MedlineCitation></PubmedArticle>"""
DRUGS = "label\tsynonyms\tcodes\thidden\tclasses\ttargets\n"
TRIAL = "{} in HER2-mutant non-small cell lung cancer: a phase 2 trial"
REFERENCE = """<PubmedData><ReferenceList><Reference>
<Citation>Song A. {title}. Lung. 2022;3(1):1-9.</Citation><ArticleIdList>{numbers}</ArticleIdList>
</Reference></ReferenceList></PubmedData></PubmedArticle>"""


def record(pmid: int, title: str, *, version: int = 1, revised: str = "", doi: str = "", author: str = "Song") -> str:
    """A record of PubMed's XML."""
    date = "".join(f"<{tag}>{v}</{tag}>" for tag, v in zip(("Year", "Month", "Day"), revised.split("-"), strict=False))
    return RECORD.format(
        version=version,
        pmid=pmid,
        title=title,
        author=author,
        revised=f"<DateRevised>{date}</DateRevised>" if revised else "",
        doi=f'<ELocationID EIdType="doi">10.1000/{doi}</ELocationID>' if doi else "",
    )


def citing(pmid: int, title: str, **numbers: str) -> str:
    """A record whose one reference is a paper, as its title and numbers say."""
    printed = "".join(f'<ArticleId IdType="{kind}">{number}</ArticleId>' for kind, number in numbers.items())
    citation = REFERENCE.format(title=title, numbers=printed)
    return record(pmid, f"HER2 in lung cancer, {pmid}", author=f"Min{'abc'[pmid % 3]}").replace(
        "</PubmedArticle>", citation
    )


def deletion(*pmids: int) -> str:
    return "<DeleteCitation>" + "".join(f"<PMID>{pmid}</PMID>" for pmid in pmids) + "</DeleteCitation>"


def xml(path: Path, *records: str) -> Path:
    path.write_text("<PubmedArticleSet>\n" + "\n".join(records) + "\n</PubmedArticleSet>\n", encoding="utf-8")
    return path


def page(path: Path, title: str, doi: str, pmid: int) -> Path:
    """A page of PubMed saved as text."""
    where = f"J Test Oncol. 2022 Jan;1(1):1-9. doi: 10.1000/{doi}."
    said = "HER2 mutations are rare in non-small cell lung cancer, and no gold standard exists."
    path.write_text(
        f"{title}\n\n{where}\n\n\n{title}\n\n{where}\n\nSong A, Min B.\n\nAbstract\n\n{said}\n\nPMID: {pmid}\n",
        encoding="utf-8",
    )
    return path


def held(folder: Path) -> dict[str, bytes]:
    """All that is promised of a graph."""
    files = [folder / "graph.nq", folder / "report.json", *sorted((folder / "documents").iterdir())]
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def added(files: Sequence[Path], folder: Path, *, store: bool = False) -> Path:
    """The graph of files that come one by one; without a store unless it is asked."""
    build(files[:1], folder, store=store)
    for file in files[1:]:
        graph_build.add([file], folder)
    return folder


def titles(folder: Path) -> set[str]:
    rows = graph_build.open(folder).query(
        "PREFIX her2: <https://w3id.org/her2kg/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/> "
        "SELECT ?title WHERE { ?d a her2:Document ; dcterms:title ?title }"
    )
    return {str(row[0]) for row in rows}


Files = Callable[[Path], list[Path]]


def versions(folder: Path) -> list[Path]:
    """A baseline, an update and a file of pages, as they come from publishers."""
    return [
        xml(
            folder / "baseline.xml",
            record(1, "HER2 in lung cancer, version 1", revised="2020-01-01"),
            record(2, "HER2 in breast cancer, revised early", revised="2020-02-01"),
            record(3, "A record that is deleted", revised="2020-02-01"),
            record(4, "A record that comes back later", revised="2020-02-01"),
            record(5, "Other paper with the publication of the page", revised="2020-02-01", doi="page"),
        ),
        xml(
            folder / "update.xml",
            record(1, "HER2 in lung cancer, version 2", version=2, revised="2019-01-01", doi="one"),
            record(2, "HER2 in breast cancer, revised late", revised="2020-03-01"),
            record(5, "Other paper with the publication of the page", revised="2020-04-01", doi="page"),
            deletion(3, 4, 99),
        ),
        xml(folder / "later.xml", record(4, "A record that came back", revised="2020-05-01"), deletion(98)),
        page(folder / "page.txt", "The weight of HER2 in lung tumours", "page", 77),
    ]


def clashes(folder: Path) -> list[Path]:
    """Unnamed trials of one author, year and drug; one of the two papers is replaced by a later version without it."""
    return [
        xml(folder / "a.xml", record(1, TRIAL.format("Pyrotinib"), doi="one"), record(2, TRIAL.format("Afatinib"))),
        xml(folder / "b.xml", record(3, TRIAL.format("Pyrotinib"), doi="three"), record(4, TRIAL.format("Afatinib"))),
        xml(folder / "c.xml", record(4, "HER2 testing of lung tumours", version=2)),
    ]


def numbers(folder: Path) -> list[Path]:
    """A trial that others cite by its DOI or its PMID, and the trial of another paper that has the same name."""
    trial = TRIAL.format("Pyrotinib")
    return [
        xml(folder / "own.xml", record(1, trial, doi="one")),
        xml(folder / "citing.xml", citing(2, trial, pubmed="1"), citing(3, trial, doi="10.1000/one")),
        xml(folder / "other.xml", record(4, trial, doi="four")),
    ]


@pytest.mark.parametrize("files", [versions, clashes, numbers])
def test_any_order_of_adds_is_one_build(files: Files, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    all_files = files(tmp_path / "in")
    build(all_files, tmp_path / "whole", store=False)
    expected = held(tmp_path / "whole")
    orders = list(permutations(all_files))
    # Of four files every third order: each comes first and last, and before and after each of the others.
    for number, order in enumerate(orders[::3] if len(all_files) > 3 else orders):
        folder = tmp_path / f"graph-{number}"
        assert held(added(order, folder)) == expected, [file.name for file in order]
        shutil.rmtree(folder)


def test_where_the_order_decides_an_add_is_read_after_what_is_there(tmp_path: Path) -> None:
    files = [
        xml(tmp_path / "a.xml", record(1, "Said in a"), record(2, "Other in a", doi="two")),
        xml(tmp_path / "b.xml", record(1, "Said in b"), record(2, "Other in b")),
        xml(tmp_path / "c.xml", record(1, "Said in c", doi="one"), record(3, "No other in c", doi="two")),
    ]
    for number, order in enumerate(permutations(files)):
        build(order, tmp_path / f"whole-{number}", store=False)
        assert held(added(order, tmp_path / f"graph-{number}")) == held(tmp_path / f"whole-{number}")
        assert f'"Said in {order[-1].stem}"' in (tmp_path / f"graph-{number}" / "graph.nq").read_text()


def test_what_a_record_says_decides_and_deletions_are_remembered(tmp_path: Path) -> None:
    files = versions(tmp_path)
    folder = added(list(reversed(files)), tmp_path / "graph", store=True)
    assert titles(folder) == {
        "HER2 in lung cancer, version 2",
        "HER2 in breast cancer, revised late",
        "A record that came back",
        "The weight of HER2 in lung tumours",
    }
    report = graph_build.open(folder).report
    base, update, later, pubmed = files
    assert report["errors"] == [
        (
            f"{update}, line 10 (PMID 5): is about the same publication (https://doi.org/10.1000/page) as {pubmed}; "
            "keep one of the two"
        )
    ]
    assert report["notes"] == [
        f"{base}, line 2 (PMID 1): {update}, line 2 (PMID 1) is a higher version of it and counts",
        f"{base}, line 6 (PMID 2): {update}, line 6 (PMID 2) is the same record, revised later, and counts",
        f"{base}, line 10 (PMID 3): was deleted (PMID 3; {update}, line 14), so it is left out",
        f"{base}, line 14 (PMID 4): was deleted (PMID 4; {update}, line 14), so it is left out",
        f"{base}, line 18 (PMID 5): {update}, line 10 (PMID 5) is the same record, revised later, and counts",
    ]
    assert later.exists()
    assert check(folder).findings == ()


def test_studies_of_a_clash_get_their_names_back(tmp_path: Path) -> None:
    files = clashes(tmp_path)
    folder = added(files[:2], tmp_path / "graph")
    studies = {line.split()[0] for line in (folder / "graph.nq").read_text().splitlines() if "/study/" in line[:40]}
    drug, pmid, doi = "song-2022-afatinib", "https://pubmed.ncbi.nlm.nih.gov/", "https://doi.org/10.1000/"
    assert {s.rpartition("/")[2].strip(">") for s in studies} == {
        *(f"{drug}-{digest(pmid + number)[:6]}" for number in "24"),
        *(f"song-2022-pyrotinib-{digest(doi + name)[:6]}" for name in ("one", "three")),
    }
    graph_build.add(files[2:], folder)
    text = (folder / "graph.nq").read_text()
    assert f"/study/{drug}>" in text
    assert f"/study/{drug}-" not in text


def test_only_what_is_new_is_read_and_told(tmp_path: Path) -> None:
    files = versions(tmp_path)
    folder = added(files[:1], tmp_path / "graph")
    copy = Path(shutil.copy(files[0], tmp_path / "copy.xml"))
    before = held(folder)
    result = CliRunner().invoke(main, ["add", str(files[0]), str(copy), "-o", str(folder)], catch_exceptions=False)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[:2] == [f"{files[0]}: is in the graph already", f"{copy}: is in the graph already"]
    assert len(lines) == 3
    assert held(folder) == before
    result = CliRunner().invoke(main, ["add", *map(str, files[:3]), "-o", str(folder)], catch_exceptions=False)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0] == f"{files[0]}: is in the graph already"
    assert [line.partition(":")[0] for line in lines[1:3]] == ["update.xml", "later.xml"]
    assert next(line for line in result.output.splitlines() if line.startswith("note:")).endswith("and counts")
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([*(f.name for f in files), "copy.xml", "graph"])


def test_a_changed_page_replaces_the_page(tmp_path: Path) -> None:
    one = page(tmp_path / "one.txt", "HER2 in lung tumours", "one", 1)
    other = page(tmp_path / "other.txt", "HER2 in breast tumours", "other", 2)
    build([one, other], tmp_path / "graph")
    before = held(tmp_path / "graph")
    page(one, "HER2 in lung tumours, corrected", "one", 1)
    done = graph_build.add([one], tmp_path / "graph")
    assert done.notes == [f"{one}: {one} is a page of the same publication, added later, and counts"]
    assert titles(tmp_path / "graph") == {"HER2 in lung tumours, corrected", "HER2 in breast tumours"}
    after = held(tmp_path / "graph")
    mine = b"<https://w3id.org/her2kg/graph/document/10-1000-other> ."
    for graph in (before, after):
        assert graph["documents/10-1000-other.txt"] == other.read_bytes()
    kept = [[line for line in graph["graph.nq"].splitlines() if line.endswith(mine)] for graph in (before, after)]
    assert kept[0] == kept[1] != []
    build([one, other], tmp_path / "whole", store=False)
    assert after["graph.nq"] == held(tmp_path / "whole")["graph.nq"]


def test_the_packaged_graph_grows_by_a_packed_file(tmp_path: Path) -> None:
    build(output=tmp_path / "graph", store=False)
    packed = tmp_path / "more.xml.gz"
    packed.write_bytes(gzip.compress(xml(tmp_path / "more.xml", record(1, TRIAL.format("Pyrotinib"))).read_bytes()))
    graph_build.add([packed], tmp_path / "graph")
    build([*packaged_sources(), packed], tmp_path / "whole", store=False)
    assert held(tmp_path / "graph") == held(tmp_path / "whole")


def test_without_a_store_the_graph_is_the_same_and_stays_without(tmp_path: Path) -> None:
    first, more = versions(tmp_path)[:2]
    plain, asked = tmp_path / "plain", tmp_path / "asked"
    for folder, options in ((plain, ["--no-store"]), (asked, [])):
        for words in (["build", str(first), *options], ["add", str(more)]):
            result = CliRunner().invoke(main, [*words, "-q", "-o", str(folder)], catch_exceptions=False)
            assert (result.exit_code, result.output) == (0, "")
    assert held(plain) == held(asked)
    assert {path.name for path in asked.iterdir()} - {path.name for path in plain.iterdir()} == {"store"}
    exported = CliRunner().invoke(main, ["export", "nquads", "--graph", str(plain), "-o", str(tmp_path / "all.nq")])
    assert (exported.exit_code, (tmp_path / "all.nq").read_bytes()) == (0, (plain / "graph.nq").read_bytes())
    refused = CliRunner().invoke(main, ["query", "open-questions", "--graph", str(plain)])
    sentence = (
        f"her2kg: {plain}: was built without a store to ask; build it again without --no-store, or load its graph.nq "
        "into a store of your own and name that with --endpoint\n"
    )
    assert (refused.exit_code, refused.stderr) == (2, sentence)


def test_a_bad_file_is_told_once_and_strict_changes_nothing(tmp_path: Path) -> None:
    good, more = versions(tmp_path)[:2]
    bad = tmp_path / "bad.txt"
    bad.write_text("nothing to read")
    build([good], tmp_path / "graph", store=False)
    before = held(tmp_path / "graph")
    with pytest.raises(BuildError, match=r"bad\.txt"):
        graph_build.add([bad], tmp_path / "graph", strict=True)
    assert held(tmp_path / "graph") == before
    assert len(graph_build.add([bad], tmp_path / "graph").errors) == 1
    assert graph_build.add([more], tmp_path / "graph").errors == []
    assert len(json.loads((tmp_path / "graph" / "report.json").read_text())["errors"]) == 1


def test_what_the_graph_was_built_with_must_be_there_still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, more = versions(tmp_path)[:2]
    rows = tmp_path / "rows"
    rows.mkdir()
    (rows / "drugs.tsv").write_text(DRUGS + "madeupinib\tMUI-1\t\t\t\t\n")
    build([first], tmp_path / "graph", additions=[rows], store=False)
    graph_build.add([more], tmp_path / "graph")
    build([first, more], tmp_path / "whole", additions=[rows], store=False)
    assert held(tmp_path / "graph") == held(tmp_path / "whole")
    (rows / "drugs.tsv").write_text(DRUGS + "madeupinib\tMUI-2\t\t\t\t\n")
    page(tmp_path / "page.txt", "HER2 in lung tumours", "p", 5)
    with pytest.raises(PartsError, match=r"not as when .* was built; put it back as it was, or build the graph again"):
        graph_build.add([tmp_path / "page.txt"], tmp_path / "graph")
    monkeypatch.setattr("graph_build.parts.place.of_program", lambda: "another")
    with pytest.raises(PartsError, match="was built by another version of her2kg"):
        graph_build.add([tmp_path / "page.txt"], tmp_path / "graph")
    (tmp_path / "graph" / "parts.sqlite").unlink()
    with pytest.raises(PartsError, match="was built without the parts"):
        graph_build.add([tmp_path / "page.txt"], tmp_path / "graph")


def test_parts_can_make_nothing_but_values_of_the_model() -> None:
    with pytest.raises(SealError, match="which no build writes"):
        unseal(seal(Path("/")))
    with pytest.raises(SealError, match="damaged"):
        unseal(b"no part")


def test_a_retraction_reaches_the_statements_of_the_paper(tmp_path: Path) -> None:
    title = "Pyrotinib in HER2-mutant non-small cell lung cancer: the phase 2 PATHWAY-77 trial"
    types = "<PublicationTypeList><PublicationType>{}</PublicationType></PublicationTypeList>"
    notes = "<CommentsCorrections RefType='{}'><PMID>{}</PMID></CommentsCorrections>"
    notes = f"<CommentsCorrectionsList>{notes}</CommentsCorrectionsList>"
    one, other, kept = (record(pmid, title) for pmid in (1, 2, 3))
    end = types.format("Retracted Publication") + "</Article>" + notes.format("RetractionIn", 8)
    told = one.replace("</Article>", end)
    notice = record(9, "Retraction notice").replace("</Article>", "</Article>" + notes.format("RetractionOf", 2))
    base = xml(tmp_path / "base.xml", one, other, kept)
    build([base], tmp_path / "graph")
    assert list(graph_build.open(tmp_path / "graph").query("retracted")) == []
    update = xml(tmp_path / "update.xml", told.replace('Version="1"', 'Version="2"'), notice)
    graph_build.add([update], tmp_path / "graph")
    kg = graph_build.open(tmp_path / "graph")
    rows = {tuple(row)[:7] for row in kg.query("retracted")}
    assert {(row[1], row[2]) for row in rows} == {("1", "8"), ("2", "Song 2022")}
    assert {row[3:6] for row in rows} >= {("PATHWAY-77", "investigates", "pyrotinib")}
    her2 = "https://w3id.org/her2kg/ontology#"
    said = kg.query(f"SELECT ?s ?o WHERE {{ ?s <{her2}retracted> ?o }}")
    assert [tuple(row) for row in said] == [("https://pubmed.ncbi.nlm.nih.gov/1", True)]
    assert check(tmp_path / "graph").findings == ()


def test_a_paper_is_one_work_by_either_of_its_numbers(tmp_path: Path) -> None:
    trial = TRIAL.format("Pyrotinib")
    retracted = "</Article><CommentsCorrectionsList><CommentsCorrections RefType='RetractionIn'><PMID>9</PMID>"
    retracted += "</CommentsCorrections></CommentsCorrectionsList>"
    own = record(1, trial, doi="one").replace("</Article>", retracted)
    citers = citing(2, trial, pubmed="1"), citing(3, trial, doi="10.1000/one")
    build([xml(tmp_path / "all.xml", own, *citers)], tmp_path / "graph")
    kg = graph_build.open(tmp_path / "graph")
    by_doi, by_pmid = "https://doi.org/10.1000/one", "https://pubmed.ncbi.nlm.nih.gov/1"

    assert [tuple(row) for row in kg.query("SELECT ?a ?b { ?a <http://www.w3.org/2002/07/owl#sameAs> ?b }")] == [
        (by_doi, by_pmid)
    ]
    rows = [row for row in kg.query("retracted") if row[4] == "investigates"]
    assert sorted((row[3], row[5], row[6]) for row in rows) == [
        ("Song 2022 pyrotinib", "pyrotinib", citer) for citer in ("Mina 2022", "Minc 2022", "Song 2022")
    ]
    assert list(kg.query("studies-reported-more-than-once")) == []
    drawn = kg.network()
    assert (by_doi in drawn, by_pmid in drawn) == (True, False)
    assert {s for s, _, p in drawn.in_edges(by_doi, data="predicate") if p == "cites"} == {
        "https://pubmed.ncbi.nlm.nih.gov/2",
        "https://pubmed.ncbi.nlm.nih.gov/3",
    }
    write_site(kg.folder, tmp_path / "site")
    pages = {
        path.stem: Read(path.read_text(encoding="utf-8")).text for path in (tmp_path / "site/paper").glob("*.html")
    }
    for name, other in (("10.1000_one", "pubmed:1"), ("pubmed_1", "doi:10.1000/one")):
        assert f"The same work by its other number: {other}\n" in pages[name]
        assert pages[name].count(", reference 1\n") == 2
    study = Read((tmp_path / "site/study/song-2022-pyrotinib.html").read_text(encoding="utf-8")).text
    assert study[study.index("Reported in\n") :].splitlines()[1:4] == [
        trial,
        "Lung 2022",
        "Evidence for these facts (5)",
    ]
    assert check(tmp_path / "graph").findings == ()


def test_studies_clash_by_works_not_by_the_numbers_of_one(tmp_path: Path) -> None:
    folder = added(numbers(tmp_path)[:2], tmp_path / "graph")
    study = "https://w3id.org/her2kg/study/song-2022-pyrotinib"
    assert studies_of(folder) == {study}
    graph_build.add(numbers(tmp_path)[2:], folder)
    assert studies_of(folder) == {
        f"{study}-{digest(f'https://doi.org/10.1000/{name}')[:6]}" for name in ("one", "four")
    }


def studies_of(folder: Path) -> set[str]:
    """The studies of a graph."""
    lines = (folder / "graph.nq").read_text(encoding="utf-8").splitlines()
    return {line.split()[0].strip("<>") for line in lines if line.startswith("<https://w3id.org/her2kg/study/")}
