"""Words around an appraisal that take its meaning away: aims, scarce data, what few had, what a marker tells."""

from __future__ import annotations

import re
from typing import Final

from ..model import Appraisal, ConceptClass, Mention, Span
from .cues import Valued
from .discourse import THERAPIES, Sentence

#: A verb in these forms says what is wanted: "developed to improve", "a strategy for improving" …
_WANTED: Final = re.compile(r"improve|improving|prolong|benefit", re.IGNORECASE)
_PURPOSE: Final = re.compile(r"\b(?:to|for|towards?|of|in|by|at)\s+(?:\w+ly\s+|further\s+)?$", re.IGNORECASE)
#: … unless something was found to do so.
_ACHIEVED: Final = re.compile(
    r"\b(?:fail(?:s|ed)?|continue[sd]?|shown|showed|demonstrated|found|prove[dn]|reported|likely|able|"
    r"unable|known|seems?|seemed|"
    r"appears?|appeared|expected|hoped|observed|yet|promises?|potential)\s+to\s+(?:\w+ly\s+|further\s+)?$",
    re.IGNORECASE,
)
#: What is still to be reached or found out: "in order to optimize the therapeutic benefit".
_AIM: Final = re.compile(
    r"\bto\s+(?:optimi[sz]e|maximi[sz]e|increase|enhance|achieve|obtain|identify|select|find|develop|"
    r"confirm|ensure|further|test)\s+"
    r"(?:[\w-]+\s+){0,5}$|\buntil\b[^,;]*$|\bfor\s+(?:select|identify)ing\b[^,;]*$",
    re.IGNORECASE,
)
#: It is the knowledge that is limited, not the therapy.
_SCARCE: Final = re.compile(
    r"\b(?:data|evidence|information|experience|options?|choices|studies|knowledge|literature|access|availability|"
    r"follow-?up|samples?|"
    r"understanding)\b(?:\s+(?:on|of|for|about|regarding|with|from|in|concerning)\b[^,;]*)?\s+"
    r"(?:(?:is|are|was|were|remains?|has|have|been|still|very|more|currently|quite|relatively)\s+)*$",
    re.IGNORECASE,
)
#: Words before an appraisal that make it an aside: "despite improvements in", "loss of clinical benefit".
_ASIDE: Final = re.compile(
    r"\b(?:despite|in\s+spite\s+of|notwithstanding)\b[^,;]*$|"
    r"\b(?:(?:loss|duration)\s+of|(?:need|needs|search|demand|call)\s+for|unmet)\s+(?:[\w-]+\s+){0,4}$|"
    r"\b(?:designed|planned|powered|undertaken|conducted|initiated)\s+to\s+(?:[\w-]+\s+){0,5}$|"
    r"\b(?:for|in)\s+whom\b[^,;]*$|\brisks?\s+(?:and|or|versus|vs\.?)\s+$|"
    r"\b(?:exploring|evaluating|assessing|investigating|examining|determining|testing)\s+(?:[\w-]+\s+){0,3}$|"
    r"\b(?:no|none\s+of\s+the)\s+others?\b[^,;]*$|"
    r"\b(?:less\s+clear|unclear|uncertain|questionable|unproven)\s+(?:[\w-]+\s+)?$|"
    r"\b(?:for\s+the\s+(?:sake|purpose)\s+of|aim(?:s|ed|ing)?\s+at|with\s+the\s+(?:aim|goal|hope)\s+of)\b[^,;]*$|"
    r"\bnot\s+(?:as|so|always|necessarily|uniformly|universally)\s+(?:[\w-]+\s+)?$|"
    r"\b(?:would|should)\s+(?:(?:show|demonstrate|prove)\s+(?:[\w-]+\s+){0,3})?(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
#: What is praised is not what it does to the disease: "favourable pharmacokinetics", "improved convenience".
_NOT_PRAISED: Final = re.compile(
    r"(?:[\s,]+(?:and\s+)?[\w/-]+){0,2}?[\s,]+(?:and\s+)?(?:convenien\w+|preferences?|pharmacokinetics?|bioavailability|"
    r"administration|adherence|compliance|(?:drug\s+)?delivery|off-targets?|dosing|costs?|immune\s+responses?|"
    r"antitumou?r\s+immun\w+|immunogenicity|differences?|cosmetic|a?esthetic|functional|solubility|stability|uptake|accuracy|penetration)\b",
    re.IGNORECASE,
)
#: A praise of what only some patients have.
_FEW: Final = re.compile(
    r"\bonly\s+(?:subjects?|patients?|ones?)\b[^,;]*$|\b(?:only|just|merely)\s+(?:(?:an?|the|in|about|around|approximately)\s+)*(?:\w+\s+)?(?:minority|few|some|subsets?|"
    r"fraction|proportion|percentage|part|\d+(?:\.\d+)?\s?%)[^,;]*$|\b(?:minority|small\s+(?:subset|fraction|proportion|"
    r"number|percentage))\s+of\b[^,;]*$|\bfew\s+patients\b[^,;]*$",
    re.IGNORECASE,
)
_IN_FEW: Final = re.compile(r"\s+(?:in|for)\s+(?:only|less\s+than|fewer\s+than)\b", re.IGNORECASE)
#: Of all it is denied, so of some it is true: "not effective in all patients".
_NOT_ALL: Final = re.compile(r"\s+(?:in|for)\s+(?:all|every)\b", re.IGNORECASE)
_LACK: Final = re.compile(
    r"\b(?:lack(?:s|ing)?|(?:development|discovery)\s+of|develop(?:ing)?|search\s+for)\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
#: How a treatment was to end: "until progression, unacceptable toxicity, or".
_STOPPED: Final = re.compile(r"\b(?:until|unless)\b[^;]*$", re.IGNORECASE)
#: "clinical benefit rate" is a measure.
_MEASURED: Final = re.compile(r"[\s-]*(?:\([A-Z]+\)\s*)?(?:rates?|ratios?|risks?)\b", re.IGNORECASE)
#: Who will benefit is another question than whether.
_WHOM: Final = re.compile(
    r"\b(?:identif\w+|sub-?groups?|sub-?sets?|which|what\s+(?:\w+\s+){0,2}(?:patients|populations?))\b[^,;]*$",
    re.IGNORECASE,
)
#: Those who benefit are set apart from the others: "patients who do initially benefit develop resistance".
_WHO: Final = re.compile(
    r"\b(?:patients|those|individuals|cases|women|men|some|many|most)\b[^,;]{0,60}?\s+who\s+(?:(?:do|did|will|may|might|can|could|would|initially|"
    r"first|also|still|ultimately|eventually|are|were|had|have|most|likely|to|not)\s+)*$",
    re.IGNORECASE,
)
#: Those set apart by how they fared: "patients with durable benefit were compared with the others".
_GROUPED: Final = re.compile(
    r"\b(?:patients|those|cases|women|men|responders|survivors)\s+with(?:out)?\s+(?:an?\s+)?"
    r"(?:(?:durable|clinical|objective|long-term|confirmed|partial|complete|sustained|significant|good|poor)\s+){0,3}$",
    re.IGNORECASE,
)
_SAFE: Final = re.compile(r"\s+(?:[\w-]+\s+){0,2}(?:safety|toxicit|tolerab)", re.IGNORECASE)
#: What is called for is not there yet: "improvements are needed".
_WANTING: Final = re.compile(
    r"\s+(?:[\w-]+\s+){0,3}(?:is|are|was|were)\s+(?:\w+\s+)?(?:needed|required|lacking|sought)\b|"
    r"\s+(?:[\w-]+\s+){0,8}requires?\b",
    re.IGNORECASE,
)
#: "with no or few effective treatments": of none at hand is it said that it is effective.
_HARDLY_ANY: Final = re.compile(r"\b(?:no|few|fewer|limited)\s+(?:or\s+\w+\s+)?(?:\w+ly\s+)?$", re.IGNORECASE)
_REMEDIES: Final = re.compile(
    r"\s+(?:\w+\s+)?(?:treatments?|therap\w+|drugs?|agents?|options?|strateg\w+)\b", re.IGNORECASE
)
#: Patients set apart by a marker: "in the low-risk group", "those with high XYZ1 expression".
_MARKED: Final = re.compile(
    r"\b(?:high|low|elevated|increased|decreased|reduced)(?:er)?[\s-]+(?:[\w-]+\s+){0,3}?(?:expression|levels?|scores?|"
    r"risk[\s-]+(?:sub)?groups?)\b",
    re.IGNORECASE,
)
#: Little effect on a metastasis is not little effect on the disease: "limited efficacy in brain metastases".
_IN_BRAIN: Final = re.compile(
    r"[^,;.]{0,60}?\b(?:in|for|on|against)\s+(?:[\w-]+\s+){0,4}?"
    r"(?:brain|CNS|central\s+nervous\s+system|leptomeningeal|intracranial)\b",
    re.IGNORECASE,
)
_LOW: Final = re.compile(r"\b(?:low|lower|reduced|decreased)\s+$", re.IGNORECASE)
#: Results compared between those with and without a marker.
_WITH_MARKER: Final = re.compile(
    r"\bpatients\s+(?:with|harbou?ring|carrying|having|exhibiting|expressing|whose)\b[^,;]*$", re.IGNORECASE
)
_THAN_WITHOUT: Final = re.compile(
    r"[^;]{0,80}?\b(?:than|compared\s+(?:with|to)|versus|vs\.?)\s+(?:[\w-]+\s+){0,2}?(?:those|without|wild-?type|WT|"
    r"non-\w+|low\b|negative|others?|patients\s+(?:with|without))\b|[^,;.]{0,40}\b(?:in|for|among)\s+(?:the\s+)?"
    r"(?:non-?)?responders\b",
    re.IGNORECASE,
)
#: Words that tell how grave a disease is, or where something lies in the body: "favourable tumours", "inferior margin".
_OF_DISEASE: Final = re.compile(
    r"(?:un)?favou?rable|inferior|superior|inadequate|insufficient|suboptimal", re.IGNORECASE
)
_RISK: Final = re.compile(
    r"[\s-]+(?:risk|histolog\w+|cytogenetics?|karyotypes?|stages?|features?|tumou?rs?|disease|lesions?|cases|patients?)\b",
    re.IGNORECASE,
)
_OF_BODY: Final = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}?(?:margins?|lines?|borders?|edges?|vena|arter\w+|mesenteric|lobes?|poles?|walls?|parts?|portions?|"
    r"limbs?|mediastin\w+|turbinates?|sulcus|ganglion|segments?)\b",
    re.IGNORECASE,
)
#: A treatment of which too little was given: "had inadequate postoperative chemotherapy".
_TOO_LITTLE: Final = re.compile(r"inadequate|insufficient|suboptimal", re.IGNORECASE)
#: What is bad about a treatment, of which there was little: "its disadvantages were minimal".
_DRAWBACKS: Final = re.compile(
    r"\b(?:disadvantages?|drawbacks?|side[\s-]+effects?|complications?|morbidity|mortality|toxicit\w+|adverse\s+\w+|risks?)\b[^,;]*$",
    re.IGNORECASE,
)
#: A clause that supposes and does not say.
_CONDITION: Final = re.compile(r"\W*(?:if|unless|should|provided that)\b", re.IGNORECASE)
#: How far before an appraisal words can take its meaning away, in characters.
LEAD: Final = 300
#: What a therapy has when it has it in a limited measure …
_EFFECT: Final = re.compile(
    r"efficac|activit|benefit|respon|effect|surviv|improve|outcome|advantage|gain|success|results?\b|\b(?:ORR|PFS|OS|DFS)\b|"
    r"sensitiv|value|potential|safety|toxicit|tolera",
    re.IGNORECASE,
)
#: … and how far from the word for that measure it stands, in characters.
EFFECT_REACH: Final = 150
#: How far behind "inadequate" the treatment stands that was given so, in characters: one word between.
TOO_LITTLE_REACH: Final = 16
#: How far behind an appraisal words can take its meaning away.
REST: Final = 120


def unmeant(sentence: Sentence, clause: Span, cue: Valued) -> bool:
    """Whether the words before a cue take its meaning away: aims, scarce data, "no difference"."""
    lead = sentence.text[max(clause.start, cue.span.start - LEAD) : cue.span.start]
    if _CONDITION.match(sentence.words(clause)):
        return True  # "if it were effective"
    rest = sentence.text[cue.span.end : min(clause.end, cue.span.end + REST)]
    if _ASIDE.search(lead) or _NOT_PRAISED.match(rest) or _of_a_marker(lead, rest):
        return True
    if cue.appraisal is Appraisal.FAVOURABLE and _of_some(lead, rest):
        return True  # "only a minority had a durable response" praises nothing
    if cue.word.lower() in ("effective", "efficacious") and (
        _LACK.search(lead) or (_HARDLY_ANY.search(lead) and _REMEDIES.match(rest))
    ):
        return True  # there is none that is
    if _set_apart(cue, lead, rest):
        return True
    if _WANTING.match(rest) or _unknown_marker(sentence, cue, lead) or _of_something_else(sentence, cue, lead, rest):
        return True
    near = sentence.text[max(clause.start, cue.span.start - EFFECT_REACH) : cue.span.end + EFFECT_REACH]
    if cue.appraisal is Appraisal.LIMITED and not _EFFECT.search(near):
        return True  # "limited surgery", "minimal changes"
    if cue.predicate == "safetyIn" and _STOPPED.search(lead):
        return True
    if cue.word.lower().startswith("benefit") and (_MEASURED.match(rest) or _WHOM.search(lead)):
        return True
    if _AIM.search(lead) or (cue.appraisal is Appraisal.LIMITED and _SCARCE.search(lead)):
        return True
    if cue.weak and re.search(r"\bdifferences?\b", sentence.words(clause), re.IGNORECASE):
        return True
    wanted = _WANTED.fullmatch(cue.word) and (purpose := _PURPOSE.search(lead)) and not _ACHIEVED.search(lead)
    return bool(wanted and purpose and (cue.word.lower() != "benefit" or purpose[0].lower().startswith("to")))


def _of_something_else(sentence: Sentence, cue: Valued, lead: str, rest: str) -> bool:
    """Whether an adjective is that of the disease, of the body, of drawbacks, or tells how little was given."""
    if cue.appraisal is Appraisal.LIMITED and _DRAWBACKS.search(lead):
        return True
    if _OF_DISEASE.fullmatch(cue.word) is None:
        return False
    next_to = [m for m in sentence.mentions if 0 < m.span.start - cue.span.end <= TOO_LITTLE_REACH]
    if any(m.cls is ConceptClass.DISEASE and m.span.start == cue.span.end + 1 for m in next_to):
        return True
    if _TOO_LITTLE.fullmatch(cue.word):
        return any(m.cls in THERAPIES and "," not in rest[: m.span.start - cue.span.end] for m in next_to)
    return _RISK.match(rest) is not None or _OF_BODY.match(rest) is not None


def _of_some(lead: str, rest: str) -> bool:
    """Whether something holds for a few, or is denied of all and so holds for some."""
    if _NOT_ALL.match(rest) and re.search(r"\bnot\b", lead, re.IGNORECASE):
        return True
    return _FEW.search(lead) is not None or _IN_FEW.match(rest) is not None


def _set_apart(cue: Valued, lead: str, rest: str) -> bool:
    """Whether those who fared so are set apart: "patients with durable benefit", "in those with brain metastases"."""
    if cue.appraisal in (Appraisal.LIMITED, Appraisal.UNFAVOURABLE) and _IN_BRAIN.match(rest):
        return True
    if _GROUPED.search(lead) and not _SAFE.match(rest):
        return True
    return cue.word.lower().startswith(("benefit", "respon", "sensitiv")) and _WHO.search(lead) is not None


def _unknown_marker(sentence: Sentence, cue: Valued, lead: str) -> bool:
    """Whether a result is of those whom a marker sets apart that is no alteration of ours: its score, its level."""
    at = cue.span.start - len(lead)
    known = [k for k in sentence.of(ConceptClass.ALTERATION) if not _faint(sentence, k)]
    return any(
        not any(Span(at + m.start(), at + m.end()).overlaps(k.span) for k in known) for m in _MARKED.finditer(lead)
    )


def _faint(sentence: Sentence, alteration: Mention) -> bool:
    """Whether the word before an expression makes it another, and the span does not have it: "low … expression"."""
    before = _LOW.search(sentence.text, max(sentence.span.start, alteration.span.start - 20), alteration.span.start)
    return before is not None and alteration.concept.label.endswith(" expression")


def _of_a_marker(lead: str, rest: str) -> bool:
    """Whether a result is told of those with a marker, not of the therapy that all were given."""
    after = _THAN_WITHOUT.match(rest)
    return bool(after and (_WITH_MARKER.search(lead) or after[0].lower().endswith("responders")))
