"""Fetching from PubMed, against a stand-in for NCBI's E-utilities on this machine: complete, polite, and never lost.

The records and answers have the shape of NCBI's and are made up.
"""

from __future__ import annotations

import gzip
import json
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_build.cli import main
from graph_build.fetch import Access, Dates, Fetched, FetchError, eutils, fetch, plan
from graph_build.fetch.run import Watcher
from graph_build.http_tries import Again, Clock, Patience, Request, exchange

SEARCH, FETCH = "esearch.fcgi", "efetch.fcgi"
XML = "text/xml; charset=UTF-8"
HEAD = (
    '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<PubmedArticleSet>\n'
)


def article(pmid: int) -> str:
    """A record of PubMed."""
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>'
        f'<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Internet"><PubDate><Year>2024</Year></PubDate>'
        f"</JournalIssue><Title>Journal of Made-up Records</Title></Journal>"
        f"<ArticleTitle>HER2 mutation in lung cancer: record {pmid} &lt;β&gt;.</ArticleTitle><CommentsCorrectionsList>"
        f'<CommentsCorrections RefType="Cites"><PMID Version="1">1</PMID></CommentsCorrections>'
        f"</CommentsCorrectionsList></Article></MedlineCitation><PubmedData><ArticleIdList>"
        f'<ArticleId IdType="pubmed">{pmid}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>'
    )


def book(pmid: int) -> str:
    """A record of a book's chapter."""
    return (
        f'<PubmedBookArticle><BookDocument><PMID Version="1">{pmid}</PMID><ArticleTitle>A chapter</ArticleTitle>'
        f"</BookDocument></PubmedBookArticle>"
    )


def complete(pmids: list[int]) -> bytes:
    """The file of some records."""
    records = "".join(f"{article(n)}\n" for n in sorted(pmids))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<PubmedArticleSet>\n{records}</PubmedArticleSet>\n'.encode()


@dataclass
class Reply:
    """An answer as it goes over the line; ``cut`` bytes of it never do."""

    status: int = 200
    body: bytes = b""
    kind: str = XML
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0


def faulty(body: str, status: int = 200, kind: str = XML, **headers: str) -> Reply:
    return Reply(status, body.encode(), kind, headers)


