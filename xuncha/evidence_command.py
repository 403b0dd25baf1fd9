"""What `xuncha evidence` does: show what a finding rests on, prove that nothing was changed, let old evidence go."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from crawler.china_time import CHINA
from crawler.facts.encoding.detection import decode
from crawler.snapshot import Screenshot
from reports.inert import plain
from rules.verdict import Evidence, Finding
from storage.audits import find_audit
from storage.database import Database
from storage.errors import EvidenceMissing
from storage.evidence.index import find_kept, kept_of_site
from storage.evidence.manifest import Verified
from storage.evidence.pages import ArchivedPage, find_page
from storage.evidence.reader import Archive, AuditBlock
from storage.evidence.retention import Thinned
from storage.evidence.screenshots import screenshots_of
from storage.findings.problems import find_problem
from storage.records import Site
from storage.registry.sites import find_site
from storage.scans import find_scan
from xuncha.errors import UsageFault
from xuncha.messages import say
from xuncha.quarter.chosen_scan import Tell, scan_within
from xuncha.replay.command import scan_folder
from xuncha.settings import Settings

MEGABYTE = 1_000_000
_SCREENSHOT_ENDINGS = (".jpg", ".jpeg")
_LEAST_WORDS = 4
"""Characters of an excerpt that are worth looking for in the page."""


class NamedFinding(NamedTuple):
    """A finding with the scan and the site it belongs to."""

    scan_id: int
    site: Site
    finding: Finding


def named_finding(database: Database, name: str, scan_id: int | None, tell: Tell) -> NamedFinding:
    """Return the finding of a problem's number, or of `SITE:RULE` in a scan: the newest finished one unless one is given.

    Raises UsageFault, NotStored.
    """
    if name.isdecimal():
        problem = find_problem(database, int(name))
        return NamedFinding(problem.scan_id, problem.site, problem.finding)
    place, _, rule = name.rpartition(":")
    scan = find_scan(database, scan_id) if scan_id is not None else scan_within(database, None, tell)
    site = find_site(database, place) if place else None
    audit = find_audit(database, scan.scan_id, site.site_id) if scan and site else None
    finding = next((each for each in audit.findings if each.rule == rule), None) if audit else None
    if scan is None or site is None or finding is None:
        raise UsageFault(say("no_such_finding", name=name))
    return NamedFinding(scan.scan_id, site, finding)


def show(database: Database, settings: Settings, named: NamedFinding, console: Console, out: Path | None) -> None:
    """Print what a finding rests on and where that is archived; write the first archived page, or screenshot, to `out`.

    Raises EvidenceMissing when a page is asked for and none is archived, UsageFault, StorageError.
    """
    finding, row = named.finding, named.site.row
    for cells in (
        (row.name, row.url),
        (finding.rule, say(f"verdict_{finding.verdict}"), finding.problem or finding.reason),
        (finding.reason, finding.clause),
    ):
        console.print(Text(plain("  ".join(cells))), soft_wrap=True)
    blocks, trouble = _blocks(database, settings, named)
    written = False
    for piece in finding.evidence:
        _print_piece(console, piece)
        page = find_page(blocks, piece.url, piece.sha256) if piece.url else None
        if page is None:
            continue
        _print_place(console, page, piece)
        if out is not None and out.suffix not in _SCREENSHOT_ENDINGS and not written:
            out.write_bytes(page.content)
            written = True
            console.print(say("evidence_written", url=plain(page.url), path=out), soft_wrap=True)
    for screenshot in _screenshots(blocks, finding):
        console.print(say("evidence_screenshot", url=plain(screenshot.url), moment=_moment(screenshot.taken_at)), soft_wrap=True)
        if out is not None and out.suffix in _SCREENSHOT_ENDINGS:
            out.write_bytes(screenshot.image)
            written = True
    if trouble is not None:
        console.print(str(trouble), soft_wrap=True)
    if out is not None and not written:
        raise trouble or EvidenceMissing("no_archived_page")


def _screenshots(blocks: list[AuditBlock], finding: Finding) -> Iterator[Screenshot]:
    named = {piece.url for piece in finding.evidence}
    return (screenshot for block in blocks for screenshot in screenshots_of(block) if screenshot.url in named)


def _blocks(database: Database, settings: Settings, named: NamedFinding) -> tuple[list[AuditBlock], EvidenceMissing | None]:
    """Return what is archived of the site in the scan, or why nothing is to be had: the finding is shown all the same."""
    archive = Archive(scan_folder(settings, find_scan(database, named.scan_id)), partial(find_kept, database))
    kept = kept_of_site(database, named.scan_id, named.site.site_id)
    try:
        blocks = [archive.block(named.site.site_id, each) for each in kept]
    except EvidenceMissing as missing:
        return [], missing
    return blocks, None if blocks else EvidenceMissing("evidence_not_kept", scan=named.scan_id)


def _print_piece(console: Console, piece: Evidence) -> None:
    console.print(Text(plain(f"[{say(f'evidence_{piece.kind}')}] {piece.label}")), style="bold", soft_wrap=True)
    if piece.excerpt:
        console.print(Text(f"    {plain(piece.excerpt)}"), soft_wrap=True)
    if piece.url:
        fetched = _moment(piece.fetched_at) if piece.fetched_at else ""
        console.print(Text(f"    {plain(piece.url)}  {fetched}".rstrip()), soft_wrap=True)


def _print_place(console: Console, page: ArchivedPage, piece: Evidence) -> None:
    line = line_of(page, piece.excerpt)
    where = say("evidence_line", line=line) if line else ""
    console.print(
        Text("    " + say("evidence_archived", sha256=page.sha256, bytes=len(page.content), look=page.look, where=where)), soft_wrap=True
    )


def _moment(at: datetime) -> str:
    """Return an instant as officials read it: China time, to the second, with its zone."""
    return at.astimezone(CHINA).isoformat(" ", "seconds")


def line_of(page: ArchivedPage, excerpt: str) -> int | None:
    """Return the line of the page's source that the longest unbroken part of an excerpt stands in; None where it does not stand so."""
    parts = sorted(re.split(r"\s+|…", excerpt), key=len, reverse=True)
    if not parts or len(parts[0]) < _LEAST_WORDS:
        return None
    text = decode(page.content, page.content_type).text
    position = text.find(parts[0])
    return text.count("\n", 0, position) + 1 if position >= 0 else None


