"""Ask a store: parameters as bindings, results as rows."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    Variable,
    serialize,
)

from .questions import Parameter, QueryError, StoredQuery, find, parse, stored
from .recognise.fold import fold
from .vocabulary import PREFIXES

if TYPE_CHECKING:
    import pandas

__all__ = [
    "Answer",
    "Parameter",
    "QueryError",
    "Rows",
    "StoredQuery",
    "bind",
    "find",
    "option",
    "parse",
    "rows",
    "run",
    "serialized",
    "stored",
    "value",
]

#: The result formats by the names of the command line.
FORMATS: Final = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
_NUMBERS: Final = {"integer": int, "decimal": float, "double": float, "int": int, "gYear": int}


Term = NamedNode | BlankNode | Literal | Triple
Answer = QuerySolutions | QueryBoolean | QueryTriples


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a question: plain Python values, ``None`` where nothing is bound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> tuple[Any, ...]:
        return self.rows[index]

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows by column name."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_dataframe(self) -> pandas.DataFrame:
        """The rows as a pandas DataFrame.

        Raises :class:`QueryError` when pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise QueryError("pandas is not installed; run: pip install pandas") from error
        return pandas.DataFrame([list(row) for row in self.rows], columns=list(self.columns))

    def _repr_html_(self) -> str:
        from html import escape

        head = "".join(f"<th>{escape(c)}</th>" for c in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape('' if v is None else str(v))}</td>" for v in row) + "</tr>"
            for row in self.rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def bind(query: StoredQuery, values: Mapping[str, str], store: Store) -> dict[Variable, Term]:
    """Values for a question's parameters, as RDF terms; never as text in the query.

    A label may be any name of the thing, in any case.  Raises :class:`QueryError` for an
    unknown parameter or name, with what was perhaps meant.
    """
    bound: dict[Variable, Term] = {}
    known = {p.name: p for p in query.parameters}
    for name, value in values.items():
        if name in known:
            bound[Variable(name)] = _term(known[name].kind, name, value, store)
        elif re.search(rf"[?$]{re.escape(name)}\b", query.text) and not known:
            bound[Variable(name)] = NamedNode(value) if value.startswith(("http://", "https://")) else Literal(value)
        else:
            near = difflib.get_close_matches(name, known, n=1)
            has = f"it has {', '.join(map(option, known))}" if known else "it has none"
            raise QueryError(
                f"{query.name}: no parameter {option(name)}; " + (f"did you mean {option(near[0])}?" if near else has)
            )
    return bound


def option(name: str) -> str:
    """A parameter as it is given on the command line."""
    return "--" + name.replace("_", "-")


def _term(kind: str, name: str, value: str, store: Store) -> NamedNode | Literal:
    if kind == "text":
        return Literal(value)
    if kind == "iri":
        prefix, colon, local = value.partition(":")
        full = PREFIXES[prefix] + local if colon and prefix in PREFIXES else value
        try:
            return NamedNode(full)
        except ValueError as error:
            raise QueryError(f"--{name} {value}: is not an IRI ({error})") from error
    if kind in ("year", "number"):
        if not re.fullmatch(r"-?\d+(\.\d+)?", value):
            raise QueryError(f"--{name} {value}: is not a {kind}")
        return Literal(int(value)) if "." not in value else Literal(float(value))
    return _label(name, value, store)


_NAMES: Final = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?name ?label WHERE { ?thing rdfs:label|skos:altLabel|skos:hiddenLabel ?name ; rdfs:label ?label
  FILTER(LANG(?label) = "en" && !CONTAINS(STR(?thing), "/statement/") && !CONTAINS(STR(?thing), "ontology#")) }
"""


def _label(name: str, value: str, store: Store) -> Literal:
    """The label of what is called so; a label itself goes before a synonym."""
    found: dict[str, Literal] = {}
    names: dict[str, str] = {}
    solutions = store.query(_NAMES)
    assert isinstance(solutions, QuerySolutions)
    for written, label in solutions:
        if not isinstance(written, Literal) or not isinstance(label, Literal):
            continue
        key = fold(written.value).text  # as the recogniser compares: HER-2, Her 2 and HER2 are one
        names[key] = written.value
        rank = (key != fold(label.value).text, label.value)  # a label goes before a synonym
        if key not in found or rank < (key != fold(found[key].value).text, found[key].value):
            found[key] = label
    wanted = fold(value).text
    if wanted in found:
        return found[wanted]
    near = [names[n] for n in difflib.get_close_matches(wanted, sorted(found), n=3, cutoff=0.6)]
    hint = f"did you mean {' or '.join(near)}?" if near else "nothing in the graph has a similar name"
    raise QueryError(f"--{name} {value}: nothing in the graph is called so; {hint}")


def run(store: Store, query: StoredQuery, values: Mapping[str, str] | None = None) -> Answer:
    """Ask a question of a store; its default graph is the union of all graphs.

    Raises :class:`QueryError` for a syntax error, naming the place.
    """
    bindings = bind(query, values or {}, store)
    try:
        return store.query(query.text, substitutions=bindings or None)
    except SyntaxError as error:
        raise QueryError(f"{query.name}: not valid SPARQL: {error}") from error
    except OSError as error:
        raise QueryError(f"{query.name}: could not be answered: {error}") from error


def rows(result: Answer) -> Rows:
    """An answer as rows of Python values."""
    if isinstance(result, QueryBoolean):
        return Rows(("answer",), ((bool(result),),))
    if isinstance(result, QueryTriples):
        return Rows(
            ("subject", "predicate", "object"),
            tuple(sorted((value(t.subject), value(t.predicate), value(t.object)) for t in result)),
        )
    columns = tuple(v.value for v in result.variables)
    try:
        return Rows(columns, tuple(tuple(value(term) for term in solution) for solution in result))
    except OSError as error:  # a SERVICE that does not answer, found out only while reading
        raise QueryError(f"the question could not be answered: {error}") from error


def value(term: NamedNode | BlankNode | Literal | Triple | None) -> Any:
    """A term as the Python value people expect; other literals as they are written."""
    match term:
        case None:
            return None
        case Literal(datatype=NamedNode(value=datatype), value=lexical):
            kind = datatype.rpartition("#")[2]
            if kind == "boolean":
                return lexical in ("true", "1")
            try:
                return _NUMBERS.get(kind, str)(lexical)
            except ValueError:
                return lexical
        case NamedNode(value=iri):
            return iri
        case _:
            return str(term)


def serialized(result: Answer, format: str) -> bytes:
    """An answer in a W3C format, or as Turtle for CONSTRUCT and DESCRIBE.

    Raises :class:`QueryError` when the format does not fit the kind of question.
    """
    if isinstance(result, QueryTriples):
        if format != "turtle":
            raise QueryError(f"this question answers with a graph; use --format turtle, not {format}")
        triples = sorted(result, key=str)
        return cast(bytes, serialize(triples, format=RdfFormat.TURTLE, prefixes=_used(triples)))
    if format == "turtle":
        raise QueryError("turtle is for CONSTRUCT and DESCRIBE; use --format table, csv, tsv, json or xml")
    if isinstance(result, QueryBoolean) and format in ("csv", "tsv"):
        return f"answer\n{str(bool(result)).lower()}\n".encode()
    try:
        return cast(bytes, result.serialize(format=FORMATS[format]))
    except OSError as error:
        raise QueryError(f"the question could not be answered: {error}") from error


def _used(triples: Sequence[Triple]) -> dict[str, str]:
    text = " ".join(map(str, triples))
    return {prefix: base for prefix, base in PREFIXES.items() if base in text}
