"""Every IRI of ours resolves: to a page for people, to data for programs."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from pyoxigraph import RdfFormat, parse
from starlette.testclient import TestClient

from graph_build.build import build
from graph_build.query import stored
from graph_build.serve.app import application
from graph_build.serve.limits import Limits
from graph_build.serve.site import Site
from graph_build.store import NQUADS, load_store

from .conftest import Server

BASE = "https://w3id.org/her2kg/"
TDXD = "drug/trastuzumab-deruxtecan"
PAPER = "https://doi.org/10.1016/j.ctrv.2020.101996"
BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
DATA = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}


class Links(HTMLParser):
    """The targets of links in a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name == "href"]


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [(BROWSER["accept"], "html"), ("*/*", "html"), ("text/turtle", "ttl"), ("application/ld+json", "jsonld")],
)
def test_a_thing_leads_to_a_document_about_it(client: httpx.Client, accept: str, suffix: str) -> None:
    answer = client.get(f"/{TDXD}", headers={"accept": accept})

    assert (answer.status_code, answer.headers["location"]) == (303, f"/{TDXD}.{suffix}")
    assert "accept" in answer.headers["vary"]


@pytest.mark.parametrize("suffix", DATA)
def test_data_of_a_thing(client: httpx.Client, suffix: str) -> None:
    answer = client.get(f"/{TDXD}.{suffix}", headers={"accept": "image/png"})

    triples = {str(t.triple) for t in parse(answer.content, DATA[suffix])}
    same = {str(t.triple) for t in parse(client.get(f"/{TDXD}.nt").content, RdfFormat.N_TRIPLES)}
    assert answer.status_code == 200
    assert triples == same
    assert any('#altLabel> "T-DXd"@en' in t for t in triples)
    assert any("ontology#exact>" in t for t in triples), "the quotes belong to it"


def test_the_page_of_a_drug(client: httpx.Client) -> None:
    page = client.get(f"/{TDXD}.html").text

    for part in (
        "<h1><bdi>trastuzumab deruxtecan</bdi></h1>",
        "Enhertu",
        'href="/drug-class/antibody-drug-conjugate"',
        'href="http://identifiers.org/drugbank/DB14962" rel="noopener noreferrer"',
        'title="names trastuzumab deruxtecan">trastuzumab deruxtecan</mark> amount to a breakthrough.',
        "a review’s own summary",
        'href="/gene/erbb2"',
    ):
        assert part in page


def test_what_is_denied_or_open_is_marked(client: httpx.Client) -> None:
    page = client.get("/topic/her2-subgroup-definition.html").text

    assert '<strong class="badge no">Denied</strong>' in page
    assert "It is denied that HER2 subgroup definition has a consensus in non-small cell lung carcinoma" in page


@pytest.mark.parametrize(
    "path",
    [
        "ontology",
        "dataset",
        "graph/concepts",
        "graph/document/10-1016-j-ctrv-2020-101996",
        "study/destiny-lung01",
        "ontology/0.1.0",  # only linked to
    ],
)
def test_other_kinds_of_things(client: httpx.Client, path: str) -> None:
    page = client.get(f"/{path}", headers=BROWSER, follow_redirects=True)

    assert page.status_code == 200
    assert f"{BASE}{path}" in page.text


def test_parts_of_a_thing_have_a_line_on_its_page_and_a_page(client: httpx.Client) -> None:
    page = client.get("/ontology.html").text
    part = client.get("/about", params={"iri": BASE + "ontology#Drug"}, headers=BROWSER)

    assert 'id="Drug"' in page
    assert "A single medicine" in part.text


def test_a_graph_as_data_is_all_that_it_holds(client: httpx.Client) -> None:
    data = list(parse(client.get("/graph/mappings.nt").content, RdfFormat.N_TRIPLES))

    assert len(data) > 1_000


def test_things_of_others_have_pages_too(client: httpx.Client) -> None:
    page = client.get("/about", params={"iri": PAPER}, headers=BROWSER)
    data = client.get("/about.ttl", params={"iri": PAPER})

    assert "The force of HER2 - A druggable target in NSCLC?" in page.text
    assert data.headers["content-type"] == "text/turtle; charset=utf-8"
    assert client.get("/about", params={"iri": BASE + TDXD}).headers["location"] == f"/{TDXD}"


