"""The records that go into storage and come out of it. No SQLAlchemy object ever leaves this floor."""

import datetime as dt
from datetime import datetime
from enum import StrEnum
from typing import Any

from crawler.facts.records import Record
from crawler.snapshot import Reach, ReachReason, Screenshot
from rules.dossier import SeenSite
from rules.registry import RegistryRow
from rules.verdict import Evidence, Finding, Verdict
from storage.evidence.records import KeptAudit


class Site(Record, frozen=True, kw_only=True):
    """A site of the database. One that was only discovered through links is not `registered`; its row holds an address and no more."""

    site_id: int
    registered: bool = True
    row: RegistryRow


class DiscoveredSite(Record, frozen=True, kw_only=True):
    """A site that registered sites link to and the registry does not name."""

    url: str
    host: str
    linked_from: tuple[str, ...] = ()
    """Addresses of pages of registered sites that link here, at most five."""


class ScanStatus(StrEnum):
    """How far a scan is. A killed scan stays `running` until it is resumed."""

    RUNNING = "running"
    FINISHED = "finished"


class Scan(Record, frozen=True, kw_only=True):
    """One round over many sites."""

    scan_id: int
    as_of: datetime
    """UTC."""
    standard: str
    status: ScanStatus
    started_at: datetime
    """UTC, wall clock."""
    finished_at: datetime | None = None
    sample_size: int | None = None
    """None for a scan of the whole registry."""
    sample_seed: int | None = None
    settings: dict[str, Any] = {}
    """What a resumed scan must do again in the same way."""
    planned: int = 0
    done: int = 0

    @property
    def standard_name(self) -> str:
        """Return what finds the scan's standard again: its id, or the file that it was read from."""
        return str(self.settings.get("standard_file", self.standard))


class KnockOutcome(StrEnum):
    """What one reachability visit says."""

    OPENED = "opened"
    FAILED = "failed"
    UNSURE = "unsure"
    """Blocked, or the crawler's own fault."""


class Knock(Record, frozen=True, kw_only=True):
    """One reachability visit."""

    site_id: int
    at: datetime
    """With a time zone; counted on its China-time day."""
    outcome: KnockOutcome


class ObservedItem(Record, frozen=True, kw_only=True):
    """A list entry as this audit saw it: what the history of a site is made of."""

    url: str
    title: str
    date: dt.date | None = None
    """The date printed beside it."""
    column_url: str = ""


class ObservedColumn(Record, frozen=True, kw_only=True):
    """A column whose list this audit read."""

    url: str
    oldest: dt.date | None = None
    """The oldest date in the list."""


class AuditResult(Record, frozen=True, kw_only=True):
    """All that is kept of one site's audit within a scan."""

    site_id: int
    url: str
    host: str
    reach: Reach
    reach_reason: ReachReason | None = None
    reach_detail: str = ""
    verdict: Verdict
    title: str = ""
    final_url: str = ""
    final_host: str = ""
    pages: int = 0
    requests: int = 0
    seconds: float = 0.0
    started_at: datetime
    finished_at: datetime
    observed_at: datetime
    """The instant that the history dates this look to: the scan's as-of time."""
    findings: tuple[Finding, ...] = ()
    seen: SeenSite
    """What registry rules need of it; its row is not kept, the registry has it."""
    items: tuple[ObservedItem, ...] = ()
    columns: tuple[ObservedColumn, ...] = ()
    knocks: tuple[Knock, ...] = ()
    held: tuple[Finding, ...] = ()
    """Failures that a second look has to confirm before they stand; `findings` has them as open questions."""
    evidence: KeptAudit | None = None
    """Where the audit's exchanges are archived; None where no evidence is kept."""
    rendered: int = 0
    """Pages that a browser rendered; like the screenshots, not stored in the database."""
    screenshots: tuple[Screenshot, ...] = ()
    """Of pages that what fails the site rests on; empty where they are archived."""


class FirstLook(Record, frozen=True, kw_only=True):
    """A site of a scan that must be looked at once more."""

    site: Site
    looked_at: datetime
    """UTC, wall clock: when the first look ended."""


class StoredAudit(Record, frozen=True, kw_only=True):
    """One site's audit as stored, with its findings in the order in which they were judged."""

    scan_id: int
    site: Site
    url: str
    host: str
    reach: Reach
    reach_reason: ReachReason | None = None
    reach_detail: str = ""
    verdict: Verdict
    title: str = ""
    final_url: str = ""
    final_host: str = ""
    pages: int = 0
    requests: int = 0
    seconds: float = 0.0
    started_at: datetime
    finished_at: datetime
    findings: tuple[Finding, ...] = ()


class QuietFinding(Record, frozen=True, kw_only=True):
    """A finding that neither failed nor warned, as it is kept; what it shares with others of its rule is in `judged_rules`."""

    rule: str
    judged_rule_id: int
    verdict: Verdict
    reason: str
    reason_code: str
    evidence: tuple[Evidence, ...] = ()


class ProblemState(StrEnum):
    """The life of a problem: machine findings start as candidates, people decide."""

    CANDIDATE = "candidate"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    NOTIFIED = "notified"
    RECTIFIED = "rectified"
    VERIFIED = "verified"


class Problem(Record, frozen=True, kw_only=True):
    """A failed finding as a case."""

    problem_id: int
    scan_id: int
    site: Site
    finding: Finding
    state: ProblemState
    first_seen: datetime
    """UTC: as-of time of the first scan in which this site failed this rule, since people last called it no problem or put right."""
    decided_by: str = ""
    decided_at: datetime | None = None
    note: str = ""
    carried_from: int | None = None
    """The earlier problem whose rejection this one carries on: the same site, rule and evidence."""


class SamplePurpose(StrEnum):
    """What a sample was drawn for."""

    SPOT_CHECK = "spot_check"
    """The quarter's sample of running sites."""
    RECHECK = "recheck"
    """A sample of the sites that regions and departments checked themselves (抽样复核)."""


class DrawnSample(Record, frozen=True, kw_only=True):
    """A sample as it was drawn: all that anybody needs to draw it again."""

    quarter: str
    purpose: SamplePurpose
    size: int
    least: int
    """Sites a unit has at the least."""
    seed: str
    registry_hash: str
    """SHA-256 of the list it was drawn from, lower-case hexadecimal."""
    frame_size: int
    """Lines of that list."""
    drawn_at: datetime
    """UTC."""


class DrawnSite(Record, frozen=True, kw_only=True):
    """A site of a sample, with the unit (region, city, department) it was drawn for."""

    site: Site
    unit: str


class RowProblem(StrEnum):
    """Why a row of a registry file was not imported (closed list)."""

    NO_URL = "no_url"
    BAD_URL = "bad_url"
    DUPLICATE_URL = "duplicate_url"
    DUPLICATE_CODE = "duplicate_code"
    BAD_CODE = "bad_code"
    UNKNOWN_LEVEL = "unknown_level"
    UNKNOWN_STATUS = "unknown_status"
    URL_TAKEN = "url_taken"
    """Another registered site, which the file leaves where it is, has this address."""


class RejectedRow(Record, frozen=True, kw_only=True):
    """A row that was left out: its line in the file (1 is the first), why, and one sentence that says what is expected."""

    line: int
    reason: RowProblem
    text: str
    value: str = ""
    """The cell as it stands in the file."""
    first_line: int | None = None
    """For duplicates within the file: the line that was taken."""


class ImportReport(Record, frozen=True, kw_only=True):
    """What an import did: new sites, sites known before and rewritten, rows left out."""

    imported: int
    updated: int
    rejected: tuple[RejectedRow, ...] = ()
