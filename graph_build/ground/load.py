"""Vocabulary files → what can be recognised, and an account of it."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ..lexicon import Lexicon
from ..link.formats import open_vocabulary
from ..link.packs import find_packs, sha256
from ..link.terms import VocabularyError, VocabularyFile
from ..model import ConceptId
from ..sssom import EXACT, MappingSet
from ..vocabulary import concept_iri
from .gather import Gathered, Source, Vocabularies


def find_files(paths: Iterable[Path]) -> list[VocabularyFile]:
    """The vocabulary files of some paths, in their order; of a folder all known packs.  A file counts once.

    Raises :class:`VocabularyError` for a path that is no vocabulary and for a folder without one.
    """
    found: dict[Path, VocabularyFile] = {}
    for path in paths:
        files = [f for f in find_packs(path) if not f.second_hand] if path.is_dir() else [open_vocabulary(path)]
        if not files:
            raise VocabularyError(f"{path}: holds none of the known vocabulary files; name a file of its own")
        for file in files:
            found.setdefault(file.path.resolve(), file)
    return list(found.values())


def load_vocabularies(paths: Sequence[Path], lexicon: Lexicon, mappings: MappingSet) -> Vocabularies:
    """Read vocabulary files and index their names, those of the lexicon's concepts as names of these concepts.

    Raises :class:`VocabularyError`, naming the file, for one that is not what it says.
    """
    with _without_collector():
        return _load(paths, lexicon, mappings)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Millions of objects that all stay make the cyclic collector walk them again and again: a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _load(paths: Sequence[Path], lexicon: Lexicon, mappings: MappingSet) -> Vocabularies:
    gathered = Gathered()
    sources = []
    for file in find_files(paths):
        before = len(gathered.ids)
        for term in file.terms():
            gathered.add(term)
        sources.append(
            Source(
                name=file.path.name,
                version=file.version,
                sha256=sha256(file.path),
                entries=len(gathered.ids) - before,
            )
        )
    return gathered.finish(tuple(sources), _ours(lexicon, mappings))


def _ours(lexicon: Lexicon, mappings: MappingSet) -> dict[str, ConceptId]:
    """The concepts of the lexicon by the IRIs that they are mapped to exactly."""
    by_iri = {concept_iri(concept): concept for concept in lexicon.concepts}
    exact = (row for row in mappings.rows if row.predicate_id == EXACT and not row.rejected)
    pairs = ((mappings.expand(row.subject_id), mappings.expand(row.object_id)) for row in exact)
    return {target: by_iri[subject] for subject, target in pairs if subject in by_iri}
