"""A question with its parameters written into its text: for editors, where a reader sees and changes them, and for
endpoints, since their protocol knows no bindings.

What we ask of a store gets its values as bindings (:func:`graph_build.query.run`).
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pyoxigraph import Store

from .query import Names, QueryError, bind, names_of
from .questions import StoredQuery
from .services import Token, closing, tokens


def example_values(question: StoredQuery) -> dict[str, str]:
    """The values of its example, which is written as for a command line.

    >>> example_values(StoredQuery(name="", text="", summary="", example='--drug-class "ADC" --year 2023'))
    {'drug_class': 'ADC', 'year': '2023'}
    """
    words = shlex.split(question.example)
    return {n.removeprefix("--").replace("-", "_"): v for n, v in zip(words[::2], words[1::2], strict=False)}


def shown_questions(questions: Sequence[StoredQuery], store: Store) -> list[dict[str, object]]:
    """Stored questions as an editor lists them, each with the values of its example in its text."""
    names = names_of(store)
    return [
        {"name": q.name, "summary": q.summary, "tags": list(q.tags), "text": filled(q, store, names)}
        for q in questions
        if not q.services
    ]


def filled(question: StoredQuery, store: Store, names: Names | None = None) -> str:
    """The text of a question with the values of its example, as ``VALUES`` lines with a comment.

    The line stands in each group that speaks of the parameter, since a ``VALUES`` outside a group
    says nothing inside its filters.  A value that the graph has no name for stays out.  ``names`` are those of
    the store, for who fills many.
    """
    try:
        bound = bind(question, example_values(question), store, names)
    except QueryError:
        return question.text  # the graph does not know the example's thing: the question without it
    kinds = {parameter.name: parameter.description for parameter in question.parameters}
    lines = {v.value: f"VALUES ?{v.value} {{ {term} }}  # {kinds.get(v.value, '')}" for v, term in bound.items()}
    return _inserted(_shortened(question.text, tuple(lines)), lines)


def with_values(text: str, bound: Mapping[str, str]) -> str:
    """A query with the values of some variables, each a finished term, in every group that speaks of them.

    >>> with_values("ASK { ?s ?p ?o FILTER EXISTS { ?o ?p ?x } }", {"x": '"1"'})
    'ASK { ?s ?p ?o FILTER EXISTS {\\n  VALUES ?x { "1" }\\n  ?o ?p ?x } }'
    """
    return _inserted(text, {name: f"VALUES ?{name} {{ {term} }}" for name, term in bound.items()})


def _shortened(text: str, written: Sequence[str]) -> str:
    """A question without the lines of its header that an editor shows elsewhere: tags, example, what is written in."""
    gone = ("#+ tags:", "#+ example:", *(f"#+ parameter {name}:" for name in written))
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(gone))


def _places(text: str, lines: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Where which lines are to stand: first in a group, or last where it makes the variable itself."""
    read = tokens(text)
    for opening in _groups(read):
        inside = _own(read, opening)
        begin, end = _after_comment(text, read, opening), read[closing(read, opening)].start
        names = {token.text[1:] for token in inside if token.kind == "variable"}
        made = {after.text[1:] for before, after in pairwise(inside) if before.keyword == "AS"}
        if not inside or inside[0].keyword == "SELECT":
            continue
        indent = " " * (_indent(text, read[opening].start) + 2)
        first = "".join(f"\n{indent}{line}" for name, line in lines.items() if name in names - made)
        last = "".join(f"{indent}{line}\n" for name, line in lines.items() if name in names & made)
        follows = text[begin:].partition("\n")[0].strip() if first else ""  # what a comment would swallow
        yield begin, first + (f"\n{indent[text[begin] == ' ' :]}" if follows else "")
        own_line = not text[:end].rpartition("\n")[2].strip()  # the closing brace has its line
        yield (text.rfind("\n", 0, end) + 1, last) if own_line else (end, last and f"\n{last}")


def _after_comment(text: str, read: Sequence[Token], opening: int) -> int:
    """The place behind a brace and the comment that follows it on its line."""
    line_end = text.find("\n", read[opening].end)
    return line_end if read[opening].end <= line_end < read[opening + 1].start else read[opening].end


def _indent(text: str, place: int) -> int:
    line = text[text.rfind("\n", 0, place) + 1 :]
    return len(line) - len(line.lstrip(" "))


def _groups(read: Sequence[Token]) -> Iterator[int]:
    """The opening braces of groups: those of templates and of ``VALUES`` are none."""
    for place, token in enumerate(read):
        before = read[place - 1].keyword if place else ""
        data = before != "WHERE" and any(t.keyword == "VALUES" for t in read[max(0, place - 2) : place])
        if token.text == "{" and before != "CONSTRUCT" and not data:
            yield place


def _own(read: Sequence[Token], opening: int) -> list[Token]:
    """The tokens of a group without those of the groups in it."""
    own, place, end = [], opening + 1, closing(read, opening)
    while place < end:
        if read[place].text == "{":
            place = closing(read, place)
        else:
            own.append(read[place])
        place += 1
    return own


def _inserted(text: str, lines: Mapping[str, str]) -> str:
    for place, written in sorted(_places(text, lines), reverse=True):
        text = text[:place] + written + text[place:]
    return text
