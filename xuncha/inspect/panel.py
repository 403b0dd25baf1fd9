"""A page's facts for a person: what was seen, and where. All site text is made inert first."""

from collections.abc import Iterator

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from crawler.facts.records import Mark, PageFacts, Presence, SearchState
from reports.inert import plain
from xuncha.inspect.pages import Inspected
from xuncha.messages import say

_SIGNS = {Presence.PRESENT: "✓", Presence.SCRIPT_ONLY: "~", Presence.ABSENT: "–"}
_SEARCH_SIGNS = {SearchState.PRESENT: "✓", SearchState.JS_ONLY: "~", SearchState.ABSENT: "–"}
_LONGEST_EXCERPT = 120
_AROUND_VALUE = 24
"""Characters shown before and after what was read."""

Row = tuple[str, str, str]
"""The name of a fact, its value, and where it was read."""


def print_page(console: Console, inspected: Inspected) -> None:
    """Print one page: a panel on a terminal, tab-separated lines in a pipe."""
    rows = [(name, plain(value), plain(place)) for name, value, place in _rows(inspected.facts) if value]
    if not console.is_terminal:
        # Not by way of rich, which turns tabs into spaces.
        print("\n".join([plain(inspected.source), *("\t".join(row) for row in rows)]))
        return
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(ratio=2)
    table.add_column(ratio=3, style="dim")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(Panel(table, title=Text(plain(inspected.source)), title_align="left", subtitle=say("fact_signs"), subtitle_align="right"))


def _rows(facts: PageFacts) -> Iterator[Row]:
    yield (
        say("fact_page_type"),
        say(f"kind_{facts.page_type.value}"),
        facts.challenge or (facts.notice.excerpt if facts.notice else ""),
    )
    yield say("fact_encoding"), facts.encoding, ""
    yield say("fact_title"), facts.title, ""
    yield from _mark_rows(facts)
    form = facts.search_form
    yield say("fact_search"), f"{_SEARCH_SIGNS[form.state]} {form.action or form.field or ''}", form.excerpt[:_LONGEST_EXCERPT]
    yield (
        say("fact_interaction"),
        "、".join(link.text for link in facts.interaction[:6]),
        facts.interaction[0].url if facts.interaction else "",
    )
    yield from _content_rows(facts)
    yield say("fact_forward"), " ".join(facts.forward.targets) if facts.forward else "", facts.forward.kind.value if facts.forward else ""
    if facts.limited or facts.script_dependent:
        yield say("fact_not_seen"), say("fact_limited") if facts.limited else say("fact_script_dependent"), ""


def _mark_rows(facts: PageFacts) -> Iterator[Row]:
    marks = facts.marks
    for name, mark in (
        ("party_mark", marks.party_mark),
        ("site_code", marks.site_code),
        ("icp", marks.icp),
        ("police_filing", marks.police_filing),
        ("feedback_entry", marks.feedback_entry),
        ("sponsor", marks.sponsor),
    ):
        yield say(f"fact_{name}"), f"{_SIGNS[mark.state]} {mark.value or ''}", _place(mark)
    yield say("fact_footer_sources"), " ".join((*marks.footer_sources, *marks.foot_scripts)), ""


def _place(mark: Mark) -> str:
    if mark.place is None:
        return ""
    at = mark.excerpt.find(mark.value) if mark.value else -1
    if at < 0 or mark.value is None:
        return f"{say(f'place_{mark.place.value}')}: {mark.excerpt}"
    start, end = max(0, at - _AROUND_VALUE), at + len(mark.value) + _AROUND_VALUE
    shown = ("…" if start else "") + mark.excerpt[start:end] + ("…" if end < len(mark.excerpt) else "")
    return f"{say(f'place_{mark.place.value}')}: {shown}"


def _content_rows(facts: PageFacts) -> Iterator[Row]:
    lists = (*facts.blocks, *([facts.column] if facts.column else ()))
    newest = next((item.title for found in lists for item in found.items if item.date and item.date == facts.newest_date), "")
    yield say("fact_newest_date"), str(facts.newest_date or ""), newest
    read = next((candidate.excerpt for candidate in facts.dates if candidate.date == facts.publish_date), "")
    yield say("fact_publish_date"), str(facts.publish_date or ""), read
    if column := facts.column:
        state = say("fact_empty") if column.empty else say("fact_script_filled") if column.script_filled else ""
        span = f"{column.oldest} – {column.newest}" if column.dates else ""
        yield say("fact_column"), f"{column.name or ''} {len(column.items)} {state}", f"{span} {column.excerpt[:_LONGEST_EXCERPT]}"
    if letters := facts.letters:
        yield say("fact_letters"), f"✓ {letters.answered}  ✗ {letters.unanswered}", str(letters.oldest_unanswered or "")
    if guide := facts.guide:
        yield say("fact_guide"), "✓ " + "、".join(guide.present), "✗ " + "、".join(guide.missing) if guide.missing else ""
    if answer := facts.search_answer:
        yield say("fact_search_answer"), f"{answer.outcome.value} {answer.hits if answer.hits is not None else ''}", answer.excerpt
