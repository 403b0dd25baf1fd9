"""Screenshots of pages, as a reader with a browser sees them."""

import asyncio
import logging
from collections.abc import Iterable

from crawler.limits import GatherSettings
from crawler.net.browser.loader import Loader
from crawler.net.browser.renderer import Renderer
from crawler.net.fetcher import Fetcher
from crawler.net.visit import SiteVisit
from crawler.rendering.site_rendering import render_task
from crawler.snapshot import PageRole, Screenshot
from crawler.urls import bare_host, host_of

_SECONDS = 90.0
"""For all screenshots of one site."""
_log = logging.getLogger(__name__)


async def take_screenshots(
    urls: Iterable[str], *, fetcher: Fetcher, settings: GatherSettings, renderer: Renderer
) -> tuple[Screenshot, ...]:
    """Take screenshots of pages of one site, which are asked for once more; those that cannot be had are left out."""
    screenshots: list[Screenshot] = []
    visit = SiteVisit(fetcher, settings)
    try:
        async with asyncio.timeout(_SECONDS):
            for url in urls:
                screenshot = await _take(url, visit, Loader(visit), renderer)
                screenshots += [screenshot] if screenshot else []
    except TimeoutError:
        pass
    except Exception:  # a screenshot is an ornament of the evidence: nothing may depend on it
        _log.info("no screenshot could be taken", exc_info=True)
    finally:
        await visit.close()
    return tuple(screenshots)


async def _take(url: str, visit: SiteVisit, loader: Loader, renderer: Renderer) -> Screenshot | None:
    fetched = await visit.get(url, PageRole.RESOURCE)
    if fetched.failure is not None or not fetched.exchange.body:
        return None
    hosts = frozenset({bare_host(host_of(url)), bare_host(host_of(fetched.final_url))})
    task = render_task(fetched, "", hosts, visit, reason=None)
    rendered = await renderer.render(task, loader, wait=visit.settings.render_wait)
    return Screenshot(url=url, taken_at=rendered.rendered_at, image=rendered.screenshot) if rendered.screenshot else None
