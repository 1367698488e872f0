"""The words between a measure, its figures and those whom they are of: what joins them, and what parts them."""

from __future__ import annotations

import re
from typing import Final

#: Measures that share what follows: "median PFS and OS", "ORR (objective response rate), DCR and".
AND: Final = re.compile(r"\s*(?:,\s*(?:and\s+)?|and\s+|&\s*|/\s*)(?:the\s+|a\s+)?", re.IGNORECASE)
#: "OS at 3 years", "PFS rate at 12 months".
AT: Final = re.compile(
    r"(?:\s+rates?)?\s+(?:at|after)\s+(?P<time>(?:\d{1,3}|one|two|three|four|five|six)[\s-](?:years?|"
    r"months?|weeks?|mo|yr)\b)",
    re.IGNORECASE,
)
#: An abbreviation in a bracket, which does not end a phrase: "the radiotherapy (RT) group".
SHORT: Final = r"\((?:[A-Z][\w+/-]{0,14}|[+±–-])\)"
#: Whom a measure is of, between it and the verb: "the ORR in patients with brain metastases was".
FOR: Final = (
    r"(?:\s*,?\s+(?:in|for|among|of|with|on|to|following|after|at(?!\s+(?:\d|data|the time)))\s+"
    rf"(?:the\s+)?(?P<group>(?:[^;:()\[\]]|{SHORT}){{2,110}}?(?:\s*\((?:n\s?=\s?)?\d+(?:\.\d+)?(?:\s?%|\s(?:patients|"
    rf"pts|cases))?\))?)"
    r")?"
)
#: What everybody was given.
TREATMENT: Final = re.compile(
    r"(?:study\s+|this\s+)?(?:interventions?|treatments?|therapy|regimen|combination)", re.IGNORECASE
)
#: Who judged, and at which time of the analysis; neither changes the result's meaning.
ASIDE: Final = (
    r"(?:\s*[(\[](?:[5-9]\d(?:\.\d)?\s?%\s?(?:CI|confidence interval)|[^()\[\]\d;]{1,60}|ypT0[^()\[\]]{0,24}|"
    r"(?:CR|PR|SD)[^()\[\]]{1,40})[)\]])?(?:\s*,?\s*(?:(?:as\s+)?(?:assessed|evaluated|determined|"
    r"confirmed|per|according to|based on|by)\b"
    r"[^;:()\[\]\d]{2,70}?(?:\d\.\d)?|(?:measured |calculated )?from (?:the )?(?:start|date|time|initiation|first|"
    r"diagnosis|beginning|randomi[sz]ation|enrol\w+)\b(?:\s+(?:of|date|to)\s[^;:()\[\]\d,]{2,50}?)?),?)?"
)
QUALIFIER: Final = (
    r"(?:only|approximately|about|around|estimated (?:at|to be)|found to be|reported (?:as|in|to be|for|by)|"
    r"observed (?:in|for|to be)|achieved (?:in|by)|seen in|obtained (?:in|by)|recorded in|noted in|"
    r"documented in|experienced by|"
    r"confirmed in|present in|attained in|found in|(?:significantly )?different at|"
    r"(?:all\s+|only\s+)?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twenty|thirty|forty|fifty|sixty)(?:-\w+)?)\s+"
    r"(?:of\s+(?:the\s+)?[\w-]+\s+)?(?:patients?|pts|women|cases)|~|a|an|the|median|median of|"
    r"a median of|calculated (?:as|to be)|also|respectively,?)"
)
VERB: Final = (
    r"(?:\b(?:was|were|is|are|of|reached|being|achieved|attained|equal(?:l)?ed|amounted to|occurred in|"
    r"developed in|in|had been)\b|[:=,(\[]|\brates? (?:was|were|of)\b),?"
)
LINK: Final = re.compile(
    rf"(?:\s*[)\]](?=\s*occurred))?{ASIDE}{FOR}{ASIDE}\s*(?:(?:rates?|probabilit(?:y|ies)|times?|duration|values?)\s*)?(?:{VERB}|"
    rf"\s)\s*(?:{QUALIFIER}\s*)*[(\[]?\s*(?:(?-i:[A-Z]{{2,4}})\s*[,:]\s*)?(?:{QUALIFIER}[,:]?\s*)*",
    re.IGNORECASE,
)
#: One measure, two arms: "was significantly longer in the A group than in the B group (".
COMPARED: Final = re.compile(
    r"[^;:]{0,110}?\b(?:longer|shorter|higher|lower|better|worse|improved|superior|greater|inferior|"
    r"similar|comparable|increased|"
    r"prolonged|poorer|different|no (?:\w+ ){0,2}difference|differed?|favou?red|favou?ring|than|vs\.?|versus|"
    r"compared|over|"
    r"between)\b[^;:]{0,160}?[(\[,:]\s*(?:medians?\b|mOS|mPFS)?[\s,:=]*",
    re.IGNORECASE,
)
#: Words that a gap between measure and figure must not hold: what follows is another thing.
BARRED: Final = re.compile(
    r"\b(?:events?|follow-?up|matur\w+|cut-?off|threshold|ranged?|IQR|interquartile|predict\w*|"
    r"ratio|HRs?|odds|risk|"
    r"if|until|respectively|who|including|included|except|difference|differences|reduc\w+|increase|"
    r"gain|minimum|power|"
    r"probability|score|AUC|c-index|dose|age|cycles|median (?:number|age|dose|time|follow))\b|[<>≥≤±]",
    re.IGNORECASE,
)
VERSUS: Final = (
    r"(?:vs?\.?|versus|compared (?:with|to)|as compared (?:with|to)|against|in comparison (?:with|"
    r"to)|than|while|whereas)"
)
COMPARES: Final = re.compile(rf"\b{VERSUS}(?!\w)", re.IGNORECASE)
#: Between two figures of a comparison, and between those of a list; arms may stand beside each.
GAP_VERSUS: Final = re.compile(rf"[)\]\s]*,?[^;:\d]{{0,110}}?\b{VERSUS}\b[^;:\d]{{0,110}}?", re.IGNORECASE)
GAP_LIST: Final = re.compile(
    r"(?:\s?\(P\s?[=<>]\s?[\d.·]+)?[)\]\s]*(?:(?:in|for|with|among|on|of)\s+[^;:,]{2,80}?)?\s*(?:,|,?\s*\band\b|&|/)\s*(?:in\s+|(?:was|were)\s+)?(?:a\s+|"
    r"the\s+)?(?:median of\s+)?",
    re.IGNORECASE,
)
#: After a figure, words that make it a difference, a range or a comparison that was not understood.
SPOILT: Final = re.compile(
    r"[)\]\s]*(?:\([^()]*\)\s*)?(?:when\b|if\b|once\b|unless\b|(?:patients?\s+)?(?:have|has|"
    r"had|showed|achieved|experienced|attained|were|"
    r"was(?!\s+(?:achieved|observed|seen|reported|recorded|obtained|noted|found|attained|documented)\b)|developed|"
    r"received|died|remained|responded|"
    r"shorter|longer|higher|lower|increase[sd]?|decrease[sd]?|reduction|improvement|improved|"
    r"more|less|fewer|"
    r"difference|of (?:all )?(?:events|deaths|responders|these)|events|±|or more|or less|or higher|and above|"
    r"power|follow-?up|maturity|relative|absolute)\b|±|\+/-|(?:-|–|to)\s*\d|(?:vs?\.?|versus|"
    r"than|compared)\b|x\s?\d|/\s*\d|"
    r"confidence|CI\b)",
    re.IGNORECASE,
)
#: Behind the bracket of two figures, with whom is compared: "(5 vs 9 months) than B".
CLOSED: Final = re.compile(r"[)\]]\s*(?:as\s+)?(?:than|compared|versus|vs)", re.IGNORECASE)
#: Where another statement begins.
NEXT: Final = re.compile(
    r"[;:]\s|,?\s(?:and|with)\s+(?:the\s+|an?\s+)?(?:median|mean|objective|overall|disease|estimated|\d)", re.IGNORECASE
)
#: "a longer PFS (": of one arm or of two, but never of all.
BETTER: Final = re.compile(
    r"\b(?:worse|better|longer|shorter|higher|lower|superior|inferior|poorer|improved|poor|reduced|"
    r"increased|prolonged)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
#: Before a figure, signs that it is no more than a bound.
BOUND: Final = re.compile(
    (r"(?:[<>≤≥]|\b(?:than|least|most|up to|over|nearly|almost|from|between|below|above|exceed\w*))\s*$"), re.IGNORECASE
)
#: Sentences about what a sample is to show, and what a marker foretells.
PLANNED: Final = re.compile(
    r"\b(?:power|sample size|type I error|null hypothesis|assum\w+|would be|to detect|hypothesi[sz]\w*|"
    r"target(?:ed)? (?:ORR|response|PFS)|"
    r"one-sided alpha|two-sided alpha|historical|was defined as|were defined as|is defined as|"
    r"expected|primary end-?points? (?:was|were|is))\b",
    re.IGNORECASE,
)
#: Sentences about a model: its hazard ratios are of markers.
MODEL: Final = re.compile(
    r"\b(?:multivaria\w+|univaria\w+|prognos\w+|predict\w+|independent\w*|risk factors?|correlat\w+|Cox|"
    r"per unit|nomogram|signature|(?<!for )covariates?|MVA|UVA)\b",
    re.IGNORECASE,
)
#: Words of markers and of poor outcomes: a hazard ratio beside them needs its arms printed with it.
MARKER: Final = re.compile(
    r"\b(?:associat\w+|expression|score|baseline|levels?|worse|poorer|poor|inferior|shorter|mortality)\b", re.IGNORECASE
)


#: Between two results of the same patients: "… (95% CI, 4.4 to 7.1), with a median", "; P = .04) and the".
GOES_ON: Final = re.compile(
    r"[)\]\s]*(?:[,;]?\s*P\s?[=<>]\s?[\d.·]+)?[)\]\s]*[,;.]?\s*(?:(?:and|with|while|whereas|"
    r"including)\s+)?(?:(?:reached|achieved|attained|had)\s+)?(?:(?:the|an?|median|estimated|corresponding|overall|"
    r"with|confirmed|real-world|respectively,?)"
    r"\s+)*",
    re.IGNORECASE,
)
#: "a 56% objective response rate", "56% ORR".
IN_FRONT: Final = re.compile(r"[)\]\s]*(?:(?:confirmed|overall)\s+)?", re.IGNORECASE)
#: "9/25 (36%) had a partial response": only what a patient has, not a rate.
HAD: Final = re.compile(
    r"[)\]\s]*(?:(?:of\s+)?(?:the\s+)?patients?\s+)?(?:had|with|achiev(?:ed|ing)|showed|experienc(?:ed|ing)|attain(?:ed|ing))\s+(?:an?\s+)?(?:(?:confirmed|"
    r"best)\s+)*",
    re.IGNORECASE,
)
#: "six patients achieved a partial response, and the ORR was": they share no figure.
HAD_ONE: Final = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+(?:patients?\s+)?(?:had|achieved|showed|"
    r"experienced|attained)\s+"
    r"(?:an?\s+)?$",
    re.IGNORECASE,
)
#: Outcomes that a patient has.
OF_PATIENTS: Final = frozenset(
    {
        "partial response",
        "complete response",
        "pathologic complete response",
        "stable disease",
        "objective response rate",
        "adverse event",
    }
)
ARTICLE: Final = re.compile(r"\b(?:an?|the|with|of|showed|achieved|demonstrated)\s+(?:overall\s+)?$", re.IGNORECASE)
#: "6-month and 12-month PFS": which figure is of which time must be said.
SEVERAL_TIMES: Final = re.compile(
    r"(?<![\w.])(?:(?:\d{1,2}|one|two|three|four|five|six)[\s-]*(?:months?|years?|yr|mo|y)?-?\s*(?:,\s*(?:and|or)?|"
    r"(?:and|or))\s*){1,6}$",
    re.IGNORECASE,
)
#: What says that figures stand in the order of those whom they are of.
RESPECTIVELY: Final = re.compile(
    r"[)\]\s]*(?:\(?P\s?[=<>]\s?[\d.·]+\)?)?[)\]\s]*,?\s*(?:months?\s*,?\s*|(?:of\s+(?:the\s+)?)?(?:patients|participants|cases|pts)\s*,?\s*)?"
    r"\brespectively\b",
    re.IGNORECASE,
)
#: "were, respectively, 17%, 48% and 9 months".
ORDERED: Final = re.compile(r"^(\s*(?:was|were|of)\s*),?\s*respectively,?(?=\s)", re.IGNORECASE)
#: "any-grade and grade 3-4 adverse events": the second of two figures is of the higher grades.
ANY_GRADE: Final = re.compile(r"\b(?:any|all)(?:[\s-]grades?)?\s+and\s+$", re.IGNORECASE)
#: "patients with A and patients with B": two groups for one figure.
SEVERAL_GROUPS: Final = re.compile(r"\band\s+(?:the\s+)?(?:patients|those|in|with|women|men)\b", re.IGNORECASE)
#: Before a second figure of the same measure, for others: the first is then of some only.
ANOTHER: Final = re.compile(r"[^.;:(]{1,80}\b(?:and|vs?\.?|versus|compared|than|to)\b[^.;:(]{0,40}", re.IGNORECASE)
#: … unless it is of another measure.
MORE: Final = re.compile(
    r"\b(?:rates? of|survival|rates|disease|(?:responses?|remissions?)\s+(?:in|of|was|were))\b", re.IGNORECASE
)
#: "41% at 12 weeks, and at 24 weeks was": the same measure, later.
LATER: Final = re.compile(
    r"[^;:()\d]{0,20}[)\]\s]*,?\s*(?:and|with)\s+(?:the\s+)?(?:rates?\s+)?(?:(?:was|were)\s+)?(?:at|after)\s+"
    r"(?P<time>\d{1,3}\s(?:weeks?|months?|years?))\s+(?:it\s+)?(?:was|were)\s+",
    re.IGNORECASE,
)
#: Before the figure of a second group: "…, and in cohort B it was 24%".
SECOND: Final = re.compile(
    r"[)\]\s]*(?:\([^()]*\)\s*)?[,;]?\s*(?:(?:and|while|whereas|but)\s+)?"
    r"(?:(?:that|those)\s+(?:of|in|for|with|among)|in|for|among)\s+(?:the\s+)?(?P<group>[^,;:()]{2,80}?)"
    r"(?:\s+\([^()]*\))?,?\s+(?:(?:it\s+)?(?:was|were)\s+)?",
    re.IGNORECASE,
)
#: "no significant differences in PFS (5 vs 6 months)": the figures are of the arms, not of their difference.
NO_DIFFERENCE: Final = re.compile(
    r"\b(?:no|not|without|neither)\b[^.;()]{0,50}\bdifferen(?:ces?|t|tly) (?:in|of)\s+(?:the\s+|median\s+)*$",
    re.IGNORECASE,
)
