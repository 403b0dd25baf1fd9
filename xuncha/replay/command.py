"""What `xuncha replay` does: find the archive, judge it again, print the lines or what differs."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TextIO

import msgspec

from rules.standard import Standard, find_standard
from storage.audits import iterate_verdicts
from storage.database import Database
from storage.records import Scan
from storage.scans import find_scan
from xuncha.audit.evidence_keeping import evidence_folder
from xuncha.audit.verdict_json import encode_line, verdict_object
from xuncha.errors import UsageFault
from xuncha.messages import say
from xuncha.replay.difference import JudgedSite
from xuncha.replay.whole_scan import ReplayedSite, replay_files, replay_scan
from xuncha.settings import Settings, standard_file

STORED = "stored"
"""What `--against` takes for the findings as the scan stored them."""


class ReplaySource(NamedTuple):
    """What is replayed: a scan of the database, or archive files."""

    scan: Scan | None
    files: tuple[Path, ...]


def source_of(words: Sequence[str], database: Database) -> ReplaySource:
    """Read the arguments: the number of a scan, or files. Raises UsageFault, NotStored."""
    if len(words) == 1 and words[0].isdecimal() and not Path(words[0]).exists():
        return ReplaySource(find_scan(database, int(words[0])), ())
    files = tuple(Path(word) for word in words)
    for file in files:
        if not file.is_file():
            raise UsageFault(say("no_such_archive", name=file))
    return ReplaySource(None, files)


def scan_folder(settings: Settings, scan: Scan) -> Path:
    """Return where a scan's evidence lies: as set now, else as it was set for the scan. Raises UsageFault where none is kept."""
    kept = scan.settings.get("evidence") if settings.evidence is None else settings.evidence
    folder = evidence_folder(msgspec.structs.replace(settings, evidence=kept))
    if folder is None:
        raise UsageFault(say("no_evidence_kept", scan=scan.scan_id))
    return folder


def replay(database: Database, settings: Settings, source: ReplaySource, standard: Standard, *, fresh: bool = False) -> list[ReplayedSite]:
    """Judge the archive again; with `fresh`, every page is read again, whether an earlier replay has read it or not.

    Raises UsageFault where there is none, EvidenceMissing, StorageError."""
    if source.scan is None:
        replayed = replay_files(source.files, standard, processes=settings.workers, remember=not fresh)
    else:
        folder = scan_folder(settings, source.scan)
        replayed = replay_scan(database, settings.db, source.scan, folder, standard, processes=settings.workers, remember=not fresh)
    if not replayed:
        raise UsageFault(say("nothing_archived"))
    return replayed


def standard_of(settings_standard: str | None, source: ReplaySource) -> str:
    """Return the name of the standard to judge by: the one asked for, else that of the scan, else the default one."""
    if settings_standard is not None:
        return settings_standard
    return source.scan.standard_name if source.scan else Settings().standard


def print_lines(replayed: Iterable[ReplayedSite], standard: str, lines: TextIO) -> None:
    """Print one line a registered site, as `export verdicts` does."""
    for each in replayed:
        if each.site.registered:
            row = verdict_object(each.site.row, each.result, each.result.observed_at, standard, evidence=False)
            print(encode_line(row), file=lines)


def judged(replayed: Iterable[ReplayedSite]) -> Iterator[JudgedSite]:
    """Return replayed sites as they are compared."""
    return (JudgedSite(each.site, each.result.findings, each.result.verdict) for each in replayed if each.site.registered)


def stored_findings(database: Database, scan: Scan) -> Iterator[JudgedSite]:
    """Return the sites of a scan with the findings that it stored. Raises StorageError."""
    audits = iterate_verdicts(database, scan.scan_id)
    return (JudgedSite(audit.site, audit.findings, audit.verdict) for audit in audits if audit.site.registered)


def other_side(database: Database, settings: Settings, source: ReplaySource, against: str) -> Iterable[JudgedSite]:
    """Return what a replay is compared with: what the scan stored, or a replay by another standard.

    Raises UsageFault, StandardError, StorageError.
    """
    if against != STORED:
        return judged(replay(database, settings, source, find_standard(standard_file(settings, against))))
    if source.scan is None:
        raise UsageFault(say("stored_needs_scan"))
    return stored_findings(database, source.scan)