def print_verified(console: Console, state: Verified) -> None:
    """Print what a check of a scan's evidence says, and what is damaged."""
    if not state.sealed:
        console.print(say("evidence_unsealed", scan=state.scan_id), soft_wrap=True)
    elif state.damages:
        console.print(say("evidence_damaged", scan=state.scan_id, count=len(state.damages)), soft_wrap=True)
        for damage in state.damages:
            console.print(Text(f"  {damage.file}\t{say('damage_' + damage.kind)}"), soft_wrap=True)
    else:
        size = round(state.bytes / MEGABYTE, 1)
        console.print(say("evidence_intact", scan=state.scan_id, files=len(state.names), megabytes=size, root=state.root), soft_wrap=True)
    if state.sealed and state.named_by_number:
        console.print(say("evidence_named_by_number"), soft_wrap=True)


def print_strangers(console: Console, names: Iterable[str]) -> None:
    """Print what lies in the folder of the evidence and belongs to no scan."""
    for name in names:
        console.print(Text(f"  {plain(name)}\t{say('damage_stranger')}"), soft_wrap=True)


def print_thinned(console: Console, thinned: Thinned) -> None:
    """Print what was let go of a scan's evidence."""
    before, after = (round(size / MEGABYTE, 1) for size in (thinned.before, thinned.after))
    console.print(
        say("evidence_thinned", scan=thinned.scan_id, before=before, after=after, audits=thinned.audits, kept=thinned.kept), soft_wrap=True
    )
