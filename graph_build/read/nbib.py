"""MEDLINE's tagged text, which PubMed saves as NBIB: a field a line, many records a file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO, Final

from ..model import Publication
from .dates import iso_date
from .fault import Fault
from .record import AbstractPart, MeshEntry, Record
from .streams import Item, numbered_lines
from .values import first_year, plain_doi, plain_title, whole_pages

FORMAT: Final = "nbib"

_FIELD: Final = re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,3})\s{0,2}-(?:\s(?P<value>.*))?")
_PMID: Final = re.compile(r"^PMID- ?\d", re.MULTILINE)
_RIS: Final = re.compile(r"^TY  - ", re.MULTILINE)
_OTHERS: Final = re.compile(r"^(?:OWN |STAT|FAU |DP  |JT  |TA  |MHDA|PHST)- ", re.MULTILINE)

#: More lines than this make no record.
_MOST_LINES: Final = 200_000
#: A field that is longer makes its record be refused; what follows of it is not kept.
_LONGEST: Final = 200_000

# The label of a part of a structured abstract, in capitals as PubMed writes it.
_LABELLED: Final = re.compile(r"(?:(?<=^)|(?<=[.?!)\]] ))(?P<label>[A-Z][A-Z &/,'()-]{3,80}): ")

#: What notices are called; the value names the other publication.
_NOTICES: Final = {
    "RIN": "retracted by",
    "ROF": "retraction of",
    "PRIN": "partially retracted by",
    "PROF": "partial retraction of",
    "EIN": "erratum in",
    "EFR": "erratum for",
    "ECI": "expression of concern in",
    "ECF": "expression of concern for",
    "CRI": "corrected and republished in",
    "CRF": "corrected and republished from",
    "RPI": "republished in",
    "RPF": "republished from",
    "UIN": "update in",
    "UOF": "update of",
    "CIN": "comment in",
    "CON": "comment on",
}
_NOTICE_PMID: Final = re.compile(r"\bPMID:\s?(\d{1,9})\b")
_SUFFIXES: Final = frozenset({"Jr", "Sr", "2nd", "3rd", "4th", "II", "III"})
_SUBSTANCE: Final = re.compile(r"(?:EC )?\S+ \((?P<name>.+)\)")

Fields = dict[str, list[str]]


def recognises(head: str) -> int:
    r"""Whether a file begins as MEDLINE's tagged text does.

    >>> recognises("PMID- 123\nTI  - A title"), recognises("TY  - JOUR\nTI  - A title"), recognises("PMID: 123")
    (10, 0, 0)
    """
    if _RIS.search(head):
        return 0
    return 10 if _PMID.search(head) else 5 if len(set(_OTHERS.findall(head))) > 1 else 0


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """The records of a file, one after the other."""
    fields: Fields = defaultdict(list)
    tag, begin, count, astray = "", 0, 0, 0
    for number, line in numbered_lines(stream, name):
        match = _FIELD.fullmatch(line)
        if fields and ((match and match["tag"] == "PMID") or (not line.strip() and _is_whole(fields))):
            yield _record(fields, name, begin)
            fields, tag = defaultdict(list), ""
        if match:
            begin, count = (begin, count + 1) if fields else (number, 0)
            tag = match["tag"]
            fields[tag].append((match["value"] or "").strip())
        elif tag and line.strip():
            count += 1
            if len(fields[tag][-1]) < _LONGEST:
                fields[tag][-1] += f" {line.strip()}"
        elif line.strip() and not fields and not astray:
            astray = number
            yield Fault(name, f"line {number}", 'expected a field such as "PMID- 12345678" or "TI  - A title"')
        if count > _MOST_LINES:
            yield Fault(name, f"line {begin}", f"the record has more than {_MOST_LINES:,} lines; nothing was read on")
            return
    if fields:
        yield _record(fields, name, begin)


def _is_whole(fields: Fields) -> bool:
    """Whether a blank line ends the record: one inside it (behind the identifiers, say) does not."""
    return "TI" in fields or "BTI" in fields or "SO" in fields or "TT" in fields or len(fields) > 5


def _record(fields: Fields, name: str, line: int) -> Item:
    """The record of some fields, or why there is none."""
    pmid = _first(fields, "PMID").split(" ")[0]
    place = f"line {line}" + (f" (PMID {pmid})" if pmid else "")
    title = next((found for tag in ("TI", "TT", "BTI") if (found := plain_title(_first(fields, tag)))), "")
    if pmid and not pmid.isdecimal():
        return Fault(name, place, "the PMID is no number")
    creators = tuple(_creators(fields))
    date = _first(fields, "DP")
    return Record(
        publication=Publication(
            title=title,
            authors=", ".join(creators) or None,
            creators=creators,
            journal=_first(fields, "TA") or _first(fields, "JT") or None,
            date=iso_date(date) or first_year(date),
            volume=_first(fields, "VI") or None,
            issue=_first(fields, "IP") or None,
            pages=whole_pages(_first(fields, "PG")) or None,
            doi=_doi(fields),
            pmid=pmid or None,
        ),
        abstract=tuple(_abstract(_first(fields, "AB"))),
        keywords=tuple(dict.fromkeys(value.strip("* ") for value in fields["OT"])),
        mesh=tuple(entry for value in fields["MH"] for entry in _mesh(value)),
        substances=tuple(dict.fromkeys(name for value in fields["RN"] if (name := _substance(value)))),
        publication_types=tuple(fields["PT"]),
        registry_numbers=tuple(dict.fromkeys(fields["SI"])),
        notices=tuple(_notices(fields)),
        revised=iso_date(re.sub(r"\A(\d{4})(\d\d)(\d\d)\Z", r"\1-\2-\3", _first(fields, "LR"))) or "",
        place=place,
        format=FORMAT,
    )


def _first(fields: Fields, tag: str) -> str:
    return " ".join(fields[tag][0].split()) if fields.get(tag) else ""


def _creators(fields: Fields) -> Iterator[str]:
    """Persons with their given names first, as PubMed's pages print them, and groups, in the order of the file."""
    persons = "FAU" if "FAU" in fields else "AU"
    for tag, values in fields.items():
        if tag not in (persons, "CN"):
            continue
        for value in values:
            family, comma, given = (part.strip() for part in value.partition(","))
            if tag == "CN" or not comma or persons == "AU":
                yield value
                continue
            words = given.split()
            suffix = f" {words.pop()}" if len(words) > 1 and words[-1] in _SUFFIXES else ""
            yield f"{' '.join(words)} {family}{suffix}"