RATE = '{"error":"API rate limit exceeded","api-key":"10.0.0.1","count":"4","limit":"3"}'
#: What may go wrong once and be right the next time.
PASSING: dict[str, Callable[[Reply], Reply]] = {
    "429": lambda _: faulty(RATE, 429, "application/json"),
    "429 with a pause": lambda _: faulty(RATE, 429, "application/json", **{"Retry-After": "7"}),
    "500": lambda _: faulty("<html>Internal Server Error</html>", 500, "text/html"),
    "502": lambda _: faulty("", 502),
    "503": lambda _: faulty("Service Unavailable", 503, "text/plain"),
    "error with status 200": lambda _: faulty(
        "<?xml version='1.0'?><eFetchResult><ERROR>Cannot process ID list</ERROR></eFetchResult>"
    ),
    "a page": lambda _: faulty("<!DOCTYPE html><html><body>We are sorry</body></html>", kind="text/html"),
    "nothing": lambda _: faulty(""),
    "cut off on the line": lambda right: Reply(body=right.body, cut=len(right.body) // 2),
    "cut off before": lambda right: Reply(body=right.body[: len(right.body) * 2 // 3]),
    "a record cut out of": lambda right: Reply(body=right.body.replace(b"</Title>", b"").replace(b"</Count>", b"")),
    "another encoding": lambda right: Reply(
        body=b'<?xml version="1.0" encoding="UTF-16"?>' + right.body.partition(b"?>")[2][:-9]
    ),
}


@dataclass
class Ncbi:
    """The stand-in: what it knows, what it was asked, and what it shall do wrong next."""

    base: str
    records: dict[int, str]
    added: dict[int, str] = field(default_factory=dict)  # the day of entry, where a test asks for it
    merged: dict[int, int] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)  # found by a search, and never given
    faults: list[Callable[[Reply], Reply] | None] = field(default_factory=list)
    forgets: Reply | None = None  # what it says of results of searches that it no longer has
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    notes: str = ""
    hold: Callable[[str, dict[str, str]], None] = lambda utility, form: None
    clock: FakeClock = field(default_factory=lambda: FakeClock())

    def reply(self, utility: str, form: dict[str, str]) -> Reply:
        self.asked.append((utility, form))
        self.times.append(self.clock.time)
        self.hold(utility, form)
        right = self.search(form) if utility == SEARCH else self.fetch(form)
        fault = self.faults.pop(0) if self.faults else None
        return fault(right) if fault else right

    def matching(self, term: str) -> list[int]:
        days = re.search(r'"(\S+)"\[edat\] : "(\S+)"\[edat\]', term)
        found = [n for n in self.records if not days or days[1] <= self.added[n] <= days[2]]
        return sorted(found, reverse=True)

    def search(self, form: dict[str, str]) -> Reply:
        found = [] if "nothing" in form["term"] else self.matching(form["term"])
        listed = "".join(f"<Id>{n}</Id>\n" for n in found[: int(form["retmax"])])
        return faulty(
            '<?xml version="1.0" encoding="UTF-8" ?>\n'
            '<!DOCTYPE eSearchResult PUBLIC "-//NLM//DTD esearch 20060628//EN" '
            f'"https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd">\n<eSearchResult><Count>{len(found)}'
            f"</Count><RetMax>{form['retmax']}</RetMax><RetStart>0</RetStart><QueryKey>1</QueryKey>"
            f"<WebEnv>MCID_{form['term']}</WebEnv><IdList>\n{listed}</IdList><TranslationSet/>{self.notes}</eSearchResult>".replace(
                '"[edat]', "&quot;[edat]"
            )
        )

    def fetch(self, form: dict[str, str]) -> Reply:
        if "WebEnv" in form:
            if self.forgets:
                return self.forgets
            first = int(form["retstart"])
            found = self.matching(form["WebEnv"])[first : first + int(form["retmax"])]
        else:
            found = [self.merged.get(int(n), int(n)) for n in form["id"].split(",")]
        there = [self.records[n] for n in found if n in self.records and n not in self.hidden]
        if not there:
            return faulty(
                "<eFetchResult><ERROR>ID list is empty! Possibly it has no correct IDs.</ERROR></eFetchResult>", 400
            )
        return Reply(body=f"{HEAD}{''.join(there)}</PubmedArticleSet>".encode())


@dataclass
class FakeClock:
    """A clock that waits without waiting."""

    time: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 2))
        self.time += seconds

    @property
    def clock(self) -> Clock:
        return Clock(now=lambda: self.time, today=lambda: 1_700_000_000.0, sleep=self.sleep)


@pytest.fixture
def ncbi() -> Iterator[Ncbi]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            reply = stand_in.reply(self.path.rpartition("/")[2], form)
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(reply.body)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body[: len(reply.body) - reply.cut])

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        base = f"http://127.0.0.1:{server.server_port}/entrez/eutils"
        stand_in = Ncbi(base, {n: article(n) for n in range(101, 131)})
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield stand_in
        server.shutdown()


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "BATCH", 10)


@dataclass
class Told:
    sentences: list[str] = field(default_factory=list)
    progress: list[tuple[int, int]] = field(default_factory=list)

    @property
    def watcher(self) -> Watcher:
        return Watcher(lambda done, total: self.progress.append((done, total)), self.sentences.append)


def run(
    ncbi: Ncbi,
    asked: str | list[str],
    output: Path,
    *,
    told: Told | None = None,
    key: str | None = None,
    dates: Dates | None = None,
    limit: int | None = None,
    restart: bool = False,
) -> Fetched:
    told = told or Told()
    patience = Patience(clock=ncbi.clock.clock, tell=told.sentences.append)
    access = Access(base=ncbi.base, api_key=key, email="someone@example.org", patience=patience)
    return fetch(asked, output, access, told.watcher, dates=dates, limit=limit, restart=restart)


