"""Which format an answer has: by the ``Accept`` header with its q-values, or by the ending of an address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ..model import Her2kgError


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its ending, its media type, and other media types by which it may be asked for."""

    suffix: str
    media_type: str
    also: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The header of an answer; texts say their encoding."""
        return self.media_type + ("; charset=utf-8" if self.media_type.startswith("text/") else "")


HTML: Final = Format("html", "text/html", ("application/xhtml+xml",))
PLAIN: Final = Format("txt", "text/plain")
TURTLE: Final = Format("ttl", "text/turtle", ("application/x-turtle",))
#: Of rows and of yes or no; what stands first is given to those who have no preference.
RESULTS: Final = (
    Format("json", "application/sparql-results+json", ("application/json",)),
    Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Format("csv", "text/csv"),
    Format("tsv", "text/tab-separated-values"),
    HTML,
)
#: Of a graph as data.
GRAPHS: Final = (
    TURTLE,
    Format("nt", "application/n-triples"),
    Format("jsonld", "application/ld+json"),
    Format("rdf", "application/rdf+xml"),
)
#: Of what an IRI names.
THINGS: Final = (HTML, *GRAPHS)

_RANGE: Final = re.compile(r"\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*((?:;.*)?)", re.ASCII)
_Q: Final = re.compile(r";\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*(?:;|$)", re.ASCII | re.IGNORECASE)


class NotAcceptable(Her2kgError):
    """No format that there is was asked for."""


def ranges(accept: str) -> Iterator[tuple[str, str, float]]:
    """The media ranges of an ``Accept`` header and their q-values; what is malformed is left out.

    >>> list(ranges('text/html, application/*;q=0.5, */*;q=0, nonsense, text/csv;q=high'))
    [('text', 'html', 1.0), ('application', '*', 0.5), ('*', '*', 0.0)]
    """
    for part in accept.split(","):
        found = _RANGE.fullmatch(part.rstrip())
        if not found:
            continue
        q = _Q.search(found[3])
        if q or not re.search(r";\s*q\s*=", found[3], re.IGNORECASE):
            yield found[1].lower(), found[2].lower(), float(q[1]) if q else 1.0


def _quality(media_type: str, asked: Sequence[tuple[str, str, float]]) -> float:
    """How much a media type is wanted: the most specific range that fits it decides."""
    kind, _, name = media_type.partition("/")
    for wanted in ((kind, name), (kind, "*"), ("*", "*")):
        fitting = [q for one, two, q in asked if (one, two) == wanted]
        if fitting:
            return max(fitting)
    return 0.0


def _by_other_names(format: Format, asked: Sequence[tuple[str, str, float]]) -> list[float]:
    """How much a format is wanted by its other media types; a ``*`` does not mean them."""
    return [q for kind, name, q in asked if f"{kind}/{name}" in format.also]


def chosen(accept: str | None, formats: Sequence[Format]) -> Format:
    """The format that is wanted most; of equals, the first.

    >>> chosen("text/csv;q=0.5, application/sparql-results+xml", RESULTS).suffix, chosen(None, RESULTS).suffix
    ('xml', 'json')

    Raises :class:`NotAcceptable`, which lists what there is.
    """
    if accept is None or not accept.strip():
        return formats[0]
    asked = list(ranges(accept))
    wanted = {f: max([_quality(f.media_type, asked), *_by_other_names(f, asked)]) for f in formats}
    best = max(formats, key=lambda f: wanted[f])  # the first of equals
    if wanted[best] <= 0:
        raise NotAcceptable(f"there is no such format; there are {listed(formats)}")
    return best


def named(suffix: str, formats: Iterable[Format]) -> Format:
    """The format with an ending.

    Raises :class:`NotAcceptable`, which lists what there is.
    """
    offered = tuple(formats)
    for format in offered:
        if format.suffix == suffix:
            return format
    raise NotAcceptable(f"there is no .{suffix} of it; there are {listed(offered)}")


def listed(formats: Iterable[Format]) -> str:
    """The formats in words.

    >>> listed([TURTLE, HTML])
    'text/turtle (.ttl), text/html (.html)'
    """
    return ", ".join(f"{f.media_type} (.{f.suffix})" for f in formats)
