"""Are mappings right?  Each is looked up in the vocabulary files at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ..sssom import CHAIN, EXACT, LEXICAL, MANUAL, Row
from .kinds import may_hold
from .names import normal, words
from .ours import OurConcept
from .terms import Term, VocabularyFile

#: What a row can prove to be, the good first.
STATES: Final = ("confirmed", "renamed", "unverifiable", "obsolete", "wrong")
#: The faults: with one of them a check fails.
FAULTS: Final = ("obsolete", "wrong")

#: What has proper names: two things that are exactly the same share one, whoever says so.
_BY_NAME: Final = ("Drug", "Gene")
_CONTAINS: Final = "by a name that contains ours"

Found = Mapping[str, Sequence[tuple[VocabularyFile, Term]]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a mapping row proved to be, why, and by which file."""

    row: Row
    state: str
    note: str
    file: VocabularyFile | None = None


def check_mappings(
    rows: Sequence[Row], concepts: Iterable[OurConcept], files: Sequence[VocabularyFile]
) -> list[Verdict]:
    """A verdict on each row that is not a rejection, in their order.

    * ``confirmed``: the identifier is current, and its label or a synonym there is a name of ours; or a curator
      chose the entry by its label (for exact matches of drugs and genes that is not enough); or a confirmed entry
      cross-references it.
    * ``renamed``: the identifier holds, its label has changed since the row was written.
    * ``unverifiable``: no file at hand knows the identifier, and none claims to know all.
    * ``obsolete``: the vocabulary has withdrawn the entry.
    * ``wrong``: no such concept of ours, no such entry, or an entry of another name.

    Each file is read once, and only entries that rows name are kept.
    """
    known = {concept.curie: concept for concept in concepts}
    found = look_up(files, {row.object_id for row in rows})
    complete = {prefix for file in files if file.complete for prefix in file.prefixes}
    kept = [row for row in rows if not row.rejected]
    alone = {row: _judge(row, known.get(row.subject_id), found.get(row.object_id, ()), None, complete) for row in kept}
    sure: dict[str, list[str]] = {}  # exact matches that need no witness themselves
    for row, verdict in alone.items():
        if row.predicate_id == EXACT and verdict.state in ("confirmed", "renamed"):
            sure.setdefault(row.subject_id, []).append(row.object_id)
    verdicts = []
    for row in kept:
        witness = _cross_reference(row, sure.get(row.subject_id, ()), found)
        judged = _judge(row, known.get(row.subject_id), found.get(row.object_id, ()), witness, complete)
        verdicts.append(judged if witness else alone[row])
    return verdicts


def look_up(files: Iterable[VocabularyFile], wanted: set[str]) -> dict[str, list[tuple[VocabularyFile, Term]]]:
    """The entries with these identifiers, each with the file that has it, in the order of the files."""
    found: dict[str, list[tuple[VocabularyFile, Term]]] = {}
    for file in files:
        for term in file.terms():
            if term.id in wanted:
                found.setdefault(term.id, []).append((file, term))
    return found


def _cross_reference(row: Row, others: Iterable[str], found: Found) -> tuple[VocabularyFile, str] | None:
    """The file in which an exact match of the same concept refers to this row's entry."""
    for other in others:
        for file, term in found.get(other, ()):
            if row.object_id in term.xrefs:
                return file, f"cross-referenced by {other}"
    return None


def _judge(
    row: Row,
    concept: OurConcept | None,
    entries: Sequence[tuple[VocabularyFile, Term]],
    witness: tuple[VocabularyFile, str] | None,
    complete: set[str],
) -> Verdict:
    if concept is None:
        return Verdict(row, "wrong", f"{row.subject_id} is no concept of ours")
    named = [(file, term) for file, term in entries if term.label]
    if not named:
        if witness:
            return Verdict(row, "confirmed", witness[1], witness[0])
        if row.object_id.partition(":")[0] in complete:
            return Verdict(row, "wrong", "no entry has this identifier")
        return Verdict(row, "unverifiable", "no file at hand has this identifier")
    file, term = named[0]
    if term.obsolete:
        instead = f"; replaced by {', '.join(term.replaced_by)}" if term.replaced_by else ""
        return Verdict(row, "obsolete", f"withdrawn{instead}", file)
    names = {normal(name) for _, entry in named for name in entry.names}
    ours = {normal(name) for name in concept.names}
    shared = _shared(row, concept, [name for _, entry in named for name in entry.names], bool(ours & names))
    label = normal(row.object_label)
    if label and label != normal(term.label):
        # The row's label is an earlier one of the entry, or the entry still bears a name of ours.
        if label in names or (shared and shared != _CONTAINS):
            return Verdict(row, "renamed", f"now “{term.label}”", file)
        return Verdict(row, "wrong", f"the entry is “{term.label}”", file)
    if shared:
        return Verdict(row, "confirmed", shared, file)
    if row.mapping_justification == MANUAL and label:
        if not may_hold(row.object_id.partition(":")[0], concept.cls):
            return Verdict(
                row, "wrong", f"the entry is “{term.label}”; there is no {concept.cls} in that vocabulary", file
            )
        if row.predicate_id == EXACT and concept.cls in _BY_NAME:
            note = f"the entry is “{term.label}”, which is no name of ours; give the concept that synonym if it is one"
            return Verdict(row, "wrong", note, file)
        return Verdict(row, "confirmed", "chosen by a curator, by its label", file)
    if witness and row.mapping_justification == CHAIN:
        return Verdict(row, "confirmed", witness[1], witness[0])
    return Verdict(row, "wrong", f"the entry is “{term.label}”, which is no name of ours", file)


def _shared(row: Row, concept: OurConcept, names: Sequence[str], same: bool) -> str:
    """How a name of ours and one of the entry agree, in words; empty when none does."""
    if same:
        return "by name"
    ours = [words(name) for name in concept.names if len(normal(name)) > 2]
    theirs = [words(name) for name in names]
    if any(one == other for one in ours for other in theirs):
        return "by name, in another order or number"
    # "immunohistochemistry evidence", "EGFR protein, human": close to what we have, and says so
    contains = any(one and one < other for one in ours for other in theirs)
    close = row.predicate_id != EXACT and row.mapping_justification == LEXICAL
    return _CONTAINS if close and contains else ""
