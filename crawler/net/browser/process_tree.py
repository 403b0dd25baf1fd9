"""A process and all that it started, by /proc: how much memory they take, and how they are ended together."""

import contextlib
import os
import signal
from collections import defaultdict
from pathlib import Path

_PROCESSES = Path("/proc")
_OWN_MEMORY = ("RssAnon:", "RssShmem:")
"""What a process does not share with the file of its program."""


def descendants(pid: int) -> list[int]:
    """Return a process and those that it started, and those that these did."""
    children: dict[int, list[int]] = defaultdict(list)
    for entry in _PROCESSES.iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError, ValueError, IndexError):
                # The second field is the program's name, in parentheses, and may hold anything.
                parent = (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1]
                children[int(parent)].append(int(entry.name))
    found = [pid]
    for each in found:
        found.extend(children[each])
    return found


def memory_of(pids: list[int]) -> int:
    """Return the bytes that processes take of memory; those that have ended take none."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError, ValueError, IndexError):
            lines = (_PROCESSES / str(pid) / "status").read_text(encoding="utf-8", errors="replace").splitlines()
            total += sum(int(line.split()[1]) << 10 for line in lines if line.startswith(_OWN_MEMORY))
    return total


def kill_tree(pid: int) -> None:
    """End a process and all that it started, at once."""
    for each in descendants(pid):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(each, signal.SIGKILL)
