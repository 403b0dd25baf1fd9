"""The processes of a daemon that can be killed: its workers, their browsers, and the processes that drive these."""

from pathlib import Path

from processes import children, tree

_DRIVER = b"crawler.net.browser.process"


def victims(daemon: int) -> dict[str, list[int]]:
    """Return what runs under a daemon by kind: `worker`, `browser` for Chromium and its pages, `driver` for what drives one."""
    found: dict[str, list[int]] = {"worker": [], "browser": [], "driver": []}
    servers = [pid for pid in children(daemon) if b"forkserver" in command_of(pid)]
    for worker in (pid for server in servers for pid in children(server)):
        found["worker"].append(worker)
        for pid in tree(worker)[1:]:
            command = command_of(pid)
            if _DRIVER in command:
                found["driver"].append(pid)
            # The first process of a browser has no type; zygotes and utilities are left to it.
            elif b"--user-data-dir=" in command and (b"--type=" not in command or b"--type=renderer" in command):
                found["browser"].append(pid)
    return found


def command_of(pid: int) -> bytes:
    """Return the command line of a process; nothing where it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def mentioning(path: Path) -> list[int]:
    """Return the processes whose command line names a folder."""
    running = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal())
    return [pid for pid in running if str(path).encode() in command_of(pid)]