def ids(ncbi: Ncbi) -> list[str]:
    """What each efetch asked for: a place in a result, or numbers."""
    return [
        f"@{form['retstart']}" if "WebEnv" in form else form["id"] for utility, form in ncbi.asked if utility == FETCH
    ]


def numbers(first: int, last: int) -> str:
    """The numbers of records, the newest first."""
    return ",".join(map(str, range(last, first - 1, -1)))


def test_a_search_with_its_history(ncbi: Ncbi, tmp_path: Path) -> None:
    told = Told()
    output = tmp_path / "pubmed.xml"
    done = run(ncbi, "HER2 AND NSCLC", output, told=told)
    assert output.read_bytes() == complete([*range(101, 131)])
    assert done == Fetched(output=output, count=30, wanted=30, written=30)
    who = {"tool": "her2kg", "email": "someone@example.org", "db": "pubmed"}
    kept = {**who, "retmode": "xml", "WebEnv": "MCID_HER2 AND NSCLC", "query_key": "1", "retmax": "10"}
    assert ncbi.asked == [
        (SEARCH, {**who, "term": "HER2 AND NSCLC", "usehistory": "y", "retstart": "0", "retmax": "9999"}),
        (FETCH, {**kept, "retstart": "0"}),
        (FETCH, {**kept, "retstart": "10"}),
        (FETCH, {**kept, "retstart": "20"}),
    ]
    assert told == Told([], [(10, 30), (20, 30), (30, 30)])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pubmed.xml"]


def test_packed_files_are_the_same_bytes_each_time(ncbi: Ncbi, tmp_path: Path) -> None:
    run(ncbi, "HER2", tmp_path / "one.xml.gz")
    ncbi.forgets = faulty("<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>")
    run(ncbi, "HER2", tmp_path / "other.xml.gz")
    assert gzip.decompress((tmp_path / "one.xml.gz").read_bytes()) == complete([*range(101, 131)])
    assert (tmp_path / "one.xml.gz").read_bytes() == (tmp_path / "other.xml.gz").read_bytes()


def test_numbers_are_asked_for_as_they_are(ncbi: Ncbi, tmp_path: Path) -> None:
    ncbi.records |= {200: book(200)}
    done = run(ncbi, ["200", "0103", "101", "101", *map(str, range(110, 120))], tmp_path / "p.xml")
    assert (done.count, done.written, done.missing) == (13, 13, ())
    assert ids(ncbi) == ["200,103,101,110,111,112,113,114,115,116", "117,118,119"]
    assert book(200).encode() in (tmp_path / "p.xml").read_bytes()


def test_the_newest_of_a_search(ncbi: Ncbi, tmp_path: Path) -> None:
    done = run(ncbi, "HER2", tmp_path / "p.xml", limit=12)
    assert (tmp_path / "p.xml").read_bytes() == complete([*range(119, 131)])
    assert (done.count, done.wanted, done.written) == (30, 12, 12)
    assert [form.get("retmax") for _, form in ncbi.asked] == ["12", "10", "2"]


def test_dates(ncbi: Ncbi, tmp_path: Path) -> None:
    run(ncbi, "HER2", tmp_path / "p.xml", dates=Dates(kind="edat", first="2020/06", last="3000"))
    form = ncbi.asked[0][1]
    assert {k: form[k] for k in ("datetype", "mindate", "maxdate")} == {
        "datetype": "edat",
        "mindate": "2020/06",
        "maxdate": "3000",
    }


@pytest.mark.parametrize(("key", "pause"), [(None, 0.35), ("secret", 0.11)])
def test_the_pace(ncbi: Ncbi, tmp_path: Path, key: str | None, pause: float) -> None:
    ncbi.faults = [None, *(PASSING[name] for name in ("429", "cut off before", "503"))]
    run(ncbi, "HER2", tmp_path / "p.xml", key=key)
    gaps = [round(later - earlier, 2) for earlier, later in zip(ncbi.times, ncbi.times[1:], strict=False)]
    assert gaps == [pause, 1.0, 2.0, 4.0, pause, pause]
    assert {form.get("api_key") for _, form in ncbi.asked} == {key}


