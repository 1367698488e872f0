"""The explorer: one page with the evidence first, made from a built graph."""

from __future__ import annotations

from .page import Explorer, explorer

__all__ = ["Explorer", "explorer"]
