"""What several tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_build.build import build

_SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the two source documents, which are not part of the project."""
    if not _SEEDS.is_dir():
        pytest.skip("../shared/seeds is not here")
    return _SEEDS


@pytest.fixture(scope="session")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the two packaged documents, built once."""
    folder = tmp_path_factory.mktemp("packaged") / "graph"
    build(output=folder)
    return folder
