"""``/editor``: the page on which SPARQL is written, and the files that it loads (decision 0015).

Its policy admits scripts, styles and requests of this server alone.  Without the front end's build it is a plain form.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..completions import completions
from ..filled import filled
from ..frontend import FrontendMissing, built, editor_available
from ..pages.frame import Page, Setting
from ..pages.markup import Html, tag, together
from ..questions import stored
from ..selfcontained import script_json
from .protocol import read_body
from .site import Fault, Site

#: Nothing from elsewhere, no script or style inside the page; images are those in the editor's own style.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: For how many IRIs, or labels, the editor may ask at once where their pages are.
MOST: Final = 2_000
_TYPES: Final = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
_FILES: Final = ("editor.css", "editor.js")
_EXAMPLE: Final = """PREFIX her2: <https://w3id.org/her2kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?trial ?study ?phase
WHERE {
  ?trial a her2:InterventionalTrial ; rdfs:label ?study .
  OPTIONAL { ?trial her2:phase ?phase }
}
ORDER BY ?study ?phase
"""


def editor_routes(site: Site) -> list[Route]:
    """The addresses of the editor."""

    @cache
    def settings() -> dict[str, Any]:
        return {
            "endpoint": "/sparql",
            "pages": "/editor/pages",
            "labels": "/editor/labels",
            "most": MOST,
            "example": _EXAMPLE,
            "names": completions(),
            "question": "/editor/questions/",
            "questions": [
                {"name": q.name, "summary": q.summary, "tags": list(q.tags)}
                for q in stored().values()
                if not q.services
            ],
        }

    def page(setting: Setting) -> Page:  # noqa: ARG001  it needs nothing of the graph but the questions
        return Page("SPARQL – her2kg", _body(settings() if editor_available() else None))

    async def editor(request: Request) -> Response:  # noqa: ARG001  starlette's signature
        response = await site.html(page)
        response.headers["content-security-policy"] = POLICY
        return response

    async def question(request: Request) -> Response:
        """The text of a stored question, with the values of its example."""
        found = stored().get(request.path_params["name"])
        if found is None:
            raise Fault(404, "there is no stored question of this name")
        text = await site.made(lambda: filled(found, site.store).encode())
        return Response(text, headers={"content-type": "text/plain; charset=utf-8"})

    async def pages(request: Request) -> Response:
        """Which of some IRIs have a page here, and where."""
        iris = _texts(await read_body(request, site.limits.request_bytes))
        thing = site.setting.addresses.thing

        def found() -> bytes:
            return json.dumps({iri: address for iri in iris if (address := thing(iri)) is not None}).encode()

        return Response(await site.made(found), headers={"content-type": "application/json"})

    async def labels(request: Request) -> Response:
        """Which of some words are the label of just one thing, and where its page is."""
        texts = _texts(await read_body(request, site.limits.request_bytes))
        setting = site.setting

        def found() -> bytes:
            iris = {text: iri for text in texts if (iri := setting.entities.called(text)) is not None}
            return json.dumps({text: setting.addresses.thing(iri) for text, iri in iris.items()}).encode()

        return Response(await site.made(found), headers={"content-type": "application/json"})

    return [
        Route("/editor", editor),
        Route("/editor/labels", labels, methods=["POST"]),
        Route("/editor/pages", pages, methods=["POST"]),
        Route("/editor/questions/{name}", question),
        Route("/assets/{name}", asset),
    ]


async def asset(request: Request) -> Response:
    """A file of the front end; its name has a part that changes with its content, so that it may be kept for good."""
    name = request.path_params["name"]
    if not editor_available() or name not in (known := {asset_name(file): file for file in _FILES}):
        raise Fault(404, "there is no such file")
    headers = {
        "content-type": _TYPES[name.rpartition(".")[2]],
        "cache-control": "public, max-age=31536000, immutable",
    }
    return Response(_content(known[name], _changed(known[name])), headers=headers)


def asset_name(file: str) -> str:
    """The name under which a built file is served."""
    stem, _, suffix = file.rpartition(".")
    return f"{stem}.{hashlib.sha256(_content(file, _changed(file))).hexdigest()[:16]}.{suffix}"


def _changed(file: str) -> int:
    return built(file).stat().st_mtime_ns


@cache
def _content(file: str, changed: int) -> bytes:  # noqa: ARG001  a new build is read again
    return built(file).read_bytes()


def _texts(body: bytes) -> tuple[str, ...]:
    try:
        given = json.loads(body)
    except ValueError as error:
        raise Fault(400, "the body is not JSON; send a list of IRIs or labels") from error
    if not isinstance(given, list) or not all(isinstance(text, str) for text in given):
        raise Fault(400, "the body is no list of IRIs or labels")
    if len(given) > MOST:
        raise Fault(413, f"these are more than {MOST:,} IRIs or labels")
    return tuple(given)


def _body(settings: dict[str, Any] | None) -> Html:
    """The inside of the page: the editor, or a form where it has not been built or cannot run."""
    heading = tag("h1", "SPARQL")
    if settings is None:
        return together(
            [heading, tag("p", f"This is a plain form, since {FrontendMissing()}.", class_="quiet"), _form()]
        )
    style, script = map(asset_name, _FILES)
    return together(
        [
            heading,
            tag("link", rel="stylesheet", href=f"/assets/{style}"),
            tag("noscript", _form()),
            tag("div", id="editor"),
            Html(f'<script type="application/json" id="editor-data">{script_json(settings)}</script>'),
            tag("script", src=f"/assets/{script}", defer=True),
        ]
    )


def _form() -> Html:
    return tag(
        "form",
        tag("label", "A query", tag("textarea", _EXAMPLE, name="query", rows="14", spellcheck="false")),
        tag("button", "Ask", type="submit"),
        action="/sparql",
        method="get",
    )
