"""The parts of a graph in one SQLite file: what was read, document by document, and from which files.

While a build runs, the file lies beside the output; a build that was stopped goes on with it.  In the finished
folder it is what documents are added with (``her2kg add``).  Like the store it is an index, without a promise on its
form: another version of the program builds anew.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ..model import Her2kgError
from .part import Part

_SCHEMA: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- files, in the order in which they were read, where "batch" counts the commands (0: build, then add by add)
CREATE TABLE inputs (
    id INTEGER PRIMARY KEY, batch INTEGER NOT NULL, path TEXT NOT NULL, state TEXT NOT NULL, sha256 TEXT NOT NULL,
    items INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0
);
-- what a file holds, in its order: documents, deletions, and what could not be read
CREATE TABLE items (
    id INTEGER PRIMARY KEY, input INTEGER NOT NULL REFERENCES inputs, kind TEXT NOT NULL,
    key TEXT, name TEXT, pmid TEXT, version TEXT, revised TEXT, place TEXT, sha256 TEXT, format TEXT,
    abstract INTEGER, title TEXT, message TEXT
);
CREATE INDEX items_by_key ON items (key);
CREATE INDEX items_by_pmid ON items (pmid);
CREATE TABLE parts (
    item INTEGER PRIMARY KEY REFERENCES items, lines BLOB NOT NULL, quads INTEGER NOT NULL, text BLOB NOT NULL,
    entry TEXT NOT NULL, uses TEXT NOT NULL, concepts BLOB, reading BLOB
);
CREATE TABLE reports (item INTEGER NOT NULL REFERENCES items, study TEXT NOT NULL, paper TEXT NOT NULL,
    unnamed INTEGER NOT NULL);
CREATE INDEX reports_by_item ON reports (item);
-- publications of which a document prints both numbers
CREATE TABLE same_works (item INTEGER NOT NULL REFERENCES items, by_pmid TEXT NOT NULL, by_doi TEXT NOT NULL);
CREATE INDEX same_works_by_pmid ON same_works (by_pmid);
-- what commands told of documents that do not count
CREATE TABLE told (sentence TEXT PRIMARY KEY, batch INTEGER NOT NULL) WITHOUT ROWID;
"""
#: What SQLite says, by what it means for the person at the keyboard.
_FULL: Final = "database or disk is full"
_LOCKED: Final = "database is locked"


class PartsError(Her2kgError):
    """The parts of a graph cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What was found in a file: a document with its part, a deletion, or an error."""

    input: int
    kind: str  # "document", "deletion", "error"
    key: str | None = None  # the publication's IRI
    name: str | None = None  # of its graph
    pmid: str | None = None
    version: str = ""
    revised: str = ""  # the date of the record's last revision, where its format prints one
    place: str = ""
    sha256: str = ""
    format: str = ""
    abstract: bool = False
    title: str = ""
    message: str = ""


_COLUMNS: Final = tuple(Item.__slots__)
_INSERT_ITEM: Final = f"INSERT INTO items ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608
_INSERT_PART: Final = "INSERT INTO parts VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


class Database:
    """An open file of parts, for one process alone."""

    def __init__(self, path: Path, *, finished: bool = False) -> None:
        self.path = path
        with _clearly(path):
            if finished:  # nobody writes there any more, nor do we
                address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
                self._connection = sqlite3.connect(address, uri=True, isolation_level=None)
                return
            self._connection = sqlite3.connect(path, timeout=0, isolation_level=None)
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute("PRAGMA cache_size = -16000")
            self._connection.execute("BEGIN IMMEDIATE")
            if not self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                for statement in _SCHEMA.split(";"):
                    self._connection.execute(statement)
            self._connection.execute("COMMIT")

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let others use the file; what belongs to it is then in this one file."""
        with _clearly(self.path):
            self._connection.close()

    def rows(self, query: str, *values: object) -> Iterator[Any]:
        """The rows of a query, one after the other."""
        with _clearly(self.path):
            # "yield from" would close the cursor when nobody listens any more, and fail where the file is closed then
            for row in self._connection.execute(query, values):  # noqa: UP028
                yield row

    def value(self, query: str, *values: object) -> Any:
        """The first cell of a query; ``None`` when there is none."""
        row = next(self.rows(query, *values), None)
        return row[0] if row else None

    def do(self, statement: str, *values: object) -> None:
        """Change something."""
        with _clearly(self.path):
            self._connection.execute(statement, values)

    def many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Change something once for each row."""
        with _clearly(self.path):
            self._connection.executemany(statement, rows)

    @contextmanager
    def together(self) -> Iterator[None]:
        """All of the block's changes, or none."""
        self.do("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:  # SQLite itself takes all back when the disk is full
                self._connection.rollback()
            raise
        self.do("COMMIT")

    # -- what the file is about --------------------------------------------------------

    def get(self, name: str) -> str | None:
        """A value that was noted."""
        found: str | None = self.value("SELECT value FROM meta WHERE name = ?", name)
        return found

    def put(self, name: str, value: str) -> None:
        """Note a value."""
        self.do("INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)

    # -- reading -----------------------------------------------------------------------

    def store(self, items: Sequence[tuple[Item, Part | None]], ended: Iterable[int]) -> None:
        """Keep what was read, and that the inputs ``ended`` have nothing more."""
        with self.together():
            for item, part in items:
                with _clearly(self.path):
                    done = self._connection.execute(_INSERT_ITEM, [getattr(item, name) for name in _COLUMNS])
                if part is not None:
                    self._keep_part(done.lastrowid or 0, part)
            self.many("UPDATE inputs SET items = items + 1 WHERE id = ?", [(item.input,) for item, _ in items])
            self.many("UPDATE inputs SET done = 1 WHERE id = ?", [(number,) for number in ended])

    def _keep_part(self, number: int, part: Part) -> None:
        self.do(
            _INSERT_PART,
            *(number, part.lines, part.quads, part.text, part.entry, part.uses, part.concepts, part.reading),
        )
        self.many("INSERT INTO reports VALUES (?, ?, ?, ?)", [(number, *report) for report in part.reports])
        self.many("INSERT INTO same_works VALUES (?, ?, ?)", [(number, *same) for same in part.same_works])


@contextmanager
def _clearly(path: Path) -> Iterator[None]:
    """SQLite's errors as those of the system, or as a sentence."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if _FULL in str(error):
            raise OSError(errno.ENOSPC, "No space left on device") from error
        if _LOCKED in str(error):
            raise PartsError(f"{path}: another build is writing there; wait for its end") from error
        raise OSError(errno.EIO, str(error)) from error
    except sqlite3.DatabaseError as error:
        raise PartsError(f"{path}: is damaged ({error}); remove it, and build the graph again") from error
