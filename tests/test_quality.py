"""The quality harness on invented documents: complete tables of scores, and every difference."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.quality.__main__ import main
from benchmarks.quality.corpora import CORPORA
from benchmarks.quality.gold import Annotation, GoldError, read_corpus
from benchmarks.quality.identifiers import identifiers
from benchmarks.quality.ours import is_substance
from benchmarks.quality.published import PAGE, written
from benchmarks.quality.report import published
from benchmarks.quality.score import EXACT, IDENTIFIER, MEASURES, OVERLAP, Counts, Resamples, compare
from graph_build.link.terms import Term

#: Osimertinib, breast cancer, NSCLC, EGFR and its change are in the lexicon; fever, zorbamycin and IL9R are not.  The
#: corpus has an old identifier of gefitinib, and more words for the gastric cancer.
PUBTATOR = """\
1001|t|Osimertinib for breast cancer and fever
1001|a|Patients with NSCLC received gefitinib and zorbamycin. EGFR p.Thr790Met and IL9R were in gastric cancer tissue.
1001	0	11	Osimertinib	ChemicalEntity	C000596361
1001	16	29	breast cancer	DiseaseOrPhenotypicFeature	D001943
1001	34	39	fever	DiseaseOrPhenotypicFeature	D005334
1001	40	48	Patients	OrganismTaxon	9606
1001	54	59	NSCLC	DiseaseOrPhenotypicFeature	D002289
1001	69	78	gefitinib	ChemicalEntity	C999999
1001	83	93	zorbamycin	ChemicalEntity	-
1001	95	99	EGFR	GeneOrGeneProduct	1956
1001	100	111	p.Thr790Met	SequenceVariant	p|SUB|T|790|M
1001	116	120	IL9R	GeneOrGeneProduct	3581
1001	129	150	gastric cancer tissue	DiseaseOrPhenotypicFeature	D013274
1001	Association	D001943	C000596361	Novel

