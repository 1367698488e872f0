"""The JSON API under ``/api``: what scripts ask, described in ``/api/openapi.json``; errors are RFC 9457's."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from ..lookup import entities, questions, statements
from ..lookup.names import Names, search
from ..lookup.reader import LookupRefused, NoSuchThing, TooMany
from ..lookup.statements import About
from ..model import Her2kgError
from .api_description import LARGEST_PAGE, PAGE, PATHS, description
from .protocol import read_body, read_fields, while_connected
from .site import Fault, Site
from .workers import Unavailable

_PROBLEM: Final = "application/problem+json"
_JSON: Final = {"content-type": "application/json"}
_NOTHING: Final = "there is nothing here; /api lists what there is"
_OFFSET: Final = 10_000_000
Handler = Callable[[Request, dict[str, str]], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class _Page:
    """Which part of a list is wanted."""

    limit: int
    offset: int


def api_routes(site: Site) -> list[BaseRoute]:
    """The addresses of the API, for the application."""
    app = Starlette(
        routes=[
            *(Route(path, _read(_index)) for path in ("/api", "/")),
            Route("/openapi.json", _read(_openapi)),
            Route("/dataset", _read(_dataset)),
            Route("/questions", _read(_questions)),
            Route("/questions/{name}", _read(_question)),
            Route("/entities", _read(_entities)),
            Route("/entity", _read(_entity)),
            Route("/statements", _read(_statements)),
            Route("/statement", _read(_statement)),
        ],
        exception_handlers={Her2kgError: _problem, HTTPException: _problem},
    )
    app.router.redirect_slashes = False
    app.state.site, app.state.names = site, Names(site.store)
    return [Route("/api", app), Mount("/api", app)]


def _read(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """A handler that is given the fields of the address, each at most once, and no others than it knows."""

    @wraps(handler)
    async def reading(request: Request) -> Response:
        site: Site = request.app.state.site
        await read_body(request, site.limits.request_bytes)
        fields: dict[str, str] = {}
        known = PATHS.get(_path(request), ())
        for name, value in read_fields(request.scope["query_string"]):
            if name in fields:
                raise Fault(400, f"“{name[:100]}” is given more than once")
            if "*" not in known and name not in known:
                has = f"there are {', '.join(known)}" if known else "there is none here"
                raise Fault(400, f"there is no parameter “{name[:100]}”; {has}")
            fields[name] = value
        return await handler(request, fields)

    return reading


def _path(request: Request) -> str:
    """The path as the description has it."""
    rest = request.url.path.removeprefix("/api")
    return "/api/questions/{name}" if "name" in request.path_params else "/api" + rest.removesuffix("/")


async def _index(request: Request, fields: dict[str, str]) -> Response:  # noqa: ARG001
    if request.url.path not in ("/api", "/api/"):
        raise Fault(404, _NOTHING)
    what = {path: one["get"]["summary"] for path, one in description()["paths"].items()}
    links = {"description": "/api/openapi.json", "sparql": "/sparql", "pages": "/"}
    return _json({"title": "her2kg", "paths": what, "links": links})


async def _openapi(request: Request, fields: dict[str, str]) -> Response:  # noqa: ARG001
    return _json(description())


async def _dataset(request: Request, fields: dict[str, str]) -> Response:  # noqa: ARG001
    return await _looked_up(request, lambda names: asdict(entities.dataset(names, request.app.state.site.report)))


async def _questions(request: Request, fields: dict[str, str]) -> Response:  # noqa: ARG001
    return _json(asdict(questions.questions(fields.get("tag", ""))))


async def _question(request: Request, fields: dict[str, str]) -> Response:
    site: Site = request.app.state.site
    page = _page(fields)
    values = {name: value for name, value in fields.items() if name not in ("limit", "offset")}
    task = questions.question_task(request.path_params["name"], values)
    reply = await while_connected(request, site.pool.ask(task))

    def rows() -> bytes:
        found = asdict(questions.table(reply, page.limit, page.offset))
        return _bytes(found | {"next": _next(request, fields, page, found["cut"])})

    return Response(await asyncio.to_thread(rows), headers=_JSON)


async def _entities(request: Request, fields: dict[str, str]) -> Response:
    page = _page(fields)

    def found(names: Names) -> dict[str, Any]:
        things = asdict(search(names, fields.get("q", ""), fields.get("class", ""), page.limit, page.offset))
        return things | {"next": _next(request, fields, page, things["cut"])}

    return await _looked_up(request, found)


async def _entity(request: Request, fields: dict[str, str]) -> Response:
    page = _page(fields)

    def found(names: Names) -> dict[str, Any]:
        try:
            thing = asdict(entities.entity(names, _needed(fields, "iri"), page.limit, page.offset))
        except NoSuchThing as error:
            raise Fault(404, str(error), error.near) from error
        return thing | {"next": _next(request, fields, page, thing["statements"]["cut"])}

    return await _looked_up(request, found)


async def _statements(request: Request, fields: dict[str, str]) -> Response:
    page = _page(fields)
    given = {name: value.strip() for name, value in fields.items() if name not in ("limit", "offset", "negated")}
    about = About(**given, negated=_boolean(fields))

    def found(names: Names) -> dict[str, Any]:
        stated = asdict(statements.statements(names, about, page.limit, page.offset))
        return stated | {"next": _next(request, fields, page, stated["cut"])}

    return await _looked_up(request, found)


async def _statement(request: Request, fields: dict[str, str]) -> Response:
    page = _page(fields)

    def found(names: Names) -> dict[str, Any]:
        try:
            stated = asdict(statements.supported(names, _needed(fields, "iri"), page.limit, page.offset))
        except NoSuchThing as error:
            raise Fault(404, str(error), error.near) from error
        return stated | {"next": _next(request, fields, page, stated["cut"])}

    return await _looked_up(request, found)


async def _looked_up(request: Request, find: Callable[[Names], dict[str, Any]]) -> Response:
    """What a lookup finds, which goes on in a thread."""
    site: Site = request.app.state.site
    return Response(await site.made(lambda: _bytes(find(request.app.state.names))), headers=_JSON)


def _needed(fields: dict[str, str], name: str) -> str:
    if not fields.get(name, "").strip():
        raise Fault(400, f"give the thing as ?{name}=…")
    return fields[name]


def _page(fields: dict[str, str]) -> _Page:
    return _Page(_number(fields, "limit", PAGE, 1, LARGEST_PAGE), _number(fields, "offset", 0, 0, _OFFSET))


def _number(fields: dict[str, str], name: str, usual: int, least: int, most: int) -> int:
    text = fields.get(name, "").strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and least <= int(text) <= most):
        raise Fault(400, f"“{name}” is a whole number from {least:,} to {most:,}")
    return int(text)


def _boolean(fields: dict[str, str]) -> bool | None:
    text = fields.get("negated", "").strip().lower()
    if text not in ("", "true", "false"):
        raise Fault(400, "“negated” is true or false")
    return {"true": True, "false": False}.get(text)


def _next(request: Request, fields: dict[str, str], page: _Page, more: bool) -> str | None:
    """The address of the next page."""
    if not more:
        return None
    path = "/api" + request.scope["raw_path"].decode("ascii", "replace").partition("/api")[2].removesuffix("/")
    return f"{path}?{urlencode(fields | {'limit': str(page.limit), 'offset': str(page.offset + page.limit)})}"


def _bytes(found: object) -> bytes:
    """JSON in ASCII, so that nothing in it steers a terminal or a line."""
    return (json.dumps(found, allow_nan=False) + "\n").encode("ascii")


def _json(found: object) -> Response:
    return Response(_bytes(found), headers=_JSON)


async def _problem(request: Request, error: Exception) -> Response:
    """An error as one sentence with its status, and with what was perhaps meant."""
    status, headers, near = 400, {"content-type": _PROBLEM}, getattr(error, "near", ())
    sentence = str(error)
    match error:
        case Fault():
            status = error.status
        case questions.NoSuchQuestion():
            status = 404
        case TooMany():
            status = 413
        case questions.NotAnswered() | HTTPException(status_code=404):
            status = getattr(error, "status", 404)
            sentence = sentence if isinstance(error, LookupRefused) else _NOTHING
        case Unavailable(retry=retry):
            status = 503
            headers |= {"retry-after": "5"} if retry else {}
        case HTTPException():
            status = error.status_code
            if status == HTTPStatus.METHOD_NOT_ALLOWED:
                sentence = f"{request.method} is not done here"
                headers["allow"] = "GET, HEAD"
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    body |= {"detail": " ".join(sentence.split())} | ({"near": list(near)} if near else {})
    return Response(_bytes(body), status, headers)
