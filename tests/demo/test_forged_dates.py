"""Dates that were forged between two scans are found by both looks of the second one, and their blameless twins are not accused."""

from dataclasses import replace
from pathlib import Path

import pytest

from crawler.net.resolver import parse_mapping
from rules.verdict import EvidenceKind, Verdict
from storage.audits import iterate_verdicts
from storage.database import open_database
from storage.records import StoredAudit
from storage.registry.import_file import import_registry
from xuncha.demo.run import LIMITS, prepare
from xuncha.demo.server import serve
from xuncha.demo.site import Break
from xuncha.demo.world import AS_OF, FIRST_SCAN, World, load_world
from xuncha.scan.command import carry_out, start_scan
from xuncha.settings import Settings

FORGED = next(site for site in load_world().sites if Break.BACKDATED_ENTRIES in site.breaks)
HONEST = replace(FORGED, host="www.honest.gov.cn", code="3699010099", breaks=frozenset())
"""The same site, which published in time what the other dated back."""
NEIGHBOUR = next(site for site in load_world().sites if site.sound)
"""Homepages link to one."""


async def audits(folder: Path, standard: str) -> dict[str, StoredAudit]:
    """Scan the sites on two days, the second time with a second look, and return the audits of the second day by host."""
    world, place = World((FORGED, HONEST, NEIGHBOUR)), str(folder / "demo.db")
    registry = prepare(folder, world)
    with open_database(place) as database:
        import_registry(database, registry)
        async with serve(world, FIRST_SCAN, slowness=0.0) as server:
            settings = Settings(
                db=place, resolve=server.resolve, standard=standard, second_look_after=0.0, browser="off", evidence="none", discover=0
            )
            mappings = [parse_mapping(text) for text in server.resolve]
            for as_of in (FIRST_SCAN, AS_OF):
                server.switch(as_of)
                planned = start_scan(database, as_of=as_of, settings=settings, limits=LIMITS)
                scan = await carry_out(database, planned, settings=settings, limits=LIMITS, mappings=mappings, quiet=True)
        return {audit.host: audit for audit in iterate_verdicts(database, scan.scan_id, evidence=True)}


@pytest.mark.parametrize(("standard", "veto"), [("2018q1-spot-check", False), ("2019-index", True)])
async def test_late_entries_are_confirmed_by_the_second_look(tmp_path: Path, standard: str, veto: bool) -> None:
    found = await audits(tmp_path, standard)
    dates = {host: next(each for each in audit.findings if each.rule == "publish_date_forged") for host, audit in found.items()}
    forged, honest = dates[FORGED.host], dates[HONEST.host]
    assert (forged.verdict, honest.verdict, honest.notice) == (Verdict.FAIL, Verdict.PASS, "")
    assert (found[FORGED.host].verdict is Verdict.FAIL) == veto
    late = [piece for piece in forged.evidence if "很久才出现" in piece.label]
    assert len(late) >= 4 and "再次" in next(piece.excerpt for piece in forged.evidence if piece.kind is EvidenceKind.LOOKS)
