"""HTML that is escaped by construction: only :func:`tag` makes markup, and what is not its result is text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Final

_EMPTY: Final = frozenset({"br", "circle", "hr", "input", "line", "link", "meta", "path", "rect"})
#: Characters that are not seen but change what is: controls, and those that turn the direction of a line.
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
#: Text in which nothing is to be escaped, as most is.
_PLAIN: Final = re.compile(r"[\w .,:;/()#=+*-]*", re.ASCII)


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
    if _PLAIN.fullmatch(value):
        return Html(value)
    return Html(escape(_UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", value)))


def together(children: Child) -> Html:
    """Parts of a page in their order."""
    if children is None:
        return Html("")
    if isinstance(children, str):
        return text(children)
    return Html("".join([child if type(child) is Html else together(child) for child in children]))


def tag(name: str, /, *children: Child, **attributes: str | bool | None) -> Html:
    """An element; ``class_`` is the class, ``aria_label`` an attribute with a hyphen.

    Attributes that are ``None`` or ``False`` are left out.

    >>> tag("a", "<HER2>", href='/x"y', class_="thing")
    '<a href="/x&quot;y" class="thing">&lt;HER2&gt;</a>'
    """
    written = ""
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        named = key.rstrip("_").replace("_", "-")
        written += f" {named}" if value is True else f' {named}="{text(value)}"'
    if name in _EMPTY:
        return Html(f"<{name}{written}/>" if name in ("circle", "line", "path", "rect") else f"<{name}{written}>")
    return Html(f"<{name}{written}>{together(children)}</{name}>")


def isolated(value: str) -> Html:
    """A name or a quote, which does not change the direction of what stands around it."""
    return tag("bdi", value)


def is_web(iri: str) -> bool:
    """Whether an IRI may become a link outwards.

    >>> is_web("https://example.org/"), is_web("javascript:alert(1)")
    (True, False)
    """
    return iri.startswith(("https://", "http://"))


def outward_link(iri: str, label: str | None = None) -> Html:
    """A link to another site, or only the IRI when it is none of the web."""
    if not is_web(iri):
        return tag("code", isolated(label or iri))
    return tag("a", isolated(label or iri), href=iri, rel="noopener noreferrer", class_="out")
