"""The program run as a user runs it, against servers on loopback."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.application.prepared import Prepared, prepared
from tests.threads import in_thread
from xuncha.demo.server import DemoServer, serve
from xuncha.demo.world import AS_OF, World, load_world, registry_csv

Run = Callable[..., subprocess.CompletedProcess[str]]
SITES = 14
"""Of the demo world, in the registry of tests that scan."""
UNDISTURBED = ("--max-pages", "8", "--discover", "0")
"""How the scan is made that others are compared with."""
SHARED = Path(__file__).parents[2].parent / "shared"
ENVIRONMENT = {
    **os.environ,
    "LANG": "en_US.UTF-8",
    "LC_ALL": "en_US.UTF-8",
    "COLUMNS": "200",
    "XUNCHA_SECOND_LOOK_AFTER": "0",
    # A browser takes seconds: the tests that are about it ask for it.
    "XUNCHA_BROWSER": "off",
}


@pytest.fixture(scope="session")
def program() -> Iterator[Prepared]:
    """Keep the program in memory for the whole session."""
    with prepared(ENVIRONMENT) as process:
        yield process


@pytest.fixture
def xuncha(tmp_path: Path, program: Prepared) -> Run:
    """Run the command line in an empty folder and return what it printed."""
    return _in_folder(program, tmp_path)


def _in_folder(program: Prepared, folder: Path) -> Run:
    def run(*arguments: object, timeout: float = 200, given: bytes = b"") -> subprocess.CompletedProcess[str]:
        return program.run([*map(str, arguments)], folder, ENVIRONMENT, given, timeout)

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
    with in_thread(serve(load_world(), AS_OF, slowness=0.05)) as server:
        yield Served(load_world(), server)


@pytest.fixture
def registry(tmp_path: Path, served: Served) -> Path:
    """Write a registry of a part of the world."""
    return _write_registry(tmp_path, served)


def _write_registry(folder: Path, served: Served) -> Path:
    lines = registry_csv(served.world).splitlines()[: SITES + 1]
    path = folder / "registry.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, program: Prepared, served: Served) -> dict[str, Any]:
    """Scan the registry once, with `UNDISTURBED` and one process, and return the verdicts: what every other way of scanning must find."""
    folder = tmp_path_factory.mktemp("undisturbed")
    run = _in_folder(program, folder)
    result = run("scan", "--sites", _write_registry(folder, served).name, *served.options, *UNDISTURBED)
    assert result.returncode == 0, result.stderr
    return verdicts(run, "xuncha.db")


def verdicts(xuncha: Run, database: str) -> dict[str, Any]:
    """Return the verdicts of the latest scan by host, without what differs from run to run."""
    result = xuncha("export", "verdicts", "--db", database)
    assert result.returncode == 0, result.stderr
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    return {row["host"]: (row["reach"], row["verdict"], row["rules"], row["pages"]) for row in rows}
