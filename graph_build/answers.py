"""Answers as rows of Python values, and in the W3C's formats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    Triple,
    serialize,
)

from .prefixes import PREFIXES
from .questions import QueryError
from .spreadsheet import write_csv

if TYPE_CHECKING:
    import pandas

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
    return Rows(columns, tuple(tuple(value(term) for term in solution) for solution in result))


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

    CSV is for spreadsheets: a cell that one would run as a formula begins with an apostrophe (decision 0014).

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
    if isinstance(result, QuerySolutions) and format == "csv":
        lines: list[bytes] = []
        write_csv(result, lines.append)
        return b"".join(lines)
    return cast(bytes, result.serialize(format=FORMATS[format]))


def _used(triples: Sequence[Triple]) -> dict[str, str]:
    text = " ".join(map(str, triples))
    return {prefix: base for prefix, base in PREFIXES.items() if base in text}
