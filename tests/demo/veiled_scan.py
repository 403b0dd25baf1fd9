"""Scans of the world through veils, and whom they accuse of what was not planted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec

from crawler.limits import GatherSettings
from crawler.net.resolver import parse_mapping
from rules.verdict import Verdict
from storage.audits import iterate_verdicts
from storage.database import Database, open_database
from storage.records import Scan
from storage.registry.import_file import import_registry
from tests.demo.veils.measures import PAGE_BYTES, PAGE_SECONDS, UNKNOWN
from tests.demo.veils.veil import Hung, Veil
from xuncha.demo.run import LIMITS, prepare
from xuncha.demo.server import serve
from xuncha.demo.site import Site
from xuncha.demo.world import AS_OF, World, load_world
from xuncha.scan.command import carry_out, start_scan
from xuncha.settings import Settings

BETWEEN = timedelta(days=3)
_FIRST, _SECOND = "江河湖海山川林泉云雪松柏梅竹兰桂青白丹朱玄黄紫翠", "阳阴州城原陵溪峰岭台桥亭浦津滨洲塘湾岗坪坡沟集屯"
"""Of which names of places are made."""
TIGHT = msgspec.structs.replace(LIMITS, page_timeout=PAGE_SECONDS, max_page_bytes=PAGE_BYTES)
"""So that what is too slow or too large is so within a test's patience."""


class Accusation(NamedTuple):
    """A failed rule that was not planted, and what is said for it."""

    day: str
    host: str
    rule: str
    problem: str
    excerpts: tuple[str, ...]
    habit: str
    """Of the site's veil."""


def some_sites(faulty: int) -> World:
    """Return a sound site of every style, and some with a fault."""
    styles = {site.style: site for site in load_world().sites if site.sound}
    planted = [site for site in load_world().sites if site.planted and site.registered]
    return World((*styles.values(), *planted[:: len(planted) // faulty][:faulty]))


def sites_for_each(habits: Sequence[str], copies: int) -> tuple[World, dict[str, str]]:
    """Return a world with so many sound sites, of other names each, for every habit, and which habit the site of a host has."""
    sound = list(some_sites(faulty=1).sites[:-1])
    sites, of_hosts = [], {}
    for number, habit in enumerate(habit for habit in habits for _ in range(copies)):
        site = _namesake(sound[number % len(sound)], number)
        sites.append(site)
        of_hosts[site.host] = habit
    return World(tuple(sites)), of_hosts


def _namesake(site: Site, number: int) -> Site:
    """Return a site like another, of an office in another place."""
    stem, other = site.place[:2], _FIRST[number // len(_SECOND) % len(_FIRST)] + _SECOND[number % len(_SECOND)]
    return replace(
        site,
        host=f"n{number}.{site.host.removeprefix('www.')}",
        place=site.place.replace(stem, other),
        name=site.name.replace(stem, other),
        sponsor=site.sponsor.replace(stem, other),
        code=f"{site.code[:6]}{number:04d}" if site.code else None,
        links=(),
    )


async def accused(world: World, veils: Sequence[Veil], folder: Path, limits: GatherSettings = TIGHT) -> list[Accusation]:
    """Scan a world through one veil after another, some days apart, without a browser; return what its sites are wrongly accused of."""
    place = str(folder / "demo.db")
    found: list[Accusation] = []
    registry = prepare(folder, world)
    with open_database(place) as database:
        import_registry(database, registry)
        for number, veil in enumerate(veils, 1):
            as_of = AS_OF - (len(veils) - number) * BETWEEN
            async with serve(world, as_of, slowness=0.0, veil=Hung(veil, world, as_of)) as server:
                names = (f"{UNKNOWN}*=name.invalid:80", *server.resolve)
                settings = Settings(db=place, resolve=names, second_look_after=0.0, browser="off", evidence="none")
                mappings = [parse_mapping(text) for text in names]
                planned = start_scan(database, as_of=as_of, settings=settings, limits=limits)
                scan = await carry_out(database, planned, settings=settings, limits=limits, mappings=mappings, quiet=True)
            found += _accusations(world, veil, database, scan)
    return found


def _accusations(world: World, veil: Veil, database: Database, scan: Scan) -> Iterator[Accusation]:
    for audit in iterate_verdicts(database, scan.scan_id, evidence=True):
        site = world.site_of(audit.site.row.host)
        for finding in audit.findings:
            if finding.verdict is Verdict.FAIL and (site is None or finding.rule not in site.planted):
                excerpts = tuple(evidence.excerpt for evidence in finding.evidence[:3])
                yield Accusation(
                    f"{scan.as_of:%m-%d}", audit.site.row.host, finding.rule, finding.problem, excerpts, veil.habit(audit.site.row.host)
                )
