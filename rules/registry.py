"""The registry's words: what is known of a site before anybody looks at it."""

import csv
import re
from enum import StrEnum
from functools import cache
from importlib import resources

from crawler.facts.records import Record


class Level(StrEnum):
    """The seven classes of the bulletin's Annex 2, in its order."""

    CENTRAL_DEPT = "central_dept"
    PROVINCIAL_PORTAL = "provincial_portal"
    PROVINCIAL_DEPT = "provincial_dept"
    CITY_PORTAL = "city_portal"
    CITY_DEPT = "city_dept"
    COUNTY_PORTAL = "county_portal"
    COUNTY_BELOW = "county_below"

    @property
    def is_portal(self) -> bool:
        """Tell whether sites of this level are portals of a government (门户网站)."""
        return self in (Level.PROVINCIAL_PORTAL, Level.CITY_PORTAL, Level.COUNTY_PORTAL)


class Status(StrEnum):
    """The registry's word on a site's operation (standards.md section 8)."""

    RUNNING = "running"
    OFFLINE_TEMPORARILY = "offline_temporarily"
    CLOSED = "closed"
    MIGRATED = "migrated"


class RegistryRow(Record, frozen=True, kw_only=True):
    """One registered site. Only `url` is certain; the other columns may be unknown."""

    url: str
    host: str
    site_code: str | None = None
    name: str = ""
    sponsor: str = ""
    region: str | None = None
    """Short name of the region (规范简称), as in `regions.csv`; None for central departments and where unknown."""
    level: Level | None = None
    status: Status = Status.RUNNING
    extra: dict[str, str] = {}
    """Columns of the imported file that xuncha does not know, kept as they were."""


SITE_CODE = re.compile(r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{8}|[bB][mM]\d{8}|[bB][tT]\d{8}")
"""Form of a 网站标识码: no published coding rule was found, this is inferred from examples (standards.md section 5)."""


class Region(Record, frozen=True, kw_only=True):
    """A provincial region: the order of Annex 2, its names, the first two characters of its site codes."""

    seq: int
    short_name: str
    full_name: str
    prefix: str


@cache
def regions() -> tuple[Region, ...]:
    """Return the 32 regions in the order of Annex 2 (GB/T 2260 names and prefixes; BT is the Corps)."""
    with resources.files("rules").joinpath("regions.csv").open(encoding="utf-8") as lines:
        return tuple(
            Region(
                seq=int(row["seq"]),
                short_name=row["short_name"],
                full_name=row["full_name"],
                prefix=row["site_code_prefix"],
            )
            for row in csv.DictReader(lines)
        )


@cache
def region_by_prefix() -> dict[str, Region]:
    """Return the regions by the first two characters of their site codes."""
    return {region.prefix: region for region in regions()}


def region_of(site_code: str | None) -> str | None:
    """Return the short name of the region a site code belongs to; None for ministries and unknown prefixes."""
    region = region_by_prefix().get((site_code or "")[:2].upper())
    return region.short_name if region else None
