"""The words in which a text tells what something means for survival."""

from __future__ import annotations

import re
from typing import Final

#: Survival under a treatment is no prognosis; what a marker may be a target or a guide for is.
TREATED: Final = re.compile(
    r"\b(?:(?<!surgically )treated|(?<!guide )(?<!target for )treatment|"
    r"(?<!target for )(?<!target for biologic )(?<!target for targeted )therap(?:y|ies)|"
    r"receiv\w+|response|regimens?)\b",
    re.IGNORECASE,
)
#: What is asked or only meant to be found out.
ASKED: Final = re.compile(
    r"\b(?:to (?:determine|assess|evaluate|investigate|examine|explore|identify|find|screen|detect)|aim\w*)\b",
    re.IGNORECASE,
)
#: What may stand between an alteration and what is said of its prognosis: the subject goes on, its verb begins.
NEXT: Final = re.compile(
    r"[\s),-]*(?:\b(?:in|of|among|status|levels?|tumou?rs?|patients?|pts|cases|groups?|carriers|with|the|advanced|metastatic|"
    r"resected|stage|I{1,3}V?|IV|and|protein|gene|is|are|was|were|has|have|had|been|be|being|may|might|could|can|would|also|not|"
    r"did|does|do|found|shown|to|identified|considered|regarded|recogni[sz]ed|reported|known|no|a|an|positive|positivity|"
    r"expression|mutations?|human|primary|never|neither|cannot|failed|seems?|appears?|tends?|tended|remain(?:s|ed)?|further|"
    r"independent|significant|strong|important|adverse|negative|unfavou?rable|poor|valuable|potential|useful|risk|high-risk|"
    r"both|often|either|or|based|on|by|using|detected|determined|measured|emerge[sd]?|serve[sd]?|act(?:s|ed)?|functions?|represents?|used|utili[sz]ed|as|[a-z]+ly)\b[\s(),-]*)*",
    re.IGNORECASE,
)
#: A second subject without a name here: "HER2 expression and tumour size were", "… emerged as important".
AND_ANOTHER: Final = re.compile(
    r"(?<=\s)and\s+(?:[\w-]+\s+){1,4}?(?P<are>(?:are|were|emerged\s+as|remained)\s+(?:[\w-]+\s+){0,3})?$"
)
#: A first thing said of the same subject: "mutations occur in 2% of NSCLC and confer".
FIRST_SAID: Final = re.compile(
    r"[\s)]*(?:\([^()]{1,40}\)\s*)?(?:receptor\s+tyrosine\s+kinase\s+)?(?:(?:may|might|can|could|has|have)\s+)?(?:is|are|was|were|be|been|occurs?|"
    r"occurred|plays?|played|accounts?\s+for|promotes?|contributes?\s+to)\b[^;:,]{0,90}?\band\s+"
    r"(?:(?:are|is|was|were|have|has|often|been|may|might|can|could|also|acts?|serves?|[a-z]+ly)\s+)*",
    re.IGNORECASE,
)
#: Survival, by its names, and how it may be for some beside others.
_SURVIVAL: Final = r"(?:prognos[ei]s|survival|OS|PFS|DFS|RFS|outcomes?|mortality|recurrence)"
DIRECTION: Final = (
    r"(?:short(?:er)?|long(?:er)?|poor(?:er|est)?|worse|worst|better|best|good|(?:un)?favou?rable|dismal|inferior|superior|lower|"
    r"higher|reduced|decreased|improved|prolonged)"
)
#: From survival to those who have it: "in patients whose tumours had".
_WHO: Final = (
    r"(?:(?:the|an?|patients?|those|tumou?rs?|cases|women|group|with|without|having|harbou?ring|carrying|whose|had|showed|"
    r"[<>≥]|\d+\s?%)\s*)*"
)
#: What goes together with survival, or has an effect on it, up to the alteration, and what follows that.
LINK_BETWEEN: Final = re.compile(
    r"\b(?:an?|no|any|significant|strong|positive|negative|inverse)\s+(?:[\w-]+\s+){0,2}?(?:association|correlation|relationship|link)\s+"
    r"(?:(?:was|is)\s+(?:\w+\s+)?(?:found|observed|seen)\s+)?between\s+(?:the\s+)?$",
    re.IGNORECASE,
)
AND_SURVIVAL: Final = re.compile(
    r"\s*(?:\([^()]{1,30}\)\s*)?(?:and|with)\s+(?:[\w-]+\s+){0,3}?(?:survival|prognosis|OS|DFS|RFS|outcomes?)\b",
    re.IGNORECASE,
)
FOUND: Final = re.compile(
    r"\b(?:find|found|observed?|show(?:ed|n|s)?|reveal(?:ed|s)|demonstrated|there\s+(?:was|is|were)|exists?|noted|seen|confirmed)\b",
    re.IGNORECASE,
)
EFFECT_OF: Final = re.compile(
    r"\bthe\s+(?:prognostic\s+)?(?:impact|influence|effects?)\s+of\s+(?:the\s+)?$|\b(?:negative|adverse|unfavou?rable|detrimental|significant|strong|independent|poor)\s+(?:prognostic\s+)?(?:impact|influence|effects?)\s+"
    r"of\s+(?:the\s+)?$",
    re.IGNORECASE,
)
ON_SURVIVAL: Final = re.compile(
    r"\s*(?:\([^()]{1,30}\)\s*)?on\s+(?:[\w-]+\s+){0,3}?(?:survival|prognosis|outcomes?|OS|DFS|RFS)\b"
    r"(?P<verdict>\s+(?:was|were|is)\s+(?P<not>not\s+|without\s+)?(?:statistical(?:ly)?\s+)*significan\w+)?",
    re.IGNORECASE,
)
#: The alteration of the sentence before: "This overexpression is associated with".
THIS: Final = re.compile(
    r"\W*(?:[A-Z]+:\s*)?(?:this|such|these)\s+(?P<what>(?:over)?expression|amplification|mutation|alteration|rearrangement|fusion)s?\b",
    re.IGNORECASE,
)
#: Of a gene just named: "its overexpression is linked to", "whose amplification".
ITS: Final = re.compile(
    r"\b(?:its|whose)\s+(?:[\w-]+\s+)?(?P<what>(?:over)?expression|amplification|mutation|alteration|rearrangement|positivity)s?\b",
    re.IGNORECASE,
)
#: What is said of survival, and then of what: "overall survival was not associated with HER2 mutation".
SURVIVAL_WITH: Final = re.compile(
    r"\b(?:survival|prognosis|OS|DFS|RFS)(?:\s+(?:times?|rates?))?(?:\s*\([^()]{1,60}\))?\s+(?:was|were|is|are)\s+(?P<not>not\s+)?(?:[a-z]+ly\s+)*"
    r"(?:(?:associated|correlated|linked)\s+with|(?:shorter|longer|lower|higher|worse|poorer|better|inferior|reduced)\s+(?:in|for|among))\s+"
    + _WHO
    + r"|\b(?:shorter|longer|worse|poorer|better|inferior|reduced)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:survival|prognosis|OS|DFS|RFS)\s+(?:was|were)\s+(?P<none>not\s+)?(?:observed|seen|found|noted)\s+(?:in|for|among)\s+"
    + _WHO,
    re.IGNORECASE,
)
#: How far behind what is said a treatment still makes it one of the treated.
TREATED_REACH: Final = 40
#: What is said and then taken back: "was associated with poor survival, but without statistical significance".
INSIGNIFICANT: Final = re.compile(
    r"[^.;]{0,40}?\b(?P<not>without|not|lacked|no)\s+(?:reach\w*\s+|statistical(?:ly)?\s+)*significan", re.IGNORECASE
)
#: A value for the prognosis about which no one is sure.
VALUE: Final = re.compile(
    r"\b(?:relationship|association|correlation|link)\s+between\b(?=[^;.]{1,80}?\b(?:prognosis|survival|outcomes?)\b)|"
    r"\bprognostic\s+(?:value|significance|role|impact|relevance|importance|effects?|implications?)\b",
    re.IGNORECASE,
)
DISPUTED: Final = re.compile(
    r"\b(?:remain(?:s|ed)?|is|are|was|were|has\s+been|have\s+been)\s+(?:(?:still|largely|highly|somewhat|poorly|not|yet)\s+)*"
    r"(?P<how>controversial|unclear|unknown|uncertain|undefined|debated|inconclusive|conflicting|inconsistent|"
    r"to\s+be\s+(?:established|determined|elucidated|clarified|defined)|under\s+debate|a\s+matter\s+of\s+debate|well\s+established)\b",
    re.IGNORECASE,
)
#: A title about what something means for survival.
FOR_SURVIVAL: Final = re.compile(
    r"\b(?:role|impact|influence|effects?|significance)\b.{0,80}?\b(?:on|for|to)\s+(?:the\s+)?(?:overall\s+)?survival\b|"
    r"\b(?:relation\w*|correlation|association)\b.{0,80}?\b(?:with|to|and)\s+(?:the\s+)?(?:overall\s+|patients?['’]?\s+)?survival\b",
    re.IGNORECASE,
)
PROGNOSTIC: Final = re.compile(r"\bprognos(?:tic|is|es|tically)\b", re.IGNORECASE)


