"""Ask a store: parameters as bindings, results as rows."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Variable

from .answers import FORMATS, Answer, Rows, Term, rows, serialized, value
from .federation import Network, answered
from .fold import fold
from .questions import Parameter, QueryError, StoredQuery, find, parse, stored
from .services import ServiceError, harmless, services
from .vocabulary import PREFIXES

__all__ = [
    "FORMATS",
    "Answer",
    "Names",
    "Network",
    "Parameter",
    "QueryError",
    "Rows",
    "StoredQuery",
    "Term",
    "bind",
    "find",
    "names_of",
    "option",
    "parse",
    "rows",
    "run",
    "serialized",
    "stored",
    "value",
]


class Asked(Protocol):
    """What knows the names of things: a store of ours, or an endpoint."""

    def query(self, query: str) -> Answer:
        """The answer to a query."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the things of a graph are called, as the recogniser compares names: HER-2, Her 2 and HER2 are one."""

    labels: Mapping[str, Literal]
    written: Mapping[str, str]


def bind(
    query: StoredQuery, values: Mapping[str, str], store: Asked, names: Names | None = None
) -> dict[Variable, Term]:
    """Values for a question's parameters, as RDF terms; never as text in the query.

    A label may be any name of the thing, in any case.  ``names`` are those of the store, for who binds often.
    Raises :class:`QueryError` for an unknown parameter or name, with what was perhaps meant.
    """
    bound: dict[Variable, Term] = {}
    known = {p.name: p for p in query.parameters}
    for name, given in values.items():
        if name in known:
            if known[name].kind == "label":
                names = names or names_of(store)
                bound[Variable(name)] = _label(name, given, names)
            else:
                bound[Variable(name)] = _term(known[name].kind, name, given)
        elif re.search(rf"[?$]{re.escape(name)}\b", query.text) and not known:
            bound[Variable(name)] = NamedNode(given) if given.startswith(("http://", "https://")) else Literal(given)
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


def _term(kind: str, name: str, value: str) -> NamedNode | Literal:
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
    return Literal(value)


#: Concepts, studies and the terms of MeSH, each from its class on: from the labels on, seventeen million
#: quads take half a minute.
_NAMES: Final = """
PREFIX her2: <https://w3id.org/her2kg/ontology#>
PREFIX meshv: <http://id.nlm.nih.gov/mesh/vocab#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?name ?label ?foreign WHERE {
  {
    ?thing skos:prefLabel ?label
    FILTER(LANG(?label) = "en" && !CONTAINS(STR(?thing), "ontology#"))
    ?thing skos:prefLabel|skos:altLabel|skos:hiddenLabel|her2:notation ?name
    BIND(false AS ?foreign)
  } UNION {
    ?thing a her2:Study ; rdfs:label ?label ; rdfs:label|skos:altLabel|skos:hiddenLabel ?name
    BIND(false AS ?foreign)
  } UNION {
    VALUES ?kind {
      meshv:Descriptor meshv:TopicalDescriptor meshv:GeographicalDescriptor meshv:PublicationType meshv:CheckTag
      meshv:Qualifier meshv:SupplementaryConceptRecord meshv:SCR_Chemical
    }
    ?thing a ?kind ; rdfs:label ?label ; rdfs:label|skos:altLabel ?name
    FILTER(LANG(?label) = "en")
    BIND(true AS ?foreign)
  }
}
"""


def names_of(store: Asked) -> Names:
    """The label of what is called so; a label itself goes before a synonym, and what is ours before MeSH."""
    found: dict[str, Literal] = {}
    ranks: dict[str, tuple[bool, bool, str]] = {}
    names: dict[str, str] = {}
    solutions = store.query(_NAMES)
    assert isinstance(solutions, QuerySolutions)
    for written, label, foreign in solutions:
        if not isinstance(written, Literal) or not isinstance(label, Literal) or not isinstance(foreign, Literal):
            continue
        key = fold(written.value).text
        names[key] = written.value
        rank = (foreign.value == "true", key != fold(label.value).text, label.value)
        if key not in ranks or rank < ranks[key]:
            found[key], ranks[key] = label, rank
    return Names(found, names)


def _label(name: str, value: str, names: Names) -> Literal:
    wanted = fold(value).text
    if wanted in names.labels:
        return names.labels[wanted]
    near = [names.written[n] for n in difflib.get_close_matches(wanted, sorted(names.labels), n=3, cutoff=0.6)]
    hint = f"did you mean {' or '.join(near)}?" if near else "nothing in the graph has a similar name"
    raise QueryError(f"--{name} {value}: nothing in the graph is called so; {hint}")


def run(
    store: Store,
    query: StoredQuery,
    values: Mapping[str, str] | None = None,
    network: Network | None = None,
    names: Names | None = None,
) -> Answer:
    """Ask a question of a store; its default graph is the union of all graphs.

    ``names`` are those of the store, for who asks often: to gather them takes longer than most answers.
    Raises :class:`QueryError` for a syntax error, naming the place, and for a question that asks
    other endpoints when there is no leave to (``network``).
    """
    bindings = bind(query, values or {}, store, names)
    try:
        text = _without_services(store, query, bindings, network)
        return store.query(harmless(text), substitutions=bindings or None)
    except ServiceError as error:
        raise QueryError(f"{query.name}: {error}") from error
    except SyntaxError as error:
        raise QueryError(f"{query.name}: not valid SPARQL: {_short(str(error))}") from error
    except RuntimeError as error:
        missing = re.search(r"variable (\?\w+) in its SELECT", str(error))
        if not missing:
            raise
        raise QueryError(f"{query.name}: SELECT {missing[1]} too; what is bound has to be a column") from error
    except OSError as error:
        raise QueryError(f"{query.name}: could not be answered: {error}") from error


def _short(message: str) -> str:
    """A parser's message without its list of every character that could have stood there."""
    line = " ".join(message.split())
    return line if len(line) <= 160 else line[:160].rpartition(" ")[0] + " …"


def _without_services(
    store: Store, query: StoredQuery, bindings: Mapping[Variable, Term], network: Network | None
) -> str:
    """The question's text, with what other endpoints answer in the place of its SERVICE clauses."""
    asked = services(query.text)
    if not asked:
        return query.text
    if network is None:
        raise QueryError(
            f"{query.name}: needs the network, since it asks {' and '.join(asked)}; "
            "add --network to allow it (in Python: open the graph with network=True)"
        )

    def local(text: str, names: Sequence[str]) -> QuerySolutions:
        known = {variable: term for variable, term in bindings.items() if variable.value in names}
        found = store.query(harmless(text), substitutions=known or None)
        assert isinstance(found, QuerySolutions)
        return found

    return answered(query.text, local, network, {v.value: str(term) for v, term in bindings.items()})
