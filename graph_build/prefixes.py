"""The vocabularies of the project, registered once: prefix, IRI base, licence (``ontology/vocabularies.tsv``).

Writers, queries, mappings and docs read prefixes and licences here and nowhere else.  A row is
checked against the Bioregistry in ``tests/test_prefixes.py``; where it differs, it says why.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, fields
from typing import Final

from .model import Her2kgError
from .resources import resource


class PrefixError(Her2kgError):
    """A compact identifier (CURIE) cannot be expanded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularySource:
    """A vocabulary whose terms or identifiers the graph uses.

    ``kind`` is ``terms`` for what predicates and classes are taken from, ``identifiers`` for what concepts
    are mapped to, ``elsewhere`` for what only questions to other endpoints speak of.  ``why_…`` is the
    reason where a row is not as the Bioregistry has it.
    """

    prefix: str
    kind: str
    name: str
    base: str
    aliases: str  # other spellings of the prefix, separated by spaces
    bioregistry: str  # its prefix in the Bioregistry; empty when it is not registered
    pattern: str  # the form of an identifier after the prefix (a regular expression); empty when any will do
    homepage: str
    licence: str  # an SPDX identifier where there is one, else a short name
    licence_iri: str
    rights: str  # a statement, where a licence alone does not say it
    why_prefix: str
    why_base: str
    why_licence: str


def _read() -> tuple[VocabularySource, ...]:
    names = [field.name for field in fields(VocabularySource)]
    with resource("ontology", "vocabularies.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(VocabularySource(**{name: row[name] for name in names}) for row in rows)


#: Every registered vocabulary, in the order of the file.
VOCABULARIES: Final[tuple[VocabularySource, ...]] = _read()
#: The prefixes of terms: what Turtle, SPARQL and N-Quads terms are written with.
PREFIXES: Final[dict[str, str]] = {v.prefix: v.base for v in VOCABULARIES if v.kind == "terms"}
#: All prefixes, those of identifiers and other spellings included: what a CURIE may begin with.
CURIES: Final[dict[str, str]] = {prefix: v.base for v in VOCABULARIES for prefix in (v.prefix, *v.aliases.split())}
_BY_PREFIX: Final = {prefix: v for v in VOCABULARIES for prefix in (v.prefix, v.bioregistry, *v.aliases.split())}
#: Longest base first, so that MONDO goes before obo and the MeSH vocabulary before MeSH.
_LONGEST_FIRST: Final = sorted(((v.base, v.prefix) for v in VOCABULARIES), key=lambda pair: -len(pair[0]))


def expand(curie: str) -> str:
    """The IRI of a CURIE.

    >>> expand("MONDO:0005233"), expand("nct:NCT03505710")
    ('http://purl.obolibrary.org/obo/MONDO_0005233', 'https://clinicaltrials.gov/study/NCT03505710')

    Raises :class:`PrefixError` for a prefix that is not registered.
    """
    prefix, colon, local = curie.partition(":")
    if not colon or prefix not in CURIES:
        raise PrefixError(f"“{curie}” has no known prefix; register it in ontology/vocabularies.tsv")
    return CURIES[prefix] + local


def curie(iri: str) -> str | None:
    """The CURIE of an IRI, with the longest base that fits; ``None`` when none does.

    >>> curie("http://purl.obolibrary.org/obo/MONDO_0005233"), curie("http://id.nlm.nih.gov/mesh/vocab#broader")
    ('MONDO:0005233', 'meshv:broader')
    >>> curie("https://example.org/")
    """
    for base, prefix in _LONGEST_FIRST:
        if iri.startswith(base) and iri != base:
            return f"{prefix}:{iri.removeprefix(base)}"
    return None


def vocabulary(prefix: str) -> VocabularySource:
    """The vocabulary of a prefix of ours or of the Bioregistry.

    >>> vocabulary("clinicaltrials") == vocabulary("nct"), vocabulary("mondo").prefix
    (True, 'MONDO')

    Raises :class:`PrefixError` for a prefix that is not registered.
    """
    if not prefix or prefix not in _BY_PREFIX:
        raise PrefixError(f"“{prefix}” is no registered prefix; register it in ontology/vocabularies.tsv")
    return _BY_PREFIX[prefix]


#: Every known spelling of a prefix in lower case, and ours.
_OURS: Final = {
    spelling.lower(): v.prefix
    for v in reversed(VOCABULARIES)
    for spelling in (v.bioregistry, *v.aliases.split(), v.prefix)
    if spelling
} | {"nci": "NCIT", "msh": "mesh"}
#: IRIs of OBO's ontologies that have no prefix of ours: http://purl.obolibrary.org/obo/HP_0000001
_OBO: Final = re.compile(r"http://purl\.obolibrary\.org/obo/([A-Za-z]+)_(\w+)$")


def canonical(identifier: str) -> str:
    """An identifier as our mappings write it; an IRI of no known vocabulary stays one.

    >>> canonical("MESH:D002289"), canonical("http://purl.obolibrary.org/obo/MONDO_0005233"), canonical("HGNC:3430")
    ('mesh:D002289', 'MONDO:0005233', 'hgnc:3430')
    >>> canonical("http://example.org/x"), canonical("http://purl.obolibrary.org/obo/HP_0000001")
    ('http://example.org/x', 'HP:0000001')
    """
    if re.match(r"https?://|urn:", identifier):
        short = curie(identifier)
        if short and not short.startswith("obo:"):
            return short
        obo = _OBO.match(identifier)
        return f"{obo[1]}:{obo[2]}" if obo else identifier
    prefix, colon, local = identifier.partition(":")
    return f"{_OURS.get(prefix.lower(), prefix)}:{local}" if colon else identifier


def pattern(curie: str) -> str:
    """The form that an identifier of this CURIE's vocabulary has, as a regular expression; empty when any will do."""
    known = _BY_PREFIX.get(curie.partition(":")[0])
    return known.pattern if known else ""


def fits_pattern(curie: str) -> bool:
    """Whether an identifier has the form of those of its vocabulary.

    >>> fits_pattern("unii:5384HK7574"), fits_pattern("unii:../../x"), fits_pattern("her2kg:drug/x")
    (True, False, True)
    """
    form = pattern(curie)
    return not form or re.fullmatch(form, curie.partition(":")[2]) is not None
