"""Builds of many documents: on several processors, stopped and gone on with, and when the machine gives out."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import graph_build
from graph_build.assemble.counting import Counting
from graph_build.build import build
from graph_build.cli import main
from graph_build.parts import reading as chunking
from graph_build.parts.database import Database, PartsError
from graph_build.parts.fingerprint import of_program
from graph_build.parts.sorting import Distinct, SortedLines, woven
from graph_build.parts.workers import WorkerLost
from graph_build.replace import OutputError

RECORD = """<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article><Journal><JournalIssue><PubDate>
<Year>2022</Year></PubDate></JournalIssue></Journal><ArticleTitle>{title}</ArticleTitle><Abstract><AbstractText>{abstract}</AbstractText>
</Abstract><AuthorList><Author><LastName>{author}</LastName><ForeName>A</ForeName></Author></AuthorList></Article>
</MedlineCitation></PubmedArticle>"""
DRUGS = ("Pyrotinib", "Afatinib", "Trastuzumab deruxtecan", "Poziotinib", "Zongertinib")
PARTS = ".graph.her2kg.parts"


def record(pmid: int) -> str:
    """A made-up record; some unnamed trials clash."""
    pick = random.Random(pmid)
    return RECORD.format(
        pmid=pmid,
        title=f"{pick.choice(DRUGS)} in HER2-mutant non-small cell lung cancer: a phase 2 trial",
        abstract=f"{pick.choice(DRUGS)} was effective in HER2-mutant lung adenocarcinoma. No standard exists.",
        author=pick.choice(("Song", "Min", "Li", "Smit")),
    )


def records(number: int) -> str:
    """A file of made-up records."""
    return f"<PubmedArticleSet>{''.join(map(record, range(1, number + 1)))}</PubmedArticleSet>"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A large file, one with faults, and a page."""
    folder = tmp_path_factory.mktemp("records")
    many = folder / "many.xml"
    many.write_text(records(100), encoding="utf-8")
    few = folder / "few.xml"
    faulty = ["<PubmedArticle><PMID>500</PMID>&</PubmedArticle>", "<DeleteCitation><PMID>7</PMID></DeleteCitation>"]
    texts = [record(90), faulty[0], record(110), faulty[1], record(111)]
    few.write_text(f"<PubmedArticleSet>{''.join(texts)}</PubmedArticleSet>", encoding="utf-8")
    return [many, few, graph_build.resources.packaged_sources()[1]]


@pytest.fixture(autouse=True)
def program() -> None:
    """The fingerprint of the program as it is now: processes of their own compute it anew too."""
    of_program.cache_clear()


def held(folder: Path) -> dict[str, bytes]:
    """All that is promised of a graph."""
    names = [folder / "graph.nq", folder / "report.json", *sorted((folder / "documents").iterdir())]
    return {str(file.relative_to(folder)): file.read_bytes() for file in names}


