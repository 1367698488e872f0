"""The vocabulary files that a user names: single files, and folders with known packages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ..resources import resource
from .formats import open_vocabulary
from .packs import DIGESTS, PACKS, as_file, find_packs, sha256
from .terms import VocabularyError, VocabularyFile


def open_all(paths: Iterable[Path]) -> list[VocabularyFile]:
    """The files, a user's own before known packages, and of those the newest edition first.

    Raises :class:`VocabularyError` for a path that is missing, a folder without a known file, and a file that is
    not what it begins as.
    """
    own: list[VocabularyFile] = []
    known: dict[str, VocabularyFile] = {}
    for path in paths:
        if path.is_dir():
            found = list(find_packs(path))
            if not found:
                names = ", ".join(sorted({pack.pattern for pack in PACKS.values()}))
                raise VocabularyError(f"{path}: holds no known vocabulary file ({names}); name other files one by one")
            for file in found:
                if file.name not in known or _is_known_edition(file) > _is_known_edition(known[file.name]):
                    known[file.name] = file
        else:
            file = open_vocabulary(path)
            if file.name in PACKS:
                known.setdefault(file.name, file)
            else:
                own.append(file)
    shipped = as_file("registers", resource("ontology", "trial-numbers.tsv"))
    known.setdefault(shipped.name, shipped)
    order = list(PACKS)
    return [with_digest(file) for file in (*own, *sorted(known.values(), key=lambda file: order.index(file.name)))]


def _is_known_edition(file: VocabularyFile) -> bool:
    return sha256(file.path) == DIGESTS.get(PACKS[file.name].pattern)


def with_digest(file: VocabularyFile) -> VocabularyFile:
    """The same with its SHA-256; a known file that is not the edition we know says so."""
    digest = sha256(file.path)
    pack = PACKS.get(file.name)
    if pack and DIGESTS.get(pack.pattern, digest) != digest:
        return replace(file, sha256=digest, version=f"edition not known (not {file.version})")
    return replace(file, sha256=digest)
