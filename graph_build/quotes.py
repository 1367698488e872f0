"""Every mention and every piece of evidence against the text of its document, one document after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, RdfFormat, Store, Triple, parse

from .prefixes import PREFIXES
from .read import decode
from .store import DOCUMENTS, NQUADS
from .vocabulary import HER2

_TYPE: Final = NamedNode(PREFIXES["rdf"] + "type")
_DOCUMENT, _HASH = NamedNode(HER2 + "document"), NamedNode(HER2 + "sha256")
_MENTION, _EVIDENCE = NamedNode(HER2 + "Mention"), NamedNode(HER2 + "Evidence")
_START, _END, _EXACT = (NamedNode(HER2 + name) for name in ("start", "end", "exact"))
_TARGET, _SELECTOR, _OA_START, _OA_END, _OA_EXACT, _PREFIX, _SUFFIX = (
    NamedNode(PREFIXES["oa"] + name)
    for name in ("hasTarget", "hasSelector", "start", "end", "exact", "prefix", "suffix")
)

#: The predicates of the lines that say what is quoted, as they stand there.
_PREDICATES: Final = frozenset(
    str(predicate).encode()
    for predicate in (
        *(_TYPE, _DOCUMENT, _START, _END, _EXACT, _TARGET, _SELECTOR),
        *(_OA_START, _OA_END, _OA_EXACT, _PREFIX, _SUFFIX),
    )
)

_Term = NamedNode | BlankNode | Literal | Triple
#: The objects of the triples of one subject, by their predicates.
_Said = dict[NamedNode, list[_Term]]
#: What is said of the subjects whose names are alike up to the fragment: of all quotes of one document.
_Group = dict[_Term, _Said]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A mention or a piece of evidence, and what is wrong with it: nothing when it says what its document does."""

    node: str
    problem: str | None
    overlaps: bool = False  # with another mention of its class


def quoted(store: Store, folder: Path) -> Iterator[Quoted]:
    """All mentions and evidences of a built graph, compared with the texts that the build kept.

    The lines of ``graph.nq`` are sorted, so that those of one document's quotes stand together, and no more than they
    are in memory.  (To look each up in the store takes twice as long.)
    """
    texts = {sha256(path.read_bytes()).hexdigest(): path for path in sorted((folder / DOCUMENTS).glob("*.txt"))}

    @lru_cache(8)
    def text_of(document: _Term) -> str | None:
        if not isinstance(document, NamedNode):
            return None
        hashes = [quad.object for quad in store.quads_for_pattern(document, _HASH, None, DefaultGraph())]
        kept = texts.get(hashes[0].value) if len(hashes) == 1 and isinstance(hashes[0], Literal) else None
        return decode(kept.read_bytes(), kept.name) if kept else None

    for group in _groups(folder / NQUADS):
        places: dict[tuple[_Term, str], list[tuple[int, int, str]]] = {}
        for node, said in group.items():
            kinds, documents = said.get(_TYPE, []), said.get(_DOCUMENT, [])
            if not documents or not isinstance(node, NamedNode) or (_MENTION not in kinds and _EVIDENCE not in kinds):
                continue
            name, place = node.value, _place(said)
            yield Quoted(name, _problem(group, said, place, text_of(documents[0])))
            if _MENTION in kinds and place:
                cls = name.split("#mention-", 1)[-1].split("-", 2)[-1]
                places.setdefault((documents[0], cls), []).append((*place, name))
        for spans in places.values():
            spans.sort()
            for (_, end, _), (start, _, name) in pairwise(spans):
                if start < end:
                    yield Quoted(name, None, overlaps=True)


def _groups(file: Path) -> Iterator[_Group]:
    """The quotes of one document after the other; of all other lines only the predicate is looked at."""
    with file.open("rb") as lines:
        ours = ((line.split(b" ", 2), line) for line in lines)
        quoting = (
            (words[0].partition(b"#")[0], line) for words, line in ours if words[1:2] and words[1] in _PREDICATES
        )
        for _, together in groupby(quoting, key=itemgetter(0)):
            group: _Group = {}
            for quad in parse(b"".join(line for _, line in together), format=RdfFormat.N_QUADS):
                group.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)
            yield group


def _problem(group: _Group, said: _Said, place: tuple[int, int] | None, text: str | None) -> str | None:
    if text is None:
        return "the document that it quotes is not in the folder, or was changed"
    exact = _one(said, _EXACT)
    if place is None or exact is None:
        return "has no place or no quote"
    start, end = place
    if text[start:end] != exact or not exact:
        return f"quotes “{exact}”, but the document has “{text[start:end]}” at {start}–{end}"
    told = _told_by_selectors(group, said)
    if (told[_OA_START], told[_OA_END], told[_OA_EXACT]) != ({str(start)}, {str(end)}, {exact}):
        return "says one place in her2: and another in oa:"
    before = {prefix for prefix in told[_PREFIX] if text.endswith(prefix, 0, start)}
    after = {suffix for suffix in told[_SUFFIX] if text.startswith(suffix, end)}
    if not before or not after or (before, after) != (told[_PREFIX], told[_SUFFIX]):
        return "has a prefix or suffix that is not the text around it"
    return None


def _told_by_selectors(group: _Group, said: _Said) -> dict[NamedNode, set[str]]:
    """What the Web Annotation selectors of a quote say, each property apart."""
    told: dict[NamedNode, set[str]] = {name: set() for name in (_OA_START, _OA_END, _OA_EXACT, _PREFIX, _SUFFIX)}
    for target in said.get(_TARGET, []):
        for selector in group.get(target, {}).get(_SELECTOR, []):
            for name, values in group.get(selector, {}).items():
                if name in told:
                    told[name] |= {value.value for value in values if isinstance(value, Literal)}
    return told


def _one(said: _Said, predicate: NamedNode) -> str | None:
    """The value of a property that has one; nothing when it has none, or several."""
    values = said.get(predicate, [])
    return values[0].value if len(values) == 1 and isinstance(values[0], Literal) else None


def _place(said: _Said) -> tuple[int, int] | None:
    """From where to where, when both are there and are numbers."""
    start, end = _one(said, _START), _one(said, _END)
    return (int(start), int(end)) if start and start.isdecimal() and end and end.isdecimal() else None
