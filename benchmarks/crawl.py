"""What a whole scan costs: `python benchmarks/crawl.py`, or `make bench`.

`xuncha scan` with all its facts, rules and the database, over the sites that the bench beside the checkout makes and nginx serves.
The figures hold everything from the start of the command to its end, the start of Python included.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from rules.standard import DEFAULT_STANDARD

BENCH = Path(__file__).parents[1] / ".." / "shared" / "bench" / "serve.sh"
XUNCHA = Path(sys.executable).with_name("xuncha")
STANDARD = Path(__file__).parents[1] / "rules" / "standards" / f"{DEFAULT_STANDARD}.toml"
TODAY = "2026-06-01"
"""The day the sites are made for."""


class Load(NamedTuple):
    """What is scanned, and how."""

    sites: int
    workers: int
    at_once: int


class Cost(NamedTuple):
    """What it took."""

    pages: int
    seconds: float
    cpu: float
    memory: tuple[float, ...]
    """Peak MiB of every process, the largest first."""


@contextmanager
def served(folder: Path, port: int, sites: int, pages: int, latency: float) -> Iterator[None]:
    """Make the sites and serve them at a port of loopback, each answer after `latency` seconds."""
    environment = {**os.environ, "BENCH_DIR": str(folder), "BENCH_PORT": str(port)}
    if latency:
        environment["BENCH_DELAY"] = str(latency)
    script = ["sh", str(BENCH.resolve())]
    subprocess.run([*script, "make", "--sites", "200", "--alias-to", str(sites), "--pages", str(pages)], env=environment, check=True)
    subprocess.run([*script, "start"], env=environment, check=True)
    try:
        yield
    finally:
        subprocess.run([*script, "stop"], env=environment, check=True)


def measure(folder: Path, port: int, pages: int, load: Load) -> Cost:
    """Scan once and return the cost."""
    hosts = [line.split("\t")[1] for line in (folder / "sites.tsv").read_text().splitlines()[: load.sites]]
    with tempfile.TemporaryDirectory() as working:
        registry, database = Path(working, "sites.csv"), Path(working, "bench.db")
        registry.write_text("url\n" + "".join(f"http://{host}/\n" for host in hosts))
        standard = Path(working, "one-look.toml")
        # A site that fails a veto is visited twice, half a minute apart: without vetoes each site costs one look, as a peer's does.
        standard.write_text(STANDARD.read_text(encoding="utf-8").replace('severity = "veto"', 'severity = "cited"'), encoding="utf-8")
        options = {
            "--standard": standard,
            "--db": database,
            "--sites": registry,
            "--resolve": f"*.gov.cn=127.0.0.1:{port}",
            "--workers": load.workers,
            "--concurrency": load.at_once,
            "--max-pages": pages,
            "--delay": 0,
            "--discover": 0,
            "--as-of": TODAY,
        }
        started = time.monotonic()
        cpu, memory = run_to_end([XUNCHA, "scan", "--quiet", *(text for option in options.items() for text in option)])
        seconds = time.monotonic() - started
        listed = subprocess.run([XUNCHA, "export", "verdicts", "--db", database], check=True, capture_output=True, text=True)
        audits = [json.loads(line) for line in listed.stdout.splitlines()]
    silent = [audit["url"] for audit in audits if audit["reach"] != "ok"]
    if len(audits) != load.sites or silent:
        sys.exit(f"{len(audits)} of {load.sites} sites were audited, and {len(silent)} not opened: nothing to compare")
    return Cost(sum(audit["pages"] for audit in audits), seconds, cpu, memory)


def run_to_end(command: Sequence[object]) -> tuple[float, tuple[float, ...]]:
    """Run a command; return the processor seconds and the peak memory of its processes."""
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
    ended.set()
    watcher.join()
    if process.returncode:
        sys.exit(f"the scan ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, tuple(sorted(peaks.values(), reverse=True))


def tree(pid: int) -> list[int]:
    """Return a process and all its descendants."""
    try:
        children = [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:
        return []
    return [pid, *(each for child in children for each in tree(child))]


def peak_memory(pid: int) -> float:
    """Return the peak of a process's resident MiB; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0)


def report(folder: Path, port: int, pages: int, loads: Sequence[Load], rounds: int) -> None:
    """Measure every load several times and print the median by time."""
    print(f"{'sites':>6}{'workers':>9}{'at once':>9}{'pages':>8}{'seconds':>9}{'pages/s':>9}{'CPU-s/1,000 pages':>19}  peak MiB by process")
    for load in loads:
        cost = sorted((measure(folder, port, pages, load) for _ in range(rounds)), key=lambda each: each.seconds)[rounds // 2]
        memory = " ".join(f"{each:.0f}" for each in cost.memory)
        print(
            f"{load.sites:6}{load.workers:9}{load.at_once:9}{cost.pages:8}{cost.seconds:9.1f}{cost.pages / cost.seconds:9.0f}"
            f"{1000 * cost.cpu / cost.pages:19.2f}  {memory}",
            flush=True,
        )


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sites", type=int, default=200)
    parser.add_argument("--pages", type=int, default=15, help="of one site (default: 15)")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer; needs libnginx-mod-http-lua")
    parser.add_argument("--port", type=int, default=8799)
    parser.add_argument("--rounds", type=int, default=3, help="rounds of which the median counts (default: 3)")
    parser.add_argument("--load", type=int, nargs=2, action="append", metavar=("WORKERS", "AT_ONCE"), help="repeatable")
    arguments = parser.parse_args()
    if not BENCH.exists() or shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") is None:
        print("THE CRAWL IS NOT MEASURED: it needs nginx, and the bench that lies beside the checkout", file=sys.stderr)
        return
    loads = [Load(arguments.sites, *load) for load in arguments.load or [(2, 200), (1, 200), (1, 10)]]
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), arguments.port, arguments.sites, arguments.pages, arguments.latency):
        report(Path(folder), arguments.port, arguments.pages, loads, arguments.rounds)


if __name__ == "__main__":
    main()
