"""Builders of evidence from pages: every piece names the page, when it was fetched, and the digest of what was read."""

from crawler.facts.records import Item, Letter
from crawler.snapshot import Page, RenderOutcome
from rules.verdict import Evidence, EvidenceKind

MAX_EXCERPT = 300
MAX_PIECES = 12


def of_page(kind: EvidenceKind, page: Page, excerpt: str, label: str = "") -> Evidence:
    """Return evidence that stands on a page."""
    return Evidence(
        kind=kind,
        url=page.final_url or page.url,
        label=label,
        excerpt=excerpt[:MAX_EXCERPT],
        fetched_at=page.fetched_at,
        sha256=page.sha256,
    )


def quote(page: Page, excerpt: str, label: str = "") -> Evidence:
    """Return words found on a page."""
    return of_page(EvidenceKind.PAGE_QUOTE, page, excerpt, label)


def absence(page: Page, of: str, looked_at: str) -> Evidence:
    """Return what was looked for and not found; `looked_at` says where. That the page was looked at in a browser is said as well."""
    in_browser = page.rendering is not None and page.rendering.outcome is RenderOutcome.RENDERED
    return of_page(EvidenceKind.ABSENCE, page, f"{looked_at}（该页面已在浏览器中执行脚本后查看）" if in_browser else looked_at, of)


def dated_item(page: Page, item: Item, label: str = "") -> Evidence:
    """Return a list entry with its date."""
    return of_page(EvidenceKind.DATED_ITEM, page, f"{item.date or '无日期'}　{item.title}", label)


def letter(page: Page, message: Letter) -> Evidence:
    """Return a letter with its date; the facts have masked personal data already."""
    return of_page(EvidenceKind.LETTER, page, message.excerpt or message.title, f"{message.asked or '日期不明'}　{message.title}"[:80])
