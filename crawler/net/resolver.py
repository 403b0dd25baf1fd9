"""Name look-up: mappings given on the command line first, then the system's resolver with the guard behind it.

Addresses are looked up once, checked, and handed to the connector as they were checked: no second look-up could answer otherwise.
"""

import asyncio
import contextlib
import fnmatch
import socket
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

from aiohttp.abc import AbstractResolver, ResolveResult

from crawler.facts.records import Record
from crawler.net.failures import Refusal
from crawler.net.guard import is_public, literal_address
from crawler.snapshot import Failure, FailureKind
from crawler.urls import hostname_of

_LOOKUPS_AT_ONCE = 64
"""The system's look-up blocks a thread, for tens of seconds when a name server is dead."""

_KEEP_SECONDS = 300.0
_KEEP_NAMES = 20_000


class NameMapping(Record, frozen=True, kw_only=True):
    """Names that match `pattern` (shell style, lower case) are served at `host:port`, whatever port is asked for."""

    pattern: str
    host: str
    port: int


class Place(NamedTuple):
    """Where to connect to."""

    address: str
    port: int | None = None
    """Of a mapping; None leaves the port of the request."""
    mapped: bool = False


def parse_mapping(text: str) -> NameMapping:
    """Read `PATTERN=HOST:PORT`, as given to `--resolve`.

    Raises ValueError with one plain sentence where the text is no mapping, or would map an IP literal or localhost.
    """
    pattern, equals, place = text.strip().partition("=")
    host, colon, port = place.rpartition(":")
    if not (pattern and equals and host and colon and port.isdecimal() and 0 < int(port) < 65536):
        raise ValueError(f"{text!r} is not of the form PATTERN=HOST:PORT, such as *.gov.cn=127.0.0.1:8800.")
    if not _mappable(pattern.lower()):
        raise ValueError(f"{pattern!r} is an address or localhost; only other names can be mapped.")
    return NameMapping(pattern=pattern.lower().rstrip("."), host=host.strip("[]"), port=int(port))


def _mappable(hostname: str) -> bool:
    name = hostname.rstrip(".")
    return name != "localhost" and not name.endswith(".localhost") and literal_address(hostname) is None


