"""The operator's profile: issuer, units, fixed texts, thresholds, columns and sections of a bulletin, in a TOML file."""

import tomllib
from collections.abc import Iterator
from enum import StrEnum
from importlib import resources
from pathlib import Path
from string import Formatter
from typing import Annotated

import msgspec

from crawler.facts.records import Record
from reports.errors import ProfileError
from reports.levels import LEVEL_NAMES, LevelNames
from reports.units import UnitKind, Units
from rules.registry import Level

_PLACEHOLDERS = frozenset(
    {"scope", "issuer", "issuer_short", "short", "lead", "basis", "period", "year", "quarter", "next_quarter", "next_due", "reporters"}
)
_Percent = Annotated[int, msgspec.Meta(ge=0, le=100)]


class Section(StrEnum):
    """Parts of the bulletin that a profile takes in or leaves out."""

    REGISTRY = "registry"
    SPOT_CHECK = "spot_check"
    CHANGES = "changes"
    """What changed against the last quarter and the same one a year ago."""
    ACCOUNTABILITY = "accountability"
    ANNUAL_REPORTS = "annual_reports"
    PROBLEMS = "problems"
    DEMANDS = "demands"
    LISTS_ANNEX = "lists_annex"
    UNITS_ANNEX = "units_annex"
    SITES_ANNEX = "sites_annex"


class UnitColumn(StrEnum):
    """Columns of Annex 2 after number and unit; the levels are called as everywhere."""

    RUNNING = "running_total"
    PROVINCIAL_PORTAL = "provincial_portal"
    PROVINCIAL_DEPT = "provincial_dept"
    CITY_PORTAL = "city_portal"
    CITY_DEPT = "city_dept"
    COUNTY_PORTAL = "county_portal"
    COUNTY_BELOW = "county_below"
    SAMPLED = "sampled"
    PROBLEM = "problem"
    UNDECIDED = "undecided"
    RATE = "rate"


class SiteColumn(StrEnum):
    """Columns of Annex 3 after the number."""

    UNIT = "region"
    NAME = "site_name"
    PROBLEM = "problem"
    CODE = "site_code"
    URL = "url"
    SPONSOR = "sponsor"


PUBLISHED_UNIT_COLUMNS = tuple(column for column in UnitColumn if column not in (UnitColumn.UNDECIDED, UnitColumn.RATE))
PUBLISHED_SITE_COLUMNS = (SiteColumn.UNIT, SiteColumn.NAME, SiteColumn.PROBLEM, SiteColumn.CODE)


