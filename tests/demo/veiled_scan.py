"""A scan of the world through a veil, and whom it accuses of what was not planted."""

from pathlib import Path
from typing import NamedTuple

from crawler.net.resolver import parse_mapping
from rules.verdict import Verdict
from storage.audits import iterate_verdicts
from storage.database import open_database
from storage.registry_import import import_registry
from tests.demo.veils import Veil
from xuncha.demo.performance import LIMITS, prepare
from xuncha.demo.server import serve
from xuncha.demo.world import AS_OF, World
from xuncha.scan.command import carry_out, start_scan
from xuncha.settings import Settings


class Accusation(NamedTuple):
    """A failed rule that was not planted, and what is said for it."""

    host: str
    rule: str
    problem: str
    excerpts: tuple[str, ...]


async def accused(world: World, veil: Veil, folder: Path) -> list[Accusation]:
    """Scan a world through a veil, without a browser, and return what its sites are wrongly accused of."""
    place = str(folder / "demo.db")
    with open_database(place) as database:
        import_registry(database, prepare(folder, world))
        async with serve(world, AS_OF, slowness=0.0, veil=veil) as server:
            settings = Settings(db=place, resolve=server.resolve, second_look_after=0.0, browser="off", evidence="none")
            mappings = [parse_mapping(text) for text in server.resolve]
            planned = start_scan(database, as_of=AS_OF, settings=settings, limits=LIMITS)
            scan = await carry_out(database, planned, settings=settings, limits=LIMITS, mappings=mappings, quiet=True)
        return [
            Accusation(audit.site.row.host, finding.rule, finding.problem, tuple(evidence.excerpt for evidence in finding.evidence[:3]))
            for audit in iterate_verdicts(database, scan.scan_id, evidence=True)
            for finding in audit.findings
            if finding.verdict is Verdict.FAIL and not _is_planted(world, audit.site.row.host, finding.rule)
        ]


def _is_planted(world: World, host: str, rule: str) -> bool:
    site = world.site_of(host)
    return site is not None and rule in site.planted
