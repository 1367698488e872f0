"""Counts of right, false and missed, and what follows from them with its uncertainty."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from graph_build.model import Span

from .gold import Annotation

EXACT, OVERLAP, IDENTIFIER = "exact span", "overlapping span", "identifier"
#: What is compared, in the order of the tables: two ways for mentions, one for identifiers of whole documents.
MEASURES: Final = (EXACT, OVERLAP, IDENTIFIER)


@dataclass(frozen=True, slots=True)
class Counts:
    """What was found rightly, what falsely, and what was missed."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """How much of what we found is right; nothing when we found nothing."""
        return self.right / (self.right + self.false) if self.right + self.false else None

    @property
    def recall(self) -> float | None:
        """How much of what is there we found; nothing when nothing is there."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of the two."""
        total = 2 * self.right + self.false + self.missed
        return 2 * self.right / total if total else None


@dataclass(frozen=True, slots=True)
class Compared:
    """One document by one measure: the pairs that agree are gone, the rest is here."""

    counts: Counts
    false: tuple[Annotation, ...]
    missed: tuple[Annotation, ...]


def compare(measure: str, gold: Sequence[Annotation], ours: Sequence[Annotation]) -> Compared:
    """Compare the annotations of one type in one document."""
    if measure == IDENTIFIER:
        return _by_identifier(gold, ours)
    there, found = _once(gold), _once(ours)
    missed = {a.span: a for a in there if a.span not in {b.span for b in found}}
    false = {b.span: b for b in found if b.span not in {a.span for a in there}}
    if measure == OVERLAP:  # each counts once: the first that overlaps, left to right
        for span in sorted(missed):
            partner = next((s for s in sorted(false) if s.overlaps(span)), None)
            if partner is not None:
                del missed[span], false[partner]
        _parts(there, missed, false)
    counts = Counts(len(there) - len(missed), len(false), len(missed))
    return Compared(counts, tuple(false.values()), tuple(missed.values()))


def _parts(gold: Sequence[Annotation], missed: dict[Span, Annotation], false: dict[Span, Annotation]) -> None:
    """Further names of ours inside one that stands for several things are not false: "breast and ovarian cancer"."""
    for whole in gold:
        inside = [span for span in sorted(false) if span in whole.span] if whole.span not in missed else []
        for span in inside[: max(0, len(whole.identifiers) - 1)]:
            del false[span]


def _once(annotations: Sequence[Annotation]) -> list[Annotation]:
    """Annotations of which each span counts once."""
    return list({a.span: a for a in annotations}.values())


def _by_identifier(gold: Sequence[Annotation], ours: Sequence[Annotation]) -> Compared:
    """The sets of identifiers of a document; the first mention stands for each.

    One of our concepts may have several identifiers in a vocabulary.  The further ones of a concept of which one is
    right, or that was counted, are not counted as false.
    """
    there = _first(gold)
    found: dict[str, Annotation] = {}
    for mention in ours:
        if mention.identifiers:
            right = [i for i in mention.identifiers if i in there]
            for identifier in right or mention.identifiers[:1]:
                found.setdefault(identifier, mention)
    false = {i: a for i, a in found.items() if i not in there}
    missed = {i: a for i, a in there.items() if i not in found}
    counts = Counts(len(there) - len(missed), len(false), len(missed))
    return Compared(counts, _named(false), _named(missed))


def _first(annotations: Sequence[Annotation]) -> dict[str, Annotation]:
    found: dict[str, Annotation] = {}
    for annotation in annotations:
        for identifier in annotation.identifiers:
            found.setdefault(identifier, annotation)
    return found


def _named(found: dict[str, Annotation]) -> tuple[Annotation, ...]:
    return tuple(Annotation(a.start, a.end, a.kind, (i,)) for i, a in sorted(found.items()))


@dataclass(frozen=True, slots=True)
class Score:
    """A line of a table: the counts, and 95 % intervals of precision, recall and F1."""

    counts: Counts
    intervals: tuple[tuple[float, float] | None, ...] = (None, None, None)


class Resamples:
    """How often each document is drawn in each of many samples of documents, the same for every line of a table."""

    def __init__(self, documents: int, times: int, seed: int) -> None:
        draw = random.Random(seed)  # its sequence is the same on every machine and version
        self.weights = np.zeros((times, documents), dtype=np.int64)
        for row in self.weights:
            for number in draw.choices(range(documents), k=documents):
                row[number] += 1

    def score(self, documents: Sequence[Counts]) -> Score:
        """The sum over all documents, with the middle 95 % of what the samples give."""
        total = sum(documents, Counts())
        if not len(self.weights):
            return Score(total)
        columns = np.array([[c.right, c.false, c.missed] for c in documents], dtype=np.int64)
        sums = [Counts(*map(int, row)) for row in self.weights @ columns]
        values = ([s.precision for s in sums], [s.recall for s in sums], [s.f1 for s in sums])
        return Score(total, tuple(_middle([v for v in found if v is not None]) for found in values))


def _middle(values: Sequence[float]) -> tuple[float, float] | None:
    """The 2.5th and the 97.5th percentile."""
    if not values:
        return None
    low, high = np.percentile(values, [2.5, 97.5])
    return (float(low), float(high))
