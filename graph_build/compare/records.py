"""What changed, for programs: as JSON, and as a table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from .changes import Changes
from .snapshot import Claim, Quote, Thing
from .wording import about, first_quotes, short

#: The columns of the table: one row for each change.
COLUMNS: Final = ("change", "what", "name", "iri", "before", "after", "document", "quote")


def as_json(changes: Changes) -> str:
    """Everything that changed, whole."""
    old, new = changes.before, changes.after
    found = {
        "same": changes.same,
        "tool": {"before": old.tool, "after": new.tool},
        "ontology": {"before": old.ontology, "after": new.ontology},
        "documents": {
            "added": _things(changes.documents_added),
            "removed": _things(changes.documents_removed),
            "changed": _things(changes.documents_changed),
        },
        "studies": {"new": _things(changes.studies_new), "gone": _things(changes.studies_gone)},
        "statements": {
            "new": [_record(c, changes) for c in changes.statements_new],
            "gone": [_record(c, changes) for c in changes.statements_gone],
            "flipped": [
                {
                    "before": _record(f.was, changes),
                    "after": _record(f.now, changes),
                    "document": f.document or None,
                    "earlier_stands": f.stands,
                }
                for f in changes.statements_flipped
            ],
            "other_quotes": [
                {**_record(q.claim, changes), "quotes_new": _quotes(q.came), "quotes_gone": _quotes(q.went)}
                for q in changes.statements_quoted
            ],
        },
        "mentioned": {"new": _things(changes.mentioned_new), "no_longer": _things(changes.mentioned_gone)},
        "mappings": {
            "new": [list(m) for m in changes.mappings_new],
            "gone": [list(m) for m in changes.mappings_gone],
            "changed": [
                {"concept": s, "target": o, "before": a, "after": b} for s, o, a, b in changes.mappings_changed
            ],
        },
        "quads": {graph: {"new": came, "gone": went} for graph, (came, went) in changes.quads.items()},
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _things(things: Iterable[Thing]) -> list[dict[str, str]]:
    return [{"label": thing.label, "iri": thing.iri} for thing in things]


def _record(claim: Claim, changes: Changes) -> dict[str, Any]:
    of, stance = claim.about, claim.stance
    return {
        "iri": claim.iri,
        "says": about(claim, changes),
        "subject": of.subject,
        "predicate": of.predicate,
        "object": of.object,
        "context": list(of.context),
        "negated": stance.negated,
        "certainty": stance.certainty,
        "appraisal": stance.appraisal or None,
        "quotes": _quotes(claim.quotes),
    }


def _quotes(quotes: Iterable[Quote]) -> list[dict[str, Any]]:
    return [{"document": q.document, "start": q.start, "text": q.text, "role": q.role} for q in quotes]


def as_tsv(changes: Changes) -> str:
    """Everything that changed, a row for each, under :data:`COLUMNS`."""
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in (COLUMNS, *_rows(changes)))


def _rows(changes: Changes) -> Iterator[tuple[str, ...]]:
    for what, was, now in (
        ("tool", changes.before.tool, changes.after.tool),
        ("ontology", changes.before.ontology, changes.after.ontology),
    ):
        if was != now:
            yield ("changed", what, "", "", was, now, "", "")
    for change, what, things in (
        ("added", "document", changes.documents_added),
        ("removed", "document", changes.documents_removed),
        ("changed", "document", changes.documents_changed),
        ("new", "study", changes.studies_new),
        ("gone", "study", changes.studies_gone),
        ("new", "mentioned", changes.mentioned_new),
        ("gone", "mentioned", changes.mentioned_gone),
    ):
        for thing in things:
            yield (change, what, thing.label, thing.iri, "", "", "", "")
    yield from _statement_rows(changes)
    yield from _other_rows(changes)


def _statement_rows(changes: Changes) -> Iterator[tuple[str, ...]]:
    for flip in changes.statements_flipped:
        said = (first_quotes(flip.now, flip.document) or [Quote("", 0, "", "")])[0]
        stances = (str(flip.was.stance), str(flip.now.stance))
        yield ("flipped", "statement", about(flip.now, changes), flip.now.iri, *stances, said.document, said.text)
    for change, claims in (("new", changes.statements_new), ("gone", changes.statements_gone)):
        for claim in claims:
            before, after = ("", str(claim.stance)) if change == "new" else (str(claim.stance), "")
            for q in claim.quotes or (Quote("", 0, "", ""),):
                yield (change, "statement", about(claim, changes), claim.iri, before, after, q.document, q.text)
    for quoted in changes.statements_quoted:
        name, iri, stance = about(quoted.claim, changes), quoted.claim.iri, str(quoted.claim.stance)
        for change, quotes in (("new", quoted.came), ("gone", quoted.went)):
            for q in quotes:
                yield (change, "quote", name, iri, stance, stance, q.document, q.text)


def _other_rows(changes: Changes) -> Iterator[tuple[str, ...]]:
    for change, mappings in (("new", changes.mappings_new), ("gone", changes.mappings_gone)):
        for concept, relation, target in mappings:
            yield (change, "mapping", f"{short(relation)} {short(target)}", concept, "", "", "", "")
    for concept, target, was, now in changes.mappings_changed:
        yield ("changed", "mapping", short(target), concept, short(was), short(now), "", "")
    for graph, (came, went) in changes.quads.items():
        yield ("changed", "quads", graph, graph, f"-{went}", f"+{came}", "", "")
