"""Mappings worth a curator's look: entries that bear a name of a concept which is not mapped there yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ..prefixes import PrefixError, vocabulary
from ..sssom import CLOSE, EXACT, LEXICAL, Row, sssom_text
from .kinds import fits
from .names import normal, words
from .ours import SHORTEST_SYNONYM, OurConcept
from .terms import Term, VocabularyFile

LABEL, SYNONYM = "skos:prefLabel", "skos:altLabel"
#: How sure a match of two names is, by which of our names it is and which of theirs; "words" is the same words in
#: another order or number.  Measured: the share of such matches, with the known packages, in which the entry is the
#: one that our curated mappings name for the concept (docs/linking.md has the counts).
SCORES: Final[Mapping[tuple[str, str], float]] = {
    (LABEL, LABEL): 0.98,
    (LABEL, SYNONYM): 0.76,
    (SYNONYM, LABEL): 0.61,
    (LABEL, "words"): 0.5,
    (SYNONYM, SYNONYM): 0.27,
}
#: What is left of a score when several entries of one vocabulary bear the name equally well; measured alike.
AMBIGUOUS: Final = 0.4


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that bears a name of a concept."""

    concept: OurConcept
    term: Term
    file: VocabularyFile
    ours: str  # which of our names: LABEL or SYNONYM
    theirs: str  # which of theirs: LABEL, SYNONYM or "words"
    name: str  # our name

    @property
    def score(self) -> float:
        """How sure the match is, others left aside."""
        return SCORES[self.ours, self.theirs]

    @property
    def key(self) -> tuple[str, str]:
        """What is matched with what."""
        return self.concept.curie, self.term.id


def suggest(
    concepts: Iterable[OurConcept], files: Sequence[VocabularyFile], known: Iterable[Row], *, least: float = 0.0
) -> list[Row]:
    """SSSOM rows for concepts that have no exact mapping to a vocabulary, the surest of each first.

    What ``known`` maps or rejects is not proposed again.  Rows below the confidence ``least`` are left out.
    """
    known = list(known)
    decided = {(row.subject_id, row.object_id) for row in known}
    mapped = {
        (row.subject_id, row.object_id.partition(":")[0])
        for row in known
        if row.predicate_id == EXACT and not row.rejected
    }
    best: dict[tuple[str, str], Candidate] = {}
    for candidate in candidates(concepts, files):
        prefix = candidate.term.id.partition(":")[0]
        if candidate.key in decided or (candidate.concept.curie, prefix) in mapped:
            continue
        if candidate.key not in best or candidate.score > best[candidate.key].score:
            best[candidate.key] = candidate
    rivals: dict[tuple[str, str], list[Candidate]] = {}
    for candidate in best.values():
        rivals.setdefault((candidate.concept.curie, candidate.term.id.partition(":")[0]), []).append(candidate)
    rows = [_row(c, group) for group in rivals.values() for c in group]
    kept = [row for row in rows if float(row.confidence) >= least]
    return sorted(kept, key=lambda row: (row.subject_id, -float(row.confidence), row.object_id))


def suggestions_text(rows: Sequence[Row]) -> str:
    """A file of suggestions; the column in which a curator rejects is there, empty."""
    title = "her2kg, suggestions for a curator"
    return sssom_text("suggestions.sssom.tsv", title, rows, tool="her2kg link suggest", empty=("predicate_modifier",))


def candidates(concepts: Iterable[OurConcept], files: Sequence[VocabularyFile]) -> Iterator[Candidate]:
    """Every current entry of a fitting kind that bears a name of a concept, file by file."""
    by_name: dict[str, list[tuple[OurConcept, str, str]]] = {}
    by_words: dict[frozenset[str], list[OurConcept]] = {}
    for concept in concepts:
        by_words.setdefault(words(concept.label), []).append(concept)
        for number, name in enumerate(concept.names):
            if number == 0 or len(normal(name)) >= SHORTEST_SYNONYM:
                by_name.setdefault(normal(name), []).append((concept, SYNONYM if number else LABEL, name))
    trees: dict[str, tuple[str, ...]] = {}
    for file in files:
        if "mesh" in file.prefixes:
            trees |= {term.id: term.trees for term in file.terms() if term.trees}
    for file in files:
        for term in file.terms():
            if not term.obsolete and term.label:
                yield from _of_term(term, file, by_name, by_words, trees)


def _of_term(
    term: Term,
    file: VocabularyFile,
    by_name: Mapping[str, list[tuple[OurConcept, str, str]]],
    by_words: Mapping[frozenset[str], list[OurConcept]],
    trees: Mapping[str, tuple[str, ...]],
) -> Iterator[Candidate]:
    seen: set[tuple[str, str]] = set()
    for number, name in enumerate(term.names):
        for concept, ours, our_name in by_name.get(normal(name), ()):
            theirs = SYNONYM if number else LABEL
            if (concept.curie, ours) not in seen and fits(term, concept.cls, trees):
                seen.add((concept.curie, ours))
                yield Candidate(concept, term, file, ours, theirs, our_name)
    for concept in by_words.get(words(term.label), ()):
        if (concept.curie, LABEL) not in seen and fits(term, concept.cls, trees):
            yield Candidate(concept, term, file, LABEL, "words", concept.label)


def _row(candidate: Candidate, rivals: Sequence[Candidate]) -> Row:
    equal = sum(other.score == candidate.score for other in rivals)
    score = candidate.score * (AMBIGUOUS if equal > 1 else 1)
    prefix = candidate.term.id.partition(":")[0]
    return Row(
        subject_id=candidate.concept.curie,
        subject_label=candidate.concept.label,
        predicate_id=EXACT if candidate.ours == candidate.theirs == LABEL or candidate.concept.cls == "Drug" else CLOSE,
        object_id=candidate.term.id,
        object_label=candidate.term.label,
        mapping_justification=LEXICAL,
        object_source=_source(prefix),
        object_source_version=candidate.file.version,
        confidence=f"{score:.2f}",
        subject_match_field=candidate.ours,
        object_match_field=LABEL if candidate.theirs == "words" else candidate.theirs,
        match_string=normal(candidate.name),
        comment=f"one of {equal} entries that match equally well" if equal > 1 else "",
    )


def _source(prefix: str) -> str:
    try:
        registered = vocabulary(prefix).bioregistry
    except PrefixError:
        return ""
    return f"bioregistry:{registered}" if registered else ""
