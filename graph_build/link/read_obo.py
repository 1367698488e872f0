"""OBO, OWL in RDF/XML and OBO Graphs, by pronto."""

from __future__ import annotations

import io
import re
import warnings
from pathlib import Path
from typing import Any, Final

from pronto.ontology import Ontology

from ..prefixes import canonical
from .terms import Term, VocabularyError

#: The tags that are read.  Published files (ECO 2024-07-19, SO 2024-11-18) break OBO's grammar in definitions and in
#: cross-references to web addresses, so that nothing of them could be read; those lines are left out.
_TAGS: Final = re.compile(
    rb"\[|(?:id|name|alt_id|synonym|is_a|is_obsolete|replaced_by|format-version|data-version|ontology|"
    rb"default-namespace|idspace):|\s*$|xref: [\w.]+:[\w.-]+\s*(?:$|[\"{!])"
)
#: What follows the scope of a synonym: a type, which some files do not declare, sources and qualifiers.
_AFTER_SCOPE: Final = re.compile(rb'("\s+(?:EXACT|BROAD|NARROW|RELATED))\b.*$')


_IS_A: Final = re.compile(rb"is_a:\s*([^\s!{]+)")


def read_obo(path: Path, data: bytes) -> tuple[str, list[Term]]:
    """The edition and the entries of an OBO file.

    Raises :class:`VocabularyError` with the line of the file that is not OBO.
    """
    lines = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n")
    kept = [(number, line) for number, line in enumerate(lines, 1) if _TAGS.match(line) or not _is_clause(line)]
    # pronto cannot do with a selection: lines that lead up to what is not in the file are left out
    there = {line[3:].strip() for _, line in kept if line.startswith(b"id:")}
    kept = [
        (n, t) for n, t in kept if not t.startswith(b"is_a:") or t[5:].split(b"!")[0].split(b"{")[0].strip() in there
    ]
    cleaned = b"\n".join(
        _AFTER_SCOPE.sub(rb"\1 []", line) if line.startswith(b"synonym:") else line for _, line in kept
    )
    try:
        return _entries(_ontology(cleaned))
    except SyntaxError as error:
        number = kept[min((error.lineno or 1), len(kept)) - 1][0]
        raise VocabularyError(f"{path}, line {number}: is not OBO ({error.msg.partition(' (')[0]})") from error
    except (ValueError, KeyError, TypeError) as error:
        raise VocabularyError(f"{path}: is not OBO that can be read ({error})") from error


def _is_clause(line: bytes) -> bool:
    """Whether a line has the form of a tag and a value; others are kept, so that the parser names them."""
    return re.match(rb"[\w-]+:|!", line) is not None


def read_owl(path: Path, data: bytes) -> tuple[str, list[Term]]:
    """The edition and the entries of an OWL file in RDF/XML; imports are not followed."""
    return _checked(path, data, "OWL in RDF/XML")


def read_obo_graphs(path: Path, data: bytes) -> tuple[str, list[Term]]:
    """The edition and the entries of an OBO Graphs file."""
    return _checked(path, data, "OBO Graphs JSON")


def _checked(path: Path, data: bytes, kind: str) -> tuple[str, list[Term]]:
    try:
        return _entries(_ontology(data))
    except SyntaxError as error:  # XML's ParseError too
        line = error.lineno or (error.position[0] if hasattr(error, "position") else 1)
        raise VocabularyError(f"{path}, line {line}: is not {kind} ({error.msg})") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise VocabularyError(f"{path}: is not {kind} that can be read ({error})") from error


def _ontology(data: bytes) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of axioms that pronto has no model for
        return Ontology(io.BytesIO(data), import_depth=0)


def _entries(ontology: Any) -> tuple[str, list[Term]]:
    edition = ontology.metadata.data_version or ""
    return edition, [
        Term(
            id=canonical(term.id),
            label=term.name.replace("_", " "),
            synonyms=tuple(sorted({s.description for s in term.synonyms if s.scope == "EXACT"})),
            obsolete=term.obsolete,
            replaced_by=tuple(sorted(canonical(other.id) for other in term.replaced_by)),
            xrefs=tuple(sorted(canonical(xref.id) for xref in term.xrefs)),
            parents=tuple(sorted(canonical(up.id) for up in term.superclasses(distance=1, with_self=False))),
        )
        for term in ontology.terms()
        if term.name
    ]
