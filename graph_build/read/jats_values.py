"""Names, pages and texts as JATS marks them up, in an article's head and in its references."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from .inline_xml import plain_text
from .person import person, read_name
from .values import plain_doi, whole_pages

_MATHML: Final = "{http://www.w3.org/1998/Math/MathML}"


def local_names(element: Element) -> Element:
    """An element whose tags and attributes have lost their namespaces, but for formulas."""
    for node in element.iter():
        if isinstance(node.tag, str) and not node.tag.startswith(_MATHML):
            node.tag = node.tag.rpartition("}")[2]
        for name in [name for name in node.attrib if name.startswith("{")]:
            node.attrib.setdefault(name.rpartition("}")[2], node.attrib[name])
    return element


def child_text(element: Element, path: str) -> str:
    """The text of the first element at a path."""
    return plain_text(element.find(path))


def text_without(element: Element | None, *tags: str) -> str:
    """The text of an element without the elements of some tags below it, such as marks of footnotes.

    >>> from xml.etree.ElementTree import fromstring
    >>> text_without(fromstring("<t>A title<xref>*</xref> of two</t>"), "xref")
    'A title of two'
    """
    if element is None:
        return ""
    if any(node.tag in tags for node in element.iter()):
        element = copy.deepcopy(element)
        for node in list(element.iter()):
            for child in [child for child in node if child.tag in tags]:
                _remove(node, child)
    return plain_text(element)


def _remove(parent: Element, child: Element) -> None:
    """Take an element out and leave what follows it."""
    at = list(parent).index(child)
    tail = child.tail or ""
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(child)


def english(*groups: list[Element]) -> list[Element]:
    """The elements of the first group in English or without a language; else of the first that has any."""
    for group in groups:
        if found := [node for node in group if node.get("lang", "en").lower().startswith("en")]:
            return found
    return next((group for group in groups if group), [])


def people(elements: Iterable[Element]) -> Iterator[str]:
    """The authors among persons, groups and contributors."""
    for element in elements:
        if element.get("contrib-type", "author") not in ("author", "collab", "group"):
            continue
        if name := _name(element):
            yield name


def _name(element: Element) -> str:
    """The name of a person or group."""
    if element.tag in ("collab", "institution", "on-behalf-of"):
        return text_without(element, "contrib-group", "xref", "fn", "email").rstrip(" ,;:.")
    named = element.find(".//name") if element.tag not in ("name", "string-name") else element
    collab = element.find("collab")
    if collab is not None:
        return _name(collab)
    if named is None:
        named = element.find(".//string-name")
    if named is None:
        return ""
    family = child_text(named, "surname")
    if not family:
        return read_name(plain_text(named).rstrip(" ,;:"))
    return person(family, child_text(named, "given-names"), child_text(named, "suffix"))


def pages(element: Element) -> str:
    """The pages, a range in full, or the number of an article that has none."""
    first, last = child_text(element, "fpage"), child_text(element, "lpage")
    if first:
        return whole_pages(f"{first}-{last}" if last and last != first else first)
    printed = child_text(element, "page-range") or child_text(element, "elocation-id")
    return "" if doi_in(printed) else whole_pages(printed)


def doi_in(text: str) -> str | None:
    """The DOI in an address or a text.

    >>> doi_in("https://doi.org/10.1234%2FAB"), doi_in("e1234")
    ('10.1234/ab', None)
    """
    return plain_doi(unquote(text))
