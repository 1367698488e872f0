"""The formats that hold many records a file; each is recognised by what the file holds.

To add a format, write ``recognises`` and ``read`` in a module of its own, as
:class:`~graph_build.read.streams.Format` describes them, and add one line to :data:`FORMATS`.
"""

from __future__ import annotations

from typing import Final

from . import bioc, jats, nbib, pubmed_text, pubmed_xml, pubtator, ris, wos
from .streams import Format

#: Every format, one line each.
FORMATS: Final[tuple[Format, ...]] = (
    Format("pubmed-xml", pubmed_xml.recognises, pubmed_xml.read),
    Format("nbib", nbib.recognises, nbib.read),
    Format("ris", ris.recognises, ris.read),
    Format("wos", wos.recognises, wos.read),
    Format("jats", jats.recognises, jats.read),
    Format("pubmed-text", pubmed_text.recognises, pubmed_text.read),
    Format("bioc-xml", bioc.recognises_xml, bioc.read_xml),
    Format("bioc-json", bioc.recognises_json, bioc.read_json),
    Format("pubtator", pubtator.recognises, pubtator.read),
)
