"""The summary of a night in a few lines: how many sites, what is new since the last scan, what is gone, what could not be seen again."""

from dataclasses import dataclass

from crawler.china_time import china_day
from reports.inert import plain
from rules.rule import discover
from rules.verdict import Verdict
from storage.database import Database
from storage.records import Scan
from storage.scans import finished_scan_before
from xuncha.messages import say
from xuncha.replay.command import stored_findings
from xuncha.replay.difference import ChangeKind, Difference, JudgedSite, difference

MOST_NAMED = 10
"""Sites named in one list: a message is read on a telephone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A night's summary: a headline, and lines of plain text."""

    headline: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return headline and lines as plain text."""
        return "\n".join((self.headline, "", *self.lines))


def summary_of(database: Database, scan: Scan) -> Summary:
    """Return the summary of a finished scan against the finished one before it, if there is one. Raises StorageError."""
    sites = list(stored_findings(database, scan))
    failed = sum(_fails(site) for site in sites)
    headline = say("summary_headline", day=china_day(scan.as_of), sites=len(sites), failed=failed)
    before = finished_scan_before(database, scan.scan_id)
    if before is None:
        return Summary(headline=headline, lines=(say("summary_first"),))
    found = difference(stored_findings(database, before), sites)
    counts = {kind.value: found.count(kind) for kind in (ChangeKind.NEW, ChangeKind.GONE, ChangeKind.OPEN)}
    lines = [say("summary_changes", scan=before.scan_id, **counts)]
    lines += _list(say("summary_broke"), _moved(found, after=Verdict.FAIL))
    lines += _list(say("summary_recovered"), _moved(found, before=Verdict.FAIL, after=Verdict.PASS))
    lines += _list(say("summary_open"), _moved(found, before=Verdict.FAIL, after=Verdict.INCONCLUSIVE))
    lines += _list(say("summary_new"), _named(found, ChangeKind.NEW))
    return Summary(headline=headline, lines=tuple(lines))


def _fails(site: JudgedSite) -> bool:
    return any(finding.verdict is Verdict.FAIL for finding in site.findings)


def _moved(found: Difference, *, before: Verdict | None = None, after: Verdict) -> list[str]:
    """Return the sites that have come to a verdict, from another one or from any."""
    moved = (change for change in found.verdicts if change.after is after and before in (None, change.before))
    return [_name(change.site.row.name, change.site.row.url) for change in moved]


def _named(found: Difference, kind: ChangeKind) -> list[str]:
    rules = discover()
    return [
        f"{_name(change.site.row.name, change.site.row.url)} {rules[change.rule].document.title if change.rule in rules else change.rule}"
        for change in found.changes
        if change.kind is kind
    ]


def _name(name: str, url: str) -> str:
    return plain(f"{name} {url}".strip())


def _list(heading: str, entries: list[str]) -> list[str]:
    if not entries:
        return []
    more = [say("summary_more", count=len(entries) - MOST_NAMED)] if len(entries) > MOST_NAMED else []
    return ["", f"{heading} ({len(entries)})", *(f"- {entry}" for entry in entries[:MOST_NAMED]), *more]