def _doi(fields: Fields) -> str | None:
    for value in (*fields["LID"], *fields["AID"]):
        if value.endswith("[doi]") and (doi := plain_doi(value.removesuffix("[doi]").strip())):
            return doi
    return None


def _abstract(text: str) -> Iterator[AbstractPart]:
    r"""The parts of an abstract; the labels of a structured one stand in its text.

    >>> [(part.label, part.text) for part in _abstract("AIMS: To see HER2. RESULTS (ALL): It was seen.")]
    [('AIMS', 'To see HER2.'), ('RESULTS (ALL)', 'It was seen.')]
    """
    labels = list(_LABELLED.finditer(text))
    starts = [0, *(match.start() for match in labels if match.start()), len(text)]
    for start, end in pairwise(starts):
        part = text[start:end].strip()
        match = _LABELLED.match(part)
        if part:
            yield AbstractPart(text=part[match.end() :] if match else part, label=match["label"] if match else "")


def _mesh(value: str) -> Iterator[MeshEntry]:
    """One entry for each qualifier of "Descriptor/*qualifier/qualifier".

    >>> [(e.descriptor, e.qualifier, e.major) for e in _mesh("Lung Neoplasms/*genetics/drug therapy")]
    [('Lung Neoplasms', 'genetics', True), ('Lung Neoplasms', 'drug therapy', False)]
    """
    descriptor, *qualifiers = value.split("/")
    starred = descriptor.startswith("*")
    for qualifier in qualifiers or [""]:
        if descriptor.strip("* "):
            yield MeshEntry(
                descriptor=descriptor.strip("* "),
                qualifier=qualifier.strip("* "),
                major=starred or qualifier.startswith("*"),
            )


def _substance(value: str) -> str:
    """The name in "EC 2.7.10.1 (Receptor, ErbB-2)"."""
    match = _SUBSTANCE.fullmatch(value)
    return match["name"] if match else ""


def _notices(fields: Fields) -> Iterator[tuple[str, str]]:
    for tag, kind in _NOTICES.items():
        for value in fields.get(tag, ()):
            match = _NOTICE_PMID.search(value)
            yield kind, match[1] if match else value
