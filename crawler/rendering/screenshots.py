"""Pictures of pages, as a reader with a browser sees them."""

import asyncio
import logging
from collections.abc import Iterable

from crawler.limits import GatherSettings
from crawler.net.browser.loader import Loader
from crawler.net.browser.renderer import Renderer
from crawler.net.fetcher import Fetcher
from crawler.net.visit import SiteVisit
from crawler.rendering.site_rendering import render_task
from crawler.snapshot import PageRole, Picture
from crawler.urls import bare_host, host_of

_SECONDS = 90.0
"""For all pictures of one site."""
_log = logging.getLogger(__name__)


async def take_pictures(urls: Iterable[str], *, fetcher: Fetcher, settings: GatherSettings, renderer: Renderer) -> tuple[Picture, ...]:
    """Take pictures of pages of one site, which are asked for once more; those that cannot be had are left out."""
    pictures: list[Picture] = []
    visit = SiteVisit(fetcher, settings)
    try:
        async with asyncio.timeout(_SECONDS):
            for url in urls:
                picture = await _take(url, visit, Loader(visit), renderer)
                pictures += [picture] if picture else []
    except TimeoutError:
        pass
    except Exception:  # a picture is an ornament of the evidence: nothing may depend on it
        _log.info("no picture could be taken", exc_info=True)
    finally:
        await visit.close()
    return tuple(pictures)


async def _take(url: str, visit: SiteVisit, loader: Loader, renderer: Renderer) -> Picture | None:
    fetched = await visit.get(url, PageRole.RESOURCE)
    if fetched.failure is not None or not fetched.exchange.body:
        return None
    hosts = frozenset({bare_host(host_of(url)), bare_host(host_of(fetched.final_url))})
    task = render_task(fetched, "", hosts, visit, reason=None)
    rendered = await renderer.render(task, loader, wait=visit.settings.render_wait)
    return Picture(url=url, taken_at=rendered.rendered_at, image=rendered.picture) if rendered.picture else None
