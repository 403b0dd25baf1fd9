"""Whose fault it is when one site after the other cannot be connected to: theirs, or that of the network the crawler runs in."""

from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable
from contextlib import aclosing

from crawler.knock import knock
from crawler.snapshot import Reach, ReachReason, Target
from storage.records import AuditResult
from xuncha.audit.auditor import Auditor, Job
from xuncha.audit.pool import Pool
from xuncha.errors import Incomplete
from xuncha.messages import say

IN_A_ROW = 20
"""Sites that fail alike without one that answers between them. Of the sites of a usual quarter two to five in a hundred are down."""
WITNESSES = 5
"""Sites that answered in this scan, the latest ones: they are asked whether the network is still there."""

LIKE_A_DEAD_NETWORK = frozenset({ReachReason.DNS, ReachReason.CONNECT, ReachReason.TIMEOUT})
"""What a visit comes to where nothing answers."""

Answers = Callable[[str], Awaitable[bool]]
"""Tells whether the site at an address answers in any way just now."""


def watched(pool: Pool, answers: Answers, known: Iterable[str] = ()) -> Pool:
    """Return a pool that gives out no result that may be due to a dead network of our own.

    Failures in a row are held back until a site answers. Where too many come, sites that answered before are asked again: if one does,
    the failures are real; if none does, Incomplete is raised and the sites held back are still to be done. `known` are addresses that
    answered before this pool began, such as in the part of a scan that was done before it was killed.
    """
    witnesses = deque(known, maxlen=WITNESSES)

    async def work(jobs: AsyncIterator[Job]) -> AsyncGenerator[AuditResult, None]:
        held: list[AuditResult] = []
        async with aclosing(pool(jobs)) as results:
            async for result in results:
                held.append(result)
                if _fails_silently(result):
                    if len(held) < IN_A_ROW:
                        continue
                    if not await _any_answers(witnesses, answers):
                        raise Incomplete(say("own_network", count=IN_A_ROW))
                elif result.reach is Reach.OK:
                    witnesses.append(result.url)
                released, held = held, []
                for each in released:
                    yield each
        for each in held:
            yield each

    return work


def answers_to(auditor: Auditor) -> Answers:
    """Return how sites are asked for a sign of life: by one visit to the homepage."""

    async def answers(url: str) -> bool:
        seen = await knock(Target(url=url), fetcher=auditor.fetcher, settings=auditor.settings, as_of=auditor.as_of, reader=auditor.reader)
        return seen.reach is not Reach.DOWN and seen.reason is not ReachReason.CRAWLER_ERROR

    return answers


def _fails_silently(result: AuditResult) -> bool:
    """Tell whether a result is what every site gives where our own network is dead, or has been taken for our own fault already."""
    if result.reach is Reach.DOWN:
        return result.reach_reason in LIKE_A_DEAD_NETWORK
    return result.reach_reason is ReachReason.CRAWLER_ERROR


async def _any_answers(witnesses: deque[str], answers: Answers) -> bool:
    """Ask the sites that answered before, the latest first, until one does."""
    for url in reversed(witnesses):
        if await answers(url):
            return True
    return False
