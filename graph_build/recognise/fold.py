"""Folding, of which the recognition of names was the first user (:mod:`graph_build.fold`)."""

from __future__ import annotations

from ..fold import DASHES, HYPHENS, QUOTES, Folded, fold, is_dropped, squeeze

__all__ = ["DASHES", "HYPHENS", "QUOTES", "Folded", "fold", "is_dropped", "squeeze"]
