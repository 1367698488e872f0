"""What changed between two built graphs, in words."""

from __future__ import annotations

from .changes import Changes, Flip, Quoted, compare
from .snapshot import Claim, Quote, Snapshot, Thing, snapshot

__all__ = ["Changes", "Claim", "Flip", "Quote", "Quoted", "Snapshot", "Thing", "compare", "snapshot"]
