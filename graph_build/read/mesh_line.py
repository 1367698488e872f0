"""One MeSH term as PubMed prints it."""

from __future__ import annotations

from ..model import Heading
from .lines import Line


def parse_mesh_line(line: Line) -> Heading:
    """Read "descriptor / qualifier*".

    Only " / " divides, for descriptors hold commas, hyphens and slashes.  A star
    on either part makes the heading a major topic.
    """
    descriptor, _, qualifier = (part.strip() for part in line.text.partition(" / "))
    return Heading(
        descriptor=descriptor.strip("* "),
        qualifier=qualifier.strip("* ") or None,
        major="*" in (descriptor[:1], descriptor[-1:], qualifier[:1], qualifier[-1:]),
        span=line.span,
    )
