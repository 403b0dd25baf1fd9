"""`xuncha inspect`: what the program sees on single pages, and where."""

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from crawler.facts.page import read_page
from crawler.facts.records import Mark, PageFacts

_CHINA = ZoneInfo("Asia/Shanghai")


def inspect(
    sources: Annotated[list[str], typer.Argument(metavar="FILE_OR_URL...", help="Saved pages, or addresses.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a page, in the order given.")] = False,
    url: Annotated[str | None, typer.Option("--url", help="The address a saved page was read from.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="The day of judgement, YYYY-MM-DD; default today.")] = None,
) -> None:
    """Show what the program sees on single pages."""
    day = _day(as_of)
    failed = False
    for source in sources:
        try:
            content = Path(source).read_bytes()
        except OSError as error:
            print(f"xuncha inspect: {source}: {error.strerror or error}", file=sys.stderr)
            failed = True
            continue
        facts = read_page(content, url=url, as_of=day)
        if as_json:
            print(json.dumps(as_contract(source, facts), ensure_ascii=False))
        else:
            _show(source, facts)
    if failed:
        raise typer.Exit(1)


def as_contract(file: str, facts: PageFacts) -> dict[str, Any]:
    """Return the facts of a page in the form of the contract; parts that do not apply are None."""
    marks, form, column, letters, guide = facts.marks, facts.search_form, facts.column, facts.letters, facts.guide
    return {
        "file": file,
        "url": facts.url,
        "encoding": facts.encoding,
        "page_type": facts.page_type.value,
        "title": facts.title,
        "marks": {
            "party_mark": marks.party_mark.state.value,
            "site_code": marks.site_code.value,
            "icp": marks.icp.value,
            "police_filing": marks.police_filing.value,
            "feedback_entry": marks.feedback_entry.seen,
            "sponsor": marks.sponsor.seen,
        },
        "search_form": {"state": form.state.value, "action": form.action, "method": form.method, "field": form.field},
        "interaction_nav": bool(facts.interaction),
        "newest_date": _printed(facts.newest_date),
        "publish_date": _printed(facts.publish_date),
        "column": column
        and {
            "name": column.name,
            "items": len(column.items),
            "dated_items": len(column.dates),
            "newest": _printed(column.newest),
            "oldest": _printed(column.oldest),
            "empty": column.empty,
            "script_filled": column.script_filled,
        },
        "letters": letters
        and {"answered": letters.answered, "unanswered": letters.unanswered, "oldest_unanswered": _printed(letters.oldest_unanswered)},
        "guide": guide and {"present": list(guide.present), "missing": list(guide.missing)},
        "search_hits": facts.search_answer.hits if facts.search_answer else None,
    }


def _day(text: str | None) -> date:
    if text is None:
        return datetime.now(_CHINA).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date; write it as 2018-03-01", param_hint="--as-of") from None


def _printed(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _show(source: str, facts: PageFacts) -> None:
    """Print a page's facts for a person: what was seen, and where."""
    from rich.console import Console
    from rich.panel import Panel
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    for name, value in _rows(facts):
        table.add_row(name, value)
    Console().print(Panel(table, title=source, title_align="left"))


def _rows(facts: PageFacts) -> list[tuple[str, str]]:
    marks = facts.marks
    named: list[tuple[str, Mark]] = [
        ("party mark", marks.party_mark),
        ("site code", marks.site_code),
        ("ICP", marks.icp),
        ("police filing", marks.police_filing),
        ("feedback entry", marks.feedback_entry),
        ("sponsor", marks.sponsor),
    ]
    rows = [("type", facts.page_type.value), ("encoding", facts.encoding), ("title", facts.title)]
    return rows + [(name, f"{mark.state.value} {mark.value or ''} {mark.excerpt}") for name, mark in named]


if __name__ == "__main__":
    if sys.argv[1:2] == ["inspect"]:
        del sys.argv[1]
    typer.run(inspect)