@pytest.mark.parametrize("fault", PASSING)
@pytest.mark.parametrize("place", [0, 1])
def test_a_fault_that_passes(ncbi: Ncbi, tmp_path: Path, fault: str, place: int) -> None:
    ncbi.faults = [None] * place + [PASSING[fault]]
    run(ncbi, "HER2", tmp_path / "p.xml")
    assert (tmp_path / "p.xml").read_bytes() == complete([*range(101, 131)])


@given(faults=st.lists(st.one_of(st.none(), st.sampled_from(sorted(PASSING))), max_size=12))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_faults(ncbi: Ncbi, tmp_path: Path, faults: list[str | None]) -> None:
    """The file is complete, or there is none and a sentence says why."""
    output = tmp_path / "p.xml"
    output.unlink(missing_ok=True)
    ncbi.faults = [PASSING[name] if name else None for name in faults]
    with suppress(FetchError):
        run(ncbi, "HER2", output, restart=True)
    assert not output.exists() or output.read_bytes() == complete([*range(101, 131)])
    assert output.exists() or ncbi.clock.slept[-1] == 16.0  # the pause before the last of six tries


def test_the_pause_that_the_server_asks_for(ncbi: Ncbi, tmp_path: Path) -> None:
    told = Told()
    late = formatdate(1_700_000_042.0, usegmt=True)
    ncbi.faults = [
        lambda _: faulty(RATE, 429, "application/json", **{"Retry-After": "20"}),
        lambda _: faulty("", 503, **{"Retry-After": late}),
        lambda _: faulty("", 503, **{"Retry-After": "soon"}),
    ]
    run(ncbi, "HER2", tmp_path / "p.xml", told=told)
    assert ncbi.clock.slept[:3] == [20.0, 42.0, 4.0]
    address = f"{ncbi.base}/esearch.fcgi"
    assert told.sentences == [
        f"{address}: answers with the error 429 Too Many Requests; trying again in 20 s",
        f"{address}: answers with the error 503 Service Unavailable; trying again in 42 s",
        f"{address}: answers with the error 503 Service Unavailable; trying again in 4 s",
    ]


def forever(reply: Reply) -> list[Callable[[Reply], Reply] | None]:
    return [lambda _: reply] * 100


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (faulty("", 503), "answers with the error 503 Service Unavailable, 6 times"),
        (faulty("", 429, **{"Retry-After": "3600"}), "answers with the error 429 Too Many Requests and wants 3600"),
        (faulty("<html/>", kind="text/html"), "answers with something that is no search result, 6 times"),
        (
            faulty("<eSearchResult><ERROR>Search Backend failed: x</ERROR></eSearchResult>"),
            "says “Search Backend failed",
        ),
        (faulty("<eSearchResult><Count>3</Count><IdList><Id>1</Id></IdList></eSearchResult>"), "reports 3 records and"),
        (faulty("<!DOCTYPE a [<!ENTITY b 'c'>]><eSearchResult/>"), "answers with something that is no search result"),
        (
            faulty('{"error":"API key invalid","api-key":"secret"}', 400, "application/json"),
            'answers with the error 400 Bad Request ({"error":"API key invalid","api-key":"…"})',
        ),
        (faulty("<html>gone</html>", 404, "text/html"), "answers with the error 404 Not Found"),
        (faulty("", 302, Location="file:///etc/hostname"), "answers with the error 302"),
    ],
)
def test_a_fault_that_stays(ncbi: Ncbi, tmp_path: Path, reply: Reply, sentence: str) -> None:
    ncbi.faults = forever(reply)
    with pytest.raises(FetchError) as caught:
        run(ncbi, "HER2", tmp_path / "p.xml", key="secret")
    assert str(caught.value).startswith(f"{ncbi.base}/esearch.fcgi: {sentence}")
    assert "secret" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_nobody_is_there(tmp_path: Path, ncbi: Ncbi) -> None:
    ncbi.base = "http://127.0.0.1:9"
    with pytest.raises(FetchError, match=r"^http://127.0.0.1:9/esearch.fcgi: cannot be reached \(.+\), 6 times$"):
        run(ncbi, "HER2", tmp_path / "p.xml")


