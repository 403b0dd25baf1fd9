"""Reachability visits of a week, made in seconds: every visit is a real request, only the hours between them are left out."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from crawler.knock import knock
from crawler.limits import GatherSettings
from crawler.net.fetcher import Fetcher
from crawler.reading.reader import PageReader, remembering_reader
from crawler.snapshot import ReachReason, Target
from storage.records import Knock, Site
from xuncha.audit.auditor import OUTCOMES

DAYS = 7
VISITS_A_DAY = 20
"""国办发〔2015〕15号: a week, at least 20 visits a day."""
SITES_AT_ONCE = 8
VISITS_AT_ONCE = 20
TRIES = 3
"""Of a visit that our own machine was too busy for."""


async def knock_for_a_week(sites: Sequence[Site], *, fetcher: Fetcher, limits: GatherSettings, until: datetime) -> list[Knock]:
    """Visit every homepage as often as a week of spaced visits would, and date the visits over the week before `until`."""
    limit, reader = asyncio.Semaphore(SITES_AT_ONCE), remembering_reader(SITES_AT_ONCE * DAYS)

    async def week(site: Site) -> list[Knock]:
        async with limit:
            moments = [until - timedelta(days=day, minutes=5 + 25 * visit) for day in range(DAYS) for visit in range(VISITS_A_DAY)]
            return await _visits(site, moments, fetcher, limits, reader)

    weeks = await asyncio.gather(*(week(site) for site in sites))
    return [visit for of_site in weeks for visit in of_site]


async def _visits(site: Site, moments: list[datetime], fetcher: Fetcher, limits: GatherSettings, reader: PageReader) -> list[Knock]:
    turn = asyncio.Semaphore(VISITS_AT_ONCE)

    async def visit(moment: datetime) -> Knock:
        async with turn:
            for _ in range(TRIES):
                seen = await knock(Target(url=site.row.url), fetcher=fetcher, settings=limits, as_of=moment, reader=reader)
                if seen.reason is not ReachReason.CRAWLER_ERROR:
                    break
            return Knock(site_id=site.site_id, at=moment, outcome=OUTCOMES[seen.opened])

    return await asyncio.gather(*(visit(moment) for moment in moments))
