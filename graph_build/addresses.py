"""Where a page finds other pages: on a server, in a folder of files, inside one file.

Pages are made by the same functions wherever they will lie; an ``Addresses``
tells them what to link to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Addresses(Protocol):
    """What a page may link to.  ``None`` means that there is no such page, so the name stands without a link."""

    @property
    def base(self) -> str | None:
        """Where the page of :attr:`home` lies on the web, for links that are given to others; ``None`` when unknown."""

    @property
    def home(self) -> str:
        """The explorer."""

    @property
    def questions(self) -> str:
        """The list of stored questions."""

    @property
    def editor(self) -> str | None:
        """The page on which SPARQL is written."""

    @property
    def downloads(self) -> str | None:
        """The page of the whole as data."""

    @property
    def endpoint(self) -> str | None:
        """What answers SPARQL over HTTP; without one, forms that ask a server are left out."""

    def thing(self, iri: str) -> str | None:
        """The page of a thing of the graph."""

    def data(self, iri: str, suffix: str) -> str | None:
        """The data of a thing in a format, ``ttl`` say."""

    def question(self, name: str, values: Mapping[str, str], suffix: str = "") -> str | None:
        """The answer to a stored question; with a ``suffix``, ``csv`` say, as data."""

    def query(self, text: str) -> str | None:
        """The editor with a query in it."""
