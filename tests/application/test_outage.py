"""When the crawler's own network is dead, no site is called down for it."""

from collections.abc import AsyncGenerator, AsyncIterator
from datetime import UTC, datetime

import pytest

from crawler.snapshot import Reach, ReachReason
from rules.dossier import SeenSite
from rules.registry import RegistryRow
from rules.verdict import Verdict
from storage.records import AuditResult, Site
from xuncha.audit.auditor import Job
from xuncha.audit.outage import IN_A_ROW, watched
from xuncha.errors import Incomplete

AS_OF = datetime(2018, 3, 1, tzinfo=UTC)
OK = (Reach.OK, None)
DNS = (Reach.DOWN, ReachReason.DNS)
SILENT = (Reach.DOWN, ReachReason.TIMEOUT)
REFUSED = (Reach.DOWN, ReachReason.CONNECT)
BROKEN = (Reach.DOWN, ReachReason.HTTP_5XX)
OFF_THE_NET = (Reach.UNCLEAR, ReachReason.CRAWLER_ERROR)

Outcome = tuple[Reach, ReachReason | None]


def result_of(number: int, outcome: Outcome) -> AuditResult:
    """What an audit of a site with a number came to."""
    url, host = f"http://www.s{number}.gov.cn/", f"www.s{number}.gov.cn"
    reach, reason = outcome
    return AuditResult(
        site_id=number,
        url=url,
        host=host,
        reach=reach,
        reach_reason=reason,
        verdict=Verdict.INCONCLUSIVE,
        started_at=AS_OF,
        finished_at=AS_OF,
        observed_at=AS_OF,
        seen=SeenSite(site_id=number, row=None, url=url, host=host, final_host=host, reach=reach),
    )


class Scanned:
    """A scan whose audits come to given outcomes, and what it gave out."""

    def __init__(self, outcomes: list[Outcome], alive: frozenset[str] = frozenset()) -> None:
        self.asked: list[str] = []
        self.given: list[int] = []
        self._outcomes = outcomes
        self._alive = alive

    async def run(self, known: tuple[str, ...] = (), rounds: int = 1) -> None:
        """Take all the results there are, one pool going through the sites once or more."""

        async def pool(jobs: AsyncIterator[Job]) -> AsyncGenerator[AuditResult, None]:
            async for job in jobs:
                yield result_of(job.site.site_id, self._outcomes[job.site.site_id])

        async def jobs() -> AsyncIterator[Job]:
            for number in range(len(self._outcomes)):
                row = RegistryRow(url=f"http://www.s{number}.gov.cn/", host=f"www.s{number}.gov.cn")
                yield Job(site=Site(site_id=number, registered=True, row=row))

        async def answers(url: str) -> bool:
            self.asked.append(url)
            return url in self._alive

        work = watched(pool, answers, known)
        for _ in range(rounds):
            async for result in work(jobs()):
                self.given.append(result.site_id)


@pytest.mark.parametrize("failure", [DNS, SILENT, REFUSED, OFF_THE_NET])
async def test_failures_without_end_stop_the_scan_and_are_not_recorded(failure: Outcome) -> None:
    scan = Scanned([OK, OK, *[failure] * 100])
    with pytest.raises(Incomplete):
        await scan.run()
    assert scan.given == [0, 1]
    assert scan.asked == ["http://www.s1.gov.cn/", "http://www.s0.gov.cn/"]


async def test_a_network_that_was_dead_from_the_beginning_accuses_nobody() -> None:
    scan = Scanned([DNS] * 100)
    with pytest.raises(Incomplete):
        await scan.run()
    assert scan.given == []


async def test_a_platform_that_is_down_with_all_its_sites_is_recorded_when_another_site_still_answers() -> None:
    outcomes = [OK, *[REFUSED] * (3 * IN_A_ROW), OK]
    scan = Scanned(outcomes, alive=frozenset({"http://www.s0.gov.cn/"}))
    await scan.run()
    assert scan.given == list(range(len(outcomes)))
    assert len(scan.asked) == 3


@pytest.mark.parametrize("sign_of_life", [OK, BROKEN, (Reach.BLOCKED, ReachReason.CHALLENGE), (Reach.DOWN, ReachReason.RESET)])
async def test_whatever_answers_in_between_shows_that_the_network_lives(sign_of_life: Outcome) -> None:
    outcomes = [*[DNS] * (IN_A_ROW - 1), sign_of_life] * 5
    scan = Scanned(outcomes)
    await scan.run()
    assert scan.given == list(range(len(outcomes)))
    assert scan.asked == []


async def test_a_few_failures_at_the_end_are_recorded() -> None:
    scan = Scanned([OK, DNS, DNS])
    await scan.run()
    assert scan.given == [0, 1, 2]


async def test_sites_that_answered_before_a_resumed_scan_bear_witness() -> None:
    scan = Scanned([DNS] * (2 * IN_A_ROW), alive=frozenset({"http://www.known.gov.cn/"}))
    await scan.run(known=("http://www.known.gov.cn/",))
    assert scan.given == list(range(2 * IN_A_ROW))
    assert set(scan.asked) == {"http://www.known.gov.cn/"}


async def test_sites_that_answered_at_the_first_look_bear_witness_at_the_second() -> None:
    outcomes = [*[DNS] * (IN_A_ROW - 1), OK]
    scan = Scanned(outcomes, alive=frozenset({f"http://www.s{IN_A_ROW - 1}.gov.cn/"}))
    await scan.run(rounds=2)
    assert scan.given == [*range(IN_A_ROW), *range(IN_A_ROW)]
