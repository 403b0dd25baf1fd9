"""`python -m xuncha` without the seconds that its imports take: a process that has imported them forks one for each command.

What a command does, prints and ends with is that of a process of its own; only its start is shared.
"""

import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

PACKAGES = ("crawler", "rules", "storage", "reports", "xuncha")
TAKES_LANGUAGE = "xuncha.cli."
"""What fixes the language of the help when it is imported: each command does that for itself."""


class Prepared:
    """A process that forks, and the socket over which it is told for what."""

    def __init__(self, ends: socket.socket) -> None:
        self._ends = ends

    def run(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], given: bytes, timeout: float
    ) -> "subprocess.CompletedProcess[str]":
        """Run a command in a folder and return what it printed. Raises TimeoutExpired, after the command was killed."""
        with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
            stdin.write(given)
            stdin.seek(0)
            order = json.dumps([list(arguments), str(folder), dict(environment)]).encode()
            socket.send_fds(self._ends, [order], [stdin.fileno(), stdout.fileno(), stderr.fileno()])
            process = int(self._ends.recv(32))
            self._ends.settimeout(timeout)
            try:
                status = int(self._ends.recv(32))
            except TimeoutError:
                os.kill(process, signal.SIGKILL)
                self._ends.settimeout(None)
                self._ends.recv(32)
                raise subprocess.TimeoutExpired(list(arguments), timeout) from None
            self._ends.settimeout(None)
            printed = []
            for file in (stdout, stderr):
                file.seek(0)
                printed.append(file.read().decode())
            return subprocess.CompletedProcess(list(arguments), status, *printed)


@contextmanager
def prepared(environment: Mapping[str, str]) -> Iterator[Prepared]:
    """Start the process that forks, and end it."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-m", "tests.application.prepared", str(theirs.fileno())]
    place = Path(__file__).parents[2]
    with ours, subprocess.Popen(command, cwd=place, env=dict(environment), pass_fds=[theirs.fileno()]) as process:
        theirs.close()
        try:
            yield Prepared(ours)
        finally:
            ours.close()
            process.wait(30)


def serve(theirs: socket.socket) -> None:
    """Fork for each order until nobody is left to give one: tell the number of the process, then its exit status."""
    for package in PACKAGES:
        for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            if not module.name.startswith((TAKES_LANGUAGE, "storage.migrations")) and not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    gc.freeze()
    while order := socket.recv_fds(theirs, 1 << 20, 3):
        text, files, *_ = order
        if not text:
            return
        arguments, folder, environment = json.loads(text)
        process = os.fork()
        if process == 0:
            theirs.close()
            become(arguments, folder, environment, files)
        for file in files:
            os.close(file)
        theirs.send(str(process).encode())
        _, status = os.waitpid(process, 0)
        theirs.send(str(os.waitstatus_to_exitcode(status)).encode())


def become(arguments: list[str], folder: str, environment: dict[str, str], files: list[int]) -> NoReturn:
    """Be `python -m xuncha` in this folder, with these standard streams, to the end."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    sys.stdin, sys.stdout, sys.stderr = (open(number, mode, encoding="utf-8", closefd=False) for number, mode in enumerate("rww"))  # noqa: SIM115
    sys.argv[1:] = arguments
    sys.path[0] = folder
    runpy.run_module("xuncha", run_name="__main__", alter_sys=True)
    sys.exit(0)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
