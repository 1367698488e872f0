"""Changes of the DNA and numbers of dbSNP in their usual spellings, brought to one form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..fold import DASHES
from ..model import Span
from .variants import Change, Level, apart

BASE: Final = "[ACGTU]"
_SIGN: Final = rf"[+*{DASHES}]"
TO: Final = rf"(?:>|→|[{DASHES}]{{1,2}}>)"
#: A place: "929", "-17", "*35", "444-62", "3967-?".
_AT: Final = rf"(?:{_SIGN}?\s?\d{{1,9}}(?:\s?[+{DASHES}]\s?(?:\d{{1,6}}|\?))?)"
_KIND: Final = (
    rf"(?:{BASE}*\s?{TO}\s?{BASE}+|{BASE}/{BASE}(?!/)|del{BASE}*\s?ins\s?{BASE}+"
    rf"|(?:del|dup)(?:{BASE}+|\d+)?|ins\s?(?:{BASE}+|Alu\w*|\d+)|inv|=)"
)
#: With the sign of its reference: "c.929C>T", "c.2313_2324dup", "g.55249071C>T", in an older style "c.T2573G".
_MARKED: Final = re.compile(
    rf"(?<![\w.])(?P<of>[cgmnr])\.\s?(?P<open>[(\[])?"
    rf"(?:(?P<from>{BASE})(?P<place>\d+)(?P<to>{BASE})|(?P<at>{_AT}(?:\s?_\s?(?:[cg]\.)?{_AT})?)\s?(?P<kind>{_KIND}))"
    rf"(?(open)[)\]]?)(?![\w>])"
)
#: By intron or exon: "IVS5+1G>A", "IVSII-1 (G>A)", "Ex2+860G>C".
_INTRON: Final = re.compile(
    rf"(?<!\w)(?P<part>IVS|Ex)\s?{_SIGN}?(?P<number>\d{{1,2}}|I{{1,3}}|IV|V)\s?(?P<at>[+{DASHES}]\s?\d{{1,5}})\s?"
    rf"(?:\((?P<inner>{_KIND})\)|(?P<kind>{_KIND}))(?![\w>])"
)
_ROMAN: Final = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
#: Without such a sign: "309T>G", "-216G/T", "G-308A", "1100delC".
_UNMARKED: Final = re.compile(
    rf"(?<![\w.,/])(?<!\w[+{DASHES}])(?P<at>[+{DASHES}]?\s?\d{{2,6}}(?:_\d{{2,6}})?)\s?"
    rf"(?P<kind>{BASE}+\s?{TO}\s?{BASE}+|{BASE}/{BASE}(?!/)|(?:del|ins|dup){BASE}{{1,20}})(?![\w>])"
    rf"|(?<![\w.])(?P<from>{BASE})\(?(?P<place>[+{DASHES}]\d{{2,5}})\)?(?P<to>{BASE})(?!\w)"
)
#: A number of dbSNP; "Rs5000" are rupees.
_DBSNP: Final = re.compile(r"(?<!\w)rs#?(?P<number>\d{3,10})(?!\w)|(?<!\w)Rs(?P<capital>\d{6,10})(?!\w)")


def dna_changes(text: str, zone: Span) -> tuple[Change, ...]:
    """Changes of the DNA and numbers of dbSNP, in order of place.

    >>> text = "c.929 C>T, c.2324_2325ins ATACG, IVS5+1G->A, -216G/T and rs1136201"
    >>> [change.name for change in dna_changes(text, Span(0, len(text)))]
    ['c.929C>T', 'c.2324_2325insATACG', 'IVS5+1G>A', '-216G>T', 'rs1136201']
    """
    return apart(_kinds(text, (zone.start, zone.end)))


def _kinds(text: str, place: tuple[int, int]) -> Iterator[Change]:
    for match in _MARKED.finditer(text, *place):
        yield Change(Span(*match.span()), f"{match['of']}.{_normal(match)}", Level.DNA)
    for match in _INTRON.finditer(text, *place):
        at, kind = _plain(match["at"]), _kind(match["inner"] or match["kind"])
        yield Change(
            Span(*match.span()), f"{match['part']}{_ROMAN.get(match['number'], match['number'])}{at}{kind}", Level.DNA
        )
    for match in _UNMARKED.finditer(text, *place):
        yield Change(Span(*match.span()), _normal(match), Level.DNA, marked=False)
    for match in _DBSNP.finditer(text, *place):
        yield Change(Span(*match.span()), f"rs{match['number'] or match['capital']}", Level.DBSNP)


def _normal(match: re.Match[str]) -> str:
    if match["from"]:
        return f"{_plain(match['place'])}{match['from']}>{match['to']}"
    return _plain(re.sub(r"(?<=_)[cg]\.", "", match["at"])) + _kind(match["kind"])


def _plain(place: str) -> str:
    return re.sub(rf"[{DASHES}]", "-", re.sub(r"\s", "", place))


def _kind(written: str) -> str:
    """What happened, as HGVS writes it: what was deleted or doubled is not repeated.

    >>> _kind("G > TTGT"), _kind("delAG"), _kind("delTinsAA"), _kind("C/T")
    ('delinsTTGT', 'del', 'delinsAA', 'C>T')
    """
    plain = re.sub(rf"\s?(?:{TO}|/)\s?", ">", written).replace(" ", "")
    before, arrow, after = plain.partition(">")
    if arrow:
        return plain if len(before) == len(after) == 1 else f"delins{after}"
    if "del" in plain and "ins" in plain:
        return f"delins{plain.partition('ins')[2]}"
    return re.sub(r"^(del|dup).+", r"\1", plain)
