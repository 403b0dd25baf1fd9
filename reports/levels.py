"""What the seven levels of sites are called: in prose, and in the two header rows of Annex 2."""

from crawler.facts.records import Record
from rules.registry import Level


class LevelNames(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The names of one level."""

    prose: str
    group: str
    """Head over neighbouring columns of Annex 2."""
    column: str


LEVEL_NAMES = {
    Level.CENTRAL_DEPT: LevelNames(prose="国务院部门及其内设机构、垂直管理机构网站", group="国务院部门网站数", column="部门"),
    Level.PROVINCIAL_PORTAL: LevelNames(prose="省级政府门户网站", group="省级政府网站数", column="门户"),
    Level.PROVINCIAL_DEPT: LevelNames(prose="省级政府部门网站", group="省级政府网站数", column="部门"),
    Level.CITY_PORTAL: LevelNames(prose="市级政府门户网站", group="市级政府网站数", column="门户"),
    Level.CITY_DEPT: LevelNames(prose="市级政府部门网站", group="市级政府网站数", column="部门"),
    Level.COUNTY_PORTAL: LevelNames(prose="县级政府门户网站", group="县级及以下政府网站数", column="县级门户"),
    Level.COUNTY_BELOW: LevelNames(prose="县级以下政府网站", group="县级及以下政府网站数", column="县级以下"),
}
"""The names of the nation-wide bulletin; a profile may use others."""
