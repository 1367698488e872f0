"""PubMed's two exports for people: "Summary (text)" and "Abstract (text)", many records a file.

A summary is a numbered citation in a paragraph of its own (``1: Li BT, … Title. Journal. 2022 …``);
an abstract begins with a numbered line (``1. Journal. 2022 …``) and goes on in paragraphs: title,
authors, "Author information:", the abstract, identifiers, "Conflict of interest statement:".
A page of a single record in the second form is left to :mod:`graph_build.read.pubmed_page`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from ..model import Publication
from .abstract_parts import abstract_parts, is_label, without_notice
from .any_lines import any_lines
from .authors import author_names
from .citation import parse_citation, read_doi
from .fault import Fault
from .pubmed_citation import is_citation, parse_citation_line, read_pmid
from .record import AbstractPart, Record
from .values import plain_title

FORMAT: Final = "pubmed-text"

_NEWLINE: Final = re.compile(r"\r\n|\r|\n")
_NUMBERED: Final = re.compile(r"\ufeff?\s{0,4}(?P<number>\d{1,7})(?P<border>[.:])\s{1,4}(?=\S)")
_IDENTIFIER: Final = re.compile(r"(?:DOI|PMID|PMCID)\s?:", re.IGNORECASE)
_YEAR: Final = re.compile(r"\b(?:18|19|20)\d\d\b")

# Paragraphs that say something of the record, and not what the work says.
_ASIDE: Final = re.compile(
    r"Author information:|Collaborators?(?: \(\d+\))?:|Publisher:"
    r"|Conflict of interest statement:|Declaration of (?:competing )?interest"
    r"|Copyright\b|©|\(c\)\s?\d{4}|Published by\b|This article is protected by copyright|\[(?:Article|Available) in\b",
    re.IGNORECASE,
)
_NOTICE: Final = re.compile(
    r"(?P<kind>(?:Comment|Erratum|Retraction|Partial retraction|Expression of concern|Update|Republished)"
    r"\s(?:in|on|for|of|from))\b:?\s*",
    re.IGNORECASE,
)
#: As the other readers name them.
_KINDS: Final = {"retraction in": "retracted by", "partial retraction in": "partially retracted by"}
_KEYWORDS: Final = re.compile(r"Key\s?words?:\s*", re.IGNORECASE)

# A label at the beginning of a line: "BACKGROUND AND AIMS: …".
_LABEL: Final = re.compile(r"(?P<label>[A-Z][A-Z0-9 ,/&'’()-]{2,80}):\s+(?=\S)")

#: No record has more characters.
_MOST_CHARACTERS: Final = 2_000_000

Block = tuple[str, ...]


@dataclass(slots=True)
class _Numbered:
    """The paragraphs of one record, and the number printed before it."""

    line: int
    number: int
    is_summary: bool
    blocks: list[Block]
    size: int = 0


def recognises(head: str) -> int:
    """How sure the beginning of a file shows one of the two exports, from 0 to 10.

    >>> recognises("1: Li B. A drug. Lung. 2020 Jun;1(2):3-4. doi: 10.1234/x. PMID: 1.")
    9
    >>> recognises("1. Lung. 2020 Jun;1(2):3-4.\\n\\nA drug.\\n\\nLi B.\\n\\nPMID: 1\\n\\n\\n2. Lung. 2020.\\n\\nTwo.")
    9
    >>> recognises("1. Li B. A drug. Lung. 2020 Jun;1(2):3-4."), recognises("TY  - JOUR")
    (0, 0)
    """
    first = _NUMBERED.match(head.lstrip("\ufeff\r\n\t "))
    if first is None:
        return 0
    records = list(_split(enumerate(_NEWLINE.split(head), start=1)))
    if first["border"] == ":":
        cited = records and _YEAR.search(text := _joined(records[0].blocks[0])) and ("PMID:" in text or read_doi(text))
        return 9 if cited else 0
    identified = any(_IDENTIFIER.match(line) for record in records for block in record.blocks[1:] for line in block)
    return 9 if identified and len(records) > 1 else 0


def read(stream: BinaryIO, name: str) -> Iterator[Record | Fault]:
    """The records of a file."""
    for found in _split(any_lines(stream, name)):
        place = f"line {found.line}"
        if found.size > _MOST_CHARACTERS:
            yield Fault(name, place, f"record {found.number} has more than {_MOST_CHARACTERS:,} characters")
            continue
        record = _summary(found, place) if found.is_summary else _abstract(found, place)
        if record.publication.title and (
            record.publication.journal or record.publication.doi or record.publication.pmid
        ):
            yield record
        else:
            shape = "authors, title, journal and year" if found.is_summary else "a citation, then a title"
            yield Fault(name, place, f"record {found.number} cannot be read; expected {shape}")


# -- from lines to records -----------------------------------------------------------


def _split(lines: Iterable[tuple[int, str]]) -> Iterator[_Numbered]:
    """The paragraphs of one record after the other; what stands before the first is passed over."""
    current: _Numbered | None = None
    for line, block, gap in _paragraphs(lines):
        begins = _begins(block, gap, current)
        if begins:
            if current is not None:
                yield current
            block = (block[0][begins.end() :], *block[1:])
            current = _Numbered(line, int(begins["number"]), begins["border"] == ":", [])
        if current is not None:
            current.size += sum(map(len, block))
            if current.size <= _MOST_CHARACTERS:
                current.blocks.append(block)
    if current is not None:
        yield current


def _begins(block: Block, gap: int, current: _Numbered | None) -> re.Match[str] | None:
    """Whether a paragraph is the first of a record; a numbered paragraph of an abstract is not."""
    numbered = _NUMBERED.match(block[0])
    if numbered is None or current is None:
        return numbered
    if current.is_summary != (numbered["border"] == ":"):
        return None
    number = int(numbered["number"])
    follows = number == current.number + 1
    if current.is_summary:
        return numbered if follows or _YEAR.search(_joined(block)) else None
    if number <= current.number and not (number == 1 and gap > 1):  # 1: exports that were put one behind the other
        return None
    rest = " ".join((block[0][numbered.end() :], *block[1:]))
    return numbered if is_citation(rest) or (follows and gap > 1) else None


def _paragraphs(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, Block, int]]:
    """The lines between blank lines, with the number of the first and the blank lines before it."""
    start, gap, block = 0, 2, list[str]()
    size = 0
    for number, line in lines:
        text = line.strip()
        summary = bool(block) and bool(re.match(r"\d{1,7}:\s", text)) and bool(re.match(r"\ufeff?\d{1,7}:\s", block[0]))
        if block and (not text or summary or size > _MOST_CHARACTERS):
            yield start, tuple(block), gap
            block, gap, size = [], 0, 0
        if not text:
            gap += 1
            continue
        start = start if block else number
        block.append(text)
        size += len(text)
    if block:
        yield start, tuple(block), gap


def _joined(block: Block) -> str:
    return " ".join(block)


# -- from paragraphs to a record -------------------------------------------------------


def _summary(found: _Numbered, place: str) -> Record:
    """A record of the first export."""
    publication = parse_citation(_joined(found.blocks[0])).publication
    publication = replace(publication, title=plain_title(publication.title), authors=None)
    return Record(publication=publication, place=place, format=FORMAT)


def _abstract(found: _Numbered, place: str) -> Record:
    """A record of the second export."""
    citation, *blocks = found.blocks
    blocks = [block for block in blocks if not re.match(r"\[(?:Article|Available) in\b", block[0])]
    title, rest = (plain_title(_joined(blocks[0])), blocks[1:]) if blocks else ("", [])
    publication = parse_citation_line(_joined(citation), title)
    creators, rest = _authors(rest)
    publication = replace(publication, creators=creators)
    parts: list[AbstractPart] = []
    keywords: tuple[str, ...] = ()
    notices: list[tuple[str, str]] = []
    for block in rest:
        if _IDENTIFIER.match(block[0]):
            publication = _identified(publication, block)
        elif notice := _NOTICE.match(block[0]):
            notices += _notices(notice, block)
        elif listed := _KEYWORDS.match(block[0]):
            keywords = tuple(word for part in _joined(block)[listed.end() :].split(";") if (word := part.strip(" .")))
        elif not _ASIDE.match(block[0]):
            parts += _parts(block)
    return Record(
        publication=publication,
        abstract=tuple(parts),
        keywords=keywords,
        notices=tuple(notices),
        place=place,
        format=FORMAT,
    )


def _authors(blocks: list[Block]) -> tuple[tuple[str, ...], list[Block]]:
    """The authors, and the paragraphs behind them."""
    if not blocks:
        return (), blocks
    listed = _joined(blocks[0])
    if found := author_names(listed):
        return found, blocks[1:]
    if len(blocks) > 1 and blocks[1][0].startswith("Author information:"):  # whatever the names look like
        names = (re.sub(r"(?:\([\d#*]{1,4}\))+", "", part).strip(" .") for part in re.split(r"[,;]", listed))
        return tuple(name for name in names if name), blocks[1:]
    return (), blocks


def _identified(publication: Publication, block: Block) -> Publication:
    """A publication with the identifiers of a paragraph."""
    text = "\n".join(block)
    return replace(publication, doi=publication.doi or read_doi(text), pmid=publication.pmid or read_pmid(text))


def _notices(first: re.Match[str], block: Block) -> Iterator[tuple[str, str]]:
    """What is said of the record elsewhere; a line for each."""
    kind, said = first["kind"].casefold(), ""
    for line in (block[0][first.end() :], *block[1:]):
        if notice := _NOTICE.match(line):
            kind, line = notice["kind"].casefold(), line[notice.end() :]
        said = f"{said} {line}".strip()
        if said.endswith("."):  # a citation goes on in the next line otherwise
            yield _KINDS.get(kind, kind), said
            said = ""
    if said:
        yield _KINDS.get(kind, kind), said


def _parts(block: Block) -> Iterator[AbstractPart]:
    """A paragraph of an abstract, cut where a line begins with a label."""
    starts = [at for at, line in enumerate(block) if _begins_part(line, block[at - 1] if at else "")]
    if not starts:
        yield from abstract_parts(_joined(block))
        return
    for start, end in zip([0, *starts], [*starts, len(block)], strict=True):
        text = without_notice(_joined(block[start:end]))
        label = _LABEL.match(text)
        if body := text[label.end() if label else 0 :].strip():
            yield AbstractPart(text=body, label=label["label"] if label else "")


def _begins_part(line: str, before: str) -> bool:
    """Whether a line begins with a label: a known one, or any behind the end of a sentence."""
    label = _LABEL.match(line)
    return bool(label and (not before or before.endswith((".", "?", "!", ")", "]")) or is_label(label["label"])))