@pytest.fixture(scope="module")
def whole(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The graph of the files, built without any trouble by one process.

    Where nothing is asked of a graph, it is built without a store.
    """
    folder = tmp_path_factory.mktemp("whole") / "graph"
    build(files, folder, jobs=1, store=False)
    return held(folder)


def command(files: list[Path], folder: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "graph_build.cli", "build", *map(str, files), "-o", str(folder), *options]


def kept(folder: Path) -> int:
    """How many documents an unfinished build of ``folder`` has."""
    with Database(folder.with_name(f".{folder.name}.her2kg.parts"), finished=True) as database:
        return int(database.value("SELECT count(*) FROM parts"))


# -- the same, whatever the number of processes ------------------------------------------


@pytest.mark.parametrize(("jobs", "documents"), [(1, 7), (2, 32), (3, 5)])
def test_jobs_and_chunks_do_not_matter(
    files: list[Path],
    whole: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    jobs: int,
    documents: int,
) -> None:
    monkeypatch.setattr(chunking, "CHUNK_DOCUMENTS", documents)
    done = build(files, tmp_path / "graph", jobs=jobs, store=False)
    assert held(tmp_path / "graph") == whole
    report = json.loads(whole["report.json"])
    assert done.report == report
    assert (done.quads, done.counts, done.errors, done.notes) == (
        report["quads"],
        report["counts"],
        report["errors"],
        report["notes"],
    )
    assert done.documents == len(report["inputs"])
    assert [p.name for p in tmp_path.iterdir()] == ["graph"]


def test_workers_that_cannot_be_forked_make_their_own_tools(
    files: list[Path], whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph_build.parts.workers.threading.active_count", lambda: 2)
    build(files, tmp_path / "graph", jobs=2, store=False)
    assert held(tmp_path / "graph") == whole


# -- stopped, and gone on with --------------------------------------------------------------


def stopped(when: Callable[[Path], bool], files: list[Path], folder: Path, how: signal.Signals) -> str:
    """Start a build, end it at some moment; what it said."""
    arguments = command(files, folder, "--jobs", "2", "-q")
    process = subprocess.Popen(
        arguments, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=interruptible
    )
    while process.poll() is None and not when(folder):
        time.sleep(0.002)
    if process.poll() is None:
        process.send_signal(how)
    return process.communicate()[1]


def interruptible() -> None:
    """As from a keyboard: who runs the suite in the background has a shell that lets processes ignore SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def beside(folder: Path, name: str) -> bool:
    """Whether a build of ``folder`` has begun to write something."""
    return any(folder.parent.glob(f".graph.her2kg-*/{name}"))


MOMENTS: dict[str, Callable[[Path], bool]] = {
    "the first chunk": lambda folder: folder.with_name(PARTS + "-wal").exists(),
    "the documents": lambda folder: beside(folder, "documents/*"),
    "the counting": lambda folder: beside(folder, "counted"),
    "the graph": lambda folder: beside(folder, "graph.nq"),
    "the store": lambda folder: beside(folder, "store"),
    "the last step": lambda folder: beside(folder, "parts.sqlite"),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_step_it_goes_on(files: list[Path], whole: dict[str, bytes], tmp_path: Path, moment: str) -> None:
    folder = tmp_path / "graph"
    stopped(MOMENTS[moment], files, folder, signal.SIGKILL)
    assert not folder.exists() or held(folder) == whole  # the last step may have been done already
    build(files, folder, jobs=1)
    assert held(folder) == whole
    assert [p.name for p in tmp_path.iterdir()] == ["graph"]


def test_stopped_at_the_keyboard_it_says_so_and_reads_nothing_twice(
    files: list[Path], whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "graph"
    said = stopped(MOMENTS["the documents"], files, folder, signal.SIGINT)
    assert said == "her2kg: stopped; run the same command again, and it goes on where it was\n"
    assert [p.name for p in tmp_path.iterdir()] == [PARTS]
    monkeypatch.setattr("graph_build.parts.workers.part_of", forbidden)
    build(files, folder, store=False)
    assert held(folder) == whole


def forbidden(*_: object) -> None:
    raise AssertionError("a document was read again")


def test_a_chunk_is_kept_whole_or_not_at_all(
    files: list[Path], whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "graph"
    monkeypatch.setattr(chunking, "CHUNK_DOCUMENTS", 10)
    for limit in (3, 24, 61):  # documents, after which the program ends in the middle of keeping a chunk
        count = 0
        real = Database._keep_part

        def keep(self: Database, number: int, part: object, real: object = real, limit: int = limit) -> None:
            nonlocal count
            count += 1
            if count > limit:
                raise KeyboardInterrupt
            real(self, number, part)  # type: ignore[operator]

        with monkeypatch.context() as patch:
            patch.setattr(Database, "_keep_part", keep)
            with pytest.raises(KeyboardInterrupt):
                build(files, folder, jobs=1)
        assert kept(folder) % 10 == 0
    assert kept(folder) == 80
    build(files, folder, jobs=1, store=False)
    assert held(folder) == whole


def test_other_files_or_options_begin_anew(files: list[Path], tmp_path: Path) -> None:
    mine = tmp_path / "mine.xml"
    mine.write_text(records(40), encoding="utf-8")
    folder = tmp_path / "graph"
    for change in (lambda: None, lambda: mine.write_text(mine.read_text().replace("Pyrotinib", "Neratinib"))):
        stopped(MOMENTS["the documents"], [mine], folder, signal.SIGINT)
        change()
        build([mine, files[2]], folder, jobs=1, store=False)
        build([mine, files[2]], tmp_path / "whole", jobs=1, store=False)
        assert held(folder) == held(tmp_path / "whole")
        shutil.rmtree(folder)


# -- when the machine gives out ------------------------------------------------------------------


def test_a_worker_that_is_killed_ends_the_build_in_a_sentence(
    files: list[Path], whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "graph"
    with monkeypatch.context() as patch:
        patch.setattr("graph_build.parts.workers.part_of", killed)
        patch.setattr("graph_build.parts.workers.threading.active_count", lambda: 1)  # forked, they have it too
        with pytest.raises(WorkerLost, match="most likely because memory ran out; run the same command again"):
            build(files, folder, jobs=2)
        result = CliRunner().invoke(main, command(files, folder, "--jobs", "2")[3:])
        assert result.exit_code == 2
        assert result.stderr.startswith("her2kg: a worker process was ended from outside")
    assert [p.name for p in tmp_path.iterdir()] == [PARTS]
    build(files, folder, store=False)
    assert held(folder) == whole


def killed(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_workers_end_with_the_build(files: list[Path], tmp_path: Path) -> None:
    process = subprocess.Popen(command(files, tmp_path / "graph", "--jobs", "2", "-q"))
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    workers: list[str] = []
    while process.poll() is None and len(workers) < 2:
        workers = children.read_text().split() if children.exists() else []
    process.kill()
    process.wait()
    if workers:  # where the system tells
        while any(Path(f"/proc/{worker}/cmdline").exists() and _runs(worker) for worker in workers):
            time.sleep(0.01)


def _runs(worker: str) -> bool:
    try:
        return Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid"), reason="no limit on the size of files here")
@pytest.mark.parametrize("kilobytes", [40, 400, 3000])
def test_a_full_disk_is_told_and_gone_on_from(
    files: list[Path], whole: dict[str, bytes], tmp_path: Path, kilobytes: int
) -> None:
    folder = tmp_path / "graph"
    limited = ["bash", "-c", f'trap "" XFSZ; ulimit -f {kilobytes}; exec "$@"', "-", *command(files, folder, "-q")]
    done = subprocess.run(limited, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(f"her2kg: {folder}: writing failed (")
    assert len(done.stderr.splitlines()) == 1
    assert not folder.exists()
    build(files, folder, store=False)
    assert held(folder) == whole
    assert [p.name for p in tmp_path.iterdir()] == ["graph"]


def test_no_space_in_the_parts_is_told(files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Iterator[object]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Database, "store", full)
    sentence = r"writing failed \(No space left on device\); the earlier result is untouched"
    with pytest.raises(OutputError, match=sentence):
        build(files[2:], tmp_path / "graph")
    assert not (tmp_path / "graph").exists()


def test_an_output_that_cannot_be_written_is_told_before_anything_is_read(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph_build.parts.workers.part_of", forbidden)
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        build(files, tmp_path / "file" / "graph")


def test_two_builds_of_one_folder_do_not_mix(files: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    with Database(tmp_path / PARTS), pytest.raises(PartsError, match="another build is writing there"):
        build(files[2:], folder)
    build(files[2:], folder, store=False)


def test_parts_that_are_no_database_are_told(files: list[Path], tmp_path: Path) -> None:
    (tmp_path / PARTS).write_text("no database" * 1000)
    with pytest.raises(PartsError, match=r"is damaged .*; remove it, and build the graph again"):
        build(files[2:], tmp_path / "graph")


# -- sorting and counting --------------------------------------------------------------------------

LINES = st.lists(st.text("ab é𝄞", max_size=4), max_size=60)


@given(lines=LINES, run=st.integers(1, 40), fan_in=st.integers(2, 4), block=st.integers(1, 200), by_word=st.booleans())
def test_sorting_in_runs_is_sorting(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], run: int, fan_in: int, block: int, by_word: bool
) -> None:
    folder = tmp_path_factory.mktemp("runs")
    sorting = SortedLines(folder, by_word=by_word, run_bytes=run, fan_in=fan_in, block_bytes=block)
    for start in range(0, len(lines), 3):
        sorting.add(f"{line}\n".encode() for line in lines[start : start + 3])
    blocks = list(sorting.blocks())
    assert [line.decode()[:-1] for block in blocks for line in block] == sorted(set(lines))
    assert [] not in blocks
    assert list(folder.iterdir()) == []


@given(lines=LINES)
def test_the_lines_of_a_subject_are_in_one_block(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    sorting = SortedLines(tmp_path_factory.mktemp("runs"), by_word=True, run_bytes=10, block_bytes=20)
    for start in range(0, len(lines), 3):
        sorting.add(f"{line} .\n".encode() for line in lines[start : start + 3])
    words = [{line.partition(b" ")[0] for line in block} for block in sorting.blocks()]
    assert sum(map(len, words)) == len(set().union(*words))


BLOCKS = st.lists(st.lists(st.integers(0, 99), min_size=1, max_size=9), max_size=6)


@given(one=BLOCKS, other=BLOCKS)
def test_blocks_are_woven_in_order_and_stay_small(one: list[list[int]], other: list[list[int]]) -> None:
    def blocks(of: list[list[int]], first: int) -> list[list[bytes]]:
        numbers = iter(sorted({2 * number + first for block in of for number in block}))
        cut = [[b"%03d\n" % number for number in islice(numbers, len(block))] for block in of]
        return [block for block in cut if block]

    lines, others = blocks(one, 0), blocks(other, 1)
    found = list(woven(lines, others))
    assert [line for block in found for line in block] == sorted(chain(*lines, *others))
    assert max(map(len, found), default=0) <= max(map(len, lines), default=0) + max(map(len, others), default=0)


THINGS = st.lists(st.tuples(st.integers(0, 12), st.text("ab ", max_size=2)), max_size=60)


@given(things=THINGS, most=st.integers(0, 900))
def test_counting_on_disk_is_counting(
    tmp_path_factory: pytest.TempPathFactory, things: list[tuple[int, str]], most: int
) -> None:
    folder = tmp_path_factory.mktemp("buckets")
    distinct = Distinct(folder, buckets=3, most=most)
    for kind, value in things:
        distinct.add(kind, {value.encode(), b"every"} if kind == 3 else [value.encode()])
    values, kinds = distinct.counts()
    things += [(3, "every")] * any(kind == 3 for kind, _ in things)
    assert values == len({value for _, value in things})
    assert kinds == {kind: len({v for k, v in things if k == kind}) for kind in {kind for kind, _ in things}}
    assert list(folder.iterdir()) == []


def test_counts_are_those_of_the_triples(whole: dict[str, bytes], tmp_path: Path) -> None:
    lines = [line for line in whole["graph.nq"].splitlines(keepends=True) if b"her2kg/graph/dataset> ." not in line]
    counting = Counting(Distinct(tmp_path, most=10_000), ())
    cut = next(n for n in range(len(lines) // 2, len(lines)) if lines[n].split()[0] != lines[n - 1].split()[0])
    assert list(counting.passing([lines[:cut], lines[cut:]])) == [lines[:cut], lines[cut:]]
    triples = {tuple(line.decode().rpartition(" <")[0].split(" ", 2)) for line in lines}
    counts = counting.counts
    assert (counts.triples, counts.subjects) == (len(triples), len({s for s, _, _ in triples}))
    assert (counts.objects, set(counts.properties)) == (len({o for *_, o in triples}), {p for _, p, _ in triples})
    for name, uses in counts.properties.items():
        pairs = [(s, o) for s, p, o in triples if p == name]
        assert (uses.triples, uses.subjects, uses.objects) == (
            len(pairs),
            len({s for s, _ in pairs}),
            len({o for _, o in pairs}),
        )
