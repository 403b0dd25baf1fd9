"""Drawing a sample that anybody can draw again: SHA-256 and whole numbers only. `docs/sampling.md` tells the method with a program.

Every unit gets the least number of sites, the rest goes by size; within a unit the sites lie in order of level, and of chance inside a
level, and every n-th is taken from a chance start. So each site of a unit has the same chance, and the levels are met in proportion.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from crawler.facts.records import Record
from reports.errors import SampleError
from rules.registry import Level

LEAST_A_UNIT = 4
"""The smallest sample of a region in Annex 2 of 2018 Q1."""
_LEVEL_ORDER = {level.value: place for place, level in enumerate(Level)}


class FrameSite(Record, frozen=True, kw_only=True):
    """A site that may be drawn. `key` is its site code, or its address where it has none."""

    key: str
    unit: str
    level: str = ""
    """A level's id; empty where unknown."""

    @property
    def line(self) -> str:
        """Return the site's line in the list that is hashed."""
        return f"{self.key}\t{self.unit}\t{self.level}\n"


class Sample(Record, frozen=True, kw_only=True):
    """A drawn sample with what it takes to draw it again."""

    seed: str
    registry_hash: str
    sites: tuple[FrameSite, ...]
    """In the order of units, levels and chance."""


def registry_hash(frame: Iterable[FrameSite]) -> str:
    """Return the SHA-256 of the list: its lines, sorted by code point, in UTF-8, as lower-case hexadecimal."""
    return sha256("".join(sorted(site.line for site in frame)).encode()).hexdigest()


def draw(frame: Iterable[FrameSite], size: int, seed: str, order: Mapping[str, int], least: int = LEAST_A_UNIT) -> Sample:
    """Return a sample of `size` sites, at least `least` a unit (all of a smaller one).

    `order` gives the place of each unit, which decides between equal remainders. Raises `SampleError` where the size cannot be had.
    """
    sites = tuple(frame)
    listed = registry_hash(sites)
    by_unit: dict[str, list[FrameSite]] = {}
    for site in sites:
        by_unit.setdefault(site.unit, []).append(site)
    units = sorted(by_unit, key=lambda unit: (order.get(unit, len(order)), unit))
    seats = allocation({unit: len(by_unit[unit]) for unit in units}, size, least)
    drawn = (site for unit in units for site in _of_unit(by_unit[unit], seats[unit], f"{seed}\n{listed}\n"))
    return Sample(seed=seed, registry_hash=listed, sites=tuple(drawn))


def allocation(sizes: Mapping[str, int], total: int, least: int = LEAST_A_UNIT) -> dict[str, int]:
    """Return how many sites each unit gives, in the order given: `least` each, the rest by size with the largest remainders.

    Raises `SampleError` where `total` is too small for the units, or larger than all of them together.
    """
    seats = {unit: min(least, size) for unit, size in sizes.items()}
    needed, there = sum(seats.values()), sum(sizes.values())
    if not needed <= total <= there:
        raise SampleError("sample_impossible", total=total, least=least, needed=needed, there=there)
    while (rest := total - sum(seats.values())) > 0:
        room = {unit: size for unit, size in sizes.items() if seats[unit] < size}
        weight = sum(room.values())
        # A unit that is full leaves what it cannot give to the others: hence the rounds.
        shares = {unit: min(rest * size // weight, size - seats[unit]) for unit, size in room.items()}
        for unit, share in shares.items():
            seats[unit] += share
        left = total - sum(seats.values())
        by_remainder = sorted(room, key=lambda unit: -(rest * room[unit] % weight))
        for unit in [unit for unit in by_remainder if seats[unit] < sizes[unit]][:left]:
            seats[unit] += 1
    return seats


def _of_unit(sites: list[FrameSite], seats: int, salt: str) -> list[FrameSite]:
    """Return every n-th site from a chance start; the places (start + i * size) // seats are distinct and equally likely."""

    def place(site: FrameSite) -> tuple[int, bytes]:
        return _LEVEL_ORDER.get(site.level, len(_LEVEL_ORDER)), sha256(f"{salt}{site.key}".encode()).digest()

    ordered, size = sorted(sites, key=place), len(sites)
    start = int.from_bytes(sha256(f"{salt}{sites[0].unit}".encode()).digest()) % size
    return [ordered[(start + number * size) // seats] for number in range(seats)]
