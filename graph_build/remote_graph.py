"""The same questions, asked of a SPARQL endpoint into whose store a graph was loaded (``docs/stores.md``)."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from urllib.parse import urlencode, urlsplit

from pyoxigraph import Literal, QueryResultsFormat, QuerySolutions, RdfFormat, Store, parse, parse_query_results

from .answers import Answer, Rows, rows
from .endpoint import ACCEPT, FORMATS, LONGEST_ADDRESS
from .federation import Network, answered
from .filled import with_values
from .http_tries import Again, Clock, HttpError, Request, exchange, one_line
from .query import QueryError, StoredQuery, bind, find
from .services import ServiceError, harmless, services, tokens

_ACCEPT_GRAPH: Final = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.8"
_GRAPH_FORMATS: Final = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "text/plain": RdfFormat.N_TRIPLES,
}
#: The end of an answer in XML.
_END: Final = re.compile(rb"</(?:[\w.-]+:)?sparql\s*>\s*\Z")
_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_ALL: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def basic(user: str, password: str) -> str:
    """The ``Authorization`` of a user with a password.

    >>> basic("user", "secret")
    'Basic dXNlcjpzZWNyZXQ='
    """
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def checked_address(url: str) -> str:
    """An address that can be asked.

    Raises :class:`QueryError` for one that is none, or that has a password in it, where logs would keep it.
    """
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
    except ValueError:
        known = False
    if not known or re.search(r"\s", url):
        raise QueryError(f"{url}: is not the address of an endpoint; it begins with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise QueryError(
            f"the address of {parts.hostname} has a user or a password in it; "
            "give them as $HER2KG_STORE_USER and $HER2KG_STORE_PASSWORD"
        )
    return url


class RemoteGraph:
    """A graph at a SPARQL endpoint, asked over HTTP."""

    def __init__(
        self,
        url: str,
        *,
        timeout: float = 60.0,
        authorization: str | None = None,
        network: bool | Network = False,
    ) -> None:
        """Only with ``network`` may its questions ask other endpoints too; ``timeout`` is in seconds, for an answer.

        Raises :class:`QueryError` for an address that cannot be asked.
        """
        self.url = checked_address(url)
        self._timeout = timeout
        self._authorization = authorization
        self._leave = network if isinstance(network, Network) else Network() if network else None
        self._names: dict[str, tuple[bytes, str]] = {}

    def query(self, question: str, **parameters: str | int) -> Rows:
        """Ask a stored question by name, or SPARQL text; parameters as for a graph of our own.

        Raises :class:`QueryError`, in one sentence.
        """
        is_text = "{" in question
        query = StoredQuery(name="query", text=question, summary="") if is_text else find(question)
        return rows(self.run(query, {name: str(value) for name, value in parameters.items()}))

    def run(self, query: StoredQuery, values: Mapping[str, str] | None = None) -> Answer:
        """The answer to a question; names are those that the endpoint's own graph has.

        Raises :class:`QueryError` for a question that cannot be asked, or that the endpoint does not answer.
        """
        bound = {v.value: str(term) for v, term in bind(query, values or {}, _Named(self)).items()}
        try:
            return self.ask(with_values(self._without_services(query, bound), bound))
        except ServiceError as error:
            raise QueryError(f"{query.name}: {error}") from error

    def ask(self, text: str) -> Answer:
        """The answer to a query as it is written, except that no server is asked to ask another one.

        Raises :class:`QueryError`.
        """
        try:
            body, kind = self.fetched(harmless(text))
        except ServiceError as error:
            raise QueryError(str(error)) from error
        found = _read(body, kind, self.url)
        return _yes_or_no(found) if _form(text) == "ASK" and isinstance(found, QuerySolutions) else found

    def fetched(self, text: str) -> tuple[bytes, str]:
        """The body of an answer and its media type."""
        is_graph = _form(text) in ("CONSTRUCT", "DESCRIBE")
        form = urlencode({"query": text})
        long = f"{self.url}{'&' if urlsplit(self.url).query else '?'}{form}"
        headers = {"Accept": _ACCEPT_GRAPH if is_graph else ACCEPT}
        by_form = len(long) > LONGEST_ADDRESS
        if by_form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        request = Request(
            method="POST" if by_form else "GET",
            url=self.url if by_form else long,
            shown=self.url,
            body=form.encode() if by_form else None,
            headers=tuple(headers.items()),
            authorization=self._authorization,
            timeout=self._timeout,
            whole=self._timeout,
        )
        try:
            answer = exchange(request, Clock())
        except Again as failed:
            late = failed.reason == "did not answer in time"
            hint = f" ({self._timeout:g} s); give it longer with --timeout" if late else ""
            raise QueryError(f"{self.url}: {failed.reason}{hint}") from failed
        except HttpError as error:
            raise QueryError(str(error)) from error
        return answer.body, answer.kind

    def _without_services(self, query: StoredQuery, bound: Mapping[str, str]) -> str:
        asked = services(query.text)
        if not asked:
            return query.text
        if self._leave is None:
            raise QueryError(
                f"{query.name}: asks {' and '.join(asked)} as well; "
                "add --network to allow it (in Python: remote(url, network=True))"
            )

        def local(text: str, names: Sequence[str]) -> QuerySolutions:
            found = self.ask(with_values(text, {name: term for name, term in bound.items() if name in names}))
            assert isinstance(found, QuerySolutions)
            return found

        return answered(query.text, local, self._leave, bound)

    def __repr__(self) -> str:
        return f"RemoteGraph({self.url!r})"


class _Named:
    """Asks an endpoint once for the names that it knows."""

    def __init__(self, graph: RemoteGraph) -> None:
        self._graph = graph
        self._known: dict[str, tuple[bytes, str]] = graph._names

    def query(self, query: str) -> Answer:
        if query not in self._known:
            self._known[query] = self._graph.fetched(query)
        return _read(*self._known[query], self._graph.url)


def _form(text: str) -> str:
    """``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``."""
    return next((token.keyword for token in tokens(text) if token.keyword in _FORMS), "")


def _read(body: bytes, kind: str, address: str) -> Answer:
    """An answer as the engine gives its own."""
    try:
        if kind in FORMATS:
            return _solutions(body, FORMATS[kind])
        if kind in _GRAPH_FORMATS:
            return _as_triples(parse(body, _GRAPH_FORMATS[kind], base_iri=address))
    except (SyntaxError, ValueError, OSError) as error:
        raise QueryError(f"{address}: its answer cannot be read ({one_line(error)})") from error.with_traceback(None)
    raise QueryError(f"{address}: answers with {kind} instead of SPARQL results")


def _solutions(body: bytes, format: QueryResultsFormat) -> Answer:
    """Rows, or a yes or no; :class:`ValueError` or :class:`SyntaxError` when anything in them cannot be read."""
    if format == QueryResultsFormat.JSON:
        body = _plain(body)
    elif not _END.search(body):
        raise ValueError("it is cut off")  # which the reader does not see
    found = parse_query_results(body, format)
    if isinstance(found, QuerySolutions):
        for _ in found:  # a fault shows only where it is read
            pass
    return parse_query_results(body, format)


def _plain(body: bytes) -> bytes:
    """An answer in JSON without what endpoints add to it (Comunica its statistics), which our reader refuses."""
    found = json.loads(body)
    if not isinstance(found, dict):
        raise ValueError("no answer in JSON")  # noqa: TRY004  read as any other fault of an answer
    kept = {key: found[key] for key in ("head", "boolean") if key in found}
    if isinstance(found.get("results"), dict):
        kept["results"] = {"bindings": found["results"].get("bindings")}
    return json.dumps(kept).encode()


def _yes_or_no(found: QuerySolutions) -> Answer:
    """A yes or no that came as a table with one value (Virtuoso)."""
    said = {str(row[0].value) for row in found if isinstance(row[0], Literal)}
    word = b"true" if said & {"1", "true"} else b"false"
    return parse_query_results(b'{"head":{},"boolean":' + word + b"}", FORMATS["application/json"])


def _as_triples(quads: Iterable[object]) -> Answer:
    store = Store()
    store.extend(quads)  # type: ignore[arg-type]
    return store.query(_ALL)
