"""Worker processes as the server sees them: a few, each with one query at a time, killed when it takes too long."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import suppress
from math import ceil
from pathlib import Path
from typing import Any, Final

from ..model import Her2kgError
from .answering import Reply, Task
from .limits import Limits
from .worker import LENGTHS, packed_task

#: How long a worker may take to start: it imports the engine and opens the store.
_START_SECONDS: Final = 60.0


class Unavailable(Her2kgError):
    """A query could not be answered for want of time, memory or workers."""

    def __init__(self, sentence: str, *, retry: bool = False) -> None:
        super().__init__(sentence)
        self.retry = retry  # whether the same query may well be answered later


class _Worker:
    """A process and the pipes to it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    @classmethod
    async def start(cls, folder: Path, limits: Limits) -> _Worker:
        """A worker that has opened the graph.  It has a session of its own, so Ctrl-C reaches only the server."""
        package = str(Path(__file__).resolve().parents[2])
        paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "graph_build.serve.worker",
            str(folder.resolve()),
            str(limits.answer_bytes),
            str(ceil(limits.seconds)),
            str(limits.memory_megabytes),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            start_new_session=True,
        )
        worker = cls(process)
        try:
            async with asyncio.timeout(_START_SECONDS):
                await worker._received()
        except (TimeoutError, asyncio.IncompleteReadError) as error:
            raise Unavailable("no worker could be started; the server's log says why") from error
        finally:
            if not worker.ready:
                worker.kill()
        return worker

    ready = False

    async def _received(self) -> tuple[dict[str, Any], bytes]:
        stream = self.process.stdout
        assert stream is not None
        size, length = LENGTHS.unpack(await stream.readexactly(LENGTHS.size))
        header: dict[str, Any] = json.loads(await stream.readexactly(size))
        body = await stream.readexactly(length)
        self.ready = True
        return header, body

    async def ask(self, task: Task) -> Reply:
        """The answer; raises :class:`asyncio.IncompleteReadError` or an ``OSError`` when the process ends."""
        assert self.process.stdin is not None
        self.process.stdin.write(packed_task(task))
        await self.process.stdin.drain()
        header, body = await self._received()
        return Reply(header["status"], header["content_type"], body, header["page"])

    def kill(self) -> None:
        """End the process at once."""
        with suppress(ProcessLookupError):
            self.process.kill()


class Pool:
    """A number of workers, started when they are first needed."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder, self.limits = folder, limits
        self._free = asyncio.Semaphore(limits.workers)
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._waiting = 0

    async def ask(self, task: Task) -> Reply:
        """The complete answer to a query; when the caller is cancelled, the query ends with it.

        Raises :class:`Unavailable`.
        """
        await self._wait()
        try:
            worker = await self._worker()
            done = False
            try:
                async with asyncio.timeout(self.limits.seconds):
                    reply = await worker.ask(task)
                done = True
            except TimeoutError as error:
                raise Unavailable(
                    f"the query took longer than {self.limits.seconds:g} seconds and was stopped; ask for less"
                ) from error
            except (asyncio.IncompleteReadError, OSError) as error:
                raise Unavailable(
                    "the query was stopped; it needs too much memory or is nested too deeply for this server"
                ) from error
            finally:
                if done:
                    self._idle.append(worker)
                else:
                    await self._end(worker)
            return reply
        finally:
            self._free.release()

    async def _wait(self) -> None:
        """Wait for one's turn."""
        if self._free.locked() and self._waiting >= self.limits.waiting:
            raise Unavailable(f"{self._waiting} queries are waiting already; try again later", retry=True)
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.patience):
                await self._free.acquire()
        except TimeoutError as error:
            raise Unavailable(
                f"the server was busy for {self.limits.patience:g} seconds; try again later", retry=True
            ) from error
        finally:
            self._waiting -= 1

    async def _worker(self) -> _Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.process.returncode is None:
                return worker
            self._all.discard(worker)
        worker = await _Worker.start(self.folder, self.limits)
        self._all.add(worker)
        return worker

    async def _end(self, worker: _Worker) -> None:
        worker.kill()
        self._all.discard(worker)
        await asyncio.shield(worker.process.wait())

    async def close(self) -> None:
        """End all workers, whatever they are at."""
        workers = list(self._all)
        self.kill()
        await asyncio.gather(*(worker.process.wait() for worker in workers))

    def kill(self) -> None:
        """End all workers from outside of the event loop."""
        for worker in self._all:
            worker.kill()
        self._all.clear()
        self._idle.clear()
