"""What a whole scan costs, beside Scrapy and by size: `python benchmarks/crawl.py`, or `make bench`.

`xuncha scan` with all its facts, rules, evidence and the database, over sites served on loopback. The figures hold everything from the
start of a command to its end, the start of Python included. What is compared is run in turns, so that a busy machine slows all alike.

    peer      with Scrapy reading the same sites (`benchmarks/peer`), with one process, with ten sites at once; the start of the program
    growth    per site at 100, 1,000 and 5,000 sites
    latency   5,000 sites at once, each answer after 80 ms and at once
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.processes import Cost, cost_of
from benchmarks.served_sites import TODAY, Served, missing, served_sites
from rules.standard import DEFAULT_STANDARD

ROOT = Path(__file__).parents[1]
XUNCHA = Path(sys.executable).with_name("xuncha")
SCRAPY = ROOT / ".venv-peer" / "bin" / "scrapy"
STANDARD = ROOT / "rules" / "standards" / f"{DEFAULT_STANDARD}.toml"
_NEXT = "the night after, nothing changed"
_PROCESSES_SHOWN = 5
HEAD = f"{'':44}{'pages':>8}{'seconds':>9}{'pages/s':>9}{'CPU-s/1,000 pages':>19}  peak MiB by process"


class Run(NamedTuple):
    """One scan, or one crawl of the peer."""

    pages: int
    cost: Cost

    @property
    def rate(self) -> float:
        """Return the pages per second."""
        return self.pages / self.cost.seconds

    @property
    def cpu(self) -> float:
        """Return the processor seconds per 1,000 pages."""
        return 1000 * self.cost.cpu / self.pages

    def line(self, name: str) -> str:
        """Return the run as a line of the table."""
        memory = " ".join(f"{each:.0f}" for each in self.cost.memory[:_PROCESSES_SHOWN])
        if (more := len(self.cost.memory) - _PROCESSES_SHOWN) > 0:
            memory += f" and {more} more"
        return f"{name:44}{self.pages:8,}{self.cost.seconds:9.1f}{self.rate:9.0f}{self.cpu:19.2f}  {memory}"


class Load(NamedTuple):
    """What is scanned, and how."""

    sites: int
    workers: int
    at_once: int
    pages: int
    rendered: bool = False
    """With a browser: each of the sites lacks something, so that the homepage of each is rendered. The peer runs no scripts either."""

    @property
    def name(self) -> str:
        """Return how the load is called in tables."""
        return f"xuncha, {self.workers} process{'es' * (self.workers > 1)}, {self.at_once:,} at once{', rendered' * self.rendered}"


def scan(served: Served, load: Load) -> Run:
    """Scan once, everything read for the first time."""
    return nights(served, load, 1)[0]


def nights(served: Served, load: Load, number: int) -> list[Run]:
    """Scan night after night sites that do not change."""
    with tempfile.TemporaryDirectory() as working:
        registry, database = Path(working, "sites.csv"), Path(working, "bench.db")
        registry.write_text("url\n" + "".join(f"http://{host}/\n" for host in served.hosts(load.sites)))
        standard = Path(working, "one-look.toml")
        # What fails a site is looked at twice, half a minute apart: where rules only give notice, each site costs one look, as with a peer.
        text = STANDARD.read_text(encoding="utf-8")
        standard.write_text(re.sub(r'severity = "(?:veto|cited)"', 'severity = "notice"', text), encoding="utf-8")
        options = {
            "--standard": standard,
            "--db": database,
            "--sites": registry,
            "--resolve": f"*.gov.cn=127.0.0.1:{served.port}",
            "--workers": load.workers,
            "--concurrency": load.at_once,
            "--max-pages": load.pages,
            "--delay": 0,
            "--discover": 0,
            "--browser": "auto" if load.rendered else "off",
        }
        command = [XUNCHA, "scan", "--quiet", *(text for option in options.items() for text in option)]
        days = [date.fromisoformat(TODAY) + timedelta(days=night) for night in range(number)]
        return [_night([*command, "--as-of", str(day)], load, database) for day in days]


def _night(command: Sequence[object], load: Load, database: Path) -> Run:
    cost = cost_of(command)
    listed = subprocess.run([XUNCHA, "export", "verdicts", "--db", database], check=True, capture_output=True, text=True)
    audits = [json.loads(line) for line in listed.stdout.splitlines()]
    silent = [audit["url"] for audit in audits if audit["reach"] != "ok"]
    if len(audits) != load.sites or silent:
        sys.exit(f"{len(audits)} of {load.sites} sites were audited, and {len(silent)} not opened: nothing to compare")
    return Run(sum(audit["pages"] for audit in audits), cost)


def peer_crawl(served: Served, sites: int, pages: int) -> Run:
    """Have Scrapy read the same sites once."""
    with tempfile.TemporaryDirectory() as working:
        homes, items = Path(working, "sites.txt"), Path(working, "items.jsonl")
        homes.write_text("\n".join(served.addresses(sites)))
        spider = ["runspider", "-s", "LOG_LEVEL=ERROR", ROOT / "benchmarks" / "peer" / "spider.py"]
        cost = cost_of([SCRAPY, *spider, "-a", f"sites={homes}", "-a", f"pages={pages}", "-O", items])
        return Run(len(items.read_text(encoding="utf-8").splitlines()), cost)


def middle(runs: Sequence[Run]) -> Run:
    """Return the run of median processor time."""
    return sorted(runs, key=lambda run: run.cpu)[len(runs) // 2]


def beside_the_peer(port: int, sites: int, pages: int, rounds: int) -> None:
    """Print what a scan costs beside Scrapy, with one process, and with few sites at once."""
    two, one, few = Load(sites, 2, sites, pages), Load(sites, 1, sites, pages), Load(sites, 1, 10, pages)
    rendered = two._replace(rendered=True)
    runs: dict[str, list[Run]] = {}
    with served_sites(sites, port) as served:
        for _ in range(rounds):
            first, second = nights(served, two, 2)
            runs.setdefault(two.name, []).append(first)
            runs.setdefault(_NEXT, []).append(second)
            for load in (one, few, rendered):
                runs.setdefault(load.name, []).append(scan(served, load))
            if SCRAPY.exists():
                runs.setdefault("Scrapy", []).append(peer_crawl(served, sites, pages))
    middles = {name: middle(each) for name, each in runs.items()}
    print(HEAD, *(run.line(name) for name, run in middles.items()), sep="\n")
    print(f"two processes: {middles[two.name].rate / middles[one.name].rate:.2f} times the pages/s of one (goal: 1.6)")
    print(f"{sites} sites at once: {middles[one.name].cpu / middles[few.name].cpu:.2f} times the CPU a page of ten (goal: 1.2)")
    if peer := middles.get("Scrapy"):
        print(f"beside Scrapy: {middles[two.name].rate / peer.rate:.1f} times its pages/s (goal: 8)", end=", ")
        print(f"{middles[two.name].cpu / peer.cpu:.2f} times its CPU a page (goal: 0.25)")
    else:
        print("SCRAPY IS NOT MEASURED: `make bench` installs it", file=sys.stderr)


def start_of_the_program(rounds: int) -> None:
    """Print how long `xuncha --help` takes."""
    costs = [cost_of([XUNCHA, "--help"]) for _ in range(max(5, rounds))]
    seconds, cpu = (median(getattr(cost, what) for cost in costs) for what in ("seconds", "cpu"))
    print(f"xuncha --help: {seconds:.2f} s, {cpu:.2f} s of CPU (goal: 0.4 s)")


def growth(port: int, pages: int, rounds: int) -> None:
    """Print the processor time per site at three sizes, what the start takes left out."""
    sizes = (1, 100, 1_000, 5_000)
    with served_sites(max(sizes), port) as served:
        runs = {size: middle([scan(served, Load(size, 2, 200, pages)) for _ in range(rounds)]) for size in sizes}
    start = runs[1].cost.cpu
    print(f"start and one site: {start:.2f} CPU-s\n{'sites':>6}{'pages':>8}{'CPU-s':>9}{'CPU-ms a site, start left out':>31}")
    for size in sizes[1:]:
        print(f"{size:6,}{runs[size].pages:8,}{runs[size].cost.cpu:9.1f}{1000 * (runs[size].cost.cpu - start) / (size - 1):31.1f}")


def latency(port: int, sites: int, pages: int, rounds: int, delay: float) -> None:
    """Print what distance costs: many sites at once, each answer after a while and without."""
    load, runs = Load(sites, 2, sites, pages), {}
    for seconds in (0.0, delay):
        with served_sites(sites, port, seconds) as served:
            time.sleep(1)
            runs[seconds] = middle([scan(served, load) for _ in range(rounds)])
    print(HEAD, *(run.line(f"{load.name}, {1000 * seconds:.0f} ms") for seconds, run in runs.items()), sep="\n")
    near, far = runs.values()
    print(f"with latency: {far.cost.seconds / near.cost.seconds:.2f} times the seconds, {far.cpu / near.cpu:.2f} times the CPU (goal: 1.1)")


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=["peer", "growth", "latency"], default="peer")
    parser.add_argument("--sites", type=int, help="default: 200; for latency 5,000")
    parser.add_argument("--pages", type=int, help="of a site that are read; default: 15, for growth and latency 3")
    parser.add_argument("--delay", type=float, default=0.08, help="seconds before each answer, for latency (default: 0.08)")
    parser.add_argument("--port", type=int, default=8799)
    parser.add_argument("--rounds", type=int, help="of which the median counts; default: 3, for growth and latency 1")
    arguments = parser.parse_args()
    if lacking := missing():
        print(f"THE CRAWL IS NOT MEASURED: it needs {lacking}", file=sys.stderr)
        return
    if arguments.what == "peer":
        beside_the_peer(arguments.port, arguments.sites or 200, arguments.pages or 15, arguments.rounds or 3)
        start_of_the_program(arguments.rounds or 3)
    if arguments.what == "growth":
        growth(arguments.port, arguments.pages or 3, arguments.rounds or 1)
    if arguments.what == "latency":
        latency(arguments.port, arguments.sites or 5_000, arguments.pages or 3, arguments.rounds or 1, arguments.delay)


if __name__ == "__main__":
    main()
