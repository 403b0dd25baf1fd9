"""Rounds of reachability visits: what counts, and when the fault is our own and nothing counts."""

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest

import crawler.snapshot
from crawler.limits import GatherSettings
from crawler.net.resolver import NameMapping, parse_mapping
from crawler.snapshot import Reach, ReachReason
from rules.dossier import KnockDay
from rules.registry import RegistryRow
from storage.records import KnockOutcome, Site
from xuncha.audit.auditor import Job
from xuncha.audit.knocking import OwnFault, knock_round, own_fault
from xuncha.audit.round import open_auditor
from xuncha.settings import Settings

AT = datetime(2018, 3, 1, 1, tzinfo=UTC)
OPEN = (Reach.OK, None)
DNS = (Reach.DOWN, ReachReason.DNS)
BROKEN = (Reach.DOWN, ReachReason.HTTP_5XX)
BLOCKED = (Reach.BLOCKED, ReachReason.CHALLENGE)


def visits(*outcomes: tuple[Reach, ReachReason | None]) -> list[crawler.snapshot.Knock]:
    return [
        crawler.snapshot.Knock(url=f"http://www.s{number}.gov.cn/", opened=None, reach=reach, reason=reason, at=AT)
        for number, (reach, reason) in enumerate(outcomes)
    ]


@pytest.mark.parametrize(
    ("sites", "canaries", "fault"),
    [
        ([OPEN] * 15 + [DNS] * 5, [], None),
        ([OPEN] * 10 + [DNS] * 10, [], None),
        ([OPEN] * 9 + [DNS] * 11, [], OwnFault.MOST_SILENT),
        ([OPEN] * 9 + [DNS] * 11, [OPEN], OwnFault.MOST_SILENT),
        ([OPEN] * 15 + [DNS] * 5, [DNS, OPEN], None),
        ([OPEN] * 15 + [DNS] * 5, [DNS, DNS], OwnFault.CANARIES_SILENT),
        ([BROKEN] * 30, [], None),
        ([BLOCKED] * 30, [], None),
        ([DNS] * 3, [], OwnFault.ALL_SILENT),
        ([DNS] * 3, [OPEN], None),
        ([DNS] * 3, [BROKEN], None),
        ([DNS, DNS, OPEN], [], None),
        ([], [], None),
    ],
)
def test_whose_fault_a_round_shows(sites: list[object], canaries: list[object], fault: OwnFault | None) -> None:
    assert own_fault(visits(*sites), visits(*canaries)) is fault  # type: ignore[arg-type]


@pytest.fixture
async def town() -> AsyncIterator[NameMapping]:
    """Serve every name of a town by one server: `broken` answers 500, `guarded` refuses, all others show a page."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        status = b"500 Oops" if b"broken." in request else b"403 No" if b"guarded." in request else b"200 OK"
        body = "<title>青禾县人民政府</title><a href=/a/>信息公开</a><p>青禾县欢迎您，本网站提供政务信息。".encode()
        head = b"HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
        writer.write(head % (status, len(body)) + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield parse_mapping(f"*.qinghe.gov.cn=127.0.0.1:{server.sockets[0].getsockname()[1]}")


def sites(*names: str) -> list[Site]:
    return [
        Site(site_id=number, row=RegistryRow(url=f"http://{name}.qinghe.gov.cn/", host=f"{name}.qinghe.gov.cn"))
        for number, name in enumerate(names, 1)
    ]


async def test_a_round_counts_what_opened_what_failed_and_what_says_nothing(town: NameMapping) -> None:
    async with open_auditor(Settings(), GatherSettings(delay=0.0), [town], AT) as auditor:
        done = await knock_round(sites("www", "broken", "guarded"), auditor=auditor, at=AT)
    assert (done.fault, done.asked, done.silent) == (None, 3, 0)
    assert [(visit.site_id, visit.outcome) for visit in done.visits] == [
        (1, KnockOutcome.OPENED),
        (2, KnockOutcome.FAILED),
        (3, KnockOutcome.UNSURE),
    ]
    assert {visit.at for visit in done.visits} == {AT}


async def test_a_round_on_a_dead_network_counts_for_nothing() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = parse_mapping(f"*.qinghe.gov.cn=127.0.0.1:{taken.getsockname()[1]}")
        async with open_auditor(Settings(), GatherSettings(delay=0.0), [nobody], AT) as auditor:
            done = await knock_round(sites("www", "jyj"), auditor=auditor, at=AT, canaries=("http://canary.qinghe.gov.cn/",))
    assert (done.fault, done.visits, done.silent) == (OwnFault.CANARIES_SILENT, (), 2)


async def test_an_audit_is_a_visit_only_where_no_rounds_are_made(town: NameMapping) -> None:
    """Whoever audits a site again and again during an hour's trouble does not make it a week's."""
    (broken,) = sites("broken")
    rounds = (KnockDay(day=date(2018, 2, 28), opened=24),)
    async with open_auditor(Settings(), GatherSettings(delay=0.0, second_try_pause=0.0), [town], AT) as auditor:
        alone = await auditor.audit(Job(site=broken))
        beside = await auditor.audit(Job(site=broken, knocks=rounds))
    assert [visit.outcome for visit in alone.knocks] == [KnockOutcome.FAILED]
    assert beside.knocks == ()
