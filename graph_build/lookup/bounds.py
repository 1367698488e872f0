"""Records of a bounded size, which say when they are cut: what an assistant reads is paid for by the word."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, is_dataclass, replace
from typing import Any, Final, TypeVar, cast

from .reader import TooMany

R = TypeVar("R")

#: The most characters of a record as JSON, and of one text in it.
RECORD: Final = 60_000
TEXT: Final = 2_000
#: How long lists may be, tried in this order until the record is small enough.
_LENGTHS: Final = (200, 100, 50, 20, 10, 5, 2, 1)
#: Fields that are as long as they are: a table without some of its columns would be another one.
_WHOLE: Final = frozenset({"columns"})


def bounded(record: R, largest: int = RECORD, text: int = TEXT) -> R:
    """A record whose long texts end in “…” and whose lists are cut, with a note that says so.

    Raises :class:`TooMany` when it cannot be made small enough.
    """
    for length in _LENGTHS:
        short = _short(record, length, text)
        if len(json.dumps(asdict(short))) <= largest:
            return cast(R, short if short == record else replace(short, note=_note(record, length, text)))
    raise TooMany("the answer is too large for an assistant even when it is cut; ask for less")


def _note(record: Any, length: int, text: int) -> str:
    """What was left out."""
    notes = [record.note] if record.note else []
    if _short(record, 1_000_000, text) != record:
        notes.append(f"texts of more than {text:,} characters end in “…”")
    if _short(record, length, 1_000_000) != record:
        notes.append(f"lists are cut after {length}; give limit and offset, or ask for less, to see the rest")
    return "; ".join(notes)


def _short(value: Any, length: int, text: int) -> Any:
    """A value with its texts and lists cut; those that are pages know that there is more."""
    if isinstance(value, str):
        return value if len(value) <= text else value[:text] + "…"
    if isinstance(value, tuple):
        return tuple(_short(one, length, text) for one in value)
    if isinstance(value, dict):
        return {name: _cut(_short(one, length, text), length) for name, one in [*value.items()][:length]}
    if not is_dataclass(value):
        return value
    found = {f.name: _short(getattr(value, f.name), length, text) for f in fields(value)}
    kept = {name: one if name in _WHOLE else _cut(one, length) for name, one in found.items()}
    pages = [name for name, one in kept.items() if name not in _WHOLE and isinstance(one, tuple)]
    if "cut" in kept and pages:
        kept["cut"] = kept["offset"] + len(kept[pages[0]]) < kept["total"]
    return replace(value, **kept)  # type: ignore[type-var]


def _cut(value: Any, length: int) -> Any:
    return value[:length] if isinstance(value, tuple) else value
