"""What parts depend on: the program, what it recognises names with, and the files of the user."""

from __future__ import annotations

import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from .. import __version__
from ..read.opening import STANDARD_INPUT
from ..resources import resource

_PACKAGE: Final = Path(__file__).resolve().parents[1]
#: The modules and packages through which a document goes; pages, servers and exports are none of them.
_CODE: Final = (
    *("assemble", "ground", "parts", "read", "recognise", "relate"),
    *("lexicon.py", "mesh.py", "model.py", "prefixes.py", "sssom.py", "terms.py", "vocabulary.py", "write.py"),
)
_LIBRARIES: Final = ("abbreviation-extractor", "ahocorasick-rs", "rdflib")
_PIECE: Final = 1 << 20


@cache
def of_program() -> str:
    """The program with its lexicon, ontology and mappings: what a document's graph is made by."""
    digest = hashlib.sha256(f"{__version__} {sys.version_info[:2]} {unicodedata.unidata_version}".encode())
    for library in _LIBRARIES:
        try:
            digest.update(f"{library} {version(library)}\n".encode())
        except PackageNotFoundError:
            digest.update(f"{library}\n".encode())
    for place in _CODE:
        _add(digest, _PACKAGE / place, "*.py")
    _add(digest, resource("ontology"), "*")
    return digest.hexdigest()


def of_folders(paths: Sequence[Path]) -> str:
    """Files, and folders with all that is in them, by their content."""
    digest = hashlib.sha256()
    for path in paths:
        _add(digest, path, "*")
    return digest.hexdigest()


def _add(digest: Any, place: Path, pattern: str) -> None:
    """Take in a file, or the files of a folder in the order of their names."""
    files = sorted(f for f in place.rglob(pattern) if f.is_file()) if place.is_dir() else [place]
    for file in files:
        if file.is_file():
            digest.update(f"{file.relative_to(place.parent).as_posix()} {of_file(file)}\n".encode())


def of_file(path: Path) -> str:
    """The SHA-256 of a file; nothing for one that cannot be read, or read twice."""
    if path == STANDARD_INPUT or not path.is_file():
        return ""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()


def state(path: Path) -> str:
    """Size and time of a file, to see that it is the one of before without reading it."""
    try:
        found = path.stat()
    except (OSError, ValueError):  # ValueError: a path with a NUL in it
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"


def of_run(kind: str, settings: object, files: Iterable[Path]) -> str:
    """Everything that the result of a command depends on; equal ones can go on with each other's parts."""
    return json.dumps([kind, of_program(), settings, [[str(file), state(file)] for file in files]])