@pytest.mark.parametrize(
    "forgotten",
    [
        faulty("<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>"),
        faulty("<eFetchResult><ERROR>Cannot retrieve history data. WebEnv has expired</ERROR></eFetchResult>", 400),
        Reply(body=f"{HEAD}{article(999)}</PubmedArticleSet>".encode()),
        Reply(body=b"<PubmedArticleSet/>"),
    ],
    ids=["error with status 200", "error 400", "another search's records", "no records"],
)
def test_a_search_that_the_server_has_forgotten(ncbi: Ncbi, tmp_path: Path, forgotten: Reply) -> None:
    ncbi.forgets = forgotten
    run(ncbi, "HER2", tmp_path / "p.xml")
    assert (tmp_path / "p.xml").read_bytes() == complete([*range(101, 131)])
    assert ids(ncbi) == ["@0", numbers(121, 130), "@10", numbers(111, 120), "@20", numbers(101, 110)]


def test_merged_and_missing_records_are_named(ncbi: Ncbi, tmp_path: Path) -> None:
    ncbi.merged = {501: 101, 502: 130}
    done = run(ncbi, ["101", "501", "502", "777"], tmp_path / "p.xml")
    assert done.merged == {"501": "101", "502": "130"}
    assert (done.count, done.written, done.missing) == (4, 2, ("777",))
    assert (tmp_path / "p.xml").read_bytes() == complete([101, 130])


def test_records_that_a_search_lists_and_nobody_gives(ncbi: Ncbi, tmp_path: Path) -> None:
    ncbi.hidden = {104, 129}
    done = run(ncbi, "HER2", tmp_path / "p.xml")
    assert (done.count, done.written, done.missing) == (30, 28, ("104", "129"))


def test_more_than_a_search_lists_is_asked_for_by_the_day(
    ncbi: Ncbi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eutils, "MOST_LISTED", 7)
    ncbi.added = {n: f"20{n - 100:02}/03/01" for n in ncbi.records}
    done = run(ncbi, "HER2", tmp_path / "p.xml")
    assert (tmp_path / "p.xml").read_bytes() == complete([*range(101, 131)])
    assert (done.count, done.wanted, done.written, done.unlisted) == (30, 30, 30, 0)
    limited = run(ncbi, "HER2", tmp_path / "q.xml", limit=9)
    assert (tmp_path / "q.xml").read_bytes() == complete([*range(122, 131)])
    assert (limited.count, limited.wanted, limited.written) == (30, 9, 9)
    ncbi.added = dict.fromkeys(ncbi.records, "2024/03/01")
    with pytest.raises(
        FetchError, match="30 records that match were added to PubMed on 2024-03-01, more than it lists"
    ):
        run(ncbi, "HER2", tmp_path / "r.xml")


def refused(_: Reply) -> Reply:
    return faulty("no", 403, "text/plain")


def test_a_fetch_that_was_broken_off_goes_on(ncbi: Ncbi, tmp_path: Path) -> None:
    output = tmp_path / "p.xml"
    ncbi.faults = [None, None, None, refused]
    with pytest.raises(FetchError, match=r"efetch.fcgi: answers with the error 403 Forbidden \(no\)$"):
        run(ncbi, "HER2", output)
    assert [path.name for path in tmp_path.iterdir()] == [".p.xml.her2kg-fetch"]
    ncbi.asked.clear()
    ncbi.forgets = faulty("<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>")
    told = Told()
    run(ncbi, "HER2", output, told=told)
    assert output.read_bytes() == complete([*range(101, 131)])
    assert ids(ncbi) == ["@20", numbers(101, 110)]
    assert told.sentences == ["going on with the fetch that was broken off; --restart begins anew"]
    assert [path.name for path in tmp_path.iterdir()] == ["p.xml"]


