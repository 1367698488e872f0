"""HTML that is escaped by construction: only :func:`tag` makes markup, and what is not its result is text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Final
from urllib.parse import quote

from ..vocabulary import BASE

_EMPTY: Final = frozenset({"br", "hr", "input", "link", "meta"})
#: Characters that are not seen but change what is: controls, and those that turn the direction of a line.
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
#: What may follow our base in an address of this server; other IRIs go through ``/about``.
_PLAIN: Final = re.compile(r"[A-Za-z0-9][\w.~-]*(?:/[A-Za-z0-9][\w.~-]*)*", re.ASCII)
#: First parts of addresses that are no things; ``/about`` shows a thing that is called so.
RESERVED: Final = frozenset({"about", "query", "sparql", "style.css"})


class Html(str):
    """Markup that can be put into a page as it is."""

    __slots__ = ()


Child = str | Html | None | Iterable["Child"]


def text(value: str) -> Html:
    """Text for a page; what cannot be seen is shown by its number.

    >>> text('<b> \\u202e'), text(Html("<b>"))
    ('&lt;b&gt; ⟨U+202E⟩', '<b>')
    """
    if isinstance(value, Html):
        return value
    return Html(escape(_UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", value)))


def together(children: Child) -> Html:
    """Parts of a page in their order."""
    if children is None:
        return Html("")
    if isinstance(children, str):
        return text(children)
    return Html("".join(map(together, children)))


def tag(name: str, /, *children: Child, **attributes: str | bool | None) -> Html:
    """An element; ``class_`` is the class, and attributes that are ``None`` or ``False`` are left out.

    >>> tag("a", "<HER2>", href='/x"y', class_="thing")
    '<a href="/x&quot;y" class="thing">&lt;HER2&gt;</a>'
    """
    written = ""
    for key, value in attributes.items():
        if value is True:
            written += f" {key.rstrip('_')}"
        elif value is not None and value is not False:
            written += f' {key.rstrip("_")}="{text(value)}"'
    if name in _EMPTY:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{together(children)}</{name}>")


def isolated(value: str) -> Html:
    """A name or a quote, which does not change the direction of what stands around it."""
    return tag("bdi", value)


def local_path(iri: str) -> str | None:
    """The address of this server that an IRI of ours has, when it can have one.

    >>> local_path(BASE + "drug/trastuzumab"), local_path(BASE + "/example.org"), local_path(BASE + "sparql")
    ('/drug/trastuzumab', None, None)
    """
    rest = iri.removeprefix(BASE)
    if not iri.startswith(BASE) or not _PLAIN.fullmatch(rest) or rest.split("/")[0] in RESERVED:
        return None
    return "/" + rest


def about(iri: str, suffix: str = "") -> str:
    """The address of the page of any IRI, or of its data in a format."""
    path = local_path(iri)
    if path is not None:
        return path + (f".{suffix}" if suffix else "")
    return f"/about{'.' + suffix if suffix else ''}?iri={quote(iri, safe='')}"


def is_web(iri: str) -> bool:
    """Whether an IRI may become a link outwards.

    >>> is_web("https://example.org/"), is_web("javascript:alert(1)")
    (True, False)
    """
    return iri.startswith(("https://", "http://"))


def thing_link(iri: str, label: str) -> Html:
    """A link to the page of a thing of this graph."""
    return tag("a", isolated(label), href=about(iri), title=iri)


def outward_link(iri: str, label: str | None = None) -> Html:
    """A link to another site, or only the IRI when it is none of the web."""
    if not is_web(iri):
        return tag("code", isolated(label or iri))
    return tag("a", isolated(label or iri), href=iri, rel="noopener noreferrer", class_="out")
