"""Replay of a whole scan, or of archive files: site rules over the archive, then the registry rules over what they saw."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import msgspec

from rules.dossier import SeenSite
from rules.engine import Engine
from rules.standard import Standard
from rules.verdict import Finding
from storage.database import Database
from storage.evidence.index import iterate_kept
from storage.evidence.reader import audits_of_file
from storage.evidence.records import KeptAudit
from storage.records import AuditResult, Scan, Site
from storage.seen_sites import iterate_seen_sites
from xuncha.audit.remembered_reading import facts_file
from xuncha.replay.sites import Replayed, Source, replaced, replay_sites


class ReplayedSite(NamedTuple):
    """A site as the archive and today's rules have it."""

    site: Site
    result: AuditResult
    missed: int
    """Requests that today's program makes and the archive has no answer to."""


def replay_scan(
    database: Database, location: str, scan: Scan, folder: Path, standard: Standard, *, processes: int, remember: bool = True
) -> list[ReplayedSite]:
    """Replay the archived audits of a scan, by site id; with `remember`, without reading pages again that were read before.

    Raises EvidenceMissing, StorageError."""
    source = Source(str(folder), location, standard, facts=str(facts_file(folder)) if remember else None)
    whole = (
        (site_id, blocks) for site_id, blocks in iterate_kept(database, scan.scan_id) if all(block.account is not None for block in blocks)
    )
    replayed = replay_sites(whole, source, processes=processes)
    return _with_registry_rules(replayed, iterate_seen_sites(database, scan.scan_id), Engine(standard))


def replay_files(files: Sequence[Path], standard: Standard, *, processes: int, remember: bool = True) -> list[ReplayedSite]:
    """Replay the audits that archive files hold; the registry is what they name. Raises EvidenceMissing.

    Unchanged pages are looked up in all the files given. Of several scans of a site the latest counts.
    """
    index: dict[tuple[int, int, int], KeptAudit] = {}
    for path in files:
        for scan_id, site_id, kept in audits_of_file(path):
            index[scan_id, site_id, kept.look] = kept
    source = Source("", index, standard, facts=str(facts_file(files[0].parent)) if remember and files else None)
    replayed = list(replay_sites(_latest(index), source, processes=processes))
    return _with_registry_rules(replayed, (each.result.seen for each in replayed), Engine(standard))


def _latest(index: dict[tuple[int, int, int], KeptAudit]) -> Iterator[tuple[int, tuple[KeptAudit, ...]]]:
    ordered = sorted(index, key=lambda place: (place[1], place[0], place[2]))
    for site_id, of_site in groupby(ordered, key=lambda place: place[1]):
        *_, last = (list(of_scan) for _, of_scan in groupby(of_site, key=lambda place: place[0]))
        yield site_id, tuple(index[place] for place in last)


def _with_registry_rules(replayed: Iterable[Replayed], known: Iterable[SeenSite], engine: Engine) -> list[ReplayedSite]:
    """Judge the registry rules as the scan did: over the sites it judged them over, as they are seen now."""
    by_site = {each.job.site.site_id: each for each in replayed}
    seen = tuple(_seen_now(before, by_site[before.site_id].result) if before.site_id in by_site else before for before in known)
    found: dict[int, list[Finding]] = {}
    for site_id, finding in engine.judge_registry(seen):
        found.setdefault(site_id, []).append(finding)
    rules = {finding.rule for of_site in found.values() for finding in of_site}
    sites = []
    for site_id, each in sorted(by_site.items()):
        result = replaced(each.result, found[site_id], rules) if site_id in found else each.result
        sites.append(ReplayedSite(each.job.site, result, each.missed))
    return sites


def _seen_now(before: SeenSite, result: AuditResult) -> SeenSite:
    return msgspec.structs.replace(result.seen, site_id=before.site_id, row=before.row, linked_from=before.linked_from)
