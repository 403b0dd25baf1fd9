"""A readable audit result: a panel and a table on a terminal, plain lines in a pipe. All site text is made inert first."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from reports.inert import plain
from reports.problem_families import family_of
from rules.engine import Engine
from rules.reasons import REACH_REASONS, REACH_SENTENCES
from rules.registry import RegistryRow
from rules.verdict import Evidence, Finding, Severity, Verdict
from storage.records import AuditResult
from xuncha.messages import say

STYLES = {Verdict.PASS: "green", Verdict.FAIL: "bold red", Verdict.INCONCLUSIVE: "yellow", Verdict.NOT_APPLICABLE: "dim"}
SIGNS = {Verdict.PASS: "✓", Verdict.FAIL: "✗", Verdict.INCONCLUSIVE: "?", Verdict.NOT_APPLICABLE: "–"}
ORDER = (Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.PASS, Verdict.NOT_APPLICABLE)
MAX_EVIDENCE = 4
NARROW = 80
"""Columns of a terminal below which what was found stands under what was looked at, not beside it."""


def print_audit(console: Console, row: RegistryRow | None, audit: AuditResult, engine: Engine) -> None:
    """Print one site's audit for a person."""
    findings = sorted(_telling(audit), key=lambda finding: ORDER.index(finding.verdict))
    if console.is_terminal:
        console.print(
            Panel(
                Group(_summary(row, audit), _table(findings, engine, narrow=console.width < NARROW)),
                border_style=STYLES[audit.verdict],
                title=_heading(row, audit),
            )
        )
    else:
        # Not through the console: it would turn the tabs into spaces.
        print(_summary(row, audit).plain)
        for finding in findings:
            print(_line(finding, engine))


def _telling(audit: AuditResult) -> list[Finding]:
    """Return the findings worth a line: where no content was seen, one sentence stands for all rules that needed it."""
    reasons = set(REACH_REASONS.values())
    return [finding for finding in audit.findings if finding.reason_code not in reasons]


def _heading(row: RegistryRow | None, audit: AuditResult) -> Text:
    return Text(plain((row.name if row else "") or audit.title or audit.host))


def _summary(row: RegistryRow | None, audit: AuditResult) -> Text:
    text = Text()
    text.append(f"{SIGNS[audit.verdict]} {say('verdict_' + audit.verdict)}", style=STYLES[audit.verdict])
    text.append(f"　{plain(audit.url)}")
    if row and row.site_code:
        text.append(f"　{row.site_code}", style="dim")
    counts = Counter(finding.verdict for finding in audit.findings)
    text.append("\n" + say("audit_counts", failed=counts[Verdict.FAIL], open=counts[Verdict.INCONCLUSIVE], passed=counts[Verdict.PASS]))
    text.append("\n" + say("audit_effort", pages=audit.pages, requests=audit.requests, seconds=f"{audit.seconds:.1f}"), style="dim")
    if audit.reach_reason:
        detail = REACH_SENTENCES[audit.reach_reason] + "。" if say.language == "zh" else audit.reach_detail
        reach = say("reach_line", reach=say(f"reach_{audit.reach}"), detail=plain(detail))
        text.append("\n" + reach, style="yellow")
    return text


def _table(findings: list[Finding], engine: Engine, *, narrow: bool) -> Table:
    table = Table(box=None, padding=(0, 1), show_header=False)
    # Folded, never cut short: a clause or a remedy of which the end is missing helps nobody.
    table.add_column(width=1)
    table.add_column(ratio=2, overflow="fold")
    if not narrow:
        table.add_column(ratio=5, overflow="fold")
    for (verdict, _), alike in groupby(findings, key=lambda finding: (finding.verdict, _shared_reason(finding))):
        together = list(alike)
        style = STYLES[verdict]
        title = Text(_title(together[0], engine) if len(together) == 1 else say("rules_together", count=len(together)), style=style)
        if verdict is Verdict.FAIL and together[0].severity is Severity.VETO:
            title.append(f"　{say('veto')}", style="bold")
        details = _details(together[0])
        if len(together) > 1:
            details.append("：" + "、".join(_title(finding, engine) for finding in together))
        table.add_row(Text(SIGNS[verdict], style=style), *([title.append("\n").append_text(details)] if narrow else [title, details]))
    return table


def _shared_reason(finding: Finding) -> str:
    """Return what questions that are open for one and the same reason are put together by; all else stands alone."""
    return finding.reason if finding.verdict is Verdict.INCONCLUSIVE and not finding.notice else finding.rule


def _title(finding: Finding, engine: Engine) -> str:
    """Return the name of the fault where there is one, else what was looked at."""
    subject = family_of(finding.rule).subject
    return subject if subject and finding.verdict is not Verdict.FAIL else engine.rules[finding.rule].document.title


def _details(finding: Finding) -> Text:
    text = Text(plain(finding.reason), style="" if finding.verdict is Verdict.FAIL else "dim")
    if finding.notice:
        text.append(f"\n{say('notice')} {plain(finding.notice)}", style="not dim cyan")
    if finding.verdict is not Verdict.FAIL:
        return text
    for line in _seen(finding.evidence[:MAX_EVIDENCE]):
        text.append("\n").append_text(line)
    more = len(finding.evidence) - MAX_EVIDENCE
    if more > 0:
        text.append("\n" + say("more_evidence", count=more), style="dim")
    text.append(f"\n{say('clause')}{finding.clause}", style="dim")
    text.append(f"\n{say('remedy')}{finding.remedy}", style="cyan")
    return text


def _seen(evidence: tuple[Evidence, ...]) -> Iterator[Text]:
    """Yield a line for each piece, and the address below all that were seen on one page."""
    for url, pieces in groupby(evidence, key=lambda piece: piece.url):
        for piece in pieces:
            yield Text("· " + "：".join(filter(None, (plain(piece.label), plain(piece.excerpt)[:120]))))
        if url:
            yield Text(f"  {plain(url)}", style="blue")


def _line(finding: Finding, engine: Engine) -> str:
    links = " ".join(dict.fromkeys(plain(piece.url) for piece in finding.evidence if piece.url)) if finding.verdict is Verdict.FAIL else ""
    said = f"{plain(finding.reason)}; {say('notice')} {plain(finding.notice)}" if finding.notice else plain(finding.reason)
    return "\t".join((finding.verdict, finding.rule, _title(finding, engine), said, links)).rstrip()
