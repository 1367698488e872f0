"""Whether the words around a name leave it its meaning."""

from __future__ import annotations

import re
from typing import Final

from ..fold import DASHES
from ..lexicon import Name
from ..model import ConceptClass, Span
from .diseases import names_whole_disease

#: What takes a name its meaning: "non-oncogene-addicted", "anti-cancer drugs".
_NON = re.compile(rf"\bnon[{DASHES}]$", re.IGNORECASE)
_ANTI = re.compile(rf"\banti[\s{DASHES}]?$", re.IGNORECASE)
#: What follows the name of a disease inside the name of an institution: "National Comprehensive Cancer Network".
_INSTITUTION = re.compile(
    r"\s+(?:(?i:cent(?:er|re)s?|institutes?|society|societies|hospitals?|networks?)\b|"
    r"(?:Registry|Consortium|Group|Foundation|Association|Alliance|Cooperative|Study Group|"
    r"Research (?:UK|Cent(?:er|re)|Institute|Group|Network|Foundation))\b)"
)
#: What follows a word like "International" inside the name of a group.
_GROUP = re.compile(
    r"\s+(?:(?:[A-Z][\w-]+|of|for|the|on)\s+){0,6}(?:Group|Society|Association|Consortium|Committee|Federation|Agency|Union)\b"
)
#: Acronyms that mean something else before these words: apparent diffusion coefficients, metabolic equivalents.
_OTHER_SENSE = {
    "ADC": re.compile(
        r"\s*\(apparent|s?[\s-]*(?:values?|maps?|histograms?|ratios?|mean|min|max|measurements?)\b", re.IGNORECASE
    ),
    "MET": re.compile(r"\s*\(metabolic|s?(?:[\s/-]*(?:hours?|hrs?|h|min|minutes?|min/wk|week)\b)", re.IGNORECASE),
}
#: After a gene, words that make the name that of another: "N-Myc downstream-regulated gene 4", "p53-binding protein 1",
#: "BRCA1-associated protein".
_PARTNER: Final = re.compile(
    rf"[\s{DASHES}]{{1,2}}(?:downstream[\s{DASHES}]+regulated|(?:binding|interacting|associated)[\s{DASHES}]+proteins?)\b",
    re.IGNORECASE,
)


