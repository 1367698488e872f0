"""The values with which a graph's pages ask the stored questions: those of the examples, where the graph knows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .filled import example_values
from .query import Asked, Names, QueryError, bind, names_of
from .questions import StoredQuery


def askable(questions: Iterable[StoredQuery], store: Asked, names: Names | None = None) -> dict[str, Mapping[str, str]]:
    """The values to ask each question with, by its name; a question that cannot be asked of this graph is left out.

    A graph of other documents has not every thing that an example names: its value is then omitted, where the
    question may be asked without it.  ``names`` are those of the store, where they were gathered already.
    """
    names = names or names_of(store)
    found: dict[str, Mapping[str, str]] = {}
    for question in questions:
        given = {}
        for name, value in example_values(question).items():
            try:
                bind(question, {name: value}, store, names)
            except QueryError:
                if not _may_be_omitted(question, name):
                    break
            else:
                given[name] = value
        else:
            found[question.name] = given
    return found


def _may_be_omitted(question: StoredQuery, name: str) -> bool:
    """Whether the question says what it answers without a parameter: “all when omitted”."""
    return any("when omitted" in parameter.description for parameter in question.parameters if parameter.name == name)
