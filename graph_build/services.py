"""Where a question asks elsewhere: its ``SERVICE`` clauses, found by the tokens of SPARQL's grammar.

Oxigraph follows ``SERVICE`` by itself, without a time-out, and has no switch for it.  So it never sees
the keyword: :func:`harmless` takes comments away and escapes the word in strings, IRIs and names,
where it means nothing; what then still has it is refused.  How two parsers read an odd text
may differ, but a text without the word has no such clause for any of them (decision 0011).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from .model import Her2kgError

_IRI: Final = r"<(?:[^\x00-\x20<>\"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>"
_NAME: Final = r"[^\W\d_](?:[\w.\-]*[\w\-])?"  # of a prefix
_LOCAL: Final = r"(?:[\w:\-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]|\.(?=[\w:\-.%\\]))*"
_TOKEN: Final = re.compile(
    rf"""
    (?P<comment>\#[^\n\r]*)
  | (?P<iri>{_IRI})
  | (?P<string>\"\"\"(?:\"{{0,2}}(?:[^\"\\]|\\.))*\"\"\"|'''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
              |\"(?:[^\"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<blank>_:[\w.\-]*[\w\-])
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>(?:{_NAME})?:{_LOCAL})
  | (?P<word>[^\W\d]\w*)
  | (?P<number>(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+|\d*\.\d+|\d+)
  | (?P<sign>\^\^|&&|\|\||[!<>]=|[^\s])
    """,
    re.VERBOSE | re.DOTALL,
)
_WORD: Final = re.compile("service", re.IGNORECASE)
_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_CLOSING: Final = {"(": ")", "{": "}", "[": "]"}


class ServiceError(Her2kgError):
    """A ``SERVICE`` clause cannot be asked as it is written."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a query and where it stands."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def keyword(self) -> str:
        """A bare word in capitals; empty for other tokens."""
        return self.text.upper() if self.kind == "word" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A ``SERVICE`` clause: whom it asks, and by which token it begins and ends."""

    endpoint: str
    silent: bool
    first: int
    body: tuple[int, int]  # the tokens between the braces
    after: int  # the first token behind the clause


def tokens(text: str) -> list[Token]:
    """The tokens of a query, without comments and white space.

    >>> [t.text for t in tokens("ASK { ?s ex:p 'SERVICE' } # SERVICE")]
    ['ASK', '{', '?s', 'ex:p', "'SERVICE'", '}']
    """
    found = _TOKEN.finditer(text)
    return [Token(m.lastgroup or "", m[0], m.start(), m.end()) for m in found if m.lastgroup != "comment"]


def services(text: str) -> tuple[str, ...]:
    """The endpoints that a query asks, sorted, each once.

    >>> services("SELECT * { SERVICE <https://example.org/sparql> { ?s ?p 'SERVICE <urn:a>' } }")
    ('https://example.org/sparql',)

    Raises :class:`ServiceError` for an endpoint that is not named.
    """
    if not _WORD.search(text):
        return ()
    read = tokens(text)
    return tuple(sorted({_service(read, i).endpoint for i, t in enumerate(read) if t.keyword == "SERVICE"}))


def first_service(read: Sequence[Token]) -> Service | None:
    """The first ``SERVICE`` clause of a query."""
    return next((_service(read, i) for i, t in enumerate(read) if t.keyword == "SERVICE"), None)


def _service(read: Sequence[Token], first: int) -> Service:
    silent = first + 1 < len(read) and read[first + 1].keyword == "SILENT"
    opening = first + 2 + silent
    if opening >= len(read) or read[opening].text != "{":
        raise ServiceError("SERVICE needs the IRI of an endpoint and a pattern in braces")
    end = closing(read, opening)
    return Service(
        endpoint=_endpoint(read, read[opening - 1]),
        silent=silent,
        first=first,
        body=(opening + 1, end),
        after=end + 1,
    )


def _endpoint(read: Sequence[Token], name: Token) -> str:
    if name.kind == "iri":
        return name.text[1:-1]
    if name.kind == "name":
        return _expanded(read, name.text)
    raise ServiceError(f"SERVICE {name.text}: the endpoint must be named by its IRI")


def _expanded(read: Sequence[Token], name: str) -> str:
    prefix, _, local = name.partition(":")
    for before, declared in pairwise(read):
        if before.keyword == "PREFIX" and declared.text == prefix + ":":
            iri = read[read.index(declared) + 1].text
            return iri.strip("<>") + re.sub(r"\\(.)", r"\1", local)
    raise ServiceError(f"{name}: the query declares no prefix {prefix}:")


def closing(read: Sequence[Token], opening: int) -> int:
    """The token that closes the bracket which another one opens.

    Raises :class:`ServiceError` when none does.
    """
    depth, mark = 0, read[opening].text
    for place in range(opening, len(read)):
        depth += (read[place].text == mark) - (read[place].text == _CLOSING[mark])
        if not depth:
            return place
    raise ServiceError(f"not valid SPARQL: a “{mark}” is never closed")


def prologue(read: Sequence[Token]) -> list[Token]:
    """The declarations before the form of the query."""
    form = next((i for i, t in enumerate(read) if t.keyword in _FORMS), len(read))
    return list(read[:form])


def source(text: str, read: Sequence[Token]) -> str:
    """The text of some tokens that stand together, without its comments.

    >>> text = "ASK { # why"
    >>> source(text, tokens(text))
    'ASK {'
    """
    return "".join(_pieces(text, read))


def _pieces(text: str, read: Sequence[Token]) -> Iterator[str]:
    end = read[0].start if read else 0
    for token in read:
        gap = text[end : token.start]
        yield (gap if gap.isspace() else "\n") if gap else ""
        yield token.text
        end = token.end


def harmless(text: str) -> str:
    """The same query for an engine that must not go out: the word of the clause is nowhere in it.

    >>> harmless('ASK { ?s <urn:service> "Service" } # SERVICE')
    'ASK { ?s <urn:\\\\u0073ervice> "\\\\u0053ervice" }'

    Raises :class:`ServiceError` when the word stands where it may be the clause.
    """
    if not _WORD.search(text):
        return text
    read = tokens(text)
    safe = [Token(t.kind, _escaped(read, t), t.start, t.end) for t in read]
    plain = source(text, safe)
    left = re.search(r"(?<![?$])service", plain, re.IGNORECASE)  # a variable of this very name is no clause
    if left:
        raise ServiceError(f"“{_around(plain, left)}” has the word SERVICE in it; write it apart or name it otherwise")
    return plain


def _around(text: str, found: re.Match[str]) -> str:
    words = [word for word in re.finditer(r"\S+", text) if word.start() <= found.start() < word.end()]
    return words[0][0][:60]


def _escaped(read: Sequence[Token], token: Token) -> str:
    if not _WORD.search(token.text):
        return token.text
    if token.kind == "name" and not _WORD.search(token.text.partition(":")[0]):
        expanded = _expanded(read, token.text)
        return f"<{_WORD.sub(_escape, expanded)}>"
    if token.kind in ("iri", "string"):
        return _WORD.sub(_escape, token.text)
    return token.text


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0][0]):04X}{found[0][1:]}"
