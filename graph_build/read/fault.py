"""What is wrong with one record of a file, said in one sentence; the other records are read all the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A record that was skipped, or a part of a file that could not be read.

    >>> str(Fault("export.ris", "line 12", "the record has no title, DOI or PMID, so it belongs to no publication"))
    'export.ris, line 12: the record has no title, DOI or PMID, so it belongs to no publication'
    """

    name: str  # of the file
    place: str  # "line 120", as in Record.place
    reason: str

    def __str__(self) -> str:
        return f"{self.name}, {self.place}: {self.reason}"
