"""What queries and requests may use."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What queries may use."""

    seconds: float = 20.0  # for a query
    patience: float = 60.0  # for its wait before
    answer_bytes: int = 20_000_000
    memory_megabytes: int = 2_000  # of a worker, beyond what it needs for itself
    workers: int = max(2, min(4, os.cpu_count() or 2))
    waiting: int = 200  # queries in the queue
    request_bytes: int = 500_000
