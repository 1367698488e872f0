"""What looks like the name of a study and is something else: a virus, a scale, a programme of a computer, a gene."""

from __future__ import annotations

import re
from typing import Final

from ..fold import DASHES

_H: Final = f"[{DASHES}]"
#: Ways to examine, which are joined by hyphens: "EEG-fMRI study".
_METHOD: Final = (
    r"(?:[Ff]?MRI|fMRI|MRS|EEG|MEG|EMG|ECG|TMS|tDCS|PET|CT|SPECT|SD|OCT|f?NIRS|DTI|NMR|EPR|FTIR|HPLC|QSAR|DFT|ADMET)"
)
#: Forms that look like a trial and are something else.
_OTHER_FORM: Final = re.compile(
    rf"(?:NCT|LINC|HEK|ISRCTN|PMC|PMID|GSE|SKOV|CD|IL|TNF|HLA|CA|CYFRA|GWAS|RCT|NRCT|COHORT|CASE|PILOT|"
    rf"GRADE|STAGE|TABLE|ARM|DNA|RNA|mRNA|cDNA|FIH|II+|IV|"
    rf"NCI{_H}H|H)(?:{_H}?\d+)*$|[A-Z]+s$|(?:(?:EORTC )?QLQ|EWAS|PheWAS|HIPEC|COCHRANE|DSM|ICD)\b|"
    # groups that carry out studies, each of many
    r"(?:AGMT|AIO|CALGB|EBMT|ECOG|EORTC|GERCOR|GHSG|GIMEMA|GOG|HOVON|IFCT|IMWG|JCOG|MMRC|NCIC|NRG|NSABP|NVALT|"
    r"PETHEMA|RTOG|SWOG|UNICANCER|WJOG|OUR|THIS)$|\w*[Tt]est$|"
    rf"Phase|PHASE|PubMed$|MEDLINE$|Embase$|EMBASE$|SEER$|TCGA$|COSMIC$|GenBank$|ClinicalTrials$|"
    rf"ClinVar$|OncoKB$|WHO$|FDA$|EMA$|ESMO$|ASCO$|NCCN$|RECIST|CTCAE|CONSORT|PRISMA|STROBE|"
    # viruses, also after a word of the sentence: "With COVID-19"
    rf"(?:[A-Z]\w+ )?(?i:COVID|SARS|MERS)(?:{_H}?CoV)?[ {DASHES}]?\d*$|A?/?H\d+N\d+$|"
    rf"(?:HIV|HTLV|HSV|HHV|HPV|HCV|HBV|EBV|CMV|RSV)(?:{_H}?\d+)?$|"
    rf"{_METHOD}(?:{_H}{_METHOD})*$|(?:SSRI|SNRI|NOAC|DOAC|HAART)$|"
    # a formula, a number of a part
    r"C\d+H\d+|L?X{0,3}(?:IX|IV|V?I{0,3})$|"
    # what is said of something that has a name: "STROBE-compliant", "HIV-infected"
    rf".*{_H}(?i:compliant|adherent|infected|(?:un)?responsive|based|positive|negative|screening|histology|"
    r"associated|related|induced|guided|specific|na[iï]ve|resistant|refractory|(?:immuno)?reactive|like|driven|targeted|"
    r"exposed|treated|mutated|mutant|deficient|selected)$"
)
#: What stands behind a gene, a protein or cells: "analysis of ABC1 and DEF2 expression".
_OF_MOLECULES: Final = re.compile(
    rf"(?:\s+and\s+[\w{DASHES}]+)?\s+(?:genes?|expression|mutations?|proteins?|mRNA|methylation|levels?|polymorphisms?|pathways?|"
    r"cells?|inhibitors?|antibod(?:y|ies))\b"
)
#: An analysis in the laboratory is one of genes, proteins or materials: "functional analysis of …".
_IN_LABORATORY: Final = re.compile(
    r"\b(?:function(?:al)?|mutation(?:al)?|expression|sequence|quantitative|comparative|molecular|targeting|structur\w+|"
    r"genetic|genomic|phylogenetic|bioinformatics?|biochemical|transcript\w+|prote\w+|CFD)\s+analys[ie]s\s+(?:of|from)\s+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
#: A title about a means to measure, to picture or to report gives the name of it at its end: "… scale: the ABC-7".
_MEANS: Final = re.compile(
    r"\b(?:measur\w+|scales?|instruments?|questionnaires?|inventory|checklists?|framework|tools?|software|reporting|"
    r"reconstruction|imaging|MRI|images?|mapping|devices?|magnets?|systems?|burden|screening|endoscopic|estimates)\b",
    re.IGNORECASE,
)
#: The same right before brackets: "validity of the resilience scale for girls (ABCD)".
_MEANS_NAMED: Final = re.compile(
    r"\b(?:scale|questionnaire|inventory|checklist|instrument|index|framework|criteria|software|toolkit|kit)s?"
    r"(?:\s+(?:of|for|in)(?:\s+\w+){1,5})?(?:\s+\d+)?\s+\($",
    re.IGNORECASE,
)
#: What may stand before a name that the title goes on to explain as a study: ": NAME, a …", "results of NAME, a …".
_LEADS_TO_A_STUDY: Final = re.compile(
    r"(?:(?:^|[^\w\s]\s*)(?-i:[A-Z][a-z]*[A-Z]\w*\s+)?|\b(?:the|from|in|group|trial|study|registry|cohort|"
    r"(?:report|results?|analys[ie]s|findings?|update|outcomes?|data|experience)\s+of)\s+)$",
    re.IGNORECASE,
)
_WORDS_OF_A_STUDY: Final = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|registry|register|cohorts?|programme|project|audit|survey)\b", re.IGNORECASE
)
#: Words that an abbreviation leaves out.
_SMALL_WORDS: Final = frozenset({"a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with"})


