"""The whole graph as a static site, in a folder or in one file, that needs no server."""

from __future__ import annotations

from .folder import write_site
from .single import write_file

__all__ = ["write_file", "write_site"]
