"""A process of our own at the other end of a line: started when needed, killed when overdue."""

import asyncio
import socket
import subprocess
import sys
from collections.abc import Sequence
from typing import NamedTuple

from crawler.processes.framing import LENGTH_BYTES, framed

_START_SECONDS = 60.0


class Child(NamedTuple):
    """A process that runs, and the line to it."""

    process: "subprocess.Popen[bytes]"
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, message: bytes) -> None:
        """Send one message. Raises ConnectionError when the process has gone."""
        self.writer.write(framed(message))
        await self.writer.drain()

    async def receive(self) -> bytes:
        """Wait for one message. Raises IncompleteReadError or ConnectionError when the process has gone."""
        length = await self.reader.readexactly(LENGTH_BYTES)
        return await self.reader.readexactly(int.from_bytes(length, "big"))

    def kill(self) -> None:
        """End the process without waiting for it."""
        self.process.kill()
        self.writer.transport.abort()
        # Somebody must take note of the death, which can take a moment where much memory is to be given back.
        asyncio.get_running_loop().run_in_executor(None, self.process.wait)


async def start_child(module: str, *arguments: str) -> Child:
    """Start a module of ours as a process, and wait for its first message, which says that it is ready.

    Raises TimeoutError after a minute, IncompleteReadError or ConnectionError when it died before.
    """
    ours, theirs = socket.socketpair()
    with theirs:
        process = _spawn(theirs, module, arguments)
    reader, writer = await asyncio.open_connection(sock=ours)
    child = Child(process, reader, writer)
    try:
        async with asyncio.timeout(_START_SECONDS):
            await child.receive()
    except BaseException:
        child.kill()
        raise
    return child


def _spawn(line: socket.socket, module: str, arguments: Sequence[str]) -> "subprocess.Popen[bytes]":
    # -P: a folder in the working directory that is called like one of ours must not be imported.
    command = (sys.executable, "-P", "-m", module, *arguments)
    return subprocess.Popen(command, stdin=line.fileno(), stdout=line.fileno(), stderr=subprocess.DEVNULL)