@pytest.mark.parametrize("harm", ["cut", "changed", "swapped"])
def test_a_batch_that_is_not_whole_is_fetched_again(ncbi: Ncbi, tmp_path: Path, harm: str) -> None:
    ncbi.faults = [None, None, None, refused]
    with pytest.raises(FetchError):
        run(ncbi, "HER2", tmp_path / "p.xml")
    first, second = sorted((tmp_path / ".p.xml.her2kg-fetch").glob("batch-*"))
    if harm == "cut":
        first.write_bytes(first.read_bytes()[:-30])
    elif harm == "changed":
        first.write_bytes(first.read_bytes().replace(b"lung", b"LUNG"))
    else:
        second.rename(first.with_name(second.name.replace("batch-00001", "batch-00000")))
        first.unlink()
    ncbi.asked.clear()
    run(ncbi, "HER2", tmp_path / "p.xml")
    assert (tmp_path / "p.xml").read_bytes() == complete([*range(101, 131)])
    assert ids(ncbi) == (["@0", "@10", "@20"] if harm == "swapped" else ["@0", "@20"])


def test_another_question_begins_anew(ncbi: Ncbi, tmp_path: Path) -> None:
    ncbi.faults = [None, None, refused]
    with pytest.raises(FetchError):
        run(ncbi, "HER2", tmp_path / "p.xml")
    (tmp_path / ".p.xml.her2kg-fetch" / "plan.json").write_text("{", encoding="utf-8")
    ncbi.asked.clear()
    run(ncbi, "HER2", tmp_path / "p.xml")
    assert [utility for utility, _ in ncbi.asked] == [SEARCH, FETCH, FETCH, FETCH]
    ncbi.faults = [None, None, refused]
    with pytest.raises(FetchError):
        run(ncbi, "HER2", tmp_path / "p.xml")
    ncbi.asked.clear()
    run(ncbi, "EGFR", tmp_path / "p.xml")
    assert [utility for utility, _ in ncbi.asked] == [SEARCH, FETCH, FETCH, FETCH]


def cli(ncbi: Ncbi, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["fetch", "--base", ncbi.base, "--api-key", "secret", *map(str, arguments)])


def test_a_killed_fetch_goes_on(ncbi: Ncbi, tmp_path: Path) -> None:
    """Killed without warning while the second request for records waits for its answer."""
    waits, go = threading.Event(), threading.Event()

    def hold(utility: str, form: dict[str, str]) -> None:
        if form.get("retstart") == "200":
            waits.set()
            go.wait(30)

    ncbi.records = {n: article(n) for n in range(1001, 1451)}
    ncbi.hold = hold
    arguments = ["fetch", "--base", ncbi.base, "--api-key", "secret", "HER2", "-o", str(tmp_path / "p.xml")]
    process = subprocess.Popen([sys.executable, "-m", "graph_build.cli", *arguments], stderr=subprocess.PIPE)
    assert waits.wait(60)
    process.send_signal(signal.SIGKILL)
    assert process.stderr is not None
    process.stderr.close()
    process.wait()
    go.set()
    ncbi.hold = lambda utility, form: None
    ncbi.asked.clear()
    done = subprocess.run(
        [sys.executable, "-m", "graph_build.cli", *arguments], capture_output=True, text=True, check=True
    )
    assert (tmp_path / "p.xml").read_bytes() == complete([*range(1001, 1451)])
    assert ids(ncbi) == ["@200", "@400"]
    assert done.stdout == f"{tmp_path / 'p.xml'}: 450 records; build it with her2kg build {tmp_path / 'p.xml'}\n"
    assert done.stderr.splitlines() == [
        f"asking {ncbi.base} over the network",
        "going on with the fetch that was broken off; --restart begins anew",
        "200 of 450 records",
        "400 of 450 records",
        "450 of 450 records",
    ]


