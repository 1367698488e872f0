"""Stored questions: one ``.rq`` file each, with a header that says what is asked and what can be given."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .model import Her2kgError
from .resources import resource


class QueryError(Her2kgError):
    """A question cannot be asked as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value that a stored question can be given."""

    name: str
    kind: str  # "label", "iri", "year", "number" or "text": the first word of its description
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredQuery:
    """A question with its header."""

    name: str
    text: str
    summary: str
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    example: str = ""
    services: tuple[str, ...] = ()  # the endpoints that it asks over the network


def parse(name: str, text: str) -> StoredQuery:
    """Read the ``#+`` header of a stored question.

    >>> parse("q", "#+ summary: Which drugs?\\n#+ parameter drug: label of a drug\\nASK {}").parameters[0].kind
    'label'

    Raises :class:`QueryError` for a header line of another form, or without a summary.
    """
    summary, example = "", ""
    tags: tuple[str, ...] = ()
    endpoints: list[str] = []
    parameters: list[Parameter] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#+"):
            continue
        key, colon, value = line[2:].strip().partition(":")
        value = value.strip()
        if key == "summary":
            summary = value
        elif key == "tags":
            tags = tuple(tag.strip() for tag in value.strip("[]").split(",") if tag.strip())
        elif key == "example":
            example = value
        elif key == "service":
            endpoints.append(value)
        elif key.startswith("parameter ") and colon:
            kind = value.split(maxsplit=1)[0] if value else ""
            if kind not in ("label", "iri", "year", "number", "text"):
                raise QueryError(
                    f"{name}.rq, line {number}: a parameter's description begins with label, iri, year, number or text"
                )
            parameters.append(Parameter(name=key.removeprefix("parameter ").strip(), kind=kind, description=value))
        else:
            raise QueryError(
                f"{name}.rq, line {number}: “{key}” is no header; use summary, tags, service, parameter NAME or example"
            )
    if not summary:
        raise QueryError(f"{name}.rq: has no “#+ summary:” line")
    return StoredQuery(
        name=name,
        text=text,
        summary=summary,
        tags=tags,
        parameters=tuple(parameters),
        example=example,
        services=tuple(endpoints),
    )


@cache
def stored() -> Mapping[str, StoredQuery]:
    """The questions that the project ships, by name."""
    paths = sorted(resource("queries").glob("*.rq"))
    return {path.stem: parse(path.stem, path.read_text(encoding="utf-8")) for path in paths}


def find(name: str) -> StoredQuery:
    """A stored question by name, or a ``.rq`` file by path.

    Raises :class:`QueryError`, with the nearest names, when there is none.
    """
    if name in stored():
        return stored()[name]
    path = Path(name)
    if name.endswith((".rq", ".sparql")) or path.is_file():
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"{name}: cannot be read as a query ({error})") from error
        header = any(line.startswith("#+ summary") for line in text.splitlines())
        return parse(path.stem, text) if header else StoredQuery(name=path.stem, text=text, summary="")
    near = difflib.get_close_matches(name, stored(), n=3, cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}?" if near else "“her2kg query” lists the stored questions"
    raise QueryError(f"{name}: no stored question and no file of this name; {hint}")
