"""The program run as a user runs it, against servers on loopback."""

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from xuncha.demo.server import DemoServer, serve
from xuncha.demo.world import AS_OF, World, load_world

Run = Callable[..., subprocess.CompletedProcess[str]]
SHARED = Path(__file__).parents[2].parent / "shared"
ENVIRONMENT = {**os.environ, "LANG": "en_US.UTF-8", "LC_ALL": "en_US.UTF-8", "COLUMNS": "200", "XUNCHA_SECOND_LOOK_AFTER": "0"}


@pytest.fixture
def xuncha(tmp_path: Path) -> Run:
    """Run the command line in an empty folder and return what it printed."""

    def run(*arguments: object, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "xuncha", *map(str, arguments)]
        return subprocess.run(command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, timeout=timeout, check=False)

    return run


@dataclass
class Served:
    """The demo world as it is served on loopback by a thread."""

    world: World
    server: DemoServer

    @property
    def options(self) -> list[str]:
        """Return the options that point the crawler at the world."""
        mappings = [word for mapping in self.server.resolve for word in ("--resolve", mapping)]
        return [*mappings, "--delay", "0", "--as-of", AS_OF.isoformat()]


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """Serve the demo world for the whole session."""
    loop, ready, done = asyncio.new_event_loop(), threading.Event(), asyncio.Event()
    servers: list[DemoServer] = []

    async def keep() -> None:
        async with serve(load_world(), AS_OF, slowness=0.05) as server:
            servers.append(server)
            ready.set()
            await done.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(keep()), daemon=True)
    thread.start()
    ready.wait(30)
    yield Served(load_world(), servers[0])
    loop.call_soon_threadsafe(done.set)
    thread.join(10)
    loop.close()
