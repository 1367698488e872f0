"""Whether the name of a disease stands for that disease, or only ends the name of another or of an institution."""

from __future__ import annotations

import re
from typing import Final

from ..fold import DASHES
from ..lexicon import Name
from ..model import Span

#: Diseases whose names end the names of many others, not all of which the lexicon has.
_HEADS: Final = frozenset(
    {
        "adenocarcinoma", "cancer", "carcinoma", "glioma", "leukemia", "lymphoma", "melanoma", "sarcoma",
        "solid tumor", "squamous cell carcinoma",
    }
)  # fmt: skip
#: The word before such a name that makes it another: an organ, a kind of cell, a growth pattern.
_KIND: Final = re.compile(
    rf"\b(?:[\w{DASHES}]*cells?|acinar|adeno\w+|adren\w+|ampullary|anal|angio\w+|appendiceal|basal|bile|biliary|bladder|bone|"
    r"bowel|brain|breast|bronch\w+|Burkitt(?:['’]s)?|cardiac|cervi\w+|cholangio\w+|chorio\w+|colon(?:ic)?|colorectal|"
    r"conjunctival|cortical|cutaneous|cystic|ductal?|duodenal|embryonal|endocrine|endometri\w+|esophag\w+|Ewing(?:['’]s)?|"
    r"fallopian|fibro\w+|follicle[\s-]+cent(?:er|re)|follicular|gall\s?bladder|gastr\w+|germinal|gland(?:ular)?|gynecologic\w*|gynaecologic\w*|"
    r"hepat\w+|Hodgkin(?:['’]s)?|hypopharyngeal|intestin\w+|intrahepatic|Kaposi(?:['’]s)?|kidney|laryn\w+|leiomyo\w+|lipo\w+|"
    r"liver|lobular|lung|lymph\w+|mantle|marginal|maxillary|medullary|merkel|metaplastic|mucinous|mucoepidermoid|mucosal|"
    r"myeloid|myelogenous|nasal|nasopharyn\w+|neck|neuroendocrine|node|NUT|ocular|oesophag\w+|oral|oropharyn\w+|osteo\w+|"
    r"ovar\w+|pancrea\w+|papillary|parathyroid|parotid|penile|peritone\w+|pharyn\w+|pituitary|plexus|pontine|prostat\w+|"
    r"pulmonary|rectal|renal|rhabdo\w+|ring|salivary|sarcomatoid|sebaceous|serous|sinonasal|skin|stomach|synovial|testicular|"
    r"thymic|thyroid|tissue|tongue|tonsil\w*|tract|transitional|urethral|ureteral|urothelial|uter\w+|uveal|vagin\w+|verrucous|"
    rf"vulv\w+)[\s{DASHES}]{{1,2}}$",
    re.IGNORECASE,
)
#: Words behind such a name that make it another.
_GOES_ON: Final = re.compile(r"\s+(?:in\s+situ|of\s+(?:an?\s+)?unknown)\b", re.IGNORECASE)
#: Behind any disease, what makes it a part of the name of something else: "murine leukemia virus".
_AGENT: Final = re.compile(
    rf"[\s{DASHES}]+(?:virus|viral|inhibitory\s+factor|extra[\s{DASHES}]+large)|(?<=lymphoma)[\s{DASHES}]+\d(?!\d|\s[a-z]|[.,]\d|%)",
    re.IGNORECASE,
)
#: What stands before the name of a disease in that of an institution: "American Joint Committee on Cancer".
_BODY: Final = re.compile(
    r"\b(?:(?:Agency|Alliance|Cent(?:er|re)|Coalition|Committee|Council|Department|Federation|Foundation|Hospital|Institutes?|"
    r"Journal|League|Organi[sz]ation|Society|Union)\s+(?:on|of|for|in|against)|(?:Association|Consortium|Group|Network)\s+"
    r"(?:for|against))\s+(?:the\s+)?(?:(?:Study|Research|Treatment|Diagnosis|Prevention|Supportive\s+Care)"
    r"(?:\s+and\s+\w+)?\s+(?:on|of|for|in)\s+)?(?:[A-Z][\w-]+\s+)*$"
)
#: Organs that other cancers spread to: a "metastatic brain tumor" did not begin there.
_SPREAD_TO: Final = frozenset({"brain cancer", "brain tumor", "liver cancer"})
_METASTATIC: Final = re.compile(r"\bmetastatic\s+$", re.IGNORECASE)
#: So far before a name its kind or its institution is looked for, in characters.
_BEFORE: Final = 90


def names_whole_disease(name: Name, text: str, span: Span) -> bool:
    """Whether a disease's name is not the end of a longer one: no carcinoma is named in "sebaceous carcinoma"."""
    lead = text[max(0, span.start - _BEFORE) : span.start]
    if name.concept.label in _HEADS and (_KIND.search(lead[-40:]) or _GOES_ON.match(text, span.end)):
        return False
    if _AGENT.match(text, span.end):
        return False
    if name.concept.label in _SPREAD_TO and _METASTATIC.search(lead):
        return False
    return not (text[span.start].isupper() and _BODY.search(lead))
