"""How the bulletin names sites: three rules seen in the published ones."""

from functools import cache

from reports.inert import plain
from rules.registry import regions

_COMPLETE_ENDINGS = ("网", "网站")
_UNAMBIGUOUS_PLACES = ("县", "市", "旗")
"""A county or a county-level city names itself; a district (区), a town or a street needs the city it lies in."""


def full_region_name(region: str) -> str:
    """Return the full name of a region given by its short one; any other name stays as it is."""
    return _full_names().get(region, region)


@cache
def _full_names() -> dict[str, str]:
    return {region.short_name: region.full_name for region in regions()}


def region_order(region: str | None) -> int:
    """Return the place of a region in Annex 2; regions that are not in it, and unknown ones, come last."""
    return _places_in_annex().get(region or "", len(_places_in_annex()) + 1)


def is_region(name: str) -> bool:
    """Tell whether a name is the short name of a region of Annex 2."""
    return name in _places_in_annex()


@cache
def _places_in_annex() -> dict[str, int]:
    return {region.short_name: region.seq for region in regions()}


def quoted_site_name(site_name: str) -> str:
    """Return the name in quotation marks, with 网 after them unless the name itself ends like a site's name (rule 1).

    Quotation marks inside the name become single ones.
    """
    name = plain(site_name).replace("“", "‘").replace("”", "’")
    return f"“{name}”" if name.endswith(_COMPLETE_ENDINGS) else f"“{name}”网"


def name_in_prose(site_name: str, region: str | None, places: tuple[str, ...] = ()) -> str:
    """Return the site as section two names it: full region, places the name does not show, quoted name (rule 2).

    `region` is a short name; `places` are the full names of city and district, outermost first. Nothing is put before a name
    that starts with the region's full name.
    """
    name = plain(site_name)
    region_name = full_region_name(plain(region or ""))
    if region_name and name.startswith(region_name):
        return quoted_site_name(name)
    return region_name + name_in_annex(name, places)


def owner_in_prose(sponsor: str, region: str | None) -> str:
    """Return the unit behind a site as section two names it: with its full region, without quotation marks."""
    name, region_name = plain(sponsor), full_region_name(plain(region or ""))
    return name if name.startswith(region_name) else region_name + name


def name_in_annex(site_name: str, places: tuple[str, ...] = ()) -> str:
    """Return the site as Annex 3 names it: as in prose, without the region, which has a column of its own there (rule 3)."""
    name = plain(site_name)
    return "".join(_unshown(name, places)) + quoted_site_name(name)


def _unshown(name: str, places: tuple[str, ...]) -> list[str]:
    """Return the places to print before a name: none that it shows, and none that contains an unambiguous one it shows."""
    shown = [place for place in places if place in name]
    if any(place.endswith(_UNAMBIGUOUS_PLACES) for place in shown):
        return [place for place in places[places.index(shown[-1]) :] if place not in shown]
    return [place for place in places if place not in shown]
