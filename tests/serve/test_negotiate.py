"""Which format is given for which ``Accept``."""

from __future__ import annotations

import pytest

from graph_build.serve.negotiate import GRAPHS, RESULTS, THINGS, NotAcceptable, chosen, named

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        (None, "html"),
        ("", "html"),
        ("*/*", "html"),
        (BROWSER, "html"),
        ("text/turtle", "ttl"),
        ("TEXT/Turtle", "ttl"),
        ("text/turtle;q=0.4, application/ld+json;q=0.6", "jsonld"),
        ("text/html;q=0, */*", "ttl"),
        ("text/*;q=0.5, text/turtle;q=0.1, application/rdf+xml;q=0.3", "html"),
        ("text/*;q=0.1, application/*;q=0.2", "nt"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
        ("text/turtle;charset=utf-8;q=0.9, application/n-triples", "nt"),
        ("text/turtle;q=2, application/n-triples;q=0.001", "nt"),
        ("text/turtle, ,;;, application", "ttl"),
        ("*/*;q=0.1, application/rdf+xml;q=0.2", "rdf"),
    ],
)
def test_a_thing_is_given_as_what_is_wanted_most(accept: str | None, suffix: str) -> None:
    assert chosen(accept, THINGS).suffix == suffix


@pytest.mark.parametrize("accept", ["image/png", "text/html;q=0", "*/*;q=0", "nonsense", "text/turtle;q=x"])
def test_what_there_is_not_is_refused_with_what_there_is(accept: str) -> None:
    with pytest.raises(NotAcceptable, match=r"text/html \(\.html\), text/turtle \(\.ttl\)"):
        chosen(accept, THINGS)


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        ("*/*", "json"),
        ("application/json", "json"),
        ("text/xml", "xml"),
        ("text/csv;q=0.9, text/tab-separated-values", "tsv"),
        (BROWSER, "html"),
    ],
)
def test_rows(accept: str, suffix: str) -> None:
    assert chosen(accept, RESULTS).suffix == suffix


def test_an_ending_names_a_format() -> None:
    assert named("jsonld", GRAPHS).media_type == "application/ld+json"
    with pytest.raises(NotAcceptable, match=r"no \.csv of it; there are text/turtle"):
        named("csv", GRAPHS)
