"""A round of reachability visits: every homepage once. A round in which our own network was at fault is left out whole."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import crawler.snapshot
from crawler.knock import knock
from crawler.snapshot import Reach, Target
from storage.records import Knock, Site
from xuncha.audit.auditor import OUTCOMES, Auditor
from xuncha.audit.outage import LIKE_A_DEAD_NETWORK

KNOCK_WINDOW = timedelta(days=31)
"""How far back knocks are read; standards look at shorter windows."""
ENOUGH_TO_COMPARE = 20
"""Sites from which on a majority says something about the network: of the sites of a usual quarter two to five in a hundred are down."""

Visit = crawler.snapshot.Knock


class OwnFault(StrEnum):
    """Why a round says nothing about the sites."""

    CANARIES_SILENT = "canaries_silent"
    """None of the addresses that are always there answered."""
    MOST_SILENT = "most_silent"
    """More than half of the sites were silent at once."""
    ALL_SILENT = "all_silent"
    """Few sites were asked, all were silent, and no canary was there to tell whose fault it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnockRound:
    """What a round came to: the visits that count, or the fault that makes them count for nothing."""

    visits: tuple[Knock, ...]
    fault: OwnFault | None
    asked: int
    silent: int


async def knock_round(
    sites: Iterable[Site], *, auditor: Auditor, at: datetime, canaries: Sequence[str] = (), at_once: int = 40
) -> KnockRound:
    """Visit every homepage and every canary once; `at` (with a zone) is the time that the visits are dated to.

    Canaries are addresses that are there whenever our own network is. Where the fault is our own no visit is given back: record nothing.
    """
    asked = list(sites)
    turn = asyncio.Semaphore(at_once)

    async def visit(url: str) -> Visit:
        async with turn:
            return await knock(Target(url=url), fetcher=auditor.fetcher, settings=auditor.settings, as_of=at, reader=auditor.reader)

    seen, watched = await asyncio.gather(
        asyncio.gather(*(visit(site.row.url) for site in asked)), asyncio.gather(*(visit(url) for url in canaries))
    )
    fault = own_fault(seen, watched)
    counted = () if fault else tuple(_counted(asked, seen, at))
    return KnockRound(visits=counted, fault=fault, asked=len(asked), silent=sum(map(is_silent, seen)))


def own_fault(seen: Sequence[Visit], canaries: Sequence[Visit]) -> OwnFault | None:
    """Tell whether a round shows a fault of our own network rather than of the sites, and which sign of it."""
    if canaries and all(map(is_silent, canaries)):
        return OwnFault.CANARIES_SILENT
    silent = sum(map(is_silent, seen))
    if len(seen) >= ENOUGH_TO_COMPARE:
        return OwnFault.MOST_SILENT if silent * 2 > len(seen) else None
    return OwnFault.ALL_SILENT if seen and silent == len(seen) and not canaries else None


def is_silent(visit: Visit) -> bool:
    """Tell whether a visit is what a dead network of our own would give: an answer of any kind, a refusal too, shows that it lives."""
    return visit.reach is Reach.DOWN and visit.reason in LIKE_A_DEAD_NETWORK


def _counted(asked: Sequence[Site], seen: Sequence[Visit], at: datetime) -> Iterator[Knock]:
    for site, visit in zip(asked, seen, strict=True):
        yield Knock(site_id=site.site_id, at=at, outcome=OUTCOMES[visit.opened])
