"""What several tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

_SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the two source documents, which are not part of the project."""
    if not _SEEDS.is_dir():
        pytest.skip("../shared/seeds is not here")
    return _SEEDS
