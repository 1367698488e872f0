"""Which documents count: each publication once; later and higher versions of a record replace earlier ones.

The rules do not ask in which order files are read where a record itself says which is the later one: by its version,
then by the date of its last revision.  Only what is equal in both goes by the order.  The same documents so give the
same graph, whether they are built at once or added one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from .parts.database import Database


@dataclass(frozen=True, slots=True)
class Settled:
    """What does not count, and why, in the order of files and of the places in them."""

    errors: list[str]
    notes: list[str]
    new: frozenset[str]  # those of them that no earlier command told


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A document that was read."""

    id: int
    batch: int
    input: int
    path: str
    place: str
    key: str
    name: str
    pmid: str | None
    version: str
    revised: str
    sha256: str
    format: str
    abstract: bool

    @property
    def where(self) -> str:
        """The file and the place in it."""
        return f"{self.path}, {self.place}" if self.place else self.path

    @property
    def numbers(self) -> tuple[int, ...]:
        """The version as numbers; without one, the first."""
        return tuple(int(part) for part in self.version.split(".") if part.isdecimal()) or (1,)

    @property
    def rank(self) -> tuple[bool, int, str, int]:
        """Of two documents that cannot both count, the first by this one does: pages, then records by their number."""
        number = self.pmid or ""
        return bool(self.place), int(number) if number.isdecimal() else 0, number, self.id


_COLUMNS: Final = ", ".join(
    f"inputs.{name}" if name in ("batch", "path") else f"items.{name}" for name in Candidate.__slots__
)
#: A page by its publication; a record by its number, which stays when a DOI is added or mended; a record without a
#: number goes with the one that has the same publication.
_GROUP: Final = """
CASE WHEN items.place = '' THEN 'page ' || items.key WHEN items.pmid IS NOT NULL THEN 'record ' || items.pmid
ELSE coalesce(
    (SELECT 'record ' || same.pmid FROM items AS same WHERE same.key = items.key AND same.kind = 'document'
     AND same.place <> '' AND same.pmid IS NOT NULL ORDER BY CAST(same.pmid AS INTEGER), same.pmid LIMIT 1),
    'key ' || items.key) END
"""
_JOIN: Final = "FROM items JOIN inputs ON inputs.id = items.input"


def settle(database: Database, batch: int = 0) -> Settled:
    """Decide which documents count: the table ``counting`` has them; memory holds only what does not count.

    ``batch`` is the command that read last, so that what earlier ones told need not be told again.
    """
    settling = _Settling(database)
    with database.together():
        settling.run()
        errors, notes = ([s for *_, s in sorted(told)] for told in (settling.errors, settling.notes))
        before = {sentence for (sentence,) in database.rows("SELECT sentence FROM told WHERE batch < ?", batch)}
        database.do("DELETE FROM told WHERE batch >= ?", batch)
        new = frozenset((*errors, *notes)) - before
        database.many("INSERT INTO told VALUES (?, ?)", ((sentence, batch) for sentence in new))
    return Settled(errors, notes, new)


