"""The list of stored questions, the pages of their answers, and pages of errors."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

from ..questions import StoredQuery, stored
from .frame import Page, Setting, apart, items, section
from .markup import Html, isolated, tag, together

#: Why a question has no answer, in a graph without the things that it names.
UNKNOWN: Final = "nothing in this graph is called so"
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
_ROWS_AS: Final = ("csv", "tsv", "json", "xml")
_GRAPH_AS: Final = ("ttl", "nt", "jsonld", "rdf")
_EXAMPLE: Final = """PREFIX her2: <https://w3id.org/her2kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?study ?phase
WHERE { ?trial a her2:InterventionalTrial ; rdfs:label ?study . OPTIONAL { ?trial her2:phase ?phase } }
ORDER BY ?study
"""


class Answered(Protocol):
    """An answer to a question: rows as the W3C's JSON, a graph as Turtle, or a sentence that says what is wrong."""

    @property
    def status(self) -> int:
        """200, or the number of an error."""

    @property
    def content_type(self) -> str:
        """What the body is."""

    @property
    def body(self) -> bytes:
        """The whole answer."""


def questions_page(
    setting: Setting,
    report: Mapping[str, Any],
    examples: Sequence[str],
    asked: Mapping[str, Mapping[str, str]],
    note: str = "",
) -> Page:
    """What this is, how much of it there is, and where to begin; ``asked`` has the values to ask questions with."""
    counts = {name: int(report.get("counts", {}).get(name, 0)) for name in _COUNTED}
    endpoint = setting.addresses.endpoint
    lines = [_line(question, setting, asked.get(name)) for name, question in stored().items()]
    body = [
        tag("h1", "Questions"),
        tag("p", "A graph of studies and statements, each statement with the quotes that support it."),
        tag("p", note) if note else None,
        items(
            (together([tag("b", f"{n:,}"), _COUNTED[name]]) for name, n in counts.items() if n),
            class_="counts",
        ),
        section("Begin with", items(map(setting.link, examples))) if examples else None,
        section("Stored questions", items(lines, "questions")),
        _field(endpoint) if endpoint else None,
    ]
    return Page("Questions – her2kg", together(body), here="Questions")


def _field(endpoint: str) -> Html:
    """A field for a query, where a server answers."""
    return section(
        "SPARQL",
        tag("p", "The endpoint is ", tag("code", endpoint), "; without a query it describes itself."),
        tag(
            "form",
            tag("label", "A query", tag("textarea", _EXAMPLE, name="query", rows="8", spellcheck="false")),
            tag("button", "Ask", type="submit"),
            action=endpoint,
            method="get",
        ),
    )


def _line(question: StoredQuery, setting: Setting, given: Mapping[str, str] | None) -> Html:
    """A stored question in the list, with a link that runs it as its example does."""
    if question.services or given is None:
        why = "asks other servers, not from here" if question.services else UNKNOWN
        return together([question.summary, tag("div", why, class_="quiet")])
    address = setting.addresses.question(question.name, given)
    values = ", ".join(given.values())
    shown = [isolated(values)] if values else []
    links = apart([*shown, *_as_data(question, given, setting)])
    return together([tag("a", question.summary, href=address), tag("div", links, class_="quiet")])


def is_graph(question: StoredQuery) -> bool:
    """Whether its answer is a graph."""
    return any(line.split()[:1] in (["CONSTRUCT"], ["DESCRIBE"]) for line in question.text.splitlines())


def _as_data(question: StoredQuery, values: Mapping[str, str], setting: Setting) -> list[Html]:
    """Links to the answer in the formats that there are."""
    suffixes = _GRAPH_AS if is_graph(question) else _ROWS_AS
    links = {suffix: setting.addresses.question(question.name, values, suffix) for suffix in suffixes}
    return [tag("a", suffix, href=address) for suffix, address in links.items() if address]


def question_page(setting: Setting, question: StoredQuery, values: Mapping[str, str], reply: Answered) -> Page:
    """A stored question with a field for each parameter where a server answers, and its answer or what is wrong."""
    fields = [
        tag(
            "label",
            tag("b", parameter.name.replace("_", " ")),
            f": {parameter.description}",
            tag("input", name=parameter.name, value=values.get(parameter.name, "")),
        )
        for parameter in question.parameters
    ]
    address = setting.addresses.question(question.name, {}) if setting.addresses.endpoint else None
    form = tag("form", fields, tag("button", "Ask", type="submit"), action=address, method="get")
    given = "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in values.items())
    data = _as_data(question, values, setting)
    editor = setting.addresses.query(question.text)
    body = [
        tag("h1", question.summary),
        form if fields and address else tag("p", isolated(given)) if given else None,
        tag("p", "As data: ", apart(data), class_="quiet") if data else None,
        _answer(reply, setting, asked=[parameter.name for parameter in question.parameters]),
        section("The query", tag("pre", question.text, tabindex="0")),
        tag("p", tag("a", "This query in SPARQL", href=editor), class_="quiet") if editor else None,
    ]
    return Page(f"{question.summary} – her2kg", together(body))


def answer_page(setting: Setting, query: str, reply: Answered) -> Page:
    """The answer to a query that a browser sent."""
    body = [tag("h1", "Answer"), _answer(reply, setting), section("Query", tag("pre", query, tabindex="0"))]
    return Page("Answer – her2kg", together(body))


def _answer(reply: Answered, setting: Setting, asked: Sequence[str] = ()) -> Html:
    """An answer as a table, on a phone as cards; a sentence when there is none; a graph as its Turtle.

    What was ``asked`` with stands in the form above: such a column is shown only when it holds something.
    """
    if reply.status != 200:
        return tag("p", reply.body.decode(), class_="mark")
    if not reply.content_type.startswith("application/sparql-results+json"):
        return tag("pre", reply.body.decode(), tabindex="0")
    read = json.loads(reply.body)
    if "boolean" in read:
        return tag("p", tag("strong", "Yes" if read["boolean"] else "No"))
    names, rows = read["head"]["vars"], read["results"]["bindings"]
    names = [name for name in names if name not in asked or any(name in row for row in rows)]
    spoken = {name: name.replace("_", " ") for name in names}
    shown = [
        tag("tr", [tag("td", setting.binding(row.get(name)), data_name=spoken[name]) for name in names])
        for row in rows[:ROWS]
    ]
    number = "1 row" if len(rows) == 1 else f"{len(rows):,} rows"
    note = number + (f", the first {ROWS:,} shown" if len(rows) > ROWS else "")
    heads = tag("tr", [tag("th", name, scope="col") for name in spoken.values()])
    table = tag("table", tag("caption", note), tag("thead", heads), tag("tbody", shown), class_="cards")
    if not rows:
        return tag("p", note, class_="quiet")
    return tag("div", table, class_="wide shown", role="region", aria_label="Answer", tabindex="0")


def error_page(setting: Setting, heading: str, sentence: str, near: Sequence[str]) -> Page:
    """An error, with what was perhaps meant."""
    body = [
        tag("h1", heading),
        tag("p", isolated(sentence)),
        section("Perhaps", items(map(setting.link, near))) if near else None,
        tag("p", tag("a", "Start", href=setting.addresses.home)),
    ]
    return Page(f"{heading} – her2kg", together(body))
