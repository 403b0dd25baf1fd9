"""A quarter's figures: plain frozen records that the bulletin is composed from, each with the place it came from."""

from datetime import date
from enum import StrEnum

from crawler.facts.records import Record
from reports.period import Period
from rules.registry import Level


class Origin(StrEnum):
    """Where a printed figure comes from."""

    IMPORTED = "imported"
    """A cell of a file that people filled in."""
    SCAN = "scan"
    """Counted over the registry, the sample or the problems of a scan."""
    DERIVED = "derived"
    """Calculated from the figures of an annex."""
    KEPT = "kept"
    """A figure of an earlier quarter, as it was kept."""


class Source(Record, frozen=True, kw_only=True):
    """The place a figure came from: a file with its line, or a scan; and the field or the way it was counted."""

    origin: Origin
    place: str
    field: str = ""

    def at(self, field: str) -> "Source":
        """Return the source of one field of the record that this is the source of; what was counted over a scan tells how already."""
        if self.origin is Origin.SCAN and self.field:
            return self
        return Source(origin=self.origin, place=self.place, field=field)


class Metadata(Record, frozen=True, kw_only=True):
    """What a quarter says of its own document. What is None is left to the profile, or not printed."""

    title: str | None = None
    issuer: str | None = None
    issuer_short: str | None = None
    index_number: str | None = None
    subject_class: str | None = None
    document_number: str | None = None
    written: date | None = None
    published: date | None = None
    next_report_due: date | None = None
    basis: str | None = None
    """The document the inspection rests on, as prose names it with its number."""
    abridged: bool = False
    source: Source


class RegistryTotals(Record, frozen=True, kw_only=True):
    """Running sites by level on one day. The stated total is kept as stated, also where the levels do not add up to it."""

    as_of: date
    running: int
    by_level: dict[Level, int]
    source: Source


ANNEX_LEVELS = tuple(level for level in Level if level is not Level.CENTRAL_DEPT)
"""The six levels of Annex 2, in its order."""
REGION_COUNTS = ("running_total", *(level.value for level in ANNEX_LEVELS), "sampled", "problem")
"""The nine counts of an Annex 2 row, in its order."""


class RegionFigures(Record, frozen=True, kw_only=True):
    """A row of Annex 2: a region's running sites by level, how many were sampled, how many of those have an outstanding problem."""

    region: str
    running_total: int = 0
    provincial_portal: int = 0
    provincial_dept: int = 0
    city_portal: int = 0
    city_dept: int = 0
    county_portal: int = 0
    county_below: int = 0
    sampled: int = 0
    problem: int = 0
    undecided: int = 0
    """Sampled sites on which no verdict was possible: counted neither as passed nor as failed."""
    self_checked: int | None = None
    """Running sites that the region checked by itself and reported; None where nobody reported site by site."""
    source: Source

    @property
    def counts(self) -> tuple[int, ...]:
        """Return the nine counts of the row in the order of Annex 2."""
        return tuple(getattr(self, name) for name in REGION_COUNTS)

    @property
    def decided(self) -> int:
        """Return how many sampled sites have a verdict."""
        return self.sampled - self.undecided

    @property
    def has_rate(self) -> bool:
        """Tell whether the pass rate of the region may be stated."""
        return states_rate(self.sampled, self.decided)

    def all_passed(self) -> bool:
        """Tell whether every sampled site passed: a region with undecided sites is not praised for what nobody could see."""
        return self.reaches(100)

    def reaches(self, percent: int) -> bool:
        """Tell whether the pass rate is a percentage or more, whichever way the undecided sites would turn out."""
        return self.sampled > 0 and 100 * (self.decided - self.problem) >= percent * self.sampled

    def below(self, percent: int) -> bool:
        """Tell whether the pass rate is strictly below a percentage, whichever way the undecided sites would turn out."""
        return self.sampled > 0 and 100 * (self.sampled - self.problem) < percent * self.sampled


def states_rate(sampled: int, decided: int) -> bool:
    """Tell whether a pass rate may be stated: at least half of the sample was decided.

    One veto is enough to fail a site, while one that passes stays undecided until the last of them is judged. Those decided first are
    the failed ones: after a first night, which cannot tell yet whether a site is reachable, a rate of them alone would be 0 %.
    """
    return 0 < sampled <= 2 * decided


TOTAL = "合计"


def derived(annex: str, how: str) -> Source:
    """Return the source of what is calculated from an annex."""
    return Source(origin=Origin.DERIVED, place=annex, field=how)


def total_of(regions: tuple[RegionFigures, ...], source: Source) -> RegionFigures:
    """Return the totals row of Annex 2: the column sums."""
    sums = {name: sum(getattr(row, name) for row in regions) for name in (*REGION_COUNTS, "undecided")}
    return RegionFigures(region=TOTAL, source=source, **sums)


