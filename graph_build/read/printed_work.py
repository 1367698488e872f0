"""A work as it is printed: the line that says where it appeared, its entry in a reference list."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ..model import Publication
from .values import MAX_VALUE, clean

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

#: The longest author list: some papers of physics name 5,000 people.
MOST_AUTHORS: Final = 1_000_000


def optional(value: str | None, limit: int = MAX_VALUE) -> str | None:
    """A value as it is written, ``None`` for none and for one that is only space."""
    return clean(value, limit=limit) or None if value else None


def citation_line(publication: Publication) -> str:
    """Where a work appeared, as PubMed prints it: "J Test. 2022 Jan 3;5(1):1-9. doi: 10.1000/x."."""
    where = publication.volume or ""
    where += f"({publication.issue})" if publication.issue else ""
    where += f":{publication.pages}" if publication.pages else ""
    year, _, rest = (publication.date or "").partition("-")
    month, _, day = rest.partition("-")
    when = " ".join([year, *([_MONTHS[int(month) - 1]] if month else []), *([str(int(day))] if day else [])]).strip()
    border = "" if where.startswith(":") else ";"  # ahead of print: "2024 May 3:107992"
    source = ". ".join(v for v in (publication.journal, border.join(v for v in (when, where) if v)) if v)
    doi = f"doi: {publication.doi}" if publication.doi else ""
    return " ".join(f"{value}." for value in (source.rstrip("."), doi) if value)


def composed(work: Publication) -> str:
    """A reference that is known by its parts only, printed as PubMed prints one; without a title, nothing."""
    title = clean(work.title)
    if not title:
        return ""
    authors = optional(work.authors, MOST_AUTHORS) or ", ".join(map(clean, work.creators))
    end = "" if title.endswith(("?", "!", ".")) else "."
    source = citation_line(replace(work, doi=None))
    marks = [f"doi: {work.doi}" if work.doi else "", f"PMID: {work.pmid}" if work.pmid else ""]
    parts = [f"{authors.rstrip('.')}." if authors else "", f"{title}{end}", source, *(f"{m}." for m in marks if m)]
    return clean(" ".join(part for part in parts if part))
