"""One visit to a homepage and no more: what the rate of visits that open it is counted from."""

import asyncio
import logging
from datetime import UTC, datetime

from crawler.china_time import china_day
from crawler.homepage.opening import Homepage
from crawler.homepage.reach import BAD_URL, NO_TIME, opened, own_error, site_url
from crawler.limits import GatherSettings
from crawler.net.fetcher import Fetcher
from crawler.net.visit import SiteVisit
from crawler.reading.page_builder import PageBuilder
from crawler.reading.reader import PageReader, read_in_loop
from crawler.snapshot import Knock, Target

__all__ = ["knock"]

_log = logging.getLogger(__name__)


async def knock(
    target: Target,
    *,
    fetcher: Fetcher,
    settings: GatherSettings,
    as_of: datetime | None = None,
    reader: PageReader = read_in_loop,
) -> Knock:
    """Open a homepage once, without a second try: one of the visits that the open-rate is counted from."""
    started = datetime.now(UTC)
    visit = SiteVisit(fetcher, settings)
    builder = PageBuilder(reader, china_day(as_of or started))
    url = site_url(target)
    homepage = Homepage(url or target.url, visit, builder)
    judgement = BAD_URL
    try:
        if url is not None:
            async with asyncio.timeout(settings.deadline):
                await homepage.open(second_try=False)
            judgement = homepage.judgement or NO_TIME
    except TimeoutError:
        judgement = homepage.judgement or NO_TIME
    except Exception as error:  # see gather
        _log.info("error while knocking at %s", target.url, exc_info=True)
        judgement = own_error(error)
    finally:
        await visit.close()
    page = homepage.page
    return Knock(
        url=homepage.url,
        opened=opened(judgement.reach, judgement.reason),
        reach=judgement.reach,
        reason=judgement.reason,
        detail=judgement.detail,
        status=page.status if page else None,
        at=started,
        seconds=page.seconds if page else round((datetime.now(UTC) - started).total_seconds(), 3),
    )
