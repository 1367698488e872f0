"""What her2kg finds in the text of a document of a corpus, with the identifiers that our mappings give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph_build.assemble.mappings import load_mappings
from graph_build.ground import VocabularyGrounder, load_vocabularies
from graph_build.ground.load import find_files
from graph_build.lexicon import Lexicon, default_lexicon
from graph_build.link.terms import Term
from graph_build.model import (
    Concept,
    ConceptClass,
    ConceptId,
    Document,
    Mention,
    Publication,
    Reading,
    Section,
    SectionType,
    Span,
)
from graph_build.prefixes import curie
from graph_build.relate import interpret
from graph_build.sssom import CLOSE, EXACT
from graph_build.vocabulary import concept_iri

from .corpora import CHEMICAL, DISEASE, GENE, VARIANT
from .gold import Annotation, GoldDocument
from .identifiers import dna_in_words, named_variant

_CLASSES: Final = {ConceptClass.DISEASE: DISEASE, ConceptClass.DRUG: CHEMICAL, ConceptClass.GENE: GENE}
#: The vocabulary whose identifiers count for a type; a broader entry is no identifier.
_TARGETS: Final = {DISEASE: ("mesh:",), CHEMICAL: ("mesh:",), GENE: ("ncbigene:",)}
_SPELLED: Final = {"mesh:": "MESH:", "ncbigene:": "NCBIGene:"}
_SUBSTANCES: Final = ("CHEBI:", "drugbank:", "chembl.compound:", "unii:", "rxnorm:")
#: MeSH's tree of substances without enzymes, proteins other than antibodies, nucleic acids, and the uses of substances.
_CHEMICAL: Final = re.compile(r"D(?!08\.811|12\.776(?!\.124\.486)|13\.444|27)")
_PROTEIN: Final = re.compile(r"(?:protein|kinase|receptor|antigen|[a-z]ase)s?\b", re.IGNORECASE)


@dataclass(slots=True)
class Recogniser:
    """The recogniser with what it knows, and the identifiers of its concepts."""

    lexicon: Lexicon
    mapped: dict[str, frozenset[str]]  # the IRI of a concept → CURIEs of the same elsewhere
    grounder: VocabularyGrounder | None = None
    substances: frozenset[str] = frozenset()  # entries of MeSH that are substances, of the vocabularies

    def held(self) -> dict[str, frozenset[str]]:
        """For each type the identifiers that the lexicon's mappings hold: the domain of the lexicon."""
        found: dict[str, set[str]] = {DISEASE: set(), CHEMICAL: set(), GENE: set(), VARIANT: set()}
        for concept in self.lexicon.concepts.values():
            kind = self._kind(concept.id, {})
            if kind:
                found[kind].update(self._identifiers(kind, concept.id, {}))
        return {kind: frozenset(ids) for kind, ids in found.items()}

    def find(self, document: GoldDocument) -> list[Annotation]:
        """What is found in a document."""
        reading = interpret(as_document(document), self.lexicon, self.grounder)
        brought = {concept.id: concept for concept in reading.concepts}
        found = set()
        for mention in reading.mentions:
            kind = self._kind(mention.concept, brought)
            if kind:
                span, given = mention.span, self._identifiers(kind, mention.concept, brought)
                if kind == VARIANT:
                    span = _without_gene(mention, reading)
                    written = dna_in_words(span.of(document.text))
                    if written and written not in given:  # another name of the variant, which counts as well
                        given = (written, *given)
                found.add(Annotation(span.start, span.end, kind, given))
        return sorted(found)

    def _concept(self, concept: ConceptId, brought: dict[ConceptId, Concept]) -> Concept | None:
        return brought.get(concept) or self.lexicon.concepts.get(concept)

    def _kind(self, concept: ConceptId, brought: dict[ConceptId, Concept]) -> str | None:
        if concept.cls is ConceptClass.ALTERATION:
            known = self._concept(concept, brought)
            return VARIANT if known and (known.hgvs or known.notation) else None
        if concept.cls is ConceptClass.EXTERNAL:
            name = curie(concept.iri) or ""
            return CHEMICAL if name.startswith(_SUBSTANCES) or name in self.substances else None
        return _CLASSES.get(concept.cls)

    def _identifiers(self, kind: str, concept: ConceptId, brought: dict[ConceptId, Concept]) -> tuple[str, ...]:
        known = self._concept(concept, brought)
        if kind == VARIANT:
            return named_variant(known.hgvs or known.notation or "") if known else ()
        iri = concept_iri(concept)
        curies = {curie(iri) or "", *self.mapped.get(iri, ())}
        for match in known.matches if known else ():
            curies |= {curie(match) or "", *self.mapped.get(match, ())}
        plain = {
            _SPELLED[target] + name.removeprefix(target)
            for target in _TARGETS[kind]
            for name in curies
            if name.startswith(target)
        }
        return tuple(sorted(plain))


def recogniser(vocabularies: Sequence[Path] = ()) -> Recogniser:
    """Our recogniser: the lexicon that we ship, and perhaps vocabularies of a user."""
    lexicon, mappings = default_lexicon(), load_mappings()
    mapped: dict[str, set[str]] = {}
    for row in mappings.rows:
        if row.predicate_id in (EXACT, CLOSE) and not row.rejected:
            mapped.setdefault(mappings.expand(row.subject_id), set()).add(row.object_id)
    grounder = VocabularyGrounder(load_vocabularies(vocabularies, lexicon, mappings)) if vocabularies else None
    terms = [term for file in find_files(vocabularies) for term in file.terms()] if vocabularies else []
    for term in terms:
        if term.id.startswith("hgnc:"):  # NCBI's own number, as HGNC's file gives it
            numbers = {name for name in term.xrefs if name.startswith("ncbigene:")}
            mapped.setdefault(mappings.expand(term.id), set()).update(numbers)
    return Recogniser(
        lexicon=lexicon,
        mapped={iri: frozenset(names) for iri, names in mapped.items()},
        grounder=grounder,
        substances=frozenset(term.id for term in terms if is_substance(term)),
    )


def is_substance(term: Term) -> bool:
    """Whether an entry of MeSH is what corpora call a chemical: no protein but an antibody, no nucleic acid, no use.

    Supplementary records have no place in the tree; their names tell proteins.
    """
    if term.id.startswith("mesh:C"):
        return not _PROTEIN.search(term.label)
    return any(_CHEMICAL.match(tree) for tree in term.trees)


def as_document(document: GoldDocument) -> Document:
    """The document as our steps take it, with the corpus's own text, so that offsets agree."""
    return Document(
        name=document.id,
        text=document.text,
        sha256="",
        format="corpus",
        publication=Publication(title=document.passages[0].of(document.text), pmid=document.id),
        sections=tuple(_sections(document.passages)),
    )


def _sections(passages: Sequence[Span]) -> Iterable[Section]:
    for number, span in enumerate(passages):
        yield Section(type=SectionType.ABSTRACT if number else SectionType.TITLE, span=span, zone=span)


def _without_gene(mention: Mention, reading: Reading) -> Span:
    """The change alone: in our model the gene before it belongs to the name of the variant, in corpora it does not."""
    text = reading.document.text
    for other in reading.mentions:
        inside = other.cls is ConceptClass.GENE and other.span.start == mention.span.start
        if inside and other.span.end < mention.span.end:
            between = re.match(r"[\s:(-]*", text[other.span.end : mention.span.end])
            return Span(other.span.end + (between.end() if between else 0), mention.span.end)
    return mention.span