class _Settling:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.errors: list[tuple[str, int, str]] = []
        self.notes: list[tuple[str, int, str]] = []
        self.revised: dict[int, str] = {}  # the last revision in a file that has deletions

    def run(self) -> None:
        """All steps: versions of the same record, then publications that are there twice, then names of graphs."""
        self.database.do("DROP TABLE IF EXISTS counting")
        self.database.do("CREATE TABLE counting (item INTEGER PRIMARY KEY, key TEXT NOT NULL, name TEXT NOT NULL)")
        query = f"SELECT {_COLUMNS}, {_GROUP} AS same {_JOIN} WHERE items.kind = 'document' ORDER BY same, items.id"
        self.database.many("INSERT INTO counting VALUES (?, ?, ?)", self._chosen(self.database.rows(query)))
        self._claim("key", _same_publication)
        self._claim("name", _same_name)
        self.database.do("CREATE UNIQUE INDEX counting_by_key ON counting (key)")
        query = f"SELECT inputs.path, items.id, items.message {_JOIN} WHERE items.kind = 'error'"
        self.errors += self.database.rows(query)

    def _chosen(self, rows: Iterable[Sequence[object]]) -> Iterator[tuple[int, str, str]]:
        """The one of each group that counts."""
        width = len(Candidate.__slots__)
        for _, group in groupby(rows, key=lambda row: row[width]):
            candidates = [Candidate(**dict(zip(Candidate.__slots__, row, strict=False))) for row in group]  # type: ignore[arg-type]
            if candidates[0].place:
                kept = self._kept(candidates)
                winner = _best(kept) if kept else None
            else:
                kept, winner = self._pages(candidates)
            if winner is None:
                continue
            for other in kept:
                if other is not winner:
                    self._note(other, _why(other, winner))
            yield winner.id, winner.key, winner.name

    def _pages(self, pages: list[Candidate]) -> tuple[list[Candidate], Candidate]:
        """A page that is added later replaces the earlier; of those of one command, the first counts."""
        winner = min(pages, key=lambda page: (-page.batch, page.id))
        rivals = [page for page in pages if page.batch == winner.batch and page is not winner]
        for page in rivals:
            self._error(page, _same_publication(page, winner))
        return [page for page in pages if page not in rivals], winner

    def _kept(self, records: list[Candidate]) -> list[Candidate]:
        """The records that were not deleted: a deletion concerns what is before it in its file, and other files.

        A record of another file that was revised after everything in the file of the deletion has come back since.
        """
        deletions = [
            (path, number, file, place)
            for pmid in {record.pmid for record in records if record.pmid}
            for number, file, place, path in self.database.rows(
                "SELECT items.id, items.input, items.place, inputs.path "
                f"{_JOIN} WHERE items.pmid = ? AND items.kind = 'deletion'",
                pmid,
            )
        ]
        kept = []
        for record in records:
            found = [d for d in sorted(deletions) if record.pmid and self._concerns(d[1], d[2], record)]
            if not found:
                kept.append(record)
                continue
            path, _, _, place = found[0]
            self._note(record, f"was deleted (PMID {record.pmid}; {path}, {place}), so it is left out")
        return kept

    def _concerns(self, number: int, file: int, record: Candidate) -> bool:
        if record.input == file:
            return record.id < number
        if file not in self.revised:
            last = self.database.value("SELECT max(revised) FROM items WHERE input = ?", file)
            self.revised[file] = last or ""
        return not (self.revised[file] and record.revised > self.revised[file])

    def _claim(self, column: str, sentence: Callable[[Candidate, Candidate], str]) -> None:
        """Of those that count, only one may have a publication, or the name of a graph."""
        rows = self.database.rows(
            f"SELECT {_COLUMNS} {_JOIN} JOIN counting ON counting.item = items.id WHERE counting.{column} IN "  # noqa: S608
            f"(SELECT {column} FROM counting GROUP BY {column} HAVING count(*) > 1) ORDER BY counting.{column}"
        )
        lost = []
        candidates = [Candidate(**dict(zip(Candidate.__slots__, row, strict=True))) for row in rows]
        for _, group in groupby(candidates, key=lambda c: getattr(c, column)):
            first, *others = sorted(group, key=lambda c: c.rank)
            for other in others:
                self._error(other, sentence(other, first))
                lost.append((other.id,))
        self.database.many("DELETE FROM counting WHERE item = ?", lost)

    def _note(self, of: Candidate, sentence: str) -> None:
        self.notes.append((of.path, of.id, f"{of.where}: {sentence}"))

    def _error(self, of: Candidate, sentence: str) -> None:
        self.errors.append((of.path, of.id, f"{of.where}: {sentence}"))


def _best(records: Sequence[Candidate]) -> Candidate:
    """The record that counts: first among those of its format, then among the formats.

    An export of titles often lies beside full records, so of two formats the one with an abstract counts; within a
    format a later revision may well have lost its abstract.
    """
    by_format: dict[str, Candidate] = {}
    for record in sorted(records, key=lambda r: (r.numbers, r.revised, r.id)):
        by_format[record.format] = record
    dated = all(record.revised for record in by_format.values())
    return max(by_format.values(), key=lambda r: (r.numbers, r.abstract, r.revised if dated else "", r.id))


def _why(other: Candidate, winner: Candidate) -> str:
    """Why another record, or page, counts."""
    if not other.place:
        return f"{winner.where} is a page of the same publication, added later, and counts"
    if other.numbers < winner.numbers:
        return f"{winner.where} is a higher version of it and counts"
    if other.format != winner.format and winner.abstract and not other.abstract:
        return f"{winner.where} is the same record with an abstract and counts"
    if other.revised and other.revised < winner.revised:
        return f"{winner.where} is the same record, revised later, and counts"
    return f"{winner.where} is the same record, read later, and counts"


def _same_publication(other: Candidate, first: Candidate) -> str:
    if other.sha256 == first.sha256:
        return f"is the same file as {first.where}; name it once"
    return f"is about the same publication ({first.key}) as {first.where}; keep one of the two"


def _same_name(_: Candidate, first: Candidate) -> str:
    return f"its graph would have the same name ({first.name}) as that of {first.key}"
