"""The page of a thing, by its class: a concept, a study, a paper, a statement, or anything else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ..prefixes import PREFIXES
from ..vocabulary import BASE, HER2
from . import panels
from .around import around
from .claims import claims
from .entities import TYPE, Description
from .frame import Page, Setting, apart, folded, rest, section
from .markup import Child, Html, isolated, outward_link, tag, together
from .papers import citation, paper_body
from .picture import network_picture
from .statements import statement_body
from .studies import study_body

_DEFINITION: Final = (PREFIXES["skos"] + "definition", PREFIXES["dcterms"] + "description")
#: Classes that say nothing to a reader, or less than another class of the same thing.
_IDLE: Final = {PREFIXES["skos"] + "Concept", PREFIXES["owl"] + "NamedIndividual", PREFIXES["prov"] + "Entity"}
#: Of the parts of a thing so many are listed.
_PARTS: Final = 5_000
#: The formats in which a thing is given as data.
_DATA: Final = ("ttl", "nt", "jsonld", "rdf")


def thing_page(setting: Setting, iri: str) -> Page:
    """The page of an IRI that the graph knows."""
    entities = setting.entities
    found = entities.description(iri)
    label = entities.label(iri)
    kinds = panels.objects(found, TYPE)
    body: Child
    if HER2 + "Statement" in kinds:
        body = statement_body(found, setting)
    elif HER2 + "Study" in kinds:
        body = [_head(found, label, setting), study_body(found, setting)]
    elif HER2 + "Publication" in kinds:
        label = " ".join(entities.values(iri, PREFIXES["dcterms"] + "title")) or label
        body = [_head(found, label, setting, citation(found)), paper_body(found, setting)]
    else:
        body = [_head(found, label, setting), _concept_body(found, label, setting)]
    if HER2 + "Statement" in kinds:
        label = re.sub("^not: ", "Denied: ", label)
    return Page(f"{label} – her2kg", together([body, _end(found, setting)]))


def _head(found: Description, label: str, setting: Setting, line: Html | None = None) -> list[Child]:
    """What it is called, and what kind of thing it is."""
    definitions = [tag("p", isolated(value)) for value in panels.objects(found, *_DEFINITION)]
    return [tag("h1", isolated(label)), _kinds(found, setting), line, definitions]


def _kinds(found: Description, setting: Setting) -> Html:
    """Its most special classes with their definitions."""
    entities = setting.entities
    kinds = [kind for kind in panels.objects(found, TYPE) if kind not in _IDLE]
    above = {up for kind in kinds for up in _above(kind, setting)}
    printed = [kind for kind in kinds if kind.startswith(PREFIXES["fabio"])]  # what of papers there is
    special = printed or [kind for kind in kinds if kind not in above] or kinds
    shown = []
    for kind in special:
        definition = " ".join(entities.values(kind, _DEFINITION[0])[:1])
        name = entities.label(kind)
        name = (
            re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removeprefix("fabio:")).capitalize() if kind in printed else name
        )
        words = setting.link(kind, name[:1].upper() + name[1:])
        shown.append([tag("strong", words), isolated(f": {definition}") if definition else None])
    return together([tag("p", line, class_="kind") for line in shown])


def _above(kind: str, setting: Setting) -> set[str]:
    """The classes above a class."""
    found: set[str] = set()
    todo = [kind]
    while todo:
        for up in setting.entities.values(todo.pop(), PREFIXES["rdfs"] + "subClassOf"):
            if up not in found:
                found.add(up)
                todo.append(up)
    return found


def _concept_body(found: Description, label: str, setting: Setting) -> Iterable[Child]:
    iri = found.iri
    said = claims(setting.entities, "statements", iri)
    yield panels.names(found, label)
    yield panels.hierarchy(found, setting)
    yield panels.outwards(found, setting)
    yield panels.studies(iri, setting)
    yield panels.statements(said, "statements", iri, setting)
    yield panels.mentions(iri, setting)
    yield section("Its neighbourhood", network_picture(around(found, said, setting.entities), setting))


def _end(found: Description, setting: Setting) -> list[Child]:
    """The parts, the thing as data, and all that the graph says of it."""
    iri = found.iri
    links = [(suffix, setting.addresses.data(iri, suffix)) for suffix in _DATA]
    data = [tag("a", suffix, href=address) for suffix, address in links if address]
    ours = tag("code", isolated(iri)) if iri.startswith(BASE) else outward_link(iri)
    return [
        None if setting.brief else _parts(found, setting),
        None if setting.brief else folded("All properties", panels.properties(found, setting), id="properties"),
        tag("p", "IRI: ", ours, class_="quiet"),
        tag("p", "Data: ", apart(data), class_="quiet") if data else None,
    ]


def _parts(found: Description, setting: Setting) -> Html | None:
    """What has an IRI with # under this one; a browser that follows such an IRI jumps to its line."""
    if not found.parts:
        return None
    start = len(found.iri) + 1
    named: list[Html] = []
    unnamed: list[Html] = []  # the selectors of an annotation, say
    for part in found.parts[:_PARTS]:
        label, name = setting.entities.label(part), part[start:]
        if part.endswith("/" + label) or label == name:
            unnamed.append(tag("li", setting.link(part, name), id=name))
        else:
            named.append(tag("li", setting.link(part, label), tag("span", f" {name}", class_="quiet"), id=name))
    more = [tag("p", r) for r in rest(len(found.parts) - _PARTS)]
    return section(
        "Parts",
        tag("ul", named, class_="plain") if named else None,
        folded(f"Parts without a name ({len(unnamed):,})", tag("ul", unnamed, class_="plain")) if unnamed else None,
        more,
    )
