"""Sites that live at one address are one server to be polite to."""

import asyncio
import time

import pytest

from crawler.net.politeness import AddressShare, Pace


async def at_once(share: AddressShare, addresses: list[str]) -> int:
    """Return how many of a number of requests ran at the same time at most."""
    running, most = 0, 0

    async def request(address: str) -> None:
        nonlocal running, most
        async with share.turn(address):
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.01)
            running -= 1

    await asyncio.gather(*map(request, addresses))
    return most


async def test_requests_to_one_address_share_its_connections_whichever_site_they_are_for() -> None:
    assert await at_once(AddressShare(6), ["203.0.113.1"] * 50) == 6


async def test_other_addresses_do_not_wait() -> None:
    assert await at_once(AddressShare(6), [f"203.0.113.{n}" for n in range(50)]) == 50


async def test_a_turn_is_given_back_by_who_is_cancelled_or_fails_and_idle_addresses_are_forgotten() -> None:
    share = AddressShare(1)

    async def fail() -> None:
        async with share.turn("203.0.113.1"):
            raise OSError

    async def wait() -> None:
        async with share.turn("203.0.113.1"):
            await asyncio.sleep(60)

    with pytest.raises(OSError):
        await fail()
    for task in [asyncio.create_task(wait()), asyncio.create_task(wait())]:
        await asyncio.sleep(0)
        task.cancel()
    await asyncio.sleep(0)
    assert await at_once(share, ["203.0.113.1"] * 3) == 1
    assert share.addresses == 0


async def test_a_pause_that_a_server_asked_for_is_kept_by_all_requests_of_the_site() -> None:
    pace = Pace(delay=0, connections=2)
    pace.hold(0.2)
    started = time.monotonic()

    async def request() -> float:
        async with pace.turn():
            return time.monotonic() - started

    assert min(await asyncio.gather(request(), request())) >= 0.19
