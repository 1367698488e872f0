"""Questions in a notebook: ``%%sparql`` for SPARQL in a cell, ``%her2kg`` for the stored questions.

``%load_ext graph_build`` adds both.  Values of Python variables reach a query as
bound terms (``--bind drug=name``), never as text in it, so no value can change what
is asked.  An error is one sentence, and the cells after it do not run.
"""

from __future__ import annotations

import argparse
import math
import numbers
import re
import shlex
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

import click
from pyoxigraph import NamedNode, QueryBoolean, QueryTriples

from .answers import Answer, Rows, value
from .cli.common import parameters
from .entity import PLAIN, Entity, EntityStatement, linked, readable
from .graph import KnowledgeGraph
from .model import Her2kgError
from .prefixes import curie
from .query import Parameter, QueryError, StoredQuery, find, run, stored
from .tables import SENTENCE, cell
from .vocabulary import BASE

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

#: How many rows a notebook shows when nothing else is said.
LIMIT: Final = 50

T = TypeVar("T")


class _Options(argparse.ArgumentParser):
    """Options of a magic; a mistake in them is a sentence and not the end of the kernel."""

    def error(self, message: str) -> NoReturn:
        raise QueryError(f"{self.prog}: {message}")


def _options(magic: str) -> _Options:
    options = _Options(prog=magic, add_help=False, allow_abbrev=False)
    options.add_argument("-o", "--output", metavar="NAME")
    options.add_argument("--limit", type=int, default=LIMIT, metavar="N")
    options.add_argument("--graph", metavar="DIR")
    options.add_argument("--kg", metavar="VARIABLE")
    return options


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as a notebook shows it: a table whose IRIs are links, how many rows, and how long it took."""

    rows: Rows
    iris: frozenset[tuple[int, int]]  # the cells, by row and column, that hold an IRI
    seconds: float
    limit: int
    title: str = ""

    @property
    def count(self) -> str:
        """``12 rows in 0.03 s, the first 5 shown``."""
        more = f", the first {self.limit} shown" if len(self.rows) > self.limit else ""
        return f"{len(self.rows):,} row{'' if len(self.rows) == 1 else 's'} in {self.seconds:.2f} s{more}"

    def __repr__(self) -> str:
        lines = [*([self.title] if self.title else []), " | ".join(map(cell, self.rows.columns))]
        lines += [" | ".join(map(cell, row)) for row in self.rows.rows[: self.limit]]
        return "\n".join([*lines, self.count])

    def _repr_html_(self) -> str:
        head = "".join(f'<th style="text-align:left">{readable(column)}</th>' for column in self.rows.columns)
        body = "".join(
            "<tr>" + "".join(self._cell(place, column, given) for column, given in enumerate(row)) + "</tr>"
            for place, row in enumerate(self.rows.rows[: self.limit])
        )
        title = f"<p>{readable(self.title)}</p>" if self.title else ""
        table = f'<table class="dataframe"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        return f"<div {PLAIN}>{title}{table}<p>{self.count}</p></div>"

    def _cell(self, row: int, column: int, given: Any) -> str:
        text = "" if given is None else str(given)
        if (row, column) in self.iris:
            short = text.removeprefix(BASE) if text.startswith(BASE) else curie(text) or text
            return f'<td style="text-align:left">{linked(text, short)}</td>'
        wide = ";min-width:24em" if len(text) > SENTENCE else ""
        return f'<td style="text-align:left{wide}">{readable(text)}</td>'


def shown(answer: Answer, seconds: Callable[[], float], limit: int, title: str = "") -> Shown:
    """An answer read to its end, which is when the time it took is known."""
    if isinstance(answer, QueryBoolean):
        return Shown(Rows(("answer",), ((bool(answer),),)), frozenset(), seconds(), limit, title)
    if isinstance(answer, QueryTriples):
        columns: tuple[str, ...] = ("subject", "predicate", "object")
        terms = sorted(((t.subject, t.predicate, t.object) for t in answer), key=lambda row: tuple(map(str, row)))
    else:
        columns = tuple(variable.value for variable in answer.variables)
        terms = [tuple(solution) for solution in answer]
    cells = ((place, column) for place, row in enumerate(terms) for column in range(len(row)))
    iris = frozenset(at for at in cells if isinstance(terms[at[0]][at[1]], NamedNode))
    return Shown(Rows(columns, tuple(tuple(map(value, row)) for row in terms)), iris, seconds(), limit, title)


class Magics:
    """The two magics over the variables of a notebook."""

    def __init__(self, variables: dict[str, Any]) -> None:
        self.variables = variables

    def sparql(self, line: str, text: str) -> Shown:
        """``%%sparql [-o NAME] [--bind VARIABLE=NAME …] [--limit N] [--graph DIR | --kg VARIABLE]``: ask the cell.

        ``-o`` also assigns the answer, as a DataFrame, or as rows where pandas is missing.  ``--bind drug=name``
        gives the query's ``?drug``, one of its columns, the value of the Python variable ``name``: a text, a
        number, a web address as an IRI, or an entity.  Asked is the graph in a folder or in a variable; by default
        in the variable ``kg``, else in the default folder.  Raises :class:`graph_build.query.QueryError`.
        """
        options = _options("%%sparql")
        options.add_argument("--bind", action="append", default=[], metavar="VARIABLE=NAME")
        chosen = options.parse_args(_words(line))
        bound = dict(self._bound(given, text) for given in chosen.bind)
        kinds = tuple(Parameter(name=name, kind=kind, description=kind) for name, (kind, _) in bound.items())
        question = StoredQuery(name="%%sparql", text=text, summary="", parameters=kinds)
        return self._answer(question, {name: given for name, (_, given) in bound.items()}, chosen)

    def her2kg(self, line: str) -> Shown | Rows:
        """``%her2kg [NAME] [--PARAMETER VALUE …]``: ask a stored question, with the options of :meth:`sparql`.

        Without a name the stored questions are listed.  Raises :class:`graph_build.query.QueryError`.
        """
        name, *rest = _words(line) or [""]
        if not name:
            return Rows(("name", "question"), tuple((one.name, one.summary) for one in stored().values()))
        if name.startswith("-"):
            raise QueryError(f"{name}: the name of a question comes first")
        chosen, others = _options("%her2kg").parse_known_args(rest)
        try:
            values = parameters(others)
        except click.ClickException as error:
            raise QueryError(error.message) from error
        return self._answer(find(name), values, chosen)

    def _answer(self, question: StoredQuery, values: Mapping[str, str], chosen: argparse.Namespace) -> Shown:
        if chosen.limit < 0:
            raise QueryError(f"--limit {chosen.limit}: is not a number of rows")
        if chosen.output is not None and not chosen.output.isidentifier():
            raise QueryError(f"-o {chosen.output}: is not a name that a variable can have")
        kg, start = self._graph(chosen), time.perf_counter()
        try:
            answer = run(kg.store, question, values, kg.leave)
            table = shown(answer, lambda: time.perf_counter() - start, chosen.limit, question.summary)
        except (ValueError, OSError) as error:
            raise QueryError(f"{question.name}: could not be answered: {error}") from error
        if chosen.output is not None:
            try:
                self.variables[chosen.output] = table.rows.to_dataframe()
            except QueryError:  # there is no pandas
                self.variables[chosen.output] = table.rows
        return table

    def _graph(self, chosen: argparse.Namespace) -> KnowledgeGraph:
        if chosen.graph is not None and chosen.kg is not None:
            raise QueryError("--graph names a folder and --kg a variable; give one of them")
        if chosen.graph is not None:
            return KnowledgeGraph(chosen.graph)
        found = self.variables.get(chosen.kg or "kg")
        if isinstance(found, KnowledgeGraph):
            return found
        if chosen.kg is not None:
            raise QueryError(f"--kg {chosen.kg}: holds no graph; assign one: {chosen.kg} = graph_build.open()")
        return KnowledgeGraph()

    def _bound(self, given: str, text: str) -> tuple[str, tuple[str, str]]:
        """``drug=name`` as a variable of the query, with the kind and the text of the value of ``name``."""
        variable, equals, name = given.partition("=")
        variable = variable.lstrip("?$")
        if not equals or not variable.isidentifier() or not name.isidentifier():
            raise QueryError(f"--bind {given}: is not a variable of the query, = and a variable of the notebook")
        if not re.search(rf"[?$]{re.escape(variable)}\b", text):
            raise QueryError(f"--bind {given}: the query has no ?{variable}")
        if name not in self.variables:
            raise QueryError(f"--bind {given}: the notebook has no variable {name}")
        return variable, _term(given, self.variables[name])


def _term(given: str, value: object) -> tuple[str, str]:
    """The kind of a parameter that a Python value stands for, and the value as it is given for one."""
    if isinstance(value, Entity | EntityStatement):
        return "iri", value.iri
    if isinstance(value, NamedNode):
        return "iri", value.value
    if type(value).__name__ == "URIRef":
        return "iri", str(value)
    if type(value) is str:
        return "iri" if re.match(r"https?://", value) else "text", value
    if isinstance(value, numbers.Integral) and not isinstance(value, bool):
        return "number", str(int(value))
    if isinstance(value, numbers.Real) and not isinstance(value, bool) and math.isfinite(value):
        return "number", f"{Decimal(repr(float(value))):f}"
    raise QueryError(f"--bind {given}: is a {type(value).__name__}; bind a text, a number, an IRI or an entity")


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError as error:
        raise QueryError(f"{line.strip()}: a quotation mark is not closed") from error


def register(shell: InteractiveShell) -> None:
    """Add the magics to a shell; both get their line as it is written, without ``{…}`` and ``$…`` filled in."""
    from IPython.core.error import UsageError
    from IPython.core.magic import no_var_expand

    magics = Magics(shell.user_ns)

    def told(ask: Callable[[], T]) -> T:
        try:
            return ask()
        except Her2kgError as error:
            raise UsageError(" ".join("".join(c if c.isprintable() else " " for c in str(error)).split())) from None

    def sparql(line: str, cell: str) -> Shown:
        return told(lambda: magics.sparql(line, cell))

    def her2kg(line: str) -> Shown | Rows:
        return told(lambda: magics.her2kg(line))

    sparql.__doc__, her2kg.__doc__ = Magics.sparql.__doc__, Magics.her2kg.__doc__
    as_written: Any = no_var_expand  # its types are those of a method
    shell.register_magic_function(as_written(sparql), "cell", "sparql")
    shell.register_magic_function(as_written(her2kg), "line", "her2kg")
