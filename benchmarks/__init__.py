"""Measurements of her2kg: how good (``benchmarks.quality``) and how fast (``python -m benchmarks``)."""
