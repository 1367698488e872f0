"""The whole evaluation of a corpus: both scopes, every type and all together, by every measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .corpora import Corpus
from .gold import Annotation, GoldDocument
from .ours import Recogniser
from .score import IDENTIFIER, MEASURES, Compared, Counts, Resamples, Score, compare

EVERYTHING, DOMAIN = "everything", "in the lexicon's domain"
SCOPES = (EVERYTHING, DOMAIN)
ALL = "all types"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table."""

    scope: str
    measure: str
    kind: str
    score: Score


@dataclass(frozen=True, slots=True)
class Difference:
    """A name that was missed, or found falsely."""

    document: str
    scope: str
    measure: str
    finding: str  # "missed" or "false"
    annotation: Annotation
    text: str
    other: str  # what the other side has at this place


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that is to be said of a corpus."""

    corpus: Corpus
    documents: int
    annotations: int
    misplaced: int
    others: int
    lines: tuple[Line, ...]
    differences: tuple[Difference, ...]


def evaluate(
    corpus: Corpus, documents: Sequence[GoldDocument], recogniser: Recogniser, *, times: int = 1000, seed: int = 1
) -> Evaluation:
    """Compare what people annotated with what is found.

    In the second scope count the entities alone that the lexicon's mappings hold, on both sides.
    """
    found = [recogniser.find(document) for document in documents]
    held = recogniser.held()
    resamples = Resamples(len(documents), times, seed)
    lines: list[Line] = []
    differences: list[Difference] = []
    for scope in SCOPES:
        for measure in MEASURES:
            counted: dict[str, list[Counts]] = {}
            for kind in corpus.scored:
                compared = []
                for document, ours in zip(documents, found, strict=True):
                    gold = _of(kind, document.annotations, scope, measure, held)
                    one = compare(measure, gold, _of(kind, ours, scope, measure, held))
                    compared.append(one)
                    differences += _differences(document, ours, scope, measure, one)
                counted[kind] = [one.counts for one in compared]
                lines.append(Line(scope, measure, kind, resamples.score(counted[kind])))
            if len(counted) > 1:
                together = [sum(counts, Counts()) for counts in zip(*counted.values(), strict=True)]
                lines.append(Line(scope, measure, ALL, resamples.score(together)))
    return Evaluation(
        corpus=corpus,
        documents=len(documents),
        annotations=sum(len(document.annotations) for document in documents),
        misplaced=sum(document.misplaced for document in documents),
        others=sum(document.others for document in documents),
        lines=tuple(lines),
        differences=tuple(differences),
    )


def _of(
    kind: str, annotations: Iterable[Annotation], scope: str, measure: str, held: Mapping[str, frozenset[str]]
) -> list[Annotation]:
    """The annotations of a type that count in a scope."""
    chosen = [a for a in annotations if a.kind == kind]
    if scope == EVERYTHING:
        return chosen
    known = [(a, tuple(i for i in a.identifiers if i in held[kind])) for a in chosen]
    if measure == IDENTIFIER:  # of a composite mention the part alone that the lexicon has
        return [Annotation(a.start, a.end, a.kind, ids) for a, ids in known if ids]
    return [a for a, ids in known if ids]


def _differences(
    document: GoldDocument, ours: Sequence[Annotation], scope: str, measure: str, compared: Compared
) -> Iterable[Difference]:
    for finding, rest, others in (("missed", compared.missed, ours), ("false", compared.false, document.annotations)):
        for annotation in rest:
            beside = [o for o in others if o.kind == annotation.kind and o.span.overlaps(annotation.span)]
            shown = "; ".join(f"{o.span.of(document.text)} ({' '.join(o.identifiers) or '-'})" for o in beside)
            words = annotation.span.of(document.text)
            yield Difference(document.id, scope, measure, finding, annotation, words, shown)