1002|t|Nothing is annotated beside trastuzumab
1002|a|A sentence without names.
"""

SCORES = """\
scope	measure	type	right	false	missed	precision	recall	f1
everything	exact span	disease	2	1	2	66.7	50.0	57.1
everything	exact span	chemical	2	1	1	66.7	66.7	66.7
everything	exact span	gene	1	0	1	100.0	50.0	66.7
everything	exact span	variant	1	0	0	100.0	100.0	100.0
everything	exact span	all types	6	2	4	75.0	60.0	66.7
everything	overlapping span	disease	3	0	1	100.0	75.0	85.7
everything	overlapping span	chemical	2	1	1	66.7	66.7	66.7
everything	overlapping span	gene	1	0	1	100.0	50.0	66.7
everything	overlapping span	variant	1	0	0	100.0	100.0	100.0
everything	overlapping span	all types	7	1	3	87.5	70.0	77.8
everything	identifier	disease	3	0	1	100.0	75.0	85.7
everything	identifier	chemical	1	2	1	33.3	50.0	40.0
everything	identifier	gene	1	0	1	100.0	50.0	66.7
everything	identifier	variant	1	0	0	100.0	100.0	100.0
everything	identifier	all types	6	2	3	75.0	66.7	70.6
in the lexicon's domain	exact span	disease	2	1	1	66.7	66.7	66.7
in the lexicon's domain	exact span	chemical	1	2	0	33.3	100.0	50.0
in the lexicon's domain	exact span	gene	1	0	0	100.0	100.0	100.0
in the lexicon's domain	exact span	variant	1	0	0	100.0	100.0	100.0
in the lexicon's domain	exact span	all types	5	3	1	62.5	83.3	71.4
in the lexicon's domain	overlapping span	disease	3	0	0	100.0	100.0	100.0
in the lexicon's domain	overlapping span	chemical	1	2	0	33.3	100.0	50.0
in the lexicon's domain	overlapping span	gene	1	0	0	100.0	100.0	100.0
in the lexicon's domain	overlapping span	variant	1	0	0	100.0	100.0	100.0
in the lexicon's domain	overlapping span	all types	6	2	0	75.0	100.0	85.7
in the lexicon's domain	identifier	disease	3	0	0	100.0	100.0	100.0
in the lexicon's domain	identifier	chemical	1	2	0	33.3	100.0	50.0
in the lexicon's domain	identifier	gene	1	0	0	100.0	100.0	100.0
in the lexicon's domain	identifier	variant	1	0	0	100.0	100.0	100.0
in the lexicon's domain	identifier	all types	6	2	0	75.0	100.0	85.7
"""

#: In the scope of everything, by identifier.
DIFFERENCES = """\
1001	missed	disease	34	39	fever	MESH:D005334
1001	missed	chemical	69	78	gefitinib	MESH:C999999	gefitinib (MESH:D000077156)
1001	false	chemical	69	78	gefitinib	MESH:D000077156	gefitinib (MESH:C999999)
1002	false	chemical	28	39	trastuzumab	MESH:D000068878
1001	missed	gene	116	120	IL9R	NCBIGene:3581
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A PubTator file of two documents."""
    path = tmp_path / "invented.PubTator"
    path.write_text(PUBTATOR, encoding="utf-8")
    return path


def _cells(path: Path, count: int) -> list[list[str]]:
    return [line.split("\t")[:count] for line in path.read_text(encoding="utf-8").splitlines()]


def test_scores_of_a_corpus_are_complete(file: Path, tmp_path: Path) -> None:
    assert main(["--corpus", "biored", "--files", str(file), "-o", str(tmp_path / "out"), "--samples", "50"]) == 0

    assert _cells(tmp_path / "out/scores.tsv", 9) == [line.split("\t") for line in SCORES.splitlines()]


def test_every_difference_is_named_with_what_the_other_side_has(file: Path, tmp_path: Path) -> None:
    main(["--corpus", "biored", "--files", str(file), "-o", str(tmp_path / "out"), "--samples", "0"])

    rows = [r for r in _cells(tmp_path / "out/differences.tsv", 10) if r[1:3] == ["everything", "identifier"]]
    shown = ["\t".join([r[0], *r[3:]]).rstrip() for r in rows]
    assert shown == DIFFERENCES.splitlines()


def test_identifiers_of_an_older_edition_are_renewed(file: Path, tmp_path: Path) -> None:
    same = tmp_path / "same.tsv"
    same.write_text("# MeSH\nMESH:C999999\tMESH:D000077156\n", encoding="utf-8")

    wishes = ["--corpus", "biored", "--files", str(file), "-o", str(tmp_path / "out"), "--samples", "0"]
    main([*wishes, "--same", str(same)])

    chemicals = [r for r in _cells(tmp_path / "out/scores.tsv", 9) if r[:3] == ["everything", "identifier", "chemical"]]
    assert chemicals == [["everything", "identifier", "chemical", "2", "1", "0", "66.7", "100.0", "80.0"]]


def test_the_same_seed_gives_the_same_files(file: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        main(["--corpus", "biored", "--files", str(file), "-o", str(tmp_path / name), "--samples", "20"])

    for name in ("scores.tsv", "scores.json", "differences.tsv", "report.md"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    data = json.loads((tmp_path / "a/scores.json").read_text(encoding="utf-8"))
    assert data["documents"] == 2
    assert data["annotations"] == 10
    assert data["of_other_types"] == 1
    assert data["misplaced"] == 0


def test_bioc_gives_the_same_annotations_as_pubtator(file: Path, tmp_path: Path) -> None:
    corpus = CORPORA["biored"]
    from_text = read_corpus([file], corpus)
    documents = []
    for document in from_text:
        passages = []
        for number, span in enumerate(document.passages):
            inside = [a for a in document.annotations if a.span in span]
            passages.append(
                {
                    "offset": span.start + 5 * number,  # offsets of files may count otherwise between passages
                    "infons": {"type": "abstract" if number else "title"},
                    "text": span.of(document.text),
                    "annotations": [
                        {
                            "infons": {
                                "type": next(t for t, ours in corpus.types.items() if ours == a.kind),
                                "identifier": ";".join(a.identifiers),
                            },
                            "locations": [{"offset": a.start + 5 * number, "length": a.end - a.start}],
                            "text": a.span.of(document.text),
                        }
                        for a in inside
                    ],
                }
            )
        documents.append({"id": document.id, "passages": passages})
    as_json = tmp_path / "invented.json"
    as_json.write_text(json.dumps({"documents": documents}), encoding="utf-8")
    as_xml = tmp_path / "invented.xml"
    as_xml.write_text(_xml(documents), encoding="utf-8")

    for path in (as_json, as_xml):
        read = read_corpus([path], corpus)
        assert [(d.id, d.text, d.passages, d.annotations) for d in read] == [
            (d.id, d.text, d.passages, d.annotations) for d in from_text
        ]


def _xml(documents: list[dict]) -> str:  # type: ignore[type-arg]
    parts = ["<collection>"]
    for document in documents:
        parts.append(f"<document><id>{document['id']}</id>")
        for passage in document["passages"]:
            parts.append(f"<passage><offset>{passage['offset']}</offset><text>{passage['text']}</text>")
            for found in passage["annotations"]:
                infons = "".join(f'<infon key="{key}">{value}</infon>' for key, value in found["infons"].items())
                place = found["locations"][0]
                where = f'<location offset="{place["offset"]}" length="{place["length"]}"/>'
                parts.append(f"<annotation>{infons}{where}<text>{found['text']}</text></annotation>")
            parts.append("</passage>")
        parts.append("</document>")
    return "".join([*parts, "</collection>"])


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        ("disease", "D003000", ("MESH:D003000",)),
        ("disease", "MESH:D003000|OMIM:114480", ("MESH:D003000", "OMIM:114480")),
        ("disease", "D003000+D009369", ("MESH:D003000", "MESH:D009369")),
        ("chemical", "-1", ()),
        ("chemical", "-", ()),
        ("gene", "2064", ("NCBIGene:2064",)),
        ("gene", "2064,1956", ("NCBIGene:1956", "NCBIGene:2064")),
        ("variant", "tmVar:p|SUB|V|600|E;HGVS:p.V600E;VariantGroup:0;RS#:113488022", ("HGVS:p.V600E",)),
        ("variant", "p|SUB|V|600|E", ("HGVS:p.V600E",)),
        ("variant", "c|SUB|A|1799|T;RS#:113488022", ("rs113488022",)),
        ("variant", "rs113488022", ("rs113488022",)),
        ("variant", "c|DEL|123|A", ("HGVS:c.123del",)),
        ("variant", "c|SUB|A|IVS3+1|T", ("HGVS:c.IVS3+1A>T",)),
        ("variant", "c|Allele|A|123", ("c|Allele|A|123",)),
        ("variant", "-", ()),
    ],
)
def test_identifiers_take_one_form(kind: str, written: str, expected: tuple[str, ...]) -> None:
    assert identifiers(kind, written) == expected


def _spans(*places: tuple[int, int], identifier: str = "X:1") -> list[Annotation]:
    return [Annotation(start, end, "disease", (identifier,)) for start, end in places]


@pytest.mark.parametrize(
    ("measure", "gold", "ours", "expected"),
    [
        (EXACT, [(0, 4), (10, 14)], [(0, 4), (10, 12)], Counts(1, 1, 1)),
        (OVERLAP, [(0, 4), (10, 14)], [(0, 4), (10, 12)], Counts(2, 0, 0)),
        (OVERLAP, [(0, 20)], [(0, 4), (6, 9)], Counts(1, 1, 0)),  # one of ours for one of theirs
        (OVERLAP, [(0, 4), (6, 9)], [(0, 20)], Counts(1, 0, 1)),
        (OVERLAP, [(0, 4)], [(4, 8)], Counts(0, 1, 1)),  # they touch and share nothing
        (IDENTIFIER, [(0, 4), (10, 14)], [(20, 24)], Counts(1, 0, 0)),  # a document, not a place
        (IDENTIFIER, [], [(20, 24)], Counts(0, 1, 0)),
    ],
)
def test_counts(measure: str, gold: list[tuple[int, int]], ours: list[tuple[int, int]], expected: Counts) -> None:
    assert compare(measure, _spans(*gold), _spans(*ours)).counts == expected


def test_names_inside_one_that_stands_for_several_things_are_not_false() -> None:
    gold = [Annotation(0, 25, "disease", ("X:1", "X:2")), Annotation(30, 50, "disease", ("X:3",))]
    ours = _spans((0, 6), (7, 10), (11, 25), (30, 36), (37, 50))

    assert compare(OVERLAP, gold, ours).counts == Counts(2, 2, 0)  # one too many in each
    assert compare(EXACT, gold, ours).counts == Counts(0, 5, 2)


def test_further_identifiers_of_one_concept_are_not_false() -> None:
    gold = _spans((0, 4), identifier="X:2")
    ours = [Annotation(0, 4, "disease", ("X:1", "X:2"))]

    assert compare(IDENTIFIER, gold, ours).counts == Counts(1, 0, 0)


def test_an_interval_holds_the_score_and_narrows_to_it_where_all_documents_are_alike() -> None:
    mixed = Resamples(4, 500, seed=1).score([Counts(1, 0, 0), Counts(0, 1, 1), Counts(1, 0, 1), Counts(1, 1, 0)])
    alike = Resamples(4, 500, seed=1).score([Counts(3, 1, 0)] * 4)

    for value, interval in zip(
        (mixed.counts.precision, mixed.counts.recall, mixed.counts.f1), mixed.intervals, strict=True
    ):
        assert value is not None
        assert interval is not None
        assert interval[0] < value < interval[1]
    assert alike.intervals == ((0.75, 0.75), (1.0, 1.0), (6 / 7, 6 / 7))


def test_a_file_that_is_no_corpus_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "page.txt"
    path.write_text("A page\n", encoding="utf-8")

    assert main(["--corpus", "bc5cdr", "--files", str(path)]) == 1
    assert capsys.readouterr().err.startswith(f"{path}: “A page” is no document of PubTator")


#: The forms of the real files: numbers of dbSNP for changes that are written out, and tmVar's own forms.
VARIANTS = """\
3001|t|Invented changes of EGFR
3001|a|EGFR p.Ser222Leu (c.665C>T) and p.Pro24HisfsX13, rs99999901, del of K9, V8 to M; A120G is L44D.
3001	30	41	p.Ser222Leu	SequenceVariant	rs99999901
3001	43	51	c.665C>T	SequenceVariant	rs99999901
3001	57	71	p.Pro24HisfsX13	SequenceVariant	p|FS|P|24|H|13
3001	74	84	rs99999901	SequenceVariant	rs99999901
3001	86	95	del of K9	SequenceVariant	p|DEL|9|K
3001	97	104	V8 to M	SequenceVariant	p|SUB|V||M
3001	106	111	A120G	SequenceVariant	rs99999902
3001	115	119	L44D	SequenceVariant	rs99999902
3001	115	119	L44	SequenceVariant	p|Allele|L|44
"""


def test_a_number_of_dbsnp_is_the_protein_change_that_the_document_writes_for_it(tmp_path: Path) -> None:
    path = tmp_path / "variants.PubTator"
    path.write_text(VARIANTS, encoding="utf-8")

    (document,) = read_corpus([path], CORPORA["biored"])

    assert [(a.start, a.identifiers) for a in document.annotations] == [
        (30, ("HGVS:p.S222L",)),
        (43, ("HGVS:p.S222L",)),
        (57, ("HGVS:p.P24Hfs*13",)),
        (74, ("HGVS:p.S222L",)),
        (86, ("HGVS:p.K9del",)),
        (97, ()),
        (106, ("HGVS:p.L44D",)),
        (115, ("HGVS:p.L44D",)),
        (115, ("p|Allele|L|44",)),
    ]


def test_the_rows_of_the_first_tmvar_corpus_are_variants_alone(tmp_path: Path) -> None:
    path = tmp_path / "test.PubTator.txt"
    path.write_text(
        "3002|t|HER2 S310F and an unknown change\n3002|a|EGFR c.2573T>G was seen.\n"
        "3002\t5\t10\tS310F\tProteinMutation\tp|SUB|S|310|F\n"
        "3002\t38\t47\tc.2573T>G\tDNAMutation\tc|SUB|T|2573|G\n",
        encoding="utf-8",
    )

    assert main(["--corpus", "tmvar", "--files", str(path), "-o", str(tmp_path / "out"), "--samples", "0"]) == 0

    rows = _cells(tmp_path / "out/scores.tsv", 6)[1:]
    assert rows == [
        ["everything", "exact span", "variant", "2", "0", "0"],
        ["everything", "overlapping span", "variant", "2", "0", "0"],
        ["everything", "identifier", "variant", "2", "0", "0"],
        ["in the lexicon's domain", "exact span", "variant", "1", "0", "0"],
        ["in the lexicon's domain", "overlapping span", "variant", "1", "0", "0"],
        ["in the lexicon's domain", "identifier", "variant", "1", "0", "0"],
    ]


def test_a_composite_name_with_its_parts_in_a_further_column(tmp_path: Path) -> None:
    path = tmp_path / "CDR_TestSet.PubTator.txt"
    path.write_text(
        "3003|t|Breast or lung cancer with zorbamycin\n3003|a|\n"
        "3003\t0\t21\tBreast or lung cancer\tDisease\tD001943|D008175\tBreast cancer|lung cancer\n"
        "3003\t27\t37\tzorbamycin\tChemical\t-1\n3003\tCID\tC999999\tD001943\n",
        encoding="utf-8",
    )

    assert main(["--corpus", "bc5cdr", "--files", str(path), "-o", str(tmp_path / "out"), "--samples", "0"]) == 0

    rows = [r for r in _cells(tmp_path / "out/scores.tsv", 6) if r[:2] == ["everything", "identifier"]]
    assert rows == [
        ["everything", "identifier", "disease", "2", "0", "0"],
        ["everything", "identifier", "chemical", "0", "0", "0"],
        ["everything", "identifier", "all types", "2", "0", "0"],
    ]


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (Term(id="mesh:D900001", trees=("D02.455.426",)), True),
        (Term(id="mesh:D900002", trees=("D12.776.124.486.485.114.1",)), True),  # an antibody
        (Term(id="mesh:D900003", trees=("D12.776.930", "D08.811.913")), False),  # a protein, an enzyme
        (Term(id="mesh:D900004", trees=("D13.444.308",)), False),  # a nucleic acid
        (Term(id="mesh:D900005", trees=("D27.505.519",)), False),  # what substances are used for
        (Term(id="mesh:D900006", trees=("C04.588",)), False),
        (Term(id="mesh:C900007", label="zorbamycin"), True),
        (Term(id="mesh:C900008", label="ZORB1 protein, human"), False),
        (Term(id="mesh:C900009", label="zorbamycin kinase"), False),
    ],
)
def test_of_mesh_what_corpora_call_a_chemical_counts(term: Term, expected: bool) -> None:
    assert is_substance(term) is expected


def test_a_document_counts_once(file: Path) -> None:
    with pytest.raises(GoldError, match="the document 1001 is there twice"):
        read_corpus([file, file], CORPORA["biored"])


@pytest.mark.parametrize("name", sorted(CORPORA))
def test_published_numbers_name_their_page_or_say_why_there_are_none(name: str) -> None:
    rows = published(name)

    assert rows
    for row in rows:
        assert row.measure in MEASURES
        assert row.type in (*CORPORA[name].scored, "all types")
        assert bool(row.system) == bool(row.f1) == row.source.startswith("https://")
        assert row.note


def test_the_page_shows_the_published_numbers_as_they_are() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert written(page) == page
    assert all(f"### {corpus.title}" in page for corpus in CORPORA.values())
