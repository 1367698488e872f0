"""``python -I -S launch.py LIMIT RESULT COMMAND…``: run a command, and write what it took.

A small program between the measuring one and the measured one, because Linux counts to a process the memory that its
parent had when it was begun.  It imports nothing beyond the standard library.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path


def main() -> None:
    """Run, wait, kill after the limit, write."""
    limit, result, command = float(sys.argv[1]), sys.argv[2], sys.argv[3:]
    began = time.perf_counter()
    child = subprocess.Popen(command, stderr=subprocess.STDOUT, start_new_session=True)
    number = 0
    try:
        while not number:
            number, status, usage = os.wait4(child.pid, os.WNOHANG)
            if not number and time.perf_counter() - began > limit:
                os.killpg(child.pid, signal.SIGKILL)
                number, status, usage = os.wait4(child.pid, 0)
            elif not number:
                time.sleep(0.005)
    except BaseException:  # Ctrl-C: nothing goes on behind one's back
        os.killpg(child.pid, signal.SIGKILL)
        raise
    child.returncode = os.waitstatus_to_exitcode(status)
    taken = {
        "seconds": time.perf_counter() - began,
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "memory_mb": usage.ru_maxrss / 1024,
        "code": child.returncode,
    }
    Path(result).write_text(json.dumps(taken), encoding="utf-8")


if __name__ == "__main__":
    main()
