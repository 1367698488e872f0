"""What several tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from graph_build.build import build

#: The same examples on every run, so that a failure is the change's own; a search for new ones is
#: `HYPOTHESIS_PROFILE=search make test`.
settings.register_profile("fixed", derandomize=True, database=None, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))

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