def test_every_link_of_a_page_leads_somewhere(client: httpx.Client) -> None:
    for start in (f"/{TDXD}.html", "/statement/0cb150d72ddc2d56.html", "/about.html?iri=" + quote(PAPER, safe="")):
        page = client.get(start)
        links = {link for link in Links(page.text).found if link.startswith("/")}
        assert page.status_code == 200
        assert len(links) > 5
        for link in sorted(links)[:40]:
            assert client.get(link, follow_redirects=True).status_code == 200, link


def test_what_is_not_there_comes_with_what_was_perhaps_meant(client: httpx.Client) -> None:
    page = client.get("/drug/trastuzumb-derxtecan", headers=BROWSER)
    plain = client.get("/drug/Enhertuu.ttl", headers={"accept": "text/turtle"})

    assert (page.status_code, plain.status_code) == (404, 404)
    assert f'href="/{TDXD}"' in page.text
    assert plain.text.startswith(f"<{BASE}drug/Enhertuu> is not in this graph; perhaps <{BASE}{TDXD}>")


@pytest.mark.parametrize(
    "path", ["/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%00", "/drug/%ff", "/drug/a b", "/" + "x" * 5_000]
)
def test_addresses_that_are_no_things(client: httpx.Client, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert "root:" not in answer.text


def test_a_format_that_there_is_not(client: httpx.Client) -> None:
    by_header = client.get(f"/{TDXD}", headers={"accept": "image/png"})
    by_ending = client.get(f"/{TDXD}.csv")

    for answer in (by_header, by_ending):
        assert answer.status_code == 406
        assert "text/html (.html), text/turtle (.ttl), application/n-triples (.nt)" in answer.text


def test_the_stored_questions(client: httpx.Client) -> None:
    page = client.get("/questions", headers=BROWSER).text
    links = Links(page).found

    assert "</b>studies" in page
    assert f"/{TDXD}" in links
    for question in stored().values():
        assert question.services or any(link.startswith(f"/query/{question.name}") for link in links), question.name
    assert client.get("/", headers={"accept": "text/turtle"}).headers["location"] == "/dataset.ttl"


def test_every_stored_question_runs_from_its_link(client: httpx.Client) -> None:
    links = [link for link in Links(client.get("/questions", headers=BROWSER).text).found if link.startswith("/query/")]
    links = [link for link in links if "." not in link.partition("?")[0]]  # the pages

    for link in links:
        answer = client.get(link, headers=BROWSER)
        assert answer.status_code == 200, (link, answer.text)


def test_an_answer_leads_to_what_it_names(client: httpx.Client) -> None:
    page = client.get("/query/drugs-by-alteration", params={"drug": "T-DXd"}, headers=BROWSER).text

    assert '<td data-name="study"><a href="/study/destiny-lung02"><bdi>DESTINY-Lung02</bdi></a></td>' in page
    assert f'<td data-name="given"><a href="/{TDXD}"><bdi>trastuzumab deruxtecan</bdi></a></td>' in page
    assert '<td data-name="year"><bdi>2022</bdi></td>' in page


def test_an_answer_shows_what_it_was_asked_with_only_where_there_is_something(client: httpx.Client) -> None:
    def heads(**values: str) -> list[str]:
        page = client.get("/query/drugs-by-alteration", params=values, headers=BROWSER).text
        return re.findall(r'<th scope="col">(.*?)</th>', page.partition("The query")[0])

    always = ["given", "within", "enrolled", "study", "phase", "paper", "year"]
    assert heads() == always
    assert heads(drug="T-DXd") == [*always, "drug"]


def test_the_parts_of_a_document_come_with_their_words(client: httpx.Client) -> None:
    page = client.get("/graph/document/10-1016-j-ctrv-2020-101996.html", headers=BROWSER).text
    named, unnamed = page.partition(">Parts</h2>")[2].partition("<summary>Parts without a name (")[::2]

    assert '<li id="abstract">' in page
    assert "-position" not in named
    assert "-position" in unnamed


def test_questions_are_asked_of_other_graphs_without_what_they_do_not_know(
    tmp_path: Path, started: Callable[..., Server]
) -> None:
    build([Path(__file__).parents[1] / "read" / "medline.txt"], output=tmp_path / "graph")
    with started("--title", "Conjugates in the lung", graph=tmp_path / "graph").client() as client:
        links = Links(client.get("/questions", headers=BROWSER).text).found
        start = client.get("/", headers=BROWSER).text

    assert {"/query/facts-of-a-study", "/query/reference-list?year=2023"} <= set(links)
    assert "<title>Conjugates in the lung</title>" in start


def test_the_command_calls_the_explorer_by_its_title(started: Callable[..., Server]) -> None:
    with started("--title", "One <title>").client() as client:
        assert "<title>One &lt;title&gt;</title>" in client.get("/", headers=BROWSER).text


def test_a_stored_question_in_every_format(client: httpx.Client) -> None:
    address, given = "/query/drugs-by-alteration", {"drug": "T-DXd", "alteration": ""}
    page = client.get(address, params=given, headers=BROWSER)
    table = client.get(address + ".csv", params=given)

    assert "DESTINY-Lung02" in page.text
    assert 'value="T-DXd"' in page.text
    assert table.text.startswith("given,within,enrolled,study")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert client.get(address, params=given).json()["head"]["vars"][0] == "given"
    assert client.get(address, params=given, headers={"accept": "text/csv"}).content == table.content
    assert client.get("/query/drug-neighbourhood.ttl", params={"drug": "T-DXd"}).text.startswith("@prefix")


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/query/drugs-by-alteratio", 404, "did you mean drugs-by-alteration?"),
        ("/query/drugs-by-alteration.csv?drug=T-DXdd", 400, "drug T-DXdd: nothing in the graph is called so"),
        ("/query/drugs-by-alteration.csv?drog=x", 400, "no parameter drog; did you mean drug?"),
        ("/query/drugs-by-alteration.ttl", 406, "application/sparql-results+json (.json)"),
        ("/query/drugs-in-wikidata.csv", 403, "asks no other servers"),
    ],
)
def test_what_a_stored_question_cannot(client: httpx.Client, address: str, status: int, sentence: str) -> None:
    answer = client.get(address)

    assert answer.status_code == status
    assert sentence in answer.text


