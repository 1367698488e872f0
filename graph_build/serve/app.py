"""The application: addresses, headers of every answer, errors as one sentence."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..model import Her2kgError
from ..pages.entities import TooMuch
from ..pages.frame import STYLE
from .answering import TooLarge
from .api import api_routes
from .editor import editor_routes
from .limits import Limits
from .negotiate import NotAcceptable
from .protocol import sparql
from .site import Fault, Site
from .things import any_thing, question, questions, start, text_of_error, thing
from .workers import Unavailable

#: On every answer.  Nothing runs in a page and nothing is loaded but the style of this server.
HEADERS: Final = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}


#: Where SPARQL is written, when the front end has been built.
_EDITOR: Final = "/editor"


class Guard:
    """Sets the headers of every answer, those of errors as well."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and set the headers of its answer."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)  # a page that needs scripts says which
            await send(message)

        await self.app(scope, receive, guarded)


async def _style(request: Request) -> Response:  # noqa: ARG001  starlette's signature
    return Response(STYLE, headers={"content-type": "text/css; charset=utf-8", "cache-control": "max-age=600"})


async def _no_icon(request: Request) -> Response:  # noqa: ARG001  starlette's signature
    return Response(status_code=204, headers={"cache-control": "max-age=86400"})


async def _failed(request: Request, error: Exception) -> Response:
    """Every error of ours as its status and its sentence."""
    match error:
        case Fault():
            return await text_of_error(request, error)
        case NotAcceptable():
            return await text_of_error(request, Fault(406, str(error)))
        case Unavailable(retry=retry):
            response = await text_of_error(request, Fault(503, str(error)))
            if retry:
                response.headers["retry-after"] = "5"
            return response
        case TooMuch() | TooLarge():
            return await text_of_error(request, Fault(413, str(error) or "this is too large; ask /sparql for a part"))
        case HTTPException(status_code=405):
            response = await text_of_error(request, Fault(405, f"{request.method} is not done here"))
            response.headers["allow"] = (error.headers or {}).get("Allow", "GET, HEAD")
            return response
        case HTTPException():
            return await text_of_error(request, Fault(error.status_code, error.detail))
    return await text_of_error(request, Fault(400, str(error)))


def application(folder: Path, limits: Limits, title: str | None = None) -> Starlette:
    """The server of a built graph, with a title for its explorer; raises :class:`graph_build.store.GraphNotFound`."""
    site = Site(folder, limits, title)

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:  # noqa: ARG001  starlette's signature
        try:
            yield
        finally:
            await site.pool.close()

    app = Starlette(
        routes=[
            Route("/", start),
            Route("/questions", questions),
            Route("/style.css", _style),
            Route("/favicon.ico", _no_icon),  # every browser asks for one
            Route("/sparql", sparql, methods=["GET", "POST"]),
            Route("/about", any_thing),
            Route("/about.{suffix}", any_thing),
            Route("/query/{name}", question),
            *api_routes(site),
            *editor_routes(site),
            Route("/{path:path}", thing),
        ],
        middleware=[
            Middleware(Guard),
            Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "HEAD", "POST"], allow_headers=["*"]),
        ],
        exception_handlers={Her2kgError: _failed, TooLarge: _failed, HTTPException: _failed},
        lifespan=life,
    )
    app.state.site = site
    site.editor = next((_EDITOR for route in app.routes if getattr(route, "path", "") == _EDITOR), None)
    return app
