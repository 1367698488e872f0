"""The explorer: one page with the evidence first, made from a built graph."""

from __future__ import annotations

from .page import TITLE, Explorer, explorer

__all__ = ["TITLE", "Explorer", "explorer"]
