"""Questions that stay open because something exists only through scripts: where there was no browser to run them, the answer says so."""

from collections.abc import Iterable

from crawler.snapshot import Page
from rules.reasons import BROWSER_WANTED, EngineReason
from rules.verdict import Evidence, Judgement, undecided


def undecided_by_scripts(reason_code: str, reason: str, pages: Iterable[Page], *evidence: Evidence) -> Judgement:
    """Return a judgement that leaves the question open; it names the lack of a browser where one of the pages wanted one."""
    if any(page.lacks_browser for page in pages):
        return undecided(EngineReason.NEEDS_BROWSER, f"{reason}；由脚本写入的内容{BROWSER_WANTED}", *evidence)
    return undecided(reason_code, reason, *evidence)
