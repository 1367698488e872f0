"""What stands below an XML element, by tags or by a path of tags."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from .inline_xml import plain_text


def text_of(element: Element | None, path: str) -> str:
    """The text of the first element on a path, empty without one."""
    return plain_text(element.find(path)) if element is not None else ""


def texts_of(element: Element, path: str) -> tuple[str, ...]:
    """The texts of all elements on a path, each once."""
    return tuple(dict.fromkeys(value for value in map(plain_text, each(element, path)) if value))


def each(element: Element, path: str) -> list[Element]:
    """What ``findall`` finds on a path of tags, several times faster than that.

    >>> from xml.etree.ElementTree import fromstring
    >>> [found.text for found in each(fromstring("<a><b><c>1</c></b><c>2</c><b><c>3</c></b></a>"), "b/c")]
    ['1', '3']
    """
    found = [element]
    for tag in path.split("/"):
        found = [below for above in found for below in above.findall(tag)]
    return found
