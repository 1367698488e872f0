"""``/sparql``: the SPARQL 1.1 Protocol for queries."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, NoReturn
from urllib.parse import parse_qsl

from pyoxigraph import Literal, NamedNode, Triple
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from ..pages.listings import answer_page
from ..prefixes import PREFIXES
from ..vocabulary import BASE, DATASET
from .admission import NO_UPDATES
from .answering import Limited, Reply, Task, write_graph
from .negotiate import GRAPHS, Format, chosen
from .site import Fault, Site

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
#: How long the body of a request may take to arrive.
_BODY_SECONDS: Final = 30.0
_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"

Fields = list[tuple[str, str]]


async def sparql(request: Request) -> Response:
    """A query in the address, in a form or as the body; without any, what this endpoint is."""
    site: Site = request.app.state.site
    body = await read_body(request, site.limits.request_bytes)
    fields = read_fields(request.scope["query_string"])
    text = _text(request, fields, body)
    if text is None:
        return _description(request, site)
    task = Task(
        text=text,
        accept=accept(request),
        default_graphs=tuple(value for name, value in fields if name == "default-graph-uri"),
        named_graphs=tuple(value for name, value in fields if name == "named-graph-uri"),
    )
    reply = await while_connected(request, site.pool.ask(task))
    if reply.page:
        return await site.html(answer_page, text, reply)
    return replied(reply)


def _text(request: Request, fields: Fields, body: bytes) -> str | None:
    """The query, wherever it is; a form's fields are added to the others."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "POST":
        if kind == _UPDATE:
            raise Fault(403, NO_UPDATES)
        if kind == _QUERY:
            if any(name == "query" for name, _ in fields):
                raise Fault(400, "the query is in the body and in the address; send it once")
            return _decoded(body)
        if kind != _FORM:
            raise Fault(415, f"a POST has the type {_FORM} or {_QUERY}, not {kind or 'none'}")
        fields += read_fields(body)
    if any(name == "update" for name, _ in fields):
        raise Fault(403, NO_UPDATES)
    queries = [value for name, value in fields if name == "query"]
    if len(queries) > 1:
        raise Fault(400, f"there are {len(queries)} queries; send one")
    if not queries and request.method == "POST":
        raise Fault(400, "there is no query; send it in the field “query”")
    return queries[0] if queries else None


async def read_body(request: Request, largest: int) -> bytes:
    """The body of a request, which may be neither too large nor too slow."""
    announced = request.headers.get("content-length", "0")
    if not announced.isdigit() or int(announced) > largest:
        _too_large(largest)
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for part in request.stream():
                body += part
                if len(body) > largest:
                    _too_large(largest)
    except TimeoutError as error:
        raise Fault(408, f"the request did not arrive within {_BODY_SECONDS:g} seconds") from error
    except ClientDisconnect as error:
        raise Fault(400, "the request ended before it was complete") from error
    return bytes(body)


def _too_large(largest: int) -> NoReturn:
    raise Fault(413, f"the request is larger than {largest:,} bytes")


def read_fields(encoded: bytes) -> Fields:
    """The fields of a form or of an address."""
    try:
        return parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=100
        )
    except ValueError as error:
        raise Fault(400, "the fields of the request cannot be read; they are percent-encoded UTF-8") from error


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Fault(400, f"the query is not UTF-8 (byte {error.start})") from error


def accept(request: Request) -> str | None:
    """What the client accepts; several headers are one list."""
    return ",".join(request.headers.getlist("accept")) or None


async def while_connected(request: Request, asking: Coroutine[Any, Any, Reply]) -> Reply:
    """An answer, unless the client goes away before: then the query ends too."""
    asked = asyncio.create_task(asking)
    gone = asyncio.ensure_future(request.receive())  # the body is read, so only a disconnection can come
    try:
        await asyncio.wait({asked, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not asked.done():
            raise Fault(503, "the client has gone")
        return asked.result()
    finally:
        gone.cancel()
        asked.cancel()
        await asyncio.gather(asked, gone, return_exceptions=True)


def replied(reply: Reply) -> Response:
    """A worker's answer as a response; its format was negotiated."""
    return Response(reply.body, reply.status, {"content-type": reply.content_type, "vary": "accept"})


def _description(request: Request, site: Site) -> Response:
    """The W3C's service description of this endpoint."""
    format: Format = chosen(accept(request), GRAPHS)
    try:
        endpoint = NamedNode(str(request.url.replace(query="", fragment="")))
    except ValueError:
        endpoint = NamedNode(BASE + "sparql")
    service, dataset = NamedNode(endpoint.value + "#service"), NamedNode(DATASET)
    default = NamedNode(endpoint.value + "#default-graph")
    triples = {
        _sd(service, "endpoint", endpoint),
        _sd(service, "supportedLanguage", NamedNode(_SD + "SPARQL11Query")),
        _sd(service, "feature", NamedNode(_SD + "UnionDefaultGraph")),
        _sd(service, "defaultDataset", dataset),
        _sd(dataset, "defaultGraph", default),
        _type(service, "Service"),
        _type(dataset, "Dataset"),
        _type(default, "Graph"),
        Triple(default, NamedNode(PREFIXES["void"] + "triples"), Literal(site.triples)),
    }
    for name in ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"):
        triples.add(_sd(service, "resultFormat", NamedNode(_FORMATS + name)))
    for name in ("Turtle", "N-Triples", "JSON-LD", "RDF_XML"):
        triples.add(_sd(service, "resultFormat", NamedNode(_FORMATS + name)))
    for graph in site.graphs:
        part = NamedNode(f"{endpoint.value}#{graph.removeprefix(BASE)}")
        triples |= {_sd(dataset, "namedGraph", part), _type(part, "NamedGraph"), _sd(part, "name", NamedNode(graph))}
    output = Limited(site.limits.answer_bytes)
    write_graph(triples, format, output)
    return Response(output.getvalue(), headers={"content-type": format.content_type, "vary": "accept"})


def _sd(subject: NamedNode, name: str, object: NamedNode) -> Triple:
    return Triple(subject, NamedNode(_SD + name), object)


def _type(subject: NamedNode, name: str) -> Triple:
    return Triple(subject, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(_SD + name))
