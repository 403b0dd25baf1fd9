"""The records that lists and bulletins are made from: problems of sites, and the sample with its verdicts."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from crawler.facts.records import Record
from reports.naming import region_order
from reports.problem_families import outstanding_order
from rules.registry import Level
from rules.verdict import Severity, Verdict


class ProblemStatus(StrEnum):
    """How far people have come with a problem."""

    CANDIDATE = "candidate"
    """Found by the machine; nobody has decided on it."""
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    NOTIFIED = "notified"
    RECTIFIED = "rectified"
    VERIFIED = "verified"

    @property
    def text(self) -> str:
        """Return the status as lists print it."""
        return _STATUS_TEXTS[self]

    @property
    def stands(self) -> bool:
        """Tell whether a person has confirmed the problem; what was done about it since changes nothing in that."""
        return self not in (ProblemStatus.CANDIDATE, ProblemStatus.REJECTED)


_STATUS_TEXTS = {
    ProblemStatus.CANDIDATE: "待核实",
    ProblemStatus.CONFIRMED: "已核实",
    ProblemStatus.REJECTED: "已排除",
    ProblemStatus.NOTIFIED: "已通知整改",
    ProblemStatus.RECTIFIED: "已整改",
    ProblemStatus.VERIFIED: "整改已复核",
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
    places: tuple[str, ...] = ()
    """Full names of the city and district the site belongs to, outermost first, where they are known."""

    @property
    def order(self) -> tuple[int, str, bool, str, str]:
        """Return the sort key of lists: the region's place in Annex 2, then the site code, sites without a code last."""
        return region_order(self.region), self.region or "", not self.site_code, (self.site_code or "").upper(), self.key


class SiteProblem(Record, frozen=True, kw_only=True):
    """A problem of a site: what a rule found, and what people decided on it."""

    site: ListedSite
    rule: str
    problem: str
    """The official wording."""
    severity: Severity
    status: ProblemStatus = ProblemStatus.CANDIDATE
    clause: str = ""
    evidence_url: str = ""
    first_seen: datetime | None = None
    """UTC."""


class SampledSite(Record, frozen=True, kw_only=True):
    """A site of the sample with its verdict."""

    site: ListedSite
    verdict: Verdict


def by_site(problems: Iterable[SiteProblem]) -> Iterator[tuple[SiteProblem, ...]]:
    """Yield each site's problems, the most outstanding first; the sites in the order of lists."""

    def order(problem: SiteProblem) -> tuple[tuple[int, str, bool, str, str], tuple[int, int, str]]:
        return problem.site.order, outstanding_order(problem.rule)

    for _, group in groupby(sorted(problems, key=order), key=lambda problem: problem.site.order):
        yield tuple(group)
