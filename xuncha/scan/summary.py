"""What a finished scan found, in a few lines: sites by verdict and reach, and how often each rule failed."""

from collections import Counter

from rich.console import Console
from rich.table import Table

from rules.rule import discover
from rules.verdict import Severity, Verdict
from storage.audits import iterate_verdicts
from storage.database import Database
from storage.records import Scan, StoredAudit
from xuncha.messages import say

NEEDS_VISITS = "site_unreachable"
"""The veto that a single visit can never settle."""


def print_summary(console: Console, database: Database, scan: Scan) -> None:
    """Print a summary of a scan: a table on a terminal, tab-separated lines in a pipe."""
    verdicts: Counter[str] = Counter()
    rules: dict[str, Counter[Verdict]] = {}
    unvisited = 0
    for audit in iterate_verdicts(database, scan.scan_id):
        if audit.site.registered:
            verdicts[audit.verdict] += 1
            unvisited += _lacks_visits_only(audit)
        for finding in audit.findings:
            rules.setdefault(finding.rule, Counter())[finding.verdict] += 1
    console.print(say("scan_done", scan=scan.scan_id, sites=sum(verdicts.values()), failed=verdicts["fail"], passed=verdicts["pass"],
                      inconclusive=verdicts["inconclusive"]), soft_wrap=True)  # fmt: skip
    if unvisited:
        console.print(say("scan_lacks_visits", count=unvisited), soft_wrap=True)
    if console.is_terminal:
        console.print(_table(rules))
    else:
        for rule, counts in rules.items():
            console.print("\t".join((rule, *(f"{verdict.value}={counts[verdict]}" for verdict in Verdict))), soft_wrap=True)


def _lacks_visits_only(audit: StoredAudit) -> bool:
    """Tell whether nothing keeps a site from a verdict but that nobody has visited it for a week: so it is with most after a first scan."""
    open_vetoes = [
        finding.rule for finding in audit.findings if finding.severity is Severity.VETO and finding.verdict is Verdict.INCONCLUSIVE
    ]
    return audit.verdict is Verdict.INCONCLUSIVE and open_vetoes == [NEEDS_VISITS]


def _table(rules: dict[str, Counter[Verdict]]) -> Table:
    table = Table(box=None)
    table.add_column(say("rule"), overflow="fold")
    for verdict in Verdict:
        table.add_column(say("verdict_" + verdict.value), justify="right")
    for rule, counts in sorted(rules.items(), key=lambda entry: -entry[1][Verdict.FAIL]):
        table.add_row(discover()[rule].document.title, *(str(counts[verdict] or "·") for verdict in Verdict))
    return table
