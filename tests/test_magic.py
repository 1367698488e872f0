"""The notebook magics: what they show, what they assign, what they refuse, and the page of an executed notebook."""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest
import rdflib
from nbconvert import HTMLExporter
from pyoxigraph import NamedNode, QuerySolutions, QueryTriples, Store

import graph_build
from graph_build.answers import Rows
from graph_build.graph import KnowledgeGraph
from graph_build.magic import Magics, Shown, shown
from graph_build.model import Her2kgError
from graph_build.query import QueryError

from .notebook_process import CellFailed, execute

ROOT = Path(__file__).resolve().parents[1]

PREFIXES = """PREFIX her2: <https://w3id.org/her2kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
STUDIES = (
    PREFIXES + "SELECT ?study ?name ?drug WHERE { ?study her2:investigates ?drug ; rdfs:label ?name } ORDER BY ?name"
)

#: The studies of trastuzumab deruxtecan in the packaged documents.
T_DXD_STUDIES = ["DESTINY-Lung01", "DESTINY-Lung02", "DESTINY-Lung05", "Li 2023 trastuzumab deruxtecan"]


@pytest.fixture
def magics(packaged: Path) -> Magics:
    """The magics over a notebook's variables, of which ``kg`` is the packaged graph."""
    return Magics({"kg": graph_build.open(packaged)})


def studies(answer: Shown) -> list[str]:
    return [name for _, name, _ in answer.rows]


def test_a_value_is_bound_and_never_text(magics: Magics) -> None:
    entity = magics.variables["kg"].entity("T-DXd")
    for value in (entity, entity.iri, NamedNode(entity.iri), rdflib.URIRef(entity.iri)):
        magics.variables["chosen"] = value
        assert studies(magics.sparql("--bind drug=chosen", STUDIES)) == T_DXD_STUDIES
    magics.variables["chosen"] = '"DESTINY-Lung01" } DROP ALL #'
    query = PREFIXES + "SELECT ?text ?given WHERE { BIND(STR(?given) AS ?text) }"
    assert magics.sparql("--bind given=chosen", query).rows[0][0] == '"DESTINY-Lung01" } DROP ALL #'
    assert magics.sparql("--bind ?given=chosen", query.replace("?given", "$given")).rows[0][0].endswith("DROP ALL #")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(2023, True), (2022.5, True), (2024, False), (-1e-7, True)],
    ids=["integer", "float", "too late", "small"],
)
def test_numbers_stay_numbers(magics: Magics, value: float, expected: bool) -> None:
    magics.variables["year"] = value
    answer = magics.sparql("--bind after=year", "SELECT ?after (2023 >= ?after AS ?late) WHERE {}")
    assert answer.rows[0][1] == expected


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("--bind drug", "--bind drug: is not a variable of the query, = and a variable of the notebook"),
        ("--bind drug=os.environ", "is not a variable of the query, ="),
        ("--bind drug=text", "%%sparql: SELECT ?drug too; what is bound has to be a column"),
        ("--bind durg=kg", "--bind durg=kg: the query has no ?durg"),
        ("--bind drug=nothing", "the notebook has no variable nothing"),
        ("--bind drug=kg", "is a KnowledgeGraph; bind a text, a number, an IRI or an entity"),
        ("--bind drug=truth", "is a bool"),
        ("--bind drug=nan", "is a float"),
        ("--bind drug=space", "is not an IRI"),
        ("--limit x", "%%sparql: argument --limit: invalid int value: 'x'"),
        ("--limit -1", "--limit -1: is not a number of rows"),
        ("-o 1x", "-o 1x: is not a name that a variable can have"),
        ("--lim 3", "%%sparql: unrecognized arguments: --lim 3"),
        ("--kg truth", "--kg truth: holds no graph"),
        ("--kg kg --graph x", "--graph names a folder and --kg a variable"),
        ("--graph /nowhere", "/nowhere: no graph here"),
        ("-o 'x", "a quotation mark is not closed"),
    ],
)
def test_mistakes_get_a_sentence(magics: Magics, line: str, sentence: str) -> None:
    magics.variables |= {"text": "T-DXd", "truth": True, "nan": float("nan"), "space": "https://example.org/a b"}
    with pytest.raises(Her2kgError, match=re.escape(sentence)) as caught:
        magics.sparql(line, STUDIES.replace("?name ?drug WHERE", "?name WHERE"))
    assert "\n" not in str(caught.value)


