"""Other writings of the same graph hold the same triples, and the same bytes every time."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import parse

from graph_build.export import FORMATS, export
from graph_build.store import NQUADS


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_round_trip(packaged: Path, format: str) -> None:
    data = export(packaged, format)
    assert data == export(packaged, format)
    back = {
        str(quad if FORMATS[format].supports_datasets else quad.triple) for quad in parse(data, format=FORMATS[format])
    }
    truth = parse(path=packaged / NQUADS, format=FORMATS["nquads"])
    assert back == {str(quad if FORMATS[format].supports_datasets else quad.triple) for quad in truth}
