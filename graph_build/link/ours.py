"""Our concepts with the names they are known by: what vocabularies are searched for and checked against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rdflib import RDF, RDFS, SKOS, Graph, URIRef

from ..lexicon import Lexicon, rows
from ..resources import resource
from ..vocabulary import BASE, HER2, concept_iri, slug
from .names import normal

#: A synonym of ours that is shorter, letters and digits counted, is too ambiguous to map by.
SHORTEST_SYNONYM: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class OurConcept:
    """A concept of ours."""

    cls: str
    label: str
    curie: str
    synonyms: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the label first."""
        return (self.label, *self.synonyms, *self.hidden)

    @property
    def long_names(self) -> tuple[str, ...]:
        """The label and those synonyms that are long enough to be no one else's."""
        return (self.label, *(name for name in self.synonyms if len(normal(name)) >= SHORTEST_SYNONYM))


def lexicon_concepts(lexicon: Lexicon) -> Iterator[OurConcept]:
    """All concepts of a lexicon and its named studies."""
    for known in lexicon.concepts.values():
        yield OurConcept(
            cls=known.id.cls.value,
            label=known.id.label,
            curie="her2kg:" + concept_iri(known.id).removeprefix(BASE),
            synonyms=known.synonyms,
            hidden=tuple(name for name in known.hidden if "{" not in name),
        )
    for study in lexicon.studies.values():
        yield OurConcept(
            cls="Study", label=study.label, curie=f"her2kg:study/{slug(study.label)}", synonyms=study.names
        )


def registered_studies() -> Iterator[OurConcept]:
    """The studies of which a trial number is known; some have no name of their own in the lexicon."""
    for _, row in rows(resource("ontology", "trial-numbers.tsv")):
        yield OurConcept(cls="Study", label=row["study"], curie=f"her2kg:study/{slug(row['study'])}")


def ontology_terms() -> Iterator[OurConcept]:
    """The classes and properties of our ontology."""
    graph = Graph().parse(resource("ontology", "her2.ttl"), format="turtle")
    for node in sorted(set(graph.subjects(RDF.type, None)), key=str):
        label = graph.value(node, RDFS.label)
        if isinstance(node, URIRef) and str(node).startswith(HER2) and label:
            others = tuple(sorted(str(o) for o in graph.objects(node, SKOS.altLabel)))
            yield OurConcept(
                cls="Term", label=str(label), curie="her2:" + str(node).removeprefix(HER2), synonyms=others
            )


def unresolved_concepts(graph_file: Path) -> Iterator[OurConcept]:
    """The concepts of a built graph that no lexicon has (``her2:status "unresolved"``)."""
    from pyoxigraph import RdfFormat, parse

    labels: dict[str, list[str]] = {}
    unresolved: set[str] = set()
    for quad in parse(path=graph_file, format=RdfFormat.N_QUADS):
        subject = str(quad.subject)[1:-1]
        if quad.predicate.value == str(RDFS.label):
            labels.setdefault(subject, []).insert(0, quad.object.value)
        elif quad.predicate.value == str(SKOS.altLabel):
            labels.setdefault(subject, []).append(quad.object.value)
        elif quad.predicate.value == HER2 + "status" and quad.object.value == "unresolved":
            unresolved.add(subject)
    for iri in sorted(unresolved):
        names = list(dict.fromkeys(labels.get(iri, ())))
        if names and iri.startswith(BASE):
            kind = iri.removeprefix(BASE).partition("/")[0]
            cls = {"drug": "Drug", "disease": "Disease", "gene": "Gene", "study": "Study"}.get(kind, "Concept")
            yield OurConcept(
                cls=cls, label=names[0], curie="her2kg:" + iri.removeprefix(BASE), synonyms=tuple(names[1:])
            )


__all__ = ["OurConcept", "lexicon_concepts", "ontology_terms", "registered_studies", "unresolved_concepts"]
