"""The stored questions as records, and answers of the workers as rows of a bounded size."""

from __future__ import annotations

import difflib
import math
import shlex
from typing import Any, Final

from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from ..answers import value
from ..questions import StoredQuery, stored
from ..serve.answering import Reply, Task
from .reader import LookupRefused, NoSuchThing
from .records import Parameter, Question, Questions, Table, Value

#: What workers are asked for, so that every answer becomes rows.
_ACCEPT: Final = "application/sparql-results+json, application/n-triples"


class NoSuchQuestion(NoSuchThing):
    """There is no stored question of this name; ``near`` are the nearest ones."""


class NotAnswered(LookupRefused):
    """A query that a worker has refused, with the status of the refusal."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def questions(tag: str = "") -> Questions:
    """The stored questions, or those with a tag."""
    found = [_question(question) for question in stored().values()]
    if not tag:
        return Questions(questions=tuple(found))
    tagged = tuple(question for question in found if tag.strip().lower() in question.tags)
    if not tagged:
        tags = sorted({tag for question in found for tag in question.tags})
        raise LookupRefused(f"no question has the tag “{tag[:100]}”; there are {', '.join(tags)}")
    return Questions(questions=tagged)


def _question(question: StoredQuery) -> Question:
    words = shlex.split(question.example)
    pairs = zip(words[::2], words[1::2], strict=False)
    return Question(
        name=question.name,
        summary=question.summary,
        tags=question.tags,
        parameters=tuple(
            Parameter(name=p.name, kind=p.kind, description=p.description)  # type: ignore[arg-type]
            for p in question.parameters
        ),
        example={name.removeprefix("--").replace("-", "_"): given for name, given in pairs},
        network=bool(question.services),
    )


def question_task(name: str, values: dict[str, str]) -> Task:
    """A stored question for a worker; raises :class:`NoSuchQuestion`, with what was perhaps meant."""
    if name not in stored():
        near = tuple(difflib.get_close_matches(name[:80], stored(), n=3, cutoff=0.4))
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise NoSuchQuestion("there is no stored question of this name" + hint, near)
    return Task(question=name, values={key: text for key, text in values.items() if text.strip()}, accept=_ACCEPT)


def query_task(text: str) -> Task:
    """A query for a worker."""
    return Task(text=text, accept=_ACCEPT)


def table(reply: Reply, limit: int, offset: int = 0) -> Table:
    """The rows of a worker's answer from ``offset`` on; raises :class:`NotAnswered`."""
    if reply.status != 200:
        raise NotAnswered(reply.status, reply.body.decode("utf-8", "replace").strip())
    if reply.content_type.startswith("application/n-triples"):
        triples = sorted(parse(reply.body, RdfFormat.N_TRIPLES), key=str)
        columns: tuple[str, ...] = ("subject", "predicate", "object")
        rows = [(t.subject, t.predicate, t.object) for t in triples]
    else:
        result = parse_query_results(reply.body, QueryResultsFormat.JSON)
        if not isinstance(result, QuerySolutions):
            return Table(columns=("answer",), rows=((bool(result),),), total=1, offset=0, cut=False)
        columns = tuple(variable.value for variable in result.variables)
        rows = [tuple(solution) for solution in result]
    part = tuple(tuple(_cell(term) for term in row) for row in rows[offset : offset + limit])
    cut = offset + len(part) < len(rows)
    note = f"rows {offset + 1} to {offset + len(part)} of {len(rows)}" if cut and part else ""
    return Table(columns=columns, rows=part, total=len(rows), offset=offset, cut=cut, note=note)


def _cell(term: Any) -> Value:
    found: Value = value(term)
    return str(term.value) if isinstance(found, float) and not math.isfinite(found) else found  # JSON has no INF