class SpotCheck(Record, frozen=True, kw_only=True):
    """The size of the sample and the sites with an outstanding problem, as stated beside the table of regions."""

    sampled: int
    problem: int
    source: Source


class ProblemSite(Record, frozen=True, kw_only=True):
    """A row of Annex 3: a sampled site with its one outstanding problem, named as the annex names it."""

    region: str
    printed_name: str
    problem: str
    site_code: str | None = None
    url: str = ""
    sponsor: str = ""
    source: Source


class CitedProblem(Record, frozen=True, kw_only=True):
    """A problem cited in section two, with the site as prose names it. A site may be cited for several, sampled or not."""

    rule: str
    region: str
    printed_name: str
    problem: str
    source: Source


class SelfCheck(Record, frozen=True, kw_only=True):
    """What regions and departments reported of their own checks."""

    sampled: int
    pass_percent: int | float
    review: str = ""
    """What re-checking a part of the reports showed, as a sentence without its full stop."""
    source: Source


class SelfCheckedSite(Record, frozen=True, kw_only=True):
    """A site that its region or department checked, and what it reported."""

    site_code: str
    passed: bool
    source: Source


class Recheck(Record, frozen=True, kw_only=True):
    """A sub-sample of reported sites, checked again (抽样复核)."""

    size: int
    undecided: int
    agreed: int
    lenient: int
    """Reported as passed, found to have an outstanding problem."""
    strict: int
    """Reported as failed, found without one."""
    source: Source

    @property
    def decided(self) -> int:
        """Return how many of them the re-check decided on."""
        return self.size - self.undecided


class Accountability(Record, frozen=True, kw_only=True):
    """Persons held to account for failed sites."""

    interviewed: int = 0
    self_criticism: int = 0
    criticised: int = 0
    removed: int = 0
    source: Source


class Messages(Record, frozen=True, kw_only=True):
    """Valid messages on the 找错 platform, and the share of them that was dealt with."""

    valid: int
    completion_percent: int | float
    source: Source


class AnnualReports(Record, frozen=True, kw_only=True):
    """Annual reports of the past year (国办函〔2018〕12号): how many sites published theirs, whether all supervisors and portals did."""

    published_sites: int
    supervision_complete: bool = False
    portals_complete: bool = False
    source: Source


class ListKey(StrEnum):
    """The lists of Annex 1 that prose and checks refer to."""

    ALL_PASSED = "pass_rate.eq_100"
    BELOW = "pass_rate.lt_90"
    FOUR_QUARTERS = "four_quarters_100"
    THREE_QUARTERS = "three_quarters_100"
    TWO_QUARTERS = "two_quarters_100"
    SELF_CHECKED_ALL = "self_check_share.eq_100"
    SELF_CHECKED_MOST = "self_check_share.gt_70"
    ON_TIME = "messages_on_time_100"


class AnnexList(Record, frozen=True, kw_only=True):
    """A row of Annex 1: regions first, then departments. `group` is empty where the row stands by itself."""

    key: ListKey
    group: str = ""
    heading: str
    members: tuple[str, ...]
    source: Source


class Figures(Record, frozen=True, kw_only=True):
    """All figures of a quarter. What is None or empty was not gathered: its sentence is dropped."""

    period: Period
    metadata: Metadata
    registry: RegistryTotals | None = None
    regions: tuple[RegionFigures, ...] = ()
    totals: RegionFigures | None = None
    """The totals row as stated in an imported file; None where it is to be summed."""
    whole_registry: bool = False
    """Every running site was inspected: nothing was drawn at random."""
    central: RegionFigures | None = None
    """Sampled sites of State Council departments: part of the sample, not of Annex 2."""
    spot_check: SpotCheck | None = None
    problem_sites: tuple[ProblemSite, ...] = ()
    cited: tuple[CitedProblem, ...] = ()
    self_check: SelfCheck | None = None
    self_checked: tuple[SelfCheckedSite, ...] = ()
    recheck: Recheck | None = None
    accountability: Accountability | None = None
    messages: Messages | None = None
    annual_reports: AnnualReports | None = None
    lists: tuple[AnnexList, ...] = ()
    named_candidates: int = 0
    """Problems named here that nobody has confirmed: with any of them the document is a draft."""
    withheld_candidates: int = 0
    """Problems found by the machine that are left out because nobody has decided on them yet."""

    def members(self, key: ListKey) -> AnnexList | None:
        """Return a list of Annex 1, if it was gathered."""
        return next((entry for entry in self.lists if entry.key is key), None)