def in_capitals(part: str) -> bool:
    """Whether a title is printed in capitals, so that these tell no name."""
    return sum(c.islower() for c in part) < sum(c.isupper() for c in part)


def is_something_else(found: re.Match[str]) -> bool:
    """Whether a name is by its form, or by what follows, that of something else.

    >>> [is_something_else(re.match(r"(?P<name>\\S+)", text)) for text in ("EEG-fMRI study", "ABCD1 trial")]
    [True, False]
    """
    return bool(_OTHER_FORM.match(found["name"]) or _OF_MOLECULES.match(found.string, found.end("name")))


def analysed_in_laboratory(found: re.Match[str]) -> bool:
    """Whether "analysis of NAME" is one of a gene, a protein or a material."""
    return _IN_LABORATORY.search(_before(found)) is not None


def named_last_as_means(found: re.Match[str]) -> bool:
    """Whether a title ends in the name of a scale, of software or of a way to take pictures."""
    rest = found.string[found.end("name") :].strip()
    return rest in ("", ".") and _MEANS.search(_before(found)) is not None


def explained_as_another(found: re.Match[str]) -> bool:
    """Whether "NAME: a … study" tells of what was studied: "patients with NAME: a cohort study"."""
    return _LEADS_TO_A_STUDY.search(_before(found)) is None


def shortens_another(found: re.Match[str]) -> bool:
    """Whether a name in brackets is short for the scale or the disease before it."""
    lead = _before(found)
    return _MEANS_NAMED.search(lead) is not None or _abbreviates(lead, found["name"])


def _before(found: re.Match[str]) -> str:
    return found.string[: found.start("name")]


def _abbreviates(lead: str, name: str) -> bool:
    """Whether a name in brackets is made of the first letters of common words right before it, none of them "study".

    >>> _abbreviates("patients with lobular spindle cell tumour of the ear (", "LSCT-E")
    True
    >>> _abbreviates("a trial of activity in young boys (", "TAYB")
    False
    """
    if not re.fullmatch(rf"[A-Z]{{3,}}(?:{_H}[A-Z]+)*s?", name):
        return False
    words = re.findall(r"\w+", lead)
    letters = [c.lower() for c in name.rstrip("s") if c.isalpha()]
    used = []
    while words and letters:
        used.append(words.pop())
        if used[-1] in _SMALL_WORDS:
            continue
        if used[-1][0] != letters.pop():
            return False
    return not letters and not _WORDS_OF_A_STUDY.search(" ".join(used))
