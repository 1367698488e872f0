"""What a terminal shows while a command runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from rich.progress import Task

#: The picture is made anew at most so often, in seconds.
_PACE: Final = 0.1


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Progress bars on a terminal, silence elsewhere: how many, how fast, how much is left.

    Nothing is drawn by a thread of its own, so that worker processes can be forked.
    """
    from ..build import silent

    if quiet or not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.text import Text

    class Far(ProgressColumn):
        """How many of how many, or how many a second where the number is an estimate."""

        def render(self, task: Task) -> Text:
            return Text(far(int(task.completed), task.total, task.finished_speed or task.speed, task.description))

    columns = (
        TextColumn("{task.description:>12}"),
        BarColumn(),
        Far(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        tasks: dict[str, Any] = {}
        drawn = 0.0

        def tell(step: str, done: int, total: int) -> None:
            nonlocal drawn
            if step not in tasks:
                for task in tasks.values():  # a step begins when the one before it is over
                    bar.update(task, completed=bar.tasks[task].total or bar.tasks[task].completed)
                tasks[step] = bar.add_task(step, total=total or None)
            bar.update(tasks[step], completed=done, total=total or None)
            if done == total or perf_counter() - drawn > _PACE:
                drawn = perf_counter()
                bar.refresh()

        yield tell


def far(done: int, total: float | None, speed: float | None, step: str) -> str:
    """How far a step is; the number of records in files is an estimate, so it is told in percent.

    >>> far(1200, 4800.0, 310.4, "reading"), far(0, 1.0, None, "loading"), far(64, None, None, "reading")
    ('1,200 records, 310/s, 25 %', '0/1', '64 records')
    """
    if step != "reading":
        return f"{done}/{int(total or 1)}"
    share = f", {100 * done / total:.0f} %" if total else ""
    return f"{done:,} records" + (f", {speed:,.0f}/s" if speed else "") + share
