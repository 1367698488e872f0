"""MeSH as the National Library of Medicine publishes it in XML: descriptors, qualifiers, supplementary records."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Final

from .terms import Term, VocabularyError

#: The elements of records, and what the names of their parts begin with.
_KINDS: Final = {
    "DescriptorRecord": "Descriptor",
    "QualifierRecord": "Qualifier",
    "SupplementalRecord": "SupplementalRecord",
}


def read(path: Path, data: bytes) -> tuple[str, list[Term]]:
    """The edition (the year in the name of the document type) and the entries.

    Synonyms are the terms of the preferred concept alone: those of narrower concepts name something else.
    """
    if b"<!ENTITY" in data[:100_000]:
        raise VocabularyError(f"{path}: declares entities, which MeSH does not; it is not read")
    year = re.search(rb"record(?:set)?s?_?(20\d\d)", data[:2000]) or re.search(rb"(20\d\d)", path.name.encode())
    edition = f"MeSH {year[1].decode()}" if year else ""
    terms: list[Term] = []
    try:
        records = ET.iterparse(io.BytesIO(data), events=("start", "end"))  # noqa: S314  no entities, see above
        root: ET.Element | None = None
        for event, element in records:
            root = element if root is None else root
            if event == "end" and element.tag in _KINDS:
                terms.append(_term(element, _KINDS[element.tag]))
                root.clear()
    except ET.ParseError as error:
        raise VocabularyError(f"{path}, line {error.position[0]}: is not XML ({error})") from error
    return edition, [term for term in terms if term.label]


def _term(record: ET.Element, kind: str) -> Term:
    label = record.findtext(f"{kind}Name/String") or ""
    preferred = record.findall("ConceptList/Concept[@PreferredConceptYN='Y']/TermList/Term/String")
    return Term(
        id="mesh:" + (record.findtext(f"{kind}UI") or ""),
        label=label,
        synonyms=tuple(dict.fromkeys(s.text for s in preferred if s.text and s.text != label)),
        trees=tuple(n.text or "" for n in record.findall("TreeNumberList/TreeNumber")),
        mapped_to=tuple(
            (ui.text or "").lstrip("*")
            for ui in record.findall("HeadingMappedToList/HeadingMappedTo/DescriptorReferredTo/DescriptorUI")
        ),
    )
