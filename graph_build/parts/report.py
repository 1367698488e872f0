"""``report.json``, written as it comes: a list can be longer than memory."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from io import TextIOBase
from typing import Any

_STEP = "  "


def write_json(file: TextIOBase, value: Any, indent: str = "") -> None:
    """Write JSON as ``json.dumps(…, indent=2)`` does; an iterator becomes a list, item by item.

    >>> import io
    >>> file = io.StringIO()
    >>> write_json(file, {"a": iter([1, {"b": []}]), "c": iter(())})
    >>> file.getvalue() == json.dumps({"a": [1, {"b": []}], "c": []}, indent=2)
    True
    """
    if isinstance(value, Iterator):
        _write_list(file, value, indent)
    elif isinstance(value, Mapping) and value:
        border = "{\n"
        for name, what in value.items():
            file.write(f"{border}{indent}{_STEP}{json.dumps(name, ensure_ascii=False)}: ")
            write_json(file, what, indent + _STEP)
            border = ",\n"
        file.write(f"\n{indent}}}")
    else:
        file.write(json.dumps(value, ensure_ascii=False, indent=2).replace("\n", f"\n{indent}"))


def _write_list(file: TextIOBase, values: Iterator[Any], indent: str) -> None:
    border = "[\n"
    for value in values:
        file.write(f"{border}{indent}{_STEP}")
        write_json(file, value, indent + _STEP)
        border = ",\n"
    file.write("[]" if border == "[\n" else f"\n{indent}]")
