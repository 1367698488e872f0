"""The published vocabulary files with which mappings are made, each read when first asked for.

The readers are those of ``her2kg link`` (:mod:`graph_build.link.packs`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Final

from graph_build.link.files import open_all
from graph_build.link.names import normal, words
from graph_build.link.packs import PACKS
from graph_build.link.terms import Term, Vocabulary, VocabularyError

__all__ = ["EDITIONS", "Term", "Vocabulary", "VocabularyFiles", "normal", "words"]

#: The known files and their editions.
EDITIONS: Final = PACKS


class VocabularyFiles:
    """The vocabulary files under some folders, each read when first asked for."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self.folders = tuple(folders)
        self._read: dict[str, Vocabulary] = {}
        self._paths: dict[str, Path] | None = None

    def path(self, key: str) -> Path:
        """The file of a vocabulary."""
        if self._paths is None:
            self._paths = {file.name: file.path for file in open_all(self.folders)}
        if key not in self._paths:
            raise VocabularyError(f"{EDITIONS[key].pattern} is in none of: {', '.join(map(str, self.folders))}")
        return self._paths[key]

    def __getitem__(self, key: str) -> Vocabulary:
        if key not in self._read:
            path = self.path(key)
            vocabulary = Vocabulary(key, path.name, EDITIONS[key].version)
            self._read[key] = vocabulary.add(EDITIONS[key].read(path))
        return self._read[key]

    @cached_property
    def pair_qualifiers(self) -> dict[str, str]:
        """The MeSH qualifiers by identifier, from the descriptor-qualifier pairs of 2026."""
        found: dict[str, str] = {}
        with self.path("mesh-2026").open(encoding="utf-8", newline="") as file:
            for iri, _, subject in csv.reader(file):
                if match := re.fullmatch(r".*/D\d+(Q\d+)", iri):
                    found[match[1]] = subject.rsplit("/", 1)[1]
        return found

    @cached_property
    def allowed_qualifiers(self) -> dict[str, tuple[str, ...]]:
        """The MeSH qualifiers that each descriptor allows, from the descriptor-qualifier pairs of 2026, as numbers."""
        found: dict[str, set[str]] = {}
        with self.path("mesh-2026").open(encoding="utf-8", newline="") as file:
            for iri, _, _ in csv.reader(file):
                if match := re.fullmatch(r".*/(D\d+)(Q\d+)", iri):
                    found.setdefault(f"mesh:{match[1]}", set()).add(match[2])
        return {heading: tuple(sorted(allowed)) for heading, allowed in found.items()}
