"""Names of persons as bibliographic files write them, in the forms of PubMed: "Li BT", "Bob T Li"."""

from __future__ import annotations

import re
from typing import Final

from .authors import is_collective

_SUFFIX: Final = re.compile(r"(?:Jr|Sr|II|III|IV|2nd|3rd)\.?", re.IGNORECASE)

# "Liu R.", "Adler D.G.", "Parkes-Loach PS": the initials stand behind the family name without a comma.
_DOTTED: Final = re.compile(r"(?P<family>\S.*?)\s(?P<initials>(?:[^\W\d_]{1,2}\.[\s-]?){1,5})")


def read_name(name: str) -> str:
    """A name with the given names first where they are written out, else with its initials behind it.

    The name of a group stays as it stands.

    >>> [read_name(name) for name in ("Eckert, Katharina G.", "Adler D.G.", "Lane, Hsien-Yuan", "Smith, J. A., Jr.")]
    ['Katharina G Eckert', 'Adler DG', 'Hsien-Yuan Lane', 'Smith JA Jr']
    >>> [read_name(name) for name in ("Parkes-Loach, PS", "van der Berg, C.", "Invented Study Group", "Li BT")]
    ['Parkes-Loach PS', 'van der Berg C', 'Invented Study Group', 'Li BT']
    """
    name = " ".join(name.split()).strip(" ,;")
    if is_collective(name):
        return name
    family, *given = (part.strip() for part in name.split(","))
    if not given:
        dotted = _DOTTED.fullmatch(name)
        return f"{dotted['family']} {initials(dotted['initials'])}" if dotted else name
    suffix = next((part for part in given if _SUFFIX.fullmatch(part)), "")
    return person(family, " ".join(part for part in given if part != suffix), suffix)


def person(family: str, given: str, suffix: str = "") -> str:
    """A name from its parts, as PubMed prints it.

    >>> person("Figueira", "JF"), person("Wang", "Ing-Nang"), person("Smith", "", "III"), person("张", "亮")
    ('Figueira JF', 'Ing-Nang Wang', 'Smith III', '张 亮')
    """
    given = " ".join(given.replace(".", " ").split())
    if any(character.islower() for character in given) or not family:
        parts = (given, family, suffix)
    else:
        parts = (family, initials(given), suffix)
    return " ".join(part.replace(",", " ").rstrip(".").strip() for part in parts if part.strip(" .,"))


def initials(given: str) -> str:
    """The initials of given names; names in a script without small letters as they stand.

    >>> initials("Anna Maria"), initials("A. M."), initials("AM"), initials("J-P"), initials("Ágnes de")
    ('AM', 'AM', 'AM', 'JP', 'Á')
    """
    words = [word for word in re.split(r"[\s.\-‐]+", given) if word]
    if any(not (word[0].isupper() or word[0].islower()) for word in words):
        return " ".join(words)
    found = []
    for word in words:
        if word.isupper() and len(word) <= 4:  # initials already
            found.append(word)
        elif word[0].isupper():
            found.append(word[0])
    return "".join(found)
