"""Each stored question against the complete answer that a person has read (``tests/queries/``).

``HER2KG_UPDATE_EXPECTED=1 pytest tests/test_queries.py`` writes the expected answers; read the difference before you
commit it.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import sys
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest
from pyoxigraph import QueryBoolean, QueryTriples, RdfFormat, Store, parse, serialize

import graph_build
from graph_build.build import build
from graph_build.graph import KnowledgeGraph
from graph_build.query import Network, QueryError, Rows, StoredQuery, rows, run, serialized, stored
from graph_build.services import services
from graph_build.store import NQUADS, merge

ROOT: Final = Path(__file__).resolve().parents[1]
EXPECTED: Final = Path(__file__).parent / "queries"
UPDATE: Final = os.environ.get("HER2KG_UPDATE_EXPECTED") == "1"
NAMES: Final = sorted(stored())
WITH_EXAMPLE: Final = [name for name in NAMES if stored()[name].example]
#: Who may ask, as the brief of the questions names them.
PEOPLE: Final = {"oncologist", "pathologist", "reviewer", "guideline", "developer", "engineer"}

#: Columns that depend on the wording and length of a text and not on what it says.
WORDING: Final = {"quote", "start", "end", "sha256", "command"}
#: Questions about wording: how often a word stands somewhere, and concepts that the restated abstracts leave out.
OF_WORDING: Final = {"gene-name-forms", "external-identifiers"}


@pytest.fixture(scope="session")
def network(request: pytest.FixtureRequest) -> Network:
    """The leave to ask other endpoints: those that stand in for them here."""
    found: Network = request.getfixturevalue("elsewhere").network
    return found


@pytest.fixture(scope="session")
def packaged_graph(network: Network, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The graph of the two packaged documents."""
    folder = tmp_path_factory.mktemp("packaged") / "graph"
    build(output=folder)
    return graph_build.open(folder, network=network)


