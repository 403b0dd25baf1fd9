"""The world: its sites with what is planted in them (`worlds.toml`), and its state at a time."""

import csv
import io
import tomllib
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any

from crawler.china_time import CHINA, china_day
from rules.registry import Level, Status, region_of
from xuncha.demo.content import Content
from xuncha.demo.faults import CHANGES
from xuncha.demo.pages import SitePages
from xuncha.demo.site import Behaviour, Break, Site, Style, Trap
from xuncha.demo.views import Link
from xuncha.demo.writing import WORLD_DAY, Writer

AS_OF = datetime(WORLD_DAY.year, WORLD_DAY.month, WORLD_DAY.day, 9, tzinfo=CHINA)
"""The time at which the world is judged."""
FIRST_SCAN = datetime(2018, 1, 15, 9, tzinfo=CHINA)
"""The time of the earlier scan: what it saw is the history of the sites."""
_REDESIGN_DAY = date(2018, 2, 5)
_TOUCH_UP_DAY = date(2018, 2, 20)
_NEIGHBOURS = 4
_HEADER = ("网站标识码", "网站名称", "首页网址", "主办单位", "地区", "类别", "状态")


class World:
    """All sites of the demo."""

    def __init__(self, sites: tuple[Site, ...]) -> None:
        self.sites = sites
        self._by_host = {name: site for site in sites for name in _names(site)}

    def site_of(self, host: str) -> Site | None:
        """Return the site that answers under a host name."""
        return self._by_host.get(host)

    def state(self, as_of: datetime) -> "WorldState":
        """Return the world as it was on the morning of a time's day in China."""
        return WorldState(self, china_day(as_of))

    @property
    def registered(self) -> tuple[Site, ...]:
        """Return the sites that the registry holds."""
        return tuple(site for site in self.sites if site.registered)


class WorldState:
    """The pages of all sites on a day."""

    def __init__(self, world: World, day: date) -> None:
        self._world, self._day = world, day
        self._pages: dict[str, SitePages] = {}

    def pages(self, host: str) -> SitePages:
        """Return the pages of a site. Raise KeyError for a host that is none of the world's."""
        if host not in self._pages:
            site = self._world.site_of(host)
            if site is None:
                raise KeyError(host)
            self._pages[host] = self._build(site)
        return self._pages[host]

    def _build(self, site: Site) -> SitePages:
        earlier = site.style_before if self._day < _REDESIGN_DAY else None
        content = content_of(site).on(self._day, touched_up=self._day >= _TOUCH_UP_DAY)
        return SitePages(site, earlier or site.style, content, self._neighbours(site))

    def _neighbours(self, site: Site) -> tuple[Link, ...]:
        """Return the friend links of a homepage: the next sound sites in order, and those the site links to on purpose."""
        sound = [other for other in self._world.sites if other.sound and other is not site]
        start = sum(map(ord, site.host)) % len(sound)
        near = [*sound[start:], *sound[:start]][:_NEIGHBOURS]
        chosen = [other for other in self._world.sites if other.host in site.links]
        return tuple(Link(other.name, other.url) for other in (*near, *chosen))


@cache
def content_of(site: Site) -> Content:
    """Return all that a site ever says, with its faults."""
    writer = Writer(site.host, site.place, site.sponsor, site.name)
    content = writer.write(site.profile)
    for change in sorted(site.breaks | site.traps):
        if change in CHANGES:
            content = CHANGES[change](content, writer)
    return content


@cache
def load_world() -> World:
    """Return the world that `worlds.toml` describes."""
    text = resources.files("xuncha.demo").joinpath("worlds.toml").read_text(encoding="utf-8")
    return World(tuple(_site(row) for row in tomllib.loads(text)["site"]))


def _site(row: dict[str, Any]) -> Site:
    site = Site(
        host=row["host"],
        name=row["name"],
        place=row["place"],
        sponsor=row.get("sponsor", row["name"]),
        level=Level(row["level"]),
        style=Style(row["style"]),
        profile=row["profile"],
        note=row["note"],
        code=row.get("code"),
    )
    return replace(
        site,
        registered=row.get("registered", True),
        status=Status(row.get("status", Status.RUNNING)),
        behaviour=Behaviour(row.get("behaviour", Behaviour.ANSWERS)),
        breaks=frozenset(map(Break, row.get("breaks", ()))),
        traps=frozenset(map(Trap, row.get("traps", ()))),
        style_before=Style(row["style_before"]) if "style_before" in row else None,
        links=tuple(row.get("links", ())),
    )


def _names(site: Site) -> tuple[str, ...]:
    return (site.host, f"www.{site.host}") if Trap.WWW_TWIN in site.traps else (site.host,)


def registry_csv(world: World) -> str:
    """Return the registry of the world as a CSV file with Chinese headers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEADER)
    for site in world.registered:
        row = (site.code, site.name, site.url, site.sponsor, region_of(site.code) or "", site.level.value, site.status.value)
        writer.writerow(row)
    return out.getvalue()