class Thresholds(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where lists and rates draw their lines."""

    passed_percent: _Percent = 100
    """Units at this pass rate or above are praised."""
    below_percent: _Percent = 90
    """Units strictly below this pass rate are listed."""
    self_checked_percent: _Percent = 100
    """Units that checked this share of their own running sites, or more, are praised."""
    self_checked_most_percent: _Percent = 70
    """Units strictly above this share follow them."""
    streaks: tuple[Annotated[int, msgspec.Meta(ge=2, le=4)], ...] = (4,)
    """How many quarters in a row Annex 1 has lists for."""
    rate_decimals: Annotated[int, msgspec.Meta(ge=0, le=2)] = 0
    examples: Annotated[int, msgspec.Meta(ge=1)] = 4
    """How many sites a sentence names before it says how many there are."""


class AnnexTitles(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The titles of the three annexes."""

    lists: str = "{period}{reporters}政府网站监管工作情况"
    units: str = "各地区政府网站运行和抽查情况"
    sites: str = "抽查发现存在突出问题的政府网站名单"


class Profile(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Fixed texts and choices of a bulletin. Texts may hold placeholders such as {issuer_short} and {next_due}."""

    name: str
    scope: str = "全国"
    """Whose sites the bulletin is about."""
    title: str = "{period}{scope}政府网站抽查情况通报"
    issuer: str
    issuer_short: str = ""
    red_head: str = ""
    """发文机关标志: printed in red over a red line where it is set."""
    document_number: str = ""
    """发文字号, unless the figures name theirs; such as `安政办函〔{year}〕12号`."""
    addressee: str = ""
    """主送机关."""
    signed: bool = False
    """Print the issuer over the date."""
    word_template: str = ""
    """A Word file of the office's own, beside the profile: the text goes where it says 〔正文〕."""
    basis: str = "《政府网站发展指引》（国办发〔2017〕47号）"
    """The document the inspection rests on, unless the figures name theirs."""
    guiding_principle: str = ""
    """Free text of the operator that opens the bulletin; never generated."""
    opening: str = "{lead}依据{basis}，{issuer}{short}对{period}{scope}政府网站的运行和管理情况作了抽查，结果通报如下："
    overview_remarks: tuple[str, ...] = ()
    """Sentences of the operator at the end of the accountability paragraph, such as those of a season."""
    demands: tuple[str, ...] = ()
    """The paragraphs of section three."""
    closing_demand: str = ""
    """The last paragraph of section three, printed when the figures set a date for the next report."""
    demands_without_problems: tuple[str, ...] = ()
    """The paragraphs of section three in a quarter without named problems; the usual ones where there are none."""
    closing_demand_without_problems: str = ""
    units: Units = Units()
    levels: dict[Level, LevelNames] = {}
    """Names of levels that differ from those of the nation-wide bulletin."""
    sections: tuple[Section, ...] = tuple(Section)
    annex_titles: AnnexTitles = AnnexTitles()
    unit_columns: tuple[UnitColumn, ...] = PUBLISHED_UNIT_COLUMNS
    site_columns: tuple[SiteColumn, ...] = PUBLISHED_SITE_COLUMNS
    thresholds: Thresholds = Thresholds()

    def level_names(self, level: Level) -> LevelNames:
        """Return what a level is called."""
        return self.levels.get(level, LEVEL_NAMES[level])

    def texts(self) -> Iterator[str]:
        """Yield every text that may hold placeholders."""
        yield from (self.title, self.opening, self.document_number, self.addressee, self.red_head)
        yield from (self.closing_demand, self.closing_demand_without_problems)
        yield from (*self.demands, *self.demands_without_problems, *self.overview_remarks)
        yield from (self.annex_titles.lists, self.annex_titles.units, self.annex_titles.sites)


def load_profile(name_or_file: str) -> Profile:
    """Return a profile that ships with xuncha, by name, or that of a TOML file; raises `ProfileError`."""
    shipped = resources.files("reports").joinpath("profiles", f"{name_or_file}.toml")
    own = Path(name_or_file)
    source = shipped if name_or_file.isidentifier() and shipped.is_file() else own
    try:
        profile = msgspec.convert(tomllib.loads(source.read_text(encoding="utf-8")), Profile)
    except OSError as error:
        raise ProfileError("profile_unreadable", profile=name_or_file, why=error.strerror) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ProfileError("profile_invalid", profile=name_or_file, why=error) from error
    _require_usable(profile, name_or_file)
    if profile.word_template:
        return msgspec.structs.replace(profile, word_template=str(own.parent / profile.word_template))
    return profile


def _require_usable(profile: Profile, file: str) -> None:
    for text in profile.texts():
        _require_known_placeholders(text, file)
    if profile.units.kind is UnitKind.VERTICAL and not profile.units.column:
        raise ProfileError("profile_without_column", profile=file)
    if profile.units.kind in (UnitKind.CITY, UnitKind.DISTRICT) and not profile.units.names:
        raise ProfileError("profile_without_names", profile=file, kind=profile.units.kind)


def _require_known_placeholders(text: str, file: str) -> None:
    try:
        unknown = [field for _, field, _, _ in Formatter().parse(text) if field is not None and field not in _PLACEHOLDERS]
    except ValueError as error:
        raise ProfileError("profile_bad_text", profile=file, why=error, text=text) from error
    if unknown:
        raise ProfileError("profile_bad_placeholder", profile=file, name=unknown[0], known=", ".join(sorted(_PLACEHOLDERS)))
