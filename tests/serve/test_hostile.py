"""A graph whose values would do harm, and pages that show them as what they are: text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import httpx
import pytest

EVIL = "/drug/evil.html"
BASE = "https://w3id.org/her2kg/"


class Elements(HTMLParser):
    """All elements of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


@pytest.fixture(params=["page", "question", "answer", "missing"])
def page(request: pytest.FixtureRequest, hostile: httpx.Client) -> str:
    """The pages that show values of the graph."""
    html = {"accept": "text/html"}
    match request.param:
        case "page":
            return hostile.get(EVIL).text
        case "question":
            return hostile.get("/query/where-a-name-stands?name=<script>alert(1)</script>", headers=html).text
        case "answer":
            query = "SELECT * { ?s ?p ?o } # </pre><script>alert(5)</script>"
            return hostile.get("/sparql", params={"query": query}, headers=html).text
    return hostile.get("/drug/evil<script>alert(6)</script>", headers=html).text


def test_only_our_own_elements_and_attributes(page: str) -> None:
    elements = Elements(page)

    assert "script" not in elements.names
    assert not [name for name, _ in elements.attributes if name.startswith("on") or name in ("style", "src")]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\r]", page)
    for name, value in elements.attributes:
        if name in ("href", "action"):
            assert value == "#content" or value.startswith(("/", "https://", "http://")), value
            assert not value.startswith("//")


def test_values_are_shown_as_they_are(hostile: httpx.Client) -> None:
    page = hostile.get(EVIL).text

    assert "<h1><bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi></h1>" in page
    assert "<title>&lt;script&gt;alert(1)&lt;/script&gt; – her2kg</title>" in page
    assert "abc⟨U+202E⟩dlog" in page
    assert "javascript:alert(3)" in page
    assert "${7*7} {{7*7}} $title" in page
    assert 'href="https://example.org/a&#x27;b&amp;c=d?%22%3E"' in page


def test_every_answer_has_the_policy(hostile: httpx.Client) -> None:
    explorer = hostile.get("/").headers["content-security-policy"]
    assert re.fullmatch(
        r"default-src 'none'; script-src 'sha256-[^ ;]+'; style-src 'sha256-[^ ;]+'; "
        r"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        explorer,
    )
    for path in (
        "/questions",
        EVIL,
        "/drug/evil",
        "/drug/no",
        "/style.css",
        "/sparql",
        "/drug/evil.ttl",
        "/about",
        "/sparql?query=x",
    ):
        headers = hostile.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';"), path
        assert headers["x-content-type-options"] == "nosniff"


def test_an_address_never_leads_away(hostile: httpx.Client) -> None:
    answer = hostile.get(
        httpx.URL(str(hostile.base_url).rstrip("/") + "//example.org/away"), headers={"accept": "text/html"}
    )

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/about.html?iri=https%3A%2F%2Fw3id.org%2Fher2kg%2F%2Fexample.org")
    assert hostile.get(answer.headers["location"]).status_code == 200


def test_no_header_from_an_address_or_a_value(hostile: httpx.Client) -> None:
    answer = hostile.get("/drug/a%250D%250AX-Evil:%25201", headers={"accept": "text/turtle"})
    split = hostile.get("/drug/a%0D%0AX-Evil:%201", headers={"accept": "text/turtle"})

    assert (answer.status_code, split.status_code) == (303, 404)  # a line break is in no IRI
    assert "x-evil" not in answer.headers
    assert "x-evil" not in split.headers


def test_iris_beyond_ascii_and_with_endings(hostile: httpx.Client) -> None:
    beyond = hostile.get("/drug/b%C3%BCcher", headers={"accept": "text/html"}, follow_redirects=True)
    ending = hostile.get("/drug/a.ttl", headers={"accept": "text/html"}, follow_redirects=True)
    reserved = hostile.get("/about", params={"iri": BASE + "sparql"}, headers={"accept": "text/html"})

    assert "<h1><bdi>Bücher</bdi></h1>" in beyond.text
    assert "ends like data" in ending.text
    assert "the endpoint" in reserved.text
