"""One request to a SPARQL endpoint: bounded in time and size, over http and https only."""

from __future__ import annotations

import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException, IncompleteRead
from typing import Final, TypeVar
from urllib.parse import urlencode, urlsplit

from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, QuerySolutions, Triple, parse_query_results

from . import __version__
from .model import Her2kgError

#: The largest answer that is read, in bytes.
LARGEST: Final = 50_000_000
#: A longer address is sent as a form instead; servers begin to refuse at 8,000 characters.
LONGEST_ADDRESS: Final = 6_000
ACCEPT: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
#: The media types in which answers are read.
FORMATS: Final = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
#: Who asks: public endpoints want to know, Wikidata refuses who does not say.
USER_AGENT: Final = f"her2kg/{__version__} (https://w3id.org/her2kg/)"

Term = NamedNode | BlankNode | Literal | Triple
T = TypeVar("T")


class EndpointError(Her2kgError):
    """An endpoint did not answer a question."""


def ask(address: str, query: str, deadline: float) -> tuple[tuple[str, ...], list[tuple[Term | None, ...]]]:
    """The variables and rows of an endpoint's answer.

    ``deadline`` is a time of :func:`time.monotonic`.  Raises :class:`EndpointError`, with the
    address and the reason in one sentence.
    """
    if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
        raise EndpointError(f"{address}: is not the address of an endpoint; it begins with http:// or https://")
    data, kind = _in_time(lambda: _answer(address, query, {}, deadline), address, deadline)
    if kind == "text/html":  # an endpoint that wants to be asked for JSON in the address, as that of MeSH
        data, kind = _in_time(lambda: _answer(address, query, {"format": "json"}, deadline), address, deadline)
    if kind not in FORMATS:
        raise EndpointError(f"{address}: answers with {kind} instead of SPARQL results")
    try:
        read = _rows(data, FORMATS[kind])
    except (SyntaxError, ValueError, OSError) as error:
        # Without its traceback, which would keep the reader alive until some thread drops it: it must be this one.
        raise EndpointError(f"{address}: its answer cannot be read ({_line(error)})") from error.with_traceback(None)
    if read is None:
        raise EndpointError(f"{address}: answers yes or no where rows were asked for")
    return read


def _rows(data: bytes, format: QueryResultsFormat) -> tuple[tuple[str, ...], list[tuple[Term | None, ...]]] | None:
    """The variables and rows in an answer; nothing for a yes or no."""
    found = parse_query_results(data, format)
    if not isinstance(found, QuerySolutions):
        return None
    names = tuple(variable.value for variable in found.variables)
    return names, [tuple(row[name] for name in names) for row in found]


def _in_time(work: Callable[[], T], address: str, deadline: float) -> T:
    """The result of some work, which is left alone when it takes too long: a name server knows no time-out."""
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(max(0.0, deadline - time.monotonic()))
    if results:
        return results[0]
    if not errors or isinstance(errors[0], TimeoutError):
        raise EndpointError(f"{address}: did not answer in time")
    error = errors[0]
    if isinstance(error, urllib.error.HTTPError):
        error.close()
        raise EndpointError(f"{address}: answers with the error {error.code} {error.reason}") from error
    if isinstance(error, OSError | HTTPException | ValueError):
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            raise EndpointError(f"{address}: did not answer in time") from error
        raise EndpointError(f"{address}: cannot be asked ({_line(reason)})") from error
    raise error


def _answer(address: str, query: str, more: dict[str, str], deadline: float) -> tuple[bytes, str]:
    form = urlencode({"query": query, **more})
    long = f"{address}{'&' if urlsplit(address).query else '?'}{form}"
    headers = {"Accept": ACCEPT, "User-Agent": USER_AGENT}
    if len(long) <= LONGEST_ADDRESS:
        request = urllib.request.Request(long, headers=headers)  # noqa: S310  the scheme was checked
    else:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        request = urllib.request.Request(address, data=form.encode(), headers=headers)  # noqa: S310
    with OPENER.open(request, timeout=max(0.1, deadline - time.monotonic())) as response:
        data = bytearray()
        while part := response.read(65_536):
            data += part
            if len(data) > LARGEST:
                raise EndpointError(f"{address}: its answer is larger than {LARGEST // 1_000_000} MB")
            if time.monotonic() > deadline:
                raise TimeoutError
        if response.length:  # what was announced and did not come
            raise IncompleteRead(bytes(data), response.length)
        return bytes(data), response.headers.get_content_type()


def _opener() -> urllib.request.OpenerDirector:
    """Opens http and https, through the user's proxies, and nothing else: no files, no ftp."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


#: What every request of ours goes through.
OPENER: Final = _opener()


def _line(error: object) -> str:
    """What went wrong, on one line."""
    reason = error.strerror if isinstance(error, OSError | socket.gaierror) and error.strerror else error
    return " ".join(str(reason).split())[:200] or type(error).__name__