@pytest.fixture(scope="session")
def original_graph(seeds: Path, network: Network, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The graph of the documents as their publishers print them."""
    folder = tmp_path_factory.mktemp("original") / "graph"
    build(sorted(seeds.glob("*.txt")), output=folder)
    return graph_build.open(folder, network=network)


@pytest.fixture(scope="session")
def reversed_store(packaged_graph: KnowledgeGraph) -> Store:
    """The same graph in another store, its quads put in the other way round."""
    store = Store()
    for quad in reversed(list(parse(path=packaged_graph.folder / NQUADS, format=RdfFormat.N_QUADS))):
        store.add(quad)
    return merge(store)


def example(query: StoredQuery) -> dict[str, str]:
    """The values of a question's example line."""
    words = shlex.split(query.example)
    return {
        name.removeprefix("--").replace("-", "_"): value for name, value in zip(words[::2], words[1::2], strict=True)
    }


def as_tsv(answer: Rows) -> str:
    """An answer as a file that a person can read."""
    return "".join("\t".join(map(_cell, row)) + "\n" for row in (answer.columns, *answer))


def _cell(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else re.sub(r"[\t\r\n]+", " ", str(value))


def compare(name: str, answer: Rows) -> None:
    """The answer is the expected one; a missing file fails, unless the expected answers are being written."""
    path = EXPECTED / f"{name}.tsv"
    found = as_tsv(answer)
    if UPDATE:
        EXPECTED.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert path.is_file(), f"{path.name} is missing; write it with HER2KG_UPDATE_EXPECTED=1 and read it"
    assert found.splitlines() == path.read_text(encoding="utf-8").splitlines()


def ask(store: Store, query: StoredQuery, network: Network | None = None) -> Rows:
    """The rows of an answer."""
    return rows(run(store, query, network=network))


@pytest.mark.parametrize("name", NAMES)
def test_answer(name: str, packaged_graph: KnowledgeGraph) -> None:
    compare(name, packaged_graph.query(name))


@pytest.mark.parametrize("name", WITH_EXAMPLE)
def test_answer_to_the_example(name: str, packaged_graph: KnowledgeGraph) -> None:
    compare(f"{name}.example", packaged_graph.query(name, **example(stored()[name])))


def test_no_expected_answer_is_left_over() -> None:
    wanted = {f"{name}.tsv" for name in NAMES} | {f"{name}.example.tsv" for name in WITH_EXAMPLE}
    assert {path.name for path in EXPECTED.iterdir()} == wanted


@pytest.mark.parametrize("name", sorted(set(NAMES) - OF_WORDING))
def test_restated_documents_answer_as_the_originals(
    name: str, packaged_graph: KnowledgeGraph, original_graph: KnowledgeGraph
) -> None:
    def said(graph: KnowledgeGraph) -> set[tuple[object, ...]]:
        answer = graph.query(name)
        return {tuple(v for c, v in zip(answer.columns, row, strict=True) if c not in WORDING) for row in answer}

    assert said(packaged_graph) == said(original_graph)


@pytest.mark.parametrize("name", NAMES)
def test_answer_does_not_depend_on_the_order_of_the_store(
    name: str, packaged_graph: KnowledgeGraph, reversed_store: Store, network: Network
) -> None:
    assert as_tsv(ask(reversed_store, stored()[name], network)) == as_tsv(packaged_graph.query(name))


@pytest.mark.parametrize("name", NAMES)
def test_asking_twice_gives_the_same_bytes(name: str, packaged_graph: KnowledgeGraph) -> None:
    def answer() -> bytes:
        result = run(packaged_graph.store, stored()[name], network=packaged_graph.leave)
        return serialized(result, "turtle" if isinstance(result, QueryTriples) else "tsv")

    assert answer() == answer()


@pytest.mark.parametrize("name", NAMES)
def test_no_row_stands_twice(name: str, packaged_graph: KnowledgeGraph) -> None:
    """A triple that stands in two graphs is given twice by the engine: DISTINCT must not be forgotten."""
    answer = packaged_graph.query(name)
    assert len(set(answer)) == len(answer)


@pytest.mark.parametrize("name", NAMES)
def test_header(name: str) -> None:
    query = stored()[name]
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert query.summary.endswith("?")
    assert PEOPLE & set(query.tags), "nobody asks this: the tags name no person"
    assert bool(query.parameters) == bool(query.example), (
        "a question with parameters, and only such a one, has an example"
    )
    assert set(example(query)) <= {p.name for p in query.parameters}
    for parameter in query.parameters:
        assert f"?{parameter.name}" in query.text
    assert services(query.text) == query.services, "the header names the endpoints that it asks"
    assert bool(query.services) == ("network" in query.tags)
    assert max(len(line) for line in query.text.splitlines() if not line.startswith("#+")) <= 120


@pytest.mark.parametrize("name", NAMES)
def test_select_is_distinct_and_ordered(name: str) -> None:
    body = re.sub(r"#.*", "", stored()[name].text)
    if "SELECT" in body.partition("WHERE")[0]:
        assert "SELECT DISTINCT" in body.partition("WHERE")[0] or "GROUP BY" in body
        assert "ORDER BY" in body
    assert not re.search(r"COUNT\((?!DISTINCT)", body)


@pytest.mark.parametrize("name", WITH_EXAMPLE)
def test_example_answers_with_something_else_than_everything(name: str, packaged_graph: KnowledgeGraph) -> None:
    everything, some = packaged_graph.query(name), packaged_graph.query(name, **example(stored()[name]))
    assert len(some)
    # Both documents ask only of HER2 whether it is a target.
    assert some.rows != everything.rows or name == "is-it-a-target-or-driver"


def test_class_finds_what_is_below_it(packaged_graph: KnowledgeGraph) -> None:
    answer = packaged_graph.query("drugs-by-alteration", drug="antibody-drug conjugate", alteration="HER2 mutation")
    given = {row["given"] for row in answer.to_dicts()}
    assert {"trastuzumab deruxtecan", "ado-trastuzumab emtansine", "trastuzumab rezetecan", "GQ1005"} == given


def test_mutation_finds_exon_20_insertion_but_not_amplification(packaged_graph: KnowledgeGraph) -> None:
    answer = packaged_graph.query("drugs-by-alteration", alteration="HER2 mutation")
    enrolled = {row["enrolled"] for row in answer.to_dicts()}
    assert "HER2 exon 20 insertion" in enrolled
    assert "HER2 amplification" not in enrolled


def test_any_name_of_a_thing_will_do(packaged_graph: KnowledgeGraph) -> None:
    answers = [packaged_graph.query("evidence-for-a-drug", drug=name) for name in ("T-DXd", "enhertu", "DS-8201")]
    assert answers[0].rows == answers[1].rows == answers[2].rows
    assert len(answers[0])


@pytest.mark.parametrize(
    "value",
    [
        'x" } UNION { ?s ?p ?o } #',
        "}} ASK { ?s ?p ?o",
        "'; DROP ALL; '",
        "<http://a.org/>",
        "back\\slash",
        "line\nbreak",
        "",
    ],
)
def test_value_is_bound_and_never_becomes_part_of_the_query(value: str, packaged_graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="nothing in the graph is called so"):
        packaged_graph.query("evidence-for-a-drug", drug=value)


def test_text_with_quotes_and_braces_is_only_a_text(packaged_graph: KnowledgeGraph) -> None:
    assert packaged_graph.query("trials-by-phase", phase='2" } UNION { ?s ?p ?o } #').rows == ()


def test_year_must_be_a_number(packaged_graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="--year last: is not a year"):
        packaged_graph.query("reference-list", year="last")


def test_wrong_name_of_a_question(packaged_graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="did you mean drugs-by-alteration"):
        packaged_graph.query("drug-by-alterations")


def test_wrong_name_of_a_thing(packaged_graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match=r"did you mean .*trastuzumab deruxtecan"):
        packaged_graph.query("evidence-for-a-drug", drug="trastuzumab deruxtekan")


def test_unknown_parameter(packaged_graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="no parameter --drugs; did you mean --drug"):
        packaged_graph.query("evidence-for-a-drug", drugs="T-DXd")


def test_parameter_of_a_question_that_has_none(packaged_graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="it has none"):
        packaged_graph.query("open-questions", drug="T-DXd")


def test_kinds_of_answers(packaged_graph: KnowledgeGraph) -> None:
    answer = run(packaged_graph.store, stored()["is-there-a-consensus"])
    graph = run(packaged_graph.store, stored()["drug-neighbourhood"], {"drug": "T-DXd"})
    assert isinstance(answer, QueryBoolean)
    assert isinstance(graph, QueryTriples)
    assert b"her2:investigates" in serialized(graph, "turtle")


def test_constructed_graph_is_part_of_the_graph(packaged_graph: KnowledgeGraph) -> None:
    graph = run(packaged_graph.store, stored()["drug-neighbourhood"])
    assert isinstance(graph, QueryTriples)
    known = {(str(q.subject), str(q.predicate), str(q.object)) for q in packaged_graph.store}
    assert all((str(t.subject), str(t.predicate), str(t.object)) in known for t in graph)
    assert serialize([], format=RdfFormat.TURTLE) == b""


def test_quotes_are_the_documents_own_words(packaged_graph: KnowledgeGraph) -> None:
    """Whatever a question shows as a quote stands so in one of the documents."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((packaged_graph.folder / "documents").glob("*.txt"))]
    quotes = {
        row["quote"]
        for name in NAMES
        for answer in [packaged_graph.query(name)]
        if "quote" in answer.columns
        for row in answer.to_dicts()
        if row["quote"]
    }
    assert quotes
    assert all(any(quote in text for text in texts) for quote in quotes)


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("queries_readme", ROOT / "tools" / "queries_readme.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["queries_readme"] = module
    spec.loader.exec_module(module)
    return module


def test_readme_is_up_to_date() -> None:
    assert _tool().stale() == [], "run: python tools/queries_readme.py"


def test_tool_leaves_the_rest_of_a_page_alone() -> None:
    tool = _tool()
    text = tool.filled(f"# Title\n\nBefore\n{tool.BEGIN}\nwhat was here\n{tool.END}\nAfter\n", stored())
    assert text.startswith("# Title\n\nBefore\n")
    assert text.endswith("\nAfter\n")
    assert "what was here" not in text
    assert "[`open-questions`](queries/open-questions.rq)" in text
    assert tool.filled(text, stored()) == text
    assert tool.filled("no markers", stored()) == "no markers"


def test_tool_refuses_a_single_marker() -> None:
    tool = _tool()
    with pytest.raises(ValueError, match="one of the two is missing"):
        tool.filled(f"{tool.BEGIN} and no end", stored())
