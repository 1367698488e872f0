"""NCBI's E-utilities: a search, and the records that it found, politely."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final, TypeVar
from urllib.parse import urlencode
from xml.etree.ElementTree import ParseError, fromstring

from ..http_tries import Again, HttpError, Patience, Request, exchange, one_line, patiently
from ..model import Her2kgError
from .records import cut, error_in

T = TypeVar("T")

DEFAULT_BASE: Final = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
TOOL: Final = "her2kg"
#: Requests a second that NCBI allows without a key, and with one, are 3 and 10: a little slower is never too fast.
_PAUSE: Final = 0.35
_PAUSE_WITH_KEY: Final = 0.11
#: The most that a search of PubMed lists; what finds more is asked for in parts, by the day of entry.
MOST_LISTED: Final = 9_999
_FIRST_DAY: Final = date(1780, 1, 1)
#: What the days of entry of all records lie before; a fixed day, so that the parts are the same every day.
_LAST_DAY: Final = date(2100, 1, 1)
#: How an answer to a list of unknown numbers begins.
_NO_SUCH: Final = "ID list is empty"


class FetchError(Her2kgError):
    """Records could not be fetched."""


class HistoryGone(Exception):
    """The server no longer knows the result of an earlier search."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """A range of days, months or years (``2020``, ``2020/06``, ``2020/06/30``), and which date of a record is meant."""

    kind: str = "pdat"  # pdat: published; edat: added to PubMed; mdat: changed
    first: str = "1800"
    last: str = "3000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Where the E-utilities are, and who asks."""

    base: str = DEFAULT_BASE
    api_key: str | None = None
    email: str | None = None
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A result of a search that the server keeps for a while, and the numbers in it."""

    ids: tuple[str, ...]
    web_env: str = ""  # empty for numbers that nobody searched for
    query_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found."""

    count: int
    parts: tuple[Part, ...]
    notes: tuple[str, ...]  # what PubMed says of the query


