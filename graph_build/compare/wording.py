"""What changed, as text for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ..prefixes import curie
from .changes import Changes, Flip
from .snapshot import Claim, Quote, Thing

#: A quote as text shows it is cut after so many characters; JSON and the table have it whole.
_LONGEST_QUOTE: Final = 300


def as_text(changes: Changes, *, most: int | None) -> str:
    """Counts first, then the lists, each with ``most`` entries at most."""
    if changes.same:
        return f"the same: {_versions(changes.after.tool, changes.after.ontology)}\n"
    lines = [*_counts(changes)]
    for title, entries in _lists(changes):
        if not entries:
            continue
        lines += ["", f"{title} ({len(entries):,})"]
        shown = entries if most is None else entries[:most]
        for entry in shown:
            first, *more = entry
            lines += [f"  {first}", *(f"      {line}" for line in more)]
        if len(shown) < len(entries):
            lines.append(f"  … and {len(entries) - len(shown):,} more; --all shows them")
    return "".join(f"{_harmless(line)}\n" for line in lines)


def _harmless(line: str) -> str:
    """A text of others on a terminal: no control characters."""
    return "".join(c if c.isprintable() else " " for c in line)


def _versions(tool: str, ontology: str) -> str:
    return f"her2kg {tool}, ontology {ontology or 'without a version'}"


def _counts(changes: Changes) -> Iterator[str]:
    old, new = changes.before, changes.after
    for name, was, now in (("tool", old.tool, new.tool), ("ontology", old.ontology, new.ontology)):
        yield f"{name:<11} {was} in both" if was == now else f"{name:<11} {was or 'none'} → {now or 'none'}"
    came, went = (sum(pair[i] for pair in changes.quads.values()) for i in (0, 1))
    rows: tuple[tuple[str, int, int, Sequence[tuple[Sequence[object], str]]], ...] = (
        (
            "documents",
            len(old.documents),
            len(new.documents),
            (
                (changes.documents_added, "added"),
                (changes.documents_removed, "removed"),
                (changes.documents_changed, "changed"),
            ),
        ),
        (
            "studies",
            len(old.studies),
            len(new.studies),
            ((changes.studies_new, "new"), (changes.studies_gone, "gone")),
        ),
        (
            "statements",
            len(old.claims),
            len(new.claims),
            (
                (changes.statements_new, "new"),
                (changes.statements_gone, "gone"),
                (changes.statements_flipped, "flipped"),
                (changes.statements_quoted, "with other quotes"),
            ),
        ),
        (
            "mentioned",
            len(old.mentioned),
            len(new.mentioned),
            ((changes.mentioned_new, "new"), (changes.mentioned_gone, "no longer")),
        ),
        (
            "mappings",
            len(old.mappings),
            len(new.mappings),
            (
                (changes.mappings_new, "new"),
                (changes.mappings_gone, "gone"),
                (changes.mappings_changed, "with another relation"),
            ),
        ),
    )
    for name, many, left, parts in rows:
        yield f"{name:<11} {many:,} → {left:,}: " + ", ".join(f"{len(found):,} {word}" for found, word in parts)
    yield f"{'quads':<11} {came:,} new, {went:,} gone, in {len(changes.quads):,} graphs"


def _lists(changes: Changes) -> Iterator[tuple[str, list[list[str]]]]:
    """The titles and entries of the lists; an entry is a line, and the lines that belong to it."""
    yield "documents added", [_thing(t) for t in changes.documents_added]
    yield "documents removed", [_thing(t) for t in changes.documents_removed]
    yield "documents changed", [_thing(t) for t in changes.documents_changed]
    yield "statements flipped", [_flip(f, changes) for f in changes.statements_flipped]
    yield "statements new", [_claim(c, changes) for c in changes.statements_new]
    yield "statements gone", [_claim(c, changes) for c in changes.statements_gone]
    yield (
        "statements with other quotes",
        [
            [
                f"{about(q.claim, changes)} ({q.claim.stance})",
                *(f"+ {_quote(quote, changes)}" for quote in q.came),
                *(f"− {_quote(quote, changes)}" for quote in q.went),
            ]
            for q in changes.statements_quoted
        ],
    )
    yield "studies new", [_thing(t) for t in changes.studies_new]
    yield "studies gone", [_thing(t) for t in changes.studies_gone]
    yield "mentioned for the first time", [_thing(t) for t in changes.mentioned_new]
    yield "no longer mentioned", [_thing(t) for t in changes.mentioned_gone]
    yield "mappings new", [_mapping(*m) for m in changes.mappings_new]
    yield "mappings gone", [_mapping(*m) for m in changes.mappings_gone]
    yield (
        "mappings with another relation",
        [[f"{short(s)} {short(o)}: {short(a)} → {short(b)}"] for s, o, a, b in changes.mappings_changed],
    )
    yield "graphs that differ", [[f"{g}: {a:,} new, {b:,} gone"] for g, (a, b) in changes.quads.items()]


def _thing(thing: Thing) -> list[str]:
    kind = "" if thing.kind in ("study", "concept", "publication") else f"{thing.kind} "
    return [f"{kind}{thing.label}" + (f"  {thing.iri}" if thing.iri != thing.label else "")]


def about(claim: Claim, changes: Changes) -> str:
    """What a statement is about, in words."""
    of = claim.about
    words = " ".join(changes.name(iri) for iri in (of.subject, of.predicate, of.object))
    return words + (f", in {', '.join(map(changes.name, of.context))}" if of.context else "")


def _quote(quote: Quote, changes: Changes) -> str:
    text = " ".join(quote.text.split())
    text = text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE].rpartition(" ")[0] + " …"
    return f"“{text}” ({changes.name(quote.document)})"


def _claim(claim: Claim, changes: Changes) -> list[str]:
    more = f", and {len(claim.quotes) - 1} more" if len(claim.quotes) > 1 else ""
    return [f"{about(claim, changes)} ({claim.stance})", *(_quote(q, changes) + more for q in claim.quotes[:1])]


def _flip(flip: Flip, changes: Changes) -> list[str]:
    where = f"in {changes.name(flip.document)}" if flip.document else "in different documents"
    stands = ", which stands beside it" if flip.stands else ""
    was, now = first_quotes(flip.was, flip.document), first_quotes(flip.now, flip.document)
    return [
        f"{about(flip.now, changes)}: {flip.was.stance} → {flip.now.stance}, {where}{stands}",
        *(f"− {_quote(quote, changes)}" for quote in was),
        *(f"+ {_quote(quote, changes)}" for quote in now),
    ]


def first_quotes(claim: Claim, document: str) -> list[Quote]:
    """The first quote of a statement, of one document where that is the point."""
    return [q for q in claim.quotes if document in ("", q.document)][:1]


def _mapping(concept: str, relation: str, target: str) -> list[str]:
    return [f"{short(concept)} {short(relation)} {short(target)}"]


def short(iri: str) -> str:
    """An IRI as CURIE, where it has one."""
    return curie(iri) or iri
