"""The words between a method and what it shows."""

from __future__ import annotations

import re
from typing import Final

_FINDS: Final = (
    r"(?:detect|identif(?:y|ied|ies|ication)|reveal|show|demonstrat|find|found|confirm|indicat|disclos|uncover|observ|assess|evaluat|"
    r"determin|measur|examin|investigat|analy[sz]|stud(?:y|ied|ies)|explor|screen|test|verif|validat|quantif|monitor|characteri[sz]|"
    r"discriminat|distinguish|genotyp|visuali[sz]|scored|defined|document|assay|rule[sd]?\s+in|pick(?:s|ed)?\s+up)\w*"
)
#: Words that give what stands after them another meaning: a clause of its own, an effect, what is not there.
_OTHERWISE: Final = (
    r"(?:that|which|who|whose|whereas|while|but|because|although|if|when|after|before|than|treat\w*|therap\w*|inhibit\w*|knock\w*|"
    r"silenc\w*|reduc\w+|increase[sd]?|decreas\w+|upregulat\w+|downregulat\w+|altered?|induc\w+|suppress\w+|promot\w+|affect\w*|effects?|"
    r"role|significance|values?|impact|associat\w+|correlat\w+|relationship|concordance|agreement|discordan\w+|absence|lack|loss|no|"
    r"not|without|negative|predict\w*|enriched|similar\w*|comparable|receiv\w+|response|resistan\w+|prognos\w+|survival|risk)"
)
_WORD: Final = rf"(?!{_OTHERWISE}\b)[\w'’%/+.-]+"
#: A second method without a name here: "and direct sequencing were used to".
_AND_ANOTHER: Final = r"(?:and\s+(?:[\w-]+\s+){1,3}(?=(?:were|are|for)\b))?"
#: From a method to what it shows: "IHC for", "NGS of plasma detected", "FISH can be used to find", "NGS, and found".
SHOWS: Final = re.compile(
    rf"[\s)-]*{_AND_ANOTHER}(?:(?!(?:and|or)\b){_WORD}\s+){{0,10}}?(?:(?:\w+,\s+)?and\s+)?{_FINDS}\s+"
    rf"(?:(?!(?:and|for|by|using|with)\b){_WORD}\s+){{0,7}}|"
    rf"[\s)-]*{_AND_ANOTHER}"
    r"(?:[\w-]+\s+){0,2}?(?:(?:is|are|was|were|can\s+be|be)\s+(?:used|applied|employed|available|performed|"
    r"preferred)\s+)?for\s+(?:(?:the|all|both|any|an?)\s+)?",
    re.IGNORECASE,
)
#: The same with the ones who use it: "using NGS, we found".
WE_FOUND: Final = re.compile(
    rf"[^,;:]{{0,60}},\s*(?:we|the\s+authors)\s+(?:[a-z]+ly\s+)?{_FINDS}\s+(?:{_WORD}\s+){{0,7}}", re.IGNORECASE
)
#: From an alteration to how it was found: "mutations detected by", "overexpression (IHC", "in tumours was scored with".
SHOWN_BY: Final = re.compile(
    r"(?:\s*\([^()]{1,60}\))?(?:\s+(?:in|of|from|among)\s+[^,;:()]{1,100}?(?=\s(?:was|were|is|are)\s))?"
    rf",?\s*(?:{_WORD}\s+){{0,12}}?(?:by(?:\s+means\s+of)?|using|via|through|utili[sz]ing|employing|"
    r"with\s+the\s+use\s+of|(?P<with>with|on|in))\s+"
    rf"(?:{_WORD}\s+){{0,5}}|(?P<bracket>\s*\(\s*(?:(?:by|via|using)\s+)?)",
    re.IGNORECASE,
)
#: Only where it was found, between it and the method: "overexpression in gastric cancer by".
ONLY_WHERE: Final = re.compile(
    rf"(?:\s*\([^()]{{1,60}}\))?(?:\s+(?:in|of|from|among)\s+(?:{_WORD}\s+){{1,8}}?)?\s*(?:by|using|via)\s.*",
    re.IGNORECASE,
)
#: … or a verb right before the alteration: "tumours showed amplification with".
FINDS_IT: Final = re.compile(rf"\b{_FINDS}\s+(?:(?:an?|the)\s+)?$", re.IGNORECASE)
FINDS: Final = re.compile(rf"\b{_FINDS}\b", re.IGNORECASE)
#: It was found already in those who are then examined: "patients with HER2 mutations were analysed using".
OF_PATIENTS: Final = re.compile(
    r"\b(?:patients?|cases?|tumou?rs?|samples?|cells?|those|cancers?|carcinomas?)\s+(?:with|harbou?ring|carrying|having|of)\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
FOUND_SO: Final = re.compile(
    r"[\s,(]*(?:(?:was|were|is|are|as|status|[a-z]+ly)\s+)*(?:detected|identified|confirmed|determined|documented|proven|defined|shown|found|"
    r"assessed|by|using|via)\b",
    re.IGNORECASE,
)
#: What a method stands behind that is only where something was found: "mutations in circulating tumour DNA by".
WHERE: Final = re.compile(r"\b(?:in|from|of)\s+(?:the\s+)?$", re.IGNORECASE)
