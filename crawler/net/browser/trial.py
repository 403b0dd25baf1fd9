"""Trying a browser out: does it start, and does it show a page?"""

import subprocess
import sys
from datetime import UTC, datetime

from crawler.limits import GatherSettings
from crawler.net.browser.loader import Loader
from crawler.net.browser.messages import RenderTask
from crawler.net.browser.pool import open_browsers
from crawler.net.fetcher import Exchange, Request
from crawler.net.visit import SiteVisit
from crawler.snapshot import Failure, FailureKind, RenderOutcome

_MEMORY = 1_000_000_000
_PAGE = b"<meta charset=utf-8><p>\xe5\xb7\xa1\xe6\x9f\xa5"


class _NoNetwork:
    async def fetch(self, request: Request) -> Exchange:
        return Exchange(request=request, fetched_at=datetime.now(UTC), failure=Failure(kind=FailureKind.GUARD))


def driver_fault() -> str:
    """Return why Playwright's own program, which drives the browser, does not start; empty where it does."""
    command = (sys.executable, "-P", "-m", "playwright", "--version")
    tried = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    return (tried.stderr.strip().splitlines() or [str(tried.returncode)])[-1] if tried.returncode else ""


async def shows_pages(program: str) -> bool:
    """Tell whether a browser starts and shows a page. Nothing is sent over the network."""
    task = RenderTask(url="http://localhost/", headers=(("content-type", "text/html"),), body=_PAGE, hosts=())
    loader = Loader(SiteVisit(_NoNetwork(), GatherSettings()))
    async with open_browsers(program, pages=1, memory=_MEMORY) as renderer:
        rendered = await renderer.render(task, loader, wait=1.0)
    return rendered.outcome is RenderOutcome.RENDERED