#: After a gene, what makes the name that of its family.
_FAMILY: Final = re.compile(
    rf"[\s{DASHES}]+(?:(?:gene|kinase|(?:proto-?)?oncogene|protein|receptor)s?[\s{DASHES}]+)?(?:super)?family(?!\s+(?:histor|memb.r\s+with))\b",
    re.IGNORECASE,
)
#: After a gene, the letter of its sister: "estrogen receptor β".
_SISTER: Final = re.compile(rf"[\s{DASHES}]?(?:[βγδ](?![\wα-ω])|(?:beta|gamma|delta)\b)")
#: After a family, the number or letter of a member or of something else: "VEGF receptor 2", "cyclin-dependent kinase
#: inhibitor 1A", but not "VEGFR 1-3".
_MEMBER: Final = re.compile(
    rf"[\s{DASHES}]?\d(?!\d|\s?[/,{DASHES}]\s?\d)|[\s{DASHES}][A-D](?![\w{DASHES}])|\s+inhibitors?\s+\d|\s+oncogene\s+family",
    re.IGNORECASE,
)
#: After a class of drugs, what makes the name that of a protein: "cyclin-dependent kinase inhibitor 1A".
_PROTEIN: Final = re.compile(rf"\s+\d[A-D](?!\w)|[\s{DASHES}]+(?i:receptors?\b(?!\s+tyrosine))")
_GROWTH_FACTOR: Final = re.compile(rf"\bfactor[\s{DASHES}]+$", re.IGNORECASE)
#: Radiation that treats nobody: of the sun, of lamps, of an examination; who or what deals with it.
_RAYS: Final = frozenset({"radiation", "irradiation"})
_NO_THERAPY_BEFORE: Final = re.compile(
    rf"\b(?:UV[ABC]?|ultraviolet|solar|sun|laser|light|lamp|LED|NIR|near[\s{DASHES}]infrared|infrared|microwave|nm|"
    rf"electromagnetic|ioni[sz]ing|background|natural|cosmic|synchrotron|diagnostic)[\s{DASHES}]+$",
    re.IGNORECASE,
)
_NO_THERAPY_BEHIND: Final = re.compile(
    rf"[\s{DASHES}]+(?:exposures?|protection|oncolog\w+|safety|hygiene|emergenc\w+|accidents?|workers?|from\s+(?:\w+\s+)?"
    r"(?:imaging|CT|diagnos\w+|medical))\b",
    re.IGNORECASE,
)
#: What makes a study an international one, not far behind the word.
_STUDIED: Final = re.compile(
    r"(?:[\s,-]+[\w/-]+){0,7}?[\s,-]+(?:trials?|stud(?:y|ies)|cohorts?|registry|registries|surveys?|series|phase|"
    r"multicent\w+|multi-?institutional|randomi[sz]ed|prospective|retrospective|observational|open-label|double-blind|"
    r"analys[ie]s|meta-analysis|collaborati\w+|experience|databases?)\b(?!\s+group)",
    re.IGNORECASE,
)
#: What makes a registry one of trials: "Clinical Trials Registry".
_TRIALS: Final = re.compile(r"\bTrials?\s$")
#: Words behind that of a design which make something else of it.
_NO_DESIGN: Final = {
    "cross-sectional": re.compile(r"\s+(?:imag\w+|areas?|views?|diameters?|planes?|slices?|muscle)\b", re.IGNORECASE),
    "prospective": re.compile(
        r"\s+(?:maintained|collected|recorded|gathered|registered|compiled|kept)\b", re.IGNORECASE
    ),
}


#: The symbol of a gene, as we can tell it from other short forms: it ends with a number.
_SYMBOL: Final = r"h?[A-Z][A-Za-z]+\d\w*"
#: Words behind a kind of alteration that tell whose it is: "genetic variants in ABC1", "mutations of the Xyz gene", "a
#: variant confers high expression of ABC1".
_OF_A_GENE: Final = re.compile(
    r"\s+(?:and\s+\w+\s+)?(?:(?:of|in|at)\s+(?:the\s+)?|\w+\s+(?:[\w-]+\s+)?expression\s+of\s+(?:the\s+)?)"
    rf"(?:{_SYMBOL}(?![\w{DASHES}])|[\w{DASHES}]*[A-Z\d][\w{DASHES}]*\s+gene\b)"
)
_GENES_OWN: Final = re.compile(rf"(?<![\w{DASHES}]){_SYMBOL}\s+$|\b[A-Z]+[{DASHES}][A-Z]+\d\s+$")
#: Kinds of alterations by words that do not say of which gene.
_GENERIC: Final = frozenset({"gene mutation", "genetic alteration"})
#: That a text speaks of cells that change, by whose short form no gene is meant.
_TRANSITION: Final = re.compile(
    rf"mesenchymal[\s{DASHES}]+(?:to[\s{DASHES}]+)?epithelial[\s{DASHES}]+transitions?(?!\s+factor)|\bEMT\s?(?:/|and|or|to)\s?MET\b|\bMET\s?(?:/|and|or|to)\s?EMT\b",
    re.IGNORECASE,
)
_CHANGING: Final = re.compile(rf"\bEMT\b|epithelial[\s{DASHES}]+(?:to[\s{DASHES}]+)?mesenchymal", re.IGNORECASE)
#: What is told of the gene and not of cells.
_GENE_TOLD: Final = re.compile(
    rf"\bHGF\b|\bc[{DASHES}]?MET\b|\bMET\)?[\s{DASHES}]*(?:gene|receptor|kinase|tyrosine|amplif|mutat|exon|ex14|inhibit|over-?expr|alter|positiv|"
    r"proto|TKI|fusion)",
    re.IGNORECASE,
)


