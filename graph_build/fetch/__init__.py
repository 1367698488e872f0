"""Records of PubMed through NCBI's E-utilities, as one file that ``her2kg build`` reads."""

from __future__ import annotations

from .eutils import DEFAULT_BASE, Access, Dates, FetchError
from .run import Fetched, fetch

__all__ = ["DEFAULT_BASE", "Access", "Dates", "FetchError", "Fetched", "fetch"]
