"""What all pages share: the frame, lists, and RDF terms as they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from ..addresses import Addresses
from ..answers import Term
from ..prefixes import PREFIXES
from ..styles import STYLES
from ..vocabulary import BASE
from .entities import Entities
from .markup import Child, Html, isolated, outward_link, tag, text, together

TEMPLATES: Final = Path(__file__).resolve().parent / "templates"
_PAGE: Final = Template((TEMPLATES / "page.html").read_text(encoding="utf-8"))
_STRING: Final = PREFIXES["xsd"] + "string"
#: Datatypes that a value shows by itself.
_PLAIN_TYPES: Final = frozenset(PREFIXES["xsd"] + name for name in ("string", "integer", "decimal", "boolean", "gYear"))
FOOTER: Final = (
    "Read from publications by rules and shown with the exact words, so that each statement can be verified there. "
    "It is no advice on treatment."
)


def _style() -> bytes:
    """The style of all pages, with the colours of the classes as the big picture has them."""
    colours = "".join(f".k-{style.cls} {{ fill: {style.light}; }}\n" for style in STYLES)
    dark = "".join(f"  .k-{style.cls} {{ fill: {style.dark}; }}\n" for style in STYLES)
    written = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    return f"{written}{colours}@media (prefers-color-scheme: dark) {{\n{dark}}}\n".encode()


STYLE: Final = _style()


@dataclass(frozen=True, slots=True)
class Page:
    """What is on a page: its title and the inside of its frame."""

    title: str
    body: Html
    here: str = ""  # its place in the navigation, when it has one


@dataclass(frozen=True, slots=True)
class Setting:
    """What pages are made from and what they may link to."""

    entities: Entities
    addresses: Addresses
    brief: bool = False  # without the raw properties and the list of parts

    def link(self, iri: str, label: str | None = None) -> Html:
        """A thing by its label: a link to its page, else outwards; ours without a page is its label alone."""
        name = self.entities.label(iri) if label is None else label
        address = self.addresses.thing(iri)
        if address is not None:
            return tag("a", isolated(name), href=address)
        return isolated(name) if iri.startswith(BASE) else outward_link(iri, name)

    def term(self, term: Term) -> Html:
        """A term: things as links with their labels, literals with language or datatype."""
        if isinstance(term, NamedNode):
            return self.link(term.value)
        if not isinstance(term, Literal):
            return tag("code", isolated(str(term)))
        plain = term.datatype.value in _PLAIN_TYPES
        note = term.language or ("" if plain else self.entities.label(term.datatype.value))
        return together([isolated(term.value), tag("span", f" {note}", class_="quiet") if note else None])

    def binding(self, binding: dict[str, Any] | None) -> Html:
        """A value in the W3C's JSON of results."""
        match binding:
            case None:
                return Html("")
            case {"type": "uri", "value": str(iri)}:
                return self.link(iri)
            case {"type": "literal", "value": str(value)} if binding.get("datatype") in (None, _STRING):
                return self._words(value, binding.get("xml:lang"))
            case {"value": str(value)}:
                return isolated(value)
        return isolated(str(binding))

    def _words(self, value: str, language: str | None) -> Html:
        """Words, with a link when they are the label of just one thing of ours."""
        iri = self.entities.called(value, language)
        address = self.addresses.thing(iri) if iri is not None else None
        return tag("a", isolated(value), href=address) if address is not None else isolated(value)


def framed(page: Page, addresses: Addresses, style: Html, policy: str = "") -> bytes:
    """A whole page: with its style, and a policy when no server sends one."""
    meta = tag("meta", http_equiv="Content-Security-Policy", content=policy) + "\n" if policy else ""
    return _PAGE.substitute(
        policy=meta,
        title=text(page.title),
        style=style,
        home=text(addresses.home),
        navigation=navigation(addresses, page.here),
        body=page.body,
        footer=text(FOOTER),
    ).encode("utf-8", "replace")


def navigation(addresses: Addresses, here: str = "") -> Html:
    """The main places."""
    places = {
        "Explorer": addresses.home,
        "Questions": addresses.questions,
        "SPARQL": addresses.editor,
        "Data": addresses.downloads,
    }
    links = [
        tag("li", tag("a", name, href=address, aria_current="page" if name == here else None))
        for name, address in places.items()
        if address is not None
    ]
    return tag("nav", tag("ul", links), aria_label="Main")


def section(heading: str, *children: Child, id: str | None = None) -> Html:
    """A heading with what belongs to it; nothing when there is nothing."""
    inside = together(children)
    return tag("section", tag("h2", heading), inside, id=id) if inside else inside


def folded(heading: str, *children: Child, id: str | None = None, open: bool = False) -> Html:
    """What is shown when it is asked for; nothing when there is nothing."""
    inside = together(children)
    return tag("details", tag("summary", heading), inside, id=id, open=open) if inside else inside


def items(children: Iterable[Child], class_: str = "plain") -> Html:
    """A list."""
    return tag("ul", [tag("li", child) for child in children], class_=class_)


def apart(children: Iterable[Html]) -> Html:
    """Parts of a line with dots between them.

    >>> apart([tag("b", "x"), tag("b", "y")])
    '<b>x</b> · <b>y</b>'
    """
    return Html(" · ".join(children))


def listed(children: Iterable[Html]) -> Html:
    """Parts with commas between them."""
    return Html(", ".join(children))


def facts(rows: Iterable[tuple[Child, Child]]) -> Html | None:
    """A table of names and values; nothing when it has no row."""
    written = [tag("tr", tag("th", name, scope="row"), tag("td", value)) for name, value in rows]
    return tag("table", tag("tbody", written), class_="facts") if written else None


def table(caption: str, heads: Sequence[str], rows: Iterable[Iterable[Child]]) -> Html | None:
    """A table with column heads; on a phone each row is a card with the heads as names.  Nothing without rows."""
    written = [
        tag("tr", [tag("td", cell, data_name=name) for name, cell in zip(heads, row, strict=True)]) for row in rows
    ]
    if not written:
        return None
    head = tag("tr", [tag("th", name, scope="col") for name in heads])
    inside = tag("table", tag("caption", caption), tag("thead", head), tag("tbody", written), class_="cards")
    return tag("div", inside, class_="wide", role="region", aria_label=caption, tabindex="0")


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "study", "studies"), counted(1200, "paper")
    ('1 study', '1,200 papers')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def rest(count: int) -> list[Html]:
    """That there are more than are shown."""
    return [tag("span", f"and {count:,} more", class_="quiet")] if count > 0 else []
