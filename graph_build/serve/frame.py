"""What all pages share: the frame, lists, and RDF terms as they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from string import Template
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from ..answers import Term
from ..prefixes import PREFIXES
from .entities import Entities
from .markup import Child, Html, isolated, local_path, outward_link, tag, text, thing_link, together

_TEMPLATES: Final = Path(__file__).resolve().parent / "templates"
_PAGE: Final = Template((_TEMPLATES / "page.html").read_text(encoding="utf-8"))
STYLE: Final = (_TEMPLATES / "style.css").read_bytes()
#: Datatypes that a value shows by itself.
_PLAIN_TYPES: Final = frozenset(PREFIXES["xsd"] + name for name in ("string", "integer", "decimal", "boolean", "gYear"))


def page(title: str, *body: Child) -> bytes:
    """A whole page."""
    return _PAGE.substitute(title=text(title), body=together(body)).encode("utf-8", "replace")


def section(heading: str, *children: Child) -> Html:
    """A heading with what belongs to it; nothing when there is nothing."""
    inside = together(children)
    return tag("section", tag("h2", heading), inside) if inside else inside


def items(children: Iterable[Child], class_: str = "plain") -> Html:
    """A list."""
    return tag("ul", [tag("li", child) for child in children], class_=class_)


def apart(children: Iterable[Html]) -> Html:
    """Parts of a line with dots between them.

    >>> apart([tag("b", "x"), tag("b", "y")])
    '<b>x</b> · <b>y</b>'
    """
    return Html(" · ".join(children))


def term_shown(term: Term, entities: Entities) -> Html:
    """A term: things as links with their labels, literals with language or datatype."""
    if isinstance(term, NamedNode):
        return iri_shown(term.value, entities)
    if not isinstance(term, Literal):
        return tag("code", isolated(str(term)))
    note = term.language or ("" if term.datatype.value in _PLAIN_TYPES else entities.label(term.datatype.value))
    return together([isolated(term.value), tag("span", f" {note}", class_="quiet") if note else None])


def iri_shown(iri: str, entities: Entities) -> Html:
    """An IRI: a thing of the graph by its label, another one as a link outwards."""
    if local_path(iri) or entities.described(iri):
        return thing_link(iri, entities.label(iri))
    return outward_link(iri, entities.label(iri))


def binding_shown(binding: dict[str, Any] | None, entities: Entities) -> Html:
    """A value in the W3C's JSON of results."""
    match binding:
        case None:
            return Html("")
        case {"type": "uri", "value": str(iri)}:
            return iri_shown(iri, entities)
        case {"value": str(value)}:
            return isolated(value)
    return isolated(str(binding))
