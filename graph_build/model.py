"""The values that travel between the steps.

Every step is a plain function from these values to these values; none of them
knows RDF.  All are frozen and slotted, so they can be shared between processes
and compared in tests.  Offsets are Unicode code points in :attr:`Document.text`,
end exclusive, everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Her2kgError(Exception):
    """The parent of every error that is shown to a person as one sentence."""


class ReadError(Her2kgError):
    """A source file could not be read as a document.

    The message names the file, the line, what was expected and what to do.
    """


class SectionType(StrEnum):
    """What a part of a document is (``her2:sectionType``)."""

    TITLE = "title"
    ABSTRACT = "abstract"
    KEYWORDS = "keywords"
    MESH = "mesh"
    SUBSTANCES = "substances"
    REFERENCE = "reference"
    RELATED = "related"
    METADATA = "metadata"


class PublicationKind(StrEnum):
    """What a publication is, as far as the text shows it."""

    ARTICLE = "article"
    REVIEW = "review"
    ABSTRACT = "abstract"  # a congress abstract


class ConceptClass(StrEnum):
    """The class of a concept; the value is the local name of the ``her2:`` class."""

    GENE = "Gene"
    GENE_FAMILY = "GeneFamily"
    ALTERATION = "Alteration"
    METHOD = "DetectionMethod"
    DRUG = "Drug"
    DRUG_CLASS = "DrugClass"
    REGIMEN = "Regimen"
    DISEASE = "Disease"
    DESIGN = "StudyDesign"
    POPULATION = "Population"
    OUTCOME = "Outcome"
    TOPIC = "Topic"
    STUDY = "Study"
    EXTERNAL = "ExternalConcept"  # of a vocabulary the user brought, and of none of the classes above


class Certainty(StrEnum):
    """How sure the text is of what it says."""

    ASSERTED = "Asserted"
    HEDGED = "Hedged"
    OPEN_QUESTION = "OpenQuestion"


class Appraisal(StrEnum):
    """How the text values what it reports."""

    FAVOURABLE = "Favourable"
    LIMITED = "Limited"
    UNFAVOURABLE = "Unfavourable"
    INCONCLUSIVE = "Inconclusive"


class QuoteRole(StrEnum):
    """Who says it: the author of the document, or a title it lists."""

    OWN_CONCLUSION = "OwnConclusion"
    REVIEW_SYNTHESIS = "ReviewSynthesis"
    CITED_TITLE = "CitedTitle"
    INDEXING = "Indexing"
    OWN_RESULT = "OwnResult"
    BACKGROUND = "Background"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, ``text[start:end]``."""

    start: int
    end: int

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The characters of ``text`` that this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A bibliographic record, as printed.  ``None`` and ``()`` mean: not printed."""

    title: str
    kind: PublicationKind = PublicationKind.ARTICLE
    authors: str | None = None  # the whole printed list, order kept
    creators: tuple[str, ...] = ()  # its persons and groups one by one; no "et al."
    journal: str | None = None
    date: str | None = None  # ISO: "2020", "2020-06" or "2020-06-15"
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    abstract_number: str | None = None  # "MA04.02", "LBA8598", "CT248"
    doi: str | None = None  # lower case
    pmid: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a document.

    A reference or related article is a section of its own; ``zone`` is then the
    part in which names are recognised (a collective author and the title), and
    ``publication`` the work it cites.
    """

    type: SectionType
    span: Span
    zone: Span | None = None  # where to recognise names; None: nowhere
    title: Span | None = None  # the title inside a reference
    number: int | None = None  # the printed number of a reference
    publication: Publication | None = None
    printed: Span | None = None  # a reference without its number


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One MeSH line: ``descriptor / qualifier*``."""

    descriptor: str
    qualifier: str | None
    major: bool
    span: Span  # the line without bullet and surrounding space


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A source file, read."""

    name: str  # the file's base name
    text: str
    sha256: str
    format: str  # the reader's name, "journal-page" or "pubmed-page"
    publication: Publication
    sections: tuple[Section, ...]
    headings: tuple[Heading, ...] = ()
    substances: tuple[tuple[str, Span], ...] = ()
    keywords: tuple[tuple[str, Span], ...] = ()
    publication_types: tuple[str, ...] = ()
    mesh: tuple[tuple[str, str], ...] = ()  # numbers that the record gives with names of MeSH: ("Female", "D005260")
    facts: tuple[tuple[str, str], ...] = ()  # further metadata: ("funding", "…"), ("received", "2024-10-29")
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class ConceptId:
    """A concept by class and preferred label; its IRI follows from the two.

    A concept of a vocabulary that the user brought carries that vocabulary's IRI.
    """

    cls: ConceptClass
    label: str
    iri: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A concept with all that is curated about it."""

    id: ConceptId
    type: str  # local name of its her2: class, "Drug" or "Amplification"
    synonyms: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    broader: tuple[ConceptId, ...] = ()
    links: tuple[tuple[str, ConceptId], ...] = ()  # ("inClass", …), ("targets", …)
    hgvs: str | None = None
    notation: str | None = None  # of a variant without HGVS name: "rs1136201", "309T>G"
    unresolved: bool = False
    scheme: str = ""  # the IRI of the vocabulary that a concept with an IRI of its own comes from
    matches: tuple[str, ...] = ()  # IRIs of the same in other vocabularies, by their cross-references


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name in the text and the concept it stands for (its grounding)."""

    concept: ConceptId
    span: Span
    section: int  # index into Document.sections
    changes: tuple[str, ...] = ()  # of a variant: its further names here, where the text says that they are one

    @property
    def cls(self) -> ConceptClass:
        """The class in which this mention must not overlap another."""
        return self.concept.cls


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a statement stands: the whole sentence or title, and what led to it."""

    span: Span
    section: int
    role: QuoteRole
    rule: str
    confidence: float
    mentions: tuple[Mention, ...] = ()
    negation_cue: str | None = None
    hedge_cue: str | None = None


#: What a statement can be about: a concept, a study (by key) or a publication (by IRI key).
@dataclass(frozen=True, slots=True, order=True)
class StudyId:
    """A study by the slug of its IRI."""

    slug: str


@dataclass(frozen=True, slots=True, order=True)
class PublicationId:
    """A publication by its IRI."""

    iri: str


@dataclass(frozen=True, slots=True, order=True)
class RegisterId:
    """An entry of a trial register by its IRI, with the number as printed."""

    iri: str
    number: str


Node = ConceptId | StudyId | PublicationId | RegisterId


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one place of the text says.  Equal contents are pooled when assembled."""

    subject: Node
    predicate: str  # local name of a her2: property
    object: Node
    evidence: Evidence
    negated: bool = False
    certainty: Certainty = Certainty.ASSERTED
    appraisal: Appraisal | None = None
    appraisal_word: str | None = None
    context: Node | None = None
    outcome: ConceptId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A study as one title or sentence shows it; reports are merged by ``slug``."""

    slug: str
    label: str
    cls: str  # local name of a her2: class, "InterventionalTrial"
    names: tuple[str, ...] = ()  # further printed names
    acronym: str | None = None
    phases: tuple[str, ...] = ()
    resolved: bool = True  # False: recognised by its pattern only


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A number that one place of the text reports of a study; all values are as printed.

    ``None`` means: not printed, or not understood.
    """

    study: StudyId
    measure: ConceptId  # an outcome
    statistic: str  # "median", "rate", "hazard ratio", …
    evidence: Evidence
    place: Span  # of the figure, with its interval
    value: str | None = None  # None: not reached
    unit: str | None = None
    lower: str | None = None
    upper: str | None = None
    level: str | None = None  # of the interval, in percent
    count: str | None = None
    total: str | None = None
    time: str | None = None  # "12-month"
    p: str | None = None  # "=0.001"
    grade: str | None = None  # of adverse events
    dose: str | None = None
    score: str | None = None  # of an immunohistochemical assay
    cut_off: str | None = None
    assay: ConceptId | None = None
    group: str | None = None  # the words for whom it is
    comparator_group: str | None = None
    arm: ConceptId | None = None
    comparator: ConceptId | None = None
    subgroups: tuple[ConceptId, ...] = ()  # alterations, populations, diseases
    certainty: Certainty = Certainty.ASSERTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was found in one document."""

    document: Document
    mentions: tuple[Mention, ...]
    studies: tuple[Study, ...]
    statements: tuple[Statement, ...]
    results: tuple[Result, ...] = ()
    concepts: tuple[Concept, ...] = ()  # composed, unresolved or of a vocabulary, not in the lexicon
    ambiguous: dict[str, list[str]] = field(default_factory=dict)  # names of vocabularies → what they could stand for
