"""Several files in one, for formats that have more than one."""

from __future__ import annotations

import gzip
import io
import tarfile


def archive(files: dict[str, bytes]) -> bytes:
    """A ``.tar.gz`` that depends on nothing but the files: no date, no owner.

    What zlib makes of them may differ with its version; the files inside do not.
    """
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, data in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return gzip.compress(packed.getvalue(), mtime=0)
