"""Planted, found, falsely accused: the demo's findings held against what was planted."""

from collections import Counter
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

from rules.rule import discover
from rules.verdict import Verdict
from storage.audits import iterate_verdicts
from storage.database import Database
from storage.records import Scan
from xuncha.demo.world import World
from xuncha.messages import say


@dataclass(slots=True)
class Comparison:
    """What was planted and what was found, as (host, rule)."""

    planted: set[tuple[str, str]] = field(default_factory=set)
    failed: set[tuple[str, str]] = field(default_factory=set)
    wrongly_decided: set[tuple[str, str]] = field(default_factory=set)
    """Judged pass or fail where nothing could be seen."""
    healthy: int = 0
    healthy_failed: int = 0

    @property
    def missed(self) -> set[tuple[str, str]]:
        """Return what was planted and not found."""
        return self.planted - self.failed

    @property
    def accused(self) -> set[tuple[str, str]]:
        """Return what was found and not planted."""
        return self.failed - self.planted

    @property
    def agrees(self) -> bool:
        """Tell whether everything planted was found and nothing else."""
        return not self.missed and not self.accused and not self.wrongly_decided


def compare(world: World, database: Database, scan: Scan, *, browser: bool) -> Comparison:
    """Hold a finished scan of the world against what was planted; without a browser, nothing may be said of what scripts write."""
    result = Comparison(
        planted={(site.host, rule) for site in world.sites for rule in site.planted if browser or rule not in site.behind_scripts}
    )
    for audit in iterate_verdicts(database, scan.scan_id):
        site = world.site_of(audit.site.row.host)
        if site is None:
            continue
        verdicts = {finding.rule: finding.verdict for finding in audit.findings}
        result.failed |= {(site.host, rule) for rule, verdict in verdicts.items() if verdict is Verdict.FAIL}
        undecidable = site.undecidable if browser else site.undecidable | site.behind_scripts
        result.wrongly_decided |= {
            (site.host, rule) for rule in undecidable if verdicts.get(rule, Verdict.INCONCLUSIVE) is not Verdict.INCONCLUSIVE
        }
        result.healthy += site.sound
        result.healthy_failed += site.sound and Verdict.FAIL in verdicts.values()
    return result


def print_comparison(console: Console, result: Comparison) -> None:
    """Print the table planted / found / falsely accused, a line a rule, and name every difference."""
    planted, found, accused = (
        Counter(rule for _, rule in pairs) for pairs in (result.planted, result.planted & result.failed, result.accused)
    )
    table = Table(box=None)
    table.add_column(say("rule"), overflow="fold")
    for title in ("demo_planted", "demo_found", "demo_accused"):
        table.add_column(say(title), justify="right")
    for rule, named in discover().items():
        style = "" if planted[rule] == found[rule] and not accused[rule] else "bold red"
        table.add_row(f"{rule}  {named.document.title}", str(planted[rule]), str(found[rule]), str(accused[rule]), style=style)
    table.add_row(say("demo_total"), str(planted.total()), str(found.total()), str(accused.total()), style="bold")
    console.print(table)
    for key, pairs in (("demo_missed", result.missed), ("demo_false", result.accused), ("demo_decided", result.wrongly_decided)):
        for host, rule in sorted(pairs):
            console.print(say(key, what=f"{host} {rule}"), style="red", soft_wrap=True)
    console.print(say("demo_healthy", healthy=result.healthy, failed=result.healthy_failed))
