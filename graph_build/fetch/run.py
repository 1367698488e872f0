"""Fetch records of PubMed: search, batches, one file; nothing is lost without being named."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedWriter
from pathlib import Path
from typing import IO, Any, Final, cast

from ..replace import whole_stream
from .eutils import Access, Dates, Eutils, FetchError, HistoryGone, Part
from .plan import Batch, Plan, folder_of, saved_plan
from .records import number_of, records_in

#: So many missing records are asked for one by one, to learn whether PubMed has them under another number.
_MOST_ALONE: Final = 100
_HEAD: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n<PubmedArticleSet>\n'
_FOOT: Final = b"</PubmedArticleSet>\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What was fetched."""

    output: Path
    count: int  # the records that the search reported, or that were named
    wanted: int  # of these, with the limit
    written: int
    missing: tuple[str, ...] = ()  # PubMed gave no record for these
    unlisted: int = 0  # the search reported more than it listed
    merged: Mapping[str, str] = field(default_factory=dict)  # the number by which PubMed now knows a record


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is told how far it is: of ``done`` of ``total`` records, and in sentences."""

    progress: Callable[[int, int], None]
    say: Callable[[str], None]


def fetch(
    asked: str | Sequence[str],
    output: Path,
    access: Access,
    watcher: Watcher,
    *,
    dates: Dates | None = None,
    limit: int | None = None,
    restart: bool = False,
) -> Fetched:
    """Fetch what a query finds, or the records of some PMIDs, into one file (gzip when its name ends in ``.gz``).

    A run that was killed is gone on with by the next one that asks the same.  Raises :class:`FetchError`.
    """
    eutils = Eutils(access)
    try:
        plan = _planned(asked, output, access, eutils, watcher, dates, limit, restart)
        for sentence in plan.notes:
            watcher.say(sentence)
        done = 0
        for batch in plan.batches():
            if not plan.finished(batch):
                plan.keep(batch.number, _records(eutils, batch))
            done += len(batch.ids)
            watcher.progress(done, len(plan.ids))
        merged = _look_again(eutils, plan)
        places = _places(plan)
        if not places:
            raise FetchError(f"PubMed has no record of {_few(plan.ids)}")
        _write(output, places)
        plan.remove()
    except OSError as error:
        raise FetchError(f"{output}: cannot be written ({error.strerror or error})") from error
    gone = tuple(sorted({n for n in plan.ids if n not in places and n not in merged}, key=int))
    wanted = plan.count if limit is None else min(plan.count, limit)
    return Fetched(
        output=output,
        count=plan.count,
        wanted=wanted,
        written=len(places),
        missing=gone,
        unlisted=max(0, wanted - len(plan.ids)),
        merged=merged,
    )


def _planned(
    asked: str | Sequence[str],
    output: Path,
    access: Access,
    eutils: Eutils,
    watcher: Watcher,
    dates: Dates | None,
    limit: int | None,
    restart: bool,
) -> Plan:
    """The plan of an earlier run that asked the same, or a new one."""
    question: dict[str, Any] = {"asked": asked if isinstance(asked, str) else list(asked), "base": access.base}
    question |= {"dates": [dates.kind, dates.first, dates.last] if dates else None, "limit": limit}
    folder = folder_of(output)
    if not restart and (plan := saved_plan(folder, question)):
        watcher.say("going on with the fetch that was broken off; --restart begins anew")
        return plan
    if isinstance(asked, str):
        found = eutils.search(asked, dates, limit)
        count, parts, notes = found.count, _limited(found.parts, limit), found.notes
        if not count:
            raise FetchError(f"PubMed has no record that matches “{asked}”" + "".join(f"; {note}" for note in notes))
    else:
        ids = tuple(dict.fromkeys(str(int(number)) for number in asked))
        count, parts, notes = len(ids), _limited((Part(ids=ids),), limit), ()
    plan = Plan(folder=folder, question=question, count=count, parts=parts, notes=notes)
    plan.save()
    return plan


def _limited(parts: Sequence[Part], limit: int | None) -> tuple[Part, ...]:
    if limit is None:
        return tuple(parts)
    kept: list[Part] = []
    for part in parts:
        left = limit - sum(len(p.ids) for p in kept)
        if left > 0:
            kept.append(Part(ids=part.ids[:left], web_env=part.web_env, query_key=part.query_key))
    return tuple(kept)


def _records(eutils: Eutils, batch: Batch) -> dict[str, bytes]:
    """The records of a batch: from the search's result, and by number what is not there, or no longer."""
    found: dict[str, bytes] = {}
    if batch.part.web_env:
        try:
            found = eutils.kept(batch.part, batch.start, len(batch.ids))
        except HistoryGone:
            found = {}
    left = [number for number in batch.ids if number not in found]
    if left:
        found |= eutils.records(left)
    return {number: record for number, record in found.items() if number in batch.ids}


def _look_again(eutils: Eutils, plan: Plan) -> dict[str, str]:
    """Ask once more for the records that did not come; the new numbers of those that PubMed merged into others."""
    places = _places(plan)
    left = [number for number in plan.ids if number not in places]
    if not left or len(left) > _MOST_ALONE:
        return {}
    merged: dict[str, str] = {}
    came: dict[str, bytes] = {}
    for number in left:
        found = eutils.records([number])
        came |= found
        if number not in found and len(found) == 1:
            merged[number] = next(iter(found))
    if new := {number: record for number, record in came.items() if number not in places}:
        plan.keep(99_999, new)
    return merged


def _places(plan: Plan) -> dict[str, tuple[Path, int, int]]:
    """Where each record lies in the files of the batches."""
    places: dict[str, tuple[Path, int, int]] = {}
    for path in plan.kept():
        start = 0
        for record in records_in(path.read_bytes()):
            places.setdefault(number_of(record), (path, start, len(record)))
            start += len(record) + 1  # a line feed is between them
    return places


def _write(output: Path, places: Mapping[str, tuple[Path, int, int]]) -> None:
    """The records in the order of their numbers: the same records are the same bytes."""
    with whole_stream(output) as file, _packed(file, output.suffix == ".gz") as stream:
        stream.write(_HEAD)
        for number in sorted(places, key=int):
            path, start, length = places[number]
            with path.open("rb") as batch:
                batch.seek(start)
                stream.write(batch.read(length) + b"\n")
        stream.write(_FOOT)


@contextmanager
def _packed(file: BufferedWriter, gz: bool) -> Iterator[IO[bytes]]:
    """A stream into a file; gzip without a name and a time, which would differ each time."""
    if not gz:
        yield file
        return
    with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
        yield cast(IO[bytes], packed)


def _few(numbers: Sequence[str]) -> str:
    shown = ", ".join(numbers[:5])
    return f"PMID {shown}" + (f" and {len(numbers) - 5:,} more" if len(numbers) > 5 else "")