class Eutils:
    """Asks the E-utilities one request after the other, never faster than NCBI allows."""

    def __init__(self, access: Access) -> None:
        """Nothing is asked yet."""
        self._access = access
        self._base = access.base.rstrip("/") + "/"
        self._pause = _PAUSE_WITH_KEY if access.api_key else _PAUSE
        self._next = 0.0

    def search(self, term: str, dates: Dates | None, limit: int | None) -> Found:
        """The numbers that a query finds, the newest first.

        Raises :class:`FetchError`.
        """
        found = self._search(term, dates, min(limit or MOST_LISTED, MOST_LISTED))
        if found.count <= MOST_LISTED or (limit is not None and limit <= MOST_LISTED):
            return found
        parts: list[Part] = []
        for part in self._by_day(term, dates, _FIRST_DAY, _LAST_DAY):
            parts.append(part)
            if limit is not None and sum(len(p.ids) for p in parts) >= limit:
                break
        return replace(found, parts=tuple(parts))

    def _by_day(self, term: str, dates: Dates | None, first: date, last: date) -> Iterable[Part]:
        """The result in parts that are small enough to be listed, the last days of entry first."""
        narrow = f'({term}) AND ("{first:%Y/%m/%d}"[edat] : "{last:%Y/%m/%d}"[edat])'
        found = self._search(narrow, dates, MOST_LISTED)
        if found.count <= MOST_LISTED:
            yield from (part for part in found.parts if part.ids)
            return
        if first == last:
            raise FetchError(
                f"{found.count:,} records that match were added to PubMed on {first}, more than it lists "
                f"({MOST_LISTED:,}); narrow the search"
            )
        middle = first + (last - first) // 2
        yield from self._by_day(term, dates, middle + timedelta(days=1), last)
        yield from self._by_day(term, dates, first, middle)

    def _search(self, term: str, dates: Dates | None, most: int) -> Found:
        form = {"db": "pubmed", "term": term, "usehistory": "y", "retstart": "0", "retmax": str(most)}
        if dates:
            form |= {"datetype": dates.kind, "mindate": dates.first, "maxdate": dates.last}
        return self._asked("esearch.fcgi", form, lambda body: _listed(body, most))

    def kept(self, part: Part, start: int, count: int) -> dict[str, bytes]:
        """Records of a search's result, by PMID.

        Raises :class:`HistoryGone` when the server has forgotten it, :class:`FetchError` for other faults.
        """
        form = {"db": "pubmed", "retmode": "xml", "WebEnv": part.web_env, "query_key": part.query_key}
        form |= {"retstart": str(start), "retmax": str(count)}

        def read(body: bytes) -> dict[str, bytes]:
            if error_in(body):
                raise HistoryGone
            return cut(body)

        try:
            return self._asked("efetch.fcgi", form, read)
        except FetchError as error:
            if isinstance(error.__cause__, HttpError) and error.__cause__.status == 400:
                raise HistoryGone from error
            raise

    def records(self, ids: Sequence[str]) -> dict[str, bytes]:
        """Records by PMID, asked for by their numbers; those that PubMed does not have are not among them.

        Raises :class:`FetchError`.
        """
        form = {"db": "pubmed", "retmode": "xml", "id": ",".join(ids)}
        try:
            return self._asked("efetch.fcgi", form, _records)
        except FetchError as error:
            cause = error.__cause__
            if isinstance(cause, HttpError) and error_in(cause.body).startswith(_NO_SUCH):
                return {}
            raise

    def _asked(self, utility: str, form: Mapping[str, str], read: Callable[[bytes], T]) -> T:
        """What is read of an answer; what cannot be read is asked for again."""
        access = self._access
        who = {"tool": TOOL, "email": access.email or "", "api_key": access.api_key or ""}
        body = urlencode({**form, **{name: value for name, value in who.items() if value}}).encode()
        address = self._base + utility
        # A form and no address: lists of numbers are long, and keys do not belong into the logs of proxies.
        request = Request(
            method="POST",
            url=address,
            shown=address,
            body=body,
            headers=(("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "text/xml, application/xml")),
            whole=600.0,
        )

        def once() -> T:
            self._wait()
            return read(exchange(request, access.patience.clock).body)

        tell = access.patience.tell
        patience = replace(access.patience, tell=lambda sentence: tell(self._without_key(sentence)))
        try:
            return patiently(once, address, patience)
        except HttpError as error:
            said = error_in(error.body)
            hint = f" ({said})" if said and said not in str(error) else ""
            raise FetchError(self._without_key(f"{error}{hint}")) from error

    def _wait(self) -> None:
        """Keep the pace, counted from the beginning of the last request."""
        clock = self._access.patience.clock
        if (early := self._next - clock.now()) > 0:
            clock.sleep(early)
        self._next = clock.now() + self._pause

    def _without_key(self, sentence: str) -> str:
        key = self._access.api_key
        return sentence.replace(key, "…") if key else sentence


def _records(body: bytes) -> dict[str, bytes]:
    if said := error_in(body):
        if said.startswith(_NO_SUCH):
            return {}
        raise Again(f"says “{said}”")
    return cut(body)


def _listed(body: bytes, most: int) -> Found:
    """The answer to a search."""
    if b"<!ENTITY" in body:
        raise Again("answers with something that is no search result")
    try:
        root = fromstring(body)  # noqa: S314  entities were refused
    except ParseError as error:
        raise Again(f"its answer is not well-formed ({error})") from error
    said = (root.findtext("ERROR") or "").strip()
    if said:
        raise Again(f"says “{one_line(said)}”")
    count = (root.findtext("Count") or "").strip()
    if root.tag != "eSearchResult" or not count.isdecimal():
        raise Again("answers with something that is no search result")
    ids = tuple(dict.fromkeys(text for e in root.findall("IdList/Id") if (text := (e.text or "").strip()).isdecimal()))
    if len(ids) < min(int(count), most):
        raise Again(f"reports {count} records and lists {len(ids)}")
    key, web_env = (root.findtext("QueryKey") or "").strip(), (root.findtext("WebEnv") or "").strip()
    part = Part(ids=ids, web_env=web_env if key else "", query_key=key)
    return Found(count=int(count), parts=(part,) if ids else (), notes=tuple(_notes(root)))


def _notes(root: object) -> Iterable[str]:
    """What PubMed says that it did not understand."""
    what = {
        "ErrorList/PhraseNotFound": "PubMed does not know",
        "ErrorList/FieldNotFound": "PubMed has no field",
        "WarningList/QuotedPhraseNotFound": "PubMed does not know the phrase",
        "WarningList/PhraseIgnored": "PubMed ignores",
    }
    for path, words in what.items():
        for element in root.findall(path):  # type: ignore[attr-defined]
            yield f"{words} {one_line(element.text or '')}"
