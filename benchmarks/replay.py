"""How fast an archived scan is replayed: `xuncha demo`, then `python benchmarks/replay.py demo-output/demo.db --workers 2`.

Every site of the scan is replayed over and over, first with all pages read anew, then with the facts that the first replay left behind.
The time of the starting processes is part of it.
"""

import argparse
import tempfile
import time
from pathlib import Path

from rules.standard import find_standard
from storage.database import open_database
from storage.evidence.index import iterate_kept
from storage.scans import latest_scan
from xuncha.audit.evidence_keeping import evidence_folder
from xuncha.replay.sites import SiteLooks, Source, replay_sites
from xuncha.settings import Settings


def main() -> None:
    """Replay, and print the pages a second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=10)
    arguments = parser.parse_args()
    folder = evidence_folder(Settings(db=arguments.database))
    with open_database(arguments.database) as database, tempfile.TemporaryDirectory() as cache:
        scan = latest_scan(database)
        if scan is None or folder is None:
            raise SystemExit("no scan with evidence")
        kept, standard = list(iterate_kept(database, scan.scan_id)), find_standard(scan.standard_name)
        source = Source(str(folder), arguments.database, standard, facts=str(Path(cache) / "facts"))
        for name, rounds in (("read anew", 1), ("remembered", arguments.rounds)):
            _measure(name, kept * rounds, source, arguments.workers)


def _measure(name: str, kept: list[SiteLooks], source: Source, workers: int) -> None:
    began = time.monotonic()
    pages = sum(replayed.result.pages for replayed in replay_sites(kept, source, processes=workers))
    print(f"{name}: {pages} pages, {pages / (time.monotonic() - began):.0f} a second on {workers} processes")


if __name__ == "__main__":
    main()
