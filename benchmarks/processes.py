"""What a command costs: its processor time and the memory of all its processes, whoever started them."""

import ctypes
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_PR_SET_CHILD_SUBREAPER = 36


class Cost(NamedTuple):
    """What a command took."""

    seconds: float
    cpu: float
    """Seconds of processor, user and system, of all its processes."""
    memory: tuple[float, ...]
    """Peak MiB of every process, the largest first; memory that processes share counts in each."""


def cost_of(command: Sequence[object]) -> Cost:
    """Run a command to its end. Ends this program where the command fails."""
    adopt_orphans(True)
    started = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    peaks: dict[int, float] = {}
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.05):
            peaks.update({pid: peak for pid in tree(process.pid) if (peak := peak_memory(pid))})

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - started
    ended.set()
    watcher.join()
    if process.returncode:
        sys.exit(f"{command[0]} ended with {process.returncode}")
    cpu = used.ru_utime + used.ru_stime + orphans()
    adopt_orphans(False)
    return Cost(seconds, cpu, tuple(sorted(peaks.values(), reverse=True)))


def adopt_orphans(adopt: bool) -> None:
    """Have processes that outlive their parent come to us, so that their time is counted as well; or no longer."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, int(adopt), 0, 0, 0)


def orphans() -> float:
    """Wait for the processes that a command left behind, and return their processor seconds."""
    cpu = 0.0
    while True:
        try:
            _, _, used = os.wait4(-1, 0)
        except ChildProcessError:
            return cpu
        cpu += used.ru_utime + used.ru_stime


def tree(pid: int) -> list[int]:
    """Return a process and all its descendants."""
    return [pid, *(each for child in children(pid) for each in tree(child))]


def children(pid: int) -> list[int]:
    """Return the children of a process; none where it has ended."""
    try:
        return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:
        return []


def peak_memory(pid: int) -> float:
    """Return the peak of a process's resident MiB; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0)