class Resolver:
    """Finds the places a host may be connected at, or refuses."""

    def __init__(self, mappings: Sequence[NameMapping] = (), *, proxy: str | None = None) -> None:
        self._mappings = tuple(mappings)
        self._proxy_host = hostname_of(proxy) if proxy else None
        self._known: OrderedDict[str, tuple[float, tuple[Place, ...]]] = OrderedDict()
        self._running: dict[str, asyncio.Task[tuple[Place, ...] | Failure]] = {}
        self._lookups = asyncio.Semaphore(_LOOKUPS_AT_ONCE)

    async def places(self, hostname: str) -> tuple[Place, ...]:
        """Return where a host may be connected at, best first; raises `Refusal` where it has no address, or a forbidden one."""
        hostname = hostname.strip("[]").rstrip(".")
        if self._proxy_host:
            return self._behind_proxy(hostname)
        found = self._remembered(hostname) or await self._lookup_once(hostname)
        if isinstance(found, Failure):
            raise Refusal(found)
        return found

    def _behind_proxy(self, hostname: str) -> tuple[Place, ...]:
        # The proxy looks names up; only addresses spelled out can be checked here.
        literal = literal_address(hostname)
        if literal is not None and not is_public(literal):
            raise Refusal(_forbidden(hostname, str(literal)))
        return (Place(hostname),)

    def _remembered(self, hostname: str) -> tuple[Place, ...] | None:
        known = self._known.get(hostname)
        return known[1] if known and known[0] > asyncio.get_running_loop().time() else None

    async def _lookup_once(self, hostname: str) -> tuple[Place, ...] | Failure:
        loop = asyncio.get_running_loop()
        task = self._running.get(hostname)
        if task is None:
            task = self._running[hostname] = loop.create_task(self._lookup(hostname))
            task.add_done_callback(lambda _: self._running.pop(hostname, None))
        found = await asyncio.shield(task)
        # Failures are not kept: the second try must ask again.
        if not isinstance(found, Failure):
            self._known[hostname] = (loop.time() + _KEEP_SECONDS, found)
            while len(self._known) > _KEEP_NAMES:
                self._known.popitem(last=False)
        return found

    async def _lookup(self, hostname: str) -> tuple[Place, ...] | Failure:
        literal = literal_address(hostname)
        if literal is not None:
            return (Place(str(literal)),) if is_public(literal) else _forbidden(hostname, str(literal))
        mapping = self._mapping(hostname)
        if mapping:
            addresses = await self._system_lookup(mapping.host)
            return addresses if isinstance(addresses, Failure) else tuple(Place(each, mapping.port, True) for each in addresses)
        addresses = await self._system_lookup(hostname)
        if isinstance(addresses, Failure):
            return addresses
        for each in addresses:
            literal = literal_address(each)
            if literal is None or not is_public(literal):
                return _forbidden(hostname, each)
        return tuple(Place(each) for each in addresses)

    def _mapping(self, hostname: str) -> NameMapping | None:
        if not _mappable(hostname):
            return None
        return next((mapping for mapping in self._mappings if fnmatch.fnmatchcase(hostname, mapping.pattern)), None)

    async def _system_lookup(self, hostname: str) -> tuple[str, ...] | Failure:
        literal = literal_address(hostname)
        if literal is not None:
            return (str(literal),)
        async with self._lookups:
            try:
                return await _system_addresses(hostname)
            except (OSError, UnicodeError) as error:
                reason = error.strerror if isinstance(error, OSError) and error.strerror else "the name is not valid"
                return Failure(kind=FailureKind.DNS, detail=f"The name has no address ({reason}).")


def _system_addresses(hostname: str) -> "asyncio.Future[tuple[str, ...]]":
    """Ask the system for the addresses of a name, in a thread that does not keep the program from ending."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[tuple[str, ...]] = loop.create_future()

    def settle(addresses: tuple[str, ...] | None, error: Exception | None) -> None:
        if answer.done():
            return
        if addresses is None:
            answer.set_exception(error or OSError("no address"))
        else:
            answer.set_result(addresses)

    def ask() -> None:
        addresses: tuple[str, ...] | None = None
        trouble: Exception | None = None
        try:
            found = socket.getaddrinfo(hostname, None, type=socket.SOCK_STREAM)
            addresses = tuple(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
        except (OSError, UnicodeError) as error:
            trouble = error
        with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile
            loop.call_soon_threadsafe(settle, addresses, trouble)

    threading.Thread(target=ask, name=f"lookup {hostname}", daemon=True).start()
    return answer


def _forbidden(hostname: str, address: str) -> Failure:
    said = "" if hostname == address else f" ({address})"
    return Failure(kind=FailureKind.GUARD, detail=f"The host leads to an address that is not public{said}; nothing was sent.")


class ConnectorResolver(AbstractResolver):
    """Hands the checked places to the connector of the HTTP client."""

    def __init__(self, resolver: Resolver, *, proxy: str | None = None) -> None:
        self._resolver = resolver
        self._proxy_host = hostname_of(proxy) if proxy else None

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        """Return the places of a host in the connector's form; a refusal is raised as OSError, as the connector expects."""
        if host == self._proxy_host:
            places = await self._proxy_places(host)
        else:
            try:
                places = await self._resolver.places(host)
            except Refusal as refusal:
                raise OSError(str(refusal)) from refusal
        return [
            ResolveResult(
                hostname=host,
                host=place.address,
                port=place.port or port,
                family=socket.AF_INET6 if ":" in place.address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for place in places
        ]

    async def _proxy_places(self, host: str) -> tuple[Place, ...]:
        return tuple(Place(address) for address in await _system_addresses(host))

    async def close(self) -> None:
        """Do nothing: the resolver outlives the connector."""
