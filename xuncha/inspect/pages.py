"""Single pages: read from a file or fetched, and their facts in the form of the contract."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from crawler.facts.page import read_page
from crawler.facts.records import Column, LetterState, PageFacts
from crawler.limits import GatherSettings
from crawler.net.resolver import NameMapping
from crawler.net.transport import open_fetcher
from crawler.net.visit import SiteVisit
from crawler.reading.page_builder import PageBuilder
from crawler.reading.reader import read_in_loop
from crawler.snapshot import PageRole
from xuncha.errors import Incomplete
from xuncha.messages import say
from xuncha.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """One page that was looked at: what it was asked for by, and its facts."""

    source: str
    facts: PageFacts


def is_address(source: str) -> bool:
    """Tell an address from the name of a file."""
    return source.lower().startswith(("http://", "https://"))


def inspect_file(source: str, *, url: str | None, as_of: date) -> Inspected:
    """Read a saved page. Raises OSError where it cannot be read."""
    return Inspected(source=source, facts=read_page(Path(source).read_bytes(), url=url, as_of=as_of))


async def inspect_address(
    source: str, *, settings: Settings, limits: GatherSettings, mappings: list[NameMapping], as_of: date
) -> Inspected:
    """Fetch one page, politely and within the limits, and read it. Raises Incomplete where no document came."""
    async with open_fetcher(resolve=mappings, proxy=settings.proxy, user_agent=settings.user_agent) as fetcher:
        visit = SiteVisit(fetcher, limits)
        page, kind = await PageBuilder(read_in_loop, as_of).page(await visit.get(source, PageRole.HOME), PageRole.HOME)
    if page.facts is None:
        why = page.failure.detail if page.failure else f"{kind.value}, HTTP {page.status}"
        raise Incomplete(say("inspect_no_page", url=source, why=why))
    return Inspected(source=source, facts=page.facts)


def contract_object(inspected: Inspected) -> dict[str, Any]:
    """Return the facts of a page as `inspect --json` prints them; parts that do not apply are None."""
    facts = inspected.facts
    marks, form, letters, guide = facts.marks, facts.search_form, facts.letters, facts.guide
    return {
        "file": inspected.source,
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
        "column": _column(facts.column) if facts.column else None,
        "letters": letters
        and {
            "answered": letters.count(LetterState.ANSWERED),
            "unanswered": letters.unanswered,
            "oldest_unanswered": _printed(letters.oldest_unanswered),
        },
        "guide": guide and {"present": list(guide.present), "missing": list(guide.missing)},
        "search_hits": facts.search_answer.hits if facts.search_answer else None,
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "items": len(column.items),
        "dated_items": len(column.dates),
        "newest": _printed(column.newest),
        "oldest": _printed(column.oldest),
        "empty": column.empty,
        "script_filled": column.script_filled,
    }


def _printed(day: date | None) -> str | None:
    return day.isoformat() if day else None
