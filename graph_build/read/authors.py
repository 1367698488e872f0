"""Printed author lists: persons and groups, one by one, and where the list ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# "et al", in any punctuation; the list before it ends with a comma or a space.
_ET_AL: Final = re.compile(r"[,\s]\s{0,9}(?:et\s{1,9}al\b|等)\.?")

# A full stop that can end an author list or a group's name.
_STOP: Final = re.compile(r"\.\s+")

_SEPARATOR: Final = re.compile(r"[,;\u2219]|\s(?:and|&)\s")

_SUFFIXES: Final = frozenset({"Jr", "Sr", "II", "III", "2nd", "3rd"})

# The last word of a collective author's name ("… Trial Investigators", "… Study Group (ABC)").
_COLLECTIVE: Final = re.compile(
    r"\b(?:Investigators?|Group|Consortium|Collaborators?|Collaboration|Collaborative|Committee|Network|Team|Society"
    r"|Association|Party|Force|Panel|Intergroup|Alliance|Organi[sz]ation|Council|Cooperative|Initiative|Academy)"
    r"(?:\s\([^()]{1,40}\))?$"
)
_ON_BEHALF: Final = re.compile(r"(?:and\s|on\sbehalf\sof\s|for\s){1,2}(?:the\s)?")

# Marks of affiliation behind an author's name: "1", "(1)", "1 2", "#", "*".
_MARKS: Final = re.compile(
    r"(?:\s{0,3}(?:\(\d{1,3}\)|\d{1,3}(?!\d)|[#*†‡§¶]|(?<=\s)[a-df-h](?!\w))){1,12}(?=[\s,;.]|$)"
)

#: Degrees behind a name; no names themselves.
_DEGREES: Final = frozenset({"MD", "PhD", "MSc", "MPH", "MS", "DO", "ScD", "BSc", "MBBS", "FRCP", "PharmD", "DPhil"})

#: Words that stay small inside a name.
_SMALL: Final = frozenset({"of", "the", "and", "for", "on", "in", "to", "behalf", "de", "des", "et", "&"})

#: More full stops than this stand in no author list.
_MOST_STOPS: Final = 60


@dataclass(frozen=True, slots=True)
class AuthorList:
    """The authors at the beginning of a citation, and where the rest begins."""

    creators: tuple[str, ...]
    printed: int  # where their printed list ends
    collective: int | None  # where a collective author begins
    end: int  # where the title begins


def _is_person(words: list[str]) -> bool:
    """Whether the words are a family name with initials, or a family name in capitals with a given name."""
    if len(words) > 2 and words[-1].rstrip(".") in _SUFFIXES:
        words = words[:-1]
    if not 2 <= len(words) <= 7 or not all(word[0].isalpha() or word[0] in "'’" for word in words):
        return False
    if any(c.isdigit() or c in ":()[]/?!" for word in words for c in word):
        return False
    family = list(words)
    while len(family) > 1 and _is_initials(family[-1], single=len(family) < len(words)):
        family.pop()
    if len(family) < len(words):
        return (
            len(family) <= 4 and not any("." in word for word in family) and any(word[0].isupper() for word in family)
        )
    given = words[1:]
    return len(words[0]) > 1 and words[0].isupper() and len(given) <= 2 and all(word[0].isupper() for word in given)


def _is_initials(word: str, *, single: bool) -> bool:
    """Whether a word is initials ("BT", "J-P", "B.T."); ``single``: one or two letters only."""
    letters = word.replace(".", "").replace("-", "")
    return letters.isalpha() and letters.isupper() and len(letters) <= (2 if single else 4)


def is_collective(name: str) -> bool:
    """Whether a name is that of a group.

    >>> is_collective("DESTINY-Lung01 Trial Investigators"), is_collective("results of a study group")
    (True, False)
    """
    words = name.split()
    if not 1 < len(words) <= 12 or not _COLLECTIVE.search(name) or any(c in ":?!" for c in name):
        return False
    return all(word in _SMALL or not word[0].isalpha() or not word[0].islower() for word in words)


def _bare(name: str) -> str:
    """A group's name without "on behalf of the"."""
    lead = _ON_BEHALF.match(name)
    return name[lead.end() :] if lead else name