def means_itself(name: Name, text: str, span: Span) -> bool:
    """Whether the words around a name leave it its meaning."""
    lead, rest = text[max(0, span.start - 6) : span.start], text[span.end : span.end + 40]
    if _NON.search(lead) and not name.text.lower().startswith("non"):
        return False  # "non-oncogene-addicted", "non-Chinese"
    match name.concept.cls:
        case ConceptClass.DISEASE:
            # "anti-cancer drugs" name no disease, nor does a cancer institute
            return not _ANTI.search(lead) and not _INSTITUTION.match(rest) and names_whole_disease(name, text, span)
        case ConceptClass.DESIGN:
            return _is_design(name, text, span)
        case ConceptClass.GENE:
            if name.text.lower().endswith("factor") or name.text == "VEGF":
                # the ligand, not its receptor or its sister
                return not re.match(rf"[\s{DASHES}]*(?:(?i:receptor)|[B-Z]\b)", rest)
            sister = name.text.lower().endswith(("receptor", "90")) and _SISTER.match(rest)
            if sister or _PARTNER.match(rest) or _FAMILY.match(rest):
                return False
            if name.text == "MET" and _is_transition(text):
                return False
        case ConceptClass.GENE_FAMILY:
            # "her family" are relatives; what follows a growth factor is its receptor
            another = text.startswith("her ", span.start) or lead.endswith("ember ") or _MEMBER.match(rest)
            return not (another or _GROWTH_FACTOR.search(text, max(0, span.start - 9), span.start))
        case ConceptClass.ALTERATION:
            return name.concept.label not in _GENERIC or not _of_a_gene(text, span)
        case ConceptClass.METHOD:
            # "qRT-PCR assay" is that of another method, "gene expression profiling interactive analysis" a site
            inside = name.text.startswith("PCR ") and text[span.start - 1 : span.start] in tuple(DASHES)
            real_time = name.text == "RT-PCR" and text.startswith("rt", span.start)  # or reverse transcription?
            return not inside and not real_time and not re.match(r"\s+interactive\b", rest, re.IGNORECASE)
        case ConceptClass.DRUG_CLASS:
            if _PROTEIN.match(rest) or not _treats(name, text, span):
                return False
    other = _OTHER_SENSE.get(name.text)
    return not (other and other.match(rest))


def _is_transition(text: str) -> bool:
    """Whether MET is what a text calls the way back from EMT: it tells of both, and of no gene MET."""
    return bool(_TRANSITION.search(text) and _CHANGING.search(text) and not _GENE_TOLD.search(text))


def _of_a_gene(text: str, span: Span) -> bool:
    """Whether the words beside a kind of alteration say whose it is; those of genes that we know have names."""
    if text.startswith("s", span.end):
        span = Span(span.start, span.end + 1)
    return bool(_OF_A_GENE.match(text, span.end) or _GENES_OWN.search(text, max(0, span.start - 24), span.start))


def _is_design(name: Name, text: str, span: Span) -> bool:
    if text.startswith(".gov", span.end) or _GROUP.match(text, span.end):
        return False  # a register, a society
    if name.concept.label == "international" and not _STUDIED.match(text, span.end):
        return False
    if name.concept.label == "registry" and _TRIALS.search(text, max(0, span.start - 8), span.start):
        return False
    other = _NO_DESIGN.get(name.concept.label)
    return not (other and other.match(text, span.end))


def _treats(name: Name, text: str, span: Span) -> bool:
    """Whether a word for a therapy is one here: "laser irradiation" is none, "(chemo)radiotherapy" no chemotherapy."""
    word = name.text.lower()
    if word == "chemo":
        return not re.match(r"\)\w", text[span.end : span.end + 2])
    if word not in _RAYS:
        return True
    before = text[max(0, span.start - 24) : span.start]
    return not _NO_THERAPY_BEFORE.search(before) and not _NO_THERAPY_BEHIND.match(text, span.end)
