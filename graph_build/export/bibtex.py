"""The papers as BibTeX."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from . import Exported
from .papers import Author, Paper, papers
from .values import counts, line, store_of

#: What LaTeX takes for a command; all other characters stay as they are, in UTF-8.
_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces, escaped ones too
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: "\\" + character for character in "&%$#_"},
}
_INITIALS: Final = re.compile(r"[A-Z]{1,4}")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write(folder: Path) -> Exported:
    """All papers, as BibTeX in UTF-8."""
    text = "\n".join(entry(paper) for paper in papers(folder))
    dropped = counts(store_of(folder), "statements", "quotes", "mentions", "citations", "recommendations")
    return Exported({"": text.encode()}, dropped)


def entry(paper: Paper) -> str:
    """One paper: only what is printed."""
    date = paper.date.split("-")
    month = _MONTHS[int(date[1]) - 1] if len(date) > 1 else ""
    authors = [_name(author) for author in paper.authors] + ["others"] * paper.shortened
    note = "Conference abstract" if paper.kind == "ConferenceAbstract" else ""
    if paper.abstract_number:
        note = f"{note or 'Abstract'}, number {escaped(paper.abstract_number)}"
    fields = {
        "author": " and ".join(authors),
        # Twice in braces, so that no style writes HER2 as her2.
        "title": f"{{{escaped(paper.title)}}}" if paper.title else "",
        "journal": escaped(paper.journal),
        "year": date[0],
        "volume": escaped(paper.volume),
        "number": escaped(paper.issue),
        "pages": escaped(paper.pages).replace("-", "--"),
        # Styles print these two as they are; only a brace would break the file.
        "doi": paper.doi.replace("{", "%7B").replace("}", "%7D"),
        "url": "" if paper.doi else paper.url,
        "pmid": paper.pmid,
        "keywords": ", ".join(escaped(keyword) for keyword in paper.keywords),
        "note": note,
    }
    lines = [f"  {name} = {{{line(value)}}},\n" for name, value in fields.items() if value]
    if month:  # a macro of BibTeX's own, which stands without braces
        lines.append(f"  month = {month},\n")
    return f"@article{{{paper.key},\n{''.join(lines)}}}\n"


def _name(author: Author) -> str:
    if author.is_group:
        return f"{{{escaped(author.family)}}}"
    # "BT" is one given name for BibTeX, which would print it as "B."
    given = " ".join(f"{letter}." for letter in author.given) if _INITIALS.fullmatch(author.given) else author.given
    return f"{escaped(author.family)}, {escaped(given)}" if given else f"{{{escaped(author.family)}}}"


def escaped(text: str) -> str:
    r"""A text that LaTeX prints as it stands.

    >>> escaped("50% & more_x")
    '50\\% \\& more\\_x'
    """
    return re.sub(r"[\\{}~^&%$#_]", lambda match: _SPECIAL[match[0]], text)
