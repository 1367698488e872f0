"""The stored questions as linked data: ``sh:SPARQLExecutable``, as the SIB SPARQL examples are published.

Each question is its IRI, its summary, its text with the comments but without the header, the endpoint for
which it is meant, its tags and parameters; those that ask other endpoints name them (``spex:federatesWith``).
``her2kg query --turtle`` prints it, and ``queries/queries.ttl`` holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from .prefixes import CURIES
from .questions import StoredQuery
from .services import tokens
from .vocabulary import BASE
from .write import iri, text

#: Where the questions have their IRIs, and the node with the prefixes that they all share.
QUERIES: Final = BASE + "queries/"
SHARED_PREFIXES: Final = QUERIES + "prefixes"
#: The endpoint for which they are meant, as the dataset description has it.
ENDPOINT: Final = BASE + "sparql"

#: The properties and classes of SHACL by the form of a query.
_FORMS: Final = {
    "SELECT": ("sh:SPARQLSelectExecutable", "sh:select"),
    "ASK": ("sh:SPARQLAskExecutable", "sh:ask"),
    "CONSTRUCT": ("sh:SPARQLConstructExecutable", "sh:construct"),
}
_HEADER: Final = ("rdfs", "schema", "sh", "skos", "spex", "xsd")


def form(question: StoredQuery) -> str:
    """SELECT, ASK or CONSTRUCT.

    >>> form(StoredQuery(name="q", text="# ASK\\nPREFIX ask: <urn:select> SELECT * {}", summary=""))
    'SELECT'
    """
    return next((t.keyword for t in tokens(question.text) if t.keyword in _FORMS), "SELECT")


def body(question: StoredQuery) -> str:
    """The text of a question without its header.

    >>> body(StoredQuery(name="q", text="#+ summary: Why?\\n\\n# a comment\\nASK {}\\n", summary=""))
    '# a comment\\nASK {}\\n'
    """
    lines = question.text.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("#+")).lstrip("\n")


def turtle(questions: Iterable[StoredQuery]) -> str:
    """The questions as a Turtle document; the same ones give the same bytes."""
    chosen = sorted(questions, key=lambda question: question.name)
    parts = [
        "# Generated from the .rq files: her2kg query --turtle\n\n",
        *(f"@prefix {prefix}: <{CURIES[prefix]}> .\n" for prefix in _HEADER),
        "\n",
        _prefixes(chosen),
        *(_question(question) for question in chosen),
    ]
    return "".join(parts)


def _prefixes(questions: Sequence[StoredQuery]) -> str:
    """One node that declares the prefixes of all questions, each under an IRI of its own."""
    used = dict(sorted({pair for question in questions for pair in declared(question)}))
    nodes = [f"<{SHARED_PREFIXES}#{prefix}>" for prefix in used]
    lines = [f"<{SHARED_PREFIXES}> sh:declare\n    " + " ,\n    ".join(nodes) + " .\n\n"] if used else []
    lines += [
        f"{node} sh:prefix {text(prefix)} ; sh:namespace {text(base)}^^xsd:anyURI .\n"
        for node, (prefix, base) in zip(nodes, used.items(), strict=True)
    ]
    return "".join(lines) + "\n"


def declared(question: StoredQuery) -> Iterator[tuple[str, str]]:
    """The prefixes that a question declares, with their bases."""
    read = tokens(question.text)
    for word, prefix, base in zip(read, read[1:], read[2:], strict=False):
        if word.keyword == "PREFIX":
            yield prefix.text.removesuffix(":"), base.text.strip("<>")


def _question(question: StoredQuery) -> str:
    kind, predicate = _FORMS[form(question)]
    node = iri(QUERIES + question.name)
    facts = [
        f"a sh:SPARQLExecutable , {kind}",
        f"rdfs:label {text(question.name)}",
        f"rdfs:comment {text(question.summary, 'en')}",
        f"sh:prefixes <{SHARED_PREFIXES}>",
        f"{predicate} {_long(body(question))}",
        f"schema:target <{ENDPOINT}>",
    ]
    if question.tags:
        facts.append("schema:keywords " + " , ".join(text(tag) for tag in sorted(question.tags)))
    if question.services:
        facts.append("spex:federatesWith " + " , ".join(iri(endpoint) for endpoint in sorted(question.services)))
    if question.example:
        facts.append(f"skos:example {text(question.example)}")
    parameters = {f"{node[:-1]}#{parameter.name}>": parameter for parameter in question.parameters}
    if parameters:
        facts.append("sh:parameter " + " , ".join(parameters))
    described = [
        f"{own} a sh:Parameter ; sh:path <{QUERIES}parameter/{parameter.name}> ; sh:name {text(parameter.name)} ;\n"
        f"    sh:description {text(parameter.description, 'en')} ; sh:optional true .\n"
        for own, parameter in parameters.items()
    ]
    return f"{node} " + " ;\n    ".join(facts) + " .\n" + "".join(described) + "\n"


def _long(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'"""{escaped}"""'
