"""The pipeline: files → documents → parts → one graph → store, and a report of it all."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from .assemble.mappings import load_mappings
from .gather import settle
from .ground import VocabularyGrounder, load_vocabularies
from .ground.account import Effort, account
from .lexicon import Lexicon, default_lexicon, load
from .model import Her2kgError
from .parts.fingerprint import of_file
from .parts.finish import FileTold, Finish, finish
from .parts.part import Part, Tools
from .parts.place import Place, Run, Settings
from .parts.reading import Chunk, Reading, all_files
from .parts.workers import default_jobs, parts_of
from .replace import whole_folder
from .resources import packaged_sources, resource
from .sssom import MappingSet
from .store import REPORT, STORE, find_graph, load_store

Progress = Callable[[str, int, int], None]
#: How files become parts: on this machine, or on a cluster.
MakeTools = Callable[[], Tools]
Engine = Callable[[Reading, Tools, MakeTools], Generator[tuple[Chunk, list[Part]]]]


def silent(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


class BuildError(Her2kgError):
    """No graph could be built."""


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What a build did."""

    folder: Path
    quads: int
    counts: dict[str, int]
    documents: int
    files: dict[str, FileTold] = field(default_factory=dict)  # what each file that was read gave
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # records that others replaced, or that were deleted
    left_out: list[str] = field(default_factory=list)  # faulty mapping rows, when lenient
    skipped: list[str] = field(default_factory=list)  # files that the graph has already
    effort: Effort | None = None  # of reading vocabularies; never in the report, which is the same on every machine
    vocabularies: str = ""  # a sentence on what they did

    @property
    def report(self) -> dict[str, Any]:
        """All of ``report.json``, which can be large."""
        found: dict[str, Any] = json.loads((self.folder / REPORT).read_text(encoding="utf-8"))
        return found


def build(
    files: Sequence[Path] = (),
    output: Path = Path("her2kg-graph"),
    *,
    strict: bool = False,
    additions: Sequence[Path] = (),
    lenient: bool = False,
    vocabularies: Sequence[Path] = (),
    jobs: int | None = None,
    spark: bool | str = False,
    store: bool = True,
    progress: Progress | None = None,
) -> Outcome:
    """Build the graph of some files, or of the two packaged documents when none is named.

    A file that cannot be read is left out and named in :attr:`Outcome.errors`, unless
    ``strict``; the others count.  The folder is replaced whole or not at all.
    ``additions`` are folders with rows of one's own for the lexicon (``drugs.tsv``, …) and the
    mappings (``*.sssom.tsv``); a faulty mapping row ends the build, unless ``lenient``: then it is
    left out and named in :attr:`Outcome.left_out`.  ``vocabularies`` are files, and folders of known
    files, whose names are recognised too, the first before the others (``docs/vocabularies.md``).

    ``jobs`` processes read documents, as many as there are processors when it is not given; the result
    is the same.  With ``spark`` a cluster reads them (``docs/cluster.md``): that of a master such as ``"local[2]"``,
    or of ``spark-submit`` when it is ``True``.  A build that was stopped goes on where it was when it is started again.
    Without ``store`` the graph is ``graph.nq`` alone, for a store elsewhere, in half of the time.

    Raises :class:`BuildError` when nothing could be read, or anything could not and ``strict``;
    :class:`~graph_build.link.terms.VocabularyError` for a vocabulary that is not what it says.
    """
    settings = Settings.of(files, additions, vocabularies, lenient=lenient)
    run = Run("build", settings, all_files(list(files) or packaged_sources()), strict=strict)
    return _carried_out(run, output, _on_spark(spark) if spark else _here(jobs), progress or silent, store=store)


