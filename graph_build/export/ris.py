"""The papers as RIS, which every reference manager reads."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from . import Exported
from .papers import Author, Paper, papers
from .values import counts, line, store_of

#: The type of reference of a class of papers; abstracts are printed in journals, which RIS calls ABST.
_TYPES: Final = {"ConferenceAbstract": "ABST"}


def write(folder: Path) -> Exported:
    """All papers, as RIS: UTF-8, CRLF, one empty line after each."""
    found = papers(folder)
    text = "".join(map(record, found))
    dropped = counts(store_of(folder), "statements", "quotes", "mentions", "citations", "recommendations")
    dropped["“et al.” of shortened author lists"] = sum(paper.shortened for paper in found)
    return Exported({"": text.encode()}, dropped)


def record(paper: Paper) -> str:
    """One reference with the empty line after it."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields(paper)) + "\r\n"


def fields(paper: Paper) -> list[tuple[str, str]]:
    """The lines of one reference: only what is printed."""
    year, month, day = (*paper.date.split("-"), "", "")[:3]
    lines = [("TY", _TYPES.get(paper.kind, "JOUR")), ("ID", paper.key)]
    lines += [("AU", _name(author)) for author in paper.authors]
    lines += [
        ("TI", paper.title),
        ("JO", paper.journal),
        ("PY", year),
        # YYYY/MM/DD/other, its slashes kept where a part is missing
        ("DA", f"{year}/{month}/{day}/" if month else ""),
        ("VL", paper.volume),
        ("IS", paper.issue),
        ("SP", paper.first_page),
        ("EP", paper.last_page),
        ("DO", paper.doi),
        ("AN", paper.pmid),
        ("N1", f"Abstract number: {paper.abstract_number}" if paper.abstract_number else ""),
    ]
    lines += [("KW", keyword) for keyword in paper.keywords]
    lines += [("UR", paper.url), ("ER", "")]
    return [(tag, line(value)) for tag, value in lines if value or tag == "ER"]


def _name(author: Author) -> str:
    return f"{author.family}, {author.given}" if author.given else author.family
