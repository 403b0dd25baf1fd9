"""The sites that the bench beside the checkout makes, served by nginx on loopback."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

SCRIPT = (Path(__file__).parents[1] / ".." / "shared" / "bench" / "serve.sh").resolve()
TODAY = "2026-06-01"
"""The day the sites are made for."""

_DISTINCT = 200
"""Sites beyond these have a host of their own and share the pages of one of these."""

_PAGES = 60
"""Of a site. More than are read: where all that a site links to exists, all pages that are read are real ones."""


class Served(NamedTuple):
    """Sites that are being served."""

    folder: Path
    port: int

    def hosts(self, count: int) -> list[str]:
        """Return the host names of the first sites: for a client that can be told where names lead."""
        return [self._column(line, 1) for line in self._lines(count)]

    def addresses(self, count: int) -> list[str]:
        """Return the homepages of the first sites by address, one of loopback each: for a client that looks names up itself."""
        return [f"http://{self._column(line, 2)}:{self.port}/" for line in self._lines(count)]

    def _lines(self, count: int) -> list[str]:
        return (self.folder / "sites.tsv").read_text().splitlines()[:count]

    @staticmethod
    def _column(line: str, number: int) -> str:
        return line.split("\t")[number]


def missing() -> str:
    """Return what is missing to serve the sites; empty where nothing is."""
    if not SCRIPT.exists():
        return "the bench that lies beside the checkout"
    if shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") is None:
        return "nginx (Debian: nginx-light)"
    return ""


@contextmanager
def served_sites(sites: int, port: int, latency: float = 0.0) -> Iterator[Served]:
    """Make the sites and serve them, each answer after `latency` seconds (Debian: libnginx-mod-http-lua)."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "BENCH_DIR": folder, "BENCH_PORT": str(port)}
        if latency:
            environment["BENCH_DELAY"] = str(latency)
        make = ["make", "--sites", str(_DISTINCT), "--alias-to", str(sites), "--pages", str(_PAGES)]
        subprocess.run(["sh", str(SCRIPT), *make], env=environment, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["sh", str(SCRIPT), "start"], env=environment, check=True, stdout=subprocess.DEVNULL)
        try:
            yield Served(Path(folder), port)
        finally:
            subprocess.run(["sh", str(SCRIPT), "stop"], env=environment, check=True)
