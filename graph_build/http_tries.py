"""One exchange over HTTP, and the patience to try it again: for what a server may refuse today and do tomorrow."""

from __future__ import annotations

import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, IncompleteRead
from typing import Final, TypeVar

from .endpoint import LARGEST, OPENER, USER_AGENT
from .model import Her2kgError

T = TypeVar("T")

#: Answers after which the same request may succeed: too many requests, and servers that are busy or being restarted.
_PASSING: Final = frozenset({408, 429, 500, 502, 503, 504})
#: The longest pause that a server may ask for, in seconds; one that wants more does not want us.
LONGEST_PAUSE: Final = 600.0
#: The first pause of our own, in seconds; each next one is twice as long.
_FIRST_PAUSE: Final = 1.0
_LONGEST_OWN_PAUSE: Final = 60.0
#: What is read of the text of a refusal.
_REFUSAL: Final = 4_000


class HttpError(Her2kgError):
    """A server did not do what it was asked, and will not."""

    def __init__(self, message: str, status: int | None = None, body: bytes = b"") -> None:
        """``status`` and ``body`` are those of the last answer, if there was one."""
        super().__init__(message)
        self.status = status
        self.body = body


class Again(Exception):
    """An exchange failed in a way that may pass: try again, after some seconds if the server named them."""

    def __init__(self, reason: str, after: float | None = None, status: int | None = None, body: bytes = b"") -> None:
        """``reason`` goes on with a sentence that begins with the address."""
        super().__init__(reason)
        self.reason, self.after, self.status, self.body = reason, after, status, body


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What tells the time and waits; tests have their own."""

    now: Callable[[], float] = time.monotonic
    today: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


def silent(sentence: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often an exchange is tried, and who is told of a pause."""

    tries: int = 6
    clock: Clock = field(default_factory=Clock)
    tell: Callable[[str], None] = silent


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer, whole."""

    status: int
    kind: str  # the media type
    body: bytes


def patiently(work: Callable[[], T], address: str, patience: Patience) -> T:
    """The result of some work that raises :class:`Again` where it may be tried again.

    Raises :class:`HttpError` when it failed as often as there are tries, or when the server asks for too long a pause.
    """
    pause = _FIRST_PAUSE
    for number in range(1, patience.tries + 1):
        try:
            return work()
        except Again as failed:
            wait = pause if failed.after is None else failed.after
            if number == patience.tries:
                times = f", {number} times" if number > 1 else ""
                raise HttpError(f"{address}: {failed.reason}{times}", failed.status, failed.body) from failed
            if wait > LONGEST_PAUSE:
                raise HttpError(
                    f"{address}: {failed.reason} and wants {wait:.0f} seconds of peace; try again later",
                    failed.status,
                    failed.body,
                ) from failed
            patience.tell(f"{address}: {failed.reason}; trying again in {wait:.0f} s")
            patience.clock.sleep(wait)
            pause = min(2 * pause, _LONGEST_OWN_PAUSE)
    raise AssertionError("no try was made")  # pragma: no cover


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent.  A body that is made anew for each try may be larger than memory; it is sent in chunks."""

    method: str
    url: str
    shown: str  # the address as sentences name it: never with a key in it
    body: bytes | Callable[[], Iterable[bytes]] | None = None
    headers: tuple[tuple[str, str], ...] = ()
    authorization: str | None = None  # not sent along to where a server redirects
    timeout: float = 60.0  # for each time that the server is silent
    whole: float | None = None  # for the whole answer, once it has begun
    largest: int = LARGEST


def exchange(request: Request, clock: Clock) -> Answer:
    """Send a request once.

    Raises :class:`Again` for what may pass, :class:`HttpError` for a refusal.
    """
    body = request.body() if callable(request.body) else request.body
    sent = urllib.request.Request(  # noqa: S310  the opener knows http and https only
        request.url, data=body, headers={"User-Agent": USER_AGENT, **dict(request.headers)}, method=request.method
    )
    if request.authorization:
        sent.add_unredirected_header("Authorization", request.authorization)
    try:
        with OPENER.open(sent, timeout=request.timeout) as response:
            return Answer(response.status, response.headers.get_content_type(), _read(response, request, clock))
    except urllib.error.HTTPError as error:
        raise _refused(error, request, clock) from None
    except TimeoutError:
        raise Again("did not answer in time") from None
    except IncompleteRead:
        raise Again("its answer was cut off") from None
    except (urllib.error.URLError, HTTPException, OSError) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            raise Again("did not answer in time") from None
        if isinstance(reason, ssl.SSLCertVerificationError):
            raise HttpError(f"{request.shown}: cannot be trusted ({one_line(reason.verify_message)})") from None
        raise Again(f"cannot be reached ({one_line(reason)})") from None
    except ValueError as error:
        raise HttpError(f"{request.shown}: cannot be asked ({one_line(error)})") from error


def _read(response: object, request: Request, clock: Clock) -> bytes:
    """The body, whole; what drips in without end is cut off by the time for the whole."""
    end = None if request.whole is None else clock.now() + request.whole
    data = bytearray()
    while part := response.read1(65_536):  # type: ignore[attr-defined]
        data += part
        if len(data) > request.largest:
            raise HttpError(f"{request.shown}: its answer is larger than {request.largest // 1_000_000} MB")
        if end is not None and clock.now() > end:
            raise TimeoutError
    if getattr(response, "length", None):  # what was announced and did not come
        raise IncompleteRead(bytes(data))
    return bytes(data)


def _refused(error: urllib.error.HTTPError, request: Request, clock: Clock) -> Exception:
    try:
        body = error.read(_REFUSAL)
    except (OSError, HTTPException):
        body = b""
    finally:
        error.close()
    reason = f"answers with the error {error.code} {error.reason}".rstrip()
    if error.code in _PASSING:
        return Again(reason, _pause(error.headers, clock), error.code, body)
    said = said_in(body, error.headers.get_content_type())
    return HttpError(f"{request.shown}: {reason}" + (f" ({said})" if said else ""), error.code, body)


def _pause(headers: Message, clock: Clock) -> float | None:
    """The seconds that ``Retry-After`` names, as a number or as a date."""
    named = (headers.get("Retry-After") or "").strip()
    if named.isdecimal():
        return float(named)
    try:
        return max(0.0, parsedate_to_datetime(named).timestamp() - clock.today())
    except (ValueError, TypeError, OverflowError):
        return None


def said_in(body: bytes, kind: str) -> str:
    """What a refusal says for people, when it is plain text: its beginning, on one line."""
    if "html" in kind or "xml" in kind or not body:
        return ""
    return one_line(body[:_REFUSAL].decode("utf-8", errors="replace"))


def one_line(said: object) -> str:
    """A text of others for one of our sentences."""
    reason = said.strerror if isinstance(said, OSError) and said.strerror else said
    line = " ".join(str(reason).split())
    return (line if len(line) <= 200 else line[:200].rpartition(" ")[0] + " …") or type(said).__name__
