"""What `xuncha scan` does: plan a scan or take up an unfinished one, carry it out, and say what came of it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console

from crawler.limits import GatherSettings
from crawler.net.resolver import NameMapping
from reports.period import Period
from rules.registry import Status
from rules.standard import find_standard
from storage.audits import addresses_that_answered
from storage.database import Database, open_database, open_existing_database
from storage.evidence.manifest import seal
from storage.quarters.samples import iterate_sample_sites
from storage.records import SamplePurpose, Scan, Site
from storage.registry.import_file import import_rows, read_registry
from storage.registry.sites import list_sites
from storage.scans import find_scan, plan_scan, unfinished_scan
from xuncha.audit.evidence_keeping import evidence_place
from xuncha.audit.outage import WITNESSES, answers_to, watched
from xuncha.audit.pool import pool_of
from xuncha.audit.round import open_auditor
from xuncha.errors import UsageFault
from xuncha.import_report import print_import
from xuncha.messages import say
from xuncha.scan.display import shown
from xuncha.scan.run import Progress, run_scan, sample_of
from xuncha.scan.worker_pool import open_pool
from xuncha.scan.workers import WorkerSetup
from xuncha.settings import Settings

SCANNING = "scan"
"""The work on a database that one process at a time may do."""

DUE = "due"
"""Among the settings that a scan remembers: which run of the daemon it belongs to."""


def start_scan(
    database: Database,
    *,
    as_of: datetime,
    settings: Settings,
    limits: GatherSettings,
    only: frozenset[str] | None = None,
    sample: int | None = None,
    seed: int | None = None,
    due: datetime | None = None,
) -> Scan:
    """Plan a scan of the registry, of the sites with the addresses `only`, or of a seeded sample of the running ones among them.

    `due` is the time that a scan of the daemon was due at.

    Raises UsageFault when there is no site to scan, StandardError.
    """
    sites: Iterator[Site] = (site for site in list_sites(database) if only is None or site.row.url in only)
    if sample is not None:
        sites = sample_of((site for site in sites if site.row.status is Status.RUNNING), sample, seed or 0)
    site_ids = [site.site_id for site in sites]
    if not site_ids:
        raise UsageFault(say("registry_empty", database=database.place))
    scan_id = plan_scan(
        database,
        as_of=as_of,
        standard=find_standard(settings.standard).id,
        site_ids=site_ids,
        started_at=datetime.now(UTC),
        settings=_remembered(settings, limits) | ({DUE: due.isoformat()} if due else {}),
        sample_size=sample,
        sample_seed=seed if sample is not None else None,
    )
    return find_scan(database, scan_id)


def _remembered(settings: Settings, limits: GatherSettings) -> dict[str, Any]:
    """Return what a resumed scan must do in the same way."""
    kept = {
        name: getattr(settings, name) for name in ("resolve", "proxy", "user_agent", "discover", "second_look_after", "evidence", "browser")
    }
    of_file = {"standard_file": str(Path(settings.standard).resolve())} if settings.standard.endswith(".toml") else {}
    return kept | of_file | {"limits": msgspec.to_builtins(limits)}


def scan_to_resume(database: Database, settings: Settings) -> tuple[Scan, Settings, GatherSettings]:
    """Return the unfinished scan with the settings it was started with. Raises UsageFault when every scan is finished."""
    scan = unfinished_scan(database)
    if scan is None:
        raise UsageFault(say("nothing_to_resume", database=database.place))
    kept = {name: value for name, value in scan.settings.items() if name not in ("standard_file", DUE)}
    limits = msgspec.convert(kept.pop("limits", {}), GatherSettings)
    kept["resolve"] = tuple(kept.get("resolve", ()))
    if settings.evidence is not None:
        kept.pop("evidence", None)  # the disk may be full: another place is named
    return scan, msgspec.structs.replace(settings, standard=scan.standard_name, **kept), limits


async def carry_out(
    database: Database, scan: Scan, *, settings: Settings, limits: GatherSettings, mappings: list[NameMapping], quiet: bool = False
) -> Scan:
    """Run a planned scan to its end with its progress shown, and return it as it ended, its evidence sealed.

    Where others may scan the same database, `only_one(SCANNING)` is held from before it is planned: else the plan of one that is refused
    would stand there as the newest, and the one that runs could not be resumed.
    """
    place = evidence_place(settings, scan)

    def seal_evidence(scan: Scan) -> None:
        if place is not None:
            seal(database, scan.scan_id, Path(place.folder), datetime.now(UTC))

    known = await asyncio.to_thread(addresses_that_answered, database, scan.scan_id, WITNESSES)
    with shown(Progress(), quiet=quiet) as progress:
        async with open_auditor(settings, limits, mappings, scan.as_of, evidence=place) as auditor:
            discovery = pool_of(settings.concurrency, auditor.for_discovered_sites().audit)
            async with open_pool(auditor, WorkerSetup(settings, limits, mappings, scan.as_of, place)) as pool:
                return await run_scan(
                    database,
                    scan.scan_id,
                    engine=auditor.engine,
                    # Names that are mapped to given places need no network of ours that could be dead.
                    pool=pool if mappings else watched(pool, answers_to(auditor), known),
                    discovery_pool=discovery,
                    discover=settings.discover,
                    second_look_after=settings.second_look_after,
                    progress=progress,
                    before_end=seal_evidence,
                )


@contextmanager
def opened_with(location: str, sites: Path | None, console: Console, *, quiet: bool) -> Iterator[tuple[Database, frozenset[str] | None]]:
    """Open the database of a scan with the addresses that the file of `--sites` names, imported and its bad rows printed; None without.

    A registry file may found a database; without one, a name that leads to none is mistyped. Raises StorageError.
    """
    if sites is None:
        with open_existing_database(location) as database:
            yield database, None
        return
    entries, rejected = read_registry(sites)
    with open_database(location) as database:
        print_import(console, sites, import_rows(database, entries, rejected, datetime.now(UTC)), quiet=quiet)
        yield database, frozenset(entry.row.url for entry in entries)


def drawn_sample(database: Database, quarter: str) -> frozenset[str]:
    """Return the addresses of a quarter's drawn sample. Raises UsageFault when none was drawn, FiguresError for a bad quarter."""
    name = Period.parse(quarter).name
    addresses = frozenset(drawn.site.row.url for drawn in iterate_sample_sites(database, name, SamplePurpose.SPOT_CHECK))
    if not addresses:
        raise UsageFault(say("no_sample_drawn", quarter=name))
    return addresses