def test_other_endpoints_are_refused_unless_the_graph_was_opened_with_leave(
    magics: Magics, packaged: Path, elsewhere: Any
) -> None:
    query = "SELECT * WHERE { SERVICE <https://example.org/sparql> { ?s ?p ?o } }"
    with pytest.raises(QueryError, match="needs the network"):
        magics.sparql("", query)
    with pytest.raises(QueryError, match="needs the network"):
        magics.her2kg("drugs-in-wikidata --drug T-DXd")
    magics.variables["kg"] = graph_build.open(packaged, network=elsewhere.network)
    assert isinstance(answer := magics.her2kg("drugs-in-wikidata --drug T-DXd"), Shown)
    assert len(answer.rows) == 1


def test_output_is_a_dataframe_or_rows_without_pandas(magics: Magics, monkeypatch: pytest.MonkeyPatch) -> None:
    magics.sparql("-o found --limit 1", STUDIES)
    assert list(magics.variables["found"].columns) == ["study", "name", "drug"]
    assert len(magics.variables["found"]) == len(magics.variables["kg"].query(STUDIES)) > 40  # however many are shown

    original: Callable[..., Any] = builtins.__import__

    def without_pandas(name: str, *rest: Any) -> Any:
        if name == "pandas":
            raise ImportError(name)
        return original(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_pandas)
    magics.sparql("-o found", STUDIES)
    assert isinstance(magics.variables["found"], Rows)
    assert magics.variables["found"].columns == ("study", "name", "drug")


def test_the_graph_is_the_folder_the_variable_or_the_default(packaged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s a <https://w3id.org/her2kg/ontology#Citation> }"
    for line in (f'--graph "{packaged}"', "--kg mine"):
        assert Magics({"mine": graph_build.open(packaged)}).sparql(line, count).rows.rows == ((38,),)
    monkeypatch.setenv("HER2KG_GRAPH", str(packaged))
    assert Magics({"kg": "something else"}).sparql("", count).rows.rows == ((38,),)


def test_every_form_of_query_is_shown(magics: Magics) -> None:
    assert magics.sparql("", "ASK {}").rows.rows == ((True,),)
    built = magics.sparql("--limit 1", PREFIXES + "CONSTRUCT { ?s a ?c } WHERE { ?s a her2:Gene, ?c }")
    assert built.rows.columns == ("subject", "predicate", "object")
    assert built._repr_html_().count("<tr>") == 2
    assert re.fullmatch(r"[\d,]+ rows in \d+\.\d\d s, the first 1 shown", built.count)


def test_stored_questions(magics: Magics) -> None:
    answer = magics.her2kg("evidence-for-a-drug --drug T-DXd -o found --limit 2")
    assert isinstance(answer, Shown)
    assert answer.rows == magics.variables["kg"].query("evidence-for-a-drug", drug="T-DXd")
    assert answer.title == "What do the documents state about a drug or a class of drugs, with every quote?"
    assert len(magics.variables["found"]) == len(answer.rows)
    listed = magics.her2kg("")
    assert isinstance(listed, Rows)
    assert listed.to_dicts()[0]["name"] == "adc-studies-in-her2-mutant-nsclc"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("evidence-for-a-drugs", "did you mean evidence-for-a-drug"),
        ("evidence-for-a-drug --drug foo", "--drug foo: nothing in the graph is called so"),
        ("evidence-for-a-drug --drug", "--drug: has no value"),
        ("evidence-for-a-drug T-DXd", "T-DXd: parameters are given as --name value"),
        ("--drug T-DXd", "--drug: the name of a question comes first"),
    ],
)
def test_stored_questions_say_what_is_wrong(magics: Magics, line: str, sentence: str) -> None:
    with pytest.raises(QueryError, match=re.escape(sentence)):
        magics.her2kg(line)


