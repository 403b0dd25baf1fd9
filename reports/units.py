"""The units a bulletin compares: provinces, cities with departments, districts, departments, or bureaus of a vertical department."""

from enum import StrEnum

from crawler.facts.records import Record
from reports.inert import plain
from reports.naming import is_region, region_order
from rules.registry import Level, RegistryRow

CENTRAL = "国务院部门"
UNKNOWN_UNIT = "未标明地区"


class UnitKind(StrEnum):
    """What a unit is, and so how it follows from a row of the registry."""

    PROVINCE = "province"
    """The row's region."""
    CITY = "city"
    DISTRICT = "district"
    """The place that the first digits of the site code stand for, as the table of names tells it."""
    DEPARTMENT = "department"
    """The row's sponsor."""
    VERTICAL = "vertical"
    """A column of the registry that names the bureau."""


class Units(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The units of a bulletin and how prose and tables speak of them."""

    kind: UnitKind = UnitKind.PROVINCE
    heading: str = "省（自治区、直辖市）"
    """Head of their column in the annexes."""
    collective: str = "各地区"
    reporters: str = "各地区、各部门"
    """Those who check their own sites and report it."""
    noun: str = "地区"
    """What is counted: 21个地区."""
    names: dict[str, str] = {}
    """First digits of site codes with the name of the place, in the order of lists; the longest that fits counts."""
    column: str = ""
    """The column of the registry file that names a vertical department's bureau."""
    sponsor_levels: tuple[Level, ...] = ()
    """Levels whose sites stand under their sponsor: the issuer's own departments."""

    def of(self, row: RegistryRow) -> str | None:
        """Return the unit that a site belongs to; None where the registry does not tell."""
        if row.level in self.sponsor_levels or self.kind is UnitKind.DEPARTMENT:
            return plain(row.sponsor) or None
        if self.kind is UnitKind.VERTICAL:
            return plain(row.extra.get(self.column, "")) or None
        if self.kind is UnitKind.PROVINCE:
            return row.region
        fitting = [prefix for prefix in self.names if (row.site_code or "").upper().startswith(prefix)]
        return self.names[max(fitting, key=len)] if fitting else None

    def printed(self, row: RegistryRow) -> str:
        """Return what lists print in the column of units: State Council departments stand beside the regions."""
        if self.kind is UnitKind.PROVINCE and row.level is Level.CENTRAL_DEPT:
            return CENTRAL
        return plain(self.of(row) or "") or UNKNOWN_UNIT

    def place(self, unit: str | None) -> tuple[int, str]:
        """Return the sort key of a unit: places in their order, then departments by name, then what is unknown."""
        if self.kind is UnitKind.PROVINCE:
            return region_order(unit), unit or ""
        known = list(self.names.values())
        if unit in known:
            return known.index(unit), ""
        return len(known) + (unit is None), unit or ""

    def is_area(self, name: str) -> bool:
        """Tell whether a name is that of a place, not of a department."""
        return is_region(name) if self.kind is UnitKind.PROVINCE else name in self.names.values()


NATION = Units()
"""The 32 regions of the nation-wide bulletin."""
