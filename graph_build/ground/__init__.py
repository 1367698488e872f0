"""Recognition beyond the lexicon: names of vocabularies that a user brings, grounded to their IRIs."""

from __future__ import annotations

from .gather import Source, Vocabularies
from .grounder import VocabularyGrounder
from .load import load_vocabularies

__all__ = ["Source", "Vocabularies", "VocabularyGrounder", "load_vocabularies"]
