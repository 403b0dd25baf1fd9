"""The process that shows pages: a browser, and the line to the crawler, which fetches all that its pages ask for.

Whatever a page does happens here and in the browser below: both can be killed. Started by `crawler.net.browser.pool`, with the browser's
program and a folder for temporary files as its arguments.
"""

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import sys

import msgspec
from playwright.async_api import Browser, Playwright, async_playwright

from crawler.net.browser.messages import Answered, Asked, RenderTask, Shown
from crawler.net.browser.stage import Stage
from crawler.processes.framing import LENGTH_BYTES, framed

_OPTIONS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Beside the proxy, behind which nobody listens: no name is looked up, no packet goes past it.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--js-flags=--max-old-space-size=512",
)
_decoder = msgspec.msgpack.Decoder(RenderTask | Answered)


class Line:
    """The line to the crawler, as this process has it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._waiting: dict[int, asyncio.Future[Answered]] = {}

    async def tell(self, message: Asked | Shown) -> None:
        """Send a message."""
        self._writer.write(framed(msgspec.msgpack.encode(message)))
        await self._writer.drain()

    def ready(self) -> None:
        """Say that pages can come."""
        self._writer.write(framed(b""))

    async def ask(self, asked: Asked) -> Answered:
        """Ask for something and wait for the answer."""
        future: asyncio.Future[Answered] = asyncio.get_running_loop().create_future()
        self._waiting[asked.number] = future
        await self.tell(asked)
        return await future

    async def task(self) -> RenderTask:
        """Return the next page to be shown; what comes before it are answers. Raises IncompleteReadError when the crawler has gone."""
        while True:
            length = int.from_bytes(await self._reader.readexactly(LENGTH_BYTES), "big")
            message = _decoder.decode(await self._reader.readexactly(length))
            if isinstance(message, RenderTask):
                return message
            future = self._waiting.pop(message.number, None)
            if future is not None and not future.done():
                future.set_result(message)

    def forget(self) -> None:
        """Wait no longer for the answers that the last page asked for."""
        for future in self._waiting.values():
            future.cancel()
        self._waiting.clear()


async def launch(playwright: Playwright, program: str, dead_port: int) -> Browser:
    """Start a browser that reaches nothing by itself: its only way out is a proxy that is not there."""
    return await playwright.chromium.launch(
        executable_path=program,
        args=list(_OPTIONS),
        # Chromium's sandbox works for every user but root.
        chromium_sandbox=os.geteuid() != 0,
        proxy={"server": f"http://127.0.0.1:{dead_port}"},
        handle_sigint=False,
        handle_sigterm=False,
        handle_sighup=False,
    )


async def serve(line_end: socket.socket, program: str) -> None:
    """Show one page after the other until the crawler has gone."""
    line = Line(*await asyncio.open_connection(sock=line_end))
    with socket.socket() as dead:
        # Bound and never listening: the kernel refuses connections, and nobody else gets the port meanwhile.
        dead.bind(("127.0.0.1", 0))
        async with async_playwright() as playwright:
            browser = await launch(playwright, program, dead.getsockname()[1])
            line.ready()
            following = asyncio.ensure_future(line.task())
            while True:
                task = await following
                following = asyncio.ensure_future(line.task())
                showing = asyncio.ensure_future(Stage(task, line.ask).show(browser))
                await asyncio.wait({showing, following}, return_when=asyncio.FIRST_COMPLETED)
                if not showing.done():
                    await following  # the crawler has gone: this says so
                await line.tell(await showing)
                line.forget()


def main() -> None:
    """Serve on standard input and output, which are one socket."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to every process of the terminal; the crawler decides when to stop
    line_end = socket.socket(fileno=os.dup(sys.stdin.fileno()))
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing that prints can get between the messages
    program, folder = sys.argv[1:]
    os.environ["TMPDIR"] = folder
    try:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            asyncio.run(serve(line_end, program))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
