"""The demo: the whole job on the invented world, from the registry to the bulletin, compared with what was planted."""

import asyncio
import shutil
from datetime import datetime
from pathlib import Path

from rich.console import Console

from crawler.limits import GatherSettings
from crawler.net.resolver import parse_mapping
from reports.bulletin.write import write_bulletin
from reports.problem_list import problem_list
from reports.profile import load_profile
from reports.site_report import site_report_name
from rules.engine import Engine
from rules.standard import find_standard
from storage.audits import iterate_verdicts
from storage.database import Database, open_database
from storage.evidence.screenshots import screenshots_of_site
from storage.history import record_knocks
from storage.records import Scan
from storage.registry.import_file import import_registry
from storage.registry.sites import list_sites
from xuncha.audit.browser_choice import AUTO, choose_browser
from xuncha.audit.round import open_auditor
from xuncha.audit.site_page import site_report
from xuncha.demo.comparison import Comparison, compare
from xuncha.demo.knocking import DAYS, VISITS_A_DAY, knock_for_a_week
from xuncha.demo.server import DemoServer, serve
from xuncha.demo.world import AS_OF, FIRST_SCAN, World, load_world, registry_csv
from xuncha.messages import say
from xuncha.quarter.publication import bulletin_figures, listed_problems
from xuncha.scan.command import carry_out, start_scan
from xuncha.settings import Settings

QUARTER = "2018Q1"
EVIDENCE = "demo-evidence"
SLOWNESS = 0.8
"""Seconds that the slow site takes for an answer: slow enough to be told apart, and the demo ends in time."""
LIMITS = GatherSettings(delay=0.0, deadline=60.0, second_try_pause=0.1, homepage_timeout=5.0)
"""The world is our own machine: no politeness is owed, and a second try need not wait for a server to calm down."""


async def run_demo(folder: Path, console: Console, *, quiet: bool, browser: str = AUTO) -> Comparison:
    """Run the demo and leave its database, lists, reports and bulletin in a folder. Raises StorageError, OutputError."""
    world, place = load_world(), str(folder / "demo.db")
    registry = prepare(folder, world)
    with open_database(place) as database:
        import_registry(database, registry)
        async with serve(world, FIRST_SCAN, slowness=SLOWNESS) as server:
            console.print(say("demo_serving", sites=len(world.sites), port=server.port))
            settings = Settings(db=place, resolve=server.resolve, second_look_after=0.0, browser=browser)
            steps = _Steps(database, settings, server, console, quiet)
            await steps.scan(1, FIRST_SCAN)
            server.switch(AS_OF)
            await steps.knocks()
            scan = await steps.scan(2, AS_OF)
        write_results(database, scan, folder, place)
        return compare(world, database, scan, browser=choose_browser(settings).program is not None)


async def serve_by_hand(folder: Path, console: Console) -> None:
    """Serve the world of the second scan until cancelled, with a settings file that points the crawler at it."""
    world = load_world()
    registry = prepare(folder, world)
    async with serve(world, AS_OF, slowness=SLOWNESS) as server:
        mappings = ", ".join(f'"{mapping}"' for mapping in server.resolve)
        settings = folder / "xuncha.toml"
        await asyncio.to_thread(settings.write_text, f"resolve = [{mappings}]\n", encoding="utf-8")
        options = f"--config {settings} --as-of {AS_OF.date()}"
        console.print(say("demo_try"))
        for site in (world.sites[0], next(site for site in world.sites if "homepage_stale" in site.planted)):
            console.print(f"  xuncha audit {site.url} {options}", soft_wrap=True)
        console.print(f"  xuncha scan --db {folder / 'demo.db'} --sites {registry} {options}", soft_wrap=True)
        await asyncio.Event().wait()


def prepare(folder: Path, world: World) -> Path:
    """Make the folder ready, without an earlier demo's database, and return the registry file of the world in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for leftover in folder.glob("demo.db*"):
        leftover.unlink()
    shutil.rmtree(folder / EVIDENCE, ignore_errors=True)
    registry = folder / "registry.csv"
    registry.write_text(registry_csv(world), encoding="utf-8")
    return registry


class _Steps:
    """What the demo does, step by step."""

    def __init__(self, database: Database, settings: Settings, server: DemoServer, console: Console, quiet: bool) -> None:
        self._database, self._settings, self._console, self._quiet = database, settings, console, quiet
        self._mappings = [parse_mapping(text) for text in server.resolve]

    async def scan(self, number: int, as_of: datetime) -> Scan:
        """Scan the whole world as it is."""
        self._console.print(say("demo_epoch", number=number, moment=as_of.isoformat()))
        planned = start_scan(self._database, as_of=as_of, settings=self._settings, limits=LIMITS)
        return await carry_out(self._database, planned, settings=self._settings, limits=LIMITS, mappings=self._mappings, quiet=self._quiet)

    async def knocks(self) -> None:
        """Make the reachability visits of the week before the second scan."""
        sites = list(list_sites(self._database))
        self._console.print(say("demo_knocking", sites=len(sites), visits=DAYS * VISITS_A_DAY))
        async with open_auditor(self._settings, LIMITS, self._mappings, AS_OF) as auditor:
            visits = await knock_for_a_week(sites, fetcher=auditor.fetcher, limits=LIMITS, until=AS_OF)
        record_knocks(self._database, visits)


def write_results(database: Database, scan: Scan, folder: Path, place: str) -> None:
    """Write the problem list, the bulletin, and a report for every site."""
    for form in ("csv", "xlsx"):
        (folder / f"problems.{form}").write_bytes(problem_list(listed_problems(database, scan), form, details=True))
    write_bulletin(bulletin_figures(database, QUARTER, print), load_profile("nation"), folder)
    engine, reports = Engine(find_standard(scan.standard_name)), folder / "sites"
    reports.mkdir(exist_ok=True)
    for audit in iterate_verdicts(database, scan.scan_id, evidence=True):
        if audit.site.registered:
            screenshots = screenshots_of_site(database, folder / EVIDENCE, scan.scan_id, audit.site.site_id)
            page = site_report(audit.site.row, audit, scan.as_of, engine, screenshots)
            (reports / site_report_name(audit.host)).write_text(page, encoding="utf-8")
