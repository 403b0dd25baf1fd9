"""A page's facts for a person: what was seen, and where. All site text is made inert first."""

from collections.abc import Iterator
from typing import NamedTuple

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

_NARROW = 80
"""Columns of a terminal below which the place of a fact stands under it, not beside it."""


class Row(NamedTuple):
    """A line about a page: the name of a fact, its value, where it was read, and whether it is there at all."""

    name: str
    value: str
    place: str = ""
    sign: str = ""


def print_page(console: Console, inspected: Inspected) -> None:
    """Print one page: a panel on a terminal, tab-separated lines in a pipe."""
    rows = [Row(*map(plain, row)) for row in _rows(inspected.facts) if row.sign or row.value]
    if not console.is_terminal:
        # Not by way of rich, which turns tabs into spaces.
        print("\n".join([plain(inspected.source), *(f"{row.name}\t{f'{row.sign} {row.value}'.strip()}\t{row.place}" for row in rows)]))
        return
    table = _table(rows, narrow=console.width < _NARROW)
    console.print(Panel(table, title=Text(plain(inspected.source)), title_align="left", subtitle=say("fact_signs"), subtitle_align="right"))


def _table(rows: list[Row], *, narrow: bool) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(width=1)
    # Folded, never cut short: a value of which the end is missing cannot be compared with the page.
    table.add_column(ratio=2, overflow="fold")
    table.add_column(ratio=3, overflow="fold", style="dim")
    for row in rows:
        if narrow:
            below = Text("\n").append(row.place, style="dim") if row.place else Text()
            table.add_row(row.name, row.sign, Text(row.value).append_text(below))
        else:
            table.add_row(row.name, row.sign, Text(row.value), Text(row.place))
    return table


def _rows(facts: PageFacts) -> Iterator[Row]:
    why = facts.challenge or (facts.notice.excerpt if facts.notice else "")
    yield Row(say("fact_page_type"), say(f"kind_{facts.page_type.value}"), why)
    yield Row(say("fact_encoding"), facts.encoding)
    yield Row(say("fact_title"), facts.title)
    yield from _mark_rows(facts)
    form = facts.search_form
    yield Row(say("fact_search"), form.action or form.field or "", _beginning(form.excerpt), _SEARCH_SIGNS[form.state])
    entries = facts.interaction
    yield Row(say("fact_interaction"), "、".join(link.text for link in entries[:6]), entries[0].url if entries else "")
    yield from _content_rows(facts)
    if facts.forward:
        yield Row(say("fact_forward"), " ".join(facts.forward.targets), facts.forward.kind.value)
    if facts.limited or facts.script_dependent:
        yield Row(say("fact_not_seen"), say("fact_limited") if facts.limited else say("fact_script_dependent"))


def _beginning(excerpt: str) -> str:
    return excerpt if len(excerpt) <= _LONGEST_EXCERPT else f"{excerpt[:_LONGEST_EXCERPT]}…"


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
        yield Row(say(f"fact_{name}"), mark.value or "", _place(mark), _SIGNS[mark.state])
    yield Row(say("fact_footer_sources"), " ".join((*marks.footer_sources, *marks.foot_scripts)))


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
    yield Row(say("fact_newest_date"), str(facts.newest_date or ""), newest)
    read = next((candidate.excerpt for candidate in facts.dates if candidate.date == facts.publish_date), "")
    yield Row(say("fact_publish_date"), str(facts.publish_date or ""), read)
    if column := facts.column:
        state = say("fact_empty") if column.empty else say("fact_script_filled") if column.script_filled else ""
        span = f"{column.oldest} – {column.newest}" if column.dates else ""
        told = f"{column.name or ''} {len(column.items)} {state}".strip()
        yield Row(say("fact_column"), told, f"{span} {_beginning(column.excerpt)}".strip())
    if letters := facts.letters:
        yield Row(say("fact_letters"), f"✓ {letters.answered}  ✗ {letters.unanswered}", str(letters.oldest_unanswered or ""))
    if guide := facts.guide:
        yield Row(say("fact_guide"), "✓ " + "、".join(guide.present), "✗ " + "、".join(guide.missing) if guide.missing else "")
    if answer := facts.search_answer:
        hits = "" if answer.hits is None else str(answer.hits)
        yield Row(say("fact_search_answer"), f"{answer.outcome.value} {hits}".strip(), answer.excerpt)