#: From what is said to whom it is said of: "a poor prognosis in patients with".
IN_WHOM: Final = re.compile(
    r"(?:\s+(?:and\s+[\w-]+\s+)?(?:factors?|markers?|biomarkers?|indicators?|role|value|significance|impact|predictors?))?\s+"
    r"(?:in|of|for|among)\s+(?:(?:the|patients?|pts|people|with|having|advanced|metastatic|early-stage|resected|primary)\s+)*",
    re.IGNORECASE,
)
#: What a title names beside its subject: what its patients lack, what else is a factor.
NOT_MEANT: Final = re.compile(
    r"\b(?:lacking|without|unlike|in\s+contrast\s+to|negative\s+for|wild-?type\s+for|prognostic\s+(?:parameters|factors|markers|variables)\b[^:;]*\band|"
    r"prognostic\s+(?:factor|(?:bio)?marker|indicator|parameter)\s+and\s+an?)"
    r"\s+(?:[\w/-]+,?\s+){0,4}(?:and\s+)?$",
    re.IGNORECASE,
)
#: "in ER-positive breast cancer": whom it was seen in, not what has the prognosis.
SEEN_IN: Final = re.compile(r"\b(?:in|among|of)\s+(?:[\w-]+\s+){0,2}\(?$", re.IGNORECASE)
#: What is said of survival or prognosis: "was associated with poor survival", "an independent prognostic factor".
OUTLOOK: Final = re.compile(
    r"\b(?:(?:associat\w+|correlat\w+|linked|connected)\s+(?:with|to)|related\s+to)\s+(?:an?\s+)?"
    r"(?:(?!(?:not|no|nor|but|without)\b)[\w'’-]+,?\s+){0,7}?"
    rf"{_SURVIVAL}\b(?!\s+(?:of|with|to|after|following|under|on)\s+"
    r"(?:[\w-]+\s+){0,3}?(?:chemo|immuno|radio|treat|therap|surg|inhibit|TKI))"
    r"|\b(?:predict(?:s|ed|ing|ive\s+of|ors?\s+(?:of|for))?|confer(?:s|red)?|indicat(?:es|ed|or\s+of)|portend(?:s|"
    rf"ed)?)\s+(?:an?\s+)?(?:[\w-]+\s+){{0,4}}?{_SURVIVAL}\b"
    r"|\b(?:is|are|was|were|be|as|has|have|had|plays?|played|being|shows?|showed|represents?)\s+(?:not\s+)?(?:both\s+)?(?:an?\s+|no\s+)?"
    r"(?:[\w-]+\s+){0,3}?prognostic\b"
    rf"|\b(?:with|carr(?:y|ies|ied))\s+(?:an?\s+)?(?:[\w-]+\s+){{0,2}}?{DIRECTION}\s+prognos[ei]s\b"
    r"|\b(?:an?\s+(?:[\w-]+\s+){0,3}?|"
    r"(?:(?:significant|independent|adverse|negative|positive|(?:un)?favou?rable|potential|important|risk|strong|poor)\s+){0,4})"
    r"(?:factors?|(?:bio)?markers?|indicators?|determinants?)\s+(?:of|for|in|to)\s+(?:(?:predict|evaluat|assess|determin)\w+\s+)?"
    r"(?:an?\s+|the\s+)?(?:[\w'’-]+\s+){0,4}?"
    r"(?:prognosis|survival|OS|DFS|RFS|mortality|recurrence)\b"
    r"|\b(?:imparts?|imparted|ha[sd]|have|show(?:s|ed)?|experienced|exhibit(?:s|ed)?|demonstrated?|displayed)\s+(?:an?\s+)?"
    rf"(?:[a-z]+ly\s+|much\s+)?{DIRECTION}\s+(?:(?:median|mean|overall|\w+[\s-]years?|[a-z]+-(?:free|specific))\s+)*"
    r"(?:prognos[ei]s|survival|OS|DFS|RFS)\b",
    re.IGNORECASE,
)
#: Other factors beside which something is measured, which say nothing of its own prognosis.
OTHER_FACTORS: Final = re.compile(
    r"\b(?:correlat\w+|associat\w+|relation\w*|compar\w+)\s+(?:with|to|between)\s+(?:[\w-]+\s+){0,3}?prognostic\s+"
    r"(?:parameters|factors|(?:bio)?markers|indicators|variables|indices|features)\b",
    re.IGNORECASE,
)
#: A title that does not say it for sure: "as a potential prognostic marker", "may predict survival".
HEDGED: Final = re.compile(
    r"\b(?P<cue>potential(?:ly)?|possibl[ey]|candidates?|putative(?:ly)?|may|might|could|likely|probabl[ey])\s+"
    r"(?:(?!(?:in|with|of|and)\b)[\w-]+\s+){0,5}?(?:prognos\w+|predict\w*|survival|outcomes?)\b",
    re.IGNORECASE,
)
#: What was found and then lost when it was adjusted for other things.
VANISHED: Final = re.compile(
    r"[^;]{0,120}?\b(?:but|although|though|however|yet|which|while)\b[^;]{0,80}?\b(?:reversed|lost|disappear\w*|vanish\w*|"
    r"attenuated|abolish\w*|no\s+longer|not\s+(?:remain|persist|retain)\w*)\b[^;]{0,80}?\b(?:adjust\w+|multivaria\w+)",
    re.IGNORECASE,
)