def test_iris_are_links_and_everything_is_escaped() -> None:
    store = Store()
    store.update(
        'INSERT DATA { <https://example.org/a> <urn:p> "<script>alert(1)</script> \\u202E$x$" . '
        '<javascript:alert(1)> <urn:p> "https://example.org/text" . <https://w3id.org/her2kg/drug/x> <urn:p> 1 }'
    )
    found = store.query("SELECT ?s ?o (1 AS ?b_x) { ?s <urn:p> ?o } ORDER BY ?s")
    assert isinstance(found, QuerySolutions)
    html = shown(found, lambda: 0.5, 50, "<b>title</b>")._repr_html_()
    assert re.findall(r'href="([^"]*)"[^>]*>([^<]*)<', html) == [
        ("https://example.org/a", "https://example.org/a"),
        ("https://w3id.org/her2kg/drug/x", "drug/x"),
    ]
    assert set(re.findall(r"<(\w+)", html)) == {"div", "p", "table", "thead", "tbody", "tr", "th", "td", "a"}
    assert "\u202e" not in html
    assert "tex2jax_ignore" in html  # $x$ is no formula
    assert "3 rows in 0.50 s" in html
    triples = store.query("CONSTRUCT WHERE { ?s <urn:p> ?o }")
    assert isinstance(triples, QueryTriples)
    plain = repr(shown(triples, lambda: 0.0, 50))
    assert "\u202e" not in plain
    assert plain.splitlines()[-1] == "3 rows in 0.00 s"


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def notebook(*cells: str) -> nbformat.NotebookNode:
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    for number, cell in enumerate(book.cells):
        cell.id = f"cell-{number}"
    return book


def test_in_a_notebook_and_in_its_page(packaged: Path, tmp_path: Path) -> None:
    book = notebook(
        "%load_ext graph_build",
        "import graph_build\nkg = graph_build.open()\ndrug = kg.entity('T-DXd')\ndrug",
        f"%%sparql -o found --bind drug=drug --limit 2\n{STUDIES}",
        "print(*found.name, sep='; ')",
        "%her2kg evidence-for-a-drug --drug T-DXd --limit 1",
        "kg.view(around='T-DXd')",
    )
    execute(book, tmp_path, str(packaged))
    html = ["".join(output.get("data", {}).get("text/html", "") for output in cell.outputs) for cell in book.cells]
    assert book.cells[0].outputs == []
    assert "Enhertu" in html[1]
    assert re.search(r"<p>4 rows in \d+\.\d\d s, the first 2 shown</p>", html[2])
    assert book.cells[3].outputs[0]["text"] == "; ".join(T_DXD_STUDIES) + "\n"
    assert "the first 1 shown" in html[4]
    assert "<iframe" in html[5]
    exporter = HTMLExporter(template_name="offline", extra_template_basedirs=[str(ROOT / "notebooks")])
    page, _ = exporter.from_notebook_node(book)
    assert "https://w3id.org/her2kg/study/destiny-lung01" in page
    tags = Tags(page)
    assert [
        (tag, values) for tag, values in tags.found if "src" in values or (tag == "link" and "href" in values)
    ] == []
    assert {values["href"].split(":")[0] for tag, values in tags.found if tag == "a"} <= {"http", "https", "#"}


def test_an_error_in_a_notebook_is_a_sentence_and_stops_it(packaged: Path, tmp_path: Path) -> None:
    book = notebook("%load_ext graph_build", "%%sparql\nSELECT * WHERE {", "print('never')")
    with pytest.raises(CellFailed):
        execute(book, tmp_path, str(packaged))
    (output,) = [output for output in book.cells[1].outputs if output.output_type == "stream"]
    assert output.text.startswith("UsageError: %%sparql: not valid SPARQL: ")
    assert len(output.text.strip().splitlines()) == 1
    assert book.cells[2].outputs == []


def test_braces_and_dollars_of_a_line_are_not_filled_in(packaged: Path) -> None:
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell()
    shell.user_ns |= {"kg": KnowledgeGraph(packaged), "drug": "T-DXd"}
    graph_build.load_ipython_extension(shell)
    with pytest.raises(Exception, match=r"--drug \{drug\}: nothing in the graph is called so"):
        shell.run_line_magic("her2kg", "evidence-for-a-drug --drug {drug}")
    assert len(shell.run_line_magic("her2kg", "evidence-for-a-drug --drug T-DXd").rows) > 4
