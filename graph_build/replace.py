"""Write a folder or a file so that it appears, or is replaced, whole or not at all."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedWriter
from pathlib import Path
from typing import Final

from .model import Her2kgError

#: renameat2(2): exchange two paths in one step.
_RENAME_EXCHANGE: Final = 2
_AT_FDCWD: Final = -100


class OutputError(Her2kgError):
    """The output folder cannot be written."""


@contextmanager
def whole_stream(target: Path) -> Iterator[BufferedWriter]:
    """Yield a file beside ``target`` that takes its place when the block ends well.

    Raises :class:`OSError` when the place cannot be written; ``target`` is then what it was.
    """
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)  # a temporary file is private; the result is not
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def whole_file(target: Path, data: bytes) -> Path:
    """Write a file beside ``target`` that then takes its place; returns ``target``.

    Raises :class:`OSError` when the place cannot be written; ``target`` is then what it was.
    """
    with whole_stream(target) as file:
        file.write(data)
    return target


@contextmanager
def whole_folder(target: Path, marker: str) -> Iterator[Path]:
    """Yield an empty folder beside ``target`` that takes its place when the block ends well.

    Killed at any moment, ``target`` is what it was or what it shall be; what a killed
    run left behind is removed by the next.  A folder that is neither empty nor holds
    ``marker`` is not ours and is never replaced.

    Raises :class:`OutputError`, in one sentence, when the place cannot be written.
    """
    target = target.absolute()
    stem = f".{target.name}.her2kg"
    try:
        _recover(target, stem)
        if target.exists() and (not target.is_dir() or (any(target.iterdir()) and not (target / marker).exists())):
            raise OutputError(
                f"{target}: exists and was not written by her2kg build; name another folder with -o, or remove it"
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        for left in target.parent.glob(f"{stem}-*"):
            if not _is_running(left):
                shutil.rmtree(left, ignore_errors=True)
        work = target.parent / f"{stem}-{os.getpid()}"
        work.mkdir()
    except OSError as error:
        raise OutputError(
            f"{target}: cannot be written ({error.strerror or error}); name another folder with -o"
        ) from error
    try:
        yield work
        _swap(work, target, stem)
    except OSError as error:
        raise OutputError(
            f"{target}: writing failed ({error.strerror or error}); the earlier result is untouched"
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def recover(target: Path) -> None:
    """Put an earlier result back that a killed exchange of two renames left aside."""
    _recover(target.absolute(), f".{target.name}.her2kg")


def _recover(target: Path, stem: str) -> None:
    aside = target.parent / f"{stem}.previous"
    if aside.exists():
        if target.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(target)


def _is_running(left: Path) -> bool:
    pid = left.name.rpartition("-")[2]
    if not pid.isdigit() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _swap(work: Path, target: Path, stem: str) -> None:
    if not target.exists():
        work.rename(target)
    elif not _exchange(work, target):  # no such call here: two renames, and recover() between them
        aside = target.parent / f"{stem}.previous"
        shutil.rmtree(aside, ignore_errors=True)
        target.rename(aside)
        work.rename(target)
        shutil.rmtree(aside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step where the system can (Linux)."""
    if sys.platform != "linux":
        return False
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        done = libc.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
        return bool(done == 0)
    return False
