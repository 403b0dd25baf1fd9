"""The divisions that site codes name, and whether the registry at hand holds enough of one to say what is missing from it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rules.dossier import SeenSite
from rules.registry import Level

REGION_DIGITS = 6
"""The first six characters of a site code name the division or department (standards.md section 5)."""
GOVERNMENT_OFFICE = re.compile(r"(?:人民政府|办公[厅室])$")
"""Sponsors that run the portal of a government: itself, or its general office."""


def division_of(code: str) -> str:
    """Return the division or department of a site code, in lower case."""
    return code[:REGION_DIGITS].lower()


def sponsor_of(site: SeenSite) -> str:
    """Return the sponsor of a site without blanks: as registered, else as printed on its pages."""
    return "".join(((site.row.sponsor if site.row else "") or site.sponsor).split())


def may_be_portal(site: SeenSite) -> bool:
    """Tell whether a registered site is a portal, or may be one: its level is unknown and its sponsor is an office that runs portals."""
    if site.row is None:
        return False
    return site.row.level.is_portal if site.row.level else bool(GOVERNMENT_OFFICE.search(sponsor_of(site)))


def _heads_its_division(site: SeenSite) -> bool:
    return may_be_portal(site) or (site.row is not None and site.row.level is Level.CENTRAL_DEPT)


@dataclass(slots=True)
class _Holding:
    heads: int = 0
    others: int = 0


@dataclass(slots=True)
class RegistryAtHand:
    """How many sites of each division the registry at hand holds: its portals, and the sites of its departments."""

    _held: dict[str, _Holding] = field(default_factory=dict)

    @classmethod
    def of(cls, sites: Iterable[SeenSite]) -> "RegistryAtHand":
        """Count the registered sites that have a code."""
        registry = cls()
        for site in sites:
            if site.row and site.row.site_code:
                holding = registry._held.setdefault(division_of(site.row.site_code), _Holding())
                if _heads_its_division(site):
                    holding.heads += 1
                else:
                    holding.others += 1
        return registry

    def covers(self, division: str, departments: int) -> bool:
        """Tell whether the registry plausibly holds the whole division: a portal, and at least `departments` other sites."""
        holding = self._held.get(division)
        return holding is not None and holding.heads > 0 and holding.heads - 1 + holding.others >= departments
