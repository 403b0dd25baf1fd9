"""Politeness: the pace of one site, and the share of one address among the sites that live on it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Pace:
    """Keeps a pause between the requests of one site, and the number of its connections."""

    def __init__(self, *, delay: float, connections: int) -> None:
        self.delay = delay
        self._next = 0.0
        self._connections = asyncio.Semaphore(connections)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a connection and for the pause to be over, then hold the connection."""
        async with self._connections:
            loop = asyncio.get_running_loop()
            now = loop.time()
            start = max(now, self._next)
            self._next = start + self.delay
            if start > now:
                await asyncio.sleep(start - now)
            yield

    def starts_at(self) -> float:
        """Return the loop time at which the next request may start."""
        return max(asyncio.get_running_loop().time(), self._next)

    def hold(self, seconds: float) -> None:
        """Send nothing for so long, as the server asked for."""
        self._next = max(self._next, asyncio.get_running_loop().time() + seconds)


class AddressShare:
    """Limits the requests that run at one address at once, whichever sites they belong to.

    Hundreds of sites of a province may live on one platform: together they are one server to be polite to.
    """

    def __init__(self, connections: int) -> None:
        self._limit = connections
        self._users: dict[str, tuple[asyncio.Semaphore, int]] = {}

    @property
    def addresses(self) -> int:
        """Return how many addresses are in use."""
        return len(self._users)

    @asynccontextmanager
    async def turn(self, address: str) -> AsyncIterator[None]:
        """Hold one of the connections of an address; forgets the address when nobody uses it."""
        semaphore, users = self._users.get(address) or (asyncio.Semaphore(self._limit), 0)
        self._users[address] = (semaphore, users + 1)
        try:
            async with semaphore:
                yield
        finally:
            semaphore, users = self._users[address]
            if users > 1:
                self._users[address] = (semaphore, users - 1)
            else:
                del self._users[address]
