"""What a fetch has to do and has done, in a folder beside its output, so that a killed one goes on where it was."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from ..http_tries import Again
from ..replace import whole_file
from .eutils import FetchError, Part
from .records import number_of, records_in

#: Records a request; NCBI asks for no more than some hundreds.
BATCH: Final = 200
_PLAN: Final = "plan.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some records of a part, which are fetched together."""

    number: int
    part: Part
    start: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What was asked for, what was found, and where finished batches lie."""

    folder: Path
    question: Mapping[str, Any]
    count: int  # as the search reported it
    parts: tuple[Part, ...]
    notes: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The numbers of all records that are wanted, each once."""
        return tuple(dict.fromkeys(number for part in self.parts for number in part.ids))

    def batches(self) -> Iterator[Batch]:
        """The batches, always the same ones for the same plan."""
        number = 0
        for part in self.parts:
            for start in range(0, len(part.ids), BATCH):
                yield Batch(number=number, part=part, start=start, ids=part.ids[start : start + BATCH])
                number += 1

    def finished(self, batch: Batch) -> bool:
        """Whether a batch was fetched before and is whole; what is not whole is removed."""
        whole = [path for path in self.folder.glob(f"batch-{batch.number:05}-*.xml") if _is_whole(path, batch.ids)]
        return bool(whole)

    def keep(self, number: int, records: Mapping[str, bytes]) -> None:
        """Keep the records of a batch, under the digest by which a later run knows them to be whole."""
        data = b"\n".join(records[pmid] for pmid in sorted(records, key=int))
        whole_file(self.folder / f"batch-{number:05}-{_digest(data)}.xml", data)

    def kept(self) -> Iterator[Path]:
        """The files of finished batches."""
        return iter(sorted(self.folder.glob("batch-*.xml")))

    def save(self) -> None:
        """Begin: a plan that was saved is gone on with."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        saved = {
            "question": dict(self.question),
            "count": self.count,
            "parts": [asdict(part) for part in self.parts],
            "notes": list(self.notes),
        }
        whole_file(self.folder / _PLAN, json.dumps(saved, ensure_ascii=False, indent=1).encode())

    def remove(self) -> None:
        """End: the output is written."""
        shutil.rmtree(self.folder, ignore_errors=True)


def saved_plan(folder: Path, question: Mapping[str, Any]) -> Plan | None:
    """The plan of an earlier run that asked the same; nothing when there is none, or none that can be read."""
    try:
        saved = json.loads((folder / _PLAN).read_text(encoding="utf-8"))
        if saved["question"] != dict(question):
            return None
        parts = tuple(Part(**{**part, "ids": tuple(part["ids"])}) for part in saved["parts"])
        return Plan(
            folder=folder, question=question, count=int(saved["count"]), parts=parts, notes=tuple(saved["notes"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def folder_of(output: Path) -> Path:
    """Where the plan of an output lies.

    Raises :class:`FetchError` when the output has no place.
    """
    if not output.absolute().parent.is_dir():
        raise FetchError(f"{output}: there is no folder {output.absolute().parent}; make it, or name another file")
    if output.is_dir():
        raise FetchError(f"{output}: is a folder; name a file with -o")
    return output.absolute().parent / f".{output.name}.her2kg-fetch"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def _is_whole(path: Path, ids: tuple[str, ...]) -> bool:
    try:
        data = path.read_bytes()
        numbers = {number_of(record) for record in records_in(data)}
        if path.stem.rpartition("-")[2] == _digest(data) and numbers <= set(ids):
            return True
    except (OSError, Again):
        pass
    path.unlink(missing_ok=True)
    return False