def names(listed: str) -> tuple[str, ...]:
    """The persons and groups of a list, or nothing when a part is no name.

    >>> names("De Grève J, Moran T, O'Brien M Jr"), names("ZHANG Liang, WU Xin-hong"), names("HER2 in cancer, a study")
    (('De Grève J', 'Moran T', "O'Brien M Jr"), ('ZHANG Liang', 'WU Xin-hong'), ())
    """
    found: list[str] = []
    for part in _SEPARATOR.split(listed):
        words = part.split()
        if not words:
            continue
        name = " ".join(words)
        if is_collective(group := _bare(name)):
            found.append(group)
        elif _is_person(words):
            found.append(name)
        else:
            return ()
    return tuple(found)


def author_names(text: str) -> tuple[str, ...]:
    """The authors on a line, family or given names first, without their marks.

    >>> author_names("Anna B Smit 1, Piet de Vries 1 2, Li Wu #")
    ('Anna B Smit', 'Piet de Vries', 'Li Wu')
    >>> author_names("Uy NF(1), Baik CS(2)."), author_names("Full text, PDF")
    (('Uy NF', 'Baik CS'), ())
    """
    found: list[str] = []
    for part in _SEPARATOR.split(text.rstrip(". ")):
        name = " ".join(part.split())
        found.append(_bare(name) if is_collective(_bare(name)) else _MARKS.sub("", name).strip())
    found = [name for name in found if name and name not in _DEGREES]
    if not found:
        return ()
    if not all(is_collective(name) or _is_person(name.split()) or _is_full_name(name) for name in found):
        return ()
    return tuple(found) if len(found) > 1 or _MARKS.search(text) or names(text.rstrip(". ")) else ()


def _is_full_name(name: str) -> bool:
    """Whether a name can be that of a person, given names first."""
    words = name.split()
    letters = (word.replace(".", "").replace("-", "").replace("'", "").replace("\u2019", "") for word in words)
    if not 2 <= len(words) <= 6 or not all(word.isalpha() for word in letters):
        return False
    return (
        words[0][0].isupper() and any(c.isupper() for c in words[-1]) and not (words[0].isupper() and len(words[0]) > 2)
    )


def split_authors(head: str) -> AuthorList:
    """Split "authors. [group.] title" at the end of the authors.

    >>> split_authors("Li BT, Goto Y, et al. ABC Investigators. A drug").creators
    ('Li BT', 'Goto Y', 'ABC Investigators')
    """
    creators, printed_end, start = _persons(head)
    collective = None
    if creators and is_collective(creators[-1]):  # "…, Kim TM, ABC Investigators. Title"
        group = re.search(r"\s{1,9}".join(map(re.escape, creators[-1].split())), head)
        collective = group.start() if group else None
    while (stop := _STOP.search(head, start)) and stop.end() < len(head):
        name = " ".join(head[start : stop.start()].split())
        if not is_collective(bare := _bare(name)):
            break
        creators = (*creators, bare)
        collective = start if collective is None else collective
        printed_end, start = stop.start(), stop.end()
    return AuthorList(creators, printed_end, collective, start)


def _persons(head: str) -> tuple[tuple[str, ...], int, int]:
    """The persons at the beginning, the end of their printed list, and where the rest begins."""
    et_al = _ET_AL.search(head)
    if et_al and (found := names(head[: et_al.start()])):
        rest = head[et_al.end() :]
        return found, et_al.end(), et_al.end() + len(rest) - len(rest.lstrip(" \t\r\n.,:;"))
    best: tuple[tuple[str, ...], int, int] = ((), 0, 0)
    for count, stop in enumerate(_STOP.finditer(head)):
        found = names(head[: stop.start()])
        if not found or stop.end() == len(head) or count == _MOST_STOPS:
            break
        dotted = head[: stop.start()].rstrip()[-2:-1] == "."  # "B.T. Title": the stop is the initial's own
        best = (found, stop.start() + dotted, stop.end())
    return best
