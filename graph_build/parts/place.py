"""Where the parts of a graph lie while a command runs, and after; and whether an earlier run can be gone on with."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from ..resources import packaged_sources
from .database import Database, PartsError
from .fingerprint import of_folders, of_program, of_run, state

#: The file in a finished folder.
PARTS: Final = "parts.sqlite"
_AGAIN: Final = "build the graph again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a graph is built with, besides the program itself."""

    arguments: tuple[str, ...]  # as they were given; none for the packaged documents
    additions: tuple[Path, ...] = ()
    vocabularies: tuple[Path, ...] = ()
    lenient: bool = False
    content: tuple[str, str] = ("", "")  # of the additions and the vocabularies

    @classmethod
    def of(
        cls, files: Sequence[Path], additions: Sequence[Path], vocabularies: Sequence[Path], *, lenient: bool
    ) -> Settings:
        """The settings of a build."""
        return cls(
            arguments=tuple(map(str, files)),
            additions=tuple(additions),
            vocabularies=tuple(vocabularies),
            lenient=lenient,
            content=(of_folders(additions), of_folders(vocabularies)),
        )

    @property
    def command(self) -> str:
        """The command that builds the graph at once, without the places of files."""
        return " ".join(
            [
                "her2kg build",
                *sorted(Path(argument).name for argument in self.arguments),
                *(f"--add {folder.name}" for folder in self.additions),
                *(f"--vocabulary {path.name}" for path in self.vocabularies),
            ]
        )

    def with_arguments(self, paths: Sequence[Path]) -> Settings:
        """The settings with further arguments; a graph of the packaged documents alone names them from now on."""
        before = self.arguments or tuple(map(str, packaged_sources()))
        new = (argument for argument in dict.fromkeys(map(str, paths)) if argument not in before)
        return replace(self, arguments=(*before, *new))

    def written(self) -> list[Any]:
        """As plain values."""
        folders = (self.additions, self.vocabularies)
        both = [[[str(path), str(path.absolute())] for path in paths] for paths in folders]
        return [list(self.arguments), *both, self.lenient, list(self.content)]

    @classmethod
    def read(cls, database: Database) -> Settings:
        """The settings of a finished graph.

        Raises :class:`PartsError` when anything that they name has changed.
        """
        graph = database.path.parent
        try:
            same = database.get("program") == of_program()
        except OSError:  # tables of another version
            same = False
        if not same:
            raise PartsError(
                f"{graph}: was built by another version of her2kg, or with another lexicon or ontology; {_AGAIN}"
            )
        arguments, additions, vocabularies, lenient, content = json.loads(database.get("settings") or "[]")
        found = cls(
            arguments=tuple(arguments),
            additions=tuple(_here(*paths) for paths in additions),
            vocabularies=tuple(_here(*paths) for paths in vocabularies),
            lenient=lenient,
            content=(content[0], content[1]),
        )
        for paths, before in zip((found.additions, found.vocabularies), content, strict=True):
            if of_folders(paths) != before:
                names = ", ".join(map(str, paths))
                raise PartsError(f"{names}: not as when {graph} was built; put it back as it was, or {_AGAIN}")
        return found


def _here(given: str, absolute: str) -> Path:
    return Path(given) if Path(given).exists() else Path(absolute)


@dataclass(frozen=True, slots=True)
class Run:
    """What a command is to do."""

    kind: str  # "build" or "add"
    settings: Settings
    files: Sequence[Path]
    strict: bool = False
    base: str = ""  # the state of the graph that is added to

    @property
    def fingerprint(self) -> str:
        """All that the result depends on."""
        return of_run(self.kind, [self.settings.written(), self.base], self.files)


class Place:
    """The parts of one output folder."""

    def __init__(self, output: Path) -> None:
        self.output = output.absolute()
        self.beside = self.output.parent / f".{self.output.name}.her2kg.parts"
        self.batch = 0

    @property
    def inside(self) -> Path:
        """The parts in the finished folder."""
        return self.output / PARTS

    def stamp(self) -> str:
        """What tells one finished graph from the next."""
        return state(self.inside)

    @contextmanager
    def finished(self) -> Iterator[Database]:
        """The parts of the finished graph, to look at."""
        if not self.inside.is_file():
            raise PartsError(f"{self.output}: was built without the parts that documents are added with; {_AGAIN}")
        with closing(Database(self.inside, finished=True)) as database:
            yield database

    def opened(self, run: Run) -> Database:
        """The parts for a run: those of the same run, if it was stopped, else new ones, or the finished graph's."""
        database = self._opened()
        if not self._can_go_on(database, run):
            database.close()
            self.forget()
            if run.kind == "add":
                copy = self.beside.with_name(self.beside.name + "-copy")
                shutil.copyfile(self.inside, copy)
                copy.replace(self.beside)
            database = self._opened()
            batch = database.value("SELECT coalesce(max(batch), -1) + 1 FROM inputs")
            with database.together():
                database.put("program", of_program())
                database.put("settings", json.dumps(run.settings.written()))
                database.put("batch", str(batch))
                database.put("run", run.fingerprint)
        self.batch = int(database.get("batch") or 0)
        return database

    def _can_go_on(self, database: Database, run: Run) -> bool:
        """Whether these are the parts of a run that was stopped; what came from standard input is lost."""
        try:
            return database.get("run") == run.fingerprint and "-" not in map(str, run.files)
        except OSError:  # tables of another version of the program
            return False

    def _opened(self) -> Database:
        self.beside.parent.mkdir(parents=True, exist_ok=True)
        return Database(self.beside)

    def lay_into(self, work: Path) -> None:
        """Give the parts to a finished folder; they lie beside it, too, until it is in its place."""
        try:
            os.link(self.beside, work / PARTS)
        except OSError:  # a file system without links
            shutil.copyfile(self.beside, work / PARTS)

    def forget(self) -> None:
        """Remove the parts that lie beside the output."""
        for end in ("", "-wal", "-shm", "-journal", "-copy"):
            self.beside.with_name(self.beside.name + end).unlink(missing_ok=True)
