"""JSON Schema (2020-12) of records, made from their types; the words beside a type are its description."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

Schema = dict[str, Any]
_PLAIN: Final = {str: "string", int: "integer", float: "number", bool: "boolean", types.NoneType: "null"}


def schemas(*records: type, place: str) -> dict[str, Schema]:
    """The schemas of records and of all that they hold, by name; they refer to each other at a ``place``."""
    found: dict[str, Schema] = {}
    for record in records:
        _add(record, place, found)
    return dict(sorted(found.items()))


def schema(record: type) -> Schema:
    """The schema of one record, complete in itself."""
    found = schemas(record, place="#/$defs/")
    return found.pop(record.__name__) | {"$defs": found}


def _add(record: type, place: str, found: dict[str, Schema]) -> None:
    if record.__name__ in found:
        return
    found[record.__name__] = {}  # a record may hold others of its kind
    hints = get_type_hints(record, include_extras=True)
    found[record.__name__] = {
        "type": "object",
        "description": (record.__doc__ or "").strip(),
        "properties": {field.name: _of(hints[field.name], place, found) for field in fields(record)},
        "required": [field.name for field in fields(record)],
        "additionalProperties": False,
    }


def _of(hint: Any, place: str, found: dict[str, Schema]) -> Schema:
    """The schema of a type."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _of(inside[0], place, found) | {"description": inside[1]}
    if origin is Literal:
        return {"type": "string", "enum": list(inside)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_of(one, place, found) for one in inside]}
    if origin is tuple:
        return {"type": "array", "items": _of(inside[0], place, found)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _of(inside[1], place, found)}
    if is_dataclass(hint):
        assert isinstance(hint, type)
        _add(hint, place, found)
        return {"$ref": place + hint.__name__}
    return {"type": _PLAIN[hint]}
