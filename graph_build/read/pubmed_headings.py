"""The headings of a PubMed page, and the part of the page that each begins."""

from __future__ import annotations

import re
from typing import Final

#: The headings of a page, and the part that begins below them.
_HEADINGS: Final = {
    "abstract": "abstract",
    "publication types": "types",
    "publication type": "types",
    "mesh terms": "mesh",
    "mesh headings": "mesh",
    "substances": "substances",
    "keywords": "keywords",
    "key words": "keywords",
    "grants and funding": "funding",
    "grant support": "funding",
    "conflict of interest statement": "competingInterests",
    "conflict of interest": "competingInterests",
    "declaration of competing interest": "competingInterests",
    "competing interests": "competingInterests",
    "authors": "authors",
}
#: Headings that may stand before the abstract; what is below them is metadata.
_EARLY: Final = """
actions; choose destination; display settings; free full text; free pmc article; send to;
affiliation; affiliations; author information; cite; collaborators; comment in; comment on;
display options; erratum for; erratum in; expression of concern in; favorites; format; full text; full
text links; permalink; republished in; retraction in; save; share; update in; update of
"""
#: Headings behind the abstract; what is below them speaks of other works.
_LATE: Final = """
associated data; cited by; comments; disclaimer; figure; figures; full text sources; linkout - more
resources; medical; miscellaneous; other literature sources; personal name as subject; plain language
summary; pubmed disclaimer; references; related information; research materials; secondary source id; similar articles;
supplementary concepts
"""
_PARTS: Final = (
    {" ".join(name.split()): "head" for name in _EARLY.split(";")}
    | {" ".join(name.split()): "late" for name in _LATE.split(";")}
    | _HEADINGS
)

# A heading with its value on the same line.
INLINE: Final = re.compile(
    r"(?P<heading>key\s?words|publication types?|grant support|grants and funding|conflict of interest(?: statement)?"
    r"|declaration of competing interest|competing interests)\s?:\s*(?P<value>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
#: No heading is longer.
_LONGEST: Final = 50


def part_of(text: str) -> str | None:
    """The part of the page that a heading line begins: "head" for early headings, "late" for late ones.

    >>> part_of("MeSH terms"), part_of("Comment in:"), part_of("Similar articles"), part_of("HER2 in lung cancer")
    ('mesh', 'head', 'late', None)
    """
    if len(text) > _LONGEST:
        return None
    return _PARTS.get(" ".join(text.casefold().split()).rstrip(": "))
