"""The records that lists and bulletins are made from: problems of sites, and the sample with its verdicts."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from sys import intern

from crawler.facts.records import Record
from reports.inert import plain
from reports.naming import name_in_annex, name_in_prose, owner_in_prose, region_order
from reports.problem_families import outstanding_order
from reports.units import CENTRAL, NATION, UNKNOWN_UNIT, Units
from rules.registry import Level, RegistryRow
from rules.verdict import Finding, Severity, Verdict
from storage.records import ProblemState

_STATE_TEXTS = {
    ProblemState.CANDIDATE: "待核实",
    ProblemState.CONFIRMED: "已核实",
    ProblemState.REJECTED: "已排除",
    ProblemState.NOTIFIED: "已通知整改",
    ProblemState.RECTIFIED: "已整改",
    ProblemState.VERIFIED: "整改已复核",
}


class ListedSite(Record, frozen=True, kw_only=True):
    """A site as lists and bulletins name it. `key` tells sites apart: the store's number, or the address."""

    key: str
    name: str
    url: str
    region: str | None = None
    """Short name; None for sites of State Council departments and where unknown."""
    site_code: str | None = None
    level: Level | None = None
    sponsor: str = ""
    places: tuple[str, ...] = ()
    """Full names of the city and district the site belongs to, outermost first, where they are known."""
    unit: str = ""
    """What lists print as its unit; empty for its region."""
    place: tuple[int, str] | None = None
    """The place of its unit in lists; None for that of its region."""

    @property
    def printed_region(self) -> str:
        """Return the region as lists print it."""
        central = CENTRAL if self.level is Level.CENTRAL_DEPT else ""
        return self.unit or central or plain(self.region or "") or UNKNOWN_UNIT

    @property
    def annex_name(self) -> str:
        """Return the site as Annex 3 and the problem list name it; a site without a name by its address."""
        return name_in_annex(self.name, self.places) if plain(self.name) else plain(self.url)

    @property
    def prose_name(self) -> str:
        """Return the site as section two names it."""
        return name_in_prose(self.name, self.region, self.places) if plain(self.name) else f"网址为{plain(self.url)}的网站"

    @property
    def owner_name(self) -> str:
        """Return the unit that runs the site, as section two names it."""
        return owner_in_prose(self.sponsor, self.region) if plain(self.sponsor) else f"{self.prose_name}的主办单位"

    @property
    def order(self) -> tuple[int, str, bool, str, str]:
        """Return the sort key of lists: the unit's place in Annex 2, then the site code, sites without a code last."""
        first, second = self.place or (region_order(self.region), self.region or "")
        return first, second, not self.site_code, (self.site_code or "").upper(), self.key


class SiteProblem(Record, frozen=True, kw_only=True):
    """A problem of a site: what a rule found, and what people decided on it."""

    site: ListedSite
    rule: str
    problem: str
    """The official wording."""
    severity: Severity
    state: ProblemState = ProblemState.CANDIDATE
    clause: str = ""
    evidence_url: str = ""
    first_seen: datetime | None = None
    """UTC."""

    @property
    def confirmed(self) -> bool:
        """Tell whether a person has confirmed the problem; what was done about it since changes nothing in that."""
        return self.state not in (ProblemState.CANDIDATE, ProblemState.REJECTED)

    @property
    def state_text(self) -> str:
        """Return the state as lists print it."""
        return _STATE_TEXTS[self.state]


class SampledSite(Record, frozen=True, kw_only=True):
    """A site of the sample with its verdict."""

    site: ListedSite
    verdict: Verdict


def listed_site(key: str, row: RegistryRow, units: Units = NATION) -> ListedSite:
    """Return a registered site as lists know it, with its unit for region."""
    unit = units.of(row)
    return ListedSite(
        key=key,
        name=row.name,
        url=row.url,
        region=unit,
        site_code=row.site_code,
        level=row.level,
        sponsor=row.sponsor,
        unit=units.printed(row),
        place=units.place(unit),
    )


def problem_of(site: ListedSite, finding: Finding, state: ProblemState, first_seen: datetime | None = None) -> SiteProblem:
    """Return a failed finding as the problem that people decide on; its link is that of the first evidence that has one."""
    return SiteProblem(
        site=site,
        # Thousands of problems share these texts, and each came from the database by itself.
        rule=intern(finding.rule),
        problem=intern(finding.problem),
        severity=finding.severity,
        state=state,
        clause=intern(finding.clause),
        evidence_url=next((piece.url for piece in finding.evidence if piece.url), ""),
        first_seen=first_seen,
    )


def by_site(problems: Iterable[SiteProblem]) -> Iterator[tuple[SiteProblem, ...]]:
    """Yield each site's problems, the most outstanding first; the sites in the order of lists."""

    def order(problem: SiteProblem) -> tuple[tuple[int, str, bool, str, str], tuple[int, int, str]]:
        return problem.site.order, outstanding_order(problem.rule)

    for _, group in groupby(sorted(problems, key=order), key=lambda problem: problem.site.order):
        yield tuple(group)
