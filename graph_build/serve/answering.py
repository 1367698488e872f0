"""One query and its whole answer, or the sentence that says why there is none.  This is what a worker does."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    Variable,
    serialize,
)

from ..answers import FORMATS, Answer, Term, serialized
from ..prefixes import PREFIXES
from ..query import Names, QueryError, bind, names_of, stored
from ..spreadsheet import write_csv
from .admission import Admitted, Dataset, Refused, admit
from .negotiate import GRAPHS, HTML, PLAIN, RESULTS, Format, NotAcceptable, chosen, named

#: How graphs are written, by the ending of the format.
SYNTAXES: Final = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
_Graph = NamedNode | BlankNode | DefaultGraph
_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A query as it came: its text, or the name of a stored question with values."""

    text: str = ""
    question: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    accept: str | None = None
    suffix: str = ""  # of the format, when the address has one; it goes before ``accept``
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, complete.  As a ``page`` it is still JSON or Turtle, which the server puts into HTML."""

    status: int
    content_type: str
    body: bytes
    page: bool = False


class TooLarge(Exception):
    """An answer has grown beyond the limit."""


class Limited(io.BytesIO):
    """A buffer that takes no more than so many bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def write(self, data: Any) -> int:
        """Add bytes; raises :class:`TooLarge`."""
        if self.tell() + len(data) > self.limit:
            raise TooLarge
        return super().write(data)


def sentence(status: int, text: str) -> Reply:
    """A refusal or an error, as plain text on one line."""
    return Reply(status, PLAIN.content_type, (" ".join(text.split()) + "\n").encode("utf-8", "replace"))


def answer(store: Store, task: Task, largest: int) -> Reply:
    """The whole answer to a query, of at most ``largest`` bytes; never a part of it."""
    try:
        return _answer(store, task, largest)
    except Refused as error:
        return sentence(403, str(error))
    except NotAcceptable as error:
        return sentence(406, str(error))
    except SyntaxError as error:
        return sentence(400, syntax_error(str(error), moved="service" in task.text.lower()))
    except QueryError as error:
        options = r"(?<!\S)--(?=\w)"  # how parameters are given on a command line
        return sentence(400, re.sub(options, "", str(error)))
    except (TooLarge, MemoryError):
        return sentence(413, f"the answer is larger than {largest / 1_000_000:g} MB; ask for less, such as with LIMIT")
    except (OSError, ValueError, RuntimeError) as error:
        return sentence(400, f"the query cannot be answered: {error}")


def _answer(store: Store, task: Task, largest: int) -> Reply:
    text, bindings = task.text, {}
    if task.question:
        question = stored()[task.question]
        text, bindings = question.text, bind(question, task.values, store, _names(store))
    protocol = Dataset(task.default_graphs, task.named_graphs) if task.default_graphs or task.named_graphs else None
    known = {graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode)}
    result = _ask(store, admit(text, protocol, known), bindings)
    formats = (*GRAPHS, HTML) if isinstance(result, QueryTriples) else RESULTS
    format = named(task.suffix, formats) if task.suffix else chosen(task.accept, formats)
    shown = formats[0] if format is HTML else format
    return Reply(
        200, shown.content_type, written(result, shown, largest, neutral=bool(task.question)), page=format is HTML
    )


@lru_cache(maxsize=1)
def _names(store: Store) -> Names:
    """What the things of the graph are called; a server's graph does not change while it is served."""
    return names_of(store)


def _ask(store: Store, query: Admitted, bindings: Mapping[Variable, Term]) -> Answer:
    substitutions = dict(bindings) or None
    if query.dataset is None:
        return store.query(query.text, substitutions=substitutions)
    default: list[NamedNode | BlankNode | DefaultGraph] = [NamedNode(iri) for iri in query.dataset.default]
    graphs: list[NamedNode | BlankNode] = [NamedNode(iri) for iri in query.dataset.named]
    if len(default) > 1:
        return _merged(store, default, graphs).query(query.text, substitutions=substitutions)
    return store.query(query.text, substitutions=substitutions, default_graph=default, named_graphs=graphs)


def _merged(store: Store, default: Iterable[_Graph], graphs: Iterable[_Graph]) -> Store:
    """A store in memory for a default graph of several, which the engine would not merge (decision 0009)."""
    merged = Store()
    for graph in default:
        found = store.quads_for_pattern(None, None, None, graph)
        merged.bulk_extend(Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in found)
    for graph in graphs:
        merged.bulk_extend(store.quads_for_pattern(None, None, None, graph))
    return merged


def written(result: Answer, format: Format, largest: int, *, neutral: bool = False) -> bytes:
    """An answer in a format; raises :class:`TooLarge`.

    With ``neutral`` no cell of CSV is a formula: it is a download for people (decision 0014).
    """
    output = Limited(largest)
    if isinstance(result, QueryTriples):
        triples, size = set(), 0
        for triple in result:
            size += len(str(triple))
            if size > 4 * largest:  # as N-Triples; prefixes make it shorter
                raise TooLarge
            triples.add(triple)
        write_graph(triples, format, output)
    elif isinstance(result, QueryBoolean) and format.suffix in ("csv", "tsv"):
        output.write(serialized(result, format.suffix))  # the W3C's CSV and TSV have no yes or no
    elif isinstance(result, QuerySolutions) and format.suffix == "csv" and neutral:
        write_csv(result, output.write)
    else:
        result.serialize(output, format=FORMATS[format.suffix])
    return output.getvalue()


def write_graph(triples: set[Triple], format: Format, output: io.BytesIO) -> None:
    """Triples in a format, sorted, with the prefixes that they use."""
    ordered = sorted(triples, key=str)
    prefixes = None
    if format.suffix != "nt":
        text = " ".join(map(str, ordered))
        prefixes = {prefix: base for prefix, base in PREFIXES.items() if base in text}
    serialize(ordered, output, SYNTAXES[format.suffix], prefixes=prefixes)


def syntax_error(message: str, *, moved: bool = False) -> str:
    """The engine's message in words, with line and column.

    >>> syntax_error("error at 2:9: expected one of LATERAL, SERVICE, [_]")
    'not valid SPARQL at line 2, column 9: expected LATERAL'
    >>> syntax_error("error at 1:6: expected [_]")
    'not valid SPARQL at line 1, column 6'

    With ``moved`` the places are those of the text without its comments, as the engine read it.
    """
    found = _PLACE.search(message)
    if not found:
        return f"not valid SPARQL: {message}"
    rest = re.sub(r"(?:, |(?<=of )|(?<=expected ))(?:\[.*?\]|SERVICE|\[_\])(?=, |$)", "", found[3], flags=re.DOTALL)
    rest = re.sub(r"expected (?:one of)?,?\s*", "expected ", " ".join(rest.split())).removesuffix("expected").strip()
    place = f"line {found[1]}, column {found[2]}" + (" (comments left out)" if moved else "")
    return f"not valid SPARQL at {place}" + (f": {rest[:200]}" if rest and rest != "expected" else "")