def add(
    files: Sequence[Path],
    graph: Path,
    *,
    strict: bool = False,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Add files to a built graph: what is new or changed is read, and everything else stays as it is.

    A file that the graph has already is skipped and named in :attr:`Outcome.skipped`.  The result is the graph
    that :func:`build` makes of all the files (``docs/building.md``); a document that comes again replaces itself.

    Raises :class:`~graph_build.parts.database.PartsError` when the graph was built by another version of the
    program, or what it was built with has changed since.
    """
    tell = progress or silent
    place = Place(find_graph(graph, asked=False))
    with place.finished() as database:
        settings = Settings.read(database)
        known = {sha256 for (sha256,) in database.rows("SELECT sha256 FROM inputs WHERE sha256 <> ''")}
    new, skipped, arguments = [], [], []
    for argument in files:
        found = all_files([argument])
        fresh = [file for file in found if of_file(file) not in known]
        skipped += [str(file) for file in found if file not in fresh]
        new += fresh
        arguments += [argument] if fresh else []
    if not new:
        report = json.loads((graph / REPORT).read_text(encoding="utf-8"))
        told = {"quads": report["quads"], "counts": report["counts"], "documents": len(report["inputs"])}
        return Outcome(folder=graph, **told, skipped=skipped)
    run = Run("add", settings.with_arguments(arguments), new, strict=strict, base=place.stamp())
    done = _carried_out(run, graph, _here(jobs), tell, store=(graph / STORE).is_dir())
    done.skipped = skipped
    read = set(map(str, new))
    done.files = {file: told for file, told in done.files.items() if file in read}
    return done


def _here(jobs: int | None) -> Engine:
    """Reads on the processors of this machine."""
    return lambda reading, tools, make_tools: parts_of(reading.chunks(), tools, make_tools, jobs or default_jobs())


def _on_spark(master: bool | str) -> Engine:
    """Reads on the machines of a cluster."""
    from .spark import parts_on_spark

    def engine(reading: Reading, _: Tools, make_tools: MakeTools) -> Generator[tuple[Chunk, list[Part]]]:
        address = master if isinstance(master, str) else None
        with closing(parts_on_spark(reading.unread(), make_tools, address, reading.wanted)) as chunks:
            for chunk, parts in chunks:
                reading.came(chunk)
                yield chunk, parts

    return engine


def _carried_out(run: Run, output: Path, engine: Engine, tell: Progress, *, store: bool) -> Outcome:
    """Read what a run names, and write the graph of all that is then there."""
    settings = run.settings
    lexicon, mappings = own_rows(settings.additions, lenient=settings.lenient)
    grounder, effort = _grounder(settings.vocabularies, lexicon, mappings, tell)
    tools = Tools.of(lexicon, mappings, grounder)
    place = Place(output)
    with whole_folder(output, REPORT) as work:
        try:
            with closing(place.opened(run)) as database:
                reading = Reading(database, run.files, place.batch, tell, strict=run.strict)
                make_tools = partial(_tools, settings)
                with closing(engine(reading, tools, make_tools)) as chunks:
                    for chunk, parts in chunks:
                        chunk.kept(database, parts)
                tell("assembling", 0, 1)
                settled = settle(database, place.batch)
                errors = [sentence for sentence in settled.errors if sentence in settled.new]
                _require(bool(database.value("SELECT count(*) FROM counting")) and not (errors and run.strict), errors)
                writing = Finish(database, work, tools, mappings)
                finish(writing, settled, settings.command, partial(_left_out, writing, settings))
                tell("assembling", 1, 1)
        except BuildError:
            place.forget()
            raise
        if store:
            tell("loading", 0, 1)
            load_store(work)
            tell("loading", 1, 1)
        place.lay_into(work)
    place.forget()
    finished = writing.finished
    told = account(grounder.vocabularies, finished.ambiguous, effort) if grounder and effort else ""
    return Outcome(
        folder=output,
        quads=finished.quads,
        counts=finished.counts,
        documents=finished.documents,
        files=finished.files,
        errors=errors,
        notes=[sentence for sentence in settled.notes if sentence in settled.new],
        left_out=finished.left_out,
        effort=effort,
        vocabularies=told,
    )


def _require(is_good: bool, errors: Sequence[str]) -> None:
    if not is_good:
        raise BuildError("\n".join(errors) or "no record is left: all were deleted by a later file")


def _left_out(writing: Finish, settings: Settings) -> list[str]:
    """A sentence for each mapping that the graph is without."""
    strangers = writing.strangers(settings.additions)
    left_out = [*writing.mappings.problems, *strangers]
    if strangers and not settings.lenient:
        raise BuildError("\n".join(left_out))
    return left_out


def _tools(settings: Settings) -> Tools:
    """The tools of a worker that cannot inherit them."""
    lexicon, mappings = own_rows(settings.additions, lenient=settings.lenient)
    return Tools.of(lexicon, mappings, _grounder(settings.vocabularies, lexicon, mappings, silent)[0])


def _grounder(
    paths: Sequence[Path], lexicon: Lexicon, mappings: MappingSet, tell: Progress
) -> tuple[VocabularyGrounder | None, Effort | None]:
    """What grounds names in the vocabularies of a user, and the time it took to get ready; nothing without any."""
    if not paths:
        return None, None
    tell("vocabularies", 0, 1)
    began = perf_counter()
    loaded = load_vocabularies(paths, lexicon, mappings)
    tell("vocabularies", 1, 1)
    return VocabularyGrounder(loaded), Effort(perf_counter() - began)


def own_rows(additions: Sequence[Path], *, lenient: bool) -> tuple[Lexicon, MappingSet]:
    """The lexicon and the mappings, with the rows that folders of a user add to them.

    Raises :class:`BuildError` for a folder that adds nothing.
    """
    for folder in additions:
        if not folder.is_dir() or not any(folder.glob("*.tsv")):
            raise BuildError(f"{folder}: is no folder with lexicon rows (drugs.tsv, …) or mappings (*.sssom.tsv)")
    lexicon = load(resource("ontology", "lexicon"), *additions) if additions else default_lexicon()
    return lexicon, load_mappings((a for a in additions if any(a.glob("*.sssom.tsv"))), lenient=lenient)
