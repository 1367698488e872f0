"""What all requests share: the graph, the workers, the limits."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec

from anyio import CapacityLimiter, to_thread
from pyoxigraph import DefaultGraph, NamedNode
from starlette.responses import Response

from ..examples import askable
from ..explore import TITLE, Explorer, explorer
from ..model import Her2kgError
from ..pages.entities import Entities
from ..pages.frame import Page, Setting, framed
from ..pages.markup import tag
from ..prefixes import PREFIXES
from ..questions import stored
from ..store import REPORT, open_store
from ..vocabulary import DATASET, GRAPH
from .limits import Limits
from .markup import ServerAddresses
from .negotiate import HTML
from .workers import Pool

P = ParamSpec("P")
#: Pages that are made at the same time; they share one interpreter, so more would only take turns.
_PAGES: Final = 4
#: The explorer reads a whole graph, in twelve seconds a million triples; a larger one begins with its questions.
EXPLORED: Final = 3_000_000
_STYLE: Final = tag("link", rel="stylesheet", href="/style.css")


class Fault(Her2kgError):
    """A request that is answered with an error: its status and one sentence."""

    def __init__(self, status: int, sentence: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.status, self.near = status, near


class Site:
    """A graph that is being served."""

    def __init__(self, folder: Path, limits: Limits, title: str | None = None) -> None:
        """Open the graph; raises :class:`graph_build.store.GraphNotFound`."""
        self.folder, self.limits, self.title = folder, limits, title or TITLE
        self.store = open_store(folder)
        self.entities = Entities(self.store)
        self.pool = Pool(folder, limits)
        self.graphs = sorted(graph.value for graph in self.store.named_graphs() if isinstance(graph, NamedNode))
        self.report = self._report()
        self.triples = self._triples()
        self.examples = self.entities.values(DATASET, PREFIXES["void"] + "exampleResource")
        self.editor: str | None = None  # where SPARQL is written, when there is such a page
        self._pages = CapacityLimiter(_PAGES)

    def _report(self) -> dict[str, Any]:
        """What the build said of the graph; nothing for a graph without a report."""
        path = self.folder / REPORT
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return found

    def _triples(self) -> int:
        """As many as the graph says of itself, and its description: to count them all takes long."""
        told = self.entities.values(DATASET, PREFIXES["void"] + "triples")
        if not told:
            return sum(1 for _ in self.store.quads_for_pattern(None, None, None, DefaultGraph()))
        description = NamedNode(GRAPH + "dataset")
        own = {DefaultGraph(), description}
        return sum(map(int, told)) + sum(
            all(same.graph_name in own for same in self.store.quads_for_pattern(q.subject, q.predicate, q.object, None))
            for q in self.store.quads_for_pattern(None, None, None, description)
        )

    @property
    def is_explored(self) -> bool:
        """Whether the start page is the explorer."""
        return self.triples <= EXPLORED

    async def made(self, make: Callable[P, bytes], *args: P.args, **kwargs: P.kwargs) -> bytes:
        """Something made of lookups, in a thread, so that other requests go on meanwhile."""
        return await to_thread.run_sync(lambda: make(*args, **kwargs), limiter=self._pages)

    @property
    def setting(self) -> Setting:
        """What pages are made from, and the addresses that they link to."""
        return Setting(self.entities, ServerAddresses(described=self.entities.described, editor=self.editor))

    @cached_property
    def explorer(self) -> Explorer:
        """The start page, made when it is first asked for; the graph does not change while it is served."""
        return explorer(self.store, self.setting.addresses, title=self.title)

    @cached_property
    def asked(self) -> dict[str, Mapping[str, str]]:
        """The values with which the list of stored questions asks them; read from the graph when it is first shown."""
        return askable(stored().values(), self.store)

    async def html(self, make: Callable[Concatenate[Setting, P], Page], *args: P.args, **kwargs: P.kwargs) -> Response:
        """A page."""

        def whole() -> bytes:
            setting = self.setting
            return framed(make(setting, *args, **kwargs), setting.addresses, _STYLE)

        return Response(await self.made(whole), headers={"content-type": HTML.content_type, "vary": "accept"})
