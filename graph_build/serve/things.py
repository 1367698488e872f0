"""Pages and data of things, and the stored questions."""

from __future__ import annotations

import difflib
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ..pages.frame import Page, Setting
from ..pages.listings import error_page, question_page, questions_page
from ..pages.things import thing_page
from ..questions import stored
from ..vocabulary import BASE
from .answering import SYNTAXES, Limited, Task, write_graph
from .markup import about, local_path
from .negotiate import GRAPHS, HTML, PLAIN, RESULTS, THINGS, Format, NotAcceptable, chosen, named
from .protocol import accept, read_body, read_fields, replied, while_connected
from .site import EXPLORED, Fault, Site

_TOO_LARGE: Final = (
    "This graph has {triples:,} triples. The explorer shows graphs of up to {most:,}: build one of the papers that you "
    "are after, or ask this one."
)
_SUFFIXES = frozenset(format.suffix for format in (*THINGS, *RESULTS))


async def start(request: Request) -> Response:
    """The explorer, the questions where the graph is too large for it; as data, the description of the dataset."""
    site: Site = request.app.state.site
    format = chosen(accept(request), THINGS)
    if format is not HTML:
        return _see_other(f"/dataset.{format.suffix}")
    if not site.is_explored:
        return _see_other("/questions")
    body = await site.made(lambda: site.explorer.html.encode("utf-8", "replace"))
    policy = f"{site.explorer.policy}; frame-ancestors 'none'"  # it carries its script, which the others have not
    headers = {"content-type": HTML.content_type, "vary": "accept", "content-security-policy": policy}
    return Response(body, headers=headers)


async def questions(request: Request) -> Response:
    """The stored questions."""
    site: Site = request.app.state.site

    def page(setting: Setting) -> Page:
        note = "" if site.is_explored else _TOO_LARGE.format(triples=site.triples, most=EXPLORED)
        return questions_page(setting, site.report, site.examples, site.asked, note)

    return await site.html(page)


async def thing(request: Request) -> Response:
    """An IRI of ours leads to its page or its data (303); those have an ending in their address."""
    site: Site = request.app.state.site
    written = request.scope["raw_path"].decode("ascii", "replace")[1:]
    for iri in dict.fromkeys((BASE + written, BASE + request.path_params["path"])):  # with %xx as in the IRI, and not
        if await _exists(site, iri):
            format = chosen(accept(request), THINGS)
            return _see_other(about(iri, format.suffix))
    iri, suffix = _split(BASE + request.path_params["path"])
    if not suffix or not await _exists(site, iri):
        raise await _not_found(site, iri)
    return await _shown(site, iri, named(suffix, THINGS))


async def any_thing(request: Request) -> Response:
    """``/about?iri=…``: the page or the data of any IRI that the graph knows, such as that of a paper."""
    site: Site = request.app.state.site
    given = [value for name, value in read_fields(request.scope["query_string"]) if name == "iri"]
    if len(given) != 1:
        raise Fault(400, "give one IRI as ?iri=…")
    if not await _exists(site, given[0]):
        raise await _not_found(site, given[0])
    suffix = request.path_params.get("suffix", "")
    if not suffix and local_path(given[0]):
        return _see_other(about(given[0]))
    return await _shown(site, given[0], named(suffix, THINGS) if suffix else chosen(accept(request), THINGS))


async def question(request: Request) -> Response:
    """``/query/NAME?parameter=…``: a stored question's answer as a page, rows or a graph."""
    site: Site = request.app.state.site
    name, suffix = _split(request.path_params["name"])
    if name not in stored():
        near = difflib.get_close_matches(name[:80], stored(), n=3, cutoff=0.4)
        raise Fault(404, "there is no stored question of this name" + (f"; did you mean {near[0]}?" if near else ""))
    await read_body(request, site.limits.request_bytes)
    values = {key: value for key, value in read_fields(request.scope["query_string"]) if value.strip()}
    task = Task(question=name, values=values, accept=accept(request), suffix=suffix)
    reply = await while_connected(request, site.pool.ask(task))
    if reply.page or (reply.status in (400, 403) and _wants_page(request, suffix)):
        response = await site.html(question_page, stored()[name], values, reply)
        response.status_code = reply.status
        return response
    return replied(reply)


def _wants_page(request: Request, suffix: str) -> bool:
    """Whether an error is better shown on the page of the question."""
    if suffix:
        return suffix == HTML.suffix
    try:
        return chosen(accept(request), (*RESULTS, *GRAPHS)) is HTML
    except NotAcceptable:
        return False


def _split(path: str) -> tuple[str, str]:
    """A path without the ending of a format, and the ending.

    >>> _split("drug/trastuzumab.ttl"), _split("ontology/0.1.0")
    (('drug/trastuzumab', 'ttl'), ('ontology/0.1.0', ''))
    """
    stem, dot, suffix = path.rpartition(".")
    return (stem, suffix) if dot and suffix in _SUFFIXES else (path, "")


def _see_other(address: str) -> Response:
    """A 303: what is named is a thing, what is there is a document about it."""
    return RedirectResponse(address, status_code=303, headers={"vary": "accept"})


async def _exists(site: Site, iri: str) -> bool:
    return bool(await site.made(lambda: b"x" if site.entities.exists(iri) else b""))


async def _not_found(site: Site, iri: str) -> Fault:
    near = await site.made(lambda: "\n".join(site.entities.near(iri)).encode())
    shown = iri if len(iri) <= 200 else iri[:200] + "…"
    return Fault(404, f"<{shown}> is not in this graph", tuple(near.decode().splitlines()))


async def _shown(site: Site, iri: str, format: Format) -> Response:
    if format is HTML:
        return await site.html(thing_page, iri)

    def data() -> bytes:
        output = Limited(site.limits.answer_bytes)
        write_graph(site.entities.data(iri), format, output)
        return output.getvalue()

    assert format.suffix in SYNTAXES
    body = await site.made(data)
    return Response(body, headers={"content-type": format.content_type, "vary": "accept"})


async def text_of_error(request: Request, fault: Fault) -> Response:
    """An error as one sentence; for a browser that looked for a thing, as a page with what was perhaps meant."""
    site: Site = request.app.state.site
    try:
        format = chosen(accept(request), (PLAIN, HTML))
    except NotAcceptable:
        format = PLAIN
    if format is HTML and not request.url.path.startswith("/sparql"):
        heading = "Not found" if fault.status == 404 else "This did not work"
        response = await site.html(error_page, heading, str(fault), fault.near)
        response.status_code = fault.status
        return response
    near = f"; perhaps {' or '.join(f'<{iri}>' for iri in fault.near)}" if fault.near else ""
    sentence = " ".join((str(fault) + near).split())
    return Response(
        (sentence + "\n").encode("utf-8", "replace"),
        fault.status,
        {"content-type": PLAIN.content_type, "vary": "accept"},
    )