def test_the_command_says_what_is_missing(ncbi: Ncbi, tmp_path: Path) -> None:
    ncbi.merged = {501: 130}
    result = cli(ncbi, "101", "501", "777", "-o", tmp_path / "p.xml")
    assert result.exit_code == 2
    assert result.stdout == f"{tmp_path / 'p.xml'}: 2 of 3 records; build it with her2kg build {tmp_path / 'p.xml'}\n"
    assert result.stderr.splitlines() == [
        f"asking {ncbi.base} over the network",
        "3 of 3 records",
        "PubMed has merged 501 into 130",
        "her2kg: 1 records are missing, PubMed gave none for PMID 777",
    ]


def test_nothing_found(ncbi: Ncbi, tmp_path: Path) -> None:
    ncbi.notes = (
        "<ErrorList><PhraseNotFound>nothingofthekind</PhraseNotFound></ErrorList>"
        "<WarningList><OutputMessage>No items found.</OutputMessage></WarningList>"
    )
    result = cli(ncbi, "nothingofthekind", "-o", tmp_path / "p.xml", "-q")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "her2kg: PubMed has no record that matches “nothingofthekind”; PubMed does not know nothingofthekind\n"
    )
    nobody = cli(ncbi, "900", "901", "-o", tmp_path / "p.xml", "-q")
    assert (nobody.exit_code, nobody.stderr) == (2, "her2kg: PubMed has no record of PMID 900, 901\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["HER2", "NSCLC"], "a query is one argument, in quotes: her2kg fetch “HER2 AND NSCLC”; or name PMIDs only"),
        (["  "], "the query is empty"),
        (["HER2", "--from", "last year"], "last year: is no date; write 2020, 2020-06 or 2020-06-30"),
        (["101", "--to", "2020"], "--from and --to narrow a query; records that are named by PMID are fetched"),
        (["HER2", "-o", "no/such/place.xml"], "no/such/place.xml: there is no folder"),
        (["HER2", "--base", "ftp://example.org"], "ftp://example.org: is not the address"),
    ],
)
def test_what_cannot_be_asked(ncbi: Ncbi, arguments: list[str], sentence: str) -> None:
    result = cli(ncbi, "-q", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"her2kg: {sentence}")
    assert ncbi.asked == []


def test_dates_on_the_command_line(ncbi: Ncbi, tmp_path: Path) -> None:
    assert cli(ncbi, "HER2", "--from", "2020-6", "--date", "added", "-o", tmp_path / "p.xml", "-q").exit_code == 0
    form = ncbi.asked[0][1]
    assert (form["datetype"], form["mindate"], form["maxdate"]) == ("edat", "2020/06", "3000")


def test_what_was_fetched_is_built(ncbi: Ncbi, tmp_path: Path) -> None:
    assert cli(ncbi, "101", "102", "-o", tmp_path / "p.xml.gz", "-q").exit_code == 0
    result = CliRunner().invoke(main, ["build", str(tmp_path / "p.xml.gz"), "-o", str(tmp_path / "graph")])
    assert result.exit_code == 0, result.output
    report = json.loads((tmp_path / "graph" / "report.json").read_text(encoding="utf-8"))
    assert sorted(entry["document"] for entry in report["inputs"]) == [
        "pubmed-ncbi-nlm-nih-gov-101",
        "pubmed-ncbi-nlm-nih-gov-102",
    ]


def test_an_answer_that_drips_is_given_up(ncbi: Ncbi) -> None:
    """Each part comes in time, the whole does not."""
    ncbi.records = {n: article(n) for n in range(1001, 1451)}
    ticking = Clock(now=lambda: ncbi.clock.sleep(400) or ncbi.clock.time)
    body = b"db=pubmed&id=" + ",".join(map(str, ncbi.records)).encode()
    address = f"{ncbi.base}/{FETCH}"
    with pytest.raises(Again, match=r"^did not answer in time$"):
        exchange(Request(method="POST", url=address, shown=address, body=body, whole=600.0), ticking)