def test_an_error_of_a_question_stands_on_its_page(client: httpx.Client) -> None:
    page = client.get("/query/drugs-by-alteration?drug=<b>T-DXdd", headers=BROWSER)

    assert page.status_code == 400
    assert "nothing in the graph is called so" in page.text
    assert 'value="&lt;b&gt;T-DXdd"' in page.text


def test_a_graph_too_large_for_the_explorer_begins_with_its_questions(
    packaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    triples = distinct_triples(packaged)
    monkeypatch.setattr("graph_build.serve.site.EXPLORED", triples - 1)
    with TestClient(application(packaged, Limits()), base_url="http://localhost") as client:
        answer = client.get("/", headers=BROWSER, follow_redirects=False)
        page = client.get("/questions", headers=BROWSER)

    assert (answer.status_code, answer.headers["location"]) == (303, "/questions")
    assert f"This graph has {triples:,} triples. The explorer shows graphs of up to" in page.text


def test_a_graph_without_its_description_is_counted(packaged: Path, tmp_path: Path) -> None:
    lines = (packaged / NQUADS).read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / NQUADS).write_text("".join(x for x in lines if "/graph/dataset> ." not in x), encoding="utf-8")
    load_store(tmp_path)

    assert Site(packaged, Limits()).triples == distinct_triples(packaged)
    assert Site(tmp_path, Limits()).triples == distinct_triples(tmp_path) < distinct_triples(packaged)


def distinct_triples(folder: Path) -> int:
    """How many triples the union of a graph's named graphs has."""
    lines = (folder / NQUADS).read_text(encoding="utf-8").splitlines()
    return len({line.rpartition(" <")[0] for line in lines})
