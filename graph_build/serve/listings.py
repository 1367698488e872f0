"""The start page, the pages of stored questions and answers, and pages of errors."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from ..questions import StoredQuery, stored
from .answering import Reply
from .entities import Entities
from .frame import apart, binding_shown, items, page, section
from .markup import Html, isolated, tag, thing_link, together
from .negotiate import RESULTS

#: Rows of an answer that a page shows; the other formats have all.
ROWS: Final = 1_000
#: Classes that the start page counts, with their words for many.
_COUNTED: Final = {
    "Publication": "papers",
    "Study": "studies",
    "Statement": "statements",
    "Evidence": "quotes",
    "Mention": "mentions",
    "Drug": "drugs",
    "Alteration": "alterations",
    "Disease": "diseases",
}
_EXAMPLE: Final = """PREFIX her2: <https://w3id.org/her2kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?study ?phase
WHERE { ?trial a her2:InterventionalTrial ; rdfs:label ?study . OPTIONAL { ?trial her2:phase ?phase } }
ORDER BY ?study
"""


def start_page(report: Mapping[str, Any], examples: Sequence[str], entities: Entities) -> bytes:
    """What this is, how much of it there is, and where to begin."""
    counts = {name: int(report.get("counts", {}).get(name, 0)) for name in _COUNTED}
    return page(
        "her2kg",
        tag("h1", "What the literature says about HER2-altered lung cancer"),
        tag("p", "A graph of studies and statements, each statement with the quotes that support it."),
        items(
            (together([tag("b", f"{n:,}"), _COUNTED[name]]) for name, n in counts.items() if n),
            class_="counts",
        ),
        section("Begin with", items(thing_link(iri, entities.label(iri)) for iri in examples)),
        section("Stored questions", tag("div", tag("table", tag("tbody", map(_line, stored().values()))))),
        section(
            "SPARQL",
            tag("p", "The endpoint is ", tag("code", "/sparql"), "; without a query it describes itself."),
            tag(
                "form",
                tag("label", "A query", tag("textarea", _EXAMPLE, name="query", rows="8", spellcheck="false")),
                tag("button", "Ask", type="submit"),
                action="/sparql",
                method="get",
            ),
        ),
    )


def _line(question: StoredQuery) -> Html:
    """A stored question in the list, with a link that runs it as its example does."""
    if question.services:
        return tag("tr", tag("td", question.summary, tag("div", "asks other servers, not from here", class_="quiet")))
    address = f"/query/{question.name}"
    given = _example(question)
    links = [tag("a", f.suffix, href=_address(question.name, f.suffix, given)) for f in RESULTS if f.suffix != "html"]
    if _is_graph(question):
        links = [tag("a", "ttl", href=_address(question.name, "ttl", given))]
    values = ", ".join(given.values())
    return tag(
        "tr",
        tag(
            "td",
            tag("a", question.summary, href=address + (f"?{urlencode(given)}" if given else "")),
            tag("div", apart(([isolated(values)] if values else []) + links), class_="quiet"),
        ),
    )


def _example(question: StoredQuery) -> dict[str, str]:
    """The values of its example, which is written as for a command line: ``--drug-class ADC``."""
    words = shlex.split(question.example)
    return {n.removeprefix("--").replace("-", "_"): v for n, v in zip(words[::2], words[1::2], strict=False)}


def _is_graph(question: StoredQuery) -> bool:
    return any(line.split()[:1] in (["CONSTRUCT"], ["DESCRIBE"]) for line in question.text.splitlines())


def _address(name: str, suffix: str, values: Mapping[str, str]) -> str:
    return f"/query/{name}.{suffix}" + (f"?{urlencode(values)}" if values else "")


def question_page(question: StoredQuery, values: Mapping[str, str], reply: Reply, entities: Entities) -> bytes:
    """A stored question with a field for each parameter, and its answer or what is wrong."""
    fields = [
        tag(
            "label",
            tag("b", parameter.name.replace("_", " ")),
            f": {parameter.description}",
            tag("input", name=parameter.name, value=values.get(parameter.name, "")),
        )
        for parameter in question.parameters
    ]
    suffixes = ["ttl", "nt", "jsonld", "rdf"] if _is_graph(question) else ["csv", "tsv", "json", "xml"]
    links = [tag("a", suffix, href=_address(question.name, suffix, values)) for suffix in suffixes]
    form = tag("form", fields, tag("button", "Ask", type="submit"), action=f"/query/{question.name}", method="get")
    return page(
        f"{question.summary} – her2kg",
        tag("h1", question.summary),
        form if fields else None,
        tag("p", "As data: ", apart(links), class_="quiet"),
        _answer(reply, entities),
        section("The query", tag("pre", question.text)),
    )


def answer_page(query: str, reply: Reply, entities: Entities) -> bytes:
    """The answer to a query that a browser sent."""
    return page("Answer – her2kg", tag("h1", "Answer"), _answer(reply, entities), section("Query", tag("pre", query)))


def _answer(reply: Reply, entities: Entities) -> Html:
    """An answer as a table; a sentence when there is none; a graph as its Turtle."""
    if reply.status != 200:
        return tag("p", reply.body.decode(), class_="mark")
    if not reply.content_type.startswith("application/sparql-results+json"):
        return tag("pre", reply.body.decode())
    read = json.loads(reply.body)
    if "boolean" in read:
        return tag("p", tag("strong", "Yes" if read["boolean"] else "No"))
    names, rows = read["head"]["vars"], read["results"]["bindings"]
    shown = [tag("tr", [tag("td", binding_shown(row.get(name), entities)) for name in names]) for row in rows[:ROWS]]
    number = "1 row" if len(rows) == 1 else f"{len(rows):,} rows"
    note = number + (f", the first {ROWS:,} shown" if len(rows) > ROWS else "")
    heads = tag("tr", [tag("th", name.replace("_", " "), scope="col") for name in names])
    table = tag("div", tag("table", tag("thead", heads), tag("tbody", shown)), class_="wide")
    return together([tag("p", note, class_="quiet"), table if rows else None])


def error_page(heading: str, sentence: str, near: Sequence[str], entities: Entities) -> bytes:
    """An error, with what was perhaps meant."""
    return page(
        f"{heading} – her2kg",
        tag("h1", heading),
        tag("p", isolated(sentence)),
        section("Perhaps", items(thing_link(iri, entities.label(iri)) for iri in near) if near else None),
        tag("p", tag("a", "Start", href="/")),
    )
